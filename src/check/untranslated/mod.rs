//! Text left in another language than the article's: a sentence, or the rest of one.
//!
//! Two kinds of evidence: letters of a script that the language is not written in, and, where scripts are the same,
//! the common little words of another language where those of the article's own are missing.

mod run;
mod script;
mod words;

use serde::Deserialize;

use self::run::{Run, Tongue};
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Lang, Language, Span, Tongues, Word, fold};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Untranslated {}

/// An article of which this share of the letters is in another language is one in that language, or in two.
const MOST: f32 = 0.5;

impl Check for Untranslated {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let tongues: Vec<Tongues> =
            (0..doc.vocabulary().len() as u32).map(|id| Tongues::of_word(doc.vocabulary().word(id))).collect();
        let mut found: Vec<(Run, Lang)> = Vec::new();
        for block in doc.blocks() {
            // Quotations stand in their own language on purpose; names of things fill captions, headings and tables.
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) || !block.lang.is_known() {
                continue;
            }
            let language = Language::of(block.lang);
            if language.name.is_empty() {
                continue;
            }
            let runs = run::joined(doc, runs(doc, block, language, &tongues));
            found.extend(
                runs.into_iter().filter(|run| !is_set_apart(doc, block, run, &tongues)).map(|r| (r, block.lang)),
            );
        }
        let letters = |span: Span| doc.slice(span).chars().filter(|c| c.is_alphabetic()).count();
        let foreign: usize = found.iter().map(|(run, _)| letters(run.span)).sum();
        if foreign > 0 && foreign as f32 > MOST * doc.blocks().iter().map(|b| letters(b.span)).sum::<usize>() as f32 {
            return;
        }
        for (run, home) in found {
            let finding = Finding::new(doc, run.span)
                .slot("text", doc.slice(run.span))
                .slot("article", Language::of(home).name.clone());
            let finding = match run.tongue {
                Tongue::Language(lang) => finding.slot("language", Language::of(lang).name.clone()),
                Tongue::Script(script) => finding.slot("language", script.full_name()),
                Tongue::Unknown => finding.phrase("language", "other"),
            };
            out.push(finding);
        }
    }
}

/// The runs of a block in order: by script first, by words where the scripts say nothing.
fn runs(doc: &Document, block: &Block, language: &Language, tongues: &[Tongues]) -> Vec<Run> {
    let home = script::Home::of(language);
    let mut runs = Vec::new();
    for sentence in doc.sentences_of(block) {
        let words = doc.words_in(sentence);
        let before = runs.len();
        script::foreign(doc, words, &home, tongues, &mut runs);
        if runs.len() == before {
            words::foreign(doc, words, block.lang, &home, tongues, &mut runs);
        }
    }
    runs
}

/// Whether a stretch is quoted, in brackets, or emphasised as foreign words are: it stands there on purpose. The
/// quotation must be all in its language: “He said that *das ist* …” is cut in two by a slip.
fn is_set_apart(doc: &Document, block: &Block, run: &Run, tongues: &[Tongues]) -> bool {
    let text = doc.text();
    // A quotation that holds little but the run ends near it.
    let reach = 2 * run.span.len() + 64;
    let near = Span::of(
        text.floor_char_boundary((run.span.start as usize).saturating_sub(reach)).max(block.span.start as usize)
            ..text.ceil_char_boundary(run.span.end as usize + reach).min(block.span.end as usize),
    );
    let before = doc.slice(Span::new(near.start, run.span.start));
    let after = doc.slice(Span::new(run.span.end, near.end));
    if let Some(open) = before.rfind(is_opening).filter(|&at| opens(&before[at..], before[..at].chars().next_back()))
        && let Some(close) = after.find(is_closing)
    {
        let (from, to) = (near.start + open as u32, run.span.end + close as u32);
        let own = Tongues::only(block.lang);
        let words = doc.words_of(block);
        let words = &words[words.partition_point(|w| w.span.start < from)..words.partition_point(|w| w.span.end <= to)];
        let outside = |w: &&Word| w.span.end <= run.span.start || run.span.end <= w.span.start;
        let at_home = words.iter().filter(outside).any(|w| tongues[w.id as usize].meets(own));
        if !at_home && words.iter().filter(outside).count() <= run.words {
            return true;
        }
    }
    let written = doc.in_source(run.span);
    let (before, after) =
        (&doc.source().text()[..written.start as usize], &doc.source().text()[written.end as usize..]);
    if !before.ends_with(['*', '_', '>']) {
        return false;
    }
    let after = &after[..after.floor_char_boundary(reach)];
    let Some(rest) = after.find(['*', '_', '<']).map(|at| &after[..at]) else { return false };
    let at_home = rest.split_whitespace().any(|w| Tongues::of_word(&fold(w)).meets(Tongues::only(block.lang)));
    !at_home && rest.split_whitespace().count() <= run.words
}

fn is_opening(c: char) -> bool {
    "\"'“‘„‚«‹»(（[「『《〈”".contains(c)
}

fn is_closing(c: char) -> bool {
    "\"'”’“»›«)）]」』》〉".contains(c)
}

/// Whether the mark at the start of a text opens: nothing stands right before it that it could close, and it is no
/// apostrophe.
fn opens(text: &str, before: Option<char>) -> bool {
    let next = text.chars().nth(1);
    before.is_none_or(|c| c.is_whitespace() || is_opening(c) || !c.is_alphanumeric() && !".,!?…;".contains(c))
        && next.is_none_or(|c| !c.is_whitespace())
}
