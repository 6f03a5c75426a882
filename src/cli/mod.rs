//! Commands and flags. A command is one file here and one variant of `Command`.

mod baseline;
mod caching;
mod changed;
mod check;
mod choose;
mod completions;
mod date;
mod explain;
mod init;
pub mod languages;
mod layout;
pub mod lints;
mod measure;
mod names;
mod output;
mod progress;
mod report;
mod schema;
#[cfg(feature = "lsp")]
mod server;
pub mod tree;
mod watch;

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Mistakes;
use crate::report::visible;
use crate::run;
use crate::write;

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
    Check(Box<check::Check>),
    /// Accept what is found today, so that only what is new is reported.
    Baseline(Box<baseline::Baseline>),
    /// Write a page that shows what was found, how bad it is and where, to be read in a browser.
    Report(Box<report::Report>),
    /// Tell all about a lint: what it finds, why, what to do, how to silence it.
    Explain(explain::Explain),
    /// List the lints, test their definitions, or measure how often they are right.
    Lints(lints::Lints),
    /// Tell what each lint does in each language: on, weak, off or unmeasured.
    Languages(languages::Languages),
    /// Print the names in articles, or accept those that look like two spellings of one.
    Names(Box<names::Names>),
    /// Write a configuration to begin with.
    Init(init::Init),
    /// Serve an editor: findings as articles are written, by the Language Server Protocol over standard input and output.
    #[cfg(feature = "lsp")]
    Server(server::Server),
    /// Print the JSON Schema of what copydesk reads and writes.
    Schema(schema::Schema),
    /// Print how a file is read: blocks, sentences, words, masks.
    Tree(tree::Tree),
    /// Print what a shell needs to complete commands.
    Completions(completions::Completions),
    /// Print the manual page.
    Man,
}

/// Runs the command line.
pub fn main() -> ExitCode {
    run::quiet_panics();
    write::clean_up_on_interrupt();
    match panic::catch_unwind(|| run_command(Cli::parse().command)) {
        Ok(Ok(code)) => code,
        // Whoever reads our output may stop reading.
        Ok(Err(e)) if e.chain().any(is_broken_pipe) => ExitCode::SUCCESS,
        Ok(Err(e)) => {
            tell(&e);
            ExitCode::from(2)
        }
        Err(_) => {
            say(&format!("broke down{}", run::last_panic()));
            ExitCode::from(2)
        }
    }
}

fn run_command(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check(check) => check.run(),
        Command::Baseline(baseline) => baseline.run(),
        Command::Report(report) => report.run(),
        Command::Explain(explain) => explain.run(),
        Command::Lints(lints) => lints.run(),
        Command::Languages(languages) => languages.run(),
        Command::Names(names) => names.run(),
        Command::Init(init) => init.run(),
        Command::Completions(completions) => completions.run(),
        Command::Man => completions::man(),
        Command::Schema(schema) => schema.run(),
        #[cfg(feature = "lsp")]
        Command::Server(server) => server.run(),
        Command::Tree(tree) => tree.run(),
    }
}

fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Says why something could not be done.
fn tell(error: &anyhow::Error) {
    if error.is::<Mistakes>() {
        // They come with their own snippets, made harmless already.
        let _ = write!(io::stderr(), "{error}");
    } else {
        say(&format!("{error:#}"));
    }
}

/// Says something that is no finding. Standard error may be closed: then nobody wants to know.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "copydesk: {}", visible(text));
}

/// The error for a name that is none of ours, with the nearest one that is.
fn unknown<'a>(what: &str, given: &str, known: impl Iterator<Item = &'a str> + Clone) -> anyhow::Error {
    match crate::nearest(given, known.clone()) {
        Some(near) => anyhow::anyhow!("there is no {what} “{given}”; did you mean “{near}”?"),
        None => anyhow::anyhow!("there is no {what} “{given}”; there are: {}", known.collect::<Vec<_>>().join(", ")),
    }
}
