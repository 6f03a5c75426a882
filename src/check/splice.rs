//! A lower-case tail after an end mark that repeats the end of the sentence before it.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Lang, Language, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Splice {}

impl Check for Splice {
    /// Only a small letter tells a tail from a short sentence.
    fn is_silent_in(&self, lang: Lang) -> bool {
        !Language::of(lang).has_case()
    }

    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        for block in doc.blocks().iter().filter(|b| b.language.has_case()) {
            for pair in doc.sentences_of(block).windows(2) {
                let (before, tail) = (&pair[0], &pair[1]);
                let (full, rest) = (doc.words_in(before), doc.words_in(tail));
                if !doc.slice(tail.span).starts_with(char::is_lowercase) || rest.len() > full.len() || rest.len() < 2 {
                    continue;
                }
                // The same last word or words: a piece of the sentence pasted once more behind it.
                let shared = full.iter().rev().zip(rest.iter().rev()).take_while(|(a, b)| a.id == b.id).count();
                if shared < 2 && shared < rest.len() {
                    continue;
                }
                let gap = Span::new(before.span.end, tail.span.end);
                let twin = full[full.len() - shared].span.to(full[full.len() - 1].span);
                out.push(Finding::new(doc, tail.span).slot("tail", doc.slice(tail.span)).related(twin).delete(gap));
            }
        }
    }
}
