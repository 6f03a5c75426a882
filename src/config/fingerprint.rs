//! By what it is known whether two runs check alike: a hash of the configuration as it is written and of the flags.
//!
//! Every word of the configuration counts, comments and all: a setting that is added later cannot be forgotten here.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Flags;
use crate::text::{Lang, Source};

/// Equal for setups that find the same in every text.
pub type Fingerprint = [u8; 32];

/// Of configurations and lints as they are written, in the order in which they count.
pub fn of_written(sources: &[Arc<Source>]) -> Fingerprint {
    let parts = sources.iter().flat_map(|source| {
        let name = source.path().file_name().unwrap_or_default();
        [name.to_string_lossy().into_owned(), source.text().to_owned()]
    });
    of_parts(parts)
}

/// Of what a configuration comes to for files of these groups, of which the first `overrides` are those of overrides; what
/// is silenced is no part of it.
pub fn of_setup(written: &Fingerprint, groups: &[usize], overrides: usize, flags: &Flags) -> Fingerprint {
    let groups: Vec<usize> = groups.iter().copied().filter(|group| *group < overrides).collect();
    let Flags {
        isolated: _,
        config: _,
        // They are a configuration, and in `written`.
        settings: _,
        select,
        extend_select,
        ignore,
        preview,
        strict,
        format,
        lang,
        id_field,
        text_field,
        lang_field,
        record_format,
        fail_on: _,
        // Its text is part of what a file goes by.
        source: _,
        source_lang,
        no_corpus,
        force_exclude: _,
    } = flags;
    let chosen = format!("{groups:?} {select:?} {extend_select:?} {ignore:?} {preview} {strict} {no_corpus}");
    let fields = format!("{id_field:?} {text_field:?} {lang_field:?} {record_format:?} {source_lang:?}");
    let read = format!("{:?} {:?}", format.map(|row| row.name), lang.as_ref().map(Lang::as_str));
    let hash = Sha256::new().chain_update(written).chain_update(of_parts([chosen, fields, read].into_iter()));
    hash.finalize().into()
}

fn of_parts(parts: impl Iterator<Item = String>) -> Fingerprint {
    let mut hash = Sha256::new();
    for part in parts {
        // With their lengths, so that no two lists of parts run together alike.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
