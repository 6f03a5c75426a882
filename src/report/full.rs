//! For people: each finding with its sentence, the words marked, and what to do.

use std::io::{self, Write};

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::term::{self, Config};

use super::excerpt::Excerpt;
use super::{Checked, Report, Style, Summary, visible};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Source, Span};

/// The report with snippets.
pub struct Full {
    config: Config,
    color: bool,
}

impl Full {
    /// With the style asked for.
    pub fn new(style: &Style) -> Full {
        Full { config: Config { tab_width: 1, ..Config::default() }, color: style.color }
    }
}

impl Report for Full {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            let excerpt = Excerpt::of(d);
            let shown = diagnostic(d, &excerpt);
            let _ = self.color;
            let text = term::emit_into_string(&self.config, &excerpt, &shown).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let [notes, warnings, errors] = summary.findings;
        let found = notes + warnings + errors;
        if found > 0 {
            writeln!(out, "{errors} errors, {warnings} warnings, {notes} notes in {} files", summary.files)?;
        }
        Ok(())
    }
}

fn diagnostic(d: &Diagnostic, excerpt: &Excerpt) -> codespan::Diagnostic<()> {
    let shown = match d.severity {
        Severity::Error => codespan::Diagnostic::error(),
        Severity::Warning => codespan::Diagnostic::warning(),
        Severity::Note => codespan::Diagnostic::note(),
    };
    let mut labels = vec![codespan::Label::primary((), excerpt.place(d.at.span))];
    for label in &d.related {
        labels.push(codespan::Label::secondary((), excerpt.place(label.at.span)).with_message(visible(&label.message)));
    }
    shown
        .with_code(d.lint.id.as_str())
        .with_message(visible(&d.message))
        .with_labels(labels)
        .with_notes(vec![format!("help: {}", visible(&d.help))])
}

/// A mistake in a file that steers us (a configuration, a definition), shown as findings are: what is wrong, where, and
/// what to do about it.
pub fn mistake(source: &Source, at: Span, message: &str, help: Option<&str>) -> String {
    let excerpt = Excerpt::around(source, std::iter::once(at));
    let shown = codespan::Diagnostic::error()
        .with_message(visible(message))
        .with_label(codespan::Label::primary((), excerpt.place(at)))
        .with_notes(help.map(|help| format!("help: {}", visible(help))).into_iter().collect());
    let config = Config { tab_width: 1, ..Config::default() };
    term::emit_into_string(&config, &excerpt, &shown).unwrap_or_else(|_| message.to_owned())
}
