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
/// run. Where whoever started us has these signals passed over, they are.
pub fn clean_up_on_interrupt() {
    #[cfg(unix)]
    let requests = Requests::hold();
    let set = ctrlc::try_set_handler(|| end(CODE.load(Ordering::Relaxed)));
    // There is a handler already, or none can be set: then the run ends as it would without.
    #[cfg(unix)]
    match set {
        Ok(()) => requests.heed(),
        Err(_) => requests.let_go(),
    }
    #[cfg(not(unix))]
    drop(set);
}

/// Takes away what is half written, and ends the run.
fn end(code: i32) -> ! {
    // Held to the end: nothing is begun any more.
    let begun = BEGUN.lock().unwrap_or_else(PoisonError::into_inner);
    begun.iter().for_each(|path| drop(fs::remove_file(path)));
    process::exit(code);
}

/// The signals by which a system asks a program to end. A handler is not told which it was, and whoever asked reads it off
/// the exit code; so they are held back from all threads, and one waits for them.
#[cfg(unix)]
struct Requests(SigSet);

#[cfg(unix)]
impl Requests {
    /// Holds them back from this thread and all that it begins.
    fn hold() -> Requests {
        let held: SigSet = [Signal::SIGTERM, Signal::SIGHUP].into_iter().collect();
        // Where that fails the handler for Ctrl-C takes them.
        let _ = held.thread_block();
        Requests(held)
    }

    /// Waits for them.
    fn heed(self) {
        let held = self.0;
        let wait = move || held.wait().map_or((), |signal| end(SIGNAL + signal as i32));
        if thread::Builder::new().spawn(wait).is_err() {
            self.let_go();
        }
    }

    /// Lets them come to this thread as ever.
    fn let_go(self) {
        let _ = self.0.thread_unblock();
    }
}

/// Says that Ctrl-C is the way to end this run, and no mishap.
pub fn interrupt_is_the_end() {
    CODE.store(0, Ordering::Relaxed);
}
