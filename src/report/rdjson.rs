//! The Reviewdog Diagnostic Format as one document; fixes become suggestions that a reviewer applies with a click.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Checked, Report, Summary, json_text, slashed};
use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Severity};
use crate::fix::Carry;
use crate::text::{Source, Span, Unit};

/// The report as one `DiagnosticResult`.
#[derive(Default)]
pub struct RdJson {
    diagnostics: usize,
}

const OPEN: &str = "{\"source\": {\"name\": \"copydesk\"}, \"diagnostics\": [";

/// A suggestion takes all edits of a fix and what lies between them; one of more bytes than this is left out, since
/// nobody could review it in a comment.
const LONGEST: usize = 4096;

impl Report for RdJson {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            out.write_all(if self.diagnostics == 0 { OPEN.as_bytes() } else { b"," })?;
            out.write_all(b"\n")?;
            json_text::write(out, &diagnostic(d))?;
            self.diagnostics += 1;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.diagnostics == 0 {
            out.write_all(OPEN.as_bytes())?;
        }
        out.write_all(b"\n]}\n")
    }
}

/// A finding as a `Diagnostic`.
pub fn diagnostic(d: &Diagnostic) -> Value {
    let mut made = json!({
        "message": format!("{} ({})", d.message, d.help),
        "location": location(&d.at.in_file()),
        "severity": match d.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        "code": { "value": d.lint.id },
    });
    if let Some(suggestion) = d.fix.as_ref().and_then(|fix| suggestion(&d.at.source, fix)) {
        made["suggestions"] = json!([suggestion]);
    }
    if !d.related.is_empty() {
        let related = d
            .related
            .iter()
            .map(|label| json!({ "message": label.message, "location": location(&label.at.in_file()) }));
        made["related_locations"] = related.collect();
    }
    made
}

/// Several suggestions would be several ways to mend the defect, so all edits of a fix make one.
fn suggestion(source: &Source, fix: &Fix) -> Option<Value> {
    let carry = Carry::into_file_of(source);
    let edits: Vec<Edit> = fix.edits.iter().map(|edit| carry.edit(edit)).collect();
    let file = source.file();
    let whole = Span::new(edits.first()?.span.start, edits.last()?.span.end);
    if whole.len() > LONGEST {
        return None;
    }
    let mut text = String::new();
    let mut at = whole.start;
    for edit in &edits {
        text.push_str(Span::new(at, edit.span.start).slice(file.text()));
        text.push_str(&edit.text);
        at = edit.span.end;
    }
    Some(json!({ "range": range(file, whole), "text": text }))
}

fn location(at: &Place) -> Value {
    json!({ "path": slashed(at.source.path()), "range": range(&at.source, at.span) })
}

fn range(source: &Source, span: Span) -> Value {
    json!({ "start": position(source, span.start), "end": position(source, span.end) })
}

/// Columns count bytes of UTF-8 from 1; a byte order mark belongs to the first line.
fn position(source: &Source, at: u32) -> Value {
    let line = source.position(at, Unit::Char).line;
    let start = source.line(line).map_or(0, |line| line.start);
    let mark = if line == 1 { source.bom() } else { 0 };
    json!({ "line": line, "column": at - start + mark + 1 })
}
