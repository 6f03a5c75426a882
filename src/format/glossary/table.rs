//! A glossary as a table: its first row names the columns.
//!
//! `source` and `target`, or the tags of languages, hold terms; `forbidden` holds what must not be written in a
//! translation, `status` says so of the whole row, or that the term is to stay as it is. Several terms in one cell have `|`
//! between them. Other columns are for people.

use std::sync::Arc;

use super::{BadLine, Languages, Status, status};
use crate::format::bilingual::table::cells;
use crate::lint::{Concept, Side, Term};
use crate::text::{Lang, Language, Source, Span};

enum Column {
    Terms(Side, bool),
    Status,
    Other,
}

pub fn read(file: &Arc<Source>, languages: Languages, tabs: bool) -> Result<Vec<Concept>, Vec<BadLine>> {
    let mut rows = cells(file.text(), tabs);
    let (mut concepts, mut mistakes) = (Vec::new(), Vec::new());
    let columns = match rows.next() {
        Some(Ok((line, at, headings))) => {
            let columns: Vec<Column> = headings.iter().map(|heading| column(heading, languages)).collect();
            let terms = columns.iter().filter(|column| matches!(column, Column::Terms(..))).count();
            let status = columns.iter().any(|column| matches!(column, Column::Status));
            let named = headings.iter().any(|heading| heading.trim().eq_ignore_ascii_case("source"));
            let any = columns.iter().filter(|column| matches!(column, Column::Terms(Side::Lang(_), _))).count();
            if terms < 2 && !(status && named) || !named && any < 2 {
                let message =
                    "the first row must name the columns: “source” and “target”, or the tags of two languages";
                return Err(vec![BadLine { line, at, message: message.into() }]);
            }
            columns
        }
        Some(Err(bad)) => return Err(vec![bad]),
        None => return Err(vec![BadLine { line: 1, at: Span::new(0, 0), message: "the glossary is empty".into() }]),
    };
    for row in rows {
        match row {
            Ok((line, at, cells)) => match concept(&columns, &cells) {
                Ok(concept) => concepts.extend(concept),
                Err(message) => mistakes.push(BadLine { line, at, message }),
            },
            Err(bad) => mistakes.push(bad),
        }
    }
    if mistakes.is_empty() { Ok(concepts) } else { Err(mistakes) }
}

fn column(heading: &str, languages: Languages) -> Column {
    let side = |lang: Option<Lang>, side: Side| lang.map_or(side, Side::Lang);
    match heading.trim().to_lowercase().as_str() {
        "source" => Column::Terms(side(languages.source, Side::Source), false),
        "target" => Column::Terms(side(languages.target, Side::Target), false),
        "forbidden" => Column::Terms(side(languages.target, Side::Target), true),
        "status" => Column::Status,
        // A number or a name of the row, more often than Indonesian.
        "id" => Column::Other,
        other => match Lang::parse(other).filter(|lang| Language::known().any(|known| known == *lang)) {
            Some(lang) => Column::Terms(Side::Lang(lang), false),
            None => Column::Other,
        },
    }
}

/// `None` for a row without anything.
fn concept(columns: &[Column], cells: &[String]) -> Result<Option<Concept>, String> {
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(None);
    }
    if cells.len() > columns.len() {
        return Err(format!("the row has {} cells, the first row has {}", cells.len(), columns.len()));
    }
    let said = columns.iter().zip(cells).find(|(column, _)| matches!(column, Column::Status));
    let said = said.map_or("", |(_, cell)| cell.trim());
    let status = status(said).ok_or_else(|| {
        format!("“{said}” is no status; there are: preferred, admitted, forbidden, deprecated, do not translate")
    })?;
    let mut concept = Concept { terms: Vec::new(), kept: status == Status::Kept };
    // The first of the columns is that of the originals, of which nothing is forbidden.
    let mut first = true;
    for (column, cell) in columns.iter().zip(cells) {
        let Column::Terms(side, forbidden) = column else { continue };
        let of_target = !std::mem::take(&mut first);
        for text in cell.split('|').map(str::trim).filter(|text| !text.is_empty()) {
            let forbidden = *forbidden || of_target && status == Status::Forbidden;
            let term = Term::new(text, *side, forbidden).ok_or_else(|| format!("“{text}” holds no word"))?;
            concept.terms.push(term);
        }
        if !of_target && concept.terms.is_empty() {
            return Err("the row has no term of the original".into());
        }
    }
    if concept.terms.len() < 2 && !concept.kept {
        return Err("the row says nothing of the translation".into());
    }
    Ok(Some(concept))
}
