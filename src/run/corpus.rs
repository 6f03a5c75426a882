//! A run that sets articles against each other.
//!
//! Every file is looked at once, its findings and its evidence are kept and its text is forgotten. When all evidence is
//! together, the findings of all are put in order, file by file; texts in which something is shown are read once more.

use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::cache::{AllFound, Key};
use super::held::{Held, Text, hash};
use super::reopened::Reopened;
use super::{BATCH, FileOutcome, Job, Look, broken, examine, file, kind, last_panic, source};
use crate::config::Setup;
use crate::corpus::{Conclusion, Corpus, DocId, Gathered};
use crate::diagnostic::Diagnostic;
use crate::files::Input;
use crate::format::Kind;
use crate::report::Problem;
use crate::text::{Document, Source};

/// Whether articles are compared: there must be two that could be, and a lint that does it. What fixes would change but
/// do not is seen by nobody.
pub fn is_wanted(job: &Job<'_>, inputs: &[Input]) -> bool {
    let compares = |path: &Path| job.setups.of(path).is_ok_and(|setup| setup.linter.is_of_corpus());
    let records = |path: &Path| {
        job.setups.of(path).is_ok_and(|s| matches!(kind(&s, path), Some(Kind::Records | Kind::Bilingual(_))))
    };
    // A translation is set against itself, too: one paragraph of its original that stands in it twice.
    let beside = |path: &Path| job.setups.of(path).is_ok_and(|setup| setup.original(path).is_some());
    let shown = job.mending.as_ref().is_none_or(|mending| mending.disk.is_some());
    let several = inputs.len() > 1 || inputs.first().is_some_and(|input| records(input.path()) || beside(input.path()));
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
    let mut cached = Cached::default();
    let mut put = |looks: Vec<Look>| {
        for mut look in looks {
            // One file of records is at hand still; reading it again would take its size in memory once more.
            look.only_here |= inputs.len() == 1;
            cached.note(&look, shelf.files.len());
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
    let (mut problems, found) = match cached.conclusion(&shelf) {
        Some(found) => (Vec::new(), found),
        None => {
            for (first, gathered) in cached.evidence(&shelf) {
                (first..).zip(gathered).for_each(|(doc, gathered)| corpus.insert(doc, gathered));
            }
            let (problems, found) = conclude(corpus);
            if problems.is_empty() {
                cached.keep(&shelf, &found);
            }
            (problems, found)
        }
    };
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

/// What all the evidence comes to.
fn conclude(corpus: Corpus) -> (Vec<Problem>, AllFound) {
    let conclude = |lint: usize| {
        let conclusion = corpus.conclude_lint(lint, None);
        let failed = conclusion.broken.iter().map(|lint| {
            let what = format!("the check of {lint} broke down while it compared the articles{}", last_panic());
            Problem::of_file(".", what)
        });
        (failed.collect::<Vec<Problem>>(), conclusion)
    };
    let conclusions: Vec<(Vec<Problem>, Conclusion)> = (0..corpus.lints()).into_par_iter().map(conclude).collect();
    let mut problems = Vec::new();
    let mut all = Conclusion::default();
    for (failed, conclusion) in conclusions {
        problems.extend(failed);
        all.add(conclusion);
    }
    (problems, all.found)
}

/// What the cache knows of the files of a run.
#[derive(Default)]
struct Cached {
    /// Of all files with documents, in order; less than that where one of them is not to be kept.
    keys: Vec<Key>,
    is_whole: bool,
    has_new: bool,
    /// The files whose evidence is there.
    files: Vec<(usize, Key)>,
}

impl Cached {
    fn note(&mut self, look: &Look, file: usize) {
        self.is_whole |= self.keys.is_empty() && file == 0;
        if look.is_cached {
            self.files.extend(look.key.map(|key| (file, key)));
        }
        if !look.sheets.is_empty() {
            self.has_new |= !look.is_cached;
            self.is_whole &= look.key.is_some() && !look.broke;
            self.keys.extend(look.key);
        }
    }

    /// What the same files came to in an earlier run.
    fn conclusion(&self, shelf: &Shelf<'_>) -> Option<AllFound> {
        let cache = shelf.job.cache.as_ref().filter(|_| self.is_whole && !self.has_new)?;
        cache.conclusion(&self.keys, &|doc| shelf.setup(doc))
    }

    fn keep(&self, shelf: &Shelf<'_>, found: &AllFound) {
        if let Some(cache) = shelf.job.cache.as_ref().filter(|_| self.is_whole) {
            cache.keep_conclusion(&self.keys, found, &|doc| shelf.setup(doc));
        }
    }

    /// The evidence that is there, by the first document of each file.
    fn evidence(&self, shelf: &Shelf<'_>) -> Vec<(DocId, Vec<Gathered>)> {
        let of_file = |(file, key): &(usize, Key)| {
            let input = &shelf.inputs[*file];
            let setup = shelf.job.setups.of(input.path()).ok()?;
            let known = shelf.job.cache.as_ref().and_then(|cache| cache.evidence(key, &setup));
            // An entry of which the first half alone is good was made by somebody else.
            let anew = || {
                let source = Arc::new(source(&setup, input.path(), &input.read().ok()?).ok()?);
                Some(examine(&setup, source, true).sheets.into_iter().map(|sheet| sheet.gathered).collect())
            };
            Some((shelf.files[*file].first, known.or_else(anew)?))
        };
        self.files.par_iter().filter_map(of_file).collect()
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
    files: Vec<(usize, Arc<Reopened>)>,
    documents: HashMap<DocId, Arc<Document>>,
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
            languages: held.outcome.languages.clone(),
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
        let file = Reopened::new(&setup, kind(&setup, path), source);
        let sheets = held.sheets.par_iter().enumerate().map(|(n, sheet)| {
            let found = found.get(&(held.first + n as DocId)).map_or(&[][..], Vec::as_slice);
            file.diagnostics(&setup, (n, sheet), found, &|doc| self.open(doc))
        });
        let findings: Vec<Vec<Diagnostic>> = sheets.collect();
        outcome.diagnostics.extend(findings.into_iter().flatten());
        outcome
    }

    /// The setup of a document.
    fn setup(&self, doc: DocId) -> Option<Arc<Setup>> {
        let at = self.files.partition_point(|held| held.first <= doc).checked_sub(1)?;
        self.job.setups.of(self.inputs[at].path()).ok()
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
        if hash(&bytes) != hash_then {
            return None;
        }
        Some(Arc::new(source(&*self.job.setups.of(input.path()).ok()?, input.path(), &bytes).ok()?))
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
        let setup = self.job.setups.of(path).ok()?;
        let known = opened().files.iter().find(|(other, _)| *other == at).map(|(_, file)| file.clone());
        let file = match known {
            Some(file) => file,
            None => {
                let file = Arc::new(Reopened::new(&setup, kind(&setup, path), self.source(at)?));
                opened().keep(at, file.clone());
                file
            }
        };
        let number = (doc - held.first) as usize;
        let document = Arc::new(file.outline(&setup, number, held.sheets.get(number)?)?);
        let mut opened = opened();
        if opened.documents.len() >= DOCUMENTS {
            opened.documents.clear();
        }
        opened.documents.insert(doc, document.clone());
        Some(document)
    }
}

impl Opened {
    fn keep(&mut self, at: usize, file: Arc<Reopened>) {
        self.files.push((at, file));
        let size = |files: &[(usize, Arc<Reopened>)]| files.iter().map(|(_, f)| f.file().text().len()).sum::<usize>();
        while self.files.len() > 2 && (size(&self.files) > BYTES || self.files.len() > DOCUMENTS) {
            self.files.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::convert::Infallible;
    use std::path::PathBuf;

    use super::*;
    use crate::check::Check;
    use crate::config::{Setup, Setups};
    use crate::corpus::{CorpusCheck, Evidence, Found, Index};
    use crate::diagnostic::{Findings, Severity};
    use crate::lint::{HouseStyle, Linter, Written, load, registry};
    use crate::text::Lang;

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
        let job = Job { setups: Setups::one(setup), mending: None, cache: None };
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
        let job = Job { setups: Setups::one(setup), mending: None, cache: None };
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
