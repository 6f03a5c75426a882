//! Command lines and their whole output: one folder a case, as `tests/cases/README.md` says.
//!
//! The runner is ours because the cases need what trycmd does not do: an expectation that is missing fails, and a
//! file that a command must leave alone is compared without being listed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, thread};

/// What a case says about the run; everything else in its folder is input.
const ABOUT: [&str; 7] = ["args", "expected", "stderr", "code", "stdin", "after", "note"];

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let only = env::var("CASE").unwrap_or_default();
    let accept = env::var_os("ACCEPT").is_some_and(|v| !v.is_empty());
    let mut cases: Vec<PathBuf> = read_dir(&root).into_iter().filter(|p| p.is_dir()).collect();
    cases.retain(|case| name(case).contains(&only));
    assert!(!cases.is_empty(), "no case in {} has “{only}” in its name", root.display());
    let threads = thread::available_parallelism().map_or(2, |n| n.get());
    let wrong: Vec<String> = thread::scope(|scope| {
        let parts: Vec<_> = cases
            .chunks(cases.len().div_ceil(threads))
            .map(|part| scope.spawn(move || part.iter().filter_map(|c| run(c, accept).err()).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("a case panicked")).collect()
    });
    assert!(
        wrong.is_empty(),
        "{}\n{} of {} cases differ; `ACCEPT=1 cargo test --test cases` writes what came out: read the diff",
        wrong.join("\n"),
        wrong.len(),
        cases.len()
    );
}

/// What a run came to: output, files, exit codes.
struct Run {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    codes: String,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

fn run(case: &Path, accept: bool) -> Result<(), String> {
    let inputs: BTreeMap<PathBuf, Vec<u8>> = files(case, case)
        .into_iter()
        .filter(|(path, _)| !path.iter().next().is_some_and(|first| ABOUT.iter().any(|name| first == *name)))
        .collect();
    let done = execute(case, &inputs).map_err(|e| format!("{}: {e}", name(case)))?;
    let changed: BTreeMap<_, _> = done.files.iter().filter(|(path, bytes)| inputs.get(*path) != Some(bytes)).collect();
    if accept {
        write(case, &done, &changed);
        return Ok(());
    }
    let mut wrong = String::new();
    let expected = fs::read(case.join("expected"));
    if expected.is_err() {
        let _ = writeln!(wrong, "there is no `expected`");
    }
    compare("expected", &expected.unwrap_or_default(), &done.stdout, &mut wrong);
    compare("stderr", &fs::read(case.join("stderr")).unwrap_or_default(), &done.stderr, &mut wrong);
    let codes = fs::read_to_string(case.join("code")).unwrap_or_else(|_| "0\n".repeat(done.codes.lines().count()));
    compare("code", codes.trim_end().as_bytes(), done.codes.trim_end().as_bytes(), &mut wrong);
    let after = files(&case.join("after"), &case.join("after"));
    for (path, bytes) in &after {
        compare(
            &format!("after/{}", path.display()),
            bytes,
            done.files.get(path).map_or(&[][..], |b| b.as_slice()),
            &mut wrong,
        );
    }
    for (path, bytes) in changed.iter().filter(|(path, _)| !after.contains_key(**path)) {
        let before = inputs.get(*path).cloned().unwrap_or_default();
        compare(&format!("{}, which must not change", path.display()), &before, bytes, &mut wrong);
    }
    for path in inputs.keys().filter(|path| !done.files.contains_key(*path)) {
        let _ = writeln!(wrong, "{} is gone", path.display());
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("== tests/cases/{}\n{wrong}", name(case))) }
}

/// Runs the lines of `args` one after the other in a folder of their own that holds the inputs. The folder lies outside
/// this repository: its own configuration and ignore files would speak otherwise.
fn execute(case: &Path, inputs: &BTreeMap<PathBuf, Vec<u8>>) -> Result<Run, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    for (path, bytes) in inputs {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).map_err(|e| e.to_string())?;
        fs::write(path, bytes).map_err(|e| e.to_string())?;
    }
    let args = fs::read_to_string(case.join("args")).map_err(|e| format!("args: {e}"))?;
    let stdin = fs::read(case.join("stdin")).unwrap_or_default();
    let mut done = Run { stdout: Vec::new(), stderr: Vec::new(), codes: String::new(), files: BTreeMap::new() };
    for line in args.lines().filter(|l| !l.trim_start().starts_with('#')) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(split(line)?)
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .env_remove("COLUMNS")
            .env_remove("GITHUB_ACTIONS")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| e.to_string())?;
        // A program that does not read its input closes the pipe: no fault.
        let mut pipe = child.stdin.take().expect("it is piped");
        let input = stdin.clone();
        let feed = thread::spawn(move || pipe.write_all(&input));
        let output = child.wait_with_output().map_err(|e| e.to_string())?;
        let _ = feed.join();
        done.stdout.extend(output.stdout);
        done.stderr.extend(output.stderr);
        let _ = writeln!(done.codes, "{}", output.status.code().map_or("killed".into(), |c| c.to_string()));
    }
    let here = folder.path().display().to_string();
    for stream in [&mut done.stdout, &mut done.stderr] {
        if let Ok(text) = std::str::from_utf8(stream) {
            *stream = text.replace(&here, "[folder]").into_bytes();
        }
    }
    done.files = files(folder.path(), folder.path());
    Ok(done)
}

/// Writes what came out as what is expected.
fn write(case: &Path, done: &Run, changed: &BTreeMap<&PathBuf, &Vec<u8>>) {
    let put = |name: &str, bytes: &[u8], keep: bool| {
        let path = case.join(name);
        if keep {
            fs::write(&path, bytes).expect("the case can be written");
        } else if path.exists() {
            fs::remove_file(&path).expect("the case can be written");
        }
    };
    put("expected", &done.stdout, true);
    put("stderr", &done.stderr, !done.stderr.is_empty());
    put("code", done.codes.as_bytes(), done.codes.lines().any(|c| c != "0"));
    let after = case.join("after");
    if after.exists() {
        fs::remove_dir_all(&after).expect("the case can be written");
    }
    for (path, bytes) in changed {
        let path = after.join(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the case can be written");
        fs::write(path, bytes).expect("the case can be written");
    }
}

/// Says what differs, from the first line that does.
fn compare(what: &str, expected: &[u8], found: &[u8], wrong: &mut String) {
    if expected == found {
        return;
    }
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (expected, found) = (lines(&expected), lines(&found));
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let _ = writeln!(wrong, "-- {what}, from line {}:", same + 1);
    for (sign, text) in [('-', &expected), ('+', &found)] {
        for line in text.iter().skip(same).take(20) {
            let _ = writeln!(
                wrong,
                "{sign}{}",
                line.trim_end_matches('\n').escape_debug().to_string().replace("\\\"", "\"")
            );
        }
    }
}

/// Splits a command line at white space; words with spaces stand in single or double quotes.
fn split(line: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quote, mut open) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if matches!(c, '\'' | '"') => (quote, open) = (Some(c), true),
            None if c.is_whitespace() => {
                if open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            _ => word.push(c),
        }
    }
    if quote.is_some() {
        return Err(format!("a quotation mark is not closed in: {line}"));
    }
    if open || !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

/// All files under a folder by their path in it; none if there is no such folder.
fn files(root: &Path, folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in read_dir(folder) {
        if path.is_dir() && !path.is_symlink() {
            found.extend(files(root, &path));
        } else if let Ok(bytes) = fs::read(&path) {
            found.insert(path.strip_prefix(root).expect("it lies in the folder").to_owned(), bytes);
        }
    }
    found
}

fn read_dir(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.sort();
    paths
}

fn name(case: &Path) -> String {
    case.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
