//! How far two spellings of a name lie apart, in the terms of those who carry names from one script into another.
//!
//! A plain edit distance takes `Hebby`/`Hebe` for as far apart as `Hebby`/`Herbs`. Here a spelling is first read as
//! sounds: `sch`, `kh`, `ts` are one unit each. Changing a unit into one that other romanisations write for the same
//! letter (`v`/`b`/`w`, `ts`/`tz`/`z`, `kh`/`h`/`ch`, `y`/`i`/`j`) costs little, so do doubled letters, a silent `h`
//! and the vowels that Arabic and Hebrew do not write; an unrelated consonant costs 1.

/// Units longer than this are cut off: no name is so long, and tokens of megabytes stay cheap.
const LONGEST: usize = 32;

/// More consonants of a name tell nothing new.
const LONGEST_SKELETON: usize = 8;

/// A spelling read as sounds: one byte a unit, `a`–`z` for letters, capital letters for groups of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sounds {
    units: [u8; LONGEST],
    /// What each unit costs where only this spelling has it (see [`extra`]).
    extras: [u8; LONGEST],
    len: u8,
    /// Letters of the spelling, marks stripped: what the length of a name is measured in.
    letters: u8,
}

/// `sh`, `sch`, `sz`.
const SH: u8 = b'S';
/// `ch` as in church, and all that other scripts romanise as `ch`.
const CH: u8 = b'C';
/// `kh`.
const KH: u8 = b'K';
/// `zh`.
const ZH: u8 = b'Z';
/// `ts`, `tz`.
const TS: u8 = b'T';
/// `th`.
const TH: u8 = b'H';
/// `gh`.
const GH: u8 = b'G';
/// `dj`, `dzh`.
const DJ: u8 = b'J';

/// Letter groups that are one sound, the longer before the shorter.
const GROUPS: &[(&[u8], u8)] = &[
    (b"tsch", CH),
    (b"dsch", DJ),
    (b"shch", SH),
    (b"sch", SH),
    (b"tch", CH),
    (b"tsh", CH),
    (b"dzh", DJ),
    (b"sh", SH),
    (b"sz", SH),
    (b"ch", CH),
    (b"cz", CH),
    (b"kh", KH),
    (b"zh", ZH),
    (b"ts", TS),
    (b"tz", TS),
    (b"th", TH),
    (b"dh", b'd'),
    (b"bh", b'b'),
    (b"gh", GH),
    (b"ph", b'f'),
    (b"dj", DJ),
    (b"ck", b'k'),
    (b"qu", b'k'),
];

impl Sounds {
    /// Reads a spelling in any alphabet; `None` where fewer than two letters remain.
    pub fn of(spelling: &str) -> Option<Sounds> {
        let mut letters = [0u8; LONGEST];
        let mut len = 0;
        let mut push = |b: u8| {
            if b.is_ascii_alphabetic() && len < LONGEST {
                letters[len] = b.to_ascii_lowercase();
                len += 1;
            }
        };
        if spelling.is_ascii() {
            spelling.bytes().take(LONGEST).for_each(&mut push);
        } else {
            for c in spelling.chars().take(LONGEST) {
                deunicode::deunicode_char(c).into_iter().flat_map(str::bytes).for_each(&mut push);
            }
        }
        let letters = &letters[..len];
        let mut sounds = Sounds { units: [0; LONGEST], extras: [0; LONGEST], len: 0, letters: len as u8 };
        let mut at = 0;
        while at < letters.len() {
            let rest = &letters[at..];
            // Most letters are told by their neighbour to begin no group.
            let group = match rest {
                [
                    b't' | b'd' | b's' | b'c' | b'k' | b'z' | b'b' | b'g' | b'p' | b'q',
                    b's' | b'c' | b'h' | b'z' | b'j' | b'k' | b'u',
                    ..,
                ] => GROUPS.iter().find(|(group, _)| rest.starts_with(group)),
                _ => None,
            };
            let (unit, width) = group.map_or((rest[0], 1), |(group, unit)| (*unit, group.len()));
            sounds.units[sounds.len as usize] = unit;
            sounds.len += 1;
            at += width;
        }
        for at in 0..sounds.units().len() {
            sounds.extras[at] = extra(sounds.units(), at);
        }
        (sounds.letters >= 2).then_some(sounds)
    }

    /// The units.
    pub fn units(&self) -> &[u8] {
        &self.units[..self.len as usize]
    }

    /// How many letters the spelling has, at most `LONGEST`.
    pub fn letters(&self) -> usize {
        self.letters as usize
    }

    /// The consonants by their place in the mouth: what spellings of one name nearly always share.
    /// Used to find candidates, not to judge them.
    pub fn skeleton(&self) -> Skeleton {
        self.skeleton_where(0)
    }

    /// The same with each `h` as a consonant of the throat, as where `Hryhorenko` is `Grigorenko`; `None` where no `h`
    /// stands.
    pub fn skeleton_with_h(&self) -> Option<Skeleton> {
        self.units().contains(&b'h').then(|| self.skeleton_where(THROAT))
    }

    fn skeleton_where(&self, h: u8) -> Skeleton {
        let mut out = Skeleton { classes: [0; LONGEST_SKELETON], len: 0 };
        for &unit in self.units() {
            let class = if unit == b'h' { h } else { CLASS[unit as usize] };
            let doubled = out.len > 0 && out.classes[out.len - 1] == class;
            if class != 0 && !doubled && out.len < out.classes.len() {
                out.classes[out.len] = class;
                out.len += 1;
            }
        }
        out
    }
}

/// See [`Sounds::skeleton`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skeleton {
    classes: [u8; LONGEST_SKELETON],
    len: usize,
}

impl Skeleton {
    /// The most keys that there are.
    pub const KEYS: usize = LONGEST_SKELETON + 1;

    /// Keys that two spellings share when their skeletons differ in at most one consonant: the skeleton itself, and
    /// itself without each of its consonants.
    pub fn keys(&self) -> impl Iterator<Item = u32> + '_ {
        let whole = &self.classes[..self.len];
        (0..=self.len).map(move |left_out| {
            whole.iter().enumerate().filter(|(i, _)| *i != left_out).fold(1, |key, (_, &class)| key << 3 | class as u32)
        })
    }
}

/// Consonants by place: 1 lips, 2 hissing, 3 throat and back of the tongue, 4 teeth, 5 l and r, 6 nose; 0 for vowels
/// and for what comes and goes (`h`, `y`, `j`, `w` between vowels counts as lips).
const CLASS: [u8; 128] = {
    let mut class = [0; 128];
    let places: [&[u8]; 7] = [b"", b"bpfvw", b"szxSCZTJ", b"kgqcKG", b"dtH", b"lr", b"mn"];
    let mut place = 1;
    while place < places.len() {
        let mut i = 0;
        while i < places[place].len() {
            class[places[place][i] as usize] = place as u8;
            i += 1;
        }
        place += 1;
    }
    class
};

/// The place of `k` and `g`.
const THROAT: u8 = CLASS[b'k' as usize];

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
static SUBSTITUTE: [[u8; 64]; 64] = {
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

const fn code(unit: u8) -> usize {
    unit as usize & 63
}

/// The cost of a unit that only one spelling has, between its neighbours there; in twentieths.
fn extra(units: &[u8], at: usize) -> u8 {
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
