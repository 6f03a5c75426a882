//! Two spellings of one name in one article, without a list of names.
//!
//! Words with a capital letter are grouped by spelling (`text/names`), spellings that are near in sound are paired
//! (`pairs`), and what the text says of both decides (`evidence`, `decision`).

pub mod across;
mod cluster;
mod decision;
mod evidence;
mod inflection;
mod pairs;
pub mod witness;

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::lint::HouseStyle;
use crate::text::names::{Form, Mention, Mentions};
use crate::text::{Document, Lang, Lexicon, PerLanguage, Translation};

use evidence::{Companies, Lexicons};

pub use evidence::Evidence;
pub use pairs::Pair;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameVariants {
    /// Names that everyone knows: countries, cities, peoples, the commonest given names and surnames. Two of them are two
    /// names, however like (`Austria`/`Australia`, `Johnson`/`Johnston`).
    known: Lexicon,
    /// Common words that often have a capital letter without being anyone's name: at the start of a sentence, in
    /// headlines, in the names of bodies and offices.
    ordinary: PerLanguage<Lexicon>,
}

impl NameVariants {
    fn lexicons(&self, lang: Lang) -> Lexicons<'_> {
        Lexicons { known: &self.known, ordinary: self.ordinary.get(lang) }
    }

    /// The pairs of like spellings in a document, with what speaks for and against them.
    pub fn candidates(&self, doc: &Document, mentions: &Mentions) -> Vec<(Pair, Evidence)> {
        let (lexicons, mut companies) = (self.lexicons(doc.lang()), Companies::of(mentions));
        pairs::of(doc, mentions)
            .into_iter()
            .map(|pair| (pair, evidence::of(doc, mentions, &pair, &lexicons, &mut companies)))
            .collect()
    }
}

impl NameVariants {
    /// The pairs of spellings that are judged one name, but for those that the house has accepted.
    pub fn judged(&self, doc: &Document, mentions: &Mentions, house: &HouseStyle) -> Vec<Pair> {
        let mut pairs = self.candidates(doc, mentions);
        let threshold = if doc.lang() == Lang::ENGLISH { decision::THRESHOLD } else { decision::ELSEWHERE };
        pairs.retain(|(_, evidence)| decision::weigh(evidence) >= threshold);
        if doc.lang() != Lang::ENGLISH {
            pairs.retain(|(pair, _)| inflection::is_telling(doc, mentions, pair));
        }
        let word = |place: u32| mentions.word(doc, &mentions.forms()[place as usize]);
        pairs.retain(|(pair, _)| !house.accepts(word(pair.a), word(pair.b)));
        pairs.into_iter().map(|(pair, _)| pair).collect()
    }
}

impl Check for NameVariants {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let mentions = doc.mentions();
        for names in cluster::of(self.judged(doc, mentions, out.house()).iter()) {
            out.extend(report(doc, mentions, &names).map(|finding| finding.phrase("how", "alike")));
        }
    }

    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let doc = whole.target();
        if !witness::may_be_asked(whole.source().lang(), doc.lang()) {
            return self.document(doc, out);
        }
        let judged = witness::judged(self, whole, out.house());
        for names in cluster::of(judged.iter().map(|(pair, _)| pair)) {
            let Some(finding) = report(doc, doc.mentions(), &names) else { continue };
            let word = judged.iter().filter(|(pair, _)| names.contains(&pair.a)).find_map(|(_, word)| *word);
            out.push(match word {
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

/// How many more places of one name a finding points at.
const PLACES: usize = 12;

/// The finding for the forms of one name, given by their places among all forms.
fn report<'a>(doc: &'a Document, mentions: &Mentions, names: &[u32]) -> Option<Finding<'a>> {
    let mut forms: Vec<&Form> = names.iter().map(|&i| &mentions.forms()[i as usize]).collect();
    // The most used spelling first; of equals the one mentioned first, which is mostly the full name.
    forms.sort_by_key(|f| (std::cmp::Reverse(f.count()), mentions.of_form(f)[0].span));
    let main = forms[0];
    let others = &forms[1..];
    let of_main = mentions.of_form(main);
    let rarest = others.last()?;
    let at = mentions.of_form(rarest)[0];
    let mut finding = Finding::new(doc, at.span)
        .slot("name", doc.slice(at.span))
        .slot("other", doc.slice(of_main[0].span))
        .related(of_main[0].span);
    let rest: Vec<&Mention> = others.iter().flat_map(|f| mentions.of_form(f)).filter(|m| m.span != at.span).collect();
    for mention in rest.iter().take(PLACES) {
        finding = finding.related(mention.span);
    }
    let others_count: u32 = others.iter().map(|f| f.count()).sum();
    if main.count() >= 2 * others_count {
        let name = doc.slice(of_main[0].span);
        for mention in std::iter::once(&at).chain(rest) {
            finding = finding.replace(mention.span, in_the_case_of(name, doc.slice(mention.span)));
        }
    }
    Some(finding)
}

/// The name in capitals where what it replaces is.
pub fn in_the_case_of(name: &str, replaced: &str) -> String {
    let capitals = replaced.chars().count() > 1 && replaced.chars().all(|c| !c.is_lowercase());
    if capitals { name.to_uppercase() } else { name.to_owned() }
}
