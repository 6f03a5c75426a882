//! Text that is lost: a paragraph that breaks off, or begins, in the middle of a sentence.

use serde::Deserialize;

use super::Check;
use super::ending::{self, Why};
use crate::diagnostic::{Finding, Findings};
use crate::text::Document;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CutOff {}

impl Check for CutOff {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        for open in ending::open(doc) {
            let how = match open.why {
                Why::NoMark => continue,
                Why::FunctionWord => "function-word",
                Why::Comma => "comma",
                Why::InsideWord => "inside-word",
                Why::OpenBracket => "open-bracket",
                Why::GoesOn => "goes-on",
                Why::Start => "start",
            };
            out.push(Finding::new(doc, open.word.span).slot("word", doc.slice(open.word.span)).phrase("how", how));
        }
    }
}
