//! Paragraphs, and what they are by what they are made of: a caption, a heading in bold, verse.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Ranged, Reader};
use crate::text::{BlockKind, Language, is_closer, is_end_mark};

/// A longer paragraph in bold is a lead, not a heading.
const LONGEST_HEADING: usize = 120;
/// A paragraph whose lines are all broken by hand is verse if they are no longer than this.
const LONGEST_VERSE: usize = 60;

impl Reader<'_, '_> {
    pub(super) fn paragraph(&mut self, events: Vec<Ranged<'_>>) {
        let shape = Shape::of(&events);
        let context = self.contexts.last().copied().unwrap_or(BlockKind::Paragraph);
        let caption = shape.pictures && shape.is_bare_or_in_italics() || self.after_picture && shape.is_in_italics();
        self.out.begin(if caption { BlockKind::Caption } else { context }, None);
        for (event, range) in events {
            match event {
                // Read as a caption, see above.
                Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) if shape.is_bare() => {}
                event => self.event(event, range),
            }
        }
        let text = self.out.open_text();
        if context == BlockKind::Paragraph && shape.is_bold() && text.len() <= LONGEST_HEADING && !is_ended(text) {
            self.out.rename(BlockKind::Heading);
        } else if context == BlockKind::Paragraph && shape.is_verse(text) {
            self.out.rename(BlockKind::Verse);
        }
        self.out.end();
        self.after_picture = shape.pictures && shape.is_bare_or_in_italics();
        self.hidden = None;
        self.code = None;
    }
}

/// What a paragraph is made of.
#[derive(Default)]
struct Shape {
    pictures: bool,
    /// Text that stands in no picture: in bold, in italics, or in neither.
    bold: bool,
    italic: bool,
    plain: bool,
    hard_breaks: usize,
    soft_breaks: usize,
}

impl Shape {
    fn of(events: &[Ranged<'_>]) -> Shape {
        let mut shape = Shape::default();
        let (mut pictures, mut bold, mut italic) = (0, 0, 0);
        for (event, _) in events {
            match event {
                Event::Start(Tag::Image { .. }) => {
                    shape.pictures = true;
                    pictures += 1;
                }
                Event::End(TagEnd::Image) => pictures -= 1,
                Event::Start(Tag::Strong) => bold += 1,
                Event::End(TagEnd::Strong) => bold -= 1,
                Event::Start(Tag::Emphasis) => italic += 1,
                Event::End(TagEnd::Emphasis) => italic -= 1,
                Event::HardBreak => shape.hard_breaks += 1,
                Event::SoftBreak => shape.soft_breaks += 1,
                Event::Text(text) | Event::Code(text) if pictures == 0 && !text.trim().is_empty() => {
                    let kind = match () {
                        () if bold > 0 => &mut shape.bold,
                        () if italic > 0 => &mut shape.italic,
                        () => &mut shape.plain,
                    };
                    *kind = true;
                }
                _ => {}
            }
        }
        shape
    }

    /// Pictures and nothing else.
    fn is_bare(&self) -> bool {
        self.pictures && !(self.bold || self.italic || self.plain)
    }

    fn is_in_italics(&self) -> bool {
        self.italic && !self.bold && !self.plain
    }

    fn is_bare_or_in_italics(&self) -> bool {
        !self.bold && !self.plain
    }

    fn is_bold(&self) -> bool {
        self.bold && !self.italic && !self.plain
    }

    fn is_verse(&self, text: &str) -> bool {
        self.hard_breaks >= 2 && self.soft_breaks == 0 && text.lines().all(|l| l.len() <= LONGEST_VERSE)
    }
}

fn is_ended(text: &str) -> bool {
    let neutral = Language::default();
    text.trim_end().trim_end_matches(is_closer).ends_with(|c| is_end_mark(c, &neutral))
}
