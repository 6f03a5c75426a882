//! Phrases that stand several times: in a row, or twice in one sentence.

use rustc_hash::FxHashMap;

/// A phrase of `period` words that stands `copies` times in a row from word `start` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub start: usize,
    pub period: usize,
    pub copies: usize,
}

impl Run {
    /// The word behind the last whole copy.
    pub fn end(self) -> usize {
        self.start + self.period * self.copies
    }
}

/// The longest phrase that is looked for in a row, in words.
const LONGEST_PERIOD: usize = 24;

/// Where each word of a vocabulary stood last, so that most text is passed over after one look a word.
pub(super) struct Recent {
    /// By word, the place behind it; nothing for 0.
    last: Vec<u32>,
    at: u32,
}

impl Recent {
    pub fn new(vocabulary: usize) -> Recent {
        Recent { last: vec![0; vocabulary], at: 0 }
    }

    /// Whether the next words of the text may hold a run of so many copies, two or more. In one each word but those of the
    /// first copy stood before within one period: so many in a row that are that close, and none is a run without.
    pub fn may_run(&mut self, words: impl Iterator<Item = u32>, copies: usize) -> bool {
        let (mut streak, mut nearest, mut may) = (0, u32::MAX, false);
        for word in words {
            self.at += 1;
            let last = std::mem::replace(&mut self.last[word as usize], self.at);
            let distance = self.at - last;
            if last > 0 && distance <= LONGEST_PERIOD as u32 {
                streak += 1;
                nearest = nearest.min(distance);
                may |= streak >= (copies as u32 - 1) * nearest;
            } else {
                (streak, nearest) = (0, u32::MAX);
            }
        }
        may
    }
}

/// The runs of at least two copies, in order; where several cover the same words, the one with the shortest period.
/// `joined` tells whether a word may be read on from the word before it.
pub(super) fn in_a_row(words: &[u32], joined: impl Fn(usize) -> bool) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    for period in 1..=LONGEST_PERIOD.min(words.len() / 2) {
        let mut start = 0;
        while start + period < words.len() {
            start += unlike(&words[start..], &words[start + period..]);
            let mut at = start;
            while at + period < words.len() && words[at] == words[at + period] && joined(at + period) {
                at += 1;
            }
            if at - start >= period {
                found.push(Run { start, period, copies: (at - start) / period + 1 });
            }
            start = at.max(start + 1);
        }
    }
    found.sort_by_key(|run| (run.start, run.period));
    let mut free = 0;
    found.retain(|run| {
        let new = run.start >= free;
        if new {
            free = run.end();
        }
        new
    });
    found
}

/// How many words from the start on are each another than the one at the same place of the other list, counted in steps of
/// eight: so many are compared at once, and hardly a word of an article stands again so soon.
fn unlike(words: &[u32], others: &[u32]) -> usize {
    let (words, _) = words.as_chunks::<8>();
    let (others, _) = others.as_chunks::<8>();
    let alike = |(a, b): (&[u32; 8], &[u32; 8])| a.iter().zip(b).fold(false, |any, (a, b)| any | (a == b));
    8 * words.iter().zip(others).take_while(|pair| !alike(*pair)).count()
}

/// The longest phrase looked for at two places, in words.
const LONGEST: usize = 24;

/// The longest phrase of at least `least` words that stands twice without overlap: its length, and where both begin.
pub(super) fn twice(words: &[u32], least: usize) -> Option<(usize, usize, usize)> {
    if !stands_twice(words, least) {
        return None;
    }
    let longest = LONGEST.min(words.len() / 2);
    (least..=longest).rev().find_map(|length| {
        let mut seen: FxHashMap<&[u32], usize> = FxHashMap::default();
        words.windows(length).enumerate().find_map(|(at, phrase)| {
            let first = *seen.entry(phrase).or_insert(at);
            (at >= first + length).then_some((length, first, at))
        })
    })
}

/// Whether any words so many in a row may stand twice, which those of hardly any sentence do: told by sorting the least
/// phrases once in place of searching for each length.
fn stands_twice(words: &[u32], least: usize) -> bool {
    let mixed = |phrase: &[u32]| {
        phrase
            .iter()
            .fold(0u64, |all, word| (all.rotate_left(5) ^ u64::from(*word)).wrapping_mul(0x517c_c1b7_2722_0a95))
    };
    let mut phrases: Vec<u64> = words.windows(least.max(1)).map(mixed).collect();
    phrases.sort_unstable();
    phrases.windows(2).any(|pair| pair[0] == pair[1])
}

/// Shorter pieces of a word laugh and sigh, in bytes.
const LEAST: usize = 3;
/// So many of them are no word.
const COPIES: usize = 4;
/// No shorter word can consist of them, in bytes.
pub(super) const SHORTEST_WORD: usize = LEAST * COPIES;

/// The piece that a word consists of, four times or more: “WhiteWhiteWhiteWhite”. Its bytes.
pub(super) fn in_a_word(word: &str) -> Option<usize> {
    if word.len() < SHORTEST_WORD || word.len() > 400 {
        return None;
    }
    let pieces = word.char_indices().map(|(at, _)| at).skip(LEAST).take_while(|at| at * COPIES <= word.len());
    pieces.into_iter().find(|&at| {
        let piece = &word[..at];
        word.len().is_multiple_of(at) && word.as_bytes().chunks(at).all(|part| part == piece.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(words: &[u32]) -> Vec<(usize, usize, usize)> {
        in_a_row(words, |_| true).into_iter().map(|r| (r.start, r.period, r.copies)).collect()
    }

    #[test]
    fn phrases_in_a_row() {
        assert_eq!(runs(&[1, 2, 2, 2, 3]), [(1, 1, 3)]);
        assert_eq!(runs(&[1, 2, 3, 2, 3, 2, 3, 4]), [(1, 2, 3)]);
        assert_eq!(runs(&[1, 2, 3, 4]), []);
        assert_eq!(runs(&[1, 1, 2, 3, 2, 3]), [(0, 1, 2), (2, 2, 2)]);
        assert_eq!(in_a_row(&[1, 1, 1], |at| at != 1), [Run { start: 1, period: 1, copies: 2 }]);
    }

    #[test]
    fn phrases_far_from_the_start_and_at_the_end() {
        for before in 0..40 {
            let mut words: Vec<u32> = (100..100 + before).collect();
            words.extend([1, 2, 3, 1, 2, 3]);
            assert_eq!(runs(&words), [(before as usize, 3, 2)]);
            words.extend(200..220);
            assert_eq!(runs(&words), [(before as usize, 3, 2)]);
        }
    }

    #[test]
    fn what_may_hold_a_run_is_looked_at() {
        let may = |words: &[u32]| Recent::new(100).may_run(words.iter().copied(), 4);
        assert!(may(&[7, 1, 1, 1, 1, 8]));
        assert!(may(&[7, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]));
        // A word that stands twice in the phrase is nearer than the phrase is long.
        assert!(may(&[1, 2, 1, 3, 1, 2, 1, 3, 1, 2, 1, 3, 1, 2, 1, 3]));
        assert!(!may(&[1, 1, 1, 2, 3, 4, 5]));
        assert!(!may(&[1, 2, 3, 4, 5, 1, 6, 7, 2, 8, 9, 3]));
        // Each run that is found in words at random was let through.
        let mut state = 1u32;
        for _ in 0..3000 {
            let words: Vec<u32> = (0..14)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 30) % 3
                })
                .collect();
            assert!(may(&words) || in_a_row(&words, |_| true).iter().all(|run| run.copies < 4), "{words:?}");
        }
    }

    #[test]
    fn phrases_at_two_places() {
        assert_eq!(twice(&[1, 2, 3, 9, 1, 2, 3, 8], 2), Some((3, 0, 4)));
        assert_eq!(twice(&[1, 2, 3, 9, 1, 2, 3, 8], 4), None);
        assert_eq!(twice(&[1, 1, 1], 2), None);
    }

    #[test]
    fn pieces_of_words() {
        assert_eq!(in_a_word("whitewhitewhitewhite"), Some(5));
        assert_eq!(in_a_word("hahahahahaha"), None);
        assert_eq!(in_a_word("whitewhitewhitewhit"), None);
        assert_eq!(in_a_word("кодкодкодкод"), Some(6));
    }
}
