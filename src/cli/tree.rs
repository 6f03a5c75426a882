//! `copydesk tree`: prints how a file is read, for authors of lints.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::unknown;
use crate::config::Setup;
use crate::format::{self, Kind, Reading, json_lines};
use crate::report;
use crate::run;
use crate::text::{Document, Lang, tree};

/// Arguments of `copydesk tree`.
#[derive(Debug, clap::Args)]
pub struct Tree {
    /// A file; `-` reads standard input.
    path: PathBuf,
    /// How to print: `text` or `json`, one line a document.
    #[arg(long, default_value = "text", value_name = "NAME")]
    output_format: String,
    /// The format of the file, in place of the one its name tells.
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// The language of the article.
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Field of a JSON Lines record that holds its text.
    #[arg(long, default_value = "text", value_name = "FIELD")]
    text_field: String,
    /// The format of the text of a JSON Lines record.
    #[arg(long, default_value = "text", value_name = "NAME")]
    record_format: String,
}

impl Tree {
    /// Prints each document of the file.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let json = match self.output_format.as_str() {
            "text" => false,
            "json" => true,
            other => return Err(unknown("output format", other, ["text", "json"].into_iter())),
        };
        let setup = self.setup()?;
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
            Some(Kind::Text(format)) => print(&run::document(&setup, *format, source, None))?,
            None => print(&run::document(&setup, format::PLAIN, source, None))?,
        }
        Ok(code)
    }

    fn setup(&self) -> anyhow::Result<Setup> {
        let format = match &self.format {
            Some(name) => Some(
                format::named(name).ok_or_else(|| unknown("format", name, format::FORMATS.iter().map(|r| r.name)))?,
            ),
            None => None,
        };
        let lang = match &self.lang {
            Some(tag) => Some(
                Lang::parse(tag)
                    .ok_or_else(|| anyhow::anyhow!("“{tag}” is not a language tag, such as en or zh-TW"))?,
            ),
            None => None,
        };
        if !format::is_of_records(&self.record_format) {
            return Err(unknown("format of records", &self.record_format, format::of_records()));
        }
        let reading = Reading {
            text_field: self.text_field.clone(),
            record_format: self.record_format.clone(),
            ..Reading::default()
        };
        Ok(Setup { format, lang, reading, ..Setup::default() })
    }
}
