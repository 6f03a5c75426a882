//! A paragraph that ends otherwise than the one it renders: no mark where that has one, a stop in the place of a question.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{At, BlockKind, Lang, Span, Translation, is_closer};

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
    /// It goes on, or is called out: languages differ here.
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
            let how = match (theirs, ours) {
                (Mark::Stop | Mark::Question, Mark::None) => "none",
                (Mark::Question, Mark::Stop) | (Mark::Stop, Mark::Question) => "other",
                _ => continue,
            };
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
        c if c.is_alphanumeric() => Mark::None,
        _ => Mark::Other,
    };
    (mark, Span::new(end - c.len_utf8() as u32, end))
}

/// How a language writes a mark.
fn mark_of(lang: Lang, mark: Mark) -> &'static str {
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
