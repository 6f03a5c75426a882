//! Lines at the end of a block that are no sentences: captions, entries, lists of names, values, links.

use crate::text::{Block, Document, Sentence};

/// The last line of a block, and the one before it.
fn last_lines<'d>(doc: &'d Document, block: &Block) -> (&'d str, Option<&'d str>) {
    let mut lines = doc.slice(block.span).rsplit('\n').filter(|line| !line.trim().is_empty());
    (lines.next().unwrap_or_default().trim(), lines.next().map(str::trim))
}

/// Whether the last line is the caption of a numbered picture or table: “Figure 3-1. The old pier”, “图 5-8. 码头”,
/// “2-4 ábra. A móló”.
pub fn is_caption(doc: &Document, block: &Block) -> bool {
    let (line, _) = last_lines(doc, block);
    let mut words = line.split([' ', '\u{a0}']).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    if is_double_number(first) {
        // A label that stands behind its number closes with the stop: in a sentence none does.
        return words.next().is_some_and(|label| label.ends_with(['.', ':']) && label.len() > 2);
    }
    let label = first.chars().all(char::is_alphabetic) && !first.starts_with(char::is_lowercase);
    label && words.next().is_some_and(|number| number.ends_with(['.', ':', '：', '。']) && is_double_number(number))
}

/// Whether a word is the number of a thing in a chapter: “3-12.”, “5.4:”.
fn is_double_number(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':', '：', '。']);
    let digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    word.split_once(['-', '.', '–']).is_some_and(|(chapter, number)| digits(chapter) && digits(number))
}

/// A label of an entry has at most so many words.
const LABEL: usize = 3;

/// Whether the last line is one of several entries: each has a label (“North: …”), or begins with a sign (“→ …”).
pub fn is_entry(doc: &Document, block: &Block) -> bool {
    let (line, Some(before)) = last_lines(doc, block) else { return false };
    let labelled = |line: &str| {
        let label = line.split_once(": ").map(|(label, _)| label);
        label.is_some_and(|label| label.split_whitespace().count() <= LABEL)
    };
    let sign = |line: &str| {
        line.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_ascii() && !super::is_opening_quote(*c))
    };
    labelled(line) && labelled(before) || sign(line).is_some() && sign(before).is_some()
}

/// A list of names has so many at least, with at most so many words each.
const NAMES: usize = 6;
const NAME: usize = 3;

/// Whether a sentence is a list of names and no more: “Our thanks go to: Ann Orr, Hill, B. Kean, …”.
pub fn is_roll(doc: &Document, last: &Sentence) -> bool {
    let text = doc.slice(last.span);
    let (list, led) = text.rsplit_once(": ").map_or((text, 1), |(_, list)| (list, 0));
    let names: Vec<&str> = list.split([',', '،']).skip(led).map(str::trim).collect();
    let capitals = names.iter().filter(|name| name.starts_with(|c: char| !c.is_lowercase())).count();
    names.len() >= NAMES
        && names.iter().all(|name| name.split_whitespace().count() <= NAME + 1)
        && capitals * 4 >= names.len() * 3
}

/// What a label says in so many words is a value.
const VALUE: usize = 2;

/// Whether a sentence closes with a colon and a few words: “The next version will be: 15.0”.
pub fn is_value(doc: &Document, last: &Sentence) -> bool {
    let Some((_, value)) = doc.slice(last.span).rsplit_once(": ") else { return false };
    let words = value.split_whitespace().count();
    words > 0 && words <= VALUE && !value.contains(',')
}

/// Whether the last line is a link, or closes with one after a number or a colon: the title of another text. Where a sentence
/// goes on in the link, it is part of that.
pub fn is_linked(doc: &Document, block: &Block) -> bool {
    let (at, source) = (doc.in_source(block.span).range(), doc.source().text());
    if !source[at.end..].starts_with("](") && !source[at.end..].starts_with("][") {
        return false;
    }
    let title = source[at].rsplit('[').next().unwrap_or_default().trim_matches(['*', '_']);
    let (line, before) = last_lines(doc, block);
    let Some(lead) = line.strip_suffix(title).map(str::trim_end) else { return false };
    let apart = |text: &str| !text.ends_with(char::is_alphanumeric);
    if lead.is_empty() { before.is_none_or(apart) } else { lead.ends_with([':', '：', '、', '.', ')', '）', '|']) }
}

/// A signature has at most so many words.
const SIGNATURE: usize = 5;

/// Whether the last line is the name under a letter: “Yours,” and below it “The harbour board”; or the last part of a line
/// of parts: “By Ann Orr | 3 June”.
pub fn is_signed(doc: &Document, block: &Block) -> bool {
    let (line, before) = last_lines(doc, block);
    let short = |text: &str| text.split_whitespace().count() <= SIGNATURE && !text.starts_with(char::is_lowercase);
    before.is_some_and(|before| before.ends_with(',')) && short(line)
        || line.rsplit_once(" | ").is_some_and(|(_, part)| short(part))
}
