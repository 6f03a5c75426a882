//! What is said again at another place of its sentence, where the original says it once.

use std::ops::Deref;

use super::{Original, Repetition, SENTENCE, ids, is_content, runs};
use crate::diagnostic::{Finding, Findings};
use crate::text::{At, Document, Pair, Span, Word};

impl Repetition {
    /// “the beach and the beach”, “ferry/ferry”: a phrase that is joined to itself, where the original says no word twice. What
    /// the original joins may be two words of one meaning, which is another slip.
    pub(super) fn joined_to_itself<'a>(
        &self,
        doc: &'a Document,
        words: &[Word],
        original: &impl Deref<Target = Original>,
        source: At<'a>,
        out: &mut Findings<'a>,
    ) -> bool {
        let joins = self.joins.get(doc.lang());
        let between = |at: usize| doc.slice(words[at - 1].span.until(words[at].span));
        for seam in 1..words.len() {
            // The place of the second copy.
            let second = match joins {
                _ if between(seam) == "/" => seam,
                Some(joins) if joins.has(doc.folded(words[seam])) => seam + 1,
                _ => continue,
            };
            let longest = seam.min(words.len() - second).min(JOINED);
            let close = |at: usize| between(at).chars().all(|c| matches!(c, ' ' | '-' | '\u{a0}' | '"' | '“' | '”'));
            let same = |length: &usize| {
                let (one, two) = (seam - length..seam, second..second + length);
                let alike = words[one.clone()].iter().zip(&words[two.clone()]).all(|(a, b)| a.id == b.id);
                alike && one.skip(1).chain(two.skip(1)).all(close) && (second == seam || close(seam) && close(second))
            };
            let Some(length) = (1..=longest).rev().find(same) else { continue };
            let phrase = &words[seam - length..seam];
            let meant = self.returning.get(doc.lang()).is_some_and(|all| all.has(doc.folded(phrase[length - 1])));
            let telling = |word: &Word| is_content(doc, *word) && doc.slice(word.span).chars().nth(2).is_some();
            if meant
                || !phrase.iter().any(telling)
                || original.again > 0
                || original.repeats > 0
                || second > seam && self.joins(source)
            {
                continue;
            }
            out.push(said_again(doc, words, length, (seam - length, second), source));
            return true;
        }
        false
    }

    /// Whether a stretch of an original joins anything, or it is not known whether it does.
    fn joins(&self, source: At<'_>) -> bool {
        let joins = self.joins.get(source.doc.lang());
        joins.is_none_or(|joins| super::words(source).iter().any(|word| joins.has(source.doc.folded(*word))))
    }
}

/// Words of the longest phrase that is looked for on both sides of an “and”.
const JOINED: usize = 8;

/// So often nobody says a word in a sentence of which the original says none twice.
const OFTEN: usize = 4;
/// Letters of a shorter word prove nothing.
const LETTERS: usize = 4;

/// A word that fills its sentence.
pub(super) fn very_often<'a>(
    doc: &'a Document,
    words: &[Word],
    original: &impl Deref<Target = Original>,
    source: At<'a>,
    out: &mut Findings<'a>,
) -> bool {
    if doc.lang().is_unspaced() || words.len() > 6 * OFTEN {
        return false;
    }
    let places = |word: Word| (0..words.len()).filter(move |&at| words[at].id == word.id);
    let found = (0..words.len()).find(|&at| {
        let telling = is_content(doc, words[at]) && doc.slice(words[at].span).chars().nth(LETTERS - 1).is_some();
        telling && places(words[at]).nth(OFTEN - 1).is_some()
    });
    let Some(first) = found.filter(|_| original.again == 0 && original.repeats == 0) else { return false };
    // A name that is kept as it is.
    if super::words(source).iter().any(|word| source.doc.folded(*word) == doc.folded(words[first])) {
        return false;
    }
    let Some(second) = places(words[first]).nth(1) else { return false };
    out.push(said_again(doc, words, 1, (first, second), source));
    true
}

/// More marks in a row are no line to write on, where the original has not a third of them.
const MARKS: usize = 40;

/// A row of marks without end.
pub(super) fn of_marks<'a>(doc: &'a Document, pair: Pair<'a>, out: &mut Findings<'a>) -> bool {
    // The most of one mark in a row, and where.
    let longest = |text: &str| {
        let mut best = (0, 0);
        let bytes = text.as_bytes();
        for run in bytes.chunk_by(|a, b| a == b).filter(|run| matches!(run[0], b'.' | b'-' | b'_' | b'*' | b'=')) {
            if run.len() > best.0 {
                best = (run.len(), run.as_ptr() as usize - bytes.as_ptr() as usize);
            }
        }
        best
    };
    let (count, at) = longest(pair.target.text());
    if count < MARKS || 3 * longest(pair.source.text()).0 > count {
        return false;
    }
    let start = pair.target.span.start + at as u32;
    let (first, all) = (Span::new(start, start + 1), Span::new(start, start + count as u32));
    let finding = Finding::new(doc, all).phrase("how", "row").slot("phrase", doc.slice(first));
    let finding = finding.slot("count", count.to_string()).slot("words", "1").related(first);
    out.push(finding.related_in(pair.source.doc, pair.source.span));
    true
}

fn said_again<'a>(
    doc: &'a Document,
    words: &[Word],
    length: usize,
    (first, second): (usize, usize),
    source: At<'a>,
) -> Finding<'a> {
    let place = |at: usize| words[at].span.to(words[at + length - 1].span);
    let finding = Finding::new(doc, place(second)).phrase("how", "again").slot("phrase", doc.slice(place(first)));
    let finding = finding.slot("count", "2").slot("words", length.to_string()).related(place(first));
    finding.related_in(source.doc, source.span)
}

/// The least words of a phrase that is said twice where the original says it once.
const PHRASE: usize = 3;
/// … where it need not fill three fifths of its sentence, but half.
const FULLER_PHRASE: usize = 4;
/// … nor that.
const LONG_PHRASE: usize = 6;

pub(super) fn at_two_places<'a>(
    doc: &'a Document,
    words: &[Word],
    original: &impl Deref<Target = Original>,
    source: At<'a>,
    out: &mut Findings<'a>,
) {
    if doc.lang().is_unspaced() || words.len() > SENTENCE {
        return;
    }
    let Some((length, first, second)) = runs::twice(&ids(words), PHRASE) else { return };
    let phrase = &words[first..first + length];
    let content = phrase.iter().filter(|word| is_content(doc, **word)).count();
    let covered = 2 * length;
    let fills = if length >= FULLER_PHRASE { 2 * covered >= words.len() } else { 5 * covered >= 3 * words.len() };
    // So short a phrase returns as soon as the original repeats anything.
    if length < FULLER_PHRASE && original.again > 0 {
        return;
    }
    if !(original.lacks(doc, phrase) && content > 0 && (fills || length >= LONG_PHRASE && content > 1)) {
        return;
    }
    out.push(said_again(doc, words, length, (first, second), source));
}
