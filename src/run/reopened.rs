//! A file that was looked at, opened again to show what was found in it.

use std::sync::Arc;

use super::held::HeldSheet;
use super::{Sides, document, original, revision, side, side_in, targets};
use crate::config::Setup;
use crate::corpus::{Found, Open};
use crate::diagnostic::Diagnostic;
use crate::format::{self, Format, Kind, json_lines};
use crate::ignore::Ignores;
use crate::lint::Lint;
use crate::text::{Circumstances, Document, Lang, Source, Span, Translation};

/// A file whose text is at hand again.
pub(crate) struct Reopened {
    file: Arc<Source>,
    kind: Option<&'static Kind>,
    /// Its translations, where it is a file of originals and translations.
    units: Option<Vec<Sides>>,
}

/// The text of a document with what belongs to it.
pub(crate) struct Texts {
    pub text: Arc<Source>,
    /// The language that its record gives it.
    lang: Option<Lang>,
    /// What it was translated from.
    pub original: Option<Document>,
}

impl Reopened {
    /// The text of a file made of this.
    pub fn new(setup: &Setup, kind: Option<&'static Kind>, file: Arc<Source>) -> Reopened {
        let units = match kind {
            Some(Kind::Bilingual(format)) => {
                let mut units = Vec::new();
                targets(setup, *format, &file, |target| units.extend(target.ok().map(|(sides, _)| sides)));
                Some(units)
            }
            _ => None,
        };
        Reopened { file, kind, units }
    }

    /// The text of the file.
    pub fn file(&self) -> &Arc<Source> {
        &self.file
    }

    /// The text of its document of this number, which is this record.
    pub fn texts(&self, setup: &Setup, number: usize, record: Option<(u32, Span)>) -> Option<Texts> {
        if let Some(units) = &self.units {
            let Sides { target, original, .. } = units.get(number)?;
            let original = original.as_ref().map(|original| side_in(setup, original, setup.reading.source_lang));
            return Some(Texts { text: target.source.clone(), lang: target.lang, original });
        }
        let Some((line, at)) = record else {
            let original = super::original::read(setup, self.file.path()).ok().flatten();
            let (original, lang) = original.map_or((None, None), |(original, lang)| (Some(original), lang));
            return Some(Texts { text: self.file.clone(), lang, original });
        };
        let entry = json_lines::record(&self.file, line, at, &setup.reading).ok()?;
        let format = setup.reading.record_format();
        let original = entry.original.map(|(source, lang)| original(setup, format, Arc::new(source), lang));
        Some(Texts { text: Arc::new(entry.source), lang: entry.lang, original })
    }

    /// A document, without what checks need to know of it: to point at.
    pub fn outline(&self, setup: &Setup, number: usize, sheet: &HeldSheet) -> Option<Document> {
        let text = self.texts(setup, number, sheet.record)?.text;
        let draft = self.format(setup).parse(&text, &setup.reading);
        Some(Document::outline(text, draft))
    }

    /// All findings of a document in order of place: its own, and what was found beside others.
    pub fn diagnostics(
        &self,
        setup: &Setup,
        (number, sheet): (usize, &HeldSheet),
        found: &[(Arc<Lint>, Found)],
        open: &Open<'_>,
    ) -> Vec<Diagnostic> {
        if sheet.findings.is_empty() && found.is_empty() {
            return Vec::new();
        }
        let Some(Texts { text, lang, original }) = self.texts(setup, number, sheet.record) else { return Vec::new() };
        let first = original.as_ref().map(Document::source);
        let mut all: Vec<Diagnostic> = sheet.findings.iter().map(|finding| finding.restored(&text, first)).collect();
        if found.is_empty() {
            return all;
        }
        let format = self.format(setup);
        let outline = Document::outline(text.clone(), format.parse(&text, &setup.reading));
        if Ignores::of(&outline, &setup.linter.house().own_lints).is_empty() {
            all.extend(setup.linter.word_found(&outline, found, &sheet.taken, open));
            all.sort_by(|a, b| a.order().cmp(&b.order()));
        } else {
            // Comments speak of all findings together.
            let document = match self.units.as_ref().and_then(|units| units.get(number)) {
                Some(sides) => side(setup, &sides.target),
                None => document(setup, format, text, lang),
            };
            let checked = match &original {
                Some(original) => {
                    let whole = Translation::of(original, &document);
                    let whole = match setup.linter.needs_history() {
                        true => whole.in_circumstances(Circumstances {
                            revision: revision::of(setup, &document, original),
                            ..Circumstances::default()
                        }),
                        false => whole,
                    };
                    setup.linter.check_translated(&whole, found, open)
                }
                None => setup.linter.check_among(&document, found, open),
            };
            all = checked.diagnostics;
        }
        setup.silence(&mut all);
        all
    }

    /// The format of its documents.
    fn format<'s>(&self, setup: &'s Setup) -> &'s dyn Format {
        match self.kind {
            Some(Kind::Records | Kind::Bilingual(_)) => setup.reading.record_format(),
            Some(Kind::Text(format)) => *format,
            None => format::PLAIN,
        }
    }
}
