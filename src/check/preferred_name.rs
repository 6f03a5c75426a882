//! A form of a name for which the house has decided upon another: “Kiev” where it writes “Kyiv”.

use serde::Deserialize;

use super::Check;
use super::name_variants::in_the_case_of;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Span, Word, fold};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PreferredName {}

impl Check for PreferredName {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        for (better, others) in &out.house().prefer {
            for other in others {
                let form: Vec<&str> = other.split_whitespace().collect();
                report(doc, &form, better, out);
            }
        }
    }
}

fn report<'a>(doc: &'a Document, form: &[&str], better: &str, out: &mut Findings<'a>) {
    let Some(first) = form.first() else { return };
    // Most forms stand nowhere in most articles: the vocabulary tells that without a look at the words.
    let ids = [doc.vocabulary().id(&fold(first)), doc.vocabulary().id(&fold(&format!("{first}'s")))];
    if ids == [None, None] {
        return;
    }
    for block in doc.blocks() {
        let words = doc.words_of(block);
        for (at, word) in words.iter().enumerate().filter(|(_, w)| ids.contains(&Some(w.id))) {
            let Some(span) = words.get(at..at + form.len()).and_then(|words| match_form(doc, words, form)) else {
                continue;
            };
            // The preferred form may hold the other: “Kyiv region” for “region”.
            if doc.text()[word.span.start as usize..].starts_with(better) {
                continue;
            }
            let name = doc.slice(span);
            let finding = Finding::new(doc, span).slot("name", name).slot("better", better);
            out.push(finding.replace(span, in_the_case_of(better, name)));
        }
    }
}

/// Where these words are the form, without a possessive ending; a form with a capital does not stand for a small word.
fn match_form(doc: &Document, words: &[Word], form: &[&str]) -> Option<Span> {
    let mut end = words.first()?.span.start;
    for (word, part) in words.iter().zip(form) {
        let text = doc.slice(word.span);
        let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
        let capital = |s: &str| s.starts_with(char::is_uppercase);
        if fold(text) != fold(part) || capital(part) && !capital(text) {
            return None;
        }
        end = word.span.start + text.len() as u32;
    }
    Some(Span::new(words[0].span.start, end))
}
