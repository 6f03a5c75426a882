//! One finding a line: `path:line:column: severity id message`.

use std::io::{self, Write};

use super::{Checked, Report, Summary, visible, visible_path};
use crate::text::Unit;

/// The concise report. A finding in a record is shown where the record stands in its file, so that editors and log
/// viewers can go there.
pub struct Concise;

impl Report for Concise {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            let at = d.at.in_file();
            let position = at.source.position(at.span.start, Unit::Char);
            writeln!(
                out,
                "{}:{}:{}: {} {} {}",
                visible_path(at.source.path()),
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
