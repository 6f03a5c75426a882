//! A stretch in another language.

use unicode_script::Script;

use crate::text::{Document, Lang, Span, Tongues, Word};

/// A stretch in another language, within one block.
#[derive(Debug, Clone)]
pub struct Run {
    /// Where it stands, an end mark after it included.
    pub span: Span,
    /// How many words it has.
    pub words: usize,
    /// Its language, or at least its script.
    pub tongue: Tongue,
}

/// What a stretch is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// A language.
    Language(Lang),
    /// A script, where the language cannot be told.
    Script(Script),
    /// Some other language.
    Unknown,
}

impl Run {
    /// A run over these words.
    pub fn over(doc: &Document, words: &[Word], tongue: Tongue) -> Option<Run> {
        let span = words.first()?.span.to(words.last()?.span);
        // The end mark belongs to the sentence that it ends.
        let rest = &doc.text()[span.end as usize..];
        let mark = rest.chars().next().filter(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।'));
        let span = Span::new(span.start, span.end + mark.map_or(0, char::len_utf8) as u32);
        Some(Run { span, words: words.len(), tongue })
    }
}

/// Runs that follow each other with nothing but marks between them are one.
pub fn joined(doc: &Document, runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        if let Some(last) = out.last_mut()
            && (last.tongue == run.tongue || !matches!(run.tongue, Tongue::Language(_)))
            && !doc.slice(last.span.until(run.span)).contains(char::is_alphanumeric)
        {
            last.span = last.span.to(run.span);
            last.words += run.words;
        } else {
            out.push(run);
        }
    }
    out
}

/// The language of which most common words are among these, with how many distinct ones; of two equal ones, the first.
pub fn vote(words: &[Word], tongues: &[Tongues], among: impl Fn(Lang) -> bool) -> Option<(Lang, usize)> {
    let mut seen: Vec<u32> = words.iter().map(|w| w.id).filter(|&id| !tongues[id as usize].is_empty()).collect();
    seen.sort_unstable();
    seen.dedup();
    let mut counts: Vec<(Lang, usize)> = Vec::new();
    for lang in seen.iter().flat_map(|&id| tongues[id as usize].iter()) {
        match counts.iter_mut().find(|c| c.0 == lang) {
            Some(count) => count.1 += 1,
            None if among(lang) => counts.push((lang, 1)),
            None => {}
        }
    }
    counts.sort_by_key(|c| (std::cmp::Reverse(c.1), c.0));
    counts.first().copied()
}
