//! A configuration with all that it extends: what it comes to for each combination of its overrides.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use toml::Spanned;

use super::choose::{self, Choice, Names};
use super::fingerprint::{self, Fingerprint};
use super::globs::Globs;
use super::glossary;
use super::load::{self, Layer, format_of};
use super::originals::Rule;
use super::silence::Silence;
use super::{Flags, Mistake, Mistakes, Setup, file, lock, score};
use crate::diagnostic::Severity;
use crate::format::{self, Reading};
use crate::lint::{HouseStyle, Lint, Linter, registry};
use crate::report::score::Weights;
use crate::run::cache;
use crate::text::{Lang, Source, Span, WordSet};

/// What a configuration file comes to, with all that it extends and the command line.
pub(super) struct Configuration {
    /// The folder that the file stands in.
    pub(super) folder: Option<PathBuf>,
    /// All lints that there are.
    pub(super) lints: Vec<Arc<Lint>>,
    pub(super) house: Arc<HouseStyle>,
    pub(super) reading: Reading,
    pub(super) fail_on: Option<Severity>,
    pub(super) baseline: Option<PathBuf>,
    pub(super) cache: Option<cache::Folder>,
    pub(super) weights: Weights,
    /// Of all that is written.
    pub(super) fingerprint: Fingerprint,
    /// What holds for every file, in order.
    choices: Vec<Part>,
    /// What holds for some files, in order; then what the command line sets.
    overrides: Vec<Part>,
    inline: Vec<Part>,
    pub(super) flags: Choice,
    pub(super) originals: Arc<Vec<Rule>>,
    pub(super) silences: Vec<Arc<Silence>>,
    /// Group `n` is override `n`; after them come the entries of `[[silence]]`.
    pub(super) groups: Globs,
    /// The glossaries, by their whole paths: where they lie among articles they are none.
    glossaries: Vec<PathBuf>,
    pub(super) include: Option<Globs>,
    pub(super) exclude: Globs,
    pub(super) made: Mutex<HashMap<Vec<usize>, Arc<Setup>>>,
}

/// What one place says.
struct Part {
    choice: Choice,
    lang: Option<Lang>,
    format: Option<&'static format::Row>,
}

impl Configuration {
    pub(super) fn new(
        layers: &[Layer],
        files: usize,
        renamed: &mut Vec<(String, String)>,
    ) -> Result<Configuration, Mistakes> {
        let mut mistakes = Vec::new();
        let mut house = HouseStyle::default();
        let mut lints = registry::builtin().to_vec();
        let mut written: Vec<Arc<Source>> = layers.iter().map(|layer| layer.source.clone()).collect();
        for layer in layers {
            load::own_lints(layer, &mut lints, &mut written, &mut mistakes);
            house.glossary.extend(glossary::read(layer, &mut written, &mut mistakes));
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
            glossaries: layers.iter().flat_map(glossary::places).collect(),
            include: None,
            exclude: Globs::default(),
            made: Mutex::default(),
        };
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
    pub(super) fn globs(&mut self, layer: &Layer, mistakes: &mut Vec<Mistake>) {
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
    pub(super) fn settle(&mut self, layer: &Layer, house: &mut HouseStyle) {
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

    pub(super) fn entry(
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

    pub(super) fn takes(&self, path: &Path) -> bool {
        !self.glossaries.iter().any(|glossary| glossary == path)
            && self.exclude.groups(path).is_empty()
            && self.include.as_ref().is_none_or(|include| !include.groups(path).is_empty())
    }

    pub(super) fn setup(&self, path: &Path, flags: &Flags) -> Arc<Setup> {
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
    pub(super) fn make(&self, groups: &[usize], flags: &Flags) -> Setup {
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
