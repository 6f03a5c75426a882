//! A file that keeps of each run what a trend needs: a line of JSON a run, the oldest first.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::Problem;
use crate::write::NewFile;

/// How many runs a file keeps, more than two years of one a day; the oldest make room. Of each a line of some hundred bytes.
const KEPT: usize = 800;

/// What is kept of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The day in UTC, as `2026-05-14`, or whatever else tells runs apart.
    pub date: String,
    /// Files that were read.
    pub files: usize,
    /// Words of them; none where only findings were at hand.
    pub words: Option<usize>,
    /// Penalty points, by the weights of that day.
    pub points: f64,
    /// Findings by lint: notes, warnings, errors.
    pub lints: BTreeMap<String, [usize; 3]>,
}

impl Run {
    /// Findings by severity: notes, warnings, errors.
    pub fn counts(&self) -> [usize; 3] {
        self.lints.values().fold([0; 3], |sum, counts| [0, 1, 2].map(|n| sum[n].saturating_add(counts[n])))
    }

    /// Penalty points per 1,000 words.
    pub fn score(&self) -> Option<f64> {
        super::score::per_thousand(self.points, self.words?)
    }
}

/// A history as it was read.
#[derive(Debug, Default)]
pub struct History {
    path: PathBuf,
    /// All lines but blank ones, as they stand in the file.
    lines: Vec<String>,
    /// The runs of those that can be read.
    pub runs: Vec<Run>,
    /// The others.
    pub problems: Vec<Problem>,
}

impl History {
    /// Reads a history; one that is not there yet is empty. A line that is no run is a problem of the file and is kept.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is no text.
    pub fn read(path: &Path) -> anyhow::Result<History> {
        let text = match std::fs::read_to_string(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
            text => text.with_context(|| format!("{} cannot be read", path.display()))?,
        };
        let mut history = History { path: path.to_owned(), ..History::default() };
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(run) => history.runs.push(run),
                Err(e) => {
                    let said = e.to_string();
                    let what = said.split(" at line ").next().unwrap_or_default();
                    let message = format!("this is no run that copydesk wrote down: {what}");
                    let line = u32::try_from(at + 1).ok();
                    history.problems.push(Problem { path: path.to_owned(), line, message });
                }
            }
            history.lines.push(line.to_owned());
        }
        Ok(history)
    }

    /// Writes the file with one run more.
    ///
    /// # Errors
    ///
    /// If the disk refuses; then the old file is still there.
    pub fn append(&self, run: &Run) -> anyhow::Result<()> {
        let write = || -> io::Result<()> {
            let mut out = NewFile::create(&self.path)?;
            for line in &self.lines[self.lines.len().saturating_sub(KEPT - 1)..] {
                writeln!(out, "{line}")?;
            }
            writeln!(out, "{}", serde_json::to_string(run)?)?;
            out.finish()
        };
        write().with_context(|| self.path.display().to_string())
    }
}
