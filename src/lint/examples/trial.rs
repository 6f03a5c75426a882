//! Runs the examples of a definition through the whole pipeline, for the tests and for authors of lints.

use std::sync::Arc;

use super::{Bad, Examples, Sided};
use crate::diagnostic::{Diagnostic, Safety};
use crate::lint::{HouseStyle, Lint, Linter};
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
    let sided = examples.bad.iter().map(|e| (&e.source, &e.target));
    for (source, target) in sided.chain(examples.good.iter().map(|e| (&e.source, &e.target))) {
        if source.is_some() != target.is_some() {
            wrong.push("an example has a source without a target, or a target without a source".to_owned());
        }
    }
    for bad in &examples.bad {
        bad_example(
            lint,
            bad,
            &alone.in_house(bad.terms.and(bad.words.and(bad.names.house()))),
            &others.in_house(bad.terms.and(bad.words.and(bad.names.house()))),
            &mut wrong,
        );
    }
    for good in &examples.good {
        let said = Said {
            articles: good.articles(),
            source: good.source.as_deref(),
            source_before: good.source_before.as_deref(),
            source_lang: good.source_lang,
            pairs: &good.pairs,
            lang: good.lang,
            format: good.format.as_deref(),
        };
        let mut found = said.check(&alone.in_house(good.terms.and(good.words.and(good.names.house()))), &mut wrong);
        found.retain(|d| d.lint.id == lint.id);
        if !found.is_empty() {
            wrong.push(format!("reported in a good example: {:?} in {}", flags(&found), said.shown()));
        }
    }
    wrong
}

fn bad_example(lint: &Lint, bad: &Bad, alone: &Linter, others: &Linter, wrong: &mut Vec<String>) {
    let said = Said {
        articles: bad.articles(),
        source: bad.source.as_deref(),
        source_before: bad.source_before.as_deref(),
        source_lang: bad.source_lang,
        pairs: &bad.pairs,
        lang: bad.lang,
        format: bad.format.as_deref(),
    };
    let mut found = said.check(alone, wrong);
    found.retain(|d| d.lint.id == lint.id);
    if flags(&found) != bad.flags {
        wrong.push(format!("marks {:?}, expected {:?}, in {}", flags(&found), bad.flags, said.shown()));
        return;
    }
    let texts = said.articles.iter().map(String::as_str).chain(said.source);
    let sides = said.pairs.iter().flat_map(|pair| [&*pair.source, &*pair.target]);
    let braces = texts.into_iter().chain(sides).any(|text| text.contains(['{', '}']));
    for d in &found {
        let told = [&d.message, &d.help].into_iter().chain(d.related.iter().map(|l| &l.message));
        for text in told.filter(|t| t.contains(['{', '}']) && !braces) {
            wrong.push(format!("a slot is not filled: {text:?}"));
        }
        if !d.related.is_empty() && lint.related.is_none() {
            wrong.push("points at second places, but has no wording for them (`related`)".to_owned());
        }
    }
    // Several articles have no one text to be mended to: their lints have no fixes.
    let ([text], []) = (said.articles, said.pairs) else { return };
    let fixed = mend(text, &said, alone, wrong);
    match &bad.fixed {
        Some(expected) if *expected != fixed => {
            wrong.push(format!("fixes to {fixed:?}, expected {expected:?}"));
        }
        None if fixed != *text => wrong.push(format!("has a fix that the example does not list: {fixed:?}")),
        Some(_) => {
            let again = Said { articles: std::slice::from_ref(&fixed), ..said }.check(others, wrong);
            if !again.is_empty() {
                let ids: Vec<_> = again.iter().map(|d| format!("{} {:?}", d.lint.id, d.message)).collect();
                wrong.push(format!("the fixed text {fixed:?} is reported: {ids:?}"));
            }
        }
        None => {}
    }
}

/// The text after all fixes, round by round, as `--fix --unsafe-fixes` makes it.
fn mend(text: &str, said: &Said<'_>, alone: &Linter, wrong: &mut Vec<String>) -> String {
    let mut mended = text.to_owned();
    for _ in 0..10 {
        let found = Said { articles: std::slice::from_ref(&mended), ..*said }.check(alone, wrong);
        let chosen = fix::select(&found, Safety::Unsafe);
        if chosen.is_empty() {
            return mended;
        }
        mended = fix::apply(&mended, chosen);
    }
    wrong.push(format!("its fixes do not come to rest: {text:?}"));
    mended
}

/// What an example holds.
#[derive(Clone, Copy)]
struct Said<'e> {
    articles: &'e [String],
    source: Option<&'e str>,
    source_before: Option<&'e str>,
    source_lang: Option<Lang>,
    /// In the place of articles.
    pairs: &'e [Sided],
    lang: Option<Lang>,
    format: Option<&'e str>,
}

impl Said<'_> {
    /// The articles, to be quoted.
    fn shown(&self) -> String {
        if !self.pairs.is_empty() {
            return self.pairs.iter().map(|pair| format!("{:?}", pair.target)).collect::<Vec<_>>().join(", ");
        }
        self.articles.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ")
    }

    /// What is found in the articles, one after the other.
    fn check(&self, linter: &Linter, wrong: &mut Vec<String>) -> Vec<Diagnostic> {
        if let Some(name) = self.format
            && format::named(name).is_none()
        {
            wrong.push(format!("no format is called “{name}”"));
        }
        let options = Options {
            lang: Some(self.lang.unwrap_or(Lang::ENGLISH)),
            format: self.format.map(str::to_owned),
            source_lang: Some(self.source_lang.unwrap_or(Lang::ENGLISH)),
            source_before: self.source_before.map(str::to_owned),
            linter: linter.clone(),
            ..Options::default()
        };
        let is_timed = |row: &format::Row| matches!(row.kind, format::Kind::Bilingual(format) if format.is_timed());
        if let ([target], Some(source)) = (self.articles, self.source)
            && self.format.and_then(format::named).is_some_and(is_timed)
        {
            let all = crate::check_subtitles(source, target, &options);
            return all.into_iter().flat_map(|checked| checked.diagnostics).collect();
        }
        if let ([target], Some(source)) = (self.articles, self.source) {
            let checked = crate::check_pair(source, target, &options);
            wrong.extend(checked.failures.iter().map(|f| format!("the check panicked: {}", f.message)));
            return checked.diagnostics;
        }
        let texts: Vec<&str> = self.articles.iter().map(String::as_str).collect();
        let pairs: Vec<(&str, &str)> = self.pairs.iter().map(|pair| (&*pair.source, &*pair.target)).collect();
        let all = if pairs.is_empty() {
            crate::check_all(&texts, &options)
        } else {
            crate::check_all_pairs(&pairs, &options)
        };
        let failures = all.iter().flat_map(|checked| &checked.failures);
        wrong.extend(failures.map(|f| format!("the check panicked: {}", f.message)));
        all.into_iter().flat_map(|checked| checked.diagnostics).collect()
    }
}

/// The words that diagnostics mark.
fn flags(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|d| marked(&d.at.source, d)).collect()
}

fn marked<'a>(source: &'a Source, d: &Diagnostic) -> &'a str {
    d.at.span.slice(source.text())
}
