//! Front matter: the YAML, TOML or JSON before a Markdown text. Title and description are part of the article,
//! the language is its language, and the rest is for machines.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::transcript::Transcript;
use super::{scalar, with_line_feeds};
use crate::text::{BlockKind, Lang, MaskKind, PartKind, Span};

/// Reads the front matter of a text, if it has one, and returns where the article begins.
pub fn read(out: &mut Transcript<'_>) -> usize {
    let text = out.source();
    let Some((syntax, inner, end)) = find(text) else { return 0 };
    out.end_front(end);
    keys(out, syntax, inner.clone());
    let written = with_line_feeds(&text[inner.clone()]);
    let fields = match syntax {
        Syntax::Yaml => yaml(&written),
        Syntax::Toml => toml_fields(&written),
        Syntax::Json => json(&written),
    };
    match fields {
        Ok(fields) => {
            out.set_lang(
                [fields.lang, fields.language, fields.locale].into_iter().flatten().find_map(|f| Lang::parse(&f.text)),
            );
            let mut prose = [
                (BlockKind::Headline, fields.title),
                // A standfirst is set like a heading, and ends without a stop as often as with one.
                (BlockKind::Heading, fields.subtitle),
                (BlockKind::Heading, fields.description),
                (BlockKind::Heading, fields.summary),
            ];
            prose.sort_by_key(|(_, f)| f.as_ref().map(|f| f.at.start));
            for (kind, field) in prose {
                if let Some(field) = field {
                    copy(out, kind, &field, inner.start);
                }
            }
        }
        Err((message, at)) => {
            let at = at.filter(|at| at.end <= inner.len()).unwrap_or(0..0);
            out.problem(format!("the front matter cannot be read: {message}"), shift(&at, inner.start));
        }
    }
    end
}

/// The inside of the front matter of a text, if it has one.
#[cfg(feature = "cli")]
pub fn inside(text: &str) -> Option<&str> {
    find(text).map(|(_, inner, _)| &text[inner])
}

/// Notes the keys of the outermost level; those of JSON are not looked for.
fn keys(out: &mut Transcript<'_>, syntax: Syntax, inner: Range) {
    let mark = match syntax {
        Syntax::Yaml => ':',
        Syntax::Toml => '=',
        Syntax::Json => return,
    };
    let text = out.source();
    for (at, line) in (Lines { text: &text[..inner.end], at: inner.start }) {
        // What follows belongs to a table.
        if line.starts_with('[') {
            return;
        }
        let Some((key, rest)) = line.split_once(mark) else { continue };
        let key = key.trim_end();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        if !key.is_empty() && key.chars().all(is_name) && (rest.is_empty() || rest.starts_with([' ', '\t'])) {
            out.part(PartKind::Key, Span::of(at..at + key.len()));
        }
    }
}

#[derive(Clone, Copy)]
enum Syntax {
    Yaml,
    Toml,
    Json,
}

type Range = std::ops::Range<usize>;

/// The syntax of the front matter, its inside, and where the text after it begins.
fn find(text: &str) -> Option<(Syntax, Range, usize)> {
    if text.starts_with('{') {
        return json_object(text);
    }
    let (syntax, fence) = match text.get(..3)? {
        "---" => (Syntax::Yaml, "---"),
        "+++" => (Syntax::Toml, "+++"),
        _ => return None,
    };
    let mut lines = Lines { text, at: 0 };
    if lines.next()?.1.trim_end() != fence {
        return None;
    }
    let start = lines.at;
    let mut fields = false;
    while let Some((at, line)) = lines.next() {
        let line = line.trim_end();
        if line == fence || (line == "..." && fence == "---") {
            // A text may also begin with a thematic break and have another one later.
            return fields.then_some((syntax, start..at, lines.at));
        }
        let key = line.split([':', '=']).next().filter(|key| key.len() < line.len()).unwrap_or_default().trim();
        fields |= !key.is_empty() && !key.contains(' ');
    }
    None
}

/// A JSON object at the start of a text, alone on its lines. One that is broken ends with the first line that is `}`.
fn json_object(text: &str) -> Option<(Syntax, Range, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let end = match values.next()? {
        Ok(_) => values.byte_offset(),
        Err(_) => {
            let mut lines = Lines { text, at: 0 };
            if lines.next()?.1.trim_end() != "{" {
                return None;
            }
            let at = loop {
                let (at, line) = lines.next()?;
                if line.trim_end() == "}" {
                    break at;
                }
            };
            at + 1
        }
    };
    let rest = &text[end..];
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    if !rest[..line].trim().is_empty() || !text[..end].contains('"') {
        return None;
    }
    Some((Syntax::Json, 0..end, end))
}

/// Lines with their offsets; LF, CRLF and CR end one.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<(usize, &'t str)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let wide = rest[end..].starts_with("\r\n");
        self.at = (start + end + 1 + usize::from(wide)).min(self.text.len());
        Some((start, &rest[..end]))
    }
}

/// A value with its place in the front matter, quotes included.
struct Field {
    text: String,
    at: Range,
}

#[derive(Default)]
struct Fields {
    title: Option<Field>,
    subtitle: Option<Field>,
    description: Option<Field>,
    summary: Option<Field>,
    lang: Option<Field>,
    language: Option<Field>,
    locale: Option<Field>,
}

impl Fields {
    fn all(&mut self) -> impl Iterator<Item = &mut Field> {
        let Fields { title, subtitle, description, summary, lang, language, locale } = self;
        [title, subtitle, description, summary, lang, language, locale].into_iter().flatten()
    }
}

type Failure = (String, Option<Range>);

/// The fields that matter, whatever the crate that says where a value stands.
#[derive(serde::Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
struct Wanted<T> {
    title: Option<T>,
    subtitle: Option<T>,
    description: Option<T>,
    summary: Option<T>,
    lang: Option<T>,
    language: Option<T>,
    locale: Option<T>,
}

impl<T> Wanted<T> {
    fn place(self, place: impl Fn(T) -> Option<Field>) -> Fields {
        let get = |value: Option<T>| value.and_then(&place);
        Fields {
            title: get(self.title),
            subtitle: get(self.subtitle),
            description: get(self.description),
            summary: get(self.summary),
            lang: get(self.lang),
            language: get(self.language),
            locale: get(self.locale),
        }
    }
}

/// A byte order mark, which comes into values with what was pasted, and what is read in its place, as many bytes long.
/// YAML allows none inside; writers cannot see it.
const ORDER_MARK: &str = "\u{feff}";
const WORD_JOINER: &str = "\u{2060}";

fn yaml(text: &str) -> Result<Fields, Failure> {
    if text.contains(ORDER_MARK) && !text.contains(WORD_JOINER) {
        let mut fields = yaml(&text.replace(ORDER_MARK, WORD_JOINER))?;
        fields.all().for_each(|field| field.text = field.text.replace(WORD_JOINER, ORDER_MARK));
        return Ok(fields);
    }
    let options = serde_saphyr::options! { with_snippet: false };
    let wanted: Wanted<serde_saphyr::Spanned<Loose>> =
        serde_saphyr::from_str_with_options(text, options).map_err(|e| {
            let at = e.location().and_then(|l| l.span().byte_offset()).map(|at| at as usize..at as usize);
            (first_line(&e.to_string()), at)
        })?;
    Ok(wanted.place(|value| {
        let span = value.defined.span();
        let start = usize::try_from(span.byte_offset()?).ok()?;
        Some(Field { text: value.value.0?, at: start..start + usize::try_from(span.byte_len()?).ok()? })
    }))
}

fn toml_fields(text: &str) -> Result<Fields, Failure> {
    let wanted: Wanted<toml::Spanned<Loose>> = toml::from_str(text).map_err(|e| (first_line(e.message()), e.span()))?;
    Ok(wanted.place(|value| {
        let at = value.span();
        Some(Field { text: value.into_inner().0?, at })
    }))
}

fn json(text: &str) -> Result<Fields, Failure> {
    let wanted: Wanted<&serde_json::value::RawValue> =
        serde_json::from_str(text).map_err(|e| (first_line(&e.to_string()), None))?;
    Ok(wanted.place(|raw| {
        // The raw value is a slice of the text, so its address is its place.
        let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        let value: String = serde_json::from_str(raw.get()).ok()?;
        Some(Field { text: value, at: start..start + raw.get().len() })
    }))
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

/// Copies a value: as it stands where quotes are all that was taken off, else piece by piece, and where that cannot be
/// followed as one decoded piece.
fn copy(out: &mut Transcript<'_>, kind: BlockKind, field: &Field, base: usize) {
    let source = out.source();
    let span = shift(&field.at, base);
    if field.text.trim().is_empty() || source.get(span.range()).is_none() {
        return;
    }
    let raw = span.slice(source);
    let quotes = [0, 1].into_iter().find(|&n| raw.get(n..).is_some_and(|r| r.starts_with(&field.text)));
    out.begin(kind, None);
    match quotes.map(|n| span.start + n as u32) {
        Some(start) => copy_with_code(out, start as usize..start as usize + field.text.len()),
        None => match scalar::pieces(raw, &field.text) {
            Some(pieces) => {
                for (written, text) in pieces {
                    let at = shift(&written, span.start as usize);
                    if text == at.slice(source) { out.copy(at) } else { out.decoded(text, at) }
                }
            }
            None => out.decoded(&field.text, span),
        },
    }
    out.end();
}

/// Copies a value in which code stands between grave accents, as the theme of a site reads it: “The `<pier>` element”.
fn copy_with_code(out: &mut Transcript<'_>, at: Range) {
    let text = &out.source()[at.clone()];
    let pieces = text.split('`').count();
    let mut start = at.start;
    for (n, piece) in text.split('`').enumerate() {
        let span = Span::of(start..start + piece.len());
        start += piece.len() + 1;
        // An accent without a partner is a letter of the text.
        match (n % 2 == 1, n + 1 == pieces) {
            (true, false) if !piece.is_empty() => out.copy_masked(span, MaskKind::Code),
            (true, true) => out.copy(Span::new(span.start - 1, span.end)),
            _ => out.copy(span),
        }
    }
}

fn shift(at: &Range, base: usize) -> Span {
    Span::of(at.start + base..at.end + base)
}

/// A string, or nothing for whatever else may stand in front matter.
struct Loose(Option<String>);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Loose, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Loose;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
                Ok(Loose(Some(text.to_owned())))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Loose, E> {
                Ok(Loose(None))
            }
            fn visit_i64<E>(self, _: i64) -> Result<Loose, E> {
                Ok(Loose(None))
            }
            fn visit_u64<E>(self, _: u64) -> Result<Loose, E> {
                Ok(Loose(None))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Loose, E> {
                Ok(Loose(None))
            }
            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose(None))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose(None))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose(None))
            }
        }
        from.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::format::{self, Kind, Reading};
    use crate::text::{Document, Source};

    fn read(text: &str) -> Document {
        let source = Arc::new(Source::new("a.md", text));
        let Kind::Text(markdown) = &format::named("markdown").unwrap().kind else { panic!("it holds one text") };
        Document::new(source.clone(), markdown.parse(&source, &Reading::default()), None)
    }

    #[test]
    fn a_text_between_two_breaks_is_no_front_matter() {
        assert!(find("---\nThe pier is shut.\n---\n\nThe ferry waits.\n").is_none());
        assert!(find("---\ntitle: The pier\n---\n\nThe ferry waits.\n").is_some());
        assert!(find("---\ntitle: The pier\n\nThe ferry waits.\n").is_none());
    }

    #[test]
    fn a_byte_order_mark_that_was_pasted_into_a_value_is_read_past() {
        let doc = read("---\ntitle: \u{feff}The pier\nlang: en\n---\n\nThe ferry waits.\n");
        assert!(doc.problems().is_empty(), "{:?}", doc.problems());
        assert_eq!((doc.lang(), doc.blocks().len()), (Lang::ENGLISH, 2));
        assert!(doc.slice(doc.blocks()[0].span).ends_with("The pier"));
    }
}
