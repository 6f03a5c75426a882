//! `copydesk tree`: prints how a file is read, for authors of lints.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::choose::{Configure, Read as Reading};
use super::unknown;
use crate::config::{Setup, Setups};
use crate::format::bilingual::{CodeKind, Entry, Unit};
use crate::format::{self, Kind, json_lines};
use crate::report;
use crate::run;
use crate::text::{Document, Span, tree};

/// Arguments of `copydesk tree`.
#[derive(Debug, clap::Args)]
pub struct Tree {
    /// A file; `-` reads standard input.
    path: PathBuf,
    /// How to print: `text` or `json`, one line a document.
    #[arg(long, default_value = "text", value_name = "NAME")]
    output_format: String,
    #[command(flatten)]
    configure: Configure,
    #[command(flatten)]
    read: Reading,
}

impl Tree {
    /// Prints each document of the file.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let json = match self.output_format.as_str() {
            "text" => false,
            "json" => true,
            other => return Err(unknown("output format", other, ["text", "json"].into_iter())),
        };
        let mut flags = self.configure.flags()?;
        self.read.add_to(&mut flags)?;
        let setup = Setups::new(flags).of(&self.path)?;
        let unread = |e: &dyn std::fmt::Display| anyhow::anyhow!("{}: {e}", self.path.display());
        let bytes = if self.path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            bytes
        } else {
            std::fs::read(&self.path).map_err(|e| unread(&e))?
        };
        let source = run::source(&setup, &self.path, &bytes).map_err(|e| unread(&e))?;
        let source = Arc::new(source);
        let mut out = io::BufWriter::new(io::stdout().lock());
        let print = |out: &mut dyn Write, doc: &Document| -> anyhow::Result<()> {
            if json {
                writeln!(out, "{}", serde_json::to_string(&tree::Tree::of(doc))?)?;
            } else {
                if let Some(record) = doc.source().record() {
                    writeln!(out, "record {} (line {})", report::visible(&record.id), record.line)?;
                }
                write!(out, "{}", tree::print(doc))?;
            }
            Ok(())
        };
        let mut code = ExitCode::SUCCESS;
        match run::kind(&setup, &self.path) {
            Some(Kind::Records) => {
                for (line, at) in json_lines::lines(&source) {
                    match json_lines::record(&source, line, at, &setup.reading) {
                        Ok(entry) => {
                            let format = setup.reading.record_format();
                            print(&mut out, &run::document(&setup, format, Arc::new(entry.source), entry.lang))?;
                        }
                        Err(bad) => {
                            let error = format!("{}:{}: {}", self.path.display(), bad.line, bad.message);
                            super::say(&error);
                            code = ExitCode::from(2);
                        }
                    }
                }
            }
            Some(Kind::Bilingual(format)) => {
                let units = format.read(&source, &setup.reading);
                for bad in &units.bad {
                    super::say(&format!("{}:{}: {}", self.path.display(), bad.line, bad.message));
                    code = ExitCode::from(2);
                }
                for read in &units.units {
                    match json {
                        true => writeln!(out, "{}", unit_as_json(&setup, read)?)?,
                        false => write!(out, "{}", unit(&setup, read))?,
                    }
                }
            }
            Some(Kind::Text(format)) => print(&mut out, &run::document(&setup, *format, source, None))?,
            None => print(&mut out, &run::document(&setup, format::PLAIN, source, None))?,
        }
        Ok(code)
    }
}

/// A unit with both of its sides, for people.
pub fn unit(setup: &Setup, unit: &Unit) -> String {
    let mut out = format!("unit {} (line {}) {}", report::visible(&unit.id), unit.line, unit.state.name());
    if let Some(cue) = unit.cue {
        let _ = write!(out, " {} to {} ms", cue.start, cue.end);
    }
    out.push('\n');
    if let Some(context) = &unit.context {
        let _ = writeln!(out, "context {}", report::visible(context));
    }
    let file = |at: Span, entry: &Entry| report::visible(at.slice(entry.source.file().text())).into_owned();
    for (name, side) in [("source", &unit.source), ("target", &unit.target)] {
        let Some(entry) = side else { continue };
        let _ = write!(out, "{name} {}", tree::print(&run::side(setup, entry)));
        for code in &entry.codes {
            let kind = match code.kind {
                CodeKind::Open => "opens",
                CodeKind::Close => "closes",
                CodeKind::Alone => "alone",
                CodeKind::Placeholder => "placeholder",
            };
            let id = report::visible(&code.id);
            let _ = writeln!(out, "{kind} {id} [{}..{}] {}", code.at.start, code.at.end, file(code.from, entry));
        }
    }
    for note in &unit.notes {
        if let Some(entry) = unit.target.as_ref().or(unit.source.as_ref()) {
            let _ = writeln!(out, "note {}", file(*note, entry));
        }
    }
    out
}

fn unit_as_json(setup: &Setup, unit: &Unit) -> serde_json::Result<String> {
    let side = |side: &Option<Entry>| {
        side.as_ref().map(|entry| {
            let codes = entry.codes.iter().map(|code| {
                let (at, from) = (code.at, code.from);
                json!({ "kind": code.kind, "id": code.id, "start": at.start, "end": at.end, "written": entry.written(code),
                    "file_start": from.start, "file_end": from.end })
            });
            let codes: Vec<serde_json::Value> = codes.collect();
            json!({ "tree": tree::Tree::of(&run::side(setup, entry)), "text": entry.source.text(), "codes": codes })
        })
    };
    let cue = unit.cue.map(|cue| json!({ "start": cue.start, "end": cue.end }));
    serde_json::to_string(&json!({
        "unit": unit.id, "line": unit.line, "start": unit.at.start, "end": unit.at.end, "state": unit.state,
        "context": unit.context, "cue": cue, "source": side(&unit.source), "target": side(&unit.target),
    }))
}
