//! SARIF 2.1.0, for code scanning services.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Checked, Problem, Report, Summary, counted, fingerprint, json_text, slashed};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::fix::Carry;
use crate::lint::Lint;
use crate::text::{Encoding, Source, Span, Unit};

/// The report as one SARIF log, the worst results first: a service that takes no more than some keeps those.
#[derive(Default)]
pub struct Sarif {
    rules: Vec<Arc<Lint>>,
    /// Results as they are written. Those that a baseline accepts come first in the list, and last in the log; within
    /// each half they are by severity.
    results: [Vec<String>; 6],
    count: usize,
}

const OPEN: &str = r#"{
"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
"version": "2.1.0",
"runs": [{
"columnKind": "unicodeCodePoints",
"newlineSequences": ["\r\n", "\n", "\r"],
"results": ["#;

/// GitHub takes descriptions of at most this many characters.
const LONGEST: usize = 1024;
/// GitHub takes at most this many locations with a result.
const MOST: usize = 1000;
/// GitHub shows at most this many results of a run.
const RESULTS: usize = 5000;

impl Report for Sarif {
    fn file(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        let accepted = checked.accepted.unwrap_or_default();
        let Some(first) = checked.diagnostics.first().or(accepted.first()) else { return Ok(()) };
        let lines = fingerprint::line_hashes(&first.at.in_file().source);
        let mut ordinals: HashMap<u64, usize> = HashMap::new();
        let all = checked.diagnostics.iter().map(|d| (d, checked.accepted.map(|_| "new")));
        let all = all.chain(accepted.iter().map(|d| (d, Some("unchanged"))));
        let mut carry: Option<(&Arc<Source>, Carry<'_>)> = None;
        for (d, state) in all {
            let words = fingerprint::of_words(d);
            let ordinal = ordinals.entry(words).and_modify(|n| *n += 1).or_insert(1);
            let own = format!("{words:016x}:{ordinal}");
            self.count += 1;
            let rank = d.severity as usize + if state == Some("unchanged") { 0 } else { 3 };
            if self.results[rank].len() == RESULTS {
                continue;
            }
            let source = &d.at.source;
            let (_, carry) = match &mut carry {
                Some(known) if Arc::ptr_eq(known.0, source) => known,
                other => other.insert((source, Carry::into_file_of(source))),
            };
            let mut result = self.result(d, carry, lines.as_deref(), own);
            if let Some(state) = state {
                result["baselineState"] = json!(state);
            }
            let mut written = Vec::new();
            json_text::write(&mut written, &result)?;
            self.results[rank].push(String::from_utf8(written).map_err(io::Error::other)?);
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(OPEN.as_bytes())?;
        for (n, result) in self.results.iter().rev().flatten().take(RESULTS).enumerate() {
            write!(out, "{}\n{result}", if n == 0 { "" } else { "," })?;
        }
        out.write_all(b"],\n\"tool\": ")?;
        let rules: Vec<Value> = self.rules.iter().map(|lint| rule(lint)).collect();
        let driver = json!({
            "name": "copydesk",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        json_text::write(out, &json!({ "driver": driver }))?;
        let mut notifications: Vec<Value> = summary.problems.iter().map(notification).collect();
        let successful = notifications.is_empty();
        if let Some(more) = self.count.checked_sub(RESULTS).filter(|more| *more > 0) {
            let text = format!("{} left out: a log holds the worst {RESULTS}", counted(more, "result"));
            notifications.push(json!({ "level": "note", "message": { "text": text } }));
        }
        let invocation = json!({ "executionSuccessful": successful, "toolExecutionNotifications": notifications });
        out.write_all(b",\n\"invocations\": ")?;
        json_text::write(out, &[invocation])?;
        out.write_all(b"\n}]\n}\n")
    }
}

impl Sarif {
    fn result(&mut self, d: &Diagnostic, carry: &Carry<'_>, lines: Option<&[String]>, own: String) -> Value {
        let index = self.rules.iter().position(|lint| lint.id == d.lint.id).unwrap_or_else(|| {
            self.rules.push(d.lint.clone());
            self.rules.len() - 1
        });
        let at = d.at.in_file();
        let mut fingerprints = json!({ "copydeskWords/v1": own });
        let line = at.source.position(at.span.start, Unit::Char).line as usize;
        if let Some(hash) = lines.and_then(|lines| lines.get(line - 1)) {
            fingerprints["primaryLocationLineHash"] = json!(hash);
        }
        let mut location = json!({ "physicalLocation": physical(&at) });
        if let Some(record) = d.at.source.record() {
            location["logicalLocations"] = json!([{ "name": record.id, "kind": "record" }]);
        }
        let mut result = json!({
            "ruleId": d.lint.id,
            "ruleIndex": index,
            "level": level(d.severity),
            "message": { "text": format!("{}: {}", d.message, d.help) },
            "locations": [location],
            "partialFingerprints": fingerprints,
        });
        if !d.related.is_empty() {
            let related = d.related.iter().take(MOST).enumerate().map(|(id, label)| {
                let mut related = json!({
                    "id": id,
                    "message": { "text": label.message },
                    "physicalLocation": physical(&label.at.in_file()),
                });
                if let Some(record) = label.at.source.record().filter(|_| !Arc::ptr_eq(&label.at.source, &d.at.source))
                {
                    related["logicalLocations"] = json!([{ "name": record.id, "kind": "record" }]);
                }
                related
            });
            result["relatedLocations"] = related.collect();
        }
        if let Some(fix) = &d.fix {
            let replacements: Vec<Value> = fix
                .edits
                .iter()
                .map(|edit| carry.edit(edit))
                .map(|edit| {
                    let deleted = region(&at.source, edit.span);
                    json!({ "deletedRegion": deleted, "insertedContent": { "text": edit.text } })
                })
                .collect();
            result["fixes"] = json!([{
                "description": { "text": format!("{} ({} fix)", d.help, fix.safety.name()) },
                "artifactChanges": [{ "artifactLocation": artifact(at.source.path()), "replacements": replacements }],
            }]);
        }
        result
    }
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn rule(lint: &Lint) -> Value {
    let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
    json!({
        "id": lint.id,
        "shortDescription": { "text": cut(&lint.summary) },
        "fullDescription": { "text": cut(&lint.why) },
        "help": { "text": format!("{} `copydesk explain {}` tells more.", lint.why, lint.id) },
        "defaultConfiguration": { "level": level(lint.severity) },
        "properties": { "tags": [lint.mqm], "problem.severity": match lint.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "recommendation",
        } },
    })
}

fn notification(problem: &Problem) -> Value {
    let mut place = json!({ "artifactLocation": artifact(&problem.path) });
    if let Some(line) = problem.line {
        place["region"] = json!({ "startLine": line });
    }
    json!({
        "level": "error",
        "message": { "text": problem.message },
        "locations": [{ "physicalLocation": place }],
    })
}

fn physical(at: &Place) -> Value {
    json!({ "artifactLocation": artifact(at.source.path()), "region": region(&at.source, at.span) })
}

fn region(source: &Source, span: Span) -> Value {
    let start = source.position(span.start, Unit::Char);
    let end = source.position(span.end, Unit::Char);
    let mut region = json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    });
    if source.encoding() == Encoding::Utf8 {
        region["byteOffset"] = json!(source.bom() + span.start);
        region["byteLength"] = json!(span.len());
    }
    region
}

fn artifact(path: &Path) -> Value {
    json!({ "uri": uri(path) })
}

/// A path as a URI reference: relative paths stay relative, all but unreserved characters and slashes are escaped.
fn uri(path: &Path) -> String {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = slashed(path).as_bytes().to_vec();
    #[cfg(unix)]
    let _ = slashed;
    let mut uri = String::with_capacity(bytes.len());
    if path.is_absolute() {
        uri.push_str(if cfg!(windows) { "file:///" } else { "file://" });
    }
    for byte in bytes {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            b if b.is_ascii_alphanumeric() => uri.push(char::from(b)),
            b => uri.push_str(&format!("%{b:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri(Path::new("a b/ü:#?.txt")), "a%20b/%C3%BC%3A%23%3F.txt");
        assert_eq!(uri(Path::new("/tmp/a.txt")), "file:///tmp/a.txt");
    }
}
