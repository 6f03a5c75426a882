//! Findings of an earlier run, read back from what `json` or `json-lines` wrote.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use super::history::Run;
use crate::diagnostic::{Edit, Fix, Safety, Severity};
use crate::text::Span;

/// A finding, as far as a later report needs it. Offsets and lines are as in `json-lines`.
#[derive(Debug, Clone, Deserialize)]
pub struct Past {
    /// The id of the lint.
    pub lint: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file.
    pub path: String,
    /// The record, in a file of records.
    pub record: Option<String>,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// How to mend it.
    pub fix: Option<PastFix>,
    /// The category.
    pub mqm: String,
}

/// A fix.
#[derive(Debug, Clone, Deserialize)]
pub struct PastFix {
    safety: Safety,
    edits: Vec<PastEdit>,
}

#[derive(Debug, Clone, Deserialize)]
struct PastEdit {
    start: u32,
    end: u32,
    text: String,
}

#[derive(Deserialize)]
struct Document {
    findings: Vec<Past>,
}

impl PastFix {
    /// The fix, if its edits lie in the text and come in order.
    pub fn in_text(&self, text: &str) -> Option<Fix> {
        let edits: Vec<Edit> = self
            .edits
            .iter()
            .map(|edit| Edit { span: Span::new(edit.start, edit.end), text: edit.text.clone() })
            .collect();
        let lies = edits.iter().all(|e| e.span.start <= e.span.end && text.get(e.span.range()).is_some());
        let in_order = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        (lies && in_order).then_some(Fix { safety: self.safety, edits })
    }
}

/// Reads all findings of a file.
///
/// # Errors
///
/// If it cannot be read, or is neither of the two; with file and line.
pub fn read(path: &Path) -> anyhow::Result<Vec<Past>> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
    let wrong = |line: usize, e: &serde_json::Error| {
        let said = e.to_string();
        let what = said.split(" at line ").next().unwrap_or_default();
        anyhow::anyhow!("{shown}:{line}: this is no report json or json-lines of copydesk: {what}")
    };
    // A document begins with a brace alone on its line.
    if text.lines().next().is_some_and(|line| line.trim() == "{") {
        let document: Document = serde_json::from_str(&text).map_err(|e| wrong(e.line(), &e))?;
        return Ok(document.findings);
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| serde_json::from_str(line).map_err(|e| wrong(n + 1, &e))).collect()
}

/// An earlier run as a trend shows it, by the name of its file. Words and weights of that day are not known.
pub fn run(path: &Path, past: &[Past]) -> Run {
    let mut lints: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    past.iter().for_each(|finding| lints.entry(finding.lint.clone()).or_default()[finding.severity as usize] += 1);
    let date = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Run { date, files: 0, words: None, points: 0.0, lints }
}

/// What an earlier run found and this one did not, by lint, when all of this one's findings have been taken out.
#[derive(Debug, Default)]
pub struct Since {
    /// By lint and message, which quotes the words: in which files, and how often.
    left: HashMap<(String, String), HashMap<String, usize>>,
}

impl Since {
    /// The findings of the earlier run.
    pub fn new(past: Vec<Past>) -> Since {
        let mut since = Since::default();
        for finding in past {
            let files = since.left.entry((finding.lint, finding.message)).or_default();
            *files.entry(finding.path).or_default() += 1;
        }
        since
    }

    /// Takes out findings of this run, given as lint, message and path; for each of them whether it was there before. Lines
    /// do not count. A file that was renamed has its findings still: those that no path claims go to others.
    pub fn take(&mut self, findings: &[(&str, &str, &str)]) -> Vec<bool> {
        let mut known = vec![false; findings.len()];
        for by_path in [true, false] {
            for ((lint, message, path), known) in findings.iter().zip(&mut known).filter(|(_, known)| !**known) {
                let Some(files) = self.left.get_mut(&((*lint).to_owned(), (*message).to_owned())) else { continue };
                let path = if by_path { Some((*path).to_owned()) } else { files.keys().min().cloned() };
                let Some(path) = path else { continue };
                let Some(count) = files.get_mut(&path) else { continue };
                *count -= 1;
                *known = true;
                if *count == 0 {
                    files.remove(&path);
                }
            }
        }
        known
    }

    /// How many are left, by lint.
    pub fn gone(&self) -> HashMap<&str, usize> {
        let mut gone = HashMap::new();
        for ((lint, _), files) in &self.left {
            *gone.entry(lint.as_str()).or_default() += files.values().sum::<usize>();
        }
        gone.retain(|_, count| *count > 0);
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_and_what_is_new_is_told_whatever_the_lines_and_names() {
        let past = |lint: &str, path: &str| Past {
            lint: lint.into(),
            severity: Severity::Warning,
            message: "m".into(),
            path: path.into(),
            record: None,
            start: 0,
            end: 0,
            line: 1,
            column: 1,
            fix: None,
            mqm: String::new(),
        };
        let mut since = Since::new(vec![past("a", "x.md"), past("a", "y.md"), past("b", "y.md"), past("b", "y.md")]);
        let now = [("a", "m", "z.md"), ("a", "m", "y.md"), ("b", "m", "y.md"), ("c", "m", "y.md"), ("a", "m", "w.md")];
        assert_eq!(since.take(&now), [true, true, true, false, false]);
        assert_eq!(since.gone(), HashMap::from([("b", 1)]));
    }
}
