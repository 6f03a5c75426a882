//! The words of a document that may be names, by spelling.

use super::super::block::{BlockKind, Sentence, Word};
use super::super::document::Document;
use super::super::fold::fold;
use super::super::span::Span;

/// One use of a name word.
#[derive(Debug, Clone, Copy)]
pub struct Mention {
    /// Where it stands, without a possessive ending.
    pub span: Span,
    /// Its place among the words of the document.
    pub word: u32,
    /// Its sentence, counted over the document.
    pub sentence: u32,
    /// Whether the capital letter says something: not at the start of a sentence, not in a headline where every word
    /// has one.
    pub sure: bool,
    /// Whether it opens its sentence.
    pub opens: bool,
    /// Whether it carries a possessive ending.
    pub possessive: bool,
    form: u32,
}

/// One spelling with all its mentions.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Its number in the document's vocabulary, or that of its possessive where it has no other use.
    pub id: u32,
    /// How often the same word is written small.
    pub small: u32,
    /// How many mentions are sure.
    pub sure: u32,
    first: u32,
    count: u32,
}

impl Form {
    /// How often it is mentioned.
    pub fn count(&self) -> u32 {
        self.count
    }
}

/// All words of a document that are written with a capital letter, by spelling, in order of their first mention.
#[derive(Debug, Default)]
pub struct Mentions {
    forms: Vec<Form>,
    mentions: Vec<Mention>,
}

/// A sentence in which more than this share of the words has a capital is written as a title.
const TITLE_CASE: f32 = 0.6;

const NONE: u32 = u32::MAX;

impl Mentions {
    /// Collects them in one pass over the words.
    pub fn of(doc: &Document) -> Mentions {
        let mut found = Vec::new();
        let mut number = 0;
        for block in doc.blocks() {
            let prose = block.kind.is_prose() && block.kind != BlockKind::Verse;
            for sentence in doc.sentences_of(block) {
                sentence_mentions(doc, sentence, number, prose, &mut found);
                number += 1;
            }
        }
        Mentions::grouped(doc, found)
    }

    /// Groups mentions by spelling; `form` still holds the number of the word in the vocabulary.
    fn grouped(doc: &Document, mut found: Vec<Mention>) -> Mentions {
        let vocabulary = doc.vocabulary();
        let mut form_of = vec![NONE; vocabulary.len()];
        let mut forms: Vec<Form> = Vec::new();
        for mention in &mut found {
            let vocabulary_id = mention.form;
            let id = if mention.possessive {
                // “Hebby’s” counts with “Hebby”.
                let base = fold(doc.slice(mention.span));
                vocabulary.id(&base).unwrap_or(vocabulary_id)
            } else {
                vocabulary_id
            };
            if form_of[id as usize] == NONE {
                form_of[id as usize] = forms.len() as u32;
                forms.push(Form { id, small: vocabulary.count(id), sure: 0, first: 0, count: 0 });
            }
            mention.form = form_of[id as usize];
            let form = &mut forms[mention.form as usize];
            form.count += 1;
            form.sure += mention.sure as u32;
            if !mention.possessive || id == vocabulary_id {
                form.small -= 1;
            }
        }
        let mut next = 0;
        for form in &mut forms {
            form.first = next;
            next += form.count;
        }
        // A stable counting sort: mentions of one form stand together, in order of place.
        let mut place: Vec<u32> = forms.iter().map(|f| f.first).collect();
        let mut mentions = found.clone();
        for mention in found {
            let slot = &mut place[mention.form as usize];
            mentions[*slot as usize] = mention;
            *slot += 1;
        }
        Mentions { forms, mentions }
    }

    /// The spellings.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The spelling of a form, folded, without a possessive ending.
    pub fn word<'d>(&self, doc: &'d Document, form: &Form) -> &'d str {
        let word = doc.vocabulary().word(form.id);
        word.strip_suffix("'s").unwrap_or(word)
    }

    /// The mentions of a spelling, in order of place.
    pub fn of_form(&self, form: &Form) -> &[Mention] {
        &self.mentions[form.first as usize..(form.first + form.count) as usize]
    }
}

fn sentence_mentions(doc: &Document, sentence: &Sentence, number: u32, prose: bool, out: &mut Vec<Mention>) {
    let words = doc.words_in(sentence);
    let base = doc.word_numbers(sentence).start;
    let before = out.len();
    let mut capitals = 0;
    for (i, word) in words.iter().enumerate() {
        if !is_capitalised(doc.text(), word.span) {
            continue;
        }
        capitals += 1;
        let (span, possessive) = without_possessive(doc, *word);
        let opens = i == 0 || after_opening(doc.text(), words[i - 1].span.end, word.span.start);
        out.push(Mention {
            span,
            word: base + i as u32,
            sentence: number,
            sure: prose && !opens,
            opens,
            possessive,
            form: word.id,
        });
    }
    if capitals > 2 && capitals as f32 > TITLE_CASE * words.len() as f32 {
        out[before..].iter_mut().for_each(|m| m.sure = false);
    }
}

/// Whether a word begins with a capital letter.
pub(super) fn is_capitalised(text: &str, span: Span) -> bool {
    match text.as_bytes()[span.start as usize] {
        b if b < 0x80 => b.is_ascii_uppercase(),
        _ => span.slice(text).starts_with(char::is_uppercase),
    }
}

/// The word without `'s`.
fn without_possessive(doc: &Document, word: Word) -> (Span, bool) {
    let text = doc.slice(word.span);
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(stem) = text.strip_suffix(ending)
            && !stem.is_empty()
        {
            return (Span::new(word.span.start, word.span.start + stem.len() as u32), true);
        }
    }
    (word.span, false)
}

/// Whether a capital after this gap may be that of a beginning: after a colon, a dash, an opening quotation mark.
fn after_opening(text: &str, from: u32, to: u32) -> bool {
    let gap = &text[from as usize..to as usize];
    let marks = [':', ';', '"', '“', '„', '«', '‘', '•', '|', '/', '…', '!', '?', '—', '–', '>', '\n'];
    gap.len() > 1 && (gap.contains(marks) || gap.contains(" - "))
}
