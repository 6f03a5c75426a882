//! Weighs what the text and its original say together.

use super::Testimony;
use crate::check::name_variants::Evidence;
use crate::text::Lang;

/// Pairs that weigh this much or more are reported. Measured on 30 November 2026 on 724 labelled translations into English
/// from eight languages, beside their originals: nine in ten of the names that are spelled two ways weigh more, and of what
/// weighs more 98 % are such names. On articles left out of the fit, recall is four points lower at the same precision.
const THRESHOLD: f32 = 0.4;

/// … in other languages, whose names bend and in which nobody has listed those that everyone knows. Read by eye.
const ELSEWHERE: f32 = 1.6;

/// The least weight that is reported.
pub fn threshold(lang: Lang) -> f32 {
    if lang == Lang::ENGLISH { THRESHOLD } else { ELSEWHERE }
}

/// What the original says adds at most this much.
pub const AT_MOST_MORE: f32 = 0.52 + 1.02 + 0.77 * 0.6 + 0.30 + 1.07 + 0.19;

/// The natural logarithm of the odds that two spellings are one name of the original.
///
/// The weights come from a logistic regression as those of the text alone do, over the same articles and a thousand human
/// translations beside their originals. Those of the feminine, of initials and of words that are also written small were set
/// by hand, since few pairs tell of them.
pub fn weigh(e: &Evidence, t: &Testimony) -> f32 {
    let named = if t.one_word + t.two_words > 0.0 { 1.0 } else { 0.0 };
    let specific = t.shared * t.telling;
    // “Israel” and “Israeli” come of one word, and are two.
    let bent = e.last_vowel.max(e.derived) * (1.0 - t.one_form);
    of_text(e) - 0.40 * bent + 0.52 * t.one_form + 1.02 * t.one_word - 0.70 * t.two_words
        + 0.77 * (0.6 - t.off) * t.one_word
        + 0.30 * specific
        - (0.48 + 0.32 * t.places) * t.apart
        + 1.07 * t.asked
        - 0.10 * t.places
        + 0.19 * named
}

/// What the text says of it, before the original is asked.
pub fn of_text(e: &Evidence) -> f32 {
    1.74 - 4.26 * e.unlikeness - 0.99 * e.distance - 0.15 * e.length - 0.83 * e.short - 0.64 * e.other_initial
        + 0.17 * e.marks_only
        + 1.72 * e.same_before
        + 1.81 * e.same_after
        + 0.22 * e.near_before
        + 1.89 * e.near_after
        + 0.79 * e.same_noun
        + 0.38 * e.same_title
        - 0.88 * e.other_after
        - 1.02 * e.together
        - 1.49 * e.joined
        + 0.91 * e.one_introduced
        + 0.88 * e.both_bare
        - 0.12 * e.rarer_unsure
        + 0.14 * e.other_unsure
        - 1.00 * e.small
        - 3.67 * e.plural
        - 1.95 * e.derived
        - 4.00 * e.feminine
        - 0.41 * e.last_vowel
        - 1.16 * e.two_more
        - 1.10 * e.three_more
        - 3.85 * e.both_known
        - 2.84 * e.one_ordinary
        - 2.46 * e.one_known
        - 2.00 * e.other_initials
        - 0.77 * e.one_quoted
        - 5.26 * e.both_abbreviated
        - 1.94 * e.one_abbreviated
}
