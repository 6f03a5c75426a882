//! The words of an original that may be names: words of an alphabet, and runs of the characters of Chinese and Japanese.

use crate::text::{Document, Span};

/// How a stretch is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Letters of an alphabet, kana or hangul: they tell sounds.
    Letters,
    /// Characters of Chinese.
    Han,
}

/// Runs of one kind of writing in a stretch, in order, with whether the first letter is a small one where there are two
/// kinds of letters.
pub fn runs(doc: &Document, span: Span) -> Vec<(Writing, Span)> {
    let text = doc.slice(span);
    let mut runs = Vec::new();
    let mut run: Option<(Class, usize)> = None;
    let mut end = |run: Option<(Class, usize)>, at: usize| {
        let (writing, start) = match run {
            Some((Class::Han, start)) => (Writing::Han, start),
            Some((Class::Letters | Class::Katakana, start)) => (Writing::Letters, start),
            _ => return,
        };
        runs.push((writing, Span::new(span.start + start as u32, span.start + at as u32)));
    };
    for (at, c) in text.char_indices() {
        let class = class(c);
        if run.is_some_and(|(known, _)| known == class) || (class == Class::Joint && run.is_some()) {
            continue;
        }
        end(run, at);
        run = (class != Class::Other && class != Class::Joint).then_some((class, at));
    }
    end(run, text.len());
    runs
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letters,
    Katakana,
    Han,
    /// Marks and signs inside of a word.
    Joint,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letters,
        ..'\u{80}' => Class::Other,
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{ff66}'..='\u{ff9d}' => Class::Katakana,
        '\u{3041}'..='\u{309f}' => Class::Other,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' => Class::Han,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{5f3}' | '\u{5f4}' => Class::Joint,
        _ if c.is_alphabetic() => Class::Letters,
        _ => Class::Other,
    }
}
