//! A word written twice in a row, within one block.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{BlockKind, Document, PerLanguage, WordSet};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RepeatedWord {
    /// Words that may stand twice.
    except: PerLanguage<WordSet>,
}

impl Check for RepeatedWord {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        for block in doc.blocks().iter().filter(|b| b.kind != BlockKind::Verse) {
            for pair in doc.words_of(block).windows(2) {
                let (first, second) = (pair[0], pair[1]);
                // Words are interned case-folded: equal ids, equal words.
                if first.id != second.id || !doc.slice(first.span.until(second.span)).trim().is_empty() {
                    continue;
                }
                let word = doc.slice(first.span);
                let name =
                    doc.slice(second.span).starts_with(char::is_uppercase) && word.starts_with(char::is_uppercase);
                if name
                    || word.starts_with(|c: char| !c.is_alphabetic())
                    || self.except.has(block.lang, doc.folded(first))
                {
                    continue;
                }
                // The first of the two is kept: it has the capital at the start of a sentence.
                let rest = crate::text::Span::new(first.span.end, second.span.end);
                out.push(Finding::new(doc, first.span.to(second.span)).slot("word", word).delete(rest));
            }
        }
    }
}
