//! The form in which words are compared. The build makes its tables of words with the same code.

use unicode_normalization::UnicodeNormalization;

/// Appends the folded form of a word: full case folding, NFC, the typographic apostrophe as `'`.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
        return;
    }
    let folded = caseless::default_case_fold_str(word);
    out.extend(folded.nfc().map(|c| if matches!(c, '\u{2019}' | '\u{02bc}') { '\'' } else { c }));
}

/// The folded form of a word: what word sets hold and ids stand for.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// FNV-1a: short, the same on every machine, and good enough for some ten thousand words and phrases.
#[derive(Clone, Copy)]
pub struct Hash(pub u64);

impl Hash {
    /// Of nothing.
    pub const EMPTY: Hash = Hash(0xcbf2_9ce4_8422_2325);

    /// With these bytes appended.
    pub fn with(self, bytes: &[u8]) -> Hash {
        Hash(bytes.iter().fold(self.0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// The same number of hashes with any highest bits: of FNV-1a they hardly know the last bytes.
    pub fn mixed(self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// The bit of a filter of [`FILTER`] bytes that stands for it.
    pub fn bit(self) -> (usize, u8) {
        let place = (self.mixed() >> 46) as usize;
        (place / 8, 1 << (place % 8))
    }
}

/// Bytes of a filter: the hashes of some forty thousand beginnings fill a sixth of its bits.
pub const FILTER: usize = 1 << 15;

/// Into so many buckets the table of common words is parted: about one word in each.
pub const BUCKETS: usize = 1 << 12;

/// The bucket of a mixed hash.
pub fn bucket(mixed: u64) -> usize {
    (mixed >> 52) as usize
}
