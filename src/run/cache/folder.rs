//! Where a cache lies: beside the configuration, in a folder that neither git nor a backup takes for work of anybody's.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::write::replace;

/// What a folder is called that nobody has named.
pub const NAME: &str = ".copydesk_cache";

/// The folder of a cache.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    /// The folder that it must lie in, all links resolved, where it was not named on the command line: a link that came
    /// with a download must not make us write elsewhere.
    within: Option<PathBuf>,
}

impl Folder {
    /// A folder that the user names: it may lie anywhere.
    pub fn named(path: PathBuf) -> Folder {
        Folder { path, within: None }
    }

    /// A folder in another one, out of which no link may lead.
    pub fn within(root: &Path, path: PathBuf) -> Folder {
        Folder { path, within: Some(root.canonicalize().unwrap_or_else(|_| root.to_owned())) }
    }

    /// The folder, if it is there and where it should be.
    pub fn path(&self) -> Option<&Path> {
        let whole = self.path.canonicalize().ok().filter(|whole| whole.is_dir())?;
        let is_inside = self.within.as_ref().is_none_or(|root| whole.starts_with(root));
        is_inside.then_some(&self.path)
    }

    /// Makes the folder, if it is not there.
    ///
    /// # Errors
    ///
    /// If the disk refuses, or a link leads elsewhere.
    pub fn make(&self) -> io::Result<PathBuf> {
        if self.path().is_none() {
            // Nothing is made behind a link.
            if fs::symlink_metadata(&self.path).is_ok() {
                return Err(io::Error::other("it is no folder, or a link that leads elsewhere"));
            }
            fs::create_dir_all(&self.path)?;
        }
        let path = self.path().ok_or_else(|| io::Error::other("a link leads elsewhere"))?;
        for (name, text) in [(".gitignore", GIT), ("CACHEDIR.TAG", TAG)] {
            if fs::symlink_metadata(path.join(name)).is_err() {
                replace(&path.join(name), text.as_bytes())?;
            }
        }
        Ok(path.to_owned())
    }
}

const GIT: &str = "# Made by copydesk.\n*\n";

/// See <https://bford.info/cachedir/>: backups and archivers pass over a folder with this file.
const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# What copydesk has found before; it may be deleted at any time.\n";
