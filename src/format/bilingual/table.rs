//! TSV and CSV: a row a unit.
//!
//! Cells are read by RFC 4180. Bitext of machine translation has no quoting: a table parted by tabs is read so only if all
//! of it obeys, and else each line is a row and a quotation mark is one.
//!
//! Which columns hold the two sides is set, or told by their headings (`source` and `target`, or the tags of two
//! languages); without either, they are the first and the second.

use std::sync::Arc;

use super::codes::Dialect;
use super::passage::{Name, Passage};
use super::{BadLine, Bilingual, State, Unit};
use crate::format::Reading;
use crate::text::{Lang, Language, Source, Span, Writing};

/// A table.
pub struct Table {
    /// Whether tabs part the cells; else a comma, or a semicolon or tab where the first line has more of
    /// those.
    pub tabs: bool,
}

impl Bilingual for Table {
    fn each(&self, file: &Arc<Source>, reading: &Reading, each: &mut dyn FnMut(Result<Unit, BadLine>)) {
        let text = file.text();
        let separator = if self.tabs { b'\t' } else { separator(text) };
        let mut rows = Rows { text, separator, quotes: true, broken: false, at: 0, line: 1 };
        if self.tabs {
            rows.quotes = obeys(Rows { ..rows });
        }
        let quotes = rows.quotes;
        let Some(first) = rows.clone().find_map(Result::ok) else {
            return rows.for_each(|row| row.err().into_iter().for_each(|bad| each(Err(bad))));
        };
        let headings: Vec<String> = first.cells.iter().map(|cell| cell.said(text)).collect();
        let columns = match columns(&headings, reading) {
            Ok(columns) => columns,
            Err(message) => return each(Err(BadLine { line: first.line, at: first.at, message })),
        };
        let dialect = if reading.record_format == "text" { Dialect::Strings } else { Dialect::Placeholders };
        let mut headed = columns.headed;
        for row in rows {
            let row = match row {
                Ok(_) if std::mem::take(&mut headed) => continue,
                Ok(row) => row,
                Err(bad) => {
                    each(Err(bad));
                    continue;
                }
            };
            let id = columns.id.and_then(|n| row.cells.get(n)).map(|cell| cell.said(text));
            let id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| row.line.to_string());
            let Some(target) = row.cells.get(columns.target) else {
                let count = row.cells.len();
                let cells = if count == 1 { "cell" } else { "cells" };
                let message =
                    format!("the row has {count} {cells}, the translation should stand in cell {}", columns.target + 1);
                each(Err(BadLine { line: row.line, at: row.at, message }));
                continue;
            };
            let entry = |cell: &Cell, lang: Option<Lang>| {
                let name = Name { id: id.clone(), line: cell.line, lang };
                cell.passage(file, separator, quotes).finish(name, dialect)
            };
            let source = columns.source.and_then(|n| row.cells.get(n));
            let source = source.map(|cell| entry(cell, columns.langs.0.or(reading.source_lang)));
            let target = entry(target, columns.langs.1);
            let state = if target.source.text().trim().is_empty() { State::Untranslated } else { State::Translated };
            let (line, at, target) = (row.line, row.at, Some(target));
            let variety = columns.variety.clone();
            each(Ok(Unit { id, line, at, source, target, state, variety, ..Unit::default() }));
        }
    }
}

/// A cell: its inside, without quotes.
struct Cell {
    inside: Span,
    quoted: bool,
    line: u32,
}

impl Cell {
    fn passage<'f>(&self, file: &'f Arc<Source>, separator: u8, quotes: bool) -> Passage<'f> {
        let writing = if self.quoted { Writing::QuotedCell } else { Writing::Cell { separator, quotes } };
        let mut passage = Passage::new(file, self.inside.start, writing);
        if !self.quoted {
            passage.copy(self.inside);
            return passage;
        }
        let inside = self.inside.slice(file.text());
        let mut done = 0;
        let mut at = 0;
        while let Some(n) = memchr::memchr(b'"', &inside.as_bytes()[at..]) {
            let here = at + n;
            let span = |a: usize, b: usize| Span::new(self.inside.start + a as u32, self.inside.start + b as u32);
            passage.copy(span(done, here));
            passage.decoded("\"", span(here, here + 2));
            at = here + 2;
            done = at;
        }
        passage.copy(Span::new(self.inside.start + done as u32, self.inside.end));
        passage
    }

    fn said(&self, text: &str) -> String {
        let inside = self.inside.slice(text);
        if self.quoted { inside.replace("\"\"", "\"") } else { inside.to_owned() }
    }
}

struct Row {
    line: u32,
    at: Span,
    cells: Vec<Cell>,
}

/// The rows of a table as text: the line that each begins on, its place, its cells.
pub(in crate::format) fn cells(
    text: &str,
    tabs: bool,
) -> impl Iterator<Item = Result<(u32, Span, Vec<String>), BadLine>> + '_ {
    let separator = if tabs { b'\t' } else { separator(text) };
    let rows = Rows { text, separator, quotes: true, broken: false, at: 0, line: 1 };
    rows.map(|row| row.map(|row| (row.line, row.at, row.cells.iter().map(|cell| cell.said(text)).collect())))
}

/// The rows of a table; lines without anything are none.
#[derive(Clone)]
struct Rows<'t> {
    text: &'t str,
    separator: u8,
    /// Whether a cell that begins with a quotation mark is quoted.
    quotes: bool,
    /// Whether a quoted cell was not closed. From there on none reaches over the end of its line: each would be looked
    /// for to the end of the file.
    broken: bool,
    at: usize,
    line: u32,
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, BadLine>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b'\n' => self.line += 1,
                b'\r' => self.line += u32::from(bytes.get(self.at + 1) != Some(&b'\n')),
                _ => break,
            }
            self.at += 1;
        }
        let (start, line) = (self.at, self.line);
        let mut cells = Vec::new();
        loop {
            let quoted = self.quotes && bytes.get(self.at) == Some(&b'"');
            let first = self.line;
            let inside = match quoted {
                true => match self.quoted() {
                    Ok(inside) => inside,
                    Err(message) => return Some(Err(self.give_up(start, line, message))),
                },
                false => {
                    let rest = &bytes[self.at..];
                    let end = memchr::memchr3(self.separator, b'\n', b'\r', rest).map_or(bytes.len(), |n| self.at + n);
                    let inside = Span::of(self.at..end);
                    self.at = end;
                    inside
                }
            };
            cells.push(Cell { inside, quoted, line: first });
            if bytes.get(self.at) != Some(&self.separator) {
                break;
            }
            self.at += 1;
        }
        Some(Ok(Row { line, at: Span::of(start..self.at), cells }))
    }
}

impl Rows<'_> {
    /// Reads a quoted cell up to behind its closing mark.
    fn quoted(&mut self) -> Result<Span, &'static str> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        let mut line = self.line;
        loop {
            let n = memchr::memchr3(b'"', b'\n', b'\r', bytes.get(at..).unwrap_or_default());
            let Some(n) = n.filter(|n| !self.broken || bytes[at + n] == b'"') else {
                return Err("the quotation mark that begins a cell has no partner");
            };
            at += n;
            match (bytes[at], bytes.get(at + 1)) {
                (b'"', Some(b'"')) => at += 2,
                (b'"', next) => {
                    if next.is_some_and(|b| *b != self.separator && !matches!(b, b'\n' | b'\r')) {
                        return Err("something stands between the end of a quoted cell and the next cell");
                    }
                    (self.at, self.line) = (at + 1, line);
                    return Ok(Span::of(start..at));
                }
                (b'\r', Some(b'\n')) => at += 1,
                _ => {
                    line += 1;
                    at += 1;
                }
            }
        }
    }

    /// Goes on with the line after the one that a bad row begins on.
    fn give_up(&mut self, start: usize, line: u32, message: &str) -> BadLine {
        self.broken = true;
        let end = memchr::memchr2(b'\n', b'\r', &self.text.as_bytes()[start..]).map_or(self.text.len(), |n| start + n);
        (self.at, self.line) = (end, line);
        BadLine { line, at: Span::of(start..end), message: message.to_owned() }
    }
}

/// Whether all of a table obeys RFC 4180, with as many cells in each row.
fn obeys(rows: Rows<'_>) -> bool {
    let mut count = None;
    for row in rows {
        let Ok(row) = row else { return false };
        if *count.get_or_insert(row.cells.len()) != row.cells.len() {
            return false;
        }
    }
    true
}

/// What parts the cells: what the first line has more of.
fn separator(text: &str) -> u8 {
    let line = text.split(['\n', '\r']).find(|line| !line.is_empty()).unwrap_or_default();
    let count = |sign: u8| {
        let mut inside = false;
        let signs = line.bytes().filter(|b| {
            inside ^= *b == b'"';
            *b == sign && !inside
        });
        signs.count()
    };
    [b';', b'\t'].into_iter().fold(b',', |most, sign| if count(sign) > count(most) { sign } else { most })
}

/// Which columns hold what.
struct Columns {
    source: Option<usize>,
    target: usize,
    id: Option<usize>,
    langs: (Option<Lang>, Option<Lang>),
    variety: Option<String>,
    /// Whether the first row names the columns.
    headed: bool,
}

fn columns(headings: &[String], reading: &Reading) -> Result<Columns, String> {
    let named = |names: &[&str]| {
        headings.iter().position(|heading| names.iter().any(|name| heading.trim().eq_ignore_ascii_case(name)))
    };
    let mut headed = false;
    let mut given = |column: &Option<String>| match column.as_deref() {
        None => Ok(None),
        Some(column) => match (named(&[column]), column.parse::<usize>()) {
            (Some(n), _) => {
                headed = true;
                Ok(Some(n))
            }
            (None, Ok(n @ 1..)) => Ok(Some(n - 1)),
            _ => Err(format!("there is no column “{column}”")),
        },
    };
    let id = given(&reading.id_column)?;
    let set = (given(&reading.source_column)?, given(&reading.target_column)?);
    let told = (named(&["source", "src", "original"]), named(&["target", "tgt", "translation"]));
    let langs: Vec<(usize, Lang)> = headings.iter().enumerate().filter_map(|(n, h)| Some((n, tag(h)?))).collect();
    let of_column = |n: Option<usize>| langs.iter().find(|(column, _)| Some(*column) == n).map(|(_, lang)| *lang);
    let (source, target) = match (set, told, &langs[..]) {
        ((source, Some(target)), ..) => (source, target),
        ((source, None), (told, Some(target)), _) => (source.or(told), target),
        ((None, None), _, [(source, first), (target, second)]) if first != second => {
            headed = true;
            (Some(*source), *target)
        }
        ((source, None), ..) => match headings.len() {
            0 | 1 => (None, 0),
            _ => (Some(source.unwrap_or(0)), if source == Some(1) { 0 } else { 1 }),
        },
    };
    headed |= told.1.is_some() || told.0.is_some() && set.1.is_some();
    let id = id.or(if headed { named(&["id", "key"]) } else { None });
    let langs = if headed { (of_column(source), of_column(Some(target))) } else { (None, None) };
    let variety = headings.get(target).filter(|_| langs.1.is_some()).and_then(|heading| Lang::variety(heading));
    Ok(Columns { source, target, id, langs, variety, headed })
}

/// A heading that is the tag of a language that we know; “id” is more often a name.
fn tag(heading: &str) -> Option<Lang> {
    let heading = heading.trim();
    let is_tag = heading.len() <= 7 && !heading.eq_ignore_ascii_case("id");
    Lang::parse(heading).filter(|lang| is_tag && Language::known().any(|known| known == *lang))
}
