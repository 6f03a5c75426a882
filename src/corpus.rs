//! Articles set against each other: what is the matter with one shows only beside the others.
//!
//! A corpus check comes in two halves. `gather` boils a document down to small [`Evidence`]; an [`Index`] of the evidence
//! of all documents concludes what is found, by place. Neither needs a document after it was gathered from, so a run
//! forgets the texts as it goes, an editor takes one article's evidence out and puts the new one in, and evidence may be
//! stored or come from other machines.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::check::inconsistent_translation::Renderings;
use crate::check::name_variants::across::NameUses;
use crate::check::recurring_block::BlockMarks;
use crate::lint::{HouseStyle, Lint};
use crate::text::{Document, Span, Translation};

/// The number of a document, given by whoever owns the [`Corpus`]. Findings depend on the order of the numbers and not on
/// the order in which evidence is put in.
pub type DocId = u32;

/// What a corpus check keeps of a document: small, and without a reference to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Evidence {
    /// The blocks that may come again elsewhere.
    Blocks(BlockMarks),
    /// The names.
    Names(NameUses),
    /// What was translated how.
    Renderings(Renderings),
}

/// The half of a check that looks at each document by itself, and where the other half comes from.
pub trait CorpusCheck {
    /// Boils a document down; `None` where it holds nothing to compare.
    fn gather(&self, doc: &Document) -> Option<Evidence>;

    /// The same for a translation beside its original.
    fn gather_translation(&self, whole: &Translation<'_>) -> Option<Evidence> {
        self.gather(whole.target())
    }

    /// An empty index of such evidence.
    fn index(&self) -> Box<dyn Index>;

    /// Whether a finding stands in a house: not where the house has decided that both forms of a name may. `quote` gives
    /// the words at a place.
    fn stands(&self, _found: &Found, _house: &HouseStyle, _quote: &dyn Fn(Spot) -> String) -> bool {
        true
    }
}

/// The evidence of many documents, and the half of a check that looks at all of it.
pub trait Index: std::fmt::Debug + Send + Sync {
    /// Puts in the evidence of a document that has none in it.
    fn insert(&mut self, doc: DocId, evidence: Evidence);

    /// Takes out the evidence of a document.
    fn remove(&mut self, doc: DocId);

    /// Puts the evidence of a document, `None` for nothing, in the place of what there is of it.
    fn renew(&mut self, doc: DocId, evidence: Option<Evidence>) {
        self.remove(doc);
        if let Some(evidence) = evidence {
            self.insert(doc, evidence);
        }
    }

    /// The documents besides this one in which a finding may come or go when the evidence of a document changes from what
    /// is in the index to this. What both hold alike affects nobody.
    fn affected(&self, doc: DocId, evidence: Option<&Evidence>) -> BTreeSet<DocId>;

    /// What is found: in the documents given, or in all. In order of document and place.
    fn conclude(&self, only: Option<&BTreeSet<DocId>>) -> Vec<Found>;

    /// The same as far as it can be told at once: what takes all documents to find out may be as it was when it was last
    /// concluded. Places are those of today.
    fn conclude_at_once(&self, only: &BTreeSet<DocId>) -> Vec<Found> {
        self.conclude(Some(only))
    }
}

/// A place in one of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The document.
    pub doc: DocId,
    /// Where in its text.
    pub span: Span,
}

/// What a corpus check found, before a definition words it. The document itself is not at hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The document.
    pub doc: DocId,
    /// The stretches of its text that this is about, in order and not overlapping: the finding reaches from the first to the
    /// last.
    pub parts: Vec<Span>,
    /// What fills the slots of the message.
    pub slots: Vec<(&'static str, Words)>,
    /// Second places, mostly in other documents.
    pub related: Vec<Spot>,
}

/// What fills a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Words {
    /// These words, or a number.
    Text(String),
    /// The words at a place.
    At(Spot),
}

/// Opens a document once more, to show a place in it; `None` where it can no longer be had. Words and sentences are not
/// needed.
pub type Open<'o> = dyn Fn(DocId) -> Option<Arc<Document>> + 'o;

/// The indexes of all corpus lints that are on.
#[derive(Debug, Default)]
pub struct Corpus {
    /// In the order in which the lints first came up.
    parts: Vec<(Arc<Lint>, Box<dyn Index>)>,
}

/// What came of concluding.
#[derive(Debug, Default)]
pub struct Conclusion {
    /// What was found, by document; in each by lint and place.
    pub found: BTreeMap<DocId, Vec<(Arc<Lint>, Found)>>,
    /// The lints whose checks broke down; the others concluded.
    pub broken: Vec<String>,
}

impl Conclusion {
    /// Adds what the next lint concluded.
    pub fn add(&mut self, other: Conclusion) {
        for (doc, found) in other.found {
            self.found.entry(doc).or_default().extend(found);
        }
        self.broken.extend(other.broken);
    }
}

/// The evidence of one document, by lint.
pub type Gathered = Vec<(Arc<Lint>, Evidence)>;

impl Corpus {
    /// Puts in what was gathered from a document that is not in it.
    pub fn insert(&mut self, doc: DocId, gathered: Gathered) {
        for (lint, evidence) in gathered {
            if let Some(index) = self.index(&lint) {
                index.insert(doc, evidence);
            }
        }
    }

    /// Takes a document out.
    pub fn remove(&mut self, doc: DocId) {
        self.parts.iter_mut().for_each(|(_, index)| index.remove(doc));
    }

    /// Puts what was gathered anew in the place of what was known of a document, and tells in which documents findings may
    /// have come or gone: the document itself is always one of them.
    pub fn renew(&mut self, doc: DocId, gathered: Gathered) -> BTreeSet<DocId> {
        let mut affected = BTreeSet::from([doc]);
        let mut gathered: Vec<(Arc<Lint>, Option<Evidence>)> =
            gathered.into_iter().map(|(lint, evidence)| (lint, Some(evidence))).collect();
        for (lint, index) in &mut self.parts {
            let new = gathered.iter_mut().find(|(other, _)| Arc::ptr_eq(other, lint));
            let evidence = new.and_then(|(_, evidence)| evidence.take());
            affected.extend(index.affected(doc, evidence.as_ref()));
            index.renew(doc, evidence);
        }
        // What is left is of lints that come up for the first time.
        self.insert(doc, gathered.into_iter().filter_map(|(lint, evidence)| Some((lint, evidence?))).collect());
        affected
    }

    /// What all the evidence comes to: for the documents given, or for all.
    pub fn conclude(&self, only: Option<&BTreeSet<DocId>>) -> Conclusion {
        let mut all = Conclusion::default();
        (0..self.lints()).for_each(|lint| all.add(self.conclude_lint(lint, only)));
        all
    }

    /// How many lints have evidence here.
    pub fn lints(&self) -> usize {
        self.parts.len()
    }

    /// What the evidence of one lint comes to, by its number below [`lints`](Corpus::lints): for those who have several
    /// threads at hand.
    pub fn conclude_lint(&self, lint: usize, only: Option<&BTreeSet<DocId>>) -> Conclusion {
        self.concluded(lint, |index| index.conclude(only))
    }

    /// What the evidence of all lints comes to for some documents, as far as that can be told at once.
    pub fn conclude_at_once(&self, only: &BTreeSet<DocId>) -> Conclusion {
        let mut all = Conclusion::default();
        (0..self.lints()).for_each(|lint| all.add(self.concluded(lint, |index| index.conclude_at_once(only))));
        all
    }

    fn concluded(&self, lint: usize, conclude: impl Fn(&dyn Index) -> Vec<Found>) -> Conclusion {
        let mut conclusion = Conclusion::default();
        let Some((lint, index)) = self.parts.get(lint) else { return conclusion };
        match catch_unwind(AssertUnwindSafe(|| conclude(&**index))) {
            Ok(all) => all.into_iter().for_each(|found| {
                conclusion.found.entry(found.doc).or_default().push((lint.clone(), found));
            }),
            Err(_) => conclusion.broken.push(lint.id.clone()),
        }
        conclusion
    }

    /// The index of a lint; `None` if its check is none of a corpus. A lint of a house is that of one configuration: two of
    /// one name may say different things.
    fn index(&mut self, lint: &Arc<Lint>) -> Option<&mut Box<dyn Index>> {
        let known = self.parts.iter().position(|(other, _)| Arc::ptr_eq(other, lint));
        let at = match known {
            Some(at) => at,
            None => {
                self.parts.push((lint.clone(), lint.check.corpus()?.index()));
                self.parts.len() - 1
            }
        };
        self.parts.get_mut(at).map(|(_, index)| index)
    }
}
