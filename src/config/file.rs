//! `copydesk.toml` as it is written. What it comes to is decided in [`super::choose`].

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::mistake::Mistake;
use crate::diagnostic::Severity;
use crate::text::{Lang, Source};

/// The settings of copydesk. Paths and globs are taken from the folder of the file that they stand in. A glob without a
/// slash holds at any depth, one that names a folder holds for all that is in it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(title = "copydesk.toml")]
pub struct File {
    /// A configuration to build upon: what is said here wins, lists of decisions (`accept`, `words`, `silence`,
    /// `overrides`, `lint-folders`) are joined.
    #[schemars(with = "Option<String>")]
    pub extend: Option<Spanned<String>>,
    /// Globs: of the files found in folders, check only those that match one.
    #[schemars(with = "Option<Vec<String>>")]
    pub include: Option<Vec<Spanned<String>>>,
    /// Globs: of the files found in folders, leave out those that match one.
    #[schemars(with = "Option<Vec<String>>")]
    pub exclude: Option<Vec<Spanned<String>>>,
    /// Folders with lints of your own, one definition a file.
    #[schemars(with = "Vec<String>")]
    pub lint_folders: Vec<Spanned<String>>,
    /// A file of findings that are accepted for now; `copydesk baseline create` writes it.
    #[schemars(with = "Option<String>")]
    pub baseline: Option<Spanned<String>>,
    /// The folder for what is kept from run to run, so that files that have not changed need not be checked again;
    /// `.copydesk_cache` beside this file unless set.
    #[schemars(with = "Option<String>")]
    pub cache_dir: Option<Spanned<String>>,
    /// The severity from which findings make the exit code 1; `warning` unless set.
    pub fail_on: Option<Severity>,
    /// The language of the articles that do not say theirs, as a tag (`en`, `pt`, `zh-tw`).
    #[schemars(with = "Option<String>")]
    pub lang: Option<Lang>,
    /// The format of the files, in place of the one their names tell.
    #[schemars(with = "Option<String>")]
    pub format: Option<Spanned<String>>,
    /// Whether lints that are still on trial are on.
    pub preview: Option<bool>,
    /// Whether the lints of strict houses are on.
    pub strict: Option<bool>,
    /// The lints that are on, in place of the default ones: ids, sets (`default`, `strict`, `preview`) or `all`.
    #[schemars(with = "Option<Vec<String>>")]
    pub select: Option<Vec<Spanned<String>>>,
    /// Lints that are on besides the others.
    #[schemars(with = "Vec<String>")]
    pub extend_select: Vec<Spanned<String>>,
    /// Lints that are off. An id says more than a set, and a set more than `all`; of equals, `ignore` wins.
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
    /// Lint by lint: `off`, `on`, or on with a severity (`note`, `warning`, `error`).
    #[schemars(with = "BTreeMap<String, Level>")]
    pub lints: BTreeMap<Spanned<String>, Level>,
    /// What the house has decided about names.
    pub names: Names,
    /// What the house has decided about words.
    pub words: Words,
    /// What the house has decided about terms of translations.
    pub terms: Terms,
    /// Glossaries of terms with what renders them in translations.
    pub glossary: Vec<Glossary>,
    /// Words that are right here.
    pub vocabulary: Vocabulary,
    /// How the formats are read where there is a choice.
    pub reading: Reading,
    /// What findings cost in the score of a report.
    pub score: Score,
    /// Other settings for some of the files; later entries win.
    pub overrides: Vec<Override>,
    /// Where the originals of translations stand; the first entry that is about a file counts.
    pub translations: Vec<Translations>,
    /// Findings to pass over, for formats that have no comments to say so.
    pub silence: Vec<Silence>,
}

/// How loud a lint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is off.
    Off,
    /// It is on, with its own severity.
    On,
    /// It is on as a note.
    Note,
    /// It is on as a warning.
    Warning,
    /// It is on as an error.
    Error,
}

/// What the house has decided about names.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// Forms that may stand side by side.
    pub accept: Vec<Accept>,
    /// The form to use, and those to replace by it: `Kyiv = ["Kiev"]`.
    pub prefer: BTreeMap<String, Vec<String>>,
}

/// Forms of names that may stand side by side.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "expected a table such as { forms = [\"Jansen\", \"Janssen\"] }")]
pub struct Accept {
    /// The forms.
    pub forms: Vec<String>,
    /// Why: two people, a name that changed.
    pub reason: Option<String>,
}

/// What the house has decided about words.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// The word to use, and the words and phrases that it takes the place of: `use = ["utilize", "make use of"]`.
    pub prefer: BTreeMap<String, Vec<String>>,
    /// Words and phrases that are not used here.
    pub avoid: Vec<String>,
}

/// What the house has decided about terms of translations.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// Words and phrases that stand in a translation as they stand in the original: `["Copydesk"]`.
    #[schemars(with = "Vec<String>")]
    pub keep: Vec<Spanned<String>>,
}

/// A glossary.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Glossary {
    /// The file: a table (`.csv`, `.tsv`) whose first row names the columns `source`, `target`, `forbidden` and `status`
    /// or has tags of languages, or TBX (`.tbx`).
    #[schemars(with = "String")]
    pub file: Spanned<String>,
    /// The language of the column `source`; without it, it holds for all.
    #[schemars(with = "Option<String>")]
    pub source_lang: Option<Lang>,
    /// The language of the columns `target` and `forbidden`; without it, they hold for all.
    #[schemars(with = "Option<String>")]
    pub target_lang: Option<Lang>,
}

/// Words that are right here.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Vocabulary {
    /// Words and phrases that are never reported, whatever their case.
    pub words: Vec<String>,
}

/// How the formats are read where there is a choice.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Reading {
    /// HTML elements that are not the article, in place of `nav`, `header`, `footer`, `aside` and `form`.
    pub skipped_elements: Option<Vec<String>>,
    /// Field of a JSON Lines record that names it; `id` unless set.
    pub id_field: Option<String>,
    /// Field of a JSON Lines record that holds its text; `text` unless set.
    pub text_field: Option<String>,
    /// Field of a JSON Lines record that holds its language; `lang` unless set.
    pub lang_field: Option<String>,
    /// Field of a JSON Lines record that holds an original; `source` unless set.
    pub source_field: Option<String>,
    /// Field of a JSON Lines record that holds its translation; `target` unless set.
    pub target_field: Option<String>,
    /// Field of a JSON Lines record that holds the language of the original; `source_lang` unless set.
    pub source_lang_field: Option<String>,
    /// Field of a JSON Lines record that holds the language of the translation; `target_lang` unless set.
    pub target_lang_field: Option<String>,
    /// Column of a table that holds the originals: its heading, or its number from 1.
    pub source_column: Option<String>,
    /// Column of a table that holds the translations: its heading, or its number from 1.
    pub target_column: Option<String>,
    /// Column of a table that names the rows: its heading, or its number from 1.
    pub id_column: Option<String>,
    /// The language of originals that do not say theirs, as a tag.
    #[schemars(with = "Option<String>")]
    pub source_lang: Option<Lang>,
    /// The format of the text of a JSON Lines record; `text` unless set.
    #[schemars(with = "Option<String>")]
    pub record_format: Option<Spanned<String>>,
}

/// What findings cost in the score of a report: penalty points in the manner of MQM. A finding costs the points of its
/// severity, times the factor of its category, times that of its lint. A weight is a number from 0 to 1000000.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Score {
    /// Points by severity: `error` (5 unless set), `warning` (1), `note` (0.1).
    #[schemars(with = "BTreeMap<Severity, f64>")]
    pub severity: BTreeMap<Spanned<String>, Spanned<f64>>,
    /// Factors by dimension of MQM or category in one: `accuracy = 2`, `"accuracy/omission" = 3`; 1 unless set.
    #[schemars(with = "BTreeMap<String, f64>")]
    pub category: BTreeMap<Spanned<String>, Spanned<f64>>,
    /// Factors by lint; 1 unless set.
    #[schemars(with = "BTreeMap<String, f64>")]
    pub lint: BTreeMap<Spanned<String>, Spanned<f64>>,
}

/// Other settings for some of the files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Globs of the files.
    #[schemars(with = "Vec<String>")]
    pub paths: Vec<Spanned<String>>,
    /// As at the top.
    pub lang: Option<Lang>,
    /// As at the top.
    #[schemars(with = "Option<String>")]
    pub format: Option<Spanned<String>>,
    /// As at the top.
    pub preview: Option<bool>,
    /// As at the top.
    pub strict: Option<bool>,
    /// As at the top.
    #[schemars(with = "Option<Vec<String>>")]
    pub select: Option<Vec<Spanned<String>>>,
    /// As at the top.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub extend_select: Vec<Spanned<String>>,
    /// As at the top.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
    /// As at the top.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Level>")]
    pub lints: BTreeMap<Spanned<String>, Level>,
}

/// Where the originals of translations stand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Translations {
    /// The path of an original, such as `content/en/{path}`.
    #[schemars(with = "String")]
    pub source: Spanned<String>,
    /// The path of its translations, such as `content/{lang}/{path}`.
    #[schemars(with = "String")]
    pub target: Spanned<String>,
    /// The language of the originals that do not say theirs.
    #[schemars(with = "Option<String>")]
    pub source_lang: Option<Lang>,
}

/// A finding to pass over. All that is given must hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Glob of the files.
    #[schemars(with = "Option<String>")]
    pub path: Option<Spanned<String>>,
    /// The id of the JSON Lines record.
    pub record: Option<String>,
    /// The lint; without it, all of them.
    #[schemars(with = "Option<String>")]
    pub lint: Option<Spanned<String>>,
    /// Words of the article, quoted: the marked words, or some around or within them.
    #[schemars(with = "Option<String>")]
    pub words: Option<Spanned<String>>,
    /// Why it is right as it stands.
    pub reason: Option<String>,
}

impl File {
    /// Reads a configuration.
    pub fn parse(source: &Arc<Source>) -> Result<File, Mistake> {
        toml::from_str(source.text()).map_err(|e| Mistake::told(source, e.span(), &crate::lint::complaint(e.message())))
    }
}

impl JsonSchema for Lang {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Lang".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}
