//! Adds decisions to a configuration, and leaves all else in it as it is.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use crate::config::file::File;
use crate::text::Source;
use crate::write::{self, RealDisk, Target};

/// Writes forms that may stand side by side to `[names] accept` of a configuration, one entry a name; a configuration that
/// is not there is begun.
///
/// # Errors
///
/// If the configuration cannot be read, understood or written.
pub fn accept(path: &Path, names: &[Vec<&str>], reason: &str) -> anyhow::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    write(path, |document| add_names(document, names, reason))
}

/// A finding to pass over.
#[derive(Debug)]
pub struct Silenced<'a> {
    /// The file, from the folder of the configuration.
    pub path: &'a str,
    /// The record, where the file has some.
    pub record: Option<&'a str>,
    /// The lint.
    pub lint: &'a str,
    /// The words that it marks.
    pub words: &'a str,
    /// Why they are right.
    pub reason: &'a str,
}

/// Writes an entry of `[[silence]]` to a configuration; one that is not there is begun.
///
/// # Errors
///
/// If the configuration cannot be read, understood or written.
pub fn silence(path: &Path, silenced: &Silenced<'_>) -> anyhow::Result<()> {
    write(path, |document| add_silence(document, silenced))
}

fn write(path: &Path, add: impl FnOnce(&mut DocumentMut) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let shown = || path.display().to_string();
    let old = match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(e).with_context(shown),
    };
    let text = String::from_utf8(old.clone().unwrap_or_default()).with_context(shown)?;
    let new = with(&text, add).with_context(shown)?;
    match &old {
        Some(old) => write::write(&RealDisk, &Target { path, root: None, old }, new.as_bytes())
            .map_err(|e| anyhow::anyhow!("{}: {e}", path.display())),
        None => {
            let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).with_context(shown)?;
            file.write_all(new.as_bytes()).with_context(shown)
        }
    }
}

/// The text of a configuration with something added.
fn with(text: &str, add: impl FnOnce(&mut DocumentMut) -> anyhow::Result<()>) -> anyhow::Result<String> {
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let mut document: DocumentMut = text.trim_start_matches('\u{feff}').parse()?;
    add(&mut document)?;
    // Line breaks are those of the file.
    let new = document.to_string();
    let new = if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new };
    let source = Arc::new(Source::new("copydesk.toml", new.as_str()));
    File::parse(&source).map_err(|mistake| anyhow::anyhow!("{}", mistake.message))?;
    Ok(mark.to_owned() + &new)
}

fn add_names(document: &mut DocumentMut, names: &[Vec<&str>], reason: &str) -> anyhow::Result<()> {
    let table = document.entry("names").or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_like_mut().context("“names” is no table")?;
    match table.entry("accept").or_insert_with(|| Item::Value(Value::Array(Array::new()))) {
        Item::ArrayOfTables(entries) => add_tables(entries, names, reason),
        Item::Value(Value::Array(entries)) => add_values(entries, names, reason),
        _ => anyhow::bail!("“accept” of “names” is no list"),
    }
    Ok(())
}

fn add_silence(document: &mut DocumentMut, silenced: &Silenced<'_>) -> anyhow::Result<()> {
    let Silenced { path, record, lint, words, reason } = *silenced;
    let fields = [
        ("path", Some(path)),
        ("record", record),
        ("lint", Some(lint)),
        ("words", Some(words)),
        ("reason", Some(reason)),
    ];
    let fields = fields.into_iter().filter_map(|(key, value)| Some((key, value?)));
    match document.entry("silence").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
        Item::ArrayOfTables(entries) => {
            let mut table = Table::new();
            fields.for_each(|(key, text)| {
                table.insert(key, toml_edit::value(text));
            });
            if !entries.is_empty() {
                table.decor_mut().set_prefix("\n");
            }
            entries.push(table);
        }
        Item::Value(Value::Array(entries)) => {
            let table: InlineTable = fields.map(|(key, text)| (key, Value::from(text))).collect();
            push_lines(entries, vec![Value::InlineTable(table)]);
        }
        _ => anyhow::bail!("“silence” is no list"),
    }
    Ok(())
}

fn forms(name: &[&str]) -> Array {
    name.iter().copied().collect()
}

fn add_tables(entries: &mut ArrayOfTables, names: &[Vec<&str>], reason: &str) {
    for name in names {
        let mut table = Table::new();
        table.insert("forms", toml_edit::value(forms(name)));
        table.insert("reason", toml_edit::value(reason));
        entries.push(table);
    }
}

fn add_values(entries: &mut Array, names: &[Vec<&str>], reason: &str) {
    let entry = |name: &Vec<&str>| {
        let mut table = InlineTable::new();
        table.insert("forms", Value::Array(forms(name)));
        table.insert("reason", Value::from(reason));
        Value::InlineTable(table)
    };
    push_lines(entries, names.iter().map(entry).collect());
}

/// Each entry on a line of its own; those that are there stay where they are.
fn push_lines(entries: &mut Array, new: Vec<Value>) {
    let count = new.len();
    for mut value in new {
        value.decor_mut().set_prefix("\n    ");
        entries.push_formatted(value);
    }
    // What stood behind the last entry, a comment mostly, belongs to it.
    let behind = entries.trailing().as_str().unwrap_or_default().trim_end().to_owned();
    if let Some(first) = entries.len().checked_sub(count).and_then(|at| entries.get_mut(at))
        && !behind.is_empty()
    {
        first.decor_mut().set_prefix(format!("{behind}\n    "));
    }
    entries.set_trailing("\n");
    entries.set_trailing_comma(true);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_names(text: &str, names: &[Vec<&str>], reason: &str) -> anyhow::Result<String> {
        with(text, |document| add_names(document, names, reason))
    }

    fn added(text: &str) -> String {
        with_names(text, &[vec!["Hebby", "Hebe"], vec!["Kyiv", "Kiev"]], "two \"people\"").unwrap()
    }

    #[test]
    fn findings_to_pass_over_are_added_to_either_kind_of_list() {
        let words = "a \"b\"";
        let one = Silenced { path: "a.txt", record: None, lint: "repeated-word", words, reason: "so" };
        let entry = "path = \"a.txt\"\nlint = \"repeated-word\"\nwords = 'a \"b\"'\nreason = \"so\"\n";
        let add = |text: &str| with(text, |document| add_silence(document, &one)).unwrap();
        assert_eq!(add(""), format!("[[silence]]\n{entry}"));
        assert_eq!(add(&add("")), format!("[[silence]]\n{entry}\n[[silence]]\n{entry}"));
        let list = add("silence = [{ path = 'x' }] # ours\n");
        assert!(list.starts_with("silence = [{ path = 'x' },\n    { path = \"a.txt\", lint"), "{list}");
        assert!(list.ends_with(" # ours\n"), "{list}");
        assert!(with("silence = 1\n", |document| add_silence(document, &one)).is_err());
    }

    const ENTRIES: &str = "
    { forms = [\"Hebby\", \"Hebe\"], reason = 'two \"people\"' },
    { forms = [\"Kyiv\", \"Kiev\"], reason = 'two \"people\"' },
]
";

    #[test]
    fn an_empty_configuration_gets_a_table() {
        assert_eq!(added(""), format!("[names]\naccept = [{ENTRIES}"));
    }

    #[test]
    fn comments_and_layout_stay() {
        let before = "# ours\nlang = 'en' # here\n\n[names] # decided\naccept = [\n    # they are two\n    { forms = ['Jansen', 'Janssen'] }, # really\n]\n";
        let after = "\n\n[lints]\nrepeated-word   = \"error\"\n";
        let new = added(&format!("{before}{after}"));
        let kept = before.trim_end().trim_end_matches(']').trim_end();
        assert_eq!(new, format!("{kept}{ENTRIES}{after}"));
        let again = with_names(&new, &[vec!["Lopez", "López"]], "one").unwrap();
        assert!(again.starts_with(kept) && again.ends_with(after), "{again}");
        assert!(again.contains("    { forms = [\"Lopez\", \"López\"], reason = \"one\" },\n]\n"), "{again}");
    }

    #[test]
    fn a_list_of_tables_grows_by_tables() {
        let before = "[[names.accept]]\nforms = ['Jansen', 'Janssen']\n";
        let new = added(before);
        assert!(new.starts_with(before) && new.matches("[[names.accept]]").count() == 3, "{new}");
    }

    #[test]
    fn line_breaks_and_byte_order_marks_stay() {
        let new = added("\u{feff}lang = 'en'\r\n");
        assert!(new.starts_with("\u{feff}lang = 'en'\r\n"));
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    }

    #[test]
    fn what_is_no_list_is_left_alone() {
        assert!(with_names("names = 3\n", &[vec!["a", "b"]], "").is_err());
        assert!(with_names("[names]\naccept = 3\n", &[vec!["a", "b"]], "").is_err());
        assert!(with_names("[names\n", &[vec!["a", "b"]], "").is_err());
    }
}
