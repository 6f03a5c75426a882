//! Words of the original that were left standing in its translation.
//!
//! A word that stands in both is often right: a name, a loan, a word that two languages share. It is left over where it is
//! one of the commonest words of the language of the original, has letters that the other language has not, is no word of
//! the other language where those are listed (English), or is spelled as only that language spells.

use std::collections::HashSet;

use serde::Deserialize;
use unicode_script::{Script, UnicodeScript};

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::detect::rather;
use crate::text::{At, Document, Lang, Language, Lexicon, Pair, PerLanguage, Span, Tongues, Translation, Word};

/// Data of a definition: that of the lint on spellings of names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LeftOver {
    /// Names that everyone knows.
    known: Lexicon,
    /// Words of everyday in a language.
    ordinary: PerLanguage<Lexicon>,
}

/// How surely the letters of a word must be of the language of the original, 0 to 1, where its words are not listed.
const CONFIDENCE: f64 = 0.4;

/// Letters of a word that its spelling gives away.
const LETTERS: usize = 4;

impl Check for LeftOver {
    fn needs_source(&self) -> bool {
        true
    }

    fn is_silent_in(&self, lang: Lang) -> bool {
        Tongues::only(lang).is_empty()
    }

    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        // Words that stand where the original has none like them are words of this language: “also”, in German.
        let mut own: HashSet<u32> = HashSet::new();
        for pair in whole.pairs() {
            let theirs: HashSet<&str> = words(pair.source).iter().map(|word| pair.source.doc.folded(*word)).collect();
            let doc = pair.target.doc;
            own.extend(words(pair.target).iter().filter(|w| !theirs.contains(doc.folded(**w))).map(|word| word.id));
        }
        whole.pairs().for_each(|pair| self.in_pair(&pair, &own, out));
    }
}

impl LeftOver {
    fn in_pair<'a>(&self, pair: &Pair<'a>, own: &HashSet<u32>, out: &mut Findings<'a>) {
        let Some(lang) = lang_of(pair.target) else { return };
        let Some(other) = lang_of(pair.source) else { return };
        if lang == other || self.is_silent_in(lang) || self.is_silent_in(other) {
            return;
        }
        let (doc, source) = (pair.target.doc, pair.source.doc);
        let words = words(pair.target);
        let mut run: Option<Span> = None;
        for (n, word) in words.iter().enumerate() {
            let left = !own.contains(&word.id) && self.is_left_over(doc, *word, lang, source, pair.source, other);
            let meant = || is_second_name(pair, words, n) || is_left_whole(pair, *word) || is_quoted(pair, word.span);
            if left && !is_set_apart(doc, word.span) && !meant() {
                match &mut run {
                    Some(run) if doc.slice(run.until(word.span)).trim().is_empty() => *run = run.to(word.span),
                    run => {
                        report(pair, run.replace(word.span), out);
                    }
                }
            }
        }
        report(pair, run, out);
    }
}

fn report<'a>(pair: &Pair<'a>, run: Option<Span>, out: &mut Findings<'a>) {
    let Some(span) = run else { return };
    let finding = Finding::new(pair.target.doc, span).slot("word", pair.target.doc.slice(span));
    out.push(finding.related_in(pair.source.doc, pair.source.span));
}

impl LeftOver {
    fn is_left_over(&self, doc: &Document, word: Word, lang: Lang, source: &Document, at: At<'_>, other: Lang) -> bool {
        let (text, folded) = (doc.slice(word.span), doc.folded(word));
        if !text.starts_with(char::is_alphabetic) || text.chars().count() < 2 && !other.is_unspaced() {
            return false;
        }
        // Written in letters that only the other language is written in: no name is, for names are transliterated.
        let script = text.chars().next().map(|c| c.script()).unwrap_or(Script::Latin);
        if is_foreign(script, Language::of(lang)) {
            return at.text().contains(text);
        }
        if other.is_unspaced() || !text.starts_with(char::is_alphabetic) {
            return false;
        }
        let Some(id) = source.vocabulary().id(folded) else { return false };
        if text.starts_with(char::is_uppercase) {
            return self.is_noun(text, folded, lang, at, other);
        }
        let small = |w: &&Word| w.id == id && source.slice(w.span).starts_with(char::is_lowercase);
        let Some(_) = words(at).iter().find(small) else { return false };
        let (language, tongues) = (Language::of(lang), Tongues::of_word(folded));
        // Figures, a capital inside, a point: a name of a thing of computers.
        let bare = text.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’'));
        if !bare || tongues.meets(Tongues::only(lang)) {
            return false;
        }
        // A word that this language has too, or forms as the other does.
        let loan = language.loans.has(folded);
        if loan || self.ordinary.get(lang).is_none() && is_shared(folded, language, other) {
            return false;
        }
        let common = tongues.meets(Tongues::only(other));
        // In writing of its own a language takes words in Latin letters as they are.
        if script == Script::Latin && !language.scripts.is_empty() {
            return common;
        }
        let alien = || match language.letters.as_deref() {
            Some(letters) => folded.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !letters.contains(c)),
            None => false,
        };
        let long = folded.chars().count() >= LETTERS;
        common
            || alien()
            || match self.ordinary.get(lang) {
                Some(lexicon) => long && !is_known(folded, lexicon, language, other),
                None => long && rather(folded, other, lang) >= CONFIDENCE,
            }
    }
}

impl LeftOver {
    /// Whether a word with a capital is a noun of a language in which all nouns have one, and no name: an article stands before it
    /// in the original, and it is built or spelled as only that language does.
    fn is_noun(&self, text: &str, folded: &str, lang: Lang, at: At<'_>, other: Lang) -> bool {
        let (language, theirs) = (Language::of(lang), Language::of(other));
        let plain = text.chars().skip(1).all(char::is_lowercase) && folded.chars().count() >= LETTERS;
        let Some(lexicon) = self.ordinary.get(lang).filter(|_| theirs.nouns_have_capitals && plain) else {
            return false;
        };
        if self.known.has(folded) || is_known(folded, lexicon, language, other) {
            return false;
        }
        let source = at.doc;
        let two = words(at).windows(2).any(|two| {
            let determined = theirs.determiners.has(source.folded(two[0])) && source.slice(two[1].span) == text;
            determined && source.slice(two[0].span.until(two[1].span)).trim().is_empty()
        });
        let built = theirs.noun_endings.iter().any(|ending| folded.ends_with(ending.as_str()));
        two && (built || rather(folded, other, lang) >= CONFIDENCE)
    }
}

/// What is put behind a word, or in the place of its last letter, in the inflections of English.
const ENDINGS: [(&str, &str); 14] = [
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("ion", ""),
    ("ion", "e"),
    ("al", ""),
    ("ity", "e"),
];

/// Whether a word is one of a language that lists its words: itself, a form of one, or a word that it shares with the other.
fn is_known(folded: &str, lexicon: &Lexicon, language: &Language, other: Lang) -> bool {
    let stem = |(ending, rest): &(&str, &str)| {
        folded.strip_suffix(ending).is_some_and(|stem| lexicon.has(&format!("{stem}{rest}")))
    };
    let loan = language.loans.has(folded) || folded.strip_suffix('s').is_some_and(|stem| language.loans.has(stem));
    lexicon.has(folded) || loan || is_shared(folded, language, other) || ENDINGS.iter().any(stem)
}

/// Whether a word ends as words of both languages do.
fn is_shared(folded: &str, language: &Language, other: Lang) -> bool {
    let shared = ["und", other.as_str()].into_iter().filter_map(|tag| language.shared_endings.get(tag));
    folded.is_ascii() && shared.flatten().any(|end| folded.ends_with(end.as_str()))
}

/// At least this share of the words of a sentence stands in the original, where it was left as a whole: of that, another lint
/// tells, and a heading of a few words may well be meant so.
const WHOLE: f32 = 0.8;
/// A sentence of fewer words has too few to tell.
const FEWEST: usize = 3;

/// Whether a word stands in a sentence that was not translated at all.
fn is_left_whole(pair: &Pair<'_>, word: Word) -> bool {
    let (doc, source) = (pair.target.doc, pair.source.doc);
    let after = doc.sentences().partition_point(|sentence| sentence.span.start <= word.span.start);
    let Some(sentence) = after.checked_sub(1).map(|at| &doc.sentences()[at]) else { return false };
    let own = doc.words_in(sentence);
    let theirs: HashSet<&str> = words(pair.source).iter().map(|word| source.folded(*word)).collect();
    let left = own.iter().filter(|word| theirs.contains(doc.folded(**word))).count();
    own.len() >= FEWEST && left as f32 >= WHOLE * own.len() as f32
}

/// Longer quotations are not looked for, in bytes to each side.
const QUOTED: usize = 120;

/// Whether a word stands in quotation marks or brackets with others that stand in the original in this order: what a program
/// asks, the label of a button.
fn is_quoted(pair: &Pair<'_>, span: Span) -> bool {
    let (doc, theirs) = (pair.target.doc, pair.source.text());
    let text = doc.text();
    let from =
        text.floor_char_boundary((span.start as usize).saturating_sub(QUOTED)).max(pair.target.span.start as usize);
    let to = text.floor_char_boundary(text.len().min(span.end as usize + QUOTED)).min(pair.target.span.end as usize);
    let mark =
        |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '(' | ')' | '（' | '）' | '\'' | '‘');
    let (before, behind) = (&text[from..span.start as usize], &text[span.end as usize..to]);
    let (Some(open), Some(close)) = (before.rfind(mark), behind.find(|c| mark(c) || c == '’')) else { return false };
    let start = from + open + before[open..].chars().next().map_or(1, char::len_utf8);
    let inside = text[start..span.end as usize + close].trim();
    inside.contains(' ') && theirs.contains(inside.trim_end_matches([',', '.', '?', '!']))
}

/// Whether a word of Latin follows one with a capital as it does in the original: “Malassezia pachydermatis”.
fn is_second_name(pair: &Pair<'_>, own: &[Word], n: usize) -> bool {
    let Some(before) = n.checked_sub(1).map(|n| own[n]) else { return false };
    let (doc, source) = (pair.target.doc, pair.source.doc);
    // “Microsoft utilizza”: a name, and what it does.
    if !["us", "um", "is", "ae", "ii", "osa"].iter().any(|end| doc.slice(own[n].span).ends_with(end)) {
        return false;
    }
    let named =
        doc.slice(before.span).starts_with(char::is_uppercase) && doc.slice(before.span.until(own[n].span)) == " ";
    let both = [before, own[n]].map(|word| doc.slice(word.span));
    named && words(pair.source).windows(2).any(|two| [two[0], two[1]].map(|word| source.slice(word.span)) == both)
}

/// Whether a language is not written in a script.
fn is_foreign(script: Script, language: &Language) -> bool {
    let of = |name: &String| name == script.full_name();
    let latin = language.scripts.is_empty() && script == Script::Latin;
    !latin && !language.scripts.iter().any(of) && !matches!(script, Script::Latin | Script::Common | Script::Inherited)
}

/// Whether a word is set apart as what it is: in brackets, in quotation marks, by the markup.
fn is_set_apart(doc: &Document, span: Span) -> bool {
    let before = doc.text()[..span.start as usize].chars().next_back();
    let after = doc.text()[span.end as usize..].chars().next();
    let opens = before.is_some_and(|c| {
        matches!(
            c,
            '(' | '（' | '[' | '“' | '"' | '«' | '‘' | '„' | '‹' | '「' | '《' | '*' | '_' | '/' | '@' | '#' | '.'
        )
    });
    let closes = after
        .is_some_and(|c| matches!(c, ')' | '）' | ']' | '”' | '"' | '»' | '›' | '」' | '》' | '*' | '_' | '/' | '@'));
    // “Ms von Au”: a part of a name.
    let mut next = doc.text()[span.end as usize..].chars();
    let named = next.next() == Some(' ') && next.next().is_some_and(char::is_uppercase);
    // “full-stack”, “get-ferry.js”: a part of a term or name.
    let hyphen = |c: Option<char>| matches!(c, Some('-' | '‑'));
    let part = hyphen(before) || hyphen(after);
    opens
        || closes
        || named
        || part
        || doc.block_at(span.start).is_some_and(|block| doc.is_declared_foreign(span, block))
}

fn lang_of(at: At<'_>) -> Option<Lang> {
    at.doc.block_at(at.span.start).map(|block| block.lang).filter(|lang| lang.is_known())
}

fn words(at: At<'_>) -> &[Word] {
    let all = at.doc.words();
    let first = all.partition_point(|word| word.span.start < at.span.start);
    let end = all.partition_point(|word| word.span.end <= at.span.end);
    &all[first.min(end)..end]
}
