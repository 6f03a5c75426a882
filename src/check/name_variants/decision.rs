//! Weighs evidence.

use super::evidence::Evidence;

/// Pairs that weigh this much or more are reported. Measured: of the pairs at this weight about one in two is one name
/// in edited text, four in five in machine translation; most lie far above.
pub const THRESHOLD: f32 = -0.25;

/// … in other languages, in which nobody has listed the names that everyone knows. Read by eye on edited text.
pub const ELSEWHERE: f32 = 0.6;

/// The natural logarithm of the odds that the two are one name.
///
/// The weights come from a logistic regression over the pairs of like spellings in 724 machine-translated articles (names read by
/// hand), of names respelled in edited articles, and of 1.2 million words of edited English; they were checked on articles
/// left out of the fit.
pub fn weigh(e: &Evidence) -> f32 {
    1.07 - 2.56 * e.unlikeness - 2.46 * e.distance + 1.12 * e.length
        - 0.98 * e.short
        - 0.64 * e.other_initial
        - 0.75 * e.marks_only
        + 2.34 * e.same_before
        + 2.50 * e.same_after
        + 0.69 * e.same_noun
        - 0.72 * e.other_after
        - 2.15 * e.together
        - 3.40 * e.joined
        + 0.86 * e.one_introduced
        + 1.35 * e.both_bare
        - 0.80 * e.rarer_unsure
        - 0.18 * e.other_unsure
        - 2.31 * e.small
        - 6.85 * e.plural
        - 2.62 * e.derived
        - 4.00 * e.feminine
        + 0.37 * e.last_vowel
        - 0.84 * e.two_more
        - 0.96 * e.three_more
        - 5.29 * e.both_known
        - 5.07 * e.one_ordinary
        - 2.52 * e.one_known
}
