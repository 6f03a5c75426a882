//! What a check finds, and what a writer is told.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::lint::{HouseStyle, Lint};
pub use crate::text::At;
use crate::text::{Document, Lang, Source, Span};

/// How bad it is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A matter of layout; the reader hardly notices.
    Note,
    /// A slip that a reader notices.
    #[default]
    Warning,
    /// The text is damaged.
    Error,
}

impl Severity {
    /// The next one.
    pub fn higher(self) -> Severity {
        if self == Severity::Note { Severity::Warning } else { Severity::Error }
    }

    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Whether a fix may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// It may change what the text says: applied on request only.
    Unsafe,
    /// It cannot change what the text says.
    Safe,
}

impl Safety {
    /// `safe` or `unsafe`.
    pub fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// A value that a message can quote.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Words of the article, or a number.
    Text(String),
    /// The key of one of the definition's own `phrases`.
    Phrase(&'static str),
}

/// What a check found, before a definition words it.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    pub(crate) at: At<'a>,
    pub(crate) slots: Vec<(&'static str, Value)>,
    pub(crate) related: Vec<At<'a>>,
    pub(crate) edits: Vec<(Span, String)>,
    pub(crate) safety: Option<Safety>,
    /// Whether it is surer than the findings of its lint are in general.
    pub(crate) raised: bool,
    /// The place in the source, where that is not in the text of the article; edits are then of the source too.
    pub(crate) written: Option<Span>,
}

impl<'a> Finding<'a> {
    /// A finding at a stretch of a document.
    pub fn new(doc: &'a Document, span: Span) -> Finding<'a> {
        Finding {
            at: At { doc, span },
            slots: Vec::new(),
            related: Vec::new(),
            edits: Vec::new(),
            safety: None,
            raised: false,
            written: None,
        }
    }

    /// A finding at a stretch of the source that is no text of the article: a comment. Its edits are of the source too.
    pub fn in_source(doc: &'a Document, span: Span) -> Finding<'a> {
        Finding { written: Some(span), ..Finding::new(doc, Span::default()) }
    }

    /// Fills a slot of the message with words of the article, or a number.
    pub fn slot(mut self, name: &'static str, value: impl Into<String>) -> Finding<'a> {
        self.slots.push((name, Value::Text(value.into())));
        self
    }

    /// Fills a slot with one of the phrases that the definition lists, by its key: a check holds no words of ours.
    pub fn phrase(mut self, name: &'static str, key: &'static str) -> Finding<'a> {
        self.slots.push((name, Value::Phrase(key)));
        self
    }

    /// Points at a second place of the same document.
    pub fn related(mut self, span: Span) -> Finding<'a> {
        self.related.push(At { doc: self.at.doc, span });
        self
    }

    /// Points at a place of another document.
    pub fn related_in(mut self, doc: &'a Document, span: Span) -> Finding<'a> {
        self.related.push(At { doc, span });
        self
    }

    /// Offers to delete a stretch.
    pub fn delete(self, span: Span) -> Finding<'a> {
        self.replace(span, "")
    }

    /// Offers to put a text in the place of a stretch; several edits make one fix.
    pub fn replace(mut self, span: Span, text: impl Into<String>) -> Finding<'a> {
        self.edits.push((span, text.into()));
        self
    }

    /// Says that this finding is surer than those of its lint are in general: it is told one severity higher, unless the
    /// house has chosen a severity.
    pub fn raised(mut self) -> Finding<'a> {
        self.raised = true;
        self
    }

    /// Says that this fix is less safe than the lint's fixes are in general.
    pub fn unsafe_fix(mut self) -> Finding<'a> {
        self.safety = Some(Safety::Unsafe);
        self
    }
}

/// Where a check puts what it finds.
pub struct Findings<'a> {
    pub(crate) found: Vec<Finding<'a>>,
    house: &'a HouseStyle,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(house: &'a HouseStyle) -> Findings<'a> {
        Findings { found: Vec::new(), house }
    }

    /// Reports a finding.
    pub fn push(&mut self, finding: Finding<'a>) {
        self.found.push(finding);
    }

    /// Reports several.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding<'a>>) {
        self.found.extend(findings);
    }

    /// What the user has decided about names and words.
    pub fn house(&self) -> &'a HouseStyle {
        self.house
    }
}

/// A place for everyone else: bytes of a source's text.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file or record.
    pub source: Arc<Source>,
    /// Where in its text.
    pub span: Span,
}

impl Place {
    /// The same place in the file: for a record, where its words stand in the file, escapes included.
    pub fn in_file(&self) -> Place {
        match self.source.record() {
            Some(record) => Place { source: record.file.clone(), span: self.source.in_file(self.span) },
            None => self.clone(),
        }
    }
}

/// What a writer is told.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The lint that says it.
    pub lint: Arc<Lint>,
    /// How bad it is: the lint's severity, or the one configured.
    pub severity: Severity,
    /// What is wrong, with the writer's words quoted.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where.
    pub at: Place,
    /// The paragraph, heading or item that it stands in: bytes of the source's text, the marked ones among them.
    pub block: Span,
    /// The language of that block.
    pub lang: Lang,
    /// Second places: the other spelling, the first copy.
    pub related: Vec<Label>,
    /// How to mend it, where that can be said.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Whether a second place is in the original of a translation: lints of a corpus point into other articles.
    pub fn is_of_translation(&self) -> bool {
        !self.lint.is_of_corpus()
    }

    /// The order of reports: by place, then by lint.
    pub fn order(&self) -> (Span, &str) {
        (self.at.span, &self.lint.id)
    }
}

/// A second place, with a word about it.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where.
    pub at: Place,
    /// What is there.
    pub message: String,
}

/// Edits that mend a defect; all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// In order, not overlapping.
    pub edits: Vec<Edit>,
}

/// One replacement in a source's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced: bytes of the source's text; empty to insert.
    pub span: Span,
    /// What stands there afterwards, escaped as the source's format wants it.
    pub text: String,
}
