//! Which documents hold what: an index of keys for checks that set articles against each other.

use rustc_hash::FxHashMap;

use crate::corpus::DocId;

/// The documents that hold each key. Most keys stand in one, so that no list is made for it.
#[derive(Debug, Default)]
pub struct Holders(FxHashMap<u64, Docs>);

#[derive(Debug)]
enum Docs {
    One(DocId),
    /// In order.
    Many(Vec<DocId>),
}

impl Docs {
    fn add(&mut self, doc: DocId) {
        match self {
            Docs::One(known) if *known == doc => {}
            Docs::One(known) => {
                let (first, second) = ((*known).min(doc), (*known).max(doc));
                *self = Docs::Many(vec![first, second]);
            }
            Docs::Many(docs) => {
                if let Err(at) = docs.binary_search(&doc) {
                    docs.insert(at, doc);
                }
            }
        }
    }
}

impl Holders {
    /// The documents that hold a key, in order.
    pub fn of(&self, key: u64) -> &[DocId] {
        match self.0.get(&key) {
            None => &[],
            Some(Docs::One(doc)) => std::slice::from_ref(doc),
            Some(Docs::Many(docs)) => docs,
        }
    }

    /// Notes that a document holds a key, once or more often.
    pub fn add(&mut self, key: u64, doc: DocId) {
        self.0.entry(key).and_modify(|docs| docs.add(doc)).or_insert(Docs::One(doc));
    }

    /// Notes that a document holds a key no more.
    pub fn remove(&mut self, key: u64, doc: DocId) {
        let Some(docs) = self.0.get_mut(&key) else { return };
        match docs {
            Docs::Many(all) => {
                if let Ok(at) = all.binary_search(&doc) {
                    all.remove(at);
                }
                if let [last] = all[..] {
                    *docs = Docs::One(last);
                }
            }
            Docs::One(known) if *known == doc => {
                self.0.remove(&key);
            }
            Docs::One(_) => {}
        }
    }
}
