//! What is translated where and how.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::holders::Holders;
use super::{Rendering, Renderings};
use crate::corpus::{DocId, Evidence, Found, Index, Spot, Words};

/// So many places of the other translation are shown.
const EXAMPLES: usize = 3;

/// The renderings of all documents.
#[derive(Debug, Default)]
pub struct RenderingIndex {
    /// In order of their originals, those of one in order of place.
    of_doc: BTreeMap<DocId, Box<[Rendering]>>,
    /// The documents that translate an original.
    holders: Holders,
}

/// All places of one translation of an original, in order.
type Places = Vec<Spot>;

impl RenderingIndex {
    /// What a document makes of an original.
    fn of(&self, doc: DocId, source: u64) -> &[Rendering] {
        let all = self.of_doc.get(&doc).map_or(&[][..], |all| all);
        let first = all.partition_point(|rendering| rendering.source < source);
        let count = all[first..].partition_point(|rendering| rendering.source == source);
        &all[first..first + count]
    }

    /// The translations of an original, the most frequent first; of two that are as frequent, the one that comes first.
    fn variants(&self, source: u64) -> Vec<Places> {
        let mut variants: Vec<Places> = Vec::new();
        let mut known: FxHashMap<u64, usize> = FxHashMap::default();
        for &doc in self.holders.of(source) {
            for rendering in self.of(doc, source) {
                let at = *known.entry(rendering.target).or_insert_with(|| {
                    variants.push(Vec::new());
                    variants.len() - 1
                });
                variants[at].push(Spot { doc, span: rendering.span });
            }
        }
        variants.sort_by_key(|places| std::cmp::Reverse(places.len()));
        variants
    }

    /// What is found of an original: one finding for each translation but the most frequent, where that first stands.
    fn judge(&self, source: u64) -> Vec<Found> {
        let variants = self.variants(source);
        let Some((most, others)) = variants.split_first() else { return Vec::new() };
        let told = |places: &Places| {
            let (first, other) = (places[0], most[0]);
            Found {
                doc: first.doc,
                parts: vec![first.span],
                slots: vec![
                    ("text", Words::At(first)),
                    ("other", Words::At(other)),
                    ("count", Words::Text(most.len().to_string())),
                ],
                related: most.iter().copied().take(EXAMPLES).collect(),
            }
        };
        others.iter().map(told).collect()
    }
}

impl Index for RenderingIndex {
    fn insert(&mut self, doc: DocId, evidence: Evidence) {
        let Evidence::Renderings(Renderings(renderings)) = evidence else { return };
        renderings.iter().for_each(|rendering| self.holders.add(rendering.source, doc));
        self.of_doc.insert(doc, in_order(renderings).into());
    }

    fn remove(&mut self, doc: DocId) {
        for rendering in self.of_doc.remove(&doc).unwrap_or_default() {
            self.holders.remove(rendering.source, doc);
        }
    }

    fn affected(&self, doc: DocId, evidence: Option<&Evidence>) -> BTreeSet<DocId> {
        let now: &[Rendering] = match evidence {
            Some(Evidence::Renderings(renderings)) => &renderings.0,
            _ => &[],
        };
        let before = self.of_doc.get(&doc).map_or(&[][..], |renderings| renderings);
        let now = in_order(now.to_vec());
        let (old, new) = (by_source(before), by_source(&now));
        let changed = old.keys().chain(new.keys()).filter(|source| old.get(*source) != new.get(*source));
        changed.flat_map(|source| self.holders.of(*source).iter().copied()).filter(|other| *other != doc).collect()
    }

    fn conclude(&self, only: Option<&BTreeSet<DocId>>) -> Vec<Found> {
        let mut judged: FxHashMap<u64, Vec<Found>> = FxHashMap::default();
        let mut all = Vec::new();
        for (&doc, renderings) in self.of_doc.iter().filter(|(doc, _)| only.is_none_or(|only| only.contains(doc))) {
            let mut own: Vec<Found> = Vec::new();
            for same in renderings.chunk_by(|a, b| a.source == b.source) {
                let source = same[0].source;
                if same.len() == 1 && self.holders.of(source).len() == 1 {
                    continue;
                }
                let found = judged.entry(source).or_insert_with(|| self.judge(source));
                own.extend(found.iter().filter(|found| found.doc == doc).cloned());
            }
            own.sort_by_key(|found| found.parts[0]);
            all.append(&mut own);
        }
        all
    }
}

fn in_order(mut renderings: Vec<Rendering>) -> Vec<Rendering> {
    renderings.sort_by_key(|rendering| (rendering.source, rendering.span));
    renderings
}

/// What becomes of each original in a document, whose renderings are in order.
fn by_source(renderings: &[Rendering]) -> BTreeMap<u64, &[Rendering]> {
    renderings.chunk_by(|a, b| a.source == b.source).map(|same| (same[0].source, same)).collect()
}
