//! A file of records, and the texts in them in each format.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use invariants::documents::{self, Way};
use libfuzzer_sys::fuzz_target;

const WAYS: [Way; 4] = [Way::records("text"), Way::records("markdown"), Way::records("mdx"), Way::records("html")];

fuzz_target!(|bytes: &[u8]| {
    // The length chooses the format, so that files of records can be seeds as they are.
    documents::check(WAYS[bytes.len() % WAYS.len()], bytes).unwrap_or_else(|wrong| panic!("{wrong}"));
});
