//! `stale-translation` in repositories made for the test: what has become of originals since they were translated.

#![cfg(all(feature = "cli", unix))]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const RULE: &str = "preview = true\nselect = [\"stale-translation\"]\n[[translations]]\nsource = \"en/{path}\"\n\
                    target = \"{lang}/{path}\"\nsource-lang = \"en\"\n";
const LOCK: &str = "# The lock\n\nThe lock is shut on Sundays.\n\nBoats wait in the basin.\n";
const ECLUSE: &str = "# L’écluse\n\nL’écluse est fermée le dimanche.\n\nLes bateaux attendent dans le bassin.\n";

/// A repository with one translation, made on the tenth of January.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    git(&folder, &["init", "--quiet", "--initial-branch=main"], "2026-01-01");
    write(&folder, "copydesk.toml", RULE);
    write(&folder, "en/lock.md", LOCK);
    commit(&folder, "2026-01-05");
    write(&folder, "fr/lock.md", ECLUSE);
    commit(&folder, "2026-01-10");
    folder
}

fn git(folder: &TempDir, args: &[&str], date: &str) -> String {
    let date = format!("{date}T12:00:00+00:00");
    let done = Command::new("git")
        .arg("-C")
        .arg(folder.path())
        .args(["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgSign=false"])
        .args(args)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
        .output()
        .expect("git runs");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

fn commit(folder: &TempDir, date: &str) -> String {
    git(folder, &["add", "--all"], date);
    git(folder, &["commit", "--quiet", "--message", "articles"], date);
    git(folder, &["rev-parse", "HEAD"], date)
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn run(folder: &TempDir, args: &[&str], path: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder.path()).args(["check", ".", "--output-format", "concise"]).args(args);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    command.output().expect("it runs")
}

fn said(folder: &TempDir) -> String {
    let done = run(folder, &["--no-cache"], None);
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
fn an_original_that_changed_after_the_last_commit_of_its_translation_is_told_with_the_day() {
    let folder = repository();
    assert_eq!(said(&folder), "");
    write(&folder, "en/lock.md", &LOCK.replace("Sundays.", "Sundays and holidays."));
    commit(&folder, "2026-02-01");
    let told = said(&folder);
    let expected = "fr/lock.md:3:1: warning stale-translation the original has changed since it was translated, from “The \
                    lock is shut on Sundays and holidays.” on, last on 2026-02-01\n";
    assert_eq!(told, expected);
    write(&folder, "en/lock.md", &LOCK.replace("Sundays.", "holidays.").replace("basin.", "basin by the mill."));
    let told = said(&folder);
    assert!(told.contains("2 paragraphs of the original have changed"), "{told}");
    assert!(told.contains("and that is not committed yet"), "{told}");
    // Somebody is at it.
    write(&folder, "fr/lock.md", &ECLUSE.replace("le dimanche", "les jours fériés"));
    assert_eq!(said(&folder), "");
    commit(&folder, "2026-02-03");
    assert_eq!(said(&folder), "");
}

#[test]
fn line_breaks_and_marks_leave_a_translation_as_it_is() {
    let folder = repository();
    write(&folder, "en/lock.md", &LOCK.replace("is shut on", "is shut\non").replace("wait in", "wait, in"));
    commit(&folder, "2026-02-01");
    assert_eq!(said(&folder), "");
}

#[test]
fn the_commit_that_front_matter_names_counts_more_than_the_last_one() {
    let folder = repository();
    let first = git(&folder, &["rev-list", "--max-parents=0", "HEAD"], "2026-01-20");
    write(&folder, "en/lock.md", &LOCK.replace("Sundays.", "Sundays and holidays."));
    let second = commit(&folder, "2026-02-01");
    for (key, commit_of_original, stale) in [
        (format!("l10n:\n  sourceCommit: {first}"), "2026-02-02", true),
        (format!("default_lang_commit: \"{}\" # see the guide", &first[..12]), "2026-02-03", true),
        (format!("source-commit: {second}"), "2026-02-04", false),
        ("source_commit: 0123456789abcdef".to_owned(), "2026-02-05", false),
    ] {
        write(&folder, "fr/lock.md", &format!("---\ntitle: L’écluse\n{key}\n---\n\n{ECLUSE}"));
        commit(&folder, commit_of_original);
        assert_eq!(said(&folder).contains("last on 2026-02-01"), stale, "{key}: {}", said(&folder));
        assert_eq!(said(&folder).is_empty(), !stale, "{key}");
    }
}

#[test]
fn without_a_repository_nothing_is_said() {
    let folder = repository();
    write(&folder, "en/lock.md", "# The lock\n\nIt is open.\n");
    commit(&folder, "2026-02-01");
    assert!(!said(&folder).is_empty());
    fs::remove_dir_all(folder.path().join(".git")).expect("it can be taken away");
    assert_eq!(said(&folder), "");
}

#[test]
fn a_cache_remembers_nothing_of_it() {
    let folder = repository();
    let cached = |folder: &TempDir| run(folder, &["--cache-dir", ".copydesk_cache"], None).stdout;
    assert!(cached(&folder).is_empty());
    write(&folder, "en/lock.md", &LOCK.replace("Sundays.", "Sundays and holidays."));
    commit(&folder, "2026-02-01");
    assert!(!cached(&folder).is_empty());
    // The same bytes, with another history.
    git(&folder, &["checkout", "--quiet", "--orphan", "fresh"], "2026-02-02");
    commit(&folder, "2026-02-02");
    assert!(cached(&folder).is_empty());
}

#[test]
fn git_runs_twice_for_all_files_and_not_at_all_where_nobody_asks() {
    let folder = repository();
    for n in 0..30 {
        write(&folder, &format!("en/{n}.md"), &format!("{LOCK}\nIt is lock number {n}.\n"));
        write(&folder, &format!("fr/{n}.md"), ECLUSE);
    }
    commit(&folder, "2026-01-11");
    for n in 0..30 {
        write(&folder, &format!("en/{n}.md"), &format!("{LOCK}\nIt was lock number {n}.\n"));
    }
    commit(&folder, "2026-02-01");
    // A git that counts.
    let tools = tempfile::tempdir().expect("a folder");
    let real = String::from_utf8(Command::new("which").arg("git").output().expect("it runs").stdout).expect("a path");
    let count = tools.path().join("count");
    write(&tools, "git", &format!("#!/bin/sh\necho >> {}\nexec {} \"$@\"\n", count.display(), real.trim()));
    fs::set_permissions(tools.path().join("git"), fs::Permissions::from_mode(0o755)).expect("it can be run");
    let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").expect("there is one"));
    let counted = |path: &Path| fs::read_to_string(path).unwrap_or_default().lines().count();
    let off = run(&folder, &["--no-cache", "--select", "missing-paragraph"], Some(&path));
    assert_eq!((off.status.code(), counted(&count)), (Some(1), 0), "{}", String::from_utf8_lossy(&off.stdout));
    let done = run(&folder, &["--no-cache"], Some(&path));
    assert_eq!(String::from_utf8_lossy(&done.stdout).lines().count(), 30);
    assert_eq!(counted(&count), 2);
}
