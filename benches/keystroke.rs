//! A key struck in an editor: from the frame with the change to the frame with the diagnostics, over pipes to the real
//! server. `cargo bench --bench keystroke`. Ends with 1 when a bar is missed.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

mod prose;

/// Words of the articles, and milliseconds within which 99 of 100 changes are answered.
const BARS: [(usize, f64); 2] = [(1_500, 3.0), (15_000, 10.0)];
/// Changes of each.
const CHANGES: usize = 300;

fn main() -> io::Result<ExitCode> {
    let mut met = true;
    for (words, bar) in BARS {
        let text = prose::articles(20 * words).join("\n\n");
        let end = text.split_inclusive(' ').take(words).map(str::len).sum();
        let mut times = struck(&text[..end])?;
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        let word = if at(0.99) <= bar { "" } else { "   missed" };
        met &= at(0.99) <= bar;
        println!("{words:>6} words: p50 {:.2} ms, p99 {:.2} ms   ≤ {bar:.2}{word}", at(0.5), at(0.99));
    }
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn struck(text: &str) -> io::Result<Vec<Duration>> {
    let mut server = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let mut server = server.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut to), Some(from)) = (server.stdin.take(), server.stdout.take()) else {
        return Err(io::Error::other("the server has no pipes"));
    };
    let mut from = BufReader::new(from);
    send(
        &mut to,
        json!({"id": 1, "method": "initialize", "params": {"processId": null, "rootUri": null, "capabilities": {}}}),
    )?;
    let uri = "untitled:article";
    let document = json!({"uri": uri, "languageId": "markdown", "version": 0, "text": text});
    send(&mut to, json!({"method": "textDocument/didOpen", "params": {"textDocument": document}}))?;
    diagnostics(&mut from, 0)?;
    let lines = text.lines().count();
    let mut times = Vec::new();
    for version in 1..=CHANGES {
        let place = json!({"line": version * 7 % lines, "character": 0});
        let change = json!({"range": {"start": place, "end": place}, "text": "e"});
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]});
        let begun = Instant::now();
        send(&mut to, json!({"method": "textDocument/didChange", "params": params}))?;
        diagnostics(&mut from, version)?;
        times.push(begun.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(to);
    server.wait()?;
    Ok(times)
}

fn send(to: &mut impl Write, mut message: Value) -> io::Result<()> {
    message["jsonrpc"] = "2.0".into();
    let body = message.to_string();
    to.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
    to.flush()
}

/// Waits for the diagnostics of a version.
fn diagnostics(from: &mut impl BufRead, version: usize) -> io::Result<()> {
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if from.read_line(&mut line)? == 0 {
                return Err(io::Error::other("the server has ended"));
            }
            if line == "\r\n" {
                break;
            }
            length = line.strip_prefix("Content-Length: ").and_then(|n| n.trim().parse().ok()).unwrap_or(length);
        }
        let mut body = vec![0; length];
        from.read_exact(&mut body)?;
        let message: Value = serde_json::from_slice(&body)?;
        if message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version {
            return Ok(());
        }
    }
}
