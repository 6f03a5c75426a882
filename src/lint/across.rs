//! Lints that set articles against each other: what they gather from a document, and the words for what they found.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::definition::Lint;
use super::linter::{Failure, Linter, panic_text};
use crate::corpus::{CorpusCheck, Evidence, Found, Gathered, Open, Spot, Words};
use crate::diagnostic::{Diagnostic, Finding};
use crate::ignore::Ignores;
use crate::text::{Document, Span, Translation};

/// A stretch of a source with the lint that has something to say about it.
pub type Taken = (Arc<Lint>, Span);

impl Linter {
    /// Whether a lint is on that sets articles against each other.
    pub fn is_of_corpus(&self) -> bool {
        self.lints().any(|lint| lint.is_of_corpus())
    }

    /// What such lints keep of a document, and the checks that broke down over it.
    pub fn gather(&self, doc: &Document) -> (Gathered, Vec<Failure>) {
        self.gathered(doc, |check| check.gather(doc))
    }

    /// The same for a translation beside its original.
    pub fn gather_translation(&self, whole: &Translation<'_>) -> (Gathered, Vec<Failure>) {
        self.gathered(whole.target(), |check| check.gather_translation(whole))
    }

    fn gathered(
        &self,
        doc: &Document,
        gather: impl Fn(&dyn CorpusCheck) -> Option<Evidence>,
    ) -> (Gathered, Vec<Failure>) {
        let (mut gathered, mut failures) = (Vec::new(), Vec::new());
        if Ignores::of(doc, &self.house().own_lints).is_no_article() {
            return (gathered, failures);
        }
        for lint in self.lints().filter(|lint| lint.speaks(doc.lang())) {
            let Some(check) = lint.check.corpus() else { continue };
            match catch_unwind(AssertUnwindSafe(|| gather(check))) {
                Ok(evidence) => gathered.extend(evidence.map(|evidence| (lint.clone(), evidence))),
                Err(panic) => failures.push(Failure { lint: lint.id.clone(), message: panic_text(&*panic) }),
            }
        }
        (gathered, failures)
    }

    /// The findings to which lints of a corpus give way.
    pub fn taken(&self, diagnostics: &[Diagnostic]) -> Vec<Taken> {
        let wins = |d: &&Diagnostic| self.lints().any(|lint| lint.gives_way.contains(&d.lint.id));
        diagnostics.iter().filter(wins).map(|d| (d.lint.clone(), d.at.span)).collect()
    }

    /// Words what was found in a document, where that is not taken by another lint. Of the document only the text and its
    /// blocks are needed.
    pub fn word_found(
        &self,
        doc: &Document,
        found: &[(Arc<Lint>, Found)],
        taken: &[Taken],
        open: &Open<'_>,
    ) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        for (lint, found) in found {
            let Some((_, severity)) = self.severities().find(|(on, _)| Arc::ptr_eq(on, lint)) else { continue };
            let is_taken = |part: &&Span| {
                let at = doc.in_source(**part);
                taken.iter().any(|(by, span)| lint.gives_way.contains(&by.id) && span.overlaps(at))
            };
            let mut free = found.parts.iter().filter(|part| !is_taken(part));
            let Some(first) = free.next() else { continue };
            let span = first.to(*free.next_back().unwrap_or(first));
            // Held as long as the finding points into them.
            let others: Vec<(Spot, Arc<Document>)> = found
                .slots
                .iter()
                .filter_map(|(_, words)| if let Words::At(spot) = words { Some(*spot) } else { None })
                .chain(found.related.iter().copied())
                .filter(|spot| spot.doc != found.doc)
                .filter_map(|spot| Some((spot, open(spot.doc)?)))
                .collect();
            let of = |spot: Spot| {
                let other = || others.iter().find(|(other, _)| other.doc == spot.doc).map(|(_, doc)| &**doc);
                let doc = if spot.doc == found.doc { Some(doc) } else { other() };
                // A file may have been written anew since it was read.
                doc.filter(|doc| doc.text().get(spot.span.range()).is_some())
            };
            let quote = |spot: Spot| of(spot).map(|doc| doc.slice(spot.span).to_owned()).unwrap_or_default();
            let stands = lint.check.corpus().is_some_and(|check| check.stands(found, self.house(), &quote));
            if !stands || of(Spot { doc: found.doc, span }).is_none() {
                continue;
            }
            let mut finding = Finding::new(doc, span);
            for (slot, words) in &found.slots {
                finding = finding.slot(
                    slot,
                    match words {
                        Words::Text(text) => text.clone(),
                        Words::At(spot) => quote(*spot),
                    },
                );
            }
            for spot in &found.related {
                if let Some(doc) = of(*spot) {
                    finding = finding.related_in(doc, spot.span);
                }
            }
            told.extend(self.word(lint, severity, finding));
        }
        told
    }
}
