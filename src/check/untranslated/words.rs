//! Runs that the common little words of another language give away, or letters that the article's own has not.

use super::run::{Run, Tongue, vote};
use super::script::{self, Home};
use crate::text::{Document, Lang, Language, Span, Tongues, Word};

/// What a word says of the run it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A little word of the other language, and not of the article's.
    Away,
    /// A word in small letters, one of which the article's language has not.
    Alien,
    /// A little word of the article's language.
    AtHome,
    /// A little word of both.
    Both,
    /// Any other.
    Content,
}

impl Sign {
    /// In points. A word of the article's own language says more than one of another: short words of a language turn
    /// up by chance in names and titles of another.
    fn points(self) -> i32 {
        match self {
            Sign::Away => 4,
            Sign::Alien => 3,
            Sign::AtHome => -9,
            Sign::Both => 0,
            Sign::Content => -1,
        }
    }
}

/// The least sum of a run: three little words near each other.
const LEAST: i32 = 7;
/// … or two, where it reaches an end of its sentence: such a run has no more words to show.
const LEAST_AT_EDGE: i32 = 5;
/// Little words of fewer letters in all may be anything: “Li Na”, “chi di”.
const LETTERS: usize = 5;
/// So many different little words are no title.
const ENOUGH: usize = 6;
/// Fewer words are a name, a title, a phrase.
const WORDS: usize = 5;
/// A run of one word less is told from this sum on: three words of it, and nothing against them.
const CERTAIN: i32 = 9;
/// How many words before the first little word of a run may belong to it.
const BEFORE: usize = 4;

/// Adds the run of one sentence, if there is one.
pub fn foreign(doc: &Document, words: &[Word], lang: Lang, home: &Home, tongues: &[Tongues], out: &mut Vec<Run>) {
    if words.len() < WORDS {
        return;
    }
    let own = Tongues::only(lang);
    let letters = Language::of(lang).letters.as_deref();
    let of = |word: &Word| {
        let all = tongues[word.id as usize];
        let named =
            is_initials(doc.slice(word.span)) || is_compounded(doc, *word) || is_given(doc, words, word, all, tongues);
        if named { Tongues::NONE } else { all }
    };
    // Most sentences end here: they are full of words of their own language.
    let odd = |word: &Word| (!of(word).is_empty() && !of(word).meets(own)) || is_alien(doc.slice(word.span), letters);
    if words.iter().filter(|w| odd(w)).take(2).count() < 2 {
        return;
    }
    let odd: Vec<Word> = words.iter().copied().filter(odd).collect();
    let strange: String =
        odd.iter().filter(|w| is_alien(doc.slice(w.span), letters)).map(|w| doc.slice(w.span)).collect();
    let spelled_so = |l: Lang| !has_alien(&strange, Language::of(l).letters.as_deref());
    let (theirs, apart, told) = match vote(&odd, tongues, |l| l != lang && !are_sisters(l, lang) && spelled_so(l)) {
        Some((other, _)) => (Tongues::only(other), !home.shares_with(other), Some(other)),
        None => (Tongues::NONE, false, None),
    };
    let sign = |word: &Word| match (of(word).meets(theirs), of(word).meets(own)) {
        (true, false) => Sign::Away,
        (true, true) => Sign::Both,
        (false, true) => Sign::AtHome,
        _ if apart && script::of_word(doc, *word).is_some_and(|s| home.has(s)) => Sign::AtHome,
        _ if is_alien(doc.slice(word.span), letters) => Sign::Alien,
        _ => Sign::Content,
    };
    let signs: Vec<Sign> = words.iter().map(sign).collect();
    // A sentence without a word of its own language is no part of one.
    let whole = !signs.contains(&Sign::AtHome);
    let Some((from, to, sum)) = best(&signs) else { return };
    let (from, to, sum) = if whole { (0, words.len(), sum) } else { (from, to, sum) };
    let edge = from == 0 || !signs[to..].contains(&Sign::AtHome);
    if sum < if edge { LEAST_AT_EDGE } else { LEAST } {
        return;
    }
    let (mut from, to) = (grown_back(&signs, from), grown(&signs, to));
    // Where every noun has a capital it tells no beginning.
    if to - from < WORDS && edge && !Language::of(lang).nouns_have_capitals {
        from = beginning(doc, words, &signs, from);
    }
    let fewest = if edge && sum >= CERTAIN { WORDS - 1 } else { WORDS };
    if to - from < fewest || !is_evidence(doc, &words[from..to], &signs[from..to], edge) {
        return;
    }
    let Some(run) = Run::over(doc, &words[from..to], Tongue::Unknown) else { return };
    let told = told.or_else(|| Some(crate::text::detect::of_text(doc.slice(run.span))).filter(|l| *l != lang));
    out.push(match told {
        Some(lang) if !Language::of(lang).name.is_empty() => Run { tongue: Tongue::Language(lang), ..run },
        _ => run,
    });
}

/// Whether two tags stand for what a reader takes for one language, or for two that share most of their little words.
fn are_sisters(a: Lang, b: Lang) -> bool {
    const SISTERS: &[[&str; 2]] = &[["da", "nb"], ["hr", "sr"], ["hr", "sl"], ["hi", "mr"], ["nl", "af"]];
    a.is_unspaced() && b.is_unspaced()
        || SISTERS.iter().any(|pair| pair.contains(&a.as_str()) && pair.contains(&b.as_str()))
}

/// Capital letters by themselves: of a name in the line-up of a team, or short for one (“IS”).
fn is_initials(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(char::is_uppercase)
}

/// Whether a word is joined to the next with a hyphen: the “non” of “non-profitorganisatie” is in no language.
fn is_compounded(doc: &Document, word: Word) -> bool {
    let mut after = doc.text()[word.span.end as usize..].chars();
    after.next() == Some('-') && after.next().is_some_and(char::is_alphanumeric)
}

/// Whether a word is a given name before a surname: “Ben Noordhuis”, where Dutch has “ben”. In languages in which nouns have
/// capitals that cannot be told.
fn is_given(doc: &Document, words: &[Word], word: &Word, own: Tongues, tongues: &[Tongues]) -> bool {
    let is_capital = |word: &Word| doc.slice(word.span).starts_with(char::is_uppercase);
    if own.is_empty() || !is_capital(word) || own.iter().any(|lang| Language::of(lang).nouns_have_capitals) {
        return false;
    }
    let next = words.partition_point(|other| other.span.start <= word.span.start);
    // “Most PCs”: the second letter of a surname is no capital.
    let is_surname = |word: &Word| !doc.slice(word.span).chars().nth(1).is_some_and(char::is_uppercase);
    // “But Mr Harrow”.
    let is_title = |word: &Word| own.iter().any(|lang| Language::of(lang).titles.has(doc.folded(*word)));
    words.get(next).is_some_and(|next| {
        is_capital(next)
            && is_surname(next)
            && tongues[next.id as usize].is_empty()
            && !is_title(next)
            && doc.slice(Span::new(word.span.end, next.span.start)) == " "
    })
}

/// Whether a word in small letters has one that is in no word of the language. Names have capitals, and any letters.
fn is_alien(word: &str, letters: Option<&str>) -> bool {
    !word.is_ascii()
        && word.starts_with(char::is_lowercase)
        && !word.contains(char::is_uppercase)
        && has_alien(word, letters)
}

/// Whether a word, folded, has a letter that is in no word of a language.
pub fn has_alien(word: &str, letters: Option<&str>) -> bool {
    let Some(letters) = letters.filter(|_| !word.is_ascii()) else { return false };
    word.contains(|c: char| !c.is_ascii() && c.is_alphabetic() && !letters.contains(c))
}

/// Whether what speaks for a run is more than chance, and the run no title: titles and names are in capitals but for
/// their little words. Nor is it a list of words: “if, unless, while” are spoken of.
fn is_evidence(doc: &Document, words: &[Word], signs: &[Sign], edge: bool) -> bool {
    let mut seen: Vec<Word> = Vec::new();
    let (mut content, mut small) = (0, 0);
    for (word, sign) in words.iter().zip(signs) {
        let speaks = matches!(sign, Sign::Away | Sign::Alien);
        if speaks && seen.len() < ENOUGH && seen.iter().all(|s| s.id != word.id) {
            seen.push(*word);
        }
        if matches!(sign, Sign::Alien | Sign::Content) {
            content += 1;
            small += usize::from(doc.slice(word.span).starts_with(char::is_lowercase));
        }
    }
    let letters: usize = seen.iter().map(|w| doc.slice(w.span).chars().count()).sum();
    let listed =
        words.windows(2).filter(|pair| doc.slice(pair[0].span.until(pair[1].span)).contains([',', '、'])).count();
    if seen.len() < 2 || letters < LETTERS || listed * 2 > words.len() {
        return false;
    }
    let little = words.len() - content;
    small * 2 >= content && (small > 0 || seen.len() >= 4) || little >= 4 && small > 0 && edge || seen.len() == ENOUGH
}

/// The stretch with the highest sum, and that sum (Kadane's algorithm).
fn best(signs: &[Sign]) -> Option<(usize, usize, i32)> {
    let (mut from, mut sum) = (0, 0);
    let mut best: Option<(usize, usize, i32)> = None;
    for (at, sign) in signs.iter().enumerate() {
        if sum <= 0 {
            (from, sum) = (at, 0);
        }
        sum += sign.points();
        if sum > 0 && best.is_none_or(|(.., most)| sum > most) {
            best = Some((from, at + 1, sum));
        }
    }
    best
}

/// A run goes on to the end of its sentence where no word of the article's own follows.
fn grown(signs: &[Sign], to: usize) -> usize {
    if signs[to..].contains(&Sign::AtHome) { to } else { signs.len() }
}

/// The word with a capital, a few words before a short run, with which its sentence began: “Audiences are in the 10s”.
fn beginning(doc: &Document, words: &[Word], signs: &[Sign], from: usize) -> usize {
    let near = signs[..from].iter().rev().take(BEFORE).take_while(|sign| **sign == Sign::Content).count();
    let capital = |at: &usize| doc.slice(words[*at].span).starts_with(char::is_uppercase);
    (from - near..from).find(capital).unwrap_or(from)
}

/// … and back to its beginning where none goes before, and it is near.
fn grown_back(signs: &[Sign], from: usize) -> usize {
    if from > BEFORE || signs[..from].contains(&Sign::AtHome) { from } else { 0 }
}
