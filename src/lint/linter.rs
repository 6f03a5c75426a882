//! Runs lints over a document and words what they find.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::definition::{Lint, Set};
use super::house::HouseStyle;
use super::{registry, template};
use crate::corpus::{Found, Open};
use crate::diagnostic::{At, Diagnostic, Edit, Finding, Findings, Fix, Label, Place, Severity, Value};
use crate::ignore::Ignores;
use crate::text::{Document, Span, Translation};

/// Lints that are on, each with its severity, and the house style.
#[derive(Debug, Clone)]
pub struct Linter {
    lints: Vec<(Arc<Lint>, Severity)>,
    house: Arc<HouseStyle>,
}

/// What came out for one document.
#[derive(Debug, Default)]
pub struct Checked {
    /// In order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Checks that broke down; the others reported.
    pub failures: Vec<Failure>,
}

/// A check that panicked on a document: a bug of ours, told without words of the article.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The lint.
    pub lint: String,
    /// What the panic said.
    pub message: String,
}

impl Default for Linter {
    /// The built-in lints of the default set.
    fn default() -> Linter {
        Linter::new(
            registry::builtin().iter().filter(|l| l.set == Set::Default).map(|l| (l.clone(), l.severity)).collect(),
            HouseStyle::default(),
        )
    }
}

impl Linter {
    /// Runs these lints, with these severities.
    pub fn new(lints: Vec<(Arc<Lint>, Severity)>, house: impl Into<Arc<HouseStyle>>) -> Linter {
        Linter { lints, house: house.into() }
    }

    /// The same lints in another house.
    pub fn in_house(&self, house: impl Into<Arc<HouseStyle>>) -> Linter {
        Linter { lints: self.lints.clone(), house: house.into() }
    }

    /// The lints that are on.
    pub fn lints(&self) -> impl Iterator<Item = &Arc<Lint>> {
        self.lints.iter().map(|(lint, _)| lint)
    }

    /// The lints that are on, with their severities.
    pub fn severities(&self) -> impl Iterator<Item = (&Arc<Lint>, Severity)> {
        self.lints.iter().map(|(lint, severity)| (lint, *severity))
    }

    /// Whether a lint is on that asks what has become of originals.
    pub fn needs_history(&self) -> bool {
        self.lints().any(|lint| lint.check.needs_history())
    }

    /// What the user has decided about names and words.
    pub fn house(&self) -> &HouseStyle {
        &self.house
    }

    /// Runs every lint over a document by itself.
    pub fn check(&self, doc: &Document) -> Checked {
        self.check_among(doc, &[], &|_| None)
    }

    /// The same for a document among others, of which lints of a corpus found this; `open` opens the others.
    pub fn check_among(&self, doc: &Document, found: &[(Arc<Lint>, Found)], open: &Open<'_>) -> Checked {
        self.run(doc, None, found, open)
    }

    /// Runs every lint over a translation, beside its original. The original itself is not checked.
    pub fn check_translation(&self, source: &Document, target: &Document) -> Checked {
        self.check_translated(&Translation::of(source, target), &[], &|_| None)
    }

    /// The same for a translation among other documents.
    pub fn check_translated(&self, whole: &Translation<'_>, found: &[(Arc<Lint>, Found)], open: &Open<'_>) -> Checked {
        self.run(whole.target(), Some(whole), found, open)
    }

    fn run(
        &self,
        doc: &Document,
        whole: Option<&Translation<'_>>,
        found: &[(Arc<Lint>, Found)],
        open: &Open<'_>,
    ) -> Checked {
        let mut checked = Checked::default();
        for (lint, severity) in &self.lints {
            if !lint.speaks(doc.lang()) {
                continue;
            }
            let run = catch_unwind(AssertUnwindSafe(|| {
                let mut findings = Findings::new(&self.house);
                match whole {
                    Some(whole) => lint.check.translation(whole, &mut findings),
                    None => lint.check.document(doc, &mut findings),
                }
                findings.found.into_iter().filter_map(|f| self.word(lint, *severity, f)).collect::<Vec<_>>()
            }));
            match run {
                Ok(found) => checked.diagnostics.extend(found),
                Err(panic) => checked.failures.push(Failure { lint: lint.id.clone(), message: panic_text(&*panic) }),
            }
        }
        if !found.is_empty() {
            let taken = self.taken(&checked.diagnostics);
            checked.diagnostics.extend(self.word_found(doc, found, &taken, open));
        }
        self.give_way(doc, &mut checked.diagnostics);
        let mut ignores = Ignores::of(doc, &self.house.own_lints);
        if !ignores.is_empty() {
            ignores.apply(&mut checked.diagnostics);
            // What a lint of a corpus finds depends on which articles are checked: a comment for it is never idle.
            // Nor is one for a lint that needs an original, where there is none.
            let by_itself = |lint: &&Arc<Lint>| !lint.is_of_corpus() && (whole.is_some() || !lint.needs_source());
            let on: HashSet<&str> = self.lints().filter(by_itself).map(|lint| lint.id.as_str()).collect();
            let mut about = Vec::new();
            for (lint, severity) in &self.lints {
                let mut findings = Findings::new(&self.house);
                lint.check.ignores(doc, &ignores, &on, &mut findings);
                about.extend(findings.found.into_iter().filter_map(|f| self.word(lint, *severity, f)));
            }
            ignores.apply(&mut about);
            checked.diagnostics.extend(about);
        }
        checked.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        checked
    }

    /// From finding to diagnostic: the one step in which offsets of a document become offsets of its source.
    pub(super) fn word(&self, lint: &Arc<Lint>, severity: Severity, finding: Finding<'_>) -> Option<Diagnostic> {
        let doc = finding.at.doc;
        let in_text = finding.written.is_none();
        if in_text && (doc.is_masked(finding.at.span) || self.house.vocabulary.cover(doc.text(), finding.at.span)) {
            return None;
        }
        let fix = self.fix(lint, &finding);
        let fill = |wording: &str, slots: &[(&'static str, Value)]| template::fill(wording, slots, &lint.phrases);
        let related = finding
            .related
            .iter()
            .map(|at| {
                let mut slots = finding.slots.clone();
                slots.push(("related", Value::Text(at.doc.slice(at.span).to_owned())));
                Label { at: place(*at), message: fill(lint.related.as_deref().unwrap_or_default(), &slots) }
            })
            .collect();
        let at = finding.written.map_or_else(|| place(finding.at), |span| Place { source: doc.source().clone(), span });
        let block = if in_text { doc.block_at(finding.at.span.start) } else { None };
        let around = block.map_or(at.span, |block| doc.in_source(block.span));
        Some(Diagnostic {
            lint: lint.clone(),
            severity: if finding.raised && severity == lint.severity { severity.higher() } else { severity },
            message: fill(&lint.message, &finding.slots),
            help: fill(&lint.help, &finding.slots),
            block: Span::new(around.start.min(at.span.start), around.end.max(at.span.end)),
            lang: block.map_or(doc.lang(), |block| block.lang),
            at,
            related,
            fix,
        })
    }

    /// The fix in the source; none where it would take markup or masked text with it.
    fn fix(&self, lint: &Lint, finding: &Finding<'_>) -> Option<Fix> {
        let doc = finding.at.doc;
        let safety = lint.fix?;
        let safety = finding.safety.map_or(safety, |lower| lower.min(safety));
        if finding.edits.is_empty() {
            return None;
        }
        if finding.written.is_some() {
            let edits = finding.edits.iter().map(|(span, text)| Edit { span: *span, text: text.clone() }).collect();
            return Some(Fix { safety, edits });
        }
        let possible = |span: Span| doc.is_whole_in_source(span) && !doc.is_masked(span);
        if !finding.edits.iter().all(|(span, text)| possible(*span) && doc.admits(*span, text)) {
            return None;
        }
        let mut edits: Vec<Edit> = finding
            .edits
            .iter()
            .map(|(span, text)| Edit { span: doc.in_source(*span), text: doc.escape(text) })
            .collect();
        edits.sort_by_key(|e| (e.span.start, e.span.end));
        Some(Fix { safety, edits })
    }
}

fn place(at: At<'_>) -> Place {
    Place { source: at.doc.source().clone(), span: at.doc.in_source(at.span) }
}

pub(super) fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "no reason given".to_owned())
}
