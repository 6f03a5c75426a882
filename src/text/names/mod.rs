//! Names: where they are mentioned, and how like two spellings are.
//!
//! A name is known here by how it is written: a word with a capital letter that no one writes small in the same text.
//! That holds for the Latin, Cyrillic and Greek alphabets; in German, where every noun is such a word, and in
//! alphabets without case it says nothing.

mod mention;
pub mod spelling;

pub use mention::{Form, Mention, Mentions};
