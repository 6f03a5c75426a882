//! What holds of every file of originals and translations: each side was written where it says, and a word put in the
//! place of another changes that word and nothing else.

use std::path::Path;
use std::sync::Arc;

use copydesk::format::bilingual::{Bilingual, CodeKind, Entry, Unit};
use copydesk::format::{self, Kind};
use copydesk::lint::{HouseStyle, Linter, registry};
use copydesk::text::{Lang, Source, Span, Writing};
use copydesk::{Options, run};

use super::documents::{self, Way};
use super::spelling;

/// All formats of originals and translations.
pub const FORMATS: [&str; 7] = ["po", "xliff", "tmx", "tsv", "csv", "srt", "vtt"];

/// What a word is replaced by: letters with what each of the formats gives a meaning to.
const WORDS: [&str; 10] =
    ["word", "o\"ne", "a\\b", "a&b;", "a<q>", "tab\there", "two\nlines", "a]]>b", "a,b;c", "a --> b"];

macro_rules! ensure {
    ($holds:expr, $($wording:tt)+) => {
        if !$holds {
            return Err(format!($($wording)+));
        }
    };
}

/// Reads a file and checks all that comes out; so many words are replaced, one at a time. How many units were read.
pub fn check(name: &'static str, bytes: &[u8], words: usize) -> Result<usize, String> {
    let setup = Way::whole(name).setup();
    let Ok(source) = run::source(&setup, Path::new("file"), bytes) else { return Ok(0) };
    let file = Arc::new(source);
    let Some(format::Row { kind: Kind::Bilingual(format), .. }) = format::named(name) else {
        return Err(format!("{name} is no format of originals and translations"));
    };
    let read = format.read(&file, &setup.reading);
    let text = file.text();
    for bad in &read.bad {
        ensure!(text.get(bad.at.range()).is_some(), "{bad:?} stands nowhere");
        ensure!(bad.line >= 1 && bad.line <= file.line_count(), "{bad:?} is of no line");
        ensure!(!bad.message.is_empty(), "{bad:?} says nothing");
    }
    for unit in &read.units {
        ensure!(text.get(unit.at.range()).is_some(), "{:?} of {} stands nowhere", unit.at, unit.id);
        for entry in unit.source.iter().chain(&unit.target) {
            written(unit, entry)?;
            documents::laid_out(&run::side(&setup, entry))?;
        }
    }
    let sides: Vec<&Entry> = entries(&read.units).collect();
    let mut places = Vec::new();
    for (n, entry) in sides.iter().enumerate() {
        let words = words_of(entry.source.text());
        let words = words.filter(|word| entry.codes.iter().all(|code| !code.at.overlaps(*word)));
        places.extend(words.map(|word| (n, word)));
    }
    let step = (places.len() / words.max(1)).max(1);
    for (k, &(n, word)) in places.iter().enumerate().filter(|(k, _)| k % step == step / 2).take(words) {
        let said = word.slice(sides[n].source.text());
        for new in [said, WORDS[k / step % WORDS.len()]] {
            replaced(*format, &setup.reading, &sides, n, word, new)?;
        }
    }
    Ok(read.units.len())
}

/// Sets subtitles beside those of an original with all lints on: no check breaks down, and all that is found, in either file,
/// stands in it. How many cues had something said of them.
pub fn beside(name: &'static str, original: &str, translation: &str) -> Result<usize, String> {
    let lints = registry::builtin().iter().map(|lint| (lint.clone(), lint.severity)).collect();
    let options = Options {
        lang: Lang::parse("fr"),
        source_lang: Lang::parse("en"),
        format: Some(name.to_owned()),
        linter: Linter::new(lints, HouseStyle::default()),
        ..Options::default()
    };
    let checked = copydesk::check_subtitles(original, translation, &options);
    if let Some(failure) = checked.iter().flat_map(|cue| &cue.failures).next() {
        return Err(format!("{} broke down: {}", failure.lint, failure.message));
    }
    for found in checked.iter().flat_map(|cue| &cue.diagnostics) {
        let file = found.at.source.file().text();
        let place = found.at.source.in_file(found.at.span);
        ensure!(file == translation.trim_start_matches('\u{feff}'), "{} is in another file", found.lint.id);
        ensure!(file.get(place.range()).is_some(), "{} is found at {place:?}, which is nowhere", found.lint.id);
        for second in &found.related {
            let (source, span) = (&second.at.source, second.at.span);
            ensure!(source.text().get(span.range()).is_some(), "{} points to {span:?}", found.lint.id);
            let place = source.in_file(span);
            ensure!(source.file().text().get(place.range()).is_some(), "{} points to {place:?}", found.lint.id);
        }
    }
    Ok(checked.iter().filter(|cue| !cue.diagnostics.is_empty()).count())
}

fn entries(units: &[Unit]) -> impl Iterator<Item = &Entry> {
    units.iter().flat_map(|unit| unit.source.iter().chain(&unit.target))
}

/// Runs of letters.
fn words_of(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split(|c: char| !c.is_alphabetic()).filter_map(move |word| {
        let at = start + text[start..].find(word)?;
        start = at + word.len();
        (!word.is_empty()).then(|| Span::of(at..start))
    })
}

/// Each character of a side was written where the side says, and so was each of its codes.
fn written(unit: &Unit, entry: &Entry) -> Result<(), String> {
    let source = &entry.source;
    let (text, file) = (source.text(), source.file().text());
    let Some(record) = source.record() else { return Err(format!("{text:?} is no record")) };
    ensure!(unit.at.contains(source.in_file(Span::of(0..text.len()))), "{text:?} stands outside of its unit");
    let mut at = 0;
    let mut end_of_last = 0;
    for c in text.chars() {
        let span = Span::of(at..at + c.len_utf8());
        let place = source.in_file(span);
        let Some(raw) = file.get(place.range()) else { return Err(format!("{place:?} is no stretch of the file")) };
        ensure!(end_of_last <= place.start, "{c:?} of {text:?} was written before the character before it");
        end_of_last = place.start;
        // A code stands in the text as it is written.
        let in_code = entry.codes.iter().any(|code| code.at.contains(span));
        if source.is_whole_in_file(span) {
            end_of_last = place.end;
            let in_cdata = record.cdata.iter().any(|cdata| cdata.contains(span));
            let writing = if in_cdata { Writing::Cdata } else { record.writing };
            let as_written = in_code && raw == c.encode_utf8(&mut [0; 4]);
            ensure!(as_written || says(writing, raw, c), "{raw:?} does not say {c:?} in {text:?} ({writing:?})");
        }
        at = span.end as usize;
    }
    let mut last = 0;
    for code in &entry.codes {
        ensure!(file.get(code.from.range()).is_some(), "{code:?} of {text:?} stands nowhere");
        ensure!(last <= code.from.start, "{code:?} of {text:?} is out of order");
        last = code.from.start;
        let gone = matches!(code.kind, CodeKind::Open | CodeKind::Close);
        ensure!(code.at.is_empty() || !gone, "{code:?} still stands in {text:?}");
        ensure!(text.get(code.at.range()).is_some(), "{code:?} is no stretch of {text:?}");
        ensure!(gone || source.in_file(code.at) == code.from, "{code:?} was written elsewhere: {text:?}");
    }
    Ok(())
}

/// Whether a stretch of the file may be read as a character, by what the formats say of themselves.
fn says(writing: Writing, raw: &str, c: char) -> bool {
    if raw == c.encode_utf8(&mut [0; 4]) {
        return !matches!((writing, c), (Writing::Po, '"' | '\\') | (Writing::Xml, '&') | (Writing::QuotedCell, '"'));
    }
    match writing {
        Writing::Po => {
            let escape = raw.strip_prefix('\\').unwrap_or_default();
            let named =
                [("n", '\n'), ("t", '\t'), ("r", '\r'), ("a", '\u{7}'), ("b", '\u{8}'), ("f", '\u{c}'), ("v", '\u{b}')];
            let number = match escape.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => u32::from_str_radix(escape, 8),
            };
            named.contains(&(escape, c)) || escape == c.to_string() || c == '\u{fffd}' || number == Ok(c as u32)
        }
        Writing::Xml => {
            spelling::says(spelling::Spelling::Markup, raw, &c.to_string())
                || raw.starts_with("&#") && c.is_whitespace()
                || raw.starts_with("&#") && raw.ends_with(';')
                || raw.starts_with("<cp ")
                || raw.contains(":cp ")
        }
        Writing::QuotedCell => (raw, c) == ("\"\"", '"'),
        Writing::Cue | Writing::MarkedCue => {
            c == ' ' && matches!(raw, "\n" | "\r" | "\r\n")
                || spelling::says(spelling::Spelling::Markup, raw, &c.to_string())
                || matches!(raw, "&lrm;" | "&rlm;")
        }
        Writing::Json | Writing::Attribute | Writing::Cdata | Writing::Cell { .. } => false,
    }
}

/// A word put in the place of another changes that word and no other side.
fn replaced(
    format: &dyn Bilingual,
    reading: &format::Reading,
    sides: &[&Entry],
    n: usize,
    word: Span,
    new: &str,
) -> Result<(), String> {
    let source = &sides[n].source;
    if !source.is_whole_in_file(word) {
        return Ok(());
    }
    let old = word.slice(source.text());
    let Some(raw) = source.written(word, new) else {
        ensure!(
            new != old || source.record().is_some_and(|r| r.writing == Writing::Cue || r.writing == Writing::MarkedCue),
            "{old:?} cannot be written in its own place in {:?}",
            source.text()
        );
        return Ok(());
    };
    let place = source.in_file(word);
    let text = source.file().text();
    let after = format!("{}{raw}{}", &text[..place.start as usize], &text[place.end as usize..]);
    let again = format.read(&Arc::new(Source::new("file", after.as_str())), reading);
    let found: Vec<&Entry> = entries(&again.units).collect();
    let shown = || format!("{old:?} at {place:?} became {raw:?} in {text:?}");
    ensure!(found.len() == sides.len(), "{} sides became {}: {}", sides.len(), found.len(), shown());
    for (k, (before, now)) in sides.iter().zip(&found).enumerate() {
        // A code that holds a text of its own stands in the text around it with that.
        let around = before.source.in_file(Span::of(0..before.source.text().len())).contains(place);
        if k != n && around {
            continue;
        }
        let before = before.source.text();
        let expected = match k == n {
            true => format!("{}{new}{}", &before[..word.start as usize], &before[word.end as usize..]),
            false => before.to_owned(),
        };
        let now = now.source.text();
        ensure!(now == expected, "{now:?} is read where it should be {expected:?}: {}", shown());
    }
    Ok(())
}
