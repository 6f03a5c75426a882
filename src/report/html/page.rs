//! The page: the first screen with numbers and charts, the scorecard, the lints, then article by article.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::chart::{self, Row};
use super::filters::Filters;
use super::{Article, Finding, Html, groups, trend};
use crate::diagnostic::Severity;
use crate::report::score::{dimension, lang_name, of_hundred, per_thousand};
use crate::report::{NO_ARTICLE, Summary, counted};

const STYLE: &str = include_str!("style.css");
/// No script, no network, nothing but what stands in the page.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/// How many rows a chart and its table have.
const ROWS: usize = 12;

/// Text for an element or an attribute, harmless: HTML takes what XML does.
pub use crate::report::xml::escaped;

/// Writes all of it.
pub fn write(html: &Html, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let title = escaped(html.options.title.as_deref().unwrap_or("Copy desk report"));
    let filters = Filters::of(html);
    write!(
        out,
        "<!doctype html>\n{NO_ARTICLE}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"generator\" content=\"copydesk {}\">\n<title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n\
         <body>\n<a class=\"skip\" href=\"#articles\">Skip to the articles</a>\n",
        env!("CARGO_PKG_VERSION"),
        filters.rules()
    )?;
    writeln!(out, "<header>\n<h1>{title}</h1>\n{}</header>\n<main>", first_screen(html, summary))?;
    out.write_all(trend::section(html).as_bytes())?;
    out.write_all(charts(html).as_bytes())?;
    out.write_all(groups::sections(html).as_bytes())?;
    out.write_all(scorecard(html).as_bytes())?;
    out.write_all(languages(html).as_bytes())?;
    out.write_all(lints(html).as_bytes())?;
    if !summary.problems.is_empty() {
        writeln!(out, "<section>\n<h2>What could not be worked on</h2>\n<ul class=\"plain\">")?;
        for problem in &summary.problems {
            writeln!(out, "<li><bdi>{}</bdi></li>", escaped(&problem.to_string()))?;
        }
        writeln!(out, "</ul>\n</section>")?;
    }
    writeln!(out, "<section id=\"articles\">\n<h2>Articles</h2>\n{}<div>", filters.boxes(html))?;
    for (n, article) in html.articles.iter().enumerate().filter(|(_, article)| !article.findings.is_empty()) {
        write_article(n, article, &filters, out)?;
    }
    writeln!(out, "</div>\n</section>\n</main>")?;
    writeln!(
        out,
        "<footer><p>Made by copydesk {}. Findings of a machine: a hint to look, not a verdict.</p></footer>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

/// How many, how bad, where, and what has changed.
fn first_screen(html: &Html, summary: &Summary) -> String {
    let [notes, warnings, errors] = totals(html);
    let all = notes + warnings + errors;
    let hit = html.articles.iter().filter(|article| !article.findings.is_empty()).count();
    let words: usize = html.articles.iter().map(|article| article.words).sum();
    let points: f64 = html.articles.iter().map(|article| article.points).sum();
    let mut tiles = String::new();
    let mut tile = |class: &str, number: &str, what: &str| {
        tiles.push_str(&format!("<li class=\"{class}\"><b>{number}</b> {what}</li>\n"));
    };
    tile("", &grouped(all), if all == 1 { "finding" } else { "findings" });
    tile("e", &grouped(errors), if errors == 1 { "error" } else { "errors" });
    tile("w", &grouped(warnings), if warnings == 1 { "warning" } else { "warnings" });
    tile("n", &grouped(notes), if notes == 1 { "note" } else { "notes" });
    let of_all = format!("of {} articles with findings", grouped(html.articles.len()));
    tile("", &grouped(hit), &of_all);
    if let Some(score) = per_thousand(points, words) {
        tile("", &decimal(score), "penalty points per 1,000 words");
    }
    if html.options.since.is_some() {
        let new: usize = html.lints.values().map(|told| told.new).sum();
        let gone: usize = html.lints.values().map(|told| told.gone).sum();
        let change = format!("+{} −{}", grouped(new), grouped(gone));
        tile("", &change, "new and gone since last time");
    }
    let [safe, more] = summary.fixable;
    let fixable = match (safe, more) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" <code>copydesk check --fix</code> mends {}.", grouped(safe)),
        (safe, more) => format!(
            " <code>copydesk check --fix</code> mends {}, <code>--unsafe-fixes</code> {} more.",
            grouped(safe),
            grouped(more)
        ),
    };
    let articles =
        format!("{} {}", grouped(html.articles.len()), if html.articles.len() == 1 { "article" } else { "articles" });
    let lead = match all {
        0 => format!("Nothing to mark in {articles}, {}.", words_of(words)),
        _ => format!("{} read in {articles}.{fixable}", words_of(words)),
    };
    format!("<p class=\"lead\">{lead}</p>\n<ul class=\"tiles\">\n{tiles}</ul>\n")
}

/// What a title says where a table does not hold all.
pub fn more_of(shown: usize, all: usize) -> String {
    if all > shown { format!(" (the first {shown} of {})", grouped(all)) } else { String::new() }
}

fn words_of(words: usize) -> String {
    format!("{} {}", grouped(words), if words == 1 { "word" } else { "words" })
}

/// Findings by severity: notes, warnings, errors.
pub fn totals(html: &Html) -> [usize; 3] {
    html.articles.iter().fold([0; 3], |sum, article| [0, 1, 2].map(|n| sum[n] + article.counts[n]))
}

/// A number with commas between the thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap_or_default()).collect();
    parts.join(",")
}

/// A number with one decimal.
pub fn decimal(number: f64) -> String {
    let rounded = format!("{number:.1}");
    let (whole, rest) = rounded.split_once('.').unwrap_or((&rounded, "0"));
    whole.parse().map_or(rounded.clone(), |whole| format!("{}.{rest}", grouped(whole)))
}

fn charts(html: &Html) -> String {
    let worst_first = |[notes, warnings, errors]: [usize; 3]| [errors, warnings, notes];
    let mut by_lint: Vec<_> = html.lints.iter().filter(|(_, told)| told.counts != [0; 3]).collect();
    by_lint.sort_by_key(|(_, told)| std::cmp::Reverse(told.counts.iter().sum::<usize>()));
    let mut worst: Vec<(usize, &Article)> = html.articles.iter().enumerate().filter(|(_, a)| a.points > 0.0).collect();
    worst.sort_by(|(_, a), (_, b)| b.points.total_cmp(&a.points));
    if by_lint.is_empty() {
        return String::new();
    }
    let lints: Vec<Row<'_>> = by_lint
        .iter()
        .take(ROWS)
        .map(|(id, told)| Row { label: id, target: format!("lint-{id}"), parts: worst_first(told.counts) })
        .collect();
    // What all paths begin with tells no two of them apart.
    let names: Vec<String> = worst.iter().take(ROWS).map(|(_, article)| article.name_below(html.common)).collect();
    let articles: Vec<Row<'_>> = worst
        .iter()
        .zip(&names)
        .map(|((n, article), name)| Row { label: name, target: format!("a{n}"), parts: worst_first(article.counts) })
        .collect();
    let mut out = String::from("<div class=\"charts\">\n");
    for (title, what, rows, all) in
        [("Findings by lint", "lint", &lints, by_lint.len()), ("Worst articles", "article", &articles, worst.len())]
    {
        let more = more_of(rows.len(), all);
        out.push_str(&format!("<section>\n<h2>{title}</h2>\n{}\n", chart::bars(title, rows)));
        out.push_str(&format!(
            "<details><summary>The same in numbers</summary>\n<table><caption>{title}{more}</caption>\n<thead><tr><th scope=\"col\">{what}</th>\
             <th scope=\"col\">errors</th><th scope=\"col\">warnings</th><th scope=\"col\">notes</th></tr></thead>\n<tbody>\n"
        ));
        for row in rows {
            let [errors, warnings, notes] = row.parts.map(grouped);
            out.push_str(&format!(
                "<tr><th scope=\"row\"><a href=\"#{}\"><bdi>{}</bdi></a></th><td>{errors}</td><td>{warnings}</td><td>{notes}</td></tr>\n",
                escaped(&row.target),
                escaped(row.label)
            ));
        }
        out.push_str("</tbody></table></details>\n</section>\n");
    }
    out.push_str(
        "</div>\n<p class=\"key\"><span class=\"e\">error</span> <span class=\"w\">warning</span> <span class=\"n\">note</span></p>\n",
    );
    out
}

/// The scorecard, with all that it is computed from.
fn scorecard(html: &Html) -> String {
    let weights = &html.options.weights;
    let words: usize = html.articles.iter().map(|article| article.words).sum();
    let mut rows: BTreeMap<&str, ([usize; 3], f64)> = BTreeMap::new();
    for (id, told) in &html.lints {
        let (counts, points) = rows.entry(dimension(&told.mqm)).or_default();
        for severity in [Severity::Note, Severity::Warning, Severity::Error] {
            let count = told.counts[severity as usize];
            counts[severity as usize] += count;
            *points += weights.points(severity, &told.mqm, id) * count as f64;
        }
    }
    let all: f64 = rows.values().map(|(_, points)| points).sum();
    let told = escaped(&weights.told());
    let mut out = format!(
        "<section>\n<h2>Scorecard</h2>\n<p>Penalty points in the manner of MQM, <strong>an automatic lower bound</strong>: a \
         machine sees no wrong meaning, so a reviewer will find more. Here {told}. Points are divided by the words read and given per 1,000 of them.</p>\n<table><caption>Points by \
         dimension</caption>\n<thead><tr><th scope=\"col\">dimension</th><th scope=\"col\">errors</th><th scope=\"col\">warnings</th>\
         <th scope=\"col\">notes</th><th scope=\"col\">points</th><th scope=\"col\">per 1,000 words</th></tr></thead>\n<tbody>\n"
    );
    let score = |points: f64| per_thousand(points, words).map_or("–".into(), decimal);
    let filled = rows.iter().filter(|(_, (counts, _))| *counts != [0; 3]);
    for (name, ([notes, warnings, errors], points)) in filled {
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escaped(name),
            grouped(*errors),
            grouped(*warnings),
            grouped(*notes),
            decimal(*points),
            score(*points)
        ));
    }
    let [notes, warnings, errors] = totals(html).map(grouped);
    out.push_str(&format!(
        "</tbody>\n<tfoot><tr><th scope=\"row\">all</th><td>{errors}</td><td>{warnings}</td><td>{notes}</td><td>{}</td><td>{}</td></tr></tfoot></table>\n</section>\n",
        decimal(all),
        score(all)
    ));
    out
}

/// The score of each language.
fn languages(html: &Html) -> String {
    if html.languages.rows().next().is_none() {
        return String::new();
    }
    let mut out = String::from(
        "<section>\n<h2>Languages</h2>\n<p>The score is that of MQM: 100 without a finding, less the points for each hundred words.</p>\n\
         <table><caption>Points by language</caption>\n<thead><tr><th scope=\"col\">language</th><th scope=\"col\">articles</th>\
         <th scope=\"col\">words</th><th scope=\"col\">points per 1,000 words</th><th scope=\"col\">score</th></tr></thead>\n<tbody>\n",
    );
    for (lang, amount, points) in html.languages.rows() {
        let told = |number: Option<f64>| number.map_or("–".into(), decimal);
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escaped(&lang_name(lang)),
            grouped(amount.articles),
            grouped(amount.words),
            told(per_thousand(points, amount.words)),
            told(of_hundred(points, amount.words))
        ));
    }
    out.push_str("</tbody></table>\n</section>\n");
    out
}

fn lints(html: &Html) -> String {
    let since = html.options.since.is_some();
    let mut out = String::from(
        "<section>\n<h2>Lints</h2>\n<table class=\"lints\"><caption>What was looked for and found</caption>\n<thead><tr><th scope=\"col\">lint</th><th scope=\"col\">what it finds, and why it matters</th><th scope=\"col\">findings</th>",
    );
    if since {
        out.push_str("<th scope=\"col\">new</th><th scope=\"col\">gone</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (id, told) in &html.lints {
        out.push_str(&format!(
            "<tr id=\"lint-{0}\"><th scope=\"row\">{0}</th><td>{1}<br><small>{2}</small></td><td>{3}</td>",
            escaped(id),
            escaped(&told.summary),
            escaped(&told.why),
            grouped(told.counts.iter().sum())
        ));
        if since {
            out.push_str(&format!("<td>{}</td><td>{}</td>", grouped(told.new), grouped(told.gone)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n</section>\n");
    out
}

fn write_article(n: usize, article: &Article, filters: &Filters, out: &mut dyn Write) -> io::Result<()> {
    let score =
        article.score().map(|score| format!(" · {} points per 1,000 words", decimal(score))).unwrap_or_default();
    let words = if article.words > 0 { format!(" · {}", words_of(article.words)) } else { String::new() };
    writeln!(
        out,
        "<article id=\"a{n}\" class=\"{}\">\n<h3><bdi>{}</bdi> <small>{}{words}{score}</small></h3>\n<ul>",
        filters.of_article(article).trim_start(),
        escaped(&article.name()),
        counted(article.findings.len(), "finding")
    )?;
    article.findings.iter().try_for_each(|finding| write_finding(finding, filters, out))?;
    writeln!(out, "</ul>\n</article>")
}

fn write_finding(finding: &Finding, filters: &Filters, out: &mut dyn Write) -> io::Result<()> {
    let severity = finding.severity.name();
    write!(
        out,
        "<li class=\"{}\"><b>{severity}</b>{} <a href=\"#lint-{id}\">{id}</a> <i>{}</i> <bdi dir=\"ltr\">{}</bdi>",
        filters.of_finding(finding),
        if finding.is_new { " <em>new</em>" } else { "" },
        escaped(&finding.place),
        escaped(&finding.message),
        id = escaped(&finding.lint)
    )?;
    if !finding.excerpt.is_empty() {
        let lang = if finding.lang.is_empty() || finding.lang == "und" {
            String::new()
        } else {
            format!(" lang=\"{}\"", escaped(&finding.lang))
        };
        // A translation and its original stand side by side, where there is room.
        let sides = if finding.original.is_empty() { ("", "") } else { ("<div class=\"sides\">", "</div>") };
        write!(out, "{}<q dir=\"auto\"{lang}>{}</q>", sides.0, finding.excerpt)?;
        if !finding.original.is_empty() {
            write!(out, "<q class=\"original\" dir=\"auto\">{}</q>", finding.original)?;
        }
        write!(out, "{}", sides.1)?;
    }
    for related in &finding.related {
        write!(out, "<small><bdi>{}</bdi></small>", escaped(related))?;
    }
    if finding.fix == Some("unsafe") {
        write!(out, "<small>the fix may change what the text says</small>")?;
    }
    writeln!(out, "</li>")
}
