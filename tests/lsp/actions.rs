//! What can be done about findings, done.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::session::{Session, edited, pulls, uri};

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().is_some_and(|t| t.contains(title)));
    found.unwrap_or_else(|| panic!("no “{title}”: {:?}", actions.iter().map(|a| &a["title"]).collect::<Vec<_>>()))
}

fn start(folder: &Path) -> Session {
    let mut session = Session::open(folder, pulls("utf-16"));
    session.wait("refresh", |m| m["method"] == "workspace/diagnostic/refresh");
    session
}

fn found<'a>(items: &'a [Value], code: &str) -> &'a Value {
    items.iter().find(|d| d["code"] == code).unwrap_or_else(|| panic!("no {code}: {items:?}"))
}

#[test]
fn a_fix_is_an_edit_of_this_version() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("new.md"));
    let mut session = start(folder.path());
    let text = "😀 The the end.\n";
    session.did_open(&uri, "markdown", text);
    let items = session.pull(&uri);
    let actions = session.actions(&uri, &items[0]["range"], None);
    let fix = titled(&actions, "Delete “");
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"], json!({"uri": uri, "version": 1}));
    assert_eq!(fix["diagnostics"], json!([items[0]]));
    assert_eq!(edited(text, &fix["edit"], &uri), "😀 The end.\n");
    let elsewhere = json!({"start": {"line": 0, "character": 12}, "end": {"line": 0, "character": 12}});
    let titles =
        |actions: Vec<Value>| actions.iter().map(|a| a["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(titles(session.actions(&uri, &elsewhere, None)), ["Fix all that is safe to fix"]);
    assert!(session.actions(&uri, &items[0]["range"], Some("refactor")).is_empty());
    session.close();
}

#[test]
fn all_that_is_safe_is_fixed_as_check_does() {
    let folder = tempfile::tempdir().unwrap();
    for (name, language, text) in [
        (
            "a.md",
            "markdown",
            "# The  pier\r\n\r\nThe the the end.It ended .  So so *it* was.\r\n\r\nThe end.\r\n".to_owned(),
        ),
        ("b.txt", "plaintext", "The the end.\n\nIt it it ended.\n".to_owned()),
        ("c.jsonl", "jsonl", format!("{}\n", json!({"text": "It it “é” ended. The the pier."}))),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, &text).unwrap();
        let uri = uri(&path);
        let mut session = start(folder.path());
        session.did_open(&uri, language, &text);
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
        for only in ["source.fixAll.copydesk", "source.fixAll", "source"] {
            let actions = session.actions(&uri, &range, Some(only));
            assert_eq!(actions.len(), 1, "{only}: {actions:?}");
            let fixed = edited(&text, &actions[0]["edit"], &uri);
            std::fs::write(&path, &text).unwrap();
            let mut check = Command::new(env!("CARGO_BIN_EXE_copydesk"));
            check.args(["check", "--fix", "--exit-zero", "--output-format", "statistics"]).arg(&path).output().unwrap();
            assert_ne!(fixed, text);
            assert_eq!(fixed, std::fs::read_to_string(&path).unwrap(), "{name}");
        }
        session.close();
    }
}

const NAMES: &str = "# The mill\n\nMr Brandt Heappey bought the mill. Heappey ran it, and Heappey sold it. Later Heapey came back.\n\nHeapey's mill is shut. HEAPEY said so.\n";

#[test]
fn one_spelling_is_used_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("copydesk.toml"), "lang = 'en'\n").unwrap();
    let other = "Mrs Heapey and 😀 Heapey’s son.\n";
    std::fs::write(folder.path().join("other.md"), other).unwrap();
    std::fs::write(folder.path().join("a.md"), NAMES).unwrap();
    let (uri, other_uri) = (uri(&folder.path().join("a.md")), uri(&folder.path().join("other.md")));
    let mut session = start(folder.path());
    session.did_open(&uri, "markdown", NAMES);
    let items = session.pull(&uri);
    let range = found(&items, "inconsistent-name")["range"].clone();
    let actions = session.actions(&uri, &range, Some("quickfix"));
    let here = titled(&actions, "Use ‘Heappey’ everywhere in this article");
    let expected = NAMES.replace("Heapey", "Heappey").replace("HEAPEY", "HEAPPEY");
    assert_eq!(edited(NAMES, &here["edit"], &uri), expected);
    titled(&actions, "Use ‘Heapey’ everywhere in this article");
    let everywhere = titled(&actions, "Use ‘Heappey’ everywhere in the workspace")["command"].clone();
    session.request(
        "workspace/executeCommand",
        json!({"command": everywhere["command"], "arguments": everywhere["arguments"]}),
    );
    if session.edits.is_empty() {
        session.rest();
    }
    let edit = session.edits.pop().unwrap();
    assert_eq!(edited(NAMES, &edit, &uri), expected);
    assert_eq!(edited(other, &edit, &other_uri), "Mrs Heappey and 😀 Heappey’s son.\n");
    let versions: Vec<&Value> =
        edit["documentChanges"].as_array().unwrap().iter().map(|c| &c["textDocument"]["version"]).collect();
    assert_eq!(versions, [&json!(1), &Value::Null]);
    session.close();
}

#[test]
fn spellings_are_accepted_in_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("copydesk.toml");
    std::fs::write(&config, "# ours\nlang = 'en'\n").unwrap();
    let uri = uri(&folder.path().join("a.md"));
    std::fs::write(folder.path().join("a.md"), NAMES).unwrap();
    let mut session = start(folder.path());
    session.did_open(&uri, "markdown", NAMES);
    let items = session.pull(&uri);
    let range = found(&items, "inconsistent-name")["range"].clone();
    let actions = session.actions(&uri, &range, Some("quickfix"));
    let accept = titled(&actions, "Accept this spelling")["command"].clone();
    session
        .request("workspace/executeCommand", json!({"command": accept["command"], "arguments": accept["arguments"]}));
    let written = std::fs::read_to_string(&config).unwrap();
    assert!(written.starts_with("# ours\nlang = 'en'\n") && written.contains("\"Heappey\""), "{written}");
    let items = session.pull(&uri);
    assert!(items.iter().all(|d| d["code"] != "inconsistent-name"), "{items:?}");
    session.close();
}

#[test]
fn a_finding_is_ignored_by_what_its_format_knows() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("copydesk.toml"), "lang = 'en'\n").unwrap();
    let record = json!({"id": "r1", "text": "It it ended. The the end."}).to_string();
    for (name, language, text) in [
        (
            "a.md",
            "markdown",
            "# The the pier\n\nIt it ended.\n\n- The the end\n- Two\n\n> He he said\n> so.\n\n| a | b |\n|---|---|\n| the the | b |\n",
        ),
        ("b.mdx", "mdx", "# The the pier\n\nIt it ended.\n\n- The the end\n"),
        #[cfg(feature = "html")]
        (
            "c.html",
            "html",
            "<html><body><h1>The the pier</h1>\n<p>It it ended.</p><ul><li>The the end</li></ul></body></html>\n",
        ),
        ("d.md", "markdown", "---\ntitle: The the pier\n---\n\nIt it ended.\n"),
        ("e.txt", "plaintext", "It it ended.\n"),
        ("f.jsonl", "jsonl", &*record),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let uri = uri(&path);
        let mut session = start(folder.path());
        session.did_open(&uri, language, text);
        let (mut text, mut version) = (text.to_owned(), 1);
        let mut items = session.pull(&uri);
        assert!(items.iter().filter(|d| d["code"] == "repeated-word").count() > 0, "{name}: {items:?}");
        while let Some(d) = items.iter().find(|d| d["code"] == "repeated-word") {
            let actions = session.actions(&uri, &d["range"], Some("quickfix"));
            let ignore = titled(&actions, "Ignore here");
            if let Some(edit) = ignore.get("edit") {
                text = edited(&text, edit, &uri);
                version += 1;
                session.did_change(&uri, version, json!([{"text": text}]));
            } else {
                assert!(!name.starts_with(['a', 'b', 'c']), "{name}: {text}");
                let command = &ignore["command"];
                session.request(
                    "workspace/executeCommand",
                    json!({"command": command["command"], "arguments": command["arguments"]}),
                );
            }
            let left = session.pull(&uri);
            assert_eq!(left.len(), items.len() - 1, "{name}: {text}\n{left:?}");
            items = left;
        }
        assert!(items.is_empty(), "{name}: {text}\n{items:?}");
        session.close();
    }
    let written = std::fs::read_to_string(folder.path().join("copydesk.toml")).unwrap();
    assert!(written.contains("path = \"f.jsonl\"\nrecord = \"r1\""), "{written}");
}
