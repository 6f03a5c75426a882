//! A paragraph of running prose that ends without an end mark where its neighbours have one.

use serde::Deserialize;

use super::Check;
use super::ending::{self, Why};
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EndMark {}

impl Check for EndMark {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        for open in ending::open(doc).into_iter().filter(|o| o.why == Why::NoMark) {
            let word = open.word.span;
            let wide = doc.block_at(word.start).is_some_and(|b| is_wide(b.lang.as_str()));
            let mark = match (open.leads, wide) {
                (true, true) => "：",
                (true, false) => ":",
                (false, true) => "。",
                (false, false) => mark(doc),
            };
            let finding = Finding::new(doc, word).slot("word", doc.slice(word));
            out.push(finding.replace(Span::new(open.end, open.end), mark));
        }
    }
}

fn is_wide(lang: &str) -> bool {
    matches!(lang, "zh" | "zh-tw" | "ja")
}

/// The mark of the script: a danda in Devanagari and Bengali, a stop of its own in Urdu, else a full stop.
fn mark(doc: &Document) -> &'static str {
    match doc.lang().as_str() {
        "hi" | "bn" | "mr" | "ne" => "।",
        "ur" => "۔",
        _ => ".",
    }
}
