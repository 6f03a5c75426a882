//! Documents that are open, and what is told of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    FileChangeType, MessageType, TextDocumentContentChangeEvent, Uri,
};

use super::look;
use super::positions::Lines;
use super::rules;
use super::server::Server;
use super::uri;
use crate::files;
use crate::format::Row;
use crate::text::Source;

/// So many articles that are not open are worked on before the next message is looked for.
const AT_ONCE: usize = 32;

/// Where there are many articles, what takes all of them to tell waits until no key was struck for so long.
const QUIET: Duration = Duration::from_millis(150);

/// A document that is open.
pub struct Open {
    /// As the client calls it.
    pub uri: Uri,
    /// Its version.
    pub version: i32,
    /// Its text.
    pub lines: Lines,
    /// The format of the language that the editor takes it for.
    pub language: Option<&'static Row>,
    /// Whether it is one of the articles of the workspace.
    pub belongs: bool,
}

/// The path by which a document is known: that of its file, or its URI where it is in none.
pub fn key(uri: &Uri) -> PathBuf {
    uri::to_path(uri).unwrap_or_else(|| PathBuf::from(&uri.0))
}

impl Server {
    pub(super) fn did_open(&mut self, given: DidOpenTextDocumentParams) {
        let item = given.text_document;
        let path = key(&item.uri);
        let open = Open {
            belongs: self.belongs(&path),
            uri: item.uri,
            version: item.version,
            lines: Lines::new(item.text),
            language: rules::format_of_language(&String::from(item.language_id)),
        };
        self.open.insert(path.clone(), open);
        self.note_change(path);
    }

    /// Whether a file is one that the walk over its folder finds.
    pub(super) fn belongs(&self, path: &Path) -> bool {
        if self.articles.get(path).is_some_and(|article| article.number.is_some()) {
            return true;
        }
        let folder = self.rules.watched().find(|(folder, _)| path.starts_with(folder));
        folder.is_some_and(|(folder, setups)| files::would_find(folder, path, setups))
    }

    pub(super) fn did_change(&mut self, given: DidChangeTextDocumentParams) {
        let path = key(&given.text_document.text_document_identifier.uri);
        let version = given.text_document.version;
        let encoding = self.can.encoding;
        let Some(open) = self.open.get_mut(&path) else {
            self.client.log(MessageType::Error, "a document was changed that is not open");
            return;
        };
        if version <= open.version {
            let what =
                format!("version {version} of a document came after version {}: it was passed over", open.version);
            self.client.log(MessageType::Error, &what);
            return;
        }
        open.version = version;
        for change in given.content_changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    open.lines.replace(part.range, &part.text, encoding);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    open.lines = Lines::new(whole.text);
                }
            }
        }
        self.note_change(path);
    }

    pub(super) fn did_close(&mut self, given: DidCloseTextDocumentParams) {
        let path = key(&given.text_document.uri);
        let Some(open) = self.open.remove(&path) else { return };
        self.changed.retain(|other| *other != path);
        self.articles.close(&path);
        if open.belongs && path.is_file() {
            // What holds now is what was saved.
            self.look_at_file(&path);
        } else {
            if is_steering(&path) {
                return;
            }
            self.articles.remove(&path);
            self.forget_as(&path, &open.uri);
        }
    }

    fn note_change(&mut self, path: PathBuf) {
        self.changed.retain(|other| *other != path);
        self.changed.push(path);
    }

    pub(super) fn files_changed(&mut self, given: DidChangeWatchedFilesParams) {
        let mut reload = false;
        for change in given.changes {
            let Some(path) = uri::to_path(&change.uri) else { continue };
            if self.scanning {
                self.meanwhile.insert(path.clone());
            }
            if crate::format::of_path(&path).is_none() {
                // A configuration, a lint of the house, or what says which files are articles.
                reload = true;
            } else if change.kind == FileChangeType::Deleted {
                if !self.open.contains_key(&path) && self.articles.remove(&path).is_some() {
                    self.forget(&path);
                }
            } else if !self.open.contains_key(&path) && self.belongs(&path) {
                self.look_at_file(&path);
            }
        }
        if reload {
            self.reload();
        }
    }

    pub(super) fn look_at_file(&mut self, path: &Path) {
        let seen = look::look_at_file(&self.rules, path, None);
        self.put(path, seen, true);
        self.stale.insert(path.to_owned());
    }

    fn put(&mut self, path: &Path, seen: look::Seen, belongs: bool) {
        // While the workspace is read for the first time nothing is compared.
        let compared = belongs && (!self.scanning || self.articles.are_compared());
        if !self.articles.put(path, seen, compared) {
            self.scan();
        }
    }

    /// Works on what waits; `false` if nothing does.
    pub(super) fn work(&mut self) -> bool {
        if let Some(path) = self.changed.last().cloned() {
            self.look(&path);
            self.show(&path);
            return true;
        }
        if self.articles.is_unsettled() && (self.settle_at <= Instant::now() || !self.pulls.is_empty()) {
            self.settle();
            return true;
        }
        if !self.stale.is_empty() && !self.scanning {
            let batch: Vec<PathBuf> = self.stale.iter().take(AT_ONCE).cloned().collect();
            batch.iter().for_each(|path| {
                self.stale.remove(path);
            });
            self.show_all(&batch);
            return true;
        }
        self.work_on_pulls()
    }

    /// Brings what is found beside others up to date, in all articles.
    pub(super) fn settle(&mut self) {
        let changed = self.articles.settle();
        self.stale.extend(changed);
    }

    /// Brings what is known of an open document up to its text.
    pub(super) fn look(&mut self, path: &Path) {
        let Some(at) = self.changed.iter().position(|changed| changed == path) else { return };
        self.changed.remove(at);
        // Whoever asks right after a change gets an answer, and the diagnostics or the status are still to be told.
        if !self.can.pull || self.status {
            self.stale.insert(path.to_owned());
        }
        let Some(open) = self.open.get(path) else { return };
        if is_steering(path) {
            return;
        }
        let (language, belongs) = (open.language, open.belongs);
        let source = Arc::new(Source::new(path, open.lines.text()));
        self.articles.open(path, source.clone());
        let seen = look::look(&self.rules, source, language);
        let problems: Vec<String> =
            seen.article.problems.iter().filter(|p| p.line.is_none()).map(|p| p.message.clone()).collect();
        self.put(path, seen, belongs);
        if self.articles.are_few() {
            self.settle();
        } else {
            self.articles.settle_one(path);
            self.settle_at = Instant::now() + QUIET;
        }
        for problem in problems {
            self.say(MessageType::Error, &problem);
        }
    }
}

/// Whether a file is no article by its name: a configuration, or a lint of the house. What is wrong with it is told as it was
/// saved.
fn is_steering(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}
