//! How results are shown. A report is one file here and one row of [`REPORTS`].

mod azure;
mod checkstyle;
mod concise;
mod csv;
mod diff;
mod excerpt;
mod fingerprint;
mod full;
mod github;
mod gitlab;
pub mod history;
mod html;
mod json;
mod json_lines;
mod json_text;
mod junit;
mod markdown;
pub mod past;
mod rdjson;
mod rdjsonl;
mod sarif;
pub mod score;
mod statistics;
mod suggestion;
mod visible;
mod window;
mod xml;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Safety};

pub use diff::diff;
pub use fingerprint::of_parts as words_hash;
pub use full::mistake;
pub use html::{Html, Options as HtmlOptions};
pub use json::Document as JsonDocument;
pub use json_lines::Finding;
#[cfg(feature = "lsp")]
pub use suggestion::edits_in_words;
pub use visible::{slashed, visible, visible_path};

/// What a report is told, file by file, in the order of paths.
pub struct Checked<'a> {
    /// The file, as it was named.
    pub path: &'a Path,
    /// How many words it has, those of all its records.
    pub words: usize,
    /// The same by language.
    pub languages: &'a score::Amounts,
    /// The findings of one file, in order of record and place.
    pub diagnostics: &'a [Diagnostic],
    /// Those that a baseline accepts, likewise; `None` where there is no baseline. A report passes over them, unless its
    /// readers can tell them from new ones.
    pub accepted: Option<&'a [Diagnostic]>,
}

/// What a report is told at the end.
#[derive(Debug, Default, Clone)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Files with findings.
    pub files_with_findings: usize,
    /// Findings by severity: notes, warnings, errors.
    pub findings: [usize; 3],
    /// Findings that a safe fix would mend, and those that an unsafe one would.
    pub fixable: [usize; 2],
    /// Fixes that were applied.
    pub fixed: usize,
    /// What could not be worked on.
    pub problems: Vec<Problem>,
}

impl Summary {
    /// Counts the findings of one file.
    pub fn count(&mut self, diagnostics: &[Diagnostic]) {
        self.files_with_findings += usize::from(!diagnostics.is_empty());
        for d in diagnostics {
            self.findings[d.severity as usize] += 1;
            if let Some(fix) = &d.fix {
                self.fixable[usize::from(fix.safety == Safety::Unsafe)] += 1;
            }
        }
    }
}

/// What kept a file, a record or a check from being worked on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Problem {
    /// The file.
    #[serde(serialize_with = "as_slashed")]
    #[schemars(with = "String")]
    pub path: PathBuf,
    /// The line, where it is about one; from 1.
    #[schemars(range(min = 1))]
    pub line: Option<u32>,
    /// What is wrong, without words of the article.
    pub message: String,
}

fn as_slashed<S: serde::Serializer>(path: &std::path::Path, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&slashed(path))
}

impl Problem {
    /// A problem with a whole file.
    pub fn of_file(path: impl Into<PathBuf>, message: impl ToString) -> Problem {
        Problem { path: path.into(), line: None, message: message.to_string() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&visible_path(&self.path))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", visible(&self.message))
    }
}

/// Writes results. Findings come file by file, so that nothing but the file at hand is kept in memory. The only errors are
/// those of `out`.
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
    /// What findings cost, where a score is told.
    pub weights: score::Weights,
}

/// All reports.
pub static REPORTS: &[Row] = &[
    Row { name: "full", new: |style| Box::new(full::Full::new(style)) },
    Row { name: "concise", new: |_| Box::new(concise::Concise) },
    Row { name: "json", new: |style| Box::new(json::Json::new(style)) },
    Row { name: "json-lines", new: |_| Box::new(json_lines::JsonLines) },
    Row { name: "sarif", new: |_| Box::new(sarif::Sarif::default()) },
    Row { name: "github", new: |_| Box::new(github::GitHub::default()) },
    Row { name: "gitlab", new: |_| Box::new(gitlab::GitLab::default()) },
    Row { name: "azure", new: |_| Box::new(azure::Azure) },
    Row { name: "rdjson", new: |_| Box::new(rdjson::RdJson::default()) },
    Row { name: "rdjsonl", new: |_| Box::new(rdjsonl::RdJsonLines) },
    Row { name: "junit", new: |_| Box::new(junit::JUnit::default()) },
    Row { name: "checkstyle", new: |_| Box::new(checkstyle::Checkstyle::default()) },
    Row { name: "markdown", new: |style| Box::new(markdown::Markdown::new(style)) },
    Row { name: "statistics", new: |_| Box::new(statistics::Statistics::default()) },
    Row { name: "html", new: |style| Box::new(html::Html::of_style(style)) },
    Row { name: "csv", new: |_| Box::new(csv::Csv::default()) },
];

/// Stands in reports that could be taken for articles by a later run: what they quote is not theirs.
const NO_ARTICLE: &str = "<!-- copydesk: ignore-file made by copydesk -->";

/// A report by its name.
pub fn named(name: &str) -> Option<&'static Row> {
    REPORTS.iter().find(|row| row.name == name)
}

/// A number with its noun: `1 file`, `2 files`.
pub fn counted(number: usize, noun: &str) -> String {
    let ending = if noun.ends_with('x') { "es" } else { "s" };
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}{ending}") }
}

/// What was found, in words, worst first: `1 error, 7 warnings and 2 notes`; `None` for nothing.
pub fn tally(summary: &Summary) -> Option<String> {
    let parts: Vec<String> = ["note", "warning", "error"]
        .iter()
        .zip(summary.findings)
        .rev()
        .filter(|(_, n)| *n > 0)
        .map(|(noun, n)| counted(n, noun))
        .collect();
    let (last, others) = parts.split_last()?;
    Some(if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) })
}
