//! Fixes: of one finding, and all that are safe.

use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use super::super::look;
use super::super::server::Server;
use super::Page;
use crate::diagnostic::{Diagnostic, Edit, Safety};
use crate::fix::{self, Carry};
use crate::report::edits_in_words;
use crate::text::Span;

impl Server {
    /// The fix of a finding.
    pub(super) fn fix_of(&self, page: &Page<'_>, d: &Diagnostic) -> Option<Value> {
        let fix = d.fix.as_ref()?;
        let carry = Carry::into_file_of(&d.at.source);
        let edits: Vec<Edit> = fix.edits.iter().map(|edit| carry.edit(edit)).collect();
        Some(json!({
            "title": capital(&edits_in_words(&d.at.source, fix)),
            "isPreferred": fix.safety == Safety::Safe,
            "edit": self.edit_of(page.path, &page.source, &edits),
        }))
    }

    /// All fixes that are safe, round by round until nothing changes, as `check --fix` applies them.
    pub(super) fn fix_all(&self, page: &Page<'_>) -> Option<Value> {
        let is_safe = |d: &Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
        if !page.all.iter().any(is_safe) {
            return None;
        }
        let language = self.open.get(page.path)?.language;
        let rest = fix::until_rest(page.source.text(), |text| {
            let now = std::sync::Arc::new(page.source.rewritten(text));
            let seen = look::look(&self.rules, now.clone(), language);
            let (next, count) = fix::apply_to_file(&now, &seen.diagnostics, Safety::Safe);
            ((), (count > 0).then_some((next, count)))
        });
        let edits = difference(page.source.text(), &rest.text);
        (!edits.is_empty()).then(|| {
            json!({
                "title": "Fix all that is safe to fix",
                "kind": "source.fixAll.copydesk",
                "edit": self.edit_of(page.path, &page.source, &edits),
            })
        })
    }
}

/// The edits that make one text of another, line by line: what is not touched keeps its marks in the editor.
fn difference(old: &str, new: &str) -> Vec<Edit> {
    let diff = TextDiff::from_lines(old, new);
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for change in diff.iter_all_changes() {
        let text = change.value();
        let end = at + if change.tag() == ChangeTag::Insert { 0 } else { text.len() };
        if change.tag() == ChangeTag::Equal {
            open = false;
        } else {
            if !open {
                edits.push(Edit { span: Span::of(at..at), text: String::new() });
                open = true;
            }
            if let Some(edit) = edits.last_mut() {
                edit.span.end = end as u32;
                if change.tag() == ChangeTag::Insert {
                    edit.text.push_str(text);
                }
            }
        }
        at = end;
    }
    edits
}

/// With a capital at its start.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fix;

    #[test]
    fn the_difference_makes_the_one_of_the_other() {
        for (old, new) in
            [("a\nb\nc", "a\nx\nc"), ("", "x\n"), ("a\r\nb\r\n", "b\r\n"), ("a\nb\nc\nd", "b\nc\nd\ne"), ("é", "é")]
        {
            let edits = difference(old, new);
            let fix = Fix { safety: Safety::Safe, edits };
            assert_eq!(fix::apply(old, [&fix]), new, "{old:?}");
        }
        assert_eq!(difference("a\nb\nc\n", "a\nx\nc\n"), [Edit { span: Span::new(2, 4), text: "x\n".into() }]);
    }
}
