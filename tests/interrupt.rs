//! Ctrl-C at any time leaves old files or new ones and nothing in between, as does what else asks the program to end; and
//! it is how `--watch` ends.

#![cfg(all(unix, feature = "cli"))]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Starts the program as a terminal does. A shell that puts the tests in the background makes all they start deaf to
/// Ctrl-C, and the program leaves that as it is.
fn begin(folder: &Path, args: &[&str]) -> Child {
    let program = env!("CARGO_BIN_EXE_copydesk");
    let mut command = match ignores_interrupts() {
        true => Command::new("env"),
        false => Command::new(program),
    };
    if ignores_interrupts() {
        command.args(["--default-signal=INT", program]);
    }
    command.current_dir(folder).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn ignores_interrupts() -> bool {
    const INTERRUPT: u64 = 1 << 1;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    ignored.is_some_and(|ignored| ignored & INTERRUPT != 0)
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
        let mut child = begin(folder.path(), &["check", "--isolated", "--lang", "en", "--fix", "."]);
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

#[test]
fn the_exit_code_tells_which_signal_it_was() {
    for (signal, ended) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let mut broken_off = false;
        for delay in [60, 20, 120, 250] {
            if broken_off {
                break;
            }
            let folder = many();
            let mut child = begin(folder.path(), &["check", "--isolated", "--lang", "en", "--fix", "."]);
            sleep(Duration::from_millis(delay));
            send(&child, signal);
            let status = child.wait().unwrap();
            assert_eq!(left_over(folder.path()), Vec::<String>::new(), "{signal} after {delay} ms");
            match status.code() {
                Some(code) if code == ended => broken_off = true,
                Some(0 | 1) => {}
                // The signal came before the program was there to take it.
                None if delay < 60 => {}
                code => panic!("{signal} ended the program with {code:?}, {status}"),
            }
        }
        assert!(broken_off, "no run was still at work when {signal} came");
    }
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

#[test]
fn a_watched_folder_is_checked_again_until_somebody_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("a.txt");
    fs::write(&article, "The pier is shut.").unwrap();
    let args = ["check", "--isolated", "--lang", "en", "--watch", "--report", "json-lines=found.jsonl", "."];
    let mut child = begin(folder.path(), &args);
    let (send, lines) = std::sync::mpsc::channel();
    let stderr = child.stderr.take().unwrap();
    std::thread::spawn(move || {
        BufReader::new(stderr).lines().map_while(Result::ok).for_each(|line| drop(send.send(line)))
    });
    let next = |what: &str| {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            let Ok(line) = lines.recv_timeout(Duration::from_secs(30)) else { break };
            if line.contains("Ctrl-C ends") {
                assert!(line.contains(what), "{line}");
                return;
            }
        }
        panic!("nothing was said of {what}");
    };
    next("0 findings in 1 file, checked in");
    fs::write(&article, "The pier pier is shut.").unwrap();
    next("1 finding in 1 file, checked in");
    fs::write(folder.path().join("b.txt"), "The pier pier is shut.").unwrap();
    next("2 findings in 2 files, checked in");
    // What the run writes itself starts no other.
    assert!(lines.recv_timeout(Duration::from_millis(700)).is_err());
    fs::write(folder.path().join("copydesk.toml"), "lint = 1").unwrap();
    next("2 findings in 2 files");
    interrupt(&child);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(!done.stdout.contains(&0x1b), "no screen to clear");
    assert_eq!(fs::read_to_string(folder.path().join("found.jsonl")).unwrap().lines().count(), 2);
}
