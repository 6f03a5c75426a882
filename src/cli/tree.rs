//! `copydesk tree`: prints how a file is read, for authors of lints.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::choose::{Configure, Read as Reading};
use super::unknown;
use crate::config::Setups;
use crate::format::{self, Kind, json_lines};
use crate::report;
use crate::run;
use crate::text::{Document, tree};

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
        let mut print = |doc: &Document| -> anyhow::Result<()> {
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
                            print(&run::document(&setup, format, Arc::new(entry.source), entry.lang))?;
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
                for unit in units.units {
                    for entry in unit.source.iter().chain(&unit.target) {
                        print(&run::side(&setup, entry))?;
                    }
                }
            }
            Some(Kind::Text(format)) => print(&run::document(&setup, *format, source, None))?,
            None => print(&run::document(&setup, format::PLAIN, source, None))?,
        }
        Ok(code)
    }
}
