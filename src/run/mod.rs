//! The pipeline over many files: read, parse, check, mend, in parallel, with results in a fixed order.

mod corpus;
mod mend;

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Setup, Setups};
use crate::corpus::Gathered;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::files::Input;
use crate::format::{self, Kind, json_lines};
use crate::lint::Taken;
use crate::report::Problem;
use crate::text::{Document, Lang, Source, Span, Unit, decode};
use crate::write::Disk;

/// What a run works by.
pub struct Job<'a> {
    /// How each file is read and checked.
    pub setups: Setups,
    /// Whether files are mended, and how.
    pub mending: Option<Mending<'a>>,
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
struct Look {
    outcome: FileOutcome,
    /// Its documents in order: the file itself, or its records.
    sheets: Vec<Sheet>,
    /// The text that was looked at.
    source: Option<Arc<Source>>,
    /// Whether that text can be had nowhere else any more.
    only_here: bool,
}

/// What was seen of one document.
struct Sheet {
    /// The line and the place of the record.
    record: Option<(u32, Span)>,
    /// How many of the findings of the file are its own.
    findings: usize,
    /// The findings to which lints of a corpus give way, silenced ones too.
    taken: Vec<Taken>,
    gathered: Gathered,
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
    let source = match source(&setup, path, &bytes) {
        Ok(source) => Arc::new(source),
        Err(e) => return failed(e.to_string()),
    };
    let mut look = match &job.mending {
        Some(mending) => mend::mend(&setup, mending, input, &bytes, source, gather),
        None => check(&setup, source, gather),
    };
    // A pipe is empty the second time.
    look.only_here |= matches!(input, Input::Bytes(..)) || !path.is_file();
    look
}

/// The text of a file.
///
/// # Errors
///
/// If the bytes are no text in the encoding that they declare or look like, or more than 4 GiB.
pub fn source(setup: &Setup, path: &Path, bytes: &[u8]) -> Result<Source, decode::Undecodable> {
    let declared = match kind(setup, path) {
        Some(Kind::Text(format)) => format.charset(bytes),
        _ => None,
    };
    let decoded = decode::decode(bytes, declared.as_deref())?;
    Ok(Source::new(path, decoded.text).with_encoding(decoded.encoding))
}

/// What a file is made of, where its name or the setup tells.
pub fn kind(setup: &Setup, path: &Path) -> Option<&'static Kind> {
    setup.format.or_else(|| format::of_path(path)).map(|row| &row.kind)
}

/// Reads a source. Its language is what its front matter says, else the record it is, else the configuration.
pub fn document(setup: &Setup, format: &dyn format::Format, source: Arc<Source>, record: Option<Lang>) -> Document {
    let draft = format.parse(&source, &setup.reading);
    let given = draft.lang.or(record).or(setup.lang);
    Document::new(source, draft, given)
}

/// Reads the documents of a source one by one: the source itself, or its records.
pub fn each_document(setup: &Setup, source: Arc<Source>, mut each: impl FnMut(Result<Document, json_lines::BadLine>)) {
    match kind(setup, source.path()) {
        Some(Kind::Records) => {
            for (line, at) in json_lines::lines(&source) {
                let record = json_lines::record(&source, line, at, &setup.reading);
                let format = setup.reading.record_format();
                each(record.map(|entry| document(setup, format, Arc::new(entry.source), entry.lang)));
            }
        }
        Some(Kind::Text(format)) => each(Ok(document(setup, *format, source, None))),
        None => each(Ok(document(setup, format::PLAIN, source, None))),
    }
}

/// Reads what a document was translated from. Its language is what its front matter says, else what is known of it.
fn original(setup: &Setup, format: &dyn format::Format, source: Arc<Source>, lang: Option<Lang>) -> Document {
    let draft = format.parse(&source, &setup.reading);
    let given = draft.lang.or(lang);
    Document::new(source, draft, given)
}

fn check(setup: &Setup, source: Arc<Source>, gather: bool) -> Look {
    let outcome = FileOutcome { fail_on: setup.fail_on, ..FileOutcome::default() };
    let mut look = Look { outcome, source: Some(source.clone()), ..Look::default() };
    match kind(setup, source.path()) {
        Some(Kind::Records) => records(setup, &source, gather, &mut look),
        Some(Kind::Text(format)) => text_of(setup, document(setup, *format, source, None), None, None, gather, &mut look),
        None => text_of(setup, document(setup, format::PLAIN, source, None), None, None, gather, &mut look),
    }
    look
}

fn text_of(
    setup: &Setup,
    document: Document,
    original: Option<Document>,
    record: Option<Span>,
    gather: bool,
    look: &mut Look,
) {
    let mut checked = match &original {
        Some(original) => setup.linter.check_translation(original, &document),
        None => setup.linter.check(&document),
    };
    let source = document.source();
    let outcome = &mut look.outcome;
    outcome.words += document.words().len();
    if gather {
        let (gathered, failures) = setup.linter.gather(&document);
        checked.failures.extend(failures);
        let taken = setup.linter.taken(&checked.diagnostics);
        let record = source.record().zip(record).map(|(record, at)| (record.line, at));
        setup.silence(&mut checked.diagnostics);
        look.sheets.push(Sheet { record, findings: checked.diagnostics.len(), taken, gathered });
    } else {
        setup.silence(&mut checked.diagnostics);
    }
    outcome.diagnostics.extend(checked.diagnostics);
    outcome.problems.extend(document.problems().iter().map(|problem| Problem {
        path: source.path().to_owned(),
        line: Some(source.record().map_or_else(|| source.position(problem.at.start, Unit::Char).line, |r| r.line)),
        message: problem.message.clone(),
    }));
    outcome.problems.extend(checked.failures.iter().map(|failure| Problem {
        path: source.path().to_owned(),
        line: source.record().map(|record| record.line),
        message: format!("the check of {} broke down{}", failure.lint, last_panic()),
    }));
}

fn records(setup: &Setup, file: &Arc<Source>, gather: bool, look: &mut Look) {
    let lines = json_lines::lines(file);
    for batch in lines.chunks(BATCH) {
        let parts: Vec<Look> = batch
            .par_iter()
            .map(|&(line, at)| {
                let mut part = Look::default();
                match json_lines::record(file, line, at, &setup.reading) {
                    Ok(entry) => {
                        let format = setup.reading.record_format();
                        let document = document(setup, format, Arc::new(entry.source), entry.lang);
                        let other = entry.original.map(|(source, lang)| original(setup, format, Arc::new(source), lang));
                        text_of(setup, document, other, Some(at), gather, &mut part);
                    }
                    Err(bad) => part.outcome.problems.push(Problem {
                        path: file.path().to_owned(),
                        line: Some(bad.line),
                        message: bad.message,
                    }),
                }
                part
            })
            .collect();
        for part in parts {
            look.outcome.words += part.outcome.words;
            look.outcome.diagnostics.extend(part.outcome.diagnostics);
            look.outcome.problems.extend(part.outcome.problems);
            look.sheets.extend(part.sheets);
        }
    }
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
mod tests {
    use std::convert::Infallible;
    use std::path::PathBuf;

    use super::*;
    use crate::check::Check;
    use crate::diagnostic::Findings;
    use crate::lint::{HouseStyle, Linter, Written, load, registry};

    #[derive(Debug)]
    struct Breaks;

    impl Check for Breaks {
        fn document<'a>(&self, doc: &'a Document, _: &mut Findings<'a>) {
            panic!("no end to “{}”", doc.text());
        }
    }

    #[test]
    fn a_check_that_breaks_down_is_told_without_the_article_and_the_others_report() {
        let whole = registry::named("repeated-word").unwrap();
        let written = Written::Toml(registry::written("repeated-word").unwrap());
        let (mut broken, _) = load("breaks", written).unwrap();
        broken.check = Box::new(Breaks);
        let lints = vec![(Arc::new(broken), whole.severity), (whole.clone(), whole.severity)];
        let linter = Linter::new(lints, HouseStyle::default());
        let setup = Setup { linter, ..Setup::default() };
        let job = Job { setups: Setups::one(setup), mending: None };
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
