//! The thread that reads what the client writes.

use std::io::BufRead;
use std::sync::PoisonError;
use std::sync::mpsc::Sender;

use lsp_server::{ErrorCode, Message};

use super::frames::{self, Broken, Frames};
use super::message::{self, Refusal};
use super::server::{Cancelled, Event};

/// Reads messages and passes them on; what is cancelled is noted as soon as it is read.
pub(super) fn read(input: impl BufRead, events: &Sender<Event>, cancelled: &Cancelled) {
    let mut frames = Frames::new(input);
    while let Ok(Some(frame)) = frames.read() {
        let event = match frame {
            Ok(body) => match message::parse(&body) {
                Ok(message) => Event::Message(message),
                Err(refusal) => Event::Refused(refusal),
            },
            Err(Broken::Header) => {
                let what = "a header must tell the length of the message: “Content-Length: 123”";
                Event::Refused(Refusal::new(ErrorCode::ParseError, what))
            }
            Err(Broken::TooLong) => {
                let what = format!("a message must not be longer than {} bytes", frames::LONGEST);
                Event::Refused(Refusal::new(ErrorCode::InvalidRequest, what))
            }
        };
        if let Event::Message(Message::Notification(notification)) = &event
            && notification.method == "$/cancelRequest"
            && let Some(id) = notification.params.get("id")
        {
            cancelled.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_string());
        }
        if events.send(event).is_err() {
            return;
        }
    }
    let _ = events.send(Event::End);
}
