//! Comments that silence lints: `<!-- copydesk: ignore[lint, lint] reason -->`.
//!
//! | comment | silences |
//! |---|---|
//! | `ignore` | in the block that it stands in, else in the next one: a paragraph, heading, list item, table cell |
//! | `ignore-file` | in the whole file |
//! | `ignore-start` … `ignore-end` | from the one to the other, or to the end of the file |
//!
//! Without a list of lints, all of them. What follows the list is the reason, for people.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::lint::registry;
use crate::text::{Comment, Document, Span};

/// The ignore comments of a document.
#[derive(Debug, Default)]
pub struct Ignores {
    ignores: Vec<Ignore>,
    /// Comments addressed to us that say nothing we understand, with what they say.
    unread: Vec<(Span, String)>,
    /// An `ignore-end` that ends nothing.
    unopened: Vec<Span>,
    /// See [`is_no_article`](Ignores::is_no_article).
    no_article: bool,
}

/// One comment.
#[derive(Debug)]
struct Ignore {
    /// The lints; without them all are meant.
    lints: Option<Vec<Named>>,
    /// Where it silences: bytes of the source.
    reach: Span,
    /// The comment itself, in the source.
    comment: Span,
    used: bool,
}

/// A lint in a list.
#[derive(Debug)]
struct Named {
    written: String,
    /// Its id today; `None` if no lint is called so.
    id: Option<String>,
    used: bool,
}

/// What is wrong with an ignore comment.
#[derive(Debug, PartialEq, Eq)]
pub struct Useless {
    /// The comment, in the source.
    pub comment: Span,
    /// Why it is of no use.
    pub why: Why,
    /// The lints that this is about, or what was not understood.
    pub about: String,
    /// Whether nothing else in the comment is of use.
    pub wholly: bool,
}

/// Why an ignore comment is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The lints that it names found nothing there.
    Unused,
    /// No lint found anything there.
    AllUnused,
    /// It names lints that there are not.
    Unknown,
    /// It says nothing that we understand.
    Unread,
    /// It ends what was not begun.
    Unopened,
}

/// The lint about ignore comments: it is silenced by name only.
const ABOUT_IGNORES: &str = "unused-ignore";

impl Ignores {
    /// Reads the comments of a document. `own` are ids of lints that are not ours.
    pub fn of(doc: &Document, own: &[String]) -> Ignores {
        let mut all = Ignores::default();
        let mut open = Open::default();
        let end = doc.source().text().len() as u32;
        for comment in doc.comments() {
            let Some(said) = comment.text.trim().strip_prefix("copydesk:") else { continue };
            let Some((word, lints)) = parse(said.trim(), own) else {
                all.unread.push((comment.source, said.trim().to_owned()));
                continue;
            };
            let after = Span::new(comment.source.end.min(end), end);
            let reach = match word {
                "ignore" => match block(doc, comment) {
                    Some(reach) => reach,
                    None => Span::new(end, end),
                },
                "ignore-file" => Span::new(0, end),
                "ignore-start" => {
                    open.begin(all.ignores.len(), &lints);
                    after
                }
                _ => {
                    match open.end(&lints) {
                        Some(begun) => {
                            let begun = &mut all.ignores[begun];
                            begun.reach.end = comment.source.start.max(begun.reach.start);
                        }
                        None => all.unopened.push(comment.source),
                    }
                    continue;
                }
            };
            // Without lints it says that the file is no article, as generated pages do: true whatever is found in it.
            let used = word == "ignore-file" && lints.is_none();
            all.no_article |= used;
            all.ignores.push(Ignore { lints, reach, comment: comment.source, used });
        }
        all
    }

    /// Whether the document says that it is no article: `ignore-file` without lints. Others are not set against it then.
    pub fn is_no_article(&self) -> bool {
        self.no_article
    }

    /// Whether there is no comment for us.
    pub fn is_empty(&self) -> bool {
        self.ignores.is_empty() && self.unread.is_empty() && self.unopened.is_empty()
    }

    /// Takes out the findings that a comment silences, and remembers which comments did.
    ///
    /// Findings and comments are gone through together in the order of the text, so that many of both take no more time
    /// than sorting them.
    pub fn apply(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut comments: Vec<usize> = (0..self.ignores.len()).collect();
        comments.sort_by_key(|&n| self.ignores[n].reach.start);
        let mut comments = comments.into_iter().peekable();
        let mut order: Vec<usize> = (0..diagnostics.len()).collect();
        order.sort_by_key(|&n| diagnostics[n].at.span.start);
        let mut silences: HashMap<Option<String>, Silence> = HashMap::new();
        let mut kept = vec![true; diagnostics.len()];
        for n in order {
            let (at, id) = (diagnostics[n].at.span.start, &diagnostics[n].lint.id);
            while let Some(begun) = comments.next_if(|&n| self.ignores[n].reach.start <= at) {
                let ignore = &self.ignores[begun];
                let Some(lints) = &ignore.lints else {
                    silences.entry(None).or_default().begin(ignore.reach.end, (begun, 0));
                    continue;
                };
                for (lint, named) in lints.iter().enumerate().filter(|(_, named)| named.id.is_some()) {
                    silences.entry(named.id.clone()).or_default().begin(ignore.reach.end, (begun, lint));
                }
            }
            for key in [Some(id.clone()), None] {
                let Some(silence) = silences.get_mut(&key).filter(|_| key.is_some() || id != ABOUT_IGNORES) else {
                    continue;
                };
                kept[n] &= !silence.holds(at);
                for (comment, lint) in silence.used(at) {
                    let ignore = &mut self.ignores[comment];
                    match &mut ignore.lints {
                        None => ignore.used = true,
                        Some(lints) => lints[lint].used = true,
                    }
                }
            }
        }
        let mut kept = kept.into_iter();
        diagnostics.retain(|_| kept.next().unwrap_or(true));
    }

    /// What is of no use, now that all lints have run. A lint that is off could not find anything: that is no fault of
    /// the comment. `on` are the ids of those that are on.
    pub fn useless(&self, on: &HashSet<&str>) -> Vec<Useless> {
        let mut found = Vec::new();
        for ignore in &self.ignores {
            let Some(lints) = &ignore.lints else {
                if !ignore.used {
                    let about = String::new();
                    found.push(Useless { comment: ignore.comment, why: Why::AllUnused, about, wholly: true });
                }
                continue;
            };
            let unknown: Vec<&str> = lints.iter().filter(|l| l.id.is_none()).map(|l| l.written.as_str()).collect();
            let idle = |l: &&Named| !l.used && l.id.as_deref().is_some_and(|id| id != ABOUT_IGNORES && on.contains(id));
            let unused: Vec<&str> = lints.iter().filter(idle).map(|l| l.written.as_str()).collect();
            let wholly = unused.len() == lints.len();
            for (why, names) in [(Why::Unknown, unknown), (Why::Unused, unused)] {
                if !names.is_empty() {
                    found.push(Useless { comment: ignore.comment, why, about: names.join(", "), wholly });
                }
            }
        }
        for (comment, said) in &self.unread {
            found.push(Useless { comment: *comment, why: Why::Unread, about: said.clone(), wholly: false });
        }
        for comment in &self.unopened {
            found.push(Useless { comment: *comment, why: Why::Unopened, about: String::new(), wholly: true });
        }
        found
    }
}

/// Regions that have begun and not ended.
#[derive(Default)]
struct Open {
    /// In order, those that have ended meanwhile among them.
    all: Vec<usize>,
    by_lints: HashMap<Vec<String>, Vec<usize>>,
    ended: HashSet<usize>,
}

impl Open {
    fn begin(&mut self, ignore: usize, lints: &Option<Vec<Named>>) {
        self.all.push(ignore);
        self.by_lints.entry(ids(lints)).or_default().push(ignore);
    }

    /// `ignore-end[lint]` ends what began for that lint, without a list what began last.
    fn end(&mut self, lints: &Option<Vec<Named>>) -> Option<usize> {
        let begun = if lints.is_none() { Some(&mut self.all) } else { self.by_lints.get_mut(&ids(lints)) }?;
        while let Some(last) = begun.pop() {
            if self.ended.insert(last) {
                return Some(last);
            }
        }
        None
    }
}

fn ids(lints: &Option<Vec<Named>>) -> Vec<String> {
    lints.iter().flatten().map(|lint| lint.id.as_ref().unwrap_or(&lint.written).clone()).collect()
}

/// The comments that silence one lint, or all, as far as the text has been gone through.
#[derive(Default)]
struct Silence {
    /// The farthest end of one that has begun.
    end: Option<u32>,
    /// Those that have begun and silenced nothing yet: comment, lint in its list, end.
    waiting: Vec<((usize, usize), u32)>,
}

impl Silence {
    fn begin(&mut self, end: u32, comment: (usize, usize)) {
        self.end = self.end.max(Some(end));
        self.waiting.push((comment, end));
    }

    fn holds(&self, at: u32) -> bool {
        self.end.is_some_and(|end| at <= end)
    }

    /// Those that a finding here makes of use. The others have ended before it: none of them comes again.
    fn used(&mut self, at: u32) -> impl Iterator<Item = (usize, usize)> {
        self.waiting.drain(..).filter(move |(_, end)| at <= *end).map(|(comment, _)| comment)
    }
}

/// The word and the lints of what a comment says to us; `None` if it says nothing of ours.
fn parse(said: &str, own: &[String]) -> Option<(&'static str, Option<Vec<Named>>)> {
    let end = said.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(said.len());
    let word =
        ["ignore", "ignore-file", "ignore-start", "ignore-end"].into_iter().find(|word| *word == &said[..end])?;
    let Some(rest) = said[end..].trim_start().strip_prefix('[') else { return Some((word, None)) };
    let (list, _) = rest.split_once(']')?;
    let lints = list.split(',').map(str::trim).filter(|id| !id.is_empty());
    let lints: Vec<Named> = lints
        .map(|written| {
            let id = own.iter().find(|id| *id == written).cloned();
            let id = id.or_else(|| registry::named(written).map(|lint| lint.id.clone()));
            Named { written: written.to_owned(), id, used: false }
        })
        .collect();
    (!lints.is_empty()).then_some((word, Some(lints)))
}

/// Where the block stands that a comment speaks of: the one that it stands in, else the next.
fn block(doc: &Document, comment: &Comment) -> Option<Span> {
    let next = doc.blocks().partition_point(|b| b.span.start < comment.at);
    let around = next.saturating_sub(1)..(next + 1).min(doc.blocks().len());
    let spans = || doc.blocks()[around.clone()].iter().map(|b| doc.in_source(b.span));
    let inside = spans().find(|span| span.start < comment.source.start && comment.source.end < span.end);
    inside.or_else(|| doc.blocks().get(next).map(|b| doc.in_source(b.span)))
}
