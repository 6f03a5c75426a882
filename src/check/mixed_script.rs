//! A word of two scripts: a letter of one alphabet in the place of its twin in another. Full-width signs in Latin text.

use memchr::{memchr, memchr_iter};
use serde::Deserialize;
use unicode_script::{Script, UnicodeScript};

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, Document, Lang, Span, Word, detect};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MixedScript {}

/// Letters that look alike: Latin, Cyrillic, Greek. A dash where an alphabet has no such letter.
const TWINS: &[(char, char, char)] = &[
    ('A', 'А', 'Α'),
    ('B', 'В', 'Β'),
    ('C', 'С', '-'),
    ('E', 'Е', 'Ε'),
    ('H', 'Н', 'Η'),
    ('I', 'І', 'Ι'),
    ('J', 'Ј', '-'),
    ('K', 'К', 'Κ'),
    ('M', 'М', 'Μ'),
    ('N', '-', 'Ν'),
    ('O', 'О', 'Ο'),
    ('P', 'Р', 'Ρ'),
    ('S', 'Ѕ', '-'),
    ('T', 'Т', 'Τ'),
    ('X', 'Х', 'Χ'),
    ('Y', 'У', 'Υ'),
    ('Z', '-', 'Ζ'),
    ('a', 'а', 'α'),
    ('c', 'с', '-'),
    ('e', 'е', '-'),
    ('i', 'і', 'ι'),
    ('j', 'ј', '-'),
    ('k', 'к', 'κ'),
    ('o', 'о', 'ο'),
    ('p', 'р', 'ρ'),
    ('s', 'ѕ', '-'),
    ('u', '-', 'υ'),
    ('v', '-', 'ν'),
    ('x', 'х', 'χ'),
    ('y', 'у', 'γ'),
    ('h', 'һ', '-'),
    ('d', 'ԁ', '-'),
    ('q', 'ԛ', '-'),
    ('w', 'ԝ', 'ω'),
    ('ï', 'ї', 'ϊ'),
    ('Ï', 'Ї', 'Ϊ'),
    ('ë', 'ё', '-'),
    ('Ë', 'Ё', '-'),
    ('ó', '-', 'ό'),
];

impl Check for MixedScript {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let words = doc.vocabulary();
        let mixed: Vec<bool> =
            (0..words.len() as u32).map(|id| !words.is_ascii(id) && is_mixed(words.word(id))).collect();
        if mixed.contains(&true) {
            for block in doc.blocks() {
                for word in doc.words_of(block).iter().filter(|w| mixed[w.id as usize]) {
                    twins(doc, block, *word, out);
                }
            }
        }
        if !doc.lang().is_unspaced()
            && doc.lang().as_str() != "ko"
            && memchr(0xef, doc.text().as_bytes()).is_some()
            && !is_typed_wide(doc)
        {
            wide_signs(doc, out);
        }
    }
}

fn alphabet(c: char) -> Option<Script> {
    Some(c.script()).filter(|s| matches!(s, Script::Latin | Script::Cyrillic | Script::Greek))
}

fn is_mixed(word: &str) -> bool {
    let mut scripts = word.chars().filter_map(alphabet);
    let first = scripts.next();
    scripts.any(|s| Some(s) != first)
}

/// A word in which letters of one alphabet stand for their twins of another.
fn twins<'a>(doc: &'a Document, block: &Block, word: Word, out: &mut Findings<'a>) {
    let text = doc.slice(word.span);
    let count = |script| text.chars().filter(|c| alphabet(*c) == Some(script)).count();
    let (latin, cyrillic, greek) = (count(Script::Latin), count(Script::Cyrillic), count(Script::Greek));
    let home = home(block.lang);
    let mut ranked = [(latin, Script::Latin), (cyrillic, Script::Cyrillic), (greek, Script::Greek)];
    // Of two equally strong the alphabet of the language is meant.
    ranked.sort_by_key(|(n, s)| (std::cmp::Reverse(*n), Some(*s) != home));
    let (most, odd) = (ranked[0].1, ranked[1].1);
    if ranked[1].0 == 0 || ranked[2].0 > 0 || is_compound(text, most, odd, home) {
        return;
    }
    let fixed = match write_in(text, most) {
        Some(fixed) if suits(&fixed, block.lang) => Some(fixed),
        Some(_) => write_in(text, odd),
        None => None,
    };
    let Some(fixed) = fixed else { return };
    let to = fixed.chars().find_map(alphabet).unwrap_or(most);
    let letters: String = text.chars().filter(|c| alphabet(*c).is_some_and(|s| s != to)).collect();
    let (key, target) = (name(if to == most { odd } else { most }), name(to));
    let finding = Finding::new(doc, word.span)
        .slot("word", text)
        .slot("letters", letters)
        .slot("fixed", fixed.clone())
        .phrase("script", key)
        .phrase("target", target)
        .replace(word.span, fixed);
    out.push(if ranked[0].0 == ranked[1].0 { finding.unsafe_fix() } else { finding });
}

/// Whether one alphabet stands at an edge of a word for a reason: a foreign name with an ending of the language
/// (“Linuxа”), a Greek sign before or behind letters (“αB”, “IFNγ”), a sign of a unit.
fn is_compound(text: &str, most: Script, odd: Script, home: Option<Script>) -> bool {
    let letters: Vec<(char, Script)> = text.chars().filter_map(|c| Some((c, alphabet(c)?))).collect();
    let changes = letters.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    if changes != 1 {
        return false;
    }
    // An apostrophe parts a name from its ending.
    if text.contains(['\'', '’']) {
        return true;
    }
    let greek = most == Script::Greek || odd == Script::Greek;
    if greek {
        // Greek small letters are signs of their own; only those that no reader could tell apart are twins.
        let small = |c: char| c.script() == Script::Greek && c.is_lowercase() && c != 'ο';
        return letters.iter().any(|(c, s)| *s == Script::Greek && small(*c));
    }
    home == Some(Script::Cyrillic) && letters.first().map(|l| l.1) == Some(Script::Latin) && {
        let ending = letters.iter().filter(|l| l.1 == Script::Cyrillic).count();
        ending <= 3 && letters.len() - ending >= 2 && most == Script::Latin
    }
}

/// The word in one alphabet, where every other letter has its twin there.
fn write_in(text: &str, script: Script) -> Option<String> {
    text.chars()
        .map(|c| match alphabet(c) {
            Some(s) if s != script => {
                let twin = TWINS.iter().find(|t| c == t.0 || c == t.1 || c == t.2)?;
                let there = match script {
                    Script::Latin => twin.0,
                    Script::Cyrillic => twin.1,
                    _ => twin.2,
                };
                (there != '-').then_some(there)
            }
            _ => Some(c),
        })
        .collect()
}

/// Whether the language has these Cyrillic letters: “ХІХ” is a Roman number to a Russian.
fn suits(text: &str, lang: Lang) -> bool {
    match lang.as_str() {
        "ru" | "bg" => !text.contains(['і', 'І', 'ї', 'Ї', 'ј', 'Ј', 'ѕ', 'Ѕ', 'һ', 'ԁ', 'ԛ', 'ԝ']),
        "uk" => !text.contains(['ј', 'Ј', 'ѕ', 'Ѕ', 'ё', 'Ё', 'һ', 'ԁ', 'ԛ', 'ԝ']),
        _ => true,
    }
}

/// The alphabet of a language; `None` where it is none of the three.
fn home(lang: Lang) -> Option<Script> {
    match lang.as_str() {
        "ru" | "uk" | "bg" | "sr" | "mk" | "be" | "kk" | "mn" => Some(Script::Cyrillic),
        "el" => Some(Script::Greek),
        "ar" | "fa" | "ur" | "he" | "hi" | "ja" | "zh" | "zh-tw" | "ko" | "th" => None,
        _ => Some(Script::Latin),
    }
}

fn name(script: Script) -> &'static str {
    match script {
        Script::Cyrillic => "cyrillic",
        Script::Greek => "greek",
        _ => "latin",
    }
}

/// A text with one character of Chinese, Japanese or Korean in so many letters is written on such a keyboard, whatever
/// language its names and titles are in.
const EAST_ASIAN: usize = 20;

fn is_typed_wide(doc: &Document) -> bool {
    let (mut all, mut wide) = (0, 0);
    for c in doc.text().chars() {
        all += usize::from(c.is_alphabetic());
        wide += usize::from(detect::is_east_asian(c));
    }
    wide * EAST_ASIAN >= all
}

/// Full-width signs between letters of an alphabet.
fn wide_signs<'a>(doc: &'a Document, out: &mut Findings<'a>) {
    let text = doc.text();
    for at in memchr_iter(0xef, text.as_bytes()) {
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()).filter(|c| matches!(c, '\u{ff01}'..='\u{ff5e}'))
        else {
            continue;
        };
        let after = at + c.len_utf8();
        let is_own = |c: char| alphabet(c).is_some() && !matches!(c, '\u{ff01}'..='\u{ff5e}');
        let near = |c: Option<char>| c.is_some_and(is_own);
        // On the outer side of a bracket, and behind any sign, marks may stand: “（see below）.”
        let beside = |c: Option<char>| c.is_none_or(|c| is_own(c) || c.is_ascii());
        let before = text[..at].trim_end().chars().next_back();
        let next = text[after..].trim_start().chars().next();
        let Some(plain) = char::from_u32(c as u32 - 0xfee0) else { continue };
        let opens = matches!(plain, '(' | '[' | '{');
        let fits = if opens { beside(before) && near(next) } else { near(before) && beside(next) };
        if !fits || doc.block_at(at as u32).is_none() {
            continue;
        }
        let glued = text[after..].starts_with(char::is_alphanumeric);
        let gap = if glued && matches!(plain, ',' | ';' | ':' | '!' | '?' | '.' | ')') { " " } else { "" };
        let fixed = format!("{plain}{gap}");
        let span = Span::of(at..after);
        let finding = Finding::new(doc, span).slot("word", doc.slice(span)).slot("fixed", plain.to_string());
        out.push(
            finding
                .slot("letters", doc.slice(span))
                .phrase("script", "wide")
                .phrase("target", "narrow")
                .replace(span, fixed),
        );
    }
}
