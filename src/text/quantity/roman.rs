//! Roman numerals: “XIXe siècle”, “XX век”, “Henry VIII”.

/// The value of a word that is one, 1 to 3999; a small ending may follow. A single letter is one only where it is V or X.
pub(super) fn value(word: &str) -> Option<u64> {
    let figures = word.trim_end_matches(|c: char| c.is_lowercase() || matches!(c, '\'' | '’'));
    if figures.is_empty()
        || figures.len() > 30
        || word.len() - figures.len() > 5
        || matches!(figures, "I" | "C" | "D" | "M" | "L")
    {
        return None;
    }
    let values: Option<Vec<u64>> = figures.chars().map(figure).collect();
    let values = values?;
    let mut sum = 0;
    for (at, &v) in values.iter().enumerate() {
        let before = values.get(at + 1).is_some_and(|&next| next > v);
        sum = if before { sum - v as i64 } else { sum + v as i64 };
    }
    let value = u64::try_from(sum).ok().filter(|v| (1..4000).contains(v))?;
    let written: String = figures.chars().map(latin).collect();
    (numeral(value) == written).then_some(value)
}

/// In some texts the letters are Cyrillic ones that look alike.
fn latin(c: char) -> char {
    match c {
        'Х' => 'X',
        'І' => 'I',
        'С' => 'C',
        'М' => 'M',
        c => c,
    }
}

fn figure(c: char) -> Option<u64> {
    Some(match latin(c) {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        'D' => 500,
        'M' => 1000,
        _ => return None,
    })
}

fn numeral(mut value: u64) -> String {
    const FIGURES: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (worth, letters) in FIGURES {
        while value >= worth {
            out.push_str(letters);
            value -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_and_words() {
        assert_eq!(value("XIX"), Some(19));
        assert_eq!(value("XIXe"), Some(19));
        assert_eq!(value("ХХІ"), Some(21));
        assert_eq!(value("VIII"), Some(8));
        assert_eq!(value("MMXX"), Some(2020));
        for word in ["IIII", "VX", "I", "Mix", "Dim", "CIVIL", "XIXtoolong", ""] {
            assert_eq!(value(word), None, "{word}");
        }
    }
}
