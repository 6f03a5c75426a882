//! Sessions of an editor with the real server, over standard input and output.

#![cfg(feature = "lsp")]

#[path = "invariants/frames.rs"]
mod invariant;
#[path = "lsp/session.rs"]
mod session;

#[path = "lsp/actions.rs"]
mod actions;
#[path = "lsp/frames.rs"]
mod frames;
#[path = "lsp/same.rs"]
mod same;
#[path = "lsp/workspace.rs"]
mod workspace;
