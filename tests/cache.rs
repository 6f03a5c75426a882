//! The cache: a run with it says what a run without it says, byte for byte, whatever has happened to the articles, the
//! configuration and the cache; and what it says comes out of the cache.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use copydesk::report::REPORTS;

/// A folder of articles in several formats, with findings of their own and findings beside each other.
fn newsroom() -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    let foot = "The Lenn Evening Post is written by volunteers in three villages.";
    for n in 0..12 {
        let name = if n == 3 { "Hanna Lindkvist" } else { "Hanna Lindqvist" };
        let text = format!(
            "# The ferry number {n}\n\nThe the ferry to Osmarra is late, said {name}, who waits.The pier of gate {n} is shut. \
             <!-- copydesk: ignore repeated-word -->\n\nA second paragraph tells that {name} is patient on day {n}.\n\n{foot}\n"
        );
        write(&room, &format!("{n:02}.md"), text.as_bytes());
    }
    write(&room, "page.html", b"<!doctype html><html lang=en><p>The pier pier is shut.<p>Nobody came.The end.</html>");
    let records: String = (0..5)
        .map(|n| {
            format!(
                "{{\"id\": \"r{n}\", \"text\": \"Hanna Lindqvist said \\\"no no no\\\" on day {n}.\\n\\n{foot}\"}}\n"
            )
        })
        .collect();
    write(&room, "wire.jsonl", format!("{records}{{broken\n").as_bytes());
    // The same bytes are other translations where the name of the file gives another variety of the language.
    let message = |said: &str| {
        format!("msgid \"\"\nmsgstr \"Language: pt\\n\"\n\nmsgid \"The lock is shut on Sundays.\"\nmsgstr \"{said}\"\n")
    };
    write(&room, "pt.po", message("A eclusa fecha aos domingos.").as_bytes());
    write(&room, "a.pt.po", message("Aos domingos a eclusa est\u{e1} fechada.").as_bytes());
    write(&room, "b.pt_BR.po", message("Aos domingos a eclusa est\u{e1} fechada.").as_bytes());
    write(&room, "old.txt", b"Caf\xe9 caf\xe9 am Ufer, \xfcber den Fluss hinweg und zur\xfcck.");
    write(&room, "bad.md", b"---\ntitle: [\n---\n\nThe the end.\n");
    write(
        &room,
        "copydesk.toml",
        b"lang = \"en\"\nreading.source-lang = \"en\"\n[[silence]]\nlint = \"missing-space\"\npath = \"05.md\"\n",
    );
    room
}

fn write(room: &tempfile::TempDir, name: &str, bytes: &[u8]) {
    fs::write(room.path().join(name), bytes).unwrap();
}

fn copydesk(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).args(args).env_remove("COPYDESK_CACHE_DIR").env_remove("COPYDESK_NO_CACHE");
    command.output().unwrap()
}

const WITH: [&str; 4] = ["check", ".", "--cache-dir", ".copydesk_cache"];

/// What a run says in every format, with the cache; it must be what it says without.
fn alike(room: &tempfile::TempDir, more: &[&str], when: &str) {
    for format in REPORTS.iter().map(|row| row.name) {
        let with = [&WITH[..], more, &["--output-format", format]].concat();
        let without = [&["check", ".", "--no-cache"], more, &["--output-format", format]].concat();
        let (with, without) = (copydesk(room.path(), &with), copydesk(room.path(), &without));
        assert!(matches!(without.status.code(), Some(1 | 2)), "{when}, {format}");
        let shown = |output: &Output| {
            format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
        };
        assert_eq!(shown(&with), shown(&without), "{when}, {format}");
        assert_eq!(with.status.code(), without.status.code(), "{when}, {format}");
    }
}

fn shards(room: &tempfile::TempDir) -> Vec<PathBuf> {
    let entries = fs::read_dir(room.path().join(".copydesk_cache")).unwrap();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_some_and(|e| e == "bin"));
    all.sort();
    all
}

fn bytes(paths: &[PathBuf]) -> Vec<Vec<u8>> {
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn a_run_says_the_same_with_it_and_without() {
    let room = newsroom();
    alike(&room, &[], "at first");
    alike(&room, &[], "again");
    write(&room, "02.md", b"The pier pier is open.");
    fs::rename(room.path().join("04.md"), room.path().join("x.md")).unwrap();
    fs::copy(room.path().join("06.md"), room.path().join("06.txt")).unwrap();
    alike(&room, &[], "after edits");
    alike(&room, &["--no-corpus"], "each by itself");
    alike(&room, &["--select", "repeated-word,inconsistent-name"], "with other lints");
    alike(&room, &["--strict", "--lang", "de"], "in another language");
    alike(&room, &["--config", "lints.repeated-word=\"error\""], "with another severity");
    alike(&room, &["--text-field", "id"], "with another field");
    alike(&room, &["--format", "text"], "in another format");
    write(&room, "copydesk.toml", b"lang = \"en\"\n[vocabulary]\nwords = [\"pier pier\"]\n");
    alike(&room, &[], "with another vocabulary");
    write(&room, "copydesk.toml", b"[[overrides]]\npaths = [\"0*.md\"]\nignore = [\"repeated-word\"]\n");
    alike(&room, &[], "with overrides");
    fs::create_dir(room.path().join("lints")).unwrap();
    for words in ["ferry", "patient"] {
        let lint = include_str!("../lints/dispreferred-name.toml").replace("in this house", words);
        write(&room, "lints/house.toml", lint.as_bytes());
        let house = "lint-folders = [\"lints\"]\nlang = \"en\"\n[names.prefer]\nOsmarra = [\"ferry\"]\n";
        write(&room, "copydesk.toml", house.as_bytes());
        alike(&room, &[], "with a lint of the house");
    }
}

#[test]
fn a_glossary_that_changes_is_heeded() {
    let room = tempfile::tempdir().unwrap();
    write(&room, "unit.jsonl", b"{\"id\": \"a\", \"source\": \"The ferry is late.\", \"target\": \"Die F\xc3\xa4hre kommt zu sp\xc3\xa4t.\", \"source_lang\": \"en\", \"target_lang\": \"de\"}\n");
    write(&room, "copydesk.toml", b"include = [\"*.jsonl\"]\n[[glossary]]\nfile = \"terms.csv\"\n");
    let codes = ["F\u{e4}hre", "Boot", "F\u{e4}hre"].map(|term| {
        write(&room, "terms.csv", format!("source,target\nferry,{term}\n").as_bytes());
        copydesk(room.path(), &WITH).status.code()
    });
    assert_eq!(codes, [Some(0), Some(1), Some(0)]);
}

#[test]
fn an_original_that_changes_is_heeded() {
    let room = tempfile::tempdir().unwrap();
    let rule = "[[translations]]\nsource = \"{path}.en.md\"\ntarget = \"{path}.{lang}.md\"\nsource-lang = \"en\"\n";
    write(&room, "copydesk.toml", format!("select = [\"number-mismatch\"]\n{rule}").as_bytes());
    write(&room, "a.de.md", b"Die neue F\xc3\xa4hre nimmt 8 Autos auf einmal mit.\n");
    // As long as before, so that the bytes alone tell.
    for (cars, is_wrong) in [(9, true), (8, false), (9, true)] {
        write(&room, "a.en.md", format!("The new ferry takes {cars} cars at once.\n").as_bytes());
        let said = copydesk(room.path(), &WITH);
        assert_eq!(said.status.code(), Some(i32::from(is_wrong)), "{cars} cars: {said:?}");
    }
}

#[test]
fn what_is_said_comes_out_of_it() {
    let room = newsroom();
    let first = copydesk(room.path(), &WITH);
    let here = shards(&room);
    assert!(!here.is_empty());
    let before = bytes(&here);
    let again = copydesk(room.path(), &WITH);
    assert_eq!((first.stdout, first.status), (again.stdout, again.status));
    assert_eq!(bytes(&here), before, "a run that finds all of it writes nothing");
    write(&room, "02.md", b"The pier pier is open.");
    copydesk(room.path(), &WITH);
    let changed = bytes(&shards(&room)).iter().filter(|now| !before.contains(now)).count();
    assert!(
        (1..=2).contains(&changed),
        "one file changes for the article, one for what all of them come to: {changed}"
    );
}

#[test]
fn a_broken_one_does_no_harm() {
    let room = newsroom();
    copydesk(room.path(), &WITH);
    let here = shards(&room);
    let whole = bytes(&here);
    let breakages: [fn(&mut Vec<u8>); 6] = [
        Vec::clear,
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| bytes.iter_mut().skip(60).step_by(7).for_each(|byte| *byte ^= 0x55),
        |bytes| bytes.iter_mut().for_each(|byte| *byte = 0xff),
        |bytes| bytes.extend_from_within(..),
        // The number of entries.
        |bytes| bytes[24..28].fill(0xff),
    ];
    for (n, breakage) in breakages.iter().enumerate() {
        for (path, whole) in here.iter().zip(&whole) {
            let mut broken = whole.clone();
            breakage(&mut broken);
            fs::write(path, broken).unwrap();
        }
        alike(&room, &[], &format!("breakage {n}"));
    }
    // Folders and pipes in the place of files, and a file in the place of the folder.
    for path in &here {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    }
    let without = copydesk(room.path(), &["check", ".", "--no-cache"]);
    let with = copydesk(room.path(), &WITH);
    assert_eq!((&with.stdout, with.status.code()), (&without.stdout, without.status.code()));
    assert!(String::from_utf8_lossy(&with.stderr).contains("the cache .copydesk_cache cannot be written"));
    fs::remove_dir_all(room.path().join(".copydesk_cache")).unwrap();
    write(&room, ".copydesk_cache", b"");
    let with = copydesk(room.path(), &WITH);
    assert_eq!((&with.stdout, with.status.code()), (&without.stdout, without.status.code()));
}

#[test]
fn two_runs_at_once_do_no_harm() {
    let room = newsroom();
    let without = copydesk(room.path(), &["check", ".", "--no-cache"]);
    for _ in 0..3 {
        fs::remove_dir_all(room.path().join(".copydesk_cache")).ok();
        let runs: Vec<_> = (0..4)
            .map(|_| {
                let folder = room.path().to_owned();
                std::thread::spawn(move || copydesk(&folder, &WITH))
            })
            .collect();
        for run in runs {
            let with = run.join().unwrap();
            assert_eq!((&with.stdout, &with.stderr), (&without.stdout, &without.stderr));
        }
    }
    let left = fs::read_dir(room.path().join(".copydesk_cache")).unwrap();
    assert!(left.map(|entry| entry.unwrap().path()).all(|path| path.extension().is_none_or(|e| e != "tmp")));
}

#[test]
fn it_lies_beside_the_configuration_where_it_pays_or_where_it_is_told_to() {
    let room = newsroom();
    let cache = room.path().join(".copydesk_cache");
    copydesk(room.path(), &["check", "."]);
    assert!(!cache.exists(), "so few words are read faster than a cache");
    let long = "The ferry goes at nine and comes back at ten, as it has for many years.\n\n".repeat(4000);
    write(&room, "long.txt", long.as_bytes());
    fs::create_dir(room.path().join("deep")).unwrap();
    copydesk(&room.path().join("deep"), &["check", ".."]);
    assert!(cache.join(".gitignore").is_file() && cache.join("CACHEDIR.TAG").is_file());
    assert!(
        fs::read_to_string(cache.join("CACHEDIR.TAG"))
            .unwrap()
            .starts_with("Signature: 8a477f597d28d172789f06886806bc55")
    );
    fs::remove_dir_all(&cache).unwrap();
    copydesk(room.path(), &["check", ".", "--no-cache"]);
    copydesk(room.path(), &["check", ".", "--diff"]);
    assert!(!cache.exists());
    write(&room, "copydesk.toml", b"cache-dir = \"deep/kept\"\n");
    copydesk(room.path(), &["check", "00.md"]);
    assert!(room.path().join("deep/kept/CACHEDIR.TAG").is_file());
    assert!(!cache.exists());
    write(&room, "copydesk.toml", b"cache-dir = \"../kept\"\n");
    let refused = copydesk(room.path(), &["check", "."]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("copydesk.toml:1:13") && said.contains("lies outside"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_it_elsewhere() {
    let (room, elsewhere) = (newsroom(), tempfile::tempdir().unwrap());
    let long = "The ferry goes at nine and comes back at ten, as it has for many years.\n\n".repeat(4000);
    write(&room, "long.txt", long.as_bytes());
    std::os::unix::fs::symlink(elsewhere.path(), room.path().join(".copydesk_cache")).unwrap();
    copydesk(room.path(), &["check", "."]);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}
