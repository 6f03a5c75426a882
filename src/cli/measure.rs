//! `copydesk lints --measure`: runs the lints that come with copydesk over labelled texts and counts what they find.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use rayon::prelude::*;
use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::lint::measured::{Counts, Measured, TextSet};
use crate::lint::{HouseStyle, Linter, registry};
use crate::text::Lang;
use crate::{Options, document};

/// A text of a set, as `lints/README.md` describes it. Places are bytes of the text in UTF-8, the end left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    /// For people: which text it is.
    id: String,
    lang: Lang,
    text: String,
    /// Without it the text is clean, and every finding an alarm.
    defects: Option<Vec<Defect>>,
    /// Lints for which the text was read though it holds no defect of theirs.
    #[serde(default)]
    read_for: Vec<String>,
    /// Places in clean text that are known to be wrong after all.
    #[serde(default)]
    slips: Vec<(u32, u32)>,
}

/// What is wrong with a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defect {
    /// The lint that is meant for it, then others that are right to speak there.
    lints: Vec<String>,
    start: u32,
    end: u32,
    /// Other places where it may be reported: the other spelling, the first copy.
    #[serde(default)]
    also: Vec<(u32, u32)>,
}

impl Defect {
    /// Whether a finding is about it: of one of its lints, and touching one of its places.
    fn is_found_by(&self, found: &Diagnostic) -> bool {
        self.lints.contains(&found.lint.id)
            && (touches(found, (self.start, self.end)) || self.also.iter().any(|place| touches(found, *place)))
    }
}

/// One byte of overlap is enough, and so is standing right beside it: a lost space has no width.
fn touches(found: &Diagnostic, (start, end): (u32, u32)) -> bool {
    found.at.span.start <= end && found.at.span.end >= start
}

/// Measures on all sets of a folder; what comes out is the text of `lints/measured.json`.
pub fn measure(folder: &Path) -> anyhow::Result<String> {
    let sets = sets(folder)?;
    let lints = registry::builtin().iter().map(|lint| (lint.clone(), lint.severity)).collect();
    let options = Options { linter: Linter::new(lints, HouseStyle::default()), ..Options::default() };
    let sets = sets.iter().map(|path| set(path, &options)).collect::<anyhow::Result<_>>()?;
    written(&Measured { date: super::date::today(), version: env!("CARGO_PKG_VERSION").to_owned(), sets })
}

/// The sets of a folder: a file each, by name.
fn sets(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    found.sort();
    ensure!(!found.is_empty(), "there is no set of texts (.jsonl) in {}", folder.display());
    Ok(found)
}

fn set(path: &Path, options: &Options) -> anyhow::Result<TextSet> {
    let file = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines: Vec<(usize, &str)> = file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let looked: Vec<Looked> = lines
        .par_iter()
        .map(|(at, line)| look(line, options).with_context(|| format!("{}:{}", path.display(), at + 1)))
        .collect::<anyhow::Result<_>>()?;
    let mut languages = BTreeSet::new();
    // The name of the file says what its texts are.
    let name = path.file_stem().unwrap_or_default().to_string_lossy().replace(['-', '_'], " ");
    let mut out = TextSet { name, texts: looked.len() as u64, ..TextSet::default() };
    for one in looked {
        languages.insert(one.lang);
        out.words += one.words;
        if one.clean {
            *out.clean.entry(one.lang).or_default() += one.words;
        }
        for (lint, counts) in one.counts {
            out.lints.entry(lint).or_default().entry(one.lang).or_default().add(counts);
        }
    }
    out.languages = languages.into_iter().collect();
    // In a set where nobody looked for a lint's defects its findings count for nothing.
    out.lints.retain(|_, by| by.values().any(|counts| *counts != Counts::default()));
    Ok(out)
}

/// What one text came to.
struct Looked {
    lang: Lang,
    words: u64,
    clean: bool,
    counts: BTreeMap<String, Counts>,
}

fn look(line: &str, options: &Options) -> anyhow::Result<Looked> {
    let text: Labelled = serde_json::from_str(line)?;
    ensure!(text.lang.is_known(), "the text “{}” says no language", text.id);
    let places = text.defects.iter().flatten().flat_map(|d| d.also.iter().copied().chain([(d.start, d.end)]));
    for (start, end) in places.chain(text.slips.iter().copied()) {
        ensure!(
            start <= end && text.text.get(start as usize..end as usize).is_some(),
            "{start} to {end} is no place of the text “{}”: places are bytes, and cut no character in two",
            text.id
        );
    }
    let known = |lint: &&String| registry::named(lint).is_none();
    let named = text.defects.iter().flatten().flat_map(|defect| &defect.lints).chain(&text.read_for);
    if let Some(lint) = { named }.find(known) {
        return Err(super::unknown("lint", lint, registry::builtin().iter().map(|lint| lint.id.as_str())));
    }
    let document = document(&text.id, &text.text, &Options { lang: Some(text.lang), ..Options::default() });
    let checked = options.linter.check(&document);
    ensure!(checked.failures.is_empty(), "a check broke down on the text “{}”", text.id);
    let scale = if text.lang.is_unspaced() { 2 } else { 1 };
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    match &text.defects {
        Some(defects) => labelled(defects, &text.read_for, &checked.diagnostics, &mut counts),
        None => {
            for found in &checked.diagnostics {
                if !text.slips.iter().any(|slip| touches(found, *slip)) {
                    counts.entry(found.lint.id.clone()).or_default().alarms += 1;
                }
            }
        }
    }
    let words = document.words().len() as u64 / scale;
    Ok(Looked { lang: text.lang, words, clean: text.defects.is_none(), counts })
}

/// Counts in a text whose defects are known. A finding of a lint is judged where the text holds a defect that is meant for it,
/// or was read for it; what it says elsewhere may be as true, and nobody has looked.
fn labelled(defects: &[Defect], read_for: &[String], found: &[Diagnostic], counts: &mut BTreeMap<String, Counts>) {
    for defect in defects {
        let Some(meant) = defect.lints.first() else { continue };
        let of = counts.entry(meant.clone()).or_default();
        of.defects += 1;
        of.found += u64::from(found.iter().any(|finding| defect.is_found_by(finding)));
    }
    let meant: BTreeSet<&String> = defects.iter().filter_map(|defect| defect.lints.first()).chain(read_for).collect();
    for finding in found.iter().filter(|finding| meant.contains(&finding.lint.id)) {
        let of = counts.entry(finding.lint.id.clone()).or_default();
        of.findings += 1;
        of.right += u64::from(defects.iter().any(|defect| defect.is_found_by(finding)));
    }
}

/// A line a lint and language, so that a change of the file shows what has changed.
fn written(measured: &Measured) -> anyhow::Result<String> {
    let mut out = format!("{{\n  \"date\": \"{}\",\n  \"version\": \"{}\",\n", measured.date, measured.version);
    out.push_str("  \"sets\": [");
    for (at, set) in measured.sets.iter().enumerate() {
        out.push_str(if at == 0 { "\n    {\n" } else { ",\n    {\n" });
        let _ = writeln!(out, "      \"name\": {},", serde_json::to_string(&set.name)?);
        let _ = writeln!(out, "      \"languages\": {},", serde_json::to_string(&set.languages)?);
        let _ = writeln!(out, "      \"texts\": {},\n      \"words\": {},", set.texts, set.words);
        if !set.clean.is_empty() {
            let _ = writeln!(out, "      \"clean\": {},", serde_json::to_string(&set.clean)?);
        }
        out.push_str("      \"lints\": {");
        for (at, (lint, by)) in set.lints.iter().enumerate() {
            let _ = write!(out, "{}\n        \"{lint}\": {{", if at == 0 { "" } else { "," });
            for (at, (lang, counts)) in by.iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                let _ = write!(out, "{comma}\n          \"{lang}\": {}", serde_json::to_string(counts)?);
            }
            out.push_str("\n        }");
        }
        out.push_str("\n      }\n    }");
    }
    out.push_str("\n  ]\n}\n");
    Ok(out)
}
