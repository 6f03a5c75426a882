//! How much was found in run after run.

use std::collections::BTreeSet;

use super::Html;
use super::chart::{self, Column};
use super::page::{decimal, escaped, grouped};
use crate::report::history::Run;
use crate::report::visible;

/// How many runs fit: the last of them are shown.
const RUNS: usize = 12;

/// The section on earlier runs and this one; empty where there is none to compare with.
pub fn section(html: &Html) -> String {
    let runs = &html.options.runs;
    let Some(last) = runs.last() else { return String::new() };
    let now = html.run("this run".into(), true);
    let all: Vec<&Run> = runs.iter().chain([&now]).collect();
    let shown = &all[all.len().saturating_sub(RUNS)..];
    let labels: Vec<String> = shown.iter().map(|run| visible(&run.date).into_owned()).collect();
    let columns = shown.iter().zip(&labels).map(|(run, label)| {
        let [notes, warnings, errors] = run.counts();
        Column { label: without_year(label), parts: [errors, warnings, notes] }
    });
    // Where the words of no earlier run are known there is nothing to compare a score with.
    let scored = runs.iter().any(|run| run.score().is_some());
    let title = "Findings in run after run";
    let mut out = format!(
        "<section class=\"trend\">\n<h2>{title}</h2>\n{}\n<table><caption>{title}</caption>\n<thead><tr><th scope=\"col\">run</th>\
         <th scope=\"col\">errors</th><th scope=\"col\">warnings</th><th scope=\"col\">notes</th><th scope=\"col\">all</th>{}</tr></thead>\n<tbody>\n",
        chart::columns(title, &columns.collect::<Vec<_>>()),
        if scored { "<th scope=\"col\">points per 1,000 words</th>" } else { "" }
    );
    for (run, label) in shown.iter().zip(&labels) {
        let all = grouped(run.counts().iter().fold(0, |sum, count| sum.saturating_add(*count)));
        let [notes, warnings, errors] = run.counts().map(grouped);
        out.push_str(&format!(
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td>{errors}</td><td>{warnings}</td><td>{notes}</td><td>{all}</td>",
            escaped(label),
        ));
        if scored {
            out.push_str(&format!("<td>{}</td>", run.score().map_or("–".into(), decimal)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n");
    out.push_str(&by_lint(last, &now));
    out.push_str("</section>\n");
    out
}

/// The lints of which the last run found more or less than this one.
fn by_lint(last: &Run, now: &Run) -> String {
    let count = |run: &Run, lint: &str| {
        run.lints.get(lint).map_or(0, |counts| counts.iter().fold(0, |sum: usize, n| sum.saturating_add(*n)))
    };
    let ids: BTreeSet<&String> = last.lints.keys().chain(now.lints.keys()).collect();
    let changed: Vec<_> = ids.into_iter().filter(|id| count(last, id) != count(now, id)).collect();
    if changed.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "<details><summary>What has changed since the last run, by lint</summary>\n<table><caption>Lints of which more or less is found</caption>\n\
         <thead><tr><th scope=\"col\">lint</th><th scope=\"col\">last run</th><th scope=\"col\">this run</th></tr></thead>\n<tbody>\n",
    );
    for id in changed {
        out.push_str(&format!(
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td>{}</td><td>{}</td></tr>\n",
            escaped(&visible(id)),
            grouped(count(last, id)),
            grouped(count(now, id))
        ));
    }
    out.push_str("</tbody></table></details>\n");
    out
}

/// Of a day what fits under a column: `05-14`.
fn without_year(label: &str) -> &str {
    let is_day = label.len() == 10
        && label
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if is_day { &label[5..] } else { label }
}
