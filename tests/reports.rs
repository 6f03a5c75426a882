//! Reports as programs and terminals get them: valid against their schemas, harmless whatever stands in the article,
//! short whatever the line, and in time that grows with the number of findings.

#![cfg(feature = "cli")]

mod invariants;

use std::collections::HashSet;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use copydesk::config::{Setup, Setups};
use copydesk::diagnostic::Safety;
use copydesk::files::Input;
use copydesk::fix;
use copydesk::report::{self, Finding, JsonDocument};
use copydesk::run::{self, FileOutcome, Job};
use copydesk::text::Lang;
use invariants::reports::{self, show};
use invariants::xml;
use proptest::prelude::*;
use serde_json::Value;

fn check(path: &str, text: &str) -> FileOutcome {
    let job = Job { setups: Setups::default(), mending: None, cache: None };
    let mut found = None;
    let inputs = vec![Input::Bytes(PathBuf::from(path), text.as_bytes().to_vec())];
    let Ok(()) = run::each_file(&job, inputs, |_, outcome| {
        found = Some(outcome);
        Ok::<(), Infallible>(())
    });
    found.expect("one file, one outcome")
}

fn valid(schema: &Value, instance: &Value) {
    let validator = jsonschema::validator_for(schema).expect("the schema is one");
    let wrong: Vec<String> =
        validator.iter_errors(instance).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
    assert!(wrong.is_empty(), "{}\n{instance:#}", wrong.join("\n"));
}

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

const RECORDS: &str = "{\"id\": \"a\", \"text\": \"The the caf\\u00e9 closed.\\nIt was was late. A boat left the harbour. the harbour.\"}\n{\"id\": 2, \"bad\n{\"id\": 3, \"text\": \"\u{1f600} No no one came to to the pier.\"}\n";
const ARTICLE: &str = "\u{feff}Harbour reopens\r\n\r\nThe the bridge – “closed” – was was shut.\rA boat left the harbour. the harbour.\r\n\r\nRelated posts\r\n";

#[test]
fn findings_follow_their_schema() {
    let published = schema("findings.json");
    let made = schemars::schema_for!(Finding<'static>);
    assert_eq!(
        made.as_value(),
        &published,
        "`copydesk schema findings > tests/schemas/findings.json` brings it up to date"
    );
    let report = schema("report.json");
    assert_eq!(
        schemars::schema_for!(JsonDocument<'static>).as_value(),
        &report,
        "`copydesk schema report > tests/schemas/report.json` brings it up to date"
    );
    for (path, text) in [("a.txt", ARTICLE), ("a.jsonl", RECORDS)] {
        let outcome = check(path, text);
        assert!(outcome.diagnostics.len() > 1);
        let lines: Vec<Value> = show("json-lines", &outcome, false)
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect();
        for line in &lines {
            valid(&published, line);
        }
        let whole: Value = serde_json::from_str(&show("json", &outcome, false)).expect("it is JSON");
        valid(&report, &whole);
        assert_eq!(whole["findings"].as_array(), Some(&lines));
        assert_eq!(whole["errors"].as_array().map(Vec::len), Some(outcome.problems.len()));
        assert_eq!(whole["summary"]["files_with_findings"], 1);
    }
    let none: Value = serde_json::from_str(&show("json", &check("a.txt", ""), false)).expect("it is JSON");
    assert_eq!(none["findings"], serde_json::json!([]));
}

#[test]
fn sarif_follows_its_schema() {
    let subset = schema("sarif-subset.json");
    for (path, text) in [("a.txt", ARTICLE), ("a b/ü%:.jsonl", RECORDS), ("a.txt", ""), ("/a.txt", "The the end.\n")] {
        let log: Value = serde_json::from_str(&show("sarif", &check(path, text), false)).expect("it is JSON");
        valid(&subset, &log);
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        for result in log["runs"][0]["results"].as_array().expect("a list") {
            let index = result["ruleIndex"].as_u64().expect("a number") as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
    }
}

#[test]
fn sarif_shows_the_original_of_a_translation_in_its_file() {
    let units = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"\"\n\"The \\\"ferry\\\" \"\n\"sails at 9 today.\"\nmsgstr \"Die Fähre fährt heute um 8.\"\n";
    let mut setup = Setup::default();
    setup.reading.source_lang = Lang::parse("en");
    let job = Job { setups: Setups::one(setup), mending: None, cache: None };
    let mut log = String::new();
    let inputs = vec![Input::Bytes(PathBuf::from("a.po"), units.as_bytes().to_vec())];
    let Ok(()) = run::each_file(&job, inputs, |_, outcome| {
        log = show("sarif", &outcome, false);
        Ok::<(), Infallible>(())
    });
    let log: Value = serde_json::from_str(&log).expect("it is JSON");
    valid(&schema("sarif-subset.json"), &log);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let wrong = results.iter().find(|result| result["ruleId"] == "number-mismatch").expect("a wrong number");
    let words = |location: &Value| {
        let region = &location["physicalLocation"]["region"];
        let number = |name: &str| region[name].as_u64().expect("a number") as usize;
        assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "a.po");
        units[number("byteOffset")..][..number("byteLength")].to_owned()
    };
    assert_eq!(words(&wrong["locations"][0]), "8");
    let related = wrong["relatedLocations"].as_array().expect("a list");
    assert_eq!(related.iter().map(words).collect::<Vec<_>>(), ["9"]);
    assert_eq!(related[0]["logicalLocations"][0]["kind"], "record");
}

#[test]
fn sarif_regions_are_those_of_the_file() {
    let log: Value = serde_json::from_str(&show("sarif", &check("a.jsonl", RECORDS), false)).expect("it is JSON");
    for result in log["runs"][0]["results"].as_array().expect("a list") {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |name: &str| region[name].as_u64().unwrap_or_default() as usize;
        let bytes = &RECORDS[number("byteOffset")..][..number("byteLength")];
        let line = RECORDS.lines().nth(number("startLine") - 1).expect("the line is there");
        let columns: String =
            line.chars().skip(number("startColumn") - 1).take(number("endColumn") - number("startColumn")).collect();
        assert_eq!(bytes, columns);
    }
}

#[test]
fn gitlab_follows_its_schema_and_tells_all_issues_apart() {
    let published = schema("gitlab.json");
    let twice = &"It was was late. ".repeat(8);
    for (path, text) in [("a.txt", ARTICLE), ("a.jsonl", RECORDS), ("b.txt", twice), ("c.txt", "")] {
        let outcome = check(path, text);
        let issues: Value = serde_json::from_str(&show("gitlab", &outcome, false)).expect("it is JSON");
        valid(&published, &issues);
        let issues = issues.as_array().expect("a list");
        assert_eq!(issues.len(), outcome.diagnostics.len());
        let prints: HashSet<&str> = issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
        assert_eq!(prints.len(), issues.len(), "{issues:?}");
    }
}

#[test]
fn a_suggestion_of_rdjson_replaces_bytes_of_the_file_as_the_fix_does() {
    let published = schema("rdjson.json");
    let decomposed =
        "\u{feff}Émile’s “café” – was late.The pier is shut.\r\nÉmile\u{301} was was late, and and the café shut.\n";
    for (path, text) in [("a.txt", ARTICLE), ("a.jsonl", RECORDS), ("b.txt", decomposed)] {
        let outcome = check(path, text);
        let whole: Value = serde_json::from_str(&show("rdjson", &outcome, false)).expect("it is JSON");
        valid(&published, &whole);
        let diagnostics = whole["diagnostics"].as_array().expect("a list");
        let lines: Vec<Value> = show("rdjsonl", &outcome, false)
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect();
        assert_eq!(lines.len(), diagnostics.len());
        let mut suggested = 0;
        for ((d, told), line) in outcome.diagnostics.iter().zip(diagnostics).zip(lines) {
            let mut whole = told.clone();
            whole["source"] = serde_json::json!({ "name": "copydesk" });
            assert_eq!(line, whole);
            let Some(suggestion) = told["suggestions"].get(0) else { continue };
            let byte = |end: &str| {
                let number = |name: &str| suggestion["range"][end][name].as_u64().unwrap_or_default() as usize;
                let lines = line_starts(text);
                lines[number("line") - 1] + number("column") - 1
            };
            let mended = [&text[..byte("start")], suggestion["text"].as_str().unwrap_or("?"), &text[byte("end")..]];
            let one = std::slice::from_ref(d);
            let (expected, count) = fix::apply_to_file(d.at.source.file(), one, Safety::Unsafe);
            assert_eq!((mended.concat().trim_start_matches('\u{feff}'), count), (&*expected, 1));
            suggested += 1;
        }
        assert!(suggested > 1, "{path}");
    }
}

/// The first byte of each line; a byte order mark belongs to the first.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || (bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
}

#[test]
fn junit_and_checkstyle_have_an_element_a_finding() {
    for (path, text) in [("a.txt", ARTICLE), ("a.jsonl", RECORDS), ("c.txt", "")] {
        let outcome = check(path, text);
        let (found, problems) = (outcome.diagnostics.len(), outcome.problems.len());
        let suites = xml::read(&show("junit", &outcome, false), xml::JUNIT).expect("it is XML").children;
        assert_eq!(suites[0].attributes["failures"], found.to_string());
        assert_eq!(suites[0].attributes["tests"], suites[0].children.len().to_string());
        assert_eq!(suites[0].children.iter().filter(|case| !case.children.is_empty()).count(), found);
        assert_eq!(suites.len(), 1 + problems.min(1));
        let files = xml::read(&show("checkstyle", &outcome, false), xml::CHECKSTYLE).expect("it is XML").children;
        let errors: Vec<_> = files.iter().flat_map(|file| &file.children).collect();
        assert_eq!(errors.len(), found + problems);
        for (d, error) in outcome.diagnostics.iter().zip(errors) {
            let said = error.attributes["message"].as_str();
            assert_eq!(said, format!("{} ({})", report::visible(&d.message), report::visible(&d.help)));
        }
    }
}

#[test]
fn sarif_holds_the_worst_five_thousand_results() {
    let text = format!("{}The pier isnâ€™t open.\n", "It was was late, said one. ".repeat(5_200));
    let outcome = check("a.txt", &text);
    assert!(outcome.diagnostics.len() > 5_001);
    let log: Value = serde_json::from_str(&show("sarif", &outcome, false)).expect("it is JSON");
    valid(&schema("sarif-subset.json"), &log);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), 5_000);
    assert_eq!(results[0]["level"], "error");
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    let left = outcome.diagnostics.len() - 5_000;
    assert_eq!(told.as_str(), Some(&*format!("{left} results left out: a log holds the worst 5000")));
}

#[test]
fn markdown_fits_in_a_comment() {
    let outcome = check("a.txt", &"It was was late, said one. ".repeat(3_000));
    let shown = show("markdown", &outcome, false);
    assert!(shown.chars().count() < 65_536, "{}", shown.len());
    let rows = shown.lines().filter(|line| line.starts_with("| warning |")).count();
    assert!(rows > 100 && shown.ends_with(&format!("\nand {} more findings\n", outcome.diagnostics.len() - rows)));
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("The the "),
        Just("boat left the harbour. the harbour."),
        Just("was was "),
        Just("\u{1b}[31m"),
        Just("\u{1b}]0;x\u{7}"),
        Just("::set-output name=x::y "),
        Just("\n::error::x\n"),
        Just("\r"),
        Just("\r\n"),
        Just("\n\n"),
        Just("##[add-mask]x "),
        Just("##vso[task.setvariable]x "),
        Just("\u{202e}"),
        Just("\u{2066}"),
        Just("\u{2028}"),
        Just("\u{9b}31m"),
        Just("\u{85}"),
        Just("\u{7f}"),
        Just("\t"),
        Just("\u{301}"),
        Just("漢字漢字 "),
        Just("👩\u{200d}🚀 "),
        Just("é. "),
        Just(" "),
        Just("%0A::error::"),
        Just("Related posts"),
        Just("=HYPERLINK(\"x\") "),
        Just("@team ![x](https://example.org/x.png) "),
        Just("| `x` </details> <img src=x> "),
        Just("]]>&amp;\"/><x a='"),
        Just("; ]%3B "),
        Just("\u{0}\u{fffe}\u{ffff}"),
    ];
    proptest::collection::vec(piece, 1..40).prop_map(|pieces| pieces.concat())
}

fn path() -> impl Strategy<Value = String> {
    prop_oneof![Just("a.txt".to_owned()), hostile().prop_map(|text| format!("{}.txt", text.replace('/', "")))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_report_steers_a_terminal_or_a_build_and_programs_can_read_theirs(text in hostile(), path in path()) {
        let outcome = check(&path, &text);
        prop_assert_eq!(reports::check(&outcome, Path::new(&path), &text), Ok(()));
    }
}

#[test]
fn snippets_are_short_whatever_the_line() {
    let filler = "The ship came in. ".repeat(20_000);
    let many = "Dr Olga Petrenko spoke. Later Dr Olga Petrenka left. ".repeat(2_000);
    let texts = [
        format!("{filler}It was was late. {filler}"),
        format!("{}was was {}", "x".repeat(300_000), "y".repeat(300_000)),
        format!("{}was was {}", "漢".repeat(100_000), "字".repeat(100_000)),
        format!("was{} was{} gone", "\u{301}".repeat(50_000), "\u{301}".repeat(50_000)),
        format!("was{}was gone.", " ".repeat(100_000)),
        format!("Related posts\n{}", "Share this\n".repeat(3_000)),
        many,
    ];
    for text in texts {
        let outcome = check("a.txt", &text);
        for d in outcome.diagnostics {
            let one = FileOutcome { diagnostics: vec![d], ..FileOutcome::default() };
            let shown = show("full", &one, false);
            assert!(shown.len() <= 4096, "{} bytes:\n{shown}", shown.len());
        }
    }
}

#[test]
fn time_grows_with_the_number_of_findings() {
    let text = |findings: usize| {
        let mut text = String::new();
        for n in 0..findings {
            let _ = write!(text, "{}It was was late, said number {n} – again. ", "The ship came in. ".repeat(10));
        }
        text
    };
    let outcomes = [check("a.txt", &text(2_000)), check("a.txt", &text(8_000))];
    assert!(outcomes[1].diagnostics.len() >= 4_000);
    for row in report::REPORTS {
        let time = |outcome: &FileOutcome| {
            let once = || {
                let start = Instant::now();
                show(row.name, outcome, false);
                start.elapsed()
            };
            (0..3).map(|_| once()).min().unwrap_or_default().max(Duration::from_millis(1))
        };
        let (short, long) = (time(&outcomes[0]), time(&outcomes[1]));
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        assert!(ratio < 9.0, "{}: {short:?}, then {long:?} for four times as much", row.name);
    }
}

#[test]
fn a_file_of_two_languages_is_as_harmless() {
    let text = "{\"text\": \"The the pier is shut.\", \"lang\": \"en\"}\n{\"text\": \"Der Steg ist ist zu.\", \"lang\": \"de\"}\n";
    let outcome = check("a.jsonl", text);
    assert_eq!(outcome.languages.len(), 2);
    assert_eq!(reports::check(&outcome, Path::new("a.jsonl"), text), Ok(()));
}
