//! All findings as one JSON document, for programs that want the whole.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json_lines::Finding;
use super::score::{Amount, Languages, SEVERITIES, Weights, of_hundred, per_thousand};
use super::{Checked, Problem, Report, Style, Summary, json_text};
use crate::text::Lang;

/// The report as one JSON document, a [`Document`].
#[derive(Default)]
pub struct Json {
    findings: usize,
    weights: Weights,
    points: f64,
    words: usize,
    languages: Languages,
}

/// All findings of a run. Fields may be added in later versions; none is removed or renamed.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(title = "copydesk report", deny_unknown_fields)]
pub struct Document<'a> {
    /// The version of the program.
    version: &'a str,
    /// What was found, in order of file, record and place.
    findings: Vec<Finding<'a>>,
    /// What could not be worked on.
    errors: &'a [Problem],
    /// The numbers.
    summary: Numbers,
    /// Penalty points in the manner of MQM: an automatic lower bound.
    score: Score<'a>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Summary", deny_unknown_fields)]
struct Numbers {
    /// Files that were checked.
    files: usize,
    /// Files with findings.
    files_with_findings: usize,
    /// Findings that are errors.
    errors: usize,
    /// Findings that are warnings.
    warnings: usize,
    /// Findings that are notes.
    notes: usize,
    /// Findings that a safe fix would mend.
    fixable: usize,
    /// Findings that an unsafe fix would mend.
    unsafely_fixable: usize,
    /// Fixes that were applied.
    fixed: usize,
}

/// What the findings cost, with all that it is computed from.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Score<'a> {
    /// How the number is to be read.
    bound: &'static str,
    /// The points of all findings.
    points: f64,
    /// Words that were read.
    words: usize,
    /// Points per thousand words; null where there were none.
    per_thousand_words: Option<f64>,
    /// Points by severity.
    severities: BTreeMap<&'static str, f64>,
    /// Factors by dimension or category of MQM; 1 where none is given.
    categories: &'a BTreeMap<String, f64>,
    /// Factors by lint; 1 where none is given.
    lints: &'a BTreeMap<String, f64>,
    /// The same by language, in the order of the tags.
    languages: Vec<OfLanguage>,
}

/// What was read in a language, and what it costs.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OfLanguage {
    /// Its tag; `und` where it is not known.
    lang: String,
    /// Articles in it.
    articles: usize,
    /// Words in it.
    words: usize,
    /// The points of the findings in it.
    points: f64,
    /// Points per thousand words; null where there are no words.
    per_thousand_words: Option<f64>,
    /// From 100 down to 0: 100 less the points for each hundred words; null where there are no words.
    score: Option<f64>,
}

impl From<(Lang, Amount, f64)> for OfLanguage {
    fn from((lang, Amount { articles, words }, points): (Lang, Amount, f64)) -> OfLanguage {
        let (per_thousand_words, score) = (per_thousand(points, words), of_hundred(points, words));
        OfLanguage { lang: lang.to_string(), articles, words, points, per_thousand_words, score }
    }
}

impl Json {
    /// A report in which findings cost what the style says.
    pub fn new(style: &Style) -> Json {
        Json { weights: style.weights.clone(), ..Json::default() }
    }

    fn score(&self) -> Score<'_> {
        Score {
            bound: "automatic lower bound",
            points: self.points,
            words: self.words,
            per_thousand_words: per_thousand(self.points, self.words),
            severities: SEVERITIES.into_iter().zip(self.weights.severities).collect(),
            categories: &self.weights.categories,
            lints: &self.weights.lints,
            languages: self.languages.rows().map(OfLanguage::from).collect(),
        }
    }
}

impl Json {
    fn open(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\n\"version\": \"{}\",\n\"findings\": [", env!("CARGO_PKG_VERSION"))
    }
}

impl Report for Json {
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.words += checked.words;
        self.languages.add(checked, &self.weights);
        for d in checked.diagnostics {
            self.points += self.weights.points(d.severity, &d.lint.mqm, &d.lint.id);
            if self.findings == 0 {
                self.open(out)?;
            }
            out.write_all(if self.findings == 0 { b"\n" } else { b",\n" })?;
            json_text::write(out, &Finding::from(d))?;
            self.findings += 1;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.findings == 0 {
            self.open(out)?;
        } else {
            out.write_all(b"\n")?;
        }
        out.write_all(b"],\n\"errors\": ")?;
        let problems: &[Problem] = &summary.problems;
        json_text::write(out, problems)?;
        out.write_all(b",\n\"summary\": ")?;
        let [notes, warnings, errors] = summary.findings;
        let numbers = Numbers {
            files: summary.files,
            files_with_findings: summary.files_with_findings,
            errors,
            warnings,
            notes,
            fixable: summary.fixable[0],
            unsafely_fixable: summary.fixable[1],
            fixed: summary.fixed,
        };
        json_text::write(out, &numbers)?;
        out.write_all(b",\n\"score\": ")?;
        json_text::write(out, &self.score())?;
        out.write_all(b"\n}\n")
    }
}
