//! Files that are being written when somebody presses Ctrl-C: they are taken away, and what they were to replace stays.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

/// Every file that was begun, under the name that it has until it is whole. Names are never used twice, so those that are
/// finished or gone may stay here.
static BEGUN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// With what a run that is broken off ends: what shells say of a program that Ctrl-C ended.
static CODE: AtomicI32 = AtomicI32::new(130);

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
    // There is a handler already, or none can be set: then the run ends as it would without.
    let _ = ctrlc::try_set_handler(|| {
        // Held to the end: nothing is begun any more.
        let begun = BEGUN.lock().unwrap_or_else(PoisonError::into_inner);
        begun.iter().for_each(|path| drop(fs::remove_file(path)));
        process::exit(CODE.load(Ordering::Relaxed));
    });
}

/// Says that Ctrl-C is the way to end this run, and no mishap.
pub fn interrupt_is_the_end() {
    CODE.store(0, Ordering::Relaxed);
}
