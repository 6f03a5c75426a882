//! The names of all documents as an index of evidence.

use std::collections::BTreeSet;

use super::book::Book;
use super::{NameUse, NameUses, NamesAcross};
use crate::corpus::{DocId, Evidence, Found, Index, Spot, Words};

/// So many places of the usual spelling are shown.
const EXAMPLES: usize = 3;

/// See [`Book`].
#[derive(Debug)]
pub struct NameIndex {
    check: NamesAcross,
    book: Book,
}

impl NameIndex {
    pub fn new(check: NamesAcross) -> NameIndex {
        NameIndex { check, book: Book::default() }
    }
}

impl Index for NameIndex {
    fn insert(&mut self, doc: DocId, evidence: Evidence) {
        if let Evidence::Names(NameUses(uses)) = evidence {
            self.book.insert(doc, uses);
        }
    }

    fn remove(&mut self, doc: DocId) {
        self.book.remove(doc);
    }

    fn affected(&self, doc: DocId, evidence: Option<&Evidence>) -> BTreeSet<DocId> {
        let now: &[NameUse] = match evidence {
            Some(Evidence::Names(NameUses(uses))) => uses,
            _ => &[],
        };
        // A name that comes or goes also tells what other articles are about: there is no telling how far that reaches.
        match self.book.holds(doc, now) {
            true => BTreeSet::new(),
            false => self.book.all_docs().filter(|other| *other != doc).collect(),
        }
    }

    fn conclude(&self, only: Option<&BTreeSet<DocId>>) -> Vec<Found> {
        let mut found = Vec::new();
        for variant in self.book.variants(&self.check) {
            let related: Vec<Spot> = self.book.examples(variant.usual, variant.rare, EXAMPLES);
            let count = self.book.docs(variant.usual).len();
            for doc in self.book.docs(variant.rare).iter().filter(|doc| only.is_none_or(|only| only.contains(doc))) {
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
                    ],
                    related: related.clone(),
                });
            }
        }
        found.sort_by_key(|found| (found.doc, found.parts[0]));
        found
    }
}
