//! What makes two forms of one name in languages that bend names, or write words onto them.
//!
//! The weights of the [decision](super::decision) were measured on English. Elsewhere a pair must pass here too: what
//! is a matter of grammar is no slip.

use unicode_script::{Script, UnicodeScript};

use super::introduction;
use super::pairs::Pair;
use crate::text::names::spelling::{self, Sounds};
use crate::text::names::{Form, Mentions};
use crate::text::{Document, Language, Tongues};

/// The least part of a name, in letters, that its inflected forms share.
const STEM: usize = 2;

/// Spellings that differ so little for their length (see [`spelling::for_length`]), and are so long, are no two words that happen to be alike.
const BARELY: f32 = 0.06;
const LONG: u8 = 5;

/// Whether a pair says something in the language of the document.
pub fn is_telling(doc: &Document, mentions: &Mentions, pair: &Pair) -> bool {
    let forms = [pair.a, pair.b].map(|place| &mentions.forms()[place as usize]);
    let words = forms.map(|form| mentions.word(doc, form));
    // A capital letter at the start of a sentence makes no name, and no one has listed the common words.
    let near = pair.unlikeness <= BARELY && pair.letters >= LONG && forms.iter().any(|form| form.sure > 0);
    let name = |form: &Form, word: &str| {
        (form.sure > 0 || near) && form.small == 0 && !Tongues::of_word(word).meets(Tongues::only(doc.lang()))
    };
    if !(name(forms[0], words[0]) && name(forms[1], words[1])) {
        return false;
    }
    if Language::of(doc.lang()).nouns_have_capitals && !introduction::is_name(doc, mentions, pair, forms) {
        return false;
    }
    let bare = words.map(without_article);
    // “XIXe”: a number.
    let numeral = |word: &str| word.trim_end_matches('e').chars().all(|c| "ivxlcdm".contains(c));
    bare[0] != bare[1]
        && !is_capital_without_mark(bare[0], bare[1])
        && !numeral(bare[0])
        && !numeral(bare[1])
        && !is_bent(bare[0], bare[1], Language::of(doc.lang()))
}

/// An ending that is written onto a foreign name has no more letters.
const ENDING: usize = 3;

/// A word without what is written onto it with an apostrophe: “l’Orchestre”, “dell’Aquila”, and at the end as in Polish
/// “Git’a”, “Neovim’em”.
pub(super) fn without_article(word: &str) -> &str {
    let Some((first, second)) = word.split_once('\'') else { return word };
    let letters = second.chars().count();
    match () {
        () if first.len() <= 5 && letters > ENDING => second,
        () if first.chars().count() > STEM && (1..=ENDING).contains(&letters) => first,
        () if first.len() <= 5 && second.len() > 2 => second,
        () => word,
    }
}

/// Whether two words are one but for a mark on the first letter, which many leave out over capitals: “États”, “Etats”.
pub(super) fn is_capital_without_mark(a: &str, b: &str) -> bool {
    let mut rest = (a.chars(), b.chars());
    let (Some(first), Some(second)) = (rest.0.next(), rest.1.next()) else { return false };
    first != second
        && (first.is_ascii() || second.is_ascii())
        && rest.0.as_str() == rest.1.as_str()
        && deunicode::deunicode_char(first) == deunicode::deunicode_char(second)
}

/// Whether two words are one with two endings.
pub fn is_inflected(a: &str, b: &str, endings: &[String]) -> bool {
    let shared: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let is = |rest: &str| rest.is_empty() || endings.iter().any(|e| e == rest);
    // The ending may begin before the first letter that differs: “Москв-ой”, “Москв-ою”.
    let cuts = a[..shared].char_indices().rev().map(|(at, _)| at).take(3);
    let stems = std::iter::once(shared).chain(cuts);
    stems.filter(|&at| a[..at].chars().count() >= STEM).any(|at| is(&a[at..]) && is(&b[at..]))
}

/// Whether two words are forms of one in a language: by their endings, or by a vowel that goes where an ending comes: “Hynek”,
/// “Hynka”.
pub fn is_bent(a: &str, b: &str, language: &Language) -> bool {
    is_inflected(a, b, &language.inflections)
        || changes_marks(a, b, language)
        || loses_vowel(a, b, language)
        || loses_vowel(b, a, language)
}

/// Whether two words in Latin letters are forms of one but for the marks of its letters, which may change with the ending:
/// “Satz”, “Sätze”, “Fedora”, “Fedoře”.
fn changes_marks(a: &str, b: &str, language: &Language) -> bool {
    let is_latin = |word: &str| word.chars().all(|c| c.is_ascii() || c.script() == Script::Latin);
    if language.inflections.is_empty() || a.is_ascii() && b.is_ascii() || !is_latin(a) || !is_latin(b) {
        return false;
    }
    let (a, b) = (deunicode::deunicode(a), deunicode::deunicode(b));
    let endings: Vec<String> = language.inflections.iter().map(|ending| deunicode::deunicode(ending)).collect();
    a != b && is_inflected(&a, &b, &endings)
}

fn loses_vowel(full: &str, bent: &str, language: &Language) -> bool {
    let shared: usize = full.chars().zip(bent.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (mut rest, mut other) = (full[shared..].chars(), bent[shared..].chars());
    let fleets = rest.next().is_some_and(|vowel| language.fleeting.contains(vowel));
    let consonant = rest.next();
    let is_ending = |rest: &str| language.inflections.iter().any(|ending| ending == rest);
    fleets
        && full[..shared].chars().count() >= STEM
        && consonant.is_some_and(char::is_alphabetic)
        && consonant == other.next()
        && (rest.as_str().is_empty() || is_ending(rest.as_str()))
        && is_ending(other.as_str())
}

/// A spelling put in place of another, with the ending that the other has: of `Путин` for `Путыным` it makes `Путиным`.
/// `None` where the endings cannot be told.
pub fn with_the_ending_of(name: &str, replaced: &str, endings: &[String]) -> Option<String> {
    let is_name = |word: &str| word.chars().count() > STEM;
    let bare = |word: &str| {
        let mut stems = vec![(word.to_owned(), "")];
        let cut = endings.iter().filter_map(|e| Some((word.strip_suffix(e.as_str())?.to_owned(), e.as_str())));
        stems.extend(cut.filter(|(stem, _)| is_name(stem)));
        stems
    };
    let (names, others) = (bare(name), bare(replaced));
    let pairs = names.iter().flat_map(|(name, _)| others.iter().map(move |(other, ending)| (name, other, *ending)));
    let apart = |a: &str, b: &str| Some(spelling::distance(&Sounds::of(a)?, &Sounds::of(b)?));
    let weighed = pairs.filter_map(|(name, other, ending)| Some((apart(name, other)?, name, other, ending)));
    // The nearest stems, and of those the longest.
    let length = |stem: &str| std::cmp::Reverse(stem.chars().count());
    let best = weighed.min_by(|x, y| x.0.total_cmp(&y.0).then(length(x.2).cmp(&length(y.2))))?;
    let (_, name, _, ending) = best;
    Some(format!("{name}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vowel_goes_where_an_ending_comes() {
        let of = |tag: &str| Language::of(crate::text::Lang::parse(tag).unwrap());
        for (tag, a, b) in [("uk", "гинек", "гинка"), ("uk", "півдні", "південь"), ("cs", "karel", "karla")]
        {
            assert!(is_bent(a, b, of(tag)), "{tag}: {a}, {b}");
        }
        for (tag, a, b) in [("cs", "mccarthyho", "mccarthym"), ("cs", "johnsonovo", "johnsona")] {
            assert!(is_bent(a, b, of(tag)), "{tag}: {a}, {b}");
        }
        for (tag, a, b) in
            [("de", "antwortdatensatz", "antwortdatensätze"), ("cs", "fedora", "fedoře"), ("cs", "síň", "síně")]
        {
            assert!(is_bent(a, b, of(tag)), "{tag}: {a}, {b}");
        }
        // A mark alone is no ending.
        assert!(!is_bent("muller", "müller", of("de")));
        // Another consonant, and a language whose vowels stay.
        assert!(!is_bent("karel", "karta", of("cs")));
        assert!(!is_bent("karel", "karla", of("de")));
    }

    #[test]
    fn a_name_takes_the_ending_of_what_it_replaces() {
        let endings: Vec<String> = ["а", "ым", "у", "ом"].map(String::from).into();
        let with = |name, replaced| with_the_ending_of(name, replaced, &endings).unwrap();
        assert_eq!(with("Путин", "Путыным"), "Путиным");
        assert_eq!(with("Путина", "Путын"), "Путин");
        assert_eq!(with("Путин", "Путын"), "Путин");
        assert_eq!(with_the_ending_of("Zellweck", "Zelweck", &[]).unwrap(), "Zellweck");
    }
}
