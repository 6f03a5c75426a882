//! A file in the format `mdx`: how it is read, and what the checks find in it.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use invariants::documents::{self, Way};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    documents::check(Way::whole("mdx"), bytes).unwrap_or_else(|wrong| panic!("{wrong}"));
});
