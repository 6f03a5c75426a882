//! What the client is told about a document besides its diagnostics, for a line at the foot of the window.

use std::path::Path;

use gen_lsp_types::{TextDocumentIdentifier, Uri};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::documents::key;
use super::server::{Answer, Server};
use crate::diagnostic::{Diagnostic, Severity};

/// Counts of one document.
#[derive(Debug, Serialize)]
struct Status {
    uri: Uri,
    version: Option<i32>,
    words: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The request for it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusParams {
    text_document: TextDocumentIdentifier,
}

impl Server {
    pub(super) fn tell_status(&mut self, path: &Path, diagnostics: &[Diagnostic]) {
        if self.status
            && let Some(status) = self.status_from(path, diagnostics)
        {
            self.client.notify("copydesk/status", status);
        }
    }

    fn status_from(&self, path: &Path, diagnostics: &[Diagnostic]) -> Option<Status> {
        let count = |severity: Severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Some(Status {
            uri: self.uri_of(path),
            version: self.open.get(path).map(|open| open.version),
            words: self.articles.get(path)?.words,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        })
    }

    pub(super) fn status_of(&mut self, given: StatusParams) -> Answer {
        let path = key(&given.text_document.uri);
        self.look(&path);
        let (_, diagnostics) = self.items(&path);
        Ok(serde_json::to_value(self.status_from(&path, &diagnostics)).unwrap_or(Value::Null))
    }
}
