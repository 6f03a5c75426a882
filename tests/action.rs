//! `action.yml` as GitHub runs it: its script, with what a pull request could put into the inputs.

#![cfg(all(feature = "cli", unix))]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// The scripts of the steps, by name.
fn scripts() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let text = fs::read_to_string(path).expect("it is there");
    let action: Value = serde_saphyr::from_str(&text).expect("it is YAML");
    let steps = action["runs"]["steps"].as_array().expect("there are steps");
    let text = |step: &Value, key: &str| step[key].as_str().expect("a text").to_owned();
    steps.iter().map(|step| (text(step, "name"), text(step, "run"))).collect()
}

#[test]
fn no_input_stands_in_a_script() {
    let scripts = scripts();
    assert_eq!(scripts.len(), 2);
    for (name, script) in scripts {
        assert!(!script.contains("${{"), "{name}: {script}");
    }
}

/// Runs the step that checks, in a folder, with these inputs.
fn check(folder: &Path, paths: &str, args: &str) -> Output {
    let temp = folder.join("temp");
    fs::create_dir_all(temp.join("copydesk/bin")).expect("it can be made");
    let program = temp.join("copydesk/bin/copydesk");
    if !program.exists() {
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_copydesk"), program).expect("it can be made");
    }
    let (_, script) = scripts().pop().expect("there are steps");
    Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script])
        .current_dir(folder)
        .env("RUNNER_TEMP", &temp)
        .env("GITHUB_STEP_SUMMARY", temp.join("summary"))
        .env("COPYDESK_PATHS", paths)
        .env("COPYDESK_ARGS", args)
        .env("COPYDESK_SARIF", "out.sarif")
        .env("COPYDESK_SUMMARY", "true")
        .output()
        .expect("bash runs")
}

#[test]
fn it_annotates_sums_up_and_ends_as_the_check_does() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a b.md"), "After three winters the the ferry sails.\n").expect("it can be written");
    let done = check(folder.path(), "a b.md\n", "--isolated\n--lang=en");
    let said = String::from_utf8_lossy(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.starts_with("::warning file=a b.md,line=1,"), "{said}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    assert!(read("temp/summary").contains("\n### copydesk: 1 warning in 1 of 1 file\n"), "{}", read("temp/summary"));
    assert!(read("out.sarif").contains("\"repeated-word\""));
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
