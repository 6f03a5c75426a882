//! Numbers that begin with a word: “thirty-one”, “二〇二〇”, “XIV”.

use super::super::number::Number;
use super::super::numerals::Kind;
use super::super::sum::{Sum, glued};
use super::super::token::{Token, What};
use super::super::{Form, Piece, Quantity, roman, time};
use super::Reader;

impl Reader<'_> {
    pub(super) fn word(&mut self, at: usize, word: &str) -> usize {
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
                // “十四五年”: fourteen or fifteen.
                if let (Some(n), Some(before)) = (value.as_whole(), self.ten_before(at)) {
                    sure = false;
                    piece.readings.push(Number::whole(before - before % 10 + n));
                }
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
            // “siebenundzwanzig Tausend”
            let mut sum = Sum::new(self.numerals);
            sum.figures(value);
            let (end, next) = self.chain(&mut sum, at + 1);
            if let Some(value) = sum.value().filter(|_| sure && sum.multiplied) {
                self.push(token.start, end, Form::Words, vec![vec![Piece::of([value])]]);
                return next;
            }
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

    /// The number that ends right before a token, where it is one less in its last place: of what is written so, either is meant.
    fn ten_before(&self, at: usize) -> Option<u64> {
        let token = &self.tokens[at];
        let What::Word(word) = &token.what else { return None };
        let value = self.numerals.atom(word)?.value;
        let last = self.found.last().filter(|last| last.end == token.start)?;
        let number = last.ways.first()?.first()?.readings.first()?.as_whole()?;
        (number > 10 && number % 10 + 1 == value).then_some(number)
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
