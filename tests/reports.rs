//! Reports as programs and terminals get them: valid against their schemas, harmless whatever stands in the article,
//! short whatever the line, and in time that grows with the number of findings.

#![cfg(feature = "cli")]

mod invariants;

use std::convert::Infallible;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use copydesk::config::Setups;
use copydesk::files::Input;
use copydesk::report::{self, Finding};
use copydesk::run::{self, FileOutcome, Job};
use invariants::reports::{self, show};
use proptest::prelude::*;
use serde_json::Value;

fn check(path: &str, text: &str) -> FileOutcome {
    let job = Job { setups: Setups::default(), mending: None };
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
