//! How a document ends its paragraphs elsewhere.

use super::{SENTENCE, SENTENCES, SHORTEST};
use crate::text::{BlockKind, Document, Sentence};

/// What a document does elsewhere.
pub struct Habit {
    /// It sets marks at the end of its paragraphs.
    pub marks: bool,
    /// It leaves them out so often that one more says nothing.
    pub lax: bool,
    /// The least length of a single sentence, in words, that is a paragraph and not a heading.
    pub sentence: usize,
}

impl Habit {
    pub fn of(doc: &Document) -> Habit {
        let headings = doc.blocks().iter().any(|b| b.kind == BlockKind::Heading);
        // Where other lines are headings, this one may be one; where there are none, it hardly is.
        Habit { marks: has_marks(doc), lax: is_lax(doc), sentence: if headings { SENTENCE } else { SENTENCES } }
    }
}

/// Whether this document sets marks at the end of its paragraphs: of those that end in a mark or in a bare word most do.
/// What leads in to a list with a colon, or closes with a name in brackets, tells nothing.
fn has_marks(doc: &Document) -> bool {
    let (mut bare, mut with, mut inside) = (0, 0, false);
    for block in doc.blocks().iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let words = doc.words_of(block).len() / if block.lang.is_unspaced() { 2 } else { 1 };
        if words >= SHORTEST {
            let sentences = doc.sentences_of(block);
            with += usize::from(sentences.last().is_some_and(|s| s.ended));
            // One short sentence without a mark may be a heading.
            let told = sentences.len() > 1 || words >= SENTENCES;
            bare += usize::from(told && sentences.last().is_some_and(|s| is_bare(doc, s)));
            inside |= sentences.len() > 1;
        }
    }
    // One or two paragraphs show no habit; the marks inside them do.
    with >= bare || with + bare <= 2 && inside
}

/// Whether a sentence ends in a word, with no mark of any kind after it.
fn is_bare(doc: &Document, sentence: &Sentence) -> bool {
    !sentence.ended && doc.slice(sentence.span).ends_with(char::is_alphanumeric)
}

/// So many paragraphs without a mark are no slips, where they are more than one in [`LAX_SHARE`].
const LAX: usize = 6;
/// See [`LAX`].
const LAX_SHARE: usize = 3;

/// Whether a document leaves out the mark of its paragraphs now and then: lines of an outline or a form.
fn is_lax(doc: &Document) -> bool {
    let (mut all, mut without) = (0, 0);
    for block in doc.blocks().iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let scale = if block.lang.is_unspaced() { 2 } else { 1 };
        // Shorter lines may be headings.
        if doc.words_of(block).len() >= SENTENCES * scale {
            all += 1;
            without += usize::from(doc.sentences_of(block).last().is_some_and(|s| is_bare(doc, s)));
        }
    }
    without >= LAX && without * LAX_SHARE > all
}
