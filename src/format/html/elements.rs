//! What HTML elements mean for a reader.

use crate::text::BlockKind;

/// How an element stands in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Inside a line.
    Inline,
    /// In lines of its own, of the kind of what is around it.
    Block,
    /// In lines of its own, of this kind.
    Named(BlockKind),
    /// The headline, if it is the first; else a heading.
    Headline,
}

/// What becomes of the text of an element inside a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is text.
    None,
    /// It is code.
    Code,
    /// It is struck out: shown, but meant no more.
    Struck,
}

/// The layout of an element, by the style sheet that the HTML standard gives browsers.
pub fn layout(name: &str) -> Layout {
    match name {
        "h1" => Layout::Headline,
        "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "legend" => Layout::Named(BlockKind::Heading),
        "li" | "dt" | "dd" => Layout::Named(BlockKind::ListItem),
        "blockquote" => Layout::Named(BlockKind::Quotation),
        "figcaption" | "caption" => Layout::Named(BlockKind::Caption),
        "td" | "th" => Layout::Named(BlockKind::TableCell),
        "address" => Layout::Named(BlockKind::Byline),
        "html" | "head" | "body" | "article" | "aside" | "center" | "details" | "dialog" | "dir" | "div" | "dl"
        | "fieldset" | "figure" | "footer" | "form" | "header" | "hgroup" | "hr" | "iframe" | "listing" | "main"
        | "menu" | "nav" | "ol" | "p" | "plaintext" | "pre" | "search" | "section" | "table" | "tbody" | "tfoot"
        | "thead" | "tr" | "ul" | "xmp" | "option" | "optgroup" | "select" => Layout::Block,
        _ => Layout::Inline,
    }
}

/// What becomes of the text of an element.
pub fn mark(name: &str) -> Mark {
    match name {
        "code" | "kbd" | "samp" | "var" | "tt" => Mark::Code,
        "del" | "s" | "strike" => Mark::Struck,
        _ => Mark::None,
    }
}

/// Elements whose content is never read as text: programs, styles, drawings, code, controls, what shows only where
/// something else fails. Raised figures are mostly the numbers of notes and would stick to the word before them.
pub fn is_never_read(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "head"
            | "iframe"
            | "map"
            | "math"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "option"
            | "pre"
            | "listing"
            | "rp"
            | "rt"
            | "script"
            | "select"
            | "style"
            | "sup"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
            | "xmp"
    )
}

/// The element that a role stands for.
pub fn of_role(role: &str) -> Option<&'static str> {
    Some(match role {
        "navigation" => "nav",
        "banner" => "header",
        "contentinfo" => "footer",
        "complementary" => "aside",
        "search" => "form",
        _ => return None,
    })
}
