//! Subtitles beside those of their original: no check breaks down, and what is found stands where it says.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use invariants::sides;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // A record separator parts the two files; without one they are halves.
    let text = String::from_utf8_lossy(bytes);
    let half = text.floor_char_boundary(text.len() / 2);
    let (original, translation) = text.split_once('\u{1e}').unwrap_or(text.split_at(half));
    let format = if text.contains("WEBVTT") { "vtt" } else { "srt" };
    sides::beside(format, original, translation).unwrap_or_else(|wrong| panic!("{wrong}"));
});
