//! Findings that only follow from others are not told: what is the matter with a paragraph that was left untranslated.

use std::sync::Arc;

use super::linter::Linter;
use crate::diagnostic::{Diagnostic, Place};
use crate::text::{Document, Source, Span};

impl Linter {
    /// Takes out what gives way (see [`gives_way`](super::Lint::gives_way)): to a finding at the same place of the article, or
    /// of its original where both point into that. Lints of a corpus have given way already, part by part.
    pub(super) fn give_way(&self, doc: &Document, diagnostics: &mut Vec<Diagnostic>) {
        let modest = self.lints().filter(|lint| !lint.gives_way.is_empty() && !lint.is_of_corpus());
        let mut gone = vec![false; diagnostics.len()];
        for lint in modest {
            let own = |d: &Diagnostic| Arc::ptr_eq(&d.lint, lint);
            if !diagnostics.iter().any(own) {
                continue;
            }
            let stronger = diagnostics.iter().filter(|d| lint.gives_way.contains(&d.lint.id));
            let mut taken = [Stretches::default(), Stretches::default()];
            for d in stronger {
                taken[0].0.push(d.at.span);
                taken[1].0.extend(in_original(doc.source(), d).map(|at| at.span));
            }
            taken.iter_mut().for_each(Stretches::join);
            for (d, gone) in diagnostics.iter().zip(&mut gone).filter(|(d, _)| own(d)) {
                let mut places = in_original(doc.source(), d);
                *gone = taken[0].hold(d.at.span) || places.any(|at| taken[1].hold(at.span));
            }
        }
        let mut gone = gone.into_iter();
        diagnostics.retain(|_| gone.next() != Some(true));
    }
}

/// The places of a finding that lie in another text.
fn in_original<'d>(own: &'d Arc<Source>, d: &'d Diagnostic) -> impl Iterator<Item = &'d Place> {
    d.related.iter().map(|label| &label.at).filter(move |at| !Arc::ptr_eq(&at.source, own))
}

/// Stretches of one text.
#[derive(Default)]
struct Stretches(Vec<Span>);

impl Stretches {
    /// Puts them in order, those that touch as one.
    fn join(&mut self) {
        self.0.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(self.0.len());
        for span in self.0.drain(..) {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        self.0 = joined;
    }

    /// Whether one of them shares a byte with a span, or holds it where it is empty.
    fn hold(&self, span: Span) -> bool {
        let next = self.0.partition_point(|taken| taken.end <= span.start);
        self.0.get(next).is_some_and(|taken| taken.overlaps(span) || *taken == span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_what_shares_a_byte_with_them() {
        let mut taken = Stretches(vec![Span::new(20, 25), Span::new(3, 8), Span::new(5, 12), Span::new(30, 30)]);
        taken.join();
        let held = |start, end| taken.hold(Span::new(start, end));
        assert!(held(11, 20) && held(24, 40) && held(4, 4) && held(0, 4));
        assert!(!held(12, 20) && !held(0, 3) && !held(26, 26) && !held(25, 29));
    }
}
