//! Names made of several words, written as one: “OpenHarbour”.

use crate::nearest;

/// Words up to this length, in letters, that begin with other letters are two.
const SHORT: usize = 3;

/// Whether two like names have a word in common and are told apart by another: “OpenHarbour” and “OpenHarvest” are two, as
/// “Harbour” and “HarbourOS” are. What differs in a letter or two (“OpenHarbour”, “OpenHarbor”) may be a slip.
pub fn are_two(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (words(a), words(b));
    if a.len().max(b.len()) < 2 {
        return false;
    }
    let all = a.len().max(b.len());
    while let (Some(x), Some(y)) = (a.first(), b.first())
        && is_one(x, y)
    {
        a.remove(0);
        b.remove(0);
    }
    while let (Some(x), Some(y)) = (a.last(), b.last())
        && is_one(x, y)
    {
        a.pop();
        b.pop();
    }
    let shared = a.len().max(b.len()) < all;
    // The nearest word is one of which no more than one letter in three differs.
    let near = || nearest(&a.concat().to_lowercase(), std::iter::once(b.concat().to_lowercase().as_str())).is_some();
    // Of abbreviations each letter counts.
    let abbreviated = |words: &[&str]| words.concat().chars().all(char::is_uppercase);
    // “GetDate” and “SetDate”: in words so short each letter counts, too.
    let short = |words: &[&str]| words.concat().chars().count() <= SHORT;
    let initial = |words: &[&str]| words.first().and_then(|word| word.chars().next());
    let other = short(&a) && short(&b) && initial(&a) != initial(&b);
    shared && a.len() + b.len() > 0 && (other || abbreviated(&a) && abbreviated(&b) || !near())
}

fn is_one(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The words of a name: each begins with a capital; capitals in a row are one, the last of them but where they end the name
/// the first letter of the next: “JSHarbourOS” is JS, Harbour, OS.
fn words(name: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    for at in 1..letters.len() {
        let (before, (here, c)) = (letters[at - 1].1, letters[at]);
        let next = letters.get(at + 1).map(|letter| letter.1);
        if c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && next.is_some_and(char::is_lowercase))
        {
            starts.push(here);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([name.len()]);
    starts.iter().zip(ends).map(|(start, end)| &name[*start..end]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_several_words_are_compared_word_by_word() {
        for (a, b) in [
            ("OpenHarbour", "OpenHarvest"),
            ("OpenSSD", "OpenSCD"),
            ("WritableStream", "ReadableStream"),
            ("JSHarbour", "Harbour"),
            ("HarbourOS", "Harbour"),
            ("UnknownPierError", "UnknownPlaceError"),
            ("GetDate", "SetDate"),
        ] {
            assert!(are_two(a, b) && are_two(b, a), "{a}, {b}");
        }
        for (a, b) in [
            ("OpenHarbour", "OpenHarbor"),
            ("HarbourCMS", "HarboursCMS"),
            ("MacDonald", "McDonald"),
            ("McDonald", "Mcdonald"),
            ("YouTube", "YouTobe"),
            ("Zellweck", "Zelweck"),
            ("OpenSea", "Opensea"),
        ] {
            assert!(!are_two(a, b) && !are_two(b, a), "{a}, {b}");
        }
    }
}
