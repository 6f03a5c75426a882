//! Character references: `&amp;`, `&#233;`, `&#xE9;`.

use std::borrow::Cow;

/// The longest name, `&CounterClockwiseContourIntegral;`, is shorter.
const LONGEST: usize = 40;

/// Names that stand without a semicolon too, for the sake of old pages.
const OLD: &str = " AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute \
    Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute \
    aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc \
    egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not \
    ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 \
    szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml ";

/// What the reference at the start of a text stands for, and its length; `None` if there is none.
pub fn decode(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        let length = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
        if length == 0 {
            return None;
        }
        // Numbers too large for any character are as wrong as those of none.
        let c = u32::from_str_radix(&digits[..length], radix).ok().map_or('\u{fffd}', character);
        let start = text.len() - digits.len();
        let end = start + length + usize::from(digits[length..].starts_with(';'));
        return Some((c.to_string().into(), end));
    }
    let length = body.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let name = &body[..length];
    let closed = body[length..].starts_with(';');
    if length < 2 || !closed && !OLD.split(' ').any(|old| old == name) {
        return None;
    }
    let reference = format!("&{name};");
    let decoded = html_escape::decode_html_entities(&reference);
    (decoded != reference).then(|| (decoded.into_owned().into(), 1 + length + usize::from(closed)))
}

/// The character of a number. 128 to 159 mean what they mean in windows-1252, as in browsers.
fn character(number: u32) -> char {
    match number {
        0 => '\u{fffd}',
        0x80..=0x9f => {
            let byte = [number as u8];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next().unwrap_or('\u{fffd}')
        }
        number => char::from_u32(number).unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        let read = |text| decode(text).map(|(c, n)| (c.into_owned(), n));
        let is = |c: &str, n| Some((c.to_owned(), n));
        assert_eq!(read("&amp; so"), is("&", 5));
        assert_eq!(read("&nbsp;x"), is("\u{a0}", 6));
        assert_eq!(read("&hellip;"), is("…", 8));
        assert_eq!(read("&copy 2026"), is("©", 5));
        assert_eq!(read("&#8217;s"), is("’", 7));
        assert_eq!(read("&#x1F600;"), is("😀", 9));
        assert_eq!(read("&#146;"), is("’", 6));
        assert_eq!(read("&#99999999999;"), is("\u{fffd}", 14));
        assert_eq!(read("&#65 x"), is("A", 4));
        for none in ["&", "& co", "&T", "&nosuch;", "&#;", "&#x;", "&ltd", "AT&T"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
