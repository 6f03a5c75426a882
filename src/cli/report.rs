//! `copydesk report`: a page for people who decide, in place of a log.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use super::caching::Caching;
use super::choose::{Choose, Read as Reading};
use super::progress::Progress;
use super::{date, say};
use crate::config::Setups;
use crate::files::{self, Input};
use crate::format::Kind;
use crate::report::history::History;
use crate::report::past::{self, Past, Since};
use crate::report::{Checked, Html, HtmlOptions, Report as _, Summary, counted};
use crate::run::{self, FileOutcome, Job};
use crate::text::{Lang, Source};
use crate::write::NewFile;

/// Arguments of `copydesk report`.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// Files and folders.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// The page to write.
    #[arg(short, long, value_name = "PATH", default_value = "report.html")]
    output: PathBuf,
    /// Take the findings from what json or json-lines wrote, in place of checking anything.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    from: Option<PathBuf>,
    /// Tell what is new and what is gone since an earlier run; the file is what json or json-lines wrote then. Given
    /// several times, the oldest first, it shows all runs side by side, and what has changed since the last.
    #[arg(long, value_name = "FILE")]
    since: Vec<PathBuf>,
    /// Keep of each run a line in this file (the day, findings by lint and severity, words, penalty points), and show run
    /// after run from it. It is made where it is not there yet, and holds the last 800 runs.
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// The heading of the page.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Penalty points of a severity [default: error=5, warning=1, note=0.1], or a factor for a dimension of MQM, such as
    /// accuracy=2; may be given several times.
    #[arg(long = "weight", value_name = "NAME=NUMBER")]
    weights: Vec<String>,
    #[command(flatten)]
    caching: Caching,
    #[command(flatten)]
    choose: Choose,
    #[command(flatten)]
    read: Reading,
}

impl Report {
    /// Writes the page: 0, however much was found; 2 if some of the work could not be done.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let mut flags = self.choose.flags()?;
        self.read.add_to(&mut flags)?;
        let setups = Setups::new(flags);
        let history = self.history.as_deref().map(History::read).transpose()?;
        let mut options = self.options(&setups)?;
        if let Some(history) = &history {
            options.runs = history.runs.clone();
        }
        let mut html = Html::new(options);
        anyhow::ensure!(self.output.as_os_str() != "-", "“-” is no file to write a page to");
        let mut out = NewFile::create(&self.output).with_context(|| self.output.display().to_string())?;
        let mut summary = match &self.from {
            Some(from) => add_past(&mut html, past::read(from)?, &setups)?,
            None => self.check(&mut html, setups, &mut out)?,
        };
        summary.problems.extend(history.iter().flat_map(|history| history.problems.clone()));
        let done = html.finish(&summary, &mut out).and_then(|()| out.finish());
        done.with_context(|| self.output.display().to_string())?;
        if let Some(history) = &history {
            history.append(&html.run(date::today(), self.from.is_none()))?;
        }
        summary.problems.iter().for_each(|problem| say(&problem.to_string()));
        let found = counted(summary.findings.iter().sum(), "finding");
        say(&format!("{found} in {} shown in {}", counted(summary.files, "file"), self.output.display()));
        Ok(if summary.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }

    fn options(&self, setups: &Setups) -> anyhow::Result<HtmlOptions> {
        // Of a run that is over, the configuration is that of the working directory.
        let first = self.paths.first().filter(|_| self.from.is_none()).map_or(Path::new("."), PathBuf::as_path);
        let near = if first.is_dir() { first } else { first.parent().unwrap_or(Path::new("")) };
        let weights = setups.weights(near)?;
        let mut options = HtmlOptions { title: self.title.clone(), weights, ..HtmlOptions::default() };
        for weight in &self.weights {
            let (name, number) =
                weight.split_once('=').with_context(|| format!("“{weight}” is not NAME=NUMBER, such as warning=2"))?;
            options.weights.set(name, number)?;
        }
        for path in &self.since {
            let past = past::read(path)?;
            options.runs.push(past::run(path, &past));
            options.since = Some(Since::new(past));
        }
        Ok(options)
    }

    fn check(&self, html: &mut Html, setups: Setups, out: &mut NewFile) -> anyhow::Result<Summary> {
        let mut found = files::collect(&self.paths, &setups);
        found.leave_out(std::iter::once(&*self.output).chain(self.history.as_deref()));
        setups.prepare(found.inputs.iter().map(Input::path))?;
        let mut summary = Summary { files: found.inputs.len(), problems: found.problems, ..Summary::default() };
        let cache = self.caching.open(&setups, &found.inputs)?;
        let job = Job { setups, mending: None, cache };
        let mut progress = Progress::new(found.inputs.len(), false);
        run::each_file(&job, found.inputs, |path, outcome: FileOutcome| -> anyhow::Result<()> {
            progress.step();
            summary.count(&outcome.diagnostics);
            summary.problems.extend(outcome.problems);
            let (words, languages, diagnostics) = (outcome.words, &outcome.languages, &outcome.diagnostics[..]);
            Ok(html.file(&Checked { path, words, languages, diagnostics, accepted: None }, out)?)
        })?;
        self.caching.close(job.cache.as_ref());
        progress.clear();
        Ok(summary)
    }
}

/// Adds what an earlier run found. The articles themselves are read where they still are, for the words around findings.
fn add_past(html: &mut Html, all: Vec<Past>, setups: &Setups) -> anyhow::Result<Summary> {
    let mut files: BTreeMap<String, Vec<Past>> = BTreeMap::new();
    for past in all {
        files.entry(past.path.clone()).or_default().push(past);
    }
    let lints: Vec<_> = setups.lints(Path::new("."))?.into_iter().map(|(lint, _)| lint).collect();
    let mut summary = Summary { files: files.len(), files_with_findings: files.len(), ..Summary::default() };
    for (path, findings) in files {
        findings.iter().for_each(|past| summary.findings[past.severity as usize] += 1);
        let read = read(Path::new(&path), setups);
        let (source, words, lang) =
            read.map_or((None, 0, Lang::UNKNOWN), |(source, words, lang)| (Some(source), words, lang));
        html.add_past((&path, words, lang), source.as_deref(), &findings, &lints);
    }
    Ok(summary)
}

/// A file as it is now, how many words it has, and its language. Of records neither is of use: places in them are of their own texts.
fn read(path: &Path, setups: &Setups) -> Option<(Arc<Source>, usize, Lang)> {
    let input = Input::File { path: path.to_owned(), root: None };
    let setup = setups.of(path).ok()?;
    let Some(Kind::Text(format)) = run::kind(&setup, path) else { return None };
    let source = Arc::new(run::source(&setup, path, &input.read().ok()?).ok()?);
    let document = run::document(&setup, *format, source.clone(), None);
    let (words, lang) = (document.words().len(), document.lang());
    Some((source, words, lang))
}
