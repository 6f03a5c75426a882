//! A baseline keeps to its findings whatever is done to the files around them, and lets nothing new pass.

#![cfg(feature = "cli")]

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use copydesk::baseline::{self, Entry, Sieve};
use copydesk::config::Setups;
use copydesk::diagnostic::Diagnostic;
use copydesk::files::Input;
use copydesk::run::{self, FileOutcome, Job};
use proptest::prelude::*;

/// Paragraphs with one finding each, whatever stands around them.
const BAD: &[&str] = &[
    "After three winters the ferry to Port Mallow sails again, and people said it was was late on the first morning.",
    "The harbour master opened the pier at noon.The crowd on the quay had been waiting there since early morning.",
    "Nobody in the town hall could say when the old timetable would return, and the mayor isnâ€™t in office today.",
    "The captain took over the line in the spring of last year. in the spring of last year. Tickets are sold on board.",
    "A second boat is is promised for the summer, when most visitors come to see the seals on the northern rocks.",
];

/// Paragraphs without any.
const GOOD: &[&str] = &[
    "Fishing boats share the basin with the ferry, which leaves every two hours as long as there is light.",
    "The council voted for a new roof over the waiting room and will pay for it from the fund for the coast.",
    "Schoolchildren painted the shelter beside the slipway in the colours of the first three steamers.",
    "A storm in November had torn two planks from the jetty and carried them as far as the lighthouse.",
];

/// An article: which paragraphs, and how wide its lines are in bytes.
#[derive(Debug, Clone)]
struct Article {
    name: String,
    paragraphs: Vec<&'static str>,
    width: usize,
}

impl Article {
    fn text(&self) -> String {
        let wrapped = self.paragraphs.iter().map(|paragraph| wrap(paragraph, self.width));
        format!("# The ferry sails again\n\n{}\n", wrapped.collect::<Vec<_>>().join("\n\n"))
    }
}

fn wrap(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let fits = column + word.len() < width;
        if column > 0 {
            out.push(if fits { ' ' } else { '\n' });
        }
        column = if fits { column + word.len() + 1 } else { word.len() };
        out.push_str(word);
    }
    out
}

fn inputs(articles: &[Article]) -> Vec<Input> {
    let bytes = |article: &Article| Input::Bytes(PathBuf::from(&article.name), article.text().into_bytes());
    articles.iter().map(bytes).collect()
}

fn job() -> Job<'static> {
    Job { setups: Setups::default(), mending: None, cache: None }
}

fn entries(articles: &[Article]) -> Vec<Entry> {
    let mut all = Vec::new();
    let Ok(()) = run::each_file(&job(), inputs(articles), |path, outcome| {
        all.extend(outcome.diagnostics.iter().map(|d| Entry::of(d, &path.to_string_lossy())));
        Ok::<(), Infallible>(())
    });
    all
}

/// What is new, as file and lint; what is accepted; and the entries that are expired.
fn sift(file: &Path, articles: &[Article]) -> (Vec<String>, usize, usize) {
    let files = articles.iter().map(|article| (PathBuf::from(&article.name), Some(file.to_owned())));
    let mut sieve = Sieve::new(files).expect("it can be read");
    let (mut new, mut order) = (Vec::new(), Vec::new());
    let mut done = |path: &Path, outcome: FileOutcome, accepted: Option<Vec<Diagnostic>>| {
        assert!(accepted.is_some());
        order.push(path.to_string_lossy().into_owned());
        new.extend(outcome.diagnostics.iter().map(|d| format!("{}: {}", path.display(), d.lint.id)));
        Ok::<(), Infallible>(())
    };
    let Ok(()) = run::each_file(&job(), inputs(articles), |path, outcome| sieve.add(path, outcome, &mut done));
    let Ok(()) = sieve.finish(&mut done);
    assert_eq!(order, articles.iter().map(|article| article.name.clone()).collect::<Vec<_>>());
    let expired = sieve.expired(|_, _| true).into_iter().flat_map(|(_, entries)| entries);
    let expired = expired.map(|entry| entry.count).sum();
    (new, sieve.accepted, expired)
}

/// Two articles that share out all bad paragraphs, some of them twice, among good ones, under some names.
fn articles(names: [&'static str; 2]) -> impl Strategy<Value = Vec<Article>> {
    let places = proptest::collection::vec(any::<prop::sample::Index>(), BAD.len() + 2);
    let good = proptest::collection::vec(prop::sample::select(GOOD), 1..4);
    (places, good, 30usize..140, 30usize..140).prop_map(move |(places, good, first, second)| {
        let mut paragraphs: [Vec<&'static str>; 2] = [good.clone(), good];
        // Two of the bad ones stand there twice.
        for (bad, place) in BAD.iter().chain(&BAD[..2]).zip(places) {
            let at = place.index(paragraphs[0].len() + paragraphs[1].len());
            let (half, at) = if at < paragraphs[0].len() { (0, at) } else { (1, at - paragraphs[0].len()) };
            paragraphs[half].insert(at, bad);
        }
        let mut widths = [first, second].into_iter();
        let made = names.into_iter().zip(paragraphs).map(|(name, paragraphs)| Article {
            name: name.to_owned(),
            // The same paragraph twice in one article is a finding of another kind.
            paragraphs: paragraphs.into_iter().fold(Vec::new(), |mut all, p| {
                if !all.contains(&p) {
                    all.push(p);
                }
                all
            }),
            width: widths.next().unwrap_or(80),
        });
        made.collect()
    })
}

fn bad_in(articles: &[Article]) -> Vec<&'static str> {
    let mut all: Vec<_> = articles.iter().flat_map(|a| &a.paragraphs).copied().filter(|p| BAD.contains(p)).collect();
    all.sort_unstable();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn renaming_moving_wrapping_and_editing_others_keeps_it_valid(
        before in articles(["a.md", "b.md"]),
        after in prop_oneof![articles(["a.md", "b.md"]), articles(["b.md", "c.md"]), articles(["x/y.md", "z.md"])],
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("copydesk.baseline");
        let accepted = entries(&before);
        prop_assert_eq!(accepted.len(), bad_in(&before).len());
        baseline::write(&file, accepted).expect("it can be written");
        // What is there twice may have become one or two: as many are new, or expired, as there are more or fewer.
        let (mut more, mut fewer) = (bad_in(&after), bad_in(&before));
        more.retain(|p| fewer.iter().position(|q| p == q).map(|at| fewer.remove(at)).is_none());
        let (new, known, expired) = sift(&file, &after);
        prop_assert_eq!((new.len(), known, expired), (more.len(), bad_in(&after).len() - more.len(), fewer.len()));
    }
}

#[test]
fn a_copy_is_new_where_it_was_put_and_the_original_is_not() {
    let article = |name: &str, paragraphs: &[&'static str]| Article {
        name: name.to_owned(),
        paragraphs: paragraphs.to_vec(),
        width: 80,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copydesk.baseline");
    baseline::write(&file, entries(&[article("b.md", &[GOOD[0], BAD[0]])])).expect("it can be written");
    // The copy comes first in the order of files; the original must be met all the same.
    let copied = [article("a.md", &[GOOD[1], BAD[0]]), article("b.md", &[GOOD[0], BAD[0]])];
    assert_eq!(sift(&file, &copied), (vec!["a.md: repeated-word".to_owned()], 1, 0));
    let moved = [article("a.md", &[GOOD[1], BAD[0]]), article("b.md", &[GOOD[0]])];
    assert_eq!(sift(&file, &moved), (vec![], 1, 0));
    // A file that was not checked, but is there, keeps what is its own.
    std::fs::write(folder.path().join("b.md"), "").expect("it can be written");
    assert_eq!(sift(&file, &moved[..1]), (vec!["a.md: repeated-word".to_owned()], 0, 0));
}

#[test]
fn a_file_that_never_comes_holds_no_other_up() {
    let article = |name: &str| Article { name: name.to_owned(), paragraphs: vec![GOOD[0], BAD[0]], width: 80 };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copydesk.baseline");
    baseline::write(&file, entries(&[article("b.md")])).expect("it can be written");
    let files = ["a.md", "b.md"].map(|name| (PathBuf::from(name), Some(file.clone())));
    let mut sieve = Sieve::new(files).expect("it can be read");
    let mut told = Vec::new();
    let mut done = |path: &Path, outcome: FileOutcome, _: Option<Vec<Diagnostic>>| {
        told.push((path.to_owned(), outcome.diagnostics.len()));
        Ok::<(), Infallible>(())
    };
    let Ok(()) =
        run::each_file(&job(), inputs(&[article("a.md")]), |path, outcome| sieve.add(path, outcome, &mut done));
    let Ok(()) = sieve.finish(&mut done);
    assert_eq!((told, sieve.accepted), (vec![(PathBuf::from("a.md"), 1)], 0));
}

#[test]
fn a_changed_word_next_to_a_finding_makes_it_new() {
    let changed = ["People said it was was early on the first morning, and the ferry to Port Mallow was full of them."];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copydesk.baseline");
    let article =
        |paragraphs: &[&'static str]| [Article { name: "a.md".into(), paragraphs: paragraphs.to_vec(), width: 80 }];
    baseline::write(&file, entries(&article(&[BAD[0]]))).expect("it can be written");
    assert_eq!(sift(&file, &article(&changed)), (vec!["a.md: repeated-word".to_owned()], 0, 1));
}

#[test]
fn what_was_accepted_is_accepted_also_where_entries_are_alike() {
    const ALIKE: [&str; 3] = [
        "The people said that it was was late on the first morning of the year, and left.",
        "the People said that it WAS WAS late on the first morning of the year, and left.",
        "The people – said that it was was “late on the first” morning of the year, and left.",
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copydesk.baseline");
    let article = [Article { name: "a.md".into(), paragraphs: ALIKE.to_vec(), width: 200 }];
    let accepted = entries(&article);
    assert!(accepted.len() >= 3);
    let count = accepted.len();
    baseline::write(&file, accepted).expect("it can be written");
    assert_eq!(sift(&file, &article), (vec![], count, 0));
    // A merge that kept a line twice accepts nothing more.
    let mut text = std::fs::read_to_string(&file).expect("it can be read");
    text.push_str(&text.clone().lines().skip(1).map(|line| format!("{line}\n")).collect::<String>());
    std::fs::write(&file, text).expect("it can be written");
    assert_eq!(sift(&file, &article), (vec![], count, 0));
}

#[test]
fn the_file_is_the_same_whatever_the_order_and_has_an_entry_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copydesk.baseline");
    let article = Article { name: "a.md".into(), paragraphs: BAD.to_vec(), width: 80 };
    let mut entries = entries(&[article]);
    baseline::write(&file, entries.clone()).expect("it can be written");
    let first = std::fs::read_to_string(&file).expect("it can be read");
    entries.reverse();
    baseline::write(&file, entries).expect("it can be written");
    assert_eq!(std::fs::read_to_string(&file).expect("it can be read"), first);
    assert_eq!(first.lines().count(), BAD.len() + 1);
    // Read and written again, it stays as it is.
    let again = baseline::read(&file).expect("it can be read");
    baseline::write(&file, again).expect("it can be written");
    assert_eq!(std::fs::read_to_string(&file).expect("it can be read"), first);
}
