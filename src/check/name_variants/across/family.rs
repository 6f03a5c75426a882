//! The forms that grammar makes of one name are one spelling.
//!
//! “Орлова”, “Орловым” and “Орлов” stand in the articles of one archive, each in a few of them. What is counted and compared
//! there is what they have in common: the name without its endings. In a language without endings it is the name itself.

use crate::text::{Language, Span};

use super::super::inflection;
use super::{NEIGHBOURS, NameUse};

/// Endings are taken off as long as so many letters remain.
const STEM: usize = 3;

/// A folded word without its endings: all of them, so that what is itself an ending of the plain form (“Серг-ей”) goes where
/// another takes its place (“Серге-я”). Words of one stem may be two names (“Иван”, “Иванов”); they are not told apart.
pub fn stem<'w>(word: &'w str, language: &Language) -> &'w str {
    if language.inflections.is_empty() {
        return word;
    }
    let mut stem = inflection::without_article(word);
    loop {
        let shorter = |ending: &String| {
            let rest = stem.strip_suffix(ending.as_str()).filter(|_| !ending.is_empty())?;
            rest.chars().nth(STEM - 1).map(|_| rest)
        };
        match language.inflections.iter().filter_map(shorter).min_by_key(|rest| rest.len()) {
            Some(rest) => stem = rest,
            None => return stem,
        }
    }
}

/// The forms of each name of a document put together, in the order in which the names first came up.
pub fn families(uses: Vec<NameUse>, language: &Language) -> Vec<NameUse> {
    if language.inflections.is_empty() {
        return uses;
    }
    let mut places: rustc_hash::FxHashMap<Box<str>, usize> = Default::default();
    let mut all: Vec<NameUse> = Vec::with_capacity(uses.len());
    for mut form in uses {
        form.word = stem(&form.word, language).into();
        match places.get(&form.word) {
            Some(place) => all[*place].join(form),
            None => {
                places.insert(form.word.clone(), all.len());
                all.push(form);
            }
        }
    }
    all.shrink_to_fit();
    all
}

impl NameUse {
    /// Adds another form of the same name.
    fn join(&mut self, form: NameUse) {
        let first = |a: Span, b: Span| if b.start < a.start { b } else { a };
        self.span = first(self.span, form.span);
        self.count = self.count.saturating_add(form.count);
        for (mine, theirs) in [(&mut self.before, form.before), (&mut self.after, form.after)] {
            let mut both = [&**mine, &*theirs].concat();
            both.sort_unstable();
            both.dedup();
            both.truncate(NEIGHBOURS);
            *mine = both.into();
        }
    }
}

/// Whether two stems may be those of one name in two grammatical forms: where names are bent much, the end of a stem changes
/// with what follows it (“Praha”, “Praze”), and a vowel in it goes.
pub fn may_be_forms(a: &str, b: &str, language: &Language) -> bool {
    if language.inflections.is_empty() {
        return false;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let rest = |word: &str| word.chars().count() - shared;
    !language.fleeting.is_empty() && rest(a).max(rest(b)) <= CHANGING || inflection::is_bent(a, b, language)
}

/// So many letters at the end of a stem change.
const CHANGING: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn language(tag: &str) -> &'static Language {
        Language::of(Lang::parse(tag).unwrap())
    }

    #[test]
    fn forms_of_one_name_have_one_stem() {
        let all: [(&str, &[&str]); 5] = [
            ("ru", &["орлов", "орлова", "орловым", "орлову", "орлове"]),
            ("ru", &["сергей", "сергея", "сергею", "сергеем"]),
            ("uk", &["кравченко", "кравченка", "кравченкові", "кравченком"]),
            ("pl", &["kowalski", "kowalskiego", "kowalskim", "kowalskiemu"]),
            ("cs", &["dvořák", "dvořáka", "dvořákovi", "dvořákem"]),
        ];
        for (tag, forms) in all {
            let first = stem(forms[0], language(tag));
            assert!(forms.iter().all(|form| stem(form, language(tag)) == first), "{tag}: {forms:?}");
            assert!(first.chars().count() >= STEM);
        }
        assert_eq!(stem("dorrenko", language("en")), "dorrenko");
    }

    #[test]
    fn the_end_of_a_stem_changes() {
        assert!(may_be_forms("prah", "praz", language("cs")));
        assert!(!may_be_forms("кравченк", "кравчинк", language("ru")));
        assert!(!may_be_forms("zellweck", "zellwecz", language("en")));
    }
}
