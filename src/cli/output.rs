//! Where reports go: standard output, files, in colour or not.

use std::collections::HashSet;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::unknown;
use crate::report::score::Weights;
use crate::report::{self, Checked, Report, Style, Summary};
use crate::write::NewFile;

/// How findings are shown.
#[derive(Debug, clap::Args)]
pub struct Output {
    /// How to show findings: full, concise, json, json-lines, sarif, github, gitlab, azure, rdjson, rdjsonl, junit,
    /// checkstyle, markdown, csv, html, statistics.
    #[arg(long, default_value = "full", value_name = "NAME")]
    output_format: String,
    /// Show how often each lint has something to say, in place of the findings.
    #[arg(long, conflicts_with = "output_format")]
    statistics: bool,
    /// Write the report to a file in place of standard output.
    #[arg(long, value_name = "PATH")]
    output_file: Option<PathBuf>,
    /// Write a further report to a file; may be given several times.
    #[arg(long = "report", value_name = "NAME=PATH")]
    reports: Vec<String>,
    /// Whether to colour what is shown.
    #[arg(long, default_value = "auto", value_name = "WHEN")]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Reports that are being written, each to its place.
pub struct Outputs(Vec<(Box<dyn Report>, Sink)>);

/// Where a report goes.
enum Sink {
    Stream(Box<dyn Write>),
    File(NewFile, PathBuf),
}

impl Output {
    /// Whether findings are shown on a terminal.
    pub fn is_on_terminal(&self) -> bool {
        self.output_file.is_none() && io::stdout().is_terminal()
    }

    /// The files that reports are written to.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let further = self.reports.iter().filter_map(|report| Some(Path::new(report.split_once('=')?.1)));
        self.output_file.as_deref().into_iter().chain(further)
    }

    /// Opens all reports. `to_stderr`: standard output is taken by the mended text.
    pub fn open(&self, to_stderr: bool, weights: &Weights) -> anyhow::Result<Outputs> {
        let main = named(if self.statistics { "statistics" } else { &self.output_format })?;
        let style = |color: bool| Style { color, weights: weights.clone() };
        let mut all = Vec::new();
        all.push(match &self.output_file {
            Some(path) => ((main.new)(&style(self.color == Color::Always)), file(path)?),
            None => {
                let color = self.is_colored(to_stderr);
                ((main.new)(&style(color)), Sink::Stream(stream(to_stderr, color)))
            }
        });
        let mut taken: HashSet<&Path> = self.output_file.iter().map(PathBuf::as_path).collect();
        for report in &self.reports {
            let (name, path) = report
                .split_once('=')
                .with_context(|| format!("“{report}” is not NAME=PATH, such as sarif=findings.sarif"))?;
            anyhow::ensure!(taken.insert(Path::new(path)), "two reports are to be written to “{path}”");
            all.push(((named(name)?.new)(&style(false)), file(Path::new(path))?));
        }
        Ok(Outputs(all))
    }

    /// Whether to colour a standard stream: NO_COLOR, CLICOLOR and CLICOLOR_FORCE are heeded unless the user says.
    pub fn is_colored(&self, stderr: bool) -> bool {
        let wanted = || match stderr {
            true => anstream::AutoStream::choice(&io::stderr()),
            false => anstream::AutoStream::choice(&io::stdout()),
        };
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => wanted() != anstream::ColorChoice::Never,
        }
    }
}

fn named(name: &str) -> anyhow::Result<&'static report::Row> {
    report::named(name).ok_or_else(|| unknown("output format", name, report::REPORTS.iter().map(|row| row.name)))
}

fn file(path: &Path) -> anyhow::Result<Sink> {
    // On standard output stands what --output-format says; a file called “-” is never meant.
    anyhow::ensure!(
        path.as_os_str() != "-",
        "“-” is no file to write a report to; --output-format is for standard output"
    );
    let file = NewFile::create(path).with_context(|| path.display().to_string())?;
    Ok(Sink::File(file, path.to_owned()))
}

fn stream(stderr: bool, color: bool) -> Box<dyn Write> {
    // Colours pass through a stream that old Windows consoles understand; all else goes out as it is.
    match (stderr, color) {
        (true, true) => Box::new(BufWriter::new(anstream::AutoStream::always(io::stderr()))),
        (true, false) => Box::new(BufWriter::new(io::stderr())),
        (false, true) => Box::new(BufWriter::new(anstream::AutoStream::always(io::stdout()))),
        (false, false) => Box::new(BufWriter::new(io::stdout())),
    }
}

impl Outputs {
    /// Shows the findings of one file.
    pub fn file(&mut self, checked: &Checked<'_>) -> anyhow::Result<()> {
        self.0.iter_mut().try_for_each(|(report, sink)| match sink {
            Sink::Stream(out) => Ok(report.file(checked, out)?),
            Sink::File(out, path) => report.file(checked, out).with_context(|| path.display().to_string()),
        })
    }

    /// Closes all reports. Files get their names now.
    pub fn finish(self, summary: &Summary) -> anyhow::Result<()> {
        for (mut report, sink) in self.0 {
            match sink {
                Sink::Stream(mut out) => {
                    report.finish(summary, &mut out)?;
                    out.flush()?;
                }
                Sink::File(mut out, path) => {
                    let done = report.finish(summary, &mut out).and_then(|()| out.finish());
                    done.with_context(|| path.display().to_string())?;
                }
            }
        }
        Ok(())
    }
}
