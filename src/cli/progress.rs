//! How far a long run has come, for whoever sits before it.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// A line on standard error that is written over and over; none where nobody looks.
pub struct Progress<W: Write = io::Stderr> {
    out: Option<W>,
    all: usize,
    done: usize,
    shown: Option<Instant>,
}

/// Short runs show nothing, and long ones not more than a person can read.
const PATIENCE: Duration = Duration::from_millis(400);

impl Progress {
    /// For a run over so many files. Findings that go to a terminal themselves are enough of a sign of life, and would be
    /// mixed up with the line.
    pub fn new(all: usize, findings_on_terminal: bool) -> Progress {
        let is_seen = io::stderr().is_terminal() && !findings_on_terminal;
        Progress { out: is_seen.then(io::stderr), all, done: 0, shown: Some(Instant::now()) }
    }
}

impl<W: Write> Progress<W> {
    /// One file more is done.
    pub fn step(&mut self) {
        self.done += 1;
        let Some(out) = self.out.as_mut().filter(|_| self.shown.is_none_or(|at| at.elapsed() >= PATIENCE)) else {
            return;
        };
        let hundredths = self.done * 100 / self.all.max(1);
        // Nobody is served by a run that fails because its progress could not be shown.
        let _ = write!(out, "\r{} of {} files, {hundredths} %\u{1b}[K", self.done, self.all);
        let _ = out.flush();
        self.shown = Some(Instant::now());
    }

    /// Takes the line away, for what is said at the end.
    pub fn clear(&mut self) {
        if let Some(out) = self.out.as_mut() {
            let _ = write!(out, "\r\u{1b}[K");
            let _ = out.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_shows_how_many_are_done_and_leaves_nothing() {
        let mut progress = Progress { out: Some(Vec::new()), all: 3, done: 0, shown: None };
        progress.step();
        // Too soon for another.
        progress.step();
        progress.clear();
        let shown = String::from_utf8(progress.out.unwrap_or_default()).unwrap();
        assert_eq!(shown, "\r1 of 3 files, 33 %\u{1b}[K\r\u{1b}[K");
    }
}
