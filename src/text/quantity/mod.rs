//! Quantities as a reader understands them: “1.2 million”, “120万” and “zwölfhunderttausend” by their values.
//!
//! What a figure means depends on its language, and often enough on nothing that a text says. So a [`Quantity`] keeps all
//! that it can mean; who compares two texts lets the one decide for the other. Data of languages stand in the section
//! `[numbers]` of the files in `lints/languages/`: a language without one has its figures read, and no words.

mod digits;
mod figures;
mod number;
mod numerals;
mod reader;
mod roman;
mod sum;
mod time;
mod token;

pub use digits::digit;
pub use number::Number;
pub use numerals::Numerals;
pub use reader::read;

/// How a quantity is written, which tells how surely it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In figures, with or without a word that multiplies them.
    Figures,
    /// In figures that belong to a name: “A4”, “COVID-19”.
    Code,
    /// In words that count.
    Words,
    /// In words that may render a number and may mean something else: “both”, “March”, “second”, “VIII”.
    Hint,
}

/// One number of a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The values that it can have, the likeliest first.
    pub readings: Vec<Number>,
}

impl Piece {
    fn of<const N: usize>(readings: [Number; N]) -> Piece {
        Piece { readings: readings.into() }
    }
}

/// A quantity of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// How it is written.
    pub form: Form,
    /// What it can mean, the likeliest first: one number, or several (“12.03.2014”).
    pub ways: Vec<Vec<Piece>>,
    /// Whether it counts units that translations convert: feet, miles, pounds.
    pub converts: bool,
}

#[cfg(test)]
mod tests;
