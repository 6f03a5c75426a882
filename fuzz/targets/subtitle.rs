//! Subtitles: how both sides are read, and what a word put in the place of another changes.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use invariants::sides;
use libfuzzer_sys::fuzz_target;

const FORMATS: [&str; 2] = ["srt", "vtt"];

fuzz_target!(|bytes: &[u8]| {
    // The length chooses the format, so that files can be seeds as they are.
    sides::check(FORMATS[bytes.len() % 2], bytes, 4).unwrap_or_else(|wrong| panic!("{wrong}"));
});
