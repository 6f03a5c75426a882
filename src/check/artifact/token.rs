//! Special tokens of models, and placeholders of translation tools and templates.

use super::{Artifact, Trace};
use crate::text::{Document, fold};

/// The longest token or placeholder, in bytes.
const LONGEST: usize = 60;

/// What stands between an opening mark and its closing mark, if that comes soon and on the same line.
fn within<'t>(text: &'t str, start: usize, close: &str) -> Option<&'t str> {
    let mut end = text.len().min(start + LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let inner = text.get(start..end)?;
    inner.find(close).map(|n| &inner[..n]).filter(|i| !i.contains('\n'))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

fn is_joined_before(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '#' | '$' | '\\' | '}'))
}

/// `<unk>`, `</s>`, `<|endoftext|>`, `<2en>`, `<extra_id_0>`; `<g id="1">` and its like of XLIFF.
pub(super) fn angle(text: &str, at: usize) -> Option<Trace> {
    if text[at..].starts_with("<<SYS>>") {
        return Some(Trace::new(at, at + 7, "token"));
    }
    let inner = within(text, at + 1, ">")?;
    let end = at + inner.len() + 2;
    let name = inner.strip_prefix('/').unwrap_or(inner).to_ascii_lowercase();
    if inner.len() > 2 && inner.starts_with('|') && inner.ends_with('|') && is_name(&inner[1..inner.len() - 1]) {
        return Some(Trace::new(at, end, "token"));
    }
    let target = name.strip_prefix('2').is_some_and(|t| t.len() <= 7 && t.len() >= 2 && is_name(t));
    let known = matches!(
        name.as_str(),
        "unk"
            | "s"
            | "pad"
            | "eos"
            | "bos"
            | "mask"
            | "sep"
            | "cls"
            | "eod"
            | "eot"
            | "sos"
            | "think"
            | "end_of_turn"
            | "start_of_turn"
            | "start_of_image"
            | "lang"
            | "num"
            | "url_token"
            | "br_token"
            | "endofchunk"
            | "nl"
    );
    if known || target || name.starts_with("extra_id_") || name.starts_with("unused") {
        return Some(Trace::new(at, end, "token"));
    }
    // Inline elements of translation files: <g id="1">, <x id="2"/>, <ph id="3"/>.
    let element = name.trim_end_matches('/').split(' ').next().unwrap_or_default();
    let inline = matches!(element, "g" | "x" | "bx" | "ex" | "ph" | "bpt" | "ept" | "it" | "mrk" | "pc" | "sc" | "ec");
    let numbered = ["id=", "mid=", "i=", "x=", "ctype=", "mtype="].iter().any(|a| name.contains(&format!(" {a}")));
    let closing = inner.starts_with('/') && element == name && element != "sc";
    (inline && (numbered || closing)).then(|| Trace::new(at, end, "placeholder"))
}

/// `[UNK]`, `[INST]`, `[NAME]`, `[[1]]`, `[insert date here]`.
pub(super) fn square(data: &Artifact, text: &str, at: usize) -> Option<Trace> {
    if text[at..].starts_with("[[") {
        let inner = within(text, at + 2, "]]")?;
        let number = !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit());
        let capitals = inner.len() > 2 && is_name(inner) && !inner.bytes().any(|b| b.is_ascii_lowercase());
        return (number || capitals).then(|| Trace::new(at, at + inner.len() + 4, "placeholder"));
    }
    let inner = within(text, at + 1, "]")?;
    let end = at + inner.len() + 2;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    if matches!(name, "UNK" | "SEP" | "CLS" | "PAD" | "MASK" | "INST" | "EOS" | "BOS" | "unk" | "NUM") {
        return Some(Trace::new(at, end, "token"));
    }
    let capitals = !inner.is_empty() && !inner.chars().any(char::is_lowercase);
    // [NAME], [NAME_1], [COMPANY 2], [FIRST NAME]
    let stem = inner.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | ' '));
    if capitals && stem.split([' ', '_']).all(|part| data.blanks.has(&fold(part))) {
        return Some(Trace::new(at, end, "placeholder"));
    }
    let mut words = inner.split(' ');
    let instruction = words.next().is_some_and(|w| data.instructions.has(&fold(w)));
    let more = words.next().is_some();
    // After a link text comes an address: “[your profile](…)”.
    let link = text[end..].starts_with('(');
    (instruction && more && !link && inner.split(' ').count() <= 6).then(|| Trace::new(at, end, "placeholder"))
}

/// `{name}`, `{0}`, `{{name}}`, `${name}`.
pub(super) fn curly(text: &str, at: usize) -> Option<Trace> {
    let (open, close) = if text[at..].starts_with("{{") { ("{{", "}}") } else { ("{", "}") };
    let inner = within(text, at + open.len(), close)?;
    let end = at + open.len() + inner.len() + close.len();
    let number = open == "{" && !inner.is_empty() && inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit());
    let next = text[end..].chars().next();
    // `{MAJOR}.{MINOR}.0` describes a pattern.
    let pattern = matches!(text.as_bytes().get(end..end + 2), Some([b'.' | b'-' | b'/' | b':', next]) if *next == b'{' || next.is_ascii_alphanumeric());
    // `%{name}-%{version}` does so for packages.
    let pattern = pattern
        || matches!(text.as_bytes().get(end..end + 3), Some([b'.' | b'-' | b'/' | b':', b'%', b'{']))
        || ["-%", ".%", "/%", ":%"].iter().any(|before| text[..at].ends_with(before));
    let joined = pattern
        || is_joined_before(text, at)
        // Powers, indices and repetitions: “2^{10}”, “x_{12}”, “[0-9]{4}”.
        || text[..at].ends_with(['^', '_', '\\', ']'])
        || text[..at].ends_with(['.', '/', '-']) && !text[..at].ends_with("..")
        || next.is_some_and(|c| matches!(c, '_' | '{' | '/' | '='));
    // One letter is a set of mathematics.
    (!joined && (number || is_name(inner) && inner.len() > 1)).then(|| Trace::new(at, end, "placeholder"))
}

/// `%s`, `%d`, `%1$s`, `%@`, `%(name)s`.
pub(super) fn percent(text: &str, at: usize) -> Option<Trace> {
    if is_joined_before(text, at) || text[..at].ends_with(['%', ')', '.']) {
        return None;
    }
    let rest = &text.as_bytes()[at + 1..];
    let mut length = 0;
    if rest.first() == Some(&b'(') {
        let name = within(text, at + 2, ")")?;
        if !is_name(name) {
            return None;
        }
        length = name.len() + 2;
    } else {
        while rest.get(length).is_some_and(u8::is_ascii_digit) {
            length += 1;
        }
        if length > 0 && rest.get(length) != Some(&b'$') {
            return None;
        }
        length += usize::from(length > 0);
    }
    let kind = rest.get(length)?;
    let next = text[at + 1 + length..].chars().nth(1);
    let ends = next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '%' | '='));
    (matches!(kind, b's' | b'd' | b'@') && ends).then(|| Trace::new(at, at + 2 + length, "placeholder"))
}

/// `$NUM$`; `$1` where it can be no sum of money.
pub(super) fn dollar(data: &Artifact, doc: &Document, at: usize) -> Option<Trace> {
    let text = doc.text();
    let inner =
        within(text, at + 1, "$").filter(|i| i.len() > 1 && is_name(i) && !i.bytes().any(|b| b.is_ascii_lowercase()));
    if let Some(inner) = inner {
        return Some(Trace::new(at, at + inner.len() + 2, "placeholder"));
    }
    let bytes = text.as_bytes();
    let digit = bytes.get(at + 1).is_some_and(|b| matches!(b, b'1'..=b'3'));
    let apart = bytes.get(at + 2).is_none_or(|b| matches!(b, b' ' | b'\n' | b')'));
    if !digit || !apart || is_joined_before(text, at) || text[..at].ends_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    // An article that writes of dollars means one by it.
    let sums =
        memchr::memchr_iter(b'$', bytes).filter(|&n| n != at).any(|n| bytes.get(n + 1).is_some_and(u8::is_ascii_digit));
    let word = text[at + 2..].trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let money =
        data.money.iter().any(|w| doc.vocabulary().id(w).is_some() && (w.starts_with("dol") || w == fold(word)));
    (!sums && !money && !word.is_empty()).then(|| Trace::new(at, at + 2, "placeholder"))
}

/// `#NUMBER#`.
pub(super) fn number_sign(text: &str, at: usize) -> Option<Trace> {
    let inner = within(text, at + 1, "#")?;
    let capitals = inner.len() > 2 && is_name(inner) && !inner.bytes().any(|b| b.is_ascii_lowercase());
    (capitals && !is_joined_before(text, at)).then(|| Trace::new(at, at + inner.len() + 2, "placeholder"))
}

/// `@@PH1@@`.
pub(super) fn at_signs(text: &str, at: usize) -> Option<Trace> {
    if !text[at..].starts_with("@@") || text[..at].ends_with('@') {
        return None;
    }
    let inner = within(text, at + 2, "@@")?;
    (inner.len() > 1 && is_name(inner)).then(|| Trace::new(at, at + inner.len() + 4, "placeholder"))
}

/// `__en__`, `__PH0__`.
pub(super) fn underlines(text: &str, at: usize) -> Option<Trace> {
    if !text[at..].starts_with("__") || is_joined_before(text, at) {
        return None;
    }
    let inner = within(text, at + 2, "__")?;
    let end = at + inner.len() + 4;
    let language = (2..=3).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_lowercase());
    let capitals =
        inner.len() > 2 && is_name(inner) && !inner.starts_with('_') && !inner.bytes().any(|b| b.is_ascii_lowercase());
    let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '('));
    (ends && (language || capitals)).then(|| Trace::new(at, end, if language { "token" } else { "placeholder" }))
}
