//! What the user has chosen: which lints, which files, how they are read.

use std::path::Path;
use std::sync::Arc;

use crate::format::{self, Reading};
use crate::lint::Linter;
use crate::text::Lang;

/// How a file is read and checked: what the configuration and the command line come to for it.
#[derive(Default)]
pub struct Setup {
    /// The lints that are on.
    pub linter: Linter,
    /// The format, where one is given; else it is told from the file's name.
    pub format: Option<&'static format::Row>,
    /// The language, where it is given.
    pub lang: Option<Lang>,
    /// How the formats read where there is a choice.
    pub reading: Reading,
}

/// The setups of all files of a run.
#[derive(Default)]
pub struct Setups {
    all: Arc<Setup>,
}

impl Setups {
    /// One setup for every file.
    pub fn one(setup: Setup) -> Setups {
        Setups { all: Arc::new(setup) }
    }

    /// The setup of a file.
    pub fn of(&self, _: &Path) -> Arc<Setup> {
        self.all.clone()
    }
}
