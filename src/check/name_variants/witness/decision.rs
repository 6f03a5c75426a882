//! Weighs what the text and its original say together.

use super::Testimony;
use crate::check::name_variants::Evidence;

/// Pairs that weigh this much or more are reported. Measured on translations into English from six languages: nine in ten
/// of the names that are spelled two ways weigh more, and of what weighs more 97 % are such names.
pub const THRESHOLD: f32 = 0.6;

/// The natural logarithm of the odds that two spellings are one name of the original.
///
/// The weights come from a logistic regression as those of the text alone do, over the same articles beside their
/// originals; those of endings that make one word from another were set by hand, since few pairs tell of them.
pub fn weigh(e: &Evidence, t: &Testimony) -> f32 {
    let named = if t.one_word + t.two_words > 0.0 { 1.0 } else { 0.0 };
    let specific = t.shared * t.telling;
    // “Israel” and “Israeli” come of one word, and are two.
    let bent = e.last_vowel.max(e.derived) * (1.0 - t.one_form);
    0.34 - 1.28 * e.unlikeness - 1.79 * e.distance + 0.76 * e.length
        - 0.68 * e.short
        - 1.14 * e.other_initial
        - 0.28 * e.marks_only
        + 1.65 * e.same_before
        + 1.48 * e.same_after
        + 0.75 * e.same_noun
        - 0.59 * e.other_after
        - 1.25 * e.together
        - 0.79 * e.joined
        + 0.90 * e.one_introduced
        + 1.22 * e.both_bare
        - 0.53 * e.rarer_unsure
        + 0.27 * e.other_unsure
        - 6.85 * e.plural
        - 4.50 * e.derived
        - 4.00 * e.feminine
        - 0.77 * e.last_vowel
        - 2.00 * bent
        - 0.39 * e.two_more
        - 0.49 * e.three_more
        - 4.35 * e.both_known
        - 2.88 * e.one_ordinary
        - 2.97 * e.one_known
        + 0.28 * t.one_form
        + 1.36 * t.one_word
        - 1.07 * t.two_words
        + 0.69 * (0.6 - t.off) * t.one_word
        + 0.91 * specific * t.asked
        + 0.19 * specific * t.places
        - (0.11 + 0.15 * t.places) * t.apart * t.asked
        + 0.84 * t.asked
        + 0.11 * t.places
        + 0.73 * named
}
