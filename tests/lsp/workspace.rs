//! Several articles, configurations, documents that are in no file.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::session::{Session, pulls, pushes, uri};

const FOOT: &str = "Printed on Fridays in three villages by volunteers";

fn write(folder: &Path, name: &str, text: &str) -> String {
    std::fs::write(folder.join(name), text).unwrap();
    uri(&folder.join(name))
}

/// Three articles with one foot.
fn articles(folder: &Path) -> [String; 3] {
    ["a.md", "b.md", "c.md"].map(|name| {
        let text = format!("The pier of {name} is shut since noon.\n\n{FOOT}\n");
        write(folder, name, &text)
    })
}

fn codes(items: &[Value]) -> Vec<&str> {
    items.iter().map(|d| d["code"].as_str().unwrap_or("none")).collect()
}

fn settled(session: &mut Session) {
    session.wait("refresh", |m| m["method"] == "workspace/diagnostic/refresh");
}

#[test]
fn diagnostics_are_pushed_or_pulled_never_both() {
    let folder = tempfile::tempdir().unwrap();
    let [a, ..] = articles(folder.path());
    let mut pushed = Session::start();
    let answer = pushed
        .request("initialize", json!({"processId": null, "rootUri": uri(folder.path()), "capabilities": pushes()}));
    assert_eq!(answer["capabilities"].get("diagnosticProvider"), None);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    pushed.notify("initialized", json!({}));
    assert_eq!(codes(&pushed.published(&a, None)), ["recurring-block"]);
    pushed.close();
    let mut pulled = Session::start();
    let can = pulls("utf-8");
    let answer =
        pulled.request("initialize", json!({"processId": null, "rootUri": uri(folder.path()), "capabilities": can}));
    let provider = &answer["capabilities"]["diagnosticProvider"];
    assert_eq!((&provider["interFileDependencies"], &provider["workspaceDiagnostics"]), (&json!(true), &json!(true)));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    pulled.notify("initialized", json!({}));
    settled(&mut pulled);
    pulled.did_open(&a, "markdown", "The the end.\n");
    assert_eq!(codes(&pulled.pull(&a)), ["repeated-word"]);
    let id = pulled.request("textDocument/diagnostic", json!({"textDocument": {"uri": a}}))["resultId"].clone();
    let again = json!({"textDocument": {"uri": a}, "previousResultId": id});
    assert_eq!(pulled.request("textDocument/diagnostic", again)["kind"], "unchanged");
    let rest = pulled.rest();
    assert!(rest.iter().all(|m| m["method"] != "textDocument/publishDiagnostics"), "{rest:?}");
    pulled.close();
}

#[test]
fn the_workspace_is_told_in_parts_and_what_changes_in_one_article_in_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = articles(folder.path());
    let mut session = Session::open(folder.path(), pulls("utf-16"));
    let id = session.begin("workspace/diagnostic", json!({"previousResultIds": [], "partialResultToken": "part"}));
    assert_eq!(session.answer(id)["result"], json!({"items": []}));
    let mut known = std::collections::BTreeMap::new();
    while let Some(part) = session.within(Duration::ZERO, |m| m["method"] == "$/progress") {
        assert_eq!(part["params"]["token"], "part");
        for report in part["params"]["value"]["items"].as_array().unwrap() {
            assert_eq!(codes(report["items"].as_array().unwrap()), ["recurring-block"]);
            known.insert(report["uri"].as_str().unwrap().to_owned(), report["resultId"].clone());
        }
    }
    assert_eq!(known.keys().cloned().collect::<Vec<_>>(), [a.clone(), b.clone(), c.clone()]);
    let previous = |known: &std::collections::BTreeMap<String, Value>| {
        known.iter().map(|(uri, value)| json!({"uri": uri, "value": value})).collect::<Vec<_>>()
    };
    // While nothing changes there is no answer; two articles with a foot are too few for it to be told.
    let id = session.begin("workspace/diagnostic", json!({"previousResultIds": previous(&known)}));
    assert_eq!(session.within(Duration::from_millis(500), |m| m["id"] == id && m.get("method").is_none()), None);
    session.did_open(&c, "markdown", "The pier is shut.\n");
    let report = session.answer(id)["result"]["items"].clone();
    let told: Vec<(&str, &str, usize)> = report
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["uri"].as_str().unwrap(), r["kind"].as_str().unwrap(), r["items"].as_array().map_or(9, Vec::len)))
        .collect();
    assert_eq!(told.len(), 3);
    for uri in [&a, &b, &c] {
        assert!(told.contains(&(uri.as_str(), "full", 0)), "{told:?}");
    }
    session.close();
}

#[test]
fn configurations_and_lints_of_the_house_are_read_again_when_they_change() {
    let folder = tempfile::tempdir().unwrap();
    let a = write(folder.path(), "a.md", "The the end of the shop.\n");
    std::fs::create_dir(folder.path().join("ours")).unwrap();
    let mut session = Session::open(folder.path(), pushes());
    let asked = session.wait("registration", |m| m["method"] == "client/registerCapability");
    let watchers = asked["params"]["registrations"][0]["registerOptions"]["watchers"].to_string();
    assert!(watchers.contains("**/*.toml") && watchers.contains("jsonl"), "{watchers}");
    assert_eq!(codes(&session.published(&a, None)), ["repeated-word"]);
    session.did_open(&a, "markdown", "The the end of the shop.\n");
    session.published(&a, Some(1));
    let changed = |session: &mut Session, name: &str| {
        let change = json!({"uri": uri(&folder.path().join(name)), "type": 2});
        session.notify("workspace/didChangeWatchedFiles", json!({"changes": [change]}));
    };
    write(folder.path(), "copydesk.toml", "ignore = ['repeated-word']\nlint-folders = ['ours']\n");
    write(folder.path(), "ours/our-word.toml", &own_lint("stands twice"));
    changed(&mut session, "copydesk.toml");
    let until = |session: &mut Session, wanted: &[&str]| {
        // What was worked out before the news may come first.
        loop {
            let items = session.published(&a, Some(1));
            if codes(&items) == wanted {
                return items;
            }
        }
    };
    until(&mut session, &["our-word"]);
    write(folder.path(), "ours/our-word.toml", &own_lint("is said again"));
    changed(&mut session, "ours/our-word.toml");
    while !until(&mut session, &["our-word"])[0]["message"].as_str().unwrap().contains("is said again") {}
    // A mistake is told, and the server goes on.
    write(folder.path(), "copydesk.toml", "ignroe = 3\n");
    changed(&mut session, "copydesk.toml");
    let said = session.wait("the mistake", |m| m["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("ignroe"), "{said}");
    write(folder.path(), "copydesk.toml", "");
    changed(&mut session, "copydesk.toml");
    until(&mut session, &["repeated-word"]);
    // A file that was deleted has no findings.
    let b = write(folder.path(), "b.md", "The the pier.\n");
    session.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": b, "type": 1}]}));
    assert_eq!(codes(&session.published(&b, None)), ["repeated-word"]);
    std::fs::remove_file(folder.path().join("b.md")).unwrap();
    session.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": b, "type": 3}]}));
    assert!(session.published(&b, None).is_empty());
    session.close();
}

fn own_lint(said: &str) -> String {
    format!(
        "check = 'repeated-word'\nsummary = 'a word of ours'\nmessage = '“{{word}}” {said}'\nhelp = 'delete one'\n\
         why = 'We say all once.'\nseverity = 'warning'\nset = 'default'\nmqm = 'style'\nsince = '0.1.0'\n"
    )
}

#[test]
fn settings_of_the_editor_hold_over_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let a = write(folder.path(), "a.md", "The the end.  The the pier.\n");
    write(folder.path(), "copydesk.toml", "ignore = ['repeated-word']\n");
    let mut session = Session::start();
    session.settings = json!({"select": ["doubled-space", "repeated-word"], "sevreity": 1});
    let params = json!({"processId": null, "rootUri": uri(folder.path()), "capabilities": pushes()});
    session.request("initialize", params);
    session.notify("initialized", json!({}));
    let said = session.wait("a word about the setting", |m| m["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("sevreity"), "{said}");
    session.did_open(&a, "markdown", "The the end.  The the pier.\n");
    loop {
        let items = session.published(&a, Some(1));
        if codes(&items).contains(&"doubled-space") {
            assert_eq!(codes(&items), ["repeated-word", "doubled-space", "repeated-word"]);
            break;
        }
    }
    session.settings = json!({"select": ["doubled-space"]});
    session.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    loop {
        if codes(&session.published(&a, Some(1))) == ["doubled-space"] {
            break;
        }
    }
    session.close();
}

#[test]
fn each_folder_goes_by_its_own_configuration_and_documents_in_no_file_by_their_language() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(one.path(), "copydesk.toml", "select = ['repeated-word']\n");
    write(two.path(), "copydesk.toml", "select = ['doubled-space']\n");
    let text = "The the  end.\n";
    let (a, b) = (write(one.path(), "a.md", text), write(two.path(), "b.md", text));
    let mut session = Session::start();
    let folders = json!([{"uri": uri(one.path()), "name": "one"}]);
    let params = json!({"processId": null, "rootUri": null, "workspaceFolders": folders, "capabilities": pushes()});
    session.request("initialize", params);
    session.notify("initialized", json!({}));
    assert_eq!(codes(&session.published(&a, None)), ["repeated-word"]);
    let added = json!([{"uri": uri(two.path()), "name": "two"}]);
    session.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": added, "removed": []}}));
    assert_eq!(codes(&session.published(&b, None)), ["doubled-space"]);
    // A comment is one in Markdown only.
    let text = "<!-- copydesk: ignore-file -->\n\nThe the end.\n";
    for (language, expected) in [("markdown", 0), ("plaintext", 1)] {
        let uri = format!("untitled:Untitled-{language}");
        session.did_open(&uri, language, text);
        let items = session.published(&uri, Some(1));
        assert_eq!(items.len(), expected, "{items:?}");
        session.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        if expected > 0 {
            assert!(session.published(&uri, None).is_empty());
        }
    }
    session.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [], "removed": added}}));
    assert!(session.published(&b, None).is_empty());
    session.close();
}

#[test]
fn what_is_closed_is_what_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let a = write(folder.path(), "a.md", "The end.\n");
    write(folder.path(), ".gitignore", "hidden.md\n");
    let hidden = write(folder.path(), "hidden.md", "The the pier.\n");
    let mut session = Session::open(folder.path(), pushes());
    session.did_open(&a, "markdown", "The the end.\n");
    assert_eq!(session.published(&a, Some(1)).len(), 1);
    session.notify("textDocument/didClose", json!({"textDocument": {"uri": a}}));
    loop {
        if session.published(&a, None).is_empty() {
            break;
        }
    }
    session.did_open(&hidden, "markdown", "The the pier.\n");
    assert_eq!(session.published(&hidden, Some(1)).len(), 1, "what is open is checked whatever ignore files say");
    session.notify("textDocument/didClose", json!({"textDocument": {"uri": hidden}}));
    assert!(session.published(&hidden, None).is_empty());
    session.close();
}

#[test]
fn hover_and_status_tell_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("new.md"));
    let mut session = Session::start();
    let params = json!({"processId": null, "rootUri": null, "capabilities": pushes(), "initializationOptions": {"status": true}});
    session.request("initialize", params);
    session.notify("initialized", json!({}));
    session.did_open(&uri, "markdown", "The *the* end is the ![x](a) end.\n");
    let items = session.published(&uri, Some(1));
    assert_eq!(items[0]["tags"], json!([1]));
    let href = items[0]["codeDescription"]["href"].as_str().unwrap();
    assert!(href.ends_with("/lints/repeated-word.toml"), "{href}");
    let status = session.wait("the status", |m| m["method"] == "copydesk/status");
    assert_eq!(status["params"]["words"], 6, "{status}");
    assert_eq!((&status["params"]["warnings"], &status["params"]["errors"]), (&json!(1), &json!(0)));
    let at =
        |line, character| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    let hover = session.request("textDocument/hover", at(0, 6));
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.contains("written twice") && said.contains("Readers stumble"), "{said}");
    assert_eq!(session.request("textDocument/hover", at(0, 20)), Value::Null);
    assert_eq!(session.request("copydesk/status", json!({"textDocument": {"uri": uri}}))["words"], 6);
    session.close();
}

/// An editor that pulls asks as soon as something is typed; its status line must not be left behind.
#[test]
fn the_status_is_told_after_each_change_to_those_who_pull_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("a.md"));
    let mut session = Session::start();
    let params = json!({
        "processId": null, "rootUri": null, "capabilities": pulls("utf-16"), "initializationOptions": {"status": true},
    });
    session.request("initialize", params);
    session.notify("initialized", json!({}));
    session.did_open(&uri, "markdown", "The ferry is late.\n");
    for version in 2..20 {
        let text = if version % 2 == 0 { "The the end of it.\n" } else { "The ferry is late.\n" };
        session.did_change(&uri, version, json!([{"text": text}]));
        assert_eq!(session.pull(&uri).len(), usize::from(version % 2 == 0), "version {version}");
        let status = session.wait("the status", |m| {
            m["method"] == "copydesk/status" && m["params"]["version"].as_i64() == Some(version.into())
        });
        assert_eq!(status["params"]["warnings"], i32::from(version % 2 == 0), "{status}");
    }
    session.close();
}

#[test]
fn a_mistake_in_a_configuration_is_shown_in_its_file_until_it_is_mended() {
    let broken = "ignore = ['repeated-word']\nignor = ['mojibake']\n";
    for can in [pushes(), pulls("utf-16")] {
        let pulling = can["textDocument"].get("diagnostic").is_some();
        let folder = tempfile::tempdir().unwrap();
        let a = write(folder.path(), "a.md", "The the end of the shop.\n");
        let file = write(folder.path(), "copydesk.toml", broken);
        let mut session = Session::open(folder.path(), can);
        let told = |session: &mut Session| {
            if !pulling {
                return session.published(&file, None);
            }
            let reports = session.request("workspace/diagnostic", json!({"previousResultIds": []}))["items"].clone();
            let ours = reports.as_array().unwrap().iter().find(|report| report["uri"] == file.as_str()).cloned();
            ours.map_or(Vec::new(), |report| report["items"].as_array().unwrap().clone())
        };
        let items = told(&mut session);
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!(items[0]["range"]["start"], json!({"line": 1, "character": 0}));
        assert_eq!(items[0]["severity"], 1);
        assert!(items[0]["message"].as_str().unwrap().contains("ignor"), "{items:?}");
        // The open file is no article of its own, and closing it takes nothing away.
        session.did_open(&file, "toml", broken);
        session.notify("textDocument/didClose", json!({"textDocument": {"uri": file}}));
        write(folder.path(), "copydesk.toml", "ignore = ['mojibake']\n");
        session.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": file, "type": 2}]}));
        if pulling {
            settled(&mut session);
        }
        // A client that takes what comes may be told once more of what it opened; one that asks is told what holds.
        while !told(&mut session).is_empty() {
            assert!(!pulling);
        }
        if pulling {
            assert_eq!(codes(&session.pull(&a)), ["repeated-word"]);
        } else {
            assert_eq!(codes(&session.published(&a, None)), ["repeated-word"]);
        }
        session.close();
    }
}

#[test]
fn a_mistake_in_a_lint_of_the_house_is_shown_in_its_definition_until_it_is_mended() {
    for can in [pushes(), pulls("utf-8")] {
        let pulling = can["textDocument"].get("diagnostic").is_some();
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.md", "The the end of the shop.\n");
        write(folder.path(), "copydesk.toml", "lint-folders = ['ours']\n");
        std::fs::create_dir(folder.path().join("ours")).unwrap();
        // The message has a slot that the check does not fill; the letter before it is longer than a byte.
        let lint = write(folder.path(), "ours/our-word.toml", &own_lint("é {wrod}"));
        let mut session = Session::open(folder.path(), can);
        if pulling {
            settled(&mut session);
        }
        let items = if pulling { session.pull(&lint) } else { session.published(&lint, None) };
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!(items[0]["range"]["start"]["line"], 2, "{items:?}");
        assert!(items[0]["message"].as_str().unwrap().contains("wrod"), "{items:?}");
        write(folder.path(), "ours/our-word.toml", &own_lint("is said again"));
        let changes = json!([{"uri": lint, "type": 2}]);
        session.notify("workspace/didChangeWatchedFiles", json!({"changes": changes}));
        let mended = if pulling { session.pull(&lint) } else { session.published(&lint, None) };
        assert_eq!(mended, Vec::<Value>::new());
        session.close();
    }
}

#[test]
fn of_very_many_findings_the_worst_are_told_and_how_many_more_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("a.txt"));
    let warnings = |number: usize| "The pier is is shut.\n\n".repeat(number);
    let mut session = Session::open(folder.path(), pulls("utf-16"));
    session.settings = json!({"select": ["repeated-word", "mojibake"], "lang": "en"});
    session.did_open(&uri, "plaintext", &warnings(1_000));
    assert_eq!(session.pull(&uri).len(), 1_000);
    // The one error stands last.
    let text = format!("{}The dog isnâ€™t here.\n", warnings(1_234));
    session.did_change(&uri, 2, json!([{"text": text}]));
    let told = session.pull(&uri);
    assert_eq!(told.len(), 1_000);
    let (more, told) = told.split_last().unwrap();
    assert!(more["message"].as_str().unwrap().starts_with("236 more are not shown here"), "{more}");
    assert_eq!((&more["severity"], &more["range"]["end"]["line"]), (&json!(3), &json!(0)));
    let lines: Vec<u64> = told.iter().map(|d| d["range"]["start"]["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, (0..998).map(|at| at * 2).chain([2_468]).collect::<Vec<_>>());
    assert_eq!(codes(told).last(), Some(&"mojibake"));
    let status = session.request("copydesk/status", json!({"textDocument": {"uri": uri}}));
    assert_eq!((&status["errors"], &status["warnings"]), (&json!(1), &json!(1_234)));
    session.close();
}
