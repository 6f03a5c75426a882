//! No space after a full stop or comma.

use serde::Deserialize;

use super::chunk;
use crate::check::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Lang, Language, Span, fold};

/// Longer chunks without white space are code or data, not two words.
const LONGEST_CHUNK: usize = 80;

/// A text that does it more often does it by habit: one finding speaks for all.
const HABIT: usize = 2;

/// In a text with more glued words none is looked for elsewhere.
const NAMES: usize = 16;

/// Two words with the mark between them, and the mark, behind which the space belongs.
type Glued = (Span, Span);

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MissingSpace {}

impl Check for MissingSpace {
    fn is_silent_in(&self, lang: Lang) -> bool {
        lang.is_unspaced()
    }

    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let mut found: Vec<Glued> = Vec::new();
        for block in doc.blocks().iter().filter(|b| !b.lang.is_unspaced()) {
            let text = block.span.slice(doc.text());
            let bytes = text.as_bytes();
            let mut seen = 0;
            for at in memchr::memchr2_iter(b'.', b',', bytes) {
                // The common case: a space follows.
                if at < seen || bytes.get(at + 1).is_none_or(|b| b.is_ascii_whitespace() || b.is_ascii_digit()) {
                    continue;
                }
                if let Some(mark) = glued(doc, block, text, at) {
                    let start = block.span.start as usize;
                    let mark = Span::of(start + mark.start..start + mark.end);
                    let here = Span::of(start + at..start + at + 1);
                    seen = at + 1;
                    if !doc.is_masked(here) {
                        found.push((mark, here));
                    }
                }
            }
            wide_stops(doc, block, &mut found);
        }
        found.sort_unstable();
        if found.len() <= NAMES {
            let all = found.clone();
            found.retain(|(words, _)| !is_name_of_program(doc, *words, &all));
        }
        let gap = |mark: Span| Span::new(mark.end, mark.end);
        let habit = found.len() > HABIT;
        let told = if habit { &found[..1] } else { &found[..] };
        for &(words, mark) in told {
            let finding = Finding::new(doc, words)
                .slot("mark", doc.slice(mark))
                .slot("words", doc.slice(words))
                .slot("count", (found.len() - 1).to_string())
                .phrase("how", if habit { "habit" } else { "once" })
                .replace(gap(mark), " ");
            let others = found[1..].iter().filter(|_| habit);
            out.push(others.fold(finding, |finding, &(_, mark)| finding.replace(gap(mark), " ")));
        }
    }
}

/// Whether words with a stop between them are the name of something in a program: such a name stands in the text more than
/// once, or in its code too (“a sync.Pool”).
fn is_name_of_program(doc: &Document, words: Span, all: &[Glued]) -> bool {
    let name = doc.slice(words);
    // A particle may be written onto it.
    let name = &name[..name.find(|c: char| !c.is_ascii()).unwrap_or(name.len())];
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        && name.find('.').is_some_and(|at| at + 1 < name.len());
    // “a **sync.Pool** of”
    let (at, source) = (doc.in_source(words).range(), doc.source().text());
    let emphasized = source[..at.start].ends_with(['*', '_']) && source[at.end..].starts_with(['*', '_']);
    plain
        && (emphasized
            || all.iter().filter(|(other, _)| doc.slice(*other) == doc.slice(words)).count() > 1
            || memchr::memmem::find_iter(doc.source().text().as_bytes(), name.as_bytes()).nth(1).is_some())
}

/// The two words that are glued by the mark at a byte of a block, if they are.
fn glued(doc: &Document, block: &Block, text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let whole = chunk(text, at, LONGEST_CHUNK)?;
    let (left, right) = (&text[whole.start..at], &text[at + 1..whole.end]);
    // Addresses, file names, code and formulas hold other marks, or the same one again.
    let odd = |c: char| {
        matches!(
            c,
            '/' | '\\'
                | '@'
                | '_'
                | '='
                | '#'
                | '$'
                | '{'
                | '}'
                | '<'
                | '>'
                | '|'
                | '+'
                | '~'
                | '*'
                | '&'
                | '%'
                | '^'
                | ':'
        )
    };
    if left.contains(odd) || right.trim_end_matches([':', '%']).contains(odd) {
        return None;
    }
    if is_undecoded(right) || right.starts_with('"') && is_quotation_open(text, at) {
        return None;
    }
    let stop = text.as_bytes()[at] == b'.';
    let word_before = left.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    let before_start = word_before
        .rfind(|c: char| !is_letter(c))
        .map_or(0, |i| i + word_before[i..].chars().next().map_or(1, char::len_utf8));
    let before = &word_before[before_start..];
    let inside = right.trim_start_matches(['"', '“', '‘', '«', '(', '\'', '„']);
    let after = &inside[..inside.find(|c: char| !is_letter(c)).unwrap_or(inside.len())];
    if after.is_empty() || before.chars().nth(1).is_none() {
        return None;
    }
    // A closing and an opening mark together are code, `foo().bar` or `a[1].b`.
    if word_before.len() < left.len() && left.ends_with([')', ']']) && left.contains("()") {
        return None;
    }
    let dots = whole.clone().filter(|&i| text.as_bytes()[i] == b'.' && i != at && i + 1 < whole.end).count();
    let rest = &inside[after.len()..];
    if !stop && is_label(&text[whole.clone()]) {
        return None;
    }
    let fits = if stop {
        let quoted = word_before.len() < left.len();
        // Names of programs are English.
        let named = || {
            block.lang != Lang::ENGLISH
                && is_second_name(&text[..whole.start], left)
                && goes_on(after, rest, &text[whole.end..])
        };
        sentence_follows(doc, block.lang, Halves { before, after, rest }, dots, quoted, named) && !is_entry(block, text)
    } else {
        list_goes_on(before, after, rest)
    };
    if !fits {
        return None;
    }
    let start = whole.start + before_start;
    Some(start..at + 1 + (right.len() - inside.len()) + after.len())
}

/// The number of a change, with the brackets around it, is no longer than this, in bytes.
const NUMBER: usize = 24;

/// Whether a block is an entry of a list of changes, which closes with the number of the change: “close net.Server (#4711)”.
/// Words with a stop between them are names of a program there.
fn is_entry(block: &Block, text: &str) -> bool {
    let end = &text[text.floor_char_boundary(text.len().saturating_sub(NUMBER))..];
    let last = end.trim_end_matches([')', ']', '.', ' ']).rsplit([' ', '(', '[']).next().unwrap_or_default();
    let number = last.rsplit_once('#').map_or("", |(_, number)| number);
    block.kind == BlockKind::ListItem && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether words joined by commas are a label, as in lists of changes: “doc,test: clarify the flags”.
fn is_label(chunk: &str) -> bool {
    let lower = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    chunk.strip_suffix(':').is_some_and(|names| names.split(',').all(lower))
}

/// Whether a text begins as a character does that was decoded wrongly (`â€`): it stands for a mark, not for a letter.
fn is_undecoded(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| matches!(c, 'â' | 'Ã' | 'Â'))
        && chars.next().is_some_and(|c| !c.is_ascii() && !c.is_alphabetic())
}

/// So far back a quotation is looked for, in bytes.
const QUOTATION: usize = 400;

/// Whether a straight quotation mark at a byte of a block would close a quotation: the space is missing after it then.
fn is_quotation_open(text: &str, at: usize) -> bool {
    text.as_bytes()[at.saturating_sub(QUOTATION)..at].iter().filter(|b| **b == b'"').count() % 2 == 1
}

fn is_latin(c: char) -> bool {
    unicode_script::UnicodeScript::script(&c) == unicode_script::Script::Latin
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

/// The words on both sides of a mark, and what stands behind them without a space.
#[derive(Clone, Copy)]
struct Halves<'t> {
    before: &'t str,
    after: &'t str,
    rest: &'t str,
}

/// Whether `before.after` is the end of one sentence and the start of the next.
fn sentence_follows(
    doc: &Document,
    lang: Lang,
    Halves { before, after, rest }: Halves,
    dots: usize,
    quoted: bool,
    named: impl Fn() -> bool,
) -> bool {
    let first = after.chars().next();
    let cased = first.is_some_and(|c| c.is_uppercase() || c.is_lowercase());
    if dots > 0 || rest.starts_with(['.', '(', '[']) && !rest.starts_with("...") {
        return false;
    }
    if !cased {
        // Scripts without case: only where both sides are long enough to be words, not abbreviations.
        let letters = |w: &str| w.chars().count();
        // In Korean a particle follows the closing mark of a quotation without a space.
        return !quoted
            && matches!(lang.as_str(), "ko" | "ar" | "fa" | "ur" | "hi" | "he")
            && (letters(before) >= 3
                || lang.as_str() == "ko" && letters(before) >= 2 && before.ends_with(['다', '요']))
            && letters(after) >= 2
            && !before.is_ascii();
    }
    // “ConFoo.Надішліть”: no name, address or version changes the alphabet at its full stop.
    if before.is_ascii() && first.is_some_and(|c| c.is_uppercase() && !is_latin(c)) && after.chars().count() > 2 {
        return true;
    }
    let language = Language::of(lang);
    let vowel = |c: char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii();
    if before.len() <= 4 && !before.contains(vowel) || language.abbreviations.has(&fold(before)) {
        return false;
    }
    let lower = before.chars().all(|c| !c.is_uppercase());
    let title = |w: &str| w.chars().skip(1).all(|c| !c.is_uppercase());
    if !title(before) || !title(after) || !first.is_some_and(char::is_uppercase) {
        return false;
    }
    if after.chars().nth(1).is_none()
        && (rest.is_empty()
            && !matches!(
                after,
                "I" | "A"
                    | "À"
                    | "È"
                    | "Y"
                    | "O"
                    | "И"
                    | "В"
                    | "А"
                    | "С"
                    | "К"
                    | "Я"
                    | "У"
                    | "О"
                    | "Є"
                    | "І"
                    | "З"
                    | "Ő"
            ))
    {
        return false;
    }
    // “Node.Js” and “Readme.Final” are names; “Monday.It” is not, where the second half is a word that the language
    // or the text itself uses elsewhere.
    let folded = fold(after);
    lower || language.dangling.has(&folded) || doc.vocabulary().id(&folded).is_some() || named()
}

/// Shorter words after a name are parts of it.
const VERB: usize = 5;

/// Whether a word that a chunk begins with is the second of a name: “Anna Zellweck.Later”.
fn is_second_name(before: &str, word: &str) -> bool {
    let first = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_capital = |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic);
    let inside = before.trim_end().trim_end_matches(first).trim_end().ends_with(char::is_alphabetic);
    inside && before.ends_with(' ') && is_capital(first) && is_capital(word)
}

/// Whether a word is no short for something, and the sentence goes on after it in small letters.
fn goes_on(word: &str, rest: &str, after: &str) -> bool {
    let next = after.strip_prefix(' ').unwrap_or_default();
    rest.is_empty() && word.chars().count() >= VERB && next.starts_with(char::is_lowercase)
}

/// Whether `before,after` is two words of a sentence.
fn list_goes_on(before: &str, after: &str, rest: &str) -> bool {
    let cased = |w: &str| w.chars().any(|c| !c.is_uppercase());
    cased(before)
        && cased(after)
        && !rest.trim_end_matches(',').contains(',')
        && !after.is_empty()
        && !rest.starts_with(['(', '['])
}

/// Danda and the Arabic marks, which no abbreviation or address holds.
fn wide_stops(doc: &Document, block: &Block, out: &mut Vec<Glued>) {
    if !matches!(block.lang.as_str(), "hi" | "mr" | "ne" | "ar" | "fa" | "ur") {
        return;
    }
    let text = block.span.slice(doc.text());
    for (at, mark) in text.match_indices(['।', '،', '؛', '؟', '۔']) {
        let end = at + mark.len();
        let Some(next) = text[end..].chars().next().filter(|c| c.is_alphabetic()) else { continue };
        let Some(last) = text[..at].chars().next_back().filter(|&c| is_letter(c)) else { continue };
        let start = block.span.start as usize;
        let span = Span::of(start + at - last.len_utf8()..start + end + next.len_utf8());
        out.push((span, Span::of(start + at..start + end)));
    }
}
