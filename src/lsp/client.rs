//! The client: what it can, and what is said to it.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use gen_lsp_types::{ClientCapabilities, MarkupKind, MessageType};
use lsp_server::{RequestId, ResponseError};
use serde::Serialize;
use serde_json::{Value, json};

use super::frames;
use super::positions::Encoding;

/// What the client said that it can, as far as it matters here.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "they are what the protocol has")]
pub struct Can {
    /// The unit of positions.
    pub encoding: Encoding,
    /// It asks for diagnostics, so that none are sent unasked.
    pub pull: bool,
    /// It can be told to ask again.
    pub refresh: bool,
    /// It shows second places.
    pub related: bool,
    /// It shows what is of no use.
    pub tags: bool,
    /// It opens descriptions.
    pub descriptions: bool,
    /// It takes edits of a version of a document.
    pub versioned_edits: bool,
    /// It applies edits that come unasked.
    pub edits: bool,
    /// It can be asked for settings.
    pub configuration: bool,
    /// It can be asked to watch files.
    pub watches: bool,
    /// It shows Markdown when the mouse rests.
    pub markdown: bool,
}

impl Can {
    /// Reads what a client says of itself.
    pub fn of(client: &ClientCapabilities) -> Can {
        let workspace = client.workspace.as_ref();
        let text = client.text_document.as_ref();
        let publish = text.and_then(|text| text.publish_diagnostics.as_ref());
        let pull = text.and_then(|text| text.diagnostic.as_ref());
        let shows = match pull {
            // Clients that pull say it in both places, or in the older one alone.
            Some(pull) => [Some(&pull.diagnostics_capabilities), publish.map(|p| &p.diagnostics_capabilities)],
            None => [publish.map(|p| &p.diagnostics_capabilities), None],
        };
        let shows = |what: fn(&gen_lsp_types::DiagnosticsCapabilities) -> bool| shows.iter().flatten().any(|d| what(d));
        let formats = text.and_then(|text| text.hover.as_ref()).and_then(|hover| hover.content_format.as_ref());
        let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        Can {
            encoding: Encoding::among(offered),
            pull: pull.is_some(),
            refresh: workspace.and_then(|w| w.diagnostics.as_ref()?.refresh_support) == Some(true),
            related: shows(|d| d.related_information == Some(true)),
            tags: shows(|d| d.tag_support.is_some()),
            descriptions: shows(|d| d.code_description_support == Some(true)),
            versioned_edits: workspace.and_then(|w| w.workspace_edit.as_ref()?.document_changes) == Some(true),
            edits: workspace.and_then(|w| w.apply_edit) == Some(true),
            configuration: workspace.and_then(|w| w.configuration) == Some(true),
            watches: workspace.and_then(|w| w.did_change_watched_files.as_ref()?.dynamic_registration) == Some(true),
            markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
        }
    }
}

/// What an answer of the client is about.
#[derive(Debug)]
pub enum Asked {
    /// The settings: of the whole, then of each folder.
    Settings,
    /// To apply an edit.
    Edit,
    /// Nothing that is waited for.
    Nothing,
}

/// Where messages go.
type Out = Arc<Mutex<Box<dyn Write + Send>>>;

/// The way to the client.
pub struct Client {
    out: Out,
    /// The number of the next request.
    next: i32,
    asked: HashMap<i32, Asked>,
}

impl Client {
    /// A client that reads from this.
    pub fn new(out: Box<dyn Write + Send>) -> Client {
        Client { out: Arc::new(Mutex::new(out)), next: 1, asked: HashMap::new() }
    }

    /// A client that no longer reads is seen by the end of what it writes, so that errors of writing tell nothing more.
    fn send(&self, message: &impl Serialize) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = frames::write(&mut **out, message);
    }

    /// Answers a request.
    pub fn answer(&self, id: &RequestId, result: Result<impl Serialize, ResponseError>) {
        #[derive(Serialize)]
        struct Answer<'a, T> {
            jsonrpc: &'static str,
            id: &'a RequestId,
            result: T,
        }
        match result {
            Ok(result) => self.send(&Answer { jsonrpc: "2.0", id, result }),
            Err(error) => self.refuse(Some(id), &error),
        }
    }

    /// Answers that something could not be done; without an id where it is not known what is answered.
    pub fn refuse(&self, id: Option<&RequestId>, error: &ResponseError) {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "error": error}));
    }

    /// Tells something.
    pub fn notify(&self, method: &str, params: impl Serialize) {
        #[derive(Serialize)]
        struct Notification<'a, T> {
            jsonrpc: &'static str,
            method: &'a str,
            params: T,
        }
        self.send(&Notification { jsonrpc: "2.0", method, params });
    }

    /// Asks for something.
    pub fn ask(&mut self, method: &str, params: impl Serialize, about: Asked) {
        let id = self.next;
        self.next = self.next.checked_add(1).unwrap_or(1);
        self.asked.insert(id, about);
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params_of(&params)}));
    }

    /// What an answer is about; `None` if nothing was asked under its number.
    pub fn answered(&mut self, id: &RequestId) -> Option<Asked> {
        self.asked.remove(&id.to_string().parse::<i32>().ok()?)
    }

    /// Writes to the log of the client.
    pub fn log(&self, kind: MessageType, message: &str) {
        self.notify("window/logMessage", json!({"type": kind, "message": message}));
    }

    /// Shows a message to the user.
    pub fn show(&self, kind: MessageType, message: &str) {
        self.notify("window/showMessage", json!({"type": kind, "message": message}));
    }
}

fn params_of(params: &impl Serialize) -> Value {
    serde_json::to_value(params).unwrap_or_default()
}
