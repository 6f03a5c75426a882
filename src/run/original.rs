//! The original of a file that is a translation.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{kind, source};
use crate::config::{Original, Setup};
use crate::format::bilingual::Unit;
use crate::format::{self, Kind};
use crate::text::{Document, Lang, Source};

/// Reads the original of a file, and tells the language of the translation where the paths do. A rule may speak of a file
/// that is not there; one that was named outright must be.
///
/// # Errors
///
/// If it cannot be read, in a sentence.
pub fn read(setup: &Setup, path: &Path) -> Result<Option<(Document, Option<Lang>)>, String> {
    let Some((original, shown, source)) = text(setup, path)? else { return Ok(None) };
    let format = match kind(setup, &shown) {
        Some(Kind::Text(format)) => *format,
        Some(_) => return Err(format!("its original {}: it holds many texts", shown.display())),
        None => format::PLAIN,
    };
    Ok(Some((super::original(setup, format, source, original.lang), original.target_lang)))
}

/// The cues of an original.
pub struct Cues {
    /// All of them.
    pub units: Vec<Unit>,
    /// The file, as people name it.
    pub shown: PathBuf,
    /// The language of the translation, where the paths tell it.
    pub lang: Option<Lang>,
}

/// Reads the original of a file of subtitles, which is another such file.
///
/// # Errors
///
/// If it cannot be read, or is something else, in a sentence.
pub fn cues(setup: &Setup, path: &Path) -> Result<Option<Cues>, String> {
    let Some((original, shown, source)) = text(setup, path)? else { return Ok(None) };
    let format = match kind(setup, &shown) {
        Some(Kind::Bilingual(format)) if format.is_timed() => *format,
        _ => return Err(format!("its original {}: it holds no subtitles", shown.display())),
    };
    let mut units = format.read(&source, &setup.reading).units;
    for entry in units.iter_mut().filter_map(|unit| unit.target.as_mut()) {
        entry.lang = entry.lang.or(original.lang);
    }
    Ok(Some(Cues { units, shown, lang: original.target_lang }))
}

/// Where the original of a file stands, the same as people name it, and its text.
type Text = (Original, PathBuf, Arc<Source>);

fn text(setup: &Setup, path: &Path) -> Result<Option<Text>, String> {
    let Some(original) = setup.original(path) else { return Ok(None) };
    let shown = shown(&original.path);
    let failed = |e: &dyn std::fmt::Display| format!("its original {}: {e}", shown.display());
    // Whoever may write beside an article could put a pipe there, which is never read to its end.
    match std::fs::metadata(&original.path) {
        Ok(meta) if meta.is_file() => {}
        _ if setup.source.is_none() => return Ok(None),
        Ok(_) => return Err(failed(&"it is no file")),
        Err(e) => return Err(failed(&e)),
    }
    let mut bytes = Vec::new();
    File::open(&original.path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|e| failed(&e))?;
    let source = Arc::new(source(setup, &shown, &bytes).map_err(|e| failed(&e))?);
    Ok(Some((original, shown, source)))
}

/// By what the original of a file is known again: its name, what is known of the two languages, its bytes. Empty where the
/// file has none; `None` if it cannot be read.
pub fn known_by(setup: &Setup, path: &Path) -> Option<Vec<u8>> {
    let Some(original) = setup.original(path) else { return Some(Vec::new()) };
    let mut known = format!("{:?} {:?} {:?}\n", original.path, original.lang, original.target_lang).into_bytes();
    if std::fs::metadata(&original.path).is_ok_and(|meta| meta.is_file()) {
        known.extend(std::fs::read(&original.path).ok()?);
    }
    Some(known)
}

/// The path as people name it: from the working folder on, where it lies in that.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok().and_then(|here| path.strip_prefix(&here).ok().map(Path::to_owned));
    here.unwrap_or_else(|| path.to_owned())
}
