//! What goes wrong between client and server.

use std::process::{Command, Stdio};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::invariant;
use super::session::{Session, pulls, pushes, uri};

fn code(session: &mut Session) -> i64 {
    session.wait("an error without an id", |m| m["id"].is_null() && m.get("error").is_some())["error"]["code"]
        .as_i64()
        .unwrap()
}

#[test]
fn broken_frames_are_answered_and_the_session_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::open(folder.path(), pushes());
    for (bytes, expected) in [
        (&b"Content-Length: 9223372036854775808\r\n\r\n"[..], -32600),
        (b"Content-Length: -5\r\n\r\n", -32700),
        (b"Content-Length: 67108865\r\n\r\n{}", -32600),
        (b"Content-Type: x\r\n\r\n", -32700),
        (b"\x00\xff\r\n\r\n", -32700),
        (b"Content-Length: 4\r\n\r\n{\"\xc3\x28", -32700),
        (b"Content-Length: 5\r\n\r\n[1,2]", -32600),
        (b"Content-Length: 2\r\n\r\n{}", -32600),
        (b"Content-Length: 47\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"shutdown\"}", -32600),
    ] {
        session.bytes(bytes);
        assert_eq!(code(&mut session), expected, "{}", String::from_utf8_lossy(bytes));
        assert_eq!(session.refused("copydesk/nothing", json!({})), -32601);
    }
    let _ = session.rest();
    session.close();
}

#[test]
fn requests_come_in_their_order() {
    let mut session = Session::start();
    assert_eq!(session.refused("textDocument/hover", json!({})), -32002);
    assert_eq!(session.refused("shutdown", Value::Null), -32002);
    session.did_open("file:///a.md", "markdown", "The the.");
    session.request("initialize", json!({"processId": null, "rootUri": null, "capabilities": {}}));
    session.notify("initialized", json!({}));
    assert_eq!(session.refused("initialize", json!({"capabilities": {}})), -32600);
    assert_eq!(session.refused("textDocument/hover", json!({"position": 3})), -32602);
    assert_eq!(session.refused("$/unheard", json!({})), -32601);
    session.notify("$/unheard", json!({}));
    assert_eq!(session.refused("workspace/executeCommand", json!({"command": "x"})), -32602);
    session.request("shutdown", Value::Null);
    assert_eq!(session.refused("textDocument/hover", json!({})), -32600);
    session.notify("exit", Value::Null);
    assert_eq!(session.code(), Some(0));
}

/// Some editors ask for something with each change; what they ask must not swallow the diagnostics.
#[test]
fn a_request_right_after_a_change_leaves_the_diagnostics_to_be_told() {
    let folder = tempfile::tempdir().unwrap();
    let a = uri(&folder.path().join("a.md"));
    let mut session = Session::open(folder.path(), pushes());
    session.did_open(&a, "markdown", "The ferry is late.\n");
    assert!(session.published(&a, Some(1)).is_empty());
    let end = json!({"line": 0, "character": 0});
    for version in 2..30 {
        let text = if version % 2 == 0 { "The the end of it.\n" } else { "The ferry is late.\n" };
        session.did_change(&a, version, json!([{"text": text}]));
        session.request("textDocument/hover", json!({"textDocument": {"uri": a}, "position": end}));
        assert_eq!(session.published(&a, Some(version)).len(), usize::from(version % 2 == 0), "version {version}");
    }
    session.close();
}

#[test]
fn the_exit_code_tells_whether_the_client_took_its_leave() {
    for (hang_up, shutdown, expected) in [(false, false, 1), (true, false, 1), (true, true, 0)] {
        let mut session = Session::start();
        session.request("initialize", json!({"processId": null, "rootUri": null, "capabilities": {}}));
        if shutdown {
            session.request("shutdown", Value::Null);
        }
        if hang_up {
            session.hang_up()
        } else {
            session.notify("exit", Value::Null)
        }
        assert_eq!(session.code(), Some(expected));
    }
    // A frame that is cut off by the end.
    let mut session = Session::start();
    session.bytes(b"Content-Length: 100\r\n\r\n{");
    session.hang_up();
    assert_eq!(session.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_parent_that_dies_takes_the_server_with_it() {
    let mut parent = Command::new("sleep").arg("60").stdin(Stdio::null()).spawn().unwrap();
    let mut session = Session::start();
    session.request("initialize", json!({"processId": parent.id(), "rootUri": null, "capabilities": {}}));
    assert_eq!(session.within(Duration::from_millis(1500), |_| true), None);
    parent.kill().unwrap();
    parent.wait().unwrap();
    // What it reads stays open, and still it ends.
    assert_eq!(session.code(), Some(1));
}

#[test]
fn changes_that_cannot_be_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("new.md"));
    let mut session = Session::open(folder.path(), pushes());
    session.did_open(&uri, "markdown", "One.\n");
    session.published(&uri, Some(1));
    session.did_change(&uri, 5, json!([{"text": "The the end.\n"}]));
    assert_eq!(session.published(&uri, Some(5)).len(), 1);
    // Versions that go back, or stay.
    for version in [4, 5, -1] {
        session.did_change(&uri, version, json!([{"text": "Nothing.\n"}]));
        let said = session.wait("a word about it", |m| m["method"] == "window/logMessage");
        assert!(said["params"]["message"].as_str().unwrap().contains("passed over"), "{said}");
    }
    // A range that ends before it begins, and one that lies outside.
    let range = json!({"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 3}});
    session.did_change(&uri, 6, json!([{"range": range, "text": ""}]));
    assert_eq!(session.published(&uri, Some(6)).len(), 0);
    let range = json!({"start": {"line": 90, "character": 7}, "end": {"line": 99, "character": 3}});
    session.did_change(&uri, 7, json!([{"range": range, "text": "The the pier.\n"}]));
    assert_eq!(session.published(&uri, Some(7)).len(), 1);
    let range = json!({"start": {"line": 1, "character": 7}, "end": {"line": 0, "character": 3}});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    assert_eq!(session.refused("textDocument/codeAction", params), -32602);
    session.did_change("file:///not/open.md", 2, json!([{"text": "x"}]));
    session.wait("a word about it", |m| m["method"] == "window/logMessage");
    session.close();
}

#[test]
fn what_is_cancelled_is_answered_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "The the end.\n").unwrap();
    let mut session = Session::open(folder.path(), pulls("utf-16"));
    session.wait("refresh", |m| m["method"] == "workspace/diagnostic/refresh");
    let id = session.begin("workspace/diagnostic", json!({"previousResultIds": []}));
    let report = session.answer(id)["result"]["items"][0].clone();
    let known = json!([{"uri": report["uri"], "value": report["resultId"]}]);
    // Nothing is new, so that this one is held.
    let id = session.begin("workspace/diagnostic", json!({"previousResultIds": known}));
    session.notify("$/cancelRequest", json!({"id": id}));
    assert_eq!(session.answer(id)["error"]["code"], -32800);
    // One after the other in one piece: the second is known before the first is answered.
    let body = |value: Value| {
        let body = value.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let held = session.begin("workspace/diagnostic", json!({"previousResultIds": known}));
    session.request("shutdown", Value::Null);
    assert_eq!(session.answer(held)["error"]["code"], -32802);
    session.bytes(body(json!({"jsonrpc": "2.0", "method": "exit"})).as_bytes());
    assert_eq!(session.code(), Some(0));
}

/// Pieces of frames, whole and broken, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let header = prop_oneof![
        (0u32..40).prop_map(|n| format!("Content-Length: {n}\r\n")),
        "content-length:[ ]{0,2}[-+]?[0-9]{0,22}\r?\n",
        Just("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n".to_owned()),
        "[ -~]{0,12}\r?\n",
    ];
    let whole = "[ -~é😀]{0,20}".prop_map(|text| {
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": text}).to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    });
    let piece = prop_oneof![
        header.prop_map(String::into_bytes),
        whole.prop_map(String::into_bytes),
        Just(b"\r\n".to_vec()),
        prop::collection::vec(any::<u8>(), 0..24),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_is_read_to_its_end(stream in pieces()) {
        invariant::are_read(&stream);
    }
}
