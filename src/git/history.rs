//! When files were last committed, and what they held then.
//!
//! One `git log` and one `git cat-file` serve all files of a repository: the log is read as far back as somebody asks.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use super::unquoted;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name, in hexadecimal digits.
    pub name: String,
    /// The day it was made, `2026-05-01`.
    pub date: String,
}

/// The history of a repository.
pub struct History {
    top: PathBuf,
    stamp: Stamp,
    log: Option<Reading>,
    /// The last commit of each file that the log has come by, by its path in the repository.
    last: HashMap<PathBuf, Commit>,
    now: Option<Commit>,
    objects: Option<(ChildStdin, Reading)>,
}

/// By what it is known that a repository has another commit now.
type Stamp = [Option<(u64, SystemTime)>; 2];

/// Files larger than so many bytes are no articles.
const LARGEST: u64 = 64 << 20;

static HISTORIES: LazyLock<Mutex<HashMap<PathBuf, Arc<Mutex<History>>>>> = LazyLock::new(Mutex::default);

/// The history of the repository that a file lies in, and its path there; `None` where it lies in none.
pub fn of(path: &Path) -> Option<(Arc<Mutex<History>>, PathBuf)> {
    let whole = path.canonicalize().ok()?;
    let top = whole.ancestors().skip(1).find(|folder| folder.join(".git").exists())?;
    let within = whole.strip_prefix(top).ok()?.to_owned();
    let stamp = stamp(top);
    let mut all = HISTORIES.lock().unwrap_or_else(PoisonError::into_inner);
    let known = all.get(top).filter(|history| lock(history).stamp == stamp).cloned();
    let history = known.unwrap_or_else(|| Arc::new(Mutex::new(History::new(top.to_owned(), stamp))));
    all.insert(top.to_owned(), history.clone());
    Some((history, within))
}

/// Holds a history, whatever befell who held it before.
pub fn lock(history: &Mutex<History>) -> std::sync::MutexGuard<'_, History> {
    history.lock().unwrap_or_else(PoisonError::into_inner)
}

fn stamp(top: &Path) -> Stamp {
    let git = top.join(".git");
    // In a second working tree it is a file that names the folder.
    let named = std::fs::read_to_string(&git).ok();
    let folder = named.as_deref().and_then(|text| text.strip_prefix("gitdir:")).map(|name| top.join(name.trim()));
    let folder = folder.unwrap_or(git);
    ["HEAD", "logs/HEAD"].map(|name| {
        let meta = std::fs::metadata(folder.join(name)).ok()?;
        Some((meta.len(), meta.modified().ok()?))
    })
}

impl History {
    fn new(top: PathBuf, stamp: Stamp) -> History {
        let args =
            ["log", "--format=%x01%H%x09%cs", "--name-only", "--no-renames", "--no-show-signature", "--no-color"];
        let log = Reading::start(&top, &args, Stdio::null()).map(|(_, log)| log);
        History { top, stamp, log, last: HashMap::new(), now: None, objects: None }
    }

    /// The path in the repository of a file that lies in it.
    pub fn within(&self, path: &Path) -> Option<PathBuf> {
        Some(path.canonicalize().ok()?.strip_prefix(&self.top).ok()?.to_owned())
    }

    /// The last commit that touched a file, by its path in the repository. Merges do not count.
    pub fn last(&mut self, within: &Path) -> Option<Commit> {
        loop {
            if let Some(commit) = self.last.get(within) {
                return Some(commit.clone());
            }
            let mut line = Vec::new();
            let Some(log) = &mut self.log else { return None };
            if !matches!(log.out.read_until(b'\n', &mut line), Ok(1..)) {
                self.log = None;
                return None;
            }
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            if let Some(commit) = line.strip_prefix(b"\x01") {
                let text = String::from_utf8_lossy(commit).into_owned();
                let (name, date) = text.split_once('\t').unwrap_or((&text, ""));
                self.now = Some(Commit { name: name.to_owned(), date: date.to_owned() });
            } else if let (false, Some(now)) = (line.is_empty(), &self.now) {
                self.last.entry(unquoted(line)).or_insert_with(|| now.clone());
            }
        }
    }

    /// What a file held in a commit, by the name of that in hexadecimal digits or `HEAD`. Nothing is fetched for it.
    pub fn content(&mut self, commit: &str, within: &Path) -> Option<Vec<u8>> {
        let is_name =
            commit == "HEAD" || (4..=64).contains(&commit.len()) && commit.bytes().all(|b| b.is_ascii_hexdigit());
        let path = within.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        if !is_name || path.contains(['\n', '\0']) {
            return None;
        }
        if self.objects.is_none() {
            let (into, out) = Reading::start(&self.top, &["cat-file", "--batch"], Stdio::piped())?;
            self.objects = Some((into?, out));
        }
        let (into, objects) = self.objects.as_mut()?;
        let answer = ask(into, &mut objects.out, &format!("{commit}:{path}\n"));
        if answer.is_err() {
            // What comes next would be taken for something else.
            self.objects = None;
        }
        answer.ok().flatten()
    }
}

/// Asks for an object: `<name> blob <size>`, a line, then its bytes and a line feed; `… missing` where there is none.
fn ask(into: &mut ChildStdin, out: &mut BufReader<ChildStdout>, name: &str) -> std::io::Result<Option<Vec<u8>>> {
    into.write_all(name.as_bytes())?;
    into.flush()?;
    let mut head = Vec::new();
    if out.read_until(b'\n', &mut head)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut fields = head.trim_end().rsplitn(3, ' ');
    let (size, kind) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    // The name of a path may end in anything; an object has a name in hexadecimal digits before these two.
    let is_object = fields.next().is_some_and(|name| name.bytes().all(|b| b.is_ascii_hexdigit()));
    let Some(size) = size.parse::<u64>().ok().filter(|_| is_object) else { return Ok(None) };
    if size > LARGEST {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = vec![0; size as usize + 1];
    out.read_exact(&mut bytes)?;
    bytes.pop();
    Ok((kind == "blob").then_some(bytes))
}

/// A git that runs, and what it says.
struct Reading {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Reading {
    fn start(top: &Path, args: &[&str], input: Stdio) -> Option<(Option<ChildStdin>, Reading)> {
        let mut command = Command::new("git");
        command.arg("-C").arg(top).args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]).args(args);
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1");
        let mut child = command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let (into, out) = (child.stdin.take(), child.stdout.take()?);
        Some((into, Reading { child, out: BufReader::new(out) }))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
