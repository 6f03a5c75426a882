//! The forms that grammar makes of one name are one spelling.
//!
//! “Орлова”, “Орловым” and “Орлов” stand in the articles of one archive, each in a few of them. What is counted and compared
//! there is what they have in common: the name without its endings. In a language without endings it is the name itself.

use rustc_hash::FxHashMap;

use super::super::inflection;
use super::{NEIGHBOURS, NameUse};
use crate::text::Language;

/// Endings are taken off as long as so many letters remain.
const STEM: usize = 3;

/// A letter that goes with some endings, by one of them, and so must go where it stands alone: “Nowa-ka”, “Nowa-k”.
const BEFORE_ENDINGS: [(&str, &str); 2] = [("k", "ka"), ("к", "ка")];

/// A folded word without its endings: all of them, so that what is itself an ending of the plain form (“Серг-ей”) goes where
/// another takes its place (“Серге-я”). Words of one stem may be two names (“Иван”, “Иванов”); they are not told apart.
pub fn stem<'w>(word: &'w str, language: &Language) -> &'w str {
    if language.inflections.is_empty() {
        return word;
    }
    let mut stem = inflection::without_article(word);
    let is_ending = |ending: &str| language.inflections.iter().any(|other| other == ending);
    let before = BEFORE_ENDINGS.iter().filter(|(_, ending)| is_ending(ending)).map(|(letter, _)| *letter);
    let endings = language.inflections.iter().map(String::as_str).filter(|ending| !ending.is_empty()).chain(before);
    loop {
        let shorter = |ending: &str| stem.strip_suffix(ending).filter(|rest| rest.chars().nth(STEM - 1).is_some());
        match endings.clone().filter_map(shorter).min_by_key(|rest| rest.len()) {
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
    let mut places: FxHashMap<Box<str>, usize> = FxHashMap::default();
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
        self.span = self.span.min(form.span);
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

/// Whether two stems may be those of one word in two forms, or of a word and one made from it: one is the other with something
/// before or behind it; they differ in a mark that many leave out; or the end of the stem changes with what follows.
pub fn may_be_forms(a: &str, b: &str, language: &Language) -> bool {
    a.ends_with(b)
        || b.ends_with(a)
        || end_changes(a, b, language)
        || a.replace('ё', "е") == b.replace('ё', "е")
        || inflection::is_capital_without_mark(a, b)
        || inflection::is_bent(a, b, language)
}

/// Whether two stems differ at their end only: in the last letter where words have endings (“original”, “originais”), and in the
/// last two where they are bent much (“Praha”, “Praze”; “Антін”, “Антона”), but for a vowel before the last letter that no
/// grammar puts for the other.
fn end_changes(a: &str, b: &str, language: &Language) -> bool {
    let shared: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (left, right) = (a[shared..].chars().count(), b[shared..].chars().count());
    let least_and_most = (left.min(right), left.max(right));
    match least_and_most {
        (0, _) => true,
        (1, 1) => !language.inflections.is_empty(),
        (1 | 2, 2) if !language.fleeting.is_empty() => {
            let last = |word: &str| word.chars().next_back();
            let vowel = |word: &str| word[shared..].starts_with(|c| KEPT.contains(c));
            !(last(a) == last(b) && left == right && vowel(a) && vowel(b))
        }
        _ => false,
    }
}

/// Vowels that do not go over into each other.
const KEPT: &str = "aeiouаеиоу";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn language(tag: &str) -> &'static Language {
        Language::of(Lang::parse(tag).unwrap())
    }

    #[test]
    fn forms_of_one_name_have_one_stem() {
        let all: [(&str, &[&str]); 7] = [
            ("ru", &["орлов", "орлова", "орловым", "орлову", "орлове"]),
            ("ru", &["сергей", "сергея", "сергею", "сергеем"]),
            ("uk", &["кравченко", "кравченка", "кравченкові", "кравченком"]),
            ("pl", &["kowalski", "kowalskiego", "kowalskim", "kowalskiemu"]),
            ("pl", &["wieruszak", "wieruszaka", "wieruszakowi", "wieruszakiem"]),
            ("uk", &["терещук", "терещука", "терещуком", "терещукові"]),
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
        assert!(may_be_forms("антін", "антон", language("uk")));
        assert!(!may_be_forms("кравчен", "кравчин", language("uk")));
        assert!(!may_be_forms("zellweck", "zelweck", language("de")));
        assert!(may_be_forms("королёв", "королев", language("ru")));
        assert!(may_be_forms("radio", "radioeins", language("sw")));
        assert!(may_be_forms("instalujt", "nainstalujt", language("cs")));
    }
}
