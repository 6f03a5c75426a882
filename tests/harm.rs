//! The program among hostile files: what is said, where, and with which exit code.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("it can be written");
    }
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.arg("check").args(["--isolated"]).args(args).current_dir(folder).env("NO_COLOR", "1");
    command
}

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command(folder, args).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("all output is UTF-8");
    (status.code().expect("it was not killed"), text(stdout), text(stderr))
}

const SLIP: &[u8] = b"The the bridge was closed.\n";

#[test]
fn bytes_that_are_no_text_are_refused_and_the_rest_is_checked() {
    let utf8 = "größer und schöner, süß ".repeat(4);
    let damaged = [utf8.as_bytes(), b"\xc3 und weiter"].concat();
    let files: [(&str, &[u8]); 3] = [("a.txt", &damaged), ("b.txt", b"fine\0fine"), ("c.txt", SLIP)];
    let folder = folder(&files);
    for args in [&[][..], &["--fix"], &["--diff"]] {
        let (code, _, stderr) = run(folder.path(), args);
        assert_eq!(code, 2);
        assert!(stderr.contains("a.txt: not UTF-8 at byte"), "{stderr}");
        assert!(stderr.contains("b.txt: not a text: a NUL byte at byte 4"), "{stderr}");
        assert_eq!(fs::read(folder.path().join("a.txt")).expect("it is there"), damaged);
    }
    let (_, stdout, _) = run(folder.path(), &["--fix", "--output-format", "concise"]);
    assert_eq!(stdout, "", "c.txt was fixed");
    assert_eq!(fs::read(folder.path().join("c.txt")).expect("it is there"), b"The bridge was closed.\n");
}

#[test]
fn bad_records_are_told_by_line_and_the_rest_is_checked() {
    let records = b"{\"id\": \"x\", \"text\": \"The the end.\"}\n{\"id\": 2\n[]\n\n{\"id\": 5}\n{\"text\": \"It was was late.\"}\n";
    let folder = folder(&[("a.jsonl", records)]);
    let (code, stdout, stderr) = run(folder.path(), &["--output-format", "concise"]);
    assert_eq!(code, 2);
    assert_eq!(stdout.lines().count(), 2, "{stdout}");
    assert!(stdout.starts_with("a.jsonl:1:"), "{stdout}");
    for line in ["a.jsonl:2: not a JSON object", "a.jsonl:3: not a JSON object", "a.jsonl:5: there is no field “text”"]
    {
        assert!(stderr.contains(line), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_tree_is_read_but_not_written() {
    let outside = folder(&[("secret.txt", SLIP)]);
    let inside = folder(&[]);
    let link = inside.path().join("link.txt");
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), &link).expect("links can be made");
    let (code, stdout, stderr) = run(inside.path(), &["--fix", "link.txt", "--output-format", "concise"]);
    assert_eq!(code, 2);
    assert!(stdout.starts_with("link.txt:1:1: warning repeated-word"), "{stdout}");
    assert!(stderr.contains("link.txt: it is a link that leads out of the checked folder; not fixed"), "{stderr}");
    let kept = || fs::read(outside.path().join("secret.txt")).expect("it is there");
    assert_eq!(kept(), SLIP);
    // A walk does not even look at it, and says so.
    let (code, _, stderr) = run(inside.path(), &["--fix"]);
    assert_eq!(code, 0);
    assert!(stderr.contains("no file was checked (1 file passed over: 1 reached by links)"), "{stderr}");
    assert_eq!(kept(), SLIP);
    let (code, ..) = run(inside.path(), &["--fix", "--follow-symlinks", "link.txt"]);
    assert_eq!(code, 0);
    assert_eq!(kept(), b"The bridge was closed.\n");
    assert!(link.is_symlink());
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", SLIP)]);
    let path = folder.path().join("a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it is ours");
    let (code, stdout, stderr) = run(folder.path(), &["--fix"]);
    assert_eq!(code, 2);
    assert!(stdout.contains("repeated-word"), "{stdout}");
    assert_eq!(stderr, "copydesk: a.txt: it is read-only; not fixed\n");
    assert_eq!(fs::read(&path).expect("it is there"), SLIP);
}

#[cfg(unix)]
#[test]
fn hostile_names_are_shown_harmlessly() {
    let names =
        ["::set-output name=x::y.txt", "\u{1b}[31mred.txt", "##vso[task.x]y.txt", "a\nb.txt", "\u{202e}txt.txt"];
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, SLIP)).collect();
    let folder = folder(&files);
    fs::write(folder.path().join("\u{1b}]0;x\u{7}.jsonl"), "{").expect("it can be written");
    for format in ["full", "concise", "github"] {
        let (code, stdout, stderr) = run(folder.path(), &["--output-format", format]);
        assert_eq!(code, 2);
        for line in stdout.lines().chain(stderr.lines()) {
            assert!(!line.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r']), "{line:?}");
            assert!(!line.contains("##vso["), "{line}");
            assert!(!line.starts_with("::") || line.starts_with("::warning file=") || line.starts_with("::notice "));
        }
        assert_eq!(stdout.matches("is written twice").count(), names.len(), "{stdout}");
    }
}

#[test]
fn the_reader_of_our_output_may_go_away() {
    let folder = folder(&[("a.txt", "It was was late. ".repeat(5_000).as_bytes())]);
    for format in ["full", "concise", "json", "json-lines", "sarif", "github"] {
        let mut child = command(folder.path(), &["--output-format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut first = [0; 16];
        child.stdout.take().expect("it is piped").read_exact(&mut first).expect("there is output");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        assert!(output.status.code().is_some_and(|code| code < 2), "{format}: {:?}", output.status);
    }
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let folder = folder(&[]);
    let pass = |args: &[&str], input: &[u8]| {
        let mut child = command(folder.path(), args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        child.stdin.take().expect("it is piped").write_all(input).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        (output.status.code(), output.stdout, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let bytes = b"\xef\xbb\xbfThe the end.\r\nThe boat left the harbour. the harbour.\r\n";
    let (code, text, stderr) = pass(&["--fix", "-", "--output-format", "concise"], bytes);
    assert_eq!(code, Some(1), "the splice is left");
    assert_eq!(text, b"\xef\xbb\xbfThe end.\r\nThe boat left the harbour. the harbour.\r\n");
    assert!(stderr.contains("stdin:2:28: warning spliced-fragment"), "{stderr}");
    // What cannot be read comes out as it went in.
    let (code, text, _) = pass(&["--fix", "-"], b"fine\0fine");
    assert_eq!((code, &text[..]), (Some(2), &b"fine\0fine"[..]));
}

#[test]
fn missing_paths_and_odd_arguments_are_errors() {
    let folder = folder(&[("a.txt", SLIP)]);
    let (code, stdout, stderr) = run(folder.path(), &["a.txt", "gone.txt", "--output-format", "concise"]);
    assert_eq!(code, 2, "2 wins over 1");
    assert!(stdout.starts_with("a.txt:1:1:"));
    assert!(stderr.starts_with("copydesk: gone.txt: "), "{stderr}");
    assert_eq!(run(folder.path(), &["-", "a.txt"]).0, 2);
    assert_eq!(run(folder.path(), &["--report", "sarif"]).0, 2);
    assert_eq!(run(folder.path(), &["--exit-zero", "a.txt"]).0, 0);
}

#[cfg(unix)]
#[test]
fn devices_are_not_read() {
    let folder = folder(&[]);
    let (code, _, stderr) = run(folder.path(), &["/dev/zero"]);
    assert_eq!((code, stderr.as_str()), (2, "copydesk: /dev/zero: a device, not a file\n"));
}

#[test]
fn several_reports_at_once() {
    let folder = folder(&[("a.txt", SLIP)]);
    let args = ["--output-file", "out.txt", "--report", "sarif=a.sarif", "--report", "json-lines=a.out"];
    let (code, stdout, _) = run(folder.path(), &args);
    assert_eq!((code, stdout.as_str()), (1, ""));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it was written");
    assert!(read("out.txt").starts_with("warning[repeated-word]"));
    assert!(read("a.sarif").contains("\"ruleId\""));
    assert_eq!(read("a.out").lines().count(), 1);
}

#[test]
fn nesting_without_end_neither_breaks_down_nor_takes_long() {
    let deep = |open: &str, close: &str| format!("{}a{}", open.repeat(100_000), close.repeat(100_000));
    let texts = [
        deep("(", ")"),
        deep("[", "]"),
        deep("“", "”"),
        deep("{", "}"),
        deep("<div>", "</div>"),
        deep("<b>", ""),
        deep("> ", ""),
        deep("*", "*"),
        deep("{{", "}}"),
        deep("[{\"a\":", "}]"),
        format!("---\na: {}\n---\n", deep("[", "]")),
        format!("---\na: {}\n---\n", deep("{a: ", "}")),
        format!("+++\na = {}\n+++\n", deep("[", "]")),
        format!("{{\"a\": {}}}\n", deep("[", "]")),
    ];
    for name in ["a.txt", "a.md", "a.mdx", "a.html", "a.jsonl"] {
        for (n, text) in texts.iter().enumerate() {
            let folder = folder(&[(name, text.as_bytes())]);
            let start = Instant::now();
            let (code, _, stderr) = run(folder.path(), &["--output-format", "concise"]);
            assert!(!stderr.contains("broke down"), "{name}, {n}: {stderr}");
            // Front matter and records this deep are refused, with the place.
            assert!(code < 2 || stderr.contains(&format!("{name}:")), "{name}, {n}: {code} {stderr}");
            assert!(start.elapsed() < Duration::from_secs(20), "{name}, {n}: {:?}", start.elapsed());
        }
    }
}

#[test]
fn entities_and_aliases_that_multiply_stay_small() {
    let mut entities = String::from("<!DOCTYPE html [<!ENTITY l0 \"the the \">");
    let mut aliases = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..10 {
        let several = |mark: &str, end: &str, by: &str| vec![format!("{mark}{}{end}", n - 1); 10].join(by);
        entities += &format!("<!ENTITY l{n} \"{}\">", several("&l", ";", ""));
        aliases += &format!("a{n}: &a{n} [{}]\n", several("*a", "", ", "));
    }
    let page = format!("{entities}]><html><body><p>It grows: &l9; and ends.</p></body></html>");
    let aliases = format!("{aliases}title: *a9\n---\n\nThe the end.\n");
    let folder = folder(&[("a.xhtml", page.as_bytes()), ("b.html", page.as_bytes()), ("c.md", aliases.as_bytes())]);
    let start = Instant::now();
    let (_, stdout, stderr) = run(folder.path(), &["--output-format", "concise"]);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert!(stdout.len() + stderr.len() < 10_000, "{stdout}{stderr}");
    // The article below such front matter is checked as ever.
    assert!(stdout.contains("c.md:15:1: warning repeated-word"), "{stdout}{stderr}");
    // No entity that a page declares for itself is read: this one would hold “the the” ten thousand million times.
    assert_eq!(stdout.matches("repeated-word").count(), 1, "{stdout}");
}

#[test]
fn bad_configurations_and_definitions_are_told_with_file_line_and_reason() {
    let definition = "message = \"\u{1b}[31m{nosuch}\"\n";
    let cases: [(&str, &str, &[&str]); 4] = [
        ("\n[lints]\nselect = [\"nosuch\"]\n", "", &["copydesk.toml:3:", "nosuch"]),
        ("\n\nnosuch\u{202e} = 1\n", "", &["copydesk.toml:3:"]),
        ("a = [\n::error::x\u{9b}31m\n", "", &["copydesk.toml:2:"]),
        ("lint-folders = [\"own\"]\n", definition, &["own/mine.toml:"]),
    ];
    for (config, definition, told) in cases {
        let folder = folder(&[("a.txt", SLIP), ("copydesk.toml", config.as_bytes())]);
        fs::create_dir(folder.path().join("own")).expect("it can be made");
        fs::write(folder.path().join("own/mine.toml"), definition).expect("it can be written");
        let output = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(["check", "a.txt"])
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("it runs");
        let stderr = String::from_utf8(output.stderr).expect("it is UTF-8");
        assert_eq!(output.status.code(), Some(2), "{config}: {stderr}");
        assert_eq!(output.stdout, b"", "{config}");
        for part in told {
            assert!(stderr.contains(part), "{config}: {stderr}");
        }
        let harm =
            stderr.lines().find(|l| l.trim_start().starts_with("::") || l.contains(['\u{1b}', '\u{9b}', '\u{202e}']));
        assert_eq!(harm, None, "{config}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = folder(&[("a.txt", SLIP)]);
    for args in [&["--output-format", "full"][..], &["--output-format", "json"], &["--fix", "--output-format", "json"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").expect("there is one");
        let output = command(folder.path(), args).stdout(full).output().expect("it runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains("No space left"), "{args:?}: {stderr}");
    }
}

#[test]
#[ignore = "needs a gigabyte of disk and some more of memory: tests/run --long"]
fn a_gigabyte_on_one_line_is_checked() {
    let folder = folder(&[]);
    for name in ["a.txt", "a.md", "a.html"] {
        let path = folder.path().join(name);
        let mut file = std::io::BufWriter::new(fs::File::create(&path).expect("it can be made"));
        file.write_all(b"The the bridge was closed. ").expect("there is room");
        for _ in 0..1 << 20 {
            file.write_all(&[b'x'; 1 << 10]).expect("there is room");
        }
        file.into_inner().expect("there is room");
        let (code, stdout, stderr) = run(folder.path(), &[name, "--output-format", "full"]);
        assert_eq!(code, 1, "{name}: {stderr}");
        assert!(stdout.contains("repeated-word"), "{name}");
        assert!(stdout.len() < 10_000, "{name}: {} bytes", stdout.len());
        fs::remove_file(path).expect("it is ours");
    }
}
