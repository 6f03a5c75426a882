//! All findings as one JSON document, for programs that want the whole.

use std::io::{self, Write};

use serde::Serialize;

use super::json_lines::Finding;
use super::{Checked, Problem, Report, Summary, json_text};

/// The report as one JSON document: `version`, `findings` (each as in `json-lines`), `errors`, `summary`.
#[derive(Default)]
pub struct Json {
    findings: usize,
}

#[derive(Serialize)]
struct Numbers {
    files: usize,
    files_with_findings: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    fixable: usize,
    unsafely_fixable: usize,
    fixed: usize,
}

impl Json {
    fn open(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\n\"version\": \"{}\",\n\"findings\": [", env!("CARGO_PKG_VERSION"))
    }
}

impl Report for Json {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            if self.findings == 0 {
                self.open(out)?;
            }
            out.write_all(if self.findings == 0 { b"\n" } else { b",\n" })?;
            json_text::write(out, &Finding::from(d))?;
            self.findings += 1;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.findings == 0 {
            self.open(out)?;
        } else {
            out.write_all(b"\n")?;
        }
        out.write_all(b"],\n\"errors\": ")?;
        let problems: &[Problem] = &summary.problems;
        json_text::write(out, problems)?;
        out.write_all(b",\n\"summary\": ")?;
        let [notes, warnings, errors] = summary.findings;
        let numbers = Numbers {
            files: summary.files,
            files_with_findings: summary.files_with_findings,
            errors,
            warnings,
            notes,
            fixable: summary.fixable[0],
            unsafely_fixable: summary.fixable[1],
            fixed: summary.fixed,
        };
        json_text::write(out, &numbers)?;
        out.write_all(b"\n}\n")
    }
}
