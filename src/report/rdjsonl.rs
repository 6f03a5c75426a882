//! The Reviewdog Diagnostic Format, one finding a line.

use std::io::{self, Write};

use serde_json::json;

use super::rdjson::diagnostic;
use super::{Checked, Report, Summary, json_text};

/// The report as JSON Lines of `Diagnostic`.
pub struct RdJsonLines;

impl Report for RdJsonLines {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            let mut line = diagnostic(d);
            line["source"] = json!({ "name": "copydesk" });
            json_text::write(out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
