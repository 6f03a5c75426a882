//! Which languages a word is common in: `dangling` and `common` of the files in `lints/languages/`, packed by the build.

use super::fold::{BUCKETS, bucket, word_bit, word_hash};
use super::lang::Lang;
use super::language;

/// Where each bucket of hashes begins, two bytes each; then records of a hash and a set of languages, eight bytes
/// each, in the order of their buckets.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/common.bin"));
static FILTER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/common-filter.bin"));
const RECORDS: usize = 2 * (BUCKETS + 1);
const RECORD: usize = 16;

/// A set of languages that have a file in `lints/languages/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tongues(u64);

impl Tongues {
    /// None.
    pub const NONE: Tongues = Tongues(0);

    /// The languages in which a folded word is one of the commonest: articles, prepositions, forms of “be”.
    pub fn of_word(folded: &str) -> Tongues {
        Tongues::of_hash(word_hash(folded))
    }

    /// The same, of the word with this hash (see [`Vocabulary::hash`](super::Vocabulary::hash)).
    pub fn of_hash(hash: u64) -> Tongues {
        let (byte, bit) = word_bit(hash);
        if FILTER[byte] & bit == 0 {
            return Tongues::NONE;
        }
        let begin = |bucket: usize| u16::from_le_bytes([TABLE[2 * bucket], TABLE[2 * bucket + 1]]) as usize;
        let bucket = bucket(hash);
        let records = &TABLE[RECORDS + begin(bucket) * RECORD..RECORDS + begin(bucket + 1) * RECORD];
        let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        let found = records.chunks_exact(RECORD).find(|record| number(&record[..8]) == hash);
        found.map_or(Tongues::NONE, |record| Tongues(number(&record[8..])))
    }

    /// One language; none where it has no file.
    pub fn only(lang: Lang) -> Tongues {
        language::number(lang).map_or(Tongues::NONE, |n| Tongues(1 << n))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two have a language in common.
    pub fn meets(self, other: Tongues) -> bool {
        self.0 & other.0 != 0
    }

    /// The languages.
    pub fn iter(self) -> impl Iterator<Item = Lang> {
        (0..64).filter(move |n| self.0 >> n & 1 == 1).filter_map(language::numbered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_know_their_languages() {
        let lang = |tag| Lang::parse(tag).unwrap();
        let tongues = |word| Tongues::of_word(word).iter().map(|l| l.to_string()).collect::<Vec<_>>();
        assert_eq!(tongues("zwischen"), ["de"]);
        assert!(tongues("des").contains(&"de".to_owned()) && tongues("des").contains(&"fr".to_owned()));
        assert_eq!(tongues("harbour"), Vec::<String>::new());
        assert!(Tongues::of_word("the").meets(Tongues::only(Lang::ENGLISH)));
        assert!(!Tongues::of_word("the").meets(Tongues::only(lang("fr"))));
        assert!(Tongues::only(lang("th")).is_empty());
    }
}
