//! Where reports go: standard output, files, in colour or not.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;

use super::unknown;
use crate::report::{self, Checked, Report, Style, Summary};

/// How findings are shown.
#[derive(Debug, clap::Args)]
pub struct Output {
    /// How to show findings: full, concise, json, json-lines, sarif, github.
    #[arg(long, default_value = "full", value_name = "NAME")]
    output_format: String,
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

/// Reports that are being written.
pub struct Outputs(Vec<(Box<dyn Report>, Box<dyn Write>)>);

impl Output {
    /// Opens all reports. `to_stderr`: standard output is taken by the mended text.
    pub fn open(&self, to_stderr: bool) -> anyhow::Result<Outputs> {
        let row = |name: &str| {
            report::named(name)
                .ok_or_else(|| unknown("output format", name, report::REPORTS.iter().map(|row| row.name)))
        };
        let main = row(&self.output_format)?;
        let mut all: Vec<(Box<dyn Report>, Box<dyn Write>)> = vec![match &self.output_file {
            Some(path) => {
                ((main.new)(&Style { color: self.color == Color::Always }), Box::new(BufWriter::new(file(path)?)))
            }
            None => {
                let color = self.is_colored(to_stderr);
                ((main.new)(&Style { color }), stream(to_stderr, color))
            }
        }];
        for report in &self.reports {
            let (name, path) = report
                .split_once('=')
                .with_context(|| format!("“{report}” is not NAME=PATH, such as sarif=findings.sarif"))?;
            all.push(((row(name)?.new)(&Style::default()), Box::new(BufWriter::new(file(&PathBuf::from(path))?))));
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

fn file(path: &PathBuf) -> anyhow::Result<File> {
    // On standard output stands what --output-format says; a file called “-” is never meant.
    anyhow::ensure!(
        path.as_os_str() != "-",
        "“-” is no file to write a report to; --output-format is for standard output"
    );
    File::create(path).with_context(|| path.display().to_string())
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
    pub fn file(&mut self, checked: &Checked<'_>) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|(report, out)| report.file(checked, out))
    }

    /// Closes all reports.
    pub fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|(report, out)| {
            report.finish(summary, out)?;
            out.flush()
        })
    }
}
