//! Which files are checked: walking folders, reading files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::config::Setups;
use crate::format;
use crate::report::{Problem, counted};
use crate::text::decode;

/// A file to check, or a text that was handed in under a name.
#[derive(Debug)]
pub enum Input {
    /// A file.
    File {
        /// Its path, relative to the working directory where that is possible.
        path: PathBuf,
        /// The folder that was to be checked, all links resolved: fixes are not written outside of it.
        root: Option<PathBuf>,
    },
    /// Bytes of standard input.
    Bytes(PathBuf, Vec<u8>),
}

impl Input {
    /// The path that reports show.
    pub fn path(&self) -> &Path {
        match self {
            Input::File { path, .. } | Input::Bytes(path, _) => path,
        }
    }

    /// Its bytes; not even read if they are more than what is checked at all.
    pub fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Input::Bytes(_, bytes) => Ok(Cow::Borrowed(bytes)),
            Input::File { path, .. } => read(path).map(Cow::Owned),
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    let too_long = || io::Error::other(decode::Undecodable::TooLong);
    if metadata.is_file() {
        return if metadata.len() > decode::LONGEST { Err(too_long()) } else { std::fs::read(path) };
    }
    if is_device(&metadata) {
        return Err(io::Error::other("a device, not a file"));
    }
    // A pipe: what it holds is not known beforehand.
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(decode::LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > decode::LONGEST { Err(too_long()) } else { Ok(bytes) }
}

/// Devices may have no end, and reading them may do something.
#[cfg(unix)]
fn is_device(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_char_device() || metadata.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &std::fs::Metadata) -> bool {
    false
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Collected {
    /// Files to check, sorted by path.
    pub inputs: Vec<Input>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// Files that were passed over because no format reads them.
    pub unknown: usize,
    /// Files that the configuration leaves out.
    pub excluded: usize,
    /// Links that were not followed.
    pub links: usize,
}

/// The files under these paths: a file named outright is taken whatever its name, a folder gives the files whose format
/// is known, ignore files and the configuration respected, links not followed.
pub fn collect(paths: &[PathBuf], setups: &Setups) -> Collected {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let mut found = Collected::default();
    let mut files: BTreeMap<PathBuf, Option<PathBuf>> = BTreeMap::new();
    for path in paths {
        let root = root(path, here.as_deref());
        for entry in ignore::WalkBuilder::new(path).follow_links(false).require_git(false).build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) => {
                    let message = e.io_error().map_or_else(|| e.to_string(), cause);
                    found.problems.push(Problem::of_file(path_of(&e).unwrap_or(path), message));
                    continue;
                }
            };
            let named = entry.depth() == 0;
            match entry.file_type() {
                Some(kind) if kind.is_dir() => {}
                Some(kind) if kind.is_symlink() && !named => found.links += 1,
                Some(kind) if !kind.is_file() && !named => {}
                _ if named && !setups.takes_named(entry.path()) => found.excluded += 1,
                _ if !named && format::of_path(entry.path()).is_some() && !setups.takes(entry.path()) => {
                    found.excluded += 1;
                }
                _ if named || format::of_path(entry.path()).is_some() => {
                    files.entry(relative(entry.path(), here.as_deref())).or_insert_with(|| root.clone());
                }
                _ => found.unknown += 1,
            }
        }
    }
    found.inputs = files.into_iter().map(|(path, root)| Input::File { path, root }).collect();
    found
}

/// Whether the walk over a folder finds this file, there or still to be written.
#[cfg(feature = "lsp")]
pub fn would_find(folder: &Path, path: &Path, setups: &Setups) -> bool {
    if format::of_path(path).is_none() || !setups.takes(path) {
        return false;
    }
    // The walk goes straight to the folder of the file, and reads the ignore files on its way.
    let target = path.parent().unwrap_or(path).to_owned();
    let on_the_way = {
        let (target, path) = (target.clone(), path.to_owned());
        move |entry: &ignore::DirEntry| target.starts_with(entry.path()) || entry.path() == path
    };
    let walk = ignore::WalkBuilder::new(folder).follow_links(false).require_git(false).filter_entry(on_the_way).build();
    let mut reached = false;
    for entry in walk.flatten() {
        if entry.path() == path {
            return entry.file_type().is_some_and(|kind| kind.is_file());
        }
        reached |= entry.path() == target;
    }
    reached && !path.exists()
}

impl Collected {
    /// Leaves out the files that this run writes: a report of the last run is no article.
    pub fn leave_out<'a>(&mut self, written: impl Iterator<Item = &'a Path>) {
        let written: Vec<PathBuf> = written.filter_map(|path| path.canonicalize().ok()).collect();
        if !written.is_empty() {
            let is_written = |path: &Path| path.canonicalize().is_ok_and(|path| written.contains(&path));
            self.inputs.retain(|input| !matches!(input, Input::File { path, .. } if is_written(path)));
        }
    }

    /// Why files were passed over, in words; `None` if none was.
    pub fn passed_over(&self, paths: &[PathBuf]) -> Option<String> {
        let ignored = if self.inputs.is_empty() { ignored(paths).saturating_sub(self.excluded) } else { 0 };
        let parts: Vec<String> = [
            (self.unknown, "of a kind that is not read"),
            (self.excluded, "left out by the configuration"),
            (self.links, "reached by links"),
            (ignored, "hidden or in ignore files"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, why)| format!("{n} {why}"))
        .collect();
        let all = self.unknown + self.excluded + self.links + ignored;
        (all > 0).then(|| format!("{} passed over: {}", counted(all, "file"), parts.join(", ")))
    }
}

/// How many files would be checked if nothing was hidden or ignored.
fn ignored(paths: &[PathBuf]) -> usize {
    let walk = |path: &PathBuf| ignore::WalkBuilder::new(path).standard_filters(false).build();
    let readable = |entry: &ignore::DirEntry| {
        entry.file_type().is_some_and(|kind| kind.is_file()) && format::of_path(entry.path()).is_some()
    };
    paths.iter().flat_map(walk).filter(|entry| entry.as_ref().is_ok_and(readable)).count()
}

/// The folder that fixes must stay in: the one that was named; for a file the working directory, or the file's folder
/// where that lies elsewhere.
fn root(path: &Path, here: Option<&Path>) -> Option<PathBuf> {
    if path.is_dir() {
        return path.canonicalize().ok();
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().ok()?;
    Some(here.filter(|here| folder.starts_with(here)).map_or(folder, Path::to_path_buf))
}

/// A path relative to the working directory, where it lies below it.
fn relative(path: &Path, here: Option<&Path>) -> PathBuf {
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if plain.as_os_str().is_empty() { path.to_path_buf() } else { plain }
}

/// What the system said: the walk wraps it in an error that names the path, as our report does already.
fn cause(error: &io::Error) -> String {
    let inner = error.get_ref().and_then(|inner| std::error::Error::source(inner));
    inner.map_or_else(|| error.to_string(), |inner| inner.to_string())
}

fn path_of(error: &ignore::Error) -> Option<&PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
