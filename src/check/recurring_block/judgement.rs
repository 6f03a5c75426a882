//! Which of the blocks that recur are furniture of the site.
//!
//! Blocks also come again by right: copies and new versions of an article, headings and set phrases of a template, lists
//! of ingredients, verse. What tells them apart is how long they are, where they stand, and how many articles have them.

use std::ops::Range;

use super::{BlockMark, Kind};

/// A block with the number of articles that hold it; 0 where it does not recur.
pub struct Seen<'m> {
    pub mark: &'m BlockMark,
    pub articles: u32,
}

/// Neighbouring blocks, by their place in the document.
pub type Run = Range<usize>;

/// Shorter blocks between others, in words, are set phrases: “See the change log for further details.” Read by eye on
/// edited text, where nearly all shorter ones were.
const INSIDE: u32 = 12;
/// Where many articles have them, fewer words do, and so do lists at the edge of an article.
const OFTEN: u32 = 8;
/// At the edge of an article fewer words say as much.
const EDGE: u32 = 4;
/// Where most articles have the same edge, even a button is told from the text.
const EVERYWHERE: u32 = 2;
/// In so many articles or more a block is no copy of an article any more.
const MANY: u32 = 10;
/// An article of fewer words can be shorter than what stands below it.
const SHORT: u32 = 60;
/// Neighbours held by numbers of articles farther apart than this, as a ratio, are judged one by one: a copied paragraph and
/// the foot of the site below it.
const ALIKE: u32 = 4;
/// An article with more places than this was made from a template.
const PLACES: usize = 3;
/// So was one that shares so many headings with others, what stands at its foot aside.
const HEADINGS: usize = 2;

/// The runs of furniture in a document, in order; `documents` is the number of all documents.
pub fn runs(seen: &[Seen<'_>], documents: u32) -> Vec<Run> {
    let mut stretches = stretches(seen);
    if stretches.is_empty() {
        return stretches;
    }
    // A copy may have another title.
    let own = seen.iter().filter(|block| block.articles == 0 && block.mark.kind != Kind::Title);
    let own = own.map(|block| u32::from(block.mark.words)).sum();
    let page = Page { seen, documents, words: words(seen), own };
    // A new version of an article shares some paragraphs here and some there with the old ones.
    let few = |run: &Run| page.articles(run) < MANY;
    let shared: u32 = stretches.iter().filter(|run| few(run)).map(|run| words(&seen[(*run).clone()])).sum();
    if stretches.iter().filter(|run| few(run)).count() > 1 && shared * 2 >= page.words {
        stretches.retain(|run| !few(run));
    }
    stretches.retain(|run| page.is_furniture(run));
    let mut runs: Vec<Run> = Vec::new();
    for stretch in stretches {
        match runs.last_mut() {
            Some(last) if last.end == stretch.start && adjoin(&seen[last.end - 1], &seen[stretch.start]) => {
                last.end = stretch.end;
            }
            _ => runs.push(stretch),
        }
    }
    // An advertisement that stands twice in an article is one finding.
    let keys = |run: &Run| seen[run.clone()].iter().map(|block| block.mark.key).collect::<Vec<u64>>();
    let mut told: Vec<Vec<u64>> = Vec::new();
    runs.retain(|run| {
        let keys = keys(run);
        let first = !told.contains(&keys);
        if first && told.len() <= PLACES {
            told.push(keys);
        }
        first
    });
    if runs.len() > PLACES || page.is_of_series(runs.last()) {
        runs.retain(|run| page.is_edge(run));
    }
    runs
}

/// Neighbouring blocks that recur, held by like numbers of articles.
fn stretches(seen: &[Seen<'_>]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let (mut fewest, mut most) = (0, 0);
    for (at, block) in seen.iter().enumerate().filter(|(_, block)| block.articles > 0) {
        match out.last_mut() {
            Some(last)
                if last.end == at
                    && adjoin(&seen[at - 1], block)
                    && most.max(block.articles) <= fewest.min(block.articles).saturating_mul(ALIKE) =>
            {
                last.end = at + 1;
                (fewest, most) = (fewest.min(block.articles), most.max(block.articles));
            }
            _ => {
                out.push(at..at + 1);
                (fewest, most) = (block.articles, block.articles);
            }
        }
    }
    out
}

/// Whether nothing stands between two blocks.
fn adjoin(one: &Seen<'_>, next: &Seen<'_>) -> bool {
    one.mark.number + 1 == next.mark.number
}

fn words(blocks: &[Seen<'_>]) -> u32 {
    blocks.iter().map(|block| u32::from(block.mark.words)).sum()
}

/// A document as a whole.
struct Page<'s, 'm> {
    seen: &'s [Seen<'m>],
    documents: u32,
    words: u32,
    /// Words of blocks that do not recur, titles aside.
    own: u32,
}

impl Page<'_, '_> {
    fn is_furniture(&self, run: &Run) -> bool {
        if self.is_copy(run) {
            return false;
        }
        let blocks = &self.seen[run.clone()];
        let foot = run.end == self.seen.len();
        let edge = self.is_edge(run);
        let weight = |kind: &Kind| match kind {
            Kind::Prose => true,
            // Under a heading follows what it heads; one with nothing below it is none.
            Kind::Title => foot,
            Kind::Item => edge,
            Kind::Verse => false,
        };
        let telling = blocks.iter().filter(|block| weight(&block.mark.kind));
        let all: u32 = telling.map(|block| u32::from(block.mark.words)).sum();
        let lists = blocks.iter().all(|block| block.mark.kind == Kind::Item);
        let articles = self.articles(run);
        let least = match () {
            () if edge && articles >= MANY && articles * 2 >= self.documents => EVERYWHERE,
            () if edge && !lists => EDGE,
            () if edge || articles >= MANY => OFTEN,
            () => INSIDE,
        };
        all >= least
    }

    /// Whether the run is an article that stands in several files, rather than something around several articles.
    fn is_copy(&self, run: &Run) -> bool {
        if self.own == 0 {
            return true;
        }
        let shared = words(&self.seen[run.clone()]);
        match () {
            () if self.articles(run) >= MANY => false,
            () if !self.is_edge(run) => shared * 5 >= self.words * 3,
            () => self.words >= SHORT && shared * 4 >= self.words * 3,
        }
    }

    /// Whether the run stands above or below the article. What comes with its headline is not above it: such are the
    /// articles of a series.
    fn is_edge(&self, run: &Run) -> bool {
        run.start == 0 && self.seen[0].mark.kind != Kind::Title || run.end == self.seen.len()
    }

    /// Whether the article is one of a series, with the headline or the headings of the others.
    fn is_of_series(&self, last: Option<&Run>) -> bool {
        let foot = last.filter(|run| run.end == self.seen.len()).map_or(self.seen.len(), |run| run.start);
        let shared = |block: &&Seen<'_>| block.articles > 0 && block.mark.kind == Kind::Title;
        let headline = self.seen.first().filter(shared).is_some();
        headline || self.seen[..foot].iter().filter(shared).count() >= HEADINGS
    }

    /// In how many articles all of the run stands, at most.
    fn articles(&self, run: &Run) -> u32 {
        self.seen[run.clone()].iter().map(|block| block.articles).min().unwrap_or(0)
    }
}
