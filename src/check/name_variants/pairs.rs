//! Pairs of spellings that are worth a closer look: like skeletons, near in sound.

use crate::text::Document;
use crate::text::names::spelling::{self, Sounds};
use crate::text::names::{Form, Mentions};

/// Spellings with fewer letters are left alone.
const SHORTEST: usize = 3;

/// Pairs farther apart for their length are not looked at (see [`spelling::for_length`]).
const FARTHEST: f32 = 0.42;

/// Up to this many spellings that share a skeleton key are compared all with all; in larger groups each with the next
/// [`WINDOW`] only, so that a text of nothing but names stays linear.
const GROUP: usize = 64;
const WINDOW: usize = 12;

/// Two spellings, the one mentioned first before the other.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// Place of the first among the forms of the document.
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// See [`spelling::distance`].
    pub distance: f32,
    /// See [`spelling::for_length`].
    pub unlikeness: f32,
    /// Letters of the shorter one.
    pub letters: u8,
}

/// All pairs of a document.
pub fn of(doc: &Document, mentions: &Mentions) -> Vec<Pair> {
    let forms = mentions.forms();
    let mut named: Vec<(u32, Sounds, u32)> = Vec::with_capacity(forms.len());
    // Key and place in one number: sorting those takes half the time of sorting pairs.
    let mut keys: Vec<u64> = Vec::with_capacity(forms.len() * 5);
    for (i, form) in forms.iter().enumerate() {
        if !may_be_name(doc, mentions, form) {
            continue;
        }
        let Some(sounds) = Sounds::of(mentions.word(doc, form)) else { continue };
        if sounds.letters() < SHORTEST {
            continue;
        }
        let place = named.len() as u32;
        keys.extend(sounds.skeleton().keys().map(|key| packed(key, place)));
        named.push((i as u32, sounds, letter_set(&sounds)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut like: Vec<u64> = Vec::new();
    let mut start = 0;
    while start < keys.len() {
        let key = unpacked(keys[start]).0;
        let size = keys[start..].iter().take_while(|k| unpacked(**k).0 == key).count();
        let group = &keys[start..start + size];
        let reach = if size <= GROUP { size } else { WINDOW };
        for (i, x) in group.iter().map(|k| unpacked(*k).1).enumerate() {
            for y in group[i + 1..].iter().map(|k| unpacked(*k).1).take(reach) {
                if (named[x as usize].2 ^ named[y as usize].2).count_ones() <= 7 {
                    like.push(packed(x, y));
                }
            }
        }
        start += size;
    }
    like.sort_unstable();
    like.dedup();
    let mut pairs = Vec::new();
    for (x, y) in like.into_iter().map(unpacked) {
        let ((a, first, _), (b, second, _)) = (&named[x as usize], &named[y as usize]);
        pairs.extend(near((*a, first), (*b, second), FARTHEST));
    }
    pairs
}

/// Two spellings that are not farther apart than this for their length.
pub(super) fn near(first: (u32, &Sounds), second: (u32, &Sounds), farthest: f32) -> Option<Pair> {
    let ((a, first), (b, second)) = (first, second);
    let distance = spelling::distance_within(first, second, spelling::of_length(farthest, first, second))?;
    let unlikeness = spelling::for_length(distance, first, second);
    let letters = first.letters().min(second.letters()) as u8;
    (unlikeness <= farthest).then_some(Pair { a, b, distance, unlikeness, letters })
}

/// Two numbers in one, in their order.
fn packed(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

fn unpacked(both: u64) -> (u32, u32) {
    ((both >> 32) as u32, both as u32)
}

/// Which letters it holds: one bit each. Sets that differ much cannot be near spellings.
fn letter_set(sounds: &Sounds) -> u32 {
    sounds.units().iter().fold(0, |set, unit| set | 1 << (unit & 31))
}

pub(super) fn may_be_name(doc: &Document, mentions: &Mentions, form: &Form) -> bool {
    if form.small > 0 && form.small * 8 > form.count() {
        return false;
    }
    let Some(first) = mentions.of_form(form).first() else { return false };
    let word = doc.slice(first.span);
    // Figures in it make it a model or a place in a table; short ones in capitals are abbreviations.
    let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    let capitals = word.chars().all(|c| !c.is_lowercase());
    plain && !is_contraction(word) && !(capitals && word.chars().count() <= 5)
}

/// “They’re”, “I’ve”: no name.
fn is_contraction(word: &str) -> bool {
    word.split_once(['\'', '’']).is_some_and(|(_, rest)| matches!(rest, "re" | "ve" | "ll" | "d" | "m" | "t"))
}
