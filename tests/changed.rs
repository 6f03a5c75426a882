//! `--changed-since` in repositories made for the test: which articles, and which paragraphs, a range of git touches.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const ONE: &str = "After three winters the the ferry sails again.";
const TWO: &str = "A second boat is is promised for the summer.";

/// A repository with three articles, two findings each.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    for name in ["changed.md", "posts/re named.md", "same.md"] {
        write(&folder, name, &article(ONE, TWO));
    }
    commit(&folder, "articles");
    folder
}

/// Two paragraphs with a finding each, and one without that is long enough for git to know a renamed file again.
fn article(one: &str, two: &str) -> String {
    let long = "The council will pay for a new roof over the waiting room from the fund for the coast.\n";
    format!("# Ferries\n\n{one}\n\n{two}\n\n{long}")
}

fn git(folder: &Path, args: &[&str]) {
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgSign=false"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn commit(folder: &TempDir, message: &str) {
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", message]);
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn copydesk(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--isolated", "--lang", "en", "--output-format", "concise"])
        .args(args)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

/// The places of all findings, `path:line`.
fn places(folder: &Path, args: &[&str]) -> Vec<String> {
    let done = copydesk(folder, args);
    assert!(done.status.code() < Some(2), "{}", String::from_utf8_lossy(&done.stderr));
    let line = |line: &str| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
    String::from_utf8_lossy(&done.stdout).lines().map(line).collect()
}

/// Exit code and what was said.
fn refused(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let done = copydesk(folder, args);
    assert!(done.stdout.is_empty(), "{}", String::from_utf8_lossy(&done.stdout));
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[test]
fn articles_that_changed_were_renamed_or_are_new_are_checked_and_no_others() {
    let folder = repository();
    assert_eq!(places(folder.path(), &["--changed-since", "HEAD"]), [""; 0]);
    write(&folder, "changed.md", &article(ONE, &format!("{TWO} It is white.")));
    write(&folder, "ne\tw.md", &format!("{ONE}\n"));
    git(folder.path(), &["mv", "posts/re named.md", "posts/ähm.md"]);
    write(&folder, "posts/ähm.md", &article(&format!("{ONE} It is blue."), TWO));
    let all = ["changed.md:3", "changed.md:5", "ne\u{fffd}w.md:1", "posts/ähm.md:3", "posts/ähm.md:5"];
    let all = all.map(|place| place.replace('\u{fffd}', " "));
    assert_eq!(places(folder.path(), &["--changed-since", "HEAD"]), all);
    let touched = &all[1..4];
    assert_eq!(places(folder.path(), &["--changed-since", "HEAD", "--changed-lines"]), touched);
    // Paths are taken from where the command is given, and what lies elsewhere is not looked at.
    assert_eq!(places(&folder.path().join("posts"), &["--changed-since", "HEAD"]), ["ähm.md:3", "ähm.md:5"]);
    assert_eq!(
        places(&folder.path().join("posts"), &["../changed.md", "--changed-since", "HEAD", "--changed-lines"]),
        ["../changed.md:5"]
    );
}

#[test]
fn a_paragraph_counts_whole_and_so_do_the_edges_of_what_was_taken_out() {
    let folder = repository();
    let wrapped = format!("{}\nThe crew is new.\nThe old one left.\n", ONE.replace("ferry ", "ferry\n"));
    write(&folder, "changed.md", &format!("# Ferries\n\n{wrapped}\n{TWO}\n"));
    commit(&folder, "wrapped");
    // The changed line is not the one that the finding stands in.
    write(&folder, "changed.md", &format!("# Ferries\n\n{}\n{TWO}\n", wrapped.replace("crew", "staff")));
    assert_eq!(places(folder.path(), &["--changed-since", "HEAD", "--changed-lines"]), ["changed.md:3"]);
    write(&folder, "changed.md", &format!("# Ferries\n\n{}\n{TWO}\n", wrapped.replace("The old one left.\n", "")));
    assert_eq!(places(folder.path(), &["--changed-since", "HEAD", "--changed-lines"]), ["changed.md:3"]);
}

#[test]
fn a_branch_is_not_blamed_for_what_went_on_elsewhere() {
    let folder = repository();
    git(folder.path(), &["checkout", "--quiet", "-b", "topic"]);
    write(&folder, "changed.md", &format!("# Ferries\n\n{TWO}\n"));
    commit(&folder, "on the branch");
    git(folder.path(), &["checkout", "--quiet", "main"]);
    write(&folder, "same.md", "# Ferries\n\nNo boat today.\n");
    commit(&folder, "elsewhere");
    git(folder.path(), &["checkout", "--quiet", "topic"]);
    assert_eq!(places(folder.path(), &["--changed-since", "main"]), ["changed.md:3"]);
}

#[test]
fn what_git_cannot_tell_is_an_error_and_a_revision_is_never_an_option() {
    let folder = repository();
    for revision in ["--output=written", "-h", "nowhere", "", "HEAD:same.md"] {
        let (code, said) = refused(folder.path(), &[&format!("--changed-since={revision}")]);
        assert_eq!((code, said.as_str()), (Some(2), &*format!("copydesk: git knows no revision “{revision}” here\n")));
    }
    assert!(!folder.path().join("written").exists());
    let outside = tempfile::tempdir().expect("a folder");
    let (code, said) = refused(outside.path(), &["--changed-since", "HEAD"]);
    assert!(code == Some(2) && said.contains("git: not a git repository"), "{code:?} {said}");
    let (code, said) = refused(folder.path(), &["--changed-since", "HEAD", "-"]);
    assert!(code == Some(2) && said.contains("standard input has no revisions"), "{code:?} {said}");
    let done = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--changed-since", "HEAD"])
        .current_dir(folder.path())
        .env("PATH", outside.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code() == Some(2) && said.contains("git cannot be run"), "{said}");
}

#[test]
fn what_git_takes_for_no_text_is_new_as_a_whole() {
    let folder = repository();
    let utf16 = |text: &str| -> Vec<u8> {
        [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
    };
    let path = folder.path().join("same.md");
    fs::write(&path, utf16(&format!("{ONE}\n\n{TWO}\n"))).expect("it can be written");
    commit(&folder, "another encoding");
    fs::write(&path, utf16(&format!("{ONE}\n\n{TWO} It is white.\n"))).expect("it can be written");
    assert_eq!(places(folder.path(), &["--changed-since", "HEAD", "--changed-lines"]), ["same.md:1", "same.md:3"]);
}
