//! A space before a mark that leans on the word before it, or inside a bracket.

use serde::Deserialize;

use crate::check::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Span};

/// A text that does it more often does it by habit: one finding speaks for all.
const HABIT: usize = 2;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StraySpace {}

impl Check for StraySpace {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let (mut before, mut others) = (Vec::new(), Vec::new());
        for block in doc.blocks().iter().filter(|b| !matches!(b.kind, BlockKind::Verse | BlockKind::TableCell)) {
            let text = block.span.slice(doc.text());
            let bytes = text.as_bytes();
            let start = block.span.start as usize;
            let is_space = |at: usize| bytes.get(at) == Some(&b' ');
            for mark in doc.marks_of(block).iter().map(|&at| at as usize - start) {
                if mark > 1 && is_space(mark - 1) {
                    let at = mark - 1;
                    let end = match bytes[mark] {
                        next @ (b'.' | b',' | b';' | b'!' | b'?') => {
                            is_before_mark(text, at, next, block).then_some(at + 2)
                        }
                        b')' | b']' => is_before_bracket(text, at).then_some(at + 2),
                        0x80.. => before_wide_mark(text, at),
                        _ => None,
                    };
                    let span = end.map(|end| Span::of(start + at..start + end)).filter(|&span| !doc.is_masked(span));
                    before.extend(span.map(|span| (span, Span::of(start + at..start + mark))));
                }
                if matches!(bytes[mark], b'(' | b'[') && is_space(mark + 1) && is_after_bracket(text, mark + 1) {
                    let gap = Span::of(start + mark + 1..start + mark + 2);
                    others.push((Span::of(start + mark..start + mark + 2), gap));
                }
            }
        }
        let habit = before.len() > HABIT;
        if habit {
            let (first, _) = before[0];
            let finding = Finding::new(doc, first)
                .slot("mark", doc.slice(first).trim())
                .slot("count", (before.len() - 1).to_string())
                .phrase("how", "habit");
            out.push(before.iter().fold(finding, |finding, &(_, gap)| finding.delete(gap)));
        }
        let before = before.into_iter().filter(|_| !habit).map(|found| (found, "before"));
        for ((span, gap), how) in before.chain(others.into_iter().map(|found| (found, "after"))) {
            out.push(Finding::new(doc, span).slot("mark", doc.slice(span).trim()).phrase("how", how).delete(gap));
        }
    }
}

/// Within so many bytes a program that chooses says what it chooses else.
const CHOICE: usize = 80;

fn is_before_mark(text: &str, at: usize, mark: u8, block: &Block) -> bool {
    // French puts a space there; where the language is not known it may be French.
    if matches!(mark, b';' | b'!' | b'?') && matches!(block.lang.as_str(), "fr" | "br" | "co" | "und") {
        return false;
    }
    let Some(before) = text[..at].chars().next_back() else { return false };
    // After another space it is alignment, after a mark an ellipsis or a smiley.
    if !(before.is_alphanumeric() || matches!(before, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '%')) {
        return false;
    }
    // `.NET`, `.5`, `:)`, `. . .` and the like are what they are: the mark must end what stands before it.
    let rest = &text[at + 2..];
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '»' | ')'));
    let next = rest.trim_start().chars().next();
    if !ends || next.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | '…' | ')' | '(')) {
        return false;
    }
    // `late ? wait() : go()` is a piece of a program.
    let reach = &rest[..rest.floor_char_boundary(CHOICE)];
    if mark == b'?' && reach.lines().next().is_some_and(|line| line.contains(" : ")) {
        return false;
    }
    // “the ? operator” names the mark: a sentence that ended here would be followed by a capital.
    mark == b',' || mark == b';' || !next.is_some_and(char::is_lowercase)
}

/// The end of a full-width, Arabic or Indic mark after a letter of its own kind. After a Latin word the space is a
/// custom of those who set Latin words apart.
fn before_wide_mark(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back()?;
    let mark = text[at + 1..].chars().next()?;
    let leans = matches!(mark, '،' | '؛' | '؟' | '।' | '，' | '。' | '、' | '）' | '」' | '；' | '！' | '？');
    (leans && before.is_alphabetic() && !before.is_ascii()).then_some(at + 1 + mark.len_utf8())
}

/// `( a )` with a space at both ends is a style, or code; so each end looks at the other, but not for long: an aside
/// is a sentence at most.
const ASIDE: usize = 300;

fn is_before_bracket(text: &str, at: usize) -> bool {
    let near =
        text.as_bytes()[at.saturating_sub(ASIDE)..at].iter().rposition(|b| matches!(b, b'(' | b'[' | b')' | b']'));
    let Some(open) = near.map(|i| at.saturating_sub(ASIDE) + i) else { return false };
    let opens = matches!(text.as_bytes()[open], b'(' | b'[');
    let before = text[..at].chars().next_back();
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '"' | '”' | '%'))
        && opens
        && text.as_bytes()[open + 1] != b' '
}

fn is_after_bracket(text: &str, at: usize) -> bool {
    let far = (at + ASIDE).min(text.len());
    let near = text.as_bytes()[at..far].iter().position(|b| matches!(b, b'(' | b'[' | b')' | b']'));
    let Some(close) = near.map(|i| at + i) else { return false };
    let closes = matches!(text.as_bytes()[close], b')' | b']');
    text[at + 1..].chars().next().is_some_and(char::is_alphanumeric) && closes && text.as_bytes()[close - 1] != b' '
}
