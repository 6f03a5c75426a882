//! Makes hostile text harmless to show: an article must not move the cursor or turn the reading direction.

use std::borrow::Cow;

/// The text with control characters, direction marks and line separators replaced by visible stand-ins.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_hidden(c) { stand_in(c) } else { c }).collect())
}

/// Characters that steer a terminal or a reader's eye instead of showing.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

/// What to show in its place: the control picture where there is one.
pub fn stand_in(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_gets_through() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c\u{9b}d"), "a␛[31mb\u{fffd}c\u{fffd}d");
        assert!(matches!(visible("plain – text"), Cow::Borrowed(_)));
    }
}
