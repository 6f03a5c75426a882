//! JSON as reports write it: a terminal that shows it is not steered by what stands in it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::visible::is_hidden;

/// Writes a value on one line, hidden characters (see [`visible`](super::visible())) as escapes, which mean the same.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Harmless))?)
}

struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_escaped_and_means_the_same() {
        let said = "a\u{202e}b\u{7f}\n“é”\u{e0041}";
        let mut out = Vec::new();
        write(&mut out, said).unwrap();
        assert_eq!(String::from_utf8(out.clone()).unwrap(), "\"a\\u202eb\\u007f\\n“é”\\udb40\\udc41\"");
        assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), said);
    }
}
