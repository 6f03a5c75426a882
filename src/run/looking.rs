//! A look at a file: all its documents checked, each beside its original where it has one.

use std::sync::Arc;

use rayon::prelude::*;

use super::original;
use super::reading::{self, Sides, document, kind, side, side_in, targets, variety};
use super::revision;
use super::{BATCH, FileOutcome, Look, Sheet, last_panic};
use crate::config::Setup;
use crate::diagnostic::Diagnostic;
use crate::format::bilingual::Bilingual;
use crate::format::{self, Kind, json_lines};
use crate::report::Problem;
use crate::text::{Circumstances, Document, Source, Span, Translation, Unit};

/// Checks a file, and takes the findings out that the configuration passes over.
pub(super) fn check(setup: &Setup, source: Arc<Source>, gather: bool) -> Look {
    let kind = kind(setup, source.path());
    look(setup, kind, source, gather)
}

/// The same for a text made of this.
pub(crate) fn look(setup: &Setup, kind: Option<&Kind>, source: Arc<Source>, gather: bool) -> Look {
    let mut look = examine_as(setup, kind, source, gather);
    silence(setup, &mut look);
    look
}

/// Takes the findings out that the configuration passes over, document by document.
pub(super) fn silence(setup: &Setup, look: &mut Look) {
    let mut all = std::mem::take(&mut look.outcome.diagnostics).into_iter();
    for sheet in &mut look.sheets {
        let mut findings: Vec<Diagnostic> = all.by_ref().take(sheet.findings).collect();
        setup.silence(&mut findings);
        sheet.findings = findings.len();
        look.outcome.diagnostics.extend(findings);
    }
}

/// Checks a file, whatever the configuration passes over.
pub(super) fn examine(setup: &Setup, source: Arc<Source>, gather: bool) -> Look {
    let kind = kind(setup, source.path());
    examine_as(setup, kind, source, gather)
}

fn examine_as(setup: &Setup, kind: Option<&Kind>, source: Arc<Source>, gather: bool) -> Look {
    let outcome = FileOutcome { fail_on: setup.fail_on, ..FileOutcome::default() };
    let mut look = Look { outcome, source: Some(source.clone()), ..Look::default() };
    match kind {
        Some(Kind::Records) => records(setup, &source, gather, &mut look),
        Some(Kind::Bilingual(format)) => bilingual(setup, *format, &source, gather, &mut look),
        Some(Kind::Text(format)) => text(setup, *format, source, gather, &mut look),
        None => text(setup, format::PLAIN, source, gather, &mut look),
    }
    look
}

/// What was read to be checked.
struct Read {
    document: Document,
    /// What it was translated from.
    original: Option<Document>,
    circumstances: Circumstances,
    /// The place of its record in the file.
    record: Option<Span>,
}

/// Checks the text of a file, beside its original if it has one.
fn text(setup: &Setup, format: &dyn format::Format, source: Arc<Source>, gather: bool, look: &mut Look) {
    let (original, lang) = match original::read(setup, source.path()) {
        Ok(read) => read.map_or((None, None), |(original, lang)| (Some(original), lang)),
        Err(what) => {
            look.outcome.problems.push(Problem::of_file(source.path(), what));
            (None, None)
        }
    };
    let mut circumstances = Circumstances { variety: variety(source.path()), ..Circumstances::default() };
    let document = document(setup, format, source, lang);
    if let Some(original) = original.as_ref().filter(|_| setup.linter.needs_history()) {
        circumstances.revision = revision::of(setup, &document, original);
    }
    let read = Read { document, original, circumstances, record: None };
    seen(setup, &read, gather, look);
}

fn seen(setup: &Setup, read: &Read, gather: bool, look: &mut Look) {
    let Read { document, original, circumstances, record } = read;
    let whole = original.as_ref().map(|original| Translation::of(original, document));
    let whole = whole.map(|whole| whole.in_circumstances(circumstances.clone()));
    let mut checked = match &whole {
        Some(whole) => setup.linter.check_translated(whole, &[], &|_| None),
        None => setup.linter.check(document),
    };
    let source = document.source();
    let (mut gathered, mut taken) = (Vec::new(), Vec::new());
    if gather {
        let (evidence, failures) = match &whole {
            Some(whole) => setup.linter.gather_translation(whole),
            None => setup.linter.gather(document),
        };
        gathered = evidence;
        checked.failures.extend(failures);
        taken = setup.linter.taken(&checked.diagnostics);
    }
    let record = source.record().zip(*record).map(|(record, at)| (record.line, at));
    look.sheets.push(Sheet { record, findings: checked.diagnostics.len(), taken, gathered });
    look.broke |= !checked.failures.is_empty();
    let outcome = &mut look.outcome;
    outcome.words += document.words().len();
    outcome.languages.entry(document.lang()).or_default().articles += 1;
    for block in document.blocks() {
        outcome.languages.entry(block.lang).or_default().words += document.words_of(block).len();
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
    let format = setup.reading.record_format();
    for batch in json_lines::lines(file).chunks(BATCH) {
        let read = |&(line, at): &(u32, Span)| {
            let entry = json_lines::record(file, line, at, &setup.reading)?;
            let original =
                entry.original.map(|(source, lang)| reading::original(setup, format, Arc::new(source), lang));
            let circumstances = Circumstances { variety: entry.variety, ..Circumstances::default() };
            let document = document(setup, format, Arc::new(entry.source), entry.lang);
            Ok(Read { document, original, circumstances, record: Some(at) })
        };
        together(setup, file, batch, read, gather, look);
    }
}

/// The translations of a file, each as an article of its own.
fn bilingual(setup: &Setup, format: &dyn Bilingual, file: &Arc<Source>, gather: bool, look: &mut Look) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut work = |batch: &[Result<(Sides, Span), json_lines::BadLine>]| {
        let read = |target: &Result<(Sides, Span), json_lines::BadLine>| match target {
            Ok((sides, at)) => Ok(Read {
                document: side(setup, &sides.target),
                original: sides.original.as_ref().map(|original| side_in(setup, original, setup.reading.source_lang)),
                circumstances: sides.circumstances.clone(),
                record: Some(*at),
            }),
            Err(bad) => Err(bad.clone()),
        };
        together(setup, file, batch, read, gather, look);
    };
    targets(setup, format, file, |target| {
        batch.push(target);
        if batch.len() == BATCH {
            work(&batch);
            batch.clear();
        }
    });
    work(&batch);
    look.outcome.languages.values_mut().for_each(|amount| amount.articles = amount.articles.min(1));
}

/// Reads and checks some records in parallel.
fn together<T: Sync>(
    setup: &Setup,
    file: &Source,
    batch: &[T],
    read: impl Fn(&T) -> Result<Read, json_lines::BadLine> + Sync,
    gather: bool,
    look: &mut Look,
) {
    let parts: Vec<Look> = batch
        .par_iter()
        .map(|record| {
            let mut part = Look::default();
            match read(record) {
                Ok(read) => seen(setup, &read, gather, &mut part),
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
        for (lang, amount) in part.outcome.languages {
            let all = look.outcome.languages.entry(lang).or_default();
            all.articles += amount.articles;
            all.words += amount.words;
        }
        look.outcome.diagnostics.extend(part.outcome.diagnostics);
        look.outcome.problems.extend(part.outcome.problems);
        look.sheets.extend(part.sheets);
        look.broke |= part.broke;
    }
}
