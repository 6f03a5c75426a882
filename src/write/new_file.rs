//! A file that we write from nothing: a report, a baseline. What stood under its name before stands there until all of
//! the new text is on the disk, also when the run is broken off.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::unfinished;

/// A file that is being written. Dropped unfinished, it leaves what was there.
#[derive(Debug)]
pub struct NewFile(Target);

#[derive(Debug)]
enum Target {
    /// The new file beside the old one, and the name that it will get.
    Beside(BufWriter<NamedTempFile>, PathBuf),
    /// A pipe or a device cannot be replaced, only written to.
    Direct(BufWriter<File>),
}

impl NewFile {
    /// Begins a file. Links are followed: it is the file they lead to that is replaced.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written to, or the path is a folder.
    pub fn create(path: &Path) -> io::Result<NewFile> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
            let file = fs::OpenOptions::new().write(true).open(&path)?;
            return Ok(NewFile(Target::Direct(BufWriter::new(file))));
        }
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied));
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile(folder)?;
        if let Some(old) = old {
            file.as_file().set_permissions(old.permissions())?;
        }
        Ok(NewFile(Target::Beside(BufWriter::new(file), path)))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    ///
    /// If the disk refuses; then the old file is still there.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Target::Direct(mut file) => file.flush(),
            Target::Beside(file, path) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|e| e.error)
            }
        }
    }
}

/// Puts a new file in the place of what bears this name, be it a link. Nothing waits until the bytes are on the disk: for
/// what can be made again and is known to be broken when it is.
///
/// # Errors
///
/// If the disk refuses; then the old file is still there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|e| e.error)
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Target::Beside(file, _) => file.write(bytes),
            Target::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Target::Beside(file, _) => file.flush(),
            Target::Direct(file) => file.flush(),
        }
    }
}

/// A new file under a name that nobody can guess, which others may read as far as the umask lets them.
fn tempfile(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".copydesk-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // What is said of a folder that is not there, or not ours, must not name a file that nobody asked for.
    fs::metadata(folder)?;
    unfinished::begin(|| builder.tempfile_in(folder)).map_err(|e| io::Error::from(e.kind()))
}
