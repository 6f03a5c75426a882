//! By which configuration each document is read and checked.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Mistakes, Setup, Setups};
use crate::format::{self, Kind, Row};

use super::settings::Settings;

/// The setups of the workspace folders, each with the settings that hold in it.
pub struct Rules {
    /// The deepest first.
    folders: Vec<(PathBuf, Settings, Arc<Setups>)>,
    /// The one that the client named first.
    first: Option<PathBuf>,
    /// For documents outside of all of them.
    rest: (Settings, Arc<Setups>),
}

impl Rules {
    /// Reads configurations anew for these folders. `settings` are those of the whole, then those of each folder.
    pub fn new(folders: &[PathBuf], settings: &[Settings]) -> Rules {
        let whole = settings.first().cloned().unwrap_or_default();
        let of_folder = |(n, folder): (usize, &PathBuf)| {
            let settings = settings.get(n + 1).unwrap_or(&whole).clone();
            let setups = setups(&settings, Some(folder));
            (folder.clone(), settings, setups)
        };
        let mut all: Vec<(PathBuf, Settings, Arc<Setups>)> = folders.iter().enumerate().map(of_folder).collect();
        all.sort_by_key(|(folder, ..)| std::cmp::Reverse(folder.components().count()));
        let rest = setups(&whole, folders.first().map(PathBuf::as_path));
        Rules { folders: all, first: folders.first().cloned(), rest: (whole, rest) }
    }

    /// One setup for all.
    #[cfg(test)]
    pub fn one(setups: Setups) -> Rules {
        Rules { folders: Vec::new(), first: None, rest: (Settings::default(), Arc::new(setups)) }
    }

    /// The workspace folder that a document stands in.
    pub fn folder_of(&self, path: &Path) -> Option<&Path> {
        self.folders.iter().map(|(folder, ..)| folder.as_path()).find(|folder| path.starts_with(folder))
    }

    /// The setups of a document.
    pub fn setups(&self, path: &Path) -> &Arc<Setups> {
        let folder = self.folders.iter().find(|(folder, ..)| path.starts_with(folder));
        folder.map_or(&self.rest.1, |(_, _, setups)| setups)
    }

    /// The folders whose articles are checked without being open.
    pub fn watched(&self) -> impl Iterator<Item = (&Path, &Arc<Setups>)> {
        let watched = self.folders.iter().filter(|(_, settings, _)| settings.workspace);
        watched.map(|(folder, _, setups)| (folder.as_path(), setups))
    }

    /// The setup of a document. One that is in no file goes by the first folder.
    ///
    /// # Errors
    ///
    /// The mistakes in its configuration.
    pub fn of(&self, path: &Path) -> Result<Arc<Setup>, Mistakes> {
        if path.is_absolute() {
            return self.setups(path).of(path);
        }
        match &self.first {
            Some(folder) => self.setups(folder).of(&folder.join("untitled")),
            None => self.rest.1.of(Path::new("untitled")),
        }
    }

    /// The configuration file that counts for a document; where there is none, the one that could be written.
    pub fn file_of(&self, path: &Path) -> PathBuf {
        let folder = path.parent().filter(|_| path.is_absolute());
        let folder = folder.or(self.first.as_deref());
        let folder = folder.unwrap_or(Path::new("."));
        let file = self.setups(path).file_of(folder);
        // One that is to be begun stands at the top, where the whole workspace goes by it.
        match self.folder_of(path) {
            Some(root) if !file.is_file() => root.join(file.file_name().unwrap_or_default()),
            _ => std::path::absolute(&file).unwrap_or(file),
        }
    }
}

fn setups(settings: &Settings, root: Option<&Path>) -> Arc<Setups> {
    Arc::new(Setups::new(settings.flags(root)))
}

/// What a document is made of: what the setup says, or its name, or the language that the editor takes it for.
pub fn kind(setup: &Setup, path: &Path, language: Option<&'static Row>) -> Option<&'static Kind> {
    setup.format.or_else(|| format::of_path(path)).or(language).map(|row| &row.kind)
}

/// The format of a language of the protocol.
pub fn format_of_language(id: &str) -> Option<&'static Row> {
    match id {
        "plaintext" => format::named("text"),
        "jsonl" | "ndjson" | "jsonlines" => format::named("json-lines"),
        other => format::named(other),
    }
}
