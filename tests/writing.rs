//! Writing mended files: whatever fails on the way, a file holds its old bytes or the new ones, and nothing is left
//! beside it.

#![cfg(feature = "cli")]

use std::cell::Cell;
use std::convert::Infallible;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use copydesk::config::Setups;
use copydesk::diagnostic::Safety;
use copydesk::files::{self, Input};
use copydesk::run::{self, FileOutcome, Job, Mending};
use copydesk::write::{Disk, RealDisk, Refusal, Target, write};
use proptest::prelude::*;
use tempfile::{NamedTempFile, TempDir};

const OLD: &[u8] = b"The the bridge was closed.\n";
const NEW: &[u8] = b"The bridge was closed.\n";

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let root = folder.path().canonicalize().expect("it exists");
    fs::write(root.join("a.txt"), OLD).expect("it can be written");
    (folder, root)
}

fn mend(disk: &dyn Disk, root: &Path) -> Result<(), Refusal> {
    write(disk, &Target { path: &root.join("a.txt"), root: Some(root), old: OLD }, NEW)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("it can be listed")
        .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A disk on which the n-th operation fails: a write half way through, as on a full disk.
struct Failing {
    at: usize,
    done: AtomicUsize,
}

impl Failing {
    fn step(&self) -> io::Result<()> {
        if self.done.fetch_add(1, Ordering::SeqCst) + 1 == self.at {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        Ok(())
    }
}

impl Disk for Failing {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.step()?;
        RealDisk.resolve(path)
    }
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.step()?;
        RealDisk.metadata(path)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step()?;
        RealDisk.read(path)
    }
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        self.step()?;
        RealDisk.create(folder)
    }
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        let failed = self.step();
        let bytes = if failed.is_err() { &bytes[..bytes.len() / 2] } else { bytes };
        RealDisk.write(file, bytes).and(failed)
    }
    fn dress(&self, file: &File, like: &Metadata) -> io::Result<()> {
        self.step()?;
        RealDisk.dress(file, like)
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        self.step()?;
        RealDisk.sync(file)
    }
    fn replace(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.replace(file, path)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.sync_folder(folder)
    }
}

#[test]
fn every_operation_may_fail() {
    let mut n = 0;
    loop {
        n += 1;
        let (_kept, root) = folder();
        let disk = Failing { at: n, done: AtomicUsize::new(0) };
        let done = mend(&disk, &root);
        let now = fs::read(root.join("a.txt")).expect("the file is there");
        assert_eq!(names(&root), ["a.txt"], "operation {n} leaves something behind");
        match done {
            Ok(()) => {
                assert_eq!(now, NEW);
                assert!(n > 8, "only {} operations were tried", n - 1);
                return;
            }
            Err(Refusal::Unsure(_)) => assert_eq!(now, NEW, "operation {n}"),
            Err(e) => {
                assert_eq!(now, OLD, "operation {n}");
                assert!(e.to_string().starts_with("not fixed: "), "{e}");
            }
        }
    }
}

/// A disk that is killed: from the n-th operation on nothing happens any more, not even tidying up.
struct Killed(Failing);

impl Disk for Killed {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        self.0.step()?;
        let mut file = RealDisk.create(folder)?;
        file.disable_cleanup(true);
        Ok(file)
    }
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        self.0.write(file, bytes)
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        self.0.step()?;
        RealDisk.sync(file)
    }
    fn replace(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        self.0.step()?;
        RealDisk.replace(file, path)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.step()?;
        RealDisk.sync_folder(folder)
    }
}

#[test]
fn a_kill_leaves_old_bytes_or_new_ones() {
    for n in 1..=5 {
        let (_kept, root) = folder();
        let _ = mend(&Killed(Failing { at: n, done: AtomicUsize::new(0) }), &root);
        let now = fs::read(root.join("a.txt")).expect("the file is there");
        assert_eq!(now, if n == 5 { NEW } else { OLD }, "operation {n}");
        // What may lie beside it is hidden, so that no later run reads it.
        assert!(names(&root).iter().all(|name| name == "a.txt" || name.starts_with('.')));
    }
}

/// A disk on which somebody saves the file while we write ours.
struct Busy {
    other: PathBuf,
    saved: Cell<bool>,
}

// The test uses it from one thread.
struct OneThread(Mutex<Busy>);

impl Disk for OneThread {
    fn sync(&self, file: &File) -> io::Result<()> {
        let busy = self.0.lock().expect("one thread");
        if !busy.saved.replace(true) {
            fs::write(&busy.other, "An editor saved this.\n")?;
        }
        RealDisk.sync(file)
    }
}

#[test]
fn a_file_that_changed_since_it_was_read_is_left_alone() {
    let (_kept, root) = folder();
    let disk = OneThread(Mutex::new(Busy { other: root.join("a.txt"), saved: Cell::new(false) }));
    assert!(matches!(mend(&disk, &root), Err(Refusal::Changed)));
    assert_eq!(fs::read(root.join("a.txt")).expect("it is there"), b"An editor saved this.\n");
    assert_eq!(names(&root), ["a.txt"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn mode_and_links_stay() {
        let (_kept, root) = folder();
        let path = root.join("a.txt");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it is ours");
        symlink("a.txt", root.join("link.txt")).expect("links can be made");
        let target = Target { path: &root.join("link.txt"), root: Some(&root), old: OLD };
        write(&RealDisk, &target, NEW).expect("it can be written");
        assert_eq!(fs::read(&path).expect("it is there"), NEW);
        assert_eq!(fs::metadata(&path).expect("it is there").mode() & 0o7777, 0o640);
        assert!(root.join("link.txt").is_symlink());
    }

    #[test]
    fn links_that_lead_out_are_not_written_through() {
        let (_outside, elsewhere) = folder();
        let (_kept, root) = folder();
        symlink(elsewhere.join("a.txt"), root.join("out.txt")).expect("links can be made");
        symlink(&elsewhere, root.join("folder")).expect("links can be made");
        for name in ["out.txt", "folder/a.txt"] {
            let path = root.join(name);
            let refused = write(&RealDisk, &Target { path: &path, root: Some(&root), old: OLD }, NEW);
            assert!(matches!(refused, Err(Refusal::LeadsOut)), "{name}");
            assert_eq!(fs::read(elsewhere.join("a.txt")).expect("it is there"), OLD);
        }
        let target = Target { path: &root.join("out.txt"), root: None, old: OLD };
        write(&RealDisk, &target, NEW).expect("it was asked for");
        assert_eq!(fs::read(elsewhere.join("a.txt")).expect("it is there"), NEW);
        assert!(root.join("out.txt").is_symlink());
    }

    #[test]
    fn hard_links_and_read_only_files_are_refused() {
        let (_kept, root) = folder();
        fs::hard_link(root.join("a.txt"), root.join("b.txt")).expect("links can be made");
        assert!(matches!(mend(&RealDisk, &root), Err(Refusal::HardLinks(2))));
        fs::remove_file(root.join("b.txt")).expect("it is ours");
        fs::set_permissions(root.join("a.txt"), fs::Permissions::from_mode(0o444)).expect("it is ours");
        assert!(matches!(mend(&RealDisk, &root), Err(Refusal::ReadOnly)));
        assert_eq!(fs::read(root.join("a.txt")).expect("it is there"), OLD);
    }
}

fn run_on(paths: &[PathBuf], disk: Option<&dyn Disk>, least: Safety) -> Vec<FileOutcome> {
    let mending = Some(Mending { least, disk, follow_symlinks: false });
    let job = Job { setups: Setups::default(), mending, cache: None };
    let mut outcomes = Vec::new();
    let Ok(()) = run::each_file(&job, files::collect(paths, &job.setups).inputs, |_, outcome| {
        outcomes.push(outcome);
        Ok::<(), Infallible>(())
    });
    outcomes
}

#[test]
fn marks_encodings_and_line_ends_stay_and_a_second_run_changes_nothing() {
    let utf16 = |text: &str| [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let cases: [(&str, Vec<u8>, Vec<u8>); 6] = [
        ("bom.txt", b"\xef\xbb\xbfThe the pier.\r\n".to_vec(), b"\xef\xbb\xbfThe pier.\r\n".to_vec()),
        ("cr.txt", b"One day.\r\rIt was was late.\r".to_vec(), b"One day.\r\rIt was late.\r".to_vec()),
        ("mixed.txt", b"One.\n\r\nIt was was late.\r\nNo end".to_vec(), b"One.\n\r\nIt was late.\r\nNo end".to_vec()),
        ("utf16.txt", utf16("It was was late – now.\r\n"), utf16("It was late – now.\r\n")),
        (
            "legacy.txt",
            b"Le caf\xe9 de l'\xe9t\xe9 o\xf9 il est est venu.\n".to_vec(),
            b"Le caf\xe9 de l'\xe9t\xe9 o\xf9 il est venu.\n".to_vec(),
        ),
        (
            "a.jsonl",
            br#"{ "id":1,  "text": "It was \"was\" a caf\u00e9.\nThe the end.", "n": 1e3 }"#.to_vec(),
            br#"{ "id":1,  "text": "It was \"was\" a caf\u00e9.\nThe end.", "n": 1e3 }"#.to_vec(),
        ),
    ];
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, old, _) in &cases {
        fs::write(folder.path().join(name), old).expect("it can be written");
    }
    let paths = [folder.path().to_path_buf()];
    let shown = run_on(&paths, None, Safety::Safe);
    assert!(shown.iter().any(|outcome| outcome.mended.is_some()));
    for (name, old, _) in &cases {
        assert_eq!(&fs::read(folder.path().join(name)).expect("it is there"), old, "a look changes {name}");
    }
    let first: usize = run_on(&paths, Some(&RealDisk), Safety::Safe).iter().map(|outcome| outcome.fixed).sum();
    assert!(first >= 5, "{first}");
    let mut after = Vec::new();
    for (name, old, new) in &cases {
        let now = fs::read(folder.path().join(name)).expect("it is there");
        // A language that is not told from so short a text is left alone.
        assert!(now == *new || (*name == "legacy.txt" && now == *old), "{name}: {}", now.escape_ascii());
        after.push(now);
    }
    let second: usize = run_on(&paths, Some(&RealDisk), Safety::Safe).iter().map(|outcome| outcome.fixed).sum();
    assert_eq!(second, 0);
    for ((name, ..), now) in cases.iter().zip(after) {
        assert_eq!(fs::read(folder.path().join(name)).expect("it is there"), now);
    }
}

#[test]
fn an_encoding_that_would_be_guessed_otherwise_is_left_alone() {
    // Without the words that go, these bytes are taken for another encoding, in which there is more to fix.
    let article = [
        b"warning[repeated-word]: \xe2\x80\x9cThe\xe2\x80\x9d is written twice\n  \xe2\x94\x8c\xe2\x94\x80 harbour.elp".as_slice(),
        &[0xe5; 98],
        b": delete one of the two\n = fix ~safe): delete (\xe2\x80\x9c the\xe2\x80\x9d\n\n1 warning in 1 file; 1 can be ",
        b"fixed0with {\"id\": \"ferry\", \"text\": \"The the ferry caf\\u00e9 opened.\\nIt --fistays oquietx\", \"t\nex",
    ]
    .concat();
    let (once, ..) = fix_bytes("a.mdx", &article, Safety::Safe);
    let (twice, fixes, _) = fix_bytes("a.mdx", &once, Safety::Safe);
    assert_eq!((fixes, twice.escape_ascii().to_string()), (0, once.escape_ascii().to_string()));
    let (.., problems) = fix_bytes("a.mdx", &article, Safety::Safe);
    assert!(problems.iter().any(|p| p.contains("taken for another")), "{problems:?}");
}

#[test]
fn a_file_that_cannot_be_fixed_is_reported_as_it_is() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::write(folder.path().join("a.txt"), OLD).expect("it can be written");
    let disk = Failing { at: 5, done: AtomicUsize::new(0) };
    let outcomes = run_on(&[folder.path().to_path_buf()], Some(&disk), Safety::Safe);
    assert_eq!(outcomes[0].fixed, 0);
    assert_eq!(outcomes[0].diagnostics.len(), 1, "the finding is still there");
    assert_eq!(outcomes[0].problems.len(), 1);
}

#[test]
fn after_all_fixes_a_second_run_has_none() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let article = "The the boat left the harbour. the harbour.\n\nWe saw saw saw it. it was was late\n\nShe came home.\n\n\
                   They stayed for the night\n\nRelated posts\nLeave a Reply\n";
    fs::write(folder.path().join("a.txt"), article).expect("it can be written");
    let paths = [folder.path().to_path_buf()];
    let first = run_on(&paths, Some(&RealDisk), Safety::Unsafe);
    assert!(first[0].fixed > 3);
    let text = fs::read(folder.path().join("a.txt")).expect("it is there");
    let second = run_on(&paths, Some(&RealDisk), Safety::Unsafe);
    assert_eq!(second[0].fixed, 0, "{}", text.escape_ascii());
    assert!(second[0].diagnostics.iter().all(|d| d.fix.is_none()));
    assert_eq!(fs::read(folder.path().join("a.txt")).expect("it is there"), text);
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("The the "),
        Just("was was was "),
        Just("boat left the harbour. the harbour."),
        Just("He said “it” ( and left ) ."),
        Just("Word,another  word "),
        Just("cafÃ© "),
        Just("<b>bold</b> "),
        Just("&amp; "),
        Just("*a* "),
        Just("`the the` "),
        Just("\n\n"),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("é. "),
        Just("😀 "),
        Just("\"quoted\" \\ "),
        Just("Related posts"),
        Just("\t"),
        Just("No end"),
        Just("The committee met on Monday. "),
    ];
    proptest::collection::vec(piece, 1..25).prop_map(|pieces| pieces.concat())
}

/// Fixes bytes under a name; the bytes afterwards, and how many fixes that took.
fn fix_bytes(name: &str, bytes: &[u8], least: Safety) -> (Vec<u8>, usize, Vec<String>) {
    let job = Job {
        setups: Setups::default(),
        mending: Some(Mending { least, disk: None, follow_symlinks: false }),
        cache: None,
    };
    let mut done = (bytes.to_vec(), 0, Vec::new());
    let Ok(()) = run::each_file(&job, vec![Input::Bytes(name.into(), bytes.to_vec())], |_, outcome| {
        done.1 = outcome.fixed;
        done.2 = outcome.problems.iter().map(ToString::to_string).collect();
        if let Some(bytes) = outcome.mended.and_then(|mended| mended.bytes) {
            done.0 = bytes;
        }
        Ok::<(), Infallible>(())
    });
    done
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_fixed_stays_fixed(text in pieces()) {
        for name in ["a.txt", "a.md", "a.html"] {
            for least in [Safety::Safe, Safety::Unsafe] {
                let (once, _, problems) = fix_bytes(name, text.as_bytes(), least);
                prop_assert_eq!(problems, Vec::<String>::new());
                let (twice, fixes, _) = fix_bytes(name, &once, least);
                prop_assert_eq!(fixes, 0, "{}: {:?} became {:?}", name, text, String::from_utf8_lossy(&once));
                prop_assert_eq!(once, twice);
            }
        }
    }

    #[test]
    fn fixed_records_are_the_fixed_texts_and_nothing_else_changes(text in pieces(), ascii in any::<bool>()) {
        let mut quoted = serde_json::Value::from(text.as_str()).to_string();
        if ascii {
            let unit = |unit: &u16| format!("\\u{unit:04x}");
            let escape = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(unit).collect::<String>();
            quoted = quoted.chars().map(|c| if c.is_ascii() { c.to_string() } else { escape(c) }).collect();
        }
        let frame = |text: &str| format!("{{ \"id\" : \"x\", \"n\":1.50, \"text\" : {text} , \"text \": \"The the\"}}\r\n{{\"text\":\"Quiet.\"}}");
        let line = frame(&quoted);
        let (fixed, ..) = fix_bytes("a.jsonl", line.as_bytes(), Safety::Unsafe);
        let (plain, ..) = fix_bytes("a.txt", text.as_bytes(), Safety::Unsafe);
        let fixed = String::from_utf8(fixed).expect("it is UTF-8");
        prop_assert!(!ascii || fixed.is_ascii());
        let first = fixed.split("\r\n").next().unwrap_or_default();
        let read: serde_json::Value = serde_json::from_str(first).expect("the record is still one");
        prop_assert_eq!(read["text"].as_str().unwrap_or_default().as_bytes(), &plain[..]);
        let (start, end) = (fixed.find("\"text\" : ").unwrap_or(0) + 9, fixed.find(" , \"text \"").unwrap_or(0));
        prop_assert_eq!(frame(&fixed[start..end]), fixed);
    }
}
