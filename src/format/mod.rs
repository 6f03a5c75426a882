//! How files are read. A format is one file here and one row of [`FORMATS`].

pub mod json_lines;
mod plain;

use std::path::Path;

use crate::text::{Draft, Source};

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
}

/// All formats.
pub static FORMATS: &[Row] = &[
    Row { name: "text", extensions: &["txt", "text"], kind: Kind::Text(&plain::Plain) },
    Row { name: "json-lines", extensions: &["jsonl", "ndjson"], kind: Kind::Records },
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
    /// HTML elements that are not the article, in lower case.
    pub skipped_elements: Vec<String>,
}

impl Default for Reading {
    fn default() -> Reading {
        Reading {
            id_field: "id".into(),
            text_field: "text".into(),
            lang_field: "lang".into(),
            skipped_elements: ["nav", "header", "footer", "aside", "form"].map(String::from).into(),
        }
    }
}

/// The format of a name given to `--format`.
pub fn named(name: &str) -> Option<&'static Row> {
    FORMATS.iter().find(|row| row.name == name)
}

/// The format that a file's name tells; `None` for names of no format we read.
pub fn of_path(path: &Path) -> Option<&'static Row> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|row| row.extensions.contains(&extension.as_str()))
}
