//! What holds of every fix: a second run changes nothing, and what no edit marks stays as it is.

use std::convert::Infallible;
use std::path::Path;

use copydesk::config::{Setup, Setups};
use copydesk::diagnostic::{Edit, Safety};
use copydesk::files::Input;
use copydesk::fix::{self, Carry};
use copydesk::run::{self, FileOutcome, Job, Mending};
use copydesk::text::decode;

use super::documents::{self, Way};

/// What came out for one file, held in memory.
pub fn outcome(setup: Setup, path: &Path, bytes: &[u8], least: Option<Safety>) -> FileOutcome {
    let mending = least.map(|least| Mending { least, disk: None, follow_symlinks: false });
    let job = Job { setups: Setups::one(setup), mending, cache: None };
    let mut found = None;
    let Ok(()) = run::each_file(&job, vec![Input::Bytes(path.to_owned(), bytes.to_vec())], |_, outcome| {
        found = Some(outcome);
        Ok::<(), Infallible>(())
    });
    found.expect("one file, one outcome")
}

/// Fixes a file twice.
pub fn check(way: Way, bytes: &[u8], least: Safety) -> Result<(), String> {
    let path = Path::new("article");
    spared(way, bytes, least)?;
    let shown = |bytes: &[u8]| bytes.escape_ascii().to_string();
    let once = outcome(way.setup(), path, bytes, Some(least));
    if let Some(problem) = once.problems.iter().map(|p| p.to_string()).find(|p| p.contains("broke down")) {
        return Err(format!("{problem}, over {}", shown(bytes)));
    }
    let Some(mended) = once.mended.and_then(|mended| mended.bytes) else { return Ok(()) };
    let twice = outcome(way.setup(), path, &mended, Some(least));
    if twice.fixed != 0 || twice.mended.is_some() {
        let again = twice.mended.and_then(|mended| mended.bytes).unwrap_or_default();
        return Err(format!("{} became {}, and then {}", shown(bytes), shown(&mended), shown(&again)));
    }
    Ok(())
}

/// One round of fixes leaves every byte outside its edits as it was.
fn spared(way: Way, bytes: &[u8], least: Safety) -> Result<(), String> {
    let setup = way.setup();
    let Ok(source) = run::source(&setup, Path::new("article"), bytes) else { return Ok(()) };
    // What cannot be written back is not fixed at all.
    if decode::encode(source.text(), source.encoding()).is_err() {
        return Ok(());
    }
    let mut diagnostics = Vec::new();
    let mut edits: Vec<Edit> = Vec::new();
    for document in documents::read(&setup, Path::new("article"), bytes) {
        let found = setup.linter.check(&document).diagnostics;
        let carry = Carry::into_file_of(document.source());
        edits.extend(fix::select(&found, least).iter().flat_map(|fix| &fix.edits).map(|edit| carry.edit(edit)));
        diagnostics.extend(found);
    }
    // Sources are told apart by their addresses, which must not be used again: the diagnostics keep them.
    let (fixed, _) = fix::apply_to_file(&source, &diagnostics, least);
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut rest = fixed.as_str();
    let mut at = 0;
    for edit in &edits {
        let before = source.text().get(at..edit.span.start as usize);
        let next = before.and_then(|before| rest.strip_prefix(before)).and_then(|rest| rest.strip_prefix(&*edit.text));
        rest =
            next.ok_or_else(|| format!("{edit:?} is not all that differs between {:?} and {fixed:?}", source.text()))?;
        at = edit.span.end as usize;
    }
    if source.text().get(at..) == Some(rest) {
        return Ok(());
    }
    Err(format!("{edits:?} are not all that differs between {:?} and {fixed:?}", source.text()))
}
