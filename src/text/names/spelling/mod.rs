//! How far two spellings of a name lie apart, in the terms of those who carry names from one script into another.
//!
//! A plain edit distance takes `Hebby`/`Hebe` for as far apart as `Hebby`/`Herbs`. Here a spelling is first read as
//! sounds: `sch`, `kh`, `ts` are one unit each. Changing a unit into one that other romanisations write for the same
//! letter (`v`/`b`/`w`, `ts`/`tz`/`z`, `kh`/`h`/`ch`, `y`/`i`/`j`) costs little, so do doubled letters, a silent `h`
//! and the vowels that Arabic and Hebrew do not write; an unrelated consonant costs 1.

mod costs;
mod sounds;

use self::costs::{SUBSTITUTE, code};
use self::sounds::LONGEST;

pub use self::sounds::{Skeleton, Sounds};

/// The distance of two spellings; 1 is one unrelated consonant. Symmetric, and 0 for spellings that differ in marks
/// and case only.
pub fn distance(a: &Sounds, b: &Sounds) -> f32 {
    distance_within(a, b, f32::INFINITY).unwrap_or_default()
}

/// The distance of two spellings, unless it is more than `most`; then mostly the first few letters tell.
pub fn distance_within(a: &Sounds, b: &Sounds, most: f32) -> Option<f32> {
    let most = (most * 20.0).ceil() as u32;
    let (a_units, b_units) = (&a.units, &b.units);
    let (a_len, b_len) = (a.units().len(), b.units().len());
    let mut rows = [[0u32; LONGEST + 1]; 3];
    let [before, above, row] = &mut rows;
    let (mut before, mut above, mut row) = (before, above, row);
    for j in 0..b_len {
        above[j + 1] = above[j] + u32::from(b.extras[j]);
    }
    let mut least_above = 0;
    for i in 0..a_len {
        let drop_a = u32::from(a.extras[i]);
        let substitute = &SUBSTITUTE[code(a_units[i])];
        row[0] = above[0] + drop_a;
        let mut least = row[0];
        for j in 0..b_len {
            let change = u32::from(substitute[code(b_units[j])]);
            // A different beginning weighs more than a different middle.
            let change = if i == 0 && j == 0 { change * 5 / 4 } else { change };
            let mut cost = (above[j] + change).min(above[j + 1] + drop_a).min(row[j] + u32::from(b.extras[j]));
            if i > 0 && j > 0 && a_units[i] == b_units[j - 1] && a_units[i - 1] == b_units[j] && change != 0 {
                cost = cost.min(before[j - 1] + 12);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        // Every way to the end leads through this row, or from the one above it over two swapped letters.
        if least > most && least_above > most {
            return None;
        }
        least_above = least;
        (before, above, row) = (above, row, before);
    }
    let cost = above[b_len];
    (cost <= most).then_some(cost as f32 / 20.0)
}

/// A distance set in proportion to the length of the two spellings, in 0 (one spelling) to about 1.
///
/// Measured on 25 November 2026 on 2,102 pairs of spellings of one name and 3,107 of like names of two: by this figure alone
/// the area under the curve is 0.953 (romanisations 0.971, by the distance itself 0.970; vowels that make another name
/// 0.888). Up to 0.05 lie 73 % of the ones and 1 % of the others, up to 0.15 95 % and 28 %, up to 0.34 99 % and 96 %: near 0
/// it tells by itself, above 0.1 other evidence must.
pub fn for_length(distance: f32, a: &Sounds, b: &Sounds) -> f32 {
    distance * 2.0 / (a.units().len() + b.units().len()).max(1) as f32
}

/// The distance that [`for_length`] makes this proportion of.
pub fn of_length(proportion: f32, a: &Sounds, b: &Sounds) -> f32 {
    proportion * (a.units().len() + b.units().len()).max(1) as f32 / 2.0
}
