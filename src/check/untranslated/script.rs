//! Runs in letters of a script that the article's language is not written in.

use unicode_script::{Script, UnicodeScript};

use super::run::{Run, Tongue, vote};
use crate::text::{Document, Lang, Language, Tongues, Word};

/// The scripts of a language.
pub struct Home {
    scripts: Vec<Script>,
}

impl Home {
    /// Latin where the language file names none.
    pub fn of(language: &Language) -> Home {
        let mut scripts: Vec<Script> = language.scripts.iter().filter_map(|s| Script::from_full_name(s)).collect();
        if scripts.is_empty() {
            scripts.push(Script::Latin);
        }
        Home { scripts }
    }

    /// Whether another language is written in one of these scripts too.
    pub fn shares_with(&self, other: Lang) -> bool {
        Home::of(Language::of(other)).scripts.iter().any(|s| self.has(*s))
    }

    /// Whether a word is in a script of the language that says nothing of the words around it: Han characters may be
    /// Chinese or Japanese.
    pub fn is_plain(&self, word: &str) -> bool {
        let script = word.chars().find(|c| c.is_alphabetic()).map(|c| c.script());
        script.is_none_or(|s| s == Script::Latin || self.has(s) && s != Script::Han)
    }

    /// Whether the language is written in a script.
    pub fn has(&self, script: Script) -> bool {
        self.scripts.contains(&script)
    }
}

/// The script of a word's first letter; of a number, a sign, an emoji none.
pub fn of_word(doc: &Document, word: Word) -> Option<Script> {
    let text = doc.slice(word.span);
    if text.as_bytes()[0].is_ascii_alphabetic() {
        return Some(Script::Latin);
    }
    let letter = text.chars().find(|c| c.is_alphabetic())?;
    Some(letter.script()).filter(|s| !matches!(s, Script::Common | Script::Inherited | Script::Unknown))
}

/// Whether a script is written without spaces, or nearly so: its runs are counted in letters.
fn is_dense(script: Script) -> bool {
    use Script::*;
    matches!(script, Han | Hiragana | Katakana | Hangul | Thai | Lao | Khmer | Myanmar | Tibetan)
}

/// Scripts that one text mixes.
fn family(script: Script) -> Script {
    match script {
        Script::Hiragana | Script::Katakana => Script::Hiragana,
        other => other,
    }
}

/// Fewer letters of a dense script are a name, or a term in the original.
const DENSE: usize = 12;
/// Fewer words of another script are a name or a title.
const WORDS: usize = 4;
/// … and fewer letters.
const LETTERS: usize = 15;
/// So many kana in a sentence are more than a brand.
const KANA: usize = 4;

/// Adds the runs of one sentence. Latin in a text of another script is left to the words: names of products and
/// companies stand in Latin letters everywhere.
pub fn foreign(doc: &Document, words: &[Word], home: &Home, tongues: &[Tongues], out: &mut Vec<Run>) {
    // Kana make the Han characters around them Japanese.
    let kana = |w: &&Word| of_word(doc, **w).map(family) == Some(Script::Hiragana);
    let chinese = home.has(Script::Han) && !home.has(Script::Hiragana) && !home.has(Script::Hangul);
    let japanese = chinese && words.iter().filter(kana).take(KANA).count() == KANA;
    let is_foreign = |script| script != Script::Latin && (!home.has(script) || japanese && script == Script::Han);
    let (mut from, mut to) = (None, 0);
    for (at, word) in words.iter().enumerate() {
        match of_word(doc, *word) {
            Some(script) if is_foreign(script) => {
                from.get_or_insert(at);
                to = at + 1;
            }
            Some(_) => out.extend(from.take().and_then(|from| run(doc, &words[from..to], tongues))),
            None => {}
        }
    }
    out.extend(from.and_then(|from| run(doc, &words[from..to], tongues)));
}

fn run(doc: &Document, words: &[Word], tongues: &[Tongues]) -> Option<Run> {
    let scripts: Vec<Script> = words.iter().filter_map(|w| of_word(doc, *w)).collect();
    let dense = scripts.iter().filter(|s| is_dense(**s)).count() * 2 >= scripts.len();
    let letters = words.iter().map(|w| doc.slice(w.span).chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>();
    if if dense { letters < DENSE } else { scripts.len() < WORDS || letters < LETTERS } {
        return None;
    }
    let mut counts: Vec<(usize, Script)> = Vec::new();
    for &script in &scripts {
        match counts.iter_mut().find(|c| c.1 == script) {
            Some(count) => count.0 += 1,
            None => counts.push((1, script)),
        }
    }
    let (_, main) = counts.into_iter().max_by_key(|(count, script)| (*count, script.full_name()))?;
    let kana = scripts.iter().any(|s| family(*s) == Script::Hiragana);
    let written_so = |lang| {
        let home = Home::of(Language::of(lang));
        home.has(if kana { Script::Hiragana } else { main }) && (kana || !home.has(Script::Hiragana))
    };
    let told = vote(words, tongues, written_so).map(|(lang, _)| lang).or_else(|| {
        let mut all = Language::known().filter(|lang| written_so(*lang));
        all.next().filter(|_| all.next().is_none())
    });
    Run::over(doc, words, told.map_or(Tongue::Script(main), Tongue::Language))
}
