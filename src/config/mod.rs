//! What the user has chosen: which lints, which files, how they are read.
//!
//! Each file is checked by the configuration nearest to it on the way up, to the root of its repository; then come the
//! overrides of that configuration that match the file, then the command line. What a configuration comes to is worked
//! out once for each combination of overrides, not once for each file.

pub mod add;
pub mod choose;
mod configuration;
pub mod file;
mod fingerprint;
mod flags;
mod globs;
mod glossary;
mod load;
mod mistake;
mod originals;
mod score;
mod silence;
mod told;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use choose::{Choice, Selector};
use configuration::Configuration;
use fingerprint::Fingerprint;
pub use flags::Flags;
pub use load::{NAMES, home, lint_file};
pub use mistake::{Mistake, Mistakes};
pub use originals::Original;
use originals::Rule;
use silence::Silence;

use crate::diagnostic::{Diagnostic, Severity};
use crate::format::{self, Reading};
use crate::lint::{Lint, Linter};
use crate::text::Lang;

/// How a file is read and checked: what the configuration and the command line come to for it.
#[derive(Default)]
pub struct Setup {
    /// The lints that are on.
    pub linter: Linter,
    /// The format, where one is given; else it is told from the file's name.
    pub format: Option<&'static format::Row>,
    /// The language of articles that do not say theirs, where it is given.
    pub lang: Option<Lang>,
    /// How the formats read where there is a choice.
    pub reading: Reading,
    /// The severity from which findings make the exit code 1.
    pub fail_on: Severity,
    /// The file of findings that are accepted for now.
    pub baseline: Option<PathBuf>,
    /// The original of the file that is checked, where it is named outright.
    pub source: Option<PathBuf>,
    /// Rules for where originals stand; the first that is about a file counts.
    pub(crate) originals: Arc<Vec<Rule>>,
    /// Findings that are passed over.
    pub(crate) silences: Vec<Arc<Silence>>,
    /// A hash of all that this was made from: equal ones find the same. `None` for a setup that was not read.
    pub(crate) fingerprint: Option<Fingerprint>,
}

impl Setup {
    /// Takes the findings out that the configuration passes over.
    pub fn silence(&self, diagnostics: &mut Vec<Diagnostic>) {
        silence::apply(&self.silences, diagnostics);
    }

    /// Where the original of a file stands, if it is a translation.
    pub fn original(&self, path: &Path) -> Option<Original> {
        if let Some(source) = &self.source {
            return Some(Original { path: source.clone(), lang: self.reading.source_lang, target_lang: None });
        }
        if self.originals.is_empty() {
            return None;
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Configurations go by folders with their links resolved.
        let whole = folder.canonicalize().ok()?.join(path.file_name()?);
        self.originals.iter().find_map(|rule| rule.original(&whole))
    }
}

/// The setups of all files of a run.
#[derive(Default)]
pub struct Setups {
    /// The setup of every file, where no configuration is asked.
    fixed: Option<Arc<Setup>>,
    flags: Flags,
    /// The configuration of each folder, by the folder's name as it was given.
    folders: Mutex<HashMap<PathBuf, Folder>>,
    /// The configurations by their own folder; under the empty path, that of files that have none.
    configurations: Mutex<HashMap<PathBuf, Found>>,
    /// Names of lints on the command line that some configuration knows.
    known: Mutex<BTreeSet<String>>,
    notices: Mutex<BTreeSet<String>>,
}

/// A lint, with its severity where it is on.
pub type Chosen = (Arc<Lint>, Option<Severity>);

type Found = Result<Arc<Configuration>, Mistakes>;

#[derive(Clone)]
struct Folder {
    /// The folder with links resolved.
    whole: PathBuf,
    configuration: Found,
}

impl Setups {
    /// Setups that obey these flags.
    pub fn new(flags: Flags) -> Setups {
        Setups { flags, ..Setups::default() }
    }

    /// One setup for every file, whatever stands near it.
    pub fn one(setup: Setup) -> Setups {
        Setups { fixed: Some(Arc::new(setup)), ..Setups::default() }
    }

    /// The setup of a file.
    ///
    /// # Errors
    ///
    /// The mistakes in its configuration, all that were found.
    pub fn of(&self, path: &Path) -> Result<Arc<Setup>, Mistakes> {
        if let Some(setup) = &self.fixed {
            return Ok(setup.clone());
        }
        let folder = self.folder(path.parent().unwrap_or(Path::new("")));
        let whole = folder.whole.join(path.file_name().unwrap_or_default());
        Ok(folder.configuration?.setup(&whole, &self.flags))
    }

    /// Whether articles may be set against each other.
    pub fn may_compare(&self) -> bool {
        !self.flags.no_corpus
    }

    /// Whether a file found in a folder is to be checked, as far as `include` and `exclude` go.
    pub fn takes(&self, path: &Path) -> bool {
        let folder = self.folder(path.parent().unwrap_or(Path::new("")));
        // A file whose configuration is broken is kept, so that the mistake comes up.
        let Ok(configuration) = folder.configuration else { return true };
        let whole = folder.whole.join(path.file_name().unwrap_or_default());
        configuration.takes(&whole)
    }

    /// Whether a file named outright is to be checked: always, unless the flags say otherwise.
    pub fn takes_named(&self, path: &Path) -> bool {
        !self.flags.force_exclude || self.takes(path)
    }

    /// Finds out whether all is well with the configurations of these files and with the names on the command line.
    pub fn prepare<'a>(&self, paths: impl Iterator<Item = &'a Path>) -> anyhow::Result<()> {
        let mut last = None;
        for path in paths {
            let parent = path.parent();
            if parent != last {
                self.of(path)?;
                last = parent;
            }
        }
        if lock(&self.configurations).is_empty() {
            self.configuration(None)?;
        }
        let flags = &self.flags;
        let known = lock(&self.known);
        for name in flags.select.iter().flatten().chain(&flags.extend_select).chain(&flags.ignore) {
            if !known.contains(name) {
                let configurations = lock(&self.configurations);
                let loaded = configurations.values().flatten().flat_map(|c| c.lints.iter().map(|l| l.id.as_str()));
                let ids: Vec<&str> = loaded.chain(choose::SETS).collect();
                return Err(match crate::nearest(name, ids.into_iter()) {
                    Some(near) => anyhow::anyhow!("there is no lint “{name}”; did you mean “{near}”?"),
                    None => anyhow::anyhow!("there is no lint “{name}”; `copydesk lints` lists them"),
                });
            }
        }
        Ok(())
    }

    /// What the user should know about the configurations read so far.
    pub fn notices(&self) -> Vec<String> {
        lock(&self.notices).iter().cloned().collect()
    }

    /// The configuration file that counts in a folder; where there is none, the one that could be written there.
    pub fn file_of(&self, folder: &Path) -> PathBuf {
        if let Some(config) = &self.flags.config {
            return config.clone();
        }
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let mut found = None;
        for above in whole.ancestors() {
            found = load::in_folder(above);
            if found.is_some() || load::is_root(above) {
                break;
            }
        }
        found.map_or_else(|| folder.join(load::NAMES[0]), |path| mistake::shown(&path).to_owned())
    }

    /// The lints that there are for a folder, the user's own among them, with their severity where they are on.
    pub fn lints(&self, folder: &Path) -> Result<Vec<Chosen>, Mistakes> {
        let configuration = self.folder(folder).configuration?;
        let setup = configuration.make(&[], &self.flags);
        let on: HashMap<&str, Severity> = setup.linter.severities().map(|(lint, s)| (lint.id.as_str(), s)).collect();
        Ok(configuration.lints.iter().map(|lint| (lint.clone(), on.get(lint.id.as_str()).copied())).collect())
    }

    fn folder(&self, given: &Path) -> Folder {
        if let Some(folder) = lock(&self.folders).get(given) {
            return folder.clone();
        }
        let here = if given.as_os_str().is_empty() { Path::new(".") } else { given };
        let whole = here.canonicalize().or_else(|_| std::path::absolute(here)).unwrap_or_else(|_| here.to_owned());
        let configuration = self.nearest(&whole);
        let folder = Folder { whole, configuration };
        lock(&self.folders).insert(given.to_owned(), folder.clone());
        folder
    }

    /// The configuration of a folder: its own, or that of the nearest folder above.
    fn nearest(&self, folder: &Path) -> Found {
        if let Some(config) = &self.flags.config {
            return self.configuration(Some(config));
        }
        for above in folder.ancestors().take_while(|_| !self.flags.isolated) {
            if let Some(path) = load::in_folder(above) {
                if path.ends_with(load::NAMES[0]) && above.join(load::NAMES[1]).is_file() {
                    let names = format!("{} and {} stand", load::NAMES[0], load::NAMES[1]);
                    let folder = mistake::shown(above).display().to_string();
                    self.notice(format!("{names} both in “{folder}”; the first is read"));
                }
                return self.configuration(Some(&path));
            }
            if load::is_root(above) {
                break;
            }
        }
        self.configuration(None)
    }

    fn configuration(&self, path: Option<&Path>) -> Found {
        let key = path.unwrap_or(Path::new("")).to_owned();
        if let Some(found) = lock(&self.configurations).get(&key) {
            return found.clone();
        }
        let found = self.read(path).map(Arc::new);
        lock(&self.configurations).insert(key, found.clone());
        found
    }

    fn read(&self, path: Option<&Path>) -> Result<Configuration, Mistakes> {
        let mut layers = path.map_or(Ok(Vec::new()), load::layers)?;
        let here = Path::new(".").canonicalize().unwrap_or_default();
        // The globs of a configuration named outright are taken from where the command is given.
        if self.flags.config.is_some() {
            layers.iter_mut().for_each(|layer| layer.folder.clone_from(&here));
        }
        let files = layers.len();
        if !self.flags.settings.is_empty() {
            layers.push(load::inline(&self.flags.settings, &here)?);
        }
        let mut renamed = Vec::new();
        let mut configuration = Configuration::new(&layers, files, &mut renamed)?;
        configuration.folder = path.and_then(|p| p.canonicalize().ok()).and_then(|p| p.parent().map(Path::to_owned));
        let flags = &self.flags;
        let mut parse = |names: &[String]| {
            let mut selectors = Vec::new();
            for name in names {
                let Some(selector) = Selector::parse(name, &configuration.lints) else { continue };
                if let Selector::Id(id) = &selector
                    && id != name
                {
                    renamed.push((name.clone(), id.clone()));
                }
                lock(&self.known).insert(name.clone());
                selectors.push(selector);
            }
            selectors
        };
        configuration.flags = Choice {
            select: flags.select.as_ref().map(|names| parse(names)),
            extend: parse(&flags.extend_select),
            ignore: parse(&flags.ignore),
            preview: flags.preview.then_some(true),
            strict: flags.strict.then_some(true),
            ..Choice::default()
        };
        for (before, now) in renamed {
            self.notice(format!("the lint “{before}” is now called “{now}”"));
        }
        Ok(configuration)
    }

    fn notice(&self, notice: String) {
        lock(&self.notices).insert(notice);
    }
}

/// A lock that a panic elsewhere cannot spoil: what it guards is only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
