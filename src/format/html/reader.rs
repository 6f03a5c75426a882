//! What each tag and stretch of text does to the blocks that are open.

use std::cell::RefCell;
use std::rc::Rc;

use lol_html::html_content::{Comment, Element, TextChunk, TextType};

use super::elements::{self, Layout, Mark};
use super::entity;
use crate::format::shortcode::{Opaque, OpaqueKind};
use crate::format::transcript::Transcript;
use crate::text::{BlockKind, Lang, Language, MaskKind, Span, is_closer, is_end_mark};

/// Lines that are broken by hand are verse if they are no longer than this.
const LONGEST_VERSE: usize = 60;

pub(super) struct Reader<'o, 's, 'r> {
    pub(super) out: &'o mut Transcript<'s>,
    parsed: &'r str,
    opaque: &'r [Opaque],
    base: usize,
    skipped: &'r [String],
    stack: Vec<Open>,
    /// The number of the next element.
    next: u32,
    /// Elements whose end tags came by since the last event.
    ended: Rc<RefCell<Vec<u32>>>,
    /// Text that was handed over but may go on.
    pending: Option<Span>,
    headlined: bool,
}

/// An open element. What it inherits is written down in it, so that nothing has to climb up.
#[derive(Clone, Copy)]
struct Open {
    id: u32,
    kind: BlockKind,
    lang: Option<Lang>,
    hidden: bool,
    in_article: bool,
    block: bool,
    paragraph: bool,
    /// Where its text is masked from, and as what.
    mask: Option<(u32, MaskKind)>,
    /// Where the text begins of an element inside a block that has a language of its own.
    declared: Option<(u32, Lang)>,
}

impl Open {
    fn root() -> Open {
        Open {
            id: 0,
            kind: BlockKind::Paragraph,
            lang: None,
            hidden: false,
            in_article: false,
            block: true,
            paragraph: false,
            mask: None,
            declared: None,
        }
    }
}

impl<'o, 's, 'r> Reader<'o, 's, 'r> {
    /// Reads `parsed` from the byte `base` on; what is `opaque` in it is no markup. `ended` takes the numbers of elements whose end tags come by.
    pub(super) fn new(
        out: &'o mut Transcript<'s>,
        parsed: &'r str,
        opaque: &'r [Opaque],
        base: usize,
        skipped: &'r [String],
        ended: Rc<RefCell<Vec<u32>>>,
    ) -> Reader<'o, 's, 'r> {
        let (stack, headlined) = (vec![Open::root()], out.is_headlined());
        Reader { out, parsed, opaque, base, skipped, stack, next: 1, ended, pending: None, headlined }
    }

    /// Writes what is left at the end.
    pub(super) fn end(&mut self) {
        self.catch_up();
        self.end_block();
    }

    fn top(&self) -> Open {
        self.stack.last().copied().unwrap_or(Open::root())
    }

    pub(super) fn element(&mut self, element: &mut Element<'_, '_>, ended: &Rc<RefCell<Vec<u32>>>) {
        self.catch_up();
        let name = element.tag_name();
        let at = element.source_location().bytes();
        let span = Span::of(at.start + self.base..at.end + self.base);
        if name == "br" {
            return self.line_break(span);
        }
        let layout = elements::layout(&name);
        if layout != Layout::Inline {
            self.end_block();
            // A block that begins ends a paragraph that is open.
            if self.top().paragraph {
                self.stack.pop();
            }
        }
        if !element.can_have_content() {
            return;
        }
        let lang = element.get_attribute("lang").or_else(|| element.get_attribute("xml:lang"));
        let mut open = self.top();
        open.id = self.next;
        (open.mask, open.declared) = (None, None);
        open.block = layout != Layout::Inline;
        open.paragraph = name == "p";
        open.hidden |= self.is_skipped(&name, element, open.in_article);
        open.in_article |= name == "article" || name == "main";
        match lang.as_deref().and_then(Lang::parse) {
            Some(lang) if matches!(name.as_str(), "html" | "body") => self.out.set_markup_lang(Some(lang)),
            Some(lang) if open.block => open.lang = Some(lang),
            Some(lang) if !open.hidden => open.declared = Some((self.out.start(), lang)),
            _ => {}
        }
        match layout {
            Layout::Headline if !self.headlined => {
                open.kind = BlockKind::Headline;
                self.headlined |= !open.hidden;
            }
            Layout::Headline => open.kind = BlockKind::Heading,
            Layout::Named(kind) => open.kind = kind,
            Layout::Block | Layout::Inline => {}
        }
        if !open.hidden {
            open.mask = match elements::mark(&name) {
                Mark::None => None,
                Mark::Code => Some((self.out.start(), MaskKind::Code)),
                Mark::Struck => Some((self.out.start(), MaskKind::Markup)),
            };
        }
        self.next += 1;
        self.stack.push(open);
        let (id, ended) = (open.id, ended.clone());
        // It fails only for elements without an end, which are not pushed.
        let _ = element.on_end_tag(Box::new(move |_| {
            ended.borrow_mut().push(id);
            Ok(())
        }));
    }

    fn is_skipped(&self, name: &str, element: &Element<'_, '_>, in_article: bool) -> bool {
        if elements::is_never_read(name) || element.has_attribute("hidden") {
            return true;
        }
        if element.get_attribute("aria-hidden").is_some_and(|v| v == "true") {
            return true;
        }
        let role = element.get_attribute("role");
        let name = role.as_deref().and_then(elements::of_role).unwrap_or(name);
        // The header of an article holds its headline; that of a page holds its menu.
        self.skipped.iter().any(|s| s == name) && !(name == "header" && in_article)
    }

    fn line_break(&mut self, span: Span) {
        if self.top().hidden {
            return;
        }
        if self.out.open_text().ends_with('\n') {
            // Two in a row part paragraphs.
            self.end_block();
        } else {
            self.out.gap("\n", span);
        }
    }

    pub(super) fn chunk(&mut self, chunk: &mut TextChunk<'_>) {
        if chunk.text_type() != TextType::Data || chunk.as_str().is_empty() {
            return;
        }
        let at = chunk.source_location().bytes();
        let span = Span::of(at.start + self.base..at.end + self.base);
        // An entity may be cut where a chunk ends, so chunks that touch are read as one.
        match &mut self.pending {
            Some(pending) if pending.end == span.start && self.ended.borrow().is_empty() => pending.end = span.end,
            _ => {
                self.catch_up();
                self.pending = Some(span);
            }
        }
    }

    pub(super) fn comment(&mut self, comment: &mut Comment<'_>) {
        self.catch_up();
        let at = comment.source_location().bytes();
        self.out.comment(&comment.text(), Span::of(at.start + self.base..at.end + self.base));
    }

    /// Writes the text that is pending and closes the elements that have ended since.
    fn catch_up(&mut self) {
        if let Some(span) = self.pending.take() {
            self.text(span);
        }
        let ended = std::mem::take(&mut *self.ended.borrow_mut());
        for id in ended {
            // Numbers grow from the bottom of the stack to its top. One that is not there was ended by another.
            if let Ok(at) = self.stack.binary_search_by_key(&id, |open| open.id) {
                while self.stack.len() > at.max(1) {
                    self.close();
                }
            }
        }
    }

    fn close(&mut self) {
        let open = self.top();
        if let Some((from, kind)) = open.mask {
            self.out.mask(from, kind);
        }
        if let Some((from, lang)) = open.declared {
            self.out.declare(from, lang);
        }
        if open.block {
            self.end_block();
        }
        self.stack.pop();
    }

    fn end_block(&mut self) {
        let open = self.top();
        let text = self.out.open_text();
        let lines = text.trim_end().lines().count();
        if open.kind == BlockKind::Paragraph && lines > 2 && text.lines().all(|l| l.len() <= LONGEST_VERSE) {
            self.out.rename(BlockKind::Verse);
        } else if open.kind == BlockKind::TableCell && open.paragraph && is_ended(text) {
            // A table that lays out a page.
            self.out.rename(BlockKind::Paragraph);
        }
        self.out.end();
    }

    /// Copies text in which template tags may stand. What `{{ … }}` brings is a word; `{% … %}` stands for one only behind
    /// others, as in “is {% if late %}late{% else %}on time{% endif %}”.
    fn copy(&mut self, span: Span) {
        let first = self.opaque.partition_point(|opaque| opaque.span.end <= span.start);
        let opaque = self.opaque;
        let mut at = span.start;
        for tag in opaque[first..].iter().take_while(|tag| tag.span.start < span.end) {
            self.out.copy_folded(Span::new(at, tag.span.start.max(at)));
            match tag.kind {
                OpaqueKind::Placeholder
                    if tag.span.slice(self.out.source()).starts_with("{{") || !self.out.open_text().is_empty() =>
                {
                    self.out.copy_masked(
                        Span::new(tag.span.start.max(at), tag.span.end.min(span.end)),
                        MaskKind::Placeholder,
                    );
                }
                OpaqueKind::Comment(inner) => {
                    let said = inner.slice(self.out.source());
                    self.out.comment(said, tag.span);
                }
                _ => {}
            }
            at = tag.span.end.min(span.end);
        }
        self.out.copy_folded(Span::new(at, span.end));
    }

    fn text(&mut self, span: Span) {
        let open = self.top();
        if open.hidden {
            return;
        }
        if !self.out.is_open() {
            self.out.begin(open.kind, open.lang);
        }
        let parsed = self.parsed;
        let raw = span.slice(parsed);
        let place = |from: usize, to: usize| Span::of(span.start as usize + from..span.start as usize + to);
        let mut at = 0;
        while at < raw.len() {
            let mark = memchr::memchr(b'&', &raw.as_bytes()[at..]).map_or(raw.len(), |n| at + n);
            self.copy(place(at, mark));
            if mark == raw.len() {
                break;
            }
            at = match entity::decode(&raw[mark..]) {
                Some((text, length)) => {
                    if text.bytes().all(|b| b.is_ascii_whitespace()) {
                        if !self.out.open_text().ends_with([' ', '\n']) {
                            self.out.gap(" ", place(mark, mark + length));
                        }
                    } else {
                        self.out.decoded(&text, place(mark, mark + length));
                    }
                    mark + length
                }
                None => {
                    self.out.copy(place(mark, mark + 1));
                    mark + 1
                }
            };
        }
    }
}

fn is_ended(text: &str) -> bool {
    let neutral = Language::default();
    text.trim_end().trim_end_matches(is_closer).ends_with(|c| is_end_mark(c, &neutral))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Format, Reading, html::Html};
    use crate::text::Source;

    fn kinds(text: &str) -> Vec<BlockKind> {
        Html.parse(&Source::new("a.html", text), &Reading::default()).blocks.iter().map(|block| block.kind).collect()
    }

    #[test]
    fn a_paragraph_ends_where_another_block_begins() {
        let text = "<p lang=fr>La mer<p>The pier<p lang=de>Der Steg<div>The ferry</div>";
        let draft = Html.parse(&Source::new("a.html", text), &Reading::default());
        let langs: Vec<Option<Lang>> = draft.blocks.iter().map(|block| block.lang).collect();
        assert_eq!(langs, [Lang::parse("fr"), None, Lang::parse("de"), None]);
    }

    #[test]
    fn three_short_lines_broken_by_hand_are_verse() {
        assert_eq!(kinds("<p>The pier<br>is shut</p>"), [BlockKind::Paragraph]);
        assert_eq!(kinds("<p>The pier<br>is shut<br>today</p>"), [BlockKind::Verse]);
        let long = "of the boats that brought the sand and the stones for the old pier";
        assert_eq!(kinds(&format!("<p>The pier<br>{long}<br>is shut</p>")), [BlockKind::Paragraph]);
    }
}
