//! Articles set against each other: many files, any number of threads, evidence that comes and goes.

#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use copydesk::config::{Setup, Setups};
use copydesk::corpus::{Corpus, Found};
use copydesk::diagnostic::Diagnostic;
use copydesk::files::Input;
use copydesk::lint::{HouseStyle, Lint, Linter, registry};
use copydesk::run::{self, Job};
use copydesk::text::{Document, Lang, Source};
use copydesk::{Options, check_all};

#[allow(dead_code)]
#[path = "../benches/prose/mod.rs"]
mod prose;

const FOOT: &str =
    "The Lenn Evening Post is written by volunteers\n\nWrite to the desk at the old mill\n\nPrinted on Fridays";

fn linter(ids: &[&str]) -> Linter {
    let lints = ids.iter().map(|id| registry::named(id).unwrap_or_else(|| panic!("there is no lint {id}")));
    Linter::new(lints.map(|lint| (lint.clone(), lint.severity)).collect(), HouseStyle::default())
}

/// The findings of a run as lines, file by file.
fn run(inputs: Vec<(String, String)>, linter: Linter) -> Vec<String> {
    let mut setup = Setup::default();
    (setup.linter, setup.lang) = (linter, Lang::parse("en"));
    let job = Job { setups: Setups::one(setup), mending: None, cache: None };
    let inputs = inputs.into_iter().map(|(name, text)| Input::Bytes(PathBuf::from(name), text.into_bytes())).collect();
    let mut said = Vec::new();
    let Ok(()) = run::each_file(&job, inputs, |path, outcome| {
        assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        said.extend(outcome.diagnostics.iter().map(|d| line(path, d)));
        Ok::<(), Infallible>(())
    });
    said
}

fn line(path: &Path, d: &Diagnostic) -> String {
    let related = d.related.iter().map(|label| format!("{}@{}", label.at.source.path().display(), label.at.span.start));
    let marked = d.at.span.slice(d.at.source.text());
    format!("{} {} {marked:?} {} {:?}", path.display(), d.lint.id, d.message, related.collect::<Vec<_>>())
}

#[test]
fn the_foot_of_a_thousand_articles_is_one_finding_in_each() {
    let articles = prose::articles(4_000_000);
    assert!(articles.len() >= 1000);
    let articles: Vec<String> = articles.into_iter().take(1000).map(|text| format!("{text}\n{FOOT}\n")).collect();
    let texts: Vec<&str> = articles.iter().map(String::as_str).collect();
    let options = Options { lang: Lang::parse("en"), linter: linter(&["recurring-block"]), ..Options::default() };
    let reports = check_all(&texts, &options);
    for (text, report) in texts.iter().zip(&reports) {
        let marked: Vec<&str> = report.diagnostics.iter().map(|d| d.at.span.slice(text)).collect();
        assert_eq!(marked, [FOOT]);
        assert!(
            report.diagnostics[0].message.ends_with("stands in 1000 articles"),
            "{}",
            report.diagnostics[0].message
        );
    }
}

/// A full name in several cases, the last with a slip.
const RUSSIAN: [&str; 4] =
    ["Олег Кравченко", "сын Олега Кравченко", "человек с Олегом Кравченко", "друг Олега Кравчинко"];

/// Some articles with feet of several kinds, a copied article, and records of one file.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (at, text) in prose::articles(200_000).into_iter().enumerate() {
        let foot = match at % 4 {
            0 => FOOT,
            1 => "A foot that only some of the articles have below them",
            2 => "The the foot.",
            _ => "",
        };
        let painter = if at == 9 { "Wasketova" } else { "Vasketova" };
        let name =
            if at % 3 == 0 { format!("All {at} prints are by Ludmila {painter} herself.\n") } else { String::new() };
        files.push((format!("{at:03}.txt"), format!("{text}\n{name}\n{foot}\n")));
    }
    files.push(("copy.txt".to_owned(), files[3].1.clone()));
    for (at, name) in RUSSIAN.into_iter().enumerate() {
        files
            .push((format!("ru{at}.md"), format!("---\nlang: ru\n---\n\nНовый мост через реку вчера видел {name}.\n")));
    }
    let record = |text: &str| serde_json::json!({ "text": text }).to_string();
    files.push(("wire.jsonl".to_owned(), files[..8].iter().map(|(_, text)| record(text) + "\n").collect()));
    files
}

#[test]
fn neither_threads_nor_the_order_of_files_change_what_is_found() {
    let linter = linter(&["recurring-block", "inconsistent-name-across", "repeated-word"]);
    let expected = run(files(), linter.clone());
    assert!(expected.iter().any(|line| line.contains("repeated-word")));
    assert!(expected.iter().any(|line| line.contains("recurring-block")));
    assert!(expected.iter().any(|line| line.contains("“Wasketova” is spelled “Vasketova” in ")));
    assert!(expected.iter().any(|line| line.contains("“Кравчинко” is spelled “Кравченко” in 3 other articles")));
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
        assert_eq!(pool.install(|| run(files(), linter.clone())), expected);
    }
    // Examples are of the first files, so only places and counts are the same in another order.
    let without_examples = |lines: Vec<String>| -> BTreeSet<String> {
        lines.into_iter().map(|line| line.split(" [").next().unwrap_or_default().to_owned()).collect()
    };
    let mut turned = files();
    turned.reverse();
    assert_eq!(without_examples(run(turned, linter)), without_examples(expected));
}

fn document(text: &str) -> Document {
    document_in("en", text)
}

fn document_in(lang: &str, text: &str) -> Document {
    let source = Arc::new(Source::new("text", text));
    let draft = copydesk::format::PLAIN.parse(&source, &Default::default());
    Document::new(source, draft, Lang::parse(lang))
}

/// A name of one language is no slip for one of another; an article that is translated goes from one to the other.
#[test]
fn names_are_compared_within_one_language() {
    let linter = linter(&["inconsistent-name-across"]);
    let gathered = |lang: &str, name: &str| {
        let text = match lang {
            "de" => format!("Der Hafen bleibt heute zu, sagte {name}, als er am Ufer stand."),
            _ => format!("Le port reste fermé, a dit hier {name}, qui attendait le bac."),
        };
        linter.gather(&document_in(lang, &text)).0
    };
    let mut corpus = Corpus::default();
    for doc in 0..3 {
        corpus.insert(doc, gathered("de", "Nadia Zellweck"));
    }
    corpus.insert(3, gathered("fr", "Nadia Zelweck"));
    corpus.insert(4, gathered("fr", "Olga Petrenko"));
    assert_eq!(concluded(&corpus, None), All::new());
    let affected = corpus.renew(3, gathered("de", "Nadia Zelweck"));
    assert_eq!(affected, BTreeSet::from([0, 1, 2, 3, 4]));
    let found = concluded(&corpus, None);
    assert_eq!(found.keys().copied().collect::<Vec<u32>>(), [3]);
    assert_eq!(found[&3][0].1.related.iter().map(|spot| spot.doc).collect::<Vec<u32>>(), [0, 1, 2]);
    let affected = corpus.renew(0, gathered("fr", "Nadia Zellweck"));
    assert_eq!(affected, BTreeSet::from([0, 1, 2, 3, 4]));
    assert_eq!(concluded(&corpus, None), All::new());
    corpus.remove(1);
    assert_eq!(corpus.renew(0, Vec::new()), BTreeSet::from([0, 4]));
}

type All = BTreeMap<u32, Vec<(String, Found)>>;

fn concluded(corpus: &Corpus, only: Option<&BTreeSet<u32>>) -> All {
    let named = |all: Vec<(Arc<Lint>, Found)>| all.into_iter().map(|(lint, found)| (lint.id.clone(), found)).collect();
    corpus.conclude(only).found.into_iter().map(|(doc, all)| (doc, named(all))).collect()
}

/// An editor renews one article after the other: whoever is not told to look again must have the same findings as before.
#[test]
fn evidence_comes_and_goes_and_only_those_affected_change() {
    let linter = linter(&["recurring-block", "inconsistent-name-across"]);
    let mut texts: Vec<String> = files().into_iter().take(24).map(|(_, text)| text).collect();
    let mut corpus = Corpus::default();
    for (doc, text) in texts.iter().enumerate() {
        corpus.insert(doc as u32, linter.gather(&document(text)).0);
    }
    let mut all = concluded(&corpus, None);
    assert!(!all.is_empty());
    let first = texts[0].clone();
    let steps: &[(usize, String)] = &[
        (10, format!("We heard of Ludmila Vasketowa first.\n\n{}", texts[10])),
        (10, texts[10].clone()),
        (11, texts[11].clone()),
        (9, texts[9].replace("Wasketova", "Vasketova")),
        (3, format!("{}\n{FOOT}\n", texts[3])),
        (0, texts[0].replace(FOOT, "")),
        (5, first.clone()),
        (6, first.clone()),
        (7, first),
        (8, String::new()),
        (8, format!("A line above\n\n{}", texts[8])),
        (9, texts[9].replace("only some", "ONLY, some")),
        // One that becomes a copy of another, and no more counts in what both hold.
        (20, format!("The ferry is late again.\n\n{FOOT}")),
        (21, format!("The tower is shut again.\n\n{FOOT}")),
        (21, format!("The ferry is late again.\n\n{FOOT}")),
    ];
    let mut changes = 0;
    for (doc, text) in steps {
        texts[*doc] = text.clone();
        let affected = corpus.renew(*doc as u32, linter.gather(&document(text)).0);
        let mut fresh = Corpus::default();
        for (doc, text) in texts.iter().enumerate().rev() {
            fresh.insert(doc as u32, linter.gather(&document(text)).0);
        }
        let now = concluded(&fresh, None);
        assert_eq!(concluded(&corpus, None), now, "after a step at {doc}");
        let again = concluded(&corpus, Some(&affected));
        for other in 0..texts.len() as u32 {
            let known = if affected.contains(&other) { again.get(&other) } else { all.get(&other) };
            assert_eq!(known, now.get(&other), "document {other} after a step at {doc}");
        }
        changes += usize::from(now != all);
        all = now;
    }
    assert!(changes >= 8, "{changes}");
}

/// What is gathered of a translation: sentences of an original, each rendered in the way that its letter says.
fn rendered(linter: &Linter, said: &str) -> copydesk::corpus::Gathered {
    let sentence = |n: usize| format!("The lock number {n} is shut on Sundays.");
    let source: Vec<String> = (0..said.len()).map(sentence).collect();
    let target = said.chars().enumerate().map(|(n, way)| match way {
        'a' => format!("Die Schleuse {n} ist sonntags zu."),
        'b' => format!("An Sonntagen bleibt Schleuse {n} geschlossen."),
        _ => sentence(n),
    });
    let target: Vec<String> = target.collect();
    let draft = |text: String| {
        let source = Arc::new(Source::new("text", text));
        let draft = copydesk::format::PLAIN.parse(&source, &Default::default());
        (source, draft)
    };
    let (source, own) = draft(source.join("\n\n"));
    let (target, rendered) = draft(target.join("\n\n"));
    let source = Document::new(source, own, Lang::parse("en"));
    let target = Document::new(target, rendered, Lang::parse("de"));
    linter.gather_translation(&copydesk::text::Translation::of(&source, &target)).0
}

#[test]
fn translations_come_and_go_and_only_those_affected_change() {
    let linter = linter(&["inconsistent-translation"]);
    let mut said = ["aaaa", "aaab", "abab", "....", "bbaa", "a", "ab"].map(str::to_owned);
    let mut corpus = Corpus::default();
    for (doc, ways) in said.iter().enumerate() {
        corpus.insert(doc as u32, rendered(&linter, ways));
    }
    let mut all = concluded(&corpus, None);
    assert_eq!(all.values().map(Vec::len).sum::<usize>(), 3, "a finding for each way but the most frequent");
    let steps = [(1, "aaaa"), (0, "bbbb"), (3, "bbbb"), (2, "...."), (0, ""), (6, "ba"), (5, "b"), (4, "...")];
    for (doc, ways) in steps {
        said[doc] = ways.to_owned();
        let affected = corpus.renew(doc as u32, rendered(&linter, ways));
        let mut fresh = Corpus::default();
        for (doc, ways) in said.iter().enumerate().rev() {
            fresh.insert(doc as u32, rendered(&linter, ways));
        }
        let now = concluded(&fresh, None);
        assert_eq!(concluded(&corpus, None), now, "after {ways} at {doc}");
        let again = concluded(&corpus, Some(&affected));
        for other in 0..said.len() as u32 {
            let known = if affected.contains(&other) { again.get(&other) } else { all.get(&other) };
            assert_eq!(known, now.get(&other), "document {other} after {ways} at {doc}");
        }
        all = now;
    }
}

#[test]
fn evidence_can_be_stored() {
    let (gathered, _) = linter(&["recurring-block", "inconsistent-name-across"])
        .gather(&document(&format!("Then Olga Petrenko came.\n\n{FOOT}")));
    assert_eq!(gathered.len(), 2);
    let gathered = gathered.into_iter().chain(rendered(&linter(&["inconsistent-translation"]), "aab"));
    for (_, evidence) in gathered {
        let stored = serde_json::to_string(&evidence).expect("it can be written");
        assert_eq!(serde_json::from_str::<copydesk::corpus::Evidence>(&stored).expect("it can be read"), evidence);
    }
}
