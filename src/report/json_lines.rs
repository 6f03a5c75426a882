//! One finding a line, as JSON, for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, Report, Summary};
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::text::Unit;

/// The report as JSON Lines.
pub struct JsonLines;

/// A finding as JSON. Offsets are bytes of the text (of the file, or of the record's text), ends excluded; lines and
/// columns start at 1, columns count code points.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Finding<'a> {
    lint: &'a str,
    severity: &'static str,
    message: &'a str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    related: Vec<Related<'a>>,
    fix: Option<FixJson<'a>>,
    help: &'a str,
    mqm: &'a str,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct Related<'a> {
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    message: &'a str,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct FixJson<'a> {
    safety: &'static str,
    edits: Vec<EditJson<'a>>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct EditJson<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(d: &'a Diagnostic) -> Finding<'a> {
        let start = position(&d.at, d.at.span.start);
        let end = position(&d.at, d.at.span.end);
        Finding {
            lint: &d.lint.id,
            severity: d.severity.name(),
            message: &d.message,
            path: d.at.source.path().display().to_string(),
            record: d.at.source.record().map(|r| r.id.as_str()),
            start: d.at.span.start,
            end: d.at.span.end,
            line: start.0,
            column: start.1,
            end_line: end.0,
            end_column: end.1,
            related: d.related.iter().map(|label| related(&label.at, &label.message)).collect(),
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

fn related<'a>(at: &Place, message: &'a str) -> Related<'a> {
    let (line, column) = position(at, at.span.start);
    Related { start: at.span.start, end: at.span.end, line, column, message }
}

fn fix(fix: &Fix) -> FixJson<'_> {
    let edits = fix.edits.iter().map(|e| EditJson { start: e.span.start, end: e.span.end, text: &e.text }).collect();
    FixJson { safety: fix.safety.name(), edits }
}

impl Report for JsonLines {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            serde_json::to_writer(&mut *out, &Finding::from(d))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
