//! Runs of pieces that stand in the translation in the order opposite to that of the original.
//!
//! A path through both sides cannot show them: it leaves out one run on each side, or pairs what does not fit. So where a
//! path has weak places, each way to put two neighbouring runs there in each other's place is weighed against it, with a
//! neighbour on either side that the path had joined with one of them.

use rustc_hash::FxHashMap;

use super::Bead;
use super::path;
use super::score::Scores;

/// Both runs together have at most so many pieces.
const WIDEST: usize = 24;
/// Beads less likely than this, as logarithm of odds, are weak.
const WEAK: f32 = 4.0;
/// So much more likely must the other order be: hardly any piece moves.
const MOVED: f32 = 3.0;
/// … and so much more for each piece that it moves past: of two ways that say the same, the shorter is meant.
const FARTHER: f32 = 0.25;

/// A stretch of beads that two runs in each other's place explain better.
struct Swap {
    gain: f32,
    /// The first of the beads, and the one behind the last.
    beads: (usize, usize),
    /// How many pieces before and after the two runs stand in their places: a neighbour had been joined with one of a run.
    around: (u32, u32),
    /// How many pieces of the original come first there and last in the translation.
    first: u32,
}

/// Puts such runs where they belong. The shorter of two is the one that was moved.
pub fn find(scores: &Scores<'_>, beads: &mut Vec<Bead>) {
    let mut swaps = better(scores, beads);
    swaps.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.beads.cmp(&b.beads)).then(a.first.cmp(&b.first)));
    let mut taken: Vec<Swap> = Vec::new();
    for swap in swaps {
        if taken.iter().all(|other| swap.beads.1 <= other.beads.0 || other.beads.1 <= swap.beads.0) {
            taken.push(swap);
        }
    }
    taken.sort_by_key(|swap| std::cmp::Reverse(swap.beads));
    for swap in taken {
        let (from, to) = swap.beads;
        let (source, target) = (beads[from].source.start, beads[from].target.start);
        let all = beads[to - 1].source.end - source;
        let (before, after) = swap.around;
        let rest = all - swap.first - before - after;
        let pair = |s: u32, t: u32, moved: bool| Bead {
            moved,
            ..Bead::new(source + s..source + s + 1, target + t..target + t + 1)
        };
        let put = (0..before).map(|n| pair(n, n, false));
        let put = put.chain((0..rest).map(|n| pair(before + swap.first + n, before + n, rest < swap.first)));
        let put = put.chain((0..swap.first).map(|n| pair(before + n, before + rest + n, rest >= swap.first)));
        let put = put.chain((all - after..all).map(|n| pair(n, n, false)));
        beads.splice(from..to, put.collect::<Vec<Bead>>());
    }
}

fn better(scores: &Scores<'_>, beads: &[Bead]) -> Vec<Swap> {
    let values: Vec<f32> = beads.iter().map(|bead| path::value(scores, bead)).collect();
    let weak = |at: usize| values[at] < WEAK || beads[at].source.len() != 1 || beads[at].target.len() != 1;
    let mut known: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    let mut one =
        |s: u32, t: u32| *known.entry((s, t)).or_insert_with(|| path::value(scores, &Bead::new(s..s + 1, t..t + 1)));
    let mut swaps = Vec::new();
    for from in (0..beads.len()).filter(|&at| weak(at)) {
        let (source, target) = (beads[from].source.start, beads[from].target.start);
        let mut old = 0.0;
        for to in from..beads.len() {
            old += values[to];
            let (all, other) = (beads[to].source.end - source, beads[to].target.end - target);
            if all.max(other) as usize > WIDEST {
                break;
            }
            if all != other || !weak(to) {
                continue;
            }
            for around in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let (before, after) = around;
                let Some(inside) = all.checked_sub(before + after).filter(|inside| *inside > 1) else { continue };
                let kept: f32 = (0..before).chain(all - after..all).map(|n| one(source + n, target + n)).sum();
                let (source, target) = (source + before, target + before);
                for first in 1..inside {
                    let rest = inside - first;
                    let new: f32 = (0..first).map(|n| one(source + n, target + rest + n)).sum::<f32>()
                        + (0..rest).map(|n| one(source + first + n, target + n)).sum::<f32>();
                    let gain = kept + new - old - MOVED - FARTHER * (inside - 2) as f32;
                    if gain > 0.0 {
                        swaps.push(Swap { gain, beads: (from, to + 1), around, first });
                    }
                }
            }
        }
    }
    swaps
}
