//! The parts of one number, in figures and words in a row: “1.2 million”, “3만 5천”, “one hundred and five”.

use super::super::figures::Figures;
use super::super::number::Number;
use super::super::numerals::{Atom, Kind};
use super::super::sum::Sum;
use super::super::token::{Token, What};
use super::Reader;

impl Reader<'_> {
    /// Figures with words that multiply them: where they end, the next token, and the values; none without such a word.
    pub(super) fn multiplied(&self, at: usize, read: &Figures) -> (usize, usize, Vec<Vec<Number>>) {
        let singles = read.ways.iter().filter_map(|way| match way.as_slice() {
            [one] => Some(*one),
            _ => None,
        });
        let (mut end, mut next, mut values) = (0, at + 1, Vec::new());
        for first in singles {
            let mut sum = Sum::new(self.numerals);
            sum.figures(first);
            let (to, stop) = self.chain(&mut sum, at + 1);
            if sum.parts() > 1
                && sum.multiplied
                && let Some(value) = sum.value()
            {
                (end, next) = (to, stop);
                values.push(vec![value]);
            }
        }
        (end, next, values)
    }

    /// Adds the parts of a number from a token on: where the last ends, and the token behind it.
    pub(super) fn chain(&self, sum: &mut Sum<'_>, from: usize) -> (usize, usize) {
        let mut at = from;
        let mut end = self.tokens[from - 1].end;
        let mut joined = false;
        while let Some(token) = self.tokens.get(at) {
            let gap = &self.text[self.tokens[at - 1].end..token.start];
            if !is_gap(gap) {
                break;
            }
            let word = match &token.what {
                What::Figures(figures) => {
                    // “3만 5천”, but “300万-500万”.
                    let smaller = || self.power_of(at + 1).is_some_and(|power| power < sum.last());
                    let close = gap.is_empty() && self.numerals.has_myriads() || gap != "-" && smaller();
                    match figures.plain.filter(|_| close && !joined) {
                        Some(n) if sum.figures(n) => {}
                        _ => break,
                    }
                    (at, end) = (at + 1, token.end);
                    continue;
                }
                What::Fraction(_) => break,
                What::Word(word) => word.as_str(),
            };
            if sum.parts() > 0 && !joined && !gap.is_empty() && self.numerals.is_joiner(word) {
                (joined, at) = (true, at + 1);
                continue;
            }
            // “120만명”: what follows the power is another word.
            if self.numerals.has_myriads() && !self.unspaced && sum.parts() > 0 {
                let Some((length, power)) = self.numerals.power_at(word) else { break };
                if !gap.is_empty() && length < word.len()
                    || !sum.word(Atom { value: power.into(), kind: Kind::Power }, false)
                {
                    break;
                }
                (at, end) = (at + 1, token.start + length);
                if length < word.len() {
                    break;
                }
                continue;
            }
            let Some((atom, length, prefixed)) = self.atom(at, word) else { break };
            if !sum.word(atom, joined || prefixed) {
                break;
            }
            (at, joined) = (at + length, false);
            end = self.tokens[at - 1].end;
        }
        (end, if joined { at - 1 } else { at })
    }

    /// The power by which a word multiplies the figures before it.
    pub(super) fn power_of(&self, at: usize) -> Option<u32> {
        let Some(Token { what: What::Word(word), start, .. }) = self.tokens.get(at) else { return None };
        if !is_gap(&self.text[self.tokens[at - 1].end..*start]) {
            return None;
        }
        let whole = self.numerals.atom(word).filter(|a| a.kind == Kind::Power).map(|a| a.value as u32);
        whole.or_else(|| Some(self.numerals.power_at(word).filter(|_| self.numerals.has_myriads())?.1))
    }

    /// The meaning of the word or phrase at a token, how many tokens it has, and whether “and” is written onto it.
    pub(super) fn atom(&self, at: usize, word: &str) -> Option<(Atom, usize, bool)> {
        if !self.unspaced
            && let Some((phrase, count)) = self.phrase(at, |phrase| self.numerals.atom(phrase).is_some())
        {
            return Some((self.numerals.atom(&phrase)?, count, false));
        }
        if let Some(atom) = self.numerals.atom(word) {
            return Some((atom, 1, false));
        }
        let prefix = &self.numerals.joining_prefix;
        let bare = word.strip_prefix(prefix.as_str()).filter(|_| !prefix.is_empty());
        let bare = bare.or_else(|| word.split_once('\'').map(|(_, after)| after));
        Some((self.numerals.atom(bare?)?, 1, true))
    }

    /// The longest phrase of two or three words at a token of which something holds.
    pub(super) fn phrase(&self, at: usize, holds: impl Fn(&str) -> bool) -> Option<(String, usize)> {
        let What::Word(first) = &self.tokens.get(at)?.what else { return None };
        if !self.numerals.may_begin_phrase(first) {
            return None;
        }
        let (mut phrase, mut best) = (String::new(), None);
        for count in 1..=3 {
            let Some(Token { what: What::Word(word), start, .. }) = self.tokens.get(at + count - 1) else { break };
            if count > 1 {
                if !is_gap(&self.text[self.tokens[at + count - 2].end..*start]) {
                    break;
                }
                phrase.push(' ');
            }
            phrase.push_str(word);
            if phrase.len() > self.numerals.longest() {
                break;
            }
            if count > 1 && holds(&phrase) {
                best = Some((phrase.clone(), count));
            }
        }
        best
    }
}

/// Whether the parts of one number may have this between them: “500余万” is somewhat more than 5 million.
fn is_gap(text: &str) -> bool {
    matches!(text, "余" | "餘" | "多")
        || text.len() <= 3 && text.chars().all(|c| matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}' | '\u{2011}'))
}
