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
        let told;
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let layout = layout::of(&self.folder);
                file.write_all(with_templates(TEMPLATE, &layout.templates).as_bytes())?;
                for (source, target) in layout.rules {
                    write!(file, "\n[[translations]]\nsource = \"{source}\"\ntarget = \"{target}\"\n")?;
                    // Figures and words are read by the language; short originals do not tell theirs.
                    if let Some(lang) = layout::language_of(&source) {
                        writeln!(file, "source-lang = \"{lang}\"")?;
                    }
                }
                told = layout.templates;
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                anyhow::bail!("{} is there already and was left as it is", path.display())
            }
            Err(e) => anyhow::bail!("{}: {e}", path.display()),
        }
        super::say(&format!("{} is written; its comments say what can be set", path.display()));
        if !told.is_empty() {
            super::say(&format!("it leaves out {}: templates of the site, and no articles", told.join(", ")));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Where the template says what may be left out.
const EXCLUDE: &str = "#exclude = ";

/// The template, with these folders left out.
fn with_templates(template: &str, folders: &[String]) -> String {
    let Some(at) = template.find(EXCLUDE).filter(|_| !folders.is_empty()) else { return template.to_owned() };
    let end = template[at..].find('\n').map_or(template.len(), |n| at + n + 1);
    let names: Vec<String> = folders.iter().map(|folder| format!("\"{folder}\"")).collect();
    format!("{}exclude = [{}]\n{}", &template[..at], names.join(", "), &template[end..])
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
