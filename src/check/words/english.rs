//! The regular inflected forms of English words.

/// How a word is inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// “ferries”, “uses”.
    S,
    /// “used”.
    Ed,
    /// “using”.
    Ing,
}

fn is_vowel(c: char) -> bool {
    "aeiou".contains(c)
}

/// A word in a form, where it is a regular one; `None` where a letter may be doubled (“planned”), which only a dictionary
/// knows.
pub(super) fn inflected(word: &str, form: Form) -> Option<String> {
    let mut back = word.chars().rev();
    let last = back.next().filter(char::is_ascii_lowercase)?;
    let before = back.next().filter(char::is_ascii_lowercase)?;
    let stem = &word[..word.len() - 1];
    let consonant_y = last == 'y' && !is_vowel(before);
    // One vowel between consonants: “plan”, “visit”.
    let doubles =
        !is_vowel(last) && !"wxy".contains(last) && is_vowel(before) && back.next().is_some_and(|c| !is_vowel(c));
    Some(match form {
        Form::S if consonant_y => format!("{stem}ies"),
        Form::S if "sxz".contains(last) || last == 'h' && "cs".contains(before) => format!("{word}es"),
        Form::S => format!("{word}s"),
        Form::Ed if last == 'e' => format!("{word}d"),
        Form::Ed if consonant_y => format!("{stem}ied"),
        Form::Ing if last == 'e' && !"eoy".contains(before) => format!("{stem}ing"),
        Form::Ed | Form::Ing if doubles => return None,
        Form::Ed => format!("{word}ed"),
        Form::Ing => format!("{word}ing"),
    })
}

/// All regular forms of a word, itself left out.
pub(super) fn forms(word: &str) -> impl Iterator<Item = (Form, String)> {
    [Form::S, Form::Ed, Form::Ing].into_iter().filter_map(move |form| Some((form, inflected(word, form)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        let all = |word| forms(word).map(|(_, form)| form).collect::<Vec<_>>().join(" ");
        assert_eq!(all("utilize"), "utilizes utilized utilizing");
        assert_eq!(all("ferry"), "ferries ferried ferrying");
        assert_eq!(all("watch"), "watches watched watching");
        assert_eq!(all("play"), "plays played playing");
        assert_eq!(all("agree"), "agrees agreed agreeing");
        assert_eq!(all("plan"), "plans");
        assert_eq!(all("x"), "");
        assert_eq!(all("Über"), "Übers");
    }
}
