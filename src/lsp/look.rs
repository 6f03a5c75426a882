//! Looking at an article: what is found in it by itself, and what is kept of it.

use std::convert::Infallible;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use super::articles::Article;
use super::rules::{self, Rules};
use crate::baseline::Sieve;
use crate::config::{Mistake, Setup};
use crate::corpus::Gathered;
use crate::diagnostic::Diagnostic;
use crate::files::Input;
use crate::format::Row;
use crate::report::Problem;
use crate::run::held::{HeldSheet, hash};
use crate::run::{self, Look};
use crate::text::Source;

/// What was seen of a text, and what is to be compared of it.
pub struct Seen {
    pub article: Article,
    pub source: Option<Arc<Source>>,
    pub gathered: Vec<Gathered>,
    /// Its findings by itself.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks at a text. Whatever breaks down is told in its problems.
pub fn look(rules: &Rules, source: Arc<Source>, language: Option<&'static Row>) -> Seen {
    let path = source.path().to_owned();
    let seen = panic::catch_unwind(AssertUnwindSafe(|| match rules.of(&path) {
        Ok(setup) => run::look(&setup, rules::kind(&setup, &path, language), source.clone(), true),
        // The mistakes are told at the file that they stand in.
        Err(_) => Look::default(),
    }));
    let look = seen.unwrap_or_else(|_| failed(&path, format!("reading it broke down{}", run::last_panic())));
    seen_of(look, Some(source), language)
}

/// Reads an article from its file and looks at it.
pub fn look_at_file(rules: &Rules, path: &Path, language: Option<&'static Row>) -> Seen {
    if rules.of(path).is_err() {
        return seen_of(Look::default(), None, language);
    }
    match read(rules, path) {
        Ok(source) => look(rules, Arc::new(source), language),
        Err(what) => seen_of(failed(path, what), None, language),
    }
}

/// A file that steers us, with what is wrong with it.
pub fn steering(mistakes: Vec<Mistake>) -> Seen {
    Seen { article: Article { mistakes, ..Article::default() }, ..seen_of(Look::default(), None, None) }
}

/// Findings without those that the baseline of an article accepts. A baseline that cannot be read accepts nothing.
pub fn without_accepted(setup: &Setup, path: &Path, all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Some(baseline) = setup.baseline.clone().filter(|baseline| !all.is_empty() && baseline.is_file()) else {
        return all;
    };
    let Ok(mut sieve) = Sieve::new([(path.to_owned(), Some(baseline))]) else { return all };
    let mut left = Vec::new();
    let mut keep = |_: &Path, outcome: run::FileOutcome, _: Option<Vec<Diagnostic>>| {
        left.extend(outcome.diagnostics);
        Ok::<(), Infallible>(())
    };
    let outcome = run::FileOutcome { diagnostics: all, ..run::FileOutcome::default() };
    let Ok(()) = sieve.add(path, outcome, &mut keep);
    let Ok(()) = sieve.finish(&mut keep);
    left
}

/// Reads an article from its file, as its configuration says.
///
/// # Errors
///
/// What is wrong with the file or its configuration, in words.
pub fn read(rules: &Rules, path: &Path) -> Result<Source, String> {
    let input = Input::File { path: path.to_owned(), root: None };
    let bytes = input.read().map_err(|e| e.to_string())?;
    let setup = rules.of(path).map_err(|mistakes| mistakes.to_string())?;
    run::source(&setup, path, &bytes).map_err(|e| e.to_string())
}

fn failed(path: &Path, what: String) -> Look {
    let mut look = Look::default();
    look.outcome.problems.push(Problem::of_file(path, what));
    look
}

fn seen_of(mut look: Look, source: Option<Arc<Source>>, language: Option<&'static Row>) -> Seen {
    let gathered = look.sheets.iter_mut().map(|sheet| std::mem::take(&mut sheet.gathered)).collect();
    let diagnostics = look.outcome.diagnostics.clone();
    let article = Article {
        sheets: HeldSheet::all(&mut look),
        words: look.outcome.words,
        problems: look.outcome.problems,
        text: source.as_ref().map_or(0, |source| hash(source.text().as_bytes())),
        language,
        ..Article::default()
    };
    Seen { article, source, gathered, diagnostics }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Setups;
    use crate::run::tests::setup_with_one_that_breaks;

    #[test]
    fn a_check_that_breaks_down_costs_its_findings_and_a_word() {
        let setup = setup_with_one_that_breaks();
        let rules = Rules::one(Setups::one(setup));
        let seen = look(&rules, Arc::new(Source::new("/a.txt", "The the end.")), None);
        assert_eq!(seen.diagnostics.len(), 1);
        let said: Vec<&str> = seen.article.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(said.len() == 1 && said[0].contains("breaks broke down") && !said[0].contains("The the"), "{said:?}");
    }
}
