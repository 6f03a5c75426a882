//! The flags by which lints and settings are chosen.

use std::path::{Path, PathBuf};

use super::unknown;
use crate::config::Flags;
use crate::diagnostic::Severity;
use crate::format;
use crate::text::Lang;

/// Flags that choose lints and settings. They win over every configuration.
#[derive(Debug, clap::Args)]
pub struct Choose {
    /// The lints to run, in place of those that are on: ids, sets (default, strict, preview) or all.
    #[arg(long, value_name = "LINT", value_delimiter = ',', help_heading = "Choosing lints")]
    pub select: Option<Vec<String>>,
    /// Lints to run besides those that are on.
    #[arg(long, value_name = "LINT", value_delimiter = ',', help_heading = "Choosing lints")]
    pub extend_select: Vec<String>,
    /// Lints to leave out; an id counts more than a set, a set more than all.
    #[arg(long, value_name = "LINT", value_delimiter = ',', help_heading = "Choosing lints")]
    pub ignore: Vec<String>,
    /// Run the lints that are still on trial too.
    #[arg(long, help_heading = "Choosing lints")]
    pub preview: bool,
    /// Run the lints for strict houses too.
    #[arg(long, help_heading = "Choosing lints")]
    pub strict: bool,
    #[command(flatten)]
    configure: Configure,
}

/// Flags that say which configuration holds.
#[derive(Debug, clap::Args)]
pub struct Configure {
    /// A configuration file in place of those near the articles, or a setting such as `fail-on=note`; may be repeated.
    #[arg(long, value_name = "FILE|KEY=VALUE", help_heading = "Configuration")]
    config: Vec<String>,
    /// Read no configuration file.
    #[arg(long, help_heading = "Configuration")]
    isolated: bool,
}

/// Flags that say how articles are read.
#[derive(Debug, clap::Args)]
pub struct Read {
    /// The format of the files, in place of the one their names tell.
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    pub format: Option<String>,
    /// The language of the articles, where they do not say.
    #[arg(long, value_name = "TAG", help_heading = "Reading")]
    pub lang: Option<String>,
    /// Field of a JSON Lines record that names it [default: id].
    #[arg(long, value_name = "FIELD", help_heading = "Reading")]
    pub id_field: Option<String>,
    /// Field of a JSON Lines record that holds its text [default: text].
    #[arg(long, value_name = "FIELD", help_heading = "Reading")]
    pub text_field: Option<String>,
    /// Field of a JSON Lines record that holds its language [default: lang].
    #[arg(long, value_name = "FIELD", help_heading = "Reading")]
    pub lang_field: Option<String>,
    /// The format of the text of a JSON Lines record [default: text].
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    pub record_format: Option<String>,
}

impl Choose {
    /// The flags as the configuration takes them.
    pub fn flags(&self) -> anyhow::Result<Flags> {
        Ok(Flags {
            select: self.select.clone(),
            extend_select: self.extend_select.clone(),
            ignore: self.ignore.clone(),
            preview: self.preview,
            strict: self.strict,
            ..self.configure.flags()?
        })
    }
}

impl Configure {
    /// The flags as the configuration takes them.
    pub fn flags(&self) -> anyhow::Result<Flags> {
        let mut flags = Flags { isolated: self.isolated, ..Flags::default() };
        for given in &self.config {
            if given.contains('=') && !Path::new(given).is_file() {
                flags.settings.push(given.clone());
            } else if let Some(first) = flags.config.replace(PathBuf::from(given)) {
                anyhow::bail!("two configurations are named: {} and {given}", first.display());
            } else if !Path::new(given).is_file() {
                anyhow::bail!("there is no configuration “{given}”, and it is no setting (KEY=VALUE)");
            }
        }
        if flags.isolated && flags.config.is_some() {
            anyhow::bail!("--isolated reads no configuration file, --config names one");
        }
        Ok(flags)
    }
}

impl Read {
    /// Adds them to the flags.
    pub fn add_to(&self, flags: &mut Flags) -> anyhow::Result<()> {
        if let Some(name) = &self.format {
            let row = format::named(name);
            flags.format = Some(row.ok_or_else(|| unknown("format", name, format::FORMATS.iter().map(|r| r.name)))?);
        }
        if let Some(tag) = &self.lang {
            flags.lang = Some(
                Lang::parse(tag)
                    .ok_or_else(|| anyhow::anyhow!("“{tag}” is not a language tag, such as en or zh-TW"))?,
            );
        }
        flags.id_field.clone_from(&self.id_field);
        flags.text_field.clone_from(&self.text_field);
        flags.lang_field.clone_from(&self.lang_field);
        if let Some(name) = &self.record_format {
            anyhow::ensure!(format::is_of_records(name), unknown("format of records", name, format::of_records()));
            flags.record_format = Some(name.clone());
        }
        Ok(())
    }
}

/// A severity by its name.
pub fn severity(name: &str) -> anyhow::Result<Severity> {
    Ok(match name {
        "note" => Severity::Note,
        "warning" => Severity::Warning,
        "error" => Severity::Error,
        other => return Err(unknown("severity", other, ["note", "warning", "error"].into_iter())),
    })
}
