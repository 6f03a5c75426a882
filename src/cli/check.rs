//! `copydesk check`: the main job.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::unknown;
use crate::config::{Setup, Setups};
use crate::diagnostic::{Safety, Severity};
use crate::format::{self, Reading};
use crate::lint::Linter;
use crate::report::{self, Checked, Style, Summary};
use crate::run::{self, Input, Job};
use crate::text::Lang;

/// Arguments of `copydesk check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// Files and folders; `-` reads standard input.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to show findings.
    #[arg(long, default_value = "full", value_name = "NAME")]
    output_format: String,
    /// The format of the files, in place of the one their names tell.
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// The language of the articles, where they do not say.
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The name that standard input goes by.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// Field of a JSON Lines record that names it.
    #[arg(long, default_value = "id", value_name = "FIELD")]
    id_field: String,
    /// Field of a JSON Lines record that holds its text.
    #[arg(long, default_value = "text", value_name = "FIELD")]
    text_field: String,
    /// Field of a JSON Lines record that holds its language.
    #[arg(long, default_value = "lang", value_name = "FIELD")]
    lang_field: String,
    /// The severity from which findings make the exit code 1.
    #[arg(long, default_value = "warning", value_name = "SEVERITY")]
    fail_on: String,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    exit_zero: bool,
    /// Read no configuration.
    #[arg(long)]
    isolated: bool,
    /// Check each article by itself, none against the others.
    #[arg(long)]
    no_corpus: bool,
}

impl Check {
    /// Checks, reports, and says how it ended: 0 nothing, 1 findings, 2 the work could not be done.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let mut errors = Vec::new();
        let inputs = self.inputs(&mut errors)?;
        let row = report::named(&self.output_format)
            .ok_or_else(|| unknown("output format", &self.output_format, report::REPORTS.iter().map(|r| r.name)))?;
        let mut report = (row.new)(&Style::default());
        let fail_on = match self.fail_on.as_str() {
            "note" => Severity::Note,
            "warning" => Severity::Warning,
            "error" => Severity::Error,
            other => return Err(unknown("severity", other, ["note", "warning", "error"].into_iter())),
        };
        let job = self.job()?;
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut summary = Summary { files: inputs.len(), ..Summary::default() };
        run::each_file(&job, inputs, |_, outcome| -> io::Result<()> {
            for d in &outcome.diagnostics {
                summary.findings[d.severity as usize] += 1;
                if let Some(fix) = &d.fix {
                    summary.fixable[usize::from(fix.safety == Safety::Unsafe)] += 1;
                }
            }
            errors.extend(outcome.errors);
            report.file(&Checked { diagnostics: &outcome.diagnostics }, &mut out)
        })?;
        report.finish(&summary, &mut out)?;
        out.flush()?;
        for error in &errors {
            eprintln!("copydesk: {}", report::visible(error));
        }
        if summary.files == 0 {
            eprintln!("copydesk: no file was checked");
        }
        let failing: usize = summary.findings[fail_on as usize..].iter().sum();
        Ok(match () {
            () if !errors.is_empty() => ExitCode::from(2),
            () if failing > 0 && !self.exit_zero => ExitCode::from(1),
            () => ExitCode::SUCCESS,
        })
    }

    fn inputs(&self, errors: &mut Vec<String>) -> anyhow::Result<Vec<Input>> {
        if self.paths.iter().any(|p| p.as_os_str() == "-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            let name = self.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin"));
            return Ok(vec![Input::Bytes(name, bytes)]);
        }
        Ok(run::collect(&self.paths, errors).into_iter().map(Input::File).collect())
    }

    fn job(&self) -> anyhow::Result<Job> {
        let format = match &self.format {
            Some(name) => Some(
                format::named(name).ok_or_else(|| unknown("format", name, format::FORMATS.iter().map(|r| r.name)))?,
            ),
            None => None,
        };
        let lang = match &self.lang {
            Some(tag) => Some(Lang::parse(tag).ok_or_else(|| anyhow::anyhow!("“{tag}” is not a language tag"))?),
            None => None,
        };
        let reading = Reading {
            id_field: self.id_field.clone(),
            text_field: self.text_field.clone(),
            lang_field: self.lang_field.clone(),
            ..Reading::default()
        };
        Ok(Job { setups: Setups::one(Setup { linter: Linter::default(), format, lang, reading }) })
    }
}
