//! The definition of a lint: it is taken and works, or the reason is told harmlessly.

#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::path::Path;
use std::sync::Arc;

use copydesk::config::{Mistake, Mistakes, Setup};
use copydesk::lint::{HouseStyle, Linter, Written, load};
use copydesk::text::Source;
use invariants::documents;
use invariants::reports::harmful;
use libfuzzer_sys::fuzz_target;

const ARTICLE: &str = "Harbour reopens\n\nBy Ada Holm\n\nThe the bridge – “closed – was was shut. a boat (left the \
    harbour. the harbour.\n\nDr Olga Petrenko spoke , then Olga Petrenka left.Later &amp; so on <b>x</b> cafÃ© pаypal\n\n\
    Related posts\n";

fuzz_target!(|text: &str| {
    let source = Arc::new(Source::new("own.toml", text));
    match load("own", Written::Toml(source.text())) {
        Ok((lint, _)) => {
            let severity = lint.severity;
            let linter = Linter::new(vec![(Arc::new(lint), severity)], HouseStyle::default());
            for document in documents::read(&Setup::default(), Path::new("article.txt"), ARTICLE.as_bytes()) {
                assert!(linter.check(&document).failures.is_empty());
            }
        }
        Err(e) => {
            let told = Mistakes(vec![Mistake::told(&source, e.at, &e.message)]).to_string();
            assert_eq!(harmful(&told, |_| false), None, "{told}");
        }
    }
});
