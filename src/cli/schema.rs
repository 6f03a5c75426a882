//! `copydesk schema`: what our machine-readable input and output look like, as JSON Schema.

use std::io::{self, Write};
use std::process::ExitCode;

use super::unknown;
use crate::config::file::File;
use crate::report::{Finding, JsonDocument};

/// Arguments of `copydesk schema`.
#[derive(Debug, clap::Args)]
pub struct Schema {
    /// What to describe: findings, a line of the report json-lines; report, the report json; or config, copydesk.toml.
    #[arg(value_name = "NAME")]
    name: String,
}

type Make = fn() -> schemars::Schema;

/// All schemas: what the command calls them, and how to make them.
static SCHEMAS: &[(&str, Make)] = &[
    ("findings", || schemars::schema_for!(Finding<'static>)),
    ("report", || schemars::schema_for!(JsonDocument<'static>)),
    ("config", || schemars::schema_for!(File)),
];

impl Schema {
    /// Prints a schema.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let (_, make) = SCHEMAS
            .iter()
            .find(|(name, _)| *name == self.name)
            .ok_or_else(|| unknown("schema", &self.name, SCHEMAS.iter().map(|(name, _)| *name)))?;
        let mut out = io::stdout().lock();
        writeln!(out, "{:#}", make().as_value())?;
        Ok(ExitCode::SUCCESS)
    }
}
