//! Text left in another language than the article's: a sentence, or the rest of one.
//!
//! Two kinds of evidence: letters of a script that the language is not written in, and, where scripts are the same,
//! the common little words of another language where those of the article's own are missing.

mod run;
mod script;
mod words;

pub use words::has_alien;

use serde::Deserialize;

use self::run::{Run, Tongue};
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, Lang, Language, Span, Tongues, Word, fold};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Untranslated {}

/// An article of which this share of the letters is in another language is one in that language, or in two.
const MOST: f32 = 0.5;

impl Check for Untranslated {
    fn is_silent_in(&self, lang: Lang) -> bool {
        Language::of(lang).name.is_empty()
    }

    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let vocabulary = doc.vocabulary();
        let tongues: Vec<Tongues> = vocabulary.hashes().map(Tongues::of_hash).collect();
        let mut found: Vec<(Run, Lang)> = Vec::new();
        let mut known: Vec<Signs> = Vec::new();
        for block in doc.blocks() {
            // Quotations stand in their own language on purpose; names of things fill captions, headings and tables.
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) || !block.lang.is_known() {
                continue;
            }
            if block.language.name.is_empty() {
                continue;
            }
            // One entry a language: blocks of two languages may take turns.
            let place = known.iter().position(|signs| signs.lang == block.lang).unwrap_or_else(|| {
                known.push(Signs::of(doc, block.lang, &tongues));
                known.len() - 1
            });
            let signs = &known[place];
            if !signs.may_be_foreign(doc.words_of(block)) {
                continue;
            }
            let runs = run::joined(doc, runs(doc, block, signs, &tongues));
            let runs = runs.into_iter().filter(|run| {
                !doc.is_declared_foreign(run.span, block)
                    && !is_set_apart(doc, block, run, &tongues)
                    && !is_post(doc, block, run.span)
            });
            found.extend(runs.map(|run| (run, block.lang)));
        }
        let letters = |span: Span| doc.slice(span).chars().filter(|c| c.is_alphabetic()).count();
        let foreign: usize = found.iter().map(|(run, _)| letters(run.span)).sum();
        if foreign > 0 && foreign as f32 > MOST * doc.blocks().iter().map(|b| letters(b.span)).sum::<usize>() as f32 {
            return;
        }
        for (run, home) in found {
            let finding = Finding::new(doc, run.span)
                .slot("text", doc.slice(run.span))
                .slot("article", Language::of(home).name.clone());
            let finding = match run.tongue {
                Tongue::Language(lang) => finding.slot("language", Language::of(lang).name.clone()),
                Tongue::Script(script) => finding.slot("language", script.full_name()),
                Tongue::Unknown => finding.phrase("language", "other"),
            };
            out.push(finding);
        }
    }
}

/// What each word of a document's vocabulary says in one language, so that most sentences are passed over after a look
/// at a byte a word.
struct Signs {
    lang: Lang,
    home: script::Home,
    of_word: Vec<u8>,
}

/// A common word of other languages, and not of this one; or one with a letter that this one has not.
const ODD: u8 = 1;
/// A word of a script that this language is not written in, or that says something of the script of those around it.
const SCRIPT: u8 = 2;

impl Signs {
    fn of(doc: &Document, lang: Lang, tongues: &[Tongues]) -> Signs {
        let language = Language::of(lang);
        let home = script::Home::of(language);
        let own = Tongues::only(lang);
        let vocabulary = doc.vocabulary();
        let sign = |(id, tongues): (usize, &Tongues)| {
            let foreign = !tongues.is_empty() && !tongues.meets(own);
            if vocabulary.is_ascii(id as u32) {
                return if foreign { ODD } else { 0 };
            }
            let word = vocabulary.word(id as u32);
            let odd = foreign || words::has_alien(word, language.letters.as_deref());
            let plain = word.as_bytes()[0].is_ascii() || home.is_plain(word);
            (if odd { ODD } else { 0 }) | (if plain { 0 } else { SCRIPT })
        };
        Signs { lang, of_word: tongues.iter().enumerate().map(sign).collect(), home }
    }

    fn may_be_foreign(&self, words: &[Word]) -> bool {
        let (odd, script) = words.iter().fold((0, false), |(odd, script), word| {
            let sign = self.of_word[word.id as usize];
            (odd + u32::from(sign & ODD), script | (sign & SCRIPT != 0))
        });
        script || odd >= 2
    }
}

/// The runs of a block in order: by script first, by words where the scripts say nothing.
fn runs(doc: &Document, block: &Block, signs: &Signs, tongues: &[Tongues]) -> Vec<Run> {
    let mut runs = Vec::new();
    for sentence in doc.sentences_of(block) {
        let words = doc.words_in(sentence);
        if !signs.may_be_foreign(words) {
            continue;
        }
        let before = runs.len();
        script::foreign(doc, words, &signs.home, tongues, &mut runs);
        if runs.len() == before {
            words::foreign(doc, words, block.lang, &signs.home, tongues, &mut runs);
        }
    }
    runs
}

/// A run takes in so many words behind a quotation that could be of either language.
const BEHIND: usize = 2;

/// Whether a stretch is quoted, in brackets, or emphasised as foreign words are: it stands there on purpose. The
/// quotation must be all in its language: “He said that *das ist* …” is cut in two by a slip.
fn is_set_apart(doc: &Document, block: &Block, run: &Run, tongues: &[Tongues]) -> bool {
    let text = doc.text();
    // A quotation that holds little but the run ends near it.
    let reach = 2 * run.span.len() + 64;
    let near = Span::of(
        text.floor_char_boundary((run.span.start as usize).saturating_sub(reach)).max(block.span.start as usize)
            ..text.ceil_char_boundary(run.span.end as usize + reach).min(block.span.end as usize),
    );
    let before = doc.slice(Span::new(near.start, run.span.start));
    let after = doc.slice(Span::new(run.span.end, near.end));
    if let Some(open) = before.rfind(is_opening).filter(|&at| opens(&before[at..], before[..at].chars().next_back()))
        && let Some(close) = after.find(is_closing)
    {
        let (from, to) = (near.start + open as u32, run.span.end + close as u32);
        let own = Tongues::only(block.lang);
        let words = doc.words_of(block);
        let words = &words[words.partition_point(|w| w.span.start < from)..words.partition_point(|w| w.span.end <= to)];
        let outside = |w: &&Word| w.span.end <= run.span.start || run.span.end <= w.span.start;
        let at_home = words.iter().filter(outside).any(|w| tongues[w.id as usize].meets(own));
        if !at_home && words.iter().filter(outside).count() <= run.words {
            return true;
        }
    }
    // “"Shall we sail?", asked the captain”: the end of a quotation, and a word or two behind it.
    if before.ends_with(is_opening)
        && let Some(close) = doc.slice(run.span).rfind(is_closing)
        && doc.slice(run.span)[close..].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count()
            <= BEHIND
    {
        return true;
    }
    let written = doc.in_source(run.span);
    let (before, after) =
        (&doc.source().text()[..written.start as usize], &doc.source().text()[written.end as usize..]);
    let after = &after[..after.floor_char_boundary(reach)];
    if is_title_of_link(&before[before.ceil_char_boundary(before.len().saturating_sub(reach))..], after, run.span.len())
    {
        return true;
    }
    if !before.ends_with(['*', '_', '>']) {
        return false;
    }
    let Some(rest) = after.find(['*', '_', '<']).map(|at| &after[..at]) else { return false };
    let at_home = rest.split_whitespace().any(|w| Tongues::of_word(&fold(w)).meets(Tongues::only(block.lang)));
    !at_home && rest.split_whitespace().count() <= run.words
}

/// Whether a stretch of so many bytes is most of the text of a link that leads to another site, or to an address given
/// below: the title of what is there, in its language.
fn is_title_of_link(before: &str, after: &str, length: usize) -> bool {
    let Some((_, before)) = before.rsplit_once('[') else { return false };
    let Some((after, address)) = after.split_once(']') else { return false };
    let leads = address.starts_with("(http") || address.starts_with('[');
    leads && !before.contains(']') && !after.contains('[') && before.len() + after.len() <= length
}

/// So far behind a stretch, in bytes, the handle, the tag or the address of its post may stand.
const POST: usize = 48;

/// Whether a stretch is a post of a social network: it is shown as it was written. Handles and tags tell, in it or right
/// after it, and the short addresses that the networks set there.
fn is_post(doc: &Document, block: &Block, span: Span) -> bool {
    let text = doc.text();
    let end = text.ceil_char_boundary((span.end as usize + POST).min(block.span.end as usize));
    let near = &text[span.start as usize..end];
    let named = |w: &str| w.len() > 2 && w.starts_with(['@', '#']) && w[1..].starts_with(char::is_alphabetic);
    near.split_whitespace().any(|w| named(w) || w.starts_with("pic.twitter.com/") || w.contains("//t.co/"))
}

fn is_opening(c: char) -> bool {
    "\"'“‘„‚«‹»(（[「『《〈”".contains(c)
}

fn is_closing(c: char) -> bool {
    "\"'”’“»›«)）]」』》〉".contains(c)
}

/// Whether the mark at the start of a text opens: nothing stands right before it that it could close, and it is no
/// apostrophe.
fn opens(text: &str, before: Option<char>) -> bool {
    let next = text.chars().nth(1);
    before.is_none_or(|c| c.is_whitespace() || is_opening(c) || !c.is_alphanumeric() && !".,!?…;".contains(c))
        && next.is_none_or(|c| !c.is_whitespace())
}
