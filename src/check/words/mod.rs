//! Words that the house does not use, and what it writes in their place: “use”, not “utilize”.

mod english;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::english::Form;
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Lang, Span, Word, fold};

/// Data of a definition. Without any, the word list of the house holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// What to write, and the words and phrases that it takes the place of.
    prefer: BTreeMap<String, Vec<String>>,
    /// Words and phrases that are not used, with nothing in their place.
    avoid: Vec<String>,
}

impl Check for Words {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let house = out.house();
        let own = !self.prefer.is_empty() || !self.avoid.is_empty();
        let mut entries: Vec<(&str, Option<&str>)> = Vec::new();
        if own {
            for (better, words) in &self.prefer {
                entries.extend(words.iter().map(|word| (word.as_str(), Some(better.as_str()))));
            }
            entries.extend(self.avoid.iter().map(|word| (word.as_str(), None)));
        } else {
            for (better, words) in &house.words {
                entries.extend(words.iter().map(|word| (word.as_str(), Some(better.as_str()))));
            }
            entries.extend(house.avoid.iter().map(|word| (word.as_str(), None)));
        }
        // Of two phrases at one place the longer is meant.
        entries.sort_by_key(|(word, _)| std::cmp::Reverse(word.split_whitespace().count()));
        let mut taken: Vec<Span> = Vec::new();
        for (word, better) in entries {
            let places = places(doc, word);
            for (span, form) in places {
                if taken.iter().any(|t| t.overlaps(span)) || better.is_some_and(|better| is_within(doc, span, better)) {
                    continue;
                }
                taken.push(span);
                report(doc, span, better, form, out);
            }
        }
    }
}

fn report<'a>(doc: &'a Document, span: Span, better: Option<&str>, form: Option<Form>, out: &mut Findings<'a>) {
    let text = doc.slice(span);
    let Some(better) = better else {
        let finding = Finding::new(doc, span).phrase("how", "avoid").phrase("advice", "leave").slot("word", text);
        out.push(finding.slot("better", ""));
        return;
    };
    // The last word of what is written instead takes the ending of the one that it replaces.
    let ready = match form {
        None => Some(better.to_owned()),
        Some(form) => match better.rsplit_once(' ') {
            // Which word of a phrase is inflected, nobody has said.
            Some(_) => None,
            None => english::inflected(better, form),
        },
    };
    let shown = ready.as_deref().unwrap_or(better);
    let shown = in_the_case_of(shown, text);
    let finding = Finding::new(doc, span)
        .phrase("how", "prefer")
        .phrase("advice", "write")
        .slot("word", text)
        .slot("better", shown.clone());
    out.push(if ready.is_some() { finding.replace(span, shown) } else { finding });
}

/// Where a word or phrase stands, and in which form. The last word of it may be inflected.
fn places(doc: &Document, phrase: &str) -> Vec<(Span, Option<Form>)> {
    let parts: Vec<&str> = phrase.split_whitespace().collect();
    let Some((last, before)) = parts.split_last() else { return Vec::new() };
    let folded: Vec<String> = before.iter().map(|part| fold(part)).collect();
    let mut ends: Vec<(Option<Form>, String)> = vec![(None, fold(last))];
    if doc.lang() == Lang::ENGLISH {
        ends.extend(english::forms(&fold(last)).map(|(form, word)| (Some(form), word)));
    }
    // Most words stand nowhere in most articles.
    let known = doc.vocabulary();
    let ids: Vec<(Option<Form>, u32)> = ends.iter().filter_map(|(form, word)| Some((*form, known.id(word)?))).collect();
    let first: Option<Vec<u32>> = folded.iter().map(|word| known.id(word)).collect();
    let (Some(first), false) = (first, ids.is_empty()) else { return Vec::new() };
    let capitals = parts.iter().all(|part| part.starts_with(char::is_uppercase));
    let mut found = Vec::new();
    for block in doc.blocks() {
        let words = doc.words_of(block);
        for at in 0..words.len().saturating_sub(first.len()) {
            let Some((form, _)) = ids.iter().find(|(_, id)| words[at + first.len()].id == *id) else { continue };
            let all: &[Word] = &words[at..=at + first.len()];
            let begins = first.iter().zip(all).all(|(id, word)| *id == word.id);
            let close = all.windows(2).all(|w| doc.slice(w[0].span.until(w[1].span)).chars().all(char::is_whitespace));
            let span = all[0].span.to(all[all.len() - 1].span);
            // A form with a capital does not stand for a small word.
            if begins && close && (!capitals || doc.slice(span).starts_with(char::is_uppercase)) {
                found.push((span, *form));
            }
        }
    }
    found
}

/// Whether a place is a part of what is to be written: “in use” for “use”.
fn is_within(doc: &Document, span: Span, better: &str) -> bool {
    let text = doc.text();
    better.match_indices(doc.slice(span)).any(|(at, found)| {
        let from = (span.start as usize).checked_sub(at);
        found.len() < better.len()
            && from.is_some_and(|from| text.get(from..).is_some_and(|rest| rest.starts_with(better)))
    })
}

/// A word with a capital, or in capitals, where what it replaces is.
fn in_the_case_of(word: &str, replaced: &str) -> String {
    let mut letters = replaced.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase);
    if capital && letters.clone().count() > 0 && letters.all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if capital => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}
