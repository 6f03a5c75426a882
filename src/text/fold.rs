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

/// The hash of a folded word in the vocabulary of a document and in every table that is asked for the words of one:
/// eight bytes a step, so that a short word takes a step or two. Of words up to eight bytes it is one to one for each
/// length.
pub fn word_hash(folded: &str) -> u64 {
    let eights = folded.as_bytes().chunks(8).map(|part| {
        let mut eight = [0; 8];
        eight[..part.len()].copy_from_slice(part);
        u64::from_le_bytes(eight)
    });
    word_hash_end(eights.fold(folded.len() as u64, word_hash_step))
}

/// The next step of [`word_hash`], which begins with the length in bytes: eight bytes, zeros after the last.
pub fn word_hash_step(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(5) ^ eight).wrapping_mul(0xf135_7aea_2e62_a9c5)
}

/// The last step: a table takes its place from the lowest bits and its tag from the highest; multiplication mixes
/// upwards.
pub fn word_hash_end(hash: u64) -> u64 {
    hash.rotate_left(26)
}

/// Into so many buckets the table of common words is parted: about one word in each.
pub const BUCKETS: usize = 1 << 12;

/// The bucket of a word's hash.
pub fn bucket(hash: u64) -> usize {
    hash as usize % BUCKETS
}

/// Bytes of a filter of words: several thousand of them fill a tenth of its bits.
pub const WORD_FILTER: usize = 1 << 13;

/// The bit of a filter that stands for the hash of a word: most words that are in no table are told by it, without the
/// wait for the table.
pub fn word_bit(hash: u64) -> (usize, u8) {
    let place = (hash >> 10) as usize % (8 * WORD_FILTER);
    (place / 8, 1 << (place % 8))
}
