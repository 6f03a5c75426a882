//! Which lints are on: the sets, then what each configuration, each override and the command line say, in that order.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;

use super::file::{File, Level, Override};
use super::mistake::Mistake;
use crate::diagnostic::Severity;
use crate::lint::{Lint, Set};
use crate::text::Source;

/// What names lints: an id, a set, or `all`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Every lint, those on trial too.
    All,
    /// The lints of a set.
    Set(Set),
    /// One lint.
    Id(String),
}

/// Names of sets, and `all`.
pub const SETS: [&str; 4] = ["all", "default", "strict", "preview"];

impl Selector {
    /// Reads a name, older ids included; `None` if nothing is called so.
    pub fn parse(name: &str, lints: &[Arc<Lint>]) -> Option<Selector> {
        Some(match name {
            "all" => Selector::All,
            "default" => Selector::Set(Set::Default),
            "strict" => Selector::Set(Set::Strict),
            "preview" => Selector::Set(Set::Preview),
            id => Selector::Id(find(id, lints)?.id.clone()),
        })
    }

    /// How much it says of a lint: nothing, or the more the narrower it is.
    fn rank(&self, lint: &Lint) -> u8 {
        match self {
            Selector::All => 1,
            Selector::Set(set) if *set == lint.set => 2,
            Selector::Id(id) if *id == lint.id => 3,
            _ => 0,
        }
    }
}

/// A lint by its id, or an id that it had before.
pub fn find<'a>(id: &str, lints: &'a [Arc<Lint>]) -> Option<&'a Arc<Lint>> {
    let now = lints.iter().find(|lint| lint.id == id);
    now.or_else(|| lints.iter().find(|lint| lint.formerly.iter().any(|former| former == id)))
}

/// What one place says about which lints are on.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Lints in place of those that were on.
    pub select: Option<Vec<Selector>>,
    /// Lints besides.
    pub extend: Vec<Selector>,
    /// Lints that are off.
    pub ignore: Vec<Selector>,
    /// Lints one by one.
    pub levels: BTreeMap<String, Level>,
    /// Whether lints on trial are on.
    pub preview: Option<bool>,
    /// Whether lints for strict houses are on.
    pub strict: Option<bool>,
}

/// Reads names out of a configuration.
pub struct Names<'a> {
    /// The lints there are.
    pub lints: &'a [Arc<Lint>],
    /// The configuration.
    pub source: &'a Arc<Source>,
    /// Ids that were renamed: what is written, and what it is now.
    pub renamed: &'a mut Vec<(String, String)>,
    /// Names that nothing has.
    pub mistakes: &'a mut Vec<Mistake>,
}

impl Names<'_> {
    /// The lint of an id; a mistake if there is none.
    pub fn lint(&mut self, id: &Spanned<String>) -> Option<&Arc<Lint>> {
        let known = self.lints.iter().map(|lint| lint.id.as_str());
        match find(id.get_ref(), self.lints) {
            Some(lint) => {
                if lint.id != *id.get_ref() {
                    self.renamed.push((id.get_ref().clone(), lint.id.clone()));
                }
                Some(lint)
            }
            None => {
                self.mistakes.push(unknown(self.source, id, known));
                None
            }
        }
    }

    fn selectors(&mut self, names: &[Spanned<String>]) -> Vec<Selector> {
        let mut out = Vec::new();
        for name in names {
            if SETS.contains(&name.get_ref().as_str()) {
                out.extend(Selector::parse(name.get_ref(), self.lints));
            } else {
                out.extend(self.lint(name).map(|lint| Selector::Id(lint.id.clone())));
            }
        }
        out
    }

    fn levels(&mut self, levels: &BTreeMap<Spanned<String>, Level>) -> BTreeMap<String, Level> {
        levels.iter().filter_map(|(id, level)| Some((self.lint(id)?.id.clone(), *level))).collect()
    }

    /// What a file says about all its articles.
    pub fn of_file(&mut self, file: &File) -> Choice {
        Choice {
            select: file.select.as_ref().map(|names| self.selectors(names)),
            extend: self.selectors(&file.extend_select),
            ignore: self.selectors(&file.ignore),
            levels: self.levels(&file.lints),
            preview: file.preview,
            strict: file.strict,
        }
    }

    /// What an override says about some of them.
    pub fn of_override(&mut self, part: &Override) -> Choice {
        Choice {
            select: part.select.as_ref().map(|names| self.selectors(names)),
            extend: self.selectors(&part.extend_select),
            ignore: self.selectors(&part.ignore),
            levels: self.levels(&part.lints),
            preview: part.preview,
            strict: part.strict,
        }
    }
}

fn unknown<'a>(source: &Arc<Source>, id: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Mistake {
    let given = id.get_ref();
    let mistake = Mistake::new(source, id.span(), format!("there is no lint “{given}”"));
    match crate::nearest(given, known.chain(SETS)) {
        Some(near) => mistake.help(format!("did you mean “{near}”?")),
        None => mistake.help("`copydesk lints` lists them"),
    }
}

/// The lints that are on, with their severities, after all choices in order.
pub fn decide<'a>(
    lints: &[Arc<Lint>],
    choices: impl Iterator<Item = &'a Choice> + Clone,
) -> Vec<(Arc<Lint>, Severity)> {
    let preview = choices.clone().filter_map(|c| c.preview).last().unwrap_or(false);
    let strict = choices.clone().filter_map(|c| c.strict).last().unwrap_or(false);
    let decided = lints.iter().filter_map(|lint| {
        let mut on = match lint.set {
            Set::Default => true,
            Set::Strict => strict,
            Set::Preview => preview,
        };
        let mut severity = lint.severity;
        for choice in choices.clone() {
            let rank = |names: &[Selector]| names.iter().map(|name| name.rank(lint)).max().unwrap_or(0);
            let chosen = rank(choice.select.as_deref().unwrap_or_default()).max(rank(&choice.extend));
            let left_out = rank(&choice.ignore);
            if chosen > left_out {
                on = true;
            } else if left_out > 0 || choice.select.is_some() {
                on = false;
            }
            match choice.levels.get(&lint.id) {
                Some(Level::Off) => on = false,
                Some(Level::On) => on = true,
                Some(Level::Note) => (on, severity) = (true, Severity::Note),
                Some(Level::Warning) => (on, severity) = (true, Severity::Warning),
                Some(Level::Error) => (on, severity) = (true, Severity::Error),
                None => {}
            }
        }
        on.then(|| (lint.clone(), severity))
    });
    decided.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::registry;

    fn on(choices: &[Choice]) -> Vec<(String, Severity)> {
        decide(registry::builtin(), choices.iter()).into_iter().map(|(l, s)| (l.id.clone(), s)).collect()
    }

    fn names(list: &[&str]) -> Vec<Selector> {
        list.iter().map(|name| Selector::parse(name, registry::builtin()).unwrap()).collect()
    }

    #[test]
    fn the_narrower_name_wins_and_of_equals_ignore() {
        let one = Choice { select: Some(names(&["repeated-word"])), ignore: names(&["all"]), ..Choice::default() };
        assert_eq!(on(&[one]), [("repeated-word".to_owned(), Severity::Warning)]);
        let none =
            Choice { select: Some(names(&["repeated-word"])), ignore: names(&["repeated-word"]), ..Choice::default() };
        assert!(on(&[none]).is_empty());
        let rest = on(&[Choice { ignore: names(&["repeated-word"]), ..Choice::default() }]);
        assert!(!rest.is_empty() && rest.iter().all(|(id, _)| id != "repeated-word"));
    }

    #[test]
    fn the_later_choice_wins() {
        let house = Choice { levels: BTreeMap::from([("repeated-word".into(), Level::Error)]), ..Choice::default() };
        let off = Choice { levels: BTreeMap::from([("repeated-word".into(), Level::Off)]), ..Choice::default() };
        let asked = Choice { select: Some(names(&["repeated-word"])), ..Choice::default() };
        assert_eq!(on(&[house.clone(), asked.clone()]), [("repeated-word".to_owned(), Severity::Error)]);
        assert_eq!(on(&[house, off, asked]).len(), 1);
    }
}
