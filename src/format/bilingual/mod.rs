//! Files that hold originals and their translations side by side: units, each with a source and a target.
//!
//! What the readers keep to:
//!
//! - Reading never fails. What is no unit is told as a [`BadLine`], with its line and the reason, and the rest is read.
//! - Each side of a unit is a [`Source`] of its own, a record of the file: its text is decoded, and leads back to the
//!   bytes of the file. What lies between (escapes, tags, the joints of the strings of a PO file) is not passed over: an
//!   edit over it is not offered, since [`Source::is_whole_in_file`] denies it.
//! - Inline codes that span text (`<g>`, `<pc>`, a `<bpt>` and its `<ept>`, `<b>` in a string) are gone from the text, and
//!   what they span is kept, so that a sentence is read as its reader sees it. Codes that stand alone (`<ph/>`, `<x/>`,
//!   `%s`, `{0}`) stand in the text as they are written, so that the words on both sides of them stay apart; they are to
//!   be masked. Both kinds are listed in [`Entry::codes`], for lints that compare the codes of two sides.
//! - What is written into the file in the place of a stretch of a side is what [`Source::written`] says of it: `None` where
//!   the syntax at that place cannot hold it (a tab in a cell of a table, `]]>` in a `CDATA` section).

mod codes;
pub mod cues;
mod passage;
mod po;
mod subtitle;
pub(super) mod table;
mod tmx;
mod xliff;
pub(super) mod xml;

use std::sync::Arc;

pub use super::json_lines::BadLine;
use super::{Format, Reading};
use crate::text::{Circumstances, Document, Draft, Drift, Lang, Mask, MaskKind, Origin, Source, Span};
pub use crate::text::{Code, CodeKind};

pub use po::Po;
pub use subtitle::Subtitle;
pub use table::Table;
pub use tmx::Tmx;
pub use xliff::Xliff;

/// A format of originals with their translations. Never fails.
pub trait Bilingual: Sync {
    /// Reads a file and hands its units over one by one, in the order of the file, so that not all of them have to be held.
    fn each(&self, file: &Arc<Source>, reading: &Reading, each: &mut dyn FnMut(Result<Unit, BadLine>));

    /// Reads all of a file.
    fn read(&self, file: &Arc<Source>, reading: &Reading) -> Units {
        let mut all = Units::default();
        self.each(file, reading, &mut |unit| match unit {
            Ok(unit) => all.units.push(unit),
            Err(bad) => all.bad.push(bad),
        });
        all
    }

    /// Whether a file holds one side only, cues with their times: those of the original stand in another file.
    fn is_timed(&self) -> bool {
        false
    }

    /// The label of the encoding that a file declares in its own first bytes.
    fn charset(&self, _bytes: &[u8]) -> Option<String> {
        None
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Units {
    /// The units in order.
    pub units: Vec<Unit>,
    /// What could not be read, in order.
    pub bad: Vec<BadLine>,
}

/// An original and its translation, or one of the two.
#[derive(Debug, Default)]
pub struct Unit {
    /// What it calls itself: the id of a segment or cue, the start of the text in the source language of a message; its
    /// line where it has no name. Two units can have one name.
    pub id: String,
    /// The line of the file it begins on, from 1.
    pub line: u32,
    /// The whole of it in the file.
    pub at: Span,
    /// The original. A file of subtitles holds none: it stands in another file.
    pub source: Option<Entry>,
    /// The translation; `None` where there is no place for one. It can be empty.
    pub target: Option<Entry>,
    /// How far the work on it is.
    pub state: State,
    /// What tells messages apart that read alike in the source language.
    pub context: Option<String>,
    /// The written form of the language of the translation, where the file tells more than the bare language.
    pub variety: Option<String>,
    /// The number of its plural form, where the message has several.
    pub form: Option<u32>,
    /// When it is shown, if it is a cue of subtitles.
    pub cue: Option<Cue>,
    /// Notes to the translator, in the file.
    pub notes: Vec<Span>,
}

impl Unit {
    /// What is known of its translation beside the texts.
    pub fn circumstances(&self) -> Circumstances {
        // Forms for different numbers differ by right.
        let form = self.form.map(|form| format!("{} [{form}]", self.context.as_deref().unwrap_or_default()));
        let (context, variety) = (form.or_else(|| self.context.clone()), self.variety.clone());
        let varies = self.state == State::NeedsReview || self.cue.is_some();
        Circumstances { context, variety, is_unit: true, varies, revision: None }
    }

    /// Whether its translation is meant to be read: there is one, and nobody has said that it does not count.
    pub fn is_to_be_checked(&self) -> bool {
        let counts =
            !matches!(self.state, State::Untranslated | State::Guessed | State::Obsolete | State::NotToBeTranslated);
        // Blanks in the place of words are what a program will show.
        let target = self.target.as_ref().map_or("", |entry| entry.source.text());
        let said = |entry: &Entry| !entry.source.text().trim().is_empty();
        counts && !target.is_empty() && (!target.trim().is_empty() || self.source.as_ref().is_some_and(said))
    }
}

/// How far the work on a unit is, as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Translated, or nothing is said of it and there is a target.
    #[default]
    Translated,
    /// Not translated yet: there is no target, or it is said to be but a copy of the source.
    Untranslated,
    /// Somebody has still to look at it: `needs-review-translation`, a subtitle with no such thing never.
    NeedsReview,
    /// A tool has put it there from another message (`fuzzy` of gettext). No program shows it, and nobody has agreed to it.
    Guessed,
    /// It is used no more.
    Obsolete,
    /// It is to stay as it is in the source.
    NotToBeTranslated,
}

impl State {
    /// Its name as `copydesk tree` prints it.
    pub fn name(self) -> &'static str {
        match self {
            State::Translated => "translated",
            State::Untranslated => "untranslated",
            State::NeedsReview => "needs-review",
            State::Guessed => "guessed",
            State::Obsolete => "obsolete",
            State::NotToBeTranslated => "not-to-be-translated",
        }
    }
}

/// When a cue is shown, in milliseconds from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// From when on.
    pub start: u64,
    /// Until when. Files have been seen in which that is before the start.
    pub end: u64,
}

/// One side of a unit. A copy shares its text.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its text, a record of the file.
    pub source: Arc<Source>,
    /// Its language, where the file says so.
    pub lang: Option<Lang>,
    /// Its inline codes, in the order of the file.
    pub codes: Vec<Code>,
    /// What is the matter with its timing, if it is a cue of subtitles beside an original.
    pub drifts: Vec<Drift>,
}

impl Entry {
    /// The stretches of the text that are no prose.
    pub fn masks(&self) -> impl Iterator<Item = (Span, MaskKind)> {
        let alone = self.codes.iter().filter(|code| !code.at.is_empty());
        alone.map(|code| (code.at, kind_of(code)))
    }

    /// Reads it as a format does, its inline codes masked. `lang` is its language where nothing says it.
    pub fn document(&self, format: &dyn Format, reading: &Reading, lang: Option<Lang>) -> Document {
        let source = self.source.clone();
        let mut draft = format.parse(&source, reading);
        draft.mask(self.masks());
        draft.codes.clone_from(&self.codes);
        draft.drifts.clone_from(&self.drifts);
        let given = draft.lang.or(self.lang).or(lang);
        Document::new(source, draft, given)
    }

    /// A code as it is written in the file.
    pub fn written(&self, code: &Code) -> &str {
        code.from.slice(self.source.file().text())
    }
}

/// Reads a text as a string of a file of originals and translations, whatever file that would be: tags that span text are gone,
/// other codes stand in it as they are written.
pub fn string(source: &Source) -> Draft {
    let (mut text, mut origin, mut codes) = (source.text().to_owned(), Origin::default(), Vec::new());
    let whole = Span::of(0..text.len());
    origin.push(whole, whole);
    codes::settle(&mut text, &mut origin, &mut codes, &mut [], codes::Dialect::Strings);
    let mut draft = super::PLAIN.parse(&Source::new("string", text.as_str()), &Reading::default());
    let alone = codes.iter().filter(|code| !code.at.is_empty());
    draft.masks = alone.map(|code| Mask { span: code.at, kind: kind_of(code) }).collect();
    codes.iter_mut().for_each(|code| code.at = code.from);
    Draft { text: Some(text), origin, codes, ..draft }
}

/// What a code that stands in the text is masked as.
fn kind_of(code: &Code) -> MaskKind {
    if code.kind == CodeKind::Placeholder { MaskKind::Placeholder } else { MaskKind::Markup }
}
