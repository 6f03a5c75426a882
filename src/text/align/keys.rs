//! What two languages write alike: numbers, addresses and code, names in the same or another alphabet, words of one root.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::super::document::Document;
use super::super::names::spelling::Sounds;
use super::super::span::Span;
use super::piece::masks_in;

/// Something that both languages write alike, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub u32);

impl Key {
    /// Whether it is a number, an address or code: translations keep these, mostly.
    pub fn is_firm(self) -> bool {
        self.0 & 1 == 1
    }

    /// Its place in a table of all.
    pub fn place(self) -> usize {
        (self.0 >> 1) as usize
    }
}

/// Numbers for keys.
#[derive(Debug, Default)]
pub struct Keys {
    numbers: FxHashMap<u64, u32>,
}

/// Kinds of keys, so that a number is never taken for a name.
const NUMBER: u8 = 0;
const MASKED: u8 = 1;
const WORD: u8 = 2;
const ROOT: u8 = 3;
const SOUND: u8 = 4;
const SPELT: u8 = 5;
const HAN: u8 = 6;
const MARK: u8 = 7;

/// Marks of one meaning in several languages.
const MARKS: [&str; 7] = ["?？؟", "!！", "\"“”„«»「」『』", "()（）", "%％٪", ":：", "…"];
/// More of a mark than this is many of it.
const MANY: u8 = 4;

/// A root has so many letters.
const ROOT_LETTERS: usize = 4;
/// Longer runs of letters and digits are no words; what is behind this is not looked at.
const LONGEST: usize = 64;

impl Keys {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The keys of a stretch, in order, each once.
    pub fn of(&mut self, doc: &Document, span: Span) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut at = span.start;
        for mask in masks_in(doc, span) {
            let mask = Span::new(mask.start.max(at), mask.end.min(span.end).max(at));
            self.prose(doc.slice(Span::new(at, mask.start)), &mut keys);
            self.add(MASKED, doc.slice(mask).trim().as_bytes(), &mut keys);
            at = mask.end;
        }
        self.prose(doc.slice(Span::new(at, span.end)), &mut keys);
        self.marks(doc.slice(span), &mut keys);
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn add(&mut self, kind: u8, bytes: &[u8], out: &mut Vec<Key>) {
        if bytes.is_empty() {
            return;
        }
        let mut hasher = FxHasher::default();
        (kind, bytes).hash(&mut hasher);
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(hasher.finish()).or_insert(next);
        out.push(Key(number << 1 | u32::from(kind <= MASKED)));
    }

    /// Marks that languages have in common, and how often they stand there: that a question is asked, somebody speaks,
    /// something stands in brackets. Where the sides share no word, as English and Chinese do, they are most of what tells.
    fn marks(&mut self, text: &str, out: &mut Vec<Key>) {
        let mut counts = [0u8; MARKS.len()];
        for c in text.chars().filter(|c| !c.is_alphanumeric()) {
            if let Some(at) = MARKS.iter().position(|marks| marks.contains(c)) {
                counts[at] = (counts[at] + 1).min(MANY);
            }
        }
        for (at, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            self.add(MARK, &[at as u8], out);
            self.add(MARK, &[at as u8, count], out);
        }
    }

    /// Runs of characters that belong together, each by its alphabet.
    fn prose(&mut self, text: &str, out: &mut Vec<Key>) {
        let mut run: Option<(Class, usize)> = None;
        for (at, c) in text.char_indices() {
            let class = class(c);
            let joins = run.is_some_and(|(known, _)| {
                known == class || (known == Class::Number && matches!(c, '.' | ',') && is_digit_at(text, at + 1))
            });
            if joins {
                continue;
            }
            if let Some((class, start)) = run {
                self.run(class, &text[start..at], out);
            }
            run = (class != Class::Other).then_some((class, at));
        }
        if let Some((class, start)) = run {
            self.run(class, &text[start..], out);
        }
    }

    fn run(&mut self, class: Class, run: &str, out: &mut Vec<Key>) {
        match class {
            Class::Number => {
                // Languages group digits in their own ways, and mark decimals in theirs.
                let digits: Vec<u8> = run.chars().filter_map(digit).take(LONGEST).collect();
                self.add(NUMBER, &digits, out);
            }
            Class::Latin => self.latin(run, out),
            Class::Letters => self.sounds(run, out),
            Class::Han => self.han(run, out),
            Class::Other => {}
        }
    }

    fn latin(&mut self, word: &str, out: &mut Vec<Key>) {
        let mut lower: Vec<u8> = Vec::with_capacity(word.len());
        for c in word.chars().take(LONGEST) {
            match deunicode::deunicode_char(c) {
                _ if c.is_ascii() => lower.push(c.to_ascii_lowercase() as u8),
                spelt => lower.extend(spelt.unwrap_or_default().bytes().map(|b| b.to_ascii_lowercase())),
            }
        }
        if lower.len() < 3 {
            return;
        }
        self.add(WORD, &lower, out);
        if lower.len() > ROOT_LETTERS {
            let root = root(&lower);
            if root.len() == ROOT_LETTERS {
                self.add(ROOT, &root, out);
            }
        }
        // A name may be written in another alphabet by its sounds, and in Chinese by those of its characters.
        if word.starts_with(char::is_uppercase) {
            self.sounds(word, out);
            self.add(SPELT, &lower, out);
        }
    }

    /// The sounds of a name, where there are enough of them to tell it.
    fn sounds(&mut self, word: &str, out: &mut Vec<Key>) {
        let Some(sounds) = Sounds::of(word) else { return };
        if let Some(whole) = sounds.skeleton().keys().last().filter(|key| *key >= 1 << 9) {
            self.add(SOUND, &whole.to_le_bytes(), out);
        }
        if !word.is_ascii() {
            let spelt: Vec<u8> = word
                .chars()
                .take(LONGEST)
                .flat_map(|c| deunicode::deunicode_char(c).unwrap_or_default().bytes())
                .map(|b| b.to_ascii_lowercase())
                .collect();
            let root = root(&spelt);
            if spelt.len() > ROOT_LETTERS && root.len() == ROOT_LETTERS {
                self.add(ROOT, &root, out);
            }
        }
    }

    /// Two and three characters of Chinese: as they are, for Japanese, and as they are read, for names in Latin letters.
    fn han(&mut self, run: &str, out: &mut Vec<Key>) {
        let places: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        for (width, start) in [2, 3].into_iter().flat_map(|w| (0..places.len().saturating_sub(w)).map(move |s| (w, s)))
        {
            let piece = &run[places[start]..places[start + width]];
            if width == 2 {
                self.add(HAN, piece.as_bytes(), out);
            }
            let spelt: Vec<u8> = piece
                .chars()
                .flat_map(|c| deunicode::deunicode_char(c).unwrap_or_default().bytes())
                .filter(u8::is_ascii_alphabetic)
                .map(|b| b.to_ascii_lowercase())
                .collect();
            self.add(SPELT, &spelt, out);
        }
    }
}

/// The first letters of a word as languages of one origin share them: `Philosophie`, `filosofía`; `терапия`, `therapy`.
fn root(lower: &[u8]) -> Vec<u8> {
    let mut root: Vec<u8> = Vec::with_capacity(ROOT_LETTERS);
    let mut at = 0;
    while at < lower.len() && root.len() < ROOT_LETTERS {
        let next = lower.get(at + 1).copied().unwrap_or_default();
        let (letter, width) = match (lower[at], next) {
            (b'p', b'h') => (b'f', 2),
            (b't', b'h') => (b't', 2),
            (b'c', b'e' | b'i' | b'y') => (b's', 1),
            (b'c', b'k') | (b'c', b'h') => (b'k', 2),
            (b'q', b'u') => (b'k', 2),
            (b'c' | b'q', _) => (b'k', 1),
            (b'y' | b'j', _) => (b'i', 1),
            (b'z', _) => (b's', 1),
            (b'w', _) => (b'v', 1),
            (b'h', _) => (0, 1),
            (other, _) => (other, 1),
        };
        at += width;
        if letter.is_ascii_alphabetic() && root.last() != Some(&letter) {
            root.push(letter);
        }
    }
    root
}

/// What a character is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Number,
    Latin,
    /// Of another alphabet or syllabary.
    Letters,
    Han,
    Other,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Number,
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Class::Latin,
        ..'\u{80}' => Class::Other,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Han,
        // Hiragana are endings and little words; katakana spell names.
        '\u{3040}'..='\u{309f}' => Class::Other,
        _ if digit(c).is_some() => Class::Number,
        _ if c.is_alphabetic() => Class::Letters,
        _ => Class::Other,
    }
}

/// The value of a decimal digit in scripts that are in use, as an ASCII digit.
fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 12] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xe50, 0x1040, 0xff10];
    let c = c as u32;
    ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&c)).map(|zero| b'0' + (c - zero) as u8)
}

fn is_digit_at(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).and_then(digit).is_some()
}
