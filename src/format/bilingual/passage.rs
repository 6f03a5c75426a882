//! One side of a unit in the making.

use std::sync::Arc;

use super::codes;
use super::{Code, CodeKind, Entry};
use crate::text::{Lang, Origin, Record, Source, Span, Writing};

/// The text of one side, copied from the file piece by piece, in the order of the file.
pub(super) struct Passage<'f> {
    file: &'f Arc<Source>,
    text: String,
    origin: Origin,
    codes: Vec<Code>,
    cdata: Vec<Span>,
    writing: Writing,
    start: u32,
    in_cdata: bool,
}

/// What is said of an entry beside its text.
pub(super) struct Name {
    pub id: String,
    pub line: u32,
    pub lang: Option<Lang>,
}

impl<'f> Passage<'f> {
    /// An empty text that would stand at a byte of the file.
    pub fn new(file: &'f Arc<Source>, start: u32, writing: Writing) -> Passage<'f> {
        Passage {
            file,
            text: String::new(),
            origin: Origin::default(),
            codes: Vec::new(),
            cdata: Vec::new(),
            writing,
            start,
            in_cdata: false,
        }
    }

    /// What was copied so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Copies a stretch of the file as it stands.
    pub fn copy(&mut self, from: Span) {
        let before = self.text.len();
        self.text.push_str(from.slice(self.file.text()));
        self.origin.push(Span::of(before..self.text.len()), from);
        if self.in_cdata && before < self.text.len() {
            self.note_cdata(before);
        }
    }

    /// Copies what an escape stands for.
    pub fn decoded(&mut self, said: &str, from: Span) {
        let before = self.text.len();
        self.text.push_str(said);
        self.origin.push_decoded(Span::of(before..self.text.len()), from);
    }

    /// Copies the inside of a `CDATA` section.
    pub fn cdata(&mut self, from: Span) {
        self.in_cdata = true;
        self.copy(from);
        self.in_cdata = false;
    }

    fn note_cdata(&mut self, before: usize) {
        self.cdata.push(Span::of(before..self.text.len()));
    }

    /// Notes a code that begins or ends a stretch: nothing of it is copied.
    pub fn gone(&mut self, kind: CodeKind, id: impl Into<String>, from: Span) {
        let at = self.text.len() as u32;
        self.codes.push(Code { kind, id: id.into(), at: Span::new(at, at), from, optional: false });
    }

    /// Copies a code that stands alone, as it is written.
    pub fn alone(&mut self, kind: CodeKind, id: impl Into<String>, from: Span) {
        let before = self.text.len();
        self.copy(from);
        self.codes.push(Code { kind, id: id.into(), at: Span::of(before..self.text.len()), from, optional: false });
    }

    /// The text as it is now: the codes that are written in the text itself, by the rules of `dialect`, are found last.
    pub fn finish(mut self, name: Name, dialect: codes::Dialect) -> Entry {
        codes::settle(&mut self.text, &mut self.origin, &mut self.codes, &mut self.cdata, dialect);
        if self.text.is_empty() {
            self.origin = Origin::of_nothing(self.start);
        }
        let Name { id, line, lang } = name;
        let (file, origin) = (self.file.clone(), self.origin);
        let record = Record { id, line, file, origin, writing: self.writing, cdata: self.cdata };
        Entry { source: Arc::new(Source::of_record(self.text, record)), lang, codes: self.codes, drifts: Vec::new() }
    }
}
