//! Brackets and quotation marks of the original of which the translation has none.
//!
//! Pairs are counted by what they do, for every language writes them in its own way: `“…”`, `« … »`, `„…“`, `「…」`. A pair more
//! or less says little, since translators add and merge; none at all where the original has one tells that it was lost.

use serde::Deserialize;

use super::Check;
use super::pair::marks::{Family, Mark, for_each_mark};
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Span, Translation};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PairDiffers {}

/// The marks of a block, by what they do.
#[derive(Default)]
struct Marks {
    brackets: Vec<Span>,
    quotes: Vec<Span>,
}

impl Check for PairDiffers {
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let (source, target) = (whole.source(), whole.target());
        for bead in whole.alignment().blocks() {
            let ([own], [other]) = whole.blocks(bead) else { continue };
            let is_text = |block: &Block| !matches!(block.kind, BlockKind::Verse | BlockKind::TableCell);
            if !is_text(own) || !is_text(other) {
                continue;
            }
            let mut theirs = Marks::of(source, own);
            // A name in Latin letters beside the same in another script, which is all of it in a translation.
            if !is_latin(own) {
                let glosses =
                    |two: &[Span]| source.slice(two[0].to(two[1])).contains(|c: char| c.is_ascii_alphabetic());
                theirs.brackets.truncate(if theirs.brackets.chunks_exact(2).any(glosses) { 0 } else { usize::MAX });
            }
            // Corner brackets set apart names and thoughts too.
            if !other.lang.is_unspaced() {
                theirs.quotes.retain(|mark| !source.slice(*mark).contains(['「', '」', '『', '』']));
            }
            let ours = Marks::of(target, other);
            let (words, text) = (source.slice(own.span), target.slice(other.span));
            let is_string = whole.circumstances().is_unit
                && source.blocks().len() + target.blocks().len() == 2
                && [words, text].iter().all(|text| text.len() <= SHORT);
            if is_string && theirs.brackets.is_empty() && is_paired(&ours.brackets) && !sets_apart(words) {
                out.extend(added(whole, &ours.brackets, "added-brackets"));
            }
            // In prose a translator may well mark off what the original tells as speech without marks.
            if is_string && theirs.quotes.is_empty() && is_paired(&ours.quotes) && !quotes_otherwise(words) {
                out.extend(added(whole, &ours.quotes, "added-quotes"));
            }
            let mut tell = |marks: &[Span], how, telling: fn(&str, &str) -> bool| {
                // The words between the first two.
                let quoted = marks[0].to(marks[1]);
                let inside = source.slice(marks[0].until(marks[1])).trim();
                let told = is_string && stands_apart(source, marks) || telling(inside, text);
                if inside.chars().count() > LONGEST || !told {
                    return;
                }
                let Some(place) = place(whole, quoted, other) else { return };
                let finding = Finding::new(target, place).phrase("how", how).slot("text", inside);
                out.push(finding.related_in(source, quoted));
            };
            if is_paired(&theirs.brackets) && ours.brackets.is_empty() && !sets_apart(text) {
                tell(&theirs.brackets, "brackets", is_aside);
            }
            if is_paired(&theirs.quotes) && ours.quotes.is_empty() && !quotes_otherwise(text) {
                tell(&theirs.quotes, "quotes", is_said);
            }
        }
    }

    fn needs_source(&self) -> bool {
        true
    }
}

/// In a string of a program, which is short, every pair counts; in bytes.
const SHORT: usize = 100;

/// Marks that a string has and its original has not.
fn added<'a>(whole: &Translation<'a>, marks: &[Span], how: &'static str) -> Option<Finding<'a>> {
    let (source, target) = (whole.source(), whole.target());
    let inside = target.slice(marks[0].until(marks[1])).trim();
    // What a program puts in, or stays as it is written, is often marked off by a translator.
    let kept = source.text().contains(inside)
        || target.masks().iter().any(|mask| marks[0].until(marks[1]).overlaps(mask.span));
    let letters = inside.chars().any(char::is_alphabetic) && stands_apart(target, marks);
    let own = source.blocks().first().filter(|_| letters && !kept)?;
    let finding = Finding::new(target, marks[0].to(marks[1])).phrase("how", how).slot("text", inside);
    Some(finding.related_in(source, own.span))
}

/// Whether the first pair is no part of a word: “boat(s)”.
fn stands_apart(doc: &Document, marks: &[Span]) -> bool {
    let (before, after) = (&doc.text()[..marks[0].start as usize], &doc.text()[marks[1].end as usize..]);
    !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
}

/// A longer quotation may well be told without marks: the translation says who speaks.
const LONGEST: usize = 200;

/// Whether a block is in a language of Latin script.
fn is_latin(block: &Block) -> bool {
    block.language.scripts.is_empty() || block.language.scripts.iter().any(|script| script == "Latin")
}

/// The words of the translation that render the place: its sentence, else the block.
fn place(whole: &Translation<'_>, quoted: Span, other: &Block) -> Option<Span> {
    let mut pairs = whole.sentence_pairs().filter(|pair| other.span.contains(pair.target.span));
    let sentence = pairs.find(|pair| pair.source.span.contains(quoted)).map(|pair| pair.target.span);
    let span = sentence.unwrap_or(other.span);
    let words = super::untranslated_segment::words_in(whole.target(), span);
    Some(words.first()?.span.to(words.last()?.span))
}

/// Whether what is in brackets belongs there in any language. A short form, or what the original says once more in another
/// language, is often left out; what the translation has in its words lost its brackets only.
fn is_aside(inside: &str, target: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic();
    let gloss = inside.chars().any(latin) && !inside.contains(|c: char| c.is_alphabetic() && !latin(c));
    let kept = inside.chars().filter(|c| c.is_alphabetic()).count() > 1 && target.contains(inside);
    kept || !gloss && is_long(inside) && !is_named(inside)
}

/// Whether what is in quotation marks is what somebody says, and not a name or title, which many languages set in none.
fn is_said(inside: &str, target: &str) -> bool {
    is_long(inside) && !is_named(inside) && !target.contains(inside)
}

/// Fewer words, or characters in writing without spaces, may be a term.
const FEWEST: usize = 3;
/// See [`FEWEST`].
const FEWEST_UNSPACED: usize = 8;

fn is_long(inside: &str) -> bool {
    let unspaced = inside.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')).count();
    inside.split_whitespace().count() >= FEWEST || unspaced >= FEWEST_UNSPACED
}

/// Whether most of the words have capitals, as those of names and titles have.
fn is_named(inside: &str) -> bool {
    let words = inside.split_whitespace();
    let (mut all, mut high) = (0, 0);
    for word in words {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        all += 1;
        high += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    high * 2 > all || high == 1 && all < 2 * FEWEST && !inside.ends_with(['.', '!', '?', ',', '…'])
}

impl Marks {
    fn of(doc: &Document, block: &Block) -> Marks {
        let mut marks = Marks::default();
        for_each_mark(doc, block, block.language, |mark: Mark| match mark.family {
            _ if mark.smiles || mark.inside || mark.item => {}
            Family::Round | Family::Square | Family::Lens => marks.brackets.push(mark.span),
            // Titles, which other languages set in italics.
            Family::Book => {}
            _ if mark.after_digit && mark.straight => {}
            _ => marks.quotes.push(mark.span),
        });
        marks
    }
}

/// Whether the marks are pairs: an odd one is a slip of the original, or belongs to another block.
fn is_paired(marks: &[Span]) -> bool {
    marks.len() >= 2 && marks.len().is_multiple_of(2)
}

/// Whether a text sets words apart by other means than brackets.
fn sets_apart(text: &str) -> bool {
    text.contains(['—', '–', '〔', '〈', '｛', '{', '<'])
}

/// Whether a text quotes by other means than quotation marks: in single marks, by a dash before what is said, in italics.
fn quotes_otherwise(text: &str) -> bool {
    let dash = |c: char| matches!(c, '—' | '–' | '-' | '―');
    let opens = |mark: char| {
        text.match_indices(mark).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '（' | '，' | '。' | '、'))
        })
    };
    text.starts_with(dash)
        || text.contains(" — ")
        || text.contains(['‘', '‚', '‹', '〈', '《', '`', '_', '*', '״', '＂'])
        || opens('\'')
        || opens('’')
}
