//! Codes inside of a text: tags and placeholders, which a translation has to keep.

use super::span::Span;

/// An inline code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What it does.
    pub kind: CodeKind,
    /// What the same code of the other side goes by: the id that the file gives it, the name of a tag, or the placeholder
    /// itself.
    pub id: String,
    /// Where it stands in the text of its side: a stretch of it, or for those that are gone from it the place where they
    /// were.
    pub at: Span,
    /// Where it is written in the file.
    pub from: Span,
    /// Whether the translation may do without it: a number in a plural form that says “one”.
    pub optional: bool,
}

/// What an inline code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeKind {
    /// Begins a stretch, up to the [`CodeKind::Close`] of the same id. Gone from the text.
    Open,
    /// Ends it. Gone from the text.
    Close,
    /// Markup that stands alone. It stands in the text as it is written.
    Alone,
    /// A variable. It stands in the text as it is written.
    Placeholder,
}
