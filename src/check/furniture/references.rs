//! What looks like furniture in an article as its site keeps it, and was written there by hand.

use super::layout::Line;
use super::phrases::Evidence;
use crate::text::{Block, BlockKind, Document, Part, PartKind};

/// Whether an article is as its site keeps it, and not as it was taken from a page: it has keys above its text.
pub(super) fn is_kept_by_its_site(doc: &Document) -> bool {
    doc.parts().iter().any(|part| part.kind == PartKind::Key)
}

/// Whether a text begins with its title, marked up as such.
pub(super) fn is_titled(doc: &Document) -> bool {
    let at = doc.blocks().first().map(|block| doc.in_source(block.span).start);
    let title =
        |part: &Part| part.kind == PartKind::Heading(1) && at.is_some_and(|at| part.at.start <= at && at < part.at.end);
    doc.parts().iter().take(2).any(title)
}

/// Words of furniture in a list of which most items are none are things of a kind: “gallery” among the kinds of a post.
fn forgive_entries(lines: &mut [Line]) {
    for list in lines.chunk_by_mut(|one, next| one.item && next.item) {
        let known = list.iter().filter(|line| line.evidence.is_some()).count();
        if list[0].item && known * 2 < list.len() {
            list.iter_mut().for_each(|line| line.evidence = None);
        }
    }
}

/// “See also:” above links, and links to places of the same site, were written there by hand; so was a heading with prose
/// under it, and a word among the names of files is one of them.
pub(super) fn forgive_references(doc: &Document, lines: &mut [Line]) {
    forgive_entries(lines);
    let refers = |e: Evidence| matches!(e.category, "related-posts" | "read-more");
    let blocks = doc.blocks();
    let is_file = |at: usize| {
        blocks.get(at).is_some_and(|block| block.kind == BlockKind::ListItem && is_name_of_file(doc.slice(block.span)))
    };
    for at in 0..lines.len() {
        let block = &blocks[at];
        // Its title is its own, and so is the head of a table.
        let is_own = matches!(block.kind, BlockKind::Headline | BlockKind::TableCell)
            || block.kind == BlockKind::Heading && (at == 0 || at == 1 && blocks[0].kind == BlockKind::Headline);
        let is_folder = block.kind == BlockKind::ListItem && (is_file(at + 1) || at > 0 && is_file(at - 1));
        let is_table = blocks.get(at + 1).is_some_and(|next| next.kind == BlockKind::TableCell);
        // Not so over links, tags or what to share.
        let own = |e: Evidence| matches!(e.category, "copyright" | "loading" | "cookie-consent" | "advertisement");
        let is_list = lines.get(at + 1).is_some_and(|next| next.item && next.evidence.is_none())
            && lines[at].evidence.is_some_and(own);
        let is_section = block.kind == BlockKind::Heading
            && (is_table || is_list || lines.get(at + 1).is_some_and(|next| next.prose));
        let is_label =
            lines[at].evidence.is_some_and(refers) && doc.slice(block.span).trim_end().ends_with([':', '：']);
        let is_references = block.kind == BlockKind::Heading && lines[at].evidence.is_some() && heads_links(doc, block);
        if is_own || is_folder || is_section || is_label || is_references {
            lines[at].evidence = None;
        }
    }
    for (line, block) in lines.iter_mut().zip(doc.blocks()) {
        let written = doc.in_source(block.span);
        let after = &doc.source().text()[written.end as usize..];
        let leads = match block.kind {
            BlockKind::ListItem => leads_within_the_site(after.trim_start_matches(['`', '*', '_', '.'])),
            // A link that is nothing but code is no block.
            _ if line.evidence.is_some_and(refers) => {
                let after = without_attributes(after);
                let list = after.trim_start_matches(|c: char| c.is_whitespace() || "*_-+:".contains(c));
                let text = list.strip_prefix('[').and_then(|list| list.lines().next()).unwrap_or_default();
                text.find("](").is_some_and(|at| leads_within_the_site(&text[at..]))
            }
            _ => false,
        };
        if leads {
            line.evidence = None;
        }
    }
}

/// What follows a heading, without the list of its attributes: `{#more}`.
fn without_attributes(after: &str) -> &str {
    let list = after.trim_start_matches(' ').strip_prefix('{').and_then(|rest| near(rest).split_once('}'));
    list.filter(|(list, _)| !list.contains('\n')).map_or(after, |(_, rest)| rest)
}

/// So many lines under a heading are looked through for links, in so many bytes.
const LINKS: usize = 12;
const REACH: usize = 2000;

/// The beginning of a text.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

/// Whether a heading stands above links to several sites, which an author put together: a site sends on to itself.
fn heads_links(doc: &Document, heading: &Block) -> bool {
    let after = near(&doc.source().text()[doc.in_source(heading.span).end as usize..]);
    let lines = after.lines().skip(1).take(LINKS).take_while(|line| !line.starts_with('#'));
    let host = |line: &'_ str| {
        let (_, rest) = line.split_once("://")?;
        rest.split(['/', '>', ')', ' ']).next().map(str::to_owned)
    };
    let mut hosts = lines.filter_map(host);
    let first = hosts.next();
    hosts.any(|host| Some(host) != first)
}

/// Whether a text is the name of a file or folder and nothing else: `index.ts`, `src/`.
fn is_name_of_file(text: &str) -> bool {
    let text = text.trim();
    let is_plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.[]/".contains(&b));
    let ending = |(name, ending): (&str, &str)| is_plain(name) && (1..=5).contains(&ending.len());
    is_plain(text) && (text.ends_with('/') || text.rsplit_once('.').is_some_and(ending))
}

/// Whether what follows the text of a link is an address that is none of the open web.
fn leads_within_the_site(after: &str) -> bool {
    let Some(address) = after.strip_prefix("](") else { return false };
    let address = address.split([')', ' ', '\n']).next().unwrap_or_default();
    !address.is_empty() && !address.contains(':') && !address.starts_with("//")
}
