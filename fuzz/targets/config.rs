//! A configuration: it is taken, or the reason is told harmlessly.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::path::Path;
use std::sync::Arc;

use copydesk::config::file::File;
use copydesk::config::{Flags, Mistakes, Setups};
use copydesk::text::Source;
use invariants::reports::harmful;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Arc::new(Source::new("copydesk.toml", text));
    let told = match File::parse(&source) {
        Err(mistake) => Mistakes(vec![mistake]).to_string(),
        Ok(file) if file.extend.is_some() || !file.lint_folders.is_empty() => return,
        Ok(_) => {
            let flags = Flags { isolated: true, settings: vec![text.to_owned()], ..Flags::default() };
            match Setups::new(flags).of(Path::new("article.txt")) {
                Ok(_) => return,
                Err(mistakes) => mistakes.to_string(),
            }
        }
    };
    assert!(!told.is_empty());
    assert_eq!(harmful(&told, |_| false), None, "{told}");
});
