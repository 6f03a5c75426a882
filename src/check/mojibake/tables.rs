//! Which characters can be single bytes of UTF-8 that was read in a legacy encoding.

use std::sync::LazyLock;

use encoding_rs::Encoding;

/// Encodings in the order of how often text is misread in them, Windows-1252 first; the index is the bit in the masks.
pub(super) const LATIN_1: usize = 1;
pub(super) const WINDOWS_1254: usize = 2;
pub(super) const WINDOWS_1251: usize = 5;
pub(super) const MACINTOSH: usize = 8;
pub(super) const IBM_437: usize = 9;
pub(super) const WINDOWS_1256: usize = 10;
const IBM_866: usize = 11;
const COUNT: usize = 12;

/// Characters from here on stand for no byte in any of them, save ligatures and a logo that do not matter here.
const LIMIT: usize = 0x2600;

/// The upper half of code page 437, which browsers do not know and consoles still write.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

struct Tables {
    /// For each character: in which encodings it is the first byte of a sequence.
    leads: Vec<u16>,
    /// For each character: in which encodings it is a later byte.
    tails: Vec<u16>,
    /// For each encoding: its bytes by character, sorted.
    bytes: [Vec<(char, u8)>; COUNT],
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let named: [Option<&'static Encoding>; COUNT] = [
        Some(encoding_rs::WINDOWS_1252),
        None,
        Some(encoding_rs::WINDOWS_1254),
        Some(encoding_rs::WINDOWS_1250),
        Some(encoding_rs::ISO_8859_2),
        Some(encoding_rs::WINDOWS_1251),
        Some(encoding_rs::WINDOWS_1253),
        Some(encoding_rs::WINDOWS_1257),
        Some(encoding_rs::MACINTOSH),
        None,
        Some(encoding_rs::WINDOWS_1256),
        Some(encoding_rs::IBM866),
    ];
    let mut tables = Tables { leads: vec![0; LIMIT], tails: vec![0; LIMIT], bytes: Default::default() };
    for (index, encoding) in named.iter().enumerate() {
        for byte in 0x80..=0xf4u8 {
            let c = match encoding {
                Some(e) => e.decode_without_bom_handling(&[byte]).0.chars().next(),
                None if index == LATIN_1 => Some(char::from(byte)),
                None => CP437.chars().nth(usize::from(byte - 0x80)),
            };
            let Some(c) = c.filter(|&c| (c as usize) < LIMIT && c != '\u{fffd}') else { continue };
            let masks = if byte < 0xc0 { &mut tables.tails } else { &mut tables.leads };
            // Russian letters of code page 866 are its later bytes too; box lines are the ones that no writer types.
            let plain = index == IBM_866 && byte >= 0xc0 && !matches!(byte, 0xd0 | 0xd1);
            if byte != 0xc0 && byte != 0xc1 && !plain {
                masks[c as usize] |= 1 << index;
            }
            tables.bytes[index].push((c, byte));
        }
        tables.bytes[index].sort_unstable();
    }
    tables
});

/// The encodings in which a character is the first byte of a sequence.
pub(super) fn leads(c: char) -> u16 {
    TABLES.leads.get(c as usize).copied().unwrap_or(0)
}

/// The encodings in which a character is a later byte of a sequence.
pub(super) fn tails(c: char) -> u16 {
    TABLES.tails.get(c as usize).copied().unwrap_or(0)
}

/// The byte that a character stands for.
fn byte(encoding: usize, c: char) -> Option<u8> {
    let bytes = &TABLES.bytes[encoding];
    bytes.binary_search_by_key(&c, |b| b.0).ok().map(|n| bytes[n].1)
}

/// The character whose UTF-8 the beginning of `text` is, read in this encoding, and the length of that in bytes.
pub(super) fn decode(encoding: usize, text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = byte(encoding, chars.next()?)?;
    let count = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    for slot in &mut bytes[1..count] {
        *slot = byte(encoding, chars.next()?).filter(|b| (0x80..0xc0).contains(b))?;
    }
    let meant = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    Some((meant, text.len() - chars.as_str().len()))
}
