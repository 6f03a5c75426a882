//! Figures of all scripts.

/// The noughts of the decimal figures of Unicode; nine more follow each.
const NOUGHTS: &[u32] = &[
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
    0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/// The value of a decimal figure of any script, 0 to 9.
pub fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let code = c as u32;
    let nought = NOUGHTS[..NOUGHTS.partition_point(|&n| n <= code)].last()?;
    (code - nought < 10).then_some((code - nought) as u8)
}

/// A fraction that is one character, in hundredths where it has an exact value in them, else its two numbers.
pub fn fraction(c: char) -> Option<&'static str> {
    Some(match c {
        '½' => "0.5",
        '¼' => "0.25",
        '¾' => "0.75",
        '⅕' => "0.2",
        '⅖' => "0.4",
        '⅗' => "0.6",
        '⅘' => "0.8",
        '⅛' => "0.125",
        '⅜' => "0.375",
        '⅝' => "0.625",
        '⅞' => "0.875",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_scripts() {
        let read = |s: &str| s.chars().map(digit).collect::<Option<Vec<u8>>>();
        for figures in ["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９", "๐๑๒๓๔๕๖๗๘๙"]
        {
            assert_eq!(read(figures), Some((0..10).collect()), "{figures}");
        }
        assert_eq!(digit('x').or(digit('一')).or(digit('²')).or(digit('Ⅷ')), None);
    }
}
