//! The words of an article around a finding, the marked ones highlighted and the fix shown in them.

use std::borrow::Cow;

use super::page::escaped;
use crate::diagnostic::Fix;
use crate::text::{Source, Span};

/// How far an excerpt reaches to each side, in characters and in bytes: ten thousand findings make one page.
const REACH: (usize, usize) = (56, 110);
/// A longer stretch between its edges is shown by its beginning and its end, in bytes.
const LONGEST: usize = 300;

/// The excerpt as HTML, and whether the fix is shown in it.
pub fn html(source: &Source, marked: Span, fix: Option<&Fix>) -> (String, bool) {
    let text = source.text();
    let edits = fix.map_or(&[][..], |fix| &fix.edits[..]);
    let around =
        edits.iter().fold(marked, |all, edit| Span::new(all.start.min(edit.span.start), all.end.max(edit.span.end)));
    let is_shown = !edits.is_empty() && around.len() <= LONGEST;
    let (edits, around) = if is_shown { (edits, around) } else { (&[][..], marked) };
    let (from, to) = (before(text, around.start as usize), after(text, around.end as usize));
    let mut out = String::with_capacity(to - from + 40);
    if is_cut(&text[..from], str::ends_with) {
        out.push('…');
    }
    // Where anything begins or ends, in order.
    let mut steps: Vec<usize> = vec![from, marked.start as usize, marked.end as usize, to];
    steps.extend(edits.iter().flat_map(|edit| [edit.span.start as usize, edit.span.end as usize]));
    steps.sort_unstable();
    let mut insertions = edits.iter().filter(|edit| !edit.text.is_empty()).peekable();
    let mut insert = |at: usize, out: &mut String| {
        while let Some(edit) = insertions.next_if(|edit| edit.span.end as usize <= at) {
            out.push_str(&format!("<ins>{}</ins>", escaped(&seen(&edit.text))));
        }
    };
    for pair in steps.windows(2) {
        insert(pair[0], &mut out);
        let part = &text[pair[0]..pair[1]];
        if part.is_empty() {
            continue;
        }
        let lies_in = |span: Span| span.start as usize <= pair[0] && pair[1] <= span.end as usize;
        let is_marked = lies_in(marked);
        let is_deleted = edits.iter().any(|edit| lies_in(edit.span));
        let shown = match (is_marked, is_deleted) {
            (_, true) => escaped(&seen(part)),
            (true, false) => middle(part),
            (false, false) => escaped(part),
        };
        match (is_marked, is_deleted) {
            (true, true) => out.push_str(&format!("<mark><del>{shown}</del></mark>")),
            (true, false) => out.push_str(&format!("<mark>{shown}</mark>")),
            (false, true) => out.push_str(&format!("<del>{shown}</del>")),
            (false, false) => out.push_str(&shown),
        }
    }
    insert(to, &mut out);
    if is_cut(&text[to..], str::starts_with) {
        out.push('…');
    }
    (out, is_shown)
}

/// What comes or goes; of spaces alone nothing would be seen.
fn seen(text: &str) -> Cow<'_, str> {
    if text.trim().is_empty() { text.chars().map(|_| '␣').collect::<String>().into() } else { text.into() }
}

/// A long stretch by its beginning and its end.
fn middle(part: &str) -> String {
    if part.len() <= LONGEST {
        return escaped(part);
    }
    let (mut head, mut tail) = (LONGEST / 2, part.len() - LONGEST / 3);
    while !part.is_char_boundary(head) {
        head -= 1;
    }
    while !part.is_char_boundary(tail) {
        tail += 1;
    }
    format!("{} […] {}", escaped(&part[..head]), escaped(&part[tail..]))
}

/// Whether the line goes on beyond the edge.
fn is_cut(rest: &str, touches: fn(&str, [char; 2]) -> bool) -> bool {
    !rest.is_empty() && !touches(rest, ['\n', '\r'])
}

/// Where to begin: at the start of the line, or behind a space.
fn before(text: &str, at: usize) -> usize {
    let mut from = at;
    for (n, (offset, c)) in text[..at].char_indices().rev().enumerate() {
        if matches!(c, '\n' | '\r') || n == REACH.0 || at - offset > REACH.1 {
            if !matches!(c, '\n' | '\r') {
                from += text[from..at].find(' ').map_or(0, |space| space + 1);
            }
            return from;
        }
        from = offset;
    }
    from
}

/// Where to end, likewise.
fn after(text: &str, at: usize) -> usize {
    let mut to = at;
    for (n, (offset, c)) in text[at..].char_indices().enumerate() {
        if matches!(c, '\n' | '\r') || n == REACH.0 || offset + c.len_utf8() > REACH.1 {
            if !matches!(c, '\n' | '\r') {
                to = text[at..to].rfind(' ').map_or(to, |space| at + space);
            }
            return to;
        }
        to = at + offset + c.len_utf8();
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Edit, Safety};

    #[test]
    fn the_marked_words_and_the_fix_stand_in_their_sentence() {
        let source = Source::new("a.txt", "Before.\nIt was <was> late.The pier.\nAfter.");
        let fix = |start, end, text: &str| Fix {
            safety: Safety::Safe,
            edits: vec![Edit { span: Span::new(start, end), text: text.into() }],
        };
        let shown = html(&source, Span::new(11, 20), Some(&fix(14, 20, "")));
        assert_eq!(shown.0, "It <mark>was</mark><mark><del> &lt;was&gt;</del></mark> late.The pier.");
        let shown = html(&source, Span::new(21, 29), Some(&fix(26, 26, " ")));
        assert_eq!(shown.0, "It was &lt;was&gt; <mark>late.</mark><ins>␣</ins><mark>The</mark> pier.");
        assert_eq!(html(&source, Span::new(0, 0), None), ("Before.".into(), false));
    }

    #[test]
    fn long_lines_and_stretches_are_cut() {
        let text = format!("{}marked{}", "word ".repeat(100), " word".repeat(100));
        let (shown, _) = html(&Source::new("a.txt", text.as_str()), Span::new(500, 506), None);
        assert!(shown.starts_with("…word") && shown.ends_with("word…") && shown.len() < 170, "{shown}");
        let (shown, _) = html(&Source::new("a.txt", "漢".repeat(2000)), Span::new(0, 6000), None);
        assert!(shown.contains(" […] ") && shown.len() < 320, "{shown}");
    }
}
