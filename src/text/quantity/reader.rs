//! Reads the quantities of a text from its figures and words.

use super::digits::{digit, fraction};
use super::figures;
use super::number::Number;
use super::numerals::{Atom, Kind, Numerals};
use super::sum::{Sum, glued};
use super::token::{Token, Tokens, What};
use super::{Form, Piece, Quantity, roman, time};
use crate::text::Lang;

/// The quantities of a text in a language, in order of place. Takes linear time.
pub fn read(text: &str, lang: Lang) -> Vec<Quantity> {
    let numerals = Numerals::of(lang);
    let tokens = Tokens::of(text, numerals, lang.is_unspaced());
    let mut reader = Reader { text, numerals, tokens: &tokens.all, unspaced: lang.is_unspaced(), found: Vec::new() };
    let mut at = 0;
    while at < tokens.all.len() {
        at = reader.step(at).max(at + 1);
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    numerals: &'static Numerals,
    tokens: &'t [Token],
    unspaced: bool,
    found: Vec<Quantity>,
}

impl Reader<'_> {
    /// Reads what begins at a token; where the next begins.
    fn step(&mut self, at: usize) -> usize {
        let token = &self.tokens[at];
        match &token.what {
            What::Figures(_) => self.figures(at),
            What::Fraction(value) => {
                self.push(token.start, token.end, Form::Figures, vec![vec![Piece::of([*value])]]);
                at + 1
            }
            What::Word(word) => self.word(at, word),
        }
    }

    fn push(&mut self, start: usize, end: usize, form: Form, ways: Vec<Vec<Piece>>) {
        let converts = time::begins_with(&self.text[end..], &self.numerals.imperial);
        self.found.push(Quantity { start, end, form, ways, converts });
    }

    /// Of “3–5 million” and “6 to 8 p.m.” the first takes part in what the last says of both: `raise` tells what a number
    /// means then.
    fn share(&mut self, raise: impl Fn(Number) -> Vec<Number>) {
        let [.., first, last] = self.found.as_mut_slice() else { return };
        let bare = self.text[..first.end].ends_with(|c| digit(c).is_some());
        if !bare || first.end > last.start || first.form != last.form || !is_range(&self.text[first.end..last.start]) {
            return;
        }
        for way in &mut first.ways {
            if let [piece] = way.as_mut_slice() {
                let more: Vec<Number> = piece.readings.iter().flat_map(|n| raise(*n)).collect();
                piece.readings.extend(more);
            }
        }
    }

    fn figures(&mut self, at: usize) -> usize {
        let token = &self.tokens[at];
        let What::Figures(read) = &token.what else { return at + 1 };
        let before = &self.text[..token.start];
        let form = if is_code(before) { Form::Code } else { Form::Figures };
        // What multiplies: the way with one number is the one that is meant.
        let (end, next, times) = self.multiplied(at, read);
        if !times.is_empty() {
            self.push(token.start, end, form, times.into_iter().map(|n| vec![Piece { readings: n }]).collect());
            if let Some(power) = self.power_of(at + 1) {
                self.share(|n| vec![n.times_ten(power)]);
            }
            return next;
        }
        let mut ways: Vec<Vec<Piece>> =
            read.ways.iter().map(|way| way.iter().map(|n| Piece::of([*n])).collect()).collect();
        if ways.is_empty() {
            return at + 1;
        }
        let after = &self.text[token.end..];
        if let Some(hours) = time::hour(before, after, read, self.numerals) {
            ways.insert(0, hours);
        } else if let Some(n) = read.plain.and_then(Number::as_whole) {
            // “’98”, “平成30年”: the year that is meant.
            let era = self.numerals.eras.iter().find(|(name, _)| before.ends_with(name.as_str()));
            let more: Vec<u64> = match era {
                Some((_, base)) => vec![base + n],
                None if n < 100 && before.ends_with(['\'', '’', '‘']) => vec![1900 + n, 2000 + n],
                None => Vec::new(),
            };
            ways[0][0].readings.extend(more.into_iter().map(Number::whole));
        }
        // “P < .05”
        let point = before.strip_suffix('.').is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
        if let Some(below) = read.plain.filter(|_| point).and_then(|_| {
            let figures: String =
                self.text[token.start..token.end].chars().filter_map(digit).map(|d| char::from(b'0' + d)).collect();
            Number::parse(&format!("0.{figures}"))
        }) {
            ways[0][0].readings.push(below);
        }
        // “1850s”: the fifties of the 19th century.
        if let Some(year @ (1000..=2090 | 0..=90)) = read.plain.and_then(Number::as_whole)
            && year % 10 == 0
            && self.numerals.decades.iter().any(|letters| after.starts_with(letters.as_str()))
        {
            let more = if year < 100 { [1900 + year, 2000 + year] } else { [year % 100, year / 100 + 1] };
            ways[0][0].readings.extend(more.map(Number::whole));
        }
        // “10m”, “5k”: metres or millions.
        let behind = after.strip_prefix([' ', '\u{a0}']).unwrap_or(after);
        let letters = &behind[..behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len())];
        if let (Some(power), Some(first)) = (self.numerals.short(&letters.to_lowercase()), ways.first())
            && let [piece] = first.as_slice()
        {
            let raised: Vec<Number> = piece.readings.iter().map(|n| n.times_ten(power)).collect();
            ways[0][0].readings.extend(raised);
        }
        // “15:40” is shown as a whole; the full hour is told with or without its minutes.
        let colon = before.chars().next_back().filter(|c| matches!(c, ':' | '：'));
        let hour = self.found.last_mut().filter(|q| colon.is_some_and(|c| q.end + c.len_utf8() == token.start));
        let mut start = token.start;
        if let Some(hour) = hour {
            (start, hour.end) = (hour.start, token.end);
            if read.plain == Some(Number::whole(0)) {
                return at + 1;
            }
        }
        let of_day = time::follows(after, self.numerals);
        self.push(start, token.end, form, ways);
        if of_day {
            self.share(|n| n.as_whole().filter(|h| *h <= 24).map_or_else(Vec::new, time::hours_of));
        }
        at + 1
    }

    /// Figures with words that multiply them: where they end, the next token, and the values; none without such a word.
    fn multiplied(&self, at: usize, read: &figures::Figures) -> (usize, usize, Vec<Vec<Number>>) {
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
    fn chain(&self, sum: &mut Sum<'_>, from: usize) -> (usize, usize) {
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
    fn power_of(&self, at: usize) -> Option<u32> {
        let Some(Token { what: What::Word(word), start, .. }) = self.tokens.get(at) else { return None };
        if !is_gap(&self.text[self.tokens[at - 1].end..*start]) {
            return None;
        }
        let whole = self.numerals.atom(word).filter(|a| a.kind == Kind::Power).map(|a| a.value as u32);
        whole.or_else(|| Some(self.numerals.power_at(word).filter(|_| self.numerals.has_myriads())?.1))
    }

    /// The meaning of the word or phrase at a token, how many tokens it has, and whether “and” is written onto it.
    fn atom(&self, at: usize, word: &str) -> Option<(Atom, usize, bool)> {
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
    fn phrase(&self, at: usize, holds: impl Fn(&str) -> bool) -> Option<(String, usize)> {
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

    fn word(&mut self, at: usize, word: &str) -> usize {
        let token = &self.tokens[at];
        if let Some((_, count)) = self.phrase(at, |phrase| self.numerals.is_skipped(phrase)) {
            return at + count;
        }
        if self.numerals.is_skipped(word) {
            return at + 1;
        }
        if let Some(numbers) = self.positional(at) {
            return numbers;
        }
        let mut sum = Sum::new(self.numerals);
        let (end, next) = if self.atom(at, word).is_some() { self.first(&mut sum, at, word) } else { (0, at) };
        if sum.parts() > 0
            && let Some(value) = sum.value()
        {
            let single = sum.parts() == 1;
            let bare_power = single && self.atom(at, word).is_some_and(|(a, ..)| a.kind == Kind::Power);
            let mut sure = sum.counts && !sum.ordinal && !bare_power || sum.counted;
            let mut piece = Piece::of([value]);
            if self.unspaced && single {
                sure &= self.numerals.counters.iter().any(|c| self.text[end..].starts_with(c.as_str()));
            }
            // “一万六”: the last figure counts the next lower power.
            if self.unspaced
                && let Some(short) = sum.shortened()
            {
                piece.readings.push(short);
            }
            if single {
                piece.readings.extend(self.numerals.hint(word).unwrap_or_default());
            }
            let hours = time::follows(&self.text[end..], self.numerals);
            if let (true, Some(hour)) = (hours, value.as_whole().filter(|h| *h <= 24)) {
                piece.readings.extend(time::hours(hour).into_iter().map(Number::whole));
            }
            self.push(token.start, end, if sure { Form::Words } else { Form::Hint }, vec![vec![piece]]);
            return next;
        }
        let written = &self.text[token.start..token.end];
        let parts = [word, word.rsplit('\'').next().unwrap_or(word), word.split('\'').next().unwrap_or(word)];
        if let Some(readings) = parts.iter().find_map(|part| self.numerals.hint(part)) {
            self.push(token.start, token.end, Form::Hint, vec![vec![Piece { readings: readings.to_vec() }]]);
        } else if let Some(value) = roman::value(written) {
            self.push(token.start, token.end, Form::Hint, vec![vec![Piece::of([Number::whole(value)])]]);
        } else if self.numerals.glued
            && let Some((value, sure)) = glued(word, self.numerals)
        {
            self.push(
                token.start,
                token.end,
                if sure { Form::Words } else { Form::Hint },
                vec![vec![Piece::of([value])]],
            );
        }
        at + 1
    }

    fn first(&self, sum: &mut Sum<'_>, at: usize, word: &str) -> (usize, usize) {
        let Some((atom, count, _)) = self.atom(at, word) else { return (0, at) };
        if !sum.word(atom, false) {
            return (0, at);
        }
        self.chain(sum, at + count)
    }

    /// Han figures in a row without a power: “二〇二〇年” is a year, “三四天” three or four days.
    fn positional(&mut self, at: usize) -> Option<usize> {
        if !self.unspaced {
            return None;
        }
        let mut figures = String::new();
        let mut next = at;
        while let Some(Token { what: What::Word(word), start, .. }) = self.tokens.get(next)
            && (next == at || self.tokens[next - 1].end == *start)
            && let Some(atom) = self.numerals.atom(word)
            && atom.kind != Kind::Power
        {
            figures.push(char::from(b'0' + atom.value.min(9) as u8));
            next += 1;
        }
        if figures.len() < 2 {
            return None;
        }
        let power = self.tokens.get(next).is_some_and(|t| {
            t.start == self.tokens[next - 1].end
                && matches!(&t.what, What::Word(w) if self.numerals.atom(w).is_some_and(|a| a.kind == Kind::Power))
        });
        if power {
            return None;
        }
        let (start, end) = (self.tokens[at].start, self.tokens[next - 1].end);
        if figures.len() == 2 && !figures.contains('0') {
            // “九二共识” is of 1992.
            if let Some(n) = Number::parse(&figures) {
                self.push(start, end, Form::Hint, vec![vec![Piece::of([n])]]);
            }
            for token in &self.tokens[at..next] {
                let What::Word(word) = &token.what else { continue };
                let Some(atom) = self.numerals.atom(word) else { continue };
                let value = Piece::of([Number::whole(atom.value)]);
                self.found.push(Quantity { start, end, form: Form::Hint, ways: vec![vec![value]], converts: false });
            }
        } else if let Some(n) = Number::parse(&figures) {
            self.push(start, end, Form::Words, vec![vec![Piece::of([n])]]);
        }
        Some(next)
    }
}

/// Whether what stands between two numbers makes them a range or a list: a dash, or one short word.
fn is_range(between: &str) -> bool {
    let words = between.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    between.chars().count() <= 10 && words.count() <= 1 && !between.contains(['.', ';', '!', '?', '。', '\n', '('])
}

/// Whether the parts of one number may have this between them.
fn is_gap(text: &str) -> bool {
    text.len() <= 3 && text.chars().all(|c| matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}' | '\u{2011}'))
}

/// Whether figures behind this text belong to a name: “A4”, “COVID-19”.
fn is_code(before: &str) -> bool {
    let mut back = before.chars().rev();
    let letter = |c: char| c.is_alphabetic() && c < '\u{2e80}';
    match back.next() {
        Some(c) if letter(c) => !figures_before(before),
        Some('-' | '‑' | '–') => back.next().is_some_and(letter),
        Some('#') => true,
        _ => false,
    }
}

/// “11h35”: figures, letters, figures.
fn figures_before(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| c.is_alphabetic());
    before.len() - rest.len() <= 2 && rest.chars().next_back().is_some_and(|c| digit(c).is_some())
}

/// A fraction of one character as a token.
pub(super) fn fraction_value(c: char) -> Option<Number> {
    fraction(c).and_then(Number::parse)
}
