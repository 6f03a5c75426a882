//! How results are shown. A report is one file here and one row of [`REPORTS`].

mod concise;
mod excerpt;
mod full;
mod json_lines;
mod visible;

use std::io::{self, Write};

use crate::diagnostic::Diagnostic;

pub use full::mistake;
pub use visible::visible;

/// What a report is told, file by file, in the order of paths.
pub struct Checked<'a> {
    /// The findings of one file, in order of record and place.
    pub diagnostics: &'a [Diagnostic],
}

/// What a report is told at the end.
#[derive(Debug, Default, Clone)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Findings by severity: notes, warnings, errors.
    pub findings: [usize; 3],
    /// Findings that a safe fix would mend, and those that an unsafe one would.
    pub fixable: [usize; 2],
}

/// Writes results. Findings come file by file, so that nothing but the file at hand is kept in memory.
pub trait Report {
    /// Shows the findings of one file.
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()>;
    /// Closes the report.
    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}

/// A row of the table of reports.
pub struct Row {
    /// What `--output-format` calls it.
    pub name: &'static str,
    /// Makes one.
    pub new: fn(&Style) -> Box<dyn Report>,
}

/// How a report for people looks.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
}

/// All reports.
pub static REPORTS: &[Row] = &[
    Row { name: "full", new: |style| Box::new(full::Full::new(style)) },
    Row { name: "concise", new: |_| Box::new(concise::Concise) },
    Row { name: "json-lines", new: |_| Box::new(json_lines::JsonLines) },
];

/// A report by its name.
pub fn named(name: &str) -> Option<&'static Row> {
    REPORTS.iter().find(|row| row.name == name)
}
