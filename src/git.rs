//! What has changed since a revision. Git is run as a program: it knows its repositories best.

pub mod history;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::diagnostic::{Diagnostic, Place};
use crate::report::visible;

/// The files that differ from a revision, committed or not, and those that git does not know yet.
#[derive(Debug)]
pub struct Changes {
    /// By their whole paths. Without lines all of a file is new: git does not know it, or does not take it for a text.
    files: HashMap<PathBuf, Option<Vec<Lines>>>,
}

/// Lines as git counts them, from 1 to the last, each ended by a line feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lines {
    first: u32,
    last: u32,
}

/// What keeps a diff from depending on the user's settings, and from running programs of a repository.
const PLAIN: [&str; 9] = [
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--no-prefix",
    "--ignore-submodules=all",
    "--find-renames",
    // What was deleted cannot be checked.
    "--diff-filter=d",
    "--inter-hunk-context=0",
];

/// What has changed in the repository of a folder since a revision: since the last commit that it and the current one
/// have in common, so that a branch is not blamed for what went on elsewhere. `lines`: which lines, too.
///
/// # Errors
///
/// If git cannot be run, the folder is in no repository, or there is no such revision.
pub fn since(folder: &Path, revision: &str, lines: bool) -> anyhow::Result<Changes> {
    let top = run(folder, &["rev-parse", "--show-toplevel"])?;
    let top = path_of(top.strip_suffix(b"\n").unwrap_or(&top));
    let base = base(folder, revision)?;
    let diff = |what: &[&str]| run(&top, &[&["diff"], what, &PLAIN, &[&base, "--"]].concat());
    let mut files = HashMap::new();
    for (path, is_text) in numbers(&diff(&["--numstat", "-z"])?) {
        files.insert(path, if is_text { Some(Vec::new()) } else { None });
    }
    if lines {
        for (path, hunks) in hunks(&diff(&["--patch", "--unified=0"])?) {
            if let Some(Some(known)) = files.get_mut(&path) {
                known.extend(hunks);
            }
        }
    }
    let unknown = run(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    files.extend(unknown.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(|path| (path_of(path), None)));
    let whole = |path: PathBuf| top.join(&path).canonicalize().unwrap_or_else(|_| top.join(&path));
    Ok(Changes { files: files.into_iter().map(|(path, lines)| (whole(path), lines)).collect() })
}

/// The commit from which to count.
fn base(folder: &Path, revision: &str) -> anyhow::Result<String> {
    // No revision begins with a hyphen, and git would take it for an option.
    let is_one = !revision.is_empty() && !revision.starts_with('-') && !revision.contains('\0');
    let commit = |revision: &str| {
        let found = run(folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]).ok()?;
        let name = String::from_utf8(found).ok()?.trim().to_owned();
        name.bytes().all(|b| b.is_ascii_hexdigit()).then_some(name).filter(|name| !name.is_empty())
    };
    let commit = is_one.then(|| commit(revision)).flatten();
    let commit = commit.with_context(|| format!("git knows no revision “{revision}” here"))?;
    let common = run(folder, &["merge-base", &commit, "HEAD"]).ok();
    let common = common.and_then(|name| String::from_utf8(name).ok()).map(|name| name.trim().to_owned());
    // In a clone that is cut short there may be none.
    Ok(common.filter(|name| !name.is_empty()).unwrap_or(commit))
}

fn run(folder: &Path, args: &[&str]) -> anyhow::Result<Vec<u8>> {
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"])
        .args(args)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .output()
        .context("git cannot be run, and it alone knows what has changed")?;
    if done.status.success() {
        return Ok(done.stdout);
    }
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    anyhow::bail!("git: {}", visible(said.lines().next().unwrap_or("failed").trim_start_matches("fatal: ")))
}

/// The files of a `--numstat -z`, by their new names, and whether git takes them for texts.
fn numbers(out: &[u8]) -> Vec<(PathBuf, bool)> {
    let mut parts = out.split(|byte| *byte == 0);
    let mut found = Vec::new();
    while let Some(part) = parts.next() {
        let mut fields = part.splitn(3, |byte| *byte == b'\t');
        let (Some(added), Some(_), Some(path)) = (fields.next(), fields.next(), fields.next()) else { continue };
        // Of a renamed file the names come after: the old one, the new one.
        let path = if path.is_empty() { parts.nth(1).unwrap_or_default() } else { path };
        found.push((path_of(path), added != b"-"));
    }
    found
}

/// The lines that a patch without context adds or changes, file by file. Where it only takes lines out, those on both
/// sides of the gap count.
fn hunks(patch: &[u8]) -> Vec<(PathBuf, Vec<Lines>)> {
    let mut found: Vec<(PathBuf, Vec<Lines>)> = Vec::new();
    let mut lines = patch.split(|byte| *byte == b'\n');
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix(b"+++ ") {
            found.push((unquoted(name), Vec::new()));
        } else if let Some((removed, first, added)) = hunk(line) {
            let lines_of = match added {
                0 => Lines { first, last: first + 1 },
                _ => Lines { first, last: first + added - 1 },
            };
            if let Some((_, all)) = found.last_mut() {
                all.push(lines_of);
            }
            // What the lines themselves say must not be taken for a heading.
            let mut left = removed + added;
            while left > 0 {
                match lines.next() {
                    Some(line) if line.starts_with(b"\\") => {}
                    Some(_) => left -= 1,
                    None => return found,
                }
            }
        }
    }
    found
}

/// `@@ -1,2 +3,4 @@`: how many lines go, the first that comes, and how many come.
fn hunk(line: &[u8]) -> Option<(u32, u32, u32)> {
    let line = std::str::from_utf8(line.strip_prefix(b"@@ -")?).ok().or_else(|| {
        let cut = line.windows(3).position(|three| three == b" @@")?;
        std::str::from_utf8(line.get(4..cut)?).ok()
    })?;
    let (old, rest) = line.split_once(" +")?;
    let new = rest.split_once(' ').map_or(rest, |(new, _)| new);
    let pair = |text: &str| match text.split_once(',') {
        Some((first, count)) => Some((first.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    };
    let ((_, removed), (first, added)): ((u32, u32), (u32, u32)) = (pair(old)?, pair(new)?);
    Some((removed, first, added))
}

/// A path as a patch names it: in quotes where it holds characters that steer, with a tab behind it where it has blanks.
fn unquoted(name: &[u8]) -> PathBuf {
    let Some(quoted) = name.strip_prefix(b"\"") else {
        return path_of(name.strip_suffix(b"\t").unwrap_or(name));
    };
    let mut bytes = Vec::new();
    let mut rest = quoted.iter().copied().peekable();
    while let Some(byte) = rest.next().filter(|byte| *byte != b'"') {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(digit @ b'0'..=b'7') => {
                let mut value = u32::from(digit - b'0');
                while let Some(digit) = rest.next_if(|digit| (b'0'..=b'7').contains(digit)) {
                    value = value * 8 + u32::from(digit - b'0');
                }
                bytes.push(value as u8);
            }
            Some(letter) => {
                let known = [(b'a', 7), (b'b', 8), (b't', 9), (b'n', 10), (b'v', 11), (b'f', 12), (b'r', 13)];
                bytes.push(known.iter().find(|(name, _)| *name == letter).map_or(letter, |(_, byte)| *byte));
            }
            None => break,
        }
    }
    path_of(&bytes)
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(&*String::from_utf8_lossy(bytes))
}

impl Changes {
    /// Whether a file has changed.
    pub fn touch(&self, path: &Path) -> bool {
        self.lines(path).is_some()
    }

    fn lines(&self, path: &Path) -> Option<&Option<Vec<Lines>>> {
        self.files.get(&path.canonicalize().ok()?)
    }

    /// Keeps the findings of a file that stand in a changed paragraph, or point to a changed line.
    pub fn keep(&self, path: &Path, diagnostics: &mut Vec<Diagnostic>) {
        let Some(Some(lines)) = self.lines(path) else { return };
        let Some(first) = diagnostics.first() else { return };
        let file = first.at.in_file().source;
        let feeds: Vec<u32> = memchr::memchr_iter(b'\n', file.text().as_bytes()).map(|at| at as u32).collect();
        let line = |at: u32| feeds.partition_point(|feed| *feed < at) as u32 + 1;
        let touched = |place: &Place| {
            let span = place.in_file().span;
            let (first, last) = (line(span.start), line(span.end.saturating_sub(1).max(span.start)));
            lines.iter().any(|changed| changed.first <= last && first <= changed.last)
        };
        diagnostics.retain(|d| {
            let block = Place { source: d.at.source.clone(), span: d.block };
            touched(&block) || d.related.iter().any(|label| label.at.source.path() == path && touched(&label.at))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(patch: &str) -> Vec<(String, Vec<(u32, u32)>)> {
        let shown = |(path, lines): (PathBuf, Vec<Lines>)| {
            (path.display().to_string(), lines.iter().map(|l| (l.first, l.last)).collect())
        };
        hunks(patch.as_bytes()).into_iter().map(shown).collect()
    }

    #[test]
    fn a_patch_names_files_and_lines() {
        let patch = "diff --git a b.md a b.md\n--- a b.md\t\n+++ a b.md\t\n@@ -3 +3,2 @@ heading\n-old\n+++ x\n+new\n\
                     \\ No newline at end of file\n@@ -9,2 +10,0 @@\n-one\n-two\n\
                     diff --git \"q\\\"\\303\\244.md\" \"q\\\"\\303\\244.md\"\n--- /dev/null\n+++ \"q\\\"\\303\\244.md\"\n\
                     @@ -0,0 +1 @@\n+@@ -1 +1 @@\n";
        assert_eq!(all(patch), [("a b.md".to_owned(), vec![(3, 4), (10, 11)]), ("q\"ä.md".to_owned(), vec![(1, 1)])]);
    }

    #[test]
    fn numbers_tell_renamed_files_and_texts() {
        let out = b"1\t0\ta.md\0-\t-\tb.txt\x002\t2\t\0old.md\0new.md\0";
        let found: Vec<_> = numbers(out).into_iter().map(|(p, t)| (p.display().to_string(), t)).collect();
        assert_eq!(found, [("a.md".to_owned(), true), ("b.txt".to_owned(), false), ("new.md".to_owned(), true)]);
    }
}
