//! What makes two forms of one name in languages that bend names, or write words onto them.
//!
//! The weights of the [decision](super::decision) were measured on English. Elsewhere a pair must pass here too: what
//! is a matter of grammar is no slip.

use unicode_script::UnicodeScript;

use super::pairs::Pair;
use crate::text::names::{Form, Mentions};
use crate::text::{Document, Language, Tongues};

/// The least part of a name, in letters, that its inflected forms share.
const STEM: usize = 2;

/// Whether a pair says something in the language of the document.
pub fn is_telling(doc: &Document, mentions: &Mentions, pair: &Pair) -> bool {
    let forms = [pair.a, pair.b].map(|place| &mentions.forms()[place as usize]);
    let words = forms.map(|form| mentions.word(doc, form));
    // A capital letter at the start of a sentence makes no name, and no one has listed the common words.
    let name = |form: &Form, word: &str| {
        form.sure > 0 && form.small == 0 && !Tongues::of_word(word).meets(Tongues::only(doc.lang()))
    };
    if !(name(forms[0], words[0]) && name(forms[1], words[1])) {
        return false;
    }
    // “Путин” beside “Putin” is a name in its own letters.
    let script = |word: &str| word.chars().find(|c| c.is_alphabetic()).map(|c| c.script());
    if script(words[0]) != script(words[1]) {
        return false;
    }
    let bare = words.map(without_article);
    // “XIXe”: a number.
    let numeral = |word: &str| word.trim_end_matches('e').chars().all(|c| "ivxlcdm".contains(c));
    bare[0] != bare[1]
        && !numeral(bare[0])
        && !numeral(bare[1])
        && !is_inflected(bare[0], bare[1], &Language::of(doc.lang()).inflections)
}

/// A word without what is written onto it with an apostrophe: “l’Orchestre”, “dell’Aquila”.
fn without_article(word: &str) -> &str {
    word.split_once('\'').map_or(word, |(article, name)| if article.len() <= 5 && name.len() > 2 { name } else { word })
}

/// Whether two words are one with two endings.
pub(super) fn is_inflected(a: &str, b: &str, endings: &[String]) -> bool {
    let shared: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let is = |rest: &str| rest.is_empty() || endings.iter().any(|e| e == rest);
    // The ending may begin before the first letter that differs: “Москв-ой”, “Москв-ою”.
    let cuts = a[..shared].char_indices().rev().map(|(at, _)| at).take(3);
    let stems = std::iter::once(shared).chain(cuts);
    stems.filter(|&at| a[..at].chars().count() >= STEM).any(|at| is(&a[at..]) && is(&b[at..]))
}
