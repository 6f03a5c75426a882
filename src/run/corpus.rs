//! A run that sets articles against each other.
//!
//! Every file is looked at once, its findings and its evidence are kept and its text is forgotten. When all evidence is
//! together, the findings of all are put in order, file by file; texts in which something is shown are read once more.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::{
    BATCH, FileOutcome, Job, Look, Sides, broken, document, file, kind, last_panic, original, side, side_in, source,
    targets,
};
use crate::config::Setup;
use crate::corpus::{Conclusion, Corpus, DocId, Found};
use crate::diagnostic::{Diagnostic, Fix, Label, Place, Severity};
use crate::files::Input;
use crate::format::{self, Kind, json_lines};
use crate::ignore::Ignores;
use crate::lint::{Lint, Taken};
use crate::report::Problem;
use crate::text::{Document, Lang, Source, Span, Translation};

/// Whether articles are compared: there must be two that could be, and a lint that does it. What fixes would change but
/// do not is seen by nobody.
pub fn is_wanted(job: &Job<'_>, inputs: &[Input]) -> bool {
    let compares = |path: &Path| job.setups.of(path).is_ok_and(|setup| setup.linter.is_of_corpus());
    let records = |path: &Path| {
        job.setups.of(path).is_ok_and(|s| matches!(kind(&s, path), Some(Kind::Records | Kind::Bilingual(_))))
    };
    let shown = job.mending.as_ref().is_none_or(|mending| mending.disk.is_some());
    let several = inputs.len() > 1 || inputs.first().is_some_and(|input| records(input.path()));
    shown && several && job.setups.may_compare() && inputs.iter().any(|input| compares(input.path()))
}

/// See [`super::each_file`].
pub fn each_file<E>(
    job: &Job<'_>,
    inputs: &[Input],
    mut done: impl FnMut(&Path, FileOutcome) -> Result<(), E>,
) -> Result<(), E> {
    let mut corpus = Corpus::default();
    let mut shelf = Shelf { job, inputs, files: Vec::with_capacity(inputs.len()), open: Mutex::default() };
    let mut next: DocId = 0;
    let mut put = |looks: Vec<Look>| {
        for mut look in looks {
            // One file of records is at hand still; reading it again would take its size in memory once more.
            look.only_here |= inputs.len() == 1;
            for (doc, sheet) in (next..).zip(&mut look.sheets) {
                corpus.insert(doc, std::mem::take(&mut sheet.gathered));
            }
            let held = Held::of(look, next);
            next += held.sheets.len() as DocId;
            shelf.files.push(held);
        }
    };
    // What was seen is put together while the next files are looked at.
    let look = |batch: &[Input]| -> Vec<Look> { batch.par_iter().map(|input| file(job, input, true)).collect() };
    let mut seen = Vec::new();
    for batch in inputs.chunks(BATCH) {
        (seen, ()) = rayon::join(|| look(batch), || put(seen));
    }
    put(seen);
    let conclude = |lint: usize| {
        let conclusion = corpus.conclude_lint(lint, None);
        let failed = conclusion.broken.iter().map(|lint| {
            let what = format!("the check of {lint} broke down while it compared the articles{}", last_panic());
            Problem::of_file(".", what)
        });
        (failed.collect::<Vec<Problem>>(), conclusion)
    };
    let conclusions: Vec<(Vec<Problem>, Conclusion)> = (0..corpus.lints()).into_par_iter().map(conclude).collect();
    drop(corpus);
    let mut problems = Vec::new();
    let mut all = Conclusion::default();
    for (failed, conclusion) in conclusions {
        problems.extend(failed);
        all.add(conclusion);
    }
    let found = all.found;
    for (batch, inputs) in inputs.chunks(BATCH).enumerate() {
        let first = batch * BATCH;
        let again = |at: usize| {
            let look = panic::catch_unwind(AssertUnwindSafe(|| shelf.second_look(first + at, &found)));
            look.unwrap_or_else(|_| FileOutcome {
                problems: vec![broken(inputs[at].path(), "showing what was found in it")],
                ..FileOutcome::default()
            })
        };
        let outcomes: Vec<FileOutcome> = (0..inputs.len()).into_par_iter().map(again).collect();
        for (input, mut outcome) in inputs.iter().zip(outcomes) {
            outcome.problems.append(&mut problems);
            done(input.path(), outcome)?;
        }
    }
    Ok(())
}

type AllFound = std::collections::BTreeMap<DocId, Vec<(Arc<Lint>, Found)>>;

/// What is kept of a file between the two looks.
struct Held {
    /// Without findings.
    outcome: FileOutcome,
    /// The number of its first document.
    first: DocId,
    sheets: Vec<HeldSheet>,
    text: Text,
}

/// Where the text of a file is to be had.
enum Text {
    /// Here: it came through a pipe.
    Kept(Arc<Source>),
    /// In its file, if that still has this hash.
    OnDisk(u64),
    /// It was never read.
    Nowhere,
}

/// What is kept of a document.
struct HeldSheet {
    record: Option<(u32, Span)>,
    taken: Vec<Taken>,
    findings: Vec<HeldFinding>,
}

/// A finding without its source.
struct HeldFinding {
    lint: Arc<Lint>,
    severity: Severity,
    message: String,
    help: String,
    at: Span,
    /// Second places, and whether they are in the original.
    related: Vec<(bool, Span, String)>,
    fix: Option<Fix>,
    block: Span,
    lang: Lang,
}

impl Held {
    fn of(mut look: Look, first: DocId) -> Held {
        let text = match look.source {
            Some(source) if look.only_here => Text::Kept(source),
            Some(source) => Text::OnDisk(hash(source.text())),
            None => Text::Nowhere,
        };
        let mut findings = std::mem::take(&mut look.outcome.diagnostics).into_iter().map(HeldFinding::of);
        let sheets = look.sheets.into_iter().map(|sheet| HeldSheet {
            record: sheet.record,
            taken: sheet.taken,
            findings: findings.by_ref().take(sheet.findings).collect(),
        });
        let sheets = sheets.collect();
        Held { outcome: look.outcome, first, sheets, text }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

impl HeldFinding {
    fn of(d: Diagnostic) -> HeldFinding {
        let Diagnostic { lint, severity, message, help, at, related, fix, block, lang } = d;
        let related = related.into_iter().map(|label| {
            let in_original = !Arc::ptr_eq(&label.at.source, &at.source);
            (in_original, label.at.span, label.message)
        });
        let related = related.collect();
        HeldFinding { lint, severity, message, help, at: at.span, related, fix, block, lang }
    }

    /// With its places in a text, and in the original of that where there is one.
    fn restored(&self, source: &Arc<Source>, original: Option<&Arc<Source>>) -> Diagnostic {
        let place = |span: Span| Place { source: source.clone(), span };
        let label = |(in_original, span, message): &(bool, Span, String)| {
            let source = if *in_original { original? } else { source };
            Some(Label { at: Place { source: source.clone(), span: *span }, message: message.clone() })
        };
        Diagnostic {
            lint: self.lint.clone(),
            severity: self.severity,
            message: self.message.clone(),
            help: self.help.clone(),
            at: place(self.at),
            related: self.related.iter().filter_map(label).collect(),
            fix: self.fix.clone(),
            block: self.block,
            lang: self.lang,
        }
    }
}

/// All files, and those that lie open.
struct Shelf<'a> {
    job: &'a Job<'a>,
    inputs: &'a [Input],
    files: Vec<Held>,
    open: Mutex<Opened>,
}

/// What was opened lately: the findings of one file after the other point at the same places.
#[derive(Default)]
struct Opened {
    sources: Vec<(usize, Arc<Source>)>,
    documents: HashMap<DocId, Arc<Document>>,
    entries: Option<(usize, Vec<Sides>)>,
}

/// So many documents lie open at most.
const DOCUMENTS: usize = 64;
/// Sources are closed when more than so many bytes lie open, all but the last two.
const BYTES: usize = 32 << 20;

impl Shelf<'_> {
    /// The outcome of a file, all findings in place.
    fn second_look(&self, at: usize, found: &AllFound) -> FileOutcome {
        let (held, path) = (&self.files[at], self.inputs[at].path());
        let mut outcome = FileOutcome {
            problems: held.outcome.problems.clone(),
            words: held.outcome.words,
            fail_on: held.outcome.fail_on,
            fixed: held.outcome.fixed,
            mended: held.outcome.mended.clone(),
            ..FileOutcome::default()
        };
        let end = held.first + held.sheets.len() as DocId;
        let is_clean = held.sheets.iter().all(|sheet| sheet.findings.is_empty());
        if is_clean && found.range(held.first..end).next().is_none() {
            return outcome;
        }
        let (Some(source), Ok(setup)) = (self.source(at), self.job.setups.of(path)) else {
            let what = "it was changed while it was checked: what was found in it is not told";
            outcome.problems.push(Problem::of_file(path, what));
            return outcome;
        };
        let entries = entries(&setup, &source);
        let sheets = held.sheets.par_iter().enumerate().map(|(n, sheet)| {
            let found = found.get(&(held.first + n as DocId)).map_or(&[][..], Vec::as_slice);
            let entry = entries.as_ref().map(|entries| entries.get(n));
            self.findings(&setup, &source, entry, sheet, found)
        });
        let findings: Vec<Vec<Diagnostic>> = sheets.collect();
        outcome.diagnostics.extend(findings.into_iter().flatten());
        outcome
    }

    fn findings(
        &self,
        setup: &Setup,
        file: &Arc<Source>,
        entry: Option<Option<&Sides>>,
        sheet: &HeldSheet,
        found: &[(Arc<Lint>, Found)],
    ) -> Vec<Diagnostic> {
        if sheet.findings.is_empty() && found.is_empty() {
            return Vec::new();
        }
        let text = match entry {
            Some(entry) => entry.map(|(target, original)| Texts {
                text: target.source.clone(),
                lang: target.lang,
                original: original.as_ref().map(|original| side_in(setup, original, setup.reading.source_lang)),
            }),
            None => sheet.text(setup, file),
        };
        let Some(Texts { text, lang, original }) = text else { return Vec::new() };
        let first = original.as_ref().map(|original| original.source());
        let mut all: Vec<Diagnostic> = sheet.findings.iter().map(|finding| finding.restored(&text, first)).collect();
        if found.is_empty() {
            return all;
        }
        let open = |doc: DocId| self.open(doc);
        let format = format_of(setup, file.path());
        let outline = Document::outline(text.clone(), format.parse(&text, &setup.reading));
        if Ignores::of(&outline, &setup.linter.house().own_lints).is_empty() {
            all.extend(setup.linter.word_found(&outline, found, &sheet.taken, &open));
            all.sort_by(|a, b| a.order().cmp(&b.order()));
        } else {
            // Comments speak of all findings together.
            let document = match entry.flatten() {
                Some((target, _)) => side(setup, target),
                None => document(setup, format, text, lang),
            };
            all = match &original {
                Some(original) => {
                    let whole = Translation::of(original, &document);
                    setup.linter.check_translated(&whole, found, &open).diagnostics
                }
                None => setup.linter.check_among(&document, found, &open).diagnostics,
            };
        }
        setup.silence(&mut all);
        all
    }

    /// The text of a file, if it is still the one that was looked at.
    fn source(&self, at: usize) -> Option<Arc<Source>> {
        let hash_then = match &self.files[at].text {
            Text::Kept(source) => return Some(source.clone()),
            Text::OnDisk(hash) => *hash,
            Text::Nowhere => return None,
        };
        let input = &self.inputs[at];
        let bytes = input.read().ok()?;
        let read = source(&*self.job.setups.of(input.path()).ok()?, input.path(), &bytes).ok()?;
        (hash(read.text()) == hash_then).then(|| Arc::new(read))
    }

    /// A document that a finding in another one points at.
    fn open(&self, doc: DocId) -> Option<Arc<Document>> {
        let opened = || self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = opened().documents.get(&doc) {
            return Some(document.clone());
        }
        let at = self.files.partition_point(|held| held.first <= doc).checked_sub(1)?;
        let held = &self.files[at];
        let path = self.inputs[at].path();
        let known = opened().sources.iter().find(|(other, _)| *other == at).map(|(_, source)| source.clone());
        let file = match known {
            Some(file) => file,
            None => {
                let file = self.source(at)?;
                opened().keep(at, file.clone());
                file
            }
        };
        let setup = self.job.setups.of(path).ok()?;
        let number = (doc - held.first) as usize;
        let text = match kind(&setup, path) {
            Some(Kind::Bilingual(_)) => opened().entry(at, number, || entries(&setup, &file).unwrap_or_default())?,
            _ => held.sheets.get(number)?.text(&setup, &file)?.text,
        };
        let draft = format_of(&setup, path).parse(&text, &setup.reading);
        let document = Arc::new(Document::outline(text, draft));
        let mut opened = opened();
        if opened.documents.len() >= DOCUMENTS {
            opened.documents.clear();
        }
        opened.documents.insert(doc, document.clone());
        Some(document)
    }
}

impl Opened {
    /// The text of a translation of a file. The entries of the last file that was asked for lie open.
    fn entry(&mut self, at: usize, number: usize, read: impl FnOnce() -> Vec<Sides>) -> Option<Arc<Source>> {
        if self.entries.as_ref().is_none_or(|(file, _)| *file != at) {
            self.entries = Some((at, read()));
        }
        Some(self.entries.as_ref()?.1.get(number)?.0.source.clone())
    }

    fn keep(&mut self, at: usize, source: Arc<Source>) {
        self.sources.push((at, source));
        let size = |sources: &[(usize, Arc<Source>)]| sources.iter().map(|(_, s)| s.text().len()).sum::<usize>();
        while self.sources.len() > 2 && (size(&self.sources) > BYTES || self.sources.len() > DOCUMENTS) {
            self.sources.remove(0);
        }
    }
}

impl HeldSheet {
    /// The text of the document, and its original.
    fn text(&self, setup: &Setup, file: &Arc<Source>) -> Option<Texts> {
        let Some((line, at)) = self.record else {
            let original = super::original::read(setup, file.path()).ok().flatten();
            let (original, lang) = original.map_or((None, None), |(original, lang)| (Some(original), lang));
            return Some(Texts { text: file.clone(), lang, original });
        };
        let entry = json_lines::record(file, line, at, &setup.reading).ok()?;
        let format = setup.reading.record_format();
        let original = entry.original.map(|(source, lang)| original(setup, format, Arc::new(source), lang));
        Some(Texts { text: Arc::new(entry.source), lang: entry.lang, original })
    }
}

/// The text of a document with what belongs to it.
struct Texts {
    text: Arc<Source>,
    /// The language that its record gives it.
    lang: Option<Lang>,
    original: Option<Document>,
}

/// The translations of a file of originals and translations, one for each of its sheets; `None` for other files.
fn entries(setup: &Setup, file: &Arc<Source>) -> Option<Vec<Sides>> {
    let Some(Kind::Bilingual(format)) = kind(setup, file.path()) else { return None };
    let mut entries = Vec::new();
    targets(setup, *format, file, |target| entries.extend(target.ok().map(|(sides, _)| sides)));
    Some(entries)
}

/// The format of the documents of a file.
fn format_of<'s>(setup: &'s Setup, path: &Path) -> &'s dyn format::Format {
    match kind(setup, path) {
        Some(Kind::Records | Kind::Bilingual(_)) => setup.reading.record_format(),
        Some(Kind::Text(format)) => *format,
        None => format::PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::convert::Infallible;
    use std::path::PathBuf;

    use super::*;
    use crate::check::Check;
    use crate::config::Setups;
    use crate::corpus::{CorpusCheck, Evidence, Index};
    use crate::diagnostic::Findings;
    use crate::lint::{HouseStyle, Linter, Written, load, registry};

    /// Breaks down over every document, or over all together.
    #[derive(Debug)]
    struct Breaks {
        gathers: bool,
    }

    impl Check for Breaks {
        fn document<'a>(&self, _: &'a Document, _: &mut Findings<'a>) {}

        fn corpus(&self) -> Option<&dyn CorpusCheck> {
            Some(self)
        }
    }

    impl CorpusCheck for Breaks {
        fn gather(&self, doc: &Document) -> Option<Evidence> {
            assert!(self.gathers, "no end to “{}”", doc.text());
            Some(Evidence::Blocks(Default::default()))
        }

        fn index(&self) -> Box<dyn Index> {
            Box::new(Breaking)
        }
    }

    #[derive(Debug)]
    struct Breaking;

    impl Index for Breaking {
        fn insert(&mut self, _: DocId, _: Evidence) {}

        fn remove(&mut self, _: DocId) {}

        fn affected(&self, _: DocId, _: Option<&Evidence>) -> BTreeSet<DocId> {
            BTreeSet::new()
        }

        fn conclude(&self, _: Option<&BTreeSet<DocId>>) -> Vec<Found> {
            panic!("no end")
        }
    }

    fn said(gathers: bool) -> (Vec<String>, Vec<String>) {
        let on = |id: &str| registry::named(id).map(|lint| (lint.clone(), lint.severity)).unwrap();
        let written = Written::Toml(registry::written("recurring-block").unwrap());
        let (mut broken, _) = load("breaks", written).unwrap();
        broken.check = Box::new(Breaks { gathers });
        let lints = vec![(Arc::new(broken), Severity::Warning), on("recurring-block"), on("repeated-word")];
        let setup = Setup { linter: Linter::new(lints, HouseStyle::default()), ..Setup::default() };
        let job = Job { setups: Setups::one(setup), mending: None };
        let text = |about: &str| format!("The the {about}.\n\nThe foot of the page has nine words in it.");
        let inputs = ["end of the road", "beginning of it", "middle of the road"].map(text);
        let inputs = inputs
            .iter()
            .enumerate()
            .map(|(n, text)| Input::Bytes(PathBuf::from(format!("{n}.txt")), text.as_bytes().to_vec()));
        let (mut findings, mut problems) = (Vec::new(), Vec::new());
        let Ok(()) = crate::run::each_file(&job, inputs.collect(), |_, outcome| {
            findings.extend(outcome.diagnostics.iter().map(|d| d.lint.id.clone()));
            problems.extend(outcome.problems.iter().map(Problem::to_string));
            Ok::<(), Infallible>(())
        });
        (findings, problems)
    }

    #[test]
    fn a_check_that_breaks_down_is_told_once_or_for_each_file_and_the_others_report() {
        for gathers in [true, false] {
            let (findings, problems) = said(gathers);
            assert_eq!(findings, ["repeated-word", "recurring-block"].repeat(3));
            assert!(problems.iter().all(|problem| !problem.contains("no end")), "{problems:?}");
            let places: Vec<&str> = problems.iter().map(|p| p.split(": ").next().unwrap()).collect();
            assert_eq!(places, if gathers { vec!["."] } else { vec!["0.txt", "1.txt", "2.txt"] });
            assert!(problems[0].contains("the check of breaks broke down"), "{problems:?}");
        }
    }

    #[test]
    fn a_file_that_changes_between_the_two_looks_is_told_and_no_other_text_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = ["end of all", "beginning", "middle of the road"].map(|about| {
            let path = folder.path().join(format!("{}.txt", about.len()));
            std::fs::write(&path, format!("The {about}.\n\nThe foot of the page has nine words in it.")).unwrap();
            Input::File { path, root: None }
        });
        let setup = Setup { lang: Lang::parse("en"), ..Setup::default() };
        let job = Job { setups: Setups::one(setup), mending: None };
        let mut corpus = Corpus::default();
        let mut shelf = Shelf { job: &job, inputs: &inputs, files: Vec::new(), open: Mutex::default() };
        for (doc, input) in (0..).zip(&inputs) {
            let mut look = file(&job, input, true);
            assert!(look.outcome.problems.is_empty(), "{:?}", look.outcome.problems);
            corpus.insert(doc, std::mem::take(&mut look.sheets[0].gathered));
            shelf.files.push(Held::of(look, doc));
        }
        std::fs::write(inputs[1].path(), "Another text.").unwrap();
        let found = corpus.conclude(None).found;
        let outcomes: Vec<FileOutcome> = (0..3).map(|at| shelf.second_look(at, &found)).collect();
        assert_eq!(outcomes.iter().map(|o| o.diagnostics.len()).collect::<Vec<_>>(), [1, 0, 1]);
        assert_eq!(outcomes[0].diagnostics[0].related.len(), 1, "the place in the changed file is left out");
        assert!(outcomes[1].problems[0].message.contains("was changed"));
    }
}
