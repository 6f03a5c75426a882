//! What can be done about findings. An action is offered by a file of its own here.

mod edits;
mod fix;
mod ignore;
mod spelling;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{CodeActionKind, CodeActionParams, ExecuteCommandParams, MessageType};
use lsp_server::ErrorCode;
use serde_json::{Value, json};

use super::diagnostics;
use super::documents::key;
use super::server::{Answer, Server, error};
use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span};

/// The kinds of actions.
pub const KINDS: [&str; 3] = ["quickfix", "source.fixAll", "source.fixAll.copydesk"];

/// Puts one spelling in the place of others in all articles of the workspace.
const USE_EVERYWHERE: &str = "copydesk.useEverywhere";
/// Accepts spellings side by side.
const ACCEPT: &str = "copydesk.acceptSpelling";
/// Passes a finding over by an entry in the configuration.
const SILENCE: &str = "copydesk.silence";
/// Reads the configuration and the workspace anew.
const RELOAD: &str = "copydesk.reload";

/// The commands that the server runs.
pub const COMMANDS: [&str; 4] = [USE_EVERYWHERE, ACCEPT, SILENCE, RELOAD];

/// At most so many findings have actions offered for them at once.
const AT_ONCE: usize = 10;

/// An article, and what was found in it.
pub(super) struct Page<'s> {
    path: &'s Path,
    source: Arc<Source>,
    all: Vec<Diagnostic>,
}

impl Server {
    pub(super) fn code_actions(&mut self, given: CodeActionParams) -> Answer {
        let path = key(&given.text_document.uri);
        let (start, end) = (given.range.start, given.range.end);
        if (start.line, start.character) > (end.line, end.character) {
            return Err(error(ErrorCode::InvalidParams, "the range ends before it begins"));
        }
        if !self.open.contains_key(&path) {
            return Ok(json!([]));
        }
        self.look(&path);
        let found = self.articles.diagnostics(&self.rules, &path);
        let (Some(open), Some((source, all))) = (self.open.get(&path), found) else { return Ok(json!([])) };
        let byte = |position| (open.lines.byte(position, self.can.encoding) as u32).saturating_sub(source.bom());
        let asked = Span::new(byte(start), byte(end));
        let wants = |kind: &str| given.context.only.as_ref().is_none_or(|only| only.iter().any(|o| is_part(kind, o)));
        let page = Page { path: &path, source, all };
        let mut actions = Vec::new();
        if wants("quickfix") {
            let here = |d: &&Diagnostic| {
                let span = d.at.in_file().span;
                span.start <= asked.end && asked.start <= span.end
            };
            for d in page.all.iter().filter(here).take(AT_ONCE) {
                let mut offered: Vec<Value> = Vec::new();
                offered.extend(self.fix_of(&page, d));
                offered.extend(self.spellings(&page, d));
                offered.extend(self.ignore_here(&page, d));
                let shown = json!([diagnostics::of(d, &self.can, &|path| self.uri_of(path))]);
                for mut action in offered {
                    action["kind"] = "quickfix".into();
                    action["diagnostics"] = shown.clone();
                    actions.push(action);
                }
            }
        }
        if wants("source.fixAll.copydesk") {
            actions.extend(self.fix_all(&page));
        }
        Ok(Value::Array(actions))
    }

    pub(super) fn execute(&mut self, given: ExecuteCommandParams) -> Answer {
        let argument = given.arguments.unwrap_or_default().into_iter().next().unwrap_or_default();
        match given.command.as_str() {
            USE_EVERYWHERE => self.use_everywhere(argument),
            ACCEPT => self.accept(argument),
            SILENCE => self.silence(argument),
            RELOAD => {
                self.reload();
                Ok(Value::Null)
            }
            other => Err(error(ErrorCode::InvalidParams, format!("there is no command “{other}”"))),
        }
    }

    /// Tells what became of a configuration that was to be written.
    fn written(&mut self, file: &Path, done: anyhow::Result<()>) -> Answer {
        match done {
            Ok(()) => {
                self.reload();
                self.client.show(MessageType::Info, &format!("written to {}", file.display()));
                Ok(Value::Null)
            }
            Err(e) => Err(error(ErrorCode::RequestFailed, format!("{e:#}"))),
        }
    }

    /// The configuration of a document, if it may be written: it stands in the workspace, or beside the document.
    fn configuration_of(&self, path: &Path) -> Result<PathBuf, lsp_server::ResponseError> {
        if !path.is_absolute() && self.folders.is_empty() {
            return Err(error(
                ErrorCode::RequestFailed,
                "the document is in no folder that could have a configuration",
            ));
        }
        Ok(self.rules.file_of(path))
    }
}

/// Whether a kind is asked for by this one: itself, or one that it is part of.
fn is_part(kind: &str, asked: &CodeActionKind) -> bool {
    let asked = String::from(asked.clone());
    asked.is_empty() || kind == asked || kind.strip_prefix(&asked).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_part_of_those_above_it() {
        let part = |kind, asked: &str| is_part(kind, &CodeActionKind::from(asked.to_owned()));
        assert!(part("source.fixAll.copydesk", "source") && part("source.fixAll.copydesk", "source.fixAll"));
        assert!(part("quickfix", "quickfix") && part("quickfix", ""));
        assert!(
            !part("source.fixAll.copydesk", "source.fixAll.other") && !part("source.fixAll.copydesk", "source.fix")
        );
        assert!(!part("quickfix", "refactor"));
    }
}
