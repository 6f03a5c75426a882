//! Splits a block into sentences, by end marks and the abbreviations of a language.

use super::block::{Mask, Word};
use super::fold::fold;
use super::language::Language;
use super::span::Span;

/// Calls `each` with the sentences of a block in order, edges trimmed, and whether they end in an end mark. `marks` and
/// `words` are those of the block.
///
/// A sentence ends at a run of end marks, with closing quotes and brackets, that is followed by white space (for
/// full-width marks also by nothing) and does not belong to an abbreviation or an initial. A lower-case word after
/// the mark does not keep the sentence open: that is how a spliced tail is seen at all.
pub fn split(
    text: &str,
    block: Span,
    language: &Language,
    marks: &[u32],
    words: &[Word],
    masks: &[Mask],
    mut each: impl FnMut(Span, bool),
) {
    let body = block.slice(text);
    let mut start = 0;
    // What comes before this has been looked at.
    let mut next = 0;
    let first_mask = masks.partition_point(|m| m.span.end <= block.start);
    let mut masks = masks[first_mask..].iter().peekable();
    let mut words = words.iter().peekable();
    for &here in marks {
        let at = (here - block.start) as usize;
        if at < next {
            continue;
        }
        let Some(c) = body[at..].chars().next().filter(|&c| is_end_mark(c, language)) else { continue };
        while masks.peek().is_some_and(|m| m.span.end <= here) {
            masks.next();
        }
        if let Some(mask) = masks.peek().filter(|m| m.span.start <= here) {
            next = (mask.span.end - block.start) as usize;
            continue;
        }
        let run = body[at..].find(|c| !is_end_mark(c, language)).map_or(body.len(), |n| at + n);
        let closed = closers_end(body, run);
        let before = &body[start..at];
        let dots = run - at;
        // By the Unicode rules a mark may be part of a word: one with a mark written over it, `_` before a letter.
        let end = block.start + closed as u32;
        while words.peek().is_some_and(|w| w.span.end <= end) {
            words.next();
        }
        let in_word = words.peek().is_some_and(|w| w.span.start < end);
        if !in_word && ends_sentence(c, dots, before, &body[run..closed], &body[closed..], language) {
            let span = Span::of(block.start as usize + start..block.start as usize + closed).trim(text);
            if !span.is_empty() {
                each(span, true);
            }
            start = closed;
        }
        next = closed;
    }
    let rest = Span::of(block.start as usize + start..block.end as usize).trim(text);
    if !rest.is_empty() {
        each(rest, false);
    }
}

/// Whether a character ends sentences, in any language or in this one.
pub fn is_end_mark(c: char, language: &Language) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '፧' | '။')
        || is_wide(c)
        || (!language.end_marks.is_empty() && language.end_marks.contains(c))
}

/// Full-width marks: the next sentence follows without a space.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

/// Marks that close a quotation or bracket, and may stand after an end mark.
pub fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | '«'
            | '‹'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '“'
            | '*'
            | '_'
    )
}

/// Whether a run of end marks of `length` bytes that begins with `mark` ends the sentence `before` it.
fn ends_sentence(mark: char, length: usize, before: &str, closers: &str, after: &str, language: &Language) -> bool {
    let Some(glued) = after.chars().next() else { return true };
    let quoted = closers.contains(is_quote);
    if is_wide(mark) {
        // 「…。」と言った: the quotation is a part of its sentence.
        return !(quoted && matches!(glued, '\u{3040}'..='\u{309f}' | '、' | '，'));
    }
    if !glued.is_whitespace() {
        return false;
    }
    let next = after.trim_start().chars().next();
    let small = next.is_some_and(char::is_lowercase);
    // “Stop!” he said; (see above.) and: what was closed is a part of the sentence. Wait… what: so is an ellipsis.
    if small && (!closers.is_empty() || mark == '…' || mark == '.' && length > 1) {
        return false;
    }
    !(mark == '.' && length == 1 && closers.is_empty() && is_abbreviation(before, after.trim_start(), language))
}

/// The end of the closing quotes and brackets at `run`. French sets a space before its closing quote.
fn closers_end(body: &str, run: usize) -> usize {
    let rest = &body[run..];
    let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let from = if spaced.starts_with(['»', '›']) { body.len() - spaced.len() } else { run };
    body[from..].find(|c| !is_closer(c)).map_or(body.len(), |n| from + n)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | '«' | '‹' | '」' | '』' | '“')
}

/// Whether the full stop after `before` belongs to an abbreviation, an initial or an ordinal.
fn is_abbreviation(before: &str, after: &str, language: &Language) -> bool {
    let mut following = after.chars();
    let Some(next) = following.next() else { return false };
    let cuts = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '„' | '«' | '/' | '-' | '–' | '—');
    let start = before.rfind(cuts).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let (earlier, word) = before.split_at(start);
    // Abbreviations are short: a longer word is not folded at all.
    if word.is_empty() || word.len() > 24 {
        return false;
    }
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    let single = chars.next().is_none();
    // “J. Smith”, “A. А. Иванов”: an initial.
    if single && first.is_uppercase() {
        return true;
    }
    // “z. B.”, “d. h.”: letters with stops and spaces between them.
    if single && first.is_alphabetic() {
        let opens = next.is_alphabetic() && following.next() == Some('.');
        let mut back = earlier.trim_end().chars().rev();
        let closes = back.next() == Some('.')
            && back.next().is_some_and(char::is_alphabetic)
            && back.next().is_none_or(cuts)
            && !next.is_uppercase();
        if opens || closes {
            return true;
        }
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.len() <= 3 && is_ordinal(earlier, next, language);
    }
    if word.contains('.') && word.split('.').all(|p| p.chars().count() <= 2) {
        return !next.is_uppercase() || language.abbreviations.has(&fold(word));
    }
    if !next.is_alphanumeric() && !is_opener(next) {
        return false;
    }
    let word = fold(word);
    let before_number = next.is_ascii_digit() || next.is_lowercase();
    language.abbreviations.has(&word) || before_number && language.abbreviations_of_numbers.has(&word)
}

/// Whether a number with a stop is an ordinal: before a small letter (“3. mars”), at the start (“2. Liga”), and in
/// languages that write ordinals so after a function word (“im 19. Jahrhundert”, “am 3. März”).
fn is_ordinal(earlier: &str, next: char, language: &Language) -> bool {
    if next.is_lowercase() {
        return true;
    }
    let earlier = earlier.trim_end();
    if earlier.is_empty() {
        return true;
    }
    language.ordinal_stop
        && earlier.split_whitespace().next_back().is_some_and(|w| w.len() <= 16 && language.dangling.has(&fold(w)))
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '「' | '『')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn sentences<'a>(lang: &str, text: &'a str) -> Vec<&'a str> {
        let all = Span::of(0..text.len());
        let language = Language::of(Lang::parse(lang).unwrap());
        let (mut marks, mut sentences) = (Vec::new(), Vec::new());
        crate::text::marks::find(text, all, &mut marks);
        let mut words = Vec::new();
        crate::text::words::for_each_word(text, |a, b| words.push(Word { span: Span::of(a..b), id: 0 }));
        split(text, all, language, &marks, &words, &[], |sentence, _| sentences.push(sentence.slice(text)));
        sentences
    }

    /// The text is one sentence.
    fn whole(lang: &str, text: &str) {
        assert_eq!(sentences(lang, text), [text], "{lang}");
    }

    #[test]
    fn end_marks_end_sentences() {
        assert_eq!(sentences("en", "One. Two! “Three?” Four"), ["One.", "Two!", "“Three?”", "Four"]);
        assert_eq!(sentences("zh", "他来了。她走了。"), ["他来了。", "她走了。"]);
        assert_eq!(
            sentences("ja", "雨が降った。「帰ろう。」と彼は言った。"),
            ["雨が降った。", "「帰ろう。」と彼は言った。"]
        );
        assert_eq!(sentences("hi", "वह आया। वह गया।"), ["वह आया।", "वह गया।"]);
        assert_eq!(sentences("ar", "هل جاء؟ نعم."), ["هل جاء؟", "نعم."]);
        assert_eq!(sentences("el", "Πού πάει; Δεν ξέρω."), ["Πού πάει;", "Δεν ξέρω."]);
    }

    #[test]
    fn no_sentence_ends_inside_a_word() {
        whole("ja", "雨｡\u{ff9f}en");
        whole("ja", "雨。\u{93f} en");
        whole("ja", "雨。_a");
    }

    #[test]
    fn a_spliced_tail_is_a_sentence_of_its_own() {
        assert_eq!(sentences("en", "It is over. much of it."), ["It is over.", "much of it."]);
        assert_eq!(sentences("de", "Es ist vorbei. vieles davon."), ["Es ist vorbei.", "vieles davon."]);
    }

    #[test]
    fn what_is_said_belongs_to_who_says_it() {
        whole("en", "“Stop!” he said.");
        whole("en", "\"Where are you?\" asked the guard.");
        whole("fr", "« Arrêtez ! » cria-t-il.");
        whole("en", "They waited… and waited.");
        whole("en", "They waited... and waited.");
        assert_eq!(sentences("en", "“Stop!” He ran."), ["“Stop!”", "He ran."]);
        assert_eq!(sentences("en", "They waited… Nobody came."), ["They waited…", "Nobody came."]);
    }

    #[test]
    fn abbreviations_and_initials() {
        whole("en", "Mr. Weld of the U.S. army met J. Orr at 3.30 p.m. today.");
        whole("en", "There were approx. five of them, e.g. in No. 5 and fig. 2.");
        whole("de", "Das gilt z. B. für Dr. Weber, d. h. auch bzw. gerade für ihn.");
        whole("fr", "M. Weber et Mme. Dupont, cf. p. 12.");
        whole("es", "El Sr. Weber vive en la Av. Central, núm. 5.");
        whole("ru", "Это было в 1990 г. в Москве, т. е. у А. И. Петрова.");
        whole("pl", "Tzw. ustawa z ok. 12 tys. podpisów, np. prof. Nowaka.");
        // Nobody lists all of them.
        whole("en", "The ship of Orr Lines N.V. was late.");
        assert_eq!(sentences("en", "They work for N.V. Nobody came."), ["They work for N.V.", "Nobody came."]);
        // Words that are abbreviations only before a number.
        assert_eq!(sentences("en", "He said no. They left."), ["He said no.", "They left."]);
        assert_eq!(sentences("en", "It was art. Not craft."), ["It was art.", "Not craft."]);
    }

    #[test]
    fn ordinals() {
        whole("de", "Am 3. März begann im 19. Jahrhundert der 1. Kongress.");
        assert_eq!(sentences("de", "Er kam auf Platz 3. Danach ging er."), ["Er kam auf Platz 3.", "Danach ging er."]);
        whole("hu", "A 19. században történt.");
        assert_eq!(sentences("en", "They won in the 3. They lost."), ["They won in the 3.", "They lost."]);
    }
}
