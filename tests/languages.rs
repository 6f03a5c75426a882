//! The files of `lints/languages/` show by examples what their data do.

use std::fs;
use std::path::Path;

use copydesk::lint::{HouseStyle, Linter, registry};
use copydesk::text::Language;
use copydesk::{Options, check};

/// What a language file shows of its data: slips that a lint finds by them, and texts in which nothing is wrong.
#[derive(serde::Deserialize)]
struct Shown {
    bad: Vec<Slip>,
    good: Vec<Right>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Slip {
    lint: String,
    text: String,
    flags: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Right {
    text: String,
}

#[test]
fn every_language_has_examples_and_they_hold() {
    let mut wrong = Vec::new();
    for lang in Language::known() {
        let file = format!("lints/languages/{lang}.toml");
        let shown: Shown = match toml::from_str(&read(&file)) {
            Ok(shown) => shown,
            Err(e) => {
                wrong.push(format!("{file}: needs [[bad]] and [[good]] examples, as lints/README.md says: {e}"));
                continue;
            }
        };
        let options = |linter| Options { lang: Some(lang), linter, ..Options::default() };
        for slip in &shown.bad {
            let Some(lint) = registry::named(&slip.lint) else {
                wrong.push(format!("{file}: there is no lint {}", slip.lint));
                continue;
            };
            let alone = Linter::new(vec![(lint.clone(), lint.severity)], HouseStyle::default());
            let found = check(&slip.text, &options(alone)).diagnostics;
            let found: Vec<&str> = found.iter().map(|d| d.at.span.slice(&slip.text)).collect();
            if found != slip.flags {
                wrong.push(format!("{file}: {} marks {found:?}, expected {:?}", slip.lint, slip.flags));
            }
        }
        for right in &shown.good {
            let found = check(&right.text, &options(Linter::default())).diagnostics;
            wrong.extend(found.iter().map(|d| format!("{file}: {} in the good {:?}", d.lint.id, right.text)));
        }
        if shown.bad.is_empty() || shown.good.is_empty() {
            wrong.push(format!("{file}: needs a bad example and a good one"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
