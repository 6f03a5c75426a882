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
            Some(Value::Text(text)) => out.push_str(&quotable(text)),
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

/// Words of an article on one line: white space folded, long ones cut in the middle.
fn quotable(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = text.chars().count();
    if length <= LONGEST {
        return text;
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
        assert_eq!(quotable(&long).chars().count(), LONGEST + 3);
    }
}
