//! Reading the workspace, beside the work for open documents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::articles::{Article, Articles, spacing};
use super::client::Can;
use super::diagnostics::{self, Items};
use super::look::{self, Seen};
use super::rules::Rules;
use super::uri;
use crate::corpus::{Corpus, DocId};
use crate::files;
use crate::report::Problem;

/// So many files are looked at before what was found is shown.
const BATCH: usize = 64;

/// What comes of a scan.
pub enum News {
    /// Findings of some articles, each by itself; articles without any are left out.
    Looked(Vec<(PathBuf, Items)>),
    /// All were read and compared.
    Done(Box<Articles>, Vec<Problem>),
}

/// Reads all articles of the workspace and hands over what was found, as long as `current` is the number of this scan.
pub fn scan(rules: &Rules, can: &Can, number: u64, current: &AtomicU64, mut tell: impl FnMut(News)) {
    let is_current = || current.load(Ordering::Relaxed) == number;
    let mut problems = Vec::new();
    let mut paths = BTreeSet::new();
    for (folder, setups) in rules.watched() {
        let found = files::collect(&[folder.to_owned()], setups);
        problems.extend(found.problems);
        // The walk tells paths from the working directory on.
        let whole = |path: &std::path::Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        paths.extend(found.inputs.iter().map(|input| whole(input.path())));
    }
    let paths: Vec<PathBuf> = paths.into_iter().collect();
    let gap = spacing(paths.len());
    let mut next: DocId = 0;
    let mut all: BTreeMap<PathBuf, Article> = BTreeMap::new();
    let mut corpus = Corpus::default();
    let look = |path: &PathBuf| {
        let seen = look::look_at_file(rules, path, None);
        let items = items_of(rules, &seen, can);
        (seen, items)
    };
    let mut before: (&[PathBuf], Vec<(Seen, Items)>) = (&[], Vec::new());
    // What one batch tells is noted while the next is looked at. The last is an empty one.
    for paths in paths.chunks(BATCH).chain([&[][..]]) {
        if !is_current() {
            return;
        }
        let mut looked = Vec::new();
        let mut note = |(paths, seen): (&[PathBuf], Vec<(Seen, Items)>)| {
            for (path, (seen, items)) in paths.iter().zip(seen) {
                let Seen { mut article, gathered, .. } = seen;
                let first = next + gap;
                next = first + article.sheets.len() as DocId;
                for (doc, gathered) in (first..).zip(gathered) {
                    corpus.insert(doc, gathered);
                }
                article.number = Some((first, article.sheets.len() as DocId + gap));
                article.items = items.hash;
                all.insert(path.clone(), article);
                if !items.is_empty() {
                    looked.push((path.clone(), items));
                }
            }
        };
        let noted = std::mem::take(&mut before);
        let ((), seen) = rayon::join(|| note(noted), || paths.par_iter().map(look).collect());
        before = (paths, seen);
        tell(News::Looked(looked));
    }
    let conclusions: Vec<_> =
        (0..corpus.lints()).into_par_iter().map(|lint| corpus.conclude_lint(lint, None)).collect();
    let mut whole = crate::corpus::Conclusion::default();
    conclusions.into_iter().for_each(|conclusion| whole.add(conclusion));
    let broken = whole
        .broken
        .iter()
        .map(|lint| Problem::of_file(".", format!("the check of {lint} broke down while it compared the articles")));
    problems.extend(broken);
    if is_current() {
        tell(News::Done(Box::new(Articles::compared(all, corpus, whole.found)), problems));
    }
}

fn items_of(rules: &Rules, seen: &Seen, can: &Can) -> Items {
    let Some(source) = &seen.source else { return Items::new(&[]) };
    let uri_of = |path: &std::path::Path| uri::of_path(path);
    let problems = seen.article.problems.iter().map(|problem| diagnostics::of_problem(problem, source, can));
    let path = source.path();
    let found = match rules.of(path) {
        Ok(setup) => look::without_accepted(&setup, path, seen.diagnostics.clone()),
        Err(_) => Vec::new(),
    };
    let findings = found.iter().map(|d| diagnostics::of(d, can, &uri_of));
    Items::new(&problems.chain(findings).collect::<Vec<_>>())
}
