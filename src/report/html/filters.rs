//! Filters without a script. Where boxes of a kind are ticked, what bears the class of none of them is hidden; where none
//! is, all is shown. An article of which all findings are hidden is hidden with them.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{escaped, totals};
use super::{Article, Finding, Html};
use crate::diagnostic::Severity;

/// How many boxes a filter has at most; what has fewer findings has none.
const BOXES: usize = 40;

/// Severities, the least first, by the letters of their classes.
const SEVERITIES: [&str; 3] = ["n", "w", "e"];

/// What a filter can choose.
pub struct Filters {
    /// Lints, sorted.
    pub lints: Vec<String>,
    /// Languages, sorted.
    pub langs: Vec<String>,
    /// Folders, sorted.
    pub folders: Vec<String>,
    /// How many bytes of folders all paths begin with.
    pub common: usize,
    /// The pairs of lint and severity that there are, as the numbers of their classes.
    pairs: BTreeSet<(String, Severity)>,
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
        let lints = most(lints);
        let findings = html.articles.iter().flat_map(|article| &article.findings);
        let pairs = findings.map(|finding| (of(&lints, &finding.lint), finding.severity)).collect();
        Filters { lints, langs: most(langs), folders: most(folders), common: html.common, pairs }
    }

    fn groups(&self) -> [(&'static str, &'static str, &[String]); 3] {
        [("Lints", "r", &self.lints), ("Languages", "l", &self.langs), ("Folders", "g", &self.folders)]
    }

    /// The classes of an article, each with a blank before it.
    pub fn of_article(&self, article: &Article) -> String {
        let pairs: BTreeSet<String> = article.findings.iter().map(|finding| self.pair(finding)).collect();
        let mut classes: String = pairs.into_iter().map(|pair| format!(" {pair}")).collect();
        classes.push_str(&class("g", &self.folders, article.folder(self.common)));
        let first = article.findings.first().map_or("", |finding| &finding.lang);
        if article.findings.iter().all(|finding| finding.lang == first) {
            classes.push_str(&class("l", &self.langs, first));
        }
        classes
    }

    /// The classes of a finding: its severity, its lint, and its language.
    pub fn of_finding(&self, finding: &Finding) -> String {
        let severity = SEVERITIES[finding.severity as usize];
        format!("{severity}{}{}", class("r", &self.lints, &finding.lint), class("l", &self.langs, &finding.lang))
    }

    /// What an article bears that has such a finding.
    fn pair(&self, finding: &Finding) -> String {
        format!("h{}{}", of(&self.lints, &finding.lint), SEVERITIES[finding.severity as usize])
    }

    /// What hides, and what shows articles again.
    pub fn rules(&self) -> String {
        // Boxes stand right before the list: nobody has to look for them in the whole page.
        let mut rules = String::new();
        let mut hide = |kind: &str, name: &str| {
            rules.push_str(&format!(
                ".filters:has(.f-{kind} :checked):not(:has(#f-{name}:checked))+div .{name}{{display:none}}\n"
            ));
        };
        for (_, kind, names) in self.groups().into_iter().filter(|(_, _, names)| !names.is_empty()) {
            (0..names.len()).for_each(|n| hide(kind, &format!("{kind}{n}")));
            hide(kind, &format!("{kind}x"));
        }
        SEVERITIES.iter().for_each(|severity| hide("s", severity));
        // A browser that does not know of `:has` shows all.
        rules.push_str("@supports selector(:has(a)){article{display:var(--on,none)}\n");
        let ticked = |kind: &str, name: &str| format!(":is(:not(:has(.f-{kind} :checked)),:has(#f-{name}:checked))");
        for (lint, severity) in &self.pairs {
            let severity = SEVERITIES[*severity as usize];
            let by_lint = if lint.is_empty() { String::new() } else { ticked("r", &format!("r{lint}")) };
            rules.push_str(&format!(
                ".filters{by_lint}{}+div .h{lint}{severity}{{--on:block}}\n",
                ticked("s", severity)
            ));
        }
        rules.push_str("}\n");
        rules
    }

    /// The boxes themselves.
    pub fn boxes(&self, html: &Html) -> String {
        let tick = |id: &str, label: &str| {
            format!(
                "<label><input type=\"checkbox\" id=\"f-{id}\" autocomplete=\"off\"> <bdi>{}</bdi></label>\n",
                escaped(label)
            )
        };
        // The first button is the one that Enter presses: it does nothing.
        let mut out = String::from(
            "<form class=\"filters\">\n<button disabled hidden></button>\n<fieldset class=\"f-s\"><legend>Show only</legend>\n",
        );
        let counts = totals(html);
        for (severity, letter) in [(Severity::Error, "e"), (Severity::Warning, "w"), (Severity::Note, "n")] {
            if counts[severity as usize] > 0 {
                out.push_str(&tick(letter, severity.name()));
            }
        }
        out.push_str("</fieldset>\n");
        for (title, kind, names) in self.groups().into_iter().filter(|(_, _, names)| !names.is_empty()) {
            let ticks: String = names.iter().enumerate().map(|(n, name)| tick(&format!("{kind}{n}"), name)).collect();
            out.push_str(&format!(
                "<details><summary>{title}</summary><fieldset class=\"f-{kind}\"><legend>{title}</legend>\n{ticks}</fieldset></details>\n"
            ));
        }
        out.push_str("<button type=\"reset\">Show all</button>\n</form>\n");
        out
    }
}

/// The number of a name among those with boxes, `x` where it has none, and nothing where there are no boxes.
fn of(names: &[String], name: &str) -> String {
    if names.is_empty() {
        return String::new();
    }
    names.binary_search_by(|known| known.as_str().cmp(name)).map_or("x".into(), |n| n.to_string())
}

/// The class of a name, with a blank before it.
fn class(kind: &str, names: &[String], name: &str) -> String {
    let number = of(names, name);
    if number.is_empty() { number } else { format!(" {kind}{number}") }
}
