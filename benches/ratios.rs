//! Speed in proportion to the bare segmentation of the same text into words, in one run: `cargo bench --bench ratios`.
//!
//! A path after `--` names a text, or a folder of texts, to be read in place of the prose made up here. Ends with 1
//! when a bar is missed.

use std::convert::Infallible;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::config::{Setup, Setups};
use copydesk::diagnostic::Severity;
use copydesk::files::Input;
use copydesk::format::{PLAIN, Reading};
use copydesk::lint::{HouseStyle, Lint, Linter, Set, registry};
use copydesk::run::{self, Job};
use copydesk::text::{Document, Source};
use unicode_segmentation::UnicodeSegmentation;

mod prose;

/// Bytes of text that a round goes over.
const SIZE: usize = 20_000_000;
const ROUNDS: usize = 3;
/// What is timed side by side: about so many bytes. Long enough for the clock, short enough that other work on the
/// machine slows all that is compared alike.
const STRETCH: usize = 1_000_000;

/// All lints on one thread run at least this fast, the bare segmentation being 1.
const ALL: f64 = 0.5;
/// Two threads do at least this much more than one.
const THREADS: f64 = 1.7;
/// No check costs more than this, the bare segmentation being 1.
const CHECK: f64 = 0.5;

fn main() -> ExitCode {
    let path = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let texts = match &path {
        None => prose::articles(SIZE),
        Some(path) => match prose::of_path(path) {
            Ok(texts) if texts.iter().any(|text| !text.is_empty()) => filled(texts),
            Ok(_) => return failed(&format!("there is no text in {}", path.display())),
            Err(e) => return failed(&format!("{}: {e}", path.display())),
        },
    };
    let bytes: usize = texts.iter().map(String::len).sum();
    let megabytes = bytes as f64 / 1e6;
    let lints: Vec<&Arc<Lint>> = registry::builtin().iter().filter(|lint| lint.set == Set::Default).collect();
    let rounds: Vec<Round> = (0..ROUNDS).map(|_| Round::over(&texts, &lints)).collect();
    let bare = median(rounds.iter().map(|r| r.bare.as_secs_f64()));
    println!("{megabytes:.1} MB in {} texts, {ROUNDS} rounds, medians", texts.len());
    let short_cut = median(rounds.iter().map(|r| r.short_cut.as_secs_f64()));
    println!("bare unicode_word_indices: {:.1} MB/s", megabytes / bare);
    println!("text by text, with its short cut for texts of plain ASCII: {:.1} MB/s\n", megabytes / short_cut);
    let mut met = true;
    let mut row = |figure: &str, value: f64, bar: Option<(f64, bool)>| {
        let verdict = bar.map_or(String::new(), |(bar, least)| {
            let good = if least { value >= bar } else { value <= bar };
            met &= good;
            let (sign, word) = (if least { "≥" } else { "≤" }, if good { "" } else { "   missed" });
            format!("   {sign} {bar:.2}{word}")
        });
        println!("{figure:<46} {value:>6.3}{verdict}");
    };
    let share = |of: &dyn Fn(&Round) -> Duration| median(rounds.iter().map(|r| r.share(of(r))));
    row("a  all lints on one thread: speed over bare", 1.0 / share(&|r| r.whole), Some((ALL, true)));
    row("b  two threads over one", threads(&texts), Some((THREADS, true)));
    row("   reading blocks: cost over bare", share(&|r| r.parse), None);
    row("   words and sentences: cost over bare", share(&|r| r.document), None);
    for (n, lint) in lints.iter().enumerate() {
        row(&format!("c  {}: cost over bare", lint.id), share(&|r| r.lints[n]), Some((CHECK, false)));
    }
    if met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(2)
}

/// The texts again and again until there are enough of them.
fn filled(mut texts: Vec<String>) -> Vec<String> {
    let mut size: usize = texts.iter().map(String::len).sum();
    let mut next = 0;
    while size < SIZE {
        size += texts[next].len();
        texts.push(texts[next].clone());
        next += 1;
    }
    texts
}

/// What each part of the work took over all texts, timed stretch by stretch.
struct Round {
    bare: Duration,
    /// The same, text by text.
    short_cut: Duration,
    whole: Duration,
    parse: Duration,
    document: Duration,
    lints: Vec<Duration>,
}

impl Round {
    fn over(texts: &[String], lints: &[&Arc<Lint>]) -> Round {
        let all = Linter::default();
        let alone: Vec<Linter> = lints
            .iter()
            .map(|lint| Linter::new(vec![((*lint).clone(), lint.severity)], HouseStyle::default()))
            .collect();
        let mut round = Round::nothing(lints.len());
        // Definitions and tables of a language are read at their first use: that is a cost of starting.
        texts.first().iter().for_each(|text| drop(all.check(&document(text))));
        let mut rest = texts;
        while !rest.is_empty() {
            let sizes = rest.iter().scan(0, |size, text| {
                *size += text.len();
                Some(*size)
            });
            let count = 1 + sizes.take_while(|size| *size < STRETCH).count();
            let (stretch, after) = rest.split_at(count.min(rest.len()));
            rest = after;
            // As one text: where a whole text is ASCII the library takes a short cut, which says nothing about words.
            let joined = stretch.join("\n\n");
            round.bare += time(|| joined.unicode_word_indices().count());
            round.short_cut += time(|| stretch.iter().map(|text| text.unicode_word_indices().count()).sum::<usize>());
            round.whole +=
                time(|| stretch.iter().map(|text| all.check(&document(text)).diagnostics.len()).sum::<usize>());
            let sources: Vec<Arc<Source>> = stretch.iter().map(|text| source(text)).collect();
            let reading = Reading::default();
            let mut drafts = Vec::new();
            round.parse += time(|| drafts = sources.iter().map(|source| PLAIN.parse(source, &reading)).collect());
            let mut documents = Vec::new();
            round.document += time(|| {
                documents =
                    sources.iter().zip(drafts).map(|(s, draft)| Document::new(s.clone(), draft, None)).collect();
            });
            drop(documents);
            for (linter, spent) in alone.iter().zip(&mut round.lints) {
                // As in a run: right after the document was made, with nothing on it that another check left behind.
                for source in &sources {
                    let document = Document::new(source.clone(), PLAIN.parse(source, &reading), None);
                    *spent += time(|| linter.check(&document).diagnostics.len());
                }
            }
        }
        round
    }

    fn nothing(lints: usize) -> Round {
        let zero = Duration::ZERO;
        Round { bare: zero, short_cut: zero, whole: zero, parse: zero, document: zero, lints: vec![zero; lints] }
    }

    fn share(&self, part: Duration) -> f64 {
        part.as_secs_f64() / self.bare.as_secs_f64()
    }
}

fn source(text: &str) -> Arc<Source> {
    Arc::new(Source::new("article.txt", text))
}

fn document(text: &str) -> Document {
    let source = source(text);
    let draft = PLAIN.parse(&source, &Reading::default());
    Document::new(source, draft, None)
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// How much faster two threads go through the files than one: the best of several runs of each, since other work on the
/// machine can only slow them.
fn threads(texts: &[String]) -> f64 {
    let best = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        (0..ROUNDS + 2).map(|_| pool.install(|| files(texts))).min().unwrap_or_default().as_secs_f64()
    };
    best(1) / best(2)
}

/// Checks every text as a file of its own, by the code that the command runs.
fn files(texts: &[String]) -> Duration {
    let name = Path::new("article.txt");
    let inputs = texts.iter().map(|text| Input::Bytes(name.to_path_buf(), text.clone().into_bytes())).collect();
    let job = Job { setups: Setups::one(Setup::default()), mending: None, cache: None };
    time(|| {
        let Ok(()) = run::each_file(&job, inputs, |_, outcome| {
            black_box(outcome.diagnostics.iter().filter(|d| d.severity >= Severity::Warning).count());
            Ok::<(), Infallible>(())
        });
    })
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
