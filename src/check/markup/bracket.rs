//! Square and curly brackets: shortcodes, BBCode, wiki and Markdown links, templates; and marks written doubled.

use super::{Markup, Residue};
use crate::check::ahead::Ahead;
use crate::text::{Span, fold};

/// How far apart the two ends of a link, a shortcode or a template may stand, in bytes.
const REACH: usize = 300;

/// BBCode whose opening half is believed when its closing half follows: “[i]t” alone is an editor's bracket.
const BBCODE: &[&str] = &[
    "b", "center", "code", "color", "email", "font", "h1", "h2", "h3", "i", "img", "left", "list", "ol", "quote",
    "right", "s", "size", "spoiler", "sub", "sup", "table", "td", "tr", "u", "ul", "url", "video", "youtube",
];

/// Reads brackets, in order.
pub(super) struct Brackets<'m> {
    data: &'m Markup,
    square: Ahead<'static>,
    wiki: Ahead<'static>,
    round: Ahead<'static>,
    curly: Ahead<'static>,
    template: Ahead<'static>,
    statement: Ahead<'static>,
    bold: Ahead<'static>,
    quotes: Ahead<'static>,
    /// Opening halves, that count only when the closing half comes: name, and which residue it is.
    opened: Vec<(String, Span)>,
    closed: Vec<(String, u32)>,
}

impl<'m> Brackets<'m> {
    pub fn new(data: &'m Markup) -> Brackets<'m> {
        Brackets {
            data,
            square: Ahead::new("]"),
            wiki: Ahead::new("]]"),
            round: Ahead::new(")"),
            curly: Ahead::new("}"),
            template: Ahead::new("}}"),
            statement: Ahead::new("%}"),
            bold: Ahead::new("**"),
            quotes: Ahead::new("'''"),
            opened: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// What begins at the `[`, or at the `!` before one.
    pub fn square(&mut self, text: &str, at: usize) -> Option<Residue> {
        let bytes = text.as_bytes();
        let open = if bytes[at] == b'!' { at + 1 } else { at };
        if bytes.get(open) != Some(&b'[') {
            return None;
        }
        if bytes.get(open + 1) == Some(&b'[') {
            return self.wiki_link(text, open);
        }
        let close = self.square.within(bytes, open + 1, REACH)?;
        let (inner, end) = (&text[open + 1..close], close + 1);
        if inner.contains('\n') || inner.contains('[') {
            return None;
        }
        if bytes.get(end) == Some(&b'(') {
            let target_end = self.round.within(bytes, end + 1, REACH)?;
            let target = &text[end + 1..target_end];
            let address =
                ["http://", "https://", "mailto:", "/", "#", "../", "./"].iter().any(|p| target.starts_with(p));
            let address = address && target.len() > 1 && !target.contains(char::is_whitespace);
            return address.then(|| Residue::new(at, target_end + 1, "markdown").mended(inner));
        }
        if at != open {
            return None;
        }
        if self.data.wiki_notes.has(&fold(inner)) {
            return Some(Residue::new(at, end, "wiki").mended(""));
        }
        self.shortcode(text, inner, at, end)
    }

    fn shortcode(&mut self, text: &str, inner: &str, at: usize, end: usize) -> Option<Residue> {
        let (closing, body) = match inner.strip_prefix('/') {
            Some(body) => (true, body),
            None => (false, inner),
        };
        let length = body.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
        let (name, attributes) = (body[..length].to_ascii_lowercase(), body[length..].trim_end_matches('/'));
        let plain = body.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        // A name of more capitals than the first is an abbreviation: [UN], [/INST].
        if !plain || body[..length].bytes().skip(1).any(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let residue = Residue::new(at, end, "shortcode").mended("");
        if closing {
            self.closed.push((name, at as u32));
            return attributes.is_empty().then_some(residue);
        }
        let valued = attributes.split_once('=').is_some_and(|(key, value)| {
            let key = key.trim();
            let named = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b));
            let bare = key.is_empty() && BBCODE.contains(&name.as_str());
            (bare || !key.is_empty() && named) && !value.starts_with([' ', '='])
        });
        // `[embed]https://…[/embed]` is one piece: the address in it is no reading matter.
        let mut reach = text.len().min(end + REACH);
        while !text.is_char_boundary(reach) {
            reach -= 1;
        }
        let chunk = text[end..reach].split(char::is_whitespace).next().unwrap_or_default();
        if let Some(close) = chunk.find(&format!("[/{name}]"))
            && chunk[..close].contains("://")
        {
            return Some(Residue::new(at, end + close + name.len() + 3, "shortcode").mended(""));
        }
        // “[Video] The opening”: a label has a capital, a shortcode has none.
        let label = name.len() > 1 && body.starts_with(|c: char| c.is_ascii_uppercase());
        if valued || attributes.trim().is_empty() && self.data.shortcodes.has(&name) && !label {
            return Some(residue);
        }
        if attributes.is_empty() {
            self.opened.push((name, residue.span));
            return Some(residue);
        }
        None
    }

    /// Takes back opening halves whose closing half did not come.
    pub fn drop_unclosed(&self, found: &mut Vec<Residue>) {
        if self.opened.is_empty() {
            return;
        }
        let mut closed: Vec<(&str, u32)> = self.closed.iter().map(|(name, at)| (name.as_str(), *at)).collect();
        closed.sort_unstable();
        let lone = |(name, span): &(String, Span)| {
            let next = closed.partition_point(|&(n, at)| (n, at) < (name.as_str(), span.end));
            closed.get(next).is_none_or(|(n, _)| n != name)
        };
        let lone: Vec<Span> = self.opened.iter().filter(|o| lone(o)).map(|o| o.1).collect();
        found.retain(|r| lone.binary_search(&r.span).is_err());
    }

    /// `[[File:map.png|thumb]]`, `[[Harbour|the harbour]]`.
    fn wiki_link(&mut self, text: &str, at: usize) -> Option<Residue> {
        let close = self.wiki.within(text.as_bytes(), at + 2, REACH)?;
        let inner = &text[at + 2..close];
        let letters = inner.starts_with(|c: char| c.is_alphabetic() || c == ':');
        // Numbers alone are a placeholder or an array, capitals alone a placeholder.
        if !letters
            || inner.contains(['\n', '[', ']', '(', '"', '='])
            || inner.chars().all(|c| !c.is_lowercase()) && inner.is_ascii()
        {
            return None;
        }
        let shown = match inner.split_once(':') {
            Some((space, _)) if !space.contains(' ') => "",
            _ => inner.rsplit('|').next().unwrap_or(inner),
        };
        Some(Residue::new(at, close + 2, "wiki").mended(shown))
    }

    /// What begins at the `{`.
    pub fn curly(&mut self, text: &str, at: usize) -> Option<Residue> {
        let bytes = text.as_bytes();
        match bytes.get(at + 1)? {
            b'{' => {
                let close = self.template.within(bytes, at + 2, REACH)?;
                let inner = &text[at + 2..close];
                let first = inner.split([' ', '|', ':']).next().unwrap_or(inner);
                let wiki = !inner.is_empty() && self.data.wiki_templates.has(&fold(first));
                // A bare name is a placeholder of a translation; what has more to it is a template.
                let template =
                    inner.starts_with([' ', '<', '%', '#', '/', '>', '{']) || inner.contains(['.', '|', '(', ' ']);
                let end = close + 2 + usize::from(bytes.get(close + 2) == Some(&b'}') && inner.starts_with('{'));
                (!inner.contains('\n') && (wiki || template && inner.len() > 1))
                    .then(|| Residue::new(at, end, if wiki { "wiki" } else { "template" }).mended(""))
            }
            b'%' => {
                let close = self.statement.within(bytes, at + 2, REACH)?;
                Some(Residue::new(at, close + 2, "template").mended(""))
            }
            b':' => {
                let close = self.curly.within(bytes, at + 2, REACH)?;
                let inner = text[at + 2..close].trim_start();
                (inner.starts_with(['.', '#']) || inner.contains('='))
                    .then(|| Residue::new(at, close + 1, "template").mended(""))
            }
            _ => None,
        }
    }

    /// `**bold**` of Markdown, `'''bold'''` of wikis.
    pub fn doubled(&mut self, text: &str, at: usize) -> Option<Residue> {
        let bytes = text.as_bytes();
        let (mark, ahead, kind) = match bytes[at] {
            b'*' => ("**", &mut self.bold, "markdown"),
            _ => ("'''", &mut self.quotes, "wiki"),
        };
        if !text[at..].starts_with(mark) {
            return None;
        }
        let open = at + mark.len();
        let close = ahead.within(bytes, open, REACH)?;
        let inner = &text[open..close];
        let tight = |c: char| !c.is_whitespace() && c != '*' && c != '\'';
        let framed = inner.starts_with(tight) && inner.ends_with(tight) && inner.contains(char::is_alphabetic);
        let apart = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '*');
        let end = close + mark.len();
        (framed && apart && !inner.contains('\n') && !text[end..].starts_with(['*', '\'']))
            .then(|| Residue::new(at, end, kind).mended(inner))
    }
}
