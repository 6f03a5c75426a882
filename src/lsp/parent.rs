//! The process that started us: when it is gone, nobody reads any more.

use std::time::Duration;

/// How often it is looked for.
const EVERY: Duration = Duration::from_secs(1);

/// Calls `gone` when a process is there no longer. Where that cannot be told, the end of standard input is all that tells.
pub fn watch(process: i32, gone: impl FnOnce() + Send + 'static) {
    if !is_there(process) {
        // It runs on another machine, or in another namespace: nothing can be told of it.
        return;
    }
    std::thread::spawn(move || {
        while is_there(process) {
            std::thread::sleep(EVERY);
        }
        gone();
    });
}

#[cfg(unix)]
fn is_there(process: i32) -> bool {
    use rustix::io::Errno;
    let Some(process) = rustix::process::Pid::from_raw(process) else { return false };
    // One of another user is there too.
    !matches!(rustix::process::test_kill_process(process), Err(Errno::SRCH))
}

#[cfg(not(unix))]
fn is_there(_: i32) -> bool {
    false
}
