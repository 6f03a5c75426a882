//! A baseline on disk: JSON Lines in the order of paths, one entry a line, so that a change to one article is a small
//! difference and two branches can be merged line by line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::entry::Entry;
use crate::write::NewFile;

/// The first line: what the file is, and the version of its form.
const HEAD: &str = "{\"copydesk-baseline\":1}";

/// Reads the entries of a baseline.
///
/// # Errors
///
/// If the file cannot be read, is no baseline, or has a line that is no entry; with file and line.
pub fn read(path: &Path) -> anyhow::Result<Vec<Entry>> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("the baseline {shown} cannot be read"))?;
    let mut lines = text.lines().enumerate();
    let is_ours = lines.next().is_some_and(|(_, head)| head.trim() == HEAD);
    anyhow::ensure!(is_ours, "{shown}:1: this is no baseline; one begins with the line {HEAD}");
    // Merging two branches may leave an entry twice; entries that differ in case alone are two.
    let mut entries: BTreeMap<Entry, usize> = BTreeMap::new();
    for (n, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let entry: Entry = serde_json::from_str(line).map_err(|e| {
            // The parser has seen one line only, and says so.
            let said = e.to_string();
            let what = said.split(" at line ").next().unwrap_or_default();
            anyhow::anyhow!("{shown}:{}: this line is no entry of a baseline: {what}", n + 1)
        })?;
        anyhow::ensure!(entry.count > 0, "{shown}:{}: the count of an entry is at least 1", n + 1);
        let count = entry.count;
        let known = entries.entry(Entry { count: 0, ..entry }).or_default();
        *known = count.max(*known);
    }
    Ok(entries.into_iter().map(|(entry, count)| Entry { count, ..entry }).collect())
}

/// Writes a baseline; entries that are equal become one with their count.
///
/// # Errors
///
/// If the disk refuses; then the old file is still there.
pub fn write(path: &Path, entries: impl IntoIterator<Item = Entry>) -> anyhow::Result<usize> {
    let mut all: BTreeMap<Entry, usize> = BTreeMap::new();
    let mut sum = 0;
    for entry in entries {
        sum += entry.count;
        *all.entry(Entry { count: 0, ..entry }).or_default() += entry.count;
    }
    let mut text = format!("{HEAD}\n");
    for (entry, count) in all {
        let _ = writeln!(text, "{}", serde_json::to_string(&Entry { count, ..entry })?);
    }
    let told = || path.display().to_string();
    let mut file = NewFile::create(path).with_context(told)?;
    file.write_all(text.as_bytes()).and_then(|()| file.finish()).with_context(told)?;
    Ok(sum)
}

/// The name of a file in a baseline: its path from the baseline's folder, where it lies below.
pub fn name(folder: &Path, path: &Path) -> String {
    let whole = path.parent().map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
    let whole: Option<PathBuf> = whole.and_then(|parent| Some(parent.canonicalize().ok()?.join(path.file_name()?)));
    let below = whole.as_deref().and_then(|whole| whole.strip_prefix(folder).ok());
    crate::report::slashed(below.unwrap_or(path)).into_owned()
}
