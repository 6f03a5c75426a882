//! Ways in which a block rightly closes without an end mark: with a reference, a date, a label, a note, a name.

use crate::text::{Block, Document, Sentence, Span, Word};

/// Endings of the names of files that an article may name.
const FILES: &[&str] = &[
    "cfg", "conf", "css", "csv", "exe", "go", "html", "ini", "java", "js", "json", "log", "md", "pdf", "php", "ps1",
    "py", "rb", "rs", "sh", "sql", "toml", "ts", "txt", "xml", "yaml", "yml", "zip",
];

/// Whether a block ends in the number of a version, a score, a time, an issue or the like, or in a path or the name of a
/// file, where a mark would look like part of it.
pub fn is_reference(doc: &Document, word: Word, block: &Block) -> bool {
    let text = doc.slice(Span::new(block.span.start, word.span.end));
    let token = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let digits = token.chars().filter(char::is_ascii_digit).count();
    let file = token.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && FILES.contains(&ending));
    let path = token.split_once('/').is_some_and(|(a, b)| a.len() > 1 && b.len() > 1) && !token.contains("//");
    token.is_ascii()
        && (file
            || path && token.bytes().all(|b| !b.is_ascii_uppercase())
            || digits > 0 && token.chars().any(|c| !c.is_numeric() && !matches!(c, '.' | ',' | '–')))
}

/// Whether a block closes with a date set off by a comma, as a standfirst does: “… at the opening, 3 June”.
pub fn is_dated(doc: &Document, block: &Block) -> bool {
    let Some((_, date)) = doc.slice(block.span).rsplit_once(", ") else { return false };
    let number = |w: &str| w.trim_end_matches('.').parse::<u16>().is_ok_and(|n| n > 0);
    let words = date.split_whitespace().count();
    (2..=3).contains(&words)
        && date.split_whitespace().any(number)
        && date.split_whitespace().all(|w| number(w) || w.starts_with(char::is_alphabetic))
        && date.split_whitespace().filter(|w| !number(w)).count() == 1
}

/// Longer than this (in words) is no label that was glued to a paragraph.
const LABEL: usize = 3;
/// What a label names may have so many words more.
const NAMED: usize = 10;

/// Whether the last words of a block of several sentences are a heading, a caption or a credit that was glued to it
/// (“Early life”, “York Minster”), or a line of a report (“Substitutes: Hill, Orr”).
pub fn is_label(doc: &Document, last: &Sentence) -> bool {
    let text = doc.slice(last.span);
    let words = text.split_whitespace().count();
    let names = || text.split_whitespace().all(|w| !w.starts_with(char::is_lowercase));
    let colon = text.find(':').is_some_and(|at| text[..at].split_whitespace().count() < LABEL);
    text.starts_with(|c: char| !c.is_lowercase())
        && (words < LABEL || words <= LABEL + 1 && names() || colon && words <= NAMED)
        && text.chars().any(|c| c.is_lowercase() || c.is_uppercase() || c.is_ascii_digit())
}

/// Whether a block ends, after its end mark, in the number of a footnote or in a sentence in brackets.
pub fn is_note(doc: &Document, block: &Block, last: &Sentence, word: Word) -> bool {
    let sentence = doc.slice(last.span);
    if sentence.starts_with(['[', '(']) && sentence.ends_with([']', ')']) {
        return true;
    }
    let digits = doc.slice(word.span).bytes().all(|b| b.is_ascii_digit());
    digits && doc.slice(Span::new(block.span.start, word.span.start)).ends_with(['.', '!', '?', '”', '"', ')', '^'])
}

/// Whether a block closes with a dash and a name, as a motto does: “… in winter.” – Jane Doe, 1906.
pub fn is_attributed(doc: &Document, block: &Block) -> bool {
    let text = doc.slice(block.span);
    // “— So we will, — he says. — Nobody knows”: the dashes of speech.
    if text.starts_with(['–', '—']) {
        return false;
    }
    let Some(dash) = text.rfind(['–', '—', '―', '~']).or_else(|| text.rfind(" -").map(|at| at + 1)) else {
        return false;
    };
    let (quotation, name) = text.split_at(dash);
    let quotation = quotation.trim_end_matches(['-', '–', '—', ' ', '\u{a0}', '\n']);
    let name = name.trim_start_matches(['-', '–', '—', '―', '~', ' ', '\u{a0}']);
    quotation.ends_with(|c: char| !c.is_alphanumeric() && c != ',')
        && name.split_whitespace().count() <= 12
        && name.starts_with(|c: char| !c.is_lowercase())
}
