//! Spaces that are missing, that are too many, or that stand where none belongs.

mod doubled;
mod missing;
mod stray;

pub use doubled::DoubledSpace;
pub use missing::MissingSpace;
pub use stray::StraySpace;

/// The stretch without white space around a byte; `None` where it is longer than `limit` bytes on either side, which
/// keeps one endless token from being read again for every mark in it.
fn chunk(text: &str, at: usize, limit: usize) -> Option<std::ops::Range<usize>> {
    let mut start = at.saturating_sub(limit);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (at + limit).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let begin = text[start..at].rfind(char::is_whitespace);
    let stop = text[at..end].find(char::is_whitespace);
    let begin = match begin {
        Some(i) => start + i + text[start + i..].chars().next().map_or(1, char::len_utf8),
        None if start == 0 => 0,
        None => return None,
    };
    let stop = match stop {
        Some(i) => at + i,
        None if end == text.len() => end,
        None => return None,
    };
    Some(begin..stop)
}
