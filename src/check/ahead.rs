//! The next occurrence of a mark, remembered: asked again and again from growing offsets it reads a text once.

use memchr::memmem;

/// Where a mark comes next. Offsets asked for must not go back.
pub struct Ahead<'n> {
    needle: &'n [u8],
    /// The last answer, and whether there is any; `None` before the first question.
    next: Option<Option<usize>>,
}

impl<'n> Ahead<'n> {
    /// Looks for this mark.
    pub fn new(needle: &'n str) -> Ahead<'n> {
        Ahead { needle: needle.as_bytes(), next: None }
    }

    /// The offset of the first mark at or after `at` that begins within `reach` bytes.
    pub fn within(&mut self, bytes: &[u8], at: usize, reach: usize) -> Option<usize> {
        if self.next.is_none_or(|known| known.is_some_and(|n| n < at)) {
            self.next = Some(bytes.get(at..).and_then(|rest| memmem::find(rest, self.needle)).map(|n| at + n));
        }
        self.next.flatten().filter(|&n| n >= at && n - at <= reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_within_reach() {
        let mut ahead = Ahead::new("]]");
        let text = b"[[a]] and [[bcd]]";
        assert_eq!(ahead.within(text, 2, 10), Some(3));
        assert_eq!(ahead.within(text, 12, 2), None);
        assert_eq!(ahead.within(text, 12, 3), Some(15));
        assert_eq!(ahead.within(text, 17, 9), None);
    }
}
