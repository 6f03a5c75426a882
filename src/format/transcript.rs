//! What a format copies out of a source: the text, each stretch with the place it was read from.

use crate::text::{BlockKind, Comment, Draft, DraftBlock, Escape, Lang, Mask, MaskKind, Part, PartKind, Problem, Span};

/// A [`Draft`] in the making. Stretches must be copied in the order of the source.
///
/// Two blocks are parted by an empty line of our own, which stands nowhere in the source.
pub struct Transcript<'s> {
    source: &'s str,
    text: String,
    draft: Draft,
    open: Option<Open>,
    headlined: bool,
}

#[derive(Clone, Copy)]
struct Open {
    kind: BlockKind,
    lang: Option<Lang>,
    /// Where its text begins; none has come yet if there is no such place.
    start: Option<u32>,
    /// Whether it holds anything but white space and masked text.
    prose: bool,
}

impl<'s> Transcript<'s> {
    /// Nothing copied yet.
    pub fn new(source: &'s str) -> Transcript<'s> {
        Transcript {
            source,
            text: String::with_capacity(source.len() / 2),
            draft: Draft::default(),
            open: None,
            headlined: false,
        }
    }

    /// The source.
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// Ends the open block and begins another. One that gets no words of its own is left out.
    pub fn begin(&mut self, kind: BlockKind, lang: Option<Lang>) {
        self.end();
        self.open = Some(Open { kind, lang, start: None, prose: false });
    }

    /// Ends the open block, if there is one.
    pub fn end(&mut self) {
        if let Some(Open { kind, lang, start: Some(start), prose: true }) = self.open.take() {
            let span = Span::new(start, self.len()).trim(&self.text);
            self.headlined |= kind == BlockKind::Headline;
            self.draft.blocks.push(DraftBlock { kind, span, lang });
        }
    }

    /// Gives the open block another kind.
    pub fn rename(&mut self, kind: BlockKind) {
        if let Some(open) = &mut self.open {
            open.kind = kind;
        }
    }

    /// Whether a block has been begun.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The text of the open block so far.
    pub fn open_text(&self) -> &str {
        self.open.and_then(|o| o.start).map_or("", |start| &self.text[start as usize..])
    }

    /// Whether one of the ended blocks is a headline.
    #[cfg(feature = "html")]
    pub fn is_headlined(&self) -> bool {
        self.headlined
    }

    /// The blocks that are ended.
    pub fn blocks(&self) -> &[DraftBlock] {
        &self.draft.blocks
    }

    /// The language that the text declares for itself.
    pub fn set_lang(&mut self, lang: Option<Lang>) {
        self.draft.lang = self.draft.lang.or(lang);
    }

    /// The language that the markup around the text gives it.
    #[cfg(feature = "html")]
    pub fn set_markup_lang(&mut self, lang: Option<Lang>) {
        self.draft.markup_lang = self.draft.markup_lang.or(lang);
    }

    /// Length of the text so far.
    pub fn len(&self) -> u32 {
        self.text.len() as u32
    }

    /// Copies a stretch of the source as it stands.
    pub fn copy(&mut self, span: Span) {
        let source = self.source;
        self.put(span.slice(source), span, false, false);
    }

    /// Copies a stretch that nobody reads as prose.
    pub fn copy_masked(&mut self, span: Span, kind: MaskKind) {
        if span.is_empty() {
            return;
        }
        let source = self.source;
        let from = self.start();
        self.put(span.slice(source), span, true, true);
        self.mask(from, kind);
    }

    /// Writes what a stretch of the source stands for: the character of an entity, a line break.
    pub fn decoded(&mut self, text: &str, span: Span) {
        self.put(text, span, true, false);
    }

    /// Writes a line break, or a space, for a stretch of the source; at the start of a block there is none.
    pub fn gap(&mut self, text: &str, span: Span) {
        if self.open.is_some_and(|o| o.start.is_some()) {
            self.put(text, span, true, true);
        }
    }

    /// Copies a stretch in which any white space is one space; at the start of a block, or after white space, none.
    #[cfg(feature = "html")]
    pub fn copy_folded(&mut self, span: Span) {
        let source = self.source;
        let bytes = source.as_bytes();
        let end = span.end as usize;
        let mut at = span.start as usize;
        while at < end {
            let word = bytes[at..end].iter().position(|b| b.is_ascii_whitespace()).map_or(end, |n| at + n);
            if word > at {
                self.copy(Span::of(at..word));
            }
            at = bytes[word..end].iter().position(|b| !b.is_ascii_whitespace()).map_or(end, |n| word + n);
            if at > word && !self.open_text().ends_with([' ', '\n']) {
                let run = Span::of(word..at);
                if run.len() == 1 && bytes[word] == b' ' && !self.open_text().is_empty() {
                    self.copy(run);
                } else {
                    self.gap(" ", run);
                }
            }
        }
    }

    /// Masks the text from an offset on.
    pub fn mask(&mut self, from: u32, kind: MaskKind) {
        if from < self.len() {
            self.draft.masks.push(Mask { span: Span::new(from, self.len()), kind });
        }
    }

    /// Notes that the markup says what language the text from an offset to here is in.
    #[cfg(feature = "html")]
    pub fn declare(&mut self, from: u32, lang: Lang) {
        if from < self.len() {
            self.draft.declared.push((Span::new(from, self.len()), lang));
        }
    }

    /// Where the next text of the open block will stand.
    pub fn start(&mut self) -> u32 {
        let separator = if self.text.is_empty() { 0 } else { 2 };
        match self.open {
            Some(Open { start: Some(_), .. }) => self.len(),
            _ => self.len() + separator,
        }
    }

    /// Keeps a comment: what it says, and the whole of it in the source.
    pub fn comment(&mut self, text: &str, source: Span) {
        let at = self.start();
        self.draft.comments.push(Comment { text: text.trim().to_owned(), source, at });
    }

    /// Notes what the markup makes beside text.
    pub fn part(&mut self, kind: PartKind, at: Span) {
        self.draft.parts.push(Part { kind, at });
    }

    /// Says that the source up to here is front matter.
    pub fn end_front(&mut self, at: usize) {
        self.draft.front = at as u32;
    }

    /// Notes what could not be read as it should.
    pub fn problem(&mut self, message: String, at: Span) {
        self.draft.problems.push(Problem { message, at });
    }

    /// The draft.
    pub fn finish(mut self, escape: Escape) -> Draft {
        self.end();
        self.draft.escape = escape;
        self.draft.parts.sort_by_key(|part| part.at);
        // An empty map would say that the text is the source.
        if self.text.is_empty() {
            self.draft.blocks.clear();
        }
        self.draft.text = Some(self.text);
        self.draft
    }

    fn put(&mut self, text: &str, span: Span, decoded: bool, masked: bool) {
        if text.is_empty() {
            return;
        }
        if self.open.is_none() {
            self.begin(BlockKind::Paragraph, None);
        }
        let fresh = self.open.is_some_and(|o| o.start.is_none());
        if fresh && !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let from = self.len();
        self.text.push_str(text);
        if let Some(open) = &mut self.open {
            open.start.get_or_insert(from);
            open.prose |= !masked && !text.trim().is_empty();
        }
        let here = Span::new(from, self.len());
        if decoded && text != span.slice(self.source) {
            self.draft.origin.push_decoded(here, span);
        } else {
            self.draft.origin.push(here, span);
        }
    }
}
