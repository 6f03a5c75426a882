//! Markdown: CommonMark with tables, footnotes, strikethrough and task lists; front matter; template tags; MDX.
//!
//! Links keep their text and lose their address. Code spans stay in the text, masked, because a sentence needs them;
//! code blocks are left out. A picture's description is read as a caption where the picture is a paragraph of its own,
//! for it is written by hand and readers hear or see it; inside a sentence it would break that sentence and is left out.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::shortcode::{self, Opaque, OpaqueKind};
use super::transcript::Transcript;
use super::{Format, Reading, front_matter, mdx, with_line_feeds};
use crate::text::{BlockKind, Draft, Escape, Language, MaskKind, PartKind, Source, Span, is_closer, is_end_mark};

/// Markdown, and MDX.
pub struct Markdown {
    /// Whether tags are components and braces hold expressions.
    pub mdx: bool,
}

/// Elements whose text is code.
const CODE: [&str; 4] = ["code", "kbd", "samp", "var"];
/// A longer paragraph in bold is a lead, not a heading.
const LONGEST_HEADING: usize = 120;
/// A paragraph whose lines are all broken by hand is verse if they are no longer than this.
const LONGEST_VERSE: usize = 60;

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

    fn paragraph(&mut self, events: Vec<Ranged<'_>>) {
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

    fn text(&mut self, text: &str, span: Span) {
        if self.left_out > 0 || self.hidden.is_some() {
            return;
        }
        if text != span.slice(self.parsed) {
            // An entity.
            if span.start >= self.done {
                self.show();
                self.out.decoded(text, span);
                self.done = span.end;
            }
            return;
        }
        let mut at = span.start.max(self.done);
        if at < span.end {
            at = self.after_cut(at, span.end);
        }
        if at == span.start && self.is_escaped(at) {
            // The backslash belongs to the character: left alone by an edit, it would show, or escape what comes next.
            self.show();
            self.out.decoded(&text[..1], Span::new(at - 1, at + 1));
            at += 1;
            self.done = at;
        }
        while let Some(opaque) = self.opaque.get(self.next_opaque).copied() {
            if opaque.span.end <= at {
                self.next_opaque += 1;
                continue;
            }
            if opaque.span.start >= span.end {
                break;
            }
            self.show();
            self.out.copy(Span::new(at, opaque.span.start.max(at)));
            match opaque.kind {
                OpaqueKind::Placeholder => self.out.copy_masked(opaque.span, MaskKind::Placeholder),
                OpaqueKind::Comment(inner) => {
                    let said = inner.slice(self.out.source());
                    self.out.comment(said, opaque.span);
                }
                OpaqueKind::Dropped | OpaqueKind::Titled(_) => self.element(opaque.span),
            }
            self.done = opaque.span.end;
            self.cut = opaque.kind != OpaqueKind::Placeholder;
            at = if self.done < span.end { self.after_cut(self.done, span.end) } else { self.done };
            self.next_opaque += 1;
        }
        if at < span.end {
            self.show();
            self.out.copy(Span::new(at, span.end));
            self.done = span.end;
        }
    }

    /// Whether a backslash that the parser took off stands before the character at this place.
    fn is_escaped(&self, at: u32) -> bool {
        let bytes = self.parsed.as_bytes();
        at > self.done && bytes[at as usize - 1] == b'\\' && bytes[at as usize].is_ascii_punctuation()
    }

    /// Where to go on after something was left out: the spaces on its two sides are one to a reader.
    fn after_cut(&mut self, at: u32, end: u32) -> u32 {
        let cut = std::mem::take(&mut self.cut);
        if !cut || !self.out.open_text().ends_with([' ', '\n']) {
            return at;
        }
        end - Span::new(at, end).slice(self.parsed).trim_start_matches(' ').len() as u32
    }

    /// A code span, its backticks left out.
    fn code(&mut self, span: Span) {
        if self.left_out > 0 || self.hidden.is_some() || span.start < self.done {
            return;
        }
        let raw = span.slice(self.out.source());
        let ticks = raw.bytes().take_while(|b| *b == b'`').count().min(raw.len() / 2) as u32;
        self.show();
        self.out.copy_masked(Span::new(span.start + ticks, span.end - ticks), MaskKind::Code);
        self.done = span.end;
    }

    fn line_break(&mut self, span: Span) {
        if span.start >= self.done && self.hidden.is_none() {
            // `<br/>` at the end of a line is one break.
            if !self.out.open_text().ends_with('\n') {
                self.out.gap("\n", span);
            }
            self.done = span.end;
        }
    }

    /// A tag inside a line that the parser did not see, since MDX has tags of its own: those that say how text is read.
    fn element(&mut self, span: Span) {
        let raw = span.slice(self.out.source());
        let name = raw.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if raw.starts_with('<') && (name == "br" || !raw.ends_with("/>") && CODE.contains(&name)) {
            self.tag(span);
        }
    }

    /// A tag inside a line.
    fn tag(&mut self, span: Span) {
        let raw = span.slice(self.out.source());
        self.cut = true;
        if let Some(said) = raw.strip_prefix("<!--") {
            self.out.comment(said.strip_suffix("-->").unwrap_or(said), span);
            return;
        }
        let closing = raw.starts_with("</");
        let name = raw.trim_start_matches(['<', '/']);
        // `<br->` is an element of somebody's own, no line break.
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        match name.as_str() {
            "br" => self.line_break(span),
            name if CODE.contains(&name) && closing => {
                if let Some(from) = self.code.take() {
                    self.out.mask(from, MaskKind::Code);
                }
            }
            name if CODE.contains(&name) => {
                self.code.get_or_insert(self.out.start());
            }
            "script" if !closing => self.hidden = Some("script"),
            "style" if !closing => self.hidden = Some("style"),
            name if closing && self.hidden == Some(name) => self.hidden = None,
            _ => {}
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
            super::html_in_markdown(&mut self.out, self.parsed, span, self.reading);
            self.done = span.end;
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::of(range.start + self.base..range.end + self.base)
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
