//! How the blocks of a document end and begin: what cut-off sentences and missing end marks have in common.
//!
//! Every open end has one reason, so that the two lints never report one place twice: where the words show that text is
//! lost it is a cut-off sentence, else it is a missing mark.

mod around;
mod closing;
mod habit;
mod line;

use around::{is_code_between, is_recital, is_set_apart};
use closing::{is_attributed, is_dated, is_label, is_note, is_reference};
use habit::Habit;
use line::{is_caption, is_entry, is_linked, is_roll, is_signed, is_value};

use crate::text::{Block, BlockKind, Document, PartKind, Sentence, Span, Word};

/// Why a block looks as if its end, or its beginning, were lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing tells that words are missing: the mark alone is.
    NoMark,
    /// It ends on a word that cannot end a sentence.
    FunctionWord,
    /// It ends in a comma.
    Comma,
    /// It ends inside a word.
    InsideWord,
    /// It ends in a bracket that nothing closes.
    OpenBracket,
    /// The paragraph after it goes on in small letters.
    GoesOn,
    /// It begins in the middle of a sentence.
    Start,
}

/// A place where text may be lost.
pub struct Open {
    /// The last word, or the first for [`Why::Start`].
    pub word: Word,
    /// Where a mark could be set.
    pub end: u32,
    /// The reason.
    pub why: Why,
    /// A list stands under it.
    pub leads: bool,
}

/// A line of fewer words is rather a heading or label, whatever it ends on.
const SHORTEST: usize = 5;
/// A single sentence of fewer words may be a heading, a label or a caption: measured on edited English prose, where
/// such lines without marks are thirty times as frequent below this length as above it.
const SENTENCE: usize = 16;
/// A paragraph of several sentences is prose from this length on.
const SENTENCES: usize = 10;
/// One of clauses that a comma of Chinese parts is from this.
const CLAUSES: usize = 8;
/// A headline or an item of fewer words is left alone, and where the text sets no marks any line.
const LINE: usize = 8;
/// In a language without spaces a line of fewer words is, if its last word stands alone.
const ALONE: usize = 2;
/// What stands first in a text and is shorter (in words) may be the caption of a picture, or a standfirst.
const CAPTION: usize = 45;
/// … but not if it has so many sentences.
const STANDFIRST: usize = 3;
/// In so many open ends words are looked for that go on where they break off; a text with more has no marks by habit.
const LOOKED_UP: usize = 32;

/// The open ends and beginnings of a document, in order.
pub fn open(doc: &Document) -> Vec<Open> {
    let mut out = Vec::new();
    let blocks = doc.blocks();
    let habit = Habit::of(doc);
    for (at, block) in blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Headline | BlockKind::ListItem)
        {
            continue;
        }
        let (Some(last), Some(&word)) = (doc.sentences_of(block).last(), doc.words_of(block).last()) else { continue };
        if block.kind == BlockKind::Paragraph
            && let Some(start) = at.checked_sub(1).and_then(|b| begins_inside(doc, &blocks[b], block))
            && !is_code_between(doc, &blocks[at - 1], block)
        {
            out.push(start);
        }
        if !last.ended
            && let Some(why) = reason(doc, at, last, word, &habit)
        {
            let leads = blocks.get(at + 1).is_some_and(|b| b.kind == BlockKind::ListItem);
            out.push(Open { word, end: word.span.end, why, leads });
        }
    }
    inside_words(doc, &mut out);
    out
}

/// Why a block whose last sentence has no end mark is open; `None` where nothing is wrong with it.
fn reason(doc: &Document, at: usize, last: &Sentence, word: Word, habit: &Habit) -> Option<Why> {
    let blocks = doc.blocks();
    let (block, next) = (&blocks[at], blocks.get(at + 1));
    let language = block.language;
    let scale = if block.lang.is_unspaced() { 2 } else { 1 };
    let words = doc.words_of(block).len() / scale;
    let several = doc.sentences_of(block).len() > 1;
    // Headlines and items have no end mark; what they end on may still tell that they are cut.
    let line = matches!(block.kind, BlockKind::Headline | BlockKind::ListItem);
    // A function word alone, behind a word of another script: “請升級 Ruby 至”.
    let alone = block.lang.is_unspaced() && doc.text()[..word.span.start as usize].ends_with(' ');
    let least = if line {
        LINE
    } else if alone {
        ALONE
    } else {
        SHORTEST
    };
    if words < least || is_note(doc, block, last, word) || !habit.marks && !several && words < LINE {
        return None;
    }
    let tail = doc.slice(Span::new(word.span.end, block.span.end)).trim_end();
    let follows = next.map(|b| doc.slice(b.span)).unwrap_or_default();
    let item = next.is_some_and(|b| b.kind == BlockKind::ListItem);
    let heading = line || block.kind == BlockKind::Heading;
    if heading && (item || !tail.is_empty()) {
        return None;
    }
    if is_caption(doc, block) || is_linked(doc, block) {
        return None;
    }
    let around = next.is_some_and(|next| is_code_between(doc, block, next) || is_set_apart(doc, next));
    if matches!(tail, "," | "，" | "、" | "،") {
        // A salutation, or a lead-in to what is quoted, listed or set apart; one of several clauses set as paragraphs.
        let leads = next.is_some_and(|b| b.kind != BlockKind::Paragraph) || follows.starts_with(is_opening_quote);
        let before = at.checked_sub(1).map(|before| &blocks[before]);
        let listed = || [before, next].into_iter().flatten().any(|other| is_recital(doc, block, other));
        return (!leads && !around && words >= 2 * SHORTEST && !listed()).then_some(Why::Comma);
    }
    let text = doc.slice(word.span);
    if tail == "-" && text.ends_with(char::is_lowercase) {
        return Some(Why::InsideWord);
    }
    let open_bracket = is_bracket_open(doc.slice(last.span));
    if open_bracket && tail.is_empty() && !line {
        return Some(Why::OpenBracket);
    }
    if !tail.trim_start_matches(is_quote).is_empty() || is_attributed(doc, block) {
        return None;
    }
    let quoted = doc.slice(block.span).starts_with(is_opening_quote);
    if !tail.is_empty() && quoted {
        return None;
    }
    let whole = || language.complete.iter().any(|w| doc.slice(last.span).ends_with(w.as_str()));
    if tail.is_empty() && !text.starts_with(char::is_uppercase) && language.dangling.has(doc.folded(word)) && !whole() {
        // What a list or a block of code goes on with. In a heading of a language without spaces the last letter may be part
        // of a noun. Where only its look tells a heading, it may be a paragraph that lost its end.
        let may_end = || block.lang.is_unspaced() || language.heading_ends.has(doc.folded(word));
        let heads = match block.kind {
            BlockKind::Heading => {
                block.lang.as_str() == "ja" && next.is_some()
                    || (is_marked_up(doc, block) || doc.is_in_front(block.span)) && may_end()
            }
            _ if line || !habit.marks && !several => language.open_lines || may_end(),
            _ => false,
        };
        // “Désactivez-le”: a pronoun that is part of the word before it.
        let joined = doc.text()[..word.span.start as usize].ends_with('-');
        let heads = heads || joined && language.has_case();
        let lead_in = leads_in(doc, next) || heads || around;
        return (!lead_in).then_some(Why::FunctionWord);
    }
    if heading || words < SHORTEST || !habit.marks && !several {
        return None;
    }
    let on = next.filter(|b| b.kind == BlockKind::Paragraph && goes_on(doc, Some(b)) && !is_name_of(doc, block, b));
    if on.is_some() && !around && tail.is_empty() {
        return Some(Why::GoesOn);
    }
    // “… in winter.” and below it “— Jane Doe”: one line, where a list has more.
    let listed = blocks.get(at + 2).is_some_and(|b| b.kind == BlockKind::ListItem);
    let attribution = item && !listed && follows.starts_with(['-', '–', '—']);
    // The first lines of a text may be the caption of the picture above it.
    let first = block.span.start == doc.blocks()[0].span.start && next.is_some();
    let above = first && words < CAPTION && doc.sentences_of(block).len() < STANDFIRST;
    let clauses = || doc.slice(last.span).contains('，');
    let long = words >= habit.sentence || several && words >= SENTENCES || words >= CLAUSES && clauses();
    // “Bridge still shut, mayor says: nobody can pay”: so a title is written, or the line under it.
    let colon = |s: &Sentence| doc.slice(s.span).find(": ").is_some_and(|at| at > 0);
    let title = !several && colon(last) && doc.blocks().iter().take(2).any(|b| b.span == block.span) && next.is_some();
    let above = above || title;
    let labelled = several && scale == 1 && is_label(doc, last);
    let said = habit.marks && !habit.lax && !is_reference(doc, word, block) && !is_dated(doc, block) && !labelled;
    let line =
        || is_entry(doc, block) || scale == 1 && is_roll(doc, last) || is_value(doc, last) || is_signed(doc, block);
    (long && !attribution && !above && said && !around && !line()).then_some(Why::NoMark)
}

/// An item with so many words and an end mark is a sentence of its own.
const ITEM: usize = 6;

/// Whether what stands next is an item of a list that goes on with the sentence before it.
fn leads_in(doc: &Document, next: Option<&Block>) -> bool {
    let Some(item) = next.filter(|b| b.kind == BlockKind::ListItem) else { return false };
    let capital = doc.words_of(item).first().is_some_and(|w| doc.slice(w.span).starts_with(char::is_uppercase));
    let whole = doc.sentences_of(item).first().is_some_and(|s| s.ended && doc.words_in(s).len() >= ITEM);
    !(capital && whole)
}

/// So many parts before the first word of a heading one is the heading, if it is one.
const NEAR: usize = 8;

/// Whether markup makes a block a heading: one that only looks like it may be what is left of a paragraph.
fn is_marked_up(doc: &Document, block: &Block) -> bool {
    let at = doc.in_source(block.span).start;
    let before = &doc.parts()[..doc.parts().partition_point(|part| part.at.start <= at)];
    let heading = before.iter().rev().take(NEAR).find(|part| matches!(part.kind, PartKind::Heading(_)));
    heading.is_some_and(|part| at < part.at.end)
}

/// Whether the first word of a block stands in the block before it, too: something with a name in small letters.
fn is_name_of(doc: &Document, before: &Block, block: &Block) -> bool {
    let first = doc.words_of(block).first().map(|w| w.id);
    let known = first.is_some_and(|id| !block.language.dangling.has(doc.vocabulary().word(id)));
    // “*step* – moves on by one line”
    let source = &doc.source().text()[..doc.in_source(block.span).start as usize];
    if ["*", "_", "<em>", "<i>", "<strong>", "<b>", "<code>"].iter().any(|mark| source.ends_with(mark)) {
        return true;
    }
    known && doc.words_of(before).iter().any(|w| Some(w.id) == first)
}

/// Whether a block begins in small letters, as the middle of a sentence does.
fn goes_on(doc: &Document, block: Option<&Block>) -> bool {
    let Some(block) = block else { return false };
    let Some(first) = doc.words_of(block).first() else { return false };
    let word = doc.slice(first.span);
    // Where the language has no capitals, small letters are those of a foreign word.
    if !block.language.has_case() {
        return false;
    }
    // iPhone, e.g., a name in small letters: not the middle of a sentence for sure.
    first.span.start == block.span.start
        && word.len() > 1
        && word.chars().all(char::is_lowercase)
        && doc.words_of(block).len() >= SHORTEST
}

/// A paragraph that begins in small letters after one that has ended.
fn begins_inside(doc: &Document, before: &Block, block: &Block) -> Option<Open> {
    let ended = doc.sentences_of(before).last().is_some_and(|s| s.ended);
    if before.kind != BlockKind::Paragraph || !ended || !goes_on(doc, Some(block)) {
        return None;
    }
    let words = doc.words_of(block);
    let word = words[0];
    // “von der Leyen”, “de Gaulle”: a particle of a name.
    let name = words.iter().take(3).skip(1).any(|w| doc.slice(w.span).starts_with(char::is_uppercase));
    let certain = block.language.dangling.has(doc.folded(word)) && !name;
    certain.then_some(Open { word, end: word.span.end, why: Why::Start, leads: false })
}

/// Open ends whose last word, found nowhere else, is the beginning of another word of the document.
fn inside_words(doc: &Document, open: &mut [Open]) {
    let vocabulary = doc.vocabulary();
    let open = open.iter_mut().filter(|o| o.why == Why::NoMark && vocabulary.count(o.word.id) == 1);
    for end in open.take(LOOKED_UP) {
        let part = vocabulary.word(end.word.id);
        let length = part.chars().count();
        let small = doc.slice(end.word.span).chars().all(char::is_lowercase);
        let longer = |id: u32| {
            let rest = vocabulary.word(id).strip_prefix(part);
            rest.is_some_and(|rest| rest.chars().count() >= 3 && rest.chars().all(char::is_alphabetic))
        };
        if small && (2..=6).contains(&length) && (0..vocabulary.len() as u32).any(longer) {
            end.why = Why::InsideWord;
        }
    }
}

/// Whether a bracket is opened and not closed.
fn is_bracket_open(sentence: &str) -> bool {
    let mut depth = 0i32;
    for c in sentence.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    depth > 0
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '›' | '«' | '」' | '』')
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '»' | '「' | '『' | '”' | '—' | '–')
}
