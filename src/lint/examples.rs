//! Runs the examples of a definition through the whole pipeline, for the tests and for authors of lints.

use std::sync::Arc;

use super::definition::{Bad, Examples, Good, Lint};
use super::{HouseStyle, Linter};
use crate::diagnostic::{Diagnostic, Safety};
use crate::text::{Lang, Source};
use crate::{Options, fix, format};

/// Examples that a definition needs of each kind.
pub const AT_LEAST: usize = 3;

/// What the examples of a lint do not bear out, one sentence each; empty when all is well. `others` are the lints
/// under which a fixed text must be clean.
pub fn run(lint: &Arc<Lint>, examples: &Examples, others: &Linter) -> Vec<String> {
    let mut wrong = Vec::new();
    if examples.bad.len() < AT_LEAST || examples.good.len() < AT_LEAST {
        wrong.push(format!("needs {AT_LEAST} bad and {AT_LEAST} good examples"));
    }
    for (what, text) in [("summary", &lint.summary), ("message", &lint.message), ("help", &lint.help)] {
        let lower = text.chars().next().is_some_and(|c| !c.is_uppercase());
        if !lower || text.ends_with('.') {
            wrong.push(format!("the {what} must begin in lower case and have no final stop"));
        }
    }
    // The lint about ignore comments is about what the others find.
    let mut lints = vec![(lint.clone(), lint.severity)];
    if lint.check_name == "unused-ignore" {
        lints.extend(others.severities().filter(|(l, _)| l.id != lint.id).map(|(l, severity)| (l.clone(), severity)));
    }
    let alone = Linter::new(lints, HouseStyle::default());
    for bad in &examples.bad {
        bad_example(lint, bad, &alone.in_house(bad.names.house()), &others.in_house(bad.names.house()), &mut wrong);
    }
    for Good { text, lang, format, names, .. } in &examples.good {
        let mut found = check(text, *lang, format, &alone.in_house(names.house()), &mut wrong);
        found.retain(|d| d.lint.id == lint.id);
        if !found.is_empty() {
            wrong.push(format!("reported in a good example: {:?} in {text:?}", flags(&found)));
        }
    }
    wrong
}

fn bad_example(lint: &Lint, bad: &Bad, alone: &Linter, others: &Linter, wrong: &mut Vec<String>) {
    let mut found = check(&bad.text, bad.lang, &bad.format, alone, wrong);
    found.retain(|d| d.lint.id == lint.id);
    if flags(&found) != bad.flags {
        wrong.push(format!("marks {:?}, expected {:?}, in {:?}", flags(&found), bad.flags, bad.text));
        return;
    }
    for d in &found {
        let said = [&d.message, &d.help].into_iter().chain(d.related.iter().map(|l| &l.message));
        for text in said.filter(|t| t.contains(['{', '}']) && !bad.text.contains(['{', '}'])) {
            wrong.push(format!("a slot is not filled: {text:?}"));
        }
        if !d.related.is_empty() && lint.related.is_none() {
            wrong.push("points at second places, but has no wording for them (`related`)".to_owned());
        }
    }
    let fixed = mend(bad, alone, wrong);
    match &bad.fixed {
        Some(expected) if *expected != fixed => {
            wrong.push(format!("fixes to {fixed:?}, expected {expected:?}"));
        }
        None if fixed != bad.text => wrong.push(format!("has a fix that the example does not list: {fixed:?}")),
        Some(_) => {
            let again = check(&fixed, bad.lang, &bad.format, others, wrong);
            if !again.is_empty() {
                let ids: Vec<_> = again.iter().map(|d| format!("{} {:?}", d.lint.id, d.message)).collect();
                wrong.push(format!("the fixed text {fixed:?} is reported: {ids:?}"));
            }
        }
        None => {}
    }
}

/// The text after all fixes, round by round, as `--fix --unsafe-fixes` makes it.
fn mend(bad: &Bad, alone: &Linter, wrong: &mut Vec<String>) -> String {
    let mut text = bad.text.clone();
    for _ in 0..10 {
        let found = check(&text, bad.lang, &bad.format, alone, wrong);
        let chosen = fix::select(&found, Safety::Unsafe);
        if chosen.is_empty() {
            return text;
        }
        text = fix::apply(&text, chosen);
    }
    wrong.push(format!("its fixes do not come to rest: {:?}", bad.text));
    text
}

fn check(
    text: &str,
    lang: Option<Lang>,
    format: &Option<String>,
    linter: &Linter,
    wrong: &mut Vec<String>,
) -> Vec<Diagnostic> {
    if let Some(name) = format
        && format::named(name).is_none()
    {
        wrong.push(format!("no format is called “{name}”"));
    }
    let options = Options {
        lang: Some(lang.unwrap_or(Lang::ENGLISH)),
        format: format.clone(),
        linter: linter.clone(),
        ..Options::default()
    };
    let checked = crate::check(text, &options);
    wrong.extend(checked.failures.iter().map(|f| format!("the check panicked: {}", f.message)));
    checked.diagnostics
}

/// The words that diagnostics mark.
fn flags(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|d| marked(&d.at.source, d)).collect()
}

fn marked<'a>(source: &'a Source, d: &Diagnostic) -> &'a str {
    d.at.span.slice(source.text())
}
