//! A paragraph that begins in small letters where its original begins with a capital.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{
    At, BlockKind, Lang, Language, Pair, Span, Tongues, Translation, Word, fold, is_closer, is_end_mark,
};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LowerStart {}

impl Check for LowerStart {
    fn needs_source(&self) -> bool {
        true
    }

    fn is_silent_in(&self, lang: Lang) -> bool {
        !begins_with_capitals(lang)
    }

    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        if !is_casual(whole) {
            whole.pairs().for_each(|pair| self.pair(&pair, out));
        }
    }

    fn pair<'a>(&self, pair: &Pair<'a>, out: &mut Findings<'a>) {
        let (Some(block), Some(original)) = (block(pair.target), block(pair.source)) else { return };
        if block.kind != BlockKind::Paragraph || !begins_with_capitals(block.lang) {
            return;
        }
        // Before a word of the original it may be an apostrophe; at the start of both it opens a quotation.
        let quoted = [pair.source, pair.target].iter().all(|at| at.text().starts_with('\''));
        let first_word = |at| first_word(at, quoted);
        let Some(word) = first_word(pair.target) else { return };
        let text = pair.target.doc.slice(word);
        // “iPhone”, “eBay”, “x”: names and signs that are written so.
        let common = Tongues::of_word(&fold(text)).meets(Tongues::only(block.lang));
        let name =
            text.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric()) || text.chars().count() < 2 && !common;
        // “ß” and its like have no capital of one letter.
        let mut letters = text.chars();
        let Some(first) = letters.next().filter(|c| c.is_lowercase() && c.to_uppercase().count() == 1) else { return };
        // Where the original has no capitals, or begins with a figure, a whole sentence begins with one.
        let sentence = || ends(pair.target) && ends(pair.source) && !goes_on(pair.target);
        let begins = match first_word(pair.source).map(|w| pair.source.doc.slice(w)) {
            Some(word) if word.starts_with(char::is_numeric) => sentence(),
            Some(word) if original.language.has_case() => word.starts_with(char::is_uppercase),
            _ => !original.language.has_case() && sentence(),
        };
        // “npm”: the original writes it so.
        let same = || words(pair.source).iter().any(|w| pair.source.doc.slice(w.span) == text);
        if name || !begins || !common && same() || follows_comma(pair.target) {
            return;
        }
        let better: String = first.to_uppercase().chain(letters).collect();
        let at = Span::new(word.start, word.start + first.len_utf8() as u32);
        let finding = Finding::new(pair.target.doc, word).slot("word", text).slot("better", better);
        let finding = finding.replace(at, first.to_uppercase().to_string());
        out.push(match first_word(pair.source) {
            Some(word) => finding.related_in(pair.source.doc, word),
            None => finding.related_in(pair.source.doc, pair.source.span),
        });
    }
}

/// Whether a language begins its sentences with capitals. Of one without a file that is not known: Georgian has the letters and
/// does not.
fn begins_with_capitals(lang: Lang) -> bool {
    let language = Language::of(lang);
    language.has_case() && !(lang.is_known() && language.name.is_empty())
}

/// This many paragraphs that begin in small letters on both sides make a text one of chat, whose capitals are by chance.
const CASUAL: usize = 2;

/// Whether a text and its original do without capitals here and there, as what people type to each other does.
fn is_casual(whole: &Translation<'_>) -> bool {
    let small = |at: At<'_>| {
        let is_text = block(at).is_some_and(|block| block.kind == BlockKind::Paragraph);
        is_text && first_word(at, false).is_some_and(|word| at.doc.slice(word).starts_with(char::is_lowercase))
    };
    whole.pairs().filter(|pair| small(pair.source) && small(pair.target)).nth(CASUAL - 1).is_some()
}

/// Whether the paragraph before ends in a comma, as the greeting of a letter does: what follows may go on in small letters.
fn follows_comma(at: At<'_>) -> bool {
    before(at).is_some_and(|block| at.doc.slice(block.span).trim_end().ends_with([',', '،']))
}

fn before<'a>(at: At<'a>) -> Option<&'a crate::text::Block> {
    let blocks = at.doc.blocks();
    blocks.partition_point(|block| block.span.end <= at.span.start).checked_sub(1).map(|n| &blocks[n])
}

fn block<'a>(at: At<'a>) -> Option<&'a crate::text::Block> {
    at.doc.block_at(at.span.start)
}

fn words(at: At<'_>) -> &[Word] {
    let all = at.doc.words();
    let first = all.partition_point(|word| word.span.start < at.span.start);
    let end = all.partition_point(|word| word.span.end <= at.span.end);
    &all[first.min(end)..end]
}

/// The first word, where only quotation marks and brackets stand before it.
fn first_word(at: At<'_>, quoted: bool) -> Option<Span> {
    let words = at.doc.words();
    let word = words.get(words.partition_point(|word| word.span.start < at.span.start))?.span;
    let before = |c: char| {
        let opens = matches!(c, '"' | '“' | '„' | '«' | '‘' | '¿' | '¡' | '(' | '[' | ' ' | '\u{a0}' | '\u{202f}');
        opens || quoted && c == '\''
    };
    (word.end <= at.span.end && at.doc.slice(Span::new(at.span.start, word.start)).chars().all(before)).then_some(word)
}

/// Whether the block before ends without an end mark: what was broken in the middle of a sentence goes on.
fn goes_on(at: At<'_>) -> bool {
    before(at).is_some_and(|block| !ends(At { doc: at.doc, span: block.span }))
}

/// Whether a stretch ends in an end mark.
fn ends(at: At<'_>) -> bool {
    let Some(block) = block(at) else { return false };
    // What keyboards without a danda have in its place.
    let danda = |c: char| c == '|' && matches!(block.lang.as_str(), "hi" | "mr" | "ne" | "bn");
    at.text()
        .trim_end_matches(|c: char| is_closer(c) || c == ' ')
        .ends_with(|c| is_end_mark(c, block.language) || danda(c))
}
