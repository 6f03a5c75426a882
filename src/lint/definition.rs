//! A lint is one file: `lints/<id>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::examples::{Bad, Examples, Good};
use super::written::{DefinitionError, Written};
use super::{registry, template};
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
    /// Lints of which nothing is said twice: a finding gives way to theirs at the same place, of the article or of its
    /// original.
    pub gives_way: Vec<String>,
    /// Wordings that a check chooses among by their key.
    pub phrases: BTreeMap<String, String>,
    /// The name of its check.
    pub check_name: String,
    /// How it is found.
    pub(crate) check: Box<dyn Check>,
}

impl Lint {
    /// Whether it sets articles against each other.
    pub fn is_of_corpus(&self) -> bool {
        self.check.corpus().is_some()
    }

    /// Whether it needs the original of a translation.
    pub fn needs_source(&self) -> bool {
        self.check.needs_source()
    }

    /// Whether it has something to say in a language.
    pub fn speaks(&self, lang: Lang) -> bool {
        self.languages.is_empty() || self.languages.contains(&lang)
    }

    /// Whether it never finds anything in a language: it does not speak about it, or its check lacks the data.
    pub fn is_silent_in(&self, lang: Lang) -> bool {
        !self.speaks(lang) || self.check.is_silent_in(lang)
    }
}

/// When a lint is on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// Always.
    #[default]
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

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<D> {
    check: String,
    summary: String,
    message: String,
    help: String,
    // What follows is there in every lint of ours; a lint of a house can do without.
    #[serde(default)]
    why: String,
    related: Option<String>,
    #[serde(default)]
    severity: Severity,
    #[serde(default)]
    set: Set,
    #[serde(default)]
    mqm: String,
    fix: Option<Safety>,
    #[serde(default)]
    since: String,
    #[serde(default)]
    languages: Vec<Lang>,
    #[serde(default)]
    formerly: Vec<String>,
    #[serde(default, rename = "gives-way")]
    gives_way: Vec<String>,
    #[serde(default)]
    phrases: BTreeMap<String, String>,
    #[serde(default, rename = "data-of")]
    data_of: Option<String>,
    #[serde(default = "Option::default")]
    data: Option<D>,
    #[serde(default)]
    bad: Vec<Bad>,
    #[serde(default)]
    good: Vec<Good>,
}

/// Reads a definition. `id` is the name of its file without `.toml`.
///
/// # Errors
///
/// The first mistake: an id that is none, a key or check that there is not, a slot that the check does not fill.
pub fn load(id: &str, text: Written<'_>) -> Result<(Lint, Examples), DefinitionError> {
    #[derive(Deserialize)]
    struct Head {
        check: String,
    }
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(DefinitionError::new(format!("“{id}” is no id: write it in lower case, with hyphens")));
    }
    let head: Head = text.read().map_err(|mistake| text.misspelt("check").unwrap_or(mistake))?;
    let row = check::named(&head.check).ok_or_else(|| {
        let known: Vec<_> = check::CHECKS.iter().map(|row| row.name).collect();
        let message = match crate::nearest(&head.check, known.iter().copied()) {
            Some(near) => format!("no check is called “{}”; did you mean “{near}”?", head.check),
            None => format!("no check is called “{}”; there are: {}", head.check, known.join(", ")),
        };
        DefinitionError { message, at: text.place(&["check"]) }
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
    let wordings = [("message", Some(&raw.message)), ("help", Some(&raw.help)), ("related", raw.related.as_ref())];
    let wordings = wordings.iter().filter_map(|(key, wording)| Some((vec![*key], (*wording)?)));
    for (keys, wording) in wordings.chain(raw.phrases.iter().map(|(key, phrase)| (vec!["phrases", key], phrase))) {
        if let Some(slot) = template::slots(wording).find(|slot| !slots.contains(slot)) {
            let message = format!("the check {} fills no slot “{slot}”; it fills: {}", raw.check, slots.join(", "));
            return Err(DefinitionError { message, at: text.place(&keys) });
        }
    }
    let data = match (raw.data, &raw.data_of) {
        (Some(data), None) => data,
        (None, None) => T::default(),
        (None, Some(other)) => {
            registry::data(other).map_err(|message| DefinitionError { message, at: text.place(&["data-of"]) })?
        }
        (Some(_), Some(other)) => {
            let message = format!("it has data of its own, and those of “{other}”");
            return Err(DefinitionError { message, at: text.place(&["data-of"]) });
        }
    };
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
        gives_way: raw.gives_way,
        phrases: raw.phrases,
        check_name: raw.check,
        check: Box::new(data),
    };
    Ok((lint, Examples { bad: raw.bad, good: raw.good }))
}
