//! Names in writing without spaces. What foreign names are written in tells where they begin and end: katakana, or the
//! characters that a file of the language lists; a dot parts their words.

use rustc_hash::FxHashSet;

use crate::text::{Document, LONGEST_TITLE, Naming, Span, fold};

use super::sighting::{Sighting, Sightings};

/// The dots between the parts of a foreign name.
const DOTS: &[char] = &['·', '•', '‧', '・', '･', '．', '＝', '゠'];

/// Longer than this, in bytes, no Latin spelling in brackets is looked at.
const GLOSS: usize = 80;

/// A stretch of text in the letters of foreign names.
#[derive(Clone, Copy)]
struct Run {
    span: Span,
    /// Whether a dot stands before it, with a run before that.
    joined: bool,
    sentence: u32,
}

/// The names of a document: runs with a title, a gloss or a dot at them, and runs that sound like one of those.
pub fn of(doc: &Document, naming: &Naming) -> Sightings {
    let runs = runs(doc, naming);
    let mut sightings = Sightings::default();
    sightings.dotted = true;
    let (mut seen, mut sure) = (Vec::new(), Vec::new());
    for name in runs.chunk_by(|_, next| next.joined) {
        let forms: Vec<u32> = name.iter().map(|run| sightings.number(doc.slice(run.span))).collect();
        let end = name[name.len() - 1].span.end;
        // A title is that of all parts, a Latin spelling has as many words as there are parts.
        let title =
            naming.title_in(&doc.text()[end as usize..]).or_else(|| title_before(doc, naming, name[0].span.start));
        let title = title.map(|title| sightings.number(title));
        // Katakana are for all foreign words, and dots for lists of them too.
        let dotted = naming.has_syllables() && name.len() > 1;
        let gloss: Vec<&str> = gloss(doc, end).map(|gloss| gloss.split(' ').collect()).unwrap_or_default();
        for (at, run) in name.iter().enumerate() {
            let gloss = gloss.get(at).filter(|_| gloss.len() == name.len()).map(|word| sightings.number(&fold(word)));
            sure.push(title.is_some() || gloss.is_some() || name.len() > 1);
            seen.push(Sighting {
                span: run.span,
                form: forms[at],
                before: at.checked_sub(1).map(|one| forms[one]),
                after: forms.get(at + 1).copied(),
                title,
                gloss,
                named: title.is_some() || gloss.is_some() || dotted,
                sentence: run.sentence,
                bears: false,
            });
        }
    }
    let keys: Vec<String> = seen.iter().map(|seen| naming.key(sightings.word(seen.form))).collect();
    let names: FxHashSet<&String> = keys.iter().zip(&sure).filter(|(_, sure)| **sure).map(|(key, _)| key).collect();
    sightings.all = seen.iter().zip(&keys).filter(|(_, key)| names.contains(key)).map(|(seen, _)| *seen).collect();
    sightings
}

fn runs(doc: &Document, naming: &Naming) -> Vec<Run> {
    let syllables = naming.has_syllables();
    let writes = |c: char| if syllables { naming.writes(c) } else { is_katakana(c) };
    let mut runs: Vec<Run> = Vec::new();
    for (number, sentence) in (0..).zip(doc.sentences()) {
        let (from, text) = (sentence.span.start as usize, doc.slice(sentence.span));
        let mut start = None;
        let mut dotted = false;
        let ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
        for (at, c) in ends {
            // “法” and “博” are of names, “法官” and “博士” are not.
            let in_name = |c| writes(c) && !(syllables && naming.title_in(&text[at..]).is_some());
            if c.is_some_and(in_name) {
                start.get_or_insert(at);
                continue;
            }
            if let Some(begin) = start.take() {
                let span = Span::of(from + begin..from + at);
                if !doc.is_masked(span) {
                    let joined = dotted && runs.last().is_some_and(|run| run.sentence == number);
                    runs.push(Run { span, joined, sentence: number });
                    dotted = c.is_some_and(|c| DOTS.contains(&c));
                    continue;
                }
            }
            dotted = false;
        }
    }
    runs
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}')
}

/// The longest title that ends at a place.
fn title_before<'d>(doc: &'d Document, naming: &Naming, at: u32) -> Option<&'d str> {
    let before = &doc.text()[..at as usize];
    let begins: Vec<usize> = before.char_indices().rev().map(|(at, _)| at).take(LONGEST_TITLE).collect();
    begins.iter().rev().map(|begin| &before[*begin..]).find(|title| naming.before.has(title))
}

/// The Latin name in brackets that open at a place.
fn gloss(doc: &Document, at: u32) -> Option<&str> {
    let rest = &doc.text()[at as usize..];
    let inner = rest.strip_prefix(['(', '（'])?;
    let inner = &inner[..inner.floor_char_boundary(GLOSS)];
    let inner = inner[..inner.find([')', '）'])?].trim();
    let words = || inner.split(' ');
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
    (words().next().is_some() && words().all(is_name)).then_some(inner)
}
