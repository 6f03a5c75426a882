//! Two spellings of one name in one article, without a list of names.
//!
//! Words with a capital letter are grouped by spelling (`text/names`), spellings that are near in sound are paired
//! (`pairs`), and what the text says of both decides (`evidence`, `decision`).

pub mod across;
pub mod caseless;
mod cluster;
mod company;
mod compound;
mod decision;
mod evidence;
mod forms;
mod gloss;
mod inflection;
mod introduction;
mod pairs;
mod roster;
pub mod witness;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::lint::HouseStyle;
use crate::text::names::{Form, Mention, Mentions};
use crate::text::{Document, Lang, Language, Lexicon, PerLanguage, Span, Translation};

use company::{Companies, NearPairs};
use evidence::Lexicons;

pub use evidence::Evidence;
pub use inflection::is_inflected;
pub use pairs::Pair;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct NameVariants {
    /// Names that everyone knows: countries, cities, peoples, the commonest given names and surnames. Two of them are two
    /// names, however like (`Austria`/`Australia`, `Johnson`/`Johnston`).
    known: Lexicon,
    /// Pairs of names so like that one looks like a slip of the other, and yet two, in small letters: “elm/helm”.
    two: Vec<String>,
    /// Common words that often have a capital letter without being anyone's name: at the start of a sentence, in
    /// headlines, in the names of bodies and offices.
    ordinary: PerLanguage<Lexicon>,
    /// Endings of such words, which tell them where they stand only at the start of a sentence or in headlines.
    ordinary_endings: PerLanguage<Vec<String>>,
}

impl NameVariants {
    fn lexicons(&self, lang: Lang) -> Lexicons<'_> {
        let endings = self.ordinary_endings.get(lang).map_or(&[][..], Vec::as_slice);
        let english = self.ordinary.get(Lang::ENGLISH).filter(|_| lang != Lang::ENGLISH);
        Lexicons { known: &self.known, ordinary: self.ordinary.get(lang), english, endings }
    }

    /// The pairs of like spellings in a document, with what speaks for and against them.
    pub fn candidates(&self, doc: &Document, mentions: &Mentions) -> Vec<(Pair, Evidence)> {
        self.candidates_of_weight(doc, mentions, f32::NEG_INFINITY)
    }

    /// Those that may weigh so much.
    fn candidates_of_weight(&self, doc: &Document, mentions: &Mentions, least: f32) -> Vec<(Pair, Evidence)> {
        let (lexicons, mut companies) = (self.lexicons(doc.lang()), Companies::of(mentions));
        let pairs = pairs::of(doc, mentions);
        let near = NearPairs::of(mentions, &pairs);
        let mut of = |pair: &Pair| evidence::of(doc, mentions, pair, &lexicons, &mut companies, &near, least);
        pairs.into_iter().filter_map(|pair| Some((pair, of(&pair)?))).collect()
    }
}

impl NameVariants {
    fn are_two(&self, a: &str, b: &str) -> bool {
        self.two.iter().filter_map(|pair| pair.split_once('/')).any(|pair| pair == (a, b) || pair == (b, a))
    }

    /// The pairs of spellings that are judged one name, but for those that the house has accepted.
    pub fn judged(&self, doc: &Document, mentions: &Mentions, house: &HouseStyle) -> Vec<Pair> {
        if caseless::may_speak(Language::of(doc.lang())) {
            return Vec::new();
        }
        let threshold = decision::threshold(doc.lang());
        let candidates = self.candidates_of_weight(doc, mentions, threshold);
        let mut pairs: Vec<(Pair, f32)> =
            candidates.into_iter().map(|(pair, evidence)| (pair, decision::weigh(&evidence))).collect();
        decision::count_the_others(&mut pairs, doc.lang());
        pairs.retain(|(_, weight)| *weight >= threshold);
        if doc.lang() != Lang::ENGLISH {
            pairs.retain(|(pair, _)| inflection::is_telling(doc, mentions, pair));
        }
        pairs.retain(|(pair, _)| ![pair.a, pair.b].iter().any(|form| gloss::is_gloss(doc, mentions, *form)));
        let word = |place: u32| mentions.word(doc, &mentions.forms()[place as usize]);
        pairs.retain(|(pair, _)| {
            !house.accepts(word(pair.a), word(pair.b)) && !self.are_two(word(pair.a), word(pair.b))
        });
        pairs.into_iter().map(|(pair, _)| pair).collect()
    }
}

impl Check for NameVariants {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        if caseless::may_speak(Language::of(doc.lang())) {
            return caseless::document(doc, out);
        }
        let mentions = doc.mentions();
        let pairs = self.judged(doc, mentions, out.house());
        let neighbours = Neighbours::of(mentions, pairs.iter());
        for names in cluster::of(pairs.iter()) {
            out.extend(report(doc, mentions, &names, &neighbours).map(|finding| finding.phrase("how", "alike")));
        }
    }

    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let doc = whole.target();
        if caseless::may_speak(Language::of(doc.lang())) || !witness::may_be_asked(whole.source().lang(), doc.lang()) {
            return self.document(doc, out);
        }
        let judged = witness::judged(self, whole, out.house());
        let pairs = || judged.iter().map(|(pair, _)| pair);
        let neighbours = Neighbours::of(doc.mentions(), pairs());
        let rendered: FxHashMap<u32, Span> =
            judged.iter().rev().filter_map(|(pair, word)| Some((pair.a, (*word)?))).collect();
        for names in cluster::of(pairs()) {
            let Some(finding) = report(doc, doc.mentions(), &names, &neighbours) else { continue };
            out.push(match names.iter().find_map(|name| rendered.get(name)).copied() {
                Some(word) => finding
                    .phrase("how", "one")
                    .slot("original", whole.source().slice(word))
                    .related_in(whole.source(), word)
                    .raised(),
                None => finding.phrase("how", "alike"),
            });
        }
    }
}

/// The spellings of one name.
struct Name<'m> {
    /// The one that stands, with its inflected forms: the most used; of equals the one mentioned first, which is mostly the
    /// full name.
    main: Vec<&'m Form>,
    /// The others, first the one nearest to it.
    others: Vec<&'m Form>,
}

/// Which spellings are judged one with which others, by the ids of their words, and how unlike they are. Made once for
/// all names of a document: a name made of thousands of spellings must not look through all pairs for each.
struct Neighbours(FxHashMap<u32, Vec<(u32, f32)>>);

impl Neighbours {
    fn of<'p>(mentions: &Mentions, pairs: impl Iterator<Item = &'p Pair>) -> Neighbours {
        let id = |place: u32| mentions.forms()[place as usize].id;
        let mut all: FxHashMap<u32, Vec<(u32, f32)>> = FxHashMap::default();
        for pair in pairs {
            let (a, b) = (id(pair.a), id(pair.b));
            all.entry(a).or_default().push((b, pair.unlikeness));
            all.entry(b).or_default().push((a, pair.unlikeness));
        }
        Neighbours(all)
    }

    /// How unlike the nearest of these forms each of their neighbours is.
    fn nearest_to(&self, forms: &[&Form]) -> FxHashMap<u32, f32> {
        let mut nearest = FxHashMap::default();
        for (other, unlikeness) in forms.iter().filter_map(|form| self.0.get(&form.id)).flatten() {
            let known = nearest.entry(*other).or_insert(f32::INFINITY);
            *known = known.min(*unlikeness);
        }
        nearest
    }
}

/// Names with more spellings than this are none; their spellings are not looked at for endings, all with all.
const SPELLINGS: usize = 64;

impl<'m> Name<'m> {
    fn of(doc: &Document, mentions: &Mentions, mut forms: Vec<&'m Form>, neighbours: &Neighbours) -> Option<Name<'m>> {
        let language = Language::of(doc.lang());
        let word = |form: &Form| mentions.word(doc, form);
        let first = |form: &Form| mentions.of_form(form)[0].span;
        let bends = !language.inflections.is_empty() && forms.len() <= SPELLINGS;
        let bent = |a: &Form, b: &Form| bends && inflection::is_bent(word(a), word(b), language);
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for form in &forms {
            *counts.entry(form.id).or_default() += form.count();
        }
        let uses = |form: &Form| {
            let all = if bends { &forms[..] } else { &[] };
            let others = all.iter().filter(|other| other.id != form.id && bent(form, other));
            counts[&form.id] + others.map(|f| f.count()).sum::<u32>()
        };
        let main = *forms.iter().max_by_key(|f| (uses(f), f.count(), std::cmp::Reverse(first(f))))?;
        forms.sort_by_key(|f| (f.id != main.id, std::cmp::Reverse(f.count()), first(f)));
        let (main, mut others): (Vec<&Form>, Vec<&Form>) =
            forms.into_iter().partition(|form| form.id == main.id || bent(main, form));
        // Chains of like spellings may lead far: what is told is the spelling nearest to the one that stands.
        let nearest = neighbours.nearest_to(&main);
        let near = |form: &Form| nearest.get(&form.id).copied().unwrap_or(f32::INFINITY);
        others.sort_by(|a, b| near(a).total_cmp(&near(b)).then_with(|| a.count().cmp(&b.count())));
        Some(Name { main, others }).filter(|name| !name.others.is_empty())
    }
}

/// How many more places of one name a finding points at.
const PLACES: usize = 12;

/// The finding for the forms of one name, given by their places among all forms.
fn report<'a>(doc: &'a Document, mentions: &Mentions, names: &[u32], neighbours: &Neighbours) -> Option<Finding<'a>> {
    let forms: Vec<&Form> = names.iter().map(|&i| &mentions.forms()[i as usize]).collect();
    let Name { main, others } = Name::of(doc, mentions, forms, neighbours)?;
    let of_main = mentions.of_form(main[0]);
    let at = mentions.of_form(others.first()?)[0];
    let mut finding = Finding::new(doc, at.span)
        .slot("name", doc.slice(at.span))
        .slot("other", doc.slice(of_main[0].span))
        .related(of_main[0].span);
    let rest: Vec<&Mention> = others.iter().flat_map(|f| mentions.of_form(f)).filter(|m| m.span != at.span).collect();
    for mention in rest.iter().take(PLACES) {
        finding = finding.related(mention.span);
    }
    let count = |forms: &[&Form]| forms.iter().map(|f| f.count()).sum::<u32>();
    if count(&main) >= 2 * count(&others) {
        let (name, endings) = (doc.slice(of_main[0].span), &Language::of(doc.lang()).inflections);
        let replaced = |mention: &Mention| {
            let word = doc.slice(mention.span);
            Some(in_the_case_of(&inflection::with_the_ending_of(name, word, endings)?, word))
        };
        for mention in std::iter::once(&at).chain(rest) {
            if let Some(text) = replaced(mention) {
                finding = finding.replace(mention.span, text);
            }
        }
    }
    Some(finding)
}

/// The name in capitals where what it replaces is.
pub fn in_the_case_of(name: &str, replaced: &str) -> String {
    let capitals = replaced.chars().count() > 1 && replaced.chars().all(|c| !c.is_lowercase());
    if capitals { name.to_uppercase() } else { name.to_owned() }
}
