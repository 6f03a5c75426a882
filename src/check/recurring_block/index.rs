//! Which documents hold which blocks.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::holders::Holders;
use super::judgement::{self, Seen};
use super::{BlockMark, BlockMarks};
use crate::corpus::{DocId, Evidence, Found, Index, Spot, Words};
use crate::text::{Hash, Span};

/// So many other places of a block are shown.
const EXAMPLES: usize = 3;

/// The blocks of all documents.
#[derive(Debug)]
pub struct BlockIndex {
    /// The least number of documents in which a block recurs.
    least: u32,
    of_doc: BTreeMap<DocId, Entry>,
    /// The documents that hold a block.
    holders: Holders,
    /// The documents made of the same blocks in the same order: copies of one article.
    copies: FxHashMap<u64, BTreeSet<DocId>>,
}

#[derive(Debug)]
struct Entry {
    /// The same for an article and its translations.
    article: Option<u64>,
    marks: Box<[BlockMark]>,
    /// The places of the marks in order of their keys.
    by_key: Box<[u32]>,
    /// The key of all the blocks together.
    whole: u64,
}

impl Entry {
    fn new(article: Option<u64>, marks: Vec<BlockMark>) -> Entry {
        let mut by_key: Vec<u32> = (0..marks.len() as u32).collect();
        by_key.sort_by_key(|&at| (marks[at as usize].key, at));
        Entry { article, whole: whole(&marks), by_key: by_key.into(), marks: marks.into() }
    }

    /// Where a block first stands.
    fn place(&self, key: u64) -> Option<Span> {
        let at = self.by_key.partition_point(|&at| self.marks[at as usize].key < key);
        let mark = &self.marks[*self.by_key.get(at)? as usize];
        (mark.key == key).then_some(mark.span)
    }
}

impl BlockIndex {
    pub fn new(least: u32) -> BlockIndex {
        let (of_doc, holders, copies) = (BTreeMap::new(), Holders::default(), FxHashMap::default());
        BlockIndex { least, of_doc, holders, copies }
    }

    fn holders(&self, key: u64) -> &[DocId] {
        self.holders.of(key)
    }

    /// In how many articles a block stands, copies and translations of one counted once; 0 where it does not recur.
    fn articles(&self, key: u64) -> u32 {
        let holders = self.holders(key);
        let least = self.least.max(2);
        if holders.len() < least as usize {
            return 0;
        }
        let is_first = |doc: &&DocId| {
            let copies = self.of_doc.get(doc).and_then(|entry| self.copies.get(&entry.whole));
            copies.and_then(BTreeSet::first).is_none_or(|first| first == *doc)
        };
        let mut known: FxHashSet<u64> = FxHashSet::default();
        let counts = |doc: &&DocId| {
            let article = self.of_doc.get(doc).and_then(|entry| entry.article);
            article.is_none_or(|article| known.insert(article))
        };
        let count = holders.iter().filter(is_first).filter(counts).count() as u32;
        if count < least { 0 } else { count }
    }

    /// Where a block stands in the first other documents that hold it.
    fn examples(&self, key: u64, doc: DocId) -> Vec<Spot> {
        let others = self.holders(key).iter().filter(|other| **other != doc);
        others.filter_map(|&doc| Some(Spot { doc, span: self.of_doc.get(&doc)?.place(key)? })).take(EXAMPLES).collect()
    }

    fn told(&self, doc: DocId, blocks: &[Seen<'_>]) -> Option<Found> {
        // The block to quote and to count is the longest.
        let shown = (0..blocks.len()).max_by_key(|&at| (blocks[at].mark.words, std::cmp::Reverse(at)))?;
        let Seen { mark, articles } = &blocks[shown];
        Some(Found {
            doc,
            parts: blocks.iter().map(|block| block.mark.span).collect(),
            slots: vec![
                ("text", Words::At(Spot { doc, span: mark.span })),
                ("count", Words::Text(articles.to_string())),
            ],
            related: self.examples(mark.key, doc),
        })
    }
}

impl Index for BlockIndex {
    fn insert(&mut self, doc: DocId, evidence: Evidence) {
        let Evidence::Blocks(BlockMarks { article, marks }) = evidence else { return };
        for mark in &marks {
            self.holders.add(mark.key, doc);
        }
        let entry = Entry::new(article, marks);
        self.copies.entry(entry.whole).or_default().insert(doc);
        self.of_doc.insert(doc, entry);
    }

    fn remove(&mut self, doc: DocId) {
        let Some(entry) = self.of_doc.remove(&doc) else { return };
        for mark in &entry.marks {
            self.holders.remove(mark.key, doc);
        }
        if let Some(copies) = self.copies.get_mut(&entry.whole) {
            copies.remove(&doc);
            if copies.is_empty() {
                self.copies.remove(&entry.whole);
            }
        }
    }

    fn affected(&self, doc: DocId, evidence: Option<&Evidence>) -> BTreeSet<DocId> {
        let before: &[BlockMark] = self.of_doc.get(&doc).map_or(&[], |entry| &entry.marks);
        let now: &[BlockMark] = match evidence {
            Some(Evidence::Blocks(blocks)) => &blocks.marks,
            _ => &[],
        };
        // How many documents there are is evidence too.
        if before.is_empty() != now.is_empty() {
            return self.of_doc.keys().copied().filter(|other| *other != doc).collect();
        }
        // A document that becomes or ceases to be a copy counts otherwise in all its blocks.
        let is_copy = |marks: &[BlockMark]| {
            self.copies.get(&whole(marks)).is_some_and(|docs| docs.iter().any(|other| *other != doc))
        };
        let counts = whole(before) != whole(now) && (is_copy(before) || is_copy(now));
        let (old, new) = (places(before), places(now));
        let keys = old.keys().chain(new.keys());
        // A block that moved is shown at its new place in the findings of others.
        let changed = keys.filter(|key| counts || old.get(*key) != new.get(*key));
        changed.flat_map(|key| self.holders(*key).iter().copied()).filter(|other| *other != doc).collect()
    }

    fn conclude(&self, only: Option<&BTreeSet<DocId>>) -> Vec<Found> {
        let mut known: FxHashMap<u64, u32> = FxHashMap::default();
        let mut found = Vec::new();
        for (&doc, entry) in self.of_doc.iter().filter(|(doc, _)| only.is_none_or(|only| only.contains(doc))) {
            let mut articles = |mark: &BlockMark| match self.holders(mark.key) {
                [] | [_] => 0,
                _ => *known.entry(mark.key).or_insert_with(|| self.articles(mark.key)),
            };
            let seen: Vec<Seen> = entry.marks.iter().map(|mark| Seen { mark, articles: articles(mark) }).collect();
            let runs = judgement::runs(&seen, self.of_doc.len() as u32);
            found.extend(runs.into_iter().filter_map(|run| self.told(doc, &seen[run])));
        }
        found
    }
}

/// The key of all the blocks together.
fn whole(marks: &[BlockMark]) -> u64 {
    marks.iter().fold(Hash::EMPTY, |hash, mark| hash.with(&mark.key.to_le_bytes())).0
}

/// Where each block first stands.
fn places(marks: &[BlockMark]) -> BTreeMap<u64, Span> {
    marks.iter().rev().map(|mark| (mark.key, mark.span)).collect()
}
