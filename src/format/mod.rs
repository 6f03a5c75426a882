//! How files are read. A format is one file here and one row of [`FORMATS`].

pub mod bilingual;
pub(crate) mod front_matter;
pub mod glossary;
#[cfg(feature = "html")]
mod html;
pub mod json_lines;
mod markdown;
mod mdx;
mod plain;
mod scalar;
mod shortcode;
mod transcript;

use std::borrow::Cow;
use std::path::Path;

use crate::text::{Draft, Lang, Source, Span};

/// Turns a source into the text that a reader reads. Never fails: broken markup is text.
pub trait Format: Sync {
    /// Reads a source.
    fn parse(&self, source: &Source, reading: &Reading) -> Draft;

    /// The label of the encoding that a file declares in its own first bytes.
    fn charset(&self, _bytes: &[u8]) -> Option<String> {
        None
    }
}

/// A row of the table of formats.
pub struct Row {
    /// What `--format` calls it.
    pub name: &'static str,
    /// File name endings, in lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// How it is read.
    pub kind: Kind,
}

/// What a file is made of.
pub enum Kind {
    /// One text.
    Text(&'static dyn Format),
    /// Records, one a line, each a text of its own (see [`json_lines`]).
    Records,
    /// Originals and their translations (see [`bilingual`]).
    Bilingual(&'static dyn bilingual::Bilingual),
}

/// All formats.
pub static FORMATS: &[Row] = &[
    Row { name: "text", extensions: &["txt", "text"], kind: Kind::Text(&plain::Plain) },
    Row { name: "markdown", extensions: &["md", "markdown"], kind: Kind::Text(&markdown::Markdown { mdx: false }) },
    Row { name: "mdx", extensions: &["mdx"], kind: Kind::Text(&markdown::Markdown { mdx: true }) },
    #[cfg(feature = "html")]
    Row { name: "html", extensions: &["html", "htm", "xhtml"], kind: Kind::Text(&html::Html) },
    Row { name: "json-lines", extensions: &["jsonl", "ndjson"], kind: Kind::Records },
    Row { name: "po", extensions: &["po", "pot"], kind: Kind::Bilingual(&bilingual::Po) },
    Row { name: "xliff", extensions: &["xlf", "xliff"], kind: Kind::Bilingual(&bilingual::Xliff) },
    Row { name: "tmx", extensions: &["tmx"], kind: Kind::Bilingual(&bilingual::Tmx) },
    Row { name: "tsv", extensions: &["tsv"], kind: Kind::Bilingual(&bilingual::Table { tabs: true }) },
    Row { name: "csv", extensions: &["csv"], kind: Kind::Bilingual(&bilingual::Table { tabs: false }) },
    Row { name: "srt", extensions: &["srt"], kind: Kind::Bilingual(&bilingual::Subtitle { vtt: false }) },
    Row { name: "vtt", extensions: &["vtt"], kind: Kind::Bilingual(&bilingual::Subtitle { vtt: true }) },
];

/// The plain text format: what records hold, and what a text without a name is.
pub static PLAIN: &dyn Format = &plain::Plain;

/// How a text is to be read, where there is a choice.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Field of a record that names it.
    pub id_field: String,
    /// Field of a record that holds its text.
    pub text_field: String,
    /// Field of a record that holds its language.
    pub lang_field: String,
    /// Field of a record that holds the original; with [`Reading::target_field`], in place of a text.
    pub source_field: String,
    /// Field of a record that holds its translation.
    pub target_field: String,
    /// Field of a record that holds the language of the original.
    pub source_lang_field: String,
    /// Field of a record that holds the language of its translation.
    pub target_lang_field: String,
    /// Column of a table that holds the originals: its heading, or its number from 1.
    pub source_column: Option<String>,
    /// Column of a table that holds their translations.
    pub target_column: Option<String>,
    /// Column of a table that names the rows.
    pub id_column: Option<String>,
    /// The language of originals that do not say theirs.
    pub source_lang: Option<Lang>,
    /// The name of the format of a record's text.
    pub record_format: String,
    /// HTML elements that are not the article, in lower case.
    pub skipped_elements: Vec<String>,
}

impl Default for Reading {
    fn default() -> Reading {
        Reading {
            id_field: "id".into(),
            text_field: "text".into(),
            lang_field: "lang".into(),
            source_field: "source".into(),
            target_field: "target".into(),
            source_lang_field: "source_lang".into(),
            target_lang_field: "target_lang".into(),
            source_column: None,
            target_column: None,
            id_column: None,
            source_lang: None,
            record_format: "text".into(),
            skipped_elements: ["nav", "header", "footer", "aside", "form"].map(String::from).into(),
        }
    }
}

impl Reading {
    /// The format of a record's text.
    pub fn record_format(&self) -> &'static dyn Format {
        match named(&self.record_format) {
            Some(Row { kind: Kind::Text(format), .. }) => *format,
            _ => PLAIN,
        }
    }
}

/// The formats that a record's text can have.
pub fn of_records() -> impl Iterator<Item = &'static str> + Clone {
    FORMATS.iter().filter(|row| matches!(row.kind, Kind::Text(_))).map(|row| row.name)
}

/// Whether a record's text can have the format of this name.
pub fn is_of_records(name: &str) -> bool {
    matches!(named(name), Some(Row { kind: Kind::Text(_), .. }))
}

/// The format of a name given to `--format`: ours, or an ending of its files (`md`).
pub fn named(name: &str) -> Option<&'static Row> {
    FORMATS.iter().find(|row| row.name == name || row.extensions.contains(&name))
}

/// The format that a file's name tells; `None` for names of no format we read.
pub fn of_path(path: &Path) -> Option<&'static Row> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|row| row.extensions.contains(&extension.as_str()))
}

/// A text with a line feed for each carriage return that ends a line alone, so that offsets stay. The parsers know such
/// line ends in places only: a fence of code that is closed after one stays open.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let mut out = String::new();
    let mut done = 0;
    for at in memchr::memchr_iter(b'\r', bytes).filter(alone) {
        out.push_str(&text[done..at]);
        out.push('\n');
        done = at + 1;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Reads a block of HTML that stands in Markdown: `parsed` is the whole text with template tags overwritten. Without
/// the reader of HTML it is left out.
fn html_in_markdown(
    out: &mut transcript::Transcript<'_>,
    parsed: &str,
    block: Span,
    opaque: &[shortcode::Opaque],
    reading: &Reading,
) {
    #[cfg(feature = "html")]
    html::read(out, parsed, block, opaque, &reading.skipped_elements);
    #[cfg(not(feature = "html"))]
    let _ = (out, parsed, block, opaque, reading);
}
