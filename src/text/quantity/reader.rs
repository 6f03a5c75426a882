//! Reads the quantities of a text from its figures and words.

mod chain;
mod words;

use super::digits::{digit, fraction};
use super::number::Number;
use super::numerals::Numerals;
use super::token::{Token, Tokens, What};
use super::{Form, Piece, Quantity, time};
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
}

/// Whether what stands between two numbers makes them a range or a list: a dash, or one short word.
fn is_range(between: &str) -> bool {
    let words = between.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    between.chars().count() <= 10 && words.count() <= 1 && !between.contains(['.', ';', '!', '?', '。', '\n', '('])
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
