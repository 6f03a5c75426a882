//! HTML: pages, and blocks of it inside Markdown.
//!
//! The parser names the place of every tag and of every stretch of text; entities are left to [`entity`]. It does not
//! build a tree, so what HTML implies is done here: a block that begins ends the one before it, and an element whose
//! end is never written ends with the one around it. That takes the same time whatever the depth.

mod elements;
mod entity;
mod reader;

use std::cell::RefCell;
use std::rc::Rc;

use lol_html::{HtmlRewriter, MemorySettings, Settings, doc_comments, doc_text, element};

use self::reader::Reader;
use super::shortcode::{self, Opaque};
use super::transcript::Transcript;
use super::{Format, Reading, front_matter};
use crate::text::{Draft, Escape, Source, Span};

/// HTML and XHTML.
pub struct Html;

/// What the parser may use besides twice the text: its stack of open elements and tags that do not end.
const MEMORY: usize = 16 << 20;
/// How far into a file an encoding may be declared, by the HTML standard.
const DECLARED_WITHIN: usize = 1_024;

impl Format for Html {
    fn parse(&self, source: &Source, reading: &Reading) -> Draft {
        let draft = page(source.text(), &reading.skipped_elements);
        if !draft.blocks.is_empty() || !reading.skipped_elements.iter().any(|e| e == "form") {
            return draft;
        }
        // Some servers wrap the whole page in one form.
        let skipped: Vec<String> = reading.skipped_elements.iter().filter(|e| *e != "form").cloned().collect();
        page(source.text(), &skipped)
    }

    fn charset(&self, bytes: &[u8]) -> Option<String> {
        let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
        let head = String::from_utf8_lossy(&head);
        let xml = head.trim_start().strip_prefix("<?xml").and_then(|h| h.split_once("?>")).map(|(h, _)| h);
        let value = match xml.and_then(|h| h.split_once("encoding")) {
            Some((_, value)) => value,
            None => head.split("<meta").skip(1).find_map(|m| m.split('>').next()?.split_once("charset"))?.1,
        };
        let value = value.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.:".contains(c)).unwrap_or(value.len());
        (end > 0).then(|| value[..end].to_owned())
    }
}

/// Reads a whole file. One that begins with front matter is no page yet: Jekyll, Eleventy and their like fill in its
/// template tags.
fn page(text: &str, skipped: &[String]) -> Draft {
    let mut out = Transcript::new(text);
    let base = front_matter::read(&mut out);
    let opaque = if base > 0 { shortcode::find(text) } else { Vec::new() };
    let written;
    let parsed = if opaque.is_empty() {
        text
    } else {
        written = shortcode::overwrite(text, &opaque);
        &written
    };
    read(&mut out, parsed, Span::of(base..text.len()), &opaque, skipped);
    out.finish(Escape::Html)
}

/// Reads a stretch of HTML. `parsed` is the source, or the source with other bytes where it is `opaque`.
pub fn read(out: &mut Transcript<'_>, parsed: &str, part: Span, opaque: &[Opaque], skipped: &[String]) {
    out.end();
    let ended = Rc::new(RefCell::new(Vec::new()));
    let reader = RefCell::new(Reader::new(out, parsed, opaque, part.start as usize, skipped, ended.clone()));
    let memory = MemorySettings::new().with_max_allowed_memory_usage(MEMORY + 2 * part.len());
    let settings = Settings::new()
        .with_strict(false)
        .with_memory_settings(memory)
        .append_element_content_handler(element!("*", |e| {
            reader.borrow_mut().element(e, &ended);
            Ok(())
        }))
        .append_document_content_handler(doc_text!(|t| {
            reader.borrow_mut().chunk(t);
            Ok(())
        }))
        .append_document_content_handler(doc_comments!(|c| {
            reader.borrow_mut().comment(c);
            Ok(())
        }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let result = rewriter.write(&parsed.as_bytes()[part.range()]).and_then(|()| rewriter.end());
    let mut reader = reader.into_inner();
    reader.end();
    if let Err(e) = result {
        reader.out.problem(format!("the HTML cannot be read to its end: {e}"), Span::new(part.end, part.end));
    }
}
