//! What the original says of two spellings: whether one name of it stands where both are, or two names.
//!
//! Two things are asked. By sound (`sound`): which word of the original is each spelling a rendering of, and are those one
//! word? By place (`place`): is there a word that stands in the original wherever either spelling stands in the
//! translation, and hardly anywhere else? The second works for scripts that do not tell sounds, too.

mod decision;
mod place;
mod sound;
mod terms;

use crate::text::names::{Form, Mentions};
use crate::text::{Document, Lang, Span, Translation, fold};

use super::pairs::Pair;
use super::{Evidence, NameVariants, inflection};
use crate::lint::HouseStyle;

use decision::{AT_MOST_MORE, of_text, threshold, weigh};
use place::Places;
use sound::Rendered;

/// What the original says, each a figure that the decision weighs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Testimony {
    /// The two render one word of the original, as far as sounds tell; 1 for yes.
    pub one_word: f32,
    /// … and that word has the same form at both.
    pub one_form: f32,
    /// The two render two words of the original.
    pub two_words: f32,
    /// How far the worse of the two is from the word it renders (see
    /// [`for_length`](crate::text::names::spelling::for_length)); 0 where none was found.
    pub off: f32,
    /// The share of the places of either spelling at which one and the same word stands in the original.
    pub shared: f32,
    /// How much of the places of that word those of the two spellings are.
    pub telling: f32,
    /// Nothing is shared by the places of the two.
    pub apart: f32,
    /// How many places there are of the rarer spelling without the other, as natural logarithm; 0 for none.
    pub places: f32,
    /// Whether anything was asked: the two do not stand in the same sentences only.
    pub asked: f32,
    /// The word of the original that both render, where it can be named.
    pub word: Option<Span>,
}

/// So many mentions of a spelling are looked at.
const ENOUGH: usize = 24;

/// The original of a document, to be asked.
pub struct Witness<'w, 'a> {
    whole: &'w Translation<'a>,
    /// The bead of each sentence of the translation.
    bead_of: Vec<u32>,
    places: Places<'a>,
    rendered: Vec<Option<Vec<Rendered<'a>>>>,
}

/// No bead.
const NONE: u32 = u32::MAX;

impl<'w, 'a> Witness<'w, 'a> {
    /// Of a translation; nothing is read yet.
    pub fn of(whole: &'w Translation<'a>) -> Witness<'w, 'a> {
        let mut bead_of = vec![NONE; whole.target().sentences().len()];
        for (bead, number) in whole.alignment().sentences().iter().zip(0..) {
            for sentence in bead.target.clone() {
                bead_of[sentence as usize] = number;
            }
        }
        let forms = whole.target().mentions().forms().len();
        Witness { whole, bead_of, places: Places::default(), rendered: (0..forms).map(|_| None).collect() }
    }

    /// What the original says of a pair of spellings.
    pub fn hear(&mut self, pair: &Pair) -> Testimony {
        let doc = self.whole.target();
        let mentions = doc.mentions();
        let forms = [pair.a, pair.b];
        let mut testimony = Testimony::default();
        forms.iter().for_each(|&form| self.listen(doc, mentions, form));
        let rendered = |form: u32| self.rendered[form as usize].as_deref().unwrap_or_default();
        testimony.word = sound::compare(self.whole.source().lang(), rendered(pair.a), rendered(pair.b), &mut testimony);
        let beads = forms.map(|form| self.beads(mentions, &mentions.forms()[form as usize]));
        let only = |own: &[u32], other: &[u32]| -> Vec<u32> {
            own.iter().filter(|bead| !other.contains(bead)).copied().collect()
        };
        let (a, b) = (only(&beads[0], &beads[1]), only(&beads[1], &beads[0]));
        if !a.is_empty() && !b.is_empty() {
            testimony.asked = 1.0;
            testimony.places = (a.len().min(b.len()) as f32 + 1.0).ln();
            let word = self.places.compare(self.whole, &a, &b, &beads, &mut testimony);
            testimony.word = testimony.word.or(word);
        }
        testimony
    }

    /// Finds out which words of the original a spelling renders.
    fn listen(&mut self, doc: &'a Document, mentions: &Mentions, place: u32) {
        if self.rendered[place as usize].is_some() {
            return;
        }
        let form = &mentions.forms()[place as usize];
        let word = mentions.word(doc, form);
        let found = self.beads(mentions, form).into_iter().filter_map(|bead| {
            let span = self.source_of(bead)?;
            sound::rendered(self.whole.source(), span, word)
        });
        let found = found.collect();
        self.rendered[place as usize] = Some(found);
    }

    /// The beads in which a spelling is mentioned, in order, each once.
    fn beads(&self, mentions: &Mentions, form: &Form) -> Vec<u32> {
        let of = |sentence: u32| self.bead_of.get(sentence as usize).copied().unwrap_or(NONE);
        let mut beads: Vec<u32> = mentions.of_form(form).iter().take(ENOUGH).map(|m| of(m.sentence)).collect();
        beads.retain(|bead| *bead != NONE && self.source_of(*bead).is_some());
        beads.dedup();
        beads
    }

    /// What the original says in a bead.
    fn source_of(&self, bead: u32) -> Option<Span> {
        source_of(self.whole, bead)
    }
}

fn source_of(whole: &Translation<'_>, bead: u32) -> Option<Span> {
    let (sentences, _) = whole.sentences(whole.alignment().sentences().get(bead as usize)?);
    Some(sentences.first()?.span.to(sentences.last()?.span))
}

/// The pairs of spellings that are judged one name, but for those that the house has accepted, each with the word of the
/// original that they render, where it can be named.
pub fn judged(check: &NameVariants, whole: &Translation<'_>, house: &HouseStyle) -> Vec<(Pair, Option<Span>)> {
    let doc = whole.target();
    let mentions = doc.mentions();
    let mut witness = Witness::of(whole);
    let least = threshold(doc.lang());
    let word = |place: u32| mentions.word(doc, &mentions.forms()[place as usize]);
    let candidates = check.candidates(doc, mentions).into_iter();
    let stands = |pair: &Pair| {
        let telling = doc.lang() == Lang::ENGLISH || inflection::is_telling(doc, mentions, pair);
        let original = whole.source().vocabulary();
        // What the original writes both ways is two words of it.
        let two = [pair.a, pair.b].iter().all(|form| original.id(&fold(word(*form))).is_some());
        telling && !two && !house.accepts(word(pair.a), word(pair.b))
    };
    // Most pairs are told apart by the text, and the original need not be asked.
    let may_be = |evidence: &Evidence| of_text(evidence) + AT_MOST_MORE >= least;
    let candidates = candidates.filter(|(pair, evidence)| may_be(evidence) && stands(pair));
    let judged = candidates.filter_map(|(pair, evidence)| {
        let testimony = witness.hear(&pair);
        (weigh(&evidence, &testimony) >= least).then_some((pair, testimony.word))
    });
    judged.collect()
}

/// Whether anything is known of how a language is written that can be asked.
pub fn may_be_asked(source: Lang, target: Lang) -> bool {
    source.is_known() && source != target
}
