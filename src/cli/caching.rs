//! The flags about what is kept from run to run.

use std::path::PathBuf;

use super::say;
use crate::config::{self, Setups};
use crate::files::{self, Input};
use crate::run::cache::{self, Cache};

/// Flags about the cache.
#[derive(Debug, clap::Args)]
pub struct Caching {
    /// Check all files, whatever was found in them before, and keep nothing.
    #[arg(long, env = "COPYDESK_NO_CACHE", value_parser = clap::builder::FalseyValueParser::new(), help_heading = "Cache")]
    no_cache: bool,
    /// The folder to keep in what was found, so that files that have not changed need not be checked again [default:
    /// .copydesk_cache beside the configuration].
    #[arg(long, value_name = "PATH", env = "COPYDESK_CACHE_DIR", help_heading = "Cache")]
    cache_dir: Option<PathBuf>,
}

/// Below so many bytes a run is over before a cache is read: then none is made, unless it was asked for.
const WORTHWHILE: u64 = 256 << 10;

impl Caching {
    /// The cache of a run over these files, if it is to have one.
    pub fn open(&self, setups: &Setups, inputs: &[Input]) -> anyhow::Result<Option<Cache>> {
        if self.no_cache {
            return Ok(None);
        }
        let near = files::near(inputs);
        let folder = match &self.cache_dir {
            Some(named) => Some(cache::Folder::named(named.clone())),
            None => setups.cache_folder(near)?,
        };
        Ok(match folder {
            Some(folder) => Some(Cache::new(folder)),
            None => is_worthwhile(inputs).then(|| {
                let home = config::home(near);
                Cache::new(cache::Folder::within(&home, home.join(cache::NAME)))
            }),
        })
    }

    /// The folder that was named.
    pub fn folder(&self) -> Option<PathBuf> {
        self.cache_dir.clone()
    }

    /// Writes what the run has added. That a disk cannot be written to is told where somebody has named a folder.
    pub fn close(&self, cache: Option<&Cache>) {
        if let Some(Err(e)) = cache.map(Cache::save)
            && let Some(folder) = &self.cache_dir
        {
            say(&format!("the cache {} cannot be written: {e}", folder.display()));
        }
    }
}

fn is_worthwhile(inputs: &[Input]) -> bool {
    let mut size = 0;
    inputs.iter().any(|input| {
        size += match input {
            Input::File { path, .. } => path.metadata().map_or(0, |data| data.len()),
            Input::Bytes(..) => 0,
        };
        size >= WORTHWHILE
    })
}
