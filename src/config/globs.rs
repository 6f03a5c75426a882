//! Globs of a configuration: `*.md` holds at any depth, `drafts` or `drafts/` for all that is in such a folder,
//! `/drafts` or `notes/*.txt` from the folder of the configuration on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;

use super::mistake::Mistake;
use crate::text::Source;

/// Many globs, matched together; each belongs to a group, and a file has the groups of all its globs.
#[derive(Debug, Default)]
pub struct Globs {
    builder: Vec<(PathBuf, Glob, usize)>,
    sets: Vec<(PathBuf, GlobSet, Vec<usize>)>,
}

impl Globs {
    /// Adds globs that are taken from a folder on, under a group.
    pub fn add(
        &mut self,
        folder: &Path,
        source: &Arc<Source>,
        globs: &[Spanned<String>],
        group: usize,
    ) -> Result<(), Mistake> {
        for glob in globs {
            for pattern in patterns(glob.get_ref()) {
                let built = GlobBuilder::new(&pattern).literal_separator(true).build().map_err(|e| {
                    Mistake::new(source, glob.span(), format!("“{}” is no glob: {}", glob.get_ref(), e.kind()))
                })?;
                self.builder.push((folder.to_owned(), built, group));
            }
        }
        Ok(())
    }

    /// Makes them ready to match.
    pub fn build(mut self) -> Globs {
        self.builder.sort_by(|a, b| a.0.cmp(&b.0));
        for part in self.builder.chunk_by(|a, b| a.0 == b.0) {
            let mut set = GlobSetBuilder::new();
            for (_, glob, _) in part {
                set.add(glob.clone());
            }
            // Each glob was built before; only a size limit could refuse them together.
            if let Ok(set) = set.build() {
                self.sets.push((part[0].0.clone(), set, part.iter().map(|p| p.2).collect()));
            }
        }
        self.builder = Vec::new();
        self
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The groups of the globs that match an absolute path, sorted.
    pub fn groups(&self, path: &Path) -> Vec<usize> {
        let mut groups = Vec::new();
        for (folder, set, of) in &self.sets {
            if let Ok(path) = path.strip_prefix(folder) {
                groups.extend(set.matches(path).into_iter().map(|n| of[n]));
            }
        }
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

/// What a glob stands for, from its folder on.
fn patterns(glob: &str) -> Vec<String> {
    let anchored = glob.trim_end_matches('/').contains('/');
    let inner = glob.trim_start_matches("./").trim_matches('/');
    if inner.is_empty() || inner == "." {
        return vec!["**".to_owned()];
    }
    let base = if anchored { inner.to_owned() } else { format!("**/{inner}") };
    let mut patterns = Vec::new();
    if !glob.ends_with('/') {
        patterns.push(base.clone());
    }
    if !base.ends_with("**") {
        patterns.push(format!("{base}/**"));
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(glob: &str, path: &str) -> bool {
        patterns(glob)
            .iter()
            .any(|p| GlobBuilder::new(p).literal_separator(true).build().unwrap().compile_matcher().is_match(path))
    }

    #[test]
    fn globs_read_as_in_ignore_files() {
        assert!(matches("*.md", "a/b.md") && matches("*.md", "b.md"));
        assert!(matches("drafts", "a/drafts/x.txt") && matches("drafts/", "drafts/b/x.txt"));
        assert!(!matches("drafts/", "drafts"));
        assert!(matches("/drafts", "drafts/x.txt") && !matches("/drafts", "a/drafts/x.txt"));
        assert!(matches("notes/*.txt", "notes/x.txt") && !matches("notes/*.txt", "notes/b/x.txt"));
        assert!(matches("notes/**", "notes/b/x.txt") && matches("**/x.txt", "a/x.txt"));
        assert!(matches("./notes", "notes/x.txt") && matches(".", "a/b/x.txt"));
    }
}
