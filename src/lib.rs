//! A linter for article text.
//!
//! ```
//! use copydesk::{Options, check, lint, text::Lang};
//!
//! let text = "# Ferries\n\nThe *ferry* ferry is late.The pier is shut.";
//! let options = Options { lang: Lang::parse("en"), format: Some("markdown".into()), ..Options::default() };
//! let report = check(text, &options);
//! assert_eq!(report.diagnostics[0].message, "“ferry” is written twice");
//! assert_eq!(report.diagnostics.len(), 2);
//!
//! // One lint alone. Places are bytes of the text; fixes are edits of it.
//! let lint = lint::registry::named("missing-space").unwrap();
//! let linter = lint::Linter::new(vec![(lint.clone(), lint.severity)], lint::HouseStyle::default());
//! let report = check(text, &Options { linter, ..options });
//! let place = report.diagnostics[0].at.span;
//! assert_eq!(&text[place.start as usize..place.end as usize], "late.The");
//! assert_eq!(report.diagnostics[0].fix.as_ref().unwrap().edits[0].text, " ");
//! ```
//!
//! # The map
//!
//! A **lint** is one thing that we say to a writer: a definition file in `lints/`. A **check** is one way of finding
//! things: a small file in [`check`](mod@check). Many lints can share a check.
//!
//! ```text
//! Source ─format─▶ Draft ─▶ Document ─check─▶ Finding ─definition─▶ Diagnostic ─ignore, silence─▶ report, fix
//! ```
//!
//! In the order in which a text passes through them:
//!
//! | module | holds |
//! |---|---|
//! | [`text`] | what is read: a [`Source`] is a file or record as it is, its text decoded; a [`Document`] is what a reader reads, with blocks, sentences, words and masks, and the way back from each byte to the source; [`quantity`](text::quantity) reads numbers by their values |
//! | [`format`](mod@format) | how sources are read; a [`Format`](format::Format) makes a [`Draft`](text::Draft): text without markup, its blocks and where each piece came from; a [`Bilingual`](format::bilingual::Bilingual) one makes units of an original and its translation, each a source of its own; `format::glossary` reads tables and TBX of terms |
//! | [`lint`] | what `lints/` means: definitions, the registry of those built in, examples, what was [measured](lint::measured) of them, and the [`Linter`](lint::Linter) that runs lints over a document |
//! | [`check`](mod@check) | how things are found; a [`Check`](check::Check) pushes [`Finding`](diagnostic::Finding)s, which have places and slots and no words of ours |
//! | [`text::align`], [`text::Translation`] | a translation beside its original: what corresponds to what, and the pairs that checks look at |
//! | [`corpus`] | articles set against each other: the evidence that some checks gather from each document, and the [`Corpus`](corpus::Corpus) that concludes from all of it |
//! | [`diagnostic`] | what is found and what a writer is told: a [`Diagnostic`](diagnostic::Diagnostic) is a finding in the words of its definition, at bytes of the source |
//! | [`ignore`] | comments that silence lints |
//! | [`fix`] | applying edits, round by round, until nothing changes |
//!
//! That is the core, which builds alone with `default-features = false`. The feature `html` adds the reader of HTML,
//! the feature `cli` all that knows of files, threads and terminals:
//!
//! | module | holds |
//! |---|---|
//! | `config` | `copydesk.toml`: finding and reading it, choosing lints, overrides, silenced findings |
//! | `files`, `run` | walking folders; the pipeline over many files, in parallel, with a fixed order of results; `run::cache` keeps what was found in files that do not change |
//! | `write` | replacing a file so that it holds the old bytes or the new ones, whatever happens, Ctrl-C too |
//! | `git` | what has changed since a revision; `git::history` knows when files were last committed and what they held |
//! | `baseline` | findings that are accepted for now, and how they are known again |
//! | `report` | how results are shown, one file a report; `report::history` keeps what was counted in earlier runs |
//! | `cli` | commands and flags, one file a command |
//! | `lsp` | the language server (feature `lsp`): open documents, the articles of the workspace, diagnostics, actions |
//!
//! # Why `lints/` holds data
//!
//! The message, the reason, the help, the examples, the table of lints, SARIF rules and the tests of a lint come from
//! one file and cannot drift. Whoever can edit a text file can write one, and a review of a new lint is one page that a
//! copy editor can judge. A house's own lints come through the same door as ours, so the door stays good. No sentence
//! stands in a check, so that what we say can be translated, and code may be rewritten while the examples remain as the
//! specification. The price: slots of a message are verified when a definition is read, not by the compiler. The
//! danger: data that grows into a language. So a definition has no conditions and no expressions; a lint that needs
//! logic gets a check.
//!
//! What a language is like (abbreviations, quotation marks, words that cannot end a sentence, phrases of page furniture)
//! is data for the same reasons, and stands in `lints/languages/`. `build.rs` compiles all of it in.
//!
//! # Invariants
//!
//! Each is the absence of something, which code cannot show:
//!
//! 1. Parsing a text never fails. Broken markup becomes text; only bytes that cannot be decoded are an error, of the file.
//! 2. Checks do no input or output, read no clock, keep no state between documents and hold no sentence that a user sees.
//! 3. No position is searched for afterwards: offsets are made while parsing and only mapped from then on. The step from
//!    finding to diagnostic is the one place where offsets of a document become offsets of a source.
//! 4. Lines and columns do not exist before reports (and mistakes in a configuration): until then a place is bytes.
//!    Clap is known only in `cli`, codespan-reporting only in `report`.
//! 5. Results do not depend on the number of threads or the order of files.
//! 6. A panic in a check is not the end: the others report, the run goes on, and what is said of it quotes no article.
//! 7. A mistake in a configuration or definition is never passed over: it is shown with its line, like a finding.
//! 8. No file is left half written, and none is written that did not have to change.
//! 9. Nothing that an article says reaches a terminal or a build log unescaped.
//!
//! `tests/conventions.rs` holds what of this a machine can read from the code.

pub mod check;
pub mod corpus;
pub mod diagnostic;
pub mod fix;
pub mod format;
pub mod ignore;
pub mod lint;
pub mod text;

#[cfg(feature = "cli")]
pub mod baseline;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
#[cfg(feature = "cli")]
pub mod files;
#[cfg(feature = "cli")]
pub mod git;
#[cfg(feature = "lsp")]
pub mod lsp;
#[cfg(feature = "cli")]
pub mod report;
#[cfg(feature = "cli")]
pub mod run;
#[cfg(feature = "cli")]
pub mod write;

use std::sync::Arc;

use text::{Document, Lang, Source};

/// How [`check()`] reads a text.
#[derive(Default)]
pub struct Options {
    /// The language, where it is known. Else it is what the text declares (front matter, `<html lang>`), or told from
    /// the text where that is safe; lints that need to know it are silent where it is not.
    pub lang: Option<Lang>,
    /// The language of the original, likewise, where there is one.
    pub source_lang: Option<Lang>,
    /// The format by its name (`text`, `markdown`, `mdx`, `html`) or an ending of its files (`md`). Without one, for a
    /// name that is unknown, and for `json-lines`, which holds many texts, it is plain text. For a format of originals and
    /// translations (`po`) it is a string of such a file, with its tags and placeholders.
    pub format: Option<String>,
    /// How the format reads where there is a choice.
    pub reading: format::Reading,
    /// What the original said when it was translated, where that is known; for [`check_pair`].
    pub source_before: Option<String>,
    /// The lints that are on, and the house style; the built-in lints of the default set by default.
    pub linter: lint::Linter,
}

/// Checks one text. It never fails: a check that breaks down is told in [`failures`](lint::Checked::failures).
///
/// Places are bytes of `text`; a byte order mark at its start is no part of it. [`Source::position`] turns them into
/// lines and columns.
///
/// ```
/// use copydesk::text::{Lang, Unit};
///
/// let options = copydesk::Options { lang: Lang::parse("fr"), ..Default::default() };
/// let report = copydesk::check("Été\n\nLe pont pont est fermé.", &options);
/// let found = &report.diagnostics[0];
/// assert_eq!((found.lint.id.as_str(), found.at.span.start), ("repeated-word", 10));
/// let position = found.at.source.position(found.at.span.start, Unit::Char);
/// assert_eq!((position.line, position.column), (3, 4));
/// ```
///
/// Offsets have 32 bits: a text must be shorter than 4 GiB. The program refuses longer files; here it is for the caller
/// to see to.
pub fn check(text: &str, options: &Options) -> lint::Checked {
    options.linter.check(&document("text", text, options))
}

/// Checks a translation, by itself and beside its original. What is found is at places of the translation; second places
/// in the original have a [`Source`] of the name `source`.
///
/// ```
/// use copydesk::{Options, check_pair, lint, text::Lang};
///
/// let source = "The ferry is late.\n\nThe pier was shut for a week after the storm.\n\nThe lock is open again.";
/// let target = "Le ferry est en retard.\n\nL’écluse est de nouveau ouverte.";
/// let lint = lint::registry::named("missing-paragraph").unwrap();
/// let linter = lint::Linter::new(vec![(lint.clone(), lint.severity)], lint::HouseStyle::default());
/// let (source_lang, lang) = (Lang::parse("en"), Lang::parse("fr"));
/// let report = check_pair(source, target, &Options { linter, source_lang, lang, ..Options::default() });
/// let found = &report.diagnostics[0];
/// assert_eq!(found.related[0].at.span.slice(source), "The pier was shut for a week after the storm.");
/// ```
pub fn check_pair(source: &str, target: &str, options: &Options) -> lint::Checked {
    let original = original_of(options);
    let (source, target) = (document("source", source, &original), document("target", target, options));
    let revision = options.source_before.as_ref().and_then(|before| {
        let before = document("source", before, &original);
        text::Revision::between(&before, &source, None)
    });
    let row = options.format.as_deref().and_then(format::named);
    let is_unit = row.is_some_and(|row| matches!(row.kind, format::Kind::Bilingual(_)));
    let circumstances = text::Circumstances { revision, is_unit, ..text::Circumstances::default() };
    let whole = text::Translation::of(&source, &target).in_circumstances(circumstances);
    options.linter.check_translated(&whole, &[], &|_| None)
}

/// Checks a file of subtitles, each cue by itself, and beside the cue of the original that it renders. `options.format` is
/// `srt` or `vtt` for both; with another one, and where the two have nothing to do with each other, cues are checked by
/// themselves. What comes out is in the order of the cues that say something.
pub fn check_subtitles(source: &str, target: &str, options: &Options) -> Vec<lint::Checked> {
    let row = options.format.as_deref().and_then(format::named);
    let format = match row.map(|row| &row.kind) {
        Some(format::Kind::Bilingual(format)) if format.is_timed() => *format,
        _ => return vec![check(target, options)],
    };
    let read = |name: &str, text: &str| format.read(&Arc::new(Source::new(name, text)), &options.reading).units;
    let mut units = read("target", target);
    let _ = format::bilingual::cues::join(read("source", source), &mut units);
    let side = |entry: &format::bilingual::Entry, lang| entry.document(format::PLAIN, &options.reading, lang);
    let checked = units.iter().filter(|unit| unit.is_to_be_checked()).filter_map(|unit| {
        let target = side(unit.target.as_ref()?, options.lang);
        Some(match &unit.source {
            Some(entry) => options.linter.check_translation(&side(entry, options.source_lang), &target),
            None => options.linter.check(&target),
        })
    });
    checked.collect()
}

/// How an original is read.
fn original_of(options: &Options) -> Options {
    Options {
        lang: options.source_lang,
        format: options.format.clone(),
        reading: options.reading.clone(),
        ..Options::default()
    }
}

/// Checks texts each by itself and against each other: what stands in several of them, a name that one spells as no other
/// does. What comes out is in the order of the texts, which go by `text 1`, `text 2` and so on.
///
/// ```
/// let foot = "The Lenn Evening Post is written by volunteers in three villages.";
/// let texts = ["The ferry is late.", "The pier is shut.", "The lock is open."].map(|text| format!("{text}\n\n{foot}"));
/// let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
/// let linter = copydesk::lint::registry::named("recurring-block").map(|lint| vec![(lint.clone(), lint.severity)]);
/// let linter = copydesk::lint::Linter::new(linter.unwrap(), copydesk::lint::HouseStyle::default());
/// let reports = copydesk::check_all(&texts, &copydesk::Options { linter, ..Default::default() });
/// assert!(reports.iter().all(|report| report.diagnostics[0].lint.id == "recurring-block"));
/// ```
///
/// All of the texts are held in memory. The program does without that, by way of a [`corpus::Corpus`].
pub fn check_all(texts: &[&str], options: &Options) -> Vec<lint::Checked> {
    let name = |at: usize| if texts.len() == 1 { "text".to_owned() } else { format!("text {}", at + 1) };
    let documents = texts.iter().enumerate().map(|(at, text)| (None, Arc::new(document(&name(at), text, options))));
    all(documents.collect(), &options.linter)
}

/// Checks translations, each by itself, beside its original and against the others. What comes out is in the order of the
/// translations, which go by `target 1` and so on, their originals by `source 1`.
pub fn check_all_pairs(pairs: &[(&str, &str)], options: &Options) -> Vec<lint::Checked> {
    let original = original_of(options);
    let documents = pairs.iter().enumerate().map(|(at, (source, target))| {
        let source = document(&format!("source {}", at + 1), source, &original);
        (Some(source), Arc::new(document(&format!("target {}", at + 1), target, options)))
    });
    all(documents.collect(), &options.linter)
}

/// Checks documents, each beside its original where it has one.
fn all(documents: Vec<(Option<Document>, Arc<Document>)>, linter: &lint::Linter) -> Vec<lint::Checked> {
    let whole = |at: usize| {
        let (source, target) = documents.get(at)?;
        Some(text::Translation::of(source.as_ref()?, target))
    };
    let mut corpus = corpus::Corpus::default();
    let mut failures = Vec::new();
    for (doc, (_, document)) in documents.iter().enumerate() {
        let (gathered, failed) = match whole(doc) {
            Some(whole) => linter.gather_translation(&whole),
            None => linter.gather(document),
        };
        corpus.insert(doc as corpus::DocId, gathered);
        failures.push(failed);
    }
    let conclusion = corpus.conclude(None);
    let broken = conclusion.broken.into_iter();
    failures
        .iter_mut()
        .take(1)
        .for_each(|first| first.extend(broken.clone().map(|lint| lint::Failure { lint, message: String::new() })));
    let open = |doc: corpus::DocId| documents.get(doc as usize).map(|(_, document)| document.clone());
    let all = documents.iter().zip(failures).enumerate().map(|(doc, ((_, document), failed))| {
        let found = conclusion.found.get(&(doc as corpus::DocId)).map_or(&[][..], Vec::as_slice);
        let mut checked = match whole(doc) {
            Some(whole) => linter.check_translated(&whole, found, &open),
            None => linter.check_among(document, found, &open),
        };
        checked.failures.extend(failed);
        checked
    });
    all.collect()
}

fn document(name: &str, text: &str, options: &Options) -> Document {
    let source = Arc::new(Source::new(name, text));
    let draft = match options.format.as_deref().and_then(format::named).map(|row| &row.kind) {
        Some(format::Kind::Text(format)) => format.parse(&source, &options.reading),
        Some(format::Kind::Bilingual(_)) => format::bilingual::string(&source),
        _ => format::PLAIN.parse(&source, &options.reading),
    };
    Document::new(source, draft, options.lang)
}

/// The candidate that a misspelt word most likely meant: the nearest, if no more than one code point in three differs.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|c| (strsim::damerau_levenshtein(word, c), c))
        .filter(|(distance, c)| *distance * 3 <= c.chars().count().max(word.chars().count()))
        .min()
        .map(|(_, c)| c)
}

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
