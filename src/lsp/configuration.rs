//! What holds for the session: settings, folders, configurations, and the reading of the workspace by them.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use gen_lsp_types::{MessageType, Uri};
use serde_json::{Value, json};

use super::articles::Articles;
use super::client::Asked;
use super::look;
use super::rules::Rules;
use super::scan::{self, News};
use super::server::{Event, Server};
use super::settings::Settings;
use super::uri;
use crate::config::{Mistake, Mistakes};
use crate::run;

impl Server {
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.folders.iter().map(|(_, path)| path.clone()).collect()
    }

    pub(super) fn initialized(&mut self) {
        if self.can.watches {
            let endings = crate::format::FORMATS.iter().flat_map(|row| row.extensions).copied();
            let articles = format!("**/*.{{{}}}", endings.collect::<Vec<_>>().join(","));
            let watchers: Vec<Value> = [articles.as_str(), "**/*.toml", "**/*.tbx", "**/.gitignore", "**/.ignore"]
                .iter()
                .map(|glob| json!({"globPattern": glob}))
                .collect();
            let registration = json!({
                "id": "copydesk.files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            });
            self.client.ask("client/registerCapability", json!({"registrations": [registration]}), Asked::Nothing);
        }
        self.ask_for_settings();
        self.scan();
    }

    pub(super) fn read_settings(&mut self, value: &Value) -> Settings {
        let (settings, wrong) = Settings::read(value);
        wrong.iter().for_each(|wrong| self.say(MessageType::Warning, wrong));
        settings
    }

    fn ask_for_settings(&mut self) {
        if self.can.configuration {
            let whole = json!({"section": "copydesk"});
            let of_folder = |(uri, _): &(Uri, PathBuf)| json!({"scopeUri": uri, "section": "copydesk"});
            let items: Vec<Value> = std::iter::once(whole).chain(self.folders.iter().map(of_folder)).collect();
            self.client.ask("workspace/configuration", json!({"items": items}), Asked::Settings);
        }
    }

    pub(super) fn configuration_changed(&mut self, given: &Value) {
        if self.can.configuration {
            self.ask_for_settings();
        } else if let Some(settings) = given.get("settings").filter(|settings| !settings.is_null()) {
            self.take_settings(std::slice::from_ref(settings));
        }
    }

    pub(super) fn take_settings(&mut self, all: &[Value]) {
        // A client that has nothing to say leaves what it said at first.
        let said = |value: &&Value| value.as_object().is_some_and(|fields| !fields.is_empty());
        if all.iter().find(said).is_none() {
            return;
        }
        let settings: Vec<Settings> = all.iter().map(|value| self.read_settings(value)).collect();
        if settings != self.settings {
            self.settings = settings;
            self.reload();
        }
    }

    pub(super) fn folders_changed(&mut self, given: gen_lsp_types::DidChangeWorkspaceFoldersParams) {
        let removed: Vec<Uri> = given.event.removed.into_iter().map(|folder| folder.uri).collect();
        self.folders.retain(|(uri, _)| !removed.contains(uri));
        let added = given.event.added.into_iter().map(|folder| folder.uri);
        self.folders.extend(added.filter_map(|uri| Some((uri.clone(), uri::to_path(&uri)?))));
        self.settings.truncate(1);
        self.ask_for_settings();
        self.reload();
    }

    /// Notes what is wrong with the configurations that count, each mistake at the file that it stands in.
    pub(super) fn note_mistakes(&mut self) {
        let folders: BTreeSet<&Path> = self.articles.iter().filter_map(|(path, _)| path.parent()).collect();
        let open = self.open.keys().filter_map(|path| path.parent());
        let roots = self.folders.iter().map(|(_, root)| root.as_path());
        let mut wrong: BTreeMap<PathBuf, Vec<Mistake>> = BTreeMap::new();
        for folder in folders.into_iter().chain(open).chain(roots).collect::<BTreeSet<_>>() {
            for mistake in self.rules.of(&folder.join("article.txt")).err().into_iter().flat_map(|all| all.0) {
                let path = std::path::absolute(mistake.source.path()).unwrap_or_default();
                let all = wrong.entry(path).or_default();
                // One file may count for several folders.
                if !all.iter().any(|other| other.at == mistake.at && other.message == mistake.message) {
                    all.push(mistake);
                }
            }
        }
        let known = self.articles.iter().filter(|(_, article)| !article.mistakes.is_empty());
        let mended: Vec<PathBuf> =
            known.map(|(path, _)| path.clone()).filter(|path| !wrong.contains_key(path)).collect();
        for path in mended {
            self.articles.remove(&path);
            self.forget(&path);
        }
        for (path, mistakes) in wrong {
            // The file may not be open, and nothing is checked by it.
            self.say(MessageType::Error, &Mistakes(mistakes.clone()).to_string());
            self.articles.put(&path, look::steering(mistakes), false);
            self.stale.insert(path);
        }
    }

    /// Reads configurations and the workspace anew.
    pub(super) fn reload(&mut self) {
        self.rules = Arc::new(Rules::new(&self.paths(), &self.settings));
        self.said.clear();
        self.note_mistakes();
        self.changed = self.open.keys().cloned().collect();
        self.scan();
    }

    /// Reads the workspace on a thread of its own. What was known of it holds until that is done.
    pub(super) fn scan(&mut self) {
        let number = self.scans.fetch_add(1, Ordering::Relaxed) + 1;
        self.scanning = true;
        let (rules, can, current, events) = (self.rules.clone(), self.can, self.scans.clone(), self.events.clone());
        std::thread::spawn(move || {
            let tell = |news| {
                let _ = events.send(Event::Scan(number, news));
            };
            let done = panic::catch_unwind(AssertUnwindSafe(|| scan::scan(&rules, &can, number, &current, tell)));
            if done.is_err() {
                let what = format!("reading the workspace broke down{}", run::last_panic());
                let problem = crate::report::Problem::of_file(".", what);
                let _ = events.send(Event::Scan(number, News::Done(Box::default(), vec![problem])));
            }
        });
    }

    pub(super) fn news(&mut self, news: News) {
        match news {
            News::Looked(all) => {
                for (path, items) in all {
                    // What is open is told by what it is in the editor.
                    if !self.open.contains_key(&path) {
                        self.tell(&path, &items);
                    }
                }
            }
            News::Done(articles, problems) => {
                self.scanning = false;
                problems.iter().for_each(|p| self.client.log(MessageType::Error, &p.to_string()));
                self.take_articles(*articles);
                self.refresh();
            }
        }
    }

    /// Puts the articles of a scan in the place of those that were known.
    fn take_articles(&mut self, articles: Articles) {
        self.articles = articles;
        self.stale = self.articles.with_found();
        self.note_mistakes();
        for path in std::mem::take(&mut self.meanwhile) {
            if self.open.contains_key(&path) || crate::format::of_path(&path).is_none() {
                continue;
            }
            if !path.is_file() {
                self.articles.remove(&path);
            } else if self.belongs(&path) {
                self.look_at_file(&path);
            }
        }
        let sent = |path: &PathBuf| self.sent.get(path).copied().unwrap_or(0);
        if !self.can.pull {
            let other = self.articles.iter().filter(|(path, article)| article.items != sent(path));
            self.stale.extend(other.map(|(path, _)| path.clone()));
        }
        let gone = |path: &&PathBuf| self.articles.get(path).is_none() && !self.open.contains_key(*path);
        for path in self.sent.keys().filter(gone).cloned().collect::<Vec<_>>() {
            self.forget(&path);
        }
        // What is open goes by what it is in the editor.
        self.changed = self.open.keys().cloned().collect();
    }
}
