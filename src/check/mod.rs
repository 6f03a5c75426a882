//! How things are found. A check is one file here and one row of [`CHECKS`].

mod ahead;
mod artifact;
mod cue_drift;
mod cut_off;
mod end_mark;
mod end_mark_differs;
mod ending;
mod furniture;
mod holders;
pub mod inconsistent_translation;
mod kept;
mod left_over;
mod lower_start;
mod markup;
mod markup_differs;
mod mixed_script;
mod mojibake;
pub mod name_variants;
mod numbers;
mod pair;
mod pair_differs;
mod placeholders;
mod preferred_name;
pub mod recurring_block;
mod regional;
mod repeated_phrase;
mod repeated_text;
mod repeated_word;
mod repetition;
mod spacing;
mod splice;
mod stale_translation;
mod terms;
mod unaligned;
mod untranslated;
mod untranslated_segment;
mod unused_ignore;
mod words;

use std::collections::HashSet;

use crate::corpus::CorpusCheck;
use crate::diagnostic::Findings;
use crate::ignore::Ignores;
use crate::lint::{DefinitionError, Examples, Lint, Written, load_as};
use crate::text::{Document, Lang, Pair, Translation};

/// One way of finding things. It does no input or output, reads no clock, keeps no state between documents and holds
/// no sentence that a user sees.
///
/// A check has one or more of its first three functions. A finding of a translation is at a place of the translation; the
/// original is a second place ([`Finding::related_in`](crate::diagnostic::Finding::related_in)).
pub trait Check: std::fmt::Debug + Send + Sync {
    /// Looks at one document.
    fn document<'a>(&self, _doc: &'a Document, _out: &mut Findings<'a>) {}

    /// Looks at blocks of a translation beside the blocks of the original that they render. It is called for each such
    /// pair, in the order of the translation.
    fn pair<'a>(&self, _pair: &Pair<'a>, _out: &mut Findings<'a>) {}

    /// Looks at a translation as a whole, beside its original: by itself and pair by pair, unless a check knows better
    /// what to do with all of it.
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        self.document(whole.target(), out);
        whole.pairs().for_each(|pair| self.pair(&pair, out));
    }

    /// Whether it finds nothing without an original.
    fn needs_source(&self) -> bool {
        false
    }

    /// Whether it asks what has become of the original since it was translated. Finding that out takes time.
    fn needs_history(&self) -> bool {
        false
    }

    /// Whether it can find nothing in a language: the data that it needs are missing, or what it looks for is not in
    /// the writing of that language. Told by the same data that it works by, so that no list of languages goes stale.
    fn is_silent_in(&self, _lang: Lang) -> bool {
        false
    }

    /// The check as one that sets articles against each other, where it is one.
    fn corpus(&self) -> Option<&dyn CorpusCheck> {
        None
    }

    /// Looks at the ignore comments of a document after all lints have run; `on` are the ids of those that are on. For
    /// the one lint that is about them.
    fn ignores<'a>(&self, _doc: &'a Document, _ignores: &Ignores, _on: &HashSet<&str>, _out: &mut Findings<'a>) {}
}

/// Reads a definition: the id of the lint and the text of its file.
pub type Load = fn(&str, Written<'_>) -> Result<(Lint, Examples), DefinitionError>;

/// A row of the table of checks.
pub struct Row {
    /// What definitions call it.
    pub name: &'static str,
    /// The slots that it fills in messages; `related`, the words at a second place, is always there.
    pub slots: &'static [&'static str],
    /// Reads a definition that names it.
    pub load: Load,
}

/// All checks.
pub static CHECKS: &[Row] = &[
    Row { name: "unused-ignore", slots: &["problem", "lint"], load: load_as::<unused_ignore::UnusedIgnore> },
    Row { name: "artifact", slots: &["text", "kind"], load: load_as::<artifact::Artifact> },
    Row { name: "kept", slots: &["text", "found", "how", "related"], load: load_as::<kept::Kept> },
    Row {
        name: "inconsistent-translation",
        slots: &["text", "other", "count", "related"],
        load: load_as::<inconsistent_translation::InconsistentTranslation>,
    },
    Row { name: "left-over", slots: &["word", "related"], load: load_as::<left_over::LeftOver> },
    Row { name: "lower-start", slots: &["word", "better", "related"], load: load_as::<lower_start::LowerStart> },
    Row { name: "markup", slots: &["text", "kind", "meaning"], load: load_as::<markup::Markup> },
    Row {
        name: "markup-differs",
        slots: &["how", "text", "found", "count", "wanted", "related"],
        load: load_as::<markup_differs::MarkupDiffers>,
    },
    Row {
        name: "mixed-script",
        slots: &["word", "letters", "fixed", "script", "target"],
        load: load_as::<mixed_script::MixedScript>,
    },
    Row { name: "mojibake", slots: &["text", "repaired", "how"], load: load_as::<mojibake::Mojibake> },
    Row {
        name: "cue-drift",
        slots: &["how", "advice", "time", "last", "text", "count"],
        load: load_as::<cue_drift::CueDrift>,
    },
    Row { name: "cut-off", slots: &["word", "how"], load: load_as::<cut_off::CutOff> },
    Row { name: "end-mark", slots: &["word"], load: load_as::<end_mark::EndMark> },
    Row {
        name: "end-mark-differs",
        slots: &["word", "mark", "how", "related"],
        load: load_as::<end_mark_differs::EndMarkDiffers>,
    },
    Row { name: "furniture", slots: &["phrase", "category"], load: load_as::<furniture::Furniture> },
    Row {
        name: "name-variants",
        slots: &["name", "other", "how", "original", "related"],
        load: load_as::<name_variants::NameVariants>,
    },
    Row {
        name: "names-across",
        slots: &["name", "other", "count", "language", "related"],
        load: load_as::<name_variants::across::NamesAcross>,
    },
    Row {
        name: "numbers",
        slots: &["how", "text", "value", "original", "meant", "related"],
        load: load_as::<numbers::Numbers>,
    },
    Row { name: "pair", slots: &["mark", "how", "count", "related"], load: load_as::<pair::Pair> },
    Row {
        name: "placeholders",
        slots: &["how", "text", "found", "related"],
        load: load_as::<placeholders::Placeholders>,
    },
    Row { name: "pair-differs", slots: &["how", "text", "related"], load: load_as::<pair_differs::PairDiffers> },
    Row { name: "preferred-name", slots: &["name", "better"], load: load_as::<preferred_name::PreferredName> },
    Row {
        name: "recurring-block",
        slots: &["text", "count", "related"],
        load: load_as::<recurring_block::RecurringBlock>,
    },
    Row {
        name: "regional",
        slots: &["word", "better", "side", "other", "related"],
        load: load_as::<regional::Regional>,
    },
    Row { name: "repeated-phrase", slots: &["phrase"], load: load_as::<repeated_phrase::RepeatedPhrase> },
    Row { name: "repeated-text", slots: &["text", "related"], load: load_as::<repeated_text::RepeatedText> },
    Row { name: "repeated-word", slots: &["word"], load: load_as::<repeated_word::RepeatedWord> },
    Row {
        name: "repetition",
        slots: &["how", "phrase", "count", "words", "related"],
        load: load_as::<repetition::Repetition>,
    },
    Row { name: "splice", slots: &["tail", "related"], load: load_as::<splice::Splice> },
    Row {
        name: "stale-translation",
        slots: &["how", "when", "date", "count", "text", "related"],
        load: load_as::<stale_translation::StaleTranslation>,
    },
    Row { name: "terms", slots: &["how", "term", "text", "better", "related"], load: load_as::<terms::Terms> },
    Row {
        name: "unaligned",
        slots: &["text", "count", "how", "where", "word", "related"],
        load: load_as::<unaligned::Unaligned>,
    },
    Row { name: "untranslated", slots: &["text", "language", "article"], load: load_as::<untranslated::Untranslated> },
    Row {
        name: "untranslated-segment",
        slots: &["text", "related"],
        load: load_as::<untranslated_segment::UntranslatedSegment>,
    },
    Row { name: "words", slots: &["how", "advice", "word", "better"], load: load_as::<words::Words> },
    Row { name: "doubled-space", slots: &[], load: load_as::<spacing::DoubledSpace> },
    Row { name: "missing-space", slots: &["mark", "words", "how", "count"], load: load_as::<spacing::MissingSpace> },
    Row { name: "stray-space", slots: &["mark", "how", "count"], load: load_as::<spacing::StraySpace> },
];

/// A check by its name.
pub fn named(name: &str) -> Option<&'static Row> {
    CHECKS.iter().find(|row| row.name == name)
}
