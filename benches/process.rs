//! The program as a whole: one article against `rg -c`, and peak memory. `cargo bench --bench process`, on Unix, with
//! ripgrep and GNU time installed. Ends with 1 when a bar is missed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

mod prose;

/// One article takes at most so many times as long as a search for one word in it.
const ARTICLE: f64 = 3.0;
/// Words of that article.
const WORDS: usize = 1_500;
/// Runs of each, in turn; the fastest counts, since other work on the machine can only slow them.
const RUNS: usize = 100;
/// Memory may be so many bytes …
const BASE: f64 = 40e6;
/// … and so many times the largest file.
const TIMES: f64 = 6.0;
/// Bytes of the large files.
const LARGE: usize = 20_000_000;
/// Articles of the folder.
const ARTICLES: usize = 5_000;

fn main() -> io::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let article = folder.path().join("article.txt");
    let text = prose::articles(60_000).join("\n");
    let end = text.split_inclusive(' ').take(WORDS).map(str::len).sum();
    fs::write(&article, &text[..end])?;
    let mut met = true;
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        ours = ours.min(wall(Command::new(COPYDESK).arg("check").arg("--isolated").arg(&article))?);
        theirs = theirs.min(wall(Command::new("rg").arg("-c").arg("bridge").arg(&article))?);
    }
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let mut row = |figure: &str, value: f64, bar: f64| {
        let word = if value <= bar { "" } else { "   missed" };
        met &= value <= bar;
        println!("{figure:<44} {value:>7.2}   ≤ {bar:.2}{word}");
    };
    let words = format!("d  {WORDS} words: wall time over rg -c");
    row(&words, ratio, ARTICLE);
    let large = prose::articles(LARGE);
    let (plain, lines, many) =
        (folder.path().join("large.txt"), folder.path().join("large.jsonl"), folder.path().join("articles"));
    fs::write(&plain, large.join("\n"))?;
    write_records(&large, &lines)?;
    fs::create_dir(&many)?;
    for (n, text) in large.iter().cycle().take(ARTICLES).enumerate() {
        fs::write(many.join(format!("{n:05}.txt")), text)?;
    }
    let longest = large.iter().map(String::len).max().unwrap_or(0) as f64;
    let size = |path: &Path| fs::metadata(path).map_or(longest, |m| if m.is_dir() { longest } else { m.len() as f64 });
    for (what, path) in [("one plain file", &plain), ("one JSON Lines file", &lines), ("a folder of articles", &many)] {
        let Some(peak) = peak(path)? else {
            eprintln!("GNU time is not there, or says nothing of memory");
            return Ok(ExitCode::from(2));
        };
        row(&format!("e  {what}: peak MB"), peak / 1e6, (BASE + TIMES * size(path)) / 1e6);
    }
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

const COPYDESK: &str = env!("CARGO_BIN_EXE_copydesk");

fn wall(command: &mut Command) -> io::Result<Duration> {
    let start = Instant::now();
    command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(start.elapsed())
}

fn write_records(texts: &[String], path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for (n, text) in texts.iter().enumerate() {
        writeln!(out, "{}", serde_json::json!({ "id": n.to_string(), "lang": "en", "text": text }))?;
    }
    out.flush()
}

/// The most memory that a run over this path took, in bytes.
fn peak(path: &Path) -> io::Result<Option<f64>> {
    let mut command = Command::new("time");
    command.args(["-f", "%M", COPYDESK, "check", "--isolated", "--output-format", "json-lines"]).arg(path);
    let output = command.stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    Ok(said.lines().rev().find_map(|line| line.trim().parse::<f64>().ok()).map(|kilobytes| kilobytes * 1024.0))
}
