//! How names are written in a language without capital letters: what stands around them, and which letters of two
//! spellings are one sound.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::language::WordSet;

/// The section `[names]` of a file in `lints/languages/`. Without it nothing is said of names in such a language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Naming {
    /// Titles and offices that stand before names; one may have a space in it.
    pub before: WordSet,
    /// Those that stand after them.
    pub after: WordSet,
    /// Words inside names that say nothing of whose name it is: “بن”, “אל”.
    pub linking: WordSet,
    /// Letters that family names of the country are, where a name is three letters in all: of those that only sound alike in
    /// foreign ears each is someone else.
    pub surnames: String,
    /// What is written onto a word in front: “و”, “ול”. A word is looked at with and without one of them.
    pub prefixes: Vec<String>,
    /// What is written onto it behind: “에게”.
    pub particles: Vec<String>,
    /// Spellings of one sound, with spaces between: where nothing else differs, an ear hears no difference.
    same: Vec<String>,
    /// Spellings of one foreign sound: more names that differ by them are two.
    near: Vec<String>,
    /// Letters that one spelling of a foreign name has and another leaves out: vowels of scripts that hardly write any,
    /// the mark of a long one.
    weak: String,
    /// Characters that foreign names are written in where a word has no edges of its own, those that are read alike together.
    syllables: Vec<String>,
    /// The other characters for such names.
    characters: String,
    /// What is written in front of nouns and of some names, and is no letter of either: “ال”.
    pub article: String,
    /// How long spellings must be that differ by `same` only.
    pub same_letters: Enough,
    /// How long those must be that differ by `near`, too.
    pub near_letters: Enough,
    /// How long those must be of which one has letters of `weak` that the other has not.
    pub weak_letters: Enough,
    #[serde(skip)]
    sounds: OnceLock<Sounds>,
}

/// From so many letters on two spellings are one name, by what stands at both; 0 for never.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Enough {
    /// The same part of a name.
    pub part: usize,
    /// The same title.
    pub title: usize,
    /// Different titles, or dots between parts of names where only names have them.
    pub named: usize,
    /// Nothing at the one, one of these at the other.
    pub alone: usize,
}

/// No title has more characters.
pub const LONGEST_TITLE: usize = 8;

/// What each unit of writing stands for: the first unit of its group.
#[derive(Debug, Default)]
struct Sounds {
    same: FxHashMap<String, String>,
    near: FxHashMap<String, String>,
    weak: FxHashSet<char>,
    written: FxHashSet<char>,
    /// The characters that titles behind names begin with.
    titles: FxHashSet<char>,
    longest: usize,
}

impl Naming {
    /// Whether names are known here at all.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Whether foreign names are written in this character, where `syllables` lists them.
    pub fn writes(&self, letter: char) -> bool {
        self.sounds().written.contains(&letter)
    }

    /// The longest title behind a name that a text begins with.
    pub fn title_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        if !text.starts_with(|first| self.sounds().titles.contains(&first)) {
            return None;
        }
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_TITLE).collect();
        ends.iter().rev().map(|end| &text[..*end]).find(|title| self.after.has(title))
    }

    /// Whether `syllables` lists characters.
    pub fn has_syllables(&self) -> bool {
        !self.syllables.is_empty()
    }

    /// The spelling as what a foreign name sounds like, weak letters left out: two of one key may be one name.
    pub fn key(&self, plain: &str) -> String {
        let sounds = self.sounds();
        sounds.key(plain, &[&sounds.near, &sounds.same], |c| sounds.weak.contains(&c))
    }

    /// Whether an ear hears no difference between two spellings.
    pub fn sound_the_same(&self, a: &str, b: &str) -> bool {
        let sounds = self.sounds();
        sounds.alike(a, b, &[&sounds.same])
    }

    /// How long two spellings of one key must be, by what they differ in.
    pub fn enough(&self, a: &str, b: &str) -> Enough {
        let sounds = self.sounds();
        if self.sound_the_same(a, b) {
            self.same_letters
        } else if sounds.alike(a, b, &[&sounds.near, &sounds.same]) {
            self.near_letters
        } else {
            self.weak_letters
        }
    }

    /// The spelling without weak letters at its end.
    pub fn without_weak_end<'w>(&self, plain: &'w str) -> &'w str {
        plain.trim_end_matches(|c| self.sounds().weak.contains(&c))
    }

    fn sounds(&self) -> &Sounds {
        self.sounds.get_or_init(|| {
            let mut sounds = Sounds { longest: 1, weak: self.weak.chars().collect(), ..Sounds::default() };
            sounds.written = self.syllables.iter().flat_map(|group| group.chars()).collect();
            sounds.written.extend(self.characters.chars());
            sounds.written.remove(&' ');
            sounds.titles.extend(self.after.iter().filter_map(|title| title.chars().next()));
            for group in &self.same {
                sounds.longest = sounds.longest.max(add(&mut sounds.same, group));
            }
            for group in self.near.iter().chain(&self.syllables) {
                sounds.longest = sounds.longest.max(add(&mut sounds.near, group));
            }
            sounds
        })
    }
}

/// Adds a group of units; returns the letters of the longest.
fn add(units: &mut FxHashMap<String, String>, group: &str) -> usize {
    let group: Vec<String> = group.split_whitespace().map(|unit| unit.nfd().collect()).collect();
    let longest = group.iter().map(|unit| unit.chars().count()).max();
    for unit in &group {
        units.insert(unit.clone(), group[0].clone());
    }
    longest.unwrap_or_default()
}

impl Sounds {
    fn alike(&self, a: &str, b: &str, tables: &[&FxHashMap<String, String>]) -> bool {
        self.key(a, tables, |_| false) == self.key(b, tables, |_| false)
    }

    /// Reads letters with their marks taken apart, at each place the longest unit of the first table that has one.
    fn key(&self, plain: &str, tables: &[&FxHashMap<String, String>], drop: impl Fn(char) -> bool) -> String {
        // Marks of sound stay: those that voice a kana. All others are hamzas and points.
        let letters: Vec<char> = plain.nfd().filter(|c| matches!(canonical_combining_class(*c), 0 | 8)).collect();
        let (mut key, mut at) = (String::new(), 0);
        'letters: while at < letters.len() {
            for length in (1..=self.longest.min(letters.len() - at)).rev() {
                let unit: String = letters[at..at + length].iter().collect();
                if let Some(first) = tables.iter().find_map(|table| table.get(&unit)) {
                    key.extend(first.chars().filter(|c| !drop(*c)));
                    at += length;
                    continue 'letters;
                }
            }
            key.extend(Some(letters[at]).filter(|c| !drop(*c)));
            at += 1;
        }
        key
    }
}

/// A spelling without what readers pass over: points for vowels, lengthening strokes. Hamzas stay.
pub fn plain(word: &str) -> String {
    let passed_over = |c: &char| {
        let class = canonical_combining_class(*c);
        *c == '\u{640}' || !matches!(class, 0 | 8) && !matches!(c, '\u{653}'..='\u{655}')
    };
    word.nfd().filter(|c| !passed_over(c)).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Lang, Language};
    use super::*;

    fn naming(lang: &str) -> &'static Naming {
        &Language::of(Lang::parse(lang).unwrap()).names
    }

    #[test]
    fn spellings_of_one_sound_have_one_key() {
        for (lang, a, b) in [
            ("ar", "غرينمان", "جرينمان"),
            ("ar", "فلاديمير", "فلادمير"),
            ("he", "גרינמן", "גרינמאן"),
            ("ja", "ヴェルデン", "ベルデン"),
            ("ja", "マッシー", "マシー"),
            ("ja", "ティム", "チム"),
            ("ko", "트럼프", "트롬프"),
            ("zh", "史密斯", "史密思"),
            ("zh-tw", "馬科", "瑪克"),
        ] {
            assert_eq!(naming(lang).key(a), naming(lang).key(b), "{a} {b}");
        }
        for (lang, a, b) in
            [("ja", "バート", "パート"), ("zh", "马丁", "马汀"), ("ko", "박", "발"), ("ar", "بلال", "طلال")]
        {
            assert_ne!(naming(lang).key(a), naming(lang).key(b), "{a} {b}");
        }
    }

    #[test]
    fn points_and_strokes_are_passed_over_and_hamzas_are_not() {
        assert_eq!(plain("مُحَمَّد"), plain("محمد"));
        assert_eq!(plain("محمــد"), plain("محمد"));
        assert_ne!(plain("أحمد"), plain("احمد"));
        assert!(naming("ar").sound_the_same("أحمد", "احمد"));
        assert_eq!(plain("ガ"), "ガ");
    }

    #[test]
    fn the_longest_title_counts() {
        let both: Naming = serde_json::from_str(r#"{"after": ["議員", "議員長"]}"#).unwrap();
        assert_eq!(both.title_in("議員長は"), Some("議員長"));
        assert_eq!(naming("ja").title_in("副大統領は"), Some("副大統領"));
        assert_eq!(naming("zh").title_in("法官说"), Some("法官"));
        assert_eq!(naming("zh").title_in("法国"), None);
    }
}
