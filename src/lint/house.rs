//! What a house has decided: words never reported, names that may stand side by side, forms to prefer.

use std::collections::HashMap;

use super::glossary::Glossary;
use crate::text::{Span, WordSet, fold};

/// Decisions of the user that checks and findings respect.
#[derive(Debug, Default, Clone)]
pub struct HouseStyle {
    /// Words and phrases that are never reported.
    pub vocabulary: Phrases,
    /// Forms of names that may stand side by side, case-folded, one set an entry.
    pub accept: Vec<WordSet>,
    /// Forms to prefer: (form to use, forms to replace).
    pub prefer: Vec<(String, Vec<String>)>,
    /// Words to write, and those that they take the place of.
    pub words: Vec<(String, Vec<String>)>,
    /// Words that are not used.
    pub avoid: Vec<String>,
    /// Terms, with what renders them in translations.
    pub glossary: Glossary,
    /// Ids of lints of the house's own, on or off: comments may name them.
    pub own_lints: Vec<String>,
}

impl HouseStyle {
    /// Whether two words, case-folded, may stand side by side: as forms of one entry, or as words of its forms.
    pub fn accepts(&self, one: &str, other: &str) -> bool {
        let holds = |forms: &WordSet, word: &str| forms.iter().any(|f| f.split_whitespace().any(|w| w == word));
        self.accept.iter().any(|forms| holds(forms, one) && holds(forms, other))
    }
}

/// Words and phrases, compared whatever their case and the white space in them.
#[derive(Debug, Default, Clone)]
pub struct Phrases {
    /// By their first word; those that begin with no letter or digit under the empty one.
    by_first: HashMap<String, Vec<String>>,
    /// Bytes of the longest.
    longest: usize,
}

impl<S: AsRef<str>> FromIterator<S> for Phrases {
    fn from_iter<I: IntoIterator<Item = S>>(phrases: I) -> Phrases {
        let mut all = Phrases::default();
        all.extend(phrases);
        all
    }
}

impl<S: AsRef<str>> Extend<S> for Phrases {
    fn extend<I: IntoIterator<Item = S>>(&mut self, phrases: I) {
        for phrase in phrases {
            let phrase = normal(phrase.as_ref()).trim().to_owned();
            if !phrase.is_empty() {
                self.longest = self.longest.max(phrase.len());
                self.by_first.entry(first_word(&phrase).to_owned()).or_default().push(phrase);
            }
        }
    }
}

impl Phrases {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.longest == 0
    }

    /// Whether the words at a place are such a phrase, or lie within one as it stands in the text.
    pub fn cover(&self, text: &str, at: Span) -> bool {
        if self.is_empty() || at.len() > self.reach() {
            return false;
        }
        let (window, marked) = self.window(text, at);
        self.occurrences(&window).any(|found| found.start <= marked.start && marked.end <= found.end)
    }

    /// Whether the words at a place hold such a phrase.
    pub fn lie_in(&self, text: &str, at: Span) -> bool {
        !self.is_empty() && self.occurrences(&normal(at.slice(text))).next().is_some()
    }

    /// How much text around a place can belong to a phrase: folding and white space make it longer than the phrase.
    fn reach(&self) -> usize {
        self.longest * 2 + 8
    }

    /// The text around a place in normal form, and where the place is in it.
    fn window(&self, text: &str, at: Span) -> (String, std::ops::Range<usize>) {
        let mut from = (at.start as usize).saturating_sub(self.reach());
        let mut to = (at.end as usize + self.reach()).min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        let mut window = normal(&text[from..at.start as usize]);
        let marked = normal(at.slice(text));
        // White space on both sides of the seam is one space.
        if window.ends_with(' ') && marked.starts_with(' ') {
            window.pop();
        }
        let start = window.len() + (marked.len() - marked.trim_start().len());
        window.push_str(&marked);
        let end = window.trim_end().len().max(start);
        window.push_str(&normal(&text[at.end as usize..to]));
        (window, start..end)
    }

    /// Where phrases stand as whole words in a text in normal form.
    fn occurrences<'a>(&'a self, text: &'a str) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        let mut before = None;
        text.char_indices().flat_map(move |(at, c)| {
            let begins = !before.is_some_and(char::is_alphanumeric);
            before = Some(c);
            let rest = &text[at..];
            let here = begins.then(|| self.by_first.get(first_word(rest))).flatten();
            let whole = move |phrase: &&String| {
                let open = phrase.ends_with(char::is_alphanumeric);
                rest.starts_with(phrase.as_str()) && !(open && rest[phrase.len()..].starts_with(char::is_alphanumeric))
            };
            here.into_iter().flatten().filter(whole).map(move |phrase| at..at + phrase.len())
        })
    }
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

/// Case-folded, each run of white space one space.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, part) in fold(text).split(char::is_whitespace).enumerate() {
        if n > 0 && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(phrases: &[&str], text: &str, marked: &str) -> bool {
        let at = text.find(marked).unwrap();
        phrases.iter().collect::<Phrases>().cover(text, Span::of(at..at + marked.len()))
    }

    #[test]
    fn a_phrase_covers_what_lies_within_it() {
        assert!(covers(&["Duran Duran"], "They saw Duran Duran live.", "Duran Duran"));
        assert!(covers(&["The The"], "They saw the\n  the live.", "the\n  the"));
        assert!(covers(&["The the band"], "So the the band played.", "the the"));
        assert!(!covers(&["the band"], "So the the band played.", "the the"));
        assert!(!covers(&["an"], "Mali and Niger", "and"));
        assert!(covers(&["#metoo"], "It was #MeToo then.", "MeToo"));
        assert!(covers(&["Straße"], "die STRASSE dort", "STRASSE"));
        assert!(!covers(&[], "a a", "a a"));
    }

    #[test]
    fn a_stretch_can_hold_a_phrase() {
        let text = "Read more about the harbour here.";
        let holds = |phrase: &str| [phrase].iter().collect::<Phrases>().lie_in(text, Span::of(0..text.len()));
        assert!(holds("the  Harbour") && !holds("arbour") && !holds("harbor"));
    }
}
