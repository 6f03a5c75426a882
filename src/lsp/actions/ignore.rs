//! A finding passed over: by the comment that the format knows, where it has one, else by an entry of the configuration.

use std::sync::Arc;

use gen_lsp_types::Uri;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::dispatch::params;
use super::super::documents::key;
use super::super::rules::kind;
use super::super::server::{Answer, Server};
use super::{Page, SILENCE};
use crate::config::add::{self, Silenced};
use crate::diagnostic::{Diagnostic, Edit};
#[cfg(test)]
use crate::format::Row;
use crate::format::{Format, Kind};
use crate::lint::Linter;
use crate::text::{Document, Source, Span};

/// So many characters of the marked words are quoted by an entry: they need not be whole.
const QUOTED: usize = 60;

/// Argument of the command that writes an entry.
#[derive(Debug, Deserialize)]
struct Silence {
    uri: Uri,
    lint: String,
    words: String,
    record: Option<String>,
}

impl Server {
    /// Offers to pass a finding over.
    pub(super) fn ignore_here(&self, page: &Page<'_>, d: &Diagnostic) -> Option<Value> {
        let title = "Ignore here";
        if let Some(edit) = self.comment(page, d) {
            return Some(json!({"title": title, "edit": self.edit_of(page.path, &page.source, &[edit])}));
        }
        let words = d.at.source.text().get(d.at.span.range())?;
        let words: String = words.chars().take(QUOTED).collect();
        // An empty quotation would pass over whatever the lint finds in the file.
        if words.trim().is_empty() || !page.path.is_absolute() {
            return None;
        }
        let record = d.at.source.record().map(|record| &record.id);
        let argument =
            json!({"uri": self.uri_of(page.path), "lint": d.lint.id, "words": words.trim(), "record": record});
        let title = "Ignore here (by an entry in copydesk.toml)";
        let command = json!({"title": title, "command": SILENCE, "arguments": [argument]});
        Some(json!({"title": title, "command": command}))
    }

    /// The comment that silences a finding, at the first place where it does that and nothing else.
    fn comment(&self, page: &Page<'_>, d: &Diagnostic) -> Option<Edit> {
        if d.at.source.record().is_some() {
            return None;
        }
        let setup = self.rules.of(page.path).ok()?;
        let language = self.articles.get(page.path).and_then(|article| article.language);
        let Some(Kind::Text(format)) = kind(&setup, page.path, language) else { return None };
        let comment = comment_of(*format, &d.lint.id)?;
        let read = |text: &str| {
            let source = Arc::new(Source::new(page.path, text));
            let draft = format.parse(&source, &setup.reading);
            let given = draft.lang.or(setup.lang);
            Document::new(source, draft, given)
        };
        let before = read(page.source.text());
        let told = findings(&setup.linter, &before);
        let marked = (d.lint.id.clone(), d.message.clone());
        let of_corpus = d.lint.is_of_corpus();
        places(page.source.text(), d.block, &comment).into_iter().find(|edit| {
            let mut text = page.source.text().to_owned();
            text.insert_str(edit.span.start as usize, &edit.text);
            let after = read(&text);
            // The article must stay what it is, and lose this finding alone.
            let same = before.text() == after.text() && before.blocks().len() == after.blocks().len();
            let left = findings(&setup.linter, &after);
            let gone = |of: &[(String, String)]| of.iter().filter(|one| **one == marked).count();
            let nothing_new = left.iter().all(|one| told.contains(one));
            same && nothing_new && (of_corpus || gone(&left) < gone(&told))
        })
    }

    pub(super) fn silence(&mut self, argument: Value) -> Answer {
        let Silence { uri, lint, words, record } = params(argument)?;
        let path = key(&uri);
        let file = self.configuration_of(&path)?;
        let folder = file.parent().unwrap_or(&file);
        let shown = path.strip_prefix(folder).unwrap_or(&path);
        let shown = crate::report::slashed(shown);
        let reason = "ignored in the editor";
        let entry = Silenced { path: &shown, record: record.as_deref(), lint: &lint, words: &words, reason };
        let done = add::silence(&file, &entry);
        self.written(&file, done)
    }
}

fn findings(linter: &Linter, doc: &Document) -> Vec<(String, String)> {
    linter.check(doc).diagnostics.into_iter().map(|d| (d.lint.id.clone(), d.message)).collect()
}

/// The comment of a format; `None` if it knows none. MDX is read here with the comments of HTML too, at which its own
/// compiler stops: so what is of MDX alone is tried first.
fn comment_of(format: &dyn Format, lint: &str) -> Option<String> {
    let said = format!("copydesk: ignore[{lint}]");
    [format!("{{/* {said} */}}"), format!("<!-- {said} -->")].into_iter().find(|comment| {
        let source = Source::new("comment", format!("{comment}\n\nText."));
        !format.parse(&source, &crate::format::Reading::default()).comments.is_empty()
    })
}

/// Where a comment could stand that is to silence something in a block, the likeliest first.
fn places(text: &str, block: Span, comment: &str) -> Vec<Edit> {
    let at = |byte: usize, text: String| Edit { span: Span::of(byte..byte), text };
    let start = block.start as usize;
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    // What stands before the block on its line is repeated on the next: quotation marks as they are, marks of lists as the
    // space they take.
    let indent: String = text[line..start].chars().map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    vec![
        at(start, format!("{comment}{end}{indent}")),
        at(start, format!("{comment}{end}{}{end}{indent}", indent.trim_end())),
        at(start, format!("{comment} ")),
        at(start, comment.to_owned()),
        at(line, format!("{comment}{end}{end}")),
        at(line, format!("{comment}{end}")),
    ]
}

/// The rows of the formats, to be gone through by tests.
#[cfg(test)]
fn texts() -> impl Iterator<Item = (&'static Row, &'static dyn Format)> {
    crate::format::FORMATS
        .iter()
        .filter_map(|row| if let Kind::Text(format) = row.kind { Some((row, format)) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_the_comment_that_it_knows() {
        let known: Vec<(&str, Option<String>)> =
            texts().map(|(row, format)| (row.name, comment_of(format, "x"))).collect();
        let html = Some("<!-- copydesk: ignore[x] -->".to_owned());
        for (name, comment) in known {
            match name {
                "text" => assert_eq!(comment, None),
                "mdx" => assert_eq!(comment, Some("{/* copydesk: ignore[x] */}".to_owned())),
                _ => assert_eq!(comment, html, "{name}"),
            }
        }
    }
}
