//! The phrases of page furniture that we know, and what they make of a block.

use super::key::{self, BEGINS, COLON, COLONS, RECORD, STRONG, normalise};
use crate::text::{FILTER, Hash, Lang};

/// Records by hash, as the build packed them: looking a phrase up reads nothing but what it touches.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/furniture.bin"));
/// Two filters: of the hashes of whole phrases, then of those of their first words.
static FILTERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/furniture-filters.bin"));
const WHOLE: usize = 0;
const FIRST: usize = 1;
include!(concat!(env!("OUT_DIR"), "/furniture.rs"));

/// Longer blocks are prose, even where they begin as furniture does. In bytes.
const LONGEST: usize = 200;
/// More than this after a colon is no credit. In code points.
const CREDIT: usize = 40;
/// … and no title that one is sent on to.
const TITLE: usize = 120;
/// A known phrase has at most this many words.
const PHRASE: usize = 12;

/// What a block says of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// What it is: a key of the definition's phrases.
    pub category: &'static str,
    /// Two for a phrase that stands nowhere else, one for a word that may be a heading; more for several.
    pub points: u32,
    /// Whether a phrase that stands nowhere else is part of it.
    pub strong: bool,
    /// Whether the block is one phrase word for word.
    pub whole: bool,
}

#[derive(Clone, Copy)]
struct Entry {
    category: &'static str,
    strong: bool,
    /// Whether it is of the language of the text, or English.
    near: bool,
}

/// What the phrases say of a block; `None` where it is not made of them.
pub fn evidence(block: &str, lang: Lang, buffer: &mut String) -> Option<Evidence> {
    if block.len() > LONGEST {
        return None;
    }
    let lead = block.trim_start();
    if lead.starts_with(['©', 'ⓒ'])
        || lead.starts_with("Copyright ⓒ")
        || lead.starts_with("Copyright ©")
        || lead.starts_with("(c) ")
        || lead.starts_with("(C) ")
    {
        return Some(Evidence { category: "copyright", points: 2, strong: true, whole: true });
    }
    if !lang.is_unspaced() && !may_begin(block) {
        return None;
    }
    buffer.clear();
    normalise(block, buffer);
    let text = buffer.as_str();
    let counted = text.strip_suffix(" 0").or_else(|| text.strip_prefix("0 "));
    for whole in [Some(text), counted].into_iter().flatten() {
        if let Some(entry) = find(Hash::EMPTY.with(whole.as_bytes()), 0, lang) {
            return Some(Evidence { whole: true, ..entry.alone() });
        }
    }
    let found = beginning(text, block, lang).or_else(|| pieces(text, lang));
    found.or_else(|| {
        let (label, rest) = block.split_once(COLONS)?;
        // “Reporter: Who has paid for the boats?”
        if rest.trim_end().ends_with(['?', '？', '؟']) {
            return None;
        }
        buffer.clear();
        normalise(label, buffer);
        let entry = find(Hash::EMPTY.with(buffer.as_bytes()), BEGINS | COLON, lang)?;
        // A credit is short; a long one names a work, and belongs to the article.
        let most = if entry.category == "read-more" { TITLE } else { CREDIT };
        (rest.chars().count() <= most).then(|| entry.alone())
    })
}

/// Whether the first words of a block may be a whole phrase. Most prose is told from furniture by its first word or two,
/// before the rest is read.
fn may_begin(block: &str) -> bool {
    let (mut hash, mut number) = (Hash::EMPTY, None);
    let (mut found, mut known) = (false, true);
    key::each(block, |c| {
        // What follows a number may be a phrase by itself.
        if *number.get_or_insert(c == '0') {
            found = true;
        } else if c == ' ' {
            found = may_hold(WHOLE, hash);
            known = may_hold(FIRST, hash);
        }
        hash = hash.with(c.encode_utf8(&mut [0; 4]).as_bytes());
        known && !found
    });
    found || known && may_hold(WHOLE, hash)
}

/// Whether a filter has seen a hash, or one like it.
fn may_hold(filter: usize, hash: Hash) -> bool {
    let (byte, bit) = hash.bit();
    FILTERS[filter * FILTER + byte] & bit != 0
}

impl Entry {
    fn alone(self) -> Evidence {
        Evidence { category: self.category, points: if self.strong { 2 } else { 1 }, strong: self.strong, whole: false }
    }
}

/// A known beginning, with anything after it. A beginning of one or two words also begins sentences (“Read more about
/// the policy in our guide.”), so it counts only with a few words after it and no end mark.
fn beginning(text: &str, block: &str, lang: Lang) -> Option<Evidence> {
    let open = !block.trim_end_matches([')', ' ']).ends_with(['.', '!', '?', ':', ';', '。', '…', '।', '؟']);
    let mut hash = Hash::EMPTY;
    let mut words = 1;
    for (at, c) in text.char_indices() {
        let wide = !c.is_ascii() && lang.is_unspaced();
        if (c == ' ' || wide)
            && at > 0
            && let Some(entry) = find(hash, BEGINS, lang)
        {
            let rest = text[at..].split_whitespace().count();
            let short = if wide {
                text.len() - at <= 60
            } else {
                rest <= if words >= 3 {
                    12
                } else if text[at..].contains('0') {
                    8
                } else {
                    4
                }
            };
            // “Follow us on Facebook and Twitter.” is written as a sentence, and short.
            let invites = words >= 3 && entry.strong && rest <= 5;
            if short && (open || words >= 4 || invites) && (entry.near || words >= 3) {
                return Some(Evidence { whole: words >= 4, ..entry.alone() });
            }
        }
        words += u32::from(c == ' ');
        let mut bytes = [0; 4];
        hash = hash.with(c.encode_utf8(&mut bytes).as_bytes());
    }
    None
}

/// Several phrases in a row with nothing between them: “Sign in Subscribe”, “Privacy Terms of use”.
fn pieces(text: &str, lang: Lang) -> Option<Evidence> {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() < 2 || words.len() > 24 {
        return None;
    }
    let mut all: Option<Evidence> = None;
    let mut at = 0;
    while at < words.len() {
        // A number between phrases counts something: shares, comments.
        if words[at] == "0" {
            at += 1;
            continue;
        }
        let mut hash = Hash::EMPTY;
        let mut longest = None;
        for (length, word) in words[at..].iter().take(PHRASE).enumerate() {
            hash = if length == 0 { hash } else { hash.with(b" ") }.with(word.as_bytes());
            if let Some(entry) = find(hash, 0, lang).filter(|e| e.near) {
                longest = Some((length + 1, entry));
            }
        }
        let (length, entry) = longest?;
        let one = entry.alone();
        all = Some(match all {
            None => one,
            Some(e) => Evidence {
                category: if e.strong { e.category } else { one.category },
                points: e.points + one.points,
                strong: e.strong || one.strong,
                whole: false,
            },
        });
        at += length;
    }
    all
}

/// A phrase by its hash: in the language of the text if it is known there, else in English, else in any other.
/// A phrase of another language is no heading of this article, so it may be strong where it is weak at home.
fn find(hash: Hash, kind: u8, lang: Lang) -> Option<Entry> {
    if !may_hold(WHOLE, hash) {
        return None;
    }
    let hash_at = |index: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&TABLE[index * RECORD..index * RECORD + 8]);
        u64::from_le_bytes(bytes)
    };
    let (mut low, mut high) = (0, TABLE.len() / RECORD);
    while low < high {
        let middle = (low + high) / 2;
        if hash_at(middle) < hash.0 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let mut best: Option<(u8, Entry)> = None;
    while low < TABLE.len() / RECORD && hash_at(low) == hash.0 {
        let [category, language, flags] = [8, 9, 10].map(|i| TABLE[low * RECORD + i]);
        low += 1;
        if flags & (BEGINS | COLON) != kind {
            continue;
        }
        let tag = LANGUAGES[usize::from(language)];
        let rank = if tag == lang.as_str() {
            3
        } else if tag == "en" {
            2
        } else {
            1
        };
        if best.as_ref().is_none_or(|(r, _)| rank > *r) {
            best = Some((
                rank,
                Entry { category: CATEGORIES[usize::from(category)], strong: flags & STRONG != 0, near: rank > 1 },
            ));
        }
    }
    best.map(|(_, entry)| entry)
}
