//! MDX: Markdown with imports, components and expressions, which are found before the Markdown is parsed.

use super::shortcode::{Opaque, OpaqueKind};
use crate::text::Span;

/// Longer tags are none.
const LONGEST_TAG: usize = 2_000;
/// A paragraph with more tags that do not end is not read as MDX any further: it is not worth the time.
const PATIENCE: usize = 32;

/// Imports, exports, tags and expressions behind the front matter, which ends at byte `base`, in order.
///
/// MDX wants `<` and `{` escaped wherever they are text, so whatever is not code is one of them. An expression or tag
/// does not reach over an empty line: one that is not closed must not swallow the article.
pub fn find(text: &str, base: usize) -> Vec<Opaque> {
    let mut out = Vec::new();
    let mut fence: Option<(u8, usize)> = None;
    // Where a fence stands that Markdown takes for none.
    let mut deep: Option<usize> = None;
    let (mut start, mut at) = (base, base);
    // Parts of prose between empty lines and code fences.
    while at < text.len() {
        let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
        let line = text[at..end].trim();
        let mark = fence_of(line);
        let edge = match (fence, mark) {
            (None, Some(opened)) => {
                fence = Some(opened);
                let written = &text[at..end];
                let indent = &written[..written.len() - written.trim_start().len()];
                deep = is_deep(indent).then_some(at + indent.len());
                true
            }
            (Some((kind, length)), Some((k, l))) if k == kind && l >= length && line.len() == l => {
                fence = None;
                if let Some(from) = deep.take() {
                    let last = at + text[at..end].trim_end().len();
                    out.push(Opaque { span: Span::of(from..last), kind: OpaqueKind::Dropped });
                }
                true
            }
            (Some(_), _) => true,
            (None, None) => line.is_empty(),
        };
        if edge {
            part(text, start, at, &mut out);
            start = end;
        }
        at = end;
    }
    part(text, start, text.len(), &mut out);
    out
}

/// Whether Markdown takes what stands behind so much white space for code or for more of a paragraph. MDX knows no indented
/// code: inside components, what is indented is what it would be without.
fn is_deep(indent: &str) -> bool {
    indent.contains('\t') || indent.len() > 3
}

/// The mark of a code fence and its length.
fn fence_of(line: &str) -> Option<(u8, usize)> {
    let mark = *line.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = line.bytes().take_while(|b| *b == mark).count();
    (length >= 3).then_some((mark, length))
}

/// One part of prose.
fn part(text: &str, start: usize, end: usize, out: &mut Vec<Opaque>) {
    let bytes = text.as_bytes();
    let body = &text[start..end];
    if ["import ", "import{", "export "].iter().any(|word| body.starts_with(word)) {
        out.push(Opaque { span: Span::of(start..end), kind: OpaqueKind::Dropped });
        return;
    }
    let mut at = start;
    let mut failed = 0;
    while at < end {
        let Some(n) = memchr::memchr3(b'`', b'<', b'{', &bytes[at..end]) else { break };
        at += n;
        let escaped = at > start && bytes[at - 1] == b'\\';
        let closed = match bytes[at] {
            _ if escaped || failed > PATIENCE => None,
            b'`' => {
                at = code(bytes, at, end);
                continue;
            }
            b'{' => braces(bytes, at, end),
            _ => tag(bytes, at, end),
        };
        let Some(last) = closed else {
            failed += usize::from(!escaped);
            at += 1;
            continue;
        };
        let inside = text.get(at + 1..last - 1).unwrap_or_default().trim();
        let comment = inside.strip_prefix("/*").and_then(|c| c.strip_suffix("*/"));
        let kind = match (bytes[at], comment) {
            (b'{', Some(comment)) => {
                let from = comment.as_ptr() as usize - text.as_ptr() as usize;
                OpaqueKind::Comment(Span::of(from..from + comment.len()))
            }
            // `{" "}` is how a space is written where one would get lost.
            (b'{', None) if inside.trim_matches(['"', '\'', '`', ' ']).is_empty() => OpaqueKind::Dropped,
            (b'{', None) => OpaqueKind::Placeholder,
            _ if is_word(text, at, last) => OpaqueKind::Placeholder,
            _ => OpaqueKind::Dropped,
        };
        out.push(Opaque { span: Span::of(at..last), kind });
        at = last;
    }
}

/// A longer line, in bytes, is no heading.
const BEFORE: usize = 200;

/// Whether a component stands for a word: it has no text of its own, and the sentence around it leans on it, “from <Version />.”
fn is_word(text: &str, at: usize, end: usize) -> bool {
    let tag = &text[at..end];
    if !tag.ends_with("/>") || !tag[1..].starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let line = &text[text.floor_char_boundary(at.saturating_sub(BEFORE))..at];
    let line = line.rsplit('\n').next().unwrap_or_default();
    let before = line.trim_end_matches(' ');
    let leans = text[end..].starts_with([
        '.', ',', ';', ':', '!', '?', ')', '。', '，', '、', '；', '：', '？', '！', '）', '،', '؟', '।',
    ]);
    // A badge stands behind a heading.
    !before.trim_start().starts_with('#') && (leans || before.ends_with(char::is_alphanumeric))
}

/// The end of a code span, or of the backticks that open none.
fn code(bytes: &[u8], at: usize, end: usize) -> usize {
    let ticks = bytes[at..end].iter().take_while(|b| **b == b'`').count();
    let mut next = at + ticks;
    while let Some(n) = memchr::memchr(b'`', &bytes[next..end]) {
        let from = next + n;
        let run = bytes[from..end].iter().take_while(|b| **b == b'`').count();
        next = from + run;
        if run == ticks {
            return next;
        }
    }
    at + ticks
}

/// The end of an expression, braces inside it counted.
fn braces(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let mut depth = 0;
    for (n, b) in bytes[at..end.min(at + LONGEST_TAG)].iter().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(at + n + 1);
        }
    }
    None
}

/// The end of a tag, its attributes' expressions and strings included.
fn tag(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    if !bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'>')) {
        return None;
    }
    let end = end.min(at + LONGEST_TAG);
    let (mut depth, mut quote, mut n) = (0_u32, None, at + 1);
    while n < end {
        match (bytes[n], quote) {
            (b, Some(q)) if b == q => quote = None,
            (_, Some(_)) => {}
            (b @ (b'"' | b'\''), None) => quote = Some(b),
            (b'{', None) => depth += 1,
            (b'}', None) => depth = depth.saturating_sub(1),
            (b'<', None) if depth == 0 => return None,
            (b'>', None) if depth == 0 => return Some(n + 1),
            _ => {}
        }
        n += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_markdown_is_found() {
        let text = "import X from 'x'\n\nA <b>bold</b> {count} of `{code}` \\{not\\}.\n\n{/* a note */}\n\n\
                    ```js\nlet a = {b: 1}\n```\n\n<Chart onClick={() => a > b} data={[{x: 1}]} />\nText {\" \"}.";
        let found: Vec<_> = find(text, 0).iter().map(|o| o.span.slice(text)).collect();
        assert_eq!(
            found,
            [
                "import X from 'x'\n",
                "<b>",
                "</b>",
                "{count}",
                "{/* a note */}",
                "<Chart onClick={() => a > b} data={[{x: 1}]} />",
                "{\" \"}"
            ]
        );
        let comment = find(text, 0).into_iter().find_map(|o| match o.kind {
            OpaqueKind::Comment(inner) => Some(inner.slice(text)),
            _ => None,
        });
        assert_eq!(comment, Some(" a note "));
    }

    #[test]
    fn a_component_in_a_sentence_is_a_word() {
        let text = "We sail with <Ferry name=\"a\" />.\n<Map /> Of the pier\n\n## The pier <Badge />\n\nBy <Route /> or <b>boat</b>.";
        let words = find(text, 0).into_iter().filter(|o| o.kind == OpaqueKind::Placeholder);
        assert_eq!(words.map(|o| o.span.slice(text)).collect::<Vec<_>>(), ["<Ferry name=\"a\" />", "<Route />"]);
    }

    #[test]
    fn imports_may_follow_the_front_matter_at_once() {
        let text = "---\na: {b}\n---\nimport X from 'x'\n\nText.";
        let base = text.find("import").unwrap();
        let found: Vec<_> = find(text, base).iter().map(|o| o.span.slice(text)).collect();
        assert_eq!(found, ["import X from 'x'\n"]);
    }

    #[test]
    fn fences_inside_components_may_be_indented() {
        let text = "<Tabs>\n  <Tab>\n    ```js add=\"on={x}\"\n    import A from 'a'\n\n    {b}\n    ```\n    Text {c}.\n  </Tab>\n</Tabs>";
        let found: Vec<_> = find(text, 0).iter().map(|o| o.span.slice(text)).collect();
        let fence = "```js add=\"on={x}\"\n    import A from 'a'\n\n    {b}\n    ```";
        assert_eq!(found, ["<Tabs>", "<Tab>", fence, "{c}", "</Tab>", "</Tabs>"]);
    }

    #[test]
    fn what_does_not_end_costs_no_more_than_its_length() {
        for piece in ["<a {", "{", "<", "`", "``x", "<a \"", "import {\n\n"] {
            find(&piece.repeat(300_000), 0);
        }
    }
}
