//! Messages with `{slots}`.

use std::collections::BTreeMap;

use crate::diagnostic::Value;

/// Longer quotations are cut in the middle: a message is read on one line. In code points.
const LONGEST: usize = 60;

/// The slots of a wording, in order.
pub fn slots(wording: &str) -> impl Iterator<Item = &str> {
    wording.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(slot, _)| slot)
}

/// Fills the slots of a wording. A slot that the check did not fill stays visible, which the examples refuse.
pub(crate) fn fill(wording: &str, values: &[(&'static str, Value)], phrases: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(wording.len() + 32);
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((slot, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(name, _)| *name == slot).map(|(_, value)| value) {
            Some(Value::Text(text)) => {
                let others = values.iter().filter_map(|(_, value)| match value {
                    Value::Text(other) => Some(other.as_str()),
                    Value::Phrase(_) => None,
                });
                out.push_str(&quotable(text, others));
            }
            Some(Value::Phrase(key)) => match phrases.get(*key) {
                Some(phrase) => {
                    let inner: Vec<_> = values.iter().filter(|(name, _)| *name != slot).cloned().collect();
                    out.push_str(&fill(phrase, &inner, phrases));
                }
                None => out.push_str(&format!("{{{key}}}")),
            },
            None => out.push_str(&format!("{{{slot}}}")),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Words of an article on one line: white space folded, long ones cut in the middle. What would then be told in the same
/// words as another, and is not the same, is shown from where it is not.
fn quotable<'a>(text: &str, mut others: impl Iterator<Item = &'a str>) -> String {
    let text = folded(text);
    let short = cut(&text);
    if short == text {
        return short;
    }
    let twin = others.find_map(|other| Some(folded(other)).filter(|other| *other != text && cut(other) == short));
    twin.map_or(short, |other| from_difference(&text, &other))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a text in which it begins to differ from another, from the word before.
fn from_difference(text: &str, other: &str) -> String {
    let same: usize = text.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let before = text[..same].trim_end_matches(|c: char| !c.is_whitespace()).trim_end();
    let from = before.rfind(' ').map_or(0, |space| space + 1);
    let shown: String = text[from..].chars().take(LONGEST).collect();
    let (head, tail) = (from > 0, from + shown.len() < text.len());
    format!("{}{}{}", if head { "… " } else { "" }, shown.trim(), if tail { " …" } else { "" })
}

fn cut(text: &str) -> String {
    let length = text.chars().count();
    if length <= LONGEST {
        return text.to_owned();
    }
    let half = LONGEST / 2;
    let head: String = text.chars().take(half).collect();
    let tail: String = text.chars().skip(length - half).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_and_phrases_are_filled() {
        let phrases = BTreeMap::from([("comma".to_owned(), "ends on “{word}”".to_owned())]);
        let values = [("word", Value::Text("a\n b".into())), ("how", Value::Phrase("comma"))];
        assert_eq!(fill("it {how}: {word}", &values, &phrases), "it ends on “a b”: a b");
        assert_eq!(slots("{a} and {b}").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn long_quotations_are_cut_in_the_middle() {
        let long = "x".repeat(100);
        assert_eq!(quotable(&long, std::iter::empty()).chars().count(), LONGEST + 3);
    }

    #[test]
    fn long_quotations_that_differ_in_the_middle_are_shown_there() {
        let of =
            |boat: &str| format!("{} The {boat} is late. {}", "Harbour. ".repeat(9), "The pier is shut. ".repeat(9));
        let values = [("a", Value::Text(of("ferry"))), ("b", Value::Text(of("barge")))];
        let told = fill("{a}|{b}", &values, &BTreeMap::new());
        let (a, b) = told.split_once('|').unwrap();
        assert!(a.starts_with("… The ferry is late. The pier") && a.ends_with(" …"), "{a}");
        assert!(b.starts_with("… The barge is late. The pier"), "{b}");
        let same = [("a", Value::Text(of("ferry"))), ("b", Value::Text(of("ferry")))];
        assert!(fill("{a}", &same, &BTreeMap::new()).contains("Harbour. Harb"));
    }
}
