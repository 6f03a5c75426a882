//! A paragraph that ends otherwise than the one it renders: no mark where that has one, a stop in the place of a question.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{At, BlockKind, Lang, Span, Translation, fold, is_closer};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EndMarkDiffers {}

/// What a mark says of what it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It is said.
    Stop,
    /// It is asked.
    Question,
    /// It is called out.
    Call,
    /// It goes on, or says nothing that every language says.
    Other,
    /// Nothing.
    None,
}

impl Check for EndMarkDiffers {
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        for bead in whole.alignment().blocks() {
            let ([source], [target]) = whole.blocks(bead) else { continue };
            let is_text = |kind: BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Quotation);
            if !is_text(source.kind) || !is_text(target.kind) {
                continue;
            }
            let (s, t) = (At { doc: whole.source(), span: source.span }, At { doc: whole.target(), span: target.span });
            // A lone sentence without a verb, or a line of code, may well end in nothing.
            if whole.target().words_of(target).len() < FEWEST && !target.lang.is_unspaced() {
                continue;
            }
            let ((theirs, at), (ours, end)) = (last(&s), last(&t));
            // A statement that is rendered as a question is none the less one: many languages ask without the mark.
            let how = match (theirs, ours) {
                (Mark::Stop | Mark::Question | Mark::Call, Mark::None) => "none",
                (Mark::Question, Mark::Stop) => "other",
                _ => continue,
            };
            if ours == Mark::None && ends_otherwise(&s, at, &t, end) {
                continue;
            }
            let Some(word) = super::untranslated_segment::words_in(whole.target(), target.span).last() else {
                continue;
            };
            let mut finding = Finding::new(whole.target(), word.span.to(end))
                .phrase("how", how)
                .slot("word", whole.target().slice(word.span.to(end)))
                .slot("mark", whole.source().slice(at))
                .related_in(whole.source(), at);
            if ours == Mark::None && end.end == word.span.end {
                finding = finding.replace(Span::new(end.end, end.end), mark_of(target.lang, theirs));
            }
            out.push(finding);
        }
    }

    fn needs_source(&self) -> bool {
        true
    }
}

/// Shorter paragraphs are left alone; in words.
const FEWEST: usize = 4;

/// Whether an end without a mark is right all the same, or the end of the original says nothing.
fn ends_otherwise(source: &At<'_>, at: Span, target: &At<'_>, end: Span) -> bool {
    let (doc, original) = (target.doc, source.doc);
    let Some(block) = doc.block_at(target.span.start) else { return true };
    let rest = doc.slice(Span::new(end.end, target.span.end));
    // Before a closing bracket Japanese writes no stop.
    let closed = block.lang.as_str() == "ja" && rest.starts_with(is_closer);
    // An address, which a stop would be taken for a part of.
    let text = &doc.text()[..end.end as usize];
    let token = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let address = doc.is_masked(end) || token.trim_matches(|c: char| !c.is_alphanumeric()).contains(['.', '@']);
    // “z.”, “3.”: the original was broken at a stop that ends no sentence.
    let before = &original.text()[..at.start as usize];
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or_default();
    let Some(own) = original.block_at(source.span.start) else { return true };
    let goes_on = original.blocks().last().is_some_and(|block| block.span.start > own.span.start);
    let ordinal = own.language.ordinal_stop && last.len() < 3 && last.bytes().all(|b| b.is_ascii_digit());
    let letter = last.chars().all(char::is_alphabetic) && last.chars().nth(1).is_none();
    let broken =
        goes_on && original.slice(at) == "." && (ordinal || letter || own.language.abbreviations.has(&fold(last)));
    closed || address || broken
}

/// What the last mark of a block says, and where it stands: for none, the last character.
fn last(at: &At<'_>) -> (Mark, Span) {
    let text = at.text();
    let inner = text.trim_end_matches(|c: char| is_closer(c) || c.is_whitespace() || matches!(c, '"' | '\''));
    let Some(c) = inner.chars().next_back() else { return (Mark::Other, at.span) };
    let end = at.span.start + inner.len() as u32;
    let mark = match c {
        '.' | '。' | '．' | '।' | '۔' | '።' | '။' | '։' => Mark::Stop,
        '?' | '？' | '؟' | '՞' | '፧' => Mark::Question,
        // In Greek it asks.
        ';' | '\u{37e}' if at.doc.lang().as_str() == "el" => Mark::Question,
        // What keyboards without a danda have in its place.
        '|' if matches!(at.doc.lang().as_str(), "hi" | "mr" | "ne" | "bn") => Mark::Stop,
        '!' | '！' | '՜' => Mark::Call,
        c if c.is_alphanumeric() => Mark::None,
        _ => Mark::Other,
    };
    (mark, Span::new(end - c.len_utf8() as u32, end))
}

/// How a language writes a mark.
fn mark_of(lang: Lang, mark: Mark) -> &'static str {
    if mark == Mark::Call {
        return if matches!(lang.as_str(), "zh" | "zh-tw" | "ja") { "！" } else { "!" };
    }
    let asks = mark == Mark::Question;
    match lang.as_str() {
        "zh" | "zh-tw" | "ja" => {
            if asks {
                "？"
            } else {
                "。"
            }
        }
        "ar" | "fa" => {
            if asks {
                "؟"
            } else {
                "."
            }
        }
        "ur" => {
            if asks {
                "؟"
            } else {
                "۔"
            }
        }
        "hi" | "mr" | "bn" | "ne" => {
            if asks {
                "?"
            } else {
                "।"
            }
        }
        "el" => {
            if asks {
                ";"
            } else {
                "."
            }
        }
        _ => {
            if asks {
                "?"
            } else {
                "."
            }
        }
    }
}
