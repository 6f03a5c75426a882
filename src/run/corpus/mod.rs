//! A run that sets articles against each other.
//!
//! Every file is looked at once, its findings and its evidence are kept and its text is forgotten. When all evidence is
//! together, the findings of all are put in order, file by file; texts in which something is shown are read once more.

mod cached;
mod shelf;

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use self::cached::Cached;
use self::shelf::Shelf;
use super::cache::AllFound;
use super::held::Held;
use super::{BATCH, FileOutcome, Job, Look, broken, file, kind, last_panic};
use crate::corpus::{Conclusion, Corpus, DocId};
use crate::files::Input;
use crate::format::Kind;
use crate::report::Problem;

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::convert::Infallible;
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::check::Check;
    use crate::config::{Setup, Setups};
    use crate::corpus::{CorpusCheck, Evidence, Found, Index};
    use crate::diagnostic::{Findings, Severity};
    use crate::lint::{HouseStyle, Linter, Written, load, registry};
    use crate::text::Document;

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
}
