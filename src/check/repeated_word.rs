//! A word written twice in a row, within one block: “the the”, also over a line break or a comma.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Lang, Language, PerLanguage, Span, Translation, Word, WordSet};

/// In a language that doubles words by grammar, words this long (in characters) are too long for that.
const LONG: usize = 9;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RepeatedWord {
    /// Words that may stand twice with a comma between them (“what it is, is”).
    except_at_comma: PerLanguage<WordSet>,
    /// Function words that stand twice in good sentences too (“what it is is”, “the house they live in in winter”): which
    /// it is only the writer knows.
    may_be_meant: PerLanguage<WordSet>,
    /// Words that stand twice where a clause begins, and so behind a comma: a pronoun, and the article of the next noun (“die
    /// Frau, die die Tür öffnet”).
    relative: PerLanguage<WordSet>,
    /// Words that join such a clause to another without a comma.
    joins_clauses: PerLanguage<WordSet>,
}

impl Check for RepeatedWord {
    fn is_silent_in(&self, lang: Lang) -> bool {
        lang.is_unspaced() || Language::of(lang).dangling.is_empty()
    }

    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        doc.blocks().iter().for_each(|block| self.block(doc, block, false, out));
    }

    /// The original is a witness: where it doubles nothing, names and words such as “again” are not doubled by intent.
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let doc = whole.target();
        let mut single = vec![false; doc.blocks().len()];
        for bead in whole.alignment().blocks() {
            let (own, other) = whole.blocks(bead);
            if let ([_], [_]) = (own, other) {
                single[bead.target.start as usize] = own.iter().all(|block| !doubles(whole.source(), block));
            }
        }
        doc.blocks().iter().zip(single).for_each(|(block, single)| self.block(doc, block, single, out));
    }
}

/// Whether something is said twice in a row: a word, or in writing without spaces one or more characters.
fn doubles(doc: &Document, block: &Block) -> bool {
    let words = doc.words_of(block);
    if words.windows(2).any(|two| two[0].id == two[1].id) {
        return true;
    }
    let letters: Vec<char> = doc.slice(block.span).chars().collect();
    block.lang.is_unspaced()
        && (1..=LONGEST_UNSPACED).any(|n| {
            let same = |at: usize| letters[at..at + n] == letters[at + n..at + 2 * n];
            (0..(letters.len() + 1).saturating_sub(2 * n)).any(|at| letters[at].is_alphabetic() && same(at))
        })
}

/// So many characters are looked at as a word in writing without spaces.
const LONGEST_UNSPACED: usize = 4;

impl RepeatedWord {
    fn block<'a>(&self, doc: &'a Document, block: &Block, single: bool, out: &mut Findings<'a>) {
        if matches!(block.kind, BlockKind::Verse | BlockKind::TableCell) || block.lang.is_unspaced() {
            return;
        }
        let words = doc.words_of(block);
        for at in 1..words.len() {
            // Words are interned case-folded: equal ids, equal words.
            if words[at - 1].id == words[at].id {
                self.two(doc, block, (words, at), single, out);
            }
        }
    }

    /// Looks at a word that is the same as the one before it. `single`: the original doubles nothing.
    fn two<'a>(
        &self,
        doc: &'a Document,
        block: &Block,
        (words, at): (&[Word], usize),
        single: bool,
        out: &mut Findings<'a>,
    ) {
        let (first, second) = (words[at - 1], words[at]);
        let gap = doc.slice(first.span.until(second.span)).trim();
        let comma = matches!(gap, "," | "،");
        // Of three in a row the second pair has been said with the first.
        let thrice = at >= 2 && words[at - 2].id == first.id;
        if !(gap.is_empty() || comma) || thrice {
            return;
        }
        // A text too short to tell its language: English words of three letters and more are taken for what they are.
        let known = block.lang.is_known();
        let language = if known { block.language } else { Language::of(Lang::ENGLISH) };
        let folded = doc.folded(first);
        let function = language.dangling.has(folded);
        if !(known || function && folded.len() >= 3) {
            return;
        }
        // Without function words there is no file for the language; names and emphasis are many.
        let joins = |word: &Word| self.joins_clauses.has(block.lang, doc.folded(*word));
        let clause = || begins_clause(doc, words, at, joins) || is_attribute(doc, &words[at + 1..]);
        let meant = language.doublings.has(folded) && !(self.relative.has(block.lang, folded) && !comma && !clause());
        if language.dangling.is_empty() || meant && (!single || function) {
            return;
        }
        let (word, again) = (doc.slice(first.span), doc.slice(second.span));
        if !(word.starts_with(char::is_alphabetic) || single && word.bytes().all(|b| b.is_ascii_digit())) {
            return;
        }
        if comma && (!function || self.except_at_comma.has(block.lang, folded)) {
            return;
        }
        if is_term(doc, first, second) || is_declared(doc, word, again, second) || !single && is_species(doc, words, at)
        {
            return;
        }
        // “Tut tut.” A sentence of nothing else is a call.
        let sentences = doc.sentences_of(block);
        let here = sentences.partition_point(|s| s.span.end <= first.span.start);
        let call = sentences.get(here).is_some_and(|s| doc.words_in(s).len() == 2);
        let emphasis = call || words.get(at + 1).is_some_and(|w| w.id == first.id);
        let both = word.starts_with(char::is_uppercase) && again.starts_with(char::is_uppercase);
        let letter = word.chars().nth(1).is_none();
        let doubled = language.reduplicates && word.chars().take(LONG).count() < LONG;
        let exempt = emphasis || doubled || folded.contains('.') || !single && (both || letter);
        if !function && exempt {
            return;
        }
        // “see the The Hague page”: a title that begins with the word. “A, a”: a letter as a name.
        let title = again.starts_with(char::is_uppercase) && word.starts_with(char::is_lowercase);
        if title || comma && letter && again != word || is_hyphenated(doc, first, second) {
            return;
        }
        // “Die Macht macht ehrlich”: where nouns have capitals, a noun and its verb differ by that.
        let noun = block.lang.as_str() == "de" && word.starts_with(char::is_uppercase) && !both;
        if !function && noun && at >= 2 {
            return;
        }
        // “The The” is a band, “IN IN” is no name.
        if function && both && !letter && word.chars().any(char::is_lowercase) {
            return;
        }
        // The first of the two is kept: it has the capital at the start of a sentence.
        let rest = Span::new(first.span.end, second.span.end);
        let finding = Finding::new(doc, first.span.to(second.span)).slot("word", word).delete(rest);
        // A doubled function word says nothing; of another the writer may have meant two.
        let certain = function && !self.may_be_meant.has(block.lang, folded);
        out.push(if certain { finding } else { finding.unsafe_fix() });
    }
}

/// So many words of a clause may stand before its pronoun: “, mit der”, “, und für die”.
const BEFORE_PRONOUN: usize = 2;

/// Whether a clause begins at or a few words before the first of two words, the second of which is at `at`: with a comma or
/// another mark within the sentence, or a word that joins it to the clause before.
fn begins_clause(doc: &Document, words: &[Word], at: usize, joins: impl Fn(&Word) -> bool) -> bool {
    let first = at - 1;
    let near = (first.saturating_sub(BEFORE_PRONOUN)..=first).rev().filter(|&here| here > 0);
    let gap = |here: usize| doc.slice(words[here - 1].span.until(words[here].span)).trim();
    let mut here = near.take_while(|&here| !gap(here).contains(['.', '!', '?']));
    here.any(|here| joins(&words[here - 1]) || gap(here).contains(|c| c != '-'))
}

/// In German so many words may stand between a noun and the participle that an article before them belongs to.
const ATTRIBUTE: usize = 5;

/// Whether a noun and a participle before another noun come next: “die die Regierung stützenden Parteien”.
fn is_attribute(doc: &Document, after: &[Word]) -> bool {
    let is_noun = |word: &Word| doc.slice(word.span).starts_with(char::is_uppercase);
    let ends = |word: &Word| {
        let word = doc.folded(*word);
        ["e", "en", "er", "es", "em"].iter().any(|end| {
            let stem = word.strip_suffix(end).unwrap_or_default();
            stem.len() > 3 && (stem.ends_with("nd") || stem.ends_with('t') || stem.ends_with("en"))
        })
    };
    after.windows(2).take(ATTRIBUTE).any(|pair| !is_noun(&pair[0]) && ends(&pair[0]) && is_noun(&pair[1]))
}

/// Whether a quotation holds the two words and no more: “done done” is a term.
fn is_term(doc: &Document, first: Word, second: Word) -> bool {
    let text = doc.text();
    let opens = |c: char| matches!(c, '"' | '“' | '„' | '«' | '‘' | '”');
    let closes = |c: char| matches!(c, '"' | '”' | '“' | '»' | '’');
    let after = text[second.span.end as usize..].trim_start_matches([',', '.']);
    text[..first.span.start as usize].ends_with(opens) && after.starts_with(closes)
}

/// Whether the two are a type and its value in code: `Foo foo = new Foo()`.
fn is_declared(doc: &Document, word: &str, again: &str, second: Word) -> bool {
    let assigned = doc.text()[second.span.end as usize..].trim_start().starts_with('=');
    assigned && word.starts_with(char::is_uppercase) && again.starts_with(char::is_lowercase)
}

/// Whether the two close the scientific name of an animal: “Pan troglodytes troglodytes”.
fn is_species(doc: &Document, words: &[Word], at: usize) -> bool {
    let Some(genus) = at.checked_sub(2).map(|i| doc.slice(words[i].span)) else { return false };
    let name = doc.slice(words[at].span);
    let latin = ["us", "a", "um", "is", "es", "i", "er", "or", "ns", "ax", "ex"].iter().any(|end| name.ends_with(end));
    latin
        && name.len() >= 6
        && name.is_ascii()
        && doc.slice(words[at - 1].span) == name
        && genus.len() >= 3
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && genus.starts_with(|c: char| c.is_ascii_uppercase())
        && genus.bytes().skip(1).all(|b| b.is_ascii_lowercase())
}

/// Whether one of the two is part of a compound: “the break-in in May”, “lost in in-fighting”.
fn is_hyphenated(doc: &Document, first: Word, second: Word) -> bool {
    let text = doc.text();
    text[..first.span.start as usize].ends_with(['-', '‐', '‑'])
        || text[second.span.end as usize..].starts_with(['-', '‐', '‑'])
}
