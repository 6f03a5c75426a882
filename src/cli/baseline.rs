//! `copydesk baseline`: findings that are accepted for now.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::choose::{Choose, Read as Reading};
use super::say;
use crate::baseline::{self, Entry, Sieve};
use crate::config::Setups;
use crate::files::{self, Collected, Input};
use crate::report::{counted, visible};
use crate::run::{self, Job};

/// Arguments of `copydesk baseline`.
#[derive(Debug, clap::Args)]
pub struct Baseline {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Accept all that is found now: write it to the baseline.
    Create(Create),
    /// List the entries that are no longer found; exit with 1 if there are any.
    Check(Given),
    /// Take out the entries that are no longer found, and follow findings that have moved. Nothing new gets in.
    Prune(Given),
}

#[derive(Debug, clap::Args)]
struct Create {
    #[command(flatten)]
    given: Given,
    /// Write the baseline anew if there is one.
    #[arg(long)]
    force: bool,
}

#[derive(Debug, clap::Args)]
struct Given {
    /// Files and folders.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// The baseline [default: that of the configuration, else copydesk.baseline].
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    #[command(flatten)]
    choose: Choose,
    #[command(flatten)]
    read: Reading,
}

impl Baseline {
    /// Does it.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        match &self.action {
            Action::Create(create) => create.given.open()?.create(create.force),
            Action::Check(given) => given.open()?.check(),
            Action::Prune(given) => given.open()?.prune(),
        }
    }
}

/// All that a command works with.
struct Open {
    job: Job<'static>,
    found: Collected,
    path: PathBuf,
    /// What the configuration names, if anything.
    configured: Option<PathBuf>,
}

impl Given {
    fn open(&self) -> anyhow::Result<Open> {
        let mut flags = self.choose.flags()?;
        self.read.add_to(&mut flags)?;
        let setups = Setups::new(flags);
        let found = files::collect(&self.paths, &setups);
        setups.prepare(found.inputs.iter().map(Input::path))?;
        let near = found.inputs.first().map_or(Path::new("any"), Input::path);
        let configured = setups.of(near)?.baseline.clone();
        let path = self.baseline.clone().or_else(|| configured.clone());
        let path = path.unwrap_or_else(|| PathBuf::from(baseline::NAME));
        Ok(Open { job: Job { setups, mending: None, cache: None }, found, path, configured })
    }
}

impl Open {
    fn create(self, force: bool) -> anyhow::Result<ExitCode> {
        let path = &self.path;
        anyhow::ensure!(
            force || !path.exists(),
            "there is a baseline already, {}; prune takes out what is no longer found, --force writes it anew",
            path.display()
        );
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let mut entries: Vec<Entry> = Vec::new();
        let mut problems = self.found.problems;
        run::each_file(&self.job, self.found.inputs, |path, outcome| -> anyhow::Result<()> {
            let name = baseline::name(&folder, path);
            entries.extend(outcome.diagnostics.iter().map(|d| Entry::of(d, &name)));
            problems.extend(outcome.problems);
            Ok(())
        })?;
        let sum = baseline::write(path, entries)?;
        problems.iter().for_each(|problem| say(&problem.to_string()));
        say(&format!("{} accepted in {}", counted(sum, "finding"), path.display()));
        if self.configured.as_ref() != Some(path) {
            say(&format!("to use it, say --baseline {0}, or baseline = \"{0}\" in copydesk.toml", path.display()));
        }
        Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }

    fn check(self) -> anyhow::Result<ExitCode> {
        let done = self.sift()?;
        let mut out = io::stdout().lock();
        for entry in done.expired().flat_map(|(_, entries)| entries) {
            writeln!(out, "{}", visible(&format!("{entry} is no longer found")))?;
        }
        done.told_new();
        let expired = done.expired().any(|(_, entries)| !entries.is_empty());
        Ok(done.code(if expired { ExitCode::from(1) } else { ExitCode::SUCCESS }))
    }

    fn prune(self) -> anyhow::Result<ExitCode> {
        let done = self.sift()?;
        // What could not be read may well still hold.
        if !done.problems.is_empty() {
            done.problems.iter().for_each(|problem| say(problem));
            anyhow::bail!("{} is left as it was", done.path.display());
        }
        let expired: usize = done.expired().flat_map(|(_, entries)| entries).map(|entry| entry.count).sum();
        let pruned = done.sieve.pruned(&done.path, |path, lint| is_on(&done.setups, path, lint));
        let left = baseline::write(&done.path, pruned)?;
        let (expired, left) = (counted(expired, "finding"), counted(left, "finding"));
        say(&format!("{expired} taken out of {}; {left} left", done.path.display()));
        Ok(ExitCode::SUCCESS)
    }

    fn sift(self) -> anyhow::Result<Sifted> {
        let files = self.found.inputs.iter().map(|input| (input.path().to_owned(), Some(self.path.clone())));
        // Without files too, a baseline that cannot be read is told.
        baseline::read(&self.path)?;
        let mut sieve = Sieve::new(files)?;
        let mut problems: Vec<String> = self.found.problems.iter().map(|problem| problem.to_string()).collect();
        let mut new = 0;
        let mut done = |_: &Path, outcome: run::FileOutcome, _| -> anyhow::Result<()> {
            new += outcome.diagnostics.len();
            problems.extend(outcome.problems.iter().map(|problem| problem.to_string()));
            Ok(())
        };
        run::each_file(&self.job, self.found.inputs, |path, outcome| sieve.add(path, outcome, &mut done))?;
        sieve.finish(&mut done)?;
        Ok(Sifted { sieve, setups: self.job.setups, path: self.path, problems, new })
    }
}

/// What a run over the files came to.
struct Sifted {
    sieve: Sieve,
    setups: Setups,
    path: PathBuf,
    problems: Vec<String>,
    new: usize,
}

impl Sifted {
    fn expired(&self) -> impl Iterator<Item = (&Path, Vec<Entry>)> {
        self.sieve.expired(|path, lint| is_on(&self.setups, path, lint)).into_iter()
    }

    fn told_new(&self) {
        if self.new > 0 {
            say(&format!("{} not in {}; copydesk check shows them", counted(self.new, "finding"), self.path.display()));
        }
        self.problems.iter().for_each(|problem| say(problem));
    }

    fn code(&self, code: ExitCode) -> ExitCode {
        if self.problems.is_empty() { code } else { ExitCode::from(2) }
    }
}

/// Whether a lint checks a file; one whose configuration is broken is left alone.
fn is_on(setups: &Setups, path: &Path, lint: &str) -> bool {
    setups.of(path).is_ok_and(|setup| setup.linter.lints().any(|on| on.id == lint))
}

/// The sieve for a check: the baseline that a flag names, else each file's configuration.
pub fn sieve(setups: &Setups, inputs: &[Input], flag: Option<&Path>, none: bool) -> anyhow::Result<Sieve> {
    let of = |input: &Input| -> anyhow::Result<Option<PathBuf>> {
        Ok(match flag {
            _ if none => None,
            Some(flag) => Some(flag.to_owned()),
            None => setups.of(input.path())?.baseline.clone(),
        })
    };
    let files: Vec<(PathBuf, Option<PathBuf>)> =
        inputs.iter().map(|input| Ok((input.path().to_owned(), of(input)?))).collect::<anyhow::Result<_>>()?;
    Sieve::new(files)
}

/// Says how many findings a baseline kept back, and how many of its entries are out of date.
pub fn tell(sieve: &Sieve, setups: &Setups) {
    if sieve.accepted > 0 {
        say(&format!("{} in the baseline not shown", counted(sieve.accepted, "finding")));
    }
    for (path, entries) in sieve.expired(|path, lint| is_on(setups, path, lint)) {
        let sum: usize = entries.iter().map(|entry| entry.count).sum();
        if sum > 0 {
            let findings = counted(sum, "finding");
            say(&format!("{}: {findings} no longer there; copydesk baseline prune takes them out", path.display()));
        }
    }
}
