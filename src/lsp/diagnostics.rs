//! Findings as the protocol shows them.

use std::path::Path;

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    Message, Uri,
};
use serde_json::value::RawValue;

use super::client::Can;
use super::positions::Places;
use crate::config::Mistake;
use crate::diagnostic;
use crate::diagnostic::Severity;
use crate::lint::{Lint, registry};
use crate::report::Problem;
use crate::text::{Source, Span};

/// Checks whose findings mark what is there already: editors show it as of no use.
const DUPLICATES: [&str; 4] = ["repeated-word", "repeated-text", "repeated-phrase", "recurring-block"];

/// Diagnostics as they are sent, and a hash by which they are known again.
#[derive(Debug, Clone)]
pub struct Items {
    /// A list, in JSON.
    pub json: Box<RawValue>,
    /// Its hash; 0 for the empty list.
    pub hash: u64,
}

impl Items {
    /// Writes diagnostics.
    pub fn new(all: &[Diagnostic]) -> Items {
        let json = serde_json::value::to_raw_value(all).unwrap_or_default();
        let hash = if all.is_empty() { 0 } else { crate::run::held::hash(json.get().as_bytes()).max(1) };
        Items { json, hash }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.hash == 0
    }
}

/// A diagnostic for a finding. `uri_of` names the document of a path as the client does.
pub fn of(d: &diagnostic::Diagnostic, can: &Can, uri_of: &dyn Fn(&Path) -> Uri) -> Diagnostic {
    let location = |label: &diagnostic::Label| {
        let place = label.at.in_file();
        let range = Places::of(&place.source, can.encoding).range(place.span);
        DiagnosticRelatedInformation {
            location: Location { uri: uri_of(place.source.path()), range },
            message: label.message.clone(),
        }
    };
    let at = d.at.in_file();
    Diagnostic {
        range: Places::of(&at.source, can.encoding).range(at.span),
        severity: Some(severity(d.severity)),
        code: Some(Code::String(d.lint.id.clone())),
        code_description: definition(&d.lint).filter(|_| can.descriptions).map(|href| CodeDescription { href }),
        source: Some("copydesk".into()),
        message: Message::String(message(d)),
        tags: (can.tags && is_duplicate(d)).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (can.related && !d.related.is_empty()).then(|| d.related.iter().map(location).collect()),
        data: None,
    }
}

/// What is wrong, and what to do.
fn message(d: &diagnostic::Diagnostic) -> String {
    if d.help.is_empty() { d.message.clone() } else { format!("{}\n{}", d.message, d.help) }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

fn is_duplicate(d: &diagnostic::Diagnostic) -> bool {
    DUPLICATES.contains(&d.lint.check_name.as_str())
}

/// Where the definition of a lint of ours is to be read: all that there is to say about it stands there.
pub fn definition(lint: &Lint) -> Option<Uri> {
    let builtin = registry::named(&lint.id).is_some_and(|builtin| std::ptr::eq(&**builtin, lint));
    let version = env!("CARGO_PKG_VERSION");
    builtin.then(|| Uri(format!("https://docs.rs/crate/copydesk/{version}/source/lints/{}.toml", lint.id)))
}

/// A diagnostic for a mistake in a file that steers us.
pub fn of_mistake(mistake: &Mistake, can: &Can) -> Diagnostic {
    let message = match &mistake.help {
        Some(help) => format!("{}\n{help}", mistake.message),
        None => mistake.message.clone(),
    };
    error(&mistake.source, mistake.at, message, can)
}

/// A diagnostic for what kept a file or a record from being worked on.
pub fn of_problem(problem: &Problem, source: &Source, can: &Can) -> Diagnostic {
    let span = problem.line.and_then(|line| source.line(line)).unwrap_or(Span::new(0, 0));
    error(source, span, problem.message.clone(), can)
}

/// A diagnostic at the top of a document that has more than are told.
pub fn of_more(more: usize, told: usize, source: &Source, can: &Can) -> Diagnostic {
    let message = format!("{more} more are not shown here: these are the {told} worst\n`copydesk check` shows all");
    plain(DiagnosticSeverity::Information, source, Span::new(0, 0), message, can)
}

fn error(source: &Source, at: Span, message: String, can: &Can) -> Diagnostic {
    plain(DiagnosticSeverity::Error, source, at, message, can)
}

fn plain(severity: DiagnosticSeverity, source: &Source, at: Span, message: String, can: &Can) -> Diagnostic {
    Diagnostic {
        range: Places::of(source, can.encoding).range(at),
        severity: Some(severity),
        code: None,
        code_description: None,
        source: Some("copydesk".into()),
        message: Message::String(message),
        tags: None,
        related_information: None,
        data: None,
    }
}
