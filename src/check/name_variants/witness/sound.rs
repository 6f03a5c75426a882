//! Which word of the original a spelling renders, by its sounds.

use unicode_script::{Script, UnicodeScript};

use super::Testimony;
use super::terms::{self, Writing};
use crate::check::name_variants::inflection::is_inflected;
use crate::text::names::spelling::{self, Sounds};
use crate::text::{Document, Lang, Language, Span, fold};

/// A word of the original that a mention renders.
pub struct Rendered<'a> {
    word: &'a str,
    /// … case-folded.
    folded: String,
    /// Where it stands in the original.
    at: Span,
    /// How far the two are apart for their length.
    off: f32,
}

/// A word that is farther off for its length is not rendered …
const FARTHEST: f32 = 0.42;
/// … save where the script leaves out vowels, which all count.
const WITHOUT_VOWELS: f32 = 0.55;
/// The most and the fewest characters of Chinese in a name, as far as they are read one by one.
const HAN: std::ops::RangeInclusive<usize> = 2..=5;

/// The word can be named where at least this share of the mentions renders it.
const SURE: f32 = 0.6;

/// The word of a stretch of the original that sounds most like a spelling.
pub fn rendered<'a>(doc: &'a Document, span: Span, spelling: &str) -> Option<Rendered<'a>> {
    let own = Sounds::of(spelling)?;
    let mut best: Option<Rendered<'a>> = None;
    let mut hear = |at: Span| {
        let word = doc.slice(at);
        let most = if is_consonantal(word) { WITHOUT_VOWELS } else { FARTHEST };
        let most = best.as_ref().map_or(most, |best| best.off.min(most));
        let mut try_with = |heard: &str| {
            let Some(sounds) = Sounds::of(heard) else { return };
            let Some(distance) = spelling::distance_within(&own, &sounds, spelling::of_length(most, &own, &sounds))
            else {
                return;
            };
            let off = spelling::for_length(distance, &own, &sounds);
            if off < best.as_ref().map_or(most + f32::EPSILON, |best| best.off) {
                best = Some(Rendered { word, folded: String::new(), at, off });
            }
        };
        try_with(word);
        // Hebrew and Arabic write prepositions and the article onto a word.
        if is_consonantal(word) {
            let rest = word.char_indices().skip(1).take(2).map(|(at, _)| &word[at..]);
            rest.filter(|rest| rest.chars().count() >= 2).for_each(&mut try_with);
        }
    };
    for (writing, run) in terms::runs(doc, span) {
        let text = doc.slice(run);
        match writing {
            Writing::Letters => hear(run),
            // How Japanese reads them nothing shows.
            Writing::Han if doc.lang().as_str() == "ja" => {}
            Writing::Han => {
                let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                for width in HAN {
                    for piece in places.windows(width + 1) {
                        hear(Span::new(run.start + piece[0] as u32, run.start + piece[width] as u32));
                    }
                }
            }
        }
    }
    best.map(|best| Rendered { folded: fold(best.word), ..best })
}

/// Whether the words that two spellings render are one.
pub fn compare(lang: Lang, a: &[Rendered<'_>], b: &[Rendered<'_>], testimony: &mut Testimony) -> Option<Span> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (mut same, mut alike, mut all) = (0.0, 0.0, 0.0);
    let mut off = [1.0f32, 1.0];
    for x in a {
        off[0] = off[0].min(x.off);
        for y in b {
            off[1] = off[1].min(y.off);
            // What is far off may be a chance likeness.
            let weight = (WITHOUT_VOWELS - x.off) * (WITHOUT_VOWELS - y.off);
            all += weight;
            if is_one(lang, &x.folded, &y.folded) {
                same += weight;
            }
            if x.folded == y.folded {
                alike += weight;
            }
        }
    }
    testimony.off = off[0].max(off[1]);
    let share = if all > 0.0 { same / all } else { 0.0 };
    testimony.one_word = share;
    testimony.one_form = if all > 0.0 { alike / all } else { 0.0 };
    testimony.two_words = if all > 0.0 { 1.0 - share } else { 0.0 };
    let nearest = a.iter().min_by(|x, y| x.off.total_cmp(&y.off))?;
    (share >= SURE).then_some(nearest.at)
}

/// Whether two words of the original, case-folded, are one, in two of its forms perhaps.
fn is_one(lang: Lang, a: &str, b: &str) -> bool {
    let inflections = &Language::of(lang).inflections;
    if a == b || is_inflected(a, b, inflections) {
        return true;
    }
    if is_consonantal(a) {
        let bare = |word: &str| word.chars().count().saturating_sub(2);
        let ends = |long: &str, short: &str| long.ends_with(short) && short.chars().count() >= bare(long).max(2);
        return ends(a, b) || ends(b, a);
    }
    if !inflections.is_empty() {
        return false;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (m, n) = (a.chars().count(), b.chars().count());
    // An ending of one or two letters that the language file does not list; longer names may have longer ones.
    shared >= 4 && (m - shared).max(n - shared) <= if shared >= 6 { 3 } else { 1 } && m.abs_diff(n) <= 3
}

fn is_consonantal(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c.script(), Script::Hebrew | Script::Arabic))
}
