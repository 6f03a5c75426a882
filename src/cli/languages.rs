//! `copydesk languages`: what each lint does in each language.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;

use super::lints::{alarms, percent};
use super::unknown;
use crate::lint::measured::{Figures, Measured, State, in_thousands, measured, state};
use crate::lint::{Lint, registry};
use crate::text::{Lang, Language};

/// Arguments of `copydesk languages`.
#[derive(Debug, clap::Args)]
pub struct Languages {
    /// Languages to tell about, with figures; all languages in one table if none is named.
    #[arg(value_name = "TAG")]
    which: Vec<String>,
    /// How to print it: text, markdown or json.
    #[arg(long, default_value = "text", value_name = "NAME")]
    output_format: String,
}

impl Languages {
    /// Prints the table.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let known: Vec<Lang> = Language::known().collect();
        let mut chosen = Vec::new();
        for tag in &self.which {
            let found = Lang::parse(tag).filter(|lang| known.contains(lang));
            chosen.push(found.ok_or_else(|| unknown("language", tag, known.iter().map(Lang::as_str)))?);
        }
        let lints = registry::builtin();
        let table = match self.output_format.as_str() {
            "text" if chosen.is_empty() => plain(lints, &known, measured()),
            "text" => chosen.iter().map(|lang| one(lints, *lang, measured())).collect::<Vec<_>>().join("\n"),
            "markdown" => markdown(lints, if chosen.is_empty() { &known } else { &chosen }, measured()),
            "json" => json(lints, if chosen.is_empty() { &known } else { &chosen }, measured())?,
            other => return Err(unknown("output format", other, ["text", "markdown", "json"].into_iter())),
        };
        io::stdout().lock().write_all(table.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// For each lint the languages in which it is on, weak, off and unmeasured.
fn plain(lints: &[Arc<Lint>], languages: &[Lang], measured: &Measured) -> String {
    let mut out = String::new();
    for lint in lints {
        let _ = writeln!(out, "{}", lint.id);
        for wanted in State::ALL {
            let tags: Vec<_> = languages.iter().filter(|lang| state(lint, **lang, measured) == wanted).collect();
            let tags: Vec<&str> = tags.into_iter().map(Lang::as_str).collect();
            match tags.len() {
                0 => continue,
                n if n == languages.len() => writeln!(out, "  {:10}  everywhere", wanted.name()),
                _ => writeln!(out, "  {:10}  {}", wanted.name(), tags.join(" ")),
            }
            .unwrap_or_default();
        }
    }
    out
}

/// One language, with figures.
fn one(lints: &[Arc<Lint>], lang: Lang, measured: &Measured) -> String {
    let mut out = format!("{lang}: {}\n", Language::of(lang).name);
    let longest = lints.iter().map(|lint| lint.id.len()).max().unwrap_or(0);
    for lint in lints {
        let state = state(lint, lang, measured);
        let told = if state == State::Off { String::new() } else { told(&measured.of(&lint.id, Some(lang))) };
        let _ = writeln!(out, "{}", format!("  {:longest$}  {:10}  {told}", lint.id, state.name()).trim_end());
    }
    out
}

/// Figures as people read them; nothing where there are none.
pub fn told(figures: &Figures) -> String {
    let mut parts = Vec::new();
    if figures.recall().is_some() {
        let of = in_thousands(figures.counts.defects);
        parts.push(format!("recall {} of {of} defects", percent(figures.recall())));
    }
    if figures.precision().is_some() {
        let of = in_thousands(figures.counts.findings);
        parts.push(format!("precision {} of {of} findings", percent(figures.precision())));
    }
    if figures.alarms().is_some() {
        parts.push(format!("{} alarms per 10,000 words", alarms(figures.alarms())));
    }
    parts.join(", ")
}

/// A column a language, a row a lint. The table of the README.
pub fn markdown(lints: &[Arc<Lint>], languages: &[Lang], measured: &Measured) -> String {
    let mut out =
        format!("{}\n\n| lint |", State::ALL.map(|state| format!("{} {}", sign(state), state.name())).join(", "));
    languages.iter().for_each(|lang| out.push_str(&format!(" {lang} |")));
    out.push_str("\n|---|");
    languages.iter().for_each(|_| out.push_str(":-:|"));
    out.push('\n');
    for lint in lints {
        let _ = write!(out, "| {} |", lint.id);
        for lang in languages {
            let _ = write!(out, " {} |", sign(state(lint, *lang, measured)));
        }
        out.push('\n');
    }
    out
}

fn sign(state: State) -> &'static str {
    match state {
        State::On => "●",
        State::Weak => "◐",
        State::Off => "–",
        State::Unmeasured => "?",
    }
}

/// A lint in a language.
#[derive(Serialize)]
struct Cell<'a> {
    lint: &'a str,
    lang: Lang,
    language: &'a str,
    state: State,
    #[serde(flatten)]
    shown: Shown,
}

/// Figures as JSON: shares from 0 to 1, and what they are shares of; `null` where nothing was measured.
#[derive(Serialize)]
pub struct Shown {
    recall: Option<f64>,
    defects: u64,
    precision: Option<f64>,
    findings: u64,
    alarms_per_10000_words: Option<f64>,
    words: u64,
}

impl From<Figures> for Shown {
    fn from(figures: Figures) -> Shown {
        // Four digits: more would be noise.
        let rounded = |share: Option<f64>| share.map(|share| (share * 1e4).round() / 1e4);
        Shown {
            recall: rounded(figures.recall()),
            defects: figures.counts.defects,
            precision: rounded(figures.precision()),
            findings: figures.counts.findings,
            alarms_per_10000_words: rounded(figures.alarms()),
            words: figures.words,
        }
    }
}

fn json(lints: &[Arc<Lint>], languages: &[Lang], measured: &Measured) -> anyhow::Result<String> {
    #[derive(Serialize)]
    struct Table<'a> {
        measured: &'a str,
        sets: Vec<String>,
        cells: Vec<Cell<'a>>,
    }
    let cells = lints.iter().flat_map(|lint| {
        languages.iter().map(move |lang| Cell {
            lint: &lint.id,
            lang: *lang,
            language: &Language::of(*lang).name,
            state: state(lint, *lang, measured),
            shown: measured.of(&lint.id, Some(*lang)).into(),
        })
    });
    let sets = measured.sets.iter().map(|set| set.label()).collect();
    let table = Table { measured: &measured.date, sets, cells: cells.collect() };
    Ok(serde_json::to_string_pretty(&table)? + "\n")
}
