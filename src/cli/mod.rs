//! Commands and flags. A command is one file here and one variant of [`Command`].

mod check;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::report;

/// A linter for article text: names spelled two ways, cut-off sentences, spliced fragments, leftover page furniture.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check articles.
    Check(check::Check),
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Check(check) => check.run(),
    };
    match done {
        Ok(code) => code,
        // Whoever reads our output may stop reading.
        Err(e) if e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("copydesk: {}", report::visible(&format!("{e:#}")));
            ExitCode::from(2)
        }
    }
}

/// The error for a name that is none of ours, with the nearest one that is.
fn unknown<'a>(what: &str, given: &str, known: impl Iterator<Item = &'a str> + Clone) -> anyhow::Error {
    match crate::nearest(given, known.clone()) {
        Some(near) => anyhow::anyhow!("there is no {what} “{given}”; did you mean “{near}”?"),
        None => anyhow::anyhow!("there is no {what} “{given}”; there are: {}", known.collect::<Vec<_>>().join(", ")),
    }
}
