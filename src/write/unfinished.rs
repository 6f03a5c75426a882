//! Files that are being written when somebody presses Ctrl-C, or the system asks the program to end: they are taken away,
//! and what they were to replace stays.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, PoisonError};
#[cfg(unix)]
use std::thread;

#[cfg(unix)]
use nix::sys::signal::{SigSet, Signal};
use tempfile::NamedTempFile;

/// Every file that was begun, under the name that it has until it is whole. Names are never used twice, so those that are
/// finished or gone may stay here.
static BEGUN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What shells add to the number of the signal that ended a program.
const SIGNAL: i32 = 128;

/// With what a run that Ctrl-C breaks off ends.
static CODE: AtomicI32 = AtomicI32::new(SIGNAL + 2);

/// Begins a file, so that it is known when the run is broken off.
pub fn begin(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    let mut begun = BEGUN.lock().unwrap_or_else(PoisonError::into_inner);
    let file = make()?;
    begun.push(file.path().to_owned());
    Ok(file)
}

/// From now on Ctrl-C (and, on Unix, what else asks a program to end) takes away what is half written before it ends the
/// run. Where whoever started us has one of these signals passed over, as `nohup` does, that one is and the others are not.
pub fn clean_up_on_interrupt() {
    #[cfg(unix)]
    Requests::hold().heed();
    // There is a handler already, or none can be set: then the run ends as it would without.
    #[cfg(windows)]
    drop(ctrlc::try_set_handler(|| end(CODE.load(Ordering::Relaxed))));
}

/// Takes away what is half written, and ends the run.
fn end(code: i32) -> ! {
    // Held to the end: nothing is begun any more.
    let begun = BEGUN.lock().unwrap_or_else(PoisonError::into_inner);
    begun.iter().for_each(|path| drop(fs::remove_file(path)));
    process::exit(code);
}

/// The signals by which a system, or somebody at a terminal, asks a program to end. They are held back from all threads, and
/// one waits for them: that needs no handler, in which hardly anything is allowed, and tells which signal it was.
#[cfg(unix)]
struct Requests(SigSet);

#[cfg(unix)]
impl Requests {
    /// Holds them back from this thread and all that it begins.
    fn hold() -> Requests {
        let ignored = ignored();
        let all = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP];
        let held: SigSet = all.into_iter().filter(|signal| ignored & (1 << (*signal as i32 - 1)) == 0).collect();
        // Where that fails they end the program as they would any other.
        let _ = held.thread_block();
        Requests(held)
    }

    /// Waits for them.
    fn heed(self) {
        let held = self.0;
        let wait = move || match held.wait() {
            Ok(Signal::SIGINT) => end(CODE.load(Ordering::Relaxed)),
            Ok(signal) => end(SIGNAL + signal as i32),
            Err(_) => (),
        };
        if thread::Builder::new().spawn(wait).is_err() {
            // They come to this thread as ever.
            let _ = held.thread_unblock();
        }
    }
}

/// The signals that are passed over since before we were started, signal 1 the lowest bit. Linux keeps for those who wait what
/// they should not see, and tells here (proc(5)) what that is; other systems drop it by themselves.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let told = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    told.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Says that Ctrl-C is the way to end this run, and no mishap.
pub fn interrupt_is_the_end() {
    CODE.store(0, Ordering::Relaxed);
}
