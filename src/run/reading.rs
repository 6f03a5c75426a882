//! From a file to its documents: the file itself, its records, or its translations with their originals.

use std::path::Path;
use std::sync::Arc;

use crate::config::Setup;
use crate::format::bilingual::{Bilingual, Entry};
use crate::format::{self, Kind, json_lines};
use crate::text::{Document, Lang, Source, Span, decode};

/// The text of a file.
///
/// # Errors
///
/// If the bytes are no text in the encoding that they declare or look like, or more than 4 GiB.
pub fn source(setup: &Setup, path: &Path, bytes: &[u8]) -> Result<Source, decode::Undecodable> {
    let declared = match kind(setup, path) {
        Some(Kind::Text(format)) => format.charset(bytes),
        Some(Kind::Bilingual(format)) => format.charset(bytes),
        _ => None,
    };
    let decoded = decode::decode(bytes, declared.as_deref())?;
    Ok(Source::new(path, decoded.text).with_encoding(decoded.encoding))
}

/// What a file is made of, where its name or the setup tells.
pub fn kind(setup: &Setup, path: &Path) -> Option<&'static Kind> {
    setup.format.or_else(|| format::of_path(path)).map(|row| &row.kind)
}

/// Reads a source. Its language is what its front matter says, else the record it is, else the configuration.
pub fn document(setup: &Setup, format: &dyn format::Format, source: Arc<Source>, record: Option<Lang>) -> Document {
    let draft = format.parse(&source, &setup.reading);
    let given = draft.lang.or(record).or(setup.lang);
    Document::new(source, draft, given)
}

/// Reads what a document was translated from. Its language is what its front matter says, else what is known of it.
pub(super) fn original(
    setup: &Setup,
    format: &dyn format::Format,
    source: Arc<Source>,
    lang: Option<Lang>,
) -> Document {
    let draft = format.parse(&source, &setup.reading);
    let given = draft.lang.or(lang);
    Document::new(source, draft, given)
}

/// Reads one side of a unit, its inline codes masked.
pub fn side(setup: &Setup, entry: &Entry) -> Document {
    side_in(setup, entry, setup.lang)
}

/// The same; `lang` is its language where nothing says it.
pub(super) fn side_in(setup: &Setup, entry: &Entry, lang: Option<Lang>) -> Document {
    let source = entry.source.clone();
    let mut draft = setup.reading.record_format().parse(&source, &setup.reading);
    draft.mask(entry.masks());
    draft.codes.clone_from(&entry.codes);
    let given = draft.lang.or(entry.lang).or(lang);
    Document::new(source, draft, given)
}

/// The translation of a unit, with its original where the file holds that.
pub type Sides = (Entry, Option<Entry>);

/// The translations of a file that are checked, in order, each with the place of its unit.
pub fn targets(
    setup: &Setup,
    format: &dyn Bilingual,
    file: &Arc<Source>,
    mut each: impl FnMut(Result<(Sides, Span), json_lines::BadLine>),
) {
    format.each(file, &setup.reading, &mut |unit| match unit {
        Ok(unit) if unit.is_to_be_checked() => {
            let (at, original) = (unit.at, unit.source);
            if let Some(target) = unit.target {
                each(Ok(((target, original), at)));
            }
        }
        Ok(_) => {}
        Err(bad) => each(Err(bad)),
    });
}

/// Reads the documents of a source one by one: the source itself, or its records.
pub fn each_document(setup: &Setup, source: Arc<Source>, each: impl FnMut(Result<Document, json_lines::BadLine>)) {
    let kind = kind(setup, source.path());
    each_document_of(setup, kind, source, each);
}

/// The same for a source made of this.
pub fn each_document_of(
    setup: &Setup,
    kind: Option<&Kind>,
    source: Arc<Source>,
    mut each: impl FnMut(Result<Document, json_lines::BadLine>),
) {
    match kind {
        Some(Kind::Records) => {
            for (line, at) in json_lines::lines(&source) {
                let record = json_lines::record(&source, line, at, &setup.reading);
                let format = setup.reading.record_format();
                each(record.map(|entry| document(setup, format, Arc::new(entry.source), entry.lang)));
            }
        }
        Some(Kind::Bilingual(format)) => {
            targets(setup, *format, &source, |target| each(target.map(|((entry, _), _)| side(setup, &entry))));
        }
        Some(Kind::Text(format)) => each(Ok(document(setup, *format, source, None))),
        None => each(Ok(document(setup, format::PLAIN, source, None))),
    }
}
