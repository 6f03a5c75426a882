//! What stands in a line: text, code, tags, template tags and breaks.

use super::{OpaqueKind, Reader};
use crate::text::{MaskKind, Span};

/// Elements whose text is code.
const CODE: [&str; 4] = ["code", "kbd", "samp", "var"];

impl Reader<'_, '_> {
    pub(super) fn text(&mut self, text: &str, span: Span) {
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
    pub(super) fn code(&mut self, span: Span) {
        if self.left_out > 0 || self.hidden.is_some() || span.start < self.done {
            return;
        }
        let raw = span.slice(self.out.source());
        let ticks = raw.bytes().take_while(|b| *b == b'`').count().min(raw.len() / 2) as u32;
        self.show();
        self.out.copy_masked(Span::new(span.start + ticks, span.end - ticks), MaskKind::Code);
        self.done = span.end;
    }

    pub(super) fn line_break(&mut self, span: Span) {
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
    pub(super) fn tag(&mut self, span: Span) {
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
}
