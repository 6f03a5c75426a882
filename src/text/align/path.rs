//! The best way through two lists of pieces, in order.

use std::ops::Range;

use super::super::pair::range;
use super::Bead;
use super::score::{Scores, fit};

/// Shapes of beads: pieces of the original, pieces of the translation, logarithm of how often they are. Nearly all pieces
/// are rendered one by one; what is lost is mostly lost in a row. Set on translations of which paragraphs had been dropped,
/// merged, split and moved.
const SHAPES: &[(usize, usize, f32)] = &[
    (1, 1, -0.08),
    (1, 0, -3.3),
    (0, 1, -3.5),
    (2, 1, -4.5),
    (1, 2, -2.4),
    (3, 1, -6.2),
    (1, 3, -4.6),
    (4, 1, -7.2),
    (1, 4, -5.2),
    (2, 0, -4.8),
    (3, 0, -5.8),
    (0, 2, -5.6),
    (0, 3, -6.8),
];
/// What each piece of the original more than one costs beside. That a piece is split costs nothing more: its halves are
/// told by their lengths from a piece that was added.
const JOINT: f32 = 0.9;
/// The most pieces of a side in a bead.
const MOST: usize = 4;

/// So many cells are looked at whatever the texts are like; beyond it only those near what is certain.
const CELLS: usize = 1 << 21;
/// … in a band of at least so many to each side of it.
const NARROWEST: usize = 48;

/// The most likely beads of these pieces, in order.
pub fn best(scores: &Scores<'_>, source: Range<usize>, target: Range<usize>) -> Vec<Bead> {
    let (n, m) = (source.len(), target.len());
    let band = Band::of(scores, &source, &target);
    let sources = Stretch::that_end(scores, 0, &source, |stretch| scores.expected(stretch.length));
    let targets = Stretch::that_end(scores, 1, &target, |stretch| scores.surprise(stretch.length));
    // The best score of each cell and the shape that led there, row by row of the original.
    let mut steps: Vec<Vec<u8>> = Vec::with_capacity(n + 1);
    let mut rows: Vec<Row> = Vec::with_capacity(MOST + 1);
    for i in 0..=n {
        let columns = band.columns(i);
        let mut row = Row::new(columns.clone());
        if i > 0 {
            row.measure(scores, source.start + i - 1, target.start);
        }
        let mut taken = vec![u8::MAX; columns.len()];
        rows.push(row);
        if rows.len() > MOST + 1 {
            rows.remove(0);
        }
        let last = rows.len() - 1;
        for j in columns.clone() {
            if i == 0 && j == 0 {
                rows[last].best[0] = 0.0;
                continue;
            }
            let (mut best, mut shape) = (f32::NEG_INFINITY, u8::MAX);
            let kinds = if i > 0 && j > 0 { scores.kinds(source.start + i - 1, target.start + j - 1) } else { 0.0 };
            for (number, &(a, b, often)) in SHAPES.iter().enumerate() {
                if a > i || b > j {
                    continue;
                }
                let Some(before) = rows[last - a].best_at(j - b).filter(|score| score.is_finite()) else { continue };
                let mut value = before + often;
                if a > 0 && b > 0 {
                    let (expected, surprise) = (&sources[i - 1][a - 1], &targets[j - 1][b - 1]);
                    value += kinds - expected.0 - surprise.0 - (a - 1) as f32 * JOINT;
                    for above in 0..a {
                        for left in 0..b {
                            value += rows[last - above].shared_at(j - left);
                        }
                    }
                    // Logarithms cost more than all else: mostly even the best length would not make it the best bead.
                    if value + expected.1.most - surprise.1.chance <= best {
                        continue;
                    }
                    value += fit(&expected.1, &surprise.1);
                }
                if value > best {
                    (best, shape) = (value, number as u8);
                }
            }
            rows[last].best[j - columns.start] = best;
            taken[j - columns.start] = shape;
        }
        steps.push(taken);
    }
    back(&steps, &band, source.start, target.start, n, m)
}

/// How likely a bead is, with what its pieces say of each other; as in a path.
pub fn value(scores: &Scores<'_>, bead: &Bead) -> f32 {
    let (a, b) = (bead.source.len(), bead.target.len());
    let shape = SHAPES.iter().find(|shape| (shape.0, shape.1) == (a, b));
    let often = shape.map_or(f32::NEG_INFINITY, |shape| shape.2);
    if a == 0 || b == 0 {
        return often;
    }
    let (sources, targets) = (range(&bead.source), range(&bead.target));
    let (source, target) = (Stretch::of(scores, 0, sources.clone()), Stretch::of(scores, 1, targets.clone()));
    let shared: f32 =
        sources.clone().flat_map(|s| targets.clone().map(move |t| (s, t))).map(|(s, t)| scores.shared(s, t)).sum();
    often + shared - source.alone - target.alone - (a - 1) as f32 * JOINT
        + scores.lengths(source.length, target.length)
        + scores.kinds(sources.end - 1, targets.end - 1)
}

/// Neighbouring pieces of one side.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    length: f32,
    /// What it costs them to share nothing.
    alone: f32,
}

impl Stretch {
    fn of(scores: &Scores<'_>, side: usize, pieces: Range<usize>) -> Stretch {
        let mut all = Stretch::default();
        for piece in pieces {
            all.length += scores.length(side, piece);
            all.alone += scores.alone(side, piece);
        }
        all
    }

    /// For each piece of a side those that end with it, the shortest first.
    fn that_end<T: Copy + Default>(
        scores: &Scores<'_>,
        side: usize,
        pieces: &Range<usize>,
        make: impl Fn(Stretch) -> T,
    ) -> Vec<[(f32, T); MOST]> {
        let of = |end: usize| {
            std::array::from_fn(|at| {
                if end < pieces.start + at {
                    return Default::default();
                }
                let stretch = Stretch::of(scores, side, end - at..end + 1);
                (stretch.alone, make(stretch))
            })
        };
        pieces.clone().map(of).collect()
    }
}

/// A row of cells.
struct Row {
    columns: Range<usize>,
    best: Vec<f32>,
    /// What the piece of this row shares with the piece that ends in a column.
    shared: Vec<f32>,
}

impl Row {
    fn new(columns: Range<usize>) -> Row {
        let length = columns.len();
        Row { columns, best: vec![f32::NEG_INFINITY; length], shared: vec![0.0; length] }
    }

    fn measure(&mut self, scores: &Scores<'_>, piece: usize, target: usize) {
        for j in self.columns.clone().filter(|j| *j > 0) {
            self.shared[j - self.columns.start] = scores.shared(piece, target + j - 1);
        }
    }

    fn best_at(&self, j: usize) -> Option<f32> {
        self.best.get(j.checked_sub(self.columns.start)?).copied()
    }

    fn shared_at(&self, j: usize) -> f32 {
        j.checked_sub(self.columns.start).and_then(|at| self.shared.get(at)).copied().unwrap_or_default()
    }
}

/// The cells that are looked at.
struct Band {
    columns: Vec<Range<usize>>,
}

impl Band {
    fn of(scores: &Scores<'_>, source: &Range<usize>, target: &Range<usize>) -> Band {
        let (n, m) = (source.len(), target.len());
        if (n + 1) * (m + 1) <= CELLS {
            return Band { columns: vec![0..m + 1; n + 1] };
        }
        let half = (CELLS / (2 * (n + 1))).max(NARROWEST);
        let certain = scores.certain(source.clone(), target.clone());
        let mut points = vec![(0, 0)];
        points.extend(rising(&certain).into_iter().map(|(i, j)| (i - source.start + 1, j - target.start + 1)));
        points.push((n, m));
        let mut columns = Vec::with_capacity(n + 1);
        let mut next = 1;
        for i in 0..=n {
            while next + 1 < points.len() && points[next].0 < i {
                next += 1;
            }
            let ((i0, j0), (i1, j1)) = (points[next - 1], points[next]);
            let low = j0 + (j1.saturating_sub(j0)) * (i - i0.min(i)) / (i1 - i0).max(1);
            columns.push(low.saturating_sub(half)..(low + half + 1).min(m + 1));
        }
        // Between two points that are certain the way may run along either edge; a path must be there at all.
        for at in 1..=n {
            let before = columns[at - 1].clone();
            let here = &mut columns[at];
            here.start = here.start.min(before.end - 1);
            here.end = here.end.max(here.start + 1);
        }
        columns[0].start = 0;
        columns[n].end = m + 1;
        Band { columns }
    }

    fn columns(&self, row: usize) -> Range<usize> {
        self.columns[row].clone()
    }
}

/// The longest sequence of pairs that rise on both sides.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let place = ends.partition_point(|&end| pairs[end].1 < pair.1);
        if place > 0 {
            before[at] = ends[place - 1];
        }
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut out = Vec::new();
    let mut at = ends.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        out.push(pairs[at]);
        at = before[at];
    }
    out.reverse();
    // One piece of the original may share something certain with two of the translation.
    out.dedup_by_key(|pair| pair.0);
    out
}

/// From the end back to the start.
fn back(steps: &[Vec<u8>], band: &Band, source: usize, target: usize, n: usize, m: usize) -> Vec<Bead> {
    let mut beads = Vec::new();
    let (mut i, mut j) = (n, m);
    while i > 0 || j > 0 {
        let shape = j.checked_sub(band.columns[i].start).and_then(|at| steps[i].get(at)).copied().unwrap_or(u8::MAX);
        let (a, b) = match SHAPES.get(shape as usize) {
            Some(&(a, b, _)) => (a, b),
            // A cell that no path leads to: what is left has nothing to hold on to.
            None => (usize::from(i > 0), usize::from(i == 0)),
        };
        let pieces = |base: usize, from: usize, to: usize| (base + from) as u32..(base + to) as u32;
        // What is missing in a row is missing piece by piece.
        let alone = if a == 0 || b == 0 { a.max(b) } else { 1 };
        for _ in 0..alone {
            let (a, b) = (a / alone, b / alone);
            beads.push(Bead::new(pieces(source, i - a, i), pieces(target, j - b, j)));
            (i, j) = (i - a, j - b);
        }
    }
    beads.reverse();
    beads
}
