//! What a machine says again and again: a run without end, or a phrase that the original says once.
//!
//! Without an original only long runs are certain. With one, three copies of a word are enough where it has not two, and so is
//! a phrase that fills half of its sentence twice.

mod again;
mod runs;

use std::cell::LazyCell;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use self::again::{at_two_places, of_marks, very_often};
use self::runs::{Recent, Run};
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{At, BlockKind, Document, Lang, PerLanguage, Span, Tongues, Translation, Word, WordSet};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Repetition {
    /// Words that join two things, by language: “and”, “or”.
    joins: PerLanguage<WordSet>,
    /// Words that are joined to themselves on purpose: “years and years”.
    returning: PerLanguage<WordSet>,
}

/// Copies of a phrase that no writer sets in a row, of several words and of one.
const CERTAIN: usize = 4;
const CERTAIN_WORD: usize = 5;
/// … where words are written without spaces, and each character counts as one.
const CERTAIN_CHARACTER: usize = 12;

/// Copies of what is no word, and is more than a laugh.
const UNSPEAKABLE: usize = 8;

/// Words of a sentence that is still searched for phrases at two places.
const SENTENCE: usize = 400;

impl Check for Repetition {
    fn is_silent_in(&self, _lang: Lang) -> bool {
        false
    }

    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let mut recent = Recent::new(doc.vocabulary().len());
        for block in doc.blocks().iter().filter(|b| is_prose(b.kind)) {
            let words = doc.words_of(block);
            if recent.may_run(words.iter().map(|word| word.id), CERTAIN) {
                let runs = of_words(doc, words);
                let certain = runs.into_iter().filter(|run| is_certain(doc, words, *run));
                certain.for_each(|run| in_a_row(doc, words, run, None, out));
            }
            in_words(doc, words, out);
        }
    }

    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        for pair in whole.sentence_pairs() {
            let prose = |at: At<'_>| at.doc.block_at(at.span.start).is_some_and(|block| is_prose(block.kind));
            if !prose(pair.target) {
                continue;
            }
            let (doc, words) = (pair.target.doc, words(pair.target));
            // Hardly any sentence repeats a word: the original is read where one does.
            let original = LazyCell::new(|| Original::of(pair.source));
            let mut found = false;
            for run in of_words(doc, words) {
                if original.allows(run.copies) {
                    continue;
                }
                let phrase = &words[run.start..run.start + run.period];
                let again = match (run.copies, run.period) {
                    (2, 1 | 2) => {
                        // “der Ständige Rat (PPC)”: a name and its short form, which are one here.
                        let short = format!("({})", doc.slice(phrase[0].span));
                        let bare = !doc.text()[..phrase[0].span.start as usize].ends_with('(');
                        let glossed = run.period == 1 && bare && pair.source.text().contains(&short);
                        original.copies == 1 && !glossed && is_name_twice(doc, words, run)
                    }
                    // Where each character counts as a word, these are words that are built so: “ひょろひょろ”, “哈哈哈”.
                    (2, _) | (_, 1) if doc.lang().is_unspaced() => run.copies >= CERTAIN_CHARACTER,
                    (2, _) => is_telling(doc, words, run) && original.lacks(doc, phrase),
                    // Figures and little words too, where the original has no such row.
                    _ => {
                        is_telling(doc, words, run)
                            || original.copies == 1
                                && (run.copies >= UNSPEAKABLE || phrase.iter().all(|word| is_plain(doc, *word)))
                    }
                };
                // “ding, ding, ding”: one calls so.
                let called = run.period == 1 && run.copies < CERTAIN_WORD && is_called(doc, words, run);
                // “the feast of Lenn (feast of Lenn)”: a name beside itself.
                let glossed = run.copies == 2 && run.period > 2 && opens_bracket(doc, words, run);
                if is_certain(doc, words, run) || again && !glossed && !called {
                    in_a_row(doc, words, run, Some(pair.source), out);
                    found = true;
                }
            }
            in_words(doc, words, out);
            found |= of_marks(doc, pair, out);
            found |= self.joined_to_itself(doc, words, &original, pair.source, out);
            found |= !found && very_often(doc, words, &original, pair.source, out);
            if !found {
                at_two_places(doc, words, &original, pair.source, out);
            }
        }
    }
}

/// A phrase of so many times as many words as what the original says twice, and two more, is none of that.
const REPEATED: usize = 2;

/// What of an original tells whether the translation may repeat.
struct Original {
    /// The most copies of anything in a row.
    copies: usize,
    /// The most words in a row that stand in it twice; two at least.
    repeats: usize,
    /// How often words that carry meaning stand in it once more.
    again: usize,
}

impl Original {
    fn of(at: At<'_>) -> Original {
        let (doc, words) = (at.doc, words(at));
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        // “ラボラボ”
        let mut halves = 1;
        for word in words {
            let folded = doc.folded(*word);
            // Inflected forms share their beginning.
            let stem = folded.char_indices().nth(6).map_or(folded, |(end, _)| &folded[..end]);
            let telling = folded.chars().count() >= 3 && is_content(doc, *word);
            let doubled = doc.slice(word.span);
            let (one, two) = doubled.split_at(doubled.floor_char_boundary(doubled.len() / 2));
            if one == two && one.chars().nth(1).is_some() && one.starts_with(char::is_alphabetic) {
                halves = 2;
            }
            if telling || doc.lang().is_unspaced() {
                *counts.entry(stem).or_default() += 1;
            }
        }
        Original {
            copies: of_words(doc, words).iter().map(|run| run.copies).max().unwrap_or(1).max(halves),
            repeats: if words.len() > SENTENCE { SENTENCE } else { runs::twice(&ids(words), 2).map_or(0, |(n, ..)| n) },
            again: counts.values().map(|n| n - 1).sum(),
        }
    }

    /// Whether so many copies are a way to render what it says.
    fn allows(&self, copies: usize) -> bool {
        self.copies > 1 && copies <= self.copies + 1 + usize::from(self.copies > 2)
    }

    /// Whether it does not say these words twice.
    fn lacks(&self, doc: &Document, phrase: &[Word]) -> bool {
        let content = phrase.iter().filter(|word| is_content(doc, **word)).count();
        (self.repeats == 0 || phrase.len() > REPEATED * self.repeats + 2)
            && (content > 0 && self.again == 0 || content > 2 * self.again)
    }
}

fn is_prose(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Verse | BlockKind::TableCell)
}

fn words<'a>(at: At<'a>) -> &'a [Word] {
    let all = at.doc.words();
    let first = all.partition_point(|word| word.span.start < at.span.start);
    let end = all.partition_point(|word| word.span.end <= at.span.end);
    &all[first.min(end)..end]
}

fn ids(words: &[Word]) -> Vec<u32> {
    words.iter().map(|word| word.id).collect()
}

fn of_words(doc: &Document, words: &[Word]) -> Vec<Run> {
    // A new sentence may begin as the last one did.
    let joined = |at: usize| {
        let between = doc.slice(words[at - 1].span.until(words[at].span));
        !between.contains(['.', ':', '!', '?', '…', '。', '！', '？', '\n']) && between.chars().count() <= 4
    };
    runs::in_a_row(&ids(words), joined)
}

/// Whether a word carries meaning: it is none of the commonest of its language, and no number.
fn is_content(doc: &Document, word: Word) -> bool {
    let text = doc.slice(word.span);
    text.starts_with(char::is_alphabetic) && !Tongues::of_word(doc.folded(word)).meets(Tongues::only(doc.lang()))
}

/// Whether a run is of words that writers do not set in a row: no laughter, no figures of a table.
fn is_telling(doc: &Document, words: &[Word], run: Run) -> bool {
    let phrase = &words[run.start..run.start + run.period];
    let letters = phrase.iter().filter(|w| doc.slice(w.span).starts_with(char::is_alphabetic)).count();
    let long = doc.lang().is_unspaced() || phrase.iter().any(|w| doc.slice(w.span).chars().count() >= 3);
    let block = doc.block_at(phrase[0].span.start);
    let said = run.period == 1 && block.is_some_and(|b| b.language.doublings.has(doc.folded(phrase[0])));
    letters * 2 > run.period && long && !said
}

/// Whether a name or figure stands twice with nothing but a space between: “Texas Texas”, “on-site on-site”. Of other
/// single words another lint tells without the original.
fn is_name_twice(doc: &Document, words: &[Word], run: Run) -> bool {
    let copy = |from: usize| words[from].span.to(words[from + run.period - 1].span);
    let (first, second) = (copy(run.start), copy(run.start + run.period));
    let text = doc.slice(first);
    let (before, after) = (&doc.text()[..first.start as usize], &doc.text()[second.end as usize..]);
    let hyphen = |c: char| matches!(c, '-' | '‐' | '‑' | '–');
    let joined = before.ends_with(hyphen) || after.starts_with(hyphen);
    let reduplicates = doc.block_at(first.start).is_some_and(|block| block.language.reduplicates);
    // Marks are repeated with the word that they stand at: “(200 people) people)”.
    let close = match doc.slice(first.until(second)).trim() {
        "" => true,
        ")" => after.starts_with(')'),
        ") (" => before.ends_with('('),
        "\"" | "“" => before.ends_with(['"', '“']),
        _ => false,
    };
    let whole = !text.contains(char::is_whitespace);
    let telling =
        run.period == 2 || text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || after.starts_with(')');
    text == doc.slice(second) && whole && telling && close && !joined && !reduplicates && !doc.lang().is_unspaced()
}

/// Whether a word is a figure, a function word or one of three letters and more: nobody laughs or sighs so.
fn is_plain(doc: &Document, word: Word) -> bool {
    let function = |block: &crate::text::Block| block.language.dangling.has(doc.folded(word));
    let text = doc.slice(word.span);
    text.starts_with(char::is_numeric)
        || text.chars().count() > 2
        || doc.block_at(word.span.start).is_some_and(function)
}

fn is_certain(doc: &Document, words: &[Word], run: Run) -> bool {
    let least = match (run.period, doc.lang().is_unspaced()) {
        (1, true) => CERTAIN_CHARACTER,
        (1, false) => CERTAIN_WORD,
        _ => CERTAIN,
    };
    run.copies >= least && is_telling(doc, words, run)
}

fn opens_bracket(doc: &Document, words: &[Word], run: Run) -> bool {
    let seam = run.start + run.period;
    doc.slice(words[seam - 1].span.until(words[seam].span)).contains(['(', '（', '['])
}

fn in_a_row<'a>(doc: &'a Document, words: &[Word], run: Run, source: Option<At<'a>>, out: &mut Findings<'a>) {
    let first = words[run.start].span.to(words[run.start + run.period - 1].span);
    let rest = Span::new(first.end, words[run.end() - 1].span.end);
    let finding = Finding::new(doc, first.to(words[run.end() - 1].span))
        .phrase("how", "row")
        .slot("phrase", doc.slice(first))
        .slot("count", run.copies.to_string())
        .slot("words", run.period.to_string())
        .related(first)
        .delete(rest);
    out.push(match source {
        Some(at) => finding.related_in(at.doc, at.span),
        None => finding,
    });
}

fn in_words<'a>(doc: &'a Document, words: &[Word], out: &mut Findings<'a>) {
    for word in words.iter().filter(|word| word.span.len() >= runs::SHORTEST_WORD) {
        let text = doc.slice(word.span);
        let Some(length) = runs::in_a_word(text).filter(|_| text.starts_with(char::is_alphabetic)) else { continue };
        let first = Span::new(word.span.start, word.span.start + length as u32);
        let finding = Finding::new(doc, word.span)
            .phrase("how", "row")
            .slot("phrase", doc.slice(first))
            .slot("count", (text.len() / length).to_string())
            .slot("words", "1")
            .related(first);
        out.push(finding.delete(Span::new(first.end, word.span.end)));
    }
}

/// Whether a run is of a short word with commas between.
fn is_called(doc: &Document, words: &[Word], run: Run) -> bool {
    let short = doc.slice(words[run.start].span).chars().nth(CALL).is_none();
    short && doc.slice(words[run.start].span.until(words[run.start + 1].span)).contains([',', '、', '，'])
}

/// Letters of the longest word that is called out again and again.
const CALL: usize = 5;
