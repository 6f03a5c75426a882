//! Subword marks: what a tokenizer puts into words, and should take out again.

use super::{Artifact, Trace};
use crate::text::Document;

fn letter_before(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_alphabetic)
}

/// The letters from an offset on, up to a limit that no word reaches.
fn letters(text: &str, at: usize) -> usize {
    text[at..].chars().take(60).take_while(|c| c.is_alphabetic() || *c == '\'').map(char::len_utf8).sum()
}

/// Where the word that ends at an offset begins.
fn word_start(text: &str, at: usize) -> usize {
    at - text[..at].chars().rev().take(60).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>()
}

/// `plat@@ form` of subword-nmt, `well @-@ known` of Moses.
pub(super) fn joined(text: &str, at: usize) -> Option<Trace> {
    if let Some(joint @ ("@-@" | "@/@" | "@:@" | "@.@" | "@,@" | "@–@")) = text.get(at..at + 3) {
        if !text[..at].ends_with(' ') || !text[at + 3..].starts_with(' ') {
            return None;
        }
        let (start, after) = (word_start(text, at - 1), at + 4);
        let mended = format!("{}{}{}", &text[start..at - 1], &joint[1..2], &text[after..after + letters(text, after)]);
        return Some(Trace { mended: Some(mended), ..Trace::new(start, after + letters(text, after), "subword") });
    }
    let split = text[at..].starts_with("@@ ") && letter_before(text, at);
    let (start, after) = (word_start(text, at), at + 3);
    let tail = if split { letters(text, after) } else { 0 };
    (tail > 0).then(|| Trace {
        mended: Some(format!("{}{}", &text[start..at], &text[after..after + tail])),
        ..Trace::new(start, after + tail, "subword")
    })
}

/// `plat ##form` of WordPiece.
pub(super) fn pieces(text: &str, at: usize) -> Option<Trace> {
    let space = at.checked_sub(1)?;
    let mid_line = text[..at].ends_with(' ') && letter_before(text, space);
    if !mid_line || !text[at..].starts_with("##") {
        return None;
    }
    let tail = letters(text, at + 2);
    let continues = text[at + 2..].starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase());
    let start = word_start(text, space);
    (continues && tail > 0).then(|| Trace {
        mended: Some(format!("{}{}", &text[start..space], &text[at + 2..at + 2 + tail])),
        ..Trace::new(start, at + 2 + tail, "subword")
    })
}

/// `▁word` of SentencePiece, `Ġword` of byte-level BPE, `plat￭ form` of OpenNMT, and `⁇`, an unknown piece.
pub(super) fn wide(data: &Artifact, doc: &Document, at: usize) -> Option<Trace> {
    let text = doc.text();
    let rest = &text[at..];
    let c = rest.chars().next()?;
    // Quotation marks begin with the same bytes, and are many.
    if !matches!(c, '\u{2047}' | '\u{2581}' | '\u{ffed}' | '\u{120}') {
        return None;
    }
    let after = at + c.len_utf8();
    let tail = letters(text, after);
    match c {
        '\u{2047}' => Some(Trace::new(at, after, "unknown")),
        '\u{2581}' if tail > 0 => {
            let glued = letter_before(text, at);
            let mended = format!("{}{}", if glued { " " } else { "" }, &text[after..after + tail]);
            Some(Trace { mended: Some(mended), ..Trace::new(at, after + tail, "subword") })
        }
        '\u{ffed}' if letter_before(text, at) || tail > 0 => {
            let start = word_start(text, at);
            let gap = usize::from(text[after..].starts_with(' '));
            let tail = letters(text, after + gap);
            let mended = format!("{}{}", &text[start..at], &text[after + gap..after + gap + tail]);
            Some(Trace { mended: Some(mended), ..Trace::new(start, after + gap + tail, "subword") })
        }
        '\u{120}' if tail > 1 && !letter_before(text, at) => {
            let block = doc.block_at(at as u32)?;
            let maltese = block.lang.as_str() == "mt"
                || data.maltese.iter().any(|w| doc.vocabulary().id(w).is_some())
                || text[after..after + tail].contains(['ħ', 'ġ', 'ż', 'ċ']);
            (!maltese).then(|| Trace {
                mended: Some(text[after..after + tail].to_owned()),
                ..Trace::new(at, after + tail, "subword")
            })
        }
        _ => None,
    }
}
