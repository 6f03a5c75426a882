//! What holds of every report: nothing in it steers a terminal or a build, and programs can read what is meant for
//! them.

use std::path::Path;

use copydesk::report::{self, Checked, Style, Summary};
use copydesk::run::FileOutcome;

/// A report over one file.
pub fn show(name: &str, outcome: &FileOutcome, color: bool) -> String {
    let row = report::named(name).unwrap_or_else(|| panic!("no report is called {name}"));
    let mut report = (row.new)(&Style { color });
    let mut summary = Summary { files: 1, problems: outcome.problems.clone(), ..Summary::default() };
    summary.count(&outcome.diagnostics);
    let mut out = Vec::new();
    report.file(&Checked { diagnostics: &outcome.diagnostics }, &mut out).expect("memory can be written");
    report.finish(&summary, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// What must not reach a terminal or a build log. `ours` are lines that we mean as commands.
pub fn harmful(shown: &str, ours: fn(&str) -> bool) -> Option<String> {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let commands = |line: &&str| {
        (line.trim_start().starts_with("::") && !ours(line)) || line.contains("##[") || line.contains("##vso[")
    };
    shown
        .lines()
        .find(commands)
        .map(str::to_owned)
        .or_else(|| shown.chars().find(|c| steers(*c)).map(|c| format!("{c:?}")))
}

/// A report with its own colours taken out again.
pub fn without_colors(shown: &str) -> String {
    let mut out = String::new();
    let mut rest = shown;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        let code = after.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(after.len());
        assert!(after[code..].starts_with('m'), "not a colour: {after:?}");
        rest = &after[code + 1..];
    }
    out.push_str(rest);
    out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn annotation(line: &str) -> bool {
    ["::error file=", "::warning file=", "::notice file=", "::notice title=copydesk::"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Whether all reports over an outcome, for a text and with a change to it, are harmless.
pub fn check(outcome: &FileOutcome, path: &Path, text: &str) -> Result<(), String> {
    let harmless = |what: &str, shown: &str, ours: fn(&str) -> bool| match harmful(shown, ours) {
        Some(harm) => Err(format!("{what} lets {harm:?} through:\n{shown}")),
        None => Ok(()),
    };
    for name in ["full", "concise", "github"] {
        let shown = show(name, outcome, false);
        harmless(name, &shown, if name == "github" { annotation } else { |_| false })?;
        let colored = without_colors(&show(name, outcome, true));
        if colored != shown {
            return Err(format!("{name} says other things in colour:\n{shown}\n{colored}"));
        }
    }
    for name in ["json", "sarif"] {
        serde_json::from_str::<serde_json::Value>(&show(name, outcome, false)).map_err(|e| format!("{name}: {e}"))?;
    }
    for line in show("json-lines", outcome, false).lines() {
        serde_json::from_str::<serde_json::Value>(line).map_err(|e| format!("json-lines: {e}"))?;
    }
    let mut diff = Vec::new();
    report::diff(path, text, &text.replace("the", "a"), &mut diff).expect("memory can be written");
    harmless("diff", &String::from_utf8_lossy(&diff), |_| false)?;
    outcome.problems.iter().try_for_each(|problem| harmless("a problem", &problem.to_string(), |_| false))
}
