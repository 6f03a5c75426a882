//! What is told of a document: its diagnostics, as far as the client does not know them.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::Uri;
use serde::Serialize;
use serde_json::json;

use super::articles::Articles;
use super::client::Can;
use super::diagnostics::{self, Items};
use super::rules::Rules;
use super::server::Server;
use super::uri;
use crate::diagnostic::Diagnostic;
use crate::text::Source;

/// So many diagnostics of one document are told at most. VS Code takes 1,000 for a file, the worst first, and underlines half
/// of them; what is beyond costs time and memory at both ends, and nobody goes through so many before the next change.
const MOST: usize = 1_000;

impl Server {
    /// Works out the diagnostics of an open document and tells them.
    pub(super) fn show(&mut self, path: &Path) {
        self.stale.remove(path);
        let (items, diagnostics) = self.items(path);
        self.tell_open(path, &items);
        self.tell_status(path, &diagnostics);
    }

    pub(super) fn show_all(&mut self, paths: &[PathBuf]) {
        use rayon::prelude::*;
        let closed: Vec<&PathBuf> = paths.iter().filter(|path| !self.open.contains_key(*path)).collect();
        let (articles, rules, can) = (&self.articles, &self.rules, &self.can);
        let uri_of = |path: &Path| self.open.get(path).map_or_else(|| uri::of_path(path), |open| open.uri.clone());
        let worked = closed.par_iter().map(|path| items(articles, rules, can, path, &uri_of).0);
        let worked: Vec<Items> = worked.collect();
        let told: Vec<(PathBuf, Items)> = closed.into_iter().cloned().zip(worked).collect();
        for (path, items) in told {
            self.tell(&path, &items);
        }
        for path in paths.iter().filter(|path| self.open.contains_key(*path)).cloned().collect::<Vec<_>>() {
            self.show(&path);
        }
    }

    /// The diagnostics of an article, and the findings that they are made of.
    pub(super) fn items(&self, path: &Path) -> (Items, Vec<Diagnostic>) {
        items(&self.articles, &self.rules, &self.can, path, &|path| self.uri_of(path))
    }

    /// Tells the diagnostics of an article that is not open, as far as the client does not know them.
    pub(super) fn tell(&mut self, path: &Path, items: &Items) {
        if let Some(article) = self.articles.get_mut(path) {
            article.items = items.hash;
        }
        self.stream(path, items);
        let known = self.sent.get(path).copied().unwrap_or(0);
        if !self.can.pull && known != items.hash {
            self.publish(path, items);
        }
    }

    /// Tells those of an open document: the client waits for them whether it knows them or not.
    fn tell_open(&mut self, path: &Path, items: &Items) {
        if let Some(article) = self.articles.get_mut(path) {
            article.items = items.hash;
        }
        self.stream(path, items);
        if !self.can.pull {
            self.publish(path, items);
        }
    }

    fn publish(&mut self, path: &Path, items: &Items) {
        #[derive(Serialize)]
        struct Publish<'a> {
            uri: Uri,
            #[serde(skip_serializing_if = "Option::is_none")]
            version: Option<i32>,
            diagnostics: &'a serde_json::value::RawValue,
        }
        let version = self.open.get(path).map(|open| open.version);
        let uri = self.uri_of(path);
        self.client.notify("textDocument/publishDiagnostics", Publish { uri, version, diagnostics: &items.json });
        match items.hash {
            0 => self.sent.remove(path),
            hash => self.sent.insert(path.to_owned(), hash),
        };
    }

    /// Tells that an article is no more.
    pub(super) fn forget(&mut self, path: &Path) {
        self.forget_as(path, &uri::of_path(path));
    }

    pub(super) fn forget_as(&mut self, path: &Path, uri: &Uri) {
        self.stale.remove(path);
        if self.sent.remove(path).is_some() {
            self.client.notify("textDocument/publishDiagnostics", json!({"uri": uri, "diagnostics": []}));
        }
    }
}

fn items(
    articles: &Articles,
    rules: &Rules,
    can: &Can,
    path: &Path,
    uri_of: &dyn Fn(&Path) -> Uri,
) -> (Items, Vec<Diagnostic>) {
    let found = articles.diagnostics(rules, path);
    let (source, found) = found.unwrap_or_else(|| (Arc::new(Source::new(path, "")), Vec::new()));
    let article = articles.get(path);
    let mistakes = article.map_or(&[][..], |article| &article.mistakes);
    let problems = article.map_or(&[][..], |article| &article.problems);
    let in_all = mistakes.len() + problems.len() + found.len();
    // The last place is for saying that there are more.
    let mut left = if in_all > MOST { MOST - 1 } else { MOST };
    let mut some = |length: usize| {
        let taken = length.min(left);
        left -= taken;
        taken
    };
    let mistakes = mistakes.iter().take(some(mistakes.len())).map(|mistake| diagnostics::of_mistake(mistake, can));
    let problems = problems.iter().take(some(problems.len()));
    let problems = problems.map(|problem| diagnostics::of_problem(problem, &source, can));
    let worst = worst(&found, some(found.len()));
    let findings = worst.into_iter().map(|finding| diagnostics::of(finding, can, uri_of));
    let mut shown = mistakes.chain(problems).chain(findings).collect::<Vec<_>>();
    if in_all > MOST {
        shown.push(diagnostics::of_more(in_all - shown.len(), shown.len(), &source, can));
    }
    (Items::new(&shown), found)
}

/// The worst of some findings, of equals the first, in the order in which they stand.
fn worst(found: &[Diagnostic], most: usize) -> Vec<&Diagnostic> {
    let mut chosen: Vec<usize> = (0..found.len()).collect();
    if most < found.len() {
        chosen.sort_by_key(|&at| Reverse(found[at].severity));
        chosen.truncate(most);
        chosen.sort_unstable();
    }
    chosen.into_iter().map(|at| &found[at]).collect()
}
