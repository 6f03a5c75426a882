//! An editor at its shortest: it writes frames to the real server and reads what comes back.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

pub struct Client {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Client {
    /// A session that has begun. With a folder it asks for the diagnostics; without, they come as they are found.
    pub fn begin(folder: Option<&Path>) -> io::Result<Client> {
        let mut server = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let mut server = server.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(to), Some(from)) = (server.stdin.take(), server.stdout.take()) else {
            return Err(io::Error::other("the server has no pipes"));
        };
        let mut client = Client { server, to, from: BufReader::new(from) };
        let root = folder.map(|folder| format!("file://{}", folder.display()));
        let can = if folder.is_some() { json!({"textDocument": {"diagnostic": {}}}) } else { json!({}) };
        let params = json!({"processId": null, "rootUri": root, "capabilities": can});
        client.send(json!({"id": 1, "method": "initialize", "params": params}))?;
        client.wait(|message| message["id"] == 1)?;
        client.send(json!({"method": "initialized", "params": {}}))?;
        Ok(client)
    }

    pub fn send(&mut self, mut message: Value) -> io::Result<()> {
        message["jsonrpc"] = "2.0".into();
        let body = message.to_string();
        self.to.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
        self.to.flush()
    }

    /// Opens a document that is in no file and waits for its diagnostics.
    #[allow(dead_code)]
    pub fn open(&mut self, uri: &str, text: &str) -> io::Result<()> {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 0, "text": text});
        self.send(json!({"method": "textDocument/didOpen", "params": {"textDocument": document}}))?;
        self.diagnosed(uri, 0)
    }

    /// Types a letter at the start of a line and waits for the diagnostics.
    #[allow(dead_code)]
    pub fn strike(&mut self, uri: &str, version: usize, line: usize) -> io::Result<()> {
        let place = json!({"line": line, "character": 0});
        let change = json!({"range": {"start": place, "end": place}, "text": "e"});
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]});
        self.send(json!({"method": "textDocument/didChange", "params": params}))?;
        self.diagnosed(uri, version)
    }

    fn diagnosed(&mut self, uri: &str, version: usize) -> io::Result<()> {
        let method = "textDocument/publishDiagnostics";
        let of = |m: &Value| m["method"] == method && m["params"]["uri"] == uri && m["params"]["version"] == version;
        self.wait(of).map(|_| ())
    }

    /// The next message that is wanted; others are passed over.
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> io::Result<Value> {
        loop {
            let message = self.read()?;
            if wanted(&message) {
                return Ok(message);
            }
        }
    }

    fn read(&mut self) -> io::Result<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.from.read_line(&mut line)? == 0 {
                return Err(io::Error::other("the server has ended"));
            }
            if line == "\r\n" {
                break;
            }
            length = line.strip_prefix("Content-Length: ").and_then(|n| n.trim().parse().ok()).unwrap_or(length);
        }
        let mut body = vec![0; length];
        io::Read::read_exact(&mut self.from, &mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }

    /// The resident memory of the server: the most that there was, in MB. `None` where the system does not tell (it does
    /// on Linux).
    #[allow(dead_code)]
    pub fn peak(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? * 1024.0 / 1e6)
    }

    /// Hangs up.
    pub fn end(self) -> io::Result<()> {
        let Client { mut server, to, .. } = self;
        drop(to);
        server.wait().map(|_| ())
    }
}
