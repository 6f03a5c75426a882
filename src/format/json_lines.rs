//! JSON Lines: one article a line, or an original and its translation.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::Reading;
use super::bilingual::{self, State, Unit};
use crate::text::{Lang, Origin, Record, Source, Span, Writing};

/// One record, its text not yet read.
#[derive(Debug)]
pub struct Entry {
    /// The record's text.
    pub source: Source,
    /// Its language, where it says so.
    pub lang: Option<Lang>,
    /// The written form of that language, where it says more.
    pub variety: Option<String>,
    /// What it was translated from, with the language of that.
    pub original: Option<(Source, Option<Lang>)>,
}

/// A line that is no record.
#[derive(Debug, Clone)]
pub struct BadLine {
    /// The line of the file, from 1.
    pub line: u32,
    /// Where in the file.
    pub at: Span,
    /// What is wrong with it.
    pub message: String,
}

/// The lines of a file that are to be records, each with its number from 1. Blank lines are none.
pub fn lines(file: &Source) -> Vec<(u32, Span)> {
    let text = file.text();
    let mut out = Vec::new();
    let mut start = 0;
    let mut number = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        number += 1;
        let span = Span::of(start..end).trim(text);
        if !span.is_empty() {
            out.push((number, span));
        }
        start = end + 1;
    }
    out
}

/// Reads one line: its text, or a translation with its original.
pub fn record(file: &Arc<Source>, line: u32, at: Span, reading: &Reading) -> Result<Entry, BadLine> {
    let text = at.slice(file.text());
    let bad = |message: String| BadLine { line, at, message };
    let fields: Fields<'_> = serde_json::from_str(text).map_err(|e| bad(format!("not a JSON object: {}", told(&e))))?;
    let (field, lang_fields) = match fields.is_of_two_sides(reading) {
        true => (&reading.target_field, [&reading.target_lang_field, &reading.lang_field]),
        false => (&reading.text_field, [&reading.lang_field; 2]),
    };
    let mut entry = side(file, line, at, &fields, field, &lang_fields, reading).map_err(bad)?;
    if fields.is_of_two_sides(reading) {
        let lang_fields = [&reading.source_lang_field];
        let original = side(file, line, at, &fields, &reading.source_field, &lang_fields, reading).map_err(bad)?;
        entry.original = Some((original.source, original.lang.or(reading.source_lang)));
    }
    Ok(entry)
}

/// Reads one line that holds an original and its translation; of a record that holds one text, `Ok(None)`.
pub fn unit(file: &Arc<Source>, line: u32, at: Span, reading: &Reading) -> Result<Option<Unit>, BadLine> {
    let text = at.slice(file.text());
    let bad = |message: String| BadLine { line, at, message };
    let fields: Fields<'_> = serde_json::from_str(text).map_err(|e| bad(format!("not a JSON object: {}", told(&e))))?;
    if !fields.is_of_two_sides(reading) {
        return Ok(None);
    }
    let source = side(file, line, at, &fields, &reading.source_field, &[&reading.source_lang_field], reading);
    let mut source = source.map_err(bad)?;
    source.lang = source.lang.or(reading.source_lang);
    let lang_fields = [&reading.target_lang_field, &reading.lang_field];
    let target = side(file, line, at, &fields, &reading.target_field, &lang_fields, reading).map_err(bad)?;
    let side = |Entry { source, lang, .. }: Entry| {
        let (source, codes, drifts) = (Arc::new(source), Vec::new(), Vec::new());
        bilingual::Entry { source, lang, codes, drifts }
    };
    let id = target.source.record().map_or_else(String::new, |record| record.id.clone());
    let state = if target.source.text().is_empty() { State::Untranslated } else { State::Translated };
    let variety = target.variety.clone();
    let (source, target) = (Some(side(source)), Some(side(target)));
    Ok(Some(Unit { id, line, at, source, target, state, variety, ..Unit::default() }))
}

/// The text of a field, with the language that the first of some other fields gives.
fn side(
    file: &Arc<Source>,
    line: u32,
    at: Span,
    fields: &Fields<'_>,
    field: &str,
    lang_fields: &[&String],
    reading: &Reading,
) -> Result<Entry, String> {
    let text = at.slice(file.text());
    let raw = fields.get(field).ok_or_else(|| format!("there is no field “{field}”"))?;
    let start = at.start + (raw.get().as_ptr() as usize - text.as_ptr() as usize) as u32;
    let (decoded, origin) = unescape(raw.get(), start).ok_or_else(|| format!("the field “{field}” is not a string"))?;
    let id = match fields.get(&reading.id_field) {
        Some(raw) => serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned()),
        None => line.to_string(),
    };
    let tags = lang_fields.iter().filter_map(|field| serde_json::from_str::<String>(fields.get(field)?.get()).ok());
    let (lang, variety) = tags
        .filter_map(|tag| Some((Lang::parse(&tag)?, Lang::variety(&tag))))
        .next()
        .map_or((None, None), |(lang, variety)| (Some(lang), variety));
    let record = Record { id, line, file: file.clone(), origin, writing: Writing::Json, cdata: Vec::new() };
    Ok(Entry { source: Source::of_record(decoded, record), lang, variety, original: None })
}

/// The fields of an object, their values not parsed.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// Whether the record holds an original and its translation, and not a text: a text may name its source.
    fn is_of_two_sides(&self, reading: &Reading) -> bool {
        let has = |field: &str| self.get(field).is_some();
        has(&reading.source_field) && has(&reading.target_field) && !has(&reading.text_field)
    }

    fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
    }
}

impl<'de> serde::Deserialize<'de> for Fields<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Fields<'de>, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(entry) = map.next_entry::<String, &RawValue>()? {
                    fields.push(entry);
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Visitor)
    }
}

/// The parser's complaint without its own line and column: the line is ours to tell.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line 1 column ") {
        Some(at) => format!("{}, at byte {} of the line", &text[..at], error.column()),
        None => text,
    }
}

/// Decodes a JSON string, quotes included, that stands at `start` of the file; `None` if it is no string.
fn unescape(raw: &str, start: u32) -> Option<(String, Origin)> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let base = start + 1;
    let mut out = String::with_capacity(inner.len());
    let mut origin = Origin::default();
    let mut at = 0;
    while at < inner.len() {
        let plain = memchr::memchr(b'\\', &inner.as_bytes()[at..]).map_or(inner.len(), |n| at + n);
        let before = out.len();
        out.push_str(&inner[at..plain]);
        origin.push(Span::of(before..out.len()), span(base, at, plain));
        if plain == inner.len() {
            break;
        }
        let before = out.len();
        let (c, length) = escape(&inner[plain..])?;
        out.push(c);
        origin.push(Span::of(before..out.len()), span(base, plain, plain + length));
        at = plain + length;
    }
    Some((out, origin))
}

fn span(base: u32, from: usize, to: usize) -> Span {
    Span::new(base + from as u32, base + to as u32)
}

/// The character of an escape and its length in bytes. A lone surrogate is read as the replacement character.
fn escape(text: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u32::from_str_radix(text.get(from..from + 4)?, 16).ok();
    Some(match text.as_bytes().get(1)? {
        b'n' => ('\n', 2),
        b't' => ('\t', 2),
        b'r' => ('\r', 2),
        b'b' => ('\u{8}', 2),
        b'f' => ('\u{c}', 2),
        b'u' => {
            let high = unit(2)?;
            let low = (text.get(6..8) == Some("\\u")).then(|| unit(8)).flatten();
            match (high, low) {
                (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                    let c = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (char::from_u32(c).unwrap_or('\u{fffd}'), 12)
                }
                _ => (char::from_u32(high).unwrap_or('\u{fffd}'), 6),
            }
        }
        &b => (char::from(b), 2),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Entry, BadLine> {
        let file = Arc::new(Source::new("a.jsonl", line));
        record(&file, 1, Span::of(0..line.len()), &Reading::default())
    }

    #[test]
    fn text_comes_with_the_way_back_to_the_file() {
        let line = r#"{"id": 7, "text": "a\n\u00e9\ud83d\ude00z", "lang": "de-AT"}"#;
        let entry = read(line).unwrap();
        assert_eq!(entry.source.text(), "a\né😀z");
        assert_eq!(entry.lang, Lang::parse("de"));
        assert_eq!(entry.source.record().unwrap().id, "7");
        let at = |from, to| entry.source.in_file(Span::new(from, to)).slice(line);
        assert_eq!(at(2, 4), r"\u00e9");
        assert_eq!(at(4, 8), r"\ud83d\ude00");
        assert_eq!(at(8, 9), "z");
        assert_eq!(at(0, 9), r"a\n\u00e9\ud83d\ude00z");
    }

    #[test]
    fn bad_lines_say_what_is_wrong() {
        assert!(read("{").unwrap_err().message.contains("not a JSON object"));
        assert_eq!(read(r#"{"id": 1}"#).unwrap_err().message, "there is no field “text”");
        assert_eq!(read(r#"{"text": 1}"#).unwrap_err().message, "the field “text” is not a string");
    }

    #[test]
    fn a_translation_that_is_empty_is_still_to_be_made() {
        let state = |line: &str| {
            let file = Arc::new(Source::new("a.jsonl", line));
            let unit = unit(&file, 1, Span::of(0..line.len()), &Reading::default()).unwrap();
            unit.map(|unit| unit.state)
        };
        assert_eq!(state(r#"{"source": "The pier", "target": "Der Steg"}"#), Some(State::Translated));
        assert_eq!(state(r#"{"source": "The pier", "target": ""}"#), Some(State::Untranslated));
        assert_eq!(state(r#"{"text": "The pier"}"#), None);
    }
}
