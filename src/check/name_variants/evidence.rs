//! What the text says for and against two spellings being one name.

use super::company::{Companies, NearPairs, near, shared};
use super::decision;
use super::forms::of_spellings;
use super::pairs::Pair;
use super::roster::{credited, in_roster};
use crate::text::names::{Form, Mention, Mentions};
use crate::text::{Document, Language, Lexicon, Span};

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
    /// Words stand before them that are near each other themselves: “Novatus Miroshi”, “Novatos Miroschi”.
    pub near_before: f32,
    /// The same of words after them.
    pub near_after: f32,
    /// Both go by initials, and by other ones; or both are entries of a list of people.
    pub other_initials: f32,
    /// One title or office stands near both, in one sentence with them.
    pub same_title: f32,
    /// Both carry a possessive ending somewhere.
    pub both_possessive: f32,
    /// One of them stands in quotation marks or brackets, the other never does.
    pub one_quoted: f32,
    /// Both are short and written in capitals only.
    pub both_abbreviated: f32,
    /// One of them is.
    pub one_abbreviated: f32,
    /// One of them only stands in lists.
    pub listed: f32,
    /// So does the other: two players of a team.
    pub both_listed: f32,
}

/// What everyone knows of words and names.
pub struct Lexicons<'l> {
    /// Names that everyone knows.
    pub known: &'l Lexicon,
    /// Common words of the language of the document.
    pub ordinary: Option<&'l Lexicon>,
    /// Those of English, in a document of another language: its titles and terms stand in many.
    pub english: Option<&'l Lexicon>,
    /// Endings of common words, for those that are only seen where any word has a capital letter.
    pub endings: &'l [String],
}

impl Lexicons<'_> {
    /// Whether a spelling is that of a common word, by its letters or, where nothing says that it is a name, its ending.
    pub(super) fn is_ordinary(&self, form: &Form, word: &str) -> bool {
        let ending = || self.endings.iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e.as_str()));
        let third = |lexicon: &Lexicon| word.strip_suffix('s').is_some_and(|stem| lexicon.has(stem));
        self.ordinary.is_some_and(|lexicon| lexicon.has(word) || form.sure == 0 && (ending() || third(lexicon)))
    }
}

/// Looks at a pair; `None` where it cannot weigh as much as the least weight that is of use.
pub fn of(
    doc: &Document,
    mentions: &Mentions,
    pair: &Pair,
    lexicons: &Lexicons<'_>,
    companies: &mut Companies,
    near_pairs: &NearPairs,
    least: f32,
) -> Option<Evidence> {
    let (a, b) = (&mentions.forms()[pair.a as usize], &mentions.forms()[pair.b as usize]);
    let (more, fewer) = if b.count() > a.count() { (b, a) } else { (a, b) };
    let (of_a, of_b) = companies.pair(doc, mentions, pair.a, pair.b);
    let (of_more, of_fewer) = if b.count() > a.count() { (of_b, of_a) } else { (of_a, of_b) };
    let same_before = shared(&of_more.before, &of_fewer.before, true);
    let same_after = shared(&of_more.after, &of_fewer.after, true);
    let words = (mentions.word(doc, a), mentions.word(doc, b));
    let ordinary = (lexicons.is_ordinary(a, words.0), lexicons.is_ordinary(b, words.1));
    let english = lexicons.english.is_some_and(|lexicon| lexicon.has(words.0) != lexicon.has(words.1));
    let known = (lexicons.known.has(words.0), lexicons.known.has(words.1));
    let flag = |yes: bool| yes as u8 as f32;
    let first = Evidence {
        unlikeness: pair.unlikeness,
        distance: pair.distance,
        length: (pair.letters as f32).ln(),
        same_before: flag(same_before),
        same_after: flag(same_after),
        same_noun: flag(shared(&of_more.after, &of_fewer.after, false)),
        other_after: flag(!same_after && of_more.capital_after() && of_fewer.capital_after()),
        one_introduced: flag(!of_more.bare() && of_fewer.bare()),
        both_bare: flag(of_more.bare() && of_fewer.bare()),
        rarer_unsure: flag(fewer.sure == 0),
        other_unsure: flag(more.sure == 0),
        small: flag(a.small + b.small > 0),
        both_known: flag((ordinary.0 || known.0) && (ordinary.1 || known.1)),
        one_ordinary: flag(ordinary.0 != ordinary.1 || !same_before && !same_after && english),
        one_known: flag(known.0 != known.1 && pair.distance > 0.0),
        near_before: flag(!same_before && near(&of_a.before, &of_b.before, near_pairs)),
        near_after: flag(!same_after && near(&of_a.after, &of_b.after, near_pairs)),
        ..Evidence::default()
    };
    // Most pairs are told apart by now.
    if decision::weigh(&first) + decision::AT_MOST_MORE < least {
        return None;
    }
    let (all_a, all_b) = (mentions.of_form(a), mentions.of_form(b));
    let quoted = (all_a.iter().any(|m| is_quoted(doc, m)), all_b.iter().any(|m| is_quoted(doc, m)));
    let abbreviated = (is_abbreviation(doc, all_a), is_abbreviation(doc, all_b));
    let spellings = of_spellings(words.0, words.1, pair);
    let in_rosters = || {
        let both = [all_a, all_b];
        both.iter().all(|all| all.iter().all(|m| in_roster(doc, m)))
            || both.iter().all(|all| all.iter().take(TITLED).any(|m| credited(doc, m) > 1))
    };
    let apart = !same_before && !same_after && in_rosters();
    let listed = [all_a, all_b].map(|all| all.iter().all(|m| is_listed(doc, m)));
    Some(Evidence {
        together: together(all_a, all_b).min(3) as f32,
        joined: flag(joined(doc, all_a, all_b)),
        other_initials: flag(of_a.other_initials(of_b) || apart),
        same_title: flag(have_one_title(doc, all_a, all_b)),
        both_possessive: flag(all_a.iter().any(|m| m.possessive) && all_b.iter().any(|m| m.possessive)),
        one_quoted: flag(quoted.0 != quoted.1),
        both_abbreviated: flag(abbreviated.0 && abbreviated.1),
        one_abbreviated: flag(abbreviated.0 != abbreviated.1),
        listed: flag(listed[0] || listed[1]),
        both_listed: flag(listed[0] && listed[1]),
        short: spellings.short,
        other_initial: spellings.other_initial,
        marks_only: spellings.marks_only,
        plural: spellings.plural,
        derived: spellings.derived,
        feminine: spellings.feminine,
        last_vowel: spellings.last_vowel,
        two_more: spellings.two_more,
        three_more: spellings.three_more,
        ..first
    })
}

/// How many words away a title may stand: “Minister of Economy and Industry, Orna Barbivai”.
const TITLE: usize = 8;

/// So many mentions are looked at for a title, or a credit.
const TITLED: usize = 12;

/// Whether one title or office stands near both, in their sentences.
fn have_one_title(doc: &Document, a: &[Mention], b: &[Mention]) -> bool {
    let titles = &Language::of(doc.lang()).titles;
    if titles.is_empty() {
        return false;
    }
    let of = |mentions: &[Mention]| {
        let mut found: Vec<u32> = Vec::new();
        for mention in mentions.iter().take(TITLED) {
            let sentence = doc.word_numbers(&doc.sentences()[mention.sentence as usize]);
            let from = (mention.word as usize).saturating_sub(TITLE).max(sentence.start as usize);
            let to = (mention.word as usize + TITLE + 1).min(sentence.end as usize);
            let words = doc.words().get(from..to).unwrap_or_default();
            found.extend(words.iter().filter(|word| titles.has(doc.folded(**word))).map(|word| word.id));
        }
        found
    };
    let of_a = of(a);
    !of_a.is_empty() && of(b).iter().any(|title| of_a.contains(title))
}

/// Whether a mention stands right behind a quotation mark or bracket.
fn is_quoted(doc: &Document, mention: &Mention) -> bool {
    let before = &doc.text()[..mention.span.start as usize];
    before.ends_with(['"', '“', '„', '«', '‘', '\'', '('])
}

/// Whether a form is always written in capitals, and is short; a small letter may stand among three of them: “EdDSA”.
fn is_abbreviation(doc: &Document, mentions: &[Mention]) -> bool {
    mentions.iter().all(|mention| {
        let word = doc.slice(mention.span);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let small = word.chars().filter(|c| c.is_lowercase()).count();
        word.len() <= 8 && word.chars().count() <= 5 && (small == 0 || capitals >= 3 && small == 1)
    })
}

/// Whether a mention stands between commas or semicolons, as players and members do in lists.
fn is_listed(doc: &Document, mention: &Mention) -> bool {
    let (before, after) = (&doc.text()[..mention.span.start as usize], &doc.text()[mention.span.end as usize..]);
    after.starts_with([',', ';', '(']) && [", ", "; ", "- "].iter().any(|gap| before.ends_with(gap))
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
