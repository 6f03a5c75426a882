//! How much was found in run after run.

use super::Html;
use super::chart::{self, Column};
use super::page::{escaped, grouped, totals};

/// How many runs fit: the last of them are shown.
const RUNS: usize = 12;

/// The section on earlier runs and this one; empty where there is none to compare with.
pub fn section(html: &Html) -> String {
    let runs = &html.options.runs;
    if runs.is_empty() {
        return String::new();
    }
    let now = ("this run".to_owned(), totals(html));
    let all: Vec<&(String, [usize; 3])> = runs.iter().chain([&now]).collect();
    let shown = &all[all.len().saturating_sub(RUNS)..];
    let columns =
        shown.iter().map(|(label, [notes, warnings, errors])| Column { label, parts: [*errors, *warnings, *notes] });
    let title = "Findings in run after run";
    let mut out = format!(
        "<section class=\"trend\">\n<h2>{title}</h2>\n{}\n<table><caption>{title}</caption>\n<thead><tr><th scope=\"col\">run</th>\
         <th scope=\"col\">errors</th><th scope=\"col\">warnings</th><th scope=\"col\">notes</th><th scope=\"col\">all</th></tr></thead>\n<tbody>\n",
        chart::columns(title, &columns.collect::<Vec<_>>())
    );
    for (label, counts) in shown {
        let [notes, warnings, errors] = counts.map(grouped);
        out.push_str(&format!(
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td>{errors}</td><td>{warnings}</td><td>{notes}</td><td>{}</td></tr>\n",
            escaped(label),
            grouped(counts.iter().sum())
        ));
    }
    out.push_str("</tbody></table>\n</section>\n");
    out
}
