//! Checkstyle XML, which most build servers and review tools read.

use std::io::{self, Write};

use super::xml::escaped;
use super::{Checked, Report, Summary, slashed};
use crate::diagnostic::Severity;
use crate::text::Unit;

/// The report as Checkstyle XML: an element a file, an element a finding. Columns count code points.
#[derive(Default)]
pub struct Checkstyle {
    is_open: bool,
}

/// The version of Checkstyle whose output this is like: readers ask for the attribute, not for a number.
const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";

impl Checkstyle {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.is_open, true) { Ok(()) } else { out.write_all(OPEN.as_bytes()) }
    }
}

impl Report for Checkstyle {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        if checked.diagnostics.is_empty() {
            return Ok(());
        }
        writeln!(out, "<file name=\"{}\">", escaped(&slashed(checked.path)))?;
        for d in checked.diagnostics {
            let at = d.at.in_file();
            let position = at.source.position(at.span.start, Unit::Char);
            writeln!(
                out,
                "<error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"copydesk.{}\"/>",
                position.line,
                position.column,
                if d.severity == Severity::Note { "info" } else { d.severity.name() },
                escaped(&format!("{} ({})", d.message, d.help)),
                escaped(&d.lint.id)
            )?;
        }
        writeln!(out, "</file>")
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        for problem in &summary.problems {
            writeln!(
                out,
                "<file name=\"{}\">\n<error line=\"{}\" severity=\"error\" message=\"{}\" source=\"copydesk\"/>\n</file>",
                escaped(&slashed(&problem.path)),
                problem.line.unwrap_or(1),
                escaped(&problem.message)
            )?;
        }
        writeln!(out, "</checkstyle>")
    }
}
