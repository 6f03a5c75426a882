//! A report for the wall: one page that holds all it needs, is read without a script, and asks no network.

mod chart;
mod excerpt;
mod filters;
mod groups;
mod page;
mod trend;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use groups::Group;

use super::history::Run;
use super::past::{Past, Since};
use super::score::{Amount, Amounts, Languages, Weights, per_thousand};
use super::{Checked, Report, Style, Summary, slashed, visible};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lint::Lint;
use crate::text::{Lang, Source, Span, Unit};

/// What goes into the page besides the findings.
#[derive(Debug, Default)]
pub struct Options {
    /// The heading; `Copy desk report` unless given.
    pub title: Option<String>,
    /// What findings cost.
    pub weights: Weights,
    /// An earlier run to compare with.
    pub since: Option<Since>,
    /// Earlier runs, the oldest first.
    pub runs: Vec<Run>,
}

/// The report as a page of HTML. All findings are kept until the end, as text: the first screen tells of all of them.
#[derive(Debug, Default)]
pub struct Html {
    options: Options,
    lints: BTreeMap<String, Told>,
    articles: Vec<Article>,
    languages: Languages,
    /// How many bytes of folders the paths of all with findings begin with.
    common: usize,
}

/// What a reader is told about a lint.
#[derive(Debug, Default, Clone)]
struct Told {
    summary: String,
    why: String,
    mqm: String,
    /// Findings by severity: notes, warnings, errors.
    counts: [usize; 3],
    /// Findings that were not there in the earlier run, and those of it that are gone.
    new: usize,
    gone: usize,
}

/// A file with findings, or one without of which only the words count.
#[derive(Debug)]
struct Article {
    path: String,
    words: usize,
    findings: Vec<Finding>,
    counts: [usize; 3],
    points: f64,
}

#[derive(Debug)]
struct Finding {
    lint: String,
    severity: Severity,
    message: String,
    /// `line:column`, from 1, columns in code points.
    place: String,
    lang: String,
    /// The words in place, as HTML.
    excerpt: String,
    /// The words of the original, as HTML, where the finding is about a translation.
    original: String,
    /// Second places.
    related: Vec<String>,
    /// Whether a fix is shown in the excerpt, and how safe it is.
    fix: Option<&'static str>,
    is_new: bool,
    /// What it has in common with findings elsewhere.
    group: Option<Group>,
}

/// How many second places are told.
const RELATED: usize = 2;

impl Html {
    /// A page with options.
    pub fn new(options: Options) -> Html {
        Html { options, ..Html::default() }
    }

    /// A page that is one report among others.
    pub fn of_style(style: &Style) -> Html {
        Html::new(Options { weights: style.weights.clone(), ..Options::default() })
    }

    /// Adds the findings of an earlier run in one file: its path, how many words it has now, and its language. `source` is
    /// its text as it is now, where it could be read.
    pub fn add_past(
        &mut self,
        (path, words, lang): (&str, usize, Lang),
        source: Option<&Source>,
        past: &[Past],
        lints: &[Arc<Lint>],
    ) {
        self.languages.read(&Amounts::from([(lang, Amount { articles: 1, words })]));
        let findings = past.iter().map(|p| {
            let lint = lints.iter().find(|lint| lint.id == p.lint);
            self.tell(&p.lint, lint.map(|lint| &**lint), &p.mqm, p.severity);
            let span = Span::new(p.start, p.end.max(p.start));
            // The text may have changed since.
            let is_there = |source: &&Source| {
                let at = source.position(p.start, Unit::Char);
                source.text().get(span.range()).is_some() && (at.line, at.column) == (p.line, p.column)
            };
            let source = source.filter(|_| p.record.is_none()).filter(is_there);
            let fix = source.and_then(|source| p.fix.as_ref()?.in_text(source.text()));
            let (excerpt, is_shown) =
                source.map_or((String::new(), false), |source| excerpt::html(source, span, fix.as_ref()));
            Finding {
                lint: p.lint.clone(),
                severity: p.severity,
                message: visible(&p.message).into_owned(),
                place: format!("{}:{}", p.line, p.column),
                lang: String::new(),
                excerpt,
                original: String::new(),
                related: Vec::new(),
                fix: fix.filter(|_| is_shown).map(|fix| fix.safety.name()),
                is_new: false,
                group: lint.and_then(|lint| Group::of(lint, &p.message, source.map(|s| span.slice(s.text())))),
            }
        });
        let findings = findings.collect();
        let points = past.iter().map(|p| self.options.weights.points(p.severity, &p.mqm, &p.lint)).sum();
        self.languages.cost(lang, points);
        self.push(path.to_owned(), words, findings, points);
    }

    /// What is to be kept of this run, when all files are told. `words_known` says whether all of them were read.
    pub fn run(&self, date: String, words_known: bool) -> Run {
        let lints = self.lints.iter().filter(|(_, told)| told.counts != [0; 3]);
        Run {
            date,
            files: self.articles.len(),
            words: words_known.then(|| self.articles.iter().map(|article| article.words).sum()),
            points: self.articles.iter().map(|article| article.points).sum(),
            lints: lints.map(|(id, told)| (id.clone(), told.counts)).collect(),
        }
    }

    fn tell(&mut self, id: &str, lint: Option<&Lint>, mqm: &str, severity: Severity) {
        let told = self.lints.entry(id.to_owned()).or_insert_with(|| Told {
            summary: lint.map(|lint| lint.summary.clone()).unwrap_or_default(),
            why: lint.map(|lint| lint.why.clone()).unwrap_or_default(),
            mqm: mqm.to_owned(),
            ..Told::default()
        });
        told.counts[severity as usize] += 1;
    }

    fn finding(&self, d: &Diagnostic) -> Finding {
        let at = d.at.in_file();
        let position = at.source.position(at.span.start, Unit::Char);
        let record = d.at.source.record().map(|record| format!("record {} · ", visible(&record.id)));
        let (excerpt, is_shown) = excerpt::html(&d.at.source, d.at.span, d.fix.as_ref());
        let beside = |at: &&Place| !Arc::ptr_eq(&at.source, &d.at.source) && d.is_of_translation();
        let original = d.related.iter().map(|label| &label.at).find(beside);
        let original = original.map(|at| excerpt::html(&at.source, at.span, None).0);
        let related = d.related.iter().take(RELATED).map(|label| {
            let at = label.at.in_file();
            let line = at.source.position(at.span.start, Unit::Char).line;
            let other = Some(at.source.path()).filter(|path| *path != d.at.source.path());
            let file = other.map(|path| format!("{}, ", visible(&slashed(path)))).unwrap_or_default();
            format!("{file}line {line}: {}", visible(&label.message))
        });
        Finding {
            lint: d.lint.id.clone(),
            severity: d.severity,
            message: visible(&d.message).into_owned(),
            place: format!("{}{}:{}", record.unwrap_or_default(), position.line, position.column),
            lang: d.lang.as_str().to_owned(),
            excerpt,
            original: original.unwrap_or_default(),
            related: related.collect(),
            fix: d.fix.as_ref().filter(|_| is_shown).map(|fix| fix.safety.name()),
            is_new: false,
            group: Group::of(&d.lint, &d.message, Some(d.at.span.slice(d.at.source.text()))),
        }
    }

    fn push(&mut self, path: String, words: usize, findings: Vec<Finding>, points: f64) {
        let mut counts = [0; 3];
        findings.iter().for_each(|finding| counts[finding.severity as usize] += 1);
        self.articles.push(Article { path, words, findings, counts, points });
    }

    /// Marks what is new since the earlier run.
    fn compare(&mut self) {
        let Some(since) = &mut self.options.since else { return };
        let all: Vec<(&str, &str, &str)> = self
            .articles
            .iter()
            .flat_map(|a| a.findings.iter().map(|f| (f.lint.as_str(), f.message.as_str(), a.path.as_str())))
            .collect();
        let mut known = since.take(&all).into_iter();
        for finding in self.articles.iter_mut().flat_map(|article| &mut article.findings) {
            finding.is_new = known.next() == Some(false);
            if let Some(told) = self.lints.get_mut(&finding.lint).filter(|_| finding.is_new) {
                told.new += 1;
            }
        }
        for (lint, count) in since.gone() {
            self.lints.entry(lint.to_owned()).or_default().gone = count;
        }
    }
}

impl Article {
    fn score(&self) -> Option<f64> {
        per_thousand(self.points, self.words)
    }

    /// What a reader is shown of the path.
    fn name(&self) -> String {
        visible(&slashed(Path::new(&self.path))).into_owned()
    }

    /// The same without the folders that all paths begin with.
    fn name_below(&self, common: usize) -> String {
        visible(self.path.get(common..).unwrap_or(&self.path)).into_owned()
    }

    /// The folder by which articles are filtered: the first one behind what all paths have in common.
    fn folder(&self, common: usize) -> &str {
        let path = self.path.get(common..).unwrap_or_default();
        path.split_once('/').map_or("", |(folder, _)| folder)
    }
}

/// How many bytes of folders all paths begin with.
fn common<'a>(mut paths: impl Iterator<Item = &'a str>) -> usize {
    // A slash is one byte and part of no other character.
    let folders = |path: &[u8]| path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let first = paths.next().unwrap_or_default().as_bytes();
    paths.fold(folders(first), |all, path| {
        let same = first[..all].iter().zip(path.as_bytes()).take_while(|(a, b)| a == b).count();
        folders(&first[..same])
    })
}

impl Report for Html {
    fn file(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.languages.add(checked, &self.options.weights);
        for d in checked.diagnostics {
            self.tell(&d.lint.id, Some(&d.lint), &d.lint.mqm, d.severity);
        }
        let findings = checked.diagnostics.iter().map(|d| self.finding(d)).collect();
        let points =
            checked.diagnostics.iter().map(|d| self.options.weights.points(d.severity, &d.lint.mqm, &d.lint.id)).sum();
        self.push(slashed(checked.path).into_owned(), checked.words, findings, points);
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.compare();
        let told = self.articles.iter().filter(|article| !article.findings.is_empty());
        self.common = common(told.map(|article| article.path.as_str()));
        page::write(self, summary, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_paths_begin_with_is_no_folder_to_filter_by() {
        let of = |paths: &[&str]| common(paths.iter().copied());
        assert_eq!(of(&["a/b/c.md", "a/bc/d.md"]), 2);
        assert_eq!(of(&["a/c.md", "b/d.md"]), 0);
        assert_eq!(of(&["a/ä/x.md", "a/ö/x.md", "a/b.md"]), 2);
        assert_eq!(of(&["x.md"]), 0);
    }
}
