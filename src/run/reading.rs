//! From a file to its documents: the file itself, its records, or its translations with their originals.

use std::path::Path;
use std::sync::Arc;

use super::original::cues as cues_of_original;
use crate::config::Setup;
use crate::format::bilingual::{Bilingual, Entry, Unit, Units, cues};
use crate::format::{self, Kind, json_lines};
use crate::text::{Circumstances, Document, Lang, Language, Source, Span, decode};

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
    entry.document(setup.reading.record_format(), &setup.reading, lang)
}

/// The two sides of a unit.
pub struct Sides {
    /// The translation.
    pub target: Entry,
    /// What it was translated from, where the file holds that.
    pub original: Option<Entry>,
    /// What is known of it besides.
    pub circumstances: Circumstances,
}

/// The translations of a file that are checked, in order, each with the place of its unit.
pub fn targets(
    setup: &Setup,
    format: &dyn Bilingual,
    file: &Arc<Source>,
    mut each: impl FnMut(Result<(Sides, Span), json_lines::BadLine>),
) {
    let mut hand = |unit: Result<Unit, json_lines::BadLine>| match unit {
        Ok(unit) if unit.is_to_be_checked() => {
            let (at, mut circumstances) = (unit.at, unit.circumstances());
            circumstances.variety = circumstances.variety.or_else(|| variety(file.path()));
            if let Some(target) = unit.target {
                each(Ok((Sides { target, original: unit.source, circumstances }, at)));
            }
        }
        Ok(_) => {}
        Err(bad) => each(Err(bad)),
    };
    if format.is_timed() && setup.original(file.path()).is_some() {
        let (units, bad) = beside_original(setup, format, file);
        bad.into_iter().for_each(|bad| hand(Err(bad)));
        units.into_iter().for_each(|unit| hand(Ok(unit)));
    } else {
        format.each(file, &setup.reading, &mut hand);
    }
}

/// The cues of a file of subtitles, with the cues of its original that they render.
fn beside_original(setup: &Setup, format: &dyn Bilingual, file: &Arc<Source>) -> (Vec<Unit>, Vec<json_lines::BadLine>) {
    let Units { mut units, mut bad } = format.read(file, &setup.reading);
    let mut say = |message: String| bad.push(json_lines::BadLine { line: 1, at: Span::default(), message });
    match cues_of_original(setup, file.path()) {
        Ok(Some(original)) => {
            let lang = original.lang;
            for entry in units.iter_mut().filter_map(|unit| unit.target.as_mut()) {
                entry.lang = entry.lang.or(lang);
            }
            if cues::join(original.units, &mut units).is_err() {
                let shown = original.shown.display();
                say(format!("its original {shown}: no cue of it is shown when one of this file is"));
            }
        }
        Ok(None) => {}
        Err(what) => say(what),
    }
    (units, bad)
}

/// The written form of a language that the path of a file tells, where it tells one: `po/pt_BR.po`, `sr@latin/a.md`.
pub fn variety(path: &Path) -> Option<String> {
    let parts = path.components().rev().filter_map(|part| part.as_os_str().to_str());
    let tags = parts.flat_map(|part| part.split('.').rev());
    // “to-do” and “my_pages” are no tags: the second part is a region, a script or a name.
    let is_region = |tag: &&str| {
        let mut parts = tag.split(['-', '_', '@']);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let named = ["latin", "latn", "cyrillic", "cyrl", "hans", "hant", "arab", "valencia"];
        let country = second.len() == 2 && second.bytes().all(|b| b.is_ascii_uppercase());
        let figures = second.len() == 3 && second.bytes().all(|b| b.is_ascii_digit());
        let lower = tag.len() == 5 && second.len() == 2 && Language::known().any(|lang| lang.as_str() == first);
        country || figures || lower || named.contains(&&*second.to_ascii_lowercase())
    };
    tags.filter(is_region).find_map(Lang::variety)
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
            targets(setup, *format, &source, |target| each(target.map(|(sides, _)| side(setup, &sides.target))));
        }
        Some(Kind::Text(format)) => each(Ok(document(setup, *format, source, None))),
        None => each(Ok(document(setup, format::PLAIN, source, None))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_varieties_of_languages_and_other_names_do_not() {
        let told = |path: &str| variety(Path::new(path));
        for (path, tag) in [
            ("po/pt_BR.po", "pt-br"),
            ("content/pt-br/a.md", "pt-br"),
            ("sr@latin/LC_MESSAGES/desk.po", "sr-latin"),
            ("desk.zh-Hant-HK.xlf", "zh-hant-hk"),
            ("es-419/a/b.md", "es-419"),
        ] {
            assert_eq!(told(path).as_deref(), Some(tag), "{path}");
        }
        for path in ["po/pt.po", "to-do/list.md", "my_pages/a.md", "en-route.md", "a-b.md", "x86_64/de.po"] {
            assert_eq!(told(path), None, "{path}");
        }
    }
}
