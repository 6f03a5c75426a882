//! From the body of a frame to a message, or to the error that answers it.

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde_json::Value;

/// Why something is refused.
#[derive(Debug)]
pub struct Refusal {
    /// The request, where it can be told.
    pub id: Option<RequestId>,
    /// What kind of mistake it is.
    pub code: ErrorCode,
    /// What is wrong.
    pub message: String,
}

impl Refusal {
    /// A refusal of what has no number.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Refusal {
        Refusal { id: None, code, message: message.into() }
    }
}

/// Reads a message.
///
/// # Errors
///
/// What is no JSON, and JSON that is no message.
pub fn parse(body: &[u8]) -> Result<Message, Refusal> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|e| Refusal::new(ErrorCode::ParseError, format!("the message is not JSON: {e}")))?;
    let invalid =
        |id: Option<RequestId>, what: &str| Refusal { id, code: ErrorCode::InvalidRequest, message: what.into() };
    let Value::Object(mut fields) = value else {
        return Err(invalid(None, "the message is no object; batches are not part of the protocol"));
    };
    let id = match fields.remove("id") {
        None => None,
        Some(id) => {
            let read = serde_json::from_value::<RequestId>(id);
            Some(read.map_err(|_| invalid(None, "the id is neither a string nor an integer of 32 bits"))?)
        }
    };
    if fields.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err(invalid(id, "the message does not say “jsonrpc”: “2.0”"));
    }
    let method = match fields.remove("method") {
        None => None,
        Some(Value::String(method)) => Some(method),
        Some(_) => return Err(invalid(id, "the method is no string")),
    };
    let params = fields.remove("params").unwrap_or_default();
    match (id, method) {
        (Some(id), Some(method)) => Ok(Message::Request(Request { id, method, params })),
        (None, Some(method)) => Ok(Message::Notification(Notification { method, params })),
        (Some(id), None) => {
            let error = fields.remove("error").and_then(|error| serde_json::from_value::<ResponseError>(error).ok());
            let result = fields.remove("result").unwrap_or_default();
            Ok(Message::Response(Response { id, response_result: error.map_or(Ok(result), Err) }))
        }
        (None, None) => Err(invalid(None, "the message has neither a method nor an id")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_refused_with_the_right_code() {
        let code = |body: &[u8]| parse(body).err().map(|refusal| refusal.code as i32);
        assert_eq!(code(b"{\"jsonrpc\": \"2.0\", \"method\": \"a\xc3\""), Some(-32700));
        assert_eq!(code(b"{\"jsonrpc\": \"2.0\", \"method\": \"\xc3\"}"), Some(-32700));
        assert_eq!(code("[".repeat(100_000).as_bytes()), Some(-32700));
        for body in ["[]", "1", "{}", r#"{"jsonrpc": "2.0", "id": null, "method": "a"}"#, r#"{"id": 1, "method": "a"}"#]
        {
            assert_eq!(code(body.as_bytes()), Some(-32600), "{body}");
        }
        assert_eq!(code(br#"{"jsonrpc": "2.0", "id": 1, "method": "a"}"#), None);
        assert_eq!(code(br#"{"jsonrpc": "2.0", "id": "x", "result": null}"#), None);
    }
}
