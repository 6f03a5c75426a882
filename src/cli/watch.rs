//! Checking again whenever something changes.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use notify::{Event, RecursiveMode, Watcher};

use super::say;
use crate::config;
use crate::report::counted;
use crate::write;

/// What is watched.
pub struct Watch<'a> {
    /// The files and folders that are checked.
    pub paths: &'a [PathBuf],
    /// Files that the run itself writes, and folders with such files.
    pub written: Vec<PathBuf>,
}

/// What came of a run.
pub struct Ran {
    /// How many files were checked.
    pub files: usize,
    /// How much was found.
    pub findings: usize,
}

/// Editors write a file in several steps, and git writes many files: we wait until all has been quiet for so long,
const QUIET: Duration = Duration::from_millis(100);
/// but no longer than this.
const PATIENCE: Duration = Duration::from_secs(2);

impl Watch<'_> {
    /// Runs, and runs again after each change, until Ctrl-C.
    ///
    /// # Errors
    ///
    /// If the system cannot watch a path. What goes wrong in a run is told, and the next change starts another.
    pub fn run(&self, mut once: impl FnMut() -> anyhow::Result<Ran>) -> anyhow::Result<ExitCode> {
        let (send, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(send).context("changes cannot be watched")?;
        let mut roots = Vec::new();
        for path in self.paths {
            let whole = path.canonicalize().with_context(|| format!("{} cannot be watched", path.display()))?;
            // Of a file its folder: an editor that saves puts a new file in the place of the old one.
            let folder = whole.parent().filter(|_| whole.is_file());
            let (place, mode) = match folder {
                Some(folder) => (folder, RecursiveMode::NonRecursive),
                None => (&*whole, RecursiveMode::Recursive),
            };
            watcher.watch(place, mode).with_context(|| format!("{} cannot be watched", path.display()))?;
            roots.push(whole);
        }
        let home = config::home(Path::new("."));
        if !roots.iter().any(|root| home.starts_with(root)) {
            watcher.watch(&home, RecursiveMode::NonRecursive).context("the configuration cannot be watched")?;
        }
        let written = self.written.iter().map(|path| whole(path)).collect();
        let seen = Seen { roots, home, written };
        write::interrupt_is_the_end();
        loop {
            clear();
            let begun = Instant::now();
            match once() {
                Ok(ran) => {
                    let (findings, files) = (counted(ran.findings, "finding"), counted(ran.files, "file"));
                    let took = begun.elapsed().as_secs_f64();
                    say(&format!("{}: {findings} in {files}, checked in {took:.1} s; Ctrl-C ends", clock()));
                }
                Err(e) => {
                    super::tell(&e);
                    say(&format!("{}: not checked, waits for a change; Ctrl-C ends", clock()));
                }
            }
            if !seen.wait(&events) {
                return Ok(ExitCode::SUCCESS);
            }
        }
    }
}

/// What tells a change that matters from one that does not.
struct Seen {
    roots: Vec<PathBuf>,
    home: PathBuf,
    written: Vec<PathBuf>,
}

impl Seen {
    /// Waits for a change, and until all is quiet. False if none can come any more.
    fn wait(&self, events: &Receiver<notify::Result<Event>>) -> bool {
        loop {
            match events.recv() {
                Ok(event) if self.matters(&event) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match events.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }

    fn matters(&self, event: &notify::Result<Event>) -> bool {
        // What could not be told may have been a change.
        let Ok(event) = event else { return true };
        // Our own reading is none.
        !event.kind.is_access() && event.paths.iter().any(|path| self.is_ours(path))
    }

    /// Whether a path is one of those that are checked, or of a configuration. Hidden files are neither: editors keep
    /// copies there, git its objects, and we our cache and what is not yet whole.
    fn is_ours(&self, path: &Path) -> bool {
        if self.written.iter().any(|written| path.starts_with(written)) {
            return false;
        }
        let is_hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with('.');
        let is_config = path.file_name().is_some_and(|name| config::NAMES.iter().any(|config| *config == name));
        if is_config && path.parent() == Some(&self.home) {
            return true;
        }
        self.roots.iter().filter_map(|root| path.strip_prefix(root).ok()).any(|below| {
            let mut parts = below.iter().collect::<Vec<_>>();
            if is_config {
                parts.pop();
            }
            !parts.iter().any(|part| is_hidden(part))
        })
    }
}

/// A path with the links of its folder resolved: the file itself may not be there yet.
fn whole(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name))
}

/// Takes the findings of the last run from the screen, if it is one.
fn clear() {
    let mut out = io::stdout();
    if out.is_terminal() {
        let _ = write!(out, "\u{1b}[2J\u{1b}[H");
        let _ = out.flush();
    }
}

/// The time of day, in UTC: the library knows no other.
fn clock() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() % 86_400;
    format!("{:02}:{:02}:{:02} UTC", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_or_written_by_us_is_no_change() {
        let seen = Seen {
            roots: vec!["/home/.me/site/posts".into(), "/home/.me/notes.md".into()],
            home: "/home/.me/site".into(),
            written: vec!["/home/.me/site/posts/report.html".into()],
        };
        let of = |path: &str| seen.is_ours(Path::new(path));
        assert!(of("/home/.me/site/posts/a/b.md") && of("/home/.me/notes.md"));
        assert!(of("/home/.me/site/copydesk.toml") && of("/home/.me/site/posts/.copydesk.toml"));
        assert!(!of("/home/.me/other.md") && !of("/home/.me/site/index.md"));
        assert!(!of("/home/.me/site/posts/.git/index") && !of("/home/.me/site/posts/.copydesk-x.tmp"));
        assert!(!of("/home/.me/site/posts/report.html"));
    }
}
