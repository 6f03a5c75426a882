//! `copydesk init`: writes a configuration to begin with.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Component, PathBuf};
use std::process::ExitCode;

use super::layout;

/// Arguments of `copydesk init`.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder to write copydesk.toml to.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// What is written. A test reads it, with the comment marks of its settings taken off too.
pub const TEMPLATE: &str = include_str!("init.toml");

impl Init {
    /// Writes it; an existing file is left alone.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let path: PathBuf =
            self.folder.join("copydesk.toml").components().skip_while(|c| *c == Component::CurDir).collect();
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(TEMPLATE.as_bytes())?;
                for (source, target) in layout::rules(&self.folder) {
                    write!(file, "\n[[translations]]\nsource = \"{source}\"\ntarget = \"{target}\"\n")?;
                }
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                anyhow::bail!("{} is there already and was left as it is", path.display())
            }
            Err(e) => anyhow::bail!("{}: {e}", path.display()),
        }
        super::say(&format!("{} is written; its comments say what can be set", path.display()));
        Ok(ExitCode::SUCCESS)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::file::File;
    use crate::text::Source;

    #[test]
    fn the_template_is_a_configuration_with_and_without_its_comments() {
        File::parse(&Arc::new(Source::new("copydesk.toml", TEMPLATE))).unwrap();
        let set: String = TEMPLATE
            .lines()
            .filter_map(|l| l.strip_prefix('#'))
            .filter(|l| !l.starts_with(' '))
            .fold(String::new(), |all, line| all + line + "\n");
        let file = File::parse(&Arc::new(Source::new("copydesk.toml", set))).map_err(|m| m.message).unwrap();
        assert!(!file.silence.is_empty() && !file.overrides.is_empty() && !file.names.accept.is_empty());
    }
}
