//! `copydesk check`: the main job.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::caching::Caching;
use super::changed::Changed;
use super::choose::{Choose, Read as Reading, severity};
use super::output::Output;
use super::progress::Progress;
use super::watch::{Ran, Watch};
use super::{baseline, say};
use crate::config::Setups;
use crate::diagnostic::{Diagnostic, Safety};
use crate::files::{self, Collected, Input};
use crate::report::{self, Checked, Summary, counted};
use crate::run::{self, FileOutcome, Job, Mending};
use crate::text::Lang;
use crate::write::RealDisk;

/// Arguments of `copydesk check`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub struct Check {
    /// Files and folders; `-` reads standard input.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    fixing: Fixing,
    /// The name that standard input goes by.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// The severity from which findings make the exit code 1 [default: warning].
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<String>,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    exit_zero: bool,
    /// Pass over the findings in this file, which `copydesk baseline create` writes.
    #[arg(long, value_name = "FILE", help_heading = "Adopting")]
    baseline: Option<PathBuf>,
    /// Report what the configured baseline accepts too.
    #[arg(long, conflicts_with = "baseline", help_heading = "Adopting")]
    no_baseline: bool,
    /// The original of the one file that is checked, a translation.
    #[arg(long, value_name = "FILE", help_heading = "Translations")]
    source: Option<PathBuf>,
    /// The language of originals that do not say theirs.
    #[arg(long, value_name = "TAG", help_heading = "Translations")]
    source_lang: Option<String>,
    #[command(flatten)]
    changed: Changed,
    /// Check each article by itself, none against the others.
    #[arg(long)]
    no_corpus: bool,
    /// Check again whenever an article or the configuration changes, until Ctrl-C.
    #[arg(long)]
    watch: bool,
    /// Leave out what the configuration excludes even where it is named outright.
    #[arg(long)]
    force_exclude: bool,
    #[command(flatten)]
    caching: Caching,
    #[command(flatten)]
    choose: Choose,
    #[command(flatten)]
    read: Reading,
}

const EXIT_CODES: &str = "Exit codes:
  0  nothing at or above the severity of --fail-on; with --fix: nothing left; with --diff: nothing to change
  1  findings; with --diff: something to change
  2  some of the work could not be done; the rest was
  130  broken off with Ctrl-C; no file is half written (143 and 129: by SIGTERM and SIGHUP)";

/// What is done about findings.
#[derive(Debug, clap::Args)]
struct Fixing {
    /// Apply the fixes that cannot change what a text says.
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff: also the fixes that may change what a text says.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change, and write nothing; exit with 1 if there is anything.
    #[arg(long)]
    diff: bool,
    /// With --fix: also write files that are reached by links leading out of the checked folder.
    #[arg(long)]
    follow_symlinks: bool,
}

impl Fixing {
    fn mending(&self) -> Option<Mending<'static>> {
        (self.fix || self.diff).then_some(Mending {
            least: if self.unsafe_fixes { Safety::Unsafe } else { Safety::Safe },
            disk: if self.diff { None } else { Some(&RealDisk) },
            follow_symlinks: self.follow_symlinks,
        })
    }
}

impl Check {
    /// Checks, reports, and says how it ended: 0 nothing, 1 findings, 2 the work could not be done.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        if !self.watch {
            return Ok(self.once()?.0);
        }
        let is_stdin = self.paths.iter().any(|p| p.as_os_str() == "-");
        anyhow::ensure!(!is_stdin, "standard input cannot be watched; name files or folders");
        let written = self.output.files().map(Path::to_owned).chain(self.caching.folder()).collect();
        let watch = Watch { paths: &self.paths, written };
        watch.run(|| {
            let (_, summary) = self.once()?;
            Ok(Ran { files: summary.files, findings: summary.findings.iter().sum() })
        })
    }

    fn once(&self) -> anyhow::Result<(ExitCode, Summary)> {
        let setups = self.setups()?;
        let is_stdin = self.paths.iter().any(|p| p.as_os_str() == "-");
        let mut found = self.inputs(&setups)?;
        found.leave_out(self.output.files());
        let changes = self.changed.find(&self.paths)?;
        if let Some(changes) = &changes {
            found.inputs.retain(|input| changes.touch(input.path()));
        }
        setups.prepare(found.inputs.iter().map(Input::path))?;
        let passed_over = if found.inputs.is_empty() { found.passed_over(&self.paths) } else { None };
        let mending = self.fixing.mending();
        // What is written to articles comes from a check of now.
        let cache = if mending.is_none() { self.caching.open(&setups, &found.inputs)? } else { None };
        let job = Job { setups, mending, cache };
        // The mended text of standard input goes to standard output, so findings do not.
        let weights = job.setups.weights(files::near(&found.inputs))?;
        let mut outputs = self.output.open(is_stdin && self.fixing.fix && !self.fixing.diff, &weights)?;
        let mut summary = Summary { files: found.inputs.len(), problems: found.problems, ..Summary::default() };
        let mut out = io::BufWriter::new(io::stdout());
        let (mut mended, mut failing) = (0, false);
        let given = match &found.inputs[..] {
            [Input::Bytes(_, bytes)] => bytes.clone(),
            _ => Vec::new(),
        };
        let given_baseline = self.baseline.as_deref();
        let mut sieve = baseline::sieve(&job.setups, &found.inputs, given_baseline, self.no_baseline)?;
        let mut show =
            |path: &Path, mut outcome: FileOutcome, accepted: Option<Vec<Diagnostic>>| -> anyhow::Result<()> {
                if let Some(changes) = changes.as_ref().filter(|_| self.changed.by_lines()) {
                    changes.keep(path, &mut outcome.diagnostics);
                }
                summary.problems.extend(outcome.problems);
                summary.fixed += outcome.fixed;
                mended += usize::from(outcome.mended.is_some());
                if self.fixing.diff {
                    return match outcome.mended.and_then(|mended| mended.texts) {
                        Some((old, new)) => Ok(report::diff(path, &old, &new, &mut out)?),
                        None => Ok(()),
                    };
                }
                summary.count(&outcome.diagnostics);
                failing |= outcome.diagnostics.iter().any(|d| d.severity >= outcome.fail_on);
                if is_stdin && self.fixing.fix {
                    out.write_all(outcome.mended.as_ref().and_then(|mended| mended.bytes.as_ref()).unwrap_or(&given))?;
                }
                let (words, languages, diagnostics) = (outcome.words, &outcome.languages, &outcome.diagnostics[..]);
                outputs.file(&Checked { path, words, languages, diagnostics, accepted: accepted.as_deref() })
            };
        let mut progress = Progress::new(found.inputs.len(), self.output.is_on_terminal());
        run::each_file(&job, found.inputs, |path, outcome| {
            progress.step();
            sieve.add(path, outcome, &mut show)
        })?;
        self.caching.close(job.cache.as_ref());
        sieve.finish(&mut show)?;
        progress.clear();
        out.flush()?;
        if !self.fixing.diff {
            outputs.finish(&summary)?;
            baseline::tell(&sieve, &job.setups);
        }
        // An entry may be for what has not changed.
        let asked = if changes.is_some() { &[] } else { &self.paths[..] };
        for notice in job.setups.notices().into_iter().chain(job.setups.unused(asked)) {
            say(&notice);
        }
        for problem in &summary.problems {
            say(&problem.to_string());
        }
        if summary.files == 0 {
            let why = passed_over.map(|why| format!(" ({why})")).unwrap_or_default();
            say(&self.changed.none_left().unwrap_or_else(|| format!("no file was checked{why}")));
        }
        if summary.fixed > 0 {
            let (fixes, files) = (counted(summary.fixed, "fix"), counted(mended, "file"));
            say(&match self.fixing.diff {
                true => format!("{fixes} to apply in {files}"),
                false => format!("{fixes} applied in {files}"),
            });
        }
        let failing = if self.fixing.diff { mended > 0 } else { failing };
        let code = match () {
            () if !summary.problems.is_empty() => ExitCode::from(2),
            () if failing && !self.exit_zero => ExitCode::from(1),
            () => ExitCode::SUCCESS,
        };
        Ok((code, summary))
    }

    fn inputs(&self, setups: &Setups) -> anyhow::Result<Collected> {
        if !self.paths.iter().any(|p| p.as_os_str() == "-") {
            return Ok(files::collect(&self.paths, setups));
        }
        anyhow::ensure!(self.paths.len() == 1, "“-”, standard input, cannot stand beside other paths");
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let name = self.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin"));
        Ok(Collected { inputs: vec![Input::Bytes(name, bytes)], ..Collected::default() })
    }

    fn setups(&self) -> anyhow::Result<Setups> {
        let mut flags = self.choose.flags()?;
        self.read.add_to(&mut flags)?;
        flags.fail_on = self.fail_on.as_deref().map(severity).transpose()?;
        if let Some(source) = &self.source {
            let one = matches!(&self.paths[..], [path] if !path.is_dir());
            anyhow::ensure!(one, "--source is the original of one file: name that file, and no other");
            flags.source = Some(source.clone());
        }
        if let Some(tag) = &self.source_lang {
            let lang = Lang::parse(tag).ok_or_else(|| anyhow::anyhow!("“{tag}” is not a language tag"))?;
            flags.source_lang = Some(lang);
        }
        flags.no_corpus = self.no_corpus;
        flags.force_exclude = self.force_exclude;
        Ok(Setups::new(flags))
    }
}
