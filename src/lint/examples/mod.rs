//! The examples of a definition: texts with the defect and near misses, what a house has decided in them, and their trial.

mod house;
mod trial;

use serde::Deserialize;

use self::house::{HouseWords, Names, Terms};
use crate::text::Lang;

pub use self::trial::{AT_LEAST, run};

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
