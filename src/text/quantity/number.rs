//! The value of a quantity, exact: 1.2 million is 1,200,000 and nothing beside it.

use std::fmt;

/// A decimal number: `digits` × 10 to the power of `tens`, without noughts at the end of `digits`, so that equal values are
/// equal numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    digits: u128,
    tens: i32,
}

/// Figures that a number may have; what is longer is no quantity but a code.
const LONGEST: usize = 24;

impl Number {
    /// A whole number.
    pub fn whole(digits: u64) -> Number {
        Number::scaled(u128::from(digits), 0)
    }

    /// Reads ASCII figures with at most one point; `None` where there is none, or more than 24.
    pub fn parse(figures: &str) -> Option<Number> {
        let (before, after) = figures.split_once('.').unwrap_or((figures, ""));
        let all = before.len() + after.len();
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if all == 0 || all > LONGEST || !plain(before) || !plain(after) {
            return None;
        }
        let digits = before.bytes().chain(after.bytes()).fold(0, |sum: u128, b| sum * 10 + u128::from(b - b'0'));
        Some(Number::scaled(digits, -(after.len() as i32)))
    }

    fn scaled(mut digits: u128, mut tens: i32) -> Number {
        while digits != 0 && digits.is_multiple_of(10) {
            digits /= 10;
            tens += 1;
        }
        Number { digits, tens: if digits == 0 { 0 } else { tens } }
    }

    /// So many tens multiplied: 1.2 by 10 to the power of 6.
    pub fn times_ten(self, power: u32) -> Number {
        Number { tens: if self.digits == 0 { 0 } else { self.tens + power as i32 }, ..self }
    }

    /// The sum; `None` where the two are too far apart to be added exactly.
    pub fn plus(self, other: Number) -> Option<Number> {
        let low = self.tens.min(other.tens);
        let digits = |n: Number| n.digits.checked_mul(10u128.checked_pow((n.tens - low) as u32)?);
        Some(Number::scaled(digits(self)?.checked_add(digits(other)?)?, low))
    }

    /// The value, about.
    pub fn approximate(self) -> f64 {
        self.digits as f64 * 10f64.powi(self.tens)
    }

    /// The value where it is a whole number below 2 to the power of 64.
    pub fn as_whole(self) -> Option<u64> {
        let factor = 10u128.checked_pow(u32::try_from(self.tens).ok()?)?;
        u64::try_from(self.digits.checked_mul(factor)?).ok()
    }
}

impl fmt::Display for Number {
    /// As in figures, grouped by commas in threes, with a point: `1,200,000`, `2.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut figures = self.digits.to_string();
        let mut fraction = String::new();
        if self.tens >= 0 {
            figures.extend(std::iter::repeat_n('0', self.tens.min(60) as usize));
        } else {
            let after = self.tens.unsigned_abs() as usize;
            while figures.len() <= after {
                figures.insert(0, '0');
            }
            fraction = format!(".{}", figures.split_off(figures.len() - after));
        }
        // A year has four figures and no comma.
        let grouped = figures.len() > 4;
        for (at, c) in figures.char_indices() {
            if grouped && at > 0 && (figures.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{c}")?;
        }
        f.write_str(&fraction)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_equal() {
        let read = |s| Number::parse(s).unwrap();
        assert_eq!(read("1.20").times_ten(6), read("1200000"));
        assert_eq!(read("0.5").plus(read("2")), Some(read("2.5")));
        assert_eq!(read("000").times_ten(3), Number::whole(0));
        assert_ne!(read("1.2"), read("12"));
        assert_eq!(read("1500").as_whole(), Some(1500));
        assert_eq!(read("1.5").as_whole(), None);
        assert_eq!(Number::parse("."), None);
        assert_eq!(Number::parse(&"9".repeat(25)), None);
        assert_eq!(Number::whole(1).times_ten(90).plus(Number::whole(1)), None);
    }

    #[test]
    fn shown_in_figures() {
        let shown = |s, power| Number::parse(s).unwrap().times_ten(power).to_string();
        assert_eq!(shown("1.2", 6), "1,200,000");
        assert_eq!(shown("0.05", 0), "0.05");
        assert_eq!(shown("1985", 0), "1985");
        assert_eq!(shown("12345.5", 0), "12,345.5");
    }
}
