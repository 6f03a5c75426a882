//! Compiles `lints/` in: definitions without their examples and language files, as JSON, which reads faster than TOML
//! at every start; the definitions as written stay beside it for `explain` and the tests. A broken file is a build error.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=lints");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
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
    for (tag, path) in definitions(&root.join("lints/languages")) {
        let json = serde_json::to_string(&read(&path)).expect("a TOML table is JSON");
        let _ = write!(languages, "({tag:?}, {json:?}),");
    }
    for (name, mut text) in [("lints.rs", lints), ("sources.rs", sources), ("languages.rs", languages)] {
        text.push(']');
        fs::write(out.join(name), text).expect("the build folder can be written");
    }
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
