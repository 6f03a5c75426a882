//! The pipeline over many files: read, parse, check, report, in parallel, with results in a fixed order.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Setup, Setups};
use crate::diagnostic::Diagnostic;
use crate::format::{self, Kind, json_lines};
use crate::text::{Document, Lang, Source, decode};

/// What a run works by.
pub struct Job {
    /// How each file is read and checked.
    pub setups: Setups,
}

/// What came out for one file.
#[derive(Debug, Default)]
pub struct FileOutcome {
    /// In order of record and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What kept the file, a record or a check from being worked on, one sentence each, place included.
    pub errors: Vec<String>,
}

/// A file to check, or a text that was handed in under a name.
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Bytes of standard input.
    Bytes(PathBuf, Vec<u8>),
}

impl Input {
    /// The path that reports show.
    pub fn path(&self) -> &Path {
        match self {
            Input::File(path) | Input::Bytes(path, _) => path,
        }
    }
}

/// The files under these paths, sorted: a file named outright is taken whatever its name, a folder gives the files whose
/// format is known, ignore files respected, links not followed.
pub fn collect(paths: &[PathBuf], errors: &mut Vec<String>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        for entry in ignore::WalkBuilder::new(path).follow_links(false).require_git(false).build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|t| t.is_dir()) => {}
                Ok(entry) if entry.depth() == 0 || format::of_path(entry.path()).is_some() => {
                    if entry.depth() == 0 || entry.file_type().is_some_and(|t| t.is_file()) {
                        files.push(entry.into_path());
                    }
                }
                Ok(_) => {}
                Err(e) => errors.push(e.to_string()),
            }
        }
    }
    files.sort();
    files.dedup();
    files
}

/// How many files are worked on before their results are handed over: enough to keep all cores busy, few enough
/// that their texts fit in memory.
const BATCH: usize = 256;

/// Checks files in parallel and hands the outcomes over in the order of the inputs.
pub fn each_file<E>(
    job: &Job,
    inputs: Vec<Input>,
    mut done: impl FnMut(&Path, FileOutcome) -> Result<(), E>,
) -> Result<(), E> {
    let mut inputs = inputs.into_iter().peekable();
    while inputs.peek().is_some() {
        let batch: Vec<Input> = inputs.by_ref().take(BATCH).collect();
        let outcomes: Vec<FileOutcome> = batch.par_iter().map(|input| file(job, input)).collect();
        for (input, outcome) in batch.iter().zip(outcomes) {
            done(input.path(), outcome)?;
        }
    }
    Ok(())
}

fn file(job: &Job, input: &Input) -> FileOutcome {
    let path = input.path();
    let read;
    let bytes = match input {
        Input::Bytes(_, bytes) => bytes,
        Input::File(path) => match read_whole(path) {
            Ok(bytes) => {
                read = bytes;
                &read
            }
            Err(e) => return failed(format!("{}: {e}", path.display())),
        },
    };
    let setup = job.setups.of(path);
    let row = setup.format.or_else(|| format::of_path(path));
    let declared = match row.map(|row| &row.kind) {
        Some(Kind::Text(format)) => format.charset(bytes),
        _ => None,
    };
    let decoded = match decode::decode(bytes, declared.as_deref()) {
        Ok(decoded) => decoded,
        Err(e) => return failed(format!("{}: {e}", path.display())),
    };
    let source = Arc::new(Source::new(path, decoded.text).with_encoding(decoded.encoding));
    let mut outcome = FileOutcome::default();
    match row.map(|row| &row.kind) {
        Some(Kind::Records) => records(&setup, &source, &mut outcome),
        Some(Kind::Text(format)) => text_of(&setup, *format, source, setup.lang, &mut outcome),
        None => text_of(&setup, format::PLAIN, source, setup.lang, &mut outcome),
    }
    outcome
}

/// Reads a file, unless it is longer than what is read at all: then not even its bytes.
fn read_whole(path: &Path) -> std::io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > decode::LONGEST {
        return Err(std::io::Error::other(decode::Undecodable::TooLong));
    }
    std::fs::read(path)
}

fn failed(error: String) -> FileOutcome {
    FileOutcome { errors: vec![error], ..FileOutcome::default() }
}

fn text_of(
    setup: &Setup,
    format: &dyn format::Format,
    source: Arc<Source>,
    lang: Option<Lang>,
    outcome: &mut FileOutcome,
) {
    let draft = format.parse(&source, &setup.reading);
    let document = Document::new(source, draft, lang);
    let checked = setup.linter.check(&document);
    outcome.diagnostics.extend(checked.diagnostics);
    let name = document.source().path().display();
    outcome
        .errors
        .extend(checked.failures.iter().map(|f| format!("{name}: the check of {} broke down: {}", f.lint, f.message)));
}

fn records(setup: &Setup, file: &Arc<Source>, outcome: &mut FileOutcome) {
    let lines = json_lines::lines(file);
    for batch in lines.chunks(BATCH) {
        let parts: Vec<FileOutcome> = batch
            .par_iter()
            .map(|&(line, at)| {
                let mut part = FileOutcome::default();
                match json_lines::record(file, line, at, &setup.reading) {
                    Ok(entry) => {
                        let lang = setup.lang.or(entry.lang);
                        text_of(setup, format::PLAIN, Arc::new(entry.source), lang, &mut part);
                    }
                    Err(bad) => part.errors.push(format!("{}:{}: {}", file.path().display(), bad.line, bad.message)),
                }
                part
            })
            .collect();
        for part in parts {
            outcome.diagnostics.extend(part.diagnostics);
            outcome.errors.extend(part.errors);
        }
    }
}
