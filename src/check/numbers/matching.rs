//! Which quantities of a translation are those of its original.

use std::collections::{HashMap, HashSet};

use crate::text::quantity::{Form, Number, Piece, Quantity};

/// Quantities that do not agree: places in the two lists. With one of them only, the other text has nothing in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mismatch {
    pub source: Option<usize>,
    pub target: Option<usize>,
}

/// Compares the quantities of a stretch with those of what it renders.
///
/// Each is matched with one of the same value, in all that both can mean. What is left over on both sides is a number that
/// changed. A number left over on one side may be written in words that nobody listed, so that only figures count there.
pub(super) fn mismatches(source: &[Quantity], target: &[Quantity]) -> Vec<Mismatch> {
    let (source_values, target_values) = (values(source), values(target));
    let sources = pieces(source, &target_values);
    let targets = pieces(target, &source_values);
    let (free_sources, free_targets) = unmatched(&sources, &targets);
    let lost: Vec<&Part> = free_sources
        .iter()
        .map(|&at| &sources[at])
        .filter(|p| p.form != Form::Hint && !is_supported(p.piece, &target_values))
        .collect();
    let mut changed: Vec<&Part> = Vec::new();
    let mut again: Vec<&Part> = Vec::new();
    for part in free_targets.iter().map(|&at| &targets[at]).filter(|p| p.form != Form::Hint) {
        if is_supported(part.piece, &source_values) { again.push(part) } else { changed.push(part) }
    }
    let mut used = vec![false; lost.len()];
    let mut found: Vec<Mismatch> = Vec::new();
    let mut report = |source: Option<usize>, target: Option<usize>| {
        if !found.iter().any(|m| target.is_some() && m.target == target || target.is_none() && m.source == source) {
            found.push(Mismatch { source, target });
        }
    };
    let mut partner = |part: &Part| -> Option<usize> {
        let fits = |other: &Part| match part.form {
            Form::Code => other.form == Form::Code,
            _ => other.form != Form::Code,
        };
        let free = (0..lost.len()).filter(|&at| !used[at] && fits(lost[at]));
        // Of several, one written alike and at about the same place of the text.
        let best = free.min_by_key(|&at| (lost[at].form != part.form, lost[at].place.abs_diff(part.place)))?;
        used[best] = true;
        Some(lost[best].quantity)
    };
    for part in changed {
        match (partner(part), part.form) {
            (Some(at), _) if is_converted(&source[at], &target[part.quantity]) => {}
            (Some(at), _) => report(Some(at), Some(part.quantity)),
            (None, Form::Figures) if part.is_telling() => report(None, Some(part.quantity)),
            _ => {}
        }
    }
    // A number that stands once in the original and twice here, while another is missing.
    for part in again.into_iter().filter(|p| p.form == Form::Figures) {
        if let Some(source) = partner(part) {
            report(Some(source), Some(part.quantity));
        }
    }
    for (at, part) in lost.iter().enumerate() {
        if !used[at] && part.form == Form::Figures && part.is_telling() {
            report(Some(part.quantity), None);
        }
    }
    found
}

/// One number of a quantity, in the way that the other text bears out.
struct Part<'q> {
    quantity: usize,
    form: Form,
    piece: &'q Piece,
    /// How far into the list, in thousandths.
    place: usize,
}

/// Figures below this are as well written in words, and words are not all listed.
const WORDED: u64 = 13;

impl Part<'_> {
    fn is_telling(&self) -> bool {
        self.piece.readings.first().is_some_and(|n| n.as_whole().is_none_or(|n| n >= WORDED))
    }
}

fn values(quantities: &[Quantity]) -> HashSet<Number> {
    quantities.iter().flat_map(|q| q.ways.iter().flatten()).flat_map(|p| p.readings.iter().copied()).collect()
}

fn pieces<'q>(quantities: &'q [Quantity], others: &HashSet<Number>) -> Vec<Part<'q>> {
    let mut parts = Vec::with_capacity(quantities.len());
    for (at, quantity) in quantities.iter().enumerate() {
        let borne = |way: &&Vec<Piece>| way.iter().all(|piece| piece.readings.iter().any(|n| others.contains(n)));
        let way = quantity.ways.iter().find(borne).or(quantity.ways.first());
        let place = at * 1000 / quantities.len();
        parts.extend(way.into_iter().flatten().map(|piece| Part { quantity: at, form: quantity.form, piece, place }));
    }
    parts
}

/// The places of the parts that have no partner of the same value on the other side.
fn unmatched(sources: &[Part], targets: &[Part]) -> (Vec<usize>, Vec<usize>) {
    let mut taken = vec![false; sources.len()];
    let mut free: Vec<usize> = (0..targets.len()).collect();
    free.sort_by_key(|&at| targets[at].piece.readings.len());
    // Months with months, figures with figures, and only then the one with the other.
    for (ours, theirs) in [(Some(false), Some(false)), (Some(true), Some(true)), (None, None)] {
        let of = |part: &Part, hints: Option<bool>| hints.is_none_or(|hints| (part.form == Form::Hint) == hints);
        let mut by_value: HashMap<Number, Vec<usize>> = HashMap::new();
        // Lists are read from their ends.
        for at in (0..sources.len()).rev().filter(|&at| !taken[at] && of(&sources[at], theirs)) {
            for number in &sources[at].piece.readings {
                by_value.entry(*number).or_default().push(at);
            }
        }
        free.retain(|&at| {
            if !of(&targets[at], ours) {
                return true;
            }
            let partner = targets[at].piece.readings.iter().find_map(|number| {
                let list = by_value.get_mut(number)?;
                while let Some(source) = list.pop() {
                    if !taken[source] {
                        return Some(source);
                    }
                }
                None
            });
            partner.inspect(|&source| taken[source] = true).is_none()
        });
    }
    let mut free_targets = free;
    free_targets.sort_unstable();
    ((0..sources.len()).filter(|&at| !taken[at]).collect(), free_targets)
}

/// Whether a text has a number in any of its meanings, or says it in another way: “’98” for 1998, “2019/20” for 2020, one
/// and a half for 1.5.
fn is_supported(piece: &Piece, values: &HashSet<Number>) -> bool {
    piece.readings.iter().any(|n| {
        if values.contains(n) {
            return true;
        }
        let year = match n.as_whole() {
            Some(year @ 1100..=2099) => values.contains(&Number::whole(year % 100)),
            Some(year @ 10..=99) => (11..=20).any(|century| values.contains(&Number::whole(century * 100 + year))),
            _ => false,
        };
        let half = Number::parse("0.5").is_some_and(|half| {
            values.contains(&half) && values.len() < 64 && values.iter().any(|v| v.plus(half) == Some(*n))
        });
        year || half
    })
}

/// Feet to metres, miles to kilometres, pounds to kilograms, inches to centimetres, gallons to litres, acres to hectares,
/// yards to metres, ounces to grams, square feet to square metres, square miles to square kilometres, nautical miles to
/// kilometres.
const FACTORS: [f64; 11] = [0.3048, 1.609, 0.4536, 2.54, 3.785, 0.4047, 0.9144, 28.35, 0.0929, 2.59, 1.852];

/// Figures that are rounded after conversion are off by so much at most.
const ROUNDED: f64 = 0.06;

/// Whether a number is that of the original in other units of measure.
fn is_converted(source: &Quantity, target: &Quantity) -> bool {
    if source.converts == target.converts {
        return false;
    }
    let value = |q: &Quantity| q.ways.first()?.first()?.readings.first().map(|n| n.approximate());
    let (Some(from), Some(to)) = (value(source), value(target)) else { return false };
    let (from, to) = if source.converts { (from, to) } else { (to, from) };
    let near = |expected: f64| (to - expected).abs() <= ROUNDED * expected.abs().max(1.0);
    FACTORS.iter().any(|factor| near(from * factor)) || near((from - 32.0) / 1.8)
}
