//! All names of the documents of one language, and which of them are spellings of one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::usual::Usual;
use super::{NameUse, NamesAcross};
use crate::corpus::{DocId, Spot};
use crate::text::{Lang, Span};

/// A spelling counts as that of the house when it stands in so many articles or more.
const USUAL: usize = 3;
/// … and the other one in one, or in at most one article of so many …
const RARE: usize = 10;
/// … and no more than these: what is written often is a name of its own.
const SLIPS: usize = 3;

/// The names of all documents of one language.
#[derive(Debug)]
pub struct Book {
    lang: Lang,
    of_doc: BTreeMap<DocId, Box<[Entry]>>,
    names: Vec<Name>,
    ids: FxHashMap<Box<str>, u32>,
    /// Numbers of spellings that no document holds any more.
    free: Vec<u32>,
}

/// A spelling; where grammar bends names, the stem of its forms.
#[derive(Debug)]
struct Name {
    word: Box<str>,
    /// In order.
    docs: Vec<DocId>,
}

/// A spelling in a document; in each document in order of their numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number in the book.
    pub name: u32,
    /// Its first mention that is sure to be a name.
    pub span: Span,
    /// How often it is mentioned.
    pub count: u16,
    pub(super) before: Box<[u32]>,
    pub(super) after: Box<[u32]>,
}

/// Two spellings of what is most likely one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The number of the rare spelling.
    pub rare: u32,
    /// The number of the usual one.
    pub usual: u32,
    /// Weight of evidence: the natural logarithm of the odds, as far as it can be told.
    pub weight: f32,
}

impl Book {
    /// An empty one.
    pub fn of(lang: Lang) -> Book {
        let (of_doc, names, ids, free) = (BTreeMap::new(), Vec::new(), FxHashMap::default(), Vec::new());
        Book { lang, of_doc, names, ids, free }
    }

    /// The language of the documents.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether a document is in it.
    pub(super) fn has(&self, doc: DocId) -> bool {
        self.of_doc.contains_key(&doc)
    }

    /// Puts in the names of a document that is not in it.
    pub fn insert(&mut self, doc: DocId, uses: Vec<NameUse>) {
        let mut entries: Vec<Entry> = Vec::with_capacity(uses.len());
        for NameUse { word, span, count, before, after } in uses {
            let name = match self.ids.get(&word) {
                Some(name) => *name,
                None => self.add(word),
            };
            let docs = &mut self.names[name as usize].docs;
            if let Err(at) = docs.binary_search(&doc) {
                docs.insert(at, doc);
                entries.push(Entry { name, span, count, before, after });
            }
        }
        entries.sort_by_key(|entry| entry.name);
        self.of_doc.insert(doc, entries.into());
    }

    /// Takes a document out.
    pub fn remove(&mut self, doc: DocId) {
        for entry in self.of_doc.remove(&doc).unwrap_or_default() {
            let docs = &mut self.names[entry.name as usize].docs;
            if let Ok(at) = docs.binary_search(&doc) {
                docs.remove(at);
            }
            if docs.is_empty() {
                let name = &mut self.names[entry.name as usize];
                self.ids.remove(&std::mem::take(&mut name.word));
                self.free.push(entry.name);
            }
        }
    }

    fn add(&mut self, word: Box<str>) -> u32 {
        let name = Name { word: word.clone(), docs: Vec::new() };
        let number = match self.free.pop() {
            Some(free) => {
                self.names[free as usize] = name;
                free
            }
            None => {
                self.names.push(name);
                self.names.len() as u32 - 1
            }
        };
        self.ids.insert(word, number);
        number
    }

    /// Whether these are the names that a document is known to hold, at these places.
    pub(super) fn holds(&self, doc: DocId, uses: &[NameUse]) -> bool {
        self.holds_names(doc, uses)
            && uses.iter().all(|name| self.use_of(doc, name).is_some_and(|e| e.span == name.span))
    }

    /// Whether these are its names, wherever they stand in it.
    pub(super) fn holds_names(&self, doc: DocId, uses: &[NameUse]) -> bool {
        let known = self.of_doc.get(&doc).map_or(0, |entries| entries.len());
        let same = |name: &NameUse| {
            let entry = self.use_of(doc, name);
            entry.is_some_and(|e| (e.count, &e.before, &e.after) == (name.count, &name.before, &name.after))
        };
        known == uses.len() && uses.iter().all(same)
    }

    /// Notes where the names of a document stand now; they are those that it holds.
    pub(super) fn move_to(&mut self, doc: DocId, uses: &[NameUse]) {
        let Some(entries) = self.of_doc.get_mut(&doc) else { return };
        for name in uses {
            let entry = self.ids.get(&name.word).and_then(|id| entries.binary_search_by_key(id, |e| e.name).ok());
            if let Some(at) = entry {
                entries[at].span = name.span;
            }
        }
    }

    fn use_of(&self, doc: DocId, name: &NameUse) -> Option<&Entry> {
        self.ids.get(&name.word).and_then(|id| self.entry(doc, *id))
    }

    /// The documents that hold names, in order.
    pub fn all_docs(&self) -> impl Iterator<Item = DocId> {
        self.of_doc.keys().copied()
    }

    /// How many spellings were ever seen: their numbers are those below.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The folded word of a spelling, without endings.
    pub fn word(&self, name: u32) -> &str {
        &self.names[name as usize].word
    }

    /// The documents that hold a spelling, in order.
    pub fn docs(&self, name: u32) -> &[DocId] {
        &self.names[name as usize].docs
    }

    /// A spelling in a document.
    pub fn entry(&self, doc: DocId, name: u32) -> Option<&Entry> {
        let entries = self.of_doc.get(&doc)?;
        entries.binary_search_by_key(&name, |entry| entry.name).ok().map(|at| &entries[at])
    }

    /// The rare spellings for which a usual one is known, in order of their words; each with the likeliest.
    pub fn variants(&self, check: &NamesAcross) -> Vec<Variant> {
        let usual = Usual::of(self);
        let rare = (0..self.names.len() as u32).filter(|name| (1..=SLIPS).contains(&self.docs(*name).len()));
        let mut found: Vec<Variant> = rare.filter_map(|rare| usual.variant(self, rare, check)).collect();
        found.sort_by(|a, b| self.word(a.rare).cmp(self.word(b.rare)));
        found
    }

    /// Whether one spelling may be a slip for the other, as far as the articles go that hold them. Who writes both is told
    /// so within the article.
    pub(super) fn may_be_slip(&self, rare: u32, usual: u32) -> bool {
        let (few, many) = (self.docs(rare), self.docs(usual));
        let rare_enough = few.len() == 1 || few.len() <= SLIPS && few.len() * RARE <= many.len();
        rare != usual && rare_enough && many.len() >= USUAL && !few.iter().any(|doc| many.binary_search(doc).is_ok())
    }

    /// The spellings that stand in enough articles to be those of the house.
    pub(super) fn usual(&self) -> impl Iterator<Item = u32> {
        (0..self.names.len() as u32).filter(|name| self.docs(*name).len() >= USUAL)
    }

    /// How many documents hold names.
    pub(super) fn documents(&self) -> usize {
        self.of_doc.len()
    }

    /// The names of a document.
    pub(super) fn names_of(&self, doc: DocId) -> &[Entry] {
        self.of_doc.get(&doc).map_or(&[], |entries| entries)
    }

    /// The capitalised neighbours of a spelling in all documents.
    pub(super) fn company(&self, name: u32) -> Company {
        let mut company = Company::default();
        for doc in self.docs(name) {
            if let Some(entry) = self.entry(*doc, name) {
                company.before.extend(entry.before.iter().copied());
                company.after.extend(entry.after.iter().copied());
            }
        }
        for side in [&mut company.before, &mut company.after] {
            side.sort_unstable();
            side.dedup();
        }
        company
    }

    /// Where a spelling stands in some documents, first where it has a neighbour in common with another.
    pub fn examples(&self, name: u32, like: u32, most: usize) -> Vec<Spot> {
        let company = self.company(like);
        let places = |wanted: bool| {
            let company = &company;
            self.docs(name).iter().filter_map(move |doc| {
                let entry = self.entry(*doc, name)?;
                (company.meets(entry) == wanted).then_some(Spot { doc: *doc, span: entry.span })
            })
        };
        places(true).chain(places(false)).take(most).collect()
    }
}

/// The neighbours of a spelling, in order.
#[derive(Debug, Default)]
pub struct Company {
    pub(super) before: Vec<u32>,
    pub(super) after: Vec<u32>,
}

impl Company {
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    pub(super) fn holds(&self, word: u32) -> bool {
        self.before.binary_search(&word).is_ok() || self.after.binary_search(&word).is_ok()
    }

    fn meets(&self, entry: &Entry) -> bool {
        entry.before.iter().any(|word| self.before.binary_search(word).is_ok())
            || entry.after.iter().any(|word| self.after.binary_search(word).is_ok())
    }
}
