//! JUnit XML, for build servers that know tests and nothing else: a file is a suite, a finding a failed test, and a file
//! without findings one that passed.

use std::io::{self, Write};

use super::xml::escaped;
use super::{Checked, Report, Summary, slashed, suggestion::suggestion};
use crate::diagnostic::Diagnostic;
use crate::text::Unit;

/// The report as JUnit XML.
#[derive(Default)]
pub struct JUnit {
    is_open: bool,
}

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"copydesk\">\n";

impl JUnit {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.is_open, true) { Ok(()) } else { out.write_all(OPEN.as_bytes()) }
    }
}

impl Report for JUnit {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let (path, failures) = (escaped(&slashed(checked.path)), checked.diagnostics.len());
        let tests = failures.max(1);
        writeln!(
            out,
            "<testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\" \
             file=\"{path}\">"
        )?;
        for d in checked.diagnostics {
            failure(d, &path, out)?;
        }
        if failures == 0 {
            writeln!(out, "<testcase classname=\"{path}\" name=\"no findings\" time=\"0\"/>")?;
        }
        writeln!(out, "</testsuite>")
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        if !summary.problems.is_empty() {
            let count = summary.problems.len();
            writeln!(
                out,
                "<testsuite name=\"copydesk\" tests=\"{count}\" failures=\"0\" errors=\"{count}\" skipped=\"0\" time=\"0\">"
            )?;
            for problem in &summary.problems {
                let path = escaped(&slashed(&problem.path));
                let message = escaped(&problem.message);
                writeln!(out, "<testcase classname=\"copydesk\" name=\"{path}\" time=\"0\">")?;
                writeln!(out, "<error type=\"problem\" message=\"{message}\"/>\n</testcase>")?;
            }
            writeln!(out, "</testsuite>")?;
        }
        writeln!(out, "</testsuites>")
    }
}

fn failure(d: &Diagnostic, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let at = d.at.in_file();
    let position = at.source.position(at.span.start, Unit::Char);
    let place = format!("{}:{}", position.line, position.column);
    let lint = escaped(&d.lint.id);
    writeln!(out, "<testcase classname=\"{path}\" name=\"{lint} at {place}\" time=\"0\">")?;
    write!(out, "<failure type=\"{}\" message=\"{}\">", d.severity.name(), escaped(&d.message))?;
    write!(out, "{path}:{place}: {} {lint}: {}\n{}", d.severity.name(), escaped(&d.message), escaped(&d.help))?;
    if let Some(fix) = &d.fix {
        write!(out, "\n{}", escaped(&suggestion(&d.at.source, fix)))?;
    }
    writeln!(out, "</failure>\n</testcase>")
}
