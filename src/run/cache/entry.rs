//! An entry: what was seen of a file, without the file. It is written in the format of postcard, which is small and
//! fixed: there are no names of fields in it, and the program that reads it is the one that wrote it.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::held::HeldFinding;
use super::super::reopened::Reopened;
use super::super::{FileOutcome, Look, Sheet, kind, source};
use crate::config::Setup;
use crate::corpus::{Evidence, Gathered};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
use crate::lint::Lint;
use crate::report::Problem;
use crate::report::score::Amounts;
use crate::text::{Document, Lang, Source, Span};

/// A file as it is now.
pub struct File<'a> {
    /// Its path.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: &'a [u8],
}

#[derive(Serialize, Deserialize)]
struct Entry<'a> {
    words: u64,
    languages: Cow<'a, Amounts>,
    /// Line, if it is about one, and message.
    problems: Vec<(Option<u32>, Cow<'a, str>)>,
    sheets: Vec<EntrySheet<'a>>,
}

#[derive(Serialize, Deserialize)]
struct EntrySheet<'a> {
    record: Option<(u32, Span)>,
    findings: Vec<EntryFinding<'a>>,
    taken: Vec<(LintId, Span)>,
}

/// The evidence of the documents of a file, in order. It stands behind the rest, since mostly nobody asks for it.
type EntryEvidence<'a> = Vec<Vec<(LintId, Cow<'a, Evidence>)>>;

#[derive(Serialize, Deserialize)]
struct EntryFinding<'a> {
    lint: LintId,
    message: Cow<'a, str>,
    help: Cow<'a, str>,
    at: Span,
    /// Second places, and whether they are in the original.
    related: Vec<(bool, Span, Cow<'a, str>)>,
    fix: Option<EntryFix<'a>>,
    block: Span,
    lang: Lang,
}

/// How safe a fix is, and its edits.
type EntryFix<'a> = (Safety, Vec<(Span, Cow<'a, str>)>);

/// The number of a lint among those that are on: the key holds for one configuration.
pub type LintId = u16;

/// Writes what was seen. `None` where that is not to be kept: a check broke down, which is to be told each time.
pub fn write(setup: &Setup, look: &Look) -> Option<Vec<u8>> {
    if look.broke {
        return None;
    }
    let id = |lint: &Arc<Lint>| -> Option<LintId> {
        setup.linter.lints().position(|on| Arc::ptr_eq(on, lint))?.try_into().ok()
    };
    let mut diagnostics = look.outcome.diagnostics.iter();
    let sheets = look.sheets.iter().map(|sheet| {
        let findings = diagnostics.by_ref().take(sheet.findings).map(|d| finding(id(&d.lint)?, d));
        Some(EntrySheet {
            record: sheet.record,
            findings: findings.collect::<Option<_>>()?,
            taken: sheet.taken.iter().map(|(lint, span)| Some((id(lint)?, *span))).collect::<Option<_>>()?,
        })
    });
    let sheets = sheets.collect::<Option<_>>()?;
    let problems = look.outcome.problems.iter().map(|p| (p.line, Cow::Borrowed(&*p.message))).collect();
    let mut bytes = postcard::to_stdvec(&Entry {
        words: look.outcome.words as u64,
        languages: Cow::Borrowed(&look.outcome.languages),
        problems,
        sheets,
    })
    .ok()?;
    let gathered = look.sheets.iter().map(|sheet| {
        let evidence = sheet.gathered.iter().map(|(lint, evidence)| Some((id(lint)?, Cow::Borrowed(evidence))));
        evidence.collect::<Option<Vec<_>>>()
    });
    let gathered: EntryEvidence<'_> = gathered.collect::<Option<_>>()?;
    bytes.extend(postcard::to_stdvec(&gathered).ok()?);
    Some(bytes)
}

fn finding<'d>(lint: LintId, d: &'d Diagnostic) -> Option<EntryFinding<'d>> {
    let related = |label: &'d Label| {
        let in_original = !Arc::ptr_eq(&label.at.source, &d.at.source);
        (in_original, label.at.span, Cow::Borrowed(&*label.message))
    };
    let edits = |fix: &'_ Fix| fix.edits.iter().map(|e| (e.span, Cow::Owned(e.text.clone()))).collect();
    Some(EntryFinding {
        lint,
        message: Cow::Borrowed(&d.message),
        help: Cow::Borrowed(&d.help),
        at: d.at.span,
        related: d.related.iter().map(related).collect(),
        fix: d.fix.as_ref().map(|fix| (fix.safety, edits(fix))),
        block: d.block,
        lang: d.lang,
    })
}

/// Reads the evidence of an entry, document by document. `None` if it is none.
pub fn evidence(bytes: &[u8], setup: &Setup) -> Option<Vec<Gathered>> {
    let (_, rest) = postcard::take_from_bytes::<Entry<'_>>(bytes).ok()?;
    let entry: EntryEvidence<'_> = postcard::from_bytes(rest).ok()?;
    let lints: Vec<&Arc<Lint>> = setup.linter.lints().collect();
    let restored = |(id, evidence): (LintId, Cow<'_, Evidence>)| {
        Some(((*lints.get(usize::from(id))?).clone(), evidence.into_owned()))
    };
    entry.into_iter().map(|sheet| sheet.into_iter().map(restored).collect()).collect()
}

/// Reads an entry without its evidence. `None` if it is none, or does not fit the file.
pub fn read(bytes: &[u8], setup: &Setup, file: &File<'_>) -> Option<Look> {
    let (entry, _) = postcard::take_from_bytes::<Entry<'_>>(bytes).ok()?;
    let lints: Vec<(&Arc<Lint>, Severity)> = setup.linter.severities().collect();
    let lint = |id: LintId| lints.get(usize::from(id)).copied();
    let problem = |(line, message): (Option<u32>, Cow<'_, str>)| Problem {
        path: file.path.to_owned(),
        line,
        message: message.into_owned(),
    };
    let mut look = Look {
        outcome: FileOutcome {
            words: usize::try_from(entry.words).ok()?,
            languages: entry.languages.into_owned(),
            problems: entry.problems.into_iter().map(problem).collect(),
            fail_on: setup.fail_on,
            ..FileOutcome::default()
        },
        ..Look::default()
    };
    let mut file_again = None;
    for (number, sheet) in entry.sheets.into_iter().enumerate() {
        let findings = sheet.findings.into_iter().map(|finding| held(finding, &lint));
        let findings = findings.collect::<Option<Vec<_>>>()?;
        look.sheets.push(Sheet {
            record: sheet.record,
            findings: findings.len(),
            taken: sheet
                .taken
                .into_iter()
                .map(|(id, span)| Some((lint(id)?.0.clone(), span)))
                .collect::<Option<_>>()?,
            gathered: Gathered::new(),
        });
        if findings.is_empty() {
            continue;
        }
        if file_again.is_none() {
            let text = Arc::new(source(setup, file.path, file.bytes).ok()?);
            look.source = Some(text.clone());
            file_again = Some(Reopened::new(setup, kind(setup, file.path), text));
        }
        let texts = file_again.as_ref()?.texts(setup, number, sheet.record)?;
        let original = texts.original.as_ref().map(Document::source);
        if !findings.iter().all(|finding| lies_in(finding, &texts.text, original)) {
            return None;
        }
        look.outcome.diagnostics.extend(findings.iter().map(|f| f.restored(&texts.text, original)));
    }
    Some(look)
}

fn held<'l>(
    finding: EntryFinding<'_>,
    lint: &impl Fn(LintId) -> Option<(&'l Arc<Lint>, Severity)>,
) -> Option<HeldFinding> {
    let (lint, severity) = lint(finding.lint)?;
    let edit = |(span, text): (Span, Cow<'_, str>)| Edit { span, text: text.into_owned() };
    Some(HeldFinding {
        lint: lint.clone(),
        severity,
        message: finding.message.into_owned(),
        help: finding.help.into_owned(),
        at: finding.at,
        related: finding
            .related
            .into_iter()
            .map(|(first, span, message)| (first, span, message.into_owned()))
            .collect(),
        fix: finding.fix.map(|(safety, edits)| Fix { safety, edits: edits.into_iter().map(edit).collect() }),
        block: finding.block,
        lang: finding.lang,
    })
}

/// Whether all places of a finding are places of a text and its original: an entry may have been made by somebody else.
fn lies_in(finding: &HeldFinding, text: &Source, original: Option<&Arc<Source>>) -> bool {
    let is_place = |text: &Source, span: &Span| text.text().get(span.range()).is_some();
    let related = |(in_original, span, _): &(bool, Span, String)| match in_original {
        true => original.is_some_and(|original| is_place(original, span)),
        false => is_place(text, span),
    };
    let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| &edit.span));
    let places = [&finding.at, &finding.block].into_iter().chain(edits);
    finding.related.iter().all(related) && places.into_iter().all(|span| is_place(text, span))
}
