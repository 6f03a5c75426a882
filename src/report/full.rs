//! For people: each finding with its sentence, the words marked, and what to do.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};
use codespan_reporting::diagnostic::{self as codespan, LabelStyle};
use codespan_reporting::term::{self, Config, WriteStyle};

use super::excerpt::Excerpt;
use super::suggestion::suggestion;
use super::{Checked, Report, Style, Summary, counted, tally, visible};
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
        Full { config: config(), color: style.color }
    }
}

fn config() -> Config {
    // Which lines of a long stretch to show is decided by the excerpt.
    Config { tab_width: 1, start_context_lines: 0, end_context_lines: 0, ..Config::default() }
}

impl Report for Full {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for d in checked.diagnostics {
            let excerpt = Excerpt::of(d);
            let shown = diagnostic(d, &excerpt);
            out.write_all(print(&self.config, &excerpt, &shown, self.color)?.as_bytes())?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let Some(tally) = tally(summary) else { return Ok(()) };
        let files = match (summary.files_with_findings, summary.files) {
            (some, all) if some < all => format!("{some} of {}", counted(all, "file")),
            (_, all) => counted(all, "file"),
        };
        let fixable = match summary.fixable {
            [0, 0] => String::new(),
            [safe, 0] => format!("; {safe} can be fixed with --fix"),
            [0, more] => format!("; {more} can be fixed with --fix --unsafe-fixes"),
            [safe, more] => format!("; {safe} can be fixed with --fix, {more} more with --fix --unsafe-fixes"),
        };
        writeln!(out, "{tally} in {files}{fixable}")
    }
}

/// A snippet as text, without blanks at the ends of lines.
fn print(
    config: &Config,
    excerpt: &Excerpt<'_>,
    shown: &codespan::Diagnostic<usize>,
    color: bool,
) -> io::Result<String> {
    let mut painter = Painter { bytes: Vec::with_capacity(1024), color };
    term::emit_to_write_style(&mut painter, config, excerpt, shown).map_err(io::Error::other)?;
    let mut text = String::with_capacity(painter.bytes.len());
    for line in String::from_utf8_lossy(&painter.bytes).lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    Ok(text)
}

/// A mistake in a file that steers us (a configuration, a definition), shown as findings are: what is wrong, where, and
/// what to do about it.
pub fn mistake(source: &Source, at: Span, message: &str, help: Option<&str>) -> String {
    let excerpt = Excerpt::around(std::iter::once((source, at)));
    let labels = excerpt.places().iter().map(|(part, range)| codespan::Label::primary(*part, range.clone()));
    let shown = codespan::Diagnostic::error()
        .with_message(visible(message))
        .with_labels(labels.collect())
        .with_notes(help.map(|help| format!("help: {}", visible(help))).into_iter().collect());
    print(&config(), &excerpt, &shown, false).unwrap_or_else(|_| message.to_owned())
}

fn diagnostic(d: &Diagnostic, excerpt: &Excerpt<'_>) -> codespan::Diagnostic<usize> {
    let head = match d.severity {
        Severity::Error => codespan::Diagnostic::error(),
        Severity::Warning => codespan::Diagnostic::warning(),
        Severity::Note => codespan::Diagnostic::note(),
    };
    let mut labels = Vec::new();
    for (place, (part, range)) in excerpt.places().iter().enumerate() {
        let label = match place.checked_sub(1) {
            None => codespan::Label::primary(*part, range.clone()),
            Some(n) => codespan::Label::secondary(*part, range.clone())
                .with_message(d.related.get(n).map_or("".into(), |label| visible(&label.message))),
        };
        labels.push(label);
    }
    let mut notes = Vec::new();
    if excerpt.left_out > 0 {
        notes.push(format!("and {}", counted(excerpt.left_out, "more place")));
    }
    notes.push(format!("help: {}", visible(&d.help)));
    notes.extend(d.fix.as_ref().map(|fix| suggestion(&d.at.source, fix)));
    head.with_code(d.lint.id.as_str()).with_message(visible(&d.message)).with_labels(labels).with_notes(notes)
}

/// Collects what the printer writes, with colours if wanted.
struct Painter {
    bytes: Vec<u8>,
    color: bool,
}

impl Painter {
    fn set(&mut self, style: Ansi) -> io::Result<()> {
        if self.color { write!(self.bytes, "{style}") } else { Ok(()) }
    }
}

impl Write for Painter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn color_of(severity: codespan::Severity) -> AnsiColor {
    match severity {
        codespan::Severity::Bug | codespan::Severity::Error => AnsiColor::Red,
        codespan::Severity::Warning => AnsiColor::Yellow,
        codespan::Severity::Note | codespan::Severity::Help => AnsiColor::Green,
    }
}

const FRAME: Ansi = AnsiColor::Cyan.on_default();

impl WriteStyle for Painter {
    fn set_header(&mut self, severity: codespan::Severity) -> io::Result<()> {
        self.set(color_of(severity).on_default().bold())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        // The reset keeps the colour of the severity from running on.
        self.reset()?;
        self.set(Ansi::new().bold())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_label(&mut self, severity: codespan::Severity, style: LabelStyle) -> io::Result<()> {
        self.set(match style {
            LabelStyle::Primary => color_of(severity).on_default(),
            LabelStyle::Secondary => FRAME,
        })
    }

    fn reset(&mut self) -> io::Result<()> {
        if self.color { write!(self.bytes, "{}", anstyle::Reset) } else { Ok(()) }
    }
}
