//! Ctrl-C at any time leaves old files or new ones and nothing in between, as does what else asks the program to end; and
//! it is how `--watch` ends.

#![cfg(all(unix, feature = "cli"))]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// Starts the program as a terminal does.
fn begin(folder: &Path, args: &[&str]) -> Child {
    start(folder, &[], args)
}

/// Starts the program by way of others that it takes the place of. A shell that puts the tests in the background, and
/// `nohup`, make all they start deaf to signals, which the program leaves as it is; here it hears them.
fn start(folder: &Path, before: &[&str], args: &[&str]) -> Child {
    let mut words: Vec<&str> = if ignores_signals() { vec!["env", "--default-signal=INT,TERM,HUP"] } else { vec![] };
    words.extend(before);
    words.push(env!("CARGO_BIN_EXE_copydesk"));
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).args(args).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn ignores_signals() -> bool {
    const REQUESTS: u64 = 1 | 1 << 1 | 1 << 14;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    ignored.is_some_and(|ignored| ignored & REQUESTS != 0)
}

fn interrupt(child: &Child) {
    send(child, "INT");
}

fn send(child: &Child, signal: &str) {
    let done = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

fn left_over(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".tmp")).collect()
}

const FILES: usize = 1500;
const OLD: &str = "The ferry is late.The pier pier is shut ,  said the captain, who waits.\n";

const FIX: [&str; 6] = ["check", "--isolated", "--lang", "en", "--fix", "."];

fn many() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..FILES {
        fs::write(folder.path().join(format!("{n:04}.txt")), OLD).unwrap();
    }
    folder
}

#[test]
fn files_hold_the_old_or_the_new_when_fixes_are_broken_off() {
    let mut broken_off = 0;
    for delay in [20, 60, 120, 250] {
        let folder = many();
        let mut child = begin(folder.path(), &FIX);
        sleep(Duration::from_millis(delay));
        interrupt(&child);
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(130 | 0 | 1)), "{code:?}");
        assert_eq!(left_over(folder.path()), Vec::<String>::new(), "after {delay} ms");
        let mut new = 0;
        for n in 0..FILES {
            let text = fs::read_to_string(folder.path().join(format!("{n:04}.txt"))).unwrap();
            if text != OLD {
                assert!(text.starts_with("The ferry is late. The pier") && text.ends_with("who waits.\n"), "{text:?}");
                new += 1;
            }
        }
        broken_off += usize::from(code == Some(130) && new < FILES);
    }
    assert!(broken_off > 0, "no run was still at work");
}

/// Waits until a file is mended: then the program is there to take signals.
fn until_it_works(folder: &Path) {
    let begun = Instant::now();
    let is_mended = |n: usize| fs::metadata(folder.join(format!("{n:04}.txt"))).unwrap().len() != OLD.len() as u64;
    while !(0..FILES).any(is_mended) {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is mended");
    }
}

/// Whether a signal ends a run at work with an exit code. Nothing half written may be left in any case.
fn ends_by(signal: &str, ended: i32, before: &[&str]) -> bool {
    (0..3).any(|_| {
        let folder = many();
        let child = start(folder.path(), before, &FIX);
        until_it_works(folder.path());
        send(&child, signal);
        // What it says is read, lest it wait for that.
        let status = child.wait_with_output().unwrap().status;
        assert_eq!(left_over(folder.path()), Vec::<String>::new(), "{signal}");
        match status.code() {
            Some(code) if code == ended => true,
            Some(0 | 1) => false,
            code => panic!("{signal} ended the program with {code:?}, {status}"),
        }
    })
}

#[test]
fn the_exit_code_tells_which_signal_it_was() {
    for (signal, ended) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        assert!(ends_by(signal, ended, &[]), "no run was still at work when {signal} came");
    }
}

#[test]
fn a_signal_that_is_passed_over_takes_no_other_with_it() {
    for (deaf, signal, ended) in [("HUP", "INT", 130), ("HUP", "TERM", 143), ("INT", "HUP", 129)] {
        let shell = format!("trap '' {deaf}; exec \"$0\" \"$@\"");
        assert!(ends_by(signal, ended, &["sh", "-c", &shell]), "{signal} is not heard where {deaf} is passed over");
    }
    let folder = many();
    let child = start(folder.path(), &["sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""], &FIX);
    until_it_works(folder.path());
    send(&child, "HUP");
    let status = child.wait_with_output().unwrap().status;
    assert_eq!(status.code(), Some(1), "what is passed over ends nothing: {status}");
}

#[test]
fn a_report_is_the_old_one_or_whole() {
    let folder = many();
    let report = folder.path().join("out.json");
    let mut broken_off = 0;
    for delay in [10, 30, 60, 120] {
        fs::write(&report, "old").unwrap();
        let args = [
            "check",
            "--isolated",
            "--lang",
            "en",
            "--no-cache",
            "--report",
            "json=out.json",
            "--output-format",
            "statistics",
            ".",
        ];
        let mut child = begin(folder.path(), &args);
        sleep(Duration::from_millis(delay));
        interrupt(&child);
        let code = child.wait().unwrap().code();
        let text = fs::read_to_string(&report).unwrap();
        assert!(text == "old" || serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{code:?}");
        assert_eq!(left_over(folder.path()), Vec::<String>::new(), "after {delay} ms");
        broken_off += usize::from(code == Some(130));
    }
    assert!(broken_off > 0, "no run was still at work");
}

/// What a program says on its standard error, line by line.
fn lines_of(child: &mut Child) -> Receiver<String> {
    let (send, lines) = mpsc::channel();
    let stderr = child.stderr.take().unwrap();
    thread::spawn(move || BufReader::new(stderr).lines().map_while(Result::ok).for_each(|line| drop(send.send(line))));
    lines
}

/// The next line that a run of a watch ends with.
fn told(lines: &Receiver<String>) -> Option<String> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(30) {
        let line = lines.recv_timeout(Duration::from_secs(30)).ok()?;
        if line.contains("Ctrl-C ends") {
            return Some(line);
        }
    }
    None
}

#[test]
fn a_watched_translation_is_checked_when_its_original_or_the_configuration_changes() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let rules = "[[translations]]\nsource = \"en/{path}\"\ntarget = \"{lang}/{path}\"\nsource-lang = \"en\"\n";
    ["en", "fr"].iter().for_each(|name| fs::create_dir(folder.path().join(name)).unwrap());
    write("copydesk.toml", rules);
    write("en/a.md", "The ferry sails on 14 May with 230 people on board.\n");
    write("fr/a.md", "Le bac part le 14 mai avec 230 personnes à bord.\n");
    let mut child = begin(folder.path(), &["check", "--watch", "."]);
    let lines = lines_of(&mut child);
    let next = |what: &str| {
        assert_eq!(told(&lines).as_deref().map(|line| line.contains(what)), Some(true), "{what}");
    };
    next("0 findings in 2 files");
    write("en/a.md", "The ferry sails on 14 May with 320 people on board.\n");
    next("1 finding in 2 files");
    write("copydesk.toml", "lint = [\n");
    next("not checked, waits for a change");
    write("copydesk.toml", rules);
    next("1 finding in 2 files");
    interrupt(&child);
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
}

#[test]
fn a_watched_folder_is_checked_again_until_somebody_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("a.txt");
    fs::write(&article, "The pier is shut.").unwrap();
    let args = ["check", "--isolated", "--lang", "en", "--watch", "--report", "json-lines=found.jsonl", "."];
    let mut child = begin(folder.path(), &args);
    let lines = lines_of(&mut child);
    let next = |what: &str| {
        assert_eq!(told(&lines).as_deref().map(|line| line.contains(what)), Some(true), "{what}");
    };
    next("0 findings in 1 file, checked in");
    fs::write(&article, "The pier pier is shut.").unwrap();
    next("1 finding in 1 file, checked in");
    fs::write(folder.path().join("b.txt"), "The pier pier is shut.").unwrap();
    next("2 findings in 2 files, checked in");
    // What the run writes itself starts no other.
    assert!(lines.recv_timeout(Duration::from_millis(700)).is_err());
    fs::rename(folder.path().join("b.txt"), folder.path().join("c.txt")).unwrap();
    next("2 findings in 2 files");
    fs::remove_file(folder.path().join("c.txt")).unwrap();
    next("1 finding in 1 file, checked in");
    fs::create_dir(folder.path().join("new")).unwrap();
    next("1 finding in 1 file, checked in");
    fs::write(folder.path().join("new/d.txt"), "The pier pier is shut.").unwrap();
    next("2 findings in 2 files");
    fs::write(folder.path().join("copydesk.toml"), "lint = 1").unwrap();
    next("2 findings in 2 files");
    interrupt(&child);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(!done.stdout.contains(&0x1b), "no screen to clear");
    assert_eq!(fs::read_to_string(folder.path().join("found.jsonl")).unwrap().lines().count(), 2);
}
