//! What an editor sends: each frame is a message or refused, and whatever came before, the next one is read.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/invariants/frames.rs"]
mod frames;

fuzz_target!(|stream: &[u8]| frames::are_read(stream));
