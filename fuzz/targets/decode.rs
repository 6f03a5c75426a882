//! From bytes to text and back.

#![no_main]

use copydesk::text::Encoding;
use copydesk::text::decode::{decode, encode};
use libfuzzer_sys::fuzz_target;

const LABELS: [Option<&str>; 8] = [
    None,
    Some("utf-8"),
    Some("windows-1252"),
    Some("shift_jis"),
    Some("gb18030"),
    Some("euc-kr"),
    Some("iso-2022-jp"),
    Some("utf-16"),
];

fuzz_target!(|bytes: &[u8]| {
    let declared = LABELS[bytes.len() % LABELS.len()];
    let Ok(decoded) = decode(bytes, declared) else { return };
    assert!(!decoded.text.contains('\0'), "a NUL is no text");
    match (encode(&decoded.text, decoded.encoding), decoded.encoding) {
        (Ok(written), Encoding::Utf8 | Encoding::Other("UTF-16LE" | "UTF-16BE")) => assert_eq!(written, bytes),
        (Err(e), Encoding::Utf8 | Encoding::Other("UTF-16LE" | "UTF-16BE")) => panic!("{e}"),
        // Older encodings write some characters in two ways.
        (Ok(written), Encoding::Other(name)) => {
            let again = decode(&written, Some(name)).expect("it was written to be read");
            assert_eq!(again.text, decoded.text);
        }
        (Err(_), _) => {}
    }
});
