//! Edits as the protocol sends them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::positions::Places;
use super::super::server::Server;
use crate::diagnostic::Edit;
use crate::text::Source;

impl Server {
    /// Edits of one article, which is open at the version that they are for.
    pub(super) fn edit_of(&self, path: &Path, source: &Source, edits: &[Edit]) -> Value {
        self.edits_of(&BTreeMap::from([(path.to_owned(), self.text_edits(source, edits))]))
    }

    /// Edits of a file as the protocol sends them.
    pub(super) fn text_edits(&self, source: &Source, edits: &[Edit]) -> Vec<Value> {
        let places = Places::of(source, self.can.encoding);
        edits.iter().map(|edit| json!({"range": places.range(edit.span), "newText": edit.text})).collect()
    }

    /// Edits of several articles, with the versions of those that are open.
    pub(super) fn edits_of(&self, all: &BTreeMap<PathBuf, Vec<Value>>) -> Value {
        if !self.can.versioned_edits {
            let changes = all.iter().map(|(path, edits)| (self.uri_of(path).0, json!(edits)));
            return json!({"changes": serde_json::Map::from_iter(changes)});
        }
        let document = |(path, edits): (&PathBuf, &Vec<Value>)| {
            let version = self.open.get(path).map(|open| open.version);
            json!({"textDocument": {"uri": self.uri_of(path), "version": version}, "edits": edits})
        };
        json!({"documentChanges": all.iter().map(document).collect::<Vec<_>>()})
    }
}
