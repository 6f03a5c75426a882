//! `action.yml` as GitHub runs it: its script, with what a pull request could put into the inputs.

#![cfg(all(feature = "cli", unix))]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// The scripts of the steps, by the id of the step.
fn scripts() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let text = fs::read_to_string(path).expect("it is there");
    let action: Value = serde_saphyr::from_str(&text).expect("it is YAML");
    let steps = action["runs"]["steps"].as_array().expect("there are steps");
    let text = |step: &Value, key: &str| step[key].as_str().expect("a text").to_owned();
    steps.iter().filter(|step| step["run"].is_string()).map(|step| (text(step, "id"), text(step, "run"))).collect()
}

#[test]
fn no_input_stands_in_a_script() {
    let scripts = scripts();
    assert_eq!(scripts.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["build", "install", "check"]);
    for (id, script) in scripts {
        assert!(!script.contains("${{"), "{id}: {script}");
    }
}

/// Runs a step in a folder, as a machine that has built copydesk before.
fn run(id: &str, folder: &Path, inputs: &[(&str, &str)]) -> Output {
    let temp = folder.join("temp");
    fs::create_dir_all(temp.join("copydesk/bin")).expect("it can be made");
    let program = temp.join("copydesk/bin/copydesk");
    if !program.exists() {
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_copydesk"), program).expect("it can be made");
    }
    let (_, script) = scripts().into_iter().find(|(step, _)| step == id).expect("there is such a step");
    Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script])
        .current_dir(folder)
        .env("COPYDESK_SOURCE", env!("CARGO_MANIFEST_DIR"))
        .env("RUNNER_TEMP", &temp)
        .env("GITHUB_OUTPUT", temp.join("output"))
        .env("GITHUB_PATH", temp.join("path"))
        .env("GITHUB_STEP_SUMMARY", temp.join("summary"))
        .envs(inputs.iter().copied())
        .output()
        .expect("bash runs")
}

/// Runs the step that checks, with these inputs.
fn check(folder: &Path, paths: &str, args: &str) -> Output {
    let inputs = [
        ("COPYDESK_PATHS", paths),
        ("COPYDESK_ARGS", args),
        ("COPYDESK_ANNOTATIONS", "true"),
        ("COPYDESK_SARIF", "out.sarif"),
        ("COPYDESK_UPLOAD_SARIF", "false"),
        ("COPYDESK_SUMMARY", "true"),
    ];
    run("check", folder, &inputs)
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_default()
}

#[test]
fn a_build_goes_by_its_sources_and_is_used_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = run("build", folder.path(), &[]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let output = read(folder.path(), "temp/output");
    let key = output.trim_end().strip_prefix("sources=").expect("it says");
    assert!(key.len() == 40 && key.bytes().all(|b| b.is_ascii_hexdigit()), "{key}");
    let done = run("install", folder.path(), &[]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(read(folder.path(), "temp/output").ends_with(&format!("\nversion={}\n", env!("CARGO_PKG_VERSION"))));
    assert!(read(folder.path(), "temp/path").ends_with("temp/copydesk/bin\n"));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let matcher = said.trim_end().strip_prefix("::add-matcher::").expect("it adds a matcher");
    assert!(Path::new(matcher).is_file(), "{matcher}");
}

#[test]
fn sarif_to_upload_is_told_of_only_when_there_is_some() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "After three winters the the ferry sails.\n").expect("it can be written");
    let mut inputs = [
        ("COPYDESK_PATHS", "a.md"),
        ("COPYDESK_ARGS", "--no-such-flag"),
        ("COPYDESK_ANNOTATIONS", "false"),
        ("COPYDESK_SARIF", ""),
        ("COPYDESK_UPLOAD_SARIF", "true"),
        ("COPYDESK_SUMMARY", "false"),
    ];
    assert_eq!(run("check", folder.path(), &inputs).status.code(), Some(2));
    assert_eq!(read(folder.path(), "temp/output"), "exit-code=2\n");
    inputs[1].1 = "--lang=en";
    let done = run("check", folder.path(), &inputs);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stdout).starts_with("warning[repeated-word]"));
    let sarif = folder.path().join("temp/copydesk.sarif");
    assert_eq!(read(folder.path(), "temp/output"), format!("exit-code=2\nexit-code=1\nsarif={}\n", sarif.display()));
    assert!(sarif.is_file());
    // A further line would be an output of its own.
    (inputs[3].1, inputs[4].1) = ("out.sarif\nversion=9", "false");
    run("check", folder.path(), &inputs);
    assert!(!read(folder.path(), "temp/output").contains("version="));
}

/// A hook sees no more files than copydesk reads, and no fewer.
#[test]
fn hooks_are_for_all_formats() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    let text = fs::read_to_string(path).expect("it is there");
    let hooks: Vec<Value> = serde_saphyr::from_str(&text).expect("it is YAML");
    let endings: Vec<&str> = copydesk::format::FORMATS.iter().flat_map(|row| row.extensions).copied().collect();
    for hook in hooks {
        assert_eq!(hook["files"], format!("\\.({})$", endings.join("|")), "{}", hook["id"]);
        assert_eq!(hook["require_serial"], true, "{}", hook["id"]);
    }
}

#[test]
fn it_annotates_sums_up_and_ends_as_the_check_does() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a b.md"), "After three winters the the ferry sails.\n").expect("it can be written");
    let done = check(folder.path(), "a b.md\n", "--isolated\n--lang=en");
    let said = String::from_utf8_lossy(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.starts_with("::warning file=a b.md,line=1,"), "{said}");
    let summary = read(folder.path(), "temp/summary");
    assert!(summary.contains("\n### copydesk: 1 warning in 1 of 1 file\n"), "{summary}");
    assert!(read(folder.path(), "out.sarif").contains("\"repeated-word\""));
    assert_eq!(read(folder.path(), "temp/output"), "exit-code=1\nsarif=out.sarif\n");
    assert_eq!(check(folder.path(), "a b.md", "--exit-zero").status.code(), Some(0));
}

#[test]
fn what_an_input_says_is_not_run_and_no_path_is_a_flag() {
    let folder = tempfile::tempdir().expect("a folder");
    for paths in ["$(touch ran)", "`touch ran`", "x; touch ran", "x\" && touch ran #", "--report=csv=ran", "*"] {
        let done = check(folder.path(), paths, "");
        assert_eq!(done.status.code(), Some(2), "{paths}: {}", String::from_utf8_lossy(&done.stdout));
        assert!(!folder.path().join("ran").exists(), "{paths}");
    }
}

/// GitHub shows ten annotations of each kind and step, and refuses a summary of more than a mebibyte and a log of more than ten
/// megabytes, packed; of results it shows five thousand.
#[test]
fn what_is_handed_to_github_keeps_to_its_limits() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = "It was was late on Monday, said the harbour master of the town. ".repeat(6_000);
    fs::write(folder.path().join("a.md"), many).expect("it can be written");
    fs::write(folder.path().join("b.md"), "The pier isnâ€™t ready yet.\n").expect("it can be written");
    let done = check(folder.path(), ".", "--isolated\n--lang=en");
    let said = String::from_utf8_lossy(&done.stdout);
    let kinds: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect();
    assert!(kinds.len() >= 6_000, "{}", kinds.len());
    assert_eq!((kinds[0], kinds[1]), ("error", "warning"), "the worst are the ones that are shown");
    let summary = read(folder.path(), "temp/summary");
    assert!(summary.contains("### copydesk: 1 error and ") && summary.len() <= 1 << 20, "{} bytes", summary.len());
    let sarif = read(folder.path(), "out.sarif");
    let log: Value = serde_json::from_str(&sarif).expect("it is JSON");
    let results = log["runs"][0]["results"].as_array().expect("there are results");
    assert_eq!((results.len(), &results[0]["level"]), (5_000, &Value::from("error")));
    assert!(sarif.len() <= 10_000_000, "{} bytes, not packed", sarif.len());
}
