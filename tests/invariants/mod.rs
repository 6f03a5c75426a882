//! What holds whatever stands in a file, for property tests and for fuzzing.

// Each of those who use this takes what it needs.
#![allow(dead_code)]

pub mod documents;
pub mod fixing;
pub mod reports;
pub mod sides;
pub mod spelling;
pub mod xml;
