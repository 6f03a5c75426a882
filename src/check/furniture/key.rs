//! The form in which phrases of page furniture are compared. The build makes the table of phrases with the same code.

/// Appends the form in which a text is compared: letters in lower case, every number as `0`, everything between
/// words as one space.
pub fn normalise(text: &str, out: &mut String) {
    each(text, |c| {
        out.push(c);
        true
    });
}

/// Calls `next` with the characters of that form until it returns false.
pub fn each(text: &str, mut next: impl FnMut(char) -> bool) {
    let mut gap = false;
    let mut last = ' ';
    // What was handed over last; nothing stands before the first word.
    let mut given = None;
    let mut give = |c: char, gap: &mut bool| {
        let apart = std::mem::take(gap) && given.is_some();
        // A number is one figure, however it is grouped.
        if c == '0' && given == Some('0') && !apart {
            return true;
        }
        given = Some(c);
        (!apart || next(' ')) && next(c)
    };
    for c in text.chars() {
        // “SubscribeSign in”: two buttons whose space was in the layout.
        gap |= last.is_lowercase() && c.is_uppercase();
        last = c;
        let more = match c {
            // Arabic marks that are written or left out at will.
            '\u{064b}'..='\u{0652}' | '\u{0640}' | '\u{200c}' | '\u{200d}' => continue,
            '\'' | '’' | 'ʼ' => continue,
            'أ' | 'إ' | 'آ' => give('ا', &mut gap),
            'a'..='z' => give(c, &mut gap),
            _ if c.is_numeric() => give('0', &mut gap),
            _ if c.is_alphabetic() => c.to_lowercase().all(|c| give(c, &mut gap)),
            _ => {
                gap = true;
                continue;
            }
        };
        if !more {
            return;
        }
    }
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
