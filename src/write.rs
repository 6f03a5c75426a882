//! Writes a mended file: afterwards it holds the old bytes or the new ones, whatever happens on the way.
//!
//! The new bytes go to a file beside it, which takes its place when they are safely on the disk. A file is left alone
//! where that would change more than its bytes: when it is read-only, has further names (hard links), or is reached
//! over a link that leads out of the tree that was to be checked.

mod new_file;
mod unfinished;

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use new_file::{NewFile, replace};
pub use unfinished::{clean_up_on_interrupt, interrupt_is_the_end};

/// The file operations that writing needs, so that tests can make each of them fail.
pub trait Disk: Sync {
    /// Where a path leads, all links followed.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    /// What the file is, links followed.
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        fs::metadata(path)
    }

    /// All its bytes.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    /// A new file in a folder, under a name that nobody can guess. It is removed when dropped.
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        unfinished::begin(|| tempfile::Builder::new().prefix(".copydesk-").suffix(".tmp").tempfile_in(folder))
    }

    /// Writes bytes.
    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Gives the file the owner and the mode of another.
    fn dress(&self, file: &File, like: &Metadata) -> io::Result<()> {
        own(file, like)?;
        file.set_permissions(like.permissions())
    }

    /// Waits until the bytes are on the disk.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Puts the new file in the place of the old one.
    fn replace(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        file.persist(path).map(drop).map_err(|e| e.error)
    }

    /// Waits until the folder knows the new file.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }
}

/// The disk as it is.
pub struct RealDisk;

impl Disk for RealDisk {}

/// Why a file was not written. It still holds its old bytes, except after [`Refusal::Unsure`].
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It says that it must not be written.
    #[error("it is read-only; not fixed")]
    ReadOnly,
    /// Replacing it would part it from its other names, writing into it could leave a mixture.
    #[error("it has {0} names (hard links), which a new file would part; not fixed")]
    HardLinks(u64),
    /// A link leads out of the tree.
    #[error("it is a link that leads out of the checked folder; not fixed (--follow-symlinks allows it)")]
    LeadsOut,
    /// A device, a pipe, a folder.
    #[error("it is no regular file; not fixed")]
    NoFile,
    /// Somebody else wrote it since it was read.
    #[error("it has changed since it was read; not fixed")]
    Changed,
    /// The disk refused.
    #[error("not fixed: {0}")]
    Io(#[from] io::Error),
    /// The new bytes are in place, but perhaps not yet safe from a loss of power.
    #[error("fixed, but the folder could not be written through to the disk: {0}")]
    Unsure(io::Error),
}

/// A file to be mended.
#[derive(Debug)]
pub struct Target<'a> {
    /// Its path, as it was read.
    pub path: &'a Path,
    /// The folder that was to be checked; links may lead to any place inside. `None`: to any place at all.
    pub root: Option<&'a Path>,
    /// The bytes that were read.
    pub old: &'a [u8],
}

/// Replaces the bytes of a file.
///
/// # Errors
///
/// Why it was left as it was; after [`Refusal::Unsure`] it holds the new bytes.
pub fn write(disk: &dyn Disk, target: &Target<'_>, new: &[u8]) -> Result<(), Refusal> {
    let path = disk.resolve(target.path)?;
    if let Some(root) = target.root
        && !path.starts_with(disk.resolve(root)?)
    {
        return Err(Refusal::LeadsOut);
    }
    let metadata = disk.metadata(&path)?;
    if !metadata.is_file() {
        return Err(Refusal::NoFile);
    }
    if metadata.permissions().readonly() {
        return Err(Refusal::ReadOnly);
    }
    if let Some(names) = names(&metadata).filter(|names| *names > 1) {
        return Err(Refusal::HardLinks(names));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = disk.create(folder)?;
    disk.write(file.as_file(), new)?;
    disk.dress(file.as_file(), &metadata)?;
    disk.sync(file.as_file())?;
    // As late as can be: an editor may have saved the article while we read it.
    if disk.read(&path)? != target.old {
        return Err(Refusal::Changed);
    }
    disk.replace(file, &path)?;
    disk.sync_folder(folder).map_err(Refusal::Unsure)
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::nlink(metadata))
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> Option<u64> {
    None
}

/// Gives a new file the owner and group of the old one, where they differ.
#[cfg(unix)]
fn own(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = file.metadata()?;
    if (now.uid(), now.gid()) == (like.uid(), like.gid()) {
        return Ok(());
    }
    fchown(file, Some(like.uid()), Some(like.gid()))
}

#[cfg(not(unix))]
fn own(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
