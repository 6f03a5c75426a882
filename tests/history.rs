//! What `copydesk report --history` keeps of each run, and the trend that is drawn from it.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// 2026-11-24 and the days after it, in seconds since 1970.
const DAY: u64 = 20_781 * 86_400;

fn report(folder: &Path, day: u64, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", (DAY + day * 86_400).to_string());
    let args = ["report", "--isolated", "--lang", "en", "--no-cache", "--history", "kept.jsonl"];
    command.args(args).args(more).output().unwrap()
}

fn code(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("report.html")).unwrap()
}

fn kept(folder: &Path) -> Vec<String> {
    fs::read_to_string(folder.join("kept.jsonl")).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn each_run_adds_a_line_and_the_page_shows_run_after_run() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.txt"), "The pier pier is shut. The ferry is late.The crew waits.\n").unwrap();
    assert_eq!(code(&report(folder, 0, &[])).0, Some(0));
    assert!(!page(folder).contains("run after run"), "there is nothing to compare with");
    fs::write(folder.join("a.txt"), "The pier pier is shut. The ferry is late. The crew waits.\n").unwrap();
    // The history lies among the articles and is none.
    assert_eq!(code(&report(folder, 1, &[])).1, "copydesk: 1 finding in 1 file shown in report.html\n");
    let lines = kept(folder);
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[0],
        "{\"date\":\"2026-11-24\",\"files\":1,\"words\":11,\"points\":2.0,\"lints\":{\"missing-space\":[0,1,0],\"repeated-word\":[0,1,0]}}"
    );
    assert!(lines[1].contains("\"repeated-word\":[0,1,0]") && !lines[1].contains("missing-space"), "{}", lines[1]);
    let page = page(folder);
    assert!(page.contains(
        "<th scope=\"row\"><bdi>2026-11-24</bdi></th><td>0</td><td>2</td><td>0</td><td>2</td><td>181.8</td>"
    ));
    assert!(page.contains("<bdi>this run</bdi></th><td>0</td><td>1</td><td>0</td><td>1</td>"));
    assert!(page.contains("<th scope=\"row\"><bdi>missing-space</bdi></th><td>1</td><td>0</td>"), "what has changed");
    assert!(page.contains(">11-24</text>"), "a column of the chart");
}

#[test]
fn a_broken_line_is_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.txt"), "The pier pier is shut.\n").unwrap();
    report(folder, 0, &[]);
    let good = kept(folder).remove(0);
    let broken = "{\"date\":\"<script>\",\"files\":";
    fs::write(folder.join("kept.jsonl"), format!("{good}\n\n{broken}\n")).unwrap();
    let (status, said) = code(&report(folder, 1, &[]));
    assert_eq!(status, Some(2));
    assert!(said.contains("kept.jsonl:3: this is no run that copydesk wrote down: EOF"), "{said}");
    assert_eq!(kept(folder)[..2], [good, broken.to_owned()]);
    assert_eq!(kept(folder).len(), 3);
    assert!(page(folder).contains("<bdi>2026-11-24</bdi>"), "the runs that can be read are shown");
    // Not the page, and not the history, of a run that did not come to its end.
    let before = (kept(folder), page(folder));
    assert_eq!(code(&report(folder, 2, &["--weight", "warning=-1"])).0, Some(2));
    assert_eq!((kept(folder), page(folder)), before);
}

#[test]
fn a_history_does_not_grow_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.txt"), "The pier is shut.\n").unwrap();
    let run = |day: usize| format!("{{\"date\":\"<b>{day}\",\"files\":1,\"words\":4,\"points\":0,\"lints\":{{}}}}\n");
    fs::write(folder.join("kept.jsonl"), (0..900).map(run).collect::<String>()).unwrap();
    assert_eq!(code(&report(folder, 0, &[])).0, Some(0));
    let lines = kept(folder);
    assert_eq!(lines.len(), 800);
    assert!(lines[0].contains("<b>101") && lines[799].contains("2026-11-24"));
    let page = page(folder);
    assert!(page.contains("<bdi>&lt;b&gt;899</bdi>") && !page.contains("<b>899"));
}
