//! Findings that are accepted for now, so that an old archive can be taken on: what is in the baseline is passed over,
//! what is new is reported.
//!
//! An entry names the lint, the marked words and the letters around them, never a line. It keeps to its finding when the
//! file is renamed, when paragraphs move, within the file or to another, when they are wrapped anew, and whatever is done
//! to the others.

mod entry;
mod file;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::run::FileOutcome;

pub use entry::Entry;
use entry::Key;
pub use file::{name, read, write};

/// The name of a baseline where none is given.
pub const NAME: &str = "copydesk.baseline";

/// Tells accepted findings from new ones, file by file.
///
/// Two files may have the same words. Each is first given the entries that name it; what is left over is for findings in
/// files that no entry names. Whether anything is left over of a file that is still to come cannot be known, so outcomes
/// wait where it matters, and come out in order all the same.
#[derive(Debug, Default)]
pub struct Sieve {
    baselines: Vec<Baseline>,
    /// The baseline of each file that is to come, and its name there.
    files: HashMap<PathBuf, (usize, String)>,
    waiting: VecDeque<Waiting>,
    /// How many findings were accepted.
    pub accepted: usize,
}

#[derive(Debug)]
struct Baseline {
    path: PathBuf,
    folder: PathBuf,
    slots: Vec<Slot>,
    by_key: HashMap<Key, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

/// What is known of the file that an entry names. The same words may stand in thousands of files, so it is looked up once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    /// It will be checked, and may need its entry itself.
    Coming,
    /// It has been checked: what is left of its entry is for others.
    Done,
    /// It is there, but not to be checked in this run.
    Elsewhere,
    /// It is not there.
    Gone,
}

#[derive(Debug)]
struct Slot {
    entry: Entry,
    file: File,
    /// How many of its findings have not been met.
    left: usize,
    /// Where the others were met, and how often.
    met: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Waiting {
    path: PathBuf,
    outcome: FileOutcome,
    /// For the findings in order: whether they are accepted, as far as that is known.
    verdicts: Vec<Option<bool>>,
    baseline: Option<usize>,
}

impl Sieve {
    /// Reads the baselines of the files that are to be checked: each with the path of its baseline, if it has one.
    ///
    /// # Errors
    ///
    /// Those of [`read`].
    pub fn new(files: impl IntoIterator<Item = (PathBuf, Option<PathBuf>)>) -> anyhow::Result<Sieve> {
        let mut sieve = Sieve::default();
        for (path, baseline) in files {
            let Some(baseline) = baseline else { continue };
            let known = sieve.baselines.iter().position(|known| known.path == baseline);
            let number = match known {
                Some(number) => number,
                None => {
                    sieve.baselines.push(Baseline::open(baseline)?);
                    sieve.baselines.len() - 1
                }
            };
            let name = name(&sieve.baselines[number].folder, &path);
            sieve.baselines[number].expect(&name);
            sieve.files.insert(path, (number, name));
        }
        sieve.baselines.iter_mut().for_each(Baseline::look);
        Ok(sieve)
    }

    /// Takes what came out for a file, and hands over all outcomes that can be told by now: those that are new, and those
    /// that are accepted, where there is a baseline.
    ///
    /// # Errors
    ///
    /// The first that `done` returns.
    pub fn add<E>(
        &mut self,
        path: &Path,
        outcome: FileOutcome,
        done: &mut impl FnMut(&Path, FileOutcome, Option<Vec<Diagnostic>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut verdicts = vec![None; outcome.diagnostics.len()];
        let baseline = self.files.get(path).map(|(number, name)| {
            self.baselines[*number].meet_own(name, &outcome.diagnostics, &mut verdicts);
            *number
        });
        self.waiting.push_back(Waiting { path: path.to_owned(), outcome, verdicts, baseline });
        self.hand_over(done)
    }

    /// Hands over what is left, when all files have come.
    ///
    /// # Errors
    ///
    /// The first that `done` returns.
    pub fn finish<E>(
        &mut self,
        done: &mut impl FnMut(&Path, FileOutcome, Option<Vec<Diagnostic>>) -> Result<(), E>,
    ) -> Result<(), E> {
        for slot in self.baselines.iter_mut().flat_map(|baseline| &mut baseline.slots) {
            if slot.file == File::Coming {
                slot.file = File::Elsewhere;
            }
        }
        self.hand_over(done)
    }

    fn hand_over<E>(
        &mut self,
        done: &mut impl FnMut(&Path, FileOutcome, Option<Vec<Diagnostic>>) -> Result<(), E>,
    ) -> Result<(), E> {
        while let Some(first) = self.waiting.front_mut() {
            if let Some(number) = first.baseline {
                let name = &self.files[&first.path].1;
                if !self.baselines[number].meet_others(name, &first.outcome.diagnostics, &mut first.verdicts) {
                    break;
                }
            }
            let Some(mut first) = self.waiting.pop_front() else { break };
            let mut verdicts = first.verdicts.into_iter();
            let (known, new) = std::mem::take(&mut first.outcome.diagnostics)
                .into_iter()
                .partition(|_| verdicts.next().flatten() == Some(true));
            first.outcome.diagnostics = new;
            self.accepted += Vec::len(&known);
            done(&first.path, first.outcome, first.baseline.map(|_| known))?;
        }
        Ok(())
    }

    /// The paths of the baselines with the entries that were not met, although the file they name has been checked or is
    /// gone. `is_on` tells whether a lint checks a file.
    pub fn expired(&self, is_on: impl Fn(&Path, &str) -> bool) -> Vec<(&Path, Vec<Entry>)> {
        let of = |baseline: &'_ Baseline| -> Vec<Entry> {
            let gone = baseline.slots.iter().filter(|slot| baseline.is_judged(slot, &is_on));
            gone.map(|slot| Entry { count: slot.left, ..slot.entry.clone() }).collect()
        };
        self.baselines.iter().map(|baseline| (&*baseline.path, of(baseline))).collect()
    }

    /// The entries of the baseline at `path` that still hold, under the names that their findings have now.
    pub fn pruned(&self, path: &Path, is_on: impl Fn(&Path, &str) -> bool) -> Vec<Entry> {
        let mut kept = Vec::new();
        for baseline in self.baselines.iter().filter(|baseline| baseline.path == path) {
            for slot in &baseline.slots {
                let entry = |path: &String, count| Entry { path: path.clone(), count, ..slot.entry.clone() };
                kept.extend(slot.met.iter().map(|(path, count)| entry(path, *count)));
                if slot.left > 0 && !baseline.is_judged(slot, &is_on) {
                    kept.push(entry(&slot.entry.path, slot.left));
                }
            }
        }
        kept
    }
}

impl Baseline {
    fn open(path: PathBuf) -> anyhow::Result<Baseline> {
        let entries = read(&path)?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, entry) in entries.iter().enumerate() {
            by_key.entry(entry.key()).or_default().push(n);
            by_name.entry(entry.path.clone()).or_default().push(n);
        }
        let slot = |entry: Entry| Slot { left: entry.count, met: BTreeMap::new(), file: File::Gone, entry };
        let slots = entries.into_iter().map(slot).collect();
        Ok(Baseline { path, folder, slots, by_key, by_name })
    }

    /// Notes that a file will be checked.
    fn expect(&mut self, name: &str) {
        for n in self.by_name.get(name).into_iter().flatten() {
            self.slots[*n].file = File::Coming;
        }
    }

    /// Looks which of the other files are there.
    fn look(&mut self) {
        for (name, slots) in &self.by_name {
            let is_other = slots.iter().all(|n| self.slots[*n].file == File::Gone);
            if is_other && self.folder.join(name).exists() {
                slots.iter().for_each(|n| self.slots[*n].file = File::Elsewhere);
            }
        }
    }

    /// Gives the findings of a file the entries that name it.
    fn meet_own(&mut self, name: &str, diagnostics: &[Diagnostic], verdicts: &mut [Option<bool>]) {
        let mut own: HashMap<Key, Vec<usize>> = HashMap::new();
        for n in self.by_name.get(name).into_iter().flatten() {
            self.slots[*n].file = File::Done;
            own.entry(self.slots[*n].entry.key()).or_default().push(*n);
        }
        for (d, verdict) in diagnostics.iter().zip(verdicts) {
            let key = Entry::of(d, name).key();
            let open = own.get(&key).into_iter().flatten().find(|n| self.slots[**n].left > 0);
            match open {
                Some(n) => {
                    self.slots[*n].meet(name);
                    *verdict = Some(true);
                }
                None if !self.by_key.contains_key(&key) => *verdict = Some(false),
                None => {}
            }
        }
    }

    /// Gives what is left of other files' entries. Whether all is told: not where a file that is still to come may need
    /// its entry itself.
    fn meet_others(&mut self, name: &str, diagnostics: &[Diagnostic], verdicts: &mut [Option<bool>]) -> bool {
        for (d, verdict) in diagnostics.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()) {
            let slots = self.by_key.get(&Entry::of(d, name).key()).map_or(&[][..], Vec::as_slice);
            let mut left = slots.iter().copied().filter(|n| self.slots[*n].left > 0);
            let free = left.clone().find(|n| self.slots[*n].is_free());
            match free {
                Some(n) => {
                    self.slots[n].meet(name);
                    *verdict = Some(true);
                }
                None if left.any(|n| self.slots[n].file == File::Coming) => return false,
                None => *verdict = Some(false),
            }
        }
        true
    }

    fn is_judged(&self, slot: &Slot, is_on: impl Fn(&Path, &str) -> bool) -> bool {
        let entry = &slot.entry;
        slot.left > 0 && slot.is_free() && is_on(&self.folder.join(&entry.path), &entry.lint)
    }
}

impl Slot {
    /// Whether its file needs it no more.
    fn is_free(&self) -> bool {
        matches!(self.file, File::Done | File::Gone)
    }

    fn meet(&mut self, name: &str) {
        self.left -= 1;
        *self.met.entry(name.to_owned()).or_default() += 1;
    }
}
