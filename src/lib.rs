//! A linter for article text.
//!
//! ```
//! let report = copydesk::check("The the bridge was closed.", &copydesk::Options::default());
//! assert_eq!(report.diagnostics[0].message, "“The” is written twice");
//! ```

pub mod check;
pub mod diagnostic;
pub mod fix;
pub mod format;
pub mod ignore;
pub mod lint;
pub mod text;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
#[cfg(feature = "cli")]
pub mod files;
#[cfg(feature = "cli")]
pub mod report;
#[cfg(feature = "cli")]
pub mod run;
#[cfg(feature = "cli")]
pub mod write;

use std::sync::Arc;

use text::{Document, Lang, Source};

/// How [`check()`] reads a text.
#[derive(Default)]
pub struct Options {
    /// The language, where it is known; else it is told from the text where that is safe.
    pub lang: Option<Lang>,
    /// The format by its name (`text`, `markdown`, `html`); plain text by default.
    pub format: Option<String>,
    /// How the format reads where there is a choice.
    pub reading: format::Reading,
    /// The lints that are on.
    pub linter: lint::Linter,
}

/// Checks one text.
pub fn check(text: &str, options: &Options) -> lint::Checked {
    let source = Arc::new(Source::new("text", text));
    let format = match options.format.as_deref().and_then(format::named) {
        Some(format::Row { kind: format::Kind::Text(format), .. }) => *format,
        _ => format::PLAIN,
    };
    let draft = format.parse(&source, &options.reading);
    let document = Document::new(source, draft, options.lang);
    options.linter.check(&document)
}

/// The candidate that a misspelt word most likely meant, if one is near.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|c| (strsim::damerau_levenshtein(word, c), c))
        .filter(|(distance, c)| *distance * 3 <= c.chars().count().max(word.chars().count()))
        .min()
        .map(|(_, c)| c)
}
