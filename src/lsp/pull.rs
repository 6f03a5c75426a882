//! Diagnostics that the client asks for.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gen_lsp_types::{DocumentDiagnosticParams, ProgressToken, WorkspaceDiagnosticParams};
use lsp_server::{ErrorCode, RequestId};
use serde_json::{Value, json};

use super::diagnostics::Items;
use super::documents::key;
use super::server::{Answer, Server, error};

/// How long a request for the workspace is kept where there is nothing to tell: clients ask again as soon as they are
/// answered.
const HELD: Duration = Duration::from_secs(10);

/// A request for the diagnostics of the workspace.
pub struct Pull {
    id: RequestId,
    /// By which parts of the answer are sent, where the client takes them.
    token: Option<ProgressToken>,
    /// What the client knows of articles: what it said, then what it was told.
    known: HashMap<PathBuf, u64>,
    /// What the client knew at first and was not told anew.
    unchanged: BTreeSet<PathBuf>,
    /// What is to be told at the end.
    reports: Vec<Value>,
    /// Whether anything was told.
    told: bool,
    /// Whether a part was sent.
    begun: bool,
    until: Instant,
}

impl Pull {
    /// How long it may still be kept.
    pub fn waits(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

/// The id of a result is the hash of what it tells.
fn result_id(hash: u64) -> String {
    format!("{hash:016x}")
}

fn read_id(id: &str) -> u64 {
    // An id that is none of ours fits no result.
    u64::from_str_radix(id, 16).unwrap_or(u64::MAX)
}

impl Server {
    pub(super) fn pull_document(&mut self, given: DocumentDiagnosticParams) -> Answer {
        let path = key(&given.text_document.uri);
        self.look(&path);
        // Nothing comes after this answer, so that all that it tells must be settled.
        self.settle();
        let (items, _) = self.items(&path);
        if let Some(article) = self.articles.get_mut(&path) {
            article.items = items.hash;
        }
        let id = result_id(items.hash);
        if given.previous_result_id.as_deref() == Some(&id) {
            return Ok(json!({"kind": "unchanged", "resultId": id}));
        }
        let value: Value = serde_json::from_str(items.json.get()).unwrap_or_default();
        Ok(json!({"kind": "full", "resultId": id, "items": value}))
    }

    pub(super) fn pull_workspace(&mut self, id: RequestId, given: WorkspaceDiagnosticParams) {
        let previous = given.previous_result_ids.iter().map(|one| (key(&one.uri), read_id(&one.value)));
        let known: HashMap<PathBuf, u64> = previous.collect();
        self.pulls.push(Pull {
            id,
            token: given.partial_result_params.partial_result_token,
            unchanged: known.keys().cloned().collect(),
            known,
            reports: Vec::new(),
            told: false,
            begun: false,
            until: Instant::now() + HELD,
        });
    }

    /// Passes diagnostics on to those who asked for all.
    pub(super) fn stream(&mut self, path: &Path, items: &Items) {
        let uri = self.uri_of(path);
        let version = self.open.get(path).map(|open| open.version);
        for pull in &mut self.pulls {
            let known = pull.known.get(path).copied().unwrap_or(0);
            if known == items.hash {
                continue;
            }
            pull.known.insert(path.to_owned(), items.hash);
            pull.unchanged.remove(path);
            pull.told = true;
            let value: Value = serde_json::from_str(items.json.get()).unwrap_or_default();
            let id = result_id(items.hash);
            let report = json!({"kind": "full", "uri": uri, "version": version, "resultId": id, "items": value});
            match &pull.token {
                Some(token) => {
                    pull.begun = true;
                    self.client.notify("$/progress", json!({"token": token, "value": {"items": [report]}}));
                }
                None => pull.reports.push(report),
            }
        }
    }

    /// Answers requests for the workspace when all is known; `false` if there is nothing to do.
    pub(super) fn work_on_pulls(&mut self) -> bool {
        let asked = self.pulls.iter().map(|pull| &pull.id);
        let cancelled: Vec<RequestId> = asked.filter(|id| self.is_cancelled(id)).cloned().collect();
        for id in cancelled {
            self.drop_pull(&id, ErrorCode::RequestCanceled, "cancelled");
        }
        if self.pulls.is_empty() || self.scanning {
            return false;
        }
        // What a client does not know yet is worked out, and so passed on.
        let mut missing = BTreeSet::new();
        let mut gone = Vec::new();
        for pull in &self.pulls {
            let known = |path: &PathBuf| pull.known.get(path).copied().unwrap_or(0);
            let differs = self.articles.iter().filter(|(path, article)| known(path) != article.items);
            missing.extend(differs.map(|(path, _)| path.clone()));
            let is_gone = |(path, hash): &(&PathBuf, &u64)| **hash != 0 && self.articles.get(path).is_none();
            gone.extend(pull.known.iter().filter(is_gone).map(|(path, _)| path.clone()));
        }
        gone.iter().for_each(|path| self.stream(path, &Items::new(&[])));
        if !missing.is_empty() {
            self.stale.extend(missing);
            return true;
        }
        let now = Instant::now();
        let (ready, held): (Vec<Pull>, Vec<Pull>) = std::mem::take(&mut self.pulls)
            .into_iter()
            .partition(|pull| pull.told || pull.known.is_empty() || pull.until <= now);
        self.pulls = held;
        for pull in ready {
            let unchanged = pull.unchanged.iter().filter(|path| self.articles.get(path).is_some());
            let unchanged = unchanged.map(|path| {
                let version = self.open.get(path).map(|open| open.version);
                let id = result_id(pull.known.get(path).copied().unwrap_or(0));
                json!({"kind": "unchanged", "uri": self.uri_of(path), "version": version, "resultId": id})
            });
            let items: Vec<Value> = pull.reports.iter().cloned().chain(unchanged).collect();
            if pull.begun && !items.is_empty() {
                // When parts were sent, the last is one of them, and the answer is empty.
                let token = &pull.token;
                self.client.notify("$/progress", json!({"token": token, "value": {"items": items}}));
                self.client.answer(&pull.id, Ok(json!({"items": []})));
            } else {
                self.client.answer(&pull.id, Ok(json!({"items": items})));
            }
        }
        false
    }

    fn drop_pull(&mut self, id: &RequestId, code: ErrorCode, message: &str) {
        self.pulls.retain(|pull| pull.id != *id);
        self.client.refuse(Some(id), &error(code, message));
    }

    /// Answers all who wait that nothing more will come.
    pub(super) fn cancel_pulls(&mut self) {
        for id in self.pulls.iter().map(|pull| pull.id.clone()).collect::<Vec<_>>() {
            self.drop_pull(&id, ErrorCode::ServerCancelled, "the server is shut down");
        }
    }

    /// A request that waits for its answer is no longer wanted; one that has its answer is not waited for.
    pub(super) fn cancel_late(&mut self, given: &Value) {
        let Ok(id) = serde_json::from_value::<RequestId>(given.get("id").cloned().unwrap_or_default()) else { return };
        if self.is_cancelled(&id) && self.pulls.iter().any(|pull| pull.id == id) {
            self.drop_pull(&id, ErrorCode::RequestCanceled, "cancelled");
        }
    }
}
