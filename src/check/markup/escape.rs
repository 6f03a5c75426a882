//! Escapes of program text: a line break written as `\n`, a letter written as `\u00e9`.

use super::Residue;

/// The escape that begins at the backslash at this offset.
pub(super) fn read(text: &str, at: usize) -> Option<Residue> {
    let (before, rest) = (&text[..at], &text[at + 1..]);
    let hex = |digits: usize| {
        let number = rest.get(1..1 + digits).filter(|n| n.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u32::from_str_radix(number, 16).ok().and_then(char::from_u32).filter(|c| !c.is_control())
    };
    match rest.as_bytes().first()? {
        b'u' => {
            let c = hex(4)?;
            Some(Residue::new(at, at + 6, "escape").standing_for(c))
        }
        b'x' if !before.ends_with(|c: char| c.is_ascii_alphanumeric()) || hex(2).is_some_and(|c| c == '\u{a0}') => {
            let c = hex(2)?;
            Some(Residue::new(at, at + 4, "escape").standing_for(c))
        }
        b'n' | b'r' => {
            // A path has such pieces too (`C:\new`): a line break stands behind a sentence or before another break.
            let mut length = 1;
            while matches!(rest.as_bytes().get(length..length + 2), Some(b"\\n" | b"\\r")) {
                length += 2;
            }
            let next = rest[length..].chars().next();
            let ended = before.trim_end_matches(' ').ends_with(['.', '!', '?', '…', '"', '”', '»', '。']);
            let lone = length == 1 && !(ended && next.is_none_or(|c| !c.is_lowercase()));
            let path = before.ends_with([':', '\\']) || next.is_some_and(|c| c.is_lowercase());
            // “followed by '\r\n'”: the text speaks of it.
            let named = before.ends_with(['\'', '"', '‘', '“', '`']) && next.is_some_and(|c| "'\"’”`".contains(c));
            (!lone && !path && !named).then(|| Residue::new(at, at + 1 + length, "escape").mended("\n"))
        }
        _ => None,
    }
}
