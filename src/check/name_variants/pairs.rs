//! Pairs of spellings that are worth a closer look: like skeletons, near in sound.

use super::compound;
use unicode_script::UnicodeScript;

use crate::text::Document;
use crate::text::names::spelling::{self, Skeleton, Sounds};
use crate::text::names::{Form, Mentions};

/// Spellings with fewer letters are left alone.
const SHORTEST: usize = 3;

/// Pairs farther apart for their length are not looked at (see [`spelling::for_length`]). Measured on 25 November 2026 on 724
/// labelled translations: of the names that are found, one in three hundred lies farther, of the pairs half.
const FARTHEST: f32 = 0.34;

/// Up to this many spellings, and in longer texts up to this many that share a skeleton key, are compared all with all;
/// in larger groups each with the next [`WINDOW`] only, so that a text of nothing but names stays linear.
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

/// A spelling that may be a name.
struct Named {
    /// Its place among the forms of the document.
    form: u32,
    sounds: Sounds,
    letters: u32,
    keys: Keys,
}

/// The keys of a skeleton (see [`Skeleton::keys`]).
struct Keys {
    all: [u32; 2 * Skeleton::KEYS],
    count: usize,
    /// One bit for each: two sets without a common bit have no common key.
    set: u64,
}

impl Keys {
    fn of(sounds: &Sounds) -> Keys {
        let mut keys = Keys { all: [0; 2 * Skeleton::KEYS], count: 0, set: 0 };
        let (silent, throat) = (sounds.skeleton(), sounds.skeleton_with_h());
        for key in silent.keys().chain(throat.iter().flat_map(Skeleton::keys)) {
            keys.all[keys.count] = key;
            keys.count += 1;
            keys.set |= 1 << (key.wrapping_mul(0x9e37_79b9) >> 26);
        }
        keys
    }

    fn all(&self) -> &[u32] {
        &self.all[..self.count]
    }

    fn may_meet(&self, other: &Keys) -> bool {
        self.set & other.set != 0
    }

    fn meet(&self, other: &Keys) -> bool {
        self.all().iter().any(|key| other.all().contains(key))
    }
}

/// All pairs of a document.
pub fn of(doc: &Document, mentions: &Mentions) -> Vec<Pair> {
    let named: Vec<Named> = mentions.forms().iter().zip(0..).filter_map(|(f, i)| named(doc, mentions, f, i)).collect();
    let like = if named.len() <= GROUP { near_of_few(&named) } else { near_of_many(&named) };
    let mut pairs = Vec::new();
    for (x, y) in like {
        let (x, y) = (&named[x as usize], &named[y as usize]);
        let written = |named: &Named| mentions.of_form(&mentions.forms()[named.form as usize]).first();
        let word = |named: &Named| written(named).map_or("", |mention| doc.slice(mention.span));
        let near = near((x.form, &x.sounds), (y.form, &y.sounds), FARTHEST);
        pairs.extend(near.filter(|_| !compound::are_two(word(x), word(y)) && !are_in_two_scripts(word(x), word(y))));
    }
    pairs
}

/// Whether two spellings are in two scripts: “Путин” beside “Putin” is a name in its own letters.
pub(super) fn are_in_two_scripts(a: &str, b: &str) -> bool {
    let is_letter = |c: &char| c.is_alphabetic();
    let scripts = |word: &str| {
        // A particle may be written onto a name in other letters: “NetDB의”.
        [word.chars().find(is_letter), word.chars().rev().find(is_letter)].map(|c| c.map(|c| c.script()))
    };
    !(a.is_ascii() && b.is_ascii()) && scripts(a) != scripts(b)
}

fn named(doc: &Document, mentions: &Mentions, form: &Form, place: u32) -> Option<Named> {
    if !may_be_name(doc, mentions, form) {
        return None;
    }
    let sounds = Sounds::of(mentions.word(doc, form)).filter(|sounds| sounds.letters() >= SHORTEST)?;
    Some(Named { form: place, sounds, letters: letter_set(&sounds), keys: Keys::of(&sounds) })
}

/// Sets of letters that differ more are not those of near spellings.
const LETTERS: u32 = 5;

/// The pairs that share a key, in order: each spelling is held against each, which costs less than sorting their keys.
fn near_of_few(named: &[Named]) -> Vec<(u32, u32)> {
    let mut near = Vec::new();
    for (x, first) in named.iter().enumerate() {
        for (y, second) in named.iter().enumerate().skip(x + 1) {
            if first.keys.may_meet(&second.keys)
                && (first.letters ^ second.letters).count_ones() <= LETTERS
                && first.keys.meet(&second.keys)
            {
                near.push((x as u32, y as u32));
            }
        }
    }
    near
}

/// The same by sorting, and in groups of more than [`GROUP`] not all of them.
fn near_of_many(named: &[Named]) -> Vec<(u32, u32)> {
    // Key and place in one number: sorting those takes half the time of sorting pairs.
    let mut keys: Vec<u64> = Vec::with_capacity(named.len() * 5);
    for (place, named) in named.iter().enumerate() {
        keys.extend(named.keys.all().iter().map(|key| packed(*key, place as u32)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut near: Vec<u64> = Vec::new();
    for group in keys.chunk_by(|a, b| unpacked(*a).0 == unpacked(*b).0) {
        let reach = if group.len() <= GROUP { group.len() } else { WINDOW };
        for (i, x) in group.iter().map(|k| unpacked(*k).1).enumerate() {
            for y in group[i + 1..].iter().map(|k| unpacked(*k).1).take(reach) {
                if (named[x as usize].letters ^ named[y as usize].letters).count_ones() <= LETTERS {
                    near.push(packed(x, y));
                }
            }
        }
    }
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(unpacked).collect()
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
    if form.small > 0 && form.small * 2 > form.count() {
        return false;
    }
    let all = mentions.of_form(form);
    let Some(first) = all.first() else { return false };
    let word = doc.slice(first.span);
    // Most words are of ASCII, and told byte by byte.
    if word.is_ascii() {
        let is_plain = word.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-'));
        return is_plain && !is_contraction(word) && (word.len() > 3 || word.bytes().any(|b| b.is_ascii_lowercase()));
    }
    // Figures in it make it a model or a place in a table; short ones in capitals are abbreviations.
    let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    let capitals = word.chars().all(|c| !c.is_lowercase());
    plain && !is_contraction(word) && !(capitals && word.chars().count() <= 3)
}

/// “They’re”, “I’ve”: no name.
fn is_contraction(word: &str) -> bool {
    word.split_once(['\'', '’']).is_some_and(|(_, rest)| matches!(rest, "re" | "ve" | "ll" | "d" | "m" | "t"))
}
