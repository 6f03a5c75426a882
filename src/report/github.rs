//! Annotations on GitHub: workflow commands, one a finding, the worst first, because GitHub shows the first ten errors, ten
//! warnings and ten notices of a step and no more. One line says how many there are. It is a notice, so it stands before
//! those of findings.

use std::io::{self, Write};
use std::sync::Arc;

use super::{Checked, Report, Summary, counted, slashed, tally, visible};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Unit;

/// The report as workflow commands.
#[derive(Default)]
pub struct GitHub {
    /// Lines by severity: notes, warnings, errors.
    lines: [String; 3],
}

impl Report for GitHub {
    fn file(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            let lines = &mut self.lines[d.severity as usize];
            lines.push_str(&command(d));
            lines.push('\n');
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let [notes, warnings, errors] = &self.lines;
        out.write_all(errors.as_bytes())?;
        out.write_all(warnings.as_bytes())?;
        if let Some(tally) = tally(summary) {
            let files = counted(summary.files_with_findings, "file");
            writeln!(out, "::notice title=copydesk::{tally} in {files}")?;
        }
        out.write_all(notes.as_bytes())
    }
}

fn command(d: &Diagnostic) -> String {
    let at = d.at.in_file();
    let start = at.source.position(at.span.start, Unit::Char);
    let end = at.source.position(at.span.end, Unit::Char);
    let kind = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    // Columns are refused where a finding spans lines.
    let columns =
        if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={}::{}",
        visible(&property(&slashed(at.source.path()))),
        start.line,
        end.line,
        property(&format!("copydesk {}", d.lint.id)),
        data(&visible(&format!("{} ({}){}", d.message, d.help, elsewhere(d))))
    )
}

/// Where the first second place is that lies in another text, such as the original: an annotation has one place only.
fn elsewhere(d: &Diagnostic) -> String {
    let Some(label) = d.related.iter().find(|label| !Arc::ptr_eq(&label.at.source, &d.at.source)) else {
        return String::new();
    };
    let at = label.at.in_file();
    let line = at.source.position(at.span.start, Unit::Char).line;
    format!(" – {}:{line}: {}", slashed(at.source.path()), label.message)
}

/// Escapes what follows the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_a_notice_that_comes_before_ten_others() {
        let mut report = GitHub { lines: ["::notice note\n".repeat(12), "::warning w\n".into(), "::error e\n".into()] };
        let mut out = Vec::new();
        let summary = Summary { findings: [12, 1, 1], files_with_findings: 1, ..Summary::default() };
        report.finish(&summary, &mut out).expect("memory can be written");
        let out = String::from_utf8(out).expect("it is text");
        let lines: Vec<&str> = out.lines().collect();
        let sum = "::notice title=copydesk::1 error, 1 warning and 12 notes in 1 file";
        assert_eq!(lines[..4], ["::error e", "::warning w", sum, "::notice note"]);
        assert_eq!(lines.len(), 15);
    }

    #[test]
    fn data_and_properties_are_escaped_in_full() {
        assert_eq!(data("100 %\r\n::error::x"), "100 %25%0D%0A::error::x");
        assert_eq!(property("a,b::c%0A"), "a%2Cb%3A%3Ac%250A");
    }
}
