//! What the command line says about the configuration.

use std::path::PathBuf;

use crate::diagnostic::Severity;
use crate::format;
use crate::text::Lang;

/// What the command line says. It wins over every file.
#[derive(Default)]
pub struct Flags {
    /// Read no configuration file.
    pub isolated: bool,
    /// The configuration to read, in place of those near the files.
    pub config: Option<PathBuf>,
    /// Settings, `KEY=VALUE`.
    pub settings: Vec<String>,
    /// The lints that are on, in place of the others.
    pub select: Option<Vec<String>>,
    /// Lints that are on besides.
    pub extend_select: Vec<String>,
    /// Lints that are off.
    pub ignore: Vec<String>,
    /// Lints on trial are on.
    pub preview: bool,
    /// Lints for strict houses are on.
    pub strict: bool,
    /// The format of all files.
    pub format: Option<&'static format::Row>,
    /// The language of articles that do not say theirs.
    pub lang: Option<Lang>,
    /// The original of the file that is checked.
    pub source: Option<PathBuf>,
    /// The language of originals that do not say theirs.
    pub source_lang: Option<Lang>,
    /// Field of a record that names it.
    pub id_field: Option<String>,
    /// Field of a record that holds its text.
    pub text_field: Option<String>,
    /// Field of a record that holds its language.
    pub lang_field: Option<String>,
    /// The format of the text of a record.
    pub record_format: Option<String>,
    /// The severity from which findings make the exit code 1.
    pub fail_on: Option<Severity>,
    /// Lints that set articles against each other are off.
    pub no_corpus: bool,
    /// `exclude` holds for files named outright too.
    pub force_exclude: bool,
}
