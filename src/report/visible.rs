//! Makes hostile text harmless to show: an article must not move the cursor, turn the reading direction or give orders
//! to the machine that reads the log.

use std::borrow::Cow;
use std::path::Path;

/// The text with control characters, direction marks and line separators replaced by visible stand-ins, and with the
/// marks that begin a command in a build log broken up.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.char_indices().map(|(at, c)| shown(c, &text[at..])).collect())
}

/// What to show for a character with which `rest` begins.
pub fn shown(c: char, rest: &str) -> char {
    match c {
        // Build servers look for these anywhere in a line.
        '#' if rest.starts_with("##[") || rest.starts_with("##vso[") => '♯',
        c if is_hidden(c) => stand_in(c),
        c => c,
    }
}

/// A path as reports show it: with forward slashes, harmless, and never so that a line which begins with it could be
/// taken for a command by a build server.
pub fn visible_path(path: &Path) -> String {
    let path = slashed(path);
    let shown = visible(&path);
    let start = shown.trim_start();
    // One colon is enough: a report writes one of its own after the path “:”.
    if start.starts_with(':') || start.starts_with('♯') { format!("./{shown}") } else { shown.into_owned() }
}

/// A path with forward slashes on every system.
pub fn slashed(path: &Path) -> Cow<'_, str> {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { Cow::Owned(text.replace('\\', "/")) } else { text }
}

/// Characters that steer a terminal or a reader's eye instead of showing.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

/// What to show in its place: the control picture where there is one.
fn stand_in(c: char) -> char {
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

    #[test]
    fn commands_to_build_servers_are_broken_up() {
        assert_eq!(visible("a ##vso[task.x]b ##[add-mask]c ## d"), "a ♯#vso[task.x]b ♯#[add-mask]c ## d");
        assert_eq!(visible_path(Path::new("::error x.txt")), "./::error x.txt");
        assert_eq!(visible_path(Path::new(" ::error x.txt")), "./ ::error x.txt");
        assert_eq!(visible_path(Path::new(":")), "./:");
        assert_eq!(visible_path(Path::new("a::b.txt")), "a::b.txt");
    }
}
