//! TMX: translation memories. Each `<tu>` holds one text in several languages; each that is not the source is a unit.

use std::sync::Arc;

use super::codes::Dialect;
use super::xml::{self, Content, Inline, Node, Tag, Visitor};
use super::{BadLine, Bilingual, Entry, State, Unit};
use crate::format::Reading;
use crate::text::{Lang, Source, Span};

/// TMX.
pub struct Tmx;

impl Bilingual for Tmx {
    fn each(&self, file: &Arc<Source>, reading: &Reading, each: &mut dyn FnMut(Result<Unit, BadLine>)) {
        let dialect = if reading.record_format == "text" { Dialect::Strings } else { Dialect::Placeholders };
        let mut reader = Reader { file, each, dialect, source: String::new(), unit: None, lang: None, content: None };
        xml::walk(file, "tmx", &["tu"], &mut reader);
    }

    fn charset(&self, bytes: &[u8]) -> Option<String> {
        xml::charset(bytes)
    }
}

/// A `<tu>`.
struct Memory {
    id: String,
    start: u32,
    line: u32,
    /// The language of its source as it is written.
    source: String,
    /// The texts with their languages as they are written, and where the text of a note begins.
    sides: Vec<(String, Entry)>,
    notes: Vec<Span>,
    note: Option<u32>,
    /// What its properties say of where it belongs, and where the text of such a property begins.
    context: Option<String>,
    property: Option<u32>,
}

struct Reader<'f, 'e> {
    file: &'f Arc<Source>,
    each: &'e mut dyn FnMut(Result<Unit, BadLine>),
    dialect: Dialect,
    /// What the header says of it.
    source: String,
    unit: Option<Memory>,
    /// Of the open `<tuv>`.
    lang: Option<String>,
    content: Option<(usize, Content<'f>)>,
}

impl<'f> Visitor<'f> for Reader<'f, '_> {
    fn node(&mut self, node: &Node<'f>, at: Span, open: &[&'f str]) {
        if let Some((depth, mut content)) = self.content.take() {
            if !matches!(node, Node::Close if open.len() == depth) {
                content.node(node, at, open, inline);
                self.content = Some((depth, content));
                return;
            }
            let line = self.file.line_of(at.start);
            let (Some(unit), Some(lang)) = (&mut self.unit, self.lang.clone()) else { return };
            // What stands inside codes is markup to a memory.
            let (entry, _) = content.finish(&unit.id, line, Lang::parse(&lang), self.dialect);
            unit.sides.push((lang, entry));
            return;
        }
        match node {
            Node::Open(tag, empty) => self.open(tag, *empty, at, open),
            Node::Close => self.close(at, open),
            _ => {}
        }
    }

    fn broken(&mut self, bad: BadLine) {
        (self.unit, self.lang, self.content) = (None, None, None);
        (self.each)(Err(bad));
    }
}

impl<'f> Reader<'f, '_> {
    fn open(&mut self, tag: &Tag<'f>, empty: bool, at: Span, open: &[&'f str]) {
        match tag.name {
            "header" => self.source = tag.get("srclang").unwrap_or_default().into_owned(),
            "tu" if !empty => {
                let line = self.file.line_of(at.start);
                let id = tag.get("tuid").map_or_else(|| line.to_string(), |id| id.into_owned());
                let source = tag.get("srclang").map_or_else(|| self.source.clone(), |lang| lang.into_owned());
                let (start, sides, notes) = (at.start, Vec::new(), Vec::new());
                let (note, context, property) = (None, None, None);
                self.unit = Some(Memory { id, start, line, source, sides, notes, note, context, property });
            }
            "tuv" if !empty => {
                let lang = tag.get("xml:lang").or_else(|| tag.get("lang"));
                self.lang = Some(lang.unwrap_or_default().into_owned());
            }
            "seg" if !empty && self.lang.is_some() => {
                self.content = Some((open.len(), Content::new(self.file, at.end)));
            }
            // Of the whole text, not of one language.
            "prop" if !empty && self.lang.is_none() => {
                let is_context =
                    tag.get("type").is_some_and(|kind| matches!(&*kind, "x-context" | "context" | "x-msgctxt"));
                self.unit.iter_mut().for_each(|unit| unit.property = is_context.then_some(at.end));
            }
            "note" if !empty => self.unit.iter_mut().for_each(|unit| unit.note = Some(at.end)),
            _ => {}
        }
    }

    fn close(&mut self, at: Span, open: &[&'f str]) {
        match open.last().copied().unwrap_or_default() {
            "tuv" => self.lang = None,
            "prop" => {
                if let Some(unit) = &mut self.unit
                    && let Some(start) = unit.property.take()
                {
                    let said = Span::new(start, at.start).trim(self.file.text());
                    unit.context = (!said.is_empty()).then(|| said.slice(self.file.text()).to_owned());
                }
            }
            "note" => {
                if let Some(unit) = &mut self.unit
                    && let Some(start) = unit.note.take()
                {
                    let note = Span::new(start, at.start).trim(self.file.text());
                    unit.notes.extend((!note.is_empty()).then_some(note));
                }
            }
            "tu" => self.end(at),
            _ => {}
        }
    }

    fn end(&mut self, at: Span) {
        let Some(mut unit) = self.unit.take() else { return };
        let same = |lang: &str| lang.eq_ignore_ascii_case(&unit.source);
        let near = |lang: &str| Lang::parse(lang).is_some() && Lang::parse(lang) == Lang::parse(&unit.source);
        let of = |is: &dyn Fn(&str) -> bool| unit.sides.iter().position(|(lang, _)| is(lang));
        let first = of(&same).or_else(|| of(&near)).unwrap_or(0);
        if unit.sides.len() < 2 {
            return;
        }
        let (_, source) = unit.sides.remove(first);
        let several = unit.sides.len() > 1;
        let mut source = Some(source);
        let whole = Span::new(unit.start, at.end);
        let copies = unit.sides.len();
        for (n, (lang, target)) in unit.sides.into_iter().enumerate() {
            let own = match &source {
                Some(entry) if n + 1 < copies => Some(entry.clone()),
                _ => source.take(),
            };
            let empty = target.source.text().trim().is_empty();
            (self.each)(Ok(Unit {
                id: if several { format!("{} ({lang})", unit.id) } else { unit.id.clone() },
                line: unit.line,
                at: whole,
                source: own,
                target: Some(target),
                state: if empty { State::Untranslated } else { State::Translated },
                context: unit.context.clone(),
                variety: Lang::variety(&lang),
                notes: unit.notes.clone(),
                ..Unit::default()
            }));
        }
    }
}

fn inline(tag: &Tag<'_>) -> Inline {
    match tag.name {
        "bpt" => Inline::Opens,
        "ept" => Inline::Closes,
        "it" => match tag.get("pos").as_deref() {
            Some("begin") => Inline::Opens,
            Some("end") => Inline::Closes,
            _ => Inline::Alone,
        },
        "ph" | "ut" => Inline::Alone,
        _ => Inline::Spans,
    }
}
