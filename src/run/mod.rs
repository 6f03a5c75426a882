//! The pipeline over many files: read, parse, check, mend, in parallel, with results in a fixed order.

pub mod cache;
mod corpus;
pub(crate) mod held;
mod looking;
mod mend;
mod original;
mod reading;
pub(crate) mod reopened;
mod revision;

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

pub(crate) use looking::look;
use looking::{check, examine, silence};
pub use reading::{Sides, document, each_document, each_document_of, kind, side, source, targets};
use reading::{original, side_in, variety};

use crate::config::{Setup, Setups};
use crate::corpus::Gathered;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::files::Input;
use crate::lint::Taken;
use crate::report::Problem;
use crate::report::score::Amounts;
use crate::text::{Source, Span};
use crate::write::Disk;

pub use cache::Cache;

/// What a run works by.
#[derive(Default)]
pub struct Job<'a> {
    /// How each file is read and checked.
    pub setups: Setups,
    /// Whether files are mended, and how.
    pub mending: Option<Mending<'a>>,
    /// What was found in earlier runs, where nothing is mended.
    pub cache: Option<Cache>,
}

/// How files are mended.
pub struct Mending<'a> {
    /// The least safe fixes that are applied.
    pub least: Safety,
    /// Where mended files are written; without it nothing is, and [`FileOutcome::mended`] tells what would be.
    pub disk: Option<&'a dyn Disk>,
    /// Whether links may lead out of the folders that are checked.
    pub follow_symlinks: bool,
}

/// What came out for one file.
#[derive(Debug, Default)]
pub struct FileOutcome {
    /// In order of record and place; of a mended text those that are left.
    pub diagnostics: Vec<Diagnostic>,
    /// What kept the file, a record or a check from being worked on.
    pub problems: Vec<Problem>,
    /// How many words were read.
    pub words: usize,
    /// What was read in each language.
    pub languages: Amounts,
    /// The severity from which findings in this file make the exit code 1.
    pub fail_on: Severity,
    /// How many fixes were applied.
    pub fixed: usize,
    /// The text, where fixes changed it.
    pub mended: Option<Mended>,
}

/// What became of a text that fixes changed. Only what somebody still has to show or write is kept.
#[derive(Debug, Clone)]
pub struct Mended {
    /// The decoded text before and after, without a byte order mark, where nothing is written.
    pub texts: Option<(Arc<str>, String)>,
    /// The bytes of the whole, where there is no file to write them to.
    pub bytes: Option<Vec<u8>>,
}

/// How many files are worked on before their results are handed over: enough to keep all cores busy, few enough
/// that their texts fit in memory.
const BATCH: usize = 256;

/// Checks files in parallel and hands the outcomes over in the order of the inputs: at once where each article is checked
/// by itself, and where they are compared as soon as all were read.
///
/// # Errors
///
/// The first that `done` returns; files after that one may be left unread. What befalls a file is in its outcome.
pub fn each_file<E>(
    job: &Job<'_>,
    inputs: Vec<Input>,
    mut done: impl FnMut(&Path, FileOutcome) -> Result<(), E>,
) -> Result<(), E> {
    if corpus::is_wanted(job, &inputs) {
        return corpus::each_file(job, &inputs, done);
    }
    for batch in inputs.chunks(BATCH) {
        let looks: Vec<Look> = batch.par_iter().map(|input| file(job, input, false)).collect();
        for (input, look) in batch.iter().zip(looks) {
            done(input.path(), look.outcome)?;
        }
    }
    Ok(())
}

/// What was seen of a file.
#[derive(Default)]
pub(crate) struct Look {
    pub(crate) outcome: FileOutcome,
    /// Its documents in order: the file itself, or its records.
    pub(crate) sheets: Vec<Sheet>,
    /// The text that was looked at.
    pub(crate) source: Option<Arc<Source>>,
    /// Whether that text can be had nowhere else any more.
    only_here: bool,
    /// Of the bytes that were looked at; of a mended file, of those that it holds now.
    hash: Option<u64>,
    /// Whether a check broke down.
    broke: bool,
    /// By what the file goes in the cache.
    key: Option<cache::Key>,
    /// Whether the evidence is there, in place of here.
    is_cached: bool,
}

/// What was seen of one document.
pub(crate) struct Sheet {
    /// The line and the place of the record.
    record: Option<(u32, Span)>,
    /// How many of the findings of the file are its own.
    findings: usize,
    /// The findings to which lints of a corpus give way, silenced ones too.
    taken: Vec<Taken>,
    pub(crate) gathered: Gathered,
}

/// Looks at a file; `gather` asks for what lints of a corpus keep of it.
fn file(job: &Job<'_>, input: &Input, gather: bool) -> Look {
    // Checks are caught one by one; this is for what reads and mends.
    panic::catch_unwind(AssertUnwindSafe(|| work(job, input, gather))).unwrap_or_else(|_| {
        let mut look = Look::default();
        look.outcome.problems.push(broken(input.path(), "reading it"));
        look
    })
}

/// That something broke down over a file, by a panic of this thread.
fn broken(path: &Path, what: &str) -> Problem {
    Problem::of_file(path, format!("{what} broke down{}", last_panic()))
}

fn work(job: &Job<'_>, input: &Input, gather: bool) -> Look {
    let path = input.path();
    let failed = |what: String| {
        let problems = vec![Problem::of_file(path, what)];
        Look { outcome: FileOutcome { problems, ..FileOutcome::default() }, ..Look::default() }
    };
    let bytes = match input.read() {
        Ok(bytes) => bytes,
        Err(e) => return failed(e.to_string()),
    };
    let setup = match job.setups.of(path) {
        Ok(setup) => setup,
        Err(e) => return failed(e.to_string()),
    };
    let known = known(job, &setup, input, &bytes, gather);
    if let Some((cache, key)) = &known
        && let Some(mut look) = cache.find(key, &setup, &cache::File { path, bytes: &bytes })
    {
        silence(&setup, &mut look);
        look.hash = Some(held::hash(&bytes));
        (look.key, look.is_cached) = (Some(*key), true);
        return look;
    }
    let source = match source(&setup, path, &bytes) {
        Ok(source) => Arc::new(source),
        Err(e) => return failed(e.to_string()),
    };
    let mut look = match &job.mending {
        Some(mending) => mend::mend(&setup, mending, input, &bytes, source, gather),
        None => {
            let mut look = examine(&setup, source, gather);
            if let Some((cache, key)) = &known {
                cache.keep(*key, &setup, &look);
                look.key = Some(*key);
            }
            silence(&setup, &mut look);
            look
        }
    };
    look.hash.get_or_insert_with(|| held::hash(&bytes));
    // A pipe is empty the second time.
    look.only_here |= matches!(input, Input::Bytes(..)) || !path.is_file();
    look
}

/// The cache and what a file goes by there, where it has a part in this.
fn known<'j>(
    job: &'j Job<'_>,
    setup: &Setup,
    input: &Input,
    bytes: &[u8],
    gather: bool,
) -> Option<(&'j Cache, cache::Key)> {
    let cache = job.cache.as_ref().filter(|_| job.mending.is_none())?;
    // What came through a pipe cannot be read again, to show what was found before.
    let Input::File { path, .. } = input else { return None };
    path.is_file().then_some(())?;
    // No bytes tell what others were at another time.
    if setup.linter.needs_history() && setup.original(path).is_some() {
        return None;
    }
    // What is said of a translation depends on its original, too.
    let mut original = original::known_by(setup, path)?;
    // … and what it is compared with on what the path says of the language.
    original.extend(variety(path).unwrap_or_default().bytes());
    Some((cache, cache.key(setup, path, [&original, bytes], gather)?))
}

thread_local! {
    /// Where in our code the last panic of this thread was.
    static BUG: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics from being shown as they come, since they may quote the article. Only their place in our code is kept,
/// which the message about the check that broke down tells.
pub fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        BUG.with(|bug| *bug.borrow_mut() = place);
    }));
}

/// Where the last panic of this thread was, as the end of a sentence.
pub fn last_panic() -> String {
    BUG.with(told)
}

fn told(bug: &RefCell<Option<String>>) -> String {
    let place = bug.borrow().as_ref().map(|place| format!(" at {place}")).unwrap_or_default();
    format!("{place}; this is a bug in copydesk, please report it")
}

#[cfg(test)]
pub(crate) mod tests {
    use std::convert::Infallible;
    use std::path::PathBuf;

    use super::*;
    use crate::check::Check;
    use crate::diagnostic::Findings;
    use crate::lint::{HouseStyle, Linter, Written, load, registry};
    use crate::text::Document;

    #[derive(Debug)]
    struct Breaks;

    impl Check for Breaks {
        fn document<'a>(&self, doc: &'a Document, _: &mut Findings<'a>) {
            panic!("no end to “{}”", doc.text());
        }
    }

    /// A setup of two lints: `breaks`, whose check breaks down, and `repeated-word`.
    pub(crate) fn setup_with_one_that_breaks() -> Setup {
        let whole = registry::named("repeated-word").unwrap();
        let written = Written::Toml(registry::written("repeated-word").unwrap());
        let (mut broken, _) = load("breaks", written).unwrap();
        broken.check = Box::new(Breaks);
        let lints = vec![(Arc::new(broken), whole.severity), (whole.clone(), whole.severity)];
        Setup { linter: Linter::new(lints, HouseStyle::default()), ..Setup::default() }
    }

    #[test]
    fn a_check_that_breaks_down_is_told_without_the_article_and_the_others_report() {
        let setup = setup_with_one_that_breaks();
        let job = Job { setups: Setups::one(setup), mending: None, cache: None };
        let inputs = [("a.txt", "The the end."), ("b.jsonl", "\n{\"text\": \"The the end.\"}")]
            .map(|(name, text)| Input::Bytes(PathBuf::from(name), text.as_bytes().to_vec()));
        let mut outcomes = Vec::new();
        let Ok(()) = each_file(&job, inputs.into(), |_, outcome| {
            outcomes.push(outcome);
            Ok::<(), Infallible>(())
        });
        for (outcome, place) in outcomes.iter().zip(["a.txt: ", "b.jsonl:2: "]) {
            assert_eq!(outcome.diagnostics.len(), 1);
            let said: Vec<String> = outcome.problems.iter().map(Problem::to_string).collect();
            assert_eq!(said.len(), 1);
            assert!(said[0].starts_with(&format!("{place}the check of breaks broke down")), "{said:?}");
            assert!(!said[0].contains("The the"), "{said:?}");
        }
    }
}
