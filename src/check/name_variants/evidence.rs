//! What the text says for and against two spellings being one name.

use super::pairs::Pair;
use crate::text::names::{Form, Mention, Mentions};
use crate::text::{Document, Language, Lexicon, Span, Word};

/// What is known of a pair, each a figure that the decision weighs; 0 and 1 for no and yes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    /// Distance for the length of the two.
    pub unlikeness: f32,
    /// The distance itself.
    pub distance: f32,
    /// Letters of the shorter, as natural logarithm.
    pub length: f32,
    /// The shorter has at most four letters.
    pub short: f32,
    /// The first letters differ.
    pub other_initial: f32,
    /// The spellings differ in marks only.
    pub marks_only: f32,
    /// The same capitalised word stands before both: “James Hebby”, “James Hebe”.
    pub same_before: f32,
    /// The same capitalised word stands after both.
    pub same_after: f32,
    /// The same small word of content stands after both.
    pub same_noun: f32,
    /// Both stand before capitalised words, never the same one: two people with like given names.
    pub other_after: f32,
    /// Sentences that hold both, at most three.
    pub together: f32,
    /// The two stand side by side: “Johnson and Johnston”.
    pub joined: f32,
    /// One is introduced with a longer name, the other never is.
    pub one_introduced: f32,
    /// Neither ever stands in a longer name.
    pub both_bare: f32,
    /// The rarer is mentioned only where any word has a capital letter.
    pub rarer_unsure: f32,
    /// So is the other.
    pub other_unsure: f32,
    /// One of them is also written small.
    pub small: f32,
    /// One is the other with `s` or `es`.
    pub plural: f32,
    /// They differ by endings that make one word from another: -an, -ish, -er, -ism.
    pub derived: f32,
    /// One may be the feminine form of the other: `Petrov`/`Petrova`, `Kowalski`/`Kowalska`.
    pub feminine: f32,
    /// They differ by a last vowel.
    pub last_vowel: f32,
    /// One is the other with two letters more.
    pub two_more: f32,
    /// One is the other with three or more letters more.
    pub three_more: f32,
    /// Both are words or names that everyone knows.
    pub both_known: f32,
    /// One of them is a common word of the language.
    pub one_ordinary: f32,
    /// One of them is a known name.
    pub one_known: f32,
}

/// A neighbour of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Neighbour {
    pub(super) id: u32,
    pub(super) capital: bool,
}

/// The words beside the mentions of a spelling.
#[derive(Default)]
pub(super) struct Company {
    pub(super) before: Vec<Neighbour>,
    pub(super) after: Vec<Neighbour>,
}

/// What everyone knows of words and names.
pub struct Lexicons<'l> {
    /// Names that everyone knows.
    pub known: &'l Lexicon,
    /// Common words of the language of the document.
    pub ordinary: Option<&'l Lexicon>,
}

/// The company of spellings, found out once for all pairs that a spelling is in.
pub struct Companies {
    of_form: Vec<Option<Company>>,
}

impl Companies {
    /// Of the spellings of a document; nothing is read yet.
    pub fn of(mentions: &Mentions) -> Companies {
        Companies { of_form: mentions.forms().iter().map(|_| None).collect() }
    }

    fn pair(&mut self, doc: &Document, mentions: &Mentions, a: u32, b: u32) -> (&Company, &Company) {
        static NOBODY: Company = Company { before: Vec::new(), after: Vec::new() };
        for form in [a as usize, b as usize] {
            self.of_form[form].get_or_insert_with(|| Company::of(doc, mentions, &mentions.forms()[form]));
        }
        let known = |form: u32| self.of_form[form as usize].as_ref().unwrap_or(&NOBODY);
        (known(a), known(b))
    }
}

/// Weighs a pair.
pub fn of(
    doc: &Document,
    mentions: &Mentions,
    pair: &Pair,
    lexicons: &Lexicons<'_>,
    companies: &mut Companies,
) -> Evidence {
    let (a, b) = (&mentions.forms()[pair.a as usize], &mentions.forms()[pair.b as usize]);
    let (more, fewer) = if b.count() > a.count() { (b, a) } else { (a, b) };
    let (of_a, of_b) = companies.pair(doc, mentions, pair.a, pair.b);
    let (of_more, of_fewer) = if b.count() > a.count() { (of_b, of_a) } else { (of_a, of_b) };
    let same_before = shared(&of_more.before, &of_fewer.before, true);
    let same_after = shared(&of_more.after, &of_fewer.after, true);
    let words = (mentions.word(doc, a), mentions.word(doc, b));
    let is = |lexicon: Option<&Lexicon>| lexicon.map_or((false, false), |l| (l.has(words.0), l.has(words.1)));
    let (ordinary, known) = (is(lexicons.ordinary), is(Some(lexicons.known)));
    let flag = |yes: bool| yes as u8 as f32;
    Evidence {
        same_before: flag(same_before),
        same_after: flag(same_after),
        same_noun: flag(shared(&of_more.after, &of_fewer.after, false)),
        other_after: flag(!same_after && of_more.capital_after() && of_fewer.capital_after()),
        together: together(mentions.of_form(a), mentions.of_form(b)).min(3) as f32,
        joined: flag(joined(doc, mentions.of_form(a), mentions.of_form(b))),
        one_introduced: flag(!of_more.bare() && of_fewer.bare()),
        both_bare: flag(of_more.bare() && of_fewer.bare()),
        rarer_unsure: flag(fewer.sure == 0),
        other_unsure: flag(more.sure == 0),
        small: flag(a.small + b.small > 0),
        both_known: flag((ordinary.0 || known.0) && (ordinary.1 || known.1)),
        one_ordinary: flag(ordinary.0 != ordinary.1),
        one_known: flag(known.0 != known.1),
        ..of_spellings(words.0, words.1, pair)
    }
}

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

/// Whether two lists of neighbours have a word in common, capitalised or small.
fn shared(a: &[Neighbour], b: &[Neighbour], capital: bool) -> bool {
    a.iter().any(|n| n.capital == capital && b.contains(n))
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

/// Whether two words differ by a plural ending, by endings that make one word from another, by a last vowel.
fn endings(a: &str, b: &str) -> (bool, bool, bool) {
    let shared: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (x, y) = (&a[shared..], &b[shared..]);
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let plural = short.is_empty() && matches!(long, "s" | "es");
    let vowel = |t: &str| matches!(t, "" | "a" | "e" | "i" | "o" | "u" | "y");
    let last_vowel = vowel(short) && vowel(long);
    let derived = !plural && !last_vowel && derives(short) && derives(long);
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

/// How many mentions of a form are looked at.
const ENOUGH: usize = 40;

impl Company {
    pub(super) fn of(doc: &Document, mentions: &Mentions, form: &Form) -> Company {
        let words = doc.words();
        let language = Language::of(doc.lang());
        let mut company = Company::default();
        for mention in mentions.of_form(form).iter().take(ENOUGH) {
            let here = mention.word as usize;
            if here > 0 {
                let word = words[here - 1];
                if matches!(doc.slice(Span::new(word.span.end, mention.span.start)), " " | "-" | ". ") {
                    company.before.extend(neighbour(doc, word, language));
                }
            }
            if let Some(&word) = words.get(here + 1)
                && matches!(doc.slice(Span::new(mention.span.end, word.span.start)), " " | "-" | "'s " | "’s ")
            {
                company.after.extend(neighbour(doc, word, language));
            }
        }
        company
    }

    fn capital_after(&self) -> bool {
        self.after.iter().any(|n| n.capital)
    }

    /// Whether the name always stands alone.
    fn bare(&self) -> bool {
        !self.before.iter().chain(&self.after).any(|n| n.capital)
    }
}

/// A neighbour that says something: no function word.
fn neighbour(doc: &Document, word: Word, language: &Language) -> Option<Neighbour> {
    let (folded, written) = (doc.folded(word), doc.slice(word.span));
    let capital = written.starts_with(char::is_uppercase);
    let telling = folded.len() >= 2 && (capital || folded.chars().count() >= 4);
    (telling && !language.dangling.has(folded)).then_some(Neighbour { id: word.id, capital })
}

/// Sentences that hold a mention of both; both lists are in order.
fn together(a: &[Mention], b: &[Mention]) -> u32 {
    let mut count = 0;
    let mut rest = b;
    let mut last = u32::MAX;
    for m in a {
        while rest.first().is_some_and(|n| n.sentence < m.sentence) {
            rest = &rest[1..];
        }
        if rest.first().is_some_and(|n| n.sentence == m.sentence) && last != m.sentence {
            count += 1;
            last = m.sentence;
        }
    }
    count
}

/// Whether the two stand side by side somewhere: “Johnson and Johnston”, “Iran, Iraq”.
fn joined(doc: &Document, a: &[Mention], b: &[Mention]) -> bool {
    let mut rest = b;
    for m in a {
        while rest.first().is_some_and(|n| n.word + 3 < m.word) {
            rest = &rest[1..];
        }
        for n in rest.iter().take_while(|n| n.word <= m.word + 3) {
            let (first, second) = if n.word < m.word { (n, m) } else { (m, n) };
            if first.span.end <= second.span.start
                && first.sentence == second.sentence
                && doc.slice(Span::new(first.span.end, second.span.start)).len() <= 12
            {
                return true;
            }
        }
    }
    false
}
