//! The rules of the house that a machine can check: how definitions are written, and what may be used where.

use std::path::{Path, PathBuf};
use std::{env, fs};

use copydesk::lint::{examples, registry};
use copydesk::{check, text};

/// Categories of the MQM typology, its dimensions and their types, as far as they concern a text by itself.
const MQM: &[(&str, &[&str])] = &[
    (
        "accuracy",
        &[
            "addition",
            "mistranslation",
            "omission",
            "overtranslation",
            "undertranslation",
            "untranslated",
            "do-not-translate",
        ],
    ),
    (
        "linguistic-conventions",
        &["grammar", "punctuation", "spelling", "unintelligible", "character-encoding", "textual-conventions"],
    ),
    ("terminology", &["inconsistent-with-terminology-resource", "inconsistent-use-of-terminology", "wrong-term"]),
    (
        "style",
        &[
            "organizational-style",
            "third-party-style",
            "inconsistent-with-external-reference",
            "register",
            "awkward-style",
            "unidiomatic-style",
            "inconsistent-style",
        ],
    ),
    (
        "locale-conventions",
        &[
            "number-format",
            "currency-format",
            "measurement-format",
            "time-format",
            "date-format",
            "address-format",
            "telephone-format",
            "shortcut-key",
        ],
    ),
    ("audience-appropriateness", &["culture-specific-reference", "offensive"]),
    (
        "design-and-markup",
        &[
            "character-formatting",
            "layout",
            "markup-tag",
            "truncation-text-expansion",
            "missing-text",
            "link-cross-reference",
        ],
    ),
];

#[test]
fn definitions_are_written_alike() {
    let mut wrong = Vec::new();
    for lint in registry::builtin() {
        let mut say = |what: String| wrong.push(format!("lints/{}.toml: {what}", lint.id));
        let kebab = lint
            .id
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        if !kebab {
            say("the id is not in kebab-case".into());
        }
        let (dimension, kind) = lint.mqm.split_once('/').unwrap_or((&lint.mqm, ""));
        if !MQM.iter().any(|(name, kinds)| *name == dimension && (kind.is_empty() || kinds.contains(&kind))) {
            say(format!("“{}” is no category of MQM", lint.mqm));
        }
        for (what, text) in [("why", &lint.why), ("since", &lint.since), ("summary", &lint.summary)] {
            if text.is_empty() {
                say(format!("there is no {what}"));
            }
        }
        if !lint.why.ends_with('.') {
            say("the why is not made of sentences".into());
        }
        if !lint.since.split('.').all(|part| part.parse::<u32>().is_ok()) {
            say(format!("“{}” is no version", lint.since));
        }
        let given = registry::examples(&lint.id).unwrap_or_default();
        if given.bad.len() < examples::AT_LEAST || given.good.len() < examples::AT_LEAST {
            say("needs more examples".into());
        }
        for former in &lint.formerly {
            if registry::builtin().iter().any(|other| other.id == *former) {
                say(format!("“{former}” is the id of another lint today"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invisible_characters_are_escaped() {
    let mut wrong = Vec::new();
    for path in files("lints", "toml") {
        for (n, line) in read(&path).lines().enumerate() {
            if let Some(c) = line.chars().find(|&c| is_invisible(c)) {
                wrong.push(format!("{}:{}: U+{:04X}", path.display(), n + 1, c as u32));
            }
        }
    }
    assert!(wrong.is_empty(), "write these as \\u escapes:\n{}", wrong.join("\n"));
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\t')
        || (c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n'))
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[test]
fn every_check_is_used() {
    let unused: Vec<_> = check::CHECKS
        .iter()
        .map(|row| row.name)
        .filter(|name| !registry::builtin().iter().any(|l| l.check_name == *name))
        .collect();
    assert!(unused.is_empty(), "no definition uses the checks {unused:?}");
}

#[test]
fn every_language_file_can_be_read_and_names_its_language() {
    for path in files("lints/languages", "toml") {
        let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let lang = text::Lang::parse(&tag).unwrap_or_else(|| panic!("{tag} is no language tag"));
        assert!(!text::Language::of(lang).name.is_empty(), "lints/languages/{tag}.toml has no name");
    }
}

/// What a file may not use: a part of the tree, words, and why.
const BARRED: &[(&str, &[&str], &str)] = &[
    (
        "src/check/",
        &["std::fs", "std::io", "std::env", "std::net", "std::time", "std::process", "static mut", "Mutex<"],
        "checks do no I/O, read no clock and keep no state",
    ),
    (
        "src/text/",
        &["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::"],
        "the core has no files",
    ),
    (
        "src/format/",
        &["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::"],
        "the core has no files",
    ),
    (
        "src/lint/",
        &["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::"],
        "the core has no files",
    ),
    ("src/check/", &[".position(at", "Unit::Char", "Unit::Utf16"], "lines and columns are for reports"),
    ("src/lint/", &["Unit::Char", "Unit::Utf16"], "lines and columns are for reports"),
];

#[test]
fn each_part_keeps_to_its_work() {
    let mut wrong = Vec::new();
    for path in files("src", "rs") {
        let name = path.to_string_lossy().replace('\\', "/");
        let code = code_of(&read(&path));
        let mut bar = |word: &str, why: &str| {
            if code.contains(word) {
                wrong.push(format!("{name} uses {word}: {why}"));
            }
        };
        for (part, words, why) in BARRED {
            words.iter().filter(|_| name.contains(part)).for_each(|word| bar(word, why));
        }
        if !name.contains("src/cli/") {
            bar("clap::", "flags are the business of src/cli/");
        }
        if !name.contains("src/report/") {
            bar("codespan_reporting", "snippets are the business of src/report/");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short_enough_to_read() {
    let long: Vec<_> = files("src", "rs")
        .into_iter()
        .map(|path| (read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > 550)
        .map(|(lines, path)| format!("{} has {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split by idea: {}", long.join(", "));
}

#[test]
fn no_path_of_a_machine_is_left_behind() {
    let mut wrong = Vec::new();
    // Put together here, so that this file does not hold them.
    let barred: Vec<String> = ["work", "tmp", "home"].iter().map(|name| format!("/{name}/")).collect();
    for (folder, endings) in
        [("src", "rs"), ("tests", "rs"), ("lints", "toml"), ("lints", "md"), ("benches", "rs"), (".", "md")]
    {
        for path in files(folder, endings) {
            // Tests of ours may name what looks like one.
            let text = if ending_of_code(&path) { code_of(&read(&path)) } else { read(&path) };
            for word in barred.iter().filter(|word| text.contains(word.as_str())) {
                wrong.push(format!("{} names {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn ending_of_code(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "rs")
}

/// A file's code without comments and tests.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The files under a folder of the project with an ending; build results left out.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(|entry| entry.ok().map(|e| e.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir()
                && !name.starts_with('.')
                && !["target", "cases", "documents", "node_modules"].contains(&name.as_str())
            {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The table in `lints/README.md` is what the definitions say today.
#[cfg(feature = "cli")]
#[test]
fn the_table_of_lints_is_in_step() {
    const MARK: &str = "<!-- lints -->\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lints/README.md");
    let text = read(&path);
    let (head, _) = text.split_once(MARK).expect("lints/README.md has its mark");
    let expected = format!("{head}{MARK}\n{}", copydesk::cli::lints::markdown(registry::builtin().iter()));
    if env::var_os("ACCEPT").is_some_and(|v| !v.is_empty()) {
        fs::write(&path, expected).expect("it can be written");
        return;
    }
    assert!(text == expected, "the table in lints/README.md is old: ACCEPT=1 cargo test --test conventions");
}
