//! The files of a run between the first look and the second, and those that lie open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::config::Setup;
use crate::corpus::DocId;
use crate::diagnostic::Diagnostic;
use crate::files::Input;
use crate::report::Problem;
use crate::run::cache::AllFound;
use crate::run::held::{Held, Text, hash};
use crate::run::reopened::Reopened;
use crate::run::{FileOutcome, Job, kind, source};
use crate::text::{Document, Source};

/// All files, and those that lie open.
pub(super) struct Shelf<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) inputs: &'a [Input],
    pub(super) files: Vec<Held>,
    pub(super) open: Mutex<Opened>,
}

/// What was opened lately: the findings of one file after the other point at the same places.
#[derive(Default)]
pub(super) struct Opened {
    files: Vec<(usize, Arc<Reopened>)>,
    documents: HashMap<DocId, Arc<Document>>,
}

/// So many documents lie open at most.
const DOCUMENTS: usize = 64;
/// Sources are closed when more than so many bytes lie open, all but the last two.
const BYTES: usize = 32 << 20;

impl Shelf<'_> {
    /// The outcome of a file, all findings in place.
    pub(super) fn second_look(&self, at: usize, found: &AllFound) -> FileOutcome {
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
    pub(super) fn setup(&self, doc: DocId) -> Option<Arc<Setup>> {
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
    use super::*;
    use crate::config::Setups;
    use crate::corpus::Corpus;
    use crate::run::file;
    use crate::text::Lang;

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
