//! Hours of the day: what is 3 o’clock in one language is 15 Uhr in another.

use super::Piece;
use super::digits::digit;
use super::figures::Figures;
use super::number::Number;
use super::numerals::Numerals;
use crate::text::fold;

/// The hours that an hour may be called elsewhere, itself left out.
pub(super) fn hours(hour: u64) -> Vec<u64> {
    match hour {
        0 | 24 => vec![0, 24, 12],
        12 => vec![0, 24],
        1..=11 => vec![hour + 12],
        _ => vec![hour - 12],
    }
}

/// What figures mean where they tell an hour: “15:40”, “3.40 Uhr”, “3 p.m.”.
pub(super) fn hour(before: &str, after: &str, figures: &Figures, numerals: &Numerals) -> Option<Vec<Piece>> {
    let first = figures.ways.last()?.first()?.as_whole()?;
    // “1200 GMT”.
    if (1000..=2400).contains(&first) && first % 100 < 60 && figures.plain.is_some() && follows(after, numerals) {
        return Some(with_minutes(of_day(first / 100), first % 100));
    }
    if first > 24 {
        return None;
    }
    let hour = of_day(first);
    match figures.ways.last()?.as_slice() {
        [_] if !before.ends_with([':', '：']) && (minutes_follow(after) || follows(after, numerals)) => {
            Some(vec![hour])
        }
        [_, minutes] if minutes.as_whole().is_some_and(|m| m < 60) && follows(after, numerals) => {
            Some(with_minutes(hour, minutes.as_whole()?))
        }
        _ => None,
    }
}

/// The same as numbers.
pub(super) fn hours_of(hour: u64) -> Vec<Number> {
    hours(hour).into_iter().map(Number::whole).collect()
}

fn of_day(hour: u64) -> Piece {
    let all = std::iter::once(hour).chain(hours(hour));
    Piece { readings: all.map(Number::whole).collect() }
}

/// The full hour is told with or without its minutes.
fn with_minutes(hour: Piece, minutes: u64) -> Vec<Piece> {
    if minutes == 0 { vec![hour] } else { vec![hour, Piece::of([Number::whole(minutes)])] }
}

fn minutes_follow(after: &str) -> bool {
    let Some(rest) = after.strip_prefix([':', '：']) else { return false };
    let mut chars = rest.chars().map(digit);
    matches!((chars.next(), chars.next()), (Some(Some(0..=5)), Some(Some(_)))) && !matches!(chars.next(), Some(Some(_)))
}

/// Whether a word for an hour of the day follows.
pub(super) fn follows(after: &str, numerals: &Numerals) -> bool {
    begins_with(after, &numerals.clock)
}

/// Whether a text begins with one of these folded words, after a space or hyphen.
pub(super) fn begins_with(text: &str, words: &[String]) -> bool {
    let rest = text.trim_start_matches([' ', '-', '\u{a0}', '\u{202f}']);
    let near = rest.char_indices().nth(24).map_or(rest, |(at, _)| &rest[..at]);
    let near = if words.is_empty() { String::new() } else { fold(near) };
    words.iter().any(|word| {
        near.strip_prefix(word.as_str()).is_some_and(|rest| {
            let open = word.chars().all(|c| c < '\u{2e80}');
            !(open && rest.starts_with(char::is_alphabetic))
        })
    })
}
