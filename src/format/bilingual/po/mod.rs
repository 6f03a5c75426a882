//! PO and POT: the messages of gettext.
//!
//! A message is a run of lines: comments, then `msgctxt`, `msgid`, `msgid_plural`, `msgstr` or `msgstr[n]`, each with one
//! string or several that are joined. Each `msgstr` is a unit; the first of several plural forms belongs to `msgid`,
//! the others to `msgid_plural`. Lines that begin with `#~` hold what is used no more.

mod string;

use std::sync::Arc;

use self::string::{is_string, unescape};
use super::codes::Dialect;
use super::passage::{Name, Passage};
use super::{BadLine, Bilingual, State, Unit};
use crate::format::Reading;
use crate::text::{Lang, Source, Span, Writing};

/// PO.
pub struct Po;

impl Bilingual for Po {
    fn each(&self, file: &Arc<Source>, reading: &Reading, each: &mut dyn FnMut(Result<Unit, BadLine>)) {
        let mut reader =
            Reader { file, reading, each, message: Message::default(), open: None, lang: None, variety: None };
        let text = file.text();
        let bytes = text.as_bytes();
        let (mut start, mut number) = (0, 0);
        while start < bytes.len() {
            let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |n| start + n);
            number += 1;
            reader.line(number, Span::of(start..end));
            start = end + 1 + usize::from(bytes[end..].starts_with(b"\r\n"));
        }
        reader.end();
    }

    fn charset(&self, bytes: &[u8]) -> Option<String> {
        // The header is the first message: it stands in the first lines.
        let head = &bytes[..bytes.len().min(8_192)];
        let at = memchr::memmem::find(head, b"charset=")? + 8;
        let is_label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':');
        let label: Vec<u8> = head[at..].iter().copied().take_while(is_label).collect();
        // What a template has in its place.
        String::from_utf8(label).ok().filter(|label| !label.is_empty() && label != "CHARSET")
    }
}

/// The strings of one field, each without its quotes.
#[derive(Default)]
struct Field {
    strings: Vec<Span>,
}

/// A message as it is gathered.
#[derive(Default)]
struct Message {
    line: u32,
    start: u32,
    end: u32,
    context: Option<Field>,
    id: Option<Field>,
    plural: Option<Field>,
    /// The numbers of the plural forms, and their strings.
    translations: Vec<(u32, Field, u32)>,
    fuzzy: bool,
    obsolete: bool,
    notes: Vec<Span>,
    broken: bool,
}

/// The field that a string on a line of its own goes on with.
#[derive(Clone, Copy)]
enum Part {
    Context,
    Id,
    Plural,
    Translation,
}

struct Reader<'r> {
    file: &'r Arc<Source>,
    reading: &'r Reading,
    each: &'r mut dyn FnMut(Result<Unit, BadLine>),
    message: Message,
    open: Option<Part>,
    /// The language of the header.
    lang: Option<Lang>,
    variety: Option<String>,
}

impl Reader<'_> {
    fn line(&mut self, number: u32, line: Span) {
        let text = self.file.text();
        let trimmed = line.trim(text);
        let mut said = trimmed;
        let is = |said: Span, prefix: &str| said.slice(text).starts_with(prefix);
        let mut obsolete = false;
        if is(said, "#~") {
            obsolete = true;
            said = Span::new(said.start + 2, said.end).trim(text);
            // The former text of an obsolete message.
            if is(said, "|") {
                said = Span::new(said.end, said.end);
            }
        }
        if said.is_empty() || is(said, "#") {
            // A comment after the strings belongs to the next message; a blank line ends one that has its strings.
            if !self.message.translations.is_empty() {
                self.end();
            }
            if is(said, "#") {
                self.comment(number, said);
            }
            return;
        }
        let bytes = said.slice(text).as_bytes();
        let word = bytes.iter().take_while(|b| b.is_ascii_lowercase() || **b == b'_').count();
        let after = Span::new(said.start + word as u32, said.end).trim(text);
        let part = match &bytes[..word] {
            // The name of a catalogue of its own: whatever it is called, its messages are read.
            b"domain" => return self.end(),
            b"msgctxt" => Some(Part::Context),
            b"msgid" => Some(Part::Id),
            b"msgid_plural" => Some(Part::Plural),
            b"msgstr" => Some(Part::Translation),
            b"" if bytes[0] == b'"' => None,
            _ => return self.bad(number, line, "neither a comment, a keyword such as “msgid”, nor a string in quotes"),
        };
        let begins = match part {
            Some(Part::Context) => self.message.id.is_some() || self.message.context.is_some() || self.message.broken,
            Some(Part::Id) => self.message.id.is_some() || self.message.broken,
            _ => false,
        };
        if begins {
            self.end();
        }
        if self.message.line == 0 || self.message.id.is_none() && self.message.context.is_none() {
            (self.message.line, self.message.start) = (number, self.first_byte(trimmed.start));
        }
        self.message.obsolete |= obsolete;
        self.message.end = said.end;
        self.string(number, line, part, after);
    }

    /// Where the message begins: with its comments, if it has any.
    fn first_byte(&self, here: u32) -> u32 {
        if self.message.end > 0 { self.message.start } else { here }
    }

    fn string(&mut self, number: u32, line: Span, part: Option<Part>, after: Span) {
        let text = self.file.text();
        let (mut after, mut index) = (after, 0);
        if matches!(part, Some(Part::Translation)) && after.slice(text).starts_with('[') {
            let inside = &after.slice(text)[1..];
            let Some((digits, _)) = inside.split_once(']') else {
                return self.bad(number, line, "a “[” without its “]”");
            };
            let Ok(form) = digits.trim().parse::<u32>() else {
                return self.bad(number, line, "the number of the plural form is no number");
            };
            index = form;
            after = Span::new(after.start + 2 + digits.len() as u32, after.end).trim(text);
        }
        let quoted = after.slice(text);
        if !is_string(quoted.as_bytes()) {
            return self.bad(number, line, "a string that does not begin and end in a quotation mark");
        }
        let inside = Span::new(after.start + 1, after.end - 1);
        let message = &mut self.message;
        let field = match part.or(self.open) {
            Some(Part::Context) => message.context.get_or_insert_default(),
            Some(Part::Id) => message.id.get_or_insert_default(),
            Some(Part::Plural) => message.plural.get_or_insert_default(),
            Some(Part::Translation) => {
                if part.is_some() {
                    message.translations.push((index, Field::default(), number));
                }
                match message.translations.last_mut() {
                    Some((_, field, _)) => field,
                    None => return,
                }
            }
            None => return self.bad(number, line, "a string that belongs to no keyword"),
        };
        self.open = part.or(self.open);
        field.strings.push(inside);
    }

    fn comment(&mut self, number: u32, comment: Span) {
        let text = self.file.text();
        let said = comment.slice(text);
        if self.message.end == 0 {
            (self.message.line, self.message.start) = (number, comment.start);
        }
        self.message.end = comment.end;
        match said.as_bytes().get(1) {
            Some(b',') => self.message.fuzzy |= said[2..].split(',').any(|flag| flag.trim() == "fuzzy"),
            // Places in the code, and the former text.
            Some(b':' | b'|' | b'=') => {}
            Some(b'.') => self.note(Span::new(comment.start + 2, comment.end)),
            _ => self.note(Span::new(comment.start + 1, comment.end)),
        }
    }

    fn note(&mut self, note: Span) {
        let note = note.trim(self.file.text());
        if !note.is_empty() {
            self.message.notes.push(note);
        }
    }

    /// Tells of a line. The message that it stands in is left out: what it says is not known.
    fn bad(&mut self, number: u32, line: Span, message: &str) {
        (self.each)(Err(BadLine { line: number, at: line, message: message.to_owned() }));
        self.message.broken = true;
    }

    /// Hands over the message that was gathered.
    fn end(&mut self) {
        let message = std::mem::take(&mut self.message);
        self.open = None;
        if message.broken {
            return;
        }
        let Some(id) = &message.id else {
            if !message.translations.is_empty() {
                let at = Span::new(message.start, message.end);
                let what = "a “msgstr” without a “msgid” before it".to_owned();
                (self.each)(Err(BadLine { line: message.line, at, message: what }));
            }
            return;
        };
        if message.translations.is_empty() {
            let at = Span::new(message.start, message.end);
            let what = "a “msgid” without a “msgstr” after it".to_owned();
            return (self.each)(Err(BadLine { line: message.line, at, message: what }));
        }
        let name = self.plain(id);
        if name.is_empty() && message.context.is_none() {
            return self.header(&message);
        }
        let context = message.context.as_ref().map(|context| self.plain(context));
        let several = message.plural.is_some();
        let only = message.translations.len() == 1;
        for (index, translation, line) in &message.translations {
            // A language with one form uses it for any number.
            let original = match &message.plural {
                Some(plural) if *index > 0 || only => plural,
                _ => id,
            };
            let id = if several { format!("{} [{index}]", shortened(&name)) } else { shortened(&name) };
            let mut source = self.entry(original, &id, message.line, self.reading.source_lang);
            let mut target = self.entry(translation, &id, *line, self.lang);
            // “One boat”: a form for few numbers may say them in words, and the one for one may have no words for it.
            if several {
                source.codes.iter_mut().for_each(|code| code.optional = !only && is_number(&code.id));
                target.codes.iter_mut().for_each(|code| code.optional = is_number(&code.id));
            }
            let state = match () {
                () if message.obsolete => State::Obsolete,
                () if target.source.text().is_empty() => State::Untranslated,
                () if message.fuzzy => State::Guessed,
                () => State::Translated,
            };
            (self.each)(Ok(Unit {
                id,
                line: *line,
                at: Span::new(message.start, message.end),
                source: Some(source),
                target: Some(target),
                state,
                context: context.clone(),
                variety: self.variety.clone(),
                form: several.then_some(*index),
                notes: message.notes.clone(),
                ..Unit::default()
            }));
        }
    }

    /// The message without a text: it describes the file.
    fn header(&mut self, message: &Message) {
        let Some((_, field, _)) = message.translations.first() else { return };
        let said = self.plain(field);
        let lang = said.lines().find_map(|line| line.strip_prefix("Language:"));
        self.lang = lang.and_then(Lang::parse).or(self.lang);
        self.variety = lang.and_then(Lang::variety).or(self.variety.take());
    }

    fn entry(&self, field: &Field, id: &str, line: u32, lang: Option<Lang>) -> super::Entry {
        let dialect = if self.reading.record_format == "text" { Dialect::Strings } else { Dialect::Placeholders };
        self.passage(field).finish(Name { id: id.to_owned(), line, lang }, dialect)
    }

    /// What the strings of a field say.
    fn plain(&self, field: &Field) -> String {
        self.passage(field).text().to_owned()
    }

    fn passage(&self, field: &Field) -> Passage<'_> {
        // Text is put into an empty field where its last string stands: the first is often left empty.
        let start = field.strings.last().map_or(0, |string| string.start);
        let mut passage = Passage::new(self.file, start, Writing::Po);
        for string in &field.strings {
            unescape(&mut passage, self.file.text(), *string);
        }
        passage
    }
}

/// Whether a placeholder is of the kind that the number of a plural form has.
fn is_number(code: &str) -> bool {
    let inner = code.trim_matches(['{', '}', '%', '$', '(', ')']);
    code.starts_with('%') && (inner.ends_with(['d', 'i', 'u', 'n', 'f']) || inner.bytes().all(|b| b.is_ascii_digit()))
        || code.starts_with('{') && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The start of a text, as the name of a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.len() < text.trim_end().len() => format!("{line}…"),
        None => line.to_owned(),
    }
}
