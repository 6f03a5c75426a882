//! What the configurations of a run tell besides how files are checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::mistake::Mistakes;
use super::{Setups, lock};
use crate::report::score::Weights;
use crate::run::cache;
use crate::text::Unit;

impl Setups {
    /// The folder for what is kept from run to run, as the configuration of a folder has it.
    ///
    /// # Errors
    ///
    /// The mistakes in that configuration.
    pub fn cache_folder(&self, folder: &Path) -> Result<Option<cache::Folder>, Mistakes> {
        Ok(self.folder(folder).configuration?.cache.clone())
    }

    /// What findings cost, as the configuration of a folder has it.
    ///
    /// # Errors
    ///
    /// The mistakes in that configuration.
    pub fn weights(&self, folder: &Path) -> Result<Weights, Mistakes> {
        Ok(self.folder(folder).configuration?.weights.clone())
    }

    /// Entries of `[[silence]]` that passed over nothing although all that they are for was checked, as place and sentence;
    /// `paths` are what the user asked to check.
    pub fn unused(&self, paths: &[PathBuf]) -> Vec<String> {
        let asked: Vec<PathBuf> = paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
        // A configuration that others extend is read with each of them: what its entries did counts for all together.
        let mut found: BTreeMap<(PathBuf, u32), (bool, bool)> = BTreeMap::new();
        for configuration in lock(&self.configurations).values().flatten() {
            let setup = configuration.make(&[], &self.flags);
            let whole = asked.iter().any(|path| configuration.folder.as_ref().is_some_and(|f| f.starts_with(path)));
            for silence in &configuration.silences {
                let on = |id: &str| setup.linter.lints().any(|lint| lint.id == id);
                let seen = whole || (silence.one_file && silence.met.load(Ordering::Relaxed));
                let line = silence.source.position(silence.at.start, Unit::Char).line;
                let (idle, used) = found.entry((silence.source.path().to_owned(), line)).or_default();
                *idle |= seen && silence.lint.as_deref().is_none_or(on);
                *used |= silence.used.load(Ordering::Relaxed);
            }
        }
        let found = found.into_iter().filter(|(_, (idle, used))| *idle && !used);
        found.map(|((path, line), _)| format!("{}:{line}: this entry silences nothing", path.display())).collect()
    }
}
