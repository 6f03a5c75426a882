//! GitLab's code quality report, which merge requests show.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Checked, Report, Summary, fingerprint, json_text, slashed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Unit;

/// The report as one JSON array. Columns count code points.
#[derive(Default)]
pub struct GitLab {
    issues: usize,
}

impl Report for GitLab {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        // Of issues with one fingerprint only the first is shown, so equal ones are counted.
        let mut ordinals: HashMap<u64, usize> = HashMap::new();
        for d in checked.diagnostics {
            let words = fingerprint::of_words(d);
            let ordinal = ordinals.entry(words).and_modify(|n| *n += 1).or_insert(1);
            let path = slashed(checked.path);
            let fingerprint = fingerprint::of_parts(&[&path, &format!("{words:016x}"), &ordinal.to_string()]);
            out.write_all(if self.issues == 0 { b"[\n" } else { b",\n" })?;
            json_text::write(out, &issue(d, &path, fingerprint))?;
            self.issues += 1;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.issues == 0 { b"[]\n" } else { b"\n]\n" })
    }
}

fn issue(d: &Diagnostic, path: &str, fingerprint: u64) -> Value {
    let at = d.at.in_file();
    let start = at.source.position(at.span.start, Unit::Char);
    let end = at.source.position(at.span.end, Unit::Char);
    json!({
        // The list of a merge request does not show the name of the check.
        "description": format!("{}: {}", d.lint.id, d.message),
        "check_name": d.lint.id,
        "content": { "body": d.help },
        "categories": ["Style"],
        "fingerprint": format!("{fingerprint:016x}"),
        "severity": match d.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        "location": {
            "path": path.trim_start_matches("./"),
            "positions": {
                "begin": { "line": start.line, "column": start.column },
                "end": { "line": end.line, "column": end.column },
            },
        },
    })
}
