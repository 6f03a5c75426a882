//! Two spellings of one name in writing that has no capital letters: Arabic, Hebrew, Chinese, Japanese, Korean.
//!
//! No letter tells a name from a word here, so a word counts as one where something else does: a title at its side, a
//! dot between the parts of a foreign name, its Latin spelling in brackets (`sighting`). Spellings that are one by the
//! sounds that the file of the language lists are told where the same part of a name, the same title or the same Latin
//! spelling stands at both.

mod sighting;
mod spaced;
mod unspaced;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Finding, Findings};
use crate::lint::HouseStyle;
use crate::text::{Document, Language, Naming, Span, fold};

use sighting::{Sighting, Sightings};

/// A name mentioned under more spellings than this is none.
const SPELLINGS: usize = 16;

/// How many more places of one name a finding points at.
const PLACES: usize = 12;

/// Whether it is of use in a language.
pub fn may_speak(language: &Language) -> bool {
    !language.has_case() && !language.names.is_empty()
}

/// The places where a document uses a word as a name, or seems to.
fn sightings(doc: &Document, naming: &Naming) -> Sightings {
    if doc.lang().is_unspaced() { unspaced::of(doc, naming) } else { spaced::of(doc, naming) }
}

/// Reports the names of a document that are spelled two ways.
pub fn document<'a>(doc: &'a Document, out: &mut Findings<'a>) {
    let language = Language::of(doc.lang());
    if !may_speak(language) {
        return;
    }
    let naming = &language.names;
    let sightings = sightings(doc, naming);
    for name in names(naming, &sightings, out.house()) {
        out.extend(report(doc, &name).map(|finding| finding.phrase("how", "alike")));
    }
}

/// The names of a document by their spellings, and which of them are judged one name; of what may be any word, nothing.
pub fn listed(doc: &Document, house: &HouseStyle) -> Listed {
    let mut listed = Listed::default();
    let language = Language::of(doc.lang());
    if !may_speak(language) {
        return listed;
    }
    let naming = &language.names;
    let sightings = sightings(doc, naming);
    let mut places: FxHashMap<u32, usize> = FxHashMap::default();
    let named: FxHashSet<u32> = sightings.all.iter().filter(|seen| seen.named).map(|seen| seen.form).collect();
    for seen in sightings.all.iter().filter(|seen| named.contains(&seen.form)) {
        let place = *places.entry(seen.form).or_insert(listed.spellings.len());
        if place == listed.spellings.len() {
            let word = sightings.word(seen.form).to_owned();
            listed.spellings.push(Spelling { word, span: seen.span, count: 0 });
        }
        listed.spellings[place].count += 1;
    }
    for forms in names(naming, &sightings, house) {
        let (first, others) = forms.split_first().expect("a name has a spelling");
        listed.judged.extend(others.iter().map(|other| (first.plain.to_owned(), other.plain.to_owned())));
    }
    listed
}

/// What [`listed`] finds.
#[derive(Debug, Default)]
pub struct Listed {
    /// The spellings, in the order of their first places.
    pub spellings: Vec<Spelling>,
    /// Pairs of them that are judged one name.
    pub judged: Vec<(String, String)>,
}

/// A spelling of a name in a document.
#[derive(Debug)]
pub struct Spelling {
    /// Without what is written onto it, and without marks over and under its letters.
    pub word: String,
    /// Its first place.
    pub span: Span,
    /// How often it stands there.
    pub count: u32,
}

/// One spelling with all its places, in order.
struct Form<'s> {
    plain: &'s str,
    seen: Vec<&'s Sighting>,
}

/// The names with more than one spelling, each as its forms, the one that stands first.
fn names<'s>(naming: &Naming, sightings: &'s Sightings, house: &HouseStyle) -> Vec<Vec<Form<'s>>> {
    let mut by_sound: Vec<Vec<Form<'s>>> = Vec::new();
    let mut groups: FxHashMap<String, usize> = FxHashMap::default();
    // The place of each spelling: its group, and where in that.
    let mut places: FxHashMap<u32, Option<(usize, usize)>> = FxHashMap::default();
    for sighting in &sightings.all {
        let place = *places.entry(sighting.form).or_insert_with(|| {
            let plain = sightings.word(sighting.form);
            let group = *groups.entry(naming.key(plain)).or_insert(by_sound.len());
            if group == by_sound.len() {
                by_sound.push(Vec::new());
            }
            by_sound[group].push(Form { plain, seen: Vec::new() });
            (by_sound[group].len() <= SPELLINGS).then_some((group, by_sound[group].len() - 1))
        });
        if let Some((group, place)) = place {
            by_sound[group][place].seen.push(sighting);
        }
    }
    by_sound.iter_mut().for_each(|forms| forms.truncate(SPELLINGS));
    let mut names = Vec::new();
    for mut forms in by_sound {
        forms.sort_by_key(|form| (std::cmp::Reverse(form.seen.len()), form.seen[0].span));
        while forms.len() > 1 {
            let accepted = |other: &Form<'_>| house.accepts(&fold(forms[0].plain), &fold(other.plain));
            let is_one = |other: &Form<'_>| !accepted(other) && are_one(naming, sightings, &forms[0], other);
            let others: Vec<bool> = forms.iter().skip(1).map(is_one).collect();
            let mut others = others.into_iter();
            let first = forms.remove(0);
            let (one, rest): (Vec<_>, Vec<_>) = forms.into_iter().partition(|_| others.next().unwrap_or_default());
            if !one.is_empty() {
                names.push(std::iter::once(first).chain(one).collect());
            }
            forms = rest;
        }
    }
    names
}

/// What stands at the places of a spelling.
#[derive(Default)]
struct Told {
    before: FxHashSet<u32>,
    after: FxHashSet<u32>,
    titles: FxHashSet<u32>,
    glosses: FxHashSet<u32>,
    sentences: FxHashSet<u32>,
}

impl Told {
    fn of(form: &Form<'_>) -> Told {
        let mut told = Told::default();
        for seen in &form.seen {
            told.before.extend(seen.before);
            told.after.extend(seen.after);
            told.titles.extend(seen.title);
            told.glosses.extend(seen.gloss);
            told.sentences.insert(seen.sentence);
        }
        told
    }
}

/// Whether two spellings of one sound are judged one name.
fn are_one(naming: &Naming, sightings: &Sightings, a: &Form<'_>, b: &Form<'_>) -> bool {
    let (of_a, of_b) = (Told::of(a), Told::of(b));
    // Who is named in one sentence by two names is two.
    if !of_a.sentences.is_disjoint(&of_b.sentences) {
        return false;
    }
    let meet = |a: &FxHashSet<u32>, b: &FxHashSet<u32>| !a.is_disjoint(b);
    let title = meet(&of_a.titles, &of_b.titles);
    let part = meet(&of_a.before, &of_b.before) || meet(&of_a.after, &of_b.after);
    let gloss = meet(&of_a.glosses, &of_b.glosses);
    // Two people with one given name: each has a surname of their own.
    let other = |a: &FxHashSet<u32>, b: &FxHashSet<u32>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
    let others = sightings.dotted && !part && (other(&of_a.before, &of_b.before) || other(&of_a.after, &of_b.after));
    if others {
        return false;
    }
    // “And” and “to” before a name, where it stands with them only.
    let with = |a: &str, b: &str| naming.prefixes.iter().any(|prefix| a.strip_prefix(prefix.as_str()) == Some(b));
    if with(a.plain, b.plain) || with(b.plain, a.plain) {
        return false;
    }
    let own =
        |form: &Form<'_>| form.plain.starts_with(|c| naming.surnames.contains(c)) && form.plain.chars().count() <= 3;
    if (own(a) || own(b)) && !naming.sound_the_same(a.plain, b.plain) {
        return false;
    }
    let titled = |form: &Form<'_>| form.seen.iter().any(|seen| seen.title.is_some() || seen.gloss.is_some());
    // Words of many a trade are written with and without a last long mark.
    if !titled(a) && !titled(b) && naming.without_weak_end(a.plain) == naming.without_weak_end(b.plain) {
        return false;
    }
    let article = |form: &Form<'_>| !naming.article.is_empty() && form.plain.starts_with(&naming.article);
    let length = |form: &Form<'_>| {
        let article = if article(form) { naming.article.chars().count() } else { 0 };
        form.plain.chars().count() - article
    };
    let letters = length(a).min(length(b));
    let has = |least: usize| least > 0 && letters >= least;
    let named = |form: &Form<'_>| form.seen.iter().any(|seen| seen.named);
    let named = (named(a), named(b));
    let enough = naming.enough(a.plain, b.plain);
    // With an article it may be any word that stands beside a title: “the American president”.
    let word = article(a) || article(b);
    let by_title = title && has(enough.title) || named.0 && named.1 && has(enough.named);
    let alone = (named.0 || named.1) && has(enough.alone);
    gloss || part && has(enough.part) || !word && (by_title || alone)
}

/// The finding for a name by its forms: it stands at the first place of the spelling that is nearest to being right.
fn report<'a>(doc: &'a Document, forms: &[Form<'_>]) -> Option<Finding<'a>> {
    let (main, others) = forms.split_first()?;
    let first = main.seen.first()?.span;
    let mut rest: Vec<&Sighting> = others.iter().flat_map(|form| form.seen.iter().copied()).collect();
    let at = others.first()?.seen.first()?.span;
    let mut finding = Finding::new(doc, at).slot("name", doc.slice(at)).slot("other", doc.slice(first)).related(first);
    for sighting in rest.iter().filter(|sighting| sighting.span != at).take(PLACES) {
        finding = finding.related(sighting.span);
    }
    let keeps = |sighting: &Sighting| !sighting.bears || ends_alike(doc, first, sighting.span);
    if main.seen.len() >= 2 * rest.len() && rest.iter().all(|sighting| keeps(sighting)) {
        rest.sort_by_key(|sighting| sighting.span);
        for sighting in rest {
            finding = finding.replace(sighting.span, doc.slice(first));
        }
    }
    Some(finding)
}

/// Whether what is written onto the one can be written onto the other: a Korean particle goes by whether the syllable
/// before it ends in a consonant.
fn ends_alike(doc: &Document, one: Span, other: Span) -> bool {
    let closed = |span: Span| match doc.slice(span).chars().next_back() {
        Some(c @ '\u{ac00}'..='\u{d7a3}') => Some((c as u32 - 0xac00) % 28),
        _ => None,
    };
    // “로” stands after an ㄹ as after a vowel: only the same end is sure.
    closed(one) == closed(other)
}
