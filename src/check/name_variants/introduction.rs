//! Names in a language in which every noun has a capital letter.
//!
//! There a capital says nothing. What says that a word is a name: a given name or a title right before it (“Francesco
//! Marzouk”, “Herr Marzouk”), and that it never has what nouns have: an article, an adjective, a compound, an ending.

use super::super::untranslated;
use super::pairs::Pair;
use crate::text::names::{Form, Mention, Mentions};
use crate::text::{Document, Language, Span, Word};

/// Pairs farther apart for their length are mostly two nouns.
const FARTHEST: f32 = 0.22;

/// So are shorter ones, in letters.
const SHORTEST: u8 = 5;

/// Whether two forms may be spellings of one name: one of them is introduced, neither is used as a noun.
pub fn is_name(doc: &Document, mentions: &Mentions, pair: &Pair, forms: [&Form; 2]) -> bool {
    if pair.unlikeness > FARTHEST || pair.letters < SHORTEST {
        return false;
    }
    let uses = forms.map(|form| Uses::of(doc, mentions, form));
    let noun = |uses: &Uses| uses.noun || (uses.adjective || uses.first_part || uses.pronoun) && !uses.introduced;
    !uses.iter().any(noun) && (uses.iter().any(|uses| uses.introduced) || is_foreign(doc, mentions, pair, forms))
}

/// Whether two forms differ by marks alone, and one has a letter that the language has not: “Paris”, “París”.
fn is_foreign(doc: &Document, mentions: &Mentions, pair: &Pair, forms: [&Form; 2]) -> bool {
    let letters = Language::of(doc.lang()).letters.as_deref();
    pair.distance == 0.0 && forms.iter().any(|form| untranslated::has_alien(mentions.word(doc, form), letters))
}

/// Whether a form by itself is that of a name: introduced somewhere, and never used as a noun.
pub fn is_introduced(doc: &Document, mentions: &Mentions, form: &Form) -> bool {
    let uses = Uses::of(doc, mentions, form);
    uses.introduced && !uses.noun
}

/// How a form is used.
#[derive(Default)]
struct Uses {
    /// A given name or title stands before it.
    introduced: bool,
    /// A small word that ends as adjectives do stands before it.
    adjective: bool,
    /// It is the first part of a compound, as names are too: “Zellweck-Fans”.
    first_part: bool,
    /// What may be its article may be a pronoun with which a clause begins: “, dem Zellweck half”, “, mit dem Zellweck”.
    pronoun: bool,
    /// It has an article or is one, is the last part of a compound or ends as nouns do.
    noun: bool,
}

impl Uses {
    fn of(doc: &Document, mentions: &Mentions, form: &Form) -> Uses {
        let language = Language::of(doc.lang());
        let word = mentions.word(doc, form);
        let noun = ends_as_noun(language, word) || language.determiners.has(word);
        let mut uses = Uses { noun, ..Uses::default() };
        for mention in mentions.of_form(form) {
            let text = doc.text();
            uses.noun |= text[..mention.span.start as usize].ends_with('-');
            uses.first_part |= text[mention.span.end as usize..].starts_with('-');
            let Some(before) = word_before(doc, mention) else { continue };
            let (folded, written) = (doc.folded(before), doc.slice(before.span));
            if language.determiners.has(folded) {
                let pronoun = begins_clause(doc, language, mention);
                uses.pronoun |= pronoun;
                uses.noun |= !pronoun;
            } else if written.starts_with(char::is_uppercase) {
                uses.introduced |= !ends_as_noun(language, folded);
            } else {
                uses.adjective |= is_adjective(folded);
            }
        }
        uses
    }
}

fn ends_as_noun(language: &Language, word: &str) -> bool {
    language.noun_endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending.as_str()))
}

/// The word before a mention, with nothing but a blank between them.
fn word_before(doc: &Document, mention: &Mention) -> Option<Word> {
    let word = doc.words()[mention.word.checked_sub(1)? as usize];
    (doc.slice(Span::new(word.span.end, mention.span.start)) == " ").then_some(word)
}

/// Whether a comma stands before the word before a mention, or before that and a preposition.
fn begins_clause(doc: &Document, language: &Language, mention: &Mention) -> bool {
    let before = |at: usize| at.checked_sub(1).map(|at| doc.words()[at]);
    let comma = |word: Word| doc.text().as_bytes().get(word.span.end as usize) == Some(&b',');
    let Some(word) = before(mention.word as usize - 1) else { return false };
    let preposition = || language.dangling.has(doc.folded(word)) && !language.determiners.has(doc.folded(word));
    comma(word) || preposition() && before(mention.word as usize - 2).is_some_and(comma)
}

/// Whether a small word may be a German adjective before a noun; verbs of saying end in `-te` and do not count.
fn is_adjective(word: &str) -> bool {
    word.chars().count() > 3
        && ["e", "en", "er", "es", "em"].iter().any(|ending| word.ends_with(ending))
        && !word.ends_with("te")
}
