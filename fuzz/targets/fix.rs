//! Fixes: a second run changes nothing, and what no edit marks stays as it is.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use copydesk::diagnostic::Safety;
use invariants::documents::WAYS;
use invariants::fixing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The length chooses the format and the fixes, so that articles can be seeds as they are.
    let least = if bytes.len() / WAYS.len() % 2 == 0 { Safety::Safe } else { Safety::Unsafe };
    fixing::check(WAYS[bytes.len() % WAYS.len()], bytes, least).unwrap_or_else(|wrong| panic!("{wrong}"));
});
