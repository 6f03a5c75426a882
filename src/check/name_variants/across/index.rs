//! The names of all documents as an index of evidence.

use std::collections::{BTreeMap, BTreeSet};

use super::shelf::Shelf;
use super::{NameUses, NamesAcross};
use crate::corpus::{DocId, Evidence, Found, Index};
use crate::text::Lang;

/// A shelf for each language: names are compared within one.
#[derive(Debug)]
pub struct NameIndex {
    check: NamesAcross,
    shelves: BTreeMap<Lang, Shelf>,
}

impl NameIndex {
    pub fn new(check: NamesAcross) -> NameIndex {
        NameIndex { check, shelves: BTreeMap::new() }
    }

    fn shelf(&mut self, lang: Lang) -> &mut Shelf {
        self.shelves.entry(lang).or_insert_with(|| Shelf::new(self.check.clone(), lang))
    }

    fn found(&self, on_shelf: impl Fn(&Shelf) -> Vec<Found>) -> Vec<Found> {
        let mut found: Vec<Found> = self.shelves.values().flat_map(on_shelf).collect();
        found.sort_by_key(|found| (found.doc, found.parts[0]));
        found
    }
}

impl Index for NameIndex {
    fn insert(&mut self, doc: DocId, evidence: Evidence) {
        if let Evidence::Names(NameUses { lang, uses }) = evidence {
            self.shelf(lang).insert(doc, uses);
        }
    }

    fn remove(&mut self, doc: DocId) {
        self.shelves.values_mut().filter(|shelf| shelf.has(doc)).for_each(|shelf| shelf.remove(doc));
    }

    fn renew(&mut self, doc: DocId, evidence: Option<Evidence>) {
        let now = match evidence {
            Some(Evidence::Names(NameUses { lang, uses })) => Some((lang, uses)),
            _ => None,
        };
        let is_other = |lang: &Lang| now.as_ref().is_none_or(|(now, _)| now != lang);
        let left = self.shelves.iter_mut().filter(|(lang, shelf)| is_other(lang) && shelf.has(doc));
        left.for_each(|(_, shelf)| shelf.remove(doc));
        if let Some((lang, uses)) = now {
            self.shelf(lang).renew(doc, uses);
        }
    }

    fn affected(&self, doc: DocId, evidence: Option<&Evidence>) -> BTreeSet<DocId> {
        let mut affected = BTreeSet::new();
        for (lang, shelf) in &self.shelves {
            affected.extend(match evidence {
                Some(Evidence::Names(now)) if now.lang == *lang => shelf.affected(doc, &now.uses),
                _ if shelf.has(doc) => shelf.affected(doc, &[]),
                _ => BTreeSet::new(),
            });
        }
        affected
    }

    fn conclude(&self, only: Option<&BTreeSet<DocId>>) -> Vec<Found> {
        self.found(|shelf| shelf.conclude(only))
    }

    fn conclude_at_once(&self, only: &BTreeSet<DocId>) -> Vec<Found> {
        self.found(|shelf| shelf.conclude_at_once(only))
    }
}
