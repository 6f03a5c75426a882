//! From the bytes of a file to text, and back: UTF-8, UTF-16 and the legacy encodings that browsers know.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, EncoderResult};

use super::source::Encoding;

/// Longer texts are refused: offsets are 32 bits.
pub const LONGEST: u64 = u32::MAX as u64;

/// A file's text; its byte order mark, if it has one, stands at the start as U+FEFF.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What the bytes were.
    pub encoding: Encoding,
}

/// Why bytes are not a text, or a text not bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undecodable {
    /// A NUL byte, in what is not UTF-16.
    #[error("not a text: a NUL byte at byte {at}")]
    Binary {
        /// Where, in bytes of the file.
        at: usize,
    },
    /// Bytes that mean nothing in the encoding.
    #[error("not {encoding} at byte {at}")]
    Malformed {
        /// The encoding by its name in the WHATWG Encoding Standard.
        encoding: &'static str,
        /// Where, in bytes of the file.
        at: usize,
    },
    /// A character that the encoding cannot write.
    #[error("“{character}” cannot be written in {encoding}")]
    Unwritable {
        /// The character.
        character: char,
        /// The encoding by its name in the WHATWG Encoding Standard.
        encoding: &'static str,
    },
    /// Over 4 GiB.
    #[error("longer than 4 GiB, the longest that is read")]
    TooLong,
}

/// Decodes a file: by its byte order mark, else as the text itself declares (`declared`, a label such as
/// `iso-8859-1` from a `<meta>`), else as UTF-8 if it is that, else by what the bytes look like.
///
/// Bytes that are UTF-8 but for a few are a damaged UTF-8 file and refused, not read as some legacy encoding.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, Undecodable> {
    if bytes.len() as u64 > LONGEST {
        return Err(Undecodable::TooLong);
    }
    let decoded = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => strictly(bytes, encoding)?,
        None => match declared.and_then(|label| encoding_rs::Encoding::for_label(label.trim().as_bytes())) {
            // A declaration that can be read as ASCII is not itself UTF-16: browsers take it for UTF-8.
            Some(encoding) if encoding.is_ascii_compatible() => strictly(bytes, encoding)?,
            _ => undeclared(bytes)?,
        },
    };
    if decoded.text.len() as u64 > LONGEST {
        return Err(Undecodable::TooLong);
    }
    Ok(decoded)
}

/// Encodes a text as the file it came from was encoded, U+FEFF at its start included. Refuses what would not come
/// back the same: characters that the encoding lacks, or bytes that it would read as something else.
pub fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, Undecodable> {
    let name = match encoding {
        Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
        Encoding::Other("UTF-16LE") => return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Other("UTF-16BE") => return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Other(name) => name,
    };
    let malformed = Undecodable::Malformed { encoding: name, at: 0 };
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).ok_or(malformed.clone())?;
    let mut encoder = encoding.new_encoder();
    let mut out = Vec::with_capacity(
        encoder.max_buffer_length_from_utf8_without_replacement(text.len()).ok_or(Undecodable::TooLong)?,
    );
    if let (EncoderResult::Unmappable(character), _) =
        encoder.encode_from_utf8_to_vec_without_replacement(text, &mut out, true)
    {
        return Err(Undecodable::Unwritable { character, encoding: name });
    }
    match strictly(&out, encoding) {
        Ok(again) if again.text == text => Ok(out),
        _ => Err(malformed),
    }
}

fn undeclared(bytes: &[u8]) -> Result<Decoded<'_>, Undecodable> {
    let nul = memchr::memchr(0, bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) if nul.is_none() => return Ok(Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8 }),
        Ok(_) => None,
        Err(e) => Some(e.valid_up_to()),
    };
    if let Some(decoded) = utf16(bytes, error.is_none()) {
        return Ok(decoded);
    }
    if let Some(at) = nul {
        return Err(Undecodable::Binary { at });
    }
    if is_nearly_utf8(bytes) {
        return Err(Undecodable::Malformed { encoding: "UTF-8", at: error.unwrap_or(0) });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    strictly(bytes, detector.guess(None, Utf8Detection::Deny))
}

/// Decodes without putting replacement characters in place of what cannot be read.
fn strictly<'a>(bytes: &'a [u8], encoding: &'static encoding_rs::Encoding) -> Result<Decoded<'a>, Undecodable> {
    let name = encoding.name();
    if encoding == encoding_rs::UTF_8 {
        let text =
            std::str::from_utf8(bytes).map_err(|e| Undecodable::Malformed { encoding: name, at: e.valid_up_to() })?;
        if let Some(at) = memchr::memchr(0, bytes) {
            return Err(Undecodable::Binary { at });
        }
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8 });
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).ok_or(Undecodable::TooLong)?;
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if let DecoderResult::Malformed(length, after) = result {
        let at = read.saturating_sub(usize::from(length) + usize::from(after));
        return Err(Undecodable::Malformed { encoding: name, at });
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Err(Undecodable::Binary { at: memchr::memchr(0, bytes).unwrap_or(at) });
    }
    text.shrink_to_fit();
    Ok(Decoded { text: Cow::Owned(text), encoding: Encoding::Other(name) })
}

/// UTF-16 without a byte order mark. White space and ASCII punctuation occur in the text of every script and have a
/// zero byte on one side; the order that shows more of them, and is valid throughout, is the right one.
///
/// Bytes that are ASCII but for a stray NUL (`is_utf8`) would pass for Chinese: there nearly every two are letters.
fn utf16(bytes: &[u8], is_utf8: bool) -> Option<Decoded<'_>> {
    let head = &bytes[..bytes.len().min(8_192)];
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let plain = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let little = head.chunks_exact(2).filter(|c| c[1] == 0 && plain(c[0])).count();
    let big = head.chunks_exact(2).filter(|c| c[0] == 0 && plain(c[1])).count();
    let letters = head.chunks_exact(2).filter(|c| plain(c[0]) && plain(c[1])).count();
    if little.max(big) * 2 * 50 < head.len() || is_utf8 && letters * 2 * 4 > head.len() * 3 {
        return None;
    }
    strictly(bytes, if little > big { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE }).ok()
}

/// Whether most of what is not ASCII are whole UTF-8 sequences: legacy text holds hardly any by accident.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None).unwrap().text.into_owned()
    }

    fn there_and_back(bytes: &[u8], name: &'static str, expected: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.encoding, Encoding::Other(name));
        assert_eq!(decoded.text, expected);
        assert_eq!(encode(&decoded.text, decoded.encoding).unwrap(), bytes);
    }

    #[test]
    fn utf8_stays_as_it_is_and_keeps_its_mark() {
        assert_eq!(text("né\r\n".as_bytes()), "né\r\n");
        assert_eq!(text(b"\xEF\xBB\xBFna"), "\u{feff}na");
    }

    #[test]
    fn utf16_goes_there_and_back_with_a_mark_and_without() {
        there_and_back(b"\xFF\xFEh\0i\0 \0\xE9\0", "UTF-16LE", "\u{feff}hi é");
        there_and_back(b"\xFE\xFF\0h\0i", "UTF-16BE", "\u{feff}hi");
        there_and_back(b"h\0i\0 \0t\0h\0e\0r\0e\0", "UTF-16LE", "hi there");
        let chinese: Vec<u8> =
            "大桥关闭了。\n委员会没有说明原因。\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        there_and_back(&chinese, "UTF-16BE", "大桥关闭了。\n委员会没有说明原因。\n");
        let russian: Vec<u8> = "Мост закрыт.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        there_and_back(&russian, "UTF-16LE", "Мост закрыт.\n");
    }

    #[test]
    fn legacy_encodings_are_told_from_the_bytes() {
        there_and_back(b"Le caf\xE9 o\xF9 l'\xE9t\xE9 passe", "windows-1252", "Le café où l'été passe");
        let russian = "Мост закрыт до конца недели, сообщили в городском совете.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        there_and_back(&bytes, "windows-1251", russian);
        let japanese = "この橋は火曜日に閉鎖されました。カナダの記者によると、委員会はその理由を説明しませんでした。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(japanese);
        there_and_back(&bytes, "Shift_JIS", japanese);
    }

    #[test]
    fn a_declaration_wins_over_a_guess() {
        let bytes = b"\xEA\xE8\xF2";
        assert_eq!(decode(bytes, Some("windows-1251")).unwrap().text, "кит");
        assert_eq!(decode(bytes, Some("iso-8859-1")).unwrap().text, "êèò");
    }

    #[test]
    fn damaged_utf8_and_binary_files_are_refused_with_the_place() {
        let damaged = [&"größer und schöner, süß ".repeat(3).into_bytes()[..], b"\xC3", b" weiter"].concat();
        let error = decode(&damaged, None).unwrap_err();
        assert_eq!(error, Undecodable::Malformed { encoding: "UTF-8", at: damaged.len() - 8 });
        assert_eq!(decode(b"PK\x03\x04\0\0\x01", None).unwrap_err(), Undecodable::Binary { at: 4 });
        assert_eq!(decode(b"fine\0fine", None).unwrap_err(), Undecodable::Binary { at: 4 });
    }

    #[test]
    fn nothing_is_written_that_would_not_come_back() {
        let error = encode("naïve 橋", Encoding::Other("windows-1252")).unwrap_err();
        assert_eq!(error.to_string(), "“橋” cannot be written in windows-1252");
        // Written as a backslash, which reads as a backslash.
        assert!(encode("1¥", Encoding::Other("Shift_JIS")).is_err());
    }

    #[test]
    fn a_stray_nul_makes_no_utf_16_of_a_text() {
        let bytes = b"Text with a NUL \0 in it. The dog saw the the cat.\n";
        assert!(bytes.len().is_multiple_of(2));
        assert!(matches!(decode(bytes, None), Err(Undecodable::Binary { at: 16 })));
    }
}
