//! A key struck in an editor: from the frame with the change to the frame with the diagnostics, over pipes to the real
//! server; and what the server takes of the memory with ten articles open. `cargo bench --bench keystroke`. Ends with 1
//! when a bar is missed.

use std::io;
use std::process::ExitCode;
use std::time::{Duration, Instant};

mod client;
mod prose;

use client::Client;

/// Words of the articles, and milliseconds within which 99 of 100 changes are answered.
const BARS: [(usize, f64); 2] = [(1_500, 3.0), (15_000, 10.0)];
/// Changes of each.
const CHANGES: usize = 300;
/// Articles that are open at once, words of each, and MB of memory that may be held then.
const OPEN: (usize, usize, f64) = (10, 1_500, 30.0);

fn main() -> io::Result<ExitCode> {
    let mut met = true;
    for (words, bar) in BARS {
        let mut times = struck(&text(words, 0))?;
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        let word = if at(0.99) <= bar { "" } else { "   missed" };
        met &= at(0.99) <= bar;
        println!("{words:>6} words: p50 {:.2} ms, p99 {:.2} ms   ≤ {bar:.2}{word}", at(0.5), at(0.99));
    }
    let (count, words, bar) = OPEN;
    match open(count, words)? {
        None => println!("the system does not tell what memory the server holds"),
        Some(peak) => {
            let word = if peak <= bar { "" } else { "   missed" };
            met &= peak <= bar;
            println!("{count} articles of {words} words open: {peak:.1} MB   ≤ {bar:.1}{word}");
        }
    }
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prose of so many words; another for each number.
fn text(words: usize, number: usize) -> String {
    let text = prose::articles(20 * words * (number + 1)).join("\n\n");
    text.split_inclusive(' ').skip(words * number).take(words).collect()
}

fn struck(text: &str) -> io::Result<Vec<Duration>> {
    let uri = "untitled:article";
    let mut client = Client::begin(None)?;
    client.open(uri, text)?;
    let lines = text.lines().count();
    let mut times = Vec::new();
    for version in 1..=CHANGES {
        let begun = Instant::now();
        client.strike(uri, version, version * 7 % lines)?;
        times.push(begun.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    }
    client.end()?;
    Ok(times)
}

/// The most memory that was held while so many articles were open and written in.
fn open(count: usize, words: usize) -> io::Result<Option<f64>> {
    let mut client = Client::begin(None)?;
    let uri = |n: usize| format!("untitled:article-{n}");
    for n in 0..count {
        client.open(&uri(n), &text(words, n))?;
    }
    for version in 1..=20 {
        for n in 0..count {
            client.strike(&uri(n), version, version)?;
        }
    }
    let peak = client.peak();
    client.end()?;
    Ok(peak)
}
