//! One finding a line: `path:line:column: severity id message`.

use std::io::{self, Write};

use super::{Checked, Report, Summary, visible};
use crate::text::Unit;

/// The concise report.
pub struct Concise;

impl Report for Concise {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            let position = d.at.source.position(d.at.span.start, Unit::Char);
            let path = d.at.source.path().display().to_string();
            let record = d.at.source.record().map(|r| format!("[{}]", visible(&r.id))).unwrap_or_default();
            writeln!(
                out,
                "{}{record}:{}:{}: {} {} {}",
                visible(&path),
                position.line,
                position.column,
                d.severity.name(),
                d.lint.id,
                visible(&d.message)
            )?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
