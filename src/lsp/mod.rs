//! The language server: what the command line would say, at its place, as articles are written.
//!
//! ```text
//! frames ─▶ reader ─▶ server ─▶ dispatch ─▶ documents, articles ─▶ telling, actions, hover ─▶ client
//! ```
//!
//! One thread reads frames, one goes through what they say in order, and one at a time reads the workspace. Whatever
//! changes a document is done in the order in which it came; findings are worked out when nothing more waits, so that of
//! many keystrokes in a row only the last costs a check, and nothing is put off by the clock.
//!
//! An article is checked whole at each change: that takes less time than a key takes to come up again. What is compared
//! across articles is not gathered again but for the article that changed.

mod actions;
mod articles;
mod client;
mod configuration;
mod diagnostics;
mod dispatch;
mod documents;
pub mod frames;
mod hover;
mod look;
pub mod message;
mod parent;
mod positions;
mod pull;
mod reader;
mod rules;
mod scan;
mod server;
mod settings;
mod status;
mod telling;
mod uri;

pub use server::serve;
