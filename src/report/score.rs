//! A scorecard in the manner of MQM (Multidimensional Quality Metrics): every finding costs points by its severity and
//! the dimension of its category; what counts is points per thousand words.

use std::collections::BTreeMap;

use super::Checked;
use crate::diagnostic::Severity;
use crate::text::{Lang, Language};

/// The dimensions of MQM's error typology.
pub const DIMENSIONS: [&str; 7] = [
    "accuracy",
    "audience-appropriateness",
    "design-and-markup",
    "linguistic-conventions",
    "locale-conventions",
    "style",
    "terminology",
];

/// How many points a finding costs: those of its severity, times the factors of its category and of its lint.
#[derive(Debug, Clone)]
pub struct Weights {
    /// By severity: notes, warnings, errors. MQM gives 1 for minor and 5 for major errors, and 0.1 is what its users give
    /// for punctuation.
    pub severities: [f64; 3],
    /// Factors by dimension or category (`accuracy`, `accuracy/omission`), of which the category wins; 1 where none is given.
    pub categories: BTreeMap<String, f64>,
    /// Factors by lint; 1 where none is given.
    pub lints: BTreeMap<String, f64>,
}

/// The largest weight.
const LARGEST: f64 = 1e6;

impl Default for Weights {
    fn default() -> Weights {
        Weights { severities: [0.1, 1.0, 5.0], categories: BTreeMap::new(), lints: BTreeMap::new() }
    }
}

impl Weights {
    /// Sets one of them.
    ///
    /// # Errors
    ///
    /// If the name is neither a severity nor a dimension, or the number is none that can be a weight.
    pub fn set(&mut self, name: &str, number: &str) -> anyhow::Result<()> {
        let weight = number.parse().ok().filter(|n| is_weight(*n)).ok_or_else(|| {
            anyhow::anyhow!("“{number}” is no weight; one is a number from 0 to {LARGEST}, such as 2.5")
        })?;
        if let Some(severity) = severity(name) {
            self.severities[severity as usize] = weight;
        } else if is_category(name) {
            self.categories.insert(name.to_owned(), weight);
        } else {
            let known = SEVERITIES.into_iter().chain(DIMENSIONS);
            match crate::nearest(name, known.clone()) {
                Some(near) => anyhow::bail!("there is no weight “{name}”; did you mean “{near}”?"),
                None => {
                    anyhow::bail!("there is no weight “{name}”; there are: {}", known.collect::<Vec<_>>().join(", "))
                }
            }
        }
        Ok(())
    }

    /// The points of a finding of a lint with this category, `dimension/type`.
    pub fn points(&self, severity: Severity, mqm: &str, lint: &str) -> f64 {
        let of_category = self.categories.get(mqm).or_else(|| self.categories.get(dimension(mqm)));
        let factor = |found: Option<&f64>| found.copied().unwrap_or(1.0);
        self.severities[severity as usize] * factor(of_category) * factor(self.lints.get(lint))
    }

    /// All of them, in words: what a score means depends on them.
    pub fn told(&self) -> String {
        let [note, warning, error] = self.severities;
        let factors = self.categories.iter().chain(&self.lints).map(|(name, factor)| format!("{name} × {factor}"));
        let factors: Vec<String> = factors.collect();
        let factors = if factors.is_empty() { "all categories count alike".into() } else { factors.join(", ") };
        format!("an error costs {error}, a warning {warning}, a note {note}; {factors}")
    }
}

/// The severities by name.
pub const SEVERITIES: [&str; 3] = ["note", "warning", "error"];

/// A severity by its name.
pub fn severity(name: &str) -> Option<Severity> {
    [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.name() == name)
}

/// Whether a number can be a weight.
pub fn is_weight(number: f64) -> bool {
    number.is_finite() && (0.0..=LARGEST).contains(&number)
}

/// Whether this is a dimension of MQM, or a category in one.
pub fn is_category(name: &str) -> bool {
    DIMENSIONS.contains(&dimension(name)) && !name.ends_with('/')
}

/// The dimension of a category.
pub fn dimension(mqm: &str) -> &str {
    mqm.split_once('/').map_or(mqm, |(dimension, _)| dimension)
}

/// Points per thousand words; `None` where there are no words to divide by.
pub fn per_thousand(points: f64, words: usize) -> Option<f64> {
    (words > 0).then(|| points * 1000.0 / words as f64)
}

/// The score of MQM from 100 for a text without a finding down to 0: 100 less a hundredth of a point for each point in a
/// text of its length, in words. `None` where there are no words to divide by.
pub fn of_hundred(points: f64, words: usize) -> Option<f64> {
    (words > 0).then(|| (100.0 - points * 100.0 / words as f64).max(0.0))
}

/// What people call a language: its name in English, its tag where we have none, and `unknown`.
pub fn lang_name(lang: Lang) -> String {
    match Language::known().any(|known| known == lang) {
        true => Language::of(lang).name.clone(),
        false if lang.is_known() => lang.to_string(),
        false => "unknown".to_owned(),
    }
}

/// What was read in a language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Amount {
    /// Articles in it: files, or records of one. The units of a file of translations are one article.
    pub articles: usize,
    /// Words in it, also of articles in another language.
    pub words: usize,
}

/// What was read, by language.
pub type Amounts = BTreeMap<Lang, Amount>;

/// What was read and what it costs, by language.
#[derive(Debug, Clone, Default)]
pub struct Languages(BTreeMap<Lang, (Amount, f64)>);

impl Languages {
    /// Adds a file.
    pub fn add(&mut self, checked: &Checked<'_>, weights: &Weights) {
        self.read(checked.languages);
        for d in checked.diagnostics {
            self.cost(d.lang, weights.points(d.severity, &d.lint.mqm, &d.lint.id));
        }
    }

    /// Adds what was read.
    pub fn read(&mut self, amounts: &Amounts) {
        for (lang, amount) in amounts {
            let (all, _) = self.0.entry(*lang).or_default();
            all.articles += amount.articles;
            all.words += amount.words;
        }
    }

    /// Adds points of a finding in a language.
    pub fn cost(&mut self, lang: Lang, points: f64) {
        self.0.entry(lang).or_default().1 += points;
    }

    /// All of them, in the order of their tags, with their points.
    pub fn rows(&self) -> impl Iterator<Item = (Lang, Amount, f64)> + '_ {
        self.0.iter().map(|(lang, (amount, points))| (*lang, *amount, *points))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_severity_times_category_times_lint() {
        let mut weights = Weights::default();
        weights.set("accuracy", "3").unwrap();
        weights.set("error", "10").unwrap();
        assert_eq!(weights.points(Severity::Error, "accuracy/omission", "a"), 30.0);
        assert_eq!(weights.points(Severity::Warning, "style", "a"), 1.0);
        weights.set("accuracy/omission", "0.5").unwrap();
        weights.lints.insert("b".into(), 4.0);
        assert_eq!(
            weights.points(Severity::Error, "accuracy/omission", "b"),
            20.0,
            "the category wins over its dimension"
        );
        assert_eq!(weights.points(Severity::Warning, "accuracy/addition", "b"), 12.0);
        assert_eq!(
            weights.told(),
            "an error costs 10, a warning 1, a note 0.1; accuracy × 3, accuracy/omission × 0.5, b × 4"
        );
        assert_eq!(per_thousand(3.0, 1500), Some(2.0));
        assert_eq!(per_thousand(3.0, 0), None);
        assert_eq!((of_hundred(3.0, 1500), of_hundred(9.0, 5), of_hundred(0.0, 0)), (Some(99.8), Some(0.0), None));
    }

    #[test]
    fn what_is_no_weight_is_refused() {
        let refused = |name: &str, number: &str| Weights::default().set(name, number).unwrap_err().to_string();
        assert_eq!(refused("acuracy", "1"), "there is no weight “acuracy”; did you mean “accuracy”?");
        for number in ["-1", "NaN", "inf", "x", "1e9"] {
            assert!(refused("note", number).contains("is no weight"), "{number}");
        }
    }
}
