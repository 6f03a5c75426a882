//! Sentences that a translation leaves as they are in the original.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{At, BlockKind, Document, Pair, Span, Tongues, Translation, Word};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UntranslatedSegment {}

/// Fewer words may be a name, a title or a saying that every language has. Names and numbers do not count.
const FEWEST: usize = 4;
/// The same for writing without spaces, where each character counts as a word.
const FEWEST_UNSPACED: usize = 8;
/// At least this share of the words is as in the original: a word or two may have been mended.
const SHARE: f32 = 0.9;

impl Check for UntranslatedSegment {
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        if whole.source().lang() == whole.target().lang() {
            return;
        }
        for pair in whole.sentence_pairs().filter(|pair| is_left(pair) && !is_of_quotation(pair)) {
            let finding = Finding::new(pair.target.doc, pair.target.span).slot("text", pair.target.text());
            out.push(finding.related_in(pair.source.doc, pair.source.span));
        }
    }

    fn needs_source(&self) -> bool {
        true
    }
}

fn is_left(pair: &Pair<'_>) -> bool {
    let source: Vec<&str> = small_words(&pair.source).collect();
    let (mut all, mut left) = (0, 0);
    // Words that come in the order of the original: what two languages share by chance does not.
    let mut from = 0;
    for word in small_words(&pair.target) {
        all += 1;
        if let Some(at) = source[from..].iter().position(|other| *other == word) {
            left += 1;
            from += at + 1;
        }
    }
    let unspaced = pair.source.doc.lang().is_unspaced();
    let fewest = if unspaced { FEWEST_UNSPACED } else { FEWEST };
    all >= fewest && left as f32 >= SHARE * all as f32 && !is_quoted(pair)
}

/// Whether a sentence stands in a quotation that was left as a whole, in the words in which it was said.
fn is_of_quotation(pair: &Pair<'_>) -> bool {
    let block =
        |at: At<'_>| at.doc.block_at(at.span.start).filter(|block| block.kind == BlockKind::Quotation).map(|b| b.span);
    let (Some(own), Some(other)) = (block(pair.source), block(pair.target)) else { return false };
    let said = |at: At<'_>, span: Span| {
        words_in(at.doc, span).iter().map(|word| at.doc.folded(*word).to_owned()).collect::<Vec<_>>()
    };
    said(pair.source, own) == said(pair.target, other)
}

/// Whether the original itself has the sentence in the language of the translation: a title, words of somebody.
fn is_quoted(pair: &Pair<'_>) -> bool {
    let langs = [pair.source.doc.lang(), pair.target.doc.lang()].map(Tongues::only);
    let of = |lang: Tongues| small_words(&pair.source).filter(|word| Tongues::of_word(word).meets(lang)).count();
    of(langs[1]) > of(langs[0])
}

/// The words of a stretch that are no names or numbers, case-folded.
fn small_words<'a>(at: &At<'a>) -> impl Iterator<Item = &'a str> {
    let doc = at.doc;
    // A tag is one whatever the language.
    let is_tag = |word: &Word| doc.text()[..word.span.start as usize].ends_with(['#', '@', '/', '_']);
    let words = words_in(doc, at.span).iter().filter(move |word| is_small(doc.slice(word.span)) && !is_tag(word));
    words.map(|word| doc.folded(*word))
}

fn is_small(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’')) && !word.starts_with(char::is_uppercase)
}

/// The words of a stretch of a document.
pub(super) fn words_in(doc: &Document, span: Span) -> &[Word] {
    let words = doc.words();
    let first = words.partition_point(|word| word.span.start < span.start);
    let end = words.partition_point(|word| word.span.end <= span.end);
    &words[first.min(end)..end]
}
