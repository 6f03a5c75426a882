//! Two spaces between words.

use serde::Deserialize;

use crate::check::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{BlockKind, Document, Span};

/// A text that does it this often does it by habit, after full stops or to align columns.
const HABIT: usize = 4;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DoubledSpace {}

impl Check for DoubledSpace {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let (mut inside, mut after_stop) = (Vec::new(), Vec::new());
        for block in doc.blocks().iter().filter(|b| !matches!(b.kind, BlockKind::Verse | BlockKind::TableCell)) {
            let text = block.span.slice(doc.text());
            let before = (inside.len(), after_stop.len());
            let mut columns = false;
            let mut skip = 0;
            for at in memchr::memmem::find_iter(text.as_bytes(), b"  ") {
                if at < skip {
                    continue;
                }
                let end = at + text[at..].bytes().take_while(|&b| b == b' ').count();
                skip = end;
                let line_start = text[..at].chars().next_back().is_none_or(|c| matches!(c, '\n' | '\r' | '\t'));
                let line_end = text[end..].chars().next().is_none_or(|c| matches!(c, '\n' | '\r' | '\t'));
                if line_start || line_end {
                    continue;
                }
                // Three spaces and more are a column or a picture of one.
                columns |= end - at > 3;
                let start = block.span.start as usize;
                let span = Span::of(start + at..start + end);
                let stop = text[..at]
                    .trim_end_matches(['"', '”', '’', ')', '»'])
                    .ends_with(['.', '!', '?', ':', '…', '।', '؟']);
                if stop { &mut after_stop } else { &mut inside }.push(span);
            }
            if columns {
                inside.truncate(before.0);
                after_stop.truncate(before.1);
            }
        }
        // Typists of a certain age put two spaces after every full stop; that is a habit, not a slip.
        if after_stop.len() >= HABIT {
            after_stop.clear();
        }
        inside.append(&mut after_stop);
        for span in inside {
            out.push(Finding::new(doc, span).replace(span, " "));
        }
    }
}
