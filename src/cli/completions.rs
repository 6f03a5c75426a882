//! `copydesk completions` and `copydesk man`: made from the same definitions as the help.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use super::Cli;

/// Arguments of `copydesk completions`.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell: bash, elvish, fish, powershell or zsh.
    shell: clap_complete::Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "copydesk", &mut script);
        io::stdout().lock().write_all(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints the manual: the page of the program, then one a command.
pub fn man() -> anyhow::Result<ExitCode> {
    let mut pages = Vec::new();
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    clap_mangen::Man::new(program.clone()).render(&mut pages)?;
    for command in program.get_subcommands() {
        let source = format!("copydesk {}", env!("CARGO_PKG_VERSION"));
        clap_mangen::Man::new(command.clone()).source(source).render(&mut pages)?;
    }
    io::stdout().lock().write_all(&pages)?;
    Ok(ExitCode::SUCCESS)
}
