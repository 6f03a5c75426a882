//! Terms of the original that the translation does not render as the glossary wants it.
//!
//! The glossary gives base forms, an article bends them. A term counts as rendered by anything that may be a form of it or
//! a compound with it; that a forbidden one stands there must be plainer.

use serde::Deserialize;

use super::Check;
use super::name_variants::is_inflected;
use super::untranslated_segment::words_in;
use crate::diagnostic::{Finding, Findings};
use crate::lint::{Concept, Glossary, Term};
use crate::text::{At, Lang, Language, Pair, PerLanguage, Span, Translation, Word, fold};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// What is looked for.
    what: What,
    /// Endings of inflected forms, besides those that names have in a language.
    endings: PerLanguage<Vec<String>>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    #[default]
    Missing,
    Forbidden,
}

/// Letters that a word and a form of it share at least at their beginning …
const STEM: usize = 4;
/// … and so much of the word in the glossary: “tietokanta”, “tietokannan”. “Datenbank” and “Datenblatt” share less.
const SHARE: f32 = 0.75;

/// Concepts whose term stands at one place of the original: those of homonyms are all right there.
struct Mention<'h> {
    span: Span,
    concepts: Vec<&'h Concept>,
}

impl Check for Terms {
    fn needs_source(&self) -> bool {
        true
    }

    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let glossary = &out.house().glossary;
        if glossary.is_empty() || whole.source().lang() == whole.target().lang() {
            return;
        }
        let sentences: Vec<Pair<'a>> = whole.sentence_pairs().collect();
        for pair in whole.pairs() {
            let mentions = self.mentions(glossary, pair.source);
            // What was left as it is has not been translated yet.
            if mentions.is_empty() || fold(pair.source.text()) == fold(pair.target.text()) {
                continue;
            }
            let side = Side::new(self, pair.target);
            for mention in mentions {
                match self.what {
                    What::Missing => side.missing(&pair, &mention, &sentences, out),
                    What::Forbidden => side.forbidden(&pair, &mention, out),
                }
            }
        }
    }
}

impl Terms {
    fn endings(&self, lang: Lang) -> Vec<String> {
        let own = self.endings.get(lang).into_iter().flatten();
        Language::of(lang).inflections.iter().chain(own).cloned().collect()
    }

    /// The terms of the original, in order, each once. Of two at one place the longer is meant.
    fn mentions<'h>(&self, glossary: &'h Glossary, at: At<'_>) -> Vec<Mention<'h>> {
        let lang = at.doc.lang();
        let endings = self.endings(lang);
        let mut found: Vec<(Span, &Concept)> = Vec::new();
        let words = words_in(at.doc, at.span);
        for (n, word) in words.iter().enumerate() {
            let text = at.doc.text();
            // Without spaces a term may begin inside of what is taken for a word.
            let starts = at.doc.slice(word.span).char_indices().map(|(at, _)| word.span.start as usize + at);
            for start in starts.take(if lang.is_unspaced() { usize::MAX } else { 1 }) {
                let folded = match lang.is_unspaced() {
                    true => fold(text[start..].get(..two(&text[start..])).unwrap_or_default()),
                    false => at.doc.folded(*word).to_owned(),
                };
                for (concept, term) in glossary.beginning_like(&folded, lang) {
                    let span = match lang.is_unspaced() {
                        true => text[start..at.span.end as usize]
                            .starts_with(&term.text)
                            .then(|| Span::of(start..start + term.text.len())),
                        false => phrase(at, &words[n..], term, &endings),
                    };
                    found.extend(span.filter(|span| is_meant(span.slice(text), term, concept)).map(|s| (s, concept)));
                }
            }
        }
        found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut mentions: Vec<Mention<'h>> = Vec::new();
        for (span, concept) in found {
            match mentions.last_mut() {
                Some(last) if last.span == span => last.concepts.push(concept),
                Some(last) if last.span.end > span.start => {}
                _ => mentions.push(Mention { span, concepts: vec![concept] }),
            }
        }
        let mut told: Vec<*const Concept> = Vec::new();
        mentions.retain(|mention| {
            let new = !told.contains(&std::ptr::from_ref(mention.concepts[0]));
            told.push(mention.concepts[0]);
            new
        });
        mentions
    }
}

/// Whether the words of a text are the term: an abbreviation in capitals is no small word (“IT”), and what stays as it is
/// stands there as it is.
fn is_meant(text: &str, term: &Term, concept: &Concept) -> bool {
    let shouts = |s: &str| s.chars().any(char::is_uppercase) && !s.chars().any(char::is_lowercase);
    if concept.kept { text == term.text } else { !shouts(&term.text) || shouts(text) || text == term.text }
}

/// The bytes of the first two characters.
fn two(text: &str) -> usize {
    text.char_indices().nth(2).map_or(text.len(), |(at, _)| at)
}

/// Where a term stands at the first of these words, word for word; any of them may be bent.
fn phrase(at: At<'_>, words: &[Word], term: &Term, endings: &[String]) -> Option<Span> {
    let words = words.get(..term.words().len())?;
    let is = |(word, part): (&Word, &String)| {
        let folded = at.doc.folded(*word);
        folded == part || is_inflected(part, folded, endings)
    };
    // Between its words nothing stands but spaces and hyphens.
    let joined = words.windows(2).all(|two| {
        at.doc.slice(two[0].span.until(two[1].span)).chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '\''))
    });
    (joined && words.iter().zip(term.words()).all(is)).then(|| words[0].span.to(words[words.len() - 1].span))
}

/// The translation of a block.
struct Side<'a> {
    at: At<'a>,
    lang: Lang,
    endings: Vec<String>,
    words: &'a [Word],
    folded: String,
}

impl<'a> Side<'a> {
    fn new(check: &Terms, at: At<'a>) -> Side<'a> {
        let lang = at.doc.lang();
        Side { at, lang, endings: check.endings(lang), words: words_in(at.doc, at.span), folded: fold(at.text()) }
    }

    fn missing(&self, pair: &Pair<'a>, mention: &Mention<'_>, sentences: &[Pair<'a>], out: &mut Findings<'a>) {
        let kept = mention.concepts.iter().any(|concept| concept.kept);
        let wanted: Vec<&Term> = mention.concepts.iter().flat_map(|concept| concept.wanted(self.lang)).collect();
        let term = pair.source.doc.slice(mention.span);
        let stands = wanted.iter().any(|term| self.renders(term)) || kept && self.at.text().contains(term);
        if stands || wanted.is_empty() && !kept {
            return;
        }
        let better = wanted.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" / ");
        let better = if better.is_empty() { term.to_owned() } else { better };
        let within = |pair: &&Pair<'a>| pair.source.span.contains(mention.span);
        let place = sentences.iter().find(within).map_or(pair.target.span, |pair| pair.target.span);
        let how = if kept { "kept" } else { "differs" };
        let finding = Finding::new(self.at.doc, place).phrase("how", how).slot("term", term).slot("better", better);
        out.push(finding.slot("text", self.at.doc.slice(place)).related_in(pair.source.doc, mention.span));
    }

    fn forbidden(&self, pair: &Pair<'a>, mention: &Mention<'_>, out: &mut Findings<'a>) {
        let wanted: Vec<&Term> = mention.concepts.iter().flat_map(|concept| concept.wanted(self.lang)).collect();
        let mut places: Vec<Span> = mention
            .concepts
            .iter()
            .flat_map(|concept| concept.forbidden(self.lang))
            .flat_map(|t| self.places(t))
            .collect();
        places.sort_unstable();
        places.dedup();
        if places.is_empty() {
            return;
        }
        // “Bank” within “Bank of Lenn” where the house wants that.
        let right: Vec<Span> = wanted.iter().flat_map(|term| self.places(term)).collect();
        let better = wanted.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" / ");
        for place in places.into_iter().filter(|place| !right.iter().any(|right| right.contains(*place))) {
            let how = if better.is_empty() { "forbidden" } else { "instead" };
            let finding = Finding::new(self.at.doc, place).phrase("how", how).slot("text", self.at.doc.slice(place));
            let finding = finding.slot("term", pair.source.doc.slice(mention.span)).slot("better", better.as_str());
            out.push(finding.related_in(pair.source.doc, mention.span));
        }
    }

    /// Where a term stands, bent or not.
    fn places(&self, term: &Term) -> Vec<Span> {
        if self.lang.is_unspaced() {
            let start = self.at.span.start as usize;
            let found = self.at.text().match_indices(&term.text);
            return found.map(|(at, text)| Span::of(start + at..start + at + text.len())).collect();
        }
        (0..self.words.len()).filter_map(|n| phrase(self.at, &self.words[n..], term, &self.endings)).collect()
    }

    /// Whether the block holds all words of a term in some form.
    fn renders(&self, term: &Term) -> bool {
        if self.folded.contains(&fold(&term.text)) {
            return true;
        }
        let holds = |part: &String| self.words.iter().any(|word| self.is_form(part, self.at.doc.folded(*word)));
        !self.lang.is_unspaced() && term.words().iter().all(holds)
    }

    fn is_form(&self, part: &str, word: &str) -> bool {
        if part == word || is_inflected(part, word, &self.endings) {
            return true;
        }
        // Vowels may change with the number: “Hafen”, “Häfen”.
        let plain =
            |text: &str| if text.is_ascii() { text.to_owned() } else { deunicode::deunicode(text).to_lowercase() };
        let (part, word) = (plain(part), plain(word));
        let letters = part.chars().count();
        let shared = part.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        letters >= STEM && word.contains(&part) || shared >= STEM && shared as f32 >= SHARE * letters as f32
    }
}
