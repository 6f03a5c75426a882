//! A spelling as sounds, and the skeleton of its consonants.

use super::costs::extra;

/// Units longer than this are cut off: no name is so long, and tokens of megabytes stay cheap.
pub(super) const LONGEST: usize = 32;

/// More consonants of a name tell nothing new.
const LONGEST_SKELETON: usize = 8;

/// A spelling read as sounds: one byte a unit, `a`–`z` for letters, capital letters for groups of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sounds {
    pub(super) units: [u8; LONGEST],
    /// What each unit costs where only this spelling has it (see [`extra`]).
    pub(super) extras: [u8; LONGEST],
    len: u8,
    /// Letters of the spelling, marks stripped: what the length of a name is measured in.
    letters: u8,
}

/// `sh`, `sch`, `sz`.
pub(super) const SH: u8 = b'S';
/// `ch` as in church, and all that other scripts romanise as `ch`.
pub(super) const CH: u8 = b'C';
/// `kh`.
pub(super) const KH: u8 = b'K';
/// `zh`.
pub(super) const ZH: u8 = b'Z';
/// `ts`, `tz`.
pub(super) const TS: u8 = b'T';
/// `th`.
pub(super) const TH: u8 = b'H';
/// `gh`.
pub(super) const GH: u8 = b'G';
/// `dj`, `dzh`.
pub(super) const DJ: u8 = b'J';

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
