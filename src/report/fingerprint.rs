//! What a finding is known by from one run to the next, when lines have moved.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::text::{Encoding, Source};

/// How many characters of a line, and of what follows it, GitHub hashes.
const BLOCK: usize = 100;
/// The base of GitHub's rolling hash.
const BASE: u64 = 37;
/// How many words to each side of a finding take part in its fingerprint.
const NEIGHBOURS: usize = 3;
/// How far those words are looked for, in bytes.
const REACH: usize = 120;

/// The hash that GitHub's upload action computes of every line, `primaryLocationLineHash`: over the first hundred
/// UTF-16 units from the start of the line that are no blank or tab, line breaks counted as one unit, then a colon and
/// how often the same hash has come up. `None` for files that are not UTF-8, which the action reads in its own way.
pub fn line_hashes(file: &Source) -> Option<Vec<String>> {
    if file.encoding() != Encoding::Utf8 {
        return None;
    }
    let mark = (file.bom() > 0).then_some(0xfeff);
    let mut lines = Lines::new();
    let mut units = mark.into_iter().chain(file.text().encode_utf16()).peekable();
    while let Some(unit) = units.next() {
        match unit {
            0x20 | 0x09 => {}
            0x0d => {
                // A blank between the two would make them two breaks there, so it must here.
                if units.peek() == Some(&0x0a) {
                    units.next();
                }
                lines.read(0x0a);
            }
            unit => lines.read(unit),
        }
    }
    Some(lines.finish())
}

/// The rolling state: the last hundred units, and for each whether a line began with it.
struct Lines {
    hash: u64,
    window: [u16; BLOCK],
    starts: [bool; BLOCK],
    at: usize,
    line_start: bool,
    /// `BASE` to the power of `BLOCK`: what the unit that leaves the window has been multiplied with.
    leaving: u64,
    seen: HashMap<u64, usize>,
    done: Vec<String>,
}

impl Lines {
    fn new() -> Lines {
        let leaving = (0..BLOCK).fold(1u64, |power, _| power.wrapping_mul(BASE));
        Lines {
            hash: 0,
            window: [0; BLOCK],
            starts: [false; BLOCK],
            at: 0,
            line_start: true,
            leaving,
            seen: HashMap::new(),
            done: Vec::new(),
        }
    }

    fn read(&mut self, unit: u16) {
        self.close();
        self.starts[self.at] = std::mem::replace(&mut self.line_start, unit == 0x0a);
        self.roll(unit);
    }

    /// Ends the line that began a hundred units ago, if one did.
    fn close(&mut self) {
        if std::mem::take(&mut self.starts[self.at]) {
            let count = self.seen.entry(self.hash).or_default();
            *count += 1;
            self.done.push(format!("{:x}:{count}", self.hash));
        }
    }

    fn roll(&mut self, unit: u16) {
        let out = std::mem::replace(&mut self.window[self.at], unit);
        self.hash = self
            .hash
            .wrapping_mul(BASE)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(self.leaving.wrapping_mul(u64::from(out)));
        self.at = (self.at + 1) % BLOCK;
    }

    fn finish(mut self) -> Vec<String> {
        self.read(0xffff);
        for _ in 0..BLOCK {
            self.close();
            self.roll(0);
        }
        self.done
    }
}

/// Our own fingerprint: the lint, the marked words and their neighbours, without case, punctuation and line breaks, so
/// that it survives moves and new lines. Many findings stand in one long line, and there this tells them apart.
pub fn of_words(d: &Diagnostic) -> u64 {
    let text = d.at.source.text();
    let (start, end) = (d.at.span.start as usize, d.at.span.end as usize);
    let from = boundary(text, start.saturating_sub(REACH));
    let to = boundary(text, (end + REACH).min(text.len()));
    let mut before: Vec<&str> = words(&text[from..start]).collect();
    before.drain(..before.len().saturating_sub(NEIGHBOURS));
    let after = words(&text[end..to]).take(NEIGHBOURS);
    let mut hash = Fnv::default();
    hash.add(&d.lint.id);
    for part in [before, words(&text[start..end]).collect(), after.collect()] {
        hash.add("\u{0}");
        for word in part {
            hash.add(" ");
            hash.add(&word.to_lowercase());
        }
    }
    hash.0
}

/// A hash over several texts, the same in every version and on every machine.
pub fn of_parts(parts: &[&str]) -> u64 {
    let mut hash = Fnv::default();
    for part in parts {
        hash.add(part);
        hash.add("\u{0}");
    }
    hash.0
}

/// The character boundary at or before a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// FNV-1a, 64 bits: the hash must be the same in every version and on every machine.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<String> {
        line_hashes(&Source::new("a.txt", text)).unwrap_or_default()
    }

    #[test]
    fn line_hashes_are_those_of_the_upload_action() {
        // The empty file, as the action hashes it.
        assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(hashes(" a\nb\n  \t\tc\n d")[0], "271789c17abda88f:1");
        let lf = hashes("one \t\ntwo!\n\n\n  \t\tthree\n four\n");
        assert_eq!(lf.len(), 7);
        assert_eq!(lf, hashes("one \t\r\ntwo!\r\n\r\n\r\n  \t\tthree\r\n four\r\n"));
        assert_eq!(lf, hashes("one \t\ntwo!\r\n\n\r  \t\tthree\r four\r\n"));
        let same = hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!(same[0], "a7f2ff13bc495cf2:1");
        assert_eq!(same[5], "a7f2ff13bc495cf2:6");
    }
}
