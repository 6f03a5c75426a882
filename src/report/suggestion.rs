//! What a fix would do, in words: for reports that people read.

use super::window::clip;
use super::{counted, visible};
use crate::diagnostic::{Edit, Fix};
use crate::text::Source;

/// How much of a text an edit quotes, in characters.
const QUOTED: usize = 40;
/// How many edits of one fix are told one by one.
const EDITS: usize = 2;

/// What a fix would do, in words.
pub fn suggestion(source: &Source, fix: &Fix) -> String {
    format!("fix ({}): {}", fix.safety.name(), edits_in_words(source, fix))
}

/// The same without a word on how safe it is.
pub fn edits_in_words(source: &Source, fix: &Fix) -> String {
    let mut told: Vec<String> = fix.edits.iter().take(EDITS).map(|edit| in_words(source, edit)).collect();
    if fix.edits.len() > EDITS {
        told.push(counted(fix.edits.len() - EDITS, "more edit"));
    }
    told.join("; ")
}

fn in_words(source: &Source, edit: &Edit) -> String {
    let quoted = |text: &str| format!("“{}”", clip(&visible(text), QUOTED));
    let old = edit.span.slice(source.text());
    match (old.is_empty(), edit.text.is_empty()) {
        (_, true) => format!("delete {}", quoted(old)),
        (true, false) => format!("insert {}", quoted(&edit.text)),
        (false, false) => format!("replace {} with {}", quoted(old), quoted(&edit.text)),
    }
}
