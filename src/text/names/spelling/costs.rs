//! What it costs to take one sound for another, or to have one more.

use super::sounds::CH;

fn is_vowel(unit: u8) -> bool {
    matches!(unit, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Pairs of units that romanisations write for one letter, with the cost of taking one for the other.
const LIKE: &[(&[u8; 2], f32)] = &[
    (b"bv", 0.35),
    (b"bw", 0.5),
    (b"vw", 0.15),
    (b"fv", 0.35),
    (b"fp", 0.4),
    (b"fw", 0.5),
    (b"bp", 0.6),
    (b"uv", 0.5),
    (b"uw", 0.3),
    (b"ow", 0.5),
    (b"ck", 0.1),
    (b"kq", 0.1),
    (b"cq", 0.15),
    (b"gk", 0.6),
    (b"gq", 0.4),
    (b"kK", 0.25),
    (b"cC", 0.25),
    (b"kC", 0.4),
    (b"KC", 0.25),
    (b"hK", 0.15),
    (b"hC", 0.25),
    (b"gG", 0.15),
    (b"hg", 0.4),
    (b"hG", 0.4),
    (b"KG", 0.5),
    (b"KH", 0.8),
    (b"hk", 0.7),
    (b"hx", 0.5),
    (b"jh", 0.5),
    (b"sz", 0.25),
    (b"sT", 0.5),
    (b"zT", 0.3),
    (b"cT", 0.2),
    (b"cs", 0.3),
    (b"cz", 0.4),
    (b"sS", 0.3),
    (b"zZ", 0.3),
    (b"SZ", 0.35),
    (b"SC", 0.4),
    (b"zS", 0.6),
    (b"CT", 0.4),
    (b"cS", 0.5),
    (b"sC", 0.5),
    (b"xs", 0.4),
    (b"xS", 0.3),
    (b"xk", 0.6),
    (b"ZJ", 0.25),
    (b"jZ", 0.25),
    (b"jJ", 0.15),
    (b"gJ", 0.3),
    (b"gj", 0.35),
    (b"gZ", 0.5),
    (b"zJ", 0.5),
    (b"zj", 0.5),
    (b"sj", 0.7),
    (b"jC", 0.6),
    (b"Sj", 0.5),
    (b"dt", 0.6),
    (b"tH", 0.15),
    (b"dH", 0.45),
    (b"sH", 0.55),
    (b"tT", 0.6),
    (b"lr", 0.7),
    (b"mn", 0.65),
    (b"ij", 0.15),
    (b"iy", 0.1),
    (b"jy", 0.15),
    (b"ey", 0.3),
    (b"ae", 0.4),
    (b"ei", 0.3),
    (b"ou", 0.25),
    (b"ao", 0.4),
    (b"ai", 0.6),
    (b"au", 0.6),
    (b"eo", 0.55),
    (b"io", 0.7),
    (b"eu", 0.6),
    (b"iu", 0.6),
    (b"uy", 0.45),
    (b"ay", 0.7),
    (b"oy", 0.7),
];

/// The cost of taking one unit for another, in twentieths, by their lowest six bits: no two units share those.
pub(super) static SUBSTITUTE: [[u8; 64]; 64] = {
    let mut table = [[22; 64]; 64];
    let mut i = 0;
    while i < 64 {
        table[i][i] = 0;
        i += 1;
    }
    let mut i = 0;
    while i < LIKE.len() {
        let (a, b) = (code(LIKE[i].0[0]), code(LIKE[i].0[1]));
        let cost = (LIKE[i].1 * 20.0 + 0.5) as u8;
        table[a][b] = cost;
        table[b][a] = cost;
        i += 1;
    }
    table
};

pub(super) const fn code(unit: u8) -> usize {
    unit as usize & 63
}

/// The cost of a unit that only one spelling has, between its neighbours there; in twentieths.
pub(super) fn extra(units: &[u8], at: usize) -> u8 {
    let unit = units[at];
    let before = if at == 0 { 0 } else { units[at - 1] };
    let after = units.get(at + 1).copied().unwrap_or(0);
    if unit == before || (unit == b'y' && before == b'i') || (unit == b'i' && matches!(before, b'y' | b'e')) {
        return 3;
    }
    match unit {
        b'h' => 5,
        b'y' | b'j' | b'i' if is_vowel(before) || is_vowel(after) => 5,
        b'c' if matches!(after, b'k' | b'q') => 2,
        b't' if after == CH || before == b'd' => 4,
        b'u' if before == b'o' => 3,
        b'o' if after == b'u' => 4,
        b'w' | b'u' if is_vowel(before) => 8,
        b'e' if after == 0 && at > 0 => 7,
        b'e' if is_vowel(before) || is_vowel(after) => 6,
        _ if is_vowel(unit) && at == 0 => 14,
        _ if is_vowel(unit) && after == 0 => 13,
        _ if is_vowel(unit) && (is_vowel(before) || is_vowel(after)) => 8,
        _ if is_vowel(unit) => 10,
        _ => 20,
    }
}
