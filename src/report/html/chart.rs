//! Bars as SVG. The same numbers stand in a table below each of them.

use super::page::{escaped, grouped};

/// A row of a chart: what it is about, a link to it, and parts from worst to least.
pub struct Row<'a> {
    /// The label.
    pub label: &'a str,
    /// Where it leads, an id on this page.
    pub target: String,
    /// Errors, warnings, notes.
    pub parts: [usize; 3],
}

/// Heights and widths in units of the drawing, of which the whole is [`WIDTH`] wide.
const WIDTH: usize = 480;
const ROW: usize = 26;
const NUMBER: usize = 52;
/// A letter is about so wide, with the space behind a label.
const LETTER: usize = 8;
const GAP: usize = 12;
/// How many characters a label has beside its bar: as many as the longest, within these. Where one is longer, as paths are,
/// they all stand above their bars, and what does not even fit there is cut.
const LETTERS: std::ops::RangeInclusive<usize> = 22..=32;
const ABOVE: usize = 64;

/// A chart of rows, titled for those who do not see it.
pub fn bars(title: &str, rows: &[Row<'_>]) -> String {
    let longest = rows.iter().map(|row| row.parts.iter().sum::<usize>()).max().unwrap_or(0).max(1);
    let told: Vec<String> =
        rows.iter().map(|row| format!("{} {}", row.label, row.parts.iter().sum::<usize>())).collect();
    let letters = rows.iter().map(|row| row.label.chars().count()).max().unwrap_or(0);
    let is_above = letters > *LETTERS.end();
    let letters = if is_above { ABOVE } else { letters.max(*LETTERS.start()) };
    let (label, above) = if is_above { (0, ROW - 6) } else { (letters * LETTER + GAP, 0) };
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}: {}\">",
        rows.len() * (ROW + above) + 2,
        escaped(title),
        escaped(&told.join(", "))
    );
    for (n, row) in rows.iter().enumerate() {
        let y = n * (ROW + above);
        let sum: usize = row.parts.iter().sum();
        let scale = |count: usize| count as f64 * (WIDTH - label - NUMBER) as f64 / longest as f64;
        out.push_str(&format!(
            "<text class=\"t\" x=\"0\" y=\"{}\">{}</text>",
            y + 18,
            escaped(&cut_to(row.label, letters))
        ));
        let y = y + above;
        let mut x = label as f64;
        for (kind, count) in ["e", "w", "n"].into_iter().zip(row.parts).filter(|(_, count)| *count > 0) {
            let width = scale(count).max(1.5);
            out.push_str(&format!(
                "<rect class=\"{kind}\" x=\"{x:.1}\" y=\"{}\" width=\"{width:.1}\" height=\"18\"/>",
                y + 4
            ));
            x += width;
        }
        out.push_str(&format!("<text x=\"{:.1}\" y=\"{}\">{}</text>", x + 6.0, y + 18, grouped(sum)));
    }
    out.push_str("</svg>");
    out
}

/// A column of a chart.
pub struct Column<'a> {
    /// The label.
    pub label: &'a str,
    /// Errors, warnings, notes.
    pub parts: [usize; 3],
}

/// Height of the columns, and how many characters of their labels fit where there are few of them.
const HEIGHT: usize = 120;
const LINE: usize = 22;

/// A chart of columns side by side, titled for those who do not see it.
pub fn columns(title: &str, columns: &[Column<'_>]) -> String {
    let sum = |column: &Column<'_>| column.parts.iter().sum::<usize>();
    let highest = columns.iter().map(sum).max().unwrap_or(0).max(1);
    let told: Vec<String> = columns.iter().map(|column| format!("{} {}", column.label, sum(column))).collect();
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}: {}\">",
        HEIGHT + 2 * LINE + 4,
        escaped(title),
        escaped(&told.join(", "))
    );
    let step = WIDTH as f64 / columns.len().max(1) as f64;
    // A day has five letters.
    let letters = step as usize / LETTER;
    let width = (step * 0.7).min(64.0);
    for (n, column) in columns.iter().enumerate() {
        let middle = step * (n as f64 + 0.5);
        let mut y = (LINE + HEIGHT) as f64;
        for (kind, count) in ["n", "w", "e"].into_iter().zip(column.parts.iter().rev()).filter(|(_, c)| **c > 0) {
            let height = (*count as f64 * HEIGHT as f64 / highest as f64).max(1.0);
            y -= height;
            let x = middle - width / 2.0;
            out.push_str(&format!(
                "<rect class=\"{kind}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
            ));
        }
        out.push_str(&format!(
            "<text class=\"m\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>",
            y - 5.0,
            grouped(sum(column))
        ));
        out.push_str(&format!(
            "<text class=\"m t\" x=\"{middle:.1}\" y=\"{}\">{}</text>",
            HEIGHT + 2 * LINE - 4,
            escaped(&cut_to(column.label, letters))
        ));
    }
    out.push_str("</svg>");
    out
}

/// A label that fits; of a path the end tells more.
fn cut_to(label: &str, letters: usize) -> String {
    let length = label.chars().count();
    if length <= letters {
        return label.to_owned();
    }
    format!("…{}", label.chars().skip(length + 1 - letters.max(1)).collect::<String>())
}
