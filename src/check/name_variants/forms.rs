//! What two spellings say by themselves, wherever they stand.

use super::evidence::Evidence;
use super::pairs::Pair;

/// What the two folded words themselves say, wherever they stand.
pub(super) fn of_spellings(a: &str, b: &str, pair: &Pair) -> Evidence {
    let (plural, derived, last_vowel) = endings(a, b);
    let more_letters = more_letters(a, b);
    let flag = |yes: bool| yes as u8 as f32;
    Evidence {
        unlikeness: pair.unlikeness,
        distance: pair.distance,
        length: (pair.letters as f32).ln(),
        short: flag(pair.letters <= 4),
        other_initial: flag(a.chars().next() != b.chars().next()),
        marks_only: flag(pair.distance == 0.0),
        plural: flag(plural),
        derived: flag(derived),
        feminine: flag(feminine(a, b)),
        last_vowel: flag(last_vowel),
        two_more: flag(more_letters == 2),
        three_more: flag(more_letters >= 3),
        ..Evidence::default()
    }
}

/// Whether an ending makes one word from another, in the languages that write names with capitals.
#[rustfmt::skip]
fn derives(ending: &str) -> bool {
    matches!(
        ending,
        "" | "s" | "es" | "n" | "an" | "ian" | "i" | "is" | "ish" | "ese" | "ans" | "ns" | "ians" | "ean" | "ic"
            | "ics" | "ist" | "ists" | "ism" | "land" | "er" | "ers" | "r" | "rs" | "or" | "al" | "ed" | "d"
            | "ing" | "ie" | "ies" | "ion" | "ions" | "ly" | "ment" | "ity" | "ical" | "ous" | "ive" | "man"
            | "men" | "ship" | "ia" | "y" | "e" | "o" | "a" | "as" | "os" | "um" | "us" | "ium"
    )
}

/// What makes one word from another where it stands before it.
const PREFIXES: &[&str] = &[
    "anti", "auto", "co", "de", "des", "dis", "hyper", "im", "in", "inter", "micro", "mini", "mis", "multi", "non",
    "out", "over", "pre", "pro", "re", "sub", "super", "trans", "un", "under",
];

/// Whether two words differ by a plural ending, by endings that make one word from another, by a last vowel.
fn endings(a: &str, b: &str) -> (bool, bool, bool) {
    let shared: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (x, y) = (&a[shared..], &b[shared..]);
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let plural = short.is_empty() && matches!(long, "s" | "es");
    let vowel = |t: &str| matches!(t, "" | "a" | "e" | "i" | "o" | "u" | "y");
    let last_vowel = vowel(short) && vowel(long);
    let (less, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let prefixed = more.strip_suffix(less).is_some_and(|prefix| PREFIXES.contains(&prefix));
    let people = matches!((short, long), ("an", "en") | ("en", "an")) && a[..shared].ends_with('m');
    let plural = plural || people;
    let derived = prefixed || !plural && !last_vowel && derives(short) && derives(long);
    (plural, derived, last_vowel)
}

/// Masculine and feminine ends of Slavic, Baltic and Greek surnames.
const FEMININE: &[(&str, &str)] = &[
    ("ov", "ova"),
    ("ev", "eva"),
    ("in", "ina"),
    ("yn", "yna"),
    ("ski", "ska"),
    ("cki", "cka"),
    ("dzki", "dzka"),
    ("sky", "ska"),
    ("sky", "skaya"),
    ("skiy", "skaya"),
    ("skyi", "ska"),
    ("skyy", "ska"),
    ("skij", "skaja"),
    ("tskoy", "tskaya"),
    ("oy", "aya"),
    ("ny", "na"),
    ("ny", "naya"),
    ("ý", "á"),
    ("as", "iene"),
    ("is", "iene"),
    ("os", "ou"),
    ("is", "i"),
    ("as", "a"),
    ("в", "ва"),
    ("ин", "ина"),
    ("ский", "ская"),
    ("ський", "ська"),
];

fn feminine(a: &str, b: &str) -> bool {
    let fits = |m: &str, f: &str| {
        FEMININE.iter().any(|(his, hers)| {
            matches!((m.strip_suffix(his), f.strip_suffix(hers)), (Some(x), Some(y)) if x == y && x.len() >= 2)
        })
    };
    fits(a, b) || fits(b, a)
}

/// How many letters one has more, where it begins with the other.
fn more_letters(a: &str, b: &str) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).map_or(0, |rest| rest.chars().count())
}
