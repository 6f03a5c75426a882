//! Issues in the log of an Azure pipeline: logging commands, one a finding.

use std::io::{self, Write};

use super::{Checked, Report, Summary, slashed, visible};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Unit;

/// The report as logging commands.
pub struct Azure;

impl Report for Azure {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        checked.diagnostics.iter().try_for_each(|d| writeln!(out, "{}", command(d)))
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        for problem in &summary.problems {
            let path = property(&slashed(&problem.path));
            let line = problem.line.map_or(String::new(), |line| format!(";linenumber={line}"));
            writeln!(out, "##vso[task.logissue type=error;sourcepath={path}{line}]{}", data(&problem.message))?;
        }
        Ok(())
    }
}

fn command(d: &Diagnostic) -> String {
    let at = d.at.in_file();
    let position = at.source.position(at.span.start, Unit::Char);
    // There are errors and warnings and nothing below.
    let (kind, mark) = match d.severity {
        Severity::Error => ("error", ""),
        Severity::Warning => ("warning", ""),
        Severity::Note => ("warning", "note: "),
    };
    format!(
        "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={}]{}",
        property(&slashed(at.source.path())),
        position.line,
        position.column,
        property(&d.lint.id),
        data(&format!("{mark}{} ({})", d.message, d.help))
    )
}

/// Escapes what follows the bracket. The agent takes `%AZP25` back as a per cent sign; a further command in the text is
/// broken up by `visible`.
fn data(text: &str) -> String {
    visible(text).replace('%', "%AZP25")
}

/// Escapes a property, which ends at a semicolon or the bracket.
fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_properties_are_escaped_in_full() {
        assert_eq!(data("100 %3B\r\n##vso[task.x]y"), "100 %AZP253B  ♯#vso[task.x]y");
        assert_eq!(property("a;b]c"), "a%3Bb%5Dc");
    }
}
