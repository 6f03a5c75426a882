//! What all default lints find in the articles of `tests/corpus`, so that a change of a lint shows what it adds and what
//! it takes away. `tests/corpus/README.md` says how an article is added.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copydesk::text::{Lang, Unit};
use copydesk::{Options, check};

/// So much of what is marked is shown, in characters.
const SHOWN: usize = 40;

/// The articles of a folder, by name.
fn articles(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let entries = fs::read_dir(&root).unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.expect("a file of the folder").path()).collect();
    all.sort();
    all
}

/// The name, language and format of an article: `ferry-news.en.md`.
fn parts(path: &Path) -> (String, Lang, String) {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
    let pieces: Vec<&str> = name.split('.').collect();
    let [_, lang, format] = pieces[..] else { panic!("{name}: its name is not of the form topic.language.ending") };
    let lang = Lang::parse(lang).unwrap_or_else(|| panic!("{name}: “{lang}” is no language"));
    let format = format.to_owned();
    (name, lang, format)
}

/// One line a finding: where, which lint, and the words that it marks.
fn found(path: &Path) -> String {
    let (name, lang, format) = parts(path);
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{name}: {e}"));
    let options = Options { lang: Some(lang), format: Some(format), ..Options::default() };
    let report = check(&text, &options);
    assert!(report.failures.is_empty(), "{name}: {:?}", report.failures);
    let mut lines = String::new();
    for finding in &report.diagnostics {
        let at = finding.at.source.position(finding.at.span.start, Unit::Char);
        let words: String = finding.at.span.slice(finding.at.source.text()).chars().take(SHOWN).collect();
        let _ = writeln!(lines, "{name}:{}:{} {} {words:?}", at.line, at.column, finding.lint.id);
    }
    lines
}

#[test]
fn nothing_is_found_in_a_clean_article() {
    let all: Vec<String> = articles("clean").iter().map(|path| found(path)).collect();
    assert!(all.len() >= 80, "{} clean articles", all.len());
    let wrong: String = all.concat();
    assert!(wrong.is_empty(), "these articles hold no slip:\n{wrong}");
}

#[test]
fn the_slips_of_the_other_articles_are_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/findings");
    let all: Vec<String> = articles("flawed").iter().map(|path| found(path)).collect();
    for (path, lines) in articles("flawed").iter().zip(&all) {
        assert!(!lines.is_empty(), "{}: a flawed article in which nothing is found", path.display());
    }
    let now: String = all.concat();
    if env::var_os("ACCEPT").is_some_and(|v| !v.is_empty()) {
        fs::write(&root, &now).unwrap_or_else(|e| panic!("{}: {e}", root.display()));
        return;
    }
    let expected = fs::read_to_string(&root).unwrap_or_default();
    let changes = |sign: char, these: &str, others: &str| -> String {
        let new = these.lines().filter(|line| !others.lines().any(|other| other == *line));
        new.map(|line| format!("{sign} {line}\n")).collect()
    };
    let changed = changes('-', &expected, &now) + &changes('+', &now, &expected);
    assert!(
        now == expected,
        "the findings differ; `ACCEPT=1 cargo test --test findings` writes what was found: read the diff\n{changed}"
    );
}
