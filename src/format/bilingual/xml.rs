//! What the formats in XML share: walking over the markup with the place of each piece, and the inline codes.
//!
//! No entity is expanded but those of XML itself and numbers of characters: one that a document declares stays as it is
//! written, so that no file grows while it is read.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};

use super::codes::Dialect;
use super::passage::{Name, Passage};
use super::{BadLine, CodeKind, Entry};
use crate::text::{Lang, Source, Span, Writing};

/// A start tag.
pub(in crate::format) struct Tag<'f> {
    /// Its name without the prefix.
    pub name: &'f str,
    inside: &'f str,
    length: usize,
}

impl<'f> Tag<'f> {
    fn of(inside: &'f str, start: &BytesStart<'_>) -> Tag<'f> {
        let whole = start.name().into_inner().len();
        Tag { name: local(&inside[..whole]), inside, length: whole }
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<Cow<'f, str>> {
        let mut attributes = Attributes::new(self.inside, self.length);
        // Doubled attributes are for validators, and looking for them takes time.
        let found = attributes.with_checks(false).flatten().find(|a| a.key.into_inner() == name)?;
        let Cow::Borrowed(raw) = found.value else { return Some(found.value) };
        Some(unescape(raw).unwrap_or(Cow::Borrowed(raw)))
    }

    /// The same as a language.
    pub fn lang(&self, name: &str) -> Option<Lang> {
        self.get(name).and_then(|tag| Lang::parse(&tag))
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A piece of markup.
pub(in crate::format) enum Node<'f> {
    /// A start tag; `true` if it is an end tag too.
    Open(Tag<'f>, bool),
    /// An end tag.
    Close,
    /// Text without markup.
    Text,
    /// The inside of a `CDATA` section.
    Cdata,
    /// A reference to a character, or to what nobody but the document knows.
    Reference(Option<char>),
}

/// What reads a document.
pub(in crate::format) trait Visitor<'f> {
    /// A piece of it, in order. The elements around it are `open`, that of a start or end tag included.
    fn node(&mut self, node: &Node<'f>, at: Span, open: &[&'f str]);

    /// Something is wrong here. What was begun is given up: the next piece is the start of a unit.
    fn broken(&mut self, bad: BadLine);
}

/// Walks over a document. After an error of syntax it goes on at the next of the elements `units`, as if that stood in
/// the elements `around`.
pub(in crate::format) fn walk<'f>(
    file: &'f Source,
    root: &str,
    units: &[&'static str],
    visitor: &mut impl Visitor<'f>,
) {
    let text = file.text();
    let mut from = 0;
    let mut open: Vec<&'f str> = Vec::new();
    let mut seen_root = false;
    let mut whole = true;
    loop {
        let mut reader = Reader::from_str(&text[from..]);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let (at, message) = loop {
            let start = from + reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(e) => break (from + reader.error_position() as usize, e.to_string()),
            };
            let end = from + reader.buffer_position() as usize;
            let at = Span::of(start..end);
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let empty = text[..end].ends_with("/>");
                    let inside = &text[start + 1..end - 1 - usize::from(empty)];
                    let tag = Tag::of(inside, &tag);
                    if !seen_root && tag.name != root {
                        break (start, format!("the document is no <{root}>"));
                    }
                    seen_root = true;
                    open.push(tag.name);
                    visitor.node(&Node::Open(tag, empty), at, &open);
                    if empty {
                        open.pop();
                    }
                }
                Event::End(tag) => {
                    let name = tag.name().into_inner();
                    match open.last() {
                        Some(last) if *last == local(name) => {
                            visitor.node(&Node::Close, at, &open);
                            open.pop();
                        }
                        // Behind an error, what was open before is not known.
                        None if !whole => {}
                        _ => break (start, format!("“</{name}>” closes what is not open")),
                    }
                }
                Event::Text(_) => visitor.node(&Node::Text, at, &open),
                Event::CData(_) => visitor.node(&Node::Cdata, Span::of(start + 9..end - 3), &open),
                Event::GeneralRef(reference) => {
                    let said = match &*reference {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => reference.resolve_char_ref().ok().flatten(),
                    };
                    visitor.node(&Node::Reference(said), at, &open);
                }
                Event::Eof => {
                    if whole && !open.is_empty() {
                        break (text.len(), format!("the file ends within <{}>", open.last().unwrap_or(&root)));
                    }
                    if !seen_root {
                        break (text.len(), format!("there is no <{root}>"));
                    }
                    return;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        };
        let at = at.min(text.len());
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let line = file.line_of(at as u32);
        let message = format!("not well-formed XML: {}", message.trim_end_matches('.'));
        visitor.broken(BadLine { line, at: Span::of(at..at), message });
        open.clear();
        whole = false;
        if !seen_root {
            return;
        }
        // An error is behind the place that was read from: each byte is searched once.
        let next = at.max(from + 1);
        match units.iter().filter_map(|unit| start_of(text, next, unit)).min() {
            Some(next) => from = next,
            None => return,
        }
    }
}

/// Where the next start tag of an element begins, prefixes aside.
fn start_of(text: &str, from: usize, name: &str) -> Option<usize> {
    let tag = format!("<{name}");
    let rest = text.as_bytes().get(from..)?;
    memchr::memmem::find_iter(rest, tag.as_bytes())
        .map(|at| from + at)
        .find(|at| text[at + tag.len()..].starts_with([' ', '>', '\n', '\r', '\t']))
}

/// What an inline element does.
pub(super) enum Inline {
    /// It spans text.
    Spans,
    /// It begins or ends a stretch; what stands in it is no text.
    Opens,
    Closes,
    /// It stands alone; what stands in it is no text.
    Alone,
    /// It stands for one character.
    Says(char),
}

/// The text of a side with its inline elements, while it is read.
pub(super) struct Content<'f> {
    file: &'f Arc<Source>,
    /// The passages: the side itself, then what it holds in parts of its codes (`<sub>`), innermost last.
    passages: Vec<(Passage<'f>, Option<Native>)>,
    /// Ids of the open elements that span text.
    spans: Vec<String>,
    /// Those that are read.
    subs: Vec<Passage<'f>>,
}

/// A code whose inside is no text.
struct Native {
    kind: CodeKind,
    id: String,
    start: u32,
    depth: usize,
}

impl<'f> Content<'f> {
    /// Of an element whose start tag ends here.
    pub fn new(file: &'f Arc<Source>, start: u32) -> Content<'f> {
        let passage = Passage::new(file, start, Writing::Xml);
        Content { file, passages: vec![(passage, None)], spans: Vec::new(), subs: Vec::new() }
    }

    /// Takes a piece of the content in. `what` tells of the elements.
    pub fn node(&mut self, node: &Node<'f>, at: Span, open: &[&'f str], what: impl Fn(&Tag<'_>) -> Inline) {
        let depth = open.len();
        let name = open.last().copied().unwrap_or_default();
        let inner = self.passages.len() > 1;
        let Some((passage, native)) = self.passages.last_mut() else { return };
        if let Some(code) = native {
            match node {
                // Text for people inside a code, such as the title of a picture.
                Node::Open(tag, false) if tag.name == "sub" => {
                    self.passages.push((Passage::new(self.file, at.end, Writing::Xml), None));
                }
                Node::Close if depth == code.depth => {
                    let Native { kind, id, start, .. } = native.take().expect("it was looked at");
                    put(passage, kind, id, Span::new(start, at.end));
                }
                _ => {}
            }
            return;
        }
        match node {
            Node::Text => passage.copy(at),
            Node::Cdata => passage.cdata(at),
            Node::Reference(Some(c)) => passage.decoded(c.encode_utf8(&mut [0; 4]), at),
            Node::Reference(None) => passage.alone(CodeKind::Placeholder, at.slice(self.file.text()), at),
            Node::Open(tag, empty) => {
                let id = id(tag);
                let kind = match what(tag) {
                    Inline::Says(c) => return passage.decoded(c.encode_utf8(&mut [0; 4]), at),
                    Inline::Spans => {
                        passage.gone(CodeKind::Open, id.clone(), at);
                        match empty {
                            true => passage.gone(CodeKind::Close, id, Span::new(at.end, at.end)),
                            false => self.spans.push(id),
                        }
                        return;
                    }
                    Inline::Opens => CodeKind::Open,
                    Inline::Closes => CodeKind::Close,
                    Inline::Alone => CodeKind::Placeholder,
                };
                match empty {
                    true => put(passage, kind, id, at),
                    false => *native = Some(Native { kind, id, start: at.start, depth }),
                }
            }
            Node::Close if name == "sub" && inner => {
                self.subs.extend(self.passages.pop().map(|(passage, _)| passage));
            }
            Node::Close => passage.gone(CodeKind::Close, self.spans.pop().unwrap_or_default(), at),
        }
    }

    /// The text, and the texts inside its codes.
    pub fn finish(mut self, id: &str, line: u32, lang: Option<Lang>, dialect: Dialect) -> (Entry, Vec<Entry>) {
        let name = |id: String| Name { id, line, lang };
        let subs = self.subs.into_iter().enumerate();
        let subs = subs.map(|(n, sub)| sub.finish(name(format!("{id}/sub{}", n + 1)), dialect)).collect();
        let (passage, _) = self.passages.swap_remove(0);
        (passage.finish(name(id.to_owned()), dialect), subs)
    }
}

fn put(passage: &mut Passage<'_>, kind: CodeKind, id: String, at: Span) {
    match kind {
        CodeKind::Open | CodeKind::Close => passage.gone(kind, id, at),
        CodeKind::Alone | CodeKind::Placeholder => passage.alone(kind, id, at),
    }
}

/// What a code goes by: what pairs the two ends of one, else its own id, else its name.
fn id(tag: &Tag<'_>) -> String {
    let given = ["startRef", "rid", "i", "id", "x"].iter().find_map(|name| tag.get(name));
    given.map_or_else(|| tag.name.to_owned(), Cow::into_owned)
}

/// The encoding that the declaration of a document names.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(256)];
    let head = head.strip_prefix(b"<?xml")?;
    let head = &head[..memchr::memchr(b'>', head)?];
    let at = memchr::memmem::find(head, b"encoding")?;
    let mut parts = head[at..].split(|b| matches!(b, b'"' | b'\''));
    String::from_utf8(parts.nth(1)?.to_vec()).ok()
}
