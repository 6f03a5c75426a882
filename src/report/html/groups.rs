//! What many findings have in common: names that are spelled in several ways, blocks that stand in several articles.

use std::collections::BTreeMap;

use super::chart::{self, Row};
use super::page::{escaped, grouped, more_of};
use super::{Finding, Html};
use crate::lint::Lint;
use crate::report::visible;

/// By what findings are put together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The two spellings, in order of the alphabet.
    Name(String),
    /// The block, cut where it is long.
    Block(String),
}

/// How many rows are shown, and of each how many places.
const ROWS: usize = 15;
const PLACES: usize = 4;
/// How many characters of a block.
const LETTERS: usize = 160;

impl Group {
    /// The group of a finding, by the check of its lint. `marked` is the text that it marks, where that is at hand; else what
    /// the message quotes of it.
    pub fn of(lint: &Lint, message: &str, marked: Option<&str>) -> Option<Group> {
        match lint.check_name.as_str() {
            "name-variants" | "names-across" => {
                let mut names = quoted(message);
                let (one, other) = (names.next()?, names.next()?);
                let (first, last) = if one <= other { (one, other) } else { (other, one) };
                Some(Group::Name(visible(&format!("{first} / {last}")).into_owned()))
            }
            "recurring-block" => {
                let text = marked.or_else(|| quoted(message).next())?;
                let words: Vec<&str> = text.split_whitespace().collect();
                let mut text = words.join(" ");
                if let Some((end, _)) = text.char_indices().nth(LETTERS) {
                    text.truncate(end);
                    text.push('…');
                }
                Some(Group::Block(visible(&text).into_owned()))
            }
            _ => None,
        }
    }
}

/// What a message quotes, in order.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('“').skip(1).filter_map(|part| Some(part.split_once('”')?.0))
}

/// All findings of a group.
#[derive(Default)]
struct Together {
    counts: [usize; 3],
    /// Article and place, the first of them.
    places: Vec<(usize, String)>,
}

/// The sections on names and blocks; empty where there is nothing to tell.
pub fn sections(html: &Html) -> String {
    let mut names: BTreeMap<&str, Together> = BTreeMap::new();
    let mut blocks: BTreeMap<&str, Together> = BTreeMap::new();
    for (n, article) in html.articles.iter().enumerate() {
        for finding in &article.findings {
            let together = match &finding.group {
                Some(Group::Name(name)) => names.entry(name).or_default(),
                Some(Group::Block(block)) => blocks.entry(block).or_default(),
                None => continue,
            };
            together.add(n, &article.name(), finding);
        }
    }
    let mut out = section("Names spelled several ways", "names", &names);
    out.push_str(&section("Recurring blocks", "block", &blocks));
    out
}

impl Together {
    fn add(&mut self, article: usize, name: &str, finding: &Finding) {
        self.counts[finding.severity as usize] += 1;
        // Another article says more than another place in the same one.
        if self.places.len() < PLACES && self.places.last().is_none_or(|(last, _)| *last != article) {
            self.places.push((article, format!("{name}:{}", finding.place)));
        }
    }
}

fn section(title: &str, what: &str, groups: &BTreeMap<&str, Together>) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let mut most: Vec<(&str, &Together)> = groups.iter().map(|(label, together)| (*label, together)).collect();
    most.sort_by_key(|(_, together)| std::cmp::Reverse(together.counts.iter().sum::<usize>()));
    let shown = &most[..most.len().min(ROWS)];
    let target = |together: &Together| together.places.first().map_or(String::new(), |(n, _)| format!("a{n}"));
    let rows = shown.iter().map(|(label, together)| {
        let [notes, warnings, errors] = together.counts;
        Row { label, target: target(together), parts: [errors, warnings, notes] }
    });
    let mut out = format!(
        "<section class=\"groups\">\n<h2>{title}</h2>\n{}\n<table><caption>{title}{}</caption>\n<thead><tr><th scope=\"col\">\
         {what}</th><th scope=\"col\">places</th><th scope=\"col\">where</th></tr></thead>\n<tbody>\n",
        chart::bars(title, &rows.collect::<Vec<_>>()),
        more_of(shown.len(), most.len())
    );
    for (label, together) in shown {
        let places: Vec<String> = together
            .places
            .iter()
            .map(|(n, place)| format!("<a href=\"#a{n}\"><bdi dir=\"ltr\">{}</bdi></a>", escaped(place)))
            .collect();
        let count: usize = together.counts.iter().sum();
        let more = if count > places.len() { " …" } else { "" };
        out.push_str(&format!(
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td>{}</td><td>{}{more}</td></tr>\n",
            escaped(label),
            grouped(count),
            places.join("<br>")
        ));
    }
    out.push_str("</tbody></table>\n</section>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::registry;

    #[test]
    fn the_two_spellings_and_the_block_make_the_group() {
        let of =
            |id: &str, message: &str, marked: Option<&str>| Group::of(registry::named(id).unwrap(), message, marked);
        let name = Some(Group::Name("Lindkvist / Lindqvist".into()));
        assert_eq!(of("inconsistent-name", "“Lindqvist” and “Lindkvist” look alike", None), name);
        assert_eq!(of("inconsistent-name-across", "“Lindkvist”, “Lindqvist” elsewhere", None), name);
        assert_eq!(of("recurring-block", "“x”", Some("A\n foot")), Some(Group::Block("A foot".into())));
        assert_eq!(of("recurring-block", "“A foot …” stands", None), Some(Group::Block("A foot …".into())));
        assert_eq!(of("repeated-word", "“the” and “the”", Some("the the")), None);
        let long = of("recurring-block", "", Some(&"ä".repeat(LETTERS + 1)));
        assert_eq!(long, Some(Group::Block("ä".repeat(LETTERS) + "…")));
    }
}
