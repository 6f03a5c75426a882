//! Filters without a script: each box hides what bears its class as long as it is not ticked.

use std::collections::BTreeMap;

use super::Html;
use super::page::{escaped, totals};
use crate::diagnostic::Severity;

/// How many boxes a filter has at most; what has fewer findings is not filtered by.
const BOXES: usize = 40;

/// What a filter can choose: the classes that its boxes hide.
pub struct Filters {
    /// Lints, sorted.
    pub lints: Vec<String>,
    /// Languages, sorted.
    pub langs: Vec<String>,
    /// Folders, sorted.
    pub folders: Vec<String>,
    /// How many bytes of folders all paths begin with.
    pub common: usize,
}

impl Filters {
    /// All that there is to choose from.
    pub fn of(html: &Html) -> Filters {
        let most = |counts: BTreeMap<String, usize>| {
            let mut all: Vec<(String, usize)> = counts.into_iter().filter(|(name, _)| !name.is_empty()).collect();
            all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            all.truncate(BOXES);
            let mut names: Vec<String> = all.into_iter().map(|(name, _)| name).collect();
            names.sort();
            // There is nothing to choose from one.
            if names.len() > 1 { names } else { Vec::new() }
        };
        let mut langs: BTreeMap<String, usize> = BTreeMap::new();
        let mut folders: BTreeMap<String, usize> = BTreeMap::new();
        for article in &html.articles {
            for finding in &article.findings {
                *langs.entry(finding.lang.clone()).or_default() += 1;
            }
            *folders.entry(article.folder(html.common).to_owned()).or_default() += article.findings.len();
        }
        folders.retain(|_, findings| *findings > 0);
        let lints = html.lints.iter().filter(|(_, told)| told.counts != [0; 3]);
        let lints = lints.map(|(id, told)| (id.clone(), told.counts.iter().sum())).collect();
        Filters { lints: most(lints), langs: most(langs), folders: most(folders), common: html.common }
    }

    fn groups(&self) -> [(&'static str, &'static str, &[String]); 3] {
        [("Lints", "r", &self.lints), ("Languages", "l", &self.langs), ("Folders", "g", &self.folders)]
    }

    /// The class of a name, with a blank before it.
    pub fn class(&self, letter: &str, names: &[String], name: &str) -> String {
        names.binary_search_by(|known| known.as_str().cmp(name)).map_or(String::new(), |n| format!(" {letter}{n}"))
    }

    /// A rule for each box: unticked, it hides what bears its class.
    pub fn rules(&self) -> String {
        let mut rules = String::new();
        for (_, letter, names) in self.groups() {
            for n in 0..names.len() {
                rules.push_str(&format!("body:has(#f-{letter}{n}:not(:checked)) .{letter}{n}{{display:none}}\n"));
            }
        }
        // An article of which nothing is left by severity.
        let severities = ["n", "w", "e"];
        for letter in severities {
            rules
                .push_str(&format!("body:has(#f-{letter}:not(:checked)) li.{letter}:not(.tiles li){{display:none}}\n"));
        }
        for set in 1..8usize {
            let hidden: Vec<&str> = (0..3).filter(|n| set & (1 << n) != 0).map(|n| severities[n]).collect();
            let has: String = hidden.iter().map(|letter| format!(":has(#f-{letter}:not(:checked))")).collect();
            rules.push_str(&format!("body{has} article.s-{}{{display:none}}\n", hidden.concat()));
        }
        rules
    }

    /// The boxes themselves.
    pub fn boxes(&self, html: &Html) -> String {
        let tick = |id: &str, label: &str| {
            format!(
                "<label><input type=\"checkbox\" id=\"f-{id}\" checked autocomplete=\"off\"> <bdi>{}</bdi></label>\n",
                escaped(label)
            )
        };
        let mut out = String::from("<div class=\"filters\">\n<fieldset><legend>Severity</legend>\n");
        let counts = totals(html);
        for (severity, letter) in [(Severity::Error, "e"), (Severity::Warning, "w"), (Severity::Note, "n")] {
            if counts[severity as usize] > 0 {
                out.push_str(&tick(letter, severity.name()));
            }
        }
        out.push_str("</fieldset>\n");
        for (title, letter, names) in self.groups().into_iter().filter(|(_, _, names)| !names.is_empty()) {
            let ticks: String = names.iter().enumerate().map(|(n, name)| tick(&format!("{letter}{n}"), name)).collect();
            out.push_str(&format!(
                "<details><summary>{title}</summary><fieldset><legend>{title}</legend>\n{ticks}</fieldset></details>\n"
            ));
        }
        out.push_str("</div>\n");
        out
    }
}
