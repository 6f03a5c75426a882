//! How text is written in XML reports.

use super::visible;

/// The text for an attribute or an element. Characters that XML does not admit, not even as a reference, are replaced
/// like all that steer a terminal; a parser must not refuse a report for what an article holds.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_attribute_or_breaks_the_parser() {
        assert_eq!(escaped("\"/><x a='\u{0}\n]]>&amp;\u{ffff}"), "&quot;/&gt;&lt;x a=&apos;␀ ]]&gt;&amp;amp;\u{fffd}");
    }
}
