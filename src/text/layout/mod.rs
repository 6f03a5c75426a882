//! Tells the blocks of plain text from its layout and from the habits of the text itself.
//!
//! Three steps, each linear: lines are gathered into chunks between blank lines; a chunk is cut into pieces (a wrapped
//! paragraph, one piece a line, list items, verse, rows of a table); the pieces are named by what they look like and
//! by what stands around them.

mod kinds;
mod labels;
mod lines;
mod marks;

use super::draft::DraftBlock;
use super::span::Span;

/// The blocks of a plain text, in order.
pub fn blocks(text: &str) -> Vec<DraftBlock> {
    let mut pieces = Vec::new();
    let mut chunk: Vec<Span> = Vec::new();
    for line in lines::of(text) {
        if line.slice(text).trim().is_empty() {
            lines::cut(text, &chunk, &mut pieces);
            chunk.clear();
        } else {
            chunk.push(line);
        }
    }
    lines::cut(text, &chunk, &mut pieces);
    kinds::name(text, pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::BlockKind::{self, *};

    fn read(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text).into_iter().map(|b| (b.kind, b.span.slice(text))).collect()
    }

    fn kinds(text: &str) -> Vec<BlockKind> {
        blocks(text).into_iter().map(|b| b.kind).collect()
    }

    const PROSE: &str = "The council met on Monday to talk about the bridge over the river.";

    #[test]
    fn every_line_ending_parts_paragraphs() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["Title", "", "One is here.", "", "Two is there."].join(end);
            assert_eq!(read(&text), [(Headline, "Title"), (Paragraph, "One is here."), (Paragraph, "Two is there.")]);
        }
        assert_eq!(kinds("One is here.\r\n\n\r\nTwo is there."), [Paragraph, Paragraph]);
        assert_eq!(kinds(""), []);
        assert_eq!(kinds("\n \r\n\t"), []);
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        let text = "The council met on Monday to talk about the bridge\nover the river, which has been closed since the\n\
                    flood. Nobody knows when it will be mended.";
        assert_eq!(kinds(text), [Paragraph]);
    }

    #[test]
    fn a_line_that_goes_on_in_small_letters_is_no_paragraph_of_its_own() {
        let long = format!("House prices fell in\nin December, the office said. {PROSE} {PROSE} {PROSE}");
        assert_eq!(kinds(&long), [Paragraph]);
        // Scripts without case: the line before has no end mark, and the chunk as a whole has one.
        assert_eq!(kinds("قال الوزير إن الحكومة تعمل على\nعلى تحسين الخدمات في المدينة."), [Paragraph]);
    }

    #[test]
    fn one_line_a_paragraph() {
        let text = format!("{PROSE}\n{PROSE} {PROSE}\n{PROSE}\n{PROSE} Nobody came.");
        assert_eq!(kinds(&text), [Paragraph; 4]);
    }

    #[test]
    fn lists_of_many_shapes() {
        let text = "The reasons are these:\n- the weather,\n- the cost of the work\n  and of the stone\n\n1. one\n2) two\n\
                    (3) three\na) four";
        assert_eq!(kinds(text), [Paragraph, ListItem, ListItem, ListItem, ListItem, ListItem, ListItem]);
        // No bullets, but a lead-in and lines without marks after it.
        let text = format!("{PROSE}\n\nIt named three reasons:\n\nThe weather\n\nThe cost of the stone\n\n{PROSE}");
        assert_eq!(kinds(&text), [Paragraph, Paragraph, ListItem, ListItem, Paragraph]);
    }

    #[test]
    fn headings_and_bylines() {
        let text =
            format!("Bridge to close\n\nBy Jane Doe\n\n3 March 2026, 14:05\n\n{PROSE}\n\nWhat happens next\n\n{PROSE}");
        assert_eq!(kinds(&text), [Headline, Byline, Byline, Paragraph, Heading, Paragraph]);
        // The dateline of an agency is a part of its paragraph.
        let text = format!("LONDON, March 3 (Agency) - {PROSE}\n\n{PROSE}");
        assert_eq!(kinds(&text), [Paragraph, Paragraph]);
    }

    #[test]
    fn the_one_line_without_a_mark_is_a_paragraph_where_all_others_have_theirs() {
        let lost = "Fishing boats had been waiting outside the breakwater since Sunday evening";
        let text = format!("Harbour reopens\n\n{PROSE}\n\n{lost}\n\n{PROSE}\n\n{PROSE}");
        assert_eq!(kinds(&text), [Headline, Paragraph, Paragraph, Paragraph, Paragraph]);
    }

    #[test]
    fn a_long_line_beside_a_short_heading_is_its_paragraph() {
        let lost = "Everybody who still has a ticket from last wint";
        let text = format!("Pier\n\nNews\n\n{PROSE}\n\nTickets\n\n{lost}\n\n{PROSE}\n\nOpening hours\n\n{PROSE}");
        let expected = [Headline, Heading, Paragraph, Heading, Paragraph, Paragraph, Heading, Paragraph];
        assert_eq!(kinds(&text), expected);
    }

    #[test]
    fn a_version_is_no_date() {
        assert_eq!(kinds(&format!("What is new in Oars 2.1.0\n\n{PROSE}")), [Headline, Paragraph]);
        assert_eq!(kinds(&format!("The Ferry\n\n2.10.2014\n\n{PROSE}")), [Headline, Byline, Paragraph]);
    }

    #[test]
    fn captions_and_credits() {
        let text =
            format!("{PROSE}\n\nPhoto: Jane Doe\n\n{PROSE}\n\nThe bridge in winter (Photo: Jane Doe)\n\n{PROSE}");
        assert_eq!(kinds(&text), [Paragraph, Caption, Paragraph, Caption, Paragraph]);
    }

    #[test]
    fn verse_and_tables() {
        let verse = "The lamp is out upon the stair,\nThe boats are in the bay,\nAnd all the bells that called us there\n\
                     Have rung themselves away";
        assert_eq!(kinds(verse), [Verse]);
        assert_eq!(kinds("Town\tRain\nNorth\t12\nSouth\t8"), [TableCell; 3]);
        assert_eq!(kinds("Town    Rain   Wind\nNorth   12     3\nSouth   8      2"), [TableCell; 3]);
    }

    #[test]
    fn quoted_mail_is_a_quotation() {
        assert_eq!(
            kinds(&format!("{PROSE}\n\n> The bridge is closed\n> until further notice\n\n{PROSE}")),
            [Paragraph, Quotation, Paragraph]
        );
    }

    #[test]
    fn spans_are_trimmed_and_in_order() {
        let text = "  Title  \n\n\n   One is here.  \n";
        assert_eq!(read(text), [(Headline, "Title"), (Paragraph, "One is here.")]);
    }
}
