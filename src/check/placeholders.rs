//! Placeholders that a translation lost, changed, added or took in another order.
//!
//! In the strings of a program (units of PO, XLIFF and the like) every placeholder counts. In an article what looks like one
//! may be prose, so there the original has to bear it out: only what it has and the translation lacks is told.

use std::borrow::Cow;

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{CodeKind, Document, MaskKind, Span, Translation, placeholder};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Placeholders {}

/// A placeholder of one side.
#[derive(Debug)]
struct Held<'a> {
    /// As it is written.
    text: &'a str,
    /// What it has in common with the same one of the other side.
    key: Key<'a>,
    /// Where in the source.
    at: Span,
    optional: bool,
}

/// What a placeholder stands for.
#[derive(Debug, PartialEq)]
enum Key<'a> {
    /// What has this name or number.
    Named(Cow<'a, str>),
    /// The argument of this number, from 1, of printf, of this type; the last part is its flags.
    Numbered(usize, &'a str, &'a str),
    /// The next argument, of this type; the second part is its flags.
    Next(&'a str, &'a str),
}

/// What `%.0s` is in a translation: an argument that this form of the plural does without.
const DROPPED: &str = "%.0s";

impl Check for Placeholders {
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let (source, target) = (whole.source(), whole.target());
        let strings = !(source.codes().is_empty() && target.codes().is_empty());
        let (mut own, mut other) = (of(source, strings), of(target, strings));
        if whole.circumstances().is_unit {
            let (signs, others) = (between_signs(source), between_signs(target));
            if !signs.is_empty() && !others.is_empty() {
                own.extend(signs);
                other.extend(others);
            }
        }
        if own.is_empty() && (other.is_empty() || !strings) {
            return;
        }
        if [&own, &other].into_iter().flatten().any(|held| matches!(held.key, Key::Numbered(..))) {
            number(&mut own);
            number(&mut other);
        }
        let compared = Compared { source, target, strings };
        let mut missing = lacking(&own, &other);
        let mut extra = lacking(&other, &own);
        missing.retain(|held| !held.optional && !compared.is_percentage(held, &other, target));
        extra.retain(|held| !held.optional && !compared.is_percentage(held, &own, source));
        if missing.is_empty() && extra.is_empty() {
            let next = |held: &&Held<'_>| matches!(held.key, Key::Next(..));
            let mut both = own.iter().filter(next).zip(other.iter().filter(next));
            if let Some((is, stands)) = both.find(|(is, stands)| is.key != stands.key && stands.text != DROPPED) {
                out.push(compared.at(stands).phrase("how", "order").slot("text", is.text).slot("found", stands.text));
            }
            return;
        }
        for held in missing {
            let alike = extra.iter().position(|other| other.text.as_bytes()[0] == held.text.as_bytes()[0]);
            let finding = match alike.map(|at| extra.remove(at)) {
                Some(other) => {
                    let finding = compared.at(other).phrase("how", "other").slot("found", other.text);
                    let file = target.source();
                    // The argument of an ICU message holds words of the translation; an element is no text of the file.
                    let text = strings && !other.text.contains(',') && !held.text.starts_with('<');
                    let fits = text && file.is_whole_in_file(other.at) && file.written(other.at, held.text).is_some();
                    if fits { finding.replace(other.at, held.text) } else { finding }
                }
                None => compared.at_end().phrase("how", "missing").slot("found", ""),
            };
            out.push(finding.slot("text", held.text).related_in(source, compared.place(held)));
        }
        for held in extra.into_iter().filter(|_| strings) {
            out.push(compared.at(held).phrase("how", "extra").slot("text", held.text).slot("found", held.text));
        }
    }

    fn needs_source(&self) -> bool {
        true
    }
}

struct Compared<'a> {
    source: &'a Document,
    target: &'a Document,
    strings: bool,
}

impl<'a> Compared<'a> {
    /// A finding at a placeholder of the translation.
    fn at(&self, held: &Held<'_>) -> Finding<'a> {
        Finding::in_source(self.target, held.at)
    }

    /// A finding at the last word of the translation, or at all of it where that has no words.
    fn at_end(&self) -> Finding<'a> {
        match self.target.words().last() {
            Some(word) => Finding::new(self.target, word.span),
            None => Finding::in_source(self.target, Span::of(0..self.target.source().text().len())),
        }
    }

    /// Where a placeholder of the original stands in the text of that.
    fn place(&self, held: &Held<'_>) -> Span {
        let masks = self.source.masks().iter().map(|mask| mask.span);
        let text = self.source.text();
        let whole = masks.into_iter().find(|span| self.source.in_source(*span).contains(held.at));
        let all = Span::of(0..text.len());
        whole.or_else(|| self.source.blocks().first().map(|block| block.span)).unwrap_or(all)
    }

    /// Whether what looks like a placeholder of Qt is a percentage, as Turkish and Basque write it: “%50”.
    fn is_percentage(&self, held: &Held<'_>, others: &[Held<'_>], other: &Document) -> bool {
        let is_qt =
            |held: &Held<'_>| held.text.strip_prefix('%').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        let before = |doc: &Document| matches!(doc.lang().as_str(), "tr" | "eu" | "ku");
        let said = || other.text().contains('%') && other.text().contains(&held.text[1..]);
        is_qt(held)
            && !others.iter().any(is_qt)
            && (!self.strings || before(self.source) || before(self.target) || said())
    }
}

/// What the first list has and the second lacks. What has a name may come once or often.
fn lacking<'h, 'a>(own: &'h [Held<'a>], other: &[Held<'_>]) -> Vec<&'h Held<'a>> {
    let mut out: Vec<&Held<'_>> = Vec::new();
    let mut spent = vec![false; other.len()];
    for held in own {
        let next = matches!(held.key, Key::Next(..));
        let same = |there: &Held<'_>| there.key == held.key || next && [held.text, there.text].contains(&DROPPED);
        let found = (0..other.len()).find(|&at| !(next && spent[at]) && same(&other[at]));
        match found {
            Some(at) => spent[at] = true,
            None if next || !out.iter().any(|seen| seen.key == held.key) => out.push(held),
            None => {}
        }
    }
    out
}

/// Gives the arguments of printf that are taken in turn their numbers.
fn number(all: &mut [Held<'_>]) {
    let mut turn = 0;
    for held in all {
        if let Key::Next(kind, set) = held.key
            && kind != "{}"
        {
            turn += 1;
            held.key = Key::Numbered(turn, kind, set);
        }
    }
}

/// The placeholders of a side, in order.
fn of(doc: &Document, strings: bool) -> Vec<Held<'_>> {
    let text = doc.source().text();
    if strings {
        let codes = doc.codes().iter().filter(|code| code.kind == CodeKind::Placeholder);
        return codes
            .map(|code| {
                let text = code.at.slice(text);
                Held { text, key: key(text, &code.id), at: code.at, optional: code.optional }
            })
            .collect();
    }
    let mut out = Vec::new();
    let mut masks = doc.masks().iter().filter(|mask| mask.kind != MaskKind::Placeholder).peekable();
    let mut next = 0;
    for block in doc.blocks() {
        for &at in doc.marks_of(block) {
            while masks.next_if(|mask| mask.span.end <= at).is_some() {}
            let hidden = masks.peek().is_some_and(|mask| mask.span.start <= at);
            if at < next || hidden {
                continue;
            }
            let Some(end) = placeholder::end(doc.text(), at as usize).map(|end| end as u32) else { continue };
            next = end;
            let span = Span::new(at, end);
            let text = doc.slice(span);
            // “%se” is no placeholder of prose; short-codes are compared by their names.
            let glued = text.starts_with('%') && doc.text()[end as usize..].starts_with(char::is_alphanumeric);
            let tag = ["{{<", "{{%", "{{#", "{{/", "{}", "@"].iter().any(|tag| text.starts_with(tag));
            let money = text.starts_with('$') && !text.starts_with("${");
            if !glued && !tag && !money {
                out.push(Held { text, key: key(text, text), at: doc.in_source(span), optional: false });
            }
        }
    }
    out
}

/// What a placeholder stands for: width and format left out.
fn key<'a>(text: &'a str, id: &'a str) -> Key<'a> {
    let named = |name: &'a str| Key::Named(Cow::Borrowed(name));
    let Some(rest) = text.strip_prefix('%') else {
        return match text.as_bytes() {
            [b'{', b'}', ..] => Key::Next("{}", ""),
            [b'{', b'{', ..] => Key::Named(text.split_whitespace().collect::<String>().into()),
            [b'{', inside @ ..] => {
                let end = inside.iter().position(|b| matches!(b, b':' | b'!' | b',' | b'}' | b'.' | b'[')).unwrap_or(0);
                named(&text[..=end])
            }
            [b'<', ..] => named(id),
            _ => named(text),
        };
    };
    if rest.len() > 1 && rest.ends_with('%') {
        return named(text);
    }
    if let Some(end) = rest.find([')', '}', '>']) {
        return if rest.starts_with('{') { named(text) } else { named(&text[..end + 2]) };
    }
    let (count, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    if after.is_empty() || rest.starts_with('L') {
        return named(rest.trim_start_matches('L'));
    }
    let kind = match rest.trim_start_matches(|c: char| !c.is_ascii_alphabetic() && c != '@') {
        "i" => "d",
        kind => kind,
    };
    match count.parse() {
        Ok(number) if after.starts_with('$') => Key::Numbered(number, kind, set(&after[1..])),
        _ => Key::Next(kind, set(rest)),
    }
}

/// The flags of an argument of printf. Its width and on which side it stands are for the translator to say, and with how many
/// places a number is shown.
fn set(rest: &str) -> &str {
    let rest = rest.trim_start_matches(['-', ' ']);
    &rest[..rest.find(|c| !matches!(c, '#' | '0' | '+' | '\'' | '*')).unwrap_or(rest.len())]
}

/// Longer ones are text.
const LONGEST: usize = 64;

/// What stands between two number signs, `#name#`, as office suites write their variables. It may be text: it counts where both
/// sides have such.
fn between_signs(doc: &Document) -> Vec<Held<'_>> {
    let text = doc.source().text();
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut next = 0;
    for (at, _) in text.match_indices('#') {
        let is_part = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
        let end = at + 1 + bytes[at + 1..].iter().take(LONGEST).take_while(is_part).count();
        let bare = !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '&' | '/'));
        if at >= next && bare && end > at + 2 && bytes.get(end) == Some(&b'#') {
            next = end + 1;
            let held = &text[at..next];
            out.push(Held { text: held, key: Key::Named(held.into()), at: Span::of(at..next), optional: false });
        }
    }
    out
}
