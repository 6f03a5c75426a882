//! Where the text that a reader reads stands in the text that was written.

use super::span::Span;

/// A map from a text to the source it was read from, made while reading, in the order of the text.
///
/// No piece at all means that the two are the same text.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    pieces: Vec<Piece>,
}

/// A stretch that came over as it is, or an entity or escape whose two sides differ in length.
#[derive(Debug, Clone, Copy)]
struct Piece {
    text: Span,
    source: Span,
    /// Byte for byte the same on both sides.
    verbatim: bool,
}

impl Origin {
    /// The map of a text that is its own source.
    pub fn identity() -> Origin {
        Origin::default()
    }

    /// The map of an empty text that stands at a byte of the source.
    pub fn of_nothing(at: u32) -> Origin {
        let piece = Piece { text: Span::default(), source: Span::new(at, at), verbatim: true };
        Origin { pieces: vec![piece] }
    }

    /// Says that `text` was read from `source`. Spans must come in order and must not overlap. Equal lengths
    /// mean that the bytes correspond one to one; two such neighbours become one piece.
    pub fn push(&mut self, text: Span, source: Span) {
        self.add(Piece { text, source, verbatim: text.len() == source.len() });
    }

    /// The same for a stretch that maps only as a whole, such as an entity: a few happen to be as long as what they
    /// stand for.
    pub fn push_decoded(&mut self, text: Span, source: Span) {
        self.add(Piece { text, source, verbatim: false });
    }

    fn add(&mut self, piece: Piece) {
        let Piece { text, source, .. } = piece;
        if text.is_empty() {
            return;
        }
        if let Some(last) = self.pieces.last_mut() {
            debug_assert!(last.text.end <= text.start && last.source.end <= source.start, "pieces out of order");
            let touching = last.text.end == text.start && last.source.end == source.start;
            if touching && last.verbatim && piece.verbatim {
                last.text.end = text.end;
                last.source.end = source.end;
                return;
            }
        }
        self.pieces.push(piece);
    }

    /// The stretch of the source that a stretch of the text was read from, markup in between included. Text that
    /// stands nowhere in the source (a line break put between two blocks) takes the place of its neighbour.
    pub fn map(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            return span;
        }
        if span.is_empty() {
            let at = self.between(span.start);
            return Span::new(at, at);
        }
        let start = self.start(span.start);
        Span::new(start, self.end(span.end).max(start))
    }

    /// Whether the stretch was read from the source without leaving anything out: then, and only then, it can
    /// be replaced there without taking markup with it.
    pub fn is_whole(&self, span: Span) -> bool {
        if self.pieces.is_empty() || span.is_empty() {
            return true;
        }
        let first = self.pieces.partition_point(|p| p.text.end <= span.start);
        let mut at = span.start;
        let mut source = None;
        for piece in &self.pieces[first..] {
            if at >= span.end {
                break;
            }
            let cut = !piece.verbatim && (piece.text.start < span.start || piece.text.end > span.end);
            if piece.text.start > at || source.is_some_and(|s| s != piece.source.start) || cut {
                return false;
            }
            at = piece.text.end;
            source = Some(piece.source.end);
        }
        at >= span.end
    }

    /// The other way: the stretch of the text that was read from a stretch of the source; `None` if nothing was.
    pub fn read_from(&self, source: Span) -> Option<Span> {
        if self.pieces.is_empty() {
            return Some(source);
        }
        let first = self.pieces.get(self.pieces.partition_point(|p| p.source.end <= source.start))?;
        let last = self.pieces[..self.pieces.partition_point(|p| p.source.start < source.end)].last()?;
        let inside = |p: &Piece, at: u32| p.verbatim && p.source.start <= at && at <= p.source.end;
        let offset = |p: &Piece, at: u32| p.text.start + (at - p.source.start);
        let start = if inside(first, source.start) { offset(first, source.start) } else { first.text.start };
        let end = if inside(last, source.end) { offset(last, source.end) } else { last.text.end };
        (start < end).then(|| Span::new(start, end))
    }

    /// The map of what is left of the text when these stretches, which come in order, are taken out of it.
    pub fn without(&self, cuts: &[Span]) -> Origin {
        let mut out = Origin::default();
        let mut gone = 0;
        let mut cuts = cuts.iter().copied().peekable();
        for piece in &self.pieces {
            let mut at = piece.text.start;
            while at < piece.text.end {
                let cut = cuts.peek().copied().filter(|cut| cut.start < piece.text.end);
                let stop = cut.map_or(piece.text.end, |cut| cut.start.max(at));
                let kept = Span::new(at - gone, stop - gone);
                match piece.verbatim {
                    true => {
                        let offset = piece.source.start + (at - piece.text.start);
                        out.push(kept, Span::new(offset, offset + kept.len() as u32));
                    }
                    // What is left of a piece that maps only as a whole.
                    false if at == piece.text.start => out.push_decoded(kept, piece.source),
                    false => out.push_decoded(kept, Span::new(piece.source.end, piece.source.end)),
                }
                at = stop;
                if let Some(cut) = cut {
                    let end = cut.end.min(piece.text.end);
                    gone += end - at;
                    at = end;
                    if cut.end <= piece.text.end {
                        cuts.next();
                    } else {
                        // The rest of it lies in the next piece.
                        break;
                    }
                }
            }
        }
        if out.pieces.is_empty() {
            return Origin::of_nothing(self.pieces.first().map_or(0, |p| p.source.start));
        }
        out
    }

    /// Where to insert: behind the character before, so that an end mark put behind the last word of a block does not
    /// land in the next; where a block begins, before the character after.
    fn between(&self, at: u32) -> u32 {
        let before = self.pieces[..self.pieces.partition_point(|p| p.text.start < at)].last();
        if before.is_some_and(|p| p.text.end >= at) { self.end(at) } else { self.start(at) }
    }

    fn start(&self, at: u32) -> u32 {
        match self.pieces.get(self.pieces.partition_point(|p| p.text.end <= at)) {
            Some(p) if p.text.start > at => p.source.start,
            Some(p) if p.verbatim => p.source.start + (at - p.text.start),
            Some(p) => p.source.start,
            None => self.pieces.last().map_or(at, |p| p.source.end),
        }
    }

    fn end(&self, at: u32) -> u32 {
        match self.pieces[..self.pieces.partition_point(|p| p.text.start < at)].last() {
            Some(p) if p.text.end < at => p.source.end,
            Some(p) if p.verbatim => p.source.start + (at - p.text.start),
            Some(p) => p.source.end,
            None => self.pieces.first().map_or(at, |p| p.source.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<b>one</b> &amp; two` read as `one & two`.
    fn sample() -> Origin {
        let mut origin = Origin::default();
        origin.push(Span::new(0, 3), Span::new(3, 6));
        origin.push(Span::new(3, 4), Span::new(10, 11));
        origin.push(Span::new(4, 5), Span::new(11, 16));
        origin.push(Span::new(5, 9), Span::new(16, 20));
        origin
    }

    #[test]
    fn spans_go_back_to_where_they_were_read() {
        let o = sample();
        assert_eq!(o.map(Span::new(0, 3)), Span::new(3, 6));
        assert_eq!(o.map(Span::new(0, 5)), Span::new(3, 16));
        assert_eq!(o.map(Span::new(6, 9)), Span::new(17, 20));
        assert_eq!(o.map(Span::new(9, 9)), Span::new(20, 20));
    }

    #[test]
    fn insertions_stay_with_the_character_before() {
        let o = sample();
        assert_eq!(o.map(Span::new(0, 0)), Span::new(3, 3));
        assert_eq!(o.map(Span::new(3, 3)), Span::new(6, 6), "before the closing tag");
        assert_eq!(o.map(Span::new(5, 5)), Span::new(16, 16));
        // Two blocks, one at 0..3 and one at 10..13, read with a line break between them.
        let mut blocks = Origin::default();
        blocks.push(Span::new(0, 3), Span::new(0, 3));
        blocks.push(Span::new(4, 7), Span::new(10, 13));
        assert_eq!(blocks.map(Span::new(3, 3)), Span::new(3, 3));
        assert_eq!(blocks.map(Span::new(4, 4)), Span::new(10, 10));
    }

    #[test]
    fn whole_means_nothing_left_out() {
        let o = sample();
        assert!(o.is_whole(Span::new(1, 3)));
        assert!(!o.is_whole(Span::new(1, 4)), "the closing tag lies between");
        assert!(o.is_whole(Span::new(3, 9)), "an entity is no markup");
        assert!(Origin::identity().is_whole(Span::new(5, 90)));
    }
}
