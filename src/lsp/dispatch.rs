//! What each message sets to work, by its method and by how far the session has come.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use gen_lsp_types::{InitializeParams, MessageType, WorkspaceFolders};
use lsp_server::{ErrorCode, Notification, Request, RequestId, Response, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::{Asked, Can};
use super::rules::Rules;
use super::server::{Answer, Event, Server, Stage, error};
use super::{actions, parent, uri};
use crate::run;

impl Server {
    pub(super) fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = if self.is_cancelled(&id) {
            Some(Err(error(ErrorCode::RequestCanceled, "cancelled")))
        } else {
            let handled = self.guarded(&format!("answering {method}"), |server| server.answer(&id, &method, params));
            handled.unwrap_or_else(|| {
                Some(Err(error(ErrorCode::InternalError, format!("this broke down{}", run::last_panic()))))
            })
        };
        if let Some(answer) = answer {
            self.client.answer(&id, answer);
            // What was cancelled too late is forgotten.
            self.is_cancelled(&id);
        }
    }

    /// Answers a request; `None` if the answer comes later.
    fn answer(&mut self, id: &RequestId, method: &str, given: Value) -> Option<Answer> {
        let not_now = |code, what: &str| Some(Err(error(code, what)));
        match (self.stage, method) {
            (Stage::New, "initialize") => return Some(params(given).and_then(|given| self.initialize(given))),
            (Stage::New, _) => return not_now(ErrorCode::ServerNotInitialized, "the session has not been initialized"),
            (Stage::ShutDown, _) => return not_now(ErrorCode::InvalidRequest, "the server was shut down"),
            (Stage::Open, "initialize") => return not_now(ErrorCode::InvalidRequest, "the session is initialized"),
            (Stage::Open, _) => {}
        }
        Some(match method {
            "shutdown" => {
                self.stage = Stage::ShutDown;
                self.scans.fetch_add(1, Ordering::Relaxed);
                self.cancel_pulls();
                Ok(Value::Null)
            }
            "textDocument/diagnostic" => params(given).and_then(|given| self.pull_document(given)),
            "workspace/diagnostic" => match params(given) {
                Ok(given) => {
                    self.pull_workspace(id.clone(), given);
                    return None;
                }
                Err(e) => Err(e),
            },
            "textDocument/codeAction" => params(given).and_then(|given| self.code_actions(given)),
            "textDocument/hover" => params(given).and_then(|given| self.hover(given)),
            "workspace/executeCommand" => params(given).and_then(|given| self.execute(given)),
            "copydesk/status" => params(given).and_then(|given| self.status_of(given)),
            _ => Err(error(ErrorCode::MethodNotFound, format!("there is no method “{method}”"))),
        })
    }

    pub(super) fn notification(&mut self, notification: Notification) {
        let Notification { method, params: given } = notification;
        if self.stage != Stage::Open {
            return;
        }
        let done = match method.as_str() {
            "initialized" => {
                self.initialized();
                Ok(())
            }
            "textDocument/didOpen" => params(given).map(|given| self.did_open(given)),
            "textDocument/didChange" => params(given).map(|given| self.did_change(given)),
            "textDocument/didClose" => params(given).map(|given| self.did_close(given)),
            "workspace/didChangeConfiguration" => {
                self.configuration_changed(&given);
                Ok(())
            }
            "workspace/didChangeWatchedFiles" => params(given).map(|given| self.files_changed(given)),
            "workspace/didChangeWorkspaceFolders" => params(given).map(|given| self.folders_changed(given)),
            "$/cancelRequest" => {
                self.cancel_late(&given);
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(e) = done {
            self.client.log(MessageType::Error, &format!("{method}: {}", e.message));
        }
    }

    pub(super) fn response(&mut self, response: Response) {
        let asked = self.client.answered(&response.id);
        match (asked, response.response_result) {
            (Some(Asked::Settings), Ok(Value::Array(all))) => self.take_settings(&all),
            (Some(Asked::Edit), Ok(result)) if result.get("applied") == Some(&Value::Bool(false)) => {
                let reason = result.get("failureReason").and_then(Value::as_str).unwrap_or("no reason was given");
                self.client.show(MessageType::Warning, &format!("the edit was not applied: {reason}"));
            }
            (Some(_), Err(e)) => self.client.log(MessageType::Warning, &format!("the client says: {}", e.message)),
            _ => {}
        }
    }

    fn initialize(&mut self, given: InitializeParams) -> Answer {
        self.stage = Stage::Open;
        self.can = Can::of(&given.capabilities);
        let folders = match given.workspace_folders_initialize_params.workspace_folders {
            Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders.into_iter().map(|f| f.uri).collect(),
            #[expect(deprecated, reason = "clients that know no folders say it so")]
            _ => Vec::from_iter(given.root_uri),
        };
        self.folders = folders.into_iter().filter_map(|uri| Some((uri.clone(), uri::to_path(&uri)?))).collect();
        if let Some(process) = given.process_id {
            let events = self.events.clone();
            parent::watch(process, move || {
                let _ = events.send(Event::End);
            });
        }
        let options = given.initialization_options.unwrap_or_default();
        self.status = options.get("status") == Some(&Value::Bool(true));
        let settings = self.read_settings(&options);
        self.settings = vec![settings];
        self.rules = Arc::new(Rules::new(&self.paths(), &self.settings));
        let mut capabilities = json!({
            "positionEncoding": self.can.encoding.kind(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": false},
            "hoverProvider": true,
            "codeActionProvider": {"codeActionKinds": actions::KINDS},
            "executeCommandProvider": {"commands": actions::COMMANDS},
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        });
        if self.can.pull {
            capabilities["diagnosticProvider"] =
                json!({"identifier": "copydesk", "interFileDependencies": true, "workspaceDiagnostics": true});
        }
        let version = env!("CARGO_PKG_VERSION");
        Ok(json!({"capabilities": capabilities, "serverInfo": {"name": "copydesk", "version": version}}))
    }
}

/// Reads what a message brings.
pub fn params<P: DeserializeOwned>(value: Value) -> Result<P, ResponseError> {
    serde_json::from_value(value).map_err(|e| error(ErrorCode::InvalidParams, format!("not understood: {e}")))
}
