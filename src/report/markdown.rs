//! A summary in Markdown, for a comment on a pull request or the summary of a step: how many, then the worst findings.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::score::{Languages, Weights, lang_name, of_hundred, per_thousand};
use super::{Checked, NO_ARTICLE, Report, Style, Summary, counted, slashed, tally, visible};
use crate::diagnostic::Diagnostic;
use crate::text::Unit;

/// The report in GitHub's and GitLab's Markdown.
#[derive(Default)]
pub struct Markdown {
    /// Rows by severity: notes, warnings, errors; and their bytes.
    rows: [(Vec<String>, usize); 3],
    /// Findings by lint and severity.
    lints: BTreeMap<String, [usize; 3]>,
    weights: Weights,
    points: f64,
    words: usize,
    languages: Languages,
}

impl Markdown {
    /// A report in which findings cost what the style says.
    pub fn new(style: &Style) -> Markdown {
        Markdown { weights: style.weights.clone(), ..Markdown::default() }
    }
}

/// How many bytes all rows may take: a comment on GitHub holds 65,536 characters.
const MOST: usize = 50_000;
/// How many problems are told one by one.
const PROBLEMS: usize = 20;

impl Report for Markdown {
    fn file(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.words += checked.words;
        self.languages.add(checked, &self.weights);
        for d in checked.diagnostics {
            self.points += self.weights.points(d.severity, &d.lint.mqm, &d.lint.id);
            self.lints.entry(d.lint.id.clone()).or_default()[d.severity as usize] += 1;
            let (rows, bytes) = &mut self.rows[d.severity as usize];
            if *bytes < MOST {
                let row = row(d);
                *bytes += row.len();
                rows.push(row);
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let all: usize = summary.findings.iter().sum();
        let files = counted(summary.files, "file");
        let tally = match tally(summary) {
            Some(tally) => format!("{tally} in {} of {files}", summary.files_with_findings),
            None => format!("no findings in {files}"),
        };
        writeln!(out, "{NO_ARTICLE}\n### copydesk: {tally}")?;
        if let Some(score) = per_thousand(self.points, self.words) {
            let told = escaped(&self.weights.told());
            writeln!(out, "\n{score:.1} penalty points per 1,000 words, an automatic lower bound: {told}.")?;
        }
        if self.languages.rows().nth(1).is_some() {
            writeln!(out, "\n| language | articles | words | points per 1,000 words | score |\n|---|--:|--:|--:|--:|")?;
            for (lang, amount, points) in self.languages.rows() {
                let told = |number: Option<f64>| number.map_or("–".to_owned(), |number| format!("{number:.1}"));
                let (points, score) = (per_thousand(points, amount.words), of_hundred(points, amount.words));
                let (articles, words) = (amount.articles, amount.words);
                let lang = escaped(&lang_name(lang));
                writeln!(out, "| {lang} | {articles} | {words} | {} | {} |", told(points), told(score))?;
            }
        }
        if all > 0 {
            writeln!(out, "\n| lint | errors | warnings | notes |\n|---|--:|--:|--:|")?;
        }
        for (lint, [notes, warnings, errors]) in &self.lints {
            writeln!(out, "| {} | {errors} | {warnings} | {notes} |", escaped(lint))?;
        }
        let (mut shown, mut bytes) = (0, 0);
        for row in self.rows.iter().rev().flat_map(|(rows, _)| rows) {
            bytes += row.len();
            if bytes > MOST {
                break;
            }
            if shown == 0 {
                writeln!(out, "\n| | where | what |\n|---|---|---|")?;
            }
            writeln!(out, "{row}")?;
            shown += 1;
        }
        if shown < all {
            writeln!(out, "\nand {}", counted(all - shown, "more finding"))?;
        }
        if !summary.problems.is_empty() {
            writeln!(out, "\n#### {} could not be worked on\n", counted(summary.problems.len(), "thing"))?;
        }
        for problem in summary.problems.iter().take(PROBLEMS) {
            writeln!(out, "- {}", escaped(&problem.to_string()))?;
        }
        match summary.problems.len().saturating_sub(PROBLEMS) {
            0 => Ok(()),
            more => writeln!(out, "- and {more} more"),
        }
    }
}

fn row(d: &Diagnostic) -> String {
    let at = d.at.in_file();
    let position = at.source.position(at.span.start, Unit::Char);
    format!(
        "| {} | {}:{}:{} | {} <br> {} ({}) |",
        d.severity.name(),
        escaped(&slashed(at.source.path())),
        position.line,
        position.column,
        escaped(&d.message),
        escaped(&d.help),
        escaped(&d.lint.id)
    )
}

/// Text that reads in Markdown as it stands: no markup, no picture from afar, and nobody is called by name. Services look
/// for `@name`, `#12` and addresses in the finished page, where a backslash is gone; a word joiner keeps them apart.
fn escaped(text: &str) -> String {
    const JOINER: char = '\u{2060}';
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' | '#' => out.extend([c, JOINER]),
            ':' if rest.starts_with("://") => out.extend([c, JOINER]),
            'w' | 'W' if is_www(rest) => out.extend([c, JOINER]),
            'G' | 'g' if rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("gh-")) => {
                out.extend([c, JOINER]);
            }
            '\\' | '`' | '*' | '_' | '!' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

fn is_www(rest: &str) -> bool {
    rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_mentions_and_addresses_are_text() {
        assert_eq!(escaped("![x](https://a)"), "\\!\\[x\\](https:\u{2060}//a)");
        assert_eq!(escaped("@team #12 GH-3"), "@\u{2060}team #\u{2060}12 G\u{2060}H-3");
        assert_eq!(escaped("</details>|`x`"), "&lt;/details&gt;\\|\\`x\\`");
        assert_eq!(escaped("www.x"), "w\u{2060}ww.x");
        assert_eq!(escaped("one\ntwo"), "one two");
    }
}
