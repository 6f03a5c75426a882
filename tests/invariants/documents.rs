//! What holds of every document: where its blocks, sentences, words and masks lie, and that each of them was written
//! where it says it was.

use std::path::Path;
use std::sync::Arc;

use copydesk::config::Setup;
use copydesk::format::{self, Kind, Reading, json_lines};
use copydesk::run;
use copydesk::text::{Document, Source, Span, Unit};

use super::spelling::{self, Spelling};

/// A way of reading: a format, and for records the format of their texts.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// What `--format` calls it.
    pub format: &'static str,
    /// What `--record-format` calls it.
    pub record: &'static str,
}

impl Way {
    /// Reads whole files.
    pub const fn whole(format: &'static str) -> Way {
        Way { format, record: "text" }
    }

    /// Reads records.
    pub const fn records(record: &'static str) -> Way {
        Way { format: "json-lines", record }
    }

    /// How the command line would be set up for it.
    pub fn setup(self) -> Setup {
        let reading = Reading { record_format: self.record.to_owned(), ..Reading::default() };
        let mut setup = Setup::default();
        setup.format = format::named(self.format);
        setup.reading = reading;
        setup
    }

    fn spelling(self) -> Spelling {
        spelling::of_format(if self.format == "json-lines" { self.record } else { self.format })
    }
}

/// All ways.
pub const WAYS: [Way; 8] = [
    Way::whole("text"),
    Way::whole("markdown"),
    Way::whole("mdx"),
    Way::whole("html"),
    Way::records("text"),
    Way::records("markdown"),
    Way::records("mdx"),
    Way::records("html"),
];

/// The documents of a file, or nothing if it is no text.
pub fn read(setup: &Setup, path: &Path, bytes: &[u8]) -> Vec<Document> {
    let Ok(source) = run::source(setup, path, bytes) else { return Vec::new() };
    let source = Arc::new(source);
    match run::kind(setup, path) {
        Some(Kind::Records) => json_lines::lines(&source)
            .into_iter()
            .filter_map(|(line, at)| json_lines::record(&source, line, at, &setup.reading).ok())
            .map(|entry| run::document(setup, setup.reading.record_format(), Arc::new(entry.source), entry.lang))
            .collect(),
        Some(Kind::Bilingual(format)) => format
            .read(&source, &setup.reading)
            .units
            .iter()
            .flat_map(|unit| unit.source.iter().chain(&unit.target))
            .map(|entry| run::side(setup, entry))
            .collect(),
        Some(Kind::Text(format)) => vec![run::document(setup, *format, source, None)],
        None => vec![run::document(setup, format::PLAIN, source, None)],
    }
}

/// Reads a file in one of the ways and checks all that comes out. How many words were read.
pub fn check(way: Way, bytes: &[u8]) -> Result<usize, String> {
    let setup = way.setup();
    let mut words = 0;
    for document in read(&setup, Path::new("article"), bytes) {
        laid_out(&document)?;
        written(&document, way.spelling())?;
        found(&setup, &document)?;
        words += document.words().len();
    }
    Ok(words)
}

macro_rules! ensure {
    ($holds:expr, $($wording:tt)+) => {
        if !$holds {
            return Err(format!($($wording)+));
        }
    };
}

/// Spans begin and end at characters, come in order, do not overlap, and lie in what they are parts of.
pub fn laid_out(doc: &Document) -> Result<(), String> {
    let text = doc.text();
    let is_span = |s: Span| text.get(s.range()).is_some() && !s.is_empty();
    let in_order = |what: &str, spans: &mut dyn Iterator<Item = Span>| {
        let mut end = 0;
        for span in spans {
            ensure!(is_span(span), "{what} {span:?} is no stretch of {text:?}");
            ensure!(end <= span.start, "{what} {span:?} begins before {end} in {text:?}");
            end = span.end;
        }
        Ok(())
    };
    in_order("block", &mut doc.blocks().iter().map(|b| b.span))?;
    in_order("sentence", &mut doc.sentences().iter().map(|s| s.span))?;
    in_order("word", &mut doc.words().iter().map(|w| w.span))?;
    in_order("mask", &mut doc.masks().iter().map(|m| m.span))?;
    let (mut words, mut sentences) = (0, 0);
    for block in doc.blocks() {
        ensure!(doc.slice(block.span).trim().len() == block.span.len(), "white space at the edge of {block:?}");
        for sentence in doc.sentences_of(block) {
            ensure!(block.span.contains(sentence.span), "{sentence:?} leaves {block:?} of {text:?}");
            for word in doc.words_in(sentence) {
                ensure!(sentence.span.contains(word.span), "{word:?} leaves {sentence:?} of {text:?}");
                words += 1;
            }
            sentences += 1;
        }
    }
    ensure!(sentences == doc.sentences().len(), "a sentence lies in no block of {text:?}");
    ensure!(words == doc.words().len(), "a word lies in no sentence of {text:?}");
    let mut masks = doc.masks().iter().peekable();
    for word in doc.words() {
        while masks.next_if(|m| m.span.end <= word.span.start).is_some() {}
        let hidden = masks.peek().is_some_and(|m| m.span.overlaps(word.span));
        ensure!(!hidden, "the word “{}” is masked in {text:?}", doc.slice(word.span));
    }
    for comment in doc.comments() {
        ensure!(doc.source().text().get(comment.source.range()).is_some(), "{comment:?} stands nowhere");
    }
    for problem in doc.problems() {
        ensure!(doc.source().text().get(problem.at.range()).is_some(), "{problem:?} stands nowhere");
    }
    Ok(())
}

/// Whatever was read was written where the document says, by the rules of its format.
pub fn written(doc: &Document, spelling: Spelling) -> Result<(), String> {
    let front = if spelling == Spelling::Markup { spelling::front_matter(doc.source()) } else { 0 };
    let mut at = 0;
    for block in doc.blocks() {
        stretch(doc, spelling, front, block.span)?;
        let mut here = block.span.start;
        for c in doc.slice(block.span).chars() {
            let span = Span::new(here, here + c.len_utf8() as u32);
            let source = doc.in_source(span);
            ensure!(at <= source.start, "{span:?} was written at {source:?}, before {at}: {:?}", doc.source().text());
            if doc.is_whole_in_source(span) {
                at = source.end;
                stretch(doc, spelling, front, span)?;
            } else {
                // A part of what one reference stands for.
                at = source.start;
            }
            here = span.end;
        }
    }
    let words = doc.words().iter().map(|w| w.span);
    let sentences = doc.sentences().iter().map(|s| s.span);
    let masks = doc.masks().iter().map(|m| m.span);
    words.chain(sentences).chain(masks).try_for_each(|span| stretch(doc, spelling, front, span))
}

/// One stretch of a document.
fn stretch(doc: &Document, spelling: Spelling, front: u32, span: Span) -> Result<(), String> {
    let source = doc.source();
    let at = doc.in_source(span);
    let Some(raw) = source.text().get(at.range()) else {
        return Err(format!("{span:?} was written at {at:?}, which is no stretch of {:?}", source.text()));
    };
    let place = source.position(at.start, Unit::Char);
    ensure!(place.line <= source.line_count(), "{at:?} lies in line {} of {:?}", place.line, source.text());
    let in_file = source.in_file(at);
    let Some(in_record) = source.file().text().get(in_file.range()) else {
        return Err(format!("{at:?} was written at {in_file:?}, which is no stretch of the file"));
    };
    if source.record().is_some() {
        let said = spelling::of_json(in_record);
        ensure!(said == raw, "{in_record:?} of the file says {said:?}, not {raw:?}");
    }
    if at.start >= front && doc.is_whole_in_source(span) {
        let text = doc.slice(span);
        ensure!(spelling::says(spelling, raw, text), "{raw:?} does not say {text:?} in {:?}", source.text());
    }
    Ok(())
}

/// No check breaks down, and what they find lies in the source.
fn found(setup: &Setup, doc: &Document) -> Result<(), String> {
    let checked = setup.linter.check(doc);
    let text = doc.source().text();
    let failure = checked.failures.first().map(|f| format!("{} ({})", f.lint, f.message));
    ensure!(failure.is_none(), "{failure:?} broke down over {text:?}");
    for d in checked.diagnostics {
        let edits = d.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        for span in [d.at.span].into_iter().chain(d.related.iter().map(|label| label.at.span)).chain(edits) {
            ensure!(text.get(span.range()).is_some(), "{} points at {span:?}, no stretch of {text:?}", d.lint.id);
        }
        let apart = |fix: &copydesk::diagnostic::Fix| fix.edits.windows(2).all(|p| p[0].span.end <= p[1].span.start);
        ensure!(d.fix.as_ref().is_none_or(apart), "the edits of {} overlap in {text:?}", d.lint.id);
        ensure!(!d.message.is_empty(), "{} says nothing", d.lint.id);
    }
    Ok(())
}

/// A source's text with the line breaks that a test wants.
pub fn with_breaks(text: &str, breaks: &[&str]) -> String {
    let mut breaks = breaks.iter().cycle();
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(line) => {
                out.push_str(line);
                out.push_str(breaks.next().unwrap_or(&"\n"));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// The way back from a document to its file: for `copydesk tree`.
pub fn heading(source: &Source) -> String {
    source.record().map(|r| format!("record {} (line {})\n", r.id, r.line)).unwrap_or_default()
}
