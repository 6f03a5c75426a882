//! What machines leave in a text: chat around a translation, placeholders, special tokens, subword marks.

mod mark;
mod token;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Mask, MaskKind, Span, WordSet, fold};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Artifact {
    /// How a chat begins or ends a text: phrases at the start of the first or last blocks, in any language, written
    /// in lower case and with the straight apostrophe, as folded text has them.
    chat: Beginnings,
    /// The same, when they are all that the block says, end marks aside.
    chat_alone: WordSet,
    /// Phrases at the start of a sentence anywhere in a text, written like those of `chat`.
    chat_anywhere: Vec<Phrase>,
    /// What an author says of the text in such a phrase, and no chat does: “this article”. Written like those of `chat`.
    own: Vec<String>,
    /// Words in square brackets, in capitals, that stand for what was to be filled in.
    blanks: WordSet,
    /// How an instruction in square brackets begins: “[insert …]”.
    instructions: WordSet,
    /// An article with one of these words talks about language models or text processing.
    about: WordSet,
    /// Words that talk about what a program fills in: next to `%s` they say that it is meant to be read.
    formats: WordSet,
    /// Names of types, which the documentation of a program puts in braces behind the name of a value.
    types: WordSet,
    /// Words before such a type.
    typed: WordSet,
    /// What compilers have between underlines, such as `__FILE__`, without them.
    compilers: WordSet,
    /// Words after `$1` that make it a sum of money.
    money: WordSet,
    /// An article with one of these words may write Maltese names, which begin with the subword mark `Ġ`.
    maltese: WordSet,
}

/// Phrases that a text can begin with, by their first two bytes.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
struct Beginnings(FxHashMap<[u8; 2], Vec<String>>);

/// The words of a phrase, and which of them is the longest, so most likely the rarest.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
struct Phrase {
    words: Vec<String>,
    longest: usize,
}

impl From<String> for Phrase {
    fn from(phrase: String) -> Phrase {
        let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        let longest = (0..words.len()).max_by_key(|&n| words[n].len()).unwrap_or_default();
        Phrase { words, longest }
    }
}

impl From<Vec<String>> for Beginnings {
    fn from(phrases: Vec<String>) -> Beginnings {
        let mut all = Beginnings::default();
        for phrase in phrases {
            if let Some(first) = phrase.as_bytes().first_chunk::<2>() {
                all.0.entry(*first).or_default().push(phrase);
            }
        }
        all
    }
}

impl Beginnings {
    /// Whether a text begins with one of them.
    fn any_of(&self, text: &str) -> bool {
        let near = text.as_bytes().first_chunk::<2>().and_then(|first| self.0.get(first));
        near.is_some_and(|phrases| phrases.iter().any(|phrase| text.starts_with(phrase.as_str())))
    }
}

/// What was found, and what stands there once it is mended, where that is sure.
struct Trace {
    span: Span,
    kind: &'static str,
    mended: Option<String>,
}

impl Trace {
    fn new(start: usize, end: usize, kind: &'static str) -> Trace {
        Trace { span: Span::of(start..end), kind, mended: None }
    }
}

/// Blocks at either end of an article where a chat can stand.
const EDGE: usize = 3;

/// Longer blocks are reading matter that only begins like a chat, in bytes.
const CHAT: usize = 300;

impl Check for Artifact {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let mut found = self.traces(doc);
        self.chats(doc, &mut found);
        if found.is_empty() || self.about.iter().any(|word| doc.vocabulary().id(word).is_some()) {
            return;
        }
        if found.len() <= NOTATION {
            found.retain(|t| t.kind != "placeholder" || !is_notation(doc, t.span));
        }
        found.sort_by_key(|t| (t.span.start, t.span.end));
        found.dedup_by(|b, a| a.span.overlaps(b.span));
        for trace in found {
            let mut finding =
                Finding::new(doc, trace.span).slot("text", doc.slice(trace.span)).phrase("kind", trace.kind);
            match trace.mended {
                Some(mended) => finding = finding.replace(trace.span, mended),
                None if trace.kind == "chat" => finding = finding.delete(trace.span).unsafe_fix(),
                None => {}
            }
            out.push(finding);
        }
    }
}

/// In a text with more traces none is looked for in its code.
const NOTATION: usize = 32;

/// Whether a placeholder in braces stands in a piece of code too: the text explains how something is written there.
fn is_notation(doc: &Document, span: Span) -> bool {
    let name = doc.slice(span);
    let code = |m: &&Mask| m.kind == MaskKind::Code && m.span.len() > span.len();
    name.starts_with('{') && doc.masks().iter().filter(code).any(|m| doc.slice(m.span).contains(name))
}

/// What stands between the marks at both ends of a trace.
fn inside(doc: &Document, span: Span) -> &str {
    doc.slice(span).trim_matches(['{', '}', '_'])
}

/// So many words around a placeholder say whether it is talked about.
const NEAR: usize = 3;

impl Artifact {
    /// Whether words around a placeholder talk about placeholders.
    fn is_discussed(&self, doc: &Document, block: &Block, span: Span) -> bool {
        let words = doc.words_of(block);
        let before = words.partition_point(|w| w.span.end <= span.start);
        let after = words.partition_point(|w| w.span.start < span.end);
        let near = words[before.saturating_sub(NEAR)..before].iter().chain(words[after..].iter().take(NEAR));
        near.into_iter().any(|w| self.formats.has(doc.folded(*w)))
    }

    /// Whether a word in braces is the type of a value, as the documentation of programs has it: “`size` {Number}”.
    fn is_type(&self, doc: &Document, span: Span) -> bool {
        if !self.types.has(&fold(inside(doc, span))) {
            return false;
        }
        let before = doc.text()[..span.start as usize].trim_end_matches(' ');
        let end = before.len() as u32;
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        end > 0 && doc.is_masked(Span::new(end - 1, end)) || self.typed.has(&fold(word))
    }

    /// Whether “[your name]” tells readers what to write: in an item of a list of which another speaks to them too.
    fn is_instruction(&self, doc: &Document, block: &Block, span: Span) -> bool {
        let word = inside(doc, span).trim_start_matches('[').split(' ').next().unwrap_or_default();
        let blocks = doc.blocks();
        let at = blocks.partition_point(|other| other.span.start < block.span.start);
        let near = [at.checked_sub(1).and_then(|before| blocks.get(before)), blocks.get(at + 1)];
        let mut words =
            near.into_iter().flatten().filter(|b| b.kind == BlockKind::ListItem).flat_map(|b| doc.words_of(b));
        block.kind == BlockKind::ListItem && words.any(|near| doc.folded(*near) == word)
    }

    /// What begins with a mark of its own, in order.
    fn traces(&self, doc: &Document) -> Vec<Trace> {
        let (text, bytes) = (doc.text(), doc.text().as_bytes());
        let mut found = Vec::new();
        // What comes before this has been looked at.
        let mut next = 0;
        for (block, at) in doc.blocks().iter().flat_map(|b| doc.marks_of(b).iter().map(move |&at| (b, at as usize))) {
            if at < next {
                continue;
            }
            let trace = match bytes[at] {
                b'<' => token::angle(text, at),
                b'[' => token::square(self, text, at).filter(|t| !self.is_instruction(doc, block, t.span)),
                b'{' => token::curly(text, at)
                    .filter(|t| !self.is_type(doc, t.span) && !self.is_discussed(doc, block, t.span)),
                b'%' => token::percent(text, at).filter(|t| !self.is_discussed(doc, block, t.span)),
                b'$' => token::dollar(self, doc, at),
                b'#' => token::number_sign(text, at).or_else(|| mark::pieces(text, at)),
                b'@' => token::at_signs(text, at).or_else(|| mark::joined(text, at)),
                b'_' => token::underlines(text, at).filter(|t| !self.compilers.has(&fold(inside(doc, t.span)))),
                0x80.. => mark::wide(self, doc, at),
                _ => None,
            };
            next = trace.as_ref().map_or(at, |t| t.span.end as usize);
            found.extend(trace.filter(|t| block.span.contains(t.span)));
        }
        found
    }

    /// Talk to the person who asked for the text.
    fn chats(&self, doc: &Document, found: &mut Vec<Trace>) {
        let blocks = doc.blocks();
        for (n, block) in blocks.iter().enumerate() {
            if n >= EDGE && n + EDGE < blocks.len() {
                continue;
            }
            let line = doc.slice(block.span);
            if line.len() > CHAT {
                continue;
            }
            let span = block.span.range();
            if line.starts_with("```") && !line[3..].contains(|c: char| c.is_whitespace() || c == '`') {
                found.push(Trace::new(span.start, span.end, "fence"));
                continue;
            }
            // Most lines are done with their first two letters.
            if !self.may_be_chat(line) {
                continue;
            }
            let folded = fold(line);
            let alone = folded.trim_end_matches(['.', '!', ':', '…', '。', '！', '：', ' ']);
            // “Let me know if you have any questions about this article.” So an author closes.
            if n >= EDGE && self.own.iter().any(|own| folded.contains(own)) {
                continue;
            }
            if self.chat_alone.has(alone) || self.chat.any_of(&folded) {
                found.push(Trace::new(span.start, span.end, "chat"));
            }
        }
        for phrase in &self.chat_anywhere {
            self.chat_inside(doc, phrase, found);
        }
    }

    /// Whether a line may begin as some phrase does: as far as its letters are ASCII they tell without folding.
    fn may_be_chat(&self, line: &str) -> bool {
        let line = line.as_bytes();
        let may_begin = |phrase: &str| {
            let pairs = phrase.bytes().enumerate().map(|(n, letter)| (letter, line.get(n).copied().unwrap_or(b'\n')));
            let told =
                pairs.map(|(letter, byte)| (letter, byte.to_ascii_lowercase())).find(|(letter, byte)| letter != byte);
            told.is_none_or(|(_, byte)| byte >= 0x80)
        };
        let near = line.first_chunk::<2>().and_then(|first| self.chat.0.get(&first.map(|b| b.to_ascii_lowercase())));
        line.iter().take(3).any(|b| !b.is_ascii())
            || near.is_some_and(|phrases| phrases.iter().any(|phrase| may_begin(phrase)))
            || self.chat_alone.iter().any(may_begin)
    }

    /// A phrase of a chat wherever it begins a sentence.
    fn chat_inside(&self, doc: &Document, phrase: &Phrase, found: &mut Vec<Trace>) {
        let id = |word: &String| doc.vocabulary().id(word);
        // Most articles have not the longest word, and are done with that.
        if id(&phrase.words[phrase.longest]).is_none() {
            return;
        }
        let Some(ids) = phrase.words.iter().map(id).collect::<Option<Vec<u32>>>() else { return };
        for sentence in doc.sentences() {
            let words = doc.words_in(sentence);
            if words.len() >= ids.len() && words.iter().zip(&ids).all(|(w, id)| w.id == *id) {
                let end = words[ids.len() - 1].span.end as usize;
                found.push(Trace::new(sentence.span.start as usize, end.max(sentence.span.start as usize), "model"));
            }
        }
    }
}
