//! Cuts a text into figures and words.

use super::digits::digit;
use super::figures::{self, Figures};
use super::number::Number;
use super::numerals::Numerals;
use super::reader::fraction_value;
use crate::text::fold;

/// A run of figures, or a word. Bytes of the text.
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub what: What,
}

pub(super) enum What {
    Figures(Figures),
    /// “½”.
    Fraction(Number),
    /// Folded.
    Word(String),
}

pub(super) struct Tokens {
    pub all: Vec<Token>,
}

/// Characters of the longest hint or phrase in writing without spaces.
const LONGEST: usize = 4;

impl Tokens {
    pub fn of(text: &str, numerals: &Numerals, unspaced: bool) -> Tokens {
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let start = at;
            if digit(c).is_some() {
                let figures = figures::read(text, at, &numerals.decimal, &numerals.grouping);
                let mut figures = figures;
                add_fraction(text, &mut figures);
                at = figures.end;
                all.push(Token { start, end: at, what: What::Figures(figures) });
            } else if let Some(value) = fraction_value(c) {
                at += c.len_utf8();
                all.push(Token { start, end: at, what: What::Fraction(value) });
            } else if unspaced && c >= '\u{2e80}' {
                let ends = text[at..].char_indices().map(|(i, c)| at + i + c.len_utf8()).take(LONGEST);
                let ends: Vec<usize> = ends.collect();
                let means = |word: &str| {
                    numerals.is_skipped(word) || numerals.hint(word).is_some() || numerals.atom(word).is_some()
                };
                at = ends.iter().rev().copied().find(|&end| means(&text[start..end])).unwrap_or(start + c.len_utf8());
                if means(&text[start..at]) {
                    all.push(Token { start, end: at, what: What::Word(text[start..at].to_owned()) });
                }
            } else if is_letter(c) {
                at = word_end(text, at, unspaced);
                all.push(Token { start, end: at, what: What::Word(fold(&text[start..at])) });
            } else {
                at += c.len_utf8();
            }
        }
        Tokens { all }
    }
}

/// “2 1/2”, “2½”: the fraction belongs to the number.
fn add_fraction(text: &str, figures: &mut Figures) {
    let Some(whole) = figures.plain else { return };
    let rest = &text[figures.end..];
    let bare = rest.trim_start_matches([' ', '\u{a0}']);
    let mut chars = bare.chars();
    let Some(first) = chars.next() else { return };
    let (part, length) = if let Some(part) = fraction_value(first) {
        (part, first.len_utf8())
    } else if bare.len() < rest.len() && matches!(chars.next(), Some('/' | '⁄')) {
        let written = match (first, chars.next()) {
            ('1', Some('2')) => "0.5",
            ('1', Some('4')) => "0.25",
            ('3', Some('4')) => "0.75",
            ('1', Some('8')) => "0.125",
            _ => return,
        };
        if chars.next().is_some_and(|c| digit(c).is_some()) {
            return;
        }
        let length = bare.char_indices().nth(3).map_or(bare.len(), |(at, _)| at);
        let Some(part) = Number::parse(written) else { return };
        (part, length)
    } else {
        return;
    };
    if let Some(sum) = whole.plus(part) {
        figures.end += rest.len() - bare.len() + length;
        (figures.plain, figures.ways) = (Some(sum), vec![vec![sum]]);
    }
}

/// A letter, or a sign that is written onto one.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{900}'..='\u{963}' | '\u{981}'..='\u{9e3}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}')
}

/// Where a word ends; among Han characters one in Latin letters ends before them.
fn word_end(text: &str, start: usize, unspaced: bool) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = matches!(c, '\'' | '’' | 'ʼ') && chars.peek().is_some_and(|(_, next)| is_letter(*next));
        if !is_letter(c) && !inside || unspaced && c >= '\u{2e80}' {
            return start + at;
        }
    }
    text.len()
}
