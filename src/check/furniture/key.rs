//! The form in which phrases of page furniture are compared. The build makes the table of phrases with the same code.

/// Appends the form in which a text is compared: letters in lower case, every number as `0`, everything between
/// words as one space.
pub fn normalise(text: &str, out: &mut String) {
    let start = out.len();
    let mut gap = false;
    let mut last = ' ';
    for c in text.chars() {
        // “SubscribeSign in”: two buttons whose space was in the layout.
        gap |= last.is_lowercase() && c.is_uppercase();
        last = c;
        match c {
            // Arabic marks that are written or left out at will.
            '\u{064b}'..='\u{0652}' | '\u{0640}' | '\u{200c}' | '\u{200d}' => continue,
            _ if c.is_numeric() => {
                separate(out, start, &mut gap);
                if !out[start..].ends_with('0') {
                    out.push('0');
                }
            }
            'أ' | 'إ' | 'آ' => {
                separate(out, start, &mut gap);
                out.push('ا');
            }
            '\'' | '’' | 'ʼ' => {}
            _ if c.is_alphabetic() => {
                separate(out, start, &mut gap);
                out.extend(c.to_lowercase());
            }
            _ => gap = true,
        }
    }
}

fn separate(out: &mut String, start: usize, gap: &mut bool) {
    if *gap && out.len() > start {
        out.push(' ');
    }
    *gap = false;
}

/// Bytes of one record of the table: hash, category, language, flags.
pub const RECORD: usize = 11;
/// Furniture wherever it is a whole block.
pub const STRONG: u8 = 1;
/// Anything may follow.
pub const BEGINS: u8 = 2;
/// A colon or the like stands between the phrase and what follows.
pub const COLON: u8 = 4;
/// What such a phrase ends in.
pub const COLONS: [char; 4] = [':', '：', '=', '＝'];
