//! What a house has decided, as an example tells it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lint::glossary::{Concept, Side, Term};
use crate::lint::house::HouseStyle;
use crate::text::WordSet;

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
