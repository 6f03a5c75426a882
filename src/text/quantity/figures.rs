//! What a run of figures with marks between them can mean: “2.776” is a decimal or a thousand, “12.03.2014” a date.

use super::digits::digit;
use super::number::Number;

/// A run of figures: where it ends in the text, and what it can mean, the likeliest first. Each way is one number or
/// several; each number has one value here.
pub(super) struct Figures {
    pub end: usize,
    pub ways: Vec<Vec<Number>>,
    /// The one group of figures, where no mark stands in it.
    pub plain: Option<Number>,
}

/// Groups of figures that a run has at most: no quantity has more.
const GROUPS: usize = 9;

/// Marks that stand between groups of figures or before the decimals. A plain space is looked at by itself.
fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '·' | '٫' | '٬' | '，' | '．' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Reads the run that begins at a byte; the character there is a figure. `decimal` are the marks that stand before decimals in
/// the language, `spaces` says whether it groups figures by spaces.
pub(super) fn read(text: &str, start: usize, decimal: &str, grouping: &str) -> Figures {
    let (mut groups, mut marks) = (vec![String::new()], Vec::new());
    let mut at = start;
    loop {
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { break };
        if let Some(d) = digit(c) {
            groups.last_mut().expect("there is one").push(char::from(b'0' + d));
            at += c.len_utf8();
            continue;
        }
        if groups.len() == GROUPS {
            break;
        }
        let spaced = matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        let three = || three_figures(chars.as_str());
        let first = groups[0].len() <= 3 && !groups[0].starts_with('0') && groups[1..].iter().all(|g| g.len() == 3);
        if is_mark(c) && chars.as_str().starts_with(|c| digit(c).is_some()) && (!spaced || three() && first)
            || c == ' ' && three() && first && marks.iter().all(|&m| m == ' ')
        {
            marks.push(if spaced { ' ' } else { c });
            groups.push(String::new());
            at += c.len_utf8();
            continue;
        }
        break;
    }
    let numbers: Option<Vec<Number>> = groups.iter().map(|g| Number::parse(g)).collect();
    let Some(parts) = numbers else { return Figures { end: at, ways: Vec::new(), plain: None } };
    if parts.len() == 1 {
        return Figures { end: at, plain: Some(parts[0]), ways: vec![parts] };
    }
    let mut ways = Vec::new();
    let whole = grouped(&groups, &marks).and_then(|_| Number::parse(&groups.concat()));
    let last = marks[marks.len() - 1];
    let sizes = &groups[..groups.len() - 1];
    let fraction = (!matches!(last, ' ' | '\'' | '’')
        && (marks.len() == 1 || grouped(sizes, &marks[..marks.len() - 1]).is_some_and(|m| m != last)))
    .then(|| Number::parse(&format!("{}.{}", sizes.concat(), groups[groups.len() - 1])))
    .flatten();
    let whole_first = grouping.contains(last) || !decimal.contains(last);
    let (one, other) = if whole_first { (whole, fraction) } else { (fraction, whole) };
    ways.extend(one.into_iter().chain(other).map(|n| vec![n]));
    // “1.2.3”, “12.03.2014”, “3.40 Uhr”, “in 16 200 …”.
    ways.push(parts);
    Figures { end: at, ways, plain: None }
}

fn three_figures(text: &str) -> bool {
    let mut chars = text.chars().map(digit);
    (0..3).all(|_| matches!(chars.next(), Some(Some(_)))) && !matches!(chars.next(), Some(Some(_)))
}

/// The one mark that groups figures in threes, or as in India: “12,34,567”.
fn grouped(groups: &[String], marks: &[char]) -> Option<char> {
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let mark = *marks.first()?;
    let size = |n: usize| middle.iter().all(|g| g.len() == n);
    let fits = (1..=3).contains(&first.len()) && !first.starts_with('0') && last.len() == 3 && (size(3) || size(2));
    (fits && marks.iter().all(|&m| m == mark)).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(text: &str) -> String {
        let figures = read(text, 0, ".", ",");
        assert_eq!(figures.end, text.len(), "{text}");
        format!("{:?}", figures.ways)
    }

    #[test]
    fn marks_keep_their_meanings() {
        assert_eq!(ways("2,776"), "[[2776], [2.776], [2, 776]]");
        assert_eq!(ways("2.776"), "[[2.776], [2776], [2, 776]]");
        assert_eq!(ways("1,234,567.8"), "[[1,234,567.8], [1, 234, 567, 8]]");
        assert_eq!(ways("1.234.567,8"), "[[1,234,567.8], [1, 234, 567, 8]]");
        assert_eq!(ways("12,34,567"), "[[1,234,567], [12, 34, 567]]");
        assert_eq!(ways("12.03.2014"), "[[12, 3, 2014]]");
        assert_eq!(ways("12 500"), "[[12,500], [12, 500]]");
        assert_eq!(ways("1’000"), "[[1000], [1, 0]]");
        assert_eq!(ways("٣٫٥"), "[[3.5], [3, 5]]");
    }

    #[test]
    fn a_run_ends_where_no_figure_follows() {
        assert_eq!(read("12. May", 0, ".", ",").end, 2);
        assert_eq!(read("2014 300", 0, ".", ",").end, 4);
        assert_eq!(read("5 30", 0, ".", ",").end, 1);
    }
}
