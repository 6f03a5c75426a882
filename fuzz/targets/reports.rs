//! Reports over a hostile file with a hostile name.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::path::Path;

use invariants::documents::WAYS;
use invariants::{fixing, reports};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // The first line is the file's name, where it can be one.
    let (name, rest) = text.split_once('\n').unwrap_or(("", text));
    let name = name.replace(['\0', '/'], "");
    let path = Path::new(if name.is_empty() { "article" } else { &name });
    let outcome = fixing::outcome(WAYS[text.len() % WAYS.len()].setup(), path, rest.as_bytes(), None);
    reports::check(&outcome, path, rest).unwrap_or_else(|wrong| panic!("{wrong}"));
});
