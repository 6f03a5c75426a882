//! Which part of a line to show around marked words.

use unicode_width::UnicodeWidthChar;

use crate::text::{Source, Span, Unit};

/// How far a row reaches to each side of the marked words before it is cut, in columns.
const REACH: usize = 56;
/// How much further it may reach if that brings it to the edge of the line, in columns.
const SLACK: usize = 16;
/// A longer marked stretch is shown by its beginning and its end, in columns.
const LONGEST: usize = 100;
/// How much of its beginning and of its end, in columns.
const EDGE: usize = 44;

/// A stretch of one line that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The line, from 1.
    pub line: u32,
    /// Where in the source.
    pub span: Span,
}

/// The stretches to show for a marked one: all of up to three lines, else the first and the last.
pub fn around(source: &Source, marked: Span) -> Vec<Window> {
    let text = source.text();
    let length = text.len() as u32;
    let marked = Span::new(marked.start.min(length), marked.end.min(length));
    let number = |at: u32| source.position(at, Unit::Char).line;
    // A stretch that ends with a line break ends in the line that the break closes.
    let last = marked.slice(text).trim_end_matches(['\n', '\r']).len() as u32 + marked.start;
    let (first_line, last_line) = (number(marked.start), number(last));
    let lines = match last_line - first_line {
        0..=2 => (first_line..=last_line).collect(),
        _ => vec![first_line, last_line],
    };
    let mut windows = Vec::new();
    for line in lines {
        let whole = source.line(line).unwrap_or(marked);
        let start = marked.start.clamp(whole.start, whole.end);
        let end = last.clamp(start, whole.end);
        // What one side does not need, the other may use.
        let room = |needed: usize| REACH + REACH.saturating_sub(needed);
        let needed_left = columns(text, back(text, start, whole.start, REACH), start);
        let needed_right = columns(text, end, forward(text, end, whole.end, REACH));
        let before = if line == first_line { left(text, whole, start, room(needed_right)) } else { whole.start };
        let after = if line == last_line { right(text, whole, end, room(needed_left)) } else { whole.end };
        let (head, tail) = (forward(text, start, whole.end, EDGE), back(text, end, whole.start, EDGE));
        let add = |windows: &mut Vec<Window>, from, to| windows.push(Window { line, span: Span::new(from, to) });
        if forward(text, start, whole.end, LONGEST) >= end {
            add(&mut windows, before, after);
        } else {
            // Where the marked stretch begins or ends in another line, only the edge next to it is of use.
            if line == first_line || line != last_line {
                add(&mut windows, before, head);
            }
            if line == last_line {
                add(&mut windows, tail, after);
            }
        }
    }
    windows
}

/// The windows in order, those that overlap or nearly touch as one.
pub fn merge(mut windows: Vec<Window>) -> Vec<Window> {
    windows.sort();
    let mut merged: Vec<Window> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if last.line == window.line && window.span.start <= last.span.end + 4 => {
                last.span.end = last.span.end.max(window.span.end);
            }
            _ => merged.push(window),
        }
    }
    merged
}

/// A text of at most so many characters, cut in the middle.
pub fn clip(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let half = most / 2;
    let head: String = text.chars().take(half).collect();
    let tail: String = text.chars().skip(length - half).collect();
    format!("{head}…{tail}")
}

/// Where to begin a row: at the beginning of the line if that is near, else of a sentence, else after a space.
fn left(text: &str, line: Span, start: u32, reach: usize) -> u32 {
    if back(text, start, line.start, reach + SLACK) == line.start {
        return line.start;
    }
    let from = back(text, start, line.start, reach);
    let near = &text[from as usize..start as usize];
    let sentence = sentence_ends(near).map(|end| &near[end..]).find(|rest| !rest.trim().is_empty());
    match sentence.or_else(|| near.find(' ').map(|space| &near[space..])) {
        Some(rest) => start - rest.trim_start().len() as u32,
        None => from,
    }
}

/// Where to end a row, likewise.
fn right(text: &str, line: Span, end: u32, reach: usize) -> u32 {
    if forward(text, end, line.end, reach + SLACK) == line.end {
        return line.end;
    }
    let to = forward(text, end, line.end, reach);
    let near = &text[end as usize..to as usize];
    match sentence_ends(near).last().or_else(|| near.rfind(' ')) {
        Some(length) => end + length as u32,
        None => to,
    }
}

/// Where sentences seem to end: after a mark that a space follows, or one that needs none.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(move |(at, c)| {
        let after = at + c.len_utf8();
        match c {
            '.' | '!' | '?' | '…' if text[after..].starts_with(' ') => Some(after),
            '”' | '»' | '"' if text[..at].ends_with(['.', '!', '?']) && text[after..].starts_with(' ') => {
                Some(after)
            }
            '。' | '！' | '？' => Some(after),
            _ => None,
        }
    })
}

/// How wide a stretch is.
fn columns(text: &str, from: u32, to: u32) -> usize {
    text[from as usize..to as usize].chars().map(|c| c.width().unwrap_or(1)).sum()
}

/// The byte so many columns before `at`, not before `least`. A character without width stays with the one before it.
fn back(text: &str, at: u32, least: u32, columns: usize) -> u32 {
    let least = least.min(at);
    let mut left = columns;
    let mut to = at;
    for (offset, c) in text[least as usize..at as usize].char_indices().rev() {
        let width = c.width().unwrap_or(1);
        if width > left || (at - least) as usize - offset > 4 * columns {
            return to;
        }
        left -= width;
        if width > 0 || offset == 0 {
            to = least + offset as u32;
        }
    }
    least
}

/// The byte so many columns after `at`, not after `most`.
fn forward(text: &str, at: u32, most: u32, columns: usize) -> u32 {
    let most = most.max(at);
    let mut left = columns;
    for (offset, c) in text[at as usize..most as usize].char_indices() {
        let width = c.width().unwrap_or(1);
        if width > left || offset > 4 * columns {
            return at + offset as u32;
        }
        left -= width;
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, marked: &str) -> Vec<String> {
        let source = Source::new("a.txt", text);
        let start = text.find(marked).unwrap_or_default();
        let windows = around(&source, Span::of(start..start + marked.len()));
        merge(windows).iter().map(|w| w.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn short_lines_are_shown_whole() {
        assert_eq!(seen("one\nThe boat was late.\ntwo", "boat"), ["The boat was late."]);
    }

    #[test]
    fn long_lines_are_cut_at_sentences_or_spaces() {
        let far = "The pier was rebuilt over the winter by two local firms. ".repeat(5);
        let text = format!("{far}It opened on on Monday. {far}");
        let [row] = &seen(&text, "on on")[..] else { panic!("one row") };
        assert!(row.starts_with("It opened") || row.starts_with("The pier"), "{row}");
        assert!(row.ends_with('.'), "{row}");
        let text = format!("{}x marked y{}", "word ".repeat(100), " word".repeat(100));
        let [row] = &seen(&text, "marked")[..] else { panic!("one row") };
        assert!(row.starts_with("word") && row.ends_with("word") && row.len() < 180, "{row}");
    }

    #[test]
    fn long_stretches_are_shown_by_their_edges() {
        let text = format!("begin {} end", "x".repeat(100_000));
        let marked = text.clone();
        let rows = seen(&text, &marked);
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.len() < 60), "{rows:?}");
        let lines = "one line of many\n".repeat(500);
        assert_eq!(seen(&lines, &lines), ["one line of many", "one line of many"]);
    }

    #[test]
    fn characters_without_width_cannot_make_a_row_long() {
        let text = format!("a{}b", "\u{301}".repeat(100_000));
        assert!(seen(&text, "b")[0].len() < 1000);
    }
}
