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
    fn document<'a>(&self, _: &'a Document, _: &mut Findings<'a>) {}

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

/// A comment that has lines for itself goes with its line break.
fn with_its_line(text: &str, comment: Span) -> Span {
    let before = &text[..comment.start as usize];
    let after = &text[comment.end as usize..];
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    let rest = after.find('\n').map_or(after.len(), |n| n + 1);
    let alone = before[line..].trim().is_empty() && after[..rest].trim().is_empty();
    if alone { Span::new(line as u32, comment.end + rest as u32) } else { comment }
}
