//! Comments that are to silence lints and do not.

use std::collections::HashSet;

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::ignore::{Ignores, Useless, Why};
use crate::text::{Document, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnusedIgnore {}

impl Check for UnusedIgnore {
    fn ignores<'a>(&self, doc: &'a Document, ignores: &Ignores, on: &HashSet<&str>, out: &mut Findings<'a>) {
        for Useless { comment, why, about, wholly } in ignores.useless(on) {
            let problem = match why {
                Why::Unused => "unused",
                Why::AllUnused => "all-unused",
                Why::Unknown => "unknown",
                Why::Unread => "unread",
                Why::Unopened => "unopened",
            };
            let finding = Finding::in_source(doc, comment).phrase("problem", problem).slot("lint", about);
            out.push(if wholly { finding.delete(with_its_line(doc.source().text(), comment)) } else { finding });
        }
    }
}

/// A comment that has lines for itself goes with its line break. Only the blanks beside it are looked at, however long its
/// line is.
fn with_its_line(text: &str, comment: Span) -> Span {
    const BLANKS: [char; 2] = [' ', '\t'];
    let before = text[..comment.start as usize].trim_end_matches(BLANKS);
    let rest = text[comment.end as usize..].trim_start_matches(BLANKS);
    let line_break = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
    let alone = (before.is_empty() || before.ends_with(['\n', '\r'])) && (rest.is_empty() || line_break > 0);
    if alone { Span::of(before.len()..text.len() - rest.len() + line_break) } else { comment }
}
