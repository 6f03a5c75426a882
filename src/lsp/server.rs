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

use gen_lsp_types::{ClientCapabilities, MessageType, Uri};
use lsp_server::{ErrorCode, Message, RequestId, ResponseError};
use serde_json::Value;

use super::articles::Articles;
use super::client::{Asked, Can, Client};
use super::documents::Open;
use super::message::Refusal;
use super::pull::Pull;
use super::rules::Rules;
use super::scan::News;
use super::settings::Settings;
use super::{reader, uri};
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
pub(super) type Cancelled = Arc<Mutex<BTreeSet<String>>>;

/// How far the session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
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
    pub(super) stage: Stage,
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
    let passed_to = (events.clone(), cancelled.clone());
    std::thread::spawn(move || reader::read(input, &passed_to.0, &passed_to.1));
    Server::new(Client::new(Box::new(output)), events, cancelled).run(&received)
}

fn id_text(id: &RequestId) -> String {
    serde_json::to_string(id).unwrap_or_default()
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
    pub(super) fn guarded<T>(&mut self, what: &str, work: impl FnOnce(&mut Server) -> T) -> Option<T> {
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
