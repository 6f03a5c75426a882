//! The loop: messages in order, work when none waits.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use gen_lsp_types::{ClientCapabilities, InitializeParams, MessageType, Uri, WorkspaceFolders};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::articles::Articles;
use super::client::{Asked, Can, Client};
use super::documents::Open;
use super::frames::{self, Broken, Frames};
use super::message::{self, Refusal};
use super::pull::Pull;
use super::rules::Rules;
use super::scan::News;
use super::settings::Settings;
use super::{actions, parent, uri};
use crate::run;

/// What the loop is told.
pub(super) enum Event {
    Message(Message),
    Refused(Refusal),
    /// The client will write no more, or is gone.
    End,
    /// What came of the scan of this number.
    Scan(u64, News),
}

/// Requests that the client no longer wants, by their ids; those that are not answered yet.
type Cancelled = Arc<Mutex<BTreeSet<String>>>;

/// How far the session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Open,
    /// Nothing but the end is waited for.
    ShutDown,
}

/// What an answer can be.
pub type Answer = Result<Value, ResponseError>;

/// An error that answers a request.
pub fn error(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}

/// The server.
pub struct Server {
    pub(super) client: Client,
    pub(super) can: Can,
    stage: Stage,
    pub(super) folders: Vec<(Uri, PathBuf)>,
    /// Those of the whole, then those of each folder.
    pub(super) settings: Vec<Settings>,
    pub(super) rules: Arc<Rules>,
    pub(super) open: BTreeMap<PathBuf, Open>,
    pub(super) articles: Articles,
    /// Open documents that have changed since they were looked at, the latest last.
    pub(super) changed: Vec<PathBuf>,
    /// Articles whose diagnostics have to be worked out anew.
    pub(super) stale: BTreeSet<PathBuf>,
    /// Files that came, changed or went while the workspace was read: the reading may have passed them before.
    pub(super) meanwhile: BTreeSet<PathBuf>,
    /// When what is found beside others is brought up to date.
    pub(super) settle_at: Instant,
    /// Requests for the diagnostics of the workspace that are not answered yet.
    pub(super) pulls: Vec<Pull>,
    /// The hashes of the diagnostics that were sent unasked, but for the empty list.
    pub(super) sent: BTreeMap<PathBuf, u64>,
    /// Whether the workspace is being read.
    pub(super) scanning: bool,
    pub(super) scans: Arc<AtomicU64>,
    /// Whether the client wants to be told about each document.
    pub(super) status: bool,
    /// What was said to the user: nothing is said twice.
    pub(super) said: BTreeSet<String>,
    pub(super) events: Sender<Event>,
    cancelled: Cancelled,
}

/// Serves a client until it says that it is done: 0 if it shut the server down before, else 1.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write + Send + 'static) -> ExitCode {
    let (events, received) = mpsc::channel();
    let cancelled = Cancelled::default();
    let reader = (events.clone(), cancelled.clone());
    std::thread::spawn(move || read(input, &reader.0, &reader.1));
    Server::new(Client::new(Box::new(output)), events, cancelled).run(&received)
}

/// Reads messages and passes them on; what is cancelled is noted as soon as it is read.
fn read(input: impl BufRead, events: &Sender<Event>, cancelled: &Cancelled) {
    let mut frames = Frames::new(input);
    while let Ok(Some(frame)) = frames.read() {
        let event = match frame {
            Ok(body) => match message::parse(&body) {
                Ok(message) => Event::Message(message),
                Err(refusal) => Event::Refused(refusal),
            },
            Err(Broken::Header) => {
                let what = "a header must tell the length of the message: “Content-Length: 123”";
                Event::Refused(Refusal::new(ErrorCode::ParseError, what))
            }
            Err(Broken::TooLong) => {
                let what = format!("a message must not be longer than {} bytes", frames::LONGEST);
                Event::Refused(Refusal::new(ErrorCode::InvalidRequest, what))
            }
        };
        if let Event::Message(Message::Notification(notification)) = &event
            && notification.method == "$/cancelRequest"
            && let Some(id) = notification.params.get("id")
        {
            cancelled.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_string());
        }
        if events.send(event).is_err() {
            return;
        }
    }
    let _ = events.send(Event::End);
}

fn id_text(id: &RequestId) -> String {
    serde_json::to_string(id).unwrap_or_default()
}

/// Reads what a message brings.
pub fn params<P: DeserializeOwned>(value: Value) -> Result<P, ResponseError> {
    serde_json::from_value(value).map_err(|e| error(ErrorCode::InvalidParams, format!("not understood: {e}")))
}

impl Server {
    fn new(client: Client, events: Sender<Event>, cancelled: Cancelled) -> Server {
        Server {
            client,
            can: Can::of(&ClientCapabilities::default()),
            stage: Stage::New,
            folders: Vec::new(),
            settings: vec![Settings::default()],
            rules: Arc::new(Rules::new(&[], &[])),
            open: BTreeMap::new(),
            articles: Articles::default(),
            changed: Vec::new(),
            stale: BTreeSet::new(),
            meanwhile: BTreeSet::new(),
            settle_at: Instant::now(),
            pulls: Vec::new(),
            sent: BTreeMap::new(),
            scanning: false,
            scans: Arc::default(),
            status: false,
            said: BTreeSet::new(),
            events,
            cancelled,
        }
    }

    fn run(mut self, events: &Receiver<Event>) -> ExitCode {
        loop {
            let event = match events.try_recv() {
                Ok(event) => event,
                Err(TryRecvError::Disconnected) => Event::End,
                Err(TryRecvError::Empty) => {
                    let worked = self.guarded("showing what was found", Server::work).unwrap_or(true);
                    if worked {
                        continue;
                    }
                    match self.next_deadline() {
                        None => events.recv().unwrap_or(Event::End),
                        Some(wait) => match events.recv_timeout(wait) {
                            Ok(event) => event,
                            Err(RecvTimeoutError::Timeout) => continue,
                            Err(RecvTimeoutError::Disconnected) => Event::End,
                        },
                    }
                }
            };
            match event {
                Event::End => return self.exit_code(),
                Event::Message(Message::Notification(n)) if n.method == "exit" => return self.exit_code(),
                Event::Message(Message::Notification(n)) => {
                    let _ = self.guarded("reading a notification", |server| server.notification(n));
                }
                Event::Message(Message::Request(request)) => self.request(request),
                Event::Message(Message::Response(response)) => {
                    let _ = self.guarded("reading an answer", |server| server.response(response));
                }
                Event::Refused(refusal) => {
                    self.client.refuse(refusal.id.as_ref(), &error(refusal.code, refusal.message));
                }
                Event::Scan(number, news) if number == self.scans.load(Ordering::Relaxed) => {
                    let _ = self.guarded("reading the workspace", |server| server.news(news));
                }
                Event::Scan(..) => {}
            }
        }
    }

    fn exit_code(&self) -> ExitCode {
        // A scan that still runs is of no use.
        self.scans.fetch_add(1, Ordering::Relaxed);
        if self.stage == Stage::ShutDown { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// Does something; if it breaks down, that is told, and the session goes on.
    fn guarded<T>(&mut self, what: &str, work: impl FnOnce(&mut Server) -> T) -> Option<T> {
        let done = panic::catch_unwind(AssertUnwindSafe(|| work(self)));
        done.map_err(|_| self.client.log(MessageType::Error, &format!("{what} broke down{}", run::last_panic()))).ok()
    }

    /// Says something to the user, once.
    pub(super) fn say(&mut self, kind: MessageType, message: &str) {
        if self.said.insert(message.to_owned()) {
            self.client.show(kind, message);
        }
    }

    /// Whether a request is no longer wanted. It is then to be answered so.
    pub(super) fn is_cancelled(&self, id: &RequestId) -> bool {
        self.cancelled.lock().unwrap_or_else(PoisonError::into_inner).remove(&id_text(id))
    }

    fn request(&mut self, request: Request) {
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

    fn notification(&mut self, notification: Notification) {
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

    fn response(&mut self, response: Response) {
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

    /// Tells the client that its diagnostics may be old.
    pub(super) fn refresh(&mut self) {
        if self.can.pull && self.can.refresh {
            self.client.ask("workspace/diagnostic/refresh", Value::Null, Asked::Nothing);
        }
    }

    /// How a path is called by the client.
    pub(super) fn uri_of(&self, path: &Path) -> Uri {
        self.open.get(path).map_or_else(|| uri::of_path(path), |open| open.uri.clone())
    }

    /// How long the loop may sleep.
    fn next_deadline(&self) -> Option<Duration> {
        let settle = self.articles.is_unsettled().then(|| self.settle_at.saturating_duration_since(Instant::now()));
        self.pulls.iter().map(Pull::waits).chain(settle).min()
    }
}
