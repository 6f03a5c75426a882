//! Words of the original that were left standing in its translation.
//!
//! A word that stands in both is often right: a name, a loan, a word that two languages share. It is left over where it is
//! one of the commonest words of the language of the original, has letters that the other language has not, or
//! is spelled as only that language spells.

use serde::Deserialize;
use unicode_script::{Script, UnicodeScript};

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::detect::rather;
use crate::text::{At, Document, Lang, Language, Pair, Span, Tongues, Word};

/// Data of a definition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LeftOver {
    /// How surely the letters of a word must be of the language of the original, 0 to 1.
    confidence: f64,
}

impl Default for LeftOver {
    fn default() -> LeftOver {
        LeftOver { confidence: 0.4 }
    }
}

/// Letters of a word that its spelling gives away.
const LETTERS: usize = 4;

impl Check for LeftOver {
    fn needs_source(&self) -> bool {
        true
    }

    fn is_silent_in(&self, lang: Lang) -> bool {
        Tongues::only(lang).is_empty()
    }

    fn pair<'a>(&self, pair: &Pair<'a>, out: &mut Findings<'a>) {
        let Some(lang) = lang_of(pair.target) else { return };
        let Some(other) = lang_of(pair.source) else { return };
        if lang == other || self.is_silent_in(lang) || self.is_silent_in(other) {
            return;
        }
        let (doc, source) = (pair.target.doc, pair.source.doc);
        let words = words(pair.target);
        let mut run: Option<Span> = None;
        for word in words {
            if self.is_left_over(doc, *word, lang, source, pair.source, other) && !is_set_apart(doc, word.span) {
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
        if other.is_unspaced() || !text.starts_with(char::is_lowercase) {
            return false;
        }
        let Some(id) = source.vocabulary().id(folded) else { return false };
        let small = |w: &&Word| w.id == id && source.slice(w.span).starts_with(char::is_lowercase);
        let Some(_) = words(at).iter().find(small) else { return false };
        let tongues = Tongues::of_word(folded);
        if tongues.meets(Tongues::only(lang)) {
            return false;
        }
        let alien = || match Language::of(lang).letters.as_deref() {
            Some(letters) => folded.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !letters.contains(c)),
            None => false,
        };
        tongues.meets(Tongues::only(other))
            || alien()
            || folded.chars().count() >= LETTERS && rather(folded, other, lang) >= self.confidence
    }
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
    opens || closes || named || doc.block_at(span.start).is_some_and(|block| doc.is_declared_foreign(span, block))
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
