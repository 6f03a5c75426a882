//! A file of messages: how both sides are read, and what a word put in the place of another changes.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use invariants::sides;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    sides::check("po", bytes, 4).unwrap_or_else(|wrong| panic!("{wrong}"));
});
