//! One spelling of a name everywhere, or several accepted side by side.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::Uri;
use lsp_server::ErrorCode;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::client::Asked;
use super::super::dispatch::params;
use super::super::documents::key;
use super::super::rules::kind;
use super::super::server::{Answer, Server, error};
use super::{ACCEPT, Page, USE_EVERYWHERE};
use crate::check::name_variants::in_the_case_of;
use crate::config::add;
use crate::diagnostic::{Diagnostic, Edit};
use crate::fix::Carry;
use crate::report::visible;
use crate::run;
use crate::text::{Document, Source, Span, fold};

/// The checks that find spellings of one name.
const NAMES: [&str; 2] = ["name-variants", "names-across"];
/// So many spellings are offered.
const OFFERED: usize = 3;

/// Argument of the command that puts one spelling in the place of others.
#[derive(Debug, Deserialize)]
struct Everywhere {
    from: Vec<String>,
    to: String,
}

/// Argument of the command that accepts spellings.
#[derive(Debug, Deserialize)]
struct Accepted {
    uri: Uri,
    forms: Vec<String>,
}

/// The spellings that a finding is about, that of its own place first.
fn forms(d: &Diagnostic) -> Vec<String> {
    let places = std::iter::once(&d.at).chain(d.related.iter().map(|label| &label.at));
    let mut forms: Vec<String> = Vec::new();
    for place in places {
        let Some(form) = place.source.text().get(place.span.range()) else { continue };
        if !forms.iter().any(|known| fold(known) == fold(form)) {
            forms.push(form.to_owned());
        }
    }
    forms
}

impl Server {
    /// What can be done about a name that is spelled two ways.
    pub(super) fn spellings(&self, page: &Page<'_>, d: &Diagnostic) -> Vec<Value> {
        if !NAMES.contains(&d.lint.check_name.as_str()) {
            return Vec::new();
        }
        let forms = forms(d);
        if forms.len() < 2 {
            return Vec::new();
        }
        let mut offered = Vec::new();
        // The usual spelling comes second: it is the one to offer first.
        let order = forms.iter().skip(1).chain(forms.first()).take(OFFERED);
        for to in order.clone() {
            let from = others(&forms, to);
            let edits = self.replaced(page.path, &page.source, &from, to);
            if !edits.is_empty() {
                offered.push(json!({
                    "title": format!("Use ‘{}’ everywhere in this article", visible(to)),
                    "edit": self.edit_of(page.path, &page.source, &edits),
                }));
            }
        }
        let belongs = self.articles.get(page.path).is_some_and(|article| article.number.is_some());
        for to in order.filter(|_| belongs && self.can.edits) {
            let title = format!("Use ‘{}’ everywhere in the workspace", visible(to));
            let argument = json!({"from": others(&forms, to), "to": to});
            let command = json!({"title": title, "command": USE_EVERYWHERE, "arguments": [argument]});
            offered.push(json!({"title": title, "command": command}));
        }
        let title = format!(
            "Accept this spelling: {}",
            forms.iter().map(|form| format!("‘{}’", visible(form))).collect::<Vec<_>>().join(" and ")
        );
        let argument = json!({"uri": self.uri_of(page.path), "forms": forms});
        let command = json!({"title": title, "command": ACCEPT, "arguments": [argument]});
        offered.push(json!({"title": title, "command": command}));
        offered
    }

    /// The edits of a file that put one spelling in the place of others.
    fn replaced(&self, path: &Path, file: &Arc<Source>, from: &[String], to: &str) -> Vec<Edit> {
        let language = self.articles.get(path).and_then(|article| article.language);
        let Ok(setup) = self.rules.of(path) else { return Vec::new() };
        let mut edits = Vec::new();
        run::each_document_of(&setup, kind(&setup, path, language), file.clone(), |document| {
            let Ok(doc) = document else { return };
            let carry = Carry::into_file_of(doc.source());
            for form in from {
                for span in places(&doc, form) {
                    let text = in_the_case_of(to, doc.slice(span));
                    if doc.is_whole_in_source(span) && !doc.is_masked(span) && doc.admits(span, &text) {
                        edits.push(carry.edit(&Edit { span: doc.in_source(span), text: doc.escape(&text) }));
                    }
                }
            }
        });
        edits.sort_by_key(|edit| edit.span);
        edits.dedup_by_key(|edit| edit.span);
        edits
    }

    pub(super) fn use_everywhere(&mut self, argument: Value) -> Answer {
        let Everywhere { from, to } = params(argument)?;
        if from.iter().chain([&to]).any(|form| form.trim().is_empty()) {
            return Err(error(ErrorCode::InvalidParams, "a spelling has no words"));
        }
        for path in self.changed.clone() {
            self.look(&path);
        }
        let paths: Vec<&PathBuf> = self.articles.iter().filter(|(_, a)| a.number.is_some()).map(|(p, _)| p).collect();
        let server = &*self;
        let edits = |path: &&PathBuf| {
            let source = server.articles.source(&server.rules, path)?;
            let edits = server.replaced(path, &source, &from, &to);
            (!edits.is_empty()).then(|| ((*path).clone(), server.text_edits(&source, &edits)))
        };
        let all: BTreeMap<PathBuf, Vec<Value>> = paths.par_iter().filter_map(edits).collect();
        if all.is_empty() {
            return Err(error(ErrorCode::RequestFailed, "these spellings stand nowhere any more"));
        }
        let edit = self.edits_of(&all);
        let label = format!("Use ‘{}’ everywhere", visible(&to));
        self.client.ask("workspace/applyEdit", json!({"label": label, "edit": edit}), Asked::Edit);
        Ok(Value::Null)
    }

    pub(super) fn accept(&mut self, argument: Value) -> Answer {
        let Accepted { uri, forms } = params(argument)?;
        let file = self.configuration_of(&key(&uri))?;
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        let done = add::accept(&file, &[forms], "accepted in the editor");
        self.written(&file, done)
    }
}

fn others(forms: &[String], to: &str) -> Vec<String> {
    forms.iter().filter(|form| fold(form) != fold(to)).cloned().collect()
}

/// Where a spelling stands in a document, a possessive ending left out.
fn places(doc: &Document, form: &str) -> Vec<Span> {
    let parts: Vec<String> = form.split_whitespace().map(fold).collect();
    let Some(first) = parts.first() else { return Vec::new() };
    let ids = [
        doc.vocabulary().id(first),
        doc.vocabulary().id(&format!("{first}'s")),
        doc.vocabulary().id(&format!("{first}’s")),
    ];
    if ids == [None; 3] {
        return Vec::new();
    }
    let bare = |text: &str| text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text).len();
    let mut found = Vec::new();
    for block in doc.blocks() {
        let words = doc.words_of(block);
        for (at, word) in words.iter().enumerate().filter(|(_, word)| ids.contains(&Some(word.id))) {
            let Some(words) = words.get(at..at + parts.len()) else { continue };
            let part = |text: &str| fold(&text[..bare(text)]);
            let capital = doc.slice(word.span).starts_with(char::is_uppercase) || !form.starts_with(char::is_uppercase);
            if capital
                && words.iter().zip(&parts).all(|(word, wanted)| part(doc.slice(word.span)) == *wanted)
                && let Some(last) = words.last()
            {
                let end = last.span.start + bare(doc.slice(last.span)) as u32;
                found.push(Span::new(word.span.start, end));
            }
        }
    }
    found
}
