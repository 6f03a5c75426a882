//! Names in writing with spaces: Arabic, Hebrew, Korean. A title tells which words are names; the same words, and words of
//! the same sound, are then looked for everywhere.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::{Document, Naming, Span, Tongues, Word, plain};

use super::sighting::{Sighting, Sightings};

/// So many words behind a title may be the name: “الرئيس الأمريكي باراك أوباما”.
const REACH: usize = 3;

/// No title that is written onto a name has more letters.
const ATTACHED: usize = 4;

/// A name onto which a title is written has at least so many letters.
const BEFORE_ATTACHED: usize = 2;

/// The names of a document.
pub fn of(doc: &Document, naming: &Naming) -> Sightings {
    let (mut read, mut shapes) = (Vec::new(), FxHashMap::default());
    for (number, sentence) in (0..).zip(doc.sentences()) {
        sentence_words(doc, naming, doc.words_in(sentence), number, &mut shapes, &mut read);
    }
    let mut sightings = Sightings::default();
    let plain_of = |span: Span| plain(doc.slice(span));
    let titled = read.iter().filter(|read: &&Read| read.title.is_some());
    let names: FxHashSet<String> = titled.map(|read| plain_of(shapes[&read.word.id].stem(read.word, 0))).collect();
    if names.is_empty() {
        return sightings;
    }
    let sounds: FxHashSet<String> = names.iter().map(|name| naming.key(name)).collect();
    // Which of its stems is the name, by the word.
    let mut chosen: FxHashMap<u32, Option<usize>> = FxHashMap::default();
    for Read { word, title, before, after, sentence } in &read {
        let shape = &shapes[&word.id];
        let choose = || {
            let stems: Vec<String> = (0..shape.stems.len()).map(|at| plain_of(shape.stem(*word, at))).collect();
            // What is a name without its “and” is no other name with it.
            let bare = (1..stems.len()).chain([0]).find(|at| names.contains(&stems[*at]));
            bare.or_else(|| stems.iter().position(|stem| sounds.contains(&naming.key(stem))))
        };
        let Some(stem) = *chosen.entry(word.id).or_insert_with(choose) else { continue };
        let span = shape.stem(*word, stem);
        // A part of the name stands right beside it, with nothing written onto it in between.
        let before = before.filter(|_| span.start == word.span.start);
        let after = after.filter(|_| span.end == word.span.end);
        let sighting = Sighting {
            span,
            form: sightings.number(doc.slice(span)),
            before: before.map(|part| sightings.number(doc.slice(part))),
            after: after.map(|part| sightings.number(doc.slice(part))),
            title: title.map(|title| sightings.number(doc.slice(title))),
            gloss: None,
            named: title.is_some(),
            sentence: *sentence,
            bears: span.end < word.span.end,
        };
        sightings.all.push(sighting);
    }
    sightings
}

/// A word that may be a name.
struct Read {
    word: Word,
    title: Option<Span>,
    /// Words right beside it that may be parts of the same name.
    before: Option<Span>,
    after: Option<Span>,
    sentence: u32,
}

/// What can be told of a word by its letters; places are bytes of it.
struct Shape {
    /// Its bytes: words of one number may be written with other ones, and those are passed over.
    len: usize,
    /// Whether it may be a name, or a part of one.
    name: bool,
    /// Whether it tells whose name it is.
    part: bool,
    /// The word, then what is left without what may be written onto it; only the name where a title is.
    stems: Vec<Range<u32>>,
    /// The title that it is.
    title: Option<Range<u32>>,
    /// The title that is written onto it.
    attached: Option<Range<u32>>,
}

fn span(word: Word, range: &Range<u32>) -> Span {
    Span::new(word.span.start + range.start, word.span.start + range.end)
}

impl Shape {
    fn of(doc: &Document, naming: &Naming, word: Word) -> Shape {
        let text = doc.slice(word.span);
        let slice = |range: &Range<u32>| &text[range.start as usize..range.end as usize];
        let stems = stems(text, naming);
        let is_title = |word: &str| naming.before.has(word) || naming.after.has(word);
        let title = stems.iter().find(|stem| is_title(slice(stem))).cloned();
        let name = title.is_none()
            && Tongues::of_word(doc.folded(word)).is_empty()
            && text.chars().nth(1).is_some()
            && text.chars().all(|c| (!c.is_ascii() || c == '\'') && !c.is_numeric());
        let has_article = !naming.article.is_empty() && text.starts_with(&naming.article);
        // A noun with its adjective has two articles, a given name none.
        let part = name && !naming.linking.has(text) && !has_article;
        let attached =
            if naming.after.is_empty() { None } else { stems.iter().find_map(|s| attached(slice(s), naming)) };
        let (stems, attached) = match attached {
            Some(begin) => {
                let end = stems.iter().map(|stem| stem.end).find(|end| is_title(slice(&(begin..*end))));
                (std::iter::once(0..begin).collect(), Some(begin..end.unwrap_or(begin)))
            }
            None => (stems, None),
        };
        Shape { len: word.span.len(), name, part, stems, title, attached }
    }

    fn stem(&self, word: Word, at: usize) -> Span {
        span(word, &self.stems[at])
    }
}

/// A word as it is, then without what may be written onto it.
fn stems(text: &str, naming: &Naming) -> Vec<Range<u32>> {
    let len = text.len() as u32;
    let mut stems = Vec::with_capacity(2);
    stems.push(0..len);
    for prefix in &naming.prefixes {
        // “لل” is “ل” with an article of which one letter is left.
        let last = prefix.chars().next_back();
        let rest = text.strip_prefix(prefix.as_str());
        if rest.is_some_and(|rest| !rest.is_empty() && rest.chars().next() != last) {
            stems.push(prefix.len() as u32..len);
        }
    }
    for particle in &naming.particles {
        if text.len() > particle.len() && text.ends_with(particle.as_str()) {
            stems.push(0..len - particle.len() as u32);
        }
    }
    stems
}

/// Where the title begins that is written onto a name: “스미스씨”.
fn attached(text: &str, naming: &Naming) -> Option<u32> {
    let begins = text.char_indices().rev().map(|(at, _)| at).take(ATTACHED);
    let begin = begins.filter(|begin| naming.after.has(&text[*begin..])).last()?;
    (text[..begin].chars().count() >= BEFORE_ATTACHED).then_some(begin as u32)
}

/// Reads the words of a sentence.
fn sentence_words(
    doc: &Document,
    naming: &Naming,
    words: &[Word],
    sentence: u32,
    shapes: &mut FxHashMap<u32, Shape>,
    out: &mut Vec<Read>,
) {
    for word in words {
        shapes.entry(word.id).or_insert_with(|| Shape::of(doc, naming, *word));
    }
    let shape = |at: usize| &shapes[&words[at].id];
    let same = |at: usize| shape(at).len == words[at].span.len();
    let gaps: Vec<Gap> = words.windows(2).map(|two| gap(doc.slice(two[0].span.until(two[1].span)))).collect();
    let spaced = |at: usize| gaps[at] == Gap::Space;
    // The titles that end in each word.
    let title_of = |at: usize| -> Option<Span> {
        if let Some(title) = shape(at).title.as_ref().filter(|_| same(at)) {
            return Some(span(words[at], title));
        }
        let first = at.checked_sub(1).filter(|first| spaced(*first) && same(*first))?;
        let stems = shape(first).stems.iter().map(|stem| Span::new(span(words[first], stem).start, words[at].span.end));
        stems.into_iter().find(|title| naming.before.has(doc.slice(*title)))
    };
    let titles: Vec<Option<Span>> = (0..words.len()).map(title_of).collect();
    let title_behind = |at: usize| titles.get(at + 1).copied().flatten().filter(|_| spaced(at));
    // “الرئيس الأمريكي باراك أوباما”, “שר המשפטים, דן מרידור”.
    let title_before = |at: usize| {
        for one in (at.saturating_sub(REACH)..at).rev() {
            if gaps[one] == Gap::Other {
                return None;
            }
            if titles[one].is_some() || !shape(one).name {
                return titles[one];
            }
        }
        None
    };
    let part = |at: usize| Some(words[at].span).filter(|_| shape(at).part);
    for at in (0..words.len()).filter(|at| shape(*at).name && same(*at)) {
        let title = match &shape(at).attached {
            Some(title) => Some(span(words[at], title)),
            None if naming.after.is_empty() => title_before(at),
            None => title_behind(at),
        };
        let before = at.checked_sub(1).filter(|one| spaced(*one)).and_then(part);
        let after = Some(at + 1).filter(|one| *one < words.len() && spaced(at)).and_then(part);
        out.push(Read { word: words[at], title, before, after, sentence });
    }
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Comma,
    Other,
}

fn gap(between: &str) -> Gap {
    match between {
        " " | "\u{a0}" => Gap::Space,
        ", " | "، " => Gap::Comma,
        _ => Gap::Other,
    }
}
