//! XLIFF 1.2 and 2.x: what translators' programs hand to each other.
//!
//! In 1.2 a `<trans-unit>` is a unit; proposals (`<alt-trans>`) and the segmented copy of the source are passed over. In 2.x
//! each `<segment>` of a `<unit>` is one, and each `<ignorable>` one that is not to be translated.

use std::sync::Arc;

use super::codes::Dialect;
use super::xml::{self, Content, Inline, Node, Tag, Visitor};
use super::{BadLine, Bilingual, Entry, State, Unit};
use crate::format::Reading;
use crate::text::{Lang, Source, Span};

/// XLIFF.
pub struct Xliff;

impl Bilingual for Xliff {
    fn each(&self, file: &Arc<Source>, reading: &Reading, each: &mut dyn FnMut(Result<Unit, BadLine>)) {
        let dialect = if reading.record_format == "text" { Dialect::Strings } else { Dialect::Placeholders };
        let langs = (reading.source_lang, None);
        let mut reader = Reader {
            file,
            each,
            dialect,
            langs,
            variety: None,
            untouched: Vec::new(),
            unit: None,
            piece: None,
            content: None,
            note: None,
            groups: Vec::new(),
        };
        xml::walk(file, "xliff", &["trans-unit", "unit"], &mut reader);
    }

    fn charset(&self, bytes: &[u8]) -> Option<String> {
        xml::charset(bytes)
    }
}

/// A `<trans-unit>`, or a `<unit>`.
struct Outer {
    id: String,
    notes: Vec<Span>,
    /// What it belongs to, or means: its own or that of a group around it.
    context: Option<String>,
}

/// What becomes a unit of ours: a `<trans-unit>`, a `<segment>` or an `<ignorable>`.
struct Piece {
    id: String,
    start: u32,
    source: Option<(Entry, Vec<Entry>)>,
    target: Option<(Entry, Vec<Entry>)>,
    state: Option<String>,
    ignorable: bool,
}

struct Reader<'f, 'e> {
    file: &'f Arc<Source>,
    each: &'e mut dyn FnMut(Result<Unit, BadLine>),
    dialect: Dialect,
    /// Of originals and translations.
    langs: (Option<Lang>, Option<Lang>),
    variety: Option<String>,
    /// Elements that say whether what they hold is translated: how deep they are, and what they say.
    untouched: Vec<(usize, bool)>,
    unit: Option<Outer>,
    piece: Option<Piece>,
    /// The side that is read: how deep its element is, whether it is the target, its language.
    content: Option<(usize, bool, Option<Lang>, Content<'f>)>,
    /// A note or context that is read: where its text begins, and whether it tells the meaning of the unit.
    note: Option<(u32, bool)>,
    /// Groups that are contexts of a program: how deep they are, and what they are called.
    groups: Vec<(usize, String)>,
}

impl<'f> Visitor<'f> for Reader<'f, '_> {
    fn node(&mut self, node: &Node<'f>, at: Span, open: &[&'f str]) {
        if let Some((depth, is_target, lang, mut content)) = self.content.take() {
            if !matches!(node, Node::Close if open.len() == depth) {
                content.node(node, at, open, inline);
                self.content = Some((depth, is_target, lang, content));
                return;
            }
            self.side(is_target, lang, content, at);
            return;
        }
        match node {
            Node::Open(tag, empty) => self.open(tag, *empty, at, open),
            Node::Close => self.close(at, open),
            _ => {}
        }
    }

    fn broken(&mut self, bad: BadLine) {
        (self.unit, self.piece, self.content, self.note) = (None, None, None, None);
        self.untouched.clear();
        self.groups.clear();
        (self.each)(Err(bad));
    }
}

impl<'f> Reader<'f, '_> {
    fn open(&mut self, tag: &Tag<'f>, empty: bool, at: Span, open: &[&'f str]) {
        let depth = open.len();
        let parent = depth.checked_sub(2).map_or("", |n| open[n]);
        match tag.name {
            "xliff" | "file" => {
                let lang = |own: Option<Lang>, names: [&str; 2]| names.iter().find_map(|n| tag.lang(n)).or(own);
                let tag_of_target = ["trgLang", "target-language"].iter().find_map(|name| tag.get(name));
                self.variety = tag_of_target.map_or(self.variety.take(), |tag| Lang::variety(&tag));
                self.langs = (
                    lang(self.langs.0, ["srcLang", "source-language"]),
                    lang(self.langs.1, ["trgLang", "target-language"]),
                );
            }
            "trans-unit" | "unit" if self.unit.is_none() => {
                let id = ["id", "name", "resname"].iter().find_map(|name| tag.get(name));
                let id = id.map_or_else(|| self.line(at).to_string(), |id| id.into_owned());
                if tag.name == "trans-unit" && !empty {
                    self.begin(id.clone(), at, false);
                }
                if !empty {
                    let context = self.groups.last().map(|(_, name)| name.clone());
                    self.unit = Some(Outer { id, notes: Vec::new(), context });
                }
            }
            "segment" | "ignorable" if parent == "unit" && !empty => {
                let Some(unit) = &self.unit else { return };
                let id = match tag.get("id") {
                    Some(id) => format!("{}/{id}", unit.id),
                    None => unit.id.clone(),
                };
                self.begin(id, at, tag.name == "ignorable");
                if let (Some(piece), Some(state)) = (&mut self.piece, tag.get("state")) {
                    piece.state = Some(state.into_owned());
                }
            }
            "source" | "target" if matches!(parent, "trans-unit" | "segment" | "ignorable") && self.piece.is_some() => {
                let is_target = tag.name == "target";
                let lang = tag.lang("xml:lang").or(if is_target { self.langs.1 } else { self.langs.0 });
                if let (Some(piece), true, Some(state)) = (&mut self.piece, is_target, tag.get("state")) {
                    piece.state = Some(state.into_owned());
                }
                // A self-closed element has no place for text.
                if !empty {
                    self.content = Some((depth, is_target, lang, Content::new(self.file, at.end)));
                }
            }
            "note" if matches!(parent, "trans-unit" | "notes") && !empty => {
                let means = ["from", "category"].iter().any(|name| tag.get(name).as_deref() == Some("meaning"));
                self.note = Some((at.end, means));
            }
            // What gettext calls `msgctxt`, under the names that converters give it.
            "context" if parent == "context-group" && !empty => {
                let kind = tag.get("context-type").unwrap_or_default();
                self.note = (kind.ends_with("msgctxt") || kind == "x-context").then_some((at.end, true));
            }
            // Qt groups the strings of a class so.
            "group" if !empty && tag.get("restype").is_some_and(|kind| kind.ends_with("context")) => {
                self.groups.extend(tag.get("resname").map(|name| (depth, name.into_owned())));
            }
            _ => {}
        }
        if !empty
            && matches!(tag.name, "file" | "group" | "unit" | "trans-unit")
            && let Some(said) = tag.get("translate")
        {
            self.untouched.push((depth, said == "no"));
        }
    }

    fn close(&mut self, at: Span, open: &[&'f str]) {
        let depth = open.len();
        let parent = depth.checked_sub(2).map_or("", |n| open[n]);
        match open.last().copied().unwrap_or_default() {
            name @ ("note" | "context") => {
                if let (Some((start, means)), Some(unit)) = (self.note.take(), &mut self.unit) {
                    let note = Span::new(start, at.start).trim(self.file.text());
                    if means && !note.is_empty() {
                        unit.context = Some(note.slice(self.file.text()).to_owned());
                    }
                    unit.notes.extend((name == "note" && !note.is_empty()).then_some(note));
                }
            }
            "segment" | "ignorable" if parent == "unit" => self.end(at),
            "trans-unit" => {
                self.end(at);
                self.unit = None;
            }
            "unit" => self.unit = None,
            _ => {}
        }
        while self.groups.last().is_some_and(|(at, _)| *at >= depth) {
            self.groups.pop();
        }
        while self.untouched.last().is_some_and(|(at, _)| *at >= depth) {
            self.untouched.pop();
        }
    }

    fn line(&self, at: Span) -> u32 {
        self.file.line_of(at.start)
    }

    fn begin(&mut self, id: String, at: Span, ignorable: bool) {
        self.piece = Some(Piece { id, start: at.start, source: None, target: None, state: None, ignorable });
    }

    fn side(&mut self, is_target: bool, lang: Option<Lang>, content: Content<'f>, at: Span) {
        let line = self.line(at);
        let Some(piece) = &mut self.piece else { return };
        let side = content.finish(&piece.id, line, lang, self.dialect);
        let place = if is_target { &mut piece.target } else { &mut piece.source };
        // A second one is none: the schema has no place for it.
        place.get_or_insert(side);
    }

    fn end(&mut self, at: Span) {
        let Some(piece) = self.piece.take() else { return };
        let line = self.line(Span::new(piece.start, piece.start));
        let notes = self.unit.as_ref().map_or_else(Vec::new, |unit| unit.notes.clone());
        let context = self.unit.as_ref().and_then(|unit| unit.context.clone());
        let untouched = piece.ignorable || self.untouched.last().is_some_and(|(_, no)| *no);
        let whole = Span::new(piece.start, at.end);
        let parts = |side: Option<(Entry, Vec<Entry>)>| match side {
            Some((entry, subs)) => (Some(entry), subs),
            None => (None, Vec::new()),
        };
        let (source, sources) = parts(piece.source);
        let (target, targets) = parts(piece.target);
        let (mut sources, mut targets) = (sources.into_iter(), targets.into_iter());
        let mut next = (piece.id, source, target);
        loop {
            let (id, source, target) = next;
            let state = match untouched {
                true => State::NotToBeTranslated,
                false => state(piece.state.as_deref(), source.as_ref(), target.as_ref()),
            };
            let (notes, context) = (notes.clone(), context.clone());
            let (at, variety) = (whole, self.variety.clone());
            (self.each)(Ok(Unit { id, line, at, source, target, state, context, variety, notes, ..Unit::default() }));
            let (source, target) = (sources.next(), targets.next());
            let Some(named) = source.as_ref().or(target.as_ref()) else { return };
            let id = named.source.record().map_or_else(String::new, |record| record.id.clone());
            next = (id, source, target);
        }
    }
}

/// What the attribute `state` means, in either version.
fn state(said: Option<&str>, source: Option<&Entry>, target: Option<&Entry>) -> State {
    let Some(target) = target.filter(|target| !target.source.text().trim().is_empty()) else {
        return State::Untranslated;
    };
    let copied = source.is_some_and(|source| source.source.text() == target.source.text());
    match said {
        Some("initial" | "new" | "needs-translation") if copied => State::Untranslated,
        Some("initial" | "new") => State::NeedsReview,
        Some(said) if said.starts_with("needs-") => State::NeedsReview,
        _ => State::Translated,
    }
}

fn inline(tag: &Tag<'_>) -> Inline {
    match tag.name {
        "bpt" | "bx" | "sc" | "sm" => Inline::Opens,
        "ept" | "ex" | "ec" | "em" => Inline::Closes,
        "it" => match tag.get("pos").as_deref() {
            Some("open") => Inline::Opens,
            Some("close") => Inline::Closes,
            _ => Inline::Alone,
        },
        "ph" | "x" => Inline::Alone,
        "cp" => {
            let code = tag.get("hex").and_then(|hex| u32::from_str_radix(&hex, 16).ok()).and_then(char::from_u32);
            code.map_or(Inline::Alone, Inline::Says)
        }
        _ => Inline::Spans,
    }
}
