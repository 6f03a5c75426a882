//! What has become of an original since it was translated.

use std::collections::HashMap;

use super::block::Block;
use super::document::Document;
use super::fold::fold;

/// The paragraphs of an original that are not what they were when it was translated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// The blocks, by number, that are new or say something else.
    pub changed: Vec<u32>,
    /// What is no longer there, where nothing else is new.
    pub removed: Vec<String>,
    /// When it last changed, as a date; `None` where that is not on record yet.
    pub date: Option<String>,
}

impl Revision {
    /// Compares an original as it was with what it is now; an [outline](Document::outline) will do for both. Only letters and
    /// figures count, wherever they stand: a comma, a line that is broken elsewhere or a paragraph that was moved leaves
    /// nothing to translate. `None` if nothing else is new.
    pub fn between(before: &Document, now: &Document, date: Option<String>) -> Option<Revision> {
        let mut known: HashMap<String, u32> = HashMap::new();
        for block in before.blocks() {
            *known.entry(said(before, block)).or_default() += 1;
        }
        let mut take = |said: &str| match known.get_mut(said) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => said.is_empty(),
        };
        let blocks = now.blocks().iter().enumerate();
        let changed: Vec<u32> =
            blocks.filter(|(_, block)| !take(&said(now, block))).map(|(number, _)| number as u32).collect();
        let mut removed = Vec::new();
        if changed.is_empty() {
            for block in before.blocks() {
                let said = said(before, block);
                if !said.is_empty() && known.get_mut(&said).is_some_and(|count| std::mem::take(count) > 0) {
                    removed.push(before.slice(block.span).to_owned());
                }
            }
        }
        (!changed.is_empty() || !removed.is_empty()).then_some(Revision { changed, removed, date })
    }
}

fn said(doc: &Document, block: &Block) -> String {
    fold(doc.slice(block.span)).chars().filter(|c| c.is_alphanumeric()).collect()
}
