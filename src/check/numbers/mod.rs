//! Numbers of a translation that are not those of its original, compared by their values.

mod matching;

use serde::Deserialize;

use self::matching::Mismatch;
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::quantity::{self, Numerals, Quantity};
use crate::text::{At, Lang, Pair, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    what: What,
}

/// What a lint is about: a writer mends the one here and now, and the other by translating what was left out.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// A number of the translation that is not that of the original.
    #[default]
    Changed,
    /// A number of the original that is not in the translation.
    Missing,
}

impl Check for Numbers {
    fn needs_source(&self) -> bool {
        true
    }

    fn is_silent_in(&self, lang: Lang) -> bool {
        !Numerals::of(lang).is_known()
    }

    fn pair<'a>(&self, pair: &Pair<'a>, out: &mut Findings<'a>) {
        let languages = [lang(pair.source), lang(pair.target)];
        if languages.iter().any(|lang| self.is_silent_in(*lang)) {
            return;
        }
        let (source, target) = (quantities(pair.source, languages[0]), quantities(pair.target, languages[1]));
        let ours = |m: &Mismatch| m.target.is_none() == (self.what == What::Missing);
        for mismatch in matching::mismatches(&source, &target).into_iter().filter(ours) {
            let original = mismatch.source.map(|at| &source[at]);
            let (at, how) = match (mismatch.target, original) {
                (Some(at), Some(_)) => (place(pair.target, &target[at]), "changed"),
                (Some(at), None) => (place(pair.target, &target[at]), "added"),
                (None, _) => (end(pair.target), "missing"),
            };
            let slots = |at: At<'a>, quantity: Option<&Quantity>| {
                let text = quantity.map_or("", |q| place(at, q).slice(at.doc.text()));
                (text, quantity.map_or_else(String::new, |q| reading(q, text)))
            };
            let (text, value) = slots(pair.target, mismatch.target.map(|at| &target[at]));
            let (other, meant) = slots(pair.source, original);
            let finding = Finding::new(pair.target.doc, at)
                .phrase("how", how)
                .slot("text", text)
                .slot("value", value)
                .slot("original", other)
                .slot("meant", meant);
            out.push(match original {
                Some(quantity) => finding.related_in(pair.source.doc, place(pair.source, quantity)),
                None => finding.related_in(pair.source.doc, pair.source.span),
            });
        }
    }
}

fn lang(at: At<'_>) -> Lang {
    at.doc.block_at(at.span.start).map_or(at.doc.lang(), |block| block.lang)
}

fn quantities(at: At<'_>, lang: Lang) -> Vec<Quantity> {
    let mut all = quantity::read(at.text(), lang);
    let unspaced = lang.is_unspaced();
    all.retain(|q| {
        let vague = unspaced && is_one_or_next(&at.text()[q.start..q.end]);
        !is_partly_masked(at, q) && !at.doc.is_masked(place(at, q)) && !is_in_name(at.text(), q.start, q.end) && !vague
    });
    all
}

/// Whether code or an address ends or begins inside of a quantity: “`400`만”, only 400.
fn is_partly_masked(at: At<'_>, quantity: &Quantity) -> bool {
    let span = place(at, quantity);
    let masks = at.doc.masks();
    let first = masks.partition_point(|mask| mask.span.end <= span.start);
    masks[first..].iter().take_while(|mask| mask.span.start < span.end).any(|mask| !mask.span.contains(span))
}

/// Whether figures are part of a name that is written with them: “WR417H”, “4x4”. Letters of scripts without capitals are words
/// of their own.
fn is_in_name(text: &str, start: usize, end: usize) -> bool {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let figure = |c: char| c.is_ascii_digit();
    let own = text[start..end].chars().all(figure);
    let before = text[..start].chars().rev().take_while(|c| cased(*c) || figure(*c));
    let after = text[end..].chars().take_while(|c| cased(*c) || figure(*c));
    let (before, after): (String, String) = (before.collect(), after.collect());
    let times = |side: &str| side.starts_with(['x', 'X', 'х']) && side.chars().nth(1).is_some_and(figure);
    let inside = before.starts_with(cased) && after.starts_with(cased);
    let ends = |one: &str, two: &str| two.is_empty() && one.contains(figure) && one.starts_with(cased);
    own && (inside || times(&before) || times(&after) || ends(&before, &after) && before.ends_with(cased))
}

/// “2，3 times”: one number or the next, as Chinese and Japanese say a few.
fn is_one_or_next(text: &str) -> bool {
    let mut chars = text.chars();
    let (one, mark, two) =
        (chars.next().and_then(quantity::digit), chars.next(), chars.next().and_then(quantity::digit));
    let pair = one.zip(two).is_some_and(|(one, two)| two == one + 1);
    pair && matches!(mark, Some(',' | '，' | '、' | '､')) && chars.next().is_none()
}

fn place(at: At<'_>, quantity: &Quantity) -> Span {
    Span::new(at.span.start + quantity.start as u32, at.span.start + quantity.end as u32)
}

/// The last word of a stretch: what is missing has no place.
fn end(at: At<'_>) -> Span {
    let words = at.doc.words();
    let behind = words.partition_point(|word| word.span.end <= at.span.end);
    behind.checked_sub(1).map(|at| words[at].span).filter(|span| span.start >= at.span.start).unwrap_or(at.span)
}

/// How a quantity is read, where that is not plain from how it is written: ` = 1,200,000`.
fn reading(quantity: &Quantity, text: &str) -> String {
    let way = quantity.ways.first().map_or(&[][..], Vec::as_slice);
    let values: Vec<String> = way.iter().filter_map(|piece| Some(piece.readings.first()?.to_string())).collect();
    let figures = |text: &str| text.chars().filter_map(quantity::digit).collect::<Vec<_>>();
    match values.as_slice() {
        [value] if figures(value) != figures(text) || value.contains('.') != text.contains('.') => {
            format!(" = {value}")
        }
        _ => String::new(),
    }
}
