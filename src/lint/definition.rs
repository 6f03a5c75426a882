//! A lint is one file: `lints/<id>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::complaint::complaint;
use super::glossary::{Concept, Side, Term};
use super::house::HouseStyle;
use super::{registry, template};
use crate::check::{self, Check};
use crate::diagnostic::{Safety, Severity};
use crate::text::{Lang, WordSet};

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
    #[serde(default)]
    pub text: String,
    /// In its place several articles, for a lint that sets them against each other.
    #[serde(default)]
    pub texts: Vec<String>,
    /// In its place a translation, for a lint that sets it against its original.
    pub target: Option<String>,
    /// The original of that translation.
    pub source: Option<String>,
    /// What the original said when it was translated.
    #[serde(rename = "source-before")]
    pub source_before: Option<String>,
    /// In its place several translations, for a lint that sets them against each other.
    #[serde(default)]
    pub pairs: Vec<Sided>,
    /// The language of the original; English unless said.
    #[serde(rename = "source-lang")]
    pub source_lang: Option<Lang>,
    /// The words marked, in order.
    pub flags: Vec<String>,
    /// The text after all fixes of this lint; required where the lint has fixes and one is offered.
    pub fixed: Option<String>,
    /// Its language; English unless said.
    pub lang: Option<Lang>,
    /// Its format; plain text unless said.
    pub format: Option<String>,
    /// What the house has decided about names.
    #[serde(default)]
    pub names: Names,
    /// … and about words.
    #[serde(default)]
    pub words: HouseWords,
    /// … and about terms.
    #[serde(default)]
    pub terms: Terms,
}

/// A text that looks like the defect and is right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Good {
    /// The text.
    #[serde(default)]
    pub text: String,
    /// In its place several articles, for a lint that sets them against each other.
    #[serde(default)]
    pub texts: Vec<String>,
    /// In its place a translation, for a lint that sets it against its original.
    pub target: Option<String>,
    /// The original of that translation.
    pub source: Option<String>,
    /// What the original said when it was translated.
    #[serde(rename = "source-before")]
    pub source_before: Option<String>,
    /// In its place several translations, for a lint that sets them against each other.
    #[serde(default)]
    pub pairs: Vec<Sided>,
    /// The language of the original; English unless said.
    #[serde(rename = "source-lang")]
    pub source_lang: Option<Lang>,
    /// Why it is right.
    pub why: Option<String>,
    /// Its language; English unless said.
    pub lang: Option<Lang>,
    /// Its format; plain text unless said.
    pub format: Option<String>,
    /// What the house has decided about names.
    #[serde(default)]
    pub names: Names,
    /// … and about words.
    #[serde(default)]
    pub words: HouseWords,
    /// … and about terms.
    #[serde(default)]
    pub terms: Terms,
}

/// A translation with its original, one of several in an example.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sided {
    /// The original.
    pub source: String,
    /// The translation.
    pub target: String,
}

impl Bad {
    /// The articles of the example: mostly one.
    pub fn articles(&self) -> &[String] {
        articles(self.target.as_ref().unwrap_or(&self.text), &self.texts)
    }
}

impl Good {
    /// The articles of the example: mostly one.
    pub fn articles(&self) -> &[String] {
        articles(self.target.as_ref().unwrap_or(&self.text), &self.texts)
    }
}

fn articles<'e>(one: &'e String, several: &'e [String]) -> &'e [String] {
    if several.is_empty() { std::slice::from_ref(one) } else { several }
}

/// What a house has decided about names, in an example.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// Forms that may stand side by side, one list a name.
    pub accept: Vec<WordSet>,
    /// The form to use, and those to replace by it.
    pub prefer: BTreeMap<String, Vec<String>>,
}

/// What a house has decided about words, in an example.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HouseWords {
    /// The word to use, and those to replace by it.
    pub prefer: BTreeMap<String, Vec<String>>,
    /// Words that are not used.
    pub avoid: Vec<String>,
}

/// What a house has decided about terms, in an example.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// Terms of the original, and what renders them.
    pub write: BTreeMap<String, Vec<String>>,
    /// Terms of the original, and what must not render them.
    pub forbid: BTreeMap<String, Vec<String>>,
    /// Terms that stay as they are.
    pub keep: Vec<String>,
}

impl Terms {
    /// A house that has decided so besides.
    pub fn and(&self, house: HouseStyle) -> HouseStyle {
        let entry = |source: &String, targets: &[String], forbidden: bool, kept: bool| {
            let source = Term::new(source, Side::Source, false);
            let targets = targets.iter().filter_map(|text| Term::new(text, Side::Target, forbidden));
            Concept { terms: source.into_iter().chain(targets).collect(), kept }
        };
        let wanted = self.write.iter().map(|(source, targets)| entry(source, targets, false, false));
        let forbidden = self.forbid.iter().map(|(source, targets)| entry(source, targets, true, false));
        let kept = self.keep.iter().map(|source| entry(source, &[], false, true));
        HouseStyle { glossary: wanted.chain(forbidden).chain(kept).collect(), ..house }
    }
}

impl HouseWords {
    /// A house that has decided so besides.
    pub fn and(&self, house: HouseStyle) -> HouseStyle {
        let words = self.prefer.iter().map(|(word, others)| (word.clone(), others.clone())).collect();
        HouseStyle { words, avoid: self.avoid.clone(), ..house }
    }
}

impl Names {
    /// A house that has decided so.
    pub fn house(&self) -> HouseStyle {
        let prefer = self.prefer.iter().map(|(form, others)| (form.clone(), others.clone())).collect();
        HouseStyle { accept: self.accept.clone(), prefer, ..HouseStyle::default() }
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
                toml::from_str(text).map_err(|e| DefinitionError { message: complaint(e.message()), at: e.span() })
            }
            Written::Json(text) => {
                serde_json::from_str(text).map_err(|e| DefinitionError { message: e.to_string(), at: None })
            }
        }
    }

    /// Where the value of a key stands, for the mistakes that only show after reading.
    fn place(self, keys: &[&str]) -> Option<std::ops::Range<usize>> {
        let Written::Toml(text) = self else { return None };
        let table = toml::de::DeTable::parse(text).ok()?;
        let (last, tables) = keys.split_last()?;
        let mut table = table.get_ref();
        for key in tables {
            table = table.get(*key)?.get_ref().as_table()?;
        }
        Some(table.get(*last)?.span())
    }

    /// That a key which must be there stands there misspelt.
    fn misspelt(self, key: &str) -> Option<DefinitionError> {
        let Written::Toml(text) = self else { return None };
        let table = toml::de::DeTable::parse(text).ok()?;
        let keys = table.get_ref().keys();
        let (span, near) = keys
            .map(|k| (k.span(), k.get_ref()))
            .find(|(_, k)| ***k != *key && crate::nearest(k, std::iter::once(key)).is_some())?;
        let message = format!("there is no key “{near}” here; did you mean “{key}”?");
        Some(DefinitionError { message, at: Some(span) })
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
