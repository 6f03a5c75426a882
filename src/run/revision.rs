//! What has become of the original of a file since that was translated: by the commit that its front matter names, else by
//! the last one that touched it.

use std::path::Path;
use std::sync::Arc;

use super::{kind, source};
use crate::config::Setup;
use crate::format::{self, Kind, front_matter};
use crate::git::history;
use crate::text::{Document, Revision};

/// Under these names front matter keeps the commit of the original that was translated, whatever their case and joints:
/// `l10n.sourceCommit` of MDN, `default_lang_commit` of OpenTelemetry and Helm, `source_commit`, `original-commit`.
const KEYS: [&str; 4] = ["sourcecommit", "defaultlangcommit", "originalcommit", "translationsourcecommit"];

/// Compares an original with what it was; `None` where nothing is known of that, or nothing has changed.
pub fn of(setup: &Setup, target: &Document, now: &Document) -> Option<Revision> {
    let path = target.source().path();
    let original = setup.original(path)?.path;
    let (history, within) = history::of(&original)?;
    let mut history = history::lock(&history);
    let before = match recorded(target.source().text()) {
        Some(commit) => history.content(commit, &within)?,
        None => {
            let own = history.within(path)?;
            // What somebody works on may be up to date by now.
            if !says(setup, path, &history.content("HEAD", &own)?, target.source().text()) {
                return None;
            }
            let commit = history.last(&own)?;
            history.content(&commit.name, &within)?
        }
    };
    let is_committed =
        history.content("HEAD", &within).is_some_and(|bytes| says(setup, &original, &bytes, now.source().text()));
    let date = if is_committed { history.last(&within).map(|commit| commit.date) } else { None };
    drop(history);
    let before = Arc::new(source(setup, &original, &before).ok()?);
    let format = match kind(setup, &original) {
        Some(Kind::Text(format)) => *format,
        _ => format::PLAIN,
    };
    let draft = format.parse(&before, &setup.reading);
    Revision::between(&Document::outline(before, draft), now, date)
}

/// Whether bytes say what a text does; white space apart, since git may give line ends of its own.
fn says(setup: &Setup, path: &Path, bytes: &[u8], text: &str) -> bool {
    source(setup, path, bytes).is_ok_and(|read| read.text().split_whitespace().eq(text.split_whitespace()))
}

/// The commit that front matter names.
fn recorded(text: &str) -> Option<&str> {
    let lines = front_matter::inside(text)?.lines();
    let value = lines.filter_map(|line| line.split_once([':', '='])).find(|(key, _)| {
        let bare: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
        KEYS.iter().any(|known| known.eq_ignore_ascii_case(&bare))
    });
    let commit = value?.1.split('#').next()?.trim().trim_matches(['"', '\'']);
    ((7..=64).contains(&commit.len()) && commit.bytes().all(|b| b.is_ascii_hexdigit())).then_some(commit)
}
