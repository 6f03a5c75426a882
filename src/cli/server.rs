//! `copydesk server`: the language server.

use std::io;
use std::process::ExitCode;

use crate::lsp;

/// Arguments of `copydesk server`.
#[derive(Debug, clap::Args)]
pub struct Server {
    /// Speak over standard input and output, which is what is done without it too: many editors give it.
    #[arg(long)]
    stdio: bool,
}

impl Server {
    /// Serves an editor: 0 if it shut the server down, 1 if it went away without.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let _ = self.stdio;
        Ok(lsp::serve(io::BufReader::new(io::stdin()), io::stdout()))
    }
}
