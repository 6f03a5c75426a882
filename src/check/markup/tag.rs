//! HTML tags and comments.

use super::Residue;
use crate::check::ahead::Ahead;

/// Tags that part what they stand between: words on both sides must not grow together.
const PARTING: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "gallery",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "param",
    "picture",
    "pre",
    "script",
    "section",
    "select",
    "source",
    "style",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
    "video",
    "audio",
];

/// Tags inside a line of text. `s` is left out: `<s>` and `</s>` are also the marks that language models put around
/// sentences, and there the lint for such marks speaks.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "blink",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "nobr",
    "nowiki",
    "q",
    "ref",
    "references",
    "rp",
    "rt",
    "ruby",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "svg",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
];

/// The longest comment and the longest tag that we believe in, in bytes.
const COMMENT: usize = 2_000;
const TAG: usize = 1_000;

/// Reads tags and comments, in order.
pub(super) struct Tags {
    comment_end: Ahead<'static>,
    tag_end: Ahead<'static>,
}

impl Default for Tags {
    fn default() -> Tags {
        Tags { comment_end: Ahead::new("-->"), tag_end: Ahead::new(">") }
    }
}

impl Tags {
    /// The tag or comment that begins at the `<` at this offset.
    pub fn read(&mut self, text: &str, at: usize) -> Option<Residue> {
        let bytes = text.as_bytes();
        if text[at..].starts_with("<!--") {
            let end = self.comment_end.within(bytes, at + 4, COMMENT)? + 3;
            // Our own directives are comments too.
            return (!text[at..end].contains("copydesk:")).then(|| Residue::new(at, end, "comment").mended(""));
        }
        let end = self.tag_end.within(bytes, at + 1, TAG)? + 1;
        let inner = &text[at + 1..end - 1];
        if inner.contains('<') {
            return None;
        }
        if inner.starts_with("!DOCTYPE") || inner.starts_with("!doctype") || inner.starts_with("![CDATA[") {
            return Some(Residue::new(at, end, "tag").mended(""));
        }
        let body = inner.strip_prefix('/').unwrap_or(inner);
        let length = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, attributes) = (body[..length].to_ascii_lowercase(), &body[length..]);
        let parting = PARTING.contains(&name.as_str());
        if !(parting || INLINE.contains(&name.as_str())) || !are_attributes(attributes) {
            return None;
        }
        // `List<a>`, `x<i>y`: a letter variable in angle brackets right behind a name is code or mathematics.
        let glued = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
        if glued && name.len() == 1 && body.len() == inner.len() && attributes.is_empty() && name != "p" {
            return None;
        }
        let residue = Residue::new(at, end, "tag").mended(if parting { " " } else { "" });
        // What a script, a link or a picture says is lost with its tag: that is for the writer to see.
        let speaks = matches!(name.as_str(), "img" | "script" | "style" | "iframe" | "a" | "ref" | "video" | "audio");
        Some(if speaks { residue } else { residue.safe() })
    }
}

/// Whether what follows the name of a tag can be its attributes: nothing, a closing stroke, or names with values.
fn are_attributes(rest: &str) -> bool {
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    if rest.trim().is_empty() {
        return true;
    }
    rest.starts_with(char::is_whitespace)
        && (rest.contains('=') || rest.split_whitespace().all(|w| w.bytes().all(|b| b.is_ascii_lowercase())))
        && rest.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
}
