//! A client that does what it is told.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longer than anything takes, on a machine that does much else.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Session {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came and was not waited for.
    kept: VecDeque<Value>,
    next: i32,
    /// Edits that the server asked to apply.
    pub edits: Vec<Value>,
    /// What is answered when settings are asked for.
    pub settings: Value,
}

pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// What a client can that pulls, with a unit of positions.
pub fn pulls(encoding: &str) -> Value {
    let mut can = pushes();
    can["textDocument"]["diagnostic"] = json!({"relatedDocumentSupport": false});
    can["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    can["general"] = json!({"positionEncodings": [encoding]});
    can
}

/// What a client can that takes diagnostics as they come.
pub fn pushes() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
                "tagSupport": {"valueSet": [1, 2]},
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
        },
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
    })
}

impl Session {
    pub fn start() -> Session {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (send, messages) = mpsc::channel();
        let output = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        let (kept, edits) = (VecDeque::new(), Vec::new());
        Session { child, input, messages, kept, next: 1, edits, settings: Value::Null }
    }

    /// A session in a folder, initialized.
    pub fn open(folder: &Path, can: Value) -> Session {
        let mut session = Session::start();
        let folders = json!([{"uri": uri(folder), "name": "articles"}]);
        let params =
            json!({"processId": std::process::id(), "rootUri": null, "workspaceFolders": folders, "capabilities": can});
        session.request("initialize", params);
        session.notify("initialized", json!({}));
        session
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    pub fn begin(&mut self, method: &str, params: Value) -> i32 {
        let id = self.next;
        self.next += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    pub fn answer(&mut self, id: i32) -> Value {
        self.wait(&format!("an answer to {id}"), |m| m["id"] == id && m.get("method").is_none())
    }

    /// The result of a request.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The code of the error that a request is answered by.
    pub fn refused(&mut self, method: &str, params: Value) -> i64 {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method}: {answer}"))
    }

    pub fn wait(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.within(PATIENCE, wanted).unwrap_or_else(|| panic!("no {what}; {:?}", self.kept))
    }

    /// The first message that is wanted, if it comes in time.
    pub fn within(&mut self, time: Duration, wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at);
        }
        let end = Instant::now() + time;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    self.serve(&message);
                    if wanted(&message) {
                        return Some(message);
                    }
                    self.kept.push_back(message);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Whatever has come and nobody asked for.
    pub fn rest(&mut self) -> Vec<Value> {
        self.within(Duration::from_millis(300), |_| false);
        self.kept.drain(..).collect()
    }

    /// Answers what the server asks.
    fn serve(&mut self, message: &Value) {
        let (Some(method), Some(id)) = (message["method"].as_str(), message.get("id")) else { return };
        let result = match method {
            "workspace/configuration" => {
                let count = message["params"]["items"].as_array().unwrap().len();
                json!(vec![self.settings.clone(); count])
            }
            "workspace/applyEdit" => {
                self.edits.push(message["params"]["edit"].clone());
                json!({"applied": true})
            }
            _ => Value::Null,
        };
        self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
    }

    pub fn did_open(&mut self, uri: &str, language: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
    }

    pub fn did_change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    /// The diagnostics of a document, asked for.
    pub fn pull(&mut self, uri: &str) -> Vec<Value> {
        let report = self.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        assert_eq!(report["kind"], "full");
        report["items"].as_array().unwrap().clone()
    }

    /// The diagnostics of a version of a document, as they come.
    pub fn published(&mut self, uri: &str, version: Option<i32>) -> Vec<Value> {
        let message = self.wait(&format!("diagnostics of {uri}"), |m| {
            m["method"] == "textDocument/publishDiagnostics"
                && m["params"]["uri"] == uri
                && version.is_none_or(|version| m["params"]["version"] == version)
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    pub fn actions(&mut self, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let context = match only {
            Some(only) => json!({"diagnostics": [], "only": [only]}),
            None => json!({"diagnostics": []}),
        };
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.request("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// Closes what is written to the server.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// The exit code, when it ends.
    pub fn code(&mut self) -> Option<i32> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < end, "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends the session as it should end.
    pub fn close(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.code(), Some(0));
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(said, "");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        length = line.strip_prefix("Content-Length: ")?.trim().parse().ok()?;
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The byte of a position in UTF-16, found the slow way.
pub fn byte(text: &str, position: &Value) -> usize {
    let (mut line, mut left) = (position["line"].as_u64().unwrap(), position["character"].as_u64().unwrap());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if line == 0 && left == 0 {
            return at;
        }
        let ends = c == '\n' || c == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n');
        if line == 0 {
            left -= c.len_utf16() as u64;
        } else if ends {
            line -= 1;
        }
    }
    assert!(line == 0 && left == 0);
    text.len()
}

/// A text with the edits of an answer that concern one document.
pub fn edited(text: &str, edit: &Value, uri: &str) -> String {
    let changes = edit["documentChanges"].as_array().unwrap();
    let Some(change) = changes.iter().find(|change| change["textDocument"]["uri"] == uri) else {
        return text.to_owned();
    };
    let place = |edit: &Value| (byte(text, &edit["range"]["start"]), byte(text, &edit["range"]["end"]));
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for edit in change["edits"].as_array().unwrap() {
        let (start, end) = place(edit);
        edits.push((start, end, edit["newText"].as_str().unwrap().to_owned()));
    }
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}
