//! The articles that are known: those of the workspace, and those that are open.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::look::{self, Seen, without_accepted};
use super::rules::{self, Rules};
use crate::config::Mistake;
use crate::corpus::{Corpus, DocId, Found, Gathered};
use crate::diagnostic::Diagnostic;
use crate::format::Row;
use crate::lint::Lint;
use crate::report::Problem;
use crate::run::held::{HeldSheet, hash};
use crate::run::reopened::Reopened;
use crate::text::{Document, Source};

/// What is kept of an article, its text not.
#[derive(Default)]
pub struct Article {
    /// Its documents in order: itself, or its records.
    pub sheets: Vec<HeldSheet>,
    /// How many words it has.
    pub words: usize,
    /// What kept it, a record or a check from being worked on.
    pub problems: Vec<Problem>,
    /// What is wrong with it, where it is no article but a file that steers us.
    pub mistakes: Vec<Mistake>,
    /// The hash of its text.
    pub text: u64,
    /// The number of its first document among the articles that are compared, and how many there may be before the next
    /// article.
    pub number: Option<(DocId, u32)>,
    /// The format of the language that the editor takes it for.
    pub language: Option<&'static Row>,
    /// The hash of its diagnostics as they were last worked out; 0 for none.
    pub items: u64,
}

/// What was found of articles beside others.
pub type AllFound = BTreeMap<DocId, Vec<(Arc<Lint>, Found)>>;

/// All of them. Findings are the same whatever came first: documents are numbered in the order of their paths.
#[derive(Default)]
pub struct Articles {
    all: BTreeMap<PathBuf, Article>,
    /// The paths of those that are compared, by the number of their first document.
    numbers: BTreeMap<DocId, PathBuf>,
    corpus: Corpus,
    found: AllFound,
    /// Documents in which findings may have come or gone since `found` was concluded.
    unsettled: BTreeSet<DocId>,
    /// The texts of those that are open.
    open: HashMap<PathBuf, Arc<Source>>,
    /// Documents that findings pointed at lately.
    shown: Mutex<HashMap<DocId, Arc<Document>>>,
}

/// So many documents are kept to be shown.
const SHOWN: usize = 64;

/// Up to so many articles all is concluded at each change.
const FEW: usize = 200;

/// How many numbers are left free before each of so many articles: enough for others to come between them. Half of all
/// numbers are for the documents themselves.
pub fn spacing(count: usize) -> DocId {
    DocId::MAX / 2 / (count as DocId + 1)
}

impl Articles {
    /// The articles of a workspace, compared.
    pub fn compared(all: BTreeMap<PathBuf, Article>, corpus: Corpus, found: AllFound) -> Articles {
        let numbers = all.iter().filter_map(|(path, article)| Some((article.number?.0, path.clone()))).collect();
        Articles { all, numbers, corpus, found, ..Articles::default() }
    }

    /// An article.
    pub fn get(&self, path: &Path) -> Option<&Article> {
        self.all.get(path)
    }

    /// The same, to note what was told of it.
    pub fn get_mut(&mut self, path: &Path) -> Option<&mut Article> {
        self.all.get_mut(path)
    }

    /// All of them in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&PathBuf, &Article)> {
        self.all.iter()
    }

    /// The paths of the articles in which something was found beside others.
    pub fn with_found(&self) -> BTreeSet<PathBuf> {
        self.found.keys().filter_map(|doc| self.path_of(*doc)).cloned().collect()
    }

    /// Notes the text of an article that is open.
    pub fn open(&mut self, path: &Path, source: Arc<Source>) {
        self.open.insert(path.to_owned(), source);
    }

    /// From now on the text of an article is that of its file.
    pub fn close(&mut self, path: &Path) {
        self.open.remove(path);
    }

    /// Puts what was seen of an article in the place of what was known; `compared` says whether it is set against the
    /// others. `false` if there is no room for it between its neighbours: then all must be numbered anew.
    pub fn put(&mut self, path: &Path, seen: Seen, compared: bool) -> bool {
        let Seen { mut article, gathered, .. } = seen;
        let need = article.sheets.len().max(1) as u32;
        let before = self.all.get(path);
        article.items = before.map_or(0, |before| before.items);
        let known = before.and_then(|before| before.number.map(|number| (number, before.sheets.len() as u32)));
        let number = match known {
            Some(((first, room), _)) if compared && room >= need => Some((first, room)),
            _ if !compared => None,
            _ => match self.number_for(path, need) {
                Some(number) => Some(number),
                None => return false,
            },
        };
        if let Some(((first, _), count)) = known {
            let kept = if number.is_some_and(|(now, _)| now == first) { article.sheets.len() as u32 } else { 0 };
            for doc in first + kept.min(count)..first + count {
                self.renew(doc, Vec::new());
            }
            if kept == 0 {
                self.numbers.remove(&first);
            }
        }
        if let Some((first, _)) = number {
            self.numbers.insert(first, path.to_owned());
            for (doc, gathered) in (first..).zip(gathered) {
                self.renew(doc, gathered);
            }
        }
        article.number = number;
        self.all.insert(path.to_owned(), article);
        true
    }

    /// Takes an article out.
    pub fn remove(&mut self, path: &Path) -> Option<Article> {
        let article = self.all.remove(path)?;
        if let Some((first, _)) = article.number {
            self.numbers.remove(&first);
            for doc in first..first + article.sheets.len() as u32 {
                self.renew(doc, Vec::new());
                self.found.remove(&doc);
                self.unsettled.remove(&doc);
            }
        }
        Some(article)
    }

    fn renew(&mut self, doc: DocId, gathered: Gathered) {
        self.shown.get_mut().unwrap_or_else(PoisonError::into_inner).remove(&doc);
        let affected = self.corpus.renew(doc, gathered);
        self.unsettled.extend(affected);
    }

    /// A number for an article between its neighbours.
    fn number_for(&self, path: &Path, need: u32) -> Option<(DocId, u32)> {
        let end = |(_, article): (&PathBuf, &Article)| {
            let (first, _) = article.number?;
            Some((first, article.sheets.len().max(1) as u32))
        };
        let before = self
            .all
            .range::<Path, _>((std::ops::Bound::Unbounded, std::ops::Bound::Excluded(path)))
            .rev()
            .find_map(end);
        let after =
            self.all.range::<Path, _>((std::ops::Bound::Excluded(path), std::ops::Bound::Unbounded)).find_map(end);
        let start = before.map_or(1, |(first, count)| first + count);
        let end = after.map_or(DocId::MAX, |(first, _)| first);
        let free = end.checked_sub(start)?;
        let first = start + free / 2;
        let room = end - first;
        (room >= need).then_some((first, room))
    }

    /// Concludes again what has to be; the paths of the articles in which that changed something.
    pub fn settle(&mut self) -> BTreeSet<PathBuf> {
        let unsettled = std::mem::take(&mut self.unsettled);
        self.conclude(&unsettled)
    }

    /// The same for the documents of one article, which its writer waits for: as far as it can be told at once where
    /// there are many articles. They are settled with the others.
    pub fn settle_one(&mut self, path: &Path) {
        let Some(article) = self.all.get(path) else { return };
        let Some((first, _)) = article.number else { return };
        let docs: BTreeSet<DocId> =
            (first..first + article.sheets.len() as u32).filter(|doc| self.unsettled.contains(doc)).collect();
        let now = self.corpus.conclude_at_once(&docs).found;
        self.note(&docs, now);
    }

    fn conclude(&mut self, docs: &BTreeSet<DocId>) -> BTreeSet<PathBuf> {
        if docs.is_empty() {
            return BTreeSet::new();
        }
        let now = self.corpus.conclude(Some(docs)).found;
        self.note(docs, now)
    }

    /// Notes what is found in documents; the paths of those in which that changed something.
    fn note(&mut self, docs: &BTreeSet<DocId>, mut now: AllFound) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        for doc in docs {
            let now = now.remove(doc).unwrap_or_default();
            let before = self.found.get(doc).map_or(&[][..], Vec::as_slice);
            let same =
                now.len() == before.len() && now.iter().zip(before).all(|((a, x), (b, y))| Arc::ptr_eq(a, b) && x == y);
            if !same {
                changed.extend(self.path_of(*doc).cloned());
            }
            if now.is_empty() {
                self.found.remove(doc);
            } else {
                self.found.insert(*doc, now);
            }
        }
        changed
    }

    /// Whether what is found beside others may be old.
    pub fn is_unsettled(&self) -> bool {
        !self.unsettled.is_empty()
    }

    /// Whether articles are compared.
    pub fn are_compared(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Whether there are so few articles that settling takes no time to speak of.
    pub fn are_few(&self) -> bool {
        self.numbers.len() <= FEW
    }

    fn path_of(&self, doc: DocId) -> Option<&PathBuf> {
        self.numbers.range(..=doc).next_back().map(|(_, path)| path)
    }

    /// The text of an article as it was looked at.
    pub fn source(&self, rules: &Rules, path: &Path) -> Option<Arc<Source>> {
        if let Some(source) = self.open.get(path) {
            return Some(source.clone());
        }
        let source = look::read(rules, path).ok()?;
        (hash(source.text().as_bytes()) == self.all.get(path)?.text).then(|| Arc::new(source))
    }

    /// All findings of an article, with the text that they are in; `None` where that can no longer be had.
    pub fn diagnostics(&self, rules: &Rules, path: &Path) -> Option<(Arc<Source>, Vec<Diagnostic>)> {
        let article = self.all.get(path)?;
        let source = self.source(rules, path)?;
        let Ok(setup) = rules.of(path) else { return Some((source, Vec::new())) };
        let file = Reopened::new(&setup, rules::kind(&setup, path, article.language), source.clone());
        let mut all = Vec::new();
        for (n, sheet) in article.sheets.iter().enumerate() {
            let found = article.number.and_then(|(first, _)| self.found.get(&(first + n as DocId)));
            let found = found.map_or(&[][..], Vec::as_slice);
            all.extend(file.diagnostics(&setup, (n, sheet), found, &|doc| self.show(rules, doc)));
        }
        Some((source, without_accepted(&setup, path, all)))
    }

    /// A document that a finding points at.
    fn show(&self, rules: &Rules, doc: DocId) -> Option<Arc<Document>> {
        let shown = || self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = shown().get(&doc) {
            return Some(document.clone());
        }
        let path = self.path_of(doc)?;
        let article = self.all.get(path)?;
        let file = self.source(rules, path)?;
        let setup = rules.of(path).ok()?;
        let number = (doc - article.number?.0) as usize;
        let file = Reopened::new(&setup, rules::kind(&setup, path, article.language), file);
        let document = Arc::new(file.outline(&setup, number, article.sheets.get(number)?)?);
        let mut shown = shown();
        if shown.len() >= SHOWN {
            shown.clear();
        }
        shown.insert(doc, document.clone());
        Some(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Setup, Setups};
    use crate::lsp::look::look;

    #[test]
    fn articles_are_numbered_in_the_order_of_their_paths_whatever_came_first() {
        let rules = Rules::one(Setups::one(Setup::default()));
        let mut articles = Articles::default();
        for name in ["m", "a", "z", "n", "b", "y"] {
            let path = PathBuf::from(format!("/{name}.jsonl"));
            let text = "{\"text\": \"One.\"}\n".repeat(3);
            let seen = look(&rules, Arc::new(Source::new(&path, text)), None);
            assert!(articles.put(&path, seen, true));
        }
        let numbers: Vec<DocId> = articles.iter().map(|(_, article)| article.number.unwrap().0).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] + 3 <= pair[1]), "{numbers:?}");
    }
}
