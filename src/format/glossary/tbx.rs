//! TBX, version 2 (`<martif>`) and 3 (`<tbx>`): concepts with terms in several languages.

use std::sync::Arc;

use super::{BadLine, Status, status};
use crate::format::bilingual::xml::{self, Node, Visitor};
use crate::lint::{Concept, Side, Term};
use crate::text::{Lang, Source, Span};

pub fn read(file: &Arc<Source>) -> Result<Vec<Concept>, Vec<BadLine>> {
    let root = if file.text().contains("<martif") { "martif" } else { "tbx" };
    let mut reader = Reader::new(file);
    xml::walk(file, root, &["termEntry", "conceptEntry"], &mut reader);
    if reader.mistakes.is_empty() { Ok(reader.concepts) } else { Err(reader.mistakes) }
}

struct Reader<'f> {
    file: &'f Arc<Source>,
    concepts: Vec<Concept>,
    mistakes: Vec<BadLine>,
    concept: Concept,
    lang: Option<Lang>,
    /// The term that is open, and whether it is forbidden.
    term: Option<(String, Span)>,
    forbidden: bool,
    /// What is read: how many elements are open around it, whether it is a status, its text.
    reading: Option<(usize, bool, String)>,
}

impl<'f> Reader<'f> {
    fn new(file: &'f Arc<Source>) -> Reader<'f> {
        Reader {
            file,
            concepts: Vec::new(),
            mistakes: Vec::new(),
            concept: Concept::default(),
            lang: None,
            term: None,
            forbidden: false,
            reading: None,
        }
    }

    fn wrong(&mut self, at: Span, message: &str) {
        let line = self.file.line_of(at.start);
        self.mistakes.push(BadLine { line, at, message: message.to_owned() });
    }

    fn end(&mut self, name: &str) {
        match name {
            "tig" | "ntig" | "termSec" => {
                let Some((text, at)) = self.term.take() else { return };
                // Without its language it is of no use; that has been told.
                let Some(lang) = self.lang else { return };
                match Term::new(&text, Side::Lang(lang), self.forbidden) {
                    Some(term) => self.concept.terms.push(term),
                    None => self.wrong(at, "the term holds no word"),
                }
            }
            "termEntry" | "conceptEntry" => self.concepts.push(std::mem::take(&mut self.concept)),
            _ => {}
        }
    }
}

impl<'f> Visitor<'f> for Reader<'f> {
    fn node(&mut self, node: &Node<'f>, at: Span, open: &[&'f str]) {
        if let Some((_, _, text)) = &mut self.reading {
            match node {
                Node::Text | Node::Cdata => text.push_str(at.slice(self.file.text())),
                Node::Reference(Some(c)) => text.push(*c),
                _ => {}
            }
        }
        match node {
            Node::Open(tag, false) => match tag.name {
                "termEntry" | "conceptEntry" => self.concept = Concept::default(),
                "langSet" | "langSec" => {
                    self.lang = tag.lang("xml:lang").or_else(|| tag.lang("lang"));
                    if self.lang.is_none() {
                        self.wrong(at, "the terms have no language (`xml:lang`)");
                    }
                }
                "tig" | "ntig" | "termSec" => (self.term, self.forbidden) = (None, false),
                "term" => self.reading = Some((open.len(), false, String::new())),
                "administrativeStatus" => self.reading = Some((open.len(), true, String::new())),
                "termNote" if tag.get("type").is_some_and(|kind| kind == "administrativeStatus") => {
                    self.reading = Some((open.len(), true, String::new()));
                }
                _ => {}
            },
            Node::Close => {
                if let Some((_, is_status, text)) = self.reading.take_if(|(depth, ..)| *depth == open.len()) {
                    match is_status {
                        // Others than those of the standard say nothing that could be heeded.
                        true => self.forbidden |= status(&text) == Some(Status::Forbidden),
                        false => self.term = Some((text, at)),
                    }
                }
                self.end(open.last().copied().unwrap_or_default());
            }
            _ => {}
        }
    }

    fn broken(&mut self, bad: BadLine) {
        (self.term, self.reading, self.lang) = (None, None, None);
        self.mistakes.push(bad);
    }
}
