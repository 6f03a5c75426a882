//! What must hold whatever an editor sends.

use copydesk::lsp::frames::{self, Frames};
use copydesk::lsp::message;

/// Each frame of a stream is a message or refused, and whatever came before, the next one is read.
pub fn are_read(stream: &[u8]) {
    let bodies = read(stream);
    for body in bodies.iter().flatten() {
        assert!(body.len() <= stream.len());
        let _ = message::parse(body);
    }
    // What is written after a whole frame is read as it was written.
    let mut after = Vec::new();
    let sent = serde_json::json!({"jsonrpc": "2.0", "method": "x", "params": String::from_utf8_lossy(stream)});
    frames::write(&mut after, &sent).expect("memory takes it");
    let last = read(&after).pop().flatten().expect("it is one frame");
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&last).expect("it is JSON"), sent);
}

fn read(stream: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut frames = Frames::new(stream);
    let mut bodies = Vec::new();
    while let Ok(Some(frame)) = frames.read() {
        bodies.push(frame.ok());
    }
    bodies
}
