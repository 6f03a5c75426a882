//! Several words written twice in a row: “in the end in the end”.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Lang, Language, PerLanguage, Span, Word, WordSet};

/// The longest phrase looked for, in words; longer repetitions are found as sentences or spliced fragments.
const LONGEST: usize = 8;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RepeatedPhrase {
    /// Words that join a word to itself: “back to back”, “over and over”. Where none are given, two words count as
    /// repeated only if both are function words.
    links: PerLanguage<WordSet>,
    /// Phrases that are said twice: “and so on and so on”.
    except: PerLanguage<WordSet>,
}

impl Check for RepeatedPhrase {
    fn is_silent_in(&self, lang: Lang) -> bool {
        lang.is_unspaced() || Language::of(lang).dangling.is_empty()
    }

    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        // Where each word of the vocabulary was last seen, counted over the document.
        let mut last: Vec<u32> = vec![u32::MAX; doc.vocabulary().len()];
        let mut twice: Vec<(usize, usize)> = Vec::new();
        let mut number = 0;
        for block in doc.blocks() {
            if matches!(block.kind, BlockKind::Verse | BlockKind::TableCell) || block.lang.is_unspaced() {
                continue;
            }
            let words = doc.words_of(block);
            twice.clear();
            // Every word of a second copy was seen a few words before. Two such words in a row are rare.
            let mut before = false;
            for (at, word) in words.iter().enumerate() {
                let seen = std::mem::replace(&mut last[word.id as usize], number);
                let again = number.wrapping_sub(seen) <= LONGEST as u32;
                number += 1;
                if again && before {
                    let starts = (2..=LONGEST).filter_map(|n| Some((at.checked_sub(n + 1)?, n)));
                    twice.extend(starts.filter(|&(first, n)| is_twice(doc, words, first, n)));
                }
                before = again;
            }
            // No phrase reaches over the edge of a block.
            number += LONGEST as u32 + 1;
            twice.sort_unstable();
            let mut free = 0;
            for &(at, n) in &twice {
                if at >= free {
                    self.report(doc, block, words, at, n, out);
                    free = at + 2 * n;
                }
            }
        }
    }
}

/// Whether the `n` words from `at` on stand there twice, with nothing but white space between any of them.
fn is_twice(doc: &Document, words: &[Word], at: usize, n: usize) -> bool {
    let Some(both) = words.get(at..at + 2 * n) else { return false };
    (0..n).all(|i| both[i].id == both[n + i].id)
        && both.windows(2).all(|w| doc.slice(w[0].span.until(w[1].span)).chars().all(char::is_whitespace))
}

impl RepeatedPhrase {
    fn report<'a>(
        &self,
        doc: &'a Document,
        block: &Block,
        words: &[Word],
        at: usize,
        n: usize,
        out: &mut Findings<'a>,
    ) {
        let (phrase, copy) = (&words[at..at + n], &words[at + n..at + 2 * n]);
        let language = block.language;
        if language.dangling.is_empty() || language.reduplicates && n < 3 {
            return;
        }
        // “no no no no”, “10 20 10 20”, “Duran Duran” twice: one word, figures, names.
        let same = phrase.iter().all(|w| w.id == phrase[0].id);
        let letters = phrase.iter().filter(|w| doc.slice(w.span).starts_with(char::is_alphabetic)).count();
        let names = phrase.iter().all(|w| !doc.slice(w.span).starts_with(char::is_lowercase)) && n < 4;
        // “step by step by step”, “over and over and over”.
        let chain = at > 0 && words[at - 1].id == phrase[n - 1].id
            || words.get(at + 2 * n).is_some_and(|w| w.id == phrase[0].id);
        let function = |w: &Word| language.dangling.has(doc.folded(*w));
        let linked = match self.links.get(block.lang) {
            Some(links) => phrase.iter().any(|w| links.has(doc.folded(*w))),
            None => !phrase.iter().all(function),
        };
        let said = || phrase.iter().map(|w| doc.folded(*w)).collect::<Vec<_>>().join(" ");
        if n == 2 && linked || self.except.has(block.lang, &said()) {
            return;
        }
        // “the first child of the first child of the first”: a third copy breaks off where the next word takes its place.
        let third = words.get(at + 2 * n..at + 3 * n - 1).unwrap_or_default();
        let nested = n > 2 && third.iter().zip(phrase).all(|(a, b)| a.id == b.id) && !third.iter().all(function);
        if same || letters * 2 <= n || names || n == 2 && chain || nested {
            return;
        }
        let rest = Span::new(phrase[n - 1].span.end, copy[n - 1].span.end);
        let first = phrase[0].span.to(phrase[n - 1].span);
        let finding = Finding::new(doc, first.to(copy[n - 1].span)).slot("phrase", doc.slice(first)).delete(rest);
        out.push(if phrase.iter().any(function) { finding } else { finding.unsafe_fix() });
    }
}
