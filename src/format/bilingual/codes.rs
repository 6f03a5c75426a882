//! Inline codes that stand in the text itself: tags, and placeholders of the common kinds.
//!
//! What looks like a tag and has its partner in the same text spans what lies between. One without a partner (`<br>`,
//! `<FILE>`) stands alone. Square brackets count as tags only where they are closed (`[b]…[/b]`): elsewhere they are text.

use std::collections::HashMap;

use super::{Code, CodeKind};
use crate::text::{Origin, Span, placeholder};

/// Which codes a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Tags and placeholders.
    Strings,
    /// Placeholders: the tags are for the format of the records to read.
    Placeholders,
    /// Tags only: subtitles.
    Tags,
}

/// Longer tags and placeholders are text: each sign is looked at from close by, so that reading takes linear time.
const LONGEST: usize = 512;
/// Elements whose inside is no prose.
const CODE: [&str; 9] = ["code", "codeblock", "codeblocks", "gdscript", "csharp", "kbd", "pre", "tt", "samp"];
/// Elements that have no end.
const VOID: [&str; 8] = ["br", "hr", "img", "wbr", "input", "link", "meta", "x"];

#[derive(Clone)]
struct Found {
    kind: CodeKind,
    id: String,
    at: Span,
    square: bool,
    settled: bool,
}

/// Finds the codes of a text, takes out of it those that span, and puts all codes in order.
pub(super) fn settle(
    text: &mut String,
    origin: &mut Origin,
    codes: &mut Vec<Code>,
    cdata: &mut [Span],
    dialect: Dialect,
) {
    let bytes = text.as_bytes();
    if memchr::memchr3(b'<', b'%', b'{', bytes).is_none()
        && memchr::memchr3(b'&', b'$', b'@', bytes).is_none()
        && !text.contains("[/")
    {
        return;
    }
    let found = paired(find(text, codes, dialect));
    if found.is_empty() {
        return;
    }
    let is_gone = |kind: CodeKind| matches!(kind, CodeKind::Open | CodeKind::Close);
    let cuts: Vec<Span> = found.iter().filter(|f| is_gone(f.kind)).map(|f| f.at).collect();
    let mut all: Vec<Code> = Vec::with_capacity(codes.len() + found.len());
    all.append(codes);
    all.extend(found.into_iter().map(|f| Code {
        kind: f.kind,
        id: f.id,
        from: origin.map(f.at),
        at: f.at,
        optional: false,
    }));
    all.sort_by_key(|code| (code.from.start, code.at.start));
    if !cuts.is_empty() {
        // How much was cut before a byte of the text.
        let mut before = Vec::with_capacity(cuts.len());
        let mut sum = 0;
        for cut in &cuts {
            before.push(sum);
            sum += cut.len() as u32;
        }
        let moved = |at: u32| match cuts.partition_point(|cut| cut.start < at).checked_sub(1) {
            Some(n) => at - before[n] - (at.min(cuts[n].end) - cuts[n].start),
            None => at,
        };
        all.iter_mut().for_each(|code| code.at = Span::new(moved(code.at.start), moved(code.at.end)));
        cdata.iter_mut().for_each(|at| *at = Span::new(moved(at.start), moved(at.end)));
        *origin = origin.without(&cuts);
        let mut kept = String::with_capacity(text.len());
        let mut done = 0;
        for cut in &cuts {
            kept.push_str(&text[done..cut.start as usize]);
            done = cut.end as usize;
        }
        kept.push_str(&text[done..]);
        *text = kept;
    }
    *codes = all;
}

fn find(text: &str, known: &[Code], dialect: Dialect) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut known = known.iter().filter(|code| !code.at.is_empty()).peekable();
    let mut out = Vec::new();
    let closes = text.contains("[/");
    let mut at = 0;
    while at < bytes.len() {
        while known.next_if(|code| code.at.end as usize <= at).is_some() {}
        if let Some(code) = known.peek().filter(|code| code.at.start as usize <= at) {
            at = code.at.end as usize;
            continue;
        }
        let found = match bytes[at] {
            b'<' if dialect != Dialect::Placeholders => tag(text, at, false),
            b'[' if dialect == Dialect::Strings && closes => tag(text, at, true),
            b'%' | b'{' | b'$' | b'&' | b'@' if dialect != Dialect::Tags => {
                placeholder::end(text, at).map(|end| placeholder(text, at, end))
            }
            _ => None,
        };
        // What reaches into a code that the format told of is not one of these.
        let found = found.filter(|f| known.peek().is_none_or(|code| code.at.start >= f.at.end));
        match found {
            Some(found) => {
                // What stands in square brackets may turn out to be text, with codes in it.
                at = if found.square { at + 1 } else { found.at.end as usize };
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

fn placeholder(text: &str, at: usize, end: usize) -> Found {
    let id = text[at..end].to_owned();
    Found { kind: CodeKind::Placeholder, id, at: Span::of(at..end), square: false, settled: true }
}

/// A tag that begins here: `<name …>`, `</name>`, `<name/>`, the same in square brackets; a time in a cue.
fn tag(text: &str, at: usize, square: bool) -> Option<Found> {
    let rest = &text.as_bytes()[at + 1..];
    let closes = rest.first() == Some(&b'/');
    let body = &rest[usize::from(closes)..];
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':');
    let length = body.iter().take(LONGEST).take_while(|b| is_name(b)).count();
    if length == 0 || body[0] == b'-' {
        return None;
    }
    let name = std::str::from_utf8(&body[..length]).ok()?.to_ascii_lowercase();
    let (open, close) = if square { (b'[', b']') } else { (b'<', b'>') };
    let behind = &body[length..];
    if !matches!(behind.first()?, b'>' | b']' | b'/' | b' ' | b'\n' | b'\t' | b'\r' | b'.' | b'=') {
        return None;
    }
    let end = behind.iter().take(LONGEST).position(|b| *b == close || *b == open)?;
    if behind[end] != close || square && end > 0 && !matches!(behind[0], b'=' | b' ') {
        return None;
    }
    let ends_itself = end > 0 && behind[end - 1] == b'/' && !square;
    let is_void = !square && (VOID.contains(&&*name) || name.as_bytes()[0].is_ascii_digit());
    let (kind, settled) = match closes {
        true => (CodeKind::Close, false),
        false if ends_itself || is_void => (CodeKind::Alone, true),
        false => (CodeKind::Open, false),
    };
    let whole = at..at + 1 + usize::from(closes) + length + end + 1;
    Some(Found { kind, id: name, at: Span::of(whole), square, settled })
}

/// Settles which tags have partners; what is left over stands alone, or in square brackets is no tag. What stands in
/// code is one code with it.
fn paired(mut found: Vec<Found>) -> Vec<Found> {
    let mut open: HashMap<(String, bool), Vec<usize>> = HashMap::new();
    let mut code: Vec<(usize, usize)> = Vec::new();
    for n in 0..found.len() {
        let key = (found[n].id.clone(), found[n].square);
        match found[n].kind {
            CodeKind::Open => open.entry(key).or_default().push(n),
            CodeKind::Close => {
                if let Some(start) = open.get_mut(&key).and_then(Vec::pop) {
                    found[start].settled = true;
                    found[n].settled = true;
                    if CODE.contains(&&*key.0) {
                        code.push((start, n));
                    }
                }
            }
            _ => {}
        }
    }
    code.sort_unstable();
    let mut code = code.into_iter().peekable();
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    let (mut n, mut done) = (0, 0);
    while n < found.len() {
        // Inside of a tag that is one.
        if found[n].at.start < done {
            n += 1;
            continue;
        }
        while code.next_if(|(start, _)| *start < n).is_some() {}
        let mut f = found[n].clone();
        if let Some((_, end)) = code.next_if(|(start, _)| *start == n) {
            out.push(Found { kind: CodeKind::Alone, at: f.at.to(found[end].at), ..f });
            done = found[end].at.end;
            n = end + 1;
            continue;
        }
        n += 1;
        if !f.settled {
            if f.square {
                continue;
            }
            // A voice in a cue holds to its end.
            let is_voice = f.id == "v" && f.kind == CodeKind::Open;
            f.kind = if is_voice { CodeKind::Open } else { CodeKind::Alone };
        }
        done = f.at.end;
        out.push(f);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<(CodeKind, String, Span)>) {
        let mut origin = Origin::default();
        origin.push(Span::of(0..text.len()), Span::of(0..text.len()));
        let (mut out, mut codes) = (text.to_owned(), Vec::new());
        settle(&mut out, &mut origin, &mut codes, &mut [], Dialect::Strings);
        for code in &codes {
            let from = code.from.slice(text);
            assert!(code.at.is_empty() || code.at.slice(&out) == from, "{code:?} of {text}");
        }
        (out, codes.into_iter().map(|code| (code.kind, code.id, code.at)).collect())
    }

    fn placeholders(text: &str) -> Vec<String> {
        read(text).1.into_iter().map(|(_, id, _)| id).collect()
    }

    #[test]
    fn tags_that_span_are_gone_and_others_stay() {
        let (text, codes) = read("A <b class=\"x\">bold <i>one</b></i>, <br/>and <FILE> x");
        assert_eq!(text, "A bold one, <br/>and <FILE> x");
        let kinds: Vec<_> = codes.iter().map(|(kind, id, at)| (*kind, id.as_str(), at.start)).collect();
        use CodeKind::*;
        let expected = [
            (Open, "b", 2),
            (Open, "i", 7),
            (Close, "b", 10),
            (Close, "i", 10),
            (Alone, "br", 12),
            (Alone, "file", 21),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn square_brackets_are_tags_where_they_are_closed() {
        assert_eq!(read("See [b]here[/b] [1] and [note].").0, "See here [1] and [note].");
        assert_eq!(read("Use [code]a[b][/code] now").1, [(CodeKind::Alone, "code".into(), Span::new(4, 21))]);
        assert_eq!(read("[sic] and [note]").1, []);
        assert_eq!(placeholders("[url={link}]x[/url] [see {0}]"), ["url", "url", "{0}"]);
    }

    #[test]
    fn placeholders_are_found_and_percentages_are_not() {
        let found =
            placeholders("%s %1$s %d %5.2f %lu %zu %(name)s %{n} %1 %L2 %n {0} {} {{ a b }} ${x} {n:02d} %count% %@");
        let expected = [
            "%s",
            "%1$s",
            "%d",
            "%5.2f",
            "%lu",
            "%zu",
            "%(name)s",
            "%{n}",
            "%1",
            "%L2",
            "%n",
            "{0}",
            "{}",
            "{{ a b }}",
            "${x}",
            "{n:02d}",
            "%count%",
            "%@",
        ];
        assert_eq!(found, expected);
        for text in ["50 % of it", "100%of", "100%% d", "{ a }", "{a, b}", "a < b > c", "5 $ {", "<->", "<3"] {
            assert_eq!(read(text).1, [], "{text}");
        }
    }
}
