//! What is measured: how `copydesk lints --measure` counts, and that nothing we show of it is old or made up.

use std::path::Path;
use std::process::{Command, Output};
use std::{fs, str};

use copydesk::lint::measured::{self, Counts, Measured, State, TextSet, measured, state};
use copydesk::lint::{HouseStyle, Linter, registry};
use copydesk::text::{Lang, Language};
use copydesk::{Options, check};
use serde_json::{Value, json};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_copydesk")).args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

/// Measures on sets of these names and lines.
fn measure(sets: &[(&str, &[Value])]) -> Output {
    let folder = tempfile::tempdir().expect("there is room");
    for (name, lines) in sets {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(folder.path().join(format!("{name}.jsonl")), text).expect("it can be written");
    }
    run(&["lints", "--measure", folder.path().to_str().expect("it is UTF-8")])
}

#[test]
fn defects_findings_and_alarms_are_counted() {
    let text = "The the bridge is shut. We went to to the pier, and the old ferry was late again.";
    let defects: &[Value] = &[
        // Found; the other finding of the lint is nobody's defect, so one of two is right.
        json!({"id": "a", "lang": "en", "text": text, "defects": [{"lints": ["repeated-word"], "start": 0, "end": 7}]}),
        // Not found where it is said to be, but at its other place, and by a lint that is right there too.
        json!({"id": "b", "lang": "en", "text": text, "defects": [
            {"lints": ["spliced-fragment", "repeated-word"], "start": 60, "end": 65, "also": [[32, 37]]},
        ]}),
        // Missed.
        json!({"id": "c", "lang": "de", "text": "Die Brücke ist zu.", "defects": [
            {"lints": ["repeated-word"], "start": 4, "end": 11},
        ]}),
        // No defect of it, but read for it.
        json!({"id": "d", "lang": "de", "text": "Wind und und Regen kamen.", "defects": [], "read_for": ["repeated-word"]}),
    ];
    let clean: &[Value] = &[
        json!({"id": "e", "lang": "en", "text": text}),
        json!({"id": "f", "lang": "en", "text": text, "slips": [[0, 7]]}),
    ];
    let output = measure(&[("made-up-defects", defects), ("made-up-prose", clean)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let out: Measured = serde_json::from_slice(&output.stdout).expect("it reads what it wrote");
    let date: Vec<&str> = out.date.split('-').collect();
    assert!(
        matches!(date[..], [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2)),
        "{}",
        out.date
    );
    let [labelled, prose] = &out.sets[..] else { panic!("two sets: {out:?}") };
    assert_eq!((labelled.name.as_str(), labelled.texts), ("made up defects", 4));
    assert_eq!(labelled.label(), "made up defects, 2 languages, 4 texts");
    let counts = |set: &TextSet, lint: &str, lang: &str| set.lints[lint][&Lang::parse(lang).unwrap()];
    let english = Counts { defects: 1, found: 1, findings: 2, right: 1, alarms: 0 };
    assert_eq!(counts(labelled, "repeated-word", "en"), english);
    assert_eq!(counts(labelled, "repeated-word", "de"), Counts { defects: 1, findings: 1, ..Counts::default() });
    assert_eq!(counts(labelled, "spliced-fragment", "en"), Counts { defects: 1, found: 1, ..Counts::default() });
    assert_eq!(counts(prose, "repeated-word", "en"), Counts { alarms: 3, ..Counts::default() });
    assert_eq!(prose.label(), "made up prose, English, 36 words");
    assert_eq!(out.of("repeated-word", None).words, 36);
    assert_eq!(out.of("mojibake", None), measured::Figures::default(), "it never spoke, and no defect is its own");
}

#[test]
fn mistakes_in_a_set_are_told_with_their_line() {
    let one =
        |defect: Value| measure(&[("s", &[json!({"id": "a", "lang": "de", "text": "Für", "defects": [defect]})])]);
    let told = |output: Output| {
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).expect("it is UTF-8")
    };
    let cut = told(one(json!({"lints": ["mojibake"], "start": 0, "end": 2})));
    assert!(cut.contains("s.jsonl:1: 0 to 2 is no place of the text “a”"), "{cut}");
    let unknown = told(one(json!({"lints": ["mojibak"], "start": 0, "end": 1})));
    assert!(unknown.contains("s.jsonl:1: there is no lint “mojibak”; did you mean “mojibake”?"), "{unknown}");
    let key = told(one(json!({"lint": "mojibake", "start": 0, "end": 1})));
    assert!(key.contains("s.jsonl:1: unknown field `lint`"), "{key}");
    let none = told(measure(&[]));
    assert!(none.contains("there is no set of texts (.jsonl) in "), "{none}");
}

#[test]
fn a_lint_is_on_by_the_rule() {
    let lint = registry::named("mojibake").unwrap();
    let state = |defects: u64, found: u64, alarms: u64, words: u64| {
        let counts = Counts { defects, found, alarms, ..Counts::default() };
        let by = [(Lang::ENGLISH, counts)].into();
        let clean = [(Lang::ENGLISH, words)].into();
        let set = TextSet { clean, lints: [(lint.id.clone(), by)].into(), ..TextSet::default() };
        state(lint, Lang::ENGLISH, &Measured { sets: vec![set], ..Measured::default() })
    };
    assert_eq!(state(20, 17, 0, 9_000), State::On);
    assert_eq!(state(20, 16, 0, 9_000), State::Weak, "too much is missed");
    assert_eq!(state(20, 20, 5, 9_000), State::On, "few alarms in all");
    assert_eq!(state(20, 20, 6, 9_000), State::Weak, "too many alarms");
    assert_eq!(state(20, 20, 8, 80_000), State::On, "one alarm in 10,000 words");
    assert_eq!(state(0, 0, 6, 9_000), State::Weak, "alarms tell enough");
    assert_eq!(state(9, 9, 0, 9_000), State::Unmeasured, "too few cases");
    assert_eq!(state(20, 20, 0, 4_000), State::Unmeasured, "too little clean text");
}

/// “Off” is said by the checks themselves: they must keep to it.
#[test]
fn a_lint_that_is_off_says_nothing() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for lint in registry::builtin() {
        let linter = Linter::new(vec![(lint.clone(), lint.severity)], HouseStyle::default());
        let mut options = Options { linter, ..Options::default() };
        for lang in Language::known().filter(|lang| lint.is_silent_in(*lang)) {
            options.lang = Some(lang);
            for bad in registry::examples(&lint.id).unwrap_or_default().bad {
                options.format.clone_from(&bad.format);
                tried += 1;
                if bad.articles().iter().any(|text| !check(text, &options).diagnostics.is_empty()) {
                    wrong.push(format!("{} speaks in {lang}: {}", lint.id, bad.articles().join(" ")));
                }
            }
            for set in
                measured().sets.iter().filter(|set| set.lints.get(&lint.id).is_some_and(|by| by.contains_key(&lang)))
            {
                let counts = set.lints[&lint.id][&lang];
                if counts.findings + counts.alarms > 0 {
                    wrong.push(format!("{} spoke in {lang}, in {}", lint.id, set.label()));
                }
            }
        }
    }
    assert!(tried > 100 && wrong.is_empty(), "{tried} tried\n{}", wrong.join("\n"));
}

#[test]
fn the_figures_are_of_lints_and_languages_that_there_are() {
    assert!(!measured().sets.is_empty());
    let languages: Vec<Lang> = Language::known().collect();
    for set in &measured().sets {
        let unknown: Vec<_> = set.lints.keys().filter(|id| registry::builtin().iter().all(|l| l.id != **id)).collect();
        assert!(unknown.is_empty(), "lints/measured.json tells of {unknown:?}: measure again");
        assert!(set.languages.iter().all(|lang| languages.contains(lang)), "{}: {:?}", set.name, set.languages);
    }
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("lints/measured.json")).unwrap();
    let compiled = serde_json::to_value(measured()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), compiled, "what is compiled in is the file");
}

#[test]
fn figures_are_shown_with_their_date_and_set() {
    let id = "cut-off-sentence";
    let figures = measured().of(id, None);
    let explained = printed(&["explain", id, "--isolated"]);
    assert!(explained.contains(&format!("Measured  on {}, by version ", measured().date)), "{explained}");
    for set in measured().sets.iter().filter(|set| set.lints.contains_key(id)) {
        assert!(explained.contains(&set.label()), "{explained}");
    }
    let lints: Value = serde_json::from_str(&printed(&["lints", "--isolated", "--output-format", "json"])).unwrap();
    let row = lints.as_array().unwrap().iter().find(|row| row["id"] == id).expect("it is a lint");
    assert_eq!(row["measured"]["date"], measured().date.as_str());
    assert_eq!(row["measured"]["defects"], figures.counts.defects);
    let recall = format!("{:.1} %", 100.0 * figures.recall().unwrap());
    let table = printed(&["lints", "--isolated"]);
    let line = table.lines().find(|line| line.starts_with(id)).expect("it has a line");
    assert!(line.contains(&recall), "{line}");
    assert!(table.contains(&measured().sets[0].label()), "{table}");
    assert!(printed(&["explain", "recurring-block", "--isolated"]).contains("Measured  not yet"));
}

#[test]
fn the_table_of_languages_tells_states_and_figures() {
    let table: Value = serde_json::from_str(&printed(&["languages", "--output-format", "json"])).unwrap();
    let cells = table["cells"].as_array().unwrap();
    assert_eq!(cells.len(), registry::builtin().len() * Language::known().count());
    for cell in cells {
        let lint = registry::named(cell["lint"].as_str().unwrap()).unwrap();
        let lang = Lang::parse(cell["lang"].as_str().unwrap()).unwrap();
        assert_eq!(cell["state"], state(lint, lang, measured()).name());
    }
    let one = printed(&["languages", "ja"]);
    assert!(one.starts_with("ja: Japanese\n") && one.contains("  repeated-word             off\n"), "{one}");
    let all = printed(&["languages"]);
    assert!(all.contains("mixed-spelling\n") && all.contains("  off "), "{all}");
    let wrong = run(&["languages", "xx"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(str::from_utf8(&wrong.stderr).unwrap().contains("there is no language “xx”"));
}
