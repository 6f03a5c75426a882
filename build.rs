//! Compiles `lints/` in: definitions without their examples and language files, as JSON, which reads faster than TOML
//! at every start; the definitions as written stay beside it for `explain` and the tests. A broken file is a build error.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/text/fold.rs"]
mod fold;
#[path = "src/check/furniture/key.rs"]
mod key;

fn main() {
    println!("cargo::rerun-if-changed=lints");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rustc-env=COPYDESK_IDENTITY={:016x}", identity(&root));
    let (mut lints, mut sources) = (String::from("&["), String::from("&["));
    for (id, path) in definitions(&root.join("lints")) {
        let mut table = read(&path);
        table.remove("bad");
        table.remove("good");
        let json = serde_json::to_string(&table).expect("a TOML table is JSON");
        let _ = write!(lints, "({id:?}, {json:?}),");
        let _ = write!(sources, "({id:?}, include_str!({:?})),", path.display().to_string());
    }
    let mut languages = String::from("&[");
    let mut numbers = String::from("&[");
    let mut words = BTreeMap::new();
    for (number, (tag, path)) in definitions(&root.join("lints/languages")).into_iter().enumerate() {
        assert!(number < 64, "a set of languages is a number of 64 bits");
        let mut table = read(&path);
        for word in strings(table.get("dangling")).chain(strings(table.get("common"))) {
            let hash = fold::word_hash(&fold::fold(word));
            *words.entry((fold::bucket(hash), hash)).or_insert(0u64) |= 1 << number;
        }
        // Nobody asks a language for these words; a word is asked for its languages.
        table.remove("common");
        table.remove("bad");
        table.remove("good");
        // Words for numbers are read only where a translation is.
        if let Some(section) = table.remove("numbers") {
            let json = serde_json::to_string(&section).expect("a TOML table is JSON");
            let _ = write!(numbers, "({tag:?}, {json:?}),");
        }
        let json = serde_json::to_string(&table).expect("a TOML table is JSON");
        let _ = write!(languages, "({tag:?}, {json:?}),");
    }
    // First where each bucket of hashes begins, then the records in the order of their buckets.
    let begins = (0..=fold::BUCKETS).map(|bucket| words.range(..(bucket, 0)).count() as u16);
    let mut filter = vec![0; fold::WORD_FILTER];
    for (_, hash) in words.keys() {
        let (byte, bit) = fold::word_bit(*hash);
        filter[byte] |= bit;
    }
    fs::write(out.join("common-filter.bin"), filter).expect("the build folder can be written");
    let mut table: Vec<u8> = begins.flat_map(u16::to_le_bytes).collect();
    table.extend(words.into_iter().flat_map(|((_, hash), set)| [hash.to_le_bytes(), set.to_le_bytes()].concat()));
    fs::write(out.join("common.bin"), table).expect("the build folder can be written");
    furniture(&root.join("lints/languages/furniture"), &out);
    measured(&root.join("lints/measured.json"), &out);
    for (name, mut text) in
        [("lints.rs", lints), ("sources.rs", sources), ("languages.rs", languages), ("numbers.rs", numbers)]
    {
        text.push(']');
        fs::write(out.join(name), text).expect("the build folder can be written");
    }
}

/// A hash of all that the program is built from: what a cache holds is of use to the program that wrote it, and to none
/// with another word list, another line of code or another version of a parser.
fn identity(root: &Path) -> u64 {
    let mut paths = vec![root.join("Cargo.lock"), root.join("Cargo.toml")];
    let mut folders = vec![root.join("src"), root.join("lints")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        for path in entries.filter_map(|entry| entry.ok().map(|e| e.path())) {
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let html = [u8::from(env::var_os("CARGO_FEATURE_HTML").is_some())];
    let hash = paths.iter().fold(fold::Hash::EMPTY.with(&html), |hash, path| {
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
        hash.with(name.as_bytes()).with(&fs::read(path).unwrap_or_default())
    });
    hash.mixed()
}

fn strings(value: Option<&toml::Value>) -> impl Iterator<Item = &str> {
    value.and_then(|v| v.as_array()).into_iter().flatten().filter_map(|v| v.as_str())
}

/// Packs the phrases of page furniture into a table that is searched as it lies: records in the order of their hashes.
fn furniture(folder: &Path, out: &Path) {
    let (mut categories, mut languages, mut records) = (Vec::new(), Vec::new(), Vec::new());
    // Which hashes are those of a phrase, and which of the first words of one: most blocks are told by the second.
    let mut filters = vec![0; 2 * fold::FILTER];
    for (tag, path) in definitions(folder) {
        for (category, kinds) in read(&path) {
            let number = categories.iter().position(|c| *c == category).unwrap_or_else(|| {
                categories.push(category.clone());
                categories.len() - 1
            });
            for (kind, phrases) in
                kinds.as_table().unwrap_or_else(|| panic!("{}: {category} is a table", path.display()))
            {
                let strong = match kind.as_str() {
                    "strong" => key::STRONG,
                    "weak" => 0,
                    other => panic!("{}: {category}.{other}: a phrase is strong or weak", path.display()),
                };
                for phrase in phrases.as_array().into_iter().flatten().filter_map(|p| p.as_str()) {
                    let (fixed, begins) = match phrase.strip_suffix("{x}") {
                        Some(fixed) if fixed.trim_end().ends_with(key::COLONS) => (fixed, key::BEGINS | key::COLON),
                        Some(fixed) => (fixed, key::BEGINS),
                        None => (phrase, 0),
                    };
                    let mut normal = String::new();
                    key::normalise(&fixed.replace("{n}", "0"), &mut normal);
                    assert!(!normal.is_empty(), "{}: “{phrase}” has no letter", path.display());
                    let hash = fold::Hash::EMPTY.with(normal.as_bytes());
                    let ends = normal.match_indices(' ').map(|(at, _)| at).chain([normal.len()]);
                    for first_words in ends.map(|end| fold::Hash::EMPTY.with(&normal.as_bytes()[..end])) {
                        let (byte, bit) = first_words.bit();
                        filters[fold::FILTER + byte] |= bit;
                    }
                    let (byte, bit) = hash.bit();
                    filters[byte] |= bit;
                    records.push((hash.0, languages.len() as u8, number as u8, strong | begins));
                }
            }
        }
        languages.push(tag);
    }
    records.sort_unstable();
    let mut table = Vec::with_capacity(records.len() * key::RECORD);
    for (hash, language, category, flags) in records {
        table.extend(hash.to_le_bytes());
        table.extend([category, language, flags]);
    }
    let names = format!("static CATEGORIES: &[&str] = &{categories:?};\nstatic LANGUAGES: &[&str] = &{languages:?};\n");
    fs::write(out.join("furniture.bin"), table).expect("the build folder can be written");
    fs::write(out.join("furniture-filters.bin"), filters).expect("the build folder can be written");
    fs::write(out.join("furniture.rs"), names).expect("the build folder can be written");
}

/// What was measured, on one line. Without the file nothing was.
fn measured(path: &Path, out: &Path) {
    let text = fs::read_to_string(path).unwrap_or_else(|_| r#"{"date":"","version":"","sets":[]}"#.to_owned());
    let json: serde_json::Value = serde_json::from_str(&text)
        .unwrap_or_else(|e| panic!("{}: {e}; copydesk lints --measure writes it", path.display()));
    fs::write(out.join("measured.json"), json.to_string()).expect("the build folder can be written");
}

/// The `.toml` files of a folder by name, each with its name without the ending.
fn definitions(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path))
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
