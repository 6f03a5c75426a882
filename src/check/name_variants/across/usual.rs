//! The spellings that stand in many articles, and the slips for them.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::evidence::Evidence;
use super::super::{decision, forms, pairs};
use super::book::{Book, Company, Variant};
use super::{NamesAcross, family, short_hash};
use crate::text::names::spelling::Sounds;
use crate::text::{Lang, Language};

/// Pairs farther apart for their length are not looked at: within an article it may be more.
const FARTHEST: f32 = 0.3;
/// Of the letters of two spellings at most so many are in one only.
const LETTERS: u32 = 5;
/// Pairs that weigh this much or more are reported: by the weights of one article, and those below for what is different
/// among many. Read by eye on 2,469 edited English articles: above it all were one name, below it most are two people.
const THRESHOLD: f32 = 3.0;
/// In other languages nobody has listed the words and names that everyone knows: there a pair must have a neighbour in common,
/// and not be farther apart than this, or than that where names are bent much. Read by eye on 12,900 articles in 14
/// languages: what lacks the one is mostly two names, what lies beyond the other as often as not.
const FARTHEST_ELSEWHERE: f32 = 0.2;
const FARTHEST_BENT: f32 = 0.15;
/// Two articles that name the same rarer names are about the same matter: what each such name adds, up to `SHARED`.
const SAME_MATTER: f32 = 0.8;
const SHARED: usize = 3;
/// What is taken off where such names could be shared and are not.
const OTHER_MATTER: f32 = 1.0;
/// A name in more than one of so many articles, and in more than a few, says nothing about the matter.
const COMMON: usize = 50;
const FEW: usize = 5;
/// So many articles of a spelling are looked at for the matter.
const LOOKED_AT: usize = 40;
/// A neighbour of more names than this says the less the more they are (“Mr”, “President”): so much is taken off for each
/// doubling, roughly.
const FRIENDS: f32 = 20.0;
const FRIEND: f32 = 0.7;
/// Without a neighbour in common, the more names there are the likelier two are near each other by chance: where there are
/// more than this …
const NAMES: f32 = 50.0;
/// … so much is taken off for each doubling, roughly, up to `ALONE`.
const NAME: f32 = 0.5;
const ALONE: f32 = 2.0;
/// Shorter names, in letters, are not compared without a neighbour in common.
const LONG: usize = 6;

/// The spellings that stand in many articles, by what a slip for one of them would share with it.
pub struct Usual {
    of_name: FxHashMap<u32, Face>,
    /// By a neighbour and its side and a key of the skeleton; without a neighbour by the whole skeleton.
    by_key: FxHashMap<(Side, u32, u32), Vec<u32>>,
    /// How many names each neighbour has, by side and word.
    friends: [FxHashMap<u32, u32>; 2],
    /// How many names there are.
    names: usize,
}

/// What is looked at when two spellings are compared.
struct Face {
    sounds: Sounds,
    letters: u32,
    company: Company,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Before,
    After,
    Alone,
}

impl Face {
    fn of(book: &Book, name: u32) -> Option<Face> {
        let sounds = Sounds::of(book.word(name))?;
        let letters = sounds.units().iter().fold(0, |set, unit| set | 1 << (unit & 31));
        Some(Face { sounds, letters, company: book.company(name) })
    }

    /// The keys under which a usual spelling is found.
    fn keys(&self) -> Vec<(Side, u32, u32)> {
        let mut skeletons: Vec<u32> = self.sounds.skeleton().keys().collect();
        // The last one leaves out nothing.
        let whole = skeletons.last().copied().filter(|_| self.sounds.letters() >= LONG);
        skeletons.sort_unstable();
        skeletons.dedup();
        let sides = [(Side::Before, &self.company.before), (Side::After, &self.company.after)];
        let beside = sides.iter().flat_map(|(side, words)| words.iter().map(|word| (*side, *word)));
        let beside = beside.flat_map(|(side, word)| skeletons.iter().map(move |key| (side, word, *key)));
        beside.chain(whole.map(|key| (Side::Alone, 0, key))).collect()
    }
}

impl Usual {
    /// The usual spellings of a book.
    pub fn of(book: &Book) -> Usual {
        let names = (0..book.len() as u32).filter(|name| !book.docs(*name).is_empty()).count();
        let (of_name, by_key) = (FxHashMap::default(), FxHashMap::default());
        let mut usual = Usual { of_name, by_key, friends: friends(book), names };
        for name in book.usual() {
            let Some(face) = Face::of(book, name) else { continue };
            for key in face.keys() {
                usual.by_key.entry(key).or_default().push(name);
            }
            usual.of_name.insert(name, face);
        }
        usual
    }

    /// The usual spelling for which this one is most likely a slip.
    pub fn variant(&self, book: &Book, rare: u32, check: &NamesAcross) -> Option<Variant> {
        if check.is_known(book.word(rare), Language::of(book.lang())) {
            return None;
        }
        let face = Face::of(book, rare)?;
        let keys = face.keys();
        let candidates: BTreeSet<u32> = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        let weighed = candidates.into_iter().filter_map(|usual| {
            let weight = self.weigh(book, check, (rare, &face), usual)?;
            (weight >= THRESHOLD).then_some(Variant { rare, usual, weight })
        });
        weighed.max_by(|a, b| a.weight.total_cmp(&b.weight).then_with(|| book.word(b.usual).cmp(book.word(a.usual))))
    }

    /// The evidence that two spellings are one name; `None` where they cannot be.
    fn weigh(&self, book: &Book, check: &NamesAcross, (rare, face): (u32, &Face), usual: u32) -> Option<f32> {
        let other = self.of_name.get(&usual)?;
        if (face.letters ^ other.letters).count_ones() > LETTERS || !book.may_be_slip(rare, usual) {
            return None;
        }
        let pair = pairs::near((rare, &face.sounds), (usual, &other.sounds), FARTHEST)?;
        let (language, words) = (Language::of(book.lang()), [rare, usual].map(|name| book.word(name)));
        if pairs::are_in_two_scripts(words[0], words[1]) {
            return None;
        }
        let (mine, theirs) = (&face.company, &other.company);
        // The neighbour in common that the fewest other names have.
        let least = |side: usize, mine: &[u32], theirs: &[u32]| {
            let common = mine.iter().filter(|word| theirs.binary_search(word).is_ok());
            common.map(|word| self.friends[side].get(word).copied().unwrap_or(0)).min()
        };
        let (before, after) = (least(0, &mine.before, &theirs.before), least(1, &mine.after, &theirs.after));
        let flag = |yes: bool| yes as u8 as f32;
        let evidence = Evidence {
            same_before: flag(before.is_some()),
            same_after: flag(after.is_some()),
            other_after: flag(after.is_none() && !mine.after.is_empty() && !theirs.after.is_empty()),
            one_introduced: flag(mine.is_empty() && !theirs.is_empty()),
            both_bare: flag(mine.is_empty() && theirs.is_empty()),
            one_known: flag(check.is_known(words[1], language)),
            ..forms::of_spellings(words[0], words[1], &pair)
        };
        if book.lang() != Lang::ENGLISH && !is_telling(&evidence, words, language) {
            return None;
        }
        let by_chance = match before.into_iter().chain(after).min() {
            Some(friends) => (FRIEND * (friends as f32 / FRIENDS).ln()).max(0.0),
            None => (NAME * (self.names as f32 / NAMES).ln()).clamp(0.0, ALONE),
        };
        let sure = decision::weigh(&evidence) - by_chance;
        // The matter takes longest to find out.
        (sure + SAME_MATTER * SHARED as f32 >= THRESHOLD).then(|| sure + matter(book, (rare, mine), usual))
    }
}

/// Whether a pair says something in a language other than that on which the weights were measured.
fn is_telling(e: &Evidence, words: [&str; 2], language: &Language) -> bool {
    let beside = e.same_before + e.same_after > 0.0 && e.other_after == 0.0;
    let farthest = if language.fleeting.is_empty() { FARTHEST_ELSEWHERE } else { FARTHEST_BENT };
    let made_of_other = e.plural + e.derived + e.feminine + e.last_vowel > 0.0;
    beside && !made_of_other && e.unlikeness <= farthest && !family::may_be_forms(words[0], words[1], language)
}

/// What it says that two spellings stand among the same rarer names or do not; their own full names do not count.
fn matter(book: &Book, (rare, company): (u32, &Company), usual: u32) -> f32 {
    let most = (book.documents() / COMMON).max(FEW);
    let names = |name: u32| book.docs(name).iter().take(LOOKED_AT).flat_map(|doc| book.names_of(*doc)).map(|e| e.name);
    let telling = |name: &u32| (2..=most).contains(&book.docs(*name).len()) && ![rare, usual].contains(name);
    let around: FxHashSet<u32> =
        names(rare).filter(telling).filter(|name| !company.holds(short_hash(book.word(*name)))).collect();
    if around.is_empty() {
        return 0.0;
    }
    let met: FxHashSet<u32> = names(usual).filter(|name| around.contains(name)).collect();
    if met.is_empty() { -OTHER_MATTER } else { SAME_MATTER * met.len().min(SHARED) as f32 }
}

/// How many names stand beside each word, before and after.
fn friends(book: &Book) -> [FxHashMap<u32, u32>; 2] {
    let mut pairs: [Vec<u64>; 2] = [Vec::new(), Vec::new()];
    for entry in book.all_docs().flat_map(|doc| book.names_of(doc)) {
        for (side, words) in [&entry.before, &entry.after].into_iter().enumerate() {
            pairs[side].extend(words.iter().map(|word| u64::from(*word) << 32 | u64::from(entry.name)));
        }
    }
    pairs.map(|mut pairs| {
        pairs.sort_unstable();
        pairs.dedup();
        let mut count = FxHashMap::default();
        pairs.iter().for_each(|pair| *count.entry((pair >> 32) as u32).or_insert(0) += 1);
        count
    })
}
