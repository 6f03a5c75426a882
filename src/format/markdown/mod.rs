//! Markdown: CommonMark with tables, footnotes, strikethrough and task lists; front matter; template tags; MDX.
//!
//! Links keep their text and lose their address. Code spans stay in the text, masked, because a sentence needs them;
//! code blocks are left out. A picture's description is read as a caption where the picture is a paragraph of its own,
//! for it is written by hand and readers hear or see it; inside a sentence it would break that sentence and is left out.

mod inline;
mod paragraph;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::shortcode::{self, Opaque, OpaqueKind};
use super::transcript::Transcript;
use super::{Format, Reading, front_matter, mdx, with_line_feeds};
use crate::text::{BlockKind, Draft, Escape, MaskKind, PartKind, Source, Span};

/// Markdown, and MDX.
pub struct Markdown {
    /// Whether tags are components and braces hold expressions.
    pub mdx: bool,
}

impl Format for Markdown {
    fn parse(&self, source: &Source, reading: &Reading) -> Draft {
        let mut out = Transcript::new(source.text());
        let base = front_matter::read(&mut out);
        out.end();
        let text = with_line_feeds(source.text());
        let tags = if self.mdx { mdx::find(&text, base) } else { shortcode::find(&text) };
        let opaque = shortcode::with_containers(tags, shortcode::containers(&text, base));
        let written;
        let parsed: &str = if opaque.is_empty() {
            &text
        } else {
            written = shortcode::overwrite(&text, &opaque);
            &written
        };
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM;
        let events = Parser::new_ext(&parsed[base..], options).into_offset_iter();
        let title = |opaque: &Opaque| match opaque.kind {
            OpaqueKind::Titled(title) => Some(title),
            _ => None,
        };
        let mut reader = Reader {
            parsed,
            base,
            first_block: out.blocks().len(),
            out,
            reading,
            container_titles: opaque.iter().filter_map(title).collect(),
            next_title: 0,
            opaque,
            next_opaque: 0,
            done: base as u32,
            contexts: Vec::new(),
            after_picture: false,
            left_out: 0,
            code: None,
            hidden: None,
            struck: Vec::new(),
            cut: false,
        };
        for opaque in reader.opaque.iter().filter(|opaque| !matches!(opaque.kind, OpaqueKind::Comment(_))) {
            reader.out.part(PartKind::Tag, opaque.span);
        }
        reader.read(events);
        reader.out.finish(Escape::Markdown)
    }
}

struct Reader<'s, 'r> {
    /// The text as it was parsed: template tags overwritten.
    parsed: &'r str,
    /// Where the Markdown begins, after the front matter.
    base: usize,
    /// How many blocks the front matter gave.
    first_block: usize,
    out: Transcript<'s>,
    reading: &'r Reading,
    opaque: Vec<Opaque>,
    next_opaque: usize,
    /// The titles of containers, in order.
    container_titles: Vec<Span>,
    next_title: usize,
    /// The source is copied, or left out, up to here.
    done: u32,
    /// What paragraphs are, by the quotations and lists they stand in.
    contexts: Vec<BlockKind>,
    /// Whether the last block was a picture: what follows in italics is its caption.
    after_picture: bool,
    /// How many elements are open whose text is left out (pictures, code blocks).
    left_out: u32,
    /// Where the text of an open `<code>` or `<kbd>` begins.
    code: Option<u32>,
    /// An open `<script>` or `<style>` inside a line.
    hidden: Option<&'static str>,
    /// Where open strikethroughs begin.
    struck: Vec<u32>,
    /// Whether something was left out just now.
    cut: bool,
}

type Ranged<'e> = (Event<'e>, Range<usize>);

impl Reader<'_, '_> {
    fn read<'e>(&mut self, mut events: impl Iterator<Item = Ranged<'e>>) {
        while let Some((event, range)) = events.next() {
            if matches!(event, Event::Start(_) | Event::Rule) {
                self.titles(range.start + self.base);
            }
            match event {
                Event::Start(Tag::Paragraph) => {
                    let paragraph: Vec<Ranged<'e>> =
                        events.by_ref().take_while(|(e, _)| *e != Event::End(TagEnd::Paragraph)).collect();
                    self.paragraph(paragraph);
                }
                Event::Start(Tag::HtmlBlock) => {
                    let lines: Vec<Range<usize>> = events
                        .by_ref()
                        .take_while(|(e, _)| *e != Event::End(TagEnd::HtmlBlock))
                        .map(|(_, range)| range)
                        .collect();
                    self.html_block(range, &lines);
                }
                event => self.event(event, range),
            }
        }
        self.titles(self.parsed.len());
    }

    /// Reads the titles of containers that open before this place.
    fn titles(&mut self, before: usize) {
        while let Some(&title) = self.container_titles.get(self.next_title)
            && (title.start as usize) < before
        {
            self.next_title += 1;
            if title.start < self.done || self.left_out > 0 {
                continue;
            }
            self.open(BlockKind::Heading);
            let mut start = title.start;
            for (number, piece) in title.slice(self.out.source()).split('`').enumerate() {
                let span = Span::new(start, start + piece.len() as u32);
                if number % 2 == 1 {
                    self.out.copy_masked(span, MaskKind::Code);
                } else {
                    self.out.copy(span);
                }
                start = span.end + 1;
            }
            self.out.end();
            self.done = title.end;
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.span(&range);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.finish(tag),
            Event::Text(text) => self.text(&text, span),
            Event::Code(_) => self.code(span),
            Event::InlineHtml(_) => self.tag(span),
            Event::SoftBreak | Event::HardBreak if self.left_out == 0 => self.line_break(span),
            Event::Rule => self.out.end(),
            Event::SoftBreak
            | Event::HardBreak
            | Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let span = self.span(&range);
                self.out.part(PartKind::Heading(level as u8), span);
                // The parser tells what the anchor says; it stands last in the line.
                let anchor = id.and_then(|id| {
                    let start = span.slice(self.parsed).rfind(&format!("#{id}"))? as u32 + span.start;
                    Some(Span::new(start, start + 1 + id.len() as u32))
                });
                if let Some(anchor) = anchor {
                    self.out.part(PartKind::Anchor, anchor);
                }
                let first = level == HeadingLevel::H1 && self.out.blocks().len() == self.first_block;
                self.open(if first { BlockKind::Headline } else { BlockKind::Heading });
            }
            Tag::BlockQuote(_) => {
                self.out.end();
                self.contexts.push(BlockKind::Quotation);
            }
            Tag::Item => {
                self.out.end();
                self.contexts.push(BlockKind::ListItem);
            }
            Tag::FootnoteDefinition(_) => {
                self.out.end();
                self.contexts.push(BlockKind::Paragraph);
            }
            Tag::TableCell => self.open(BlockKind::TableCell),
            Tag::CodeBlock(_) => {
                let span = self.span(&range);
                // What looks like a container in code is none.
                let inside = |title: &&Span| title.start < span.end;
                self.next_title += self.container_titles[self.next_title..].iter().take_while(inside).count();
                self.out.part(PartKind::Code, span);
                self.out.end();
                self.left_out += 1;
                self.after_picture = false;
            }
            Tag::Image { .. } | Tag::MetadataBlock(_) => self.left_out += 1,
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                // `<https://…>`: the address between the brackets is the text.
                let span = Span::of(self.base + range.start + 1..self.base + range.end - 1);
                if self.left_out == 0 && span.start >= self.done {
                    self.show();
                    self.out.copy_masked(span, MaskKind::Address);
                    self.done = span.end;
                }
            }
            Tag::Strikethrough => self.struck.push(self.out.start()),
            _ => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::TableCell => self.out.end(),
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.out.end();
                self.contexts.pop();
            }
            TagEnd::CodeBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => {
                self.left_out -= 1;
                self.cut = true;
            }
            TagEnd::Strikethrough => {
                // What is struck out is shown, but nobody means it any more.
                if let Some(from) = self.struck.pop() {
                    self.out.mask(from, MaskKind::Markup);
                }
            }
            _ => {}
        }
    }

    /// Begins a block of a kind that markup names.
    fn open(&mut self, kind: BlockKind) {
        self.out.begin(kind, None);
        self.after_picture = false;
    }

    /// Makes sure that a block is open: the text of a tight list item stands in no paragraph.
    fn show(&mut self) {
        if !self.out.is_open() {
            self.open(self.contexts.last().copied().unwrap_or(BlockKind::Paragraph));
        }
    }

    fn html_block(&mut self, range: Range<usize>, lines: &[Range<usize>]) {
        self.out.end();
        self.after_picture = false;
        let span = self.span(&range);
        // Inside a quotation the lines have marks before them that are no HTML. Of a line that ends in CRLF the parser
        // leaves the CR out.
        let between = |pair: &[Range<usize>]| self.parsed.get(pair[0].end + self.base..pair[1].start + self.base);
        let whole = lines.windows(2).all(|pair| between(pair).is_some_and(|gap| gap.trim_matches('\r').is_empty()));
        if whole && self.left_out == 0 && span.start >= self.done {
            super::html_in_markdown(&mut self.out, self.parsed, span, &self.opaque, self.reading);
            self.done = span.end;
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::of(range.start + self.base..range.end + self.base)
    }
}
