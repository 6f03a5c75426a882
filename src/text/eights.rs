//! Eight bytes of text at a time, as one number, the first byte lowest.

/// One in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = 0x80 * EACH;

/// One to eight bytes from a place on, zeros after the last.
pub fn at(bytes: &[u8], start: usize, length: usize) -> u64 {
    match bytes[start..].first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight) & u64::MAX >> (64 - 8 * length),
        None => {
            let mut eight = [0; 8];
            eight[..length].copy_from_slice(&bytes[start..start + length]);
            u64::from_le_bytes(eight)
        }
    }
}

/// Whether all are ASCII.
pub fn are_ascii(eight: u64) -> bool {
    eight & HIGH == 0
}

/// ASCII with small letters for capitals: bytes from `A` on and bytes beyond `Z` carry into their highest bits, and those
/// that do the one and not the other get the bit that parts small letters from capitals.
pub fn lowered(eight: u64) -> u64 {
    let (from_a, beyond_z) = (eight + u64::from(0x80 - b'A') * EACH, eight + u64::from(0x7f - b'Z') * EACH);
    eight | (from_a & !beyond_z & HIGH) >> 2
}

/// The highest bit of each byte that is an ASCII letter.
fn letters(eight: u64) -> u64 {
    let small = (eight & !HIGH) | (0x20 * EACH);
    let (from_a, beyond_z) = (small + u64::from(0x80 - b'a') * EACH, small + u64::from(0x7f - b'z') * EACH);
    from_a & !beyond_z & !eight & HIGH
}

/// The end of the run of ASCII letters that begins at a place; the place itself where none stands there.
pub fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes[at..].first_chunk::<8>() {
        let others = letters(u64::from_le_bytes(*eight)) ^ HIGH;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        at += 1;
    }
    at
}

/// The first byte from a place on that is neither an ASCII letter nor a space; the end where there is none.
pub fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes[at..].first_chunk::<8>() {
        let eight = u64::from_le_bytes(*eight);
        let no_space = eight ^ (u64::from(b' ') * EACH);
        let spaces = !(((no_space & !HIGH) + 0x7f * EACH) | no_space) & HIGH;
        let others = (letters(eight) | spaces) ^ HIGH;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|b| b.is_ascii_alphabetic() || *b == b' ') {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn eight_at_a_time_is_as_one_by_one(bytes in vec(prop_oneof![any::<u8>(), Just(b' '), b'A'..b'{'], 8..32), at in 0..8_usize) {
            let end = bytes[at..].iter().position(|b| !b.is_ascii_alphabetic()).map_or(bytes.len(), |n| at + n);
            prop_assert_eq!(letters_end(&bytes, at), end);
            let is_plain = |b: &u8| b.is_ascii_alphabetic() || *b == b' ';
            let end = bytes[at..].iter().position(|b| !is_plain(b)).map_or(bytes.len(), |n| at + n);
            prop_assert_eq!(plain_end(&bytes, at), end);
            let ascii: Vec<u8> = bytes[..8].iter().map(|b| b & 0x7f).collect();
            let eight = super::at(&ascii, 0, 8);
            prop_assert_eq!(lowered(eight).to_le_bytes().to_vec(), ascii.to_ascii_lowercase());
            prop_assert_eq!(are_ascii(super::at(&bytes, at, 8.min(bytes.len() - at))), bytes[at..].iter().take(8).all(u8::is_ascii));
        }
    }
}
