//! What the user has chosen: which lints, which files, how they are read.
//!
//! Each file is checked by the configuration nearest to it on the way up, to the root of its repository; then come the
//! overrides of that configuration that match the file, then the command line. What a configuration comes to is worked
//! out once for each combination of overrides, not once for each file.

pub mod add;
pub mod choose;
pub mod file;
mod fingerprint;
mod flags;
mod globs;
mod load;
mod mistake;
mod originals;
mod score;
mod silence;
mod told;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use toml::Spanned;

use choose::{Choice, Names, Selector};
use fingerprint::Fingerprint;
pub use flags::Flags;
use globs::Globs;
use load::{Layer, format_of};
pub use load::{NAMES, home, lint_file};
pub use mistake::{Mistake, Mistakes};
pub use originals::Original;
use originals::Rule;
use silence::Silence;

use crate::diagnostic::{Diagnostic, Severity};
use crate::format::{self, Reading};
use crate::lint::{HouseStyle, Lint, Linter, registry};
use crate::report::score::Weights;
use crate::run::cache;
use crate::text::{Lang, Source, Span, WordSet};

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

/// What a configuration file comes to, with all that it extends and the command line.
struct Configuration {
    /// The folder that the file stands in.
    folder: Option<PathBuf>,
    /// All lints that there are.
    lints: Vec<Arc<Lint>>,
    house: Arc<HouseStyle>,
    reading: Reading,
    fail_on: Option<Severity>,
    baseline: Option<PathBuf>,
    cache: Option<cache::Folder>,
    weights: Weights,
    /// Of all that is written.
    fingerprint: Fingerprint,
    /// What holds for every file, in order.
    choices: Vec<Part>,
    /// What holds for some files, in order; then what the command line sets.
    overrides: Vec<Part>,
    inline: Vec<Part>,
    flags: Choice,
    originals: Arc<Vec<Rule>>,
    silences: Vec<Arc<Silence>>,
    /// Group `n` is override `n`; after them come the entries of `[[silence]]`.
    groups: Globs,
    include: Option<Globs>,
    exclude: Globs,
    made: Mutex<HashMap<Vec<usize>, Arc<Setup>>>,
}

/// What one place says.
struct Part {
    choice: Choice,
    lang: Option<Lang>,
    format: Option<&'static format::Row>,
}

impl Configuration {
    fn new(layers: &[Layer], files: usize, renamed: &mut Vec<(String, String)>) -> Result<Configuration, Mistakes> {
        let mut mistakes = Vec::new();
        let mut lints = registry::builtin().to_vec();
        let mut written: Vec<Arc<Source>> = layers.iter().map(|layer| layer.source.clone()).collect();
        for layer in layers {
            load::own_lints(layer, &mut lints, &mut written, &mut mistakes);
        }
        let mut made = Configuration {
            folder: None,
            lints: Vec::new(),
            house: Arc::default(),
            reading: Reading::default(),
            fail_on: None,
            baseline: None,
            cache: None,
            weights: Weights::default(),
            fingerprint: fingerprint::of_written(&written),
            choices: Vec::new(),
            overrides: Vec::new(),
            inline: Vec::new(),
            flags: Choice::default(),
            originals: Arc::default(),
            silences: Vec::new(),
            groups: Globs::default(),
            include: None,
            exclude: Globs::default(),
            made: Mutex::default(),
        };
        let mut house = HouseStyle::default();
        let mut originals = Vec::new();
        for (n, layer) in layers.iter().enumerate() {
            let file = &layer.file;
            let mut names = Names { lints: &lints, source: &layer.source, renamed, mistakes: &mut mistakes };
            let choice = names.of_file(file);
            score::settle(&file.score, &mut made.weights, &mut names);
            let overrides: Vec<Choice> = file.overrides.iter().map(|part| names.of_override(part)).collect();
            for (part, choice) in file.overrides.iter().zip(overrides) {
                let known = format::FORMATS.iter().map(|row| row.name);
                let format = format_of(part.format.as_ref(), known, &layer.source, &mut mistakes);
                keep(made.groups.add(&layer.folder, &layer.source, &part.paths, made.overrides.len()), &mut mistakes);
                made.overrides.push(Part { choice, lang: part.lang, format });
            }
            let format = format_of(
                file.format.as_ref(),
                format::FORMATS.iter().map(|row| row.name),
                &layer.source,
                &mut mistakes,
            );
            let records = file.reading.record_format.as_ref();
            if format_of(records, format::of_records(), &layer.source, &mut mistakes).is_some() {
                made.reading.record_format = records.map(|name| name.get_ref().clone()).unwrap_or_default();
            }
            let part = Part { choice, lang: file.lang, format };
            if n < files {
                made.choices.push(part)
            } else {
                made.inline.push(part)
            }
            match load::baseline(layer) {
                Ok(baseline) => made.baseline = baseline.or(made.baseline),
                Err(mistake) => mistakes.push(mistake),
            }
            match load::cache(layer) {
                Ok(cache) => made.cache = cache.or(made.cache),
                Err(mistake) => mistakes.push(mistake),
            }
            // The nearest configuration goes first.
            let mut rules = Vec::new();
            for rule in &file.translations {
                match Rule::new(&layer.folder, &layer.source, &rule.source, &rule.target, rule.source_lang) {
                    Ok(rule) => rules.push(rule),
                    Err(mistake) => mistakes.push(mistake),
                }
            }
            originals.splice(0..0, rules);
            made.globs(layer, &mut mistakes);
            made.settle(layer, &mut house);
        }
        // After the overrides, whose number is only now known.
        for layer in layers {
            for entry in &layer.file.silence {
                made.entry(layer, entry, &lints, renamed, &mut mistakes);
            }
        }
        made.originals = Arc::new(originals);
        made.groups = made.groups.build();
        house.own_lints = lints.iter().filter(|l| registry::named(&l.id).is_none()).map(|l| l.id.clone()).collect();
        made.lints = lints;
        made.house = Arc::new(house);
        if mistakes.is_empty() { Ok(made) } else { Err(Mistakes(mistakes)) }
    }

    /// `include` and `exclude`: the nearest configuration that has them is the one that counts.
    fn globs(&mut self, layer: &Layer, mistakes: &mut Vec<Mistake>) {
        let mut read = |globs: &[Spanned<String>]| {
            let mut all = Globs::default();
            keep(all.add(&layer.folder, &layer.source, globs, 0), mistakes);
            all.build()
        };
        if let Some(include) = &layer.file.include {
            self.include = Some(read(include));
        }
        if let Some(exclude) = &layer.file.exclude {
            self.exclude = read(exclude);
        }
    }

    /// What is settled once for all files.
    fn settle(&mut self, layer: &Layer, house: &mut HouseStyle) {
        let file = &layer.file;
        let reading = file.reading.clone();
        let own = &mut self.reading;
        own.id_field = reading.id_field.unwrap_or(std::mem::take(&mut own.id_field));
        own.text_field = reading.text_field.unwrap_or(std::mem::take(&mut own.text_field));
        own.lang_field = reading.lang_field.unwrap_or(std::mem::take(&mut own.lang_field));
        for (own, set) in [
            (&mut own.source_field, reading.source_field),
            (&mut own.target_field, reading.target_field),
            (&mut own.source_lang_field, reading.source_lang_field),
            (&mut own.target_lang_field, reading.target_lang_field),
        ] {
            *own = set.unwrap_or(std::mem::take(own));
        }
        own.source_column = reading.source_column.or(own.source_column.take());
        own.target_column = reading.target_column.or(own.target_column.take());
        own.id_column = reading.id_column.or(own.id_column.take());
        own.source_lang = reading.source_lang.or(own.source_lang);
        if let Some(elements) = reading.skipped_elements {
            own.skipped_elements = elements.iter().map(|e| e.to_ascii_lowercase()).collect();
        }
        self.fail_on = file.fail_on.or(self.fail_on);
        house.vocabulary.extend(&file.vocabulary.words);
        house.accept.extend(file.names.accept.iter().map(|accept| accept.forms.iter().collect::<WordSet>()));
        for (form, others) in &file.names.prefer {
            house.prefer.retain(|(known, _)| known != form);
            house.prefer.push((form.clone(), others.clone()));
        }
        for (word, others) in &file.words.prefer {
            house.words.retain(|(known, _)| known != word);
            house.words.push((word.clone(), others.clone()));
        }
        house.avoid.extend(file.words.avoid.iter().cloned());
    }

    fn entry(
        &mut self,
        layer: &Layer,
        entry: &file::Silence,
        lints: &[Arc<Lint>],
        renamed: &mut Vec<(String, String)>,
        mistakes: &mut Vec<Mistake>,
    ) {
        let mut names = Names { lints, source: &layer.source, renamed, mistakes: &mut *mistakes };
        let lint = entry.lint.as_ref().and_then(|id| names.lint(id).map(|lint| lint.id.clone()));
        let group = self.overrides.len() + self.silences.len();
        let everywhere = [Spanned::new(0..0, "**".to_owned())];
        let paths = entry.path.as_ref().map_or(&everywhere[..], std::slice::from_ref);
        keep(self.groups.add(&layer.folder, &layer.source, paths, group), mistakes);
        // The place to show when the entry is of no use: what it says most narrowly.
        let at = [&entry.words, &entry.path, &entry.lint].into_iter().flatten().map(Spanned::span).next();
        self.silences.push(Arc::new(Silence {
            record: entry.record.clone(),
            lint,
            words: entry.words.as_ref().map(|words| [words.get_ref()].into_iter().collect()),
            source: layer.source.clone(),
            at: at.map_or(Span::default(), Span::of),
            one_file: entry.path.as_ref().is_some_and(|path| layer.folder.join(path.get_ref()).is_file()),
            met: AtomicBool::new(false),
            used: AtomicBool::new(false),
        }));
    }

    fn takes(&self, path: &Path) -> bool {
        self.exclude.groups(path).is_empty()
            && self.include.as_ref().is_none_or(|include| !include.groups(path).is_empty())
    }

    fn setup(&self, path: &Path, flags: &Flags) -> Arc<Setup> {
        let groups = if self.groups.is_empty() { Vec::new() } else { self.groups.groups(path) };
        let mut made = lock(&self.made);
        if let Some(setup) = made.get(&groups) {
            return setup.clone();
        }
        let setup = Arc::new(self.make(&groups, flags));
        made.insert(groups, setup.clone());
        setup
    }

    /// What holds for files of these groups.
    fn make(&self, groups: &[usize], flags: &Flags) -> Setup {
        let count = self.overrides.len();
        let overrides = groups.iter().filter(|&&n| n < count).map(|&n| &self.overrides[n]);
        let parts: Vec<&Part> = self.choices.iter().chain(overrides).chain(&self.inline).collect();
        let choices = parts.iter().map(|part| &part.choice).chain([&self.flags]);
        let mut reading = self.reading.clone();
        for (field, flag) in [
            (&mut reading.id_field, &flags.id_field),
            (&mut reading.text_field, &flags.text_field),
            (&mut reading.lang_field, &flags.lang_field),
            (&mut reading.record_format, &flags.record_format),
        ] {
            if let Some(flag) = flag {
                field.clone_from(flag);
            }
        }
        reading.source_lang = flags.source_lang.or(reading.source_lang);
        let mut lints = choose::decide(&self.lints, choices);
        lints.retain(|(lint, _)| !(flags.no_corpus && lint.is_of_corpus()));
        Setup {
            linter: Linter::new(lints, self.house.clone()),
            format: flags.format.or(parts.iter().rev().find_map(|part| part.format)),
            lang: flags.lang.or(parts.iter().rev().find_map(|part| part.lang)),
            reading,
            fail_on: flags.fail_on.or(self.fail_on).unwrap_or_default(),
            baseline: self.baseline.clone(),
            source: flags.source.clone(),
            originals: self.originals.clone(),
            silences: groups.iter().filter(|&&n| n >= count).map(|&n| self.silences[n - count].clone()).collect(),
            fingerprint: Some(fingerprint::of_setup(&self.fingerprint, groups, count, flags)),
        }
    }
}

fn keep(done: Result<(), Mistake>, mistakes: &mut Vec<Mistake>) {
    mistakes.extend(done.err());
}
