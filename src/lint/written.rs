//! A definition as it is written, and why one is refused.

use serde::de::DeserializeOwned;

use super::complaint::complaint;

/// A definition as text: a user's file, or a built-in one that the build turned into JSON, which reads faster.
#[derive(Clone, Copy)]
pub enum Written<'a> {
    /// As people write it.
    Toml(&'a str),
    /// As the build packs it.
    Json(&'a str),
}

impl Written<'_> {
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, DefinitionError> {
        match self {
            Written::Toml(text) => {
                toml::from_str(text).map_err(|e| DefinitionError { message: complaint(e.message()), at: e.span() })
            }
            Written::Json(text) => {
                serde_json::from_str(text).map_err(|e| DefinitionError { message: e.to_string(), at: None })
            }
        }
    }

    /// Where the value of a key stands, for the mistakes that only show after reading.
    pub(super) fn place(self, keys: &[&str]) -> Option<std::ops::Range<usize>> {
        let Written::Toml(text) = self else { return None };
        let table = toml::de::DeTable::parse(text).ok()?;
        let (last, tables) = keys.split_last()?;
        let mut table = table.get_ref();
        for key in tables {
            table = table.get(*key)?.get_ref().as_table()?;
        }
        Some(table.get(*last)?.span())
    }

    /// That a key which must be there stands there misspelt.
    pub(super) fn misspelt(self, key: &str) -> Option<DefinitionError> {
        let Written::Toml(text) = self else { return None };
        let table = toml::de::DeTable::parse(text).ok()?;
        let keys = table.get_ref().keys();
        let (span, near) = keys
            .map(|k| (k.span(), k.get_ref()))
            .find(|(_, k)| ***k != *key && crate::nearest(k, std::iter::once(key)).is_some())?;
        let message = format!("there is no key “{near}” here; did you mean “{key}”?");
        Some(DefinitionError { message, at: Some(span) })
    }
}

/// Why a definition was refused.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct DefinitionError {
    /// What is wrong.
    pub message: String,
    /// Where in the file, in bytes.
    pub at: Option<std::ops::Range<usize>>,
}

impl DefinitionError {
    pub(super) fn new(message: String) -> DefinitionError {
        DefinitionError { message, at: None }
    }
}
