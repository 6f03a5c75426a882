//! The flags that confine a check to what has changed.

use std::path::{Path, PathBuf};

use crate::git::{self, Changes};

/// What is checked, of all that was named.
#[derive(Debug, clap::Args)]
pub struct Changed {
    /// Check only the files that have changed since this revision, or that git does not know yet.
    #[arg(long, value_name = "REVISION", help_heading = "Adopting")]
    changed_since: Option<String>,
    /// With --changed-since: report only what stands in a changed paragraph.
    #[arg(long, requires = "changed_since", conflicts_with_all = ["fix", "diff"], help_heading = "Adopting")]
    changed_lines: bool,
}

impl Changed {
    /// What has changed in the repository of the first of these paths; `None` if all is to be checked.
    pub fn find(&self, paths: &[PathBuf]) -> anyhow::Result<Option<Changes>> {
        let Some(revision) = &self.changed_since else { return Ok(None) };
        let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
        anyhow::ensure!(first.as_os_str() != "-", "standard input has no revisions; --changed-since needs files");
        let folder = if first.is_dir() { Some(first) } else { first.parent() };
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        git::since(folder, revision, self.changed_lines).map(Some)
    }

    /// Whether paragraphs count, not files alone.
    pub fn by_lines(&self) -> bool {
        self.changed_lines
    }

    /// What to say if nothing is left.
    pub fn none_left(&self) -> Option<String> {
        Some(format!("nothing that is checked here has changed since {}", self.changed_since.as_ref()?))
    }
}
