//! Adds names to the configuration, and leaves all else in it as it is.

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
pub fn write(path: &Path, names: &[Vec<&str>], reason: &str) -> anyhow::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let shown = || path.display().to_string();
    let old = match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(e).with_context(shown),
    };
    let text = String::from_utf8(old.clone().unwrap_or_default()).with_context(shown)?;
    let new = with(&text, names, reason).with_context(shown)?;
    match &old {
        Some(old) => write::write(&RealDisk, &Target { path, root: None, old }, new.as_bytes())
            .map_err(|e| anyhow::anyhow!("{}: {e}", path.display())),
        None => {
            let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).with_context(shown)?;
            file.write_all(new.as_bytes()).with_context(shown)
        }
    }
}

/// The text of a configuration with these names accepted.
fn with(text: &str, names: &[Vec<&str>], reason: &str) -> anyhow::Result<String> {
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let mut document: DocumentMut = text.trim_start_matches('\u{feff}').parse()?;
    let table = document.entry("names").or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_like_mut().context("“names” is no table")?;
    match table.entry("accept").or_insert_with(|| Item::Value(Value::Array(Array::new()))) {
        Item::ArrayOfTables(entries) => add_tables(entries, names, reason),
        Item::Value(Value::Array(entries)) => add_values(entries, names, reason),
        _ => anyhow::bail!("“accept” of “names” is no list"),
    }
    // Line breaks are those of the file.
    let new = document.to_string();
    let new = if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new };
    let source = Arc::new(Source::new("copydesk.toml", new.as_str()));
    File::parse(&source).map_err(|mistake| anyhow::anyhow!("{}", mistake.message))?;
    Ok(mark.to_owned() + &new)
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

/// Each entry on a line of its own; those that are there stay where they are.
fn add_values(entries: &mut Array, names: &[Vec<&str>], reason: &str) {
    for name in names {
        let mut table = InlineTable::new();
        table.insert("forms", Value::Array(forms(name)));
        table.insert("reason", Value::from(reason));
        let mut value = Value::InlineTable(table);
        value.decor_mut().set_prefix("\n    ");
        entries.push_formatted(value);
    }
    // What stood behind the last entry, a comment mostly, belongs to it.
    let behind = entries.trailing().as_str().unwrap_or_default().trim_end().to_owned();
    if let Some(first) = entries.len().checked_sub(names.len()).and_then(|at| entries.get_mut(at))
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

    fn added(text: &str) -> String {
        with(text, &[vec!["Hebby", "Hebe"], vec!["Kyiv", "Kiev"]], "two \"people\"").unwrap()
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
        let again = with(&new, &[vec!["Lopez", "López"]], "one").unwrap();
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
        assert!(with("names = 3\n", &[vec!["a", "b"]], "").is_err());
        assert!(with("[names]\naccept = 3\n", &[vec!["a", "b"]], "").is_err());
        assert!(with("[names\n", &[vec!["a", "b"]], "").is_err());
    }
}
