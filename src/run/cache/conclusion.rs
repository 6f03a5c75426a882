//! What the evidence of all articles came to: as long as no article changes, it comes to the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::entry::LintId;
use crate::check;
use crate::config::Setup;
use crate::corpus::{DocId, Found, Spot, Words};
use crate::lint::Lint;
use crate::text::Span;

/// What was found, by document.
pub type AllFound = BTreeMap<DocId, Vec<(Arc<Lint>, Found)>>;

#[derive(Serialize, Deserialize)]
struct Entry {
    doc: DocId,
    found: Vec<(LintId, EntryFound)>,
}

#[derive(Serialize, Deserialize)]
struct EntryFound {
    parts: Vec<Span>,
    slots: Vec<(String, EntryWords)>,
    related: Vec<(DocId, Span)>,
}

#[derive(Serialize, Deserialize)]
enum EntryWords {
    Text(String),
    At(DocId, Span),
}

/// Writes it; `setup` gives that of a document.
pub fn write(all: &AllFound, setup: &dyn Fn(DocId) -> Option<Arc<Setup>>) -> Option<Vec<u8>> {
    let entries = all.iter().map(|(doc, found)| {
        let setup = setup(*doc)?;
        let found = found.iter().map(|(lint, found)| {
            let id = setup.linter.lints().position(|on| Arc::ptr_eq(on, lint))?;
            Some((id.try_into().ok()?, entry(found)))
        });
        Some(Entry { doc: *doc, found: found.collect::<Option<_>>()? })
    });
    postcard::to_stdvec(&entries.collect::<Option<Vec<Entry>>>()?).ok()
}

fn entry(found: &Found) -> EntryFound {
    let words = |words: &Words| match words {
        Words::Text(text) => EntryWords::Text(text.clone()),
        Words::At(spot) => EntryWords::At(spot.doc, spot.span),
    };
    EntryFound {
        parts: found.parts.clone(),
        slots: found.slots.iter().map(|(name, filled)| ((*name).to_owned(), words(filled))).collect(),
        related: found.related.iter().map(|spot| (spot.doc, spot.span)).collect(),
    }
}

/// Reads it. `None` if it is none.
pub fn read(bytes: &[u8], setup: &dyn Fn(DocId) -> Option<Arc<Setup>>) -> Option<AllFound> {
    let entries: Vec<Entry> = postcard::from_bytes(bytes).ok()?;
    let all = entries.into_iter().map(|Entry { doc, found }| {
        let setup = setup(doc)?;
        let found = found.into_iter().map(|(id, entry)| {
            let lint = setup.linter.lints().nth(usize::from(id))?;
            Some((lint.clone(), restored(doc, lint, entry)?))
        });
        Some((doc, found.collect::<Option<Vec<_>>>()?))
    });
    all.collect()
}

fn restored(doc: DocId, lint: &Lint, entry: EntryFound) -> Option<Found> {
    let slots = check::named(&lint.check_name)?.slots;
    let words = |words: EntryWords| match words {
        EntryWords::Text(text) => Words::Text(text),
        EntryWords::At(doc, span) => Words::At(Spot { doc, span }),
    };
    let slot = |(name, filled): (String, EntryWords)| {
        let name: &'static str = slots.iter().find(|slot| **slot == name)?;
        Some((name, words(filled)))
    };
    Some(Found {
        doc,
        parts: entry.parts,
        slots: entry.slots.into_iter().map(slot).collect::<Option<_>>()?,
        related: entry.related.into_iter().map(|(doc, span)| Spot { doc, span }).collect(),
    })
}
