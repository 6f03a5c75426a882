//! `[score]`: what findings cost, with names and numbers that are verified.

use toml::Spanned;

use super::choose::Names;
use super::file::Score;
use super::mistake::Mistake;
use crate::report::score::{self, DIMENSIONS, SEVERITIES, Weights};

/// Adds what a configuration says to what those that it extends say.
pub fn settle(score: &Score, weights: &mut Weights, names: &mut Names<'_>) {
    for (name, number) in &score.severity {
        let Some(weight) = weight(number, names) else { continue };
        match score::severity(name.get_ref()) {
            Some(severity) => weights.severities[severity as usize] = weight,
            None => unknown("severity", name, SEVERITIES.into_iter(), names),
        }
    }
    for (name, number) in &score.category {
        let Some(weight) = weight(number, names) else { continue };
        if score::is_category(name.get_ref()) {
            weights.categories.insert(name.get_ref().clone(), weight);
        } else {
            unknown("dimension of MQM", name, DIMENSIONS.into_iter(), names);
        }
    }
    for (name, number) in &score.lint {
        if let (Some(weight), Some(lint)) = (weight(number, names), names.lint(name)) {
            let id = lint.id.clone();
            weights.lints.insert(id, weight);
        }
    }
}

fn weight(number: &Spanned<f64>, names: &mut Names<'_>) -> Option<f64> {
    let weight = *number.get_ref();
    if !score::is_weight(weight) {
        let mistake = Mistake::new(names.source, number.span(), format!("“{weight}” is no weight"));
        names.mistakes.push(mistake.help("a weight is a number from 0 to 1000000"));
        return None;
    }
    Some(weight)
}

fn unknown<'a>(
    what: &str,
    name: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
    names: &mut Names<'_>,
) {
    let given = name.get_ref();
    let mistake = Mistake::new(names.source, name.span(), format!("there is no {what} “{given}”"));
    names.mistakes.push(match crate::nearest(given, known.clone()) {
        Some(near) => mistake.help(format!("did you mean “{near}”?")),
        None => mistake.help(format!("there are: {}", known.collect::<Vec<_>>().join(", "))),
    });
}
