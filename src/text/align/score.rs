//! How likely it is that one stretch renders another: logarithms of odds against stretches that have nothing to do with
//! each other.

use super::super::block::BlockKind;
use super::Bead;
use super::keys::Key;
use super::piece::Piece;

/// What a key is worth.
#[derive(Debug, Clone, Copy, Default)]
struct Worth {
    /// Where both have it.
    shared: f32,
    /// Where only one has it: what is given up.
    alone: f32,
}

/// All that is needed to judge pairs of pieces of two documents.
#[derive(Debug)]
pub struct Scores<'p> {
    source: &'p [Piece],
    target: &'p [Piece],
    worth: Vec<Worth>,
    /// For each piece the telling ones of its keys.
    telling: [Vec<Vec<Key>>; 2],
    /// What it costs a piece to share none of its keys.
    alone: [Vec<f32>; 2],
    /// Logarithm of how much longer translations are here.
    ratio: f32,
    /// Mean and standard deviation of the logarithm of the length of pieces of the translation.
    lengths: (f32, f32),
    /// How likely each kind of block is in the translation.
    kinds: [f32; KINDS],
}

const KINDS: usize = 9;

/// Of what is firm (numbers, addresses, code) a translation keeps this share.
const FIRM: f32 = 0.85;
/// … and of names and words of one root where the other document has them at all.
const LOOSE: f32 = 0.6;
/// Several keys speak of one word.
const TOGETHER: f32 = 0.5;
/// A number that the other document does not have at all may have been written out.
const NOWHERE: f32 = 0.7;
/// Counts as so many pieces when the ratio of lengths is fitted: of few pieces it says little.
const PRIOR: f32 = 4.0;

impl<'p> Scores<'p> {
    /// Of two lists of pieces; `keys` is how many distinct keys there are.
    pub fn of(source: &'p [Piece], target: &'p [Piece], keys: usize) -> Scores<'p> {
        let share = |pieces: &[Piece]| {
            let mut counts = vec![0u32; keys];
            pieces.iter().flat_map(|piece| &piece.keys).for_each(|key| counts[key.place()] += 1);
            // One more than there are: what the only piece of a side has is not what all pieces have.
            let all = (pieces.len() + 1) as f32;
            counts.into_iter().map(move |n| n as f32 / all).collect::<Vec<f32>>()
        };
        let (in_source, in_target) = (share(source), share(target));
        let mut firm = vec![false; keys];
        let all = source.iter().chain(target).flat_map(|piece| &piece.keys);
        all.filter(|key| key.is_firm()).for_each(|key| firm[key.place()] = true);
        let worth = (0..keys).map(|at| {
            let (kept, weight) = if firm[at] { (FIRM, 1.0) } else { (LOOSE, TOGETHER) };
            if in_source[at] == 0.0 || in_target[at] == 0.0 {
                return Worth { shared: 0.0, alone: if firm[at] { NOWHERE } else { 0.0 } };
            }
            let often = in_source[at].max(in_target[at]);
            if often >= kept {
                return Worth::default();
            }
            let alone = -((1.0 - kept) / (1.0 - often)).ln() * weight * 0.5;
            Worth { shared: (kept / often).ln() * weight + 2.0 * alone, alone }
        });
        let worth: Vec<Worth> = worth.collect();
        let telling = [source, target].map(|pieces| {
            let own = |piece: &Piece| piece.keys.iter().filter(|k| worth[k.place()].shared > 0.0).copied().collect();
            pieces.iter().map(own).collect::<Vec<Vec<Key>>>()
        });
        let alone = [source, target].map(|pieces| {
            let own = |piece: &Piece| -> f32 { piece.keys.iter().map(|k| worth[k.place()].alone).sum() };
            pieces.iter().map(own).collect::<Vec<f32>>()
        });
        let mut kinds = [0.5; KINDS];
        target.iter().for_each(|piece| kinds[kind(piece.kind)] += 1.0);
        let all: f32 = kinds.iter().sum();
        kinds.iter_mut().for_each(|n| *n /= all);
        let logs = target.iter().map(|piece| piece.length.ln());
        let n = target.len().max(1) as f32;
        let mean = logs.clone().sum::<f32>() / n;
        let variance = logs.map(|l| (l - mean).powi(2)).sum::<f32>() / n;
        Scores { source, target, worth, telling, alone, ratio: 0.0, lengths: (mean, variance.sqrt().max(0.35)), kinds }
    }

    /// The same with the ratio of lengths that holds in a first alignment.
    pub fn fitted(mut self, beads: &[Bead]) -> Scores<'p> {
        let one = beads.iter().filter(|bead| bead.source.len() == 1 && bead.target.len() == 1);
        let (mut sum, mut weight) = (0.0, 0.0);
        for bead in one {
            let (s, t) = (&self.source[bead.source.start as usize], &self.target[bead.target.start as usize]);
            let off = (t.length / s.length).ln();
            // A pair that is far off is no pair.
            if off.abs() < 1.0 {
                let w = 1.0 / variance(s.length);
                sum += off * w;
                weight += w;
            }
        }
        self.ratio = sum / (weight + PRIOR / 0.04);
        self
    }

    /// The same with the ratio of lengths of other scores.
    pub fn with_ratio_of(mut self, other: &Scores<'_>) -> Scores<'p> {
        self.ratio = other.ratio;
        self
    }

    /// What is shared by a piece of the original and one of the translation.
    pub fn shared(&self, source: usize, target: usize) -> f32 {
        let (mut a, mut b) = (&self.telling[0][source][..], &self.telling[1][target][..]);
        let mut sum = 0.0;
        while let ([x, ..], [y, ..]) = (a, b) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => a = &a[1..],
                std::cmp::Ordering::Greater => b = &b[1..],
                std::cmp::Ordering::Equal => {
                    sum += self.worth[x.place()].shared;
                    (a, b) = (&a[1..], &b[1..]);
                }
            }
        }
        sum
    }

    /// What it costs pieces to share nothing: of the original (0) or the translation (1).
    pub fn alone(&self, side: usize, piece: usize) -> f32 {
        self.alone[side][piece]
    }

    /// The length of a piece of the original (0) or the translation (1).
    pub fn length(&self, side: usize, piece: usize) -> f32 {
        [self.source, self.target][side][piece].length
    }

    /// What lengths say of stretches of so many letters.
    pub fn lengths(&self, source: f32, target: f32) -> f32 {
        fit(&self.expected(source), &self.surprise(target))
    }

    /// How long a stretch of the translation is that renders one of the original of so many letters.
    pub fn expected(&self, source: f32) -> Expected {
        let v = variance(source);
        let near = 0.95 / v.sqrt();
        Expected { log: source.ln() + self.ratio, narrow: 0.5 / v, near, most: (near + FAR).ln() }
    }

    /// How much of a surprise a stretch of the translation of so many letters is by itself.
    pub fn surprise(&self, target: f32) -> Surprise {
        let log = target.ln();
        let (mean, deviation) = self.lengths;
        // Several pieces together are longer than one; only shortness is a surprise then.
        let z = (log - mean) / deviation;
        Surprise { log, chance: (-z * z / 2.0).max(-3.0) - deviation.ln() }
    }

    /// What the kinds of two blocks say.
    pub fn kinds(&self, source: usize, target: usize) -> f32 {
        let (s, t) = (self.source[source].kind, self.target[target].kind);
        let often = self.kinds[kind(t)];
        if s == t { (0.95 / often).min(20.0).ln() } else { (0.05 / (1.0 - often).max(0.05)).ln() }
    }

    /// All of it, for a piece of the original and one of the translation.
    pub fn one(&self, source: usize, target: usize) -> f32 {
        self.shared(source, target) - self.alone(0, source) - self.alone(1, target)
            + self.lengths(self.length(0, source), self.length(1, target))
            + self.kinds(source, target)
    }

    /// Pieces that share what nothing else on either side has, in the order of the original.
    pub fn certain(&self, source: std::ops::Range<usize>, target: std::ops::Range<usize>) -> Vec<(usize, usize)> {
        const NOT: u32 = u32::MAX;
        const TWICE: u32 = u32::MAX - 1;
        let place = |side: usize, range: std::ops::Range<usize>| {
            let mut places = vec![NOT; self.worth.len()];
            for piece in range {
                for key in &self.telling[side][piece] {
                    let known = &mut places[key.place()];
                    *known = if *known == NOT { piece as u32 } else { TWICE };
                }
            }
            places
        };
        let (s, t) = (place(0, source), place(1, target));
        let once = |at: &u32| *at < TWICE;
        let both = s.iter().zip(&t).filter(|(s, t)| once(s) && once(t));
        let mut pairs: Vec<(usize, usize)> = both.map(|(s, t)| (*s as usize, *t as usize)).collect();
        pairs.sort_unstable();
        // Two such keys say more than one, which may be chance.
        let twice = pairs.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        twice.map(|same| same[0]).collect()
    }
}

/// What lengths are expected of a stretch of the original: most renderings are near, a few are far off.
#[derive(Debug, Clone, Copy, Default)]
pub struct Expected {
    log: f32,
    narrow: f32,
    near: f32,
    /// The most that any length can say, before its own surprise is taken off.
    pub most: f32,
}

/// See [`Scores::surprise`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Surprise {
    log: f32,
    pub chance: f32,
}

/// How high and how narrow the odds of renderings are that are far off.
const FAR: f32 = 0.05 / 0.8;
const FAR_NARROW: f32 = 0.5 / 0.64;

/// What lengths say of two stretches.
pub fn fit(expected: &Expected, surprise: &Surprise) -> f32 {
    let off = surprise.log - expected.log;
    let square = off * off;
    (expected.near * (-square * expected.narrow).exp() + FAR * (-square * FAR_NARROW).exp()).ln() - surprise.chance
}

/// The variance of the logarithm of the ratio of lengths: short stretches vary more. Fitted to human translations.
fn variance(length: f32) -> f32 {
    0.015 + 2.0 / length.max(4.0)
}

fn kind(kind: BlockKind) -> usize {
    kind as usize
}

/// So many beads at least must be left for the two sides to be lost.
const LEAST: usize = 8;
/// … and less than this share of them may be sound.
const SOUND: f32 = 0.3;

/// From which bead on most of what follows does not go together.
pub fn lost(scores: &Scores<'_>, beads: &[Bead]) -> Option<usize> {
    let sound = |bead: &Bead| {
        let whole = !bead.is_missing() && !bead.is_extra() && !bead.moved;
        whole && scores.one(bead.source.start as usize, bead.target.start as usize) > -1.0
    };
    let (mut good, mut lost) = (0, None);
    for (at, bead) in beads.iter().enumerate().rev() {
        good += usize::from(sound(bead));
        let rest = beads.len() - at;
        // What was moved stands apart from its neighbours, and tells no place.
        if rest >= LEAST && (good as f32) < SOUND * rest as f32 && !sound(bead) && !bead.moved {
            lost = Some(at);
        }
    }
    lost
}
