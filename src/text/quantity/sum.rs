//! Putting the parts of a number together: “two hundred and five thousand”, “fünf-und-zwanzig”, “5万5千”.

use super::number::Number;
use super::numerals::{Atom, Kind, Numerals};

/// A number while its parts are read.
#[derive(Debug)]
pub(super) struct Sum<'n> {
    numerals: &'n Numerals,
    /// Powers from this on multiply all that stands before them up to the last of their kind.
    big: u32,
    total: Number,
    section: Number,
    unit: Option<Number>,
    /// The last power of each kind, which the next must stay under.
    small: u32,
    last: u32,
    parts: usize,
    /// Whether a part surely counts.
    pub counts: bool,
    pub ordinal: bool,
    pub multiplied: bool,
    /// Whether a power multiplied a number: “one million”, not “millions”.
    pub counted: bool,
}

impl<'n> Sum<'n> {
    pub fn new(numerals: &'n Numerals) -> Sum<'n> {
        let nought = Number::whole(0);
        let big = if numerals.has_myriads() { 4 } else { 3 };
        let (last, small) = (u32::MAX, big);
        Sum {
            numerals,
            big,
            total: nought,
            section: nought,
            unit: None,
            small,
            last,
            parts: 0,
            counts: false,
            ordinal: false,
            multiplied: false,
            counted: false,
        }
    }

    pub fn parts(&self) -> usize {
        self.parts
    }

    /// The last power that multiplied all before it.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// What “one ten-thousand six” means in short: 16,000.
    pub fn shortened(&self) -> Option<Number> {
        let unit = self.unit.filter(|_| self.multiplied)?;
        unit.as_whole().filter(|n| *n < 10)?;
        let power = if self.section == Number::whole(0) { self.last } else { self.small };
        self.total.plus(self.section)?.plus(unit.times_ten(power.checked_sub(1).filter(|p| *p < 20)?))
    }

    pub fn value(&self) -> Option<Number> {
        self.total.plus(self.section)?.plus(self.unit.unwrap_or(Number::whole(0)))
    }

    /// Adds figures; they come first, or behind a power.
    pub fn figures(&mut self, number: Number) -> bool {
        let room = self.parts == 0 || self.unit.is_none() && self.multiplied && self.fits(number);
        if room {
            self.unit = Some(number);
            self.parts += 1;
            self.counts = true;
        }
        room
    }

    /// Whether a number is less than the last power.
    fn fits(&self, number: Number) -> bool {
        let power = if self.section == Number::whole(0) { self.last } else { self.small };
        let below = || number.as_whole().is_some_and(|n| 10u64.checked_pow(power).is_none_or(|limit| n < limit));
        power == u32::MAX || below()
    }

    /// Adds a word; false where the number ends before it. `joined` says whether an “and” stands before it.
    pub fn word(&mut self, atom: Atom, joined: bool) -> bool {
        if self.ordinal {
            return false;
        }
        let added = match atom.kind {
            Kind::Power => self.power(atom.value as u32),
            _ => self.count(atom.value, joined),
        };
        if added {
            self.parts += 1;
            self.ordinal = atom.kind == Kind::Ordinal;
            self.counts |= atom.kind == Kind::Cardinal;
        }
        added
    }

    fn count(&mut self, value: u64, joined: bool) -> bool {
        let number = Number::whole(value);
        let Some(unit) = self.unit else {
            if self.parts > 0 && (!self.fits(number) || value == 0) {
                return false;
            }
            // A hundred is a section of its own: “doscientos mil”.
            if value >= 100 && value.is_multiple_of(100) {
                if self.section != Number::whole(0) {
                    return false;
                }
                (self.section, self.small) = (number, 2);
                self.multiplied = true;
                return true;
            }
            self.unit = Some(number);
            return true;
        };
        let Some(before) = unit.as_whole().filter(|n| *n < 100) else { return false };
        let tens = before >= 20 && before.is_multiple_of(10) && (1..10).contains(&value);
        let score = matches!(before, 60 | 80) && (10..20).contains(&value);
        let teens = self.numerals.adds_to_ten && before == 10 && (1..10).contains(&value);
        let turned = self.numerals.unit_first
            && joined
            && (1..10).contains(&before)
            && (20..100).contains(&value)
            && value.is_multiple_of(10);
        if !(tens || score || teens || turned) {
            return false;
        }
        self.unit = unit.plus(number);
        true
    }

    fn power(&mut self, power: u32) -> bool {
        let one = Number::whole(1);
        if power < self.big {
            // “1000万千瓦”: the thousand is part of another word.
            let bare = self.unit.is_none() && self.parts > 0 && self.numerals.has_myriads();
            if bare || power >= self.small || power == 1 && self.unit.and_then(Number::as_whole).is_some_and(|n| n > 9)
            {
                return false;
            }
            let Some(section) = self.section.plus(self.unit.unwrap_or(one).times_ten(power)) else { return false };
            (self.section, self.small) = (section, power);
        } else {
            // “mil millones”, “5 万亿”: the power is that of all before it.
            let before = if power > self.last && self.last != u32::MAX { self.total } else { Number::whole(0) };
            let Some(mut counted) = self.section.plus(self.unit.unwrap_or(Number::whole(0))) else { return false };
            if counted == Number::whole(0) && before == Number::whole(0) {
                counted = if self.unit.is_some() { counted } else { one };
            }
            if power == self.last {
                return false;
            }
            let Some(raised) = before.plus(counted).map(|n| n.times_ten(power)) else { return false };
            let rest = if before == Number::whole(0) { self.total } else { Number::whole(0) };
            let Some(total) = rest.plus(raised) else { return false };
            (self.total, self.section, self.small, self.last) = (total, Number::whole(0), self.big, power);
        }
        self.multiplied |= self.parts > 0;
        self.counted |= self.unit.is_some();
        self.unit = None;
        true
    }
}

/// The number that a word means which is written together of several: “zweihundertfünf”, “huszonöt”. With a suffix
/// (“dreijährig”) it is only a hint.
pub(super) fn glued(word: &str, numerals: &Numerals) -> Option<(Number, bool)> {
    if word.len() > 80 {
        return None;
    }
    // Where no part can begin that leads to an end; each place is tried once.
    let mut dead = vec![false; 2 * (word.len() + 1)];
    let mut parts = Vec::new();
    let suffixed = cut(word, 0, numerals, &mut dead, &mut parts)?;
    let mut sum = Sum::new(numerals);
    let mut joined = false;
    for part in &parts {
        match part {
            None => joined = true,
            Some(atom) => {
                if !sum.word(*atom, joined) {
                    return None;
                }
                joined = false;
            }
        }
    }
    let sure = !suffixed && sum.parts() > 1 && !sum.ordinal;
    (sum.parts() > 1 || suffixed).then_some((sum.value()?, sure))
}

/// Cuts a word into parts from a byte on; `None` among them is a joiner. Whether a suffix ends it.
fn cut(word: &str, at: usize, numerals: &Numerals, dead: &mut [bool], parts: &mut Vec<Option<Atom>>) -> Option<bool> {
    let counted = parts.last().is_some_and(Option::is_some);
    let place = 2 * at + usize::from(counted);
    if std::mem::replace(&mut dead[place], true) {
        return None;
    }
    let rest = &word[at..];
    if rest.is_empty() {
        return counted.then_some(false);
    }
    let ends: Vec<usize> = rest.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
    for &end in ends.iter().rev().filter(|&&end| end <= numerals.longest()) {
        if let Some(atom) = numerals.whole_atom(&rest[..end]) {
            parts.push(Some(atom));
            if let Some(suffixed) = cut(word, at + end, numerals, dead, parts) {
                return Some(suffixed);
            }
            parts.pop();
        }
    }
    if counted {
        for joiner in numerals.joiners().filter(|j| rest.starts_with(j)) {
            parts.push(None);
            if let Some(suffixed) = cut(word, at + joiner.len(), numerals, dead, parts) {
                return Some(suffixed);
            }
            parts.pop();
        }
        if numerals.is_suffix(rest) {
            return Some(true);
        }
    }
    None
}
