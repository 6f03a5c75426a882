//! Tells the language of a text where nothing declares it.

use super::block::{Block, BlockKind};
use super::document::Document;
use super::lang::Lang;
use super::span::Span;

/// Shorter texts are too easily mistaken (whatlang's own advice is some 120 code points).
const SHORTEST: usize = 120;
/// More of a text does not make the answer better.
const ENOUGH: usize = 4_000;

/// The language of the prose, or [`Lang::UNKNOWN`] where the text is short or the guess unsure.
pub fn language(doc: &Document) -> Lang {
    if is_plainly_english(doc) {
        return Lang::ENGLISH;
    }
    // The terms in a table may be those of another language: it is asked only where there is little else.
    let prose = sample(doc, |block| block.kind != BlockKind::TableCell);
    if prose.chars().count() >= SHORTEST { of_text(&prose) } else { of_text(&sample(doc, |_| true)) }
}

/// The beginning of the text in such blocks.
fn sample(doc: &Document, is_wanted: impl Fn(&Block) -> bool) -> String {
    let mut sample = String::new();
    for block in doc.blocks().iter().filter(|block| is_wanted(block)) {
        // Code and what stands for words that are not here are in no language.
        let mut at = block.span.start;
        let first = doc.masks().partition_point(|mask| mask.span.end <= at);
        for mask in doc.masks()[first..].iter().take_while(|mask| mask.span.start < block.span.end) {
            sample.push_str(doc.slice(Span::new(at, mask.span.start.max(at))));
            sample.push(' ');
            at = mask.span.end.min(block.span.end);
        }
        sample.push_str(doc.slice(Span::new(at, block.span.end)));
        sample.push('\n');
        if sample.len() >= ENOUGH {
            break;
        }
    }
    sample.truncate(sample.floor_char_boundary(ENOUGH));
    sample
}

/// Function words of English that no other language of the Latin alphabet has among its frequent words.
const TELLING: [&str; 18] = [
    "the", "of", "and", "to", "that", "with", "from", "this", "which", "were", "have", "has", "their", "for", "been",
    "they", "would", "who",
];
/// Of fewer words nothing is plain.
const FEWEST: usize = 40;
/// The least share of such words, in hundredths.
const SHARE: usize = 12;

/// Whether so many words are English function words that there is nothing to weigh: looking up these few takes a
/// thousandth of the time of comparing a sample with the profiles of all languages.
///
/// In running English about every fifth word is one of these. Measured on 4,900 edited articles in 27 languages: 99 in a
/// hundred English ones have the share that is asked for here, and of those in other languages none, most of them not
/// a twentieth of it.
fn is_plainly_english(doc: &Document) -> bool {
    let vocabulary = doc.vocabulary();
    let all = doc.words().len();
    let telling = TELLING.iter().filter_map(|word| vocabulary.id(word)).map(|id| vocabulary.count(id) as usize);
    all >= FEWEST && telling.sum::<usize>() * 100 >= all * SHARE
}

/// The language of a stretch of text, above a floor of length and confidence.
pub fn of_text(sample: &str) -> Lang {
    let dense = sample.chars().any(is_east_asian);
    if sample.chars().count() < if dense { SHORTEST / 4 } else { SHORTEST } {
        return Lang::UNKNOWN;
    }
    let own = if dense { without_names(sample) } else { None };
    match whatlang::detect(own.as_deref().unwrap_or(sample)) {
        Some(info) if info.is_reliable() => two_letters(info.lang()),
        _ => Lang::UNKNOWN,
    }
}

/// Whether a character is one of Chinese, Japanese or Korean: kana, Han, Hangul.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A text with one East Asian character to so many Latin letters may be written in such a language: a character says as
/// much as a few letters, and foreign names keep theirs.
const LETTERS: usize = 5;

/// A text of an East Asian language without the Latin letters of its names, which would outweigh it: those are hardly
/// joined by words such as “the” and “of”, as a text in English with foreign names is.
fn without_names(sample: &str) -> Option<String> {
    let east_asian = sample.chars().filter(|c| is_east_asian(*c)).count();
    let latin = sample.bytes().filter(u8::is_ascii_alphabetic).count();
    if east_asian >= latin || east_asian * LETTERS < latin {
        return None;
    }
    let words = || sample.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let telling = words().filter(|word| TELLING.contains(word)).count();
    let names = telling * 100 < words().count() * SHARE / 2;
    names.then(|| sample.chars().filter(|c| !c.is_ascii_alphabetic()).collect())
}

/// How surely a word, or a few, are of one language rather than of another: 0 to 1, by the sequences of their letters.
/// 0 where they are rather of the other, or one of the languages is not known. Languages of one script only.
pub fn rather(text: &str, one: Lang, other: Lang) -> f64 {
    let known = |lang: Lang| whatlang::Lang::all().iter().copied().find(|known| two_letters(*known) == lang);
    let (Some(one), Some(other)) = (known(one), known(other)) else { return 0.0 };
    let found = whatlang::Detector::with_allowlist(vec![one, other]).detect(text);
    found.filter(|info| info.lang() == one).map_or(0.0, |info| info.confidence())
}

fn two_letters(lang: whatlang::Lang) -> Lang {
    use whatlang::Lang::*;
    let tag = match lang {
        Eng => "en",
        Rus => "ru",
        Cmn => "zh",
        Spa => "es",
        Por => "pt",
        Ita => "it",
        Ben => "bn",
        Fra => "fr",
        Deu => "de",
        Ukr => "uk",
        Kat => "ka",
        Ara => "ar",
        Hin => "hi",
        Jpn => "ja",
        Heb => "he",
        Yid => "yi",
        Pol => "pl",
        Amh => "am",
        Jav => "jv",
        Kor => "ko",
        Nob => "nb",
        Dan => "da",
        Swe => "sv",
        Fin => "fi",
        Tur => "tr",
        Nld => "nl",
        Hun => "hu",
        Ces => "cs",
        Ell => "el",
        Bul => "bg",
        Bel => "be",
        Mar => "mr",
        Kan => "kn",
        Ron => "ro",
        Slv => "sl",
        Hrv => "hr",
        Srp => "sr",
        Mkd => "mk",
        Lit => "lt",
        Lav => "lv",
        Est => "et",
        Tam => "ta",
        Vie => "vi",
        Urd => "ur",
        Tha => "th",
        Guj => "gu",
        Uzb => "uz",
        Pan => "pa",
        Aze => "az",
        Ind => "id",
        Tel => "te",
        Pes => "fa",
        Mal => "ml",
        Ori => "or",
        Mya => "my",
        Nep => "ne",
        Sin => "si",
        Khm => "km",
        Tuk => "tk",
        Aka => "ak",
        Zul => "zu",
        Sna => "sn",
        Afr => "af",
        Lat => "la",
        Slk => "sk",
        Cat => "ca",
        Tgl => "tl",
        Hye => "hy",
        Epo => "eo",
        Cym => "cy",
    };
    Lang::parse(tag).unwrap_or(Lang::UNKNOWN)
}

#[cfg(test)]
mod tests {
    use crate::Options;

    fn language(text: &str, format: &str) -> String {
        let options = Options { format: Some(format.to_owned()), ..Options::default() };
        crate::document("text", text, &options).lang().as_str().to_owned()
    }

    #[test]
    fn terms_in_a_table_and_code_do_not_tell_the_language() {
        let prose =
            "感谢你为港口的文档做出贡献。在提交改动之前，请先阅读指南，其中有翻译的流程和审查的流程。".repeat(3);
        let row = "| harbour master office, river pilot, lock keeper | 港 |\n".repeat(40);
        assert_eq!(language(&format!("{prose}\n\n| English | 中文 |\n|---|---|\n{row}"), "markdown"), "zh");
        let code = "`the harbour master of the town and the river that opens the pier for the winter`";
        let prose = format!("港の時刻を{code}で確認し、{code}を書き直してから、船長に知らせてください。").repeat(4);
        assert_eq!(language(&prose, "markdown"), "ja");
    }

    #[test]
    fn foreign_names_do_not_tell_the_language() {
        let list = "Port Mallow Ferry Company は次の船を持っています。\n\n- Port Mallow Ferry Company 北桟橋: 朝の船と夜の船があります。\n\
                    - Harbour Pilots International 南桟橋: 夏だけの船です。\n- Lock Keepers Association 水門: 船は入れません。";
        assert_eq!(language(list, "markdown"), "ja");
        let quoted = "The ferry company of Port Mallow has a boat with the name 北桟橋の船 on its bow, and one with the name 水門の夜の船 \
                      on its stern, which were both given to the town for the feast of the bridge.";
        assert_eq!(language(quoted, "text"), "en");
    }
}
