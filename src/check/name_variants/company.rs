//! The words beside a spelling: given names, surnames, what it is said to be.

use super::pairs::Pair;
use crate::text::names::{Form, Mentions};
use crate::text::{Document, Language, Span, Word};

/// A neighbour of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Neighbour {
    pub(super) id: u32,
    pub(super) capital: bool,
}

/// The words beside the mentions of a spelling.
#[derive(Default)]
pub(super) struct Company {
    pub(super) before: Vec<Neighbour>,
    pub(super) after: Vec<Neighbour>,
    /// The letters of initials right before it, in small letters: “S. Horgan”.
    initials: Vec<char>,
}

/// The company of spellings, found out once for all pairs that a spelling is in.
pub struct Companies {
    of_form: Vec<Option<Company>>,
}

impl Companies {
    /// Of the spellings of a document; nothing is read yet.
    pub fn of(mentions: &Mentions) -> Companies {
        Companies { of_form: mentions.forms().iter().map(|_| None).collect() }
    }

    pub(super) fn pair(&mut self, doc: &Document, mentions: &Mentions, a: u32, b: u32) -> (&Company, &Company) {
        static NOBODY: Company = Company { before: Vec::new(), after: Vec::new(), initials: Vec::new() };
        for form in [a as usize, b as usize] {
            self.of_form[form].get_or_insert_with(|| Company::of(doc, mentions, &mentions.forms()[form]));
        }
        let known = |form: u32| self.of_form[form as usize].as_ref().unwrap_or(&NOBODY);
        (known(a), known(b))
    }
}

/// How many mentions of a form are looked at.
const ENOUGH: usize = 40;

impl Company {
    pub(super) fn of(doc: &Document, mentions: &Mentions, form: &Form) -> Company {
        let words = doc.words();
        let language = Language::of(doc.lang());
        let mut company = Company::default();
        for mention in mentions.of_form(form).iter().take(ENOUGH) {
            let here = mention.word as usize;
            if here > 0 {
                let word = words[here - 1];
                if matches!(doc.slice(Span::new(word.span.end, mention.span.start)), " " | "-" | ". ") {
                    company.before.extend(neighbour(doc, word, language));
                    company.initials.extend(initial(doc, word));
                }
            }
            if let Some(&word) = words.get(here + 1)
                && matches!(doc.slice(Span::new(mention.span.end, word.span.start)), " " | "-" | "'s " | "’s ")
            {
                company.after.extend(neighbour(doc, word, language));
            }
        }
        company
    }

    pub(super) fn capital_after(&self) -> bool {
        self.after.iter().any(|n| n.capital)
    }

    /// Whether the name always stands alone.
    pub(super) fn bare(&self) -> bool {
        !self.before.iter().chain(&self.after).any(|n| n.capital)
    }
}

impl Company {
    /// Whether both go by initials, and by none in common.
    pub(super) fn other_initials(&self, other: &Company) -> bool {
        let none = |company: &Company| company.initials.is_empty();
        !none(self) && !none(other) && !self.initials.iter().any(|initial| other.initials.contains(initial))
    }
}

/// Whether two lists of neighbours have a word in common, capitalised or small.
pub(super) fn shared(a: &[Neighbour], b: &[Neighbour], capital: bool) -> bool {
    a.iter().any(|n| n.capital == capital && b.contains(n))
}

/// Whether two lists of neighbours hold two capitalised words that are near each other themselves.
pub(super) fn near(a: &[Neighbour], b: &[Neighbour], near: &NearPairs) -> bool {
    let capital = |list: &[Neighbour]| list.iter().filter(|n| n.capital).map(|n| n.id).collect::<Vec<u32>>();
    let (a, b) = (capital(a), capital(b));
    a.iter().any(|x| b.iter().any(|y| near.holds(*x, *y)))
}

/// The letter of an initial.
fn initial(doc: &Document, word: Word) -> Option<char> {
    let mut letters = doc.slice(word.span).chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_uppercase() => letter.to_lowercase().next(),
        _ => None,
    }
}

/// Which words of a document are near each other, by their numbers in its vocabulary.
pub struct NearPairs(Vec<u64>);

impl NearPairs {
    /// Of the pairs of a document.
    pub fn of(mentions: &Mentions, pairs: &[Pair]) -> NearPairs {
        let word = |place: u32| mentions.forms()[place as usize].id;
        let near = pairs.iter().filter(|pair| pair.unlikeness <= NEAR);
        let mut all: Vec<u64> = near.map(|pair| packed(word(pair.a), word(pair.b))).collect();
        all.sort_unstable();
        NearPairs(all)
    }

    fn holds(&self, a: u32, b: u32) -> bool {
        self.0.binary_search(&packed(a, b)).is_ok()
    }
}

/// Neighbours that are no farther apart for their length may be one name.
const NEAR: f32 = 0.34;

fn packed(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// A neighbour that says something: no function word.
fn neighbour(doc: &Document, word: Word, language: &Language) -> Option<Neighbour> {
    let (folded, written) = (doc.folded(word), doc.slice(word.span));
    let capital = written.starts_with(char::is_uppercase);
    let telling = folded.len() >= 2 && (capital || folded.chars().count() >= 4);
    (telling && !language.dangling.has(folded)).then_some(Neighbour { id: word.id, capital })
}
