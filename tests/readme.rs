//! The README shows what the program does today: its output, files and names are compared with the real ones.
//!
//! `<!-- case: NAME -->` stands before what a case of `tests/cases/` prints, `<!-- file: PATH -->` before a file.

use std::fs;
use std::path::Path;
use std::process::Command;

use copydesk::{format, lint, report, text};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The fenced blocks of the README: the line before, the language, the text.
fn blocks(readme: &str) -> Vec<(&str, &str, String)> {
    let mut found = Vec::new();
    let (mut before, mut open): (&str, Option<(&str, &str, String)>) = ("", None);
    for line in readme.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((before, language, String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, _, text)), None) => *text += &format!("{line}\n"),
            (None, None) => {}
        }
        before = line;
    }
    found
}

fn marked<'a>(before: &'a str, mark: &str) -> Option<&'a str> {
    before.strip_prefix("<!-- ")?.strip_suffix(" -->")?.strip_prefix(mark)
}

#[test]
fn output_and_files_are_the_real_ones() {
    let readme = read("README.md");
    let mut shown = 0;
    for (before, language, text) in blocks(&readme) {
        if let Some(case) = marked(before, "case: ") {
            let args = read(&format!("tests/cases/{case}/args"));
            let commands: String = args.lines().map(|line| format!("$ copydesk {line}\n")).collect();
            let expected = commands + &read(&format!("tests/cases/{case}/expected"));
            assert!(text == expected, "what README.md shows for the case {case} is old; it prints:\n{expected}");
            shown += 1;
        } else if let Some(path) = marked(before, "file: ") {
            assert!(text == read(path), "what README.md shows of {path} is old");
            shown += 1;
        } else {
            assert!(!["text", "toml"].contains(&language), "nothing says what this block of README.md is:\n{text}");
        }
    }
    assert!(shown > 0);
}

#[test]
fn every_flag_and_command_that_it_names_exists() {
    let program = Command::new(env!("CARGO_BIN_EXE_copydesk")).arg("man").output().expect("it runs");
    let manual = String::from_utf8(program.stdout).expect("it is UTF-8").replace('\\', "");
    let ours = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = read(name);
        for line in text.lines().filter(|line| !line.contains("cargo ")) {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| ours(word));
            for flag in words.clone().filter(|word| word.starts_with("--") && !word.ends_with('-')) {
                assert!(manual.contains(flag), "{name} names {flag}, which the manual does not know");
            }
        }
        for command in text.split("copydesk ").skip(1).filter_map(|rest| rest.split_whitespace().next()) {
            let named = text.contains(&format!("`copydesk {command}")) && ours(command) && !command.starts_with('-');
            let known = manual.contains(&format!(".TH copydesk-{command} "));
            assert!(!named || known, "{name} names the command {command}, which the manual does not know");
        }
    }
}

#[test]
fn it_names_every_lint_format_report_and_language() {
    let readme = read("README.md");
    let mut names: Vec<String> = lint::registry::builtin().iter().map(|lint| lint.id.clone()).collect();
    for row in format::FORMATS {
        names.push(row.name.to_owned());
        names.extend(row.extensions.iter().map(|ending| format!(".{ending}")));
    }
    names.extend(report::REPORTS.iter().map(|row| row.name.to_owned()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lints/languages");
    for entry in fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.path()) {
        if entry.extension().is_some_and(|ending| ending == "toml") {
            names.push(entry.file_stem().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    let missing: Vec<_> = names.iter().filter(|name| !readme.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "README.md does not name {missing:?}");
}

/// `ACCEPT=1 cargo test --test readme` writes the table anew.
#[test]
fn the_table_of_languages_is_in_step() {
    let readme = read("README.md");
    let (head, rest) = readme.split_once("<!-- languages -->\n").expect("README.md has the mark");
    let (_, tail) = rest.split_once("<!-- /languages -->").expect("README.md has the end mark");
    let languages: Vec<_> = text::Language::known().collect();
    let table = copydesk::cli::languages::markdown(lint::registry::builtin(), &languages, lint::measured::measured());
    let expected = format!("{head}<!-- languages -->\n\n{table}\n<!-- /languages -->{tail}");
    if std::env::var_os("ACCEPT").is_some_and(|v| !v.is_empty()) {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"), expected).expect("it can be written");
        return;
    }
    assert!(readme == expected, "the table of languages in README.md is old: ACCEPT=1 cargo test --test readme");
}

#[test]
fn it_names_the_oldest_rust() {
    let oldest = concat!("Rust ", env!("CARGO_PKG_RUST_VERSION"), " or newer");
    assert!(read("README.md").contains(oldest), "README.md does not say “{oldest}”");
}
