//! `copydesk lints`: the table of all lints, the test of definitions, and the measuring of lints.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use serde::Serialize;

use super::choose::Choose;
use super::languages::Shown;
use super::measure::measure;
use super::unknown;
use crate::config::choose::find;
use crate::config::{self, Chosen, Mistakes, Setups};
use crate::diagnostic::Safety;
use crate::lint::measured::{Figures, measured};
use crate::lint::{Examples, Lint, Linter, examples, registry};
use crate::report::visible;
use crate::write::NewFile;

/// Arguments of `copydesk lints`.
#[derive(Debug, clap::Args)]
pub struct Lints {
    /// With --test: lints, or files with definitions; all lints if none is named.
    #[arg(value_name = "LINT|FILE")]
    which: Vec<String>,
    /// Run the examples of the definitions.
    #[arg(long)]
    test: bool,
    /// Run the lints that come with copydesk over labelled texts, a file of JSON Lines a set, and print how often they
    /// were right; lints/README.md describes the texts.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["test", "which"])]
    measure: Option<PathBuf>,
    /// With --measure: write it to a file in place of standard output.
    #[arg(long, value_name = "PATH", requires = "measure")]
    output_file: Option<PathBuf>,
    /// How to print the table: text, markdown or json.
    #[arg(long, default_value = "text", value_name = "NAME")]
    output_format: String,
    #[command(flatten)]
    choose: Choose,
}

impl Lints {
    /// Prints the table, or runs the examples: then 1 if one does not hold.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        if let Some(folder) = &self.measure {
            return self.measured(folder);
        }
        let setups = Setups::new(self.choose.flags()?);
        let all = setups.lints(Path::new("."))?;
        if self.test {
            return self.test(&all);
        }
        anyhow::ensure!(self.which.is_empty(), "to test lints, say --test; to read about one, copydesk explain");
        let table = match self.output_format.as_str() {
            "text" => plain(&all),
            "markdown" => markdown(all.iter().map(|(lint, _)| lint)),
            "json" => json(&all)?,
            other => return Err(unknown("output format", other, ["text", "markdown", "json"].into_iter())),
        };
        io::stdout().lock().write_all(table.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }

    /// Measures. The file is replaced when all is done: a build compiles it in, and would stumble over half of it.
    fn measured(&self, folder: &Path) -> anyhow::Result<ExitCode> {
        let text = measure(folder)?;
        match &self.output_file {
            None => io::stdout().lock().write_all(text.as_bytes())?,
            Some(path) => {
                let mut file = NewFile::create(path).with_context(|| path.display().to_string())?;
                file.write_all(text.as_bytes()).with_context(|| path.display().to_string())?;
                file.finish().with_context(|| path.display().to_string())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn test(&self, all: &[Chosen]) -> anyhow::Result<ExitCode> {
        let lints: Vec<Arc<Lint>> = all.iter().map(|(lint, _)| lint.clone()).collect();
        let mut tested: Vec<(Arc<Lint>, Examples)> = Vec::new();
        for name in &self.which {
            if name.ends_with(".toml") || name.contains(['/', std::path::MAIN_SEPARATOR]) {
                for path in files(Path::new(name))? {
                    let (lint, examples) = config::lint_file(&path).map_err(|mistake| Mistakes(vec![mistake]))?;
                    tested.push((Arc::new(lint), examples));
                }
            } else {
                let lint = find(name, &lints)
                    .ok_or_else(|| unknown("lint", name, lints.iter().map(|lint| lint.id.as_str())))?;
                let given = registry::examples(&lint.id).unwrap_or_default();
                tested.push((lint.clone(), given));
            }
        }
        if self.which.is_empty() {
            tested = lints.iter().filter_map(|lint| Some((lint.clone(), registry::examples(&lint.id)?))).collect();
        }
        let others = Linter::default();
        let mut out = io::stdout().lock();
        let mut failed = 0;
        for (lint, given) in &tested {
            let wrong = examples::run(lint, given, &others);
            let count = given.bad.len() + given.good.len();
            match wrong.is_empty() {
                true => writeln!(out, "ok    {} ({count} examples)", lint.id)?,
                false => writeln!(out, "wrong {}", lint.id)?,
            }
            for what in &wrong {
                writeln!(out, "      {}", visible(what))?;
            }
            failed += usize::from(!wrong.is_empty());
        }
        Ok(if failed > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// The definitions under a path: a file, or those of a folder.
fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
    found.sort();
    anyhow::ensure!(!found.is_empty(), "there is no lint in {}", path.display());
    Ok(found)
}

fn plain(all: &[Chosen]) -> String {
    let longest = all.iter().map(|(lint, _)| lint.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    let _ = writeln!(out, "{:longest$}  {:7}  {:10}  precision  recall   alarms", "", "", "");
    for (lint, on) in all {
        let on = on.map_or("off", |severity| severity.name());
        let fix = lint.fix.map_or("", |fix| if fix == Safety::Safe { "safe fix" } else { "unsafe fix" });
        let (right, finds, alarms) = shares(&figures(lint));
        let _ = writeln!(
            out,
            "{:longest$}  {on:7}  {fix:10}  {right:>9}  {finds:>6}  {alarms:>7}  {}",
            lint.id, lint.summary
        );
    }
    let _ = writeln!(out, "\n{}", basis());
    out
}

/// What was measured of a lint, in all languages together; nothing of a lint of the house.
fn figures(lint: &Arc<Lint>) -> Figures {
    let ours = registry::named(&lint.id).is_some_and(|builtin| Arc::ptr_eq(builtin, lint));
    if ours { measured().of(&lint.id, None) } else { Figures::default() }
}

/// Precision, recall and alarms for a table.
fn shares(figures: &Figures) -> (String, String, String) {
    (percent(figures.precision()), percent(figures.recall()), alarms(figures.alarms()))
}

/// A share as a percentage, empty where nothing was measured.
pub fn percent(share: Option<f64>) -> String {
    share.map_or(String::new(), |share| format!("{:.1} %", 100.0 * share))
}

/// Alarms per 10,000 words, empty where nothing was measured.
pub fn alarms(rate: Option<f64>) -> String {
    rate.map_or(String::new(), |rate| format!("{rate:.2}"))
}

/// What the figures stand on.
pub fn basis() -> String {
    let measured = measured();
    if measured.sets.is_empty() {
        return "Nothing is measured yet.".to_owned();
    }
    let sets: Vec<String> = measured.sets.iter().map(|set| set.label()).collect();
    format!("Measured on {}, alarms per 10,000 words of edited text: {}.", measured.date, sets.join("; "))
}

/// The table of `lints/README.md`.
pub fn markdown<'a>(lints: impl Iterator<Item = &'a Arc<Lint>>) -> String {
    let mut out = format!("{}\n\n", basis());
    out.push_str("| lint | finds | severity | set | fix | precision | recall | alarms |\n");
    out.push_str("|---|---|---|---|---|--:|--:|--:|\n");
    for lint in lints {
        let fix = lint.fix.map_or("", Safety::name);
        let (right, finds, alarms) = shares(&figures(lint));
        let row = [&lint.id, &lint.summary, lint.severity.name(), lint.set.name(), fix, &right, &finds, &alarms];
        let row = row.join(" | ").replace('\n', " ");
        out.push_str(&format!("| {row} |\n"));
    }
    out
}

/// A lint as JSON.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    summary: &'a str,
    message: &'a str,
    help: &'a str,
    why: &'a str,
    severity: &'static str,
    set: &'static str,
    on: bool,
    fix: Option<&'static str>,
    mqm: &'a str,
    since: &'a str,
    languages: Vec<&'a str>,
    formerly: &'a [String],
    measured: Option<OnTheRecord>,
}

/// What was measured of a lint, and on what.
#[derive(Serialize)]
struct OnTheRecord {
    date: &'static str,
    sets: Vec<String>,
    #[serde(flatten)]
    figures: Shown,
}

fn on_the_record(lint: &Arc<Lint>) -> Option<OnTheRecord> {
    let figures = figures(lint);
    let sets = measured().sets.iter().filter(|set| set.of(&lint.id, None) != Figures::default());
    let sets = sets.map(|set| set.label()).collect();
    (figures != Figures::default()).then(|| OnTheRecord { date: &measured().date, sets, figures: figures.into() })
}

fn json(all: &[Chosen]) -> anyhow::Result<String> {
    let rows: Vec<Row<'_>> = all
        .iter()
        .map(|(lint, on)| Row {
            id: &lint.id,
            summary: &lint.summary,
            message: &lint.message,
            help: &lint.help,
            why: &lint.why,
            severity: on.unwrap_or(lint.severity).name(),
            set: lint.set.name(),
            on: on.is_some(),
            fix: lint.fix.map(Safety::name),
            mqm: &lint.mqm,
            since: &lint.since,
            languages: lint.languages.iter().map(|lang| lang.as_str()).collect(),
            formerly: &lint.formerly,
            measured: on_the_record(lint),
        })
        .collect();
    Ok(serde_json::to_string_pretty(&rows)? + "\n")
}
