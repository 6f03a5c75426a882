//! Which word of the original stands wherever a spelling stands in the translation.

use rustc_hash::FxHashMap;

use super::terms::{self, Writing};
use super::{Testimony, source_of};
use crate::text::{Span, Translation, fold};

/// Where the words of an original stand, by bead.
#[derive(Default)]
pub struct Places<'a> {
    /// The words of each bead, found when first asked for.
    words: FxHashMap<u32, Vec<Box<str>>>,
    /// In how many beads each word stands.
    counts: Option<FxHashMap<Box<str>, u32>>,
    _whole: std::marker::PhantomData<&'a ()>,
}

/// So many letters of a word are compared: the rest may be an ending.
const LETTERS: usize = 5;

impl<'a> Places<'a> {
    /// Compares the places that only the first spelling has with those that only the second has.
    pub fn compare(
        &mut self,
        whole: &Translation<'a>,
        a: &[u32],
        b: &[u32],
        all: &[Vec<u32>; 2],
        testimony: &mut Testimony,
    ) -> Option<Span> {
        let counts = self.counts.take().unwrap_or_else(|| {
            let mut counts: FxHashMap<Box<str>, u32> = FxHashMap::default();
            for bead in 0..whole.alignment().sentences().len() as u32 {
                for word in self.words(whole, bead) {
                    *counts.entry(word.clone()).or_default() += 1;
                }
            }
            counts
        });
        let mut of_a: FxHashMap<Box<str>, u32> = FxHashMap::default();
        for &bead in a {
            for word in self.words(whole, bead) {
                *of_a.entry(word.clone()).or_default() += 1;
            }
        }
        let mut of_b: FxHashMap<Box<str>, u32> = FxHashMap::default();
        for &bead in b {
            for word in self.words(whole, bead).iter().filter(|word| of_a.contains_key(*word)) {
                *of_b.entry(word.clone()).or_default() += 1;
            }
        }
        let mut union = [&all[0][..], &all[1][..]].concat();
        union.sort_unstable();
        union.dedup();
        let beads = whole.alignment().sentences().len().max(1) as f32;
        let mut best = (0.0f32, 0.0f32, 0.0f32);
        let mut word_of_both: Option<&str> = None;
        let mut in_order: Vec<(&Box<str>, &u32)> = of_b.iter().collect();
        in_order.sort_unstable();
        for (word, &in_b) in in_order {
            let in_a = of_a[word] as f32 / a.len() as f32;
            let shared = in_a.min(in_b as f32 / b.len() as f32);
            let everywhere = counts.get(word).copied().unwrap_or(1) as f32;
            let own =
                union.iter().filter(|bead| self.words.get(bead).is_some_and(|words| words.contains(word))).count();
            let telling = own as f32 / everywhere;
            let rare = 1.0 - everywhere / beads;
            let value = shared * telling * rare;
            if value > best.0 {
                best = (value, shared, telling);
                word_of_both = Some(word);
            }
        }
        testimony.shared = best.1;
        testimony.telling = best.2;
        testimony.apart = f32::from(u8::from(best.0 < 0.2));
        self.counts = Some(counts);
        let word = word_of_both.filter(|_| best.1 >= 1.0 && best.2 >= 0.8)?;
        stretch(whole, word, a[0], b[0])
    }

    fn words(&mut self, whole: &Translation<'a>, bead: u32) -> &[Box<str>] {
        self.words.entry(bead).or_insert_with(|| {
            let Some(span) = source_of(whole, bead) else { return Vec::new() };
            words(whole, span)
        })
    }
}

/// A word at one place, as long as it goes on alike at another.
fn stretch(whole: &Translation<'_>, word: &str, first: u32, second: u32) -> Option<Span> {
    let doc = whole.source();
    let holds = |bead: u32| {
        let runs = terms::runs(doc, source_of(whole, bead)?);
        runs.into_iter().find(|(_, run)| fold(doc.slice(*run)).contains(word))
    };
    let ((writing, here), (_, there)) = (holds(first)?, holds(second)?);
    if writing == Writing::Letters {
        return Some(here);
    }
    let (text, other) = (doc.slice(here), doc.slice(there));
    let (mut start, mut end) = (text.find(word)?, text.find(word)? + word.len());
    while let Some(c) = text[..start].chars().next_back().filter(|c| other.contains(&text[start - c.len_utf8()..end])) {
        start -= c.len_utf8();
    }
    while let Some(c) = text[end..].chars().next().filter(|c| other.contains(&text[start..end + c.len_utf8()])) {
        end += c.len_utf8();
    }
    Some(Span::new(here.start + start as u32, here.start + end as u32))
}

/// The words of a stretch as they are compared, each once.
fn words(whole: &Translation<'_>, span: Span) -> Vec<Box<str>> {
    let doc = whole.source();
    let mut words: Vec<Box<str>> = Vec::new();
    for (writing, run) in terms::runs(doc, span) {
        let text = doc.slice(run);
        match writing {
            Writing::Letters => {
                let folded = fold(text);
                let end = folded.char_indices().nth(LETTERS).map_or(folded.len(), |(at, _)| at);
                if folded.chars().count() >= 3 {
                    words.push(folded[..end].into());
                    // Hebrew and Arabic write little words onto the word.
                    if let Some((at, _)) =
                        folded.char_indices().nth(1).filter(|_| !folded.is_ascii() && is_bare(&folded))
                    {
                        let rest = &folded[at..];
                        let end = rest.char_indices().nth(LETTERS).map_or(rest.len(), |(at, _)| at);
                        words.push(rest[..end].into());
                    }
                }
            }
            Writing::Han => {
                let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                places.windows(3).for_each(|piece| words.push(text[piece[0]..piece[2]].into()));
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn is_bare(word: &str) -> bool {
    matches!(word.chars().next(), Some('\u{590}'..='\u{6ff}'))
}
