//! The marks that come in pairs, as they stand in one block, each with the direction it has there.

use crate::text::{Block, Document, Language, Span};

/// What pairs with what: a mark finds its partner only within its own family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `( )`, narrow or wide.
    Round,
    /// `[ ]`, narrow or wide.
    Square,
    /// `「 」`.
    Corner,
    /// `『 』`.
    WhiteCorner,
    /// `《 》`.
    Book,
    /// `【 】`.
    Lens,
    /// `« »`.
    Guillemet,
    /// `" “ ” „`, in whatever direction the language writes them.
    Double,
}

/// How many families there are.
pub const FAMILIES: usize = 8;

/// What a mark does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// Nothing around it says which: it closes what is open, else it opens.
    Either,
}

/// One mark of a block.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// Where it stands.
    pub span: Span,
    /// What it pairs with.
    pub family: Family,
    /// What it does.
    pub role: Role,
    /// Whether it stands right after a figure, as the sign of inches and seconds does, or a space after it and before
    /// the next: “12 \" long”.
    pub after_digit: bool,
    /// Whether it may be the mouth of a smiley, `:)`: it closes what is open and needs no partner.
    pub smiles: bool,
    /// Whether it has no direction of its own, as the straight marks.
    pub straight: bool,
    /// Whether it stands inside a word, where it may be an apostrophe, or the sign of an abbreviation as in Hebrew: it
    /// needs no partner.
    pub inside: bool,
    /// Whether it may be no bracket but part of the number of an item, `1)` or `a)`: it needs no partner.
    pub item: bool,
    /// Whether a quotation that is still open may go on with it: it stands at the start of a sentence.
    pub resumes: bool,
}

/// No sentence ends in more closing marks than these. A line of nothing else is not read from end to end for each.
const CLOSERS: usize = 16;

/// Calls `each` for the marks of a block in order, those in masked stretches left out.
pub fn for_each_mark(doc: &Document, block: &Block, language: &Language, mut each: impl FnMut(Mark)) {
    let text = doc.text();
    let masks = doc.masks();
    let mut mask = masks.partition_point(|m| m.span.end <= block.span.start);
    // What comes before this has been looked at.
    let mut next = 0;
    for at in doc.marks_of(block).iter().map(|&at| at as usize) {
        if at < next {
            continue;
        }
        while masks.get(mask).is_some_and(|m| m.span.end as usize <= at) {
            mask += 1;
        }
        if let Some(hidden) = masks.get(mask).filter(|m| m.span.start as usize <= at) {
            next = hidden.span.end as usize;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        // Two apostrophes are how some keyboards write a quotation mark.
        let twice = matches!(c, '\'' | '‘' | '’') && text[at + c.len_utf8()..].starts_with(c);
        let span = Span::of(at..at + c.len_utf8() * if twice { 2 } else { 1 });
        let c = if twice { '"' } else { c };
        if let Some(family) = family(c) {
            let before = text[block.span.start as usize..at].chars().next_back();
            let after = text[span.end as usize..block.span.end as usize].chars().next();
            // With nothing to lean on they are an empty string of a program: “joined with ''”.
            let bare = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '('));
            if twice && bare(before) && bare(after) && doc.slice(block.span).matches("''").nth(1).is_none() {
                next = span.end as usize;
                continue;
            }
            let line = &text[block.span.start as usize..at];
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_lowercase() || c.is_uppercase() || is_hebrew(c));
            let inside = c == '"' && !twice && letter(before) && letter(after);
            let smiles = is_smiley(line, c, after);
            // “(good or bad :))”: where two close, the first is a mouth.
            let mouth = smiles && c == ')' && after == Some(')') && line.ends_with(|c: char| !c.is_alphanumeric());
            if !(smiles && c == '(' || mouth || is_named(before, after, c)) {
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let apart = before == Some(' ') && after == Some(' ') && digit(line.chars().rev().nth(1));
                each(Mark {
                    span,
                    family,
                    item: matches!(c, ')' | '）') && is_item(line),
                    role: role(c, family, before, after, language),
                    after_digit: digit(before) || c == '"' && apart,
                    smiles,
                    straight: c == '"',
                    inside,
                    resumes: resumes(line),
                });
            }
        }
        next = span.end as usize;
    }
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}

/// The family of a mark.
pub fn family(c: char) -> Option<Family> {
    Some(match c {
        '(' | ')' | '（' | '）' => Family::Round,
        '[' | ']' | '［' | '］' => Family::Square,
        '「' | '」' => Family::Corner,
        '『' | '』' => Family::WhiteCorner,
        '《' | '》' => Family::Book,
        '【' | '】' => Family::Lens,
        '«' | '»' => Family::Guillemet,
        '"' | '“' | '”' | '„' | '‟' => Family::Double,
        _ => return None,
    })
}

fn role(c: char, family: Family, before: Option<char>, after: Option<char>, language: &Language) -> Role {
    match c {
        '(' | '（' | '[' | '［' | '「' | '『' | '《' | '【' | '„' => return Role::Open,
        ')' | '）' | ']' | '］' | '」' | '』' | '》' | '】' => return Role::Close,
        _ => {}
    }
    // A mark that the language writes on one side only has that direction, whatever stands beside it.
    let (mut opens, mut closes) = (false, false);
    for pair in &language.quotes {
        opens |= pair.starts_with(c);
        closes |= pair.ends_with(c);
    }
    if family == Family::Guillemet && !opens && !closes {
        (opens, closes) = (c == '«', c == '»');
    }
    match (opens, closes) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ => by_neighbours(before, after),
    }
}

/// The direction of a mark that has none of its own: it leans on the word that it belongs to.
fn by_neighbours(before: Option<char>, after: Option<char>) -> Role {
    let opens = |c: char| {
        matches!(
            c,
            '(' | '[' | '{' | '—' | '–' | '-' | '‘' | '\'' | '“' | '«' | '=' | '（' | '¿' | '¡' | '\u{640}' | '"'
                // It has its space in it.
                | '：'
        )
    };
    let closes = |c: char| {
        matches!(
            c,
            '"' | '.'
                | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | ')'
                | ']'
                | '}'
                | '…'
                | '—'
                | '–'
                | '-'
                | '/'
                | '’'
                | '”'
                | '»'
                | '）'
                | '，'
                | '。'
                | '、'
                | '،'
                | '؛'
                | '؟'
                | '।'
        )
    };
    let free = before.is_none_or(|c| c.is_whitespace() || opens(c));
    let ends = after.is_none_or(|c| c.is_whitespace() || closes(c));
    match (free, ends) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ => Role::Either,
    }
}

/// Whether a quotation mark is alone in brackets, and so is spoken of: “quotation marks (\")”.
fn is_named(before: Option<char>, after: Option<char>, mark: char) -> bool {
    matches!((before, after), (Some('('), Some(')')) | (Some('（'), Some('）'))) && family(mark) == Some(Family::Double)
}

/// Whether a bracket is the mouth of a smiley.
fn is_smiley(before: &str, mark: char, after: Option<char>) -> bool {
    let mut back = before.chars().rev();
    let last = back.next();
    let eyes = |c: Option<char>| matches!(c, Some(':' | ';' | '=' | '؛'));
    let smiles = eyes(last) || (matches!(last, Some('-' | '\'' | '^')) && eyes(back.next()));
    smiles && (mark == ')' || mark == '(' && after.is_none_or(char::is_whitespace))
}

/// Whether what stands before a closing bracket is the number or letter of an item.
fn is_item(before: &str) -> bool {
    let start = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let label = &before[start..];
    let free = before[..start]
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || matches!(c, ':' | ';' | ',' | '.' | '：' | '；' | '，' | '。'));
    let short = label.len() <= 3 && !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit())
        || label.chars().count() == 1
        || label.len() <= 4
            && !label.is_empty()
            && label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'I' | b'V' | b'X'));
    free && short
}

/// Whether a new sentence begins here.
fn resumes(before: &str) -> bool {
    let before = before.trim_end();
    let closers = before.chars().rev().take(CLOSERS).take_while(|c| matches!(c, '\'' | '’' | '”' | '"' | '»'));
    let before = &before[..before.len() - closers.map(char::len_utf8).sum::<usize>()];
    before.is_empty() || before.ends_with(['.', '!', '?', '…', '。', '؟'])
}
