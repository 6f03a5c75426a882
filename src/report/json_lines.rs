//! One finding a line, as JSON, for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, Report, Summary, json_text, slashed};
use crate::diagnostic::{Diagnostic, Fix, Label, Place, Safety, Severity};
use crate::text::{Source, Unit};

/// The report as JSON Lines.
pub struct JsonLines;

/// One finding.
///
/// Offsets are bytes of the decoded text in UTF-8, without a byte order mark, ends excluded; in a file of records they
/// are those of the record's text, and so are lines and columns. Lines and columns start at 1; columns count Unicode
/// code points. Fields may be added in later versions; none is removed or renamed.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(title = "copydesk finding", deny_unknown_fields)]
pub struct Finding<'a> {
    /// The id of the lint.
    lint: &'a str,
    /// How bad it is.
    severity: Severity,
    /// What is wrong.
    message: &'a str,
    /// The file, as it was named, with forward slashes.
    path: String,
    /// The id of the record, for findings in a file of records.
    record: Option<&'a str>,
    /// First byte.
    start: u32,
    /// One past the last byte.
    end: u32,
    /// Line of the first byte.
    #[schemars(range(min = 1))]
    line: u32,
    /// Column of the first byte.
    #[schemars(range(min = 1))]
    column: u32,
    /// Line of the end.
    #[schemars(range(min = 1))]
    end_line: u32,
    /// Column of the end, excluded.
    #[schemars(range(min = 1))]
    end_column: u32,
    /// Second places: the other spelling, the first copy.
    related: Vec<Related<'a>>,
    /// How to mend it; null where that cannot be said.
    fix: Option<FixJson<'a>>,
    /// What to do about it.
    help: &'a str,
    /// The category in the MQM error typology, `dimension/type`.
    mqm: &'a str,
}

/// A second place, with a word about it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Related<'a> {
    /// The file, where it is another than that of the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The id of the record, where it is another file or another record of the same file.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    /// Set where it is in the original of the translation that the record holds: offsets are those of the original.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    in_source: bool,
    /// First byte.
    start: u32,
    /// One past the last byte.
    end: u32,
    /// Line of the first byte.
    #[schemars(range(min = 1))]
    line: u32,
    /// Column of the first byte.
    #[schemars(range(min = 1))]
    column: u32,
    /// What is there.
    message: &'a str,
}

/// Edits that mend a defect: all of them or none.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "Fix", deny_unknown_fields)]
struct FixJson<'a> {
    /// `safe` if it cannot change what the text says.
    safety: Safety,
    /// In order, not overlapping.
    edits: Vec<EditJson<'a>>,
}

/// One replacement.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "Edit", deny_unknown_fields)]
struct EditJson<'a> {
    /// First byte that is replaced.
    start: u32,
    /// One past the last byte that is replaced; equal to `start` to insert.
    end: u32,
    /// What stands there afterwards; in a record before JSON escaping.
    text: &'a str,
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(d: &'a Diagnostic) -> Finding<'a> {
        let start = position(&d.at, d.at.span.start);
        let end = position(&d.at, d.at.span.end);
        Finding {
            lint: &d.lint.id,
            severity: d.severity,
            message: &d.message,
            path: slashed(d.at.source.path()).into_owned(),
            record: d.at.source.record().map(|r| r.id.as_str()),
            start: d.at.span.start,
            end: d.at.span.end,
            line: start.0,
            column: start.1,
            end_line: end.0,
            end_column: end.1,
            related: d.related.iter().map(|label| related(&d.at.source, label)).collect(),
            fix: d.fix.as_ref().map(fix),
            help: &d.help,
            mqm: &d.lint.mqm,
        }
    }
}

fn position(place: &Place, at: u32) -> (u32, u32) {
    let position = place.source.position(at, Unit::Char);
    (position.line, position.column)
}

/// A second place of a finding in `home`.
fn related<'a>(home: &Source, Label { at, message }: &'a Label) -> Related<'a> {
    let (line, column) = position(at, at.span.start);
    let record = |source: &'a Source| source.record().map(|record| record.id.as_str());
    let abroad = at.source.path() != home.path();
    let line_of = |source: &Source| source.record().map(|record| record.line);
    let elsewhere = abroad || line_of(&at.source) != line_of(home);
    Related {
        path: abroad.then(|| slashed(at.source.path()).into_owned()),
        record: if elsewhere { record(&at.source) } else { None },
        in_source: at.source.is_beside(home),
        start: at.span.start,
        end: at.span.end,
        line,
        column,
        message,
    }
}

fn fix(fix: &Fix) -> FixJson<'_> {
    let edits = fix.edits.iter().map(|e| EditJson { start: e.span.start, end: e.span.end, text: &e.text }).collect();
    FixJson { safety: fix.safety, edits }
}

impl Report for JsonLines {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            json_text::write(out, &Finding::from(d))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
