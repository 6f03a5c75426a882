//! What holds of every report: nothing in it steers a terminal or a build, and programs can read what is meant for
//! them.

use std::path::{Path, PathBuf};

use copydesk::report::{self, Checked, Style, Summary};
use copydesk::run::FileOutcome;

use super::xml;

/// A report over one file.
pub fn show(name: &str, outcome: &FileOutcome, color: bool) -> String {
    let row = report::named(name).unwrap_or_else(|| panic!("no report is called {name}"));
    let mut report = (row.new)(&Style { color, ..Style::default() });
    let mut summary = Summary { files: 1, problems: outcome.problems.clone(), ..Summary::default() };
    summary.count(&outcome.diagnostics);
    let mut out = Vec::new();
    let (path, diagnostics) = (path_of(outcome), &outcome.diagnostics[..]);
    report
        .file(
            &Checked { path: &path, words: outcome.words, languages: &outcome.languages, diagnostics, accepted: None },
            &mut out,
        )
        .expect("memory can be written");
    report.finish(&summary, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// The file that was checked, or where nothing came out of it, some file.
fn path_of(outcome: &FileOutcome) -> PathBuf {
    let found = outcome.diagnostics.first().map(|d| d.at.source.path());
    let path = found.or(outcome.problems.first().map(|problem| problem.path.as_path()));
    path.unwrap_or(Path::new("a.txt")).to_owned()
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
    for name in ["markdown", "csv", "junit", "checkstyle"] {
        harmless(name, &show(name, outcome, false).replace("\r\n", "\n"), |_| false)?;
    }
    for (name, grammar) in [("junit", xml::JUNIT), ("checkstyle", xml::CHECKSTYLE)] {
        xml::read(&show(name, outcome, false), grammar).map_err(|e| format!("{name}: {e}"))?;
    }
    azure(&show("azure", outcome, false))?;
    csv(&show("csv", outcome, false), outcome.diagnostics.len())?;
    markdown(&show("markdown", outcome, false))?;
    for name in ["json", "sarif", "gitlab", "rdjson"] {
        serde_json::from_str::<serde_json::Value>(&show(name, outcome, false)).map_err(|e| format!("{name}: {e}"))?;
    }
    for name in ["json-lines", "rdjsonl"] {
        for line in show(name, outcome, false).lines() {
            serde_json::from_str::<serde_json::Value>(line).map_err(|e| format!("{name}: {e}"))?;
        }
    }
    let mut diff = Vec::new();
    report::diff(path, text, &text.replace("the", "a"), &mut diff).expect("memory can be written");
    harmless("diff", &String::from_utf8_lossy(&diff), |_| false)?;
    outcome.problems.iter().try_for_each(|problem| harmless("a problem", &problem.to_string(), |_| false))
}

/// Every line is one command of ours, and its properties are those that we give.
fn azure(shown: &str) -> Result<(), String> {
    for line in shown.lines() {
        let rest = line.strip_prefix("##vso[task.logissue ").ok_or(format!("azure has the line {line:?}"))?;
        if let Some(harm) = harmful(rest, |_| false) {
            return Err(format!("azure lets {harm:?} through"));
        }
        let (properties, _) = rest.split_once(']').ok_or(format!("azure does not end {line:?}"))?;
        let names: Vec<&str> = properties.split(';').filter_map(|p| Some(p.split_once('=')?.0)).collect();
        let (all, some) = (["type", "sourcepath", "linenumber", "columnnumber", "code"], ["type", "sourcepath"]);
        if ![&all[..], &all[..3], &some[..]].contains(&&names[..]) || names.len() != properties.split(';').count() {
            return Err(format!("azure has the properties {properties:?}"));
        }
    }
    Ok(())
}

/// Every row has as many cells as the first, and no cell is a formula.
fn csv(shown: &str, findings: usize) -> Result<(), String> {
    let rows: Vec<&str> = shown.split_terminator("\r\n").collect();
    if rows.len() != findings + 1 {
        return Err(format!("csv has {} rows for {findings} findings:\n{shown}", rows.len()));
    }
    let width = rows[0].split(',').count();
    for row in &rows[1..] {
        let mut cells = Vec::new();
        let mut rest = *row;
        loop {
            let quoted = rest.strip_prefix('"');
            let end = |cell: &str| cell.replace("\"\"", "  ").find('"');
            let (cell, after) = match quoted {
                Some(cell) => cell.split_at(end(cell).ok_or(format!("csv does not end a cell of {row:?}"))?),
                None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
            };
            cells.push(cell);
            match after.strip_prefix('"').unwrap_or(after).strip_prefix(',') {
                Some(more) => rest = more,
                None => break,
            }
        }
        let is_formula = |cell: &&&str| cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        if cells.len() != width || cells.iter().any(|cell| is_formula(&cell)) {
            return Err(format!("csv has the cells {cells:?}"));
        }
    }
    Ok(())
}

/// No line holds markup but our own.
fn markdown(shown: &str) -> Result<(), String> {
    for line in shown.lines().skip_while(|line| line.starts_with("<!-- copydesk: ")) {
        let plain = line.replace("\\\\", "").replace(" <br> ", "");
        let bars = plain.replace("\\|", "").matches('|').count();
        let named = plain.split('@').skip(1).any(|after| after.starts_with(char::is_alphanumeric));
        let opens = |mark: char| plain.replace(&format!("\\{mark}"), "").contains(mark);
        // The tables have three, four and five columns: four, five and six bars.
        if ![0, 4, 5, 6].contains(&bars)
            || named
            || plain.contains(['<', '>'])
            || ['`', '[', '*'].into_iter().any(opens)
        {
            return Err(format!("markdown has the line {line:?}"));
        }
    }
    Ok(())
}
