//! The frames in which messages come: a header that tells the length, then so many bytes of JSON.
//!
//! The reader of the crate lsp-server is not used: it sets aside whatever length a header announces, 2⁶³ bytes too, and
//! ends the session at the first header that it does not understand. Here a body is read as it comes and never beyond
//! [`LONGEST`], and after a broken header the next one is looked for.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;

/// Longer messages are refused, in bytes.
pub const LONGEST: u64 = 64 << 20;
/// A line of a header has no more bytes.
const LINE: u64 = 4096;
/// How the header begins that matters.
const LENGTH: &[u8] = b"content-length:";

/// What is wrong with a frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Broken {
    /// Its header tells no length, or one that is none.
    Header,
    /// It is longer than what is read.
    TooLong,
}

/// Reads frames.
pub struct Frames<R> {
    input: R,
    /// Whether the place in the stream was lost: the next header may begin anywhere.
    lost: bool,
}

impl<R: BufRead> Frames<R> {
    /// Reads frames from a stream.
    pub fn new(input: R) -> Frames<R> {
        Frames { input, lost: false }
    }

    /// The next body; `None` at the end of the stream, even if that comes inside a frame.
    ///
    /// # Errors
    ///
    /// Those of the stream. A broken frame is none: the one after it can be read.
    pub fn read(&mut self) -> io::Result<Option<Result<Vec<u8>, Broken>>> {
        let mut length = None;
        let mut broken = false;
        let mut line = Vec::new();
        if self.lost {
            match self.find()? {
                Some(found) => line = found,
                None => return Ok(None),
            }
            self.lost = false;
        }
        loop {
            let whole = line.ends_with(b"\n");
            if !whole {
                (&mut self.input).take(LINE).read_until(b'\n', &mut line)?;
            }
            if line.is_empty() {
                return Ok(None);
            }
            let text = line.trim_ascii();
            if text.is_empty() && line.ends_with(b"\n") {
                break;
            }
            match field(text) {
                Some((name, value)) if name.eq_ignore_ascii_case(b"content-length") => {
                    length = std::str::from_utf8(value).ok().and_then(|value| value.parse::<u64>().ok());
                    broken |= length.is_none();
                }
                Some(_) if line.ends_with(b"\n") => {}
                _ => broken = true,
            }
            if broken {
                self.lost = true;
                return Ok(Some(Err(Broken::Header)));
            }
            line.clear();
        }
        let Some(length) = length else {
            self.lost = true;
            return Ok(Some(Err(Broken::Header)));
        };
        if length > LONGEST {
            self.lost = true;
            return Ok(Some(Err(Broken::TooLong)));
        }
        let mut body = Vec::new();
        (&mut self.input).take(length).read_to_end(&mut body)?;
        Ok((body.len() as u64 == length).then_some(Ok(body)))
    }

    /// Looks for the next header. No message holds a line break before such words unless it is escaped, so that what is
    /// found is a header, or an end of the stream.
    fn find(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut seen: Vec<u8> = Vec::new();
        loop {
            let read = (&mut self.input).take(LINE).read_until(b'\n', &mut seen)?;
            let at = seen.windows(LENGTH.len()).rposition(|window| window.eq_ignore_ascii_case(LENGTH));
            if let Some(at) = at {
                return Ok(Some(seen.split_off(at)));
            }
            if read == 0 {
                return Ok(None);
            }
            // The words may be cut in two by the end of this piece.
            seen.drain(..seen.len().saturating_sub(LENGTH.len() - 1));
        }
    }
}

fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// Writes a message in a frame, in one piece.
///
/// # Errors
///
/// Those of the stream.
pub fn write(out: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    // Room for the longest header, which is put in when the length is known.
    const ROOM: usize = 48;
    let mut frame = vec![0; ROOM];
    serde_json::to_writer(&mut frame, message)?;
    let header = format!("Content-Length: {}\r\n\r\n", frame.len() - ROOM);
    let start = ROOM - header.len();
    frame[start..ROOM].copy_from_slice(header.as_bytes());
    out.write_all(&frame[start..])?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(stream: &[u8]) -> Vec<Result<String, Broken>> {
        let mut frames = Frames::new(stream);
        let mut all = Vec::new();
        while let Some(frame) = frames.read().unwrap() {
            all.push(frame.map(|body| String::from_utf8_lossy(&body).into_owned()));
        }
        all
    }

    #[test]
    fn bodies_come_by_their_length() {
        let stream =
            b"Content-Length: 2\r\n\r\n{}Content-Type: x\r\ncontent-length:3\r\n\r\n[1]Content-Length: 9\r\n\r\n{";
        assert_eq!(read(stream), [Ok("{}".into()), Ok("[1]".into())]);
        let mut out = Vec::new();
        write(&mut out, &serde_json::json!({"é": 1})).unwrap();
        assert_eq!(read(&out), [Ok("{\"é\":1}".into())]);
    }

    #[test]
    fn after_a_broken_frame_the_next_one_is_read() {
        for bad in
            ["Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: x", "No-Length: 3", "?"]
        {
            let stream = format!("{bad}\r\n\r\n{{\"a\": 1}}Content-Length: 2\r\n\r\n{{}}");
            assert_eq!(read(stream.as_bytes()), [Err(Broken::Header), Ok("{}".into())], "{bad}");
        }
        let stream = format!("Content-Length: {}\r\n\r\n{{}}Content-Length: 2\r\n\r\n{{}}", 1u64 << 63);
        assert_eq!(read(stream.as_bytes()), [Err(Broken::TooLong), Ok("{}".into())]);
        let long = format!("X: {}\r\nContent-Length: 2\r\n\r\n{{}}", "x".repeat(10 << 20));
        assert_eq!(read(long.as_bytes()), [Err(Broken::Header), Ok("{}".into())]);
    }
}
