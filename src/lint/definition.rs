//! A lint is one file: `lints/<id>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::template;
use crate::check::{self, Check};
use crate::diagnostic::{Safety, Severity};
use crate::text::Lang;

/// One thing that we say to a writer.
#[derive(Debug)]
pub struct Lint {
    /// The name of its file: kebab-case, names the defect.
    pub id: String,
    /// What it is about, in a few words.
    pub summary: String,
    /// What is wrong, with `{slots}` for the words of the article.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What it costs the reader.
    pub why: String,
    /// What to say at second places.
    pub related: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// When it is on.
    pub set: Set,
    /// Its category in the MQM error typology, `dimension/type`.
    pub mqm: String,
    /// Whether its fixes are safe; without it there are none.
    pub fix: Option<Safety>,
    /// The version that brought it.
    pub since: String,
    /// The languages it speaks about; empty for all.
    pub languages: Vec<Lang>,
    /// Older ids that keep working.
    pub formerly: Vec<String>,
    /// Wordings that a check chooses among by their key.
    pub phrases: BTreeMap<String, String>,
    /// The name of its check.
    pub check_name: String,
    /// How it is found.
    pub(crate) check: Box<dyn Check>,
}

/// When a lint is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// Always.
    Default,
    /// Where the house is strict.
    Strict,
    /// On request only: not yet right often enough.
    Preview,
}

impl Set {
    /// `default`, `strict` or `preview`.
    pub fn name(self) -> &'static str {
        match self {
            Set::Default => "default",
            Set::Strict => "strict",
            Set::Preview => "preview",
        }
    }
}

/// The examples of a definition: its specification, and its tests.
#[derive(Debug, Default)]
pub struct Examples {
    /// Texts with the defect.
    pub bad: Vec<Bad>,
    /// Near misses that must stay silent.
    pub good: Vec<Good>,
}

/// A text with the defect.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bad {
    /// The text.
    pub text: String,
    /// The words marked, in order.
    pub flags: Vec<String>,
    /// The text after all fixes of this lint; required where the lint has fixes and one is offered.
    pub fixed: Option<String>,
    /// Its language; English unless said.
    pub lang: Option<Lang>,
    /// Its format; plain text unless said.
    pub format: Option<String>,
}

/// A text that looks like the defect and is right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Good {
    /// The text.
    pub text: String,
    /// Why it is right.
    pub why: Option<String>,
    /// Its language; English unless said.
    pub lang: Option<Lang>,
    /// Its format; plain text unless said.
    pub format: Option<String>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<D> {
    check: String,
    summary: String,
    message: String,
    help: String,
    why: String,
    related: Option<String>,
    severity: Severity,
    set: Set,
    mqm: String,
    fix: Option<Safety>,
    since: String,
    #[serde(default)]
    languages: Vec<Lang>,
    #[serde(default)]
    formerly: Vec<String>,
    #[serde(default)]
    phrases: BTreeMap<String, String>,
    #[serde(default = "Option::default")]
    data: Option<D>,
    #[serde(default)]
    bad: Vec<Bad>,
    #[serde(default)]
    good: Vec<Good>,
}

/// A definition as text: a user's file, or a built-in one that the build turned into JSON, which reads faster.
#[derive(Clone, Copy)]
pub enum Written<'a> {
    /// As people write it.
    Toml(&'a str),
    /// As the build packs it.
    Json(&'a str),
}

impl Written<'_> {
    fn read<T: DeserializeOwned>(self) -> Result<T, DefinitionError> {
        match self {
            Written::Toml(text) => {
                toml::from_str(text).map_err(|e| DefinitionError { message: e.message().to_owned(), at: e.span() })
            }
            Written::Json(text) => {
                serde_json::from_str(text).map_err(|e| DefinitionError { message: e.to_string(), at: None })
            }
        }
    }
}

/// Why a definition was refused.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct DefinitionError {
    /// What is wrong.
    pub message: String,
    /// Where in the file, in bytes.
    pub at: Option<std::ops::Range<usize>>,
}

impl DefinitionError {
    fn new(message: String) -> DefinitionError {
        DefinitionError { message, at: None }
    }
}

/// Reads a definition. `id` is the name of its file without `.toml`.
pub fn load(id: &str, text: Written<'_>) -> Result<(Lint, Examples), DefinitionError> {
    #[derive(Deserialize)]
    struct Head {
        check: String,
    }
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(DefinitionError::new(format!("“{id}” is no id: write it in lower case, with hyphens")));
    }
    let head: Head = text.read()?;
    let row = check::named(&head.check).ok_or_else(|| {
        let known: Vec<_> = check::CHECKS.iter().map(|row| row.name).collect();
        DefinitionError::new(match crate::nearest(&head.check, known.iter().copied()) {
            Some(near) => format!("no check is called “{}”; did you mean “{near}”?", head.check),
            None => format!("no check is called “{}”; there are: {}", head.check, known.join(", ")),
        })
    })?;
    (row.load)(id, text)
}

/// Reads the definition of a lint whose check is a `T`, the type of its `[data]`.
pub(crate) fn load_as<T>(id: &str, text: Written<'_>) -> Result<(Lint, Examples), DefinitionError>
where
    T: Check + Default + DeserializeOwned + 'static,
{
    let raw: Raw<T> = text.read()?;
    let slots = check::named(&raw.check).map_or(&[][..], |row| row.slots);
    let wordings = [Some(&raw.message), Some(&raw.help), raw.related.as_ref()];
    for wording in wordings.into_iter().flatten().chain(raw.phrases.values()) {
        if let Some(slot) = template::slots(wording).find(|slot| !slots.contains(slot)) {
            return Err(DefinitionError::new(format!(
                "“{wording}” has a slot “{slot}” that the check {} does not fill; it fills: {}",
                raw.check,
                slots.join(", ")
            )));
        }
    }
    let lint = Lint {
        id: id.to_owned(),
        summary: raw.summary,
        message: raw.message,
        help: raw.help,
        why: raw.why,
        related: raw.related,
        severity: raw.severity,
        set: raw.set,
        mqm: raw.mqm,
        fix: raw.fix,
        since: raw.since,
        languages: raw.languages,
        formerly: raw.formerly,
        phrases: raw.phrases,
        check_name: raw.check,
        check: Box::new(raw.data.unwrap_or_default()),
    };
    Ok((lint, Examples { bad: raw.bad, good: raw.good }))
}
