//! Glossaries that a configuration names, and the terms that it lists itself.

use std::path::PathBuf;
use std::sync::Arc;

use super::load::{Layer, empty, inside, root};
use super::mistake::{Mistake, shown};
use crate::format::glossary::{self, Languages};
use crate::lint::{Concept, Side, Term};
use crate::text::{Source, decode};

/// The terms of a layer. What they are read from is added to `written`.
pub fn read(layer: &Layer, written: &mut Vec<Arc<Source>>, mistakes: &mut Vec<Mistake>) -> Vec<Concept> {
    let mut concepts = Vec::new();
    for named in &layer.file.glossary {
        let file = match open(layer, named.file.get_ref()) {
            Ok(file) => file,
            Err(mistake) => {
                mistakes
                    .push(mistake.unwrap_or_else(|message| Mistake::new(&layer.source, named.file.span(), message)));
                continue;
            }
        };
        written.push(file.clone());
        match glossary::read(&file, Languages { source: named.source_lang, target: named.target_lang }) {
            Ok(terms) => concepts.extend(terms),
            Err(bad) => mistakes.extend(bad.into_iter().map(|bad| Mistake::new(&file, bad.at.range(), bad.message))),
        }
    }
    for term in &layer.file.terms.keep {
        match Term::new(term.get_ref(), Side::Source, false) {
            Some(kept) => concepts.push(Concept { terms: vec![kept], kept: true }),
            None => mistakes.push(Mistake::new(&layer.source, term.span(), "there is no word in this term")),
        }
    }
    concepts
}

/// Where the glossaries of a layer stand, those that are there.
pub fn places(layer: &Layer) -> impl Iterator<Item = PathBuf> {
    layer
        .file
        .glossary
        .iter()
        .filter_map(|named| inside(&root(&layer.folder), &layer.folder, named.file.get_ref()).ok())
}

/// Opens a glossary. What is wrong is said of the glossary, or of the place that names it.
fn open(layer: &Layer, path: &str) -> Result<Arc<Source>, Result<Mistake, String>> {
    let whole = inside(&root(&layer.folder), &layer.folder, path).map_err(Err)?;
    let bytes = std::fs::read(&whole).map_err(|e| Err(format!("“{path}” cannot be read: {e}")))?;
    let decoded = decode::decode(&bytes, None);
    let decoded = decoded.map_err(|e| Ok(Mistake::new(&empty(&whole), 0..0, format!("cannot be read: {e}"))))?;
    Ok(Arc::new(Source::new(shown(&whole), decoded.text)))
}
