//! Text that was decoded wrongly: UTF-8 read in a legacy encoding, once or several times; characters lost on the way.

mod sequence;
mod tables;

use serde::Deserialize;
use unicode_script::{Script, UnicodeScript};

use self::sequence::{Context, Sequence, Sure};
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, Document, Lang, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mojibake {}

/// Text is misread again and again; nobody has seen more layers than this.
const LAYERS: usize = 4;

/// Longer stretches between two misread characters are words of their own, in bytes.
const APART: usize = 24;

impl Check for Mojibake {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        for block in doc.blocks() {
            let text = doc.slice(block.span);
            if text.is_ascii() {
                continue;
            }
            let context = Context { lang: block.lang, script: script(block.lang) };
            let found = sequence::read(text, context);
            for group in groups(text, &found) {
                report(doc, block, group, context, out);
            }
        }
    }
}

/// Sequences that belong together: in one word, or in neighbouring ones.
fn groups<'s>(text: &'s str, found: &'s [Sequence]) -> impl Iterator<Item = &'s [Sequence]> {
    found.chunk_by(|a, b| {
        let gap = &text[a.end..b.start];
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\'' | '-');
        // Lost characters are counted place by place.
        a.meant.is_some() == b.meant.is_some() && (gap.len() <= APART && gap.chars().all(word) || gap == " ")
    })
}

fn report<'a>(doc: &'a Document, block: &Block, group: &[Sequence], context: Context, out: &mut Findings<'a>) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
    let touching = group.windows(2).filter(|pair| pair[0].end == pair[1].start).count();
    let surest = group.iter().map(|s| s.sure).max().unwrap_or(Sure::Weak);
    // One weak sequence is chance, two that touch are not; but in letters of the text's own script they may be a word.
    let text = doc.slice(block.span);
    let native = text[first.start..last.end].chars().all(|c| c.script() == context.script || is_of_arabic(c));
    if surest == Sure::Weak && (touching < if native { 2 } else { 1 } || is_medley(group)) {
        return;
    }
    let at = |s: usize| block.span.start + s as u32;
    let span = Span::new(at(first.start), at(last.end));
    let finding = Finding::new(doc, span).slot("text", doc.slice(span));
    let repaired = mend(text, first.start..last.end, group);
    let repaired = again(repaired, context);
    let lost = group.iter().all(|s| s.meant.is_none());
    let proven = group.iter().all(|s| s.sure != Sure::Lossy) && (surest == Sure::Strong || touching > 0);
    out.push(match repaired {
        Some(repaired) if !repaired.contains(char::REPLACEMENT_CHARACTER) => {
            let key = if proven { "repaired" } else { "guessed" };
            let finding = finding.slot("repaired", repaired.clone()).phrase("how", key).replace(span, repaired);
            if proven { finding } else { finding.unsafe_fix() }
        }
        _ if lost && doc.slice(span).starts_with('Â') => finding.phrase("how", "space").delete(span),
        _ => finding.phrase("how", "lost"),
    });
}

/// Characters that stand among Arabic letters and are of no script by themselves: what parts or joins them, their marks.
fn is_of_arabic(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{640}' | '،' | '؛' | '؟')
}

/// Whether what is meant would be letters of several scripts side by side: nobody wrote that.
fn is_medley(group: &[Sequence]) -> bool {
    let letters = group.iter().filter_map(|s| s.meant.filter(|c| c.is_alphabetic())).map(|c| c.script());
    let kana = |s: Script| if matches!(s, Script::Hiragana | Script::Katakana) { Script::Han } else { s };
    let mut scripts = letters.map(kana);
    let first = scripts.next();
    scripts.any(|s| Some(s) != first)
}

/// A stretch with its sequences replaced by what was meant.
fn mend(text: &str, range: std::ops::Range<usize>, group: &[Sequence]) -> Option<String> {
    let mut out = String::new();
    let mut at = range.start;
    for sequence in group {
        out.push_str(&text[at..sequence.start]);
        out.push(sequence.meant?);
        at = sequence.end;
    }
    out.push_str(&text[at..range.end]);
    Some(out)
}

/// Goes on as long as the repaired text is itself misread.
fn again(repaired: Option<String>, context: Context) -> Option<String> {
    let mut text = repaired?;
    for _ in 1..LAYERS {
        let found = sequence::read(&text, context);
        if !found.iter().any(|s| s.sure != Sure::Weak && s.meant.is_some()) {
            break;
        }
        match mend(&text, 0..text.len(), &found) {
            Some(next) => text = next,
            None => break,
        }
    }
    Some(text)
}

/// The script that a language is written in, where it is not Latin.
fn script(lang: Lang) -> Script {
    match lang.as_str() {
        "ru" | "uk" | "bg" | "sr" | "mk" | "be" | "kk" | "mn" => Script::Cyrillic,
        "ar" | "fa" | "ur" | "ps" => Script::Arabic,
        "he" | "yi" => Script::Hebrew,
        "el" => Script::Greek,
        "ja" | "zh" | "zh-tw" => Script::Han,
        "ko" => Script::Hangul,
        "hi" | "mr" | "ne" => Script::Devanagari,
        "th" => Script::Thai,
        _ => Script::Latin,
    }
}
