//! A name that one article spells as no other does.
//!
//! Within one article two spellings near each other are mostly one name. Among thousands of articles there are as many
//! people as spellings, so being near says little; what tells is that both stand in the same full name, or among the same
//! other names.
//!
//! Names are compared within one language: the cities of a translation are no slips for those of its original. Where grammar
//! bends names, all forms of one are one spelling (`family`).

mod book;
mod family;
mod index;
mod shelf;
mod usual;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::Check;
use super::company::{Company, Neighbour};
use super::{NameVariants, Pair, introduction, pairs};
use crate::corpus::{CorpusCheck, Evidence, Found, Index, Spot, Words};
use crate::diagnostic::Findings;
use crate::lint::HouseStyle;
use crate::text::names::{Form, Mentions};
use crate::text::{Document, Hash, Lang, Language, Lexicon, Span, Tongues, WordSet, fold};

pub use book::{Book, Variant};
pub use family::stem;
use index::NameIndex;

/// Data of a definition: the same as for names within an article.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(from = "NameVariants")]
pub struct NamesAcross(Arc<NameVariants>);

impl From<NameVariants> for NamesAcross {
    fn from(data: NameVariants) -> NamesAcross {
        NamesAcross(Arc::new(data))
    }
}

/// The names of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NameUses {
    lang: Lang,
    /// One for each stem.
    uses: Vec<NameUse>,
}

/// A name word in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NameUse {
    /// Case-folded, without a possessive ending; in the evidence and in a [`Book`] without any ending of grammar.
    pub word: Box<str>,
    /// Its first mention that is sure to be a name.
    pub span: Span,
    /// How often it is mentioned.
    pub count: u16,
    /// Capitalised words that stand right before it, by their hash, in order.
    before: Box<[u32]>,
    /// The same for words right after it.
    after: Box<[u32]>,
}

impl NameUse {
    /// A name of which nothing else is known.
    pub fn alone(word: &str, span: Span, count: u32) -> NameUse {
        let count = count.min(u32::from(u16::MAX)) as u16;
        NameUse { word: word.into(), span, count, before: Box::default(), after: Box::default() }
    }
}

/// So many neighbours of a name are kept on each side: who is called by more given names is not one person.
const NEIGHBOURS: usize = 4;

/// Names with fewer letters are left alone: too many are near each other.
const SHORTEST: usize = 4;

/// The hash of a folded word by which neighbours are compared.
fn short_hash(word: &str) -> u32 {
    (Hash::EMPTY.with(word.as_bytes()).mixed() >> 32) as u32
}

impl NamesAcross {
    fn is_ordinary(&self, word: &str, lang: Lang) -> bool {
        self.0.ordinary.get(lang).is_some_and(|lexicon: &Lexicon| lexicon.has(word))
    }

    /// Whether everyone knows a name, by its stem.
    fn is_known(&self, stem: &str, language: &Language) -> bool {
        let with = |ending: &String| self.0.known.has(&[stem, ending.as_str()].concat());
        self.0.known.has(stem) || language.inflections.iter().any(with)
    }
}

/// Whether a form is used as a name in its document, where nobody has listed the common words of the language.
fn is_used_as_name(doc: &Document, mentions: &Mentions, form: &Form) -> bool {
    let language = Language::of(doc.lang());
    form.small == 0
        && !Tongues::of_word(mentions.word(doc, form)).meets(Tongues::only(doc.lang()))
        && (!language.nouns_have_capitals || introduction::is_introduced(doc, mentions, form))
}

/// Whether a house lets two names stand side by side: any forms that grammar makes of them.
pub fn accepts(house: &HouseStyle, one: &str, other: &str, language: &Language) -> bool {
    let holds = |forms: &WordSet, word: &str| {
        let word = stem(word, language);
        forms.iter().flat_map(|form| form.split_whitespace()).any(|form| stem(form, language) == word)
    };
    house.accept.iter().any(|forms| holds(forms, one) && holds(forms, other))
}

impl Check for NamesAcross {
    fn document<'a>(&self, _: &'a Document, _: &mut Findings<'a>) {}

    fn corpus(&self) -> Option<&dyn CorpusCheck> {
        Some(self)
    }
}

impl NamesAcross {
    /// The names of a document.
    pub fn uses(&self, doc: &Document, mentions: &Mentions) -> Vec<NameUse> {
        let mut uses = Vec::new();
        let language = Language::of(doc.lang());
        for form in mentions.forms() {
            let word = mentions.word(doc, form);
            let long_enough = word.chars().nth(SHORTEST - 1).is_some();
            if form.sure == 0 || !long_enough || !pairs::may_be_name(doc, mentions, form) {
                continue;
            }
            if self.is_ordinary(word, doc.lang()) {
                continue;
            }
            if doc.lang() != Lang::ENGLISH && !is_used_as_name(doc, mentions, form) {
                continue;
            }
            let Some(sure) = mentions.of_form(form).iter().find(|mention| mention.sure) else { continue };
            let company = Company::of(doc, mentions, form);
            let hashes = |neighbours: &[Neighbour]| {
                let capital = neighbours.iter().filter(|neighbour| neighbour.capital);
                let word = |id: u32| doc.vocabulary().word(id);
                let bare = |word: &str| short_hash(family::stem(word.strip_suffix("'s").unwrap_or(word), language));
                let mut hashes: Vec<u32> = capital.map(|neighbour| bare(word(neighbour.id))).collect();
                hashes.sort_unstable();
                hashes.dedup();
                hashes.truncate(NEIGHBOURS);
                hashes.into_boxed_slice()
            };
            uses.push(NameUse {
                word: word.into(),
                span: sure.span,
                count: form.count().min(u32::from(u16::MAX)) as u16,
                before: hashes(&company.before),
                after: hashes(&company.after),
            });
        }
        // They are kept until all articles are read.
        uses.shrink_to_fit();
        uses
    }

    /// The names that a [`Book`] takes: the forms that grammar makes of one put together under its stem.
    pub fn families(&self, doc: &Document, uses: Vec<NameUse>) -> Vec<NameUse> {
        family::families(uses, Language::of(doc.lang()))
    }

    /// The pairs of spellings within a document that are judged one name.
    pub fn within(&self, doc: &Document, mentions: &Mentions, house: &HouseStyle) -> Vec<Pair> {
        self.0.judged(doc, mentions, house)
    }
}

impl CorpusCheck for NamesAcross {
    fn gather(&self, doc: &Document) -> Option<Evidence> {
        let uses = self.families(doc, self.uses(doc, doc.mentions()));
        (!uses.is_empty()).then_some(Evidence::Names(NameUses { lang: doc.lang(), uses }))
    }

    fn index(&self) -> Box<dyn Index> {
        Box::new(NameIndex::new(self.clone()))
    }

    fn stands(&self, found: &Found, house: &HouseStyle, quote: &dyn Fn(Spot) -> String) -> bool {
        let word = |slot: &str| match found.slots.iter().find(|(name, _)| *name == slot) {
            Some((_, Words::At(spot))) => fold(&quote(*spot)),
            _ => String::new(),
        };
        let (name, other) = (word("name"), word("other"));
        let lang = match found.slots.iter().find(|(name, _)| *name == "language") {
            Some((_, Words::Text(tag))) => Lang::parse(tag).unwrap_or(Lang::UNKNOWN),
            _ => Lang::UNKNOWN,
        };
        let language = Language::of(lang);
        // Where the house prefers one of the two, dispreferred-name says so.
        let preferred = house.prefer.iter().any(|(_, others)| others.iter().any(|form| fold(form) == name));
        !name.is_empty() && !other.is_empty() && !accepts(house, &name, &other, language) && !preferred
    }
}
