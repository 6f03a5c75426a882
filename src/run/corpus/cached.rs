//! What the cache knows of the files of a run that sets articles against each other.

use std::sync::Arc;

use rayon::prelude::*;

use super::shelf::Shelf;
use crate::corpus::{DocId, Gathered};
use crate::run::cache::{AllFound, Key};
use crate::run::{Look, examine, source};

/// What the cache knows of the files of a run.
#[derive(Default)]
pub(super) struct Cached {
    /// Of all files with documents, in order; less than that where one of them is not to be kept.
    keys: Vec<Key>,
    is_whole: bool,
    has_new: bool,
    /// The files whose evidence is there.
    files: Vec<(usize, Key)>,
}

impl Cached {
    pub(super) fn note(&mut self, look: &Look, file: usize) {
        self.is_whole |= self.keys.is_empty() && file == 0;
        if look.is_cached {
            self.files.extend(look.key.map(|key| (file, key)));
        }
        if !look.sheets.is_empty() {
            self.has_new |= !look.is_cached;
            self.is_whole &= look.key.is_some() && !look.broke;
            self.keys.extend(look.key);
        }
    }

    /// What the same files came to in an earlier run.
    pub(super) fn conclusion(&self, shelf: &Shelf<'_>) -> Option<AllFound> {
        let cache = shelf.job.cache.as_ref().filter(|_| self.is_whole && !self.has_new)?;
        cache.conclusion(&self.keys, &|doc| shelf.setup(doc))
    }

    pub(super) fn keep(&self, shelf: &Shelf<'_>, found: &AllFound) {
        if let Some(cache) = shelf.job.cache.as_ref().filter(|_| self.is_whole) {
            cache.keep_conclusion(&self.keys, found, &|doc| shelf.setup(doc));
        }
    }

    /// The evidence that is there, by the first document of each file.
    pub(super) fn evidence(&self, shelf: &Shelf<'_>) -> Vec<(DocId, Vec<Gathered>)> {
        let of_file = |(file, key): &(usize, Key)| {
            let input = &shelf.inputs[*file];
            let setup = shelf.job.setups.of(input.path()).ok()?;
            let known = shelf.job.cache.as_ref().and_then(|cache| cache.evidence(key, &setup));
            // An entry of which the first half alone is good was made by somebody else.
            let anew = || {
                let source = Arc::new(source(&setup, input.path(), &input.read().ok()?).ok()?);
                Some(examine(&setup, source, true).sheets.into_iter().map(|sheet| sheet.gathered).collect())
            };
            Some((shelf.files[*file].first, known.or_else(anew)?))
        };
        self.files.par_iter().filter_map(of_file).collect()
    }
}
