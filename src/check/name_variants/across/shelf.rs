//! The names of the documents of one language, and what is known of them from before.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::book::{Book, Variant};
use super::{NameUse, NamesAcross};
use crate::corpus::{DocId, Found, Spot, Words};
use crate::text::Lang;

/// So many places of the usual spelling are shown.
const EXAMPLES: usize = 3;

/// See [`Book`]. Which spellings are variants takes all names to tell, so that it is told again only when a name has come
/// or gone, not when all that changed is where one stands.
#[derive(Debug)]
pub struct Shelf {
    check: NamesAcross,
    book: Book,
    /// The variants among the names of today, once they were asked for.
    variants: OnceLock<Vec<Variant>>,
    /// Those that were last known, with their words: the numbers may stand for others today.
    before: Vec<(Variant, [Box<str>; 2])>,
}

impl Shelf {
    pub fn new(check: NamesAcross, lang: Lang) -> Shelf {
        Shelf { check, book: Book::of(lang), variants: OnceLock::new(), before: Vec::new() }
    }

    fn variants(&self) -> &[Variant] {
        self.variants.get_or_init(|| self.book.variants(&self.check))
    }

    /// Notes that names come or go.
    fn change(&mut self) {
        if let Some(variants) = self.variants.take() {
            let words = |v: &Variant| [v.rare, v.usual].map(|name| self.book.word(name).into());
            self.before = variants.into_iter().map(|v| (v.clone(), words(&v))).collect();
        }
    }

    /// The variants that were last known, as far as their spellings still stand somewhere.
    fn last_known(&self) -> Vec<Variant> {
        match self.variants.get() {
            Some(variants) => variants.clone(),
            None => {
                let same = |(v, words): &&(Variant, [Box<str>; 2])| {
                    [v.rare, v.usual].iter().zip(words).all(|(name, word)| self.book.word(*name) == &**word)
                };
                self.before.iter().filter(same).map(|(variant, _)| variant.clone()).collect()
            }
        }
    }

    fn found(&self, variants: &[Variant], only: Option<&BTreeSet<DocId>>) -> Vec<Found> {
        let mut found = Vec::new();
        for variant in variants {
            let wanted = |doc: &&DocId| only.is_none_or(|only| only.contains(doc));
            if !self.book.docs(variant.rare).iter().any(|doc| wanted(&doc)) {
                continue;
            }
            let related: Vec<Spot> = self.book.examples(variant.usual, variant.rare, EXAMPLES);
            let count = self.book.docs(variant.usual).len();
            for doc in self.book.docs(variant.rare).iter().filter(wanted) {
                let (Some(entry), Some(first)) = (self.book.entry(*doc, variant.rare), related.first()) else {
                    continue;
                };
                found.push(Found {
                    doc: *doc,
                    parts: vec![entry.span],
                    slots: vec![
                        ("name", Words::At(Spot { doc: *doc, span: entry.span })),
                        ("other", Words::At(*first)),
                        ("count", Words::Text(count.to_string())),
                        ("language", Words::Text(self.book.lang().to_string())),
                    ],
                    related: related.clone(),
                });
            }
        }
        found
    }

    pub fn insert(&mut self, doc: DocId, uses: Vec<NameUse>) {
        self.change();
        self.book.insert(doc, uses);
    }

    pub fn remove(&mut self, doc: DocId) {
        self.change();
        self.book.remove(doc);
    }

    /// Whether a document holds names here.
    pub fn has(&self, doc: DocId) -> bool {
        self.book.has(doc)
    }

    /// Puts the names of a document, which may be none, in the place of those that there are of it.
    pub fn renew(&mut self, doc: DocId, now: Vec<NameUse>) {
        if self.book.holds_names(doc, &now) {
            self.book.move_to(doc, &now);
            return;
        }
        self.remove(doc);
        if !now.is_empty() {
            self.insert(doc, now);
        }
    }

    /// See [`Index::affected`](crate::corpus::Index::affected).
    pub fn affected(&self, doc: DocId, now: &[NameUse]) -> BTreeSet<DocId> {
        if self.book.holds(doc, now) {
            return BTreeSet::new();
        }
        if !self.book.holds_names(doc, now) {
            // A name that comes or goes also tells what other articles are about: there is no telling how far that
            // reaches.
            return self.book.all_docs().filter(|other| *other != doc).collect();
        }
        // The names stand elsewhere: that matters where they are shown.
        let shown = |v: &&Variant| {
            let examples = self.book.examples(v.usual, v.rare, EXAMPLES);
            examples.iter().any(|spot| spot.doc == doc)
        };
        let variants = self.last_known();
        variants
            .iter()
            .filter(shown)
            .flat_map(|v| self.book.docs(v.rare))
            .copied()
            .filter(|other| *other != doc)
            .collect()
    }

    pub fn conclude(&self, only: Option<&BTreeSet<DocId>>) -> Vec<Found> {
        self.found(self.variants(), only)
    }

    pub fn conclude_at_once(&self, only: &BTreeSet<DocId>) -> Vec<Found> {
        self.found(&self.last_known(), Some(only))
    }
}
