//! What is read: sources, and the documents that formats make of them.

mod block;
pub mod decode;
pub mod detect;
mod document;
mod draft;
mod eights;
mod fold;
mod lang;
mod language;
pub mod layout;
mod lexicon;
mod marks;
mod mask;
pub mod names;
mod origin;
mod sentence;
mod source;
mod span;
mod tongues;
pub mod tree;
mod vocabulary;
pub mod words;

pub use block::{Block, BlockKind, Mask, MaskKind, Sentence, Word};
pub use document::Document;
pub use draft::{Comment, Draft, DraftBlock, Escape, Problem};
pub use fold::{FILTER, Hash, WORD_FILTER, fold, word_bit, word_hash};
pub use lang::Lang;
pub use language::{Language, PerLanguage, WordSet};
pub use lexicon::Lexicon;
pub use origin::Origin;
pub use sentence::{is_closer, is_end_mark};
pub use source::{Encoding, LineStart, Position, Record, Source, Unit};
pub use span::Span;
pub use tongues::Tongues;
pub use vocabulary::Vocabulary;
