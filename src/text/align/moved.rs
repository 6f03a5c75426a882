//! What stands elsewhere in the translation than in the original.

use super::Bead;
use super::score::Scores;

/// Pieces that are left over on both sides are one that was moved if this much speaks for it, as logarithm of odds.
const SURE: f32 = 0.5;
/// So many pieces left over a side are held against each other.
const MOST: usize = 64;

/// Puts pieces that are missing beside as many that are extra at the same place: the one renders the other, however badly.
pub fn rejoin(beads: &mut Vec<Bead>) {
    let mut out: Vec<Bead> = Vec::with_capacity(beads.len());
    let gap = |bead: &Bead| bead.is_missing() || bead.is_extra();
    for run in beads.chunk_by(|a, b| gap(a) == gap(b)) {
        let missing = run.iter().filter(|bead| bead.is_missing()).count();
        if gap(&run[0]) && 2 * missing == run.len() {
            let (source, target) = (run[0].source.start, run[0].target.start);
            let pairs = (0..missing as u32).map(|n| Bead::new(source + n..source + n + 1, target + n..target + n + 1));
            out.extend(pairs);
        } else {
            out.extend_from_slice(run);
        }
    }
    *beads = out;
}

/// Joins pieces that are missing with pieces that are extra, where they fit each other.
pub fn find(scores: &Scores<'_>, beads: &mut Vec<Bead>) {
    let missing: Vec<usize> = places(beads, Bead::is_missing);
    let extra: Vec<usize> = places(beads, Bead::is_extra);
    let mut fits: Vec<(f32, usize, usize)> = Vec::new();
    for &m in missing.iter().take(MOST) {
        for &e in extra.iter().take(MOST) {
            let score = scores.one(beads[m].source.start as usize, beads[e].target.start as usize);
            if score >= SURE {
                fits.push((score, m, e));
            }
        }
    }
    fits.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut gone: Vec<usize> = Vec::new();
    let mut found: Vec<usize> = Vec::new();
    for (_, m, e) in fits {
        if gone.contains(&m) || found.contains(&e) {
            continue;
        }
        beads[e].source = beads[m].source.clone();
        beads[e].moved = true;
        gone.push(m);
        found.push(e);
    }
    let mut at = 0;
    beads.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

fn places(beads: &[Bead], is: impl Fn(&Bead) -> bool) -> Vec<usize> {
    beads.iter().enumerate().filter(|(_, bead)| is(bead)).map(|(at, _)| at).collect()
}
