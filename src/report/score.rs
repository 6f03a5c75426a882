//! A scorecard in the manner of MQM (Multidimensional Quality Metrics): every finding costs points by its severity and
//! the dimension of its category; what counts is points per thousand words.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;

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

/// How many points a finding costs.
#[derive(Debug, Clone)]
pub struct Weights {
    /// By severity: notes, warnings, errors. MQM gives 1 for minor and 5 for major errors, and 0.1 is what its users give
    /// for punctuation.
    pub severities: [f64; 3],
    /// Factors by dimension; 1 where none is given.
    pub dimensions: BTreeMap<String, f64>,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights { severities: [0.1, 1.0, 5.0], dimensions: BTreeMap::new() }
    }
}

impl Weights {
    /// Sets one of them.
    ///
    /// # Errors
    ///
    /// If the name is neither a severity nor a dimension, or the number is none that can be a weight.
    pub fn set(&mut self, name: &str, number: &str) -> anyhow::Result<()> {
        let weight: f64 =
            number.parse().ok().filter(|n: &f64| n.is_finite() && (0.0..=1e6).contains(n)).ok_or_else(|| {
                anyhow::anyhow!("“{number}” is no weight; one is a number from 0 to 1000000, such as 2.5")
            })?;
        match name {
            "note" => self.severities[0] = weight,
            "warning" => self.severities[1] = weight,
            "error" => self.severities[2] = weight,
            name if DIMENSIONS.contains(&name) => {
                self.dimensions.insert(name.to_owned(), weight);
            }
            name => {
                let known = ["note", "warning", "error"].into_iter().chain(DIMENSIONS);
                match crate::nearest(name, known.clone()) {
                    Some(near) => anyhow::bail!("there is no weight “{name}”; did you mean “{near}”?"),
                    None => anyhow::bail!(
                        "there is no weight “{name}”; there are: {}",
                        known.collect::<Vec<_>>().join(", ")
                    ),
                }
            }
        }
        Ok(())
    }

    /// The points of a finding with this category, `dimension/type`.
    pub fn points(&self, severity: Severity, mqm: &str) -> f64 {
        self.severities[severity as usize] * self.dimensions.get(dimension(mqm)).copied().unwrap_or(1.0)
    }
}

/// The dimension of a category.
pub fn dimension(mqm: &str) -> &str {
    mqm.split_once('/').map_or(mqm, |(dimension, _)| dimension)
}

/// Points per thousand words; `None` where there are no words to divide by.
pub fn per_thousand(points: f64, words: usize) -> Option<f64> {
    (words > 0).then(|| points * 1000.0 / words as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_severity_times_dimension() {
        let mut weights = Weights::default();
        weights.set("accuracy", "3").unwrap();
        weights.set("error", "10").unwrap();
        assert_eq!(weights.points(Severity::Error, "accuracy/omission"), 30.0);
        assert_eq!(weights.points(Severity::Warning, "style"), 1.0);
        assert_eq!(per_thousand(3.0, 1500), Some(2.0));
        assert_eq!(per_thousand(3.0, 0), None);
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
