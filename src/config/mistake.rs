//! What is wrong with a file that steers us: shown as a finding is, with the line.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::report;
use crate::text::{Source, Span};

/// One mistake at its place.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// The file.
    pub source: Arc<Source>,
    /// Where in it.
    pub at: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Mistake {
    /// A mistake at some bytes of a file.
    pub fn new(source: &Arc<Source>, at: Range<usize>, message: impl Into<String>) -> Mistake {
        // Parsers count from the start of the text they were given, which is ours; an empty file has no first byte.
        let length = source.text().len();
        let at = Span::of(at.start.min(length)..at.end.clamp(at.start.min(length), length));
        Mistake { source: source.clone(), at, message: message.into(), help: None }
    }

    /// With a word on what to do.
    pub fn help(mut self, help: impl Into<String>) -> Mistake {
        self.help = Some(help.into());
        self
    }

    /// What a parser or loader complained about: its message, and in a second sentence, split off, what to do.
    pub fn told(source: &Arc<Source>, at: Option<Range<usize>>, message: &str) -> Mistake {
        let (message, help) = match message.split_once("; ") {
            Some((message, help)) => (message, Some(help.to_owned())),
            None => (message, None),
        };
        Mistake { help, ..Mistake::new(source, at.unwrap_or(0..0), message) }
    }
}

/// Mistakes that keep the work from being done.
#[derive(Debug, Clone)]
pub struct Mistakes(pub Vec<Mistake>);

impl std::error::Error for Mistakes {}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for m in &self.0 {
            f.write_str(&report::mistake(&m.source, m.at, &m.message, m.help.as_deref()))?;
        }
        Ok(())
    }
}

/// A path as people like to read it: from the current folder, where it lies below.
pub(super) fn shown(path: &Path) -> &Path {
    thread_local! {
        static HERE: Option<std::path::PathBuf> = std::env::current_dir().and_then(|p| p.canonicalize()).ok();
    }
    HERE.with(|here| {
        let here = here.as_ref()?;
        path.strip_prefix(here).ok()
    })
    .unwrap_or(path)
}
