//! A table for spreadsheets and data frames (RFC 4180).

use std::io::{self, Write};

use super::suggestion::suggestion;
use super::{Checked, Report, Summary, slashed, visible};
use crate::diagnostic::Diagnostic;
use crate::text::Unit;

/// The report as comma-separated values, one finding a row below a row of names. Lines and columns are those of the file
/// and count from 1, columns code points.
#[derive(Default)]
pub struct Csv {
    has_head: bool,
}

const HEAD: [&str; 12] =
    ["path", "line", "column", "end_line", "end_column", "record", "severity", "lint", "message", "help", "fix", "mqm"];

impl Csv {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.has_head, true) {
            return Ok(());
        }
        write!(out, "{}\r\n", HEAD.join(","))
    }
}

impl Report for Csv {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.head(out)?;
        checked.diagnostics.iter().try_for_each(|d| write!(out, "{}\r\n", row(d)))
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.head(out)
    }
}

fn row(d: &Diagnostic) -> String {
    let at = d.at.in_file();
    let start = at.source.position(at.span.start, Unit::Char);
    let end = at.source.position(at.span.end, Unit::Char);
    let record = d.at.source.record().map_or("", |record| &record.id);
    let fix = d.fix.as_ref().map(|fix| suggestion(&d.at.source, fix)).unwrap_or_default();
    let numbers = [start.line, start.column, end.line, end.column].map(|n| n.to_string()).join(",");
    let words = [record, d.severity.name(), &d.lint.id, &d.message, &d.help, &fix, &d.lint.mqm].map(cell).join(",");
    format!("{},{numbers},{words}", cell(&slashed(at.source.path())))
}

/// A cell. A spreadsheet runs what begins like a formula, so an apostrophe makes it text; blanks before it do not save
/// it everywhere, and full-width signs are taken for the others in East Asian versions.
fn cell(text: &str) -> String {
    let text = visible(text);
    let begins = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let mark = if text.trim_start().starts_with(begins) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_neither_a_formula_nor_two_cells() {
        assert_eq!(cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        assert_eq!(cell("\t=1+1"), "\"' =1+1\"");
        assert_eq!(cell("＠SUM(1)"), "\"'＠SUM(1)\"");
        assert_eq!(cell("a,b\r\nc"), "\"a,b  c\"");
        assert_eq!(cell("1-1"), "\"1-1\"");
    }
}
