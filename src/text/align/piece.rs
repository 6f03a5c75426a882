//! Blocks and sentences as far as aligning is concerned.

use super::super::block::BlockKind;
use super::super::document::Document;
use super::super::span::Span;
use super::keys::{Key, Keys};

/// A block or sentence.
#[derive(Debug)]
pub struct Piece {
    /// What kind of block it is (in).
    pub kind: BlockKind,
    /// How much it says, in letters of an alphabet.
    pub length: f32,
    /// What another language writes alike, in order, each once.
    pub keys: Vec<Key>,
}

/// The sentences of a document.
pub fn sentences(doc: &Document, keys: &mut Keys) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(doc.sentences().len());
    for block in doc.blocks() {
        for sentence in doc.sentences_of(block) {
            let length = length(doc.slice(sentence.span));
            pieces.push(Piece { kind: block.kind, length, keys: keys.of(doc, sentence.span) });
        }
    }
    pieces
}

/// The blocks of a document, made of its sentences.
pub fn blocks(doc: &Document, sentences: &[Piece]) -> Vec<Piece> {
    let blocks = doc.blocks().iter().map(|block| {
        let own = &sentences[block.sentences.start as usize..block.sentences.end as usize];
        let mut keys: Vec<Key> = own.iter().flat_map(|piece| &piece.keys).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        Piece { kind: block.kind, length: own.iter().map(|piece| piece.length).sum::<f32>().max(1.0), keys }
    });
    blocks.collect()
}

/// How much a text says, in letters of an alphabet: a character of Chinese says as much as about three of them, one of
/// Korean or a kana about two. Measured on translations from English.
fn length(text: &str) -> f32 {
    let of = |c: char| match c {
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 3.2,
        '\u{3040}'..='\u{30ff}' => 1.7,
        '\u{ac00}'..='\u{d7af}' => 2.2,
        c if c.is_whitespace() => 0.9,
        _ => 1.0,
    };
    text.chars().map(of).sum::<f32>().max(1.0)
}

/// A place in a document, for keys that are found by walking over it.
pub fn masks_in(doc: &Document, span: Span) -> impl Iterator<Item = Span> + '_ {
    let first = doc.masks().partition_point(|m| m.span.end <= span.start);
    doc.masks()[first..].iter().map(|m| m.span).take_while(move |m| m.start < span.end)
}
