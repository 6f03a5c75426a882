//! A workspace that is opened: when its first diagnostics come, and all, beside `copydesk check` of the same folder, and
//! what the server holds in memory. `cargo bench --bench workspace`, or `-- FOLDER` for a folder of yours in place of
//! 5,000 articles of made-up prose. Ends with 1 when a bar is missed.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

mod client;
mod prose;

use client::Client;

/// Articles of the made-up workspace.
const ARTICLES: usize = 5_000;
/// Seconds to the first diagnostics, time to all of them over that of `check`, MB of memory.
const BARS: (f64, f64, f64) = (1.0, 1.2, 150.0);
/// The two are timed in turn, so often; what counts is the middle of each.
const ROUNDS: usize = 5;

fn main() -> io::Result<ExitCode> {
    let made = tempfile::tempdir()?;
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    let folder = match &given {
        Some(folder) => folder.canonicalize()?,
        None => {
            let texts = prose::articles(ARTICLES * 8_000);
            for (n, text) in texts.iter().take(ARTICLES).enumerate() {
                std::fs::write(made.path().join(format!("{n:05}.md")), text)?;
            }
            made.path().canonicalize()?
        }
    };
    let (mut checks, mut firsts, mut alls, mut most) = (Vec::new(), Vec::new(), Vec::new(), None);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let mut check = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        check.args(["check", "--no-cache", "--exit-zero", "--output-format", "json-lines"]).arg(&folder);
        check.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        checks.push(begun.elapsed().as_secs_f64());
        let (first, all, peak) = opened(&folder)?;
        firsts.push(first);
        alls.push(all);
        most = peak;
    }
    let [check, first, all] = [checks, firsts, alls].map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    let mut met = true;
    let mut row = |what: &str, figure: f64, bar: f64| {
        let word = if figure <= bar { "" } else { "   missed" };
        met &= figure <= bar;
        println!("{what:<40} {figure:>7.2}   ≤ {bar:.2}{word}");
    };
    println!("check {check:.2} s, all diagnostics {all:.2} s");
    row("seconds to the first diagnostics", first, BARS.0);
    row("time to all of them over that of check", all / check, BARS.1);
    if let Some(most) = most {
        row("peak memory of the server, MB", most, BARS.2);
    }
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Seconds from the start of the server to the first diagnostics and to all, and its most memory.
fn opened(folder: &Path) -> io::Result<(f64, f64, Option<f64>)> {
    let begun = Instant::now();
    let mut client = Client::begin(Some(folder))?;
    let params = json!({"previousResultIds": [], "partialResultToken": "parts"});
    client.send(json!({"id": 2, "method": "workspace/diagnostic", "params": params}))?;
    let is_last = |message: &Value| message["id"] == 2 && message.get("method").is_none();
    let message = client.wait(|message| message["method"] == "$/progress" || is_last(message))?;
    let first = begun.elapsed().as_secs_f64();
    if !is_last(&message) {
        client.wait(is_last)?;
    }
    let all = begun.elapsed().as_secs_f64();
    let peak = client.peak();
    client.end()?;
    Ok((first, all, peak))
}
