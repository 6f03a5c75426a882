//! Template tags in Markdown: Hugo's and Liquid's, and the lists of attributes that Jekyll's kramdown reads. They are no
//! Markdown and may hold anything, so they are found before it is parsed.

use memchr::memmem;

use crate::text::Span;

/// A stretch that the Markdown parser must not look into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opaque {
    /// Where in the source.
    pub span: Span,
    /// What becomes of it.
    pub kind: OpaqueKind,
}

/// What becomes of a stretch that is no Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpaqueKind {
    /// It stands in for words that are not here: kept and masked.
    Placeholder,
    /// It is left out.
    Dropped,
    /// It is a comment, with this inside.
    Comment(Span),
    /// It opens a container with this title.
    Titled(Span),
}

/// Longer tags are none: someone wrote two braces.
const LONGEST: usize = 2_000;

/// Paired tags that hold no Markdown.
const CODE: [&str; 6] = ["highlight", "comment", "mermaid", "math", "katex", "rawhtml"];

/// The template tags of a text, in order.
pub fn find(text: &str) -> Vec<Opaque> {
    let bytes = text.as_bytes();
    let mut closers = [Closer::new(">}}"), Closer::new("%}}"), Closer::new("}}"), Closer::new("%}")];
    let mut lost: Vec<String> = Vec::new();
    let mut out = Vec::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b'{', bytes) {
        if at < from {
            continue;
        }
        let closer = match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(b'{'), Some(b'<')) => 0,
            (Some(b'{'), Some(b'%')) => 1,
            (Some(b'{'), _) => 2,
            (Some(b'%'), _) => 3,
            (Some(b':'), _) => {
                if let Some(end) = attributes(bytes, at) {
                    out.push(Opaque { span: Span::of(at..end), kind: OpaqueKind::Dropped });
                    from = end;
                }
                continue;
            }
            _ => continue,
        };
        let Some(mut end) = closers[closer].end(bytes, at + 2) else { continue };
        // Three braces close what three have opened.
        end += usize::from(closer == 2 && bytes.get(at + 2) == Some(&b'{') && bytes.get(end) == Some(&b'}'));
        if end - at > LONGEST {
            continue;
        }
        let inner = &bytes[at..end];
        let blank = [&b"\n\n"[..], b"\n\r\n", b"\n```", b"\n~~~"].iter().any(|s| memmem::find(inner, s).is_some());
        if blank {
            continue;
        }
        let (name, closing) = name(&text[at + 2..end]);
        let mut kind = OpaqueKind::Placeholder;
        if let Some(comment) = text[at..end].strip_prefix("{{/*").and_then(|t| t.strip_suffix("*/}}")) {
            kind = OpaqueKind::Comment(Span::of(at + 4..at + 4 + comment.len()));
        } else if !closing && CODE.contains(&name) && !lost.iter().any(|l| l == name) {
            match partner(text, end, name, closer) {
                Some(last) => (end, kind) = (last, OpaqueKind::Dropped),
                None => lost.push(name.to_owned()),
            }
        }
        out.push(Opaque { span: Span::of(at..end), kind });
        from = end;
    }
    out
}

/// The mark of a container.
const FENCE: &str = ":::";
/// Longer lines open none.
const LONGEST_FENCE: usize = 300;

/// The lines that open and close containers, as Docusaurus, Starlight, VitePress and Pandoc have them: `:::note[Mind the
/// gap]`, `::: tip Mind the gap`, `:::`. Titles are reading matter.
pub fn containers(text: &str, base: usize) -> Vec<Opaque> {
    let mut out: Vec<Opaque> = Vec::new();
    for at in memmem::find_iter(&text.as_bytes()[base..], FENCE).map(|n| base + n) {
        let begins =
            text.as_bytes()[base..at].iter().rfind(|b| !matches!(b, b' ' | b'\t' | b'>')).is_none_or(|b| *b == b'\n');
        if !begins || out.last().is_some_and(|last| last.span.end as usize > at) {
            continue;
        }
        let reach = &text.as_bytes()[at..text.len().min(at + LONGEST_FENCE)];
        let length = memchr::memchr2(b'\n', b'\r', reach).unwrap_or(reach.len());
        if length == LONGEST_FENCE {
            continue;
        }
        let said = text[at..at + length].trim_start_matches(':').trim();
        // A name is a word: three colons may also stand for something else.
        let name =
            said.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).next().unwrap_or_default();
        let opens = name.starts_with(|c: char| c.is_ascii_alphabetic()) || said.starts_with('{');
        if said.is_empty() || opens {
            let title = title(&said[name.len()..]).map(|title| {
                let start = title.as_ptr() as usize - text.as_ptr() as usize;
                OpaqueKind::Titled(Span::of(start..start + title.len()))
            });
            out.push(Opaque { span: Span::of(at..at + length), kind: title.unwrap_or(OpaqueKind::Dropped) });
        }
    }
    out
}

/// Titles in lower case of fewer words may be names of classes.
const TITLE: usize = 3;

/// The title of a container in what follows its name. One with markup in it is none: nobody would read that as such.
fn title(rest: &str) -> Option<&str> {
    let title = match rest.strip_prefix('[') {
        Some(inner) => &inner[..inner.rfind(']')?],
        None => rest.strip_prefix(' ')?.trim_end_matches(':').trim(),
    };
    let title = title.split(" {").next().unwrap_or(title).trim();
    let plain = !title.contains(['[', ']', '<', '{', '=', '*']) && title.contains(char::is_alphabetic);
    let told = rest.starts_with('[')
        || !title.starts_with(|c: char| c.is_lowercase())
        || title.split_whitespace().count() >= TITLE;
    (plain && told).then_some(title)
}

/// Puts the lines of containers among what else is no Markdown; what reaches into them gives way.
pub fn with_containers(mut found: Vec<Opaque>, containers: Vec<Opaque>) -> Vec<Opaque> {
    if containers.is_empty() {
        return found;
    }
    found.extend(containers);
    found.sort_by_key(|opaque| opaque.span.start);
    let mut end = 0;
    found.retain(|opaque| {
        let apart = opaque.span.start >= end;
        end = end.max(if apart { opaque.span.end } else { 0 });
        apart
    });
    found
}

/// Longer lists of attributes are none.
const LONGEST_LIST: usize = 300;

/// The end of a list of attributes, `{:target="_blank"}` or `{: .note }`: it stands alone at the start of a line, or right
/// behind what it is for, which ends in a mark of Markdown.
fn attributes(bytes: &[u8], at: usize) -> Option<usize> {
    let reach = &bytes[at..bytes.len().min(at + LONGEST_LIST)];
    let length = memchr::memchr3(b'}', b'\n', b'\r', reach).filter(|n| reach[*n] == b'}')? + 1;
    if memchr::memchr(b'{', &reach[1..length]).is_some() {
        return None;
    }
    let before = bytes[..at].iter().rposition(|b| !matches!(b, b' ' | b'\t' | b'>')).map(|n| bytes[n]);
    let after = bytes.get(at + length).copied();
    let begins = before.is_none_or(|b| matches!(b, b'\n' | b'\r'));
    let is_marked = at > 0 && matches!(bytes[at - 1], b')' | b']' | b'*' | b'_' | b'~' | b'`' | b'}');
    let is_code = at > 0 && bytes[at - 1] == b'`' && after == Some(b'`');
    let is_alone =
        || bytes[at + length..].iter().find(|b| !matches!(b, b' ' | b'\t')).is_none_or(|b| matches!(b, b'\n' | b'\r'));
    ((begins && is_alone()) || (is_marked && !is_code)).then_some(at + length)
}

/// The name of a tag, and whether it is a closing one (`{{< /quote >}}`).
fn name(inner: &str) -> (&str, bool) {
    let inner = inner.trim_start_matches(['<', '%', '-', ' ']);
    let name = inner.trim_start_matches(['/', ' ']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    (&name[..end], inner.starts_with('/'))
}

/// The end of the tag that closes a paired one.
fn partner(text: &str, from: usize, name: &str, closer: usize) -> Option<usize> {
    let (needles, end) = match closer {
        0 => ([format!("{{{{< /{name}"), format!("{{{{</{name}")], ">}}"),
        1 => ([format!("{{{{% /{name}"), format!("{{{{%/{name}")], "%}}"),
        _ => ([format!("{{% end{name}"), format!("{{%- end{name}")], "%}"),
    };
    let at = needles.iter().filter_map(|n| memmem::find(&text.as_bytes()[from..], n.as_bytes())).min()? + from;
    Some(memmem::find(&text.as_bytes()[at..], end.as_bytes())? + at + end.len())
}

/// The next place of a closing mark. It is kept, so that a text full of opening marks is not searched again for each.
struct Closer {
    mark: &'static str,
    next: Option<usize>,
    searched: bool,
}

impl Closer {
    fn new(mark: &'static str) -> Closer {
        Closer { mark, next: None, searched: false }
    }

    /// The end of the first mark at or after `from`.
    fn end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        if !self.searched || self.next.is_some_and(|next| next < from) {
            self.searched = true;
            self.next = memmem::find(&bytes[from..], self.mark.as_bytes()).map(|n| from + n);
        }
        self.next.map(|next| next + self.mark.len())
    }
}

/// The text with every opaque stretch overwritten, so that offsets stay and nothing in it is markup. What reads as a word,
/// unlike white space, neither ends a paragraph nor begins an indented code block.
///
/// A template tag becomes a word, as Hugo has it. The others keep a mark at either edge: whether `**` before a `<` closes
/// depends on it.
pub fn overwrite(text: &str, opaque: &[Opaque]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for o in opaque {
        out.push_str(&text[at..o.span.start as usize]);
        let written = o.span.slice(text);
        if written.starts_with(FENCE) {
            // What stands inside a container has paragraphs of its own.
            out.extend(std::iter::repeat_n(' ', o.span.len()));
            at = o.span.end as usize;
            continue;
        }
        // A list that does not begin with 1 would be taken for the tag's line going on.
        if written.starts_with('<') && is_above_a_list(text, o.span) {
            out.extend(std::iter::repeat_n(' ', o.span.len()));
            at = o.span.end as usize;
            continue;
        }
        let is_template = ["{{", "{%"].iter().any(|mark| written.starts_with(mark));
        let edges = usize::from(!is_template && written.starts_with(['<', '{']));
        out.extend(std::iter::repeat_n(',', edges));
        out.extend(std::iter::repeat_n('x', o.span.len() - 2 * edges));
        out.extend(std::iter::repeat_n(',', edges));
        at = o.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether a tag is alone on its line, and an item of a numbered list stands on the next.
fn is_above_a_list(text: &str, tag: Span) -> bool {
    let (before, after) = (&text[..tag.start as usize], &text[tag.end as usize..]);
    let begins = before.trim_end_matches([' ', '\t']);
    let ends = after.trim_start_matches([' ', '\t', '\r']);
    let Some(next) = ends.strip_prefix('\n').filter(|_| begins.is_empty() || begins.ends_with('\n')) else {
        return false;
    };
    let item = next.trim_start_matches(' ');
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    (1..=9).contains(&digits) && [". ", ") "].iter().any(|mark| item[digits..].starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).iter().map(|o| o.span.slice(text)).collect()
    }

    #[test]
    fn lines_of_containers_are_found() {
        let text = "a ::: b\n:::note[Mind {x}]\nText.\n  :::\n> ::: tip Read\n::::{.big}\n::: 12\n";
        let lines = containers(text, 0);
        let shown: Vec<_> = lines.iter().map(|o| o.span.slice(text)).collect();
        assert_eq!(shown, [":::note[Mind {x}]", ":::", "::: tip Read", "::::{.big}"]);
        let inside = Opaque { span: Span::of(20..23), kind: OpaqueKind::Placeholder };
        assert_eq!(with_containers(vec![inside], lines.clone()), lines);
        containers(&":::".repeat(300_000), 0);
        containers(&" ".repeat(300_000).replace("  ", " ::: "), 0);
    }

    #[test]
    fn titles_of_containers_are_found() {
        let text = ":::note[Mind the gap]\n::: tip Read {open}\n::: big-box\n::: tip read this first\n:::note{title=\"x\"}\n\
                    ::: Warning :::::\n:::tip[]\n:::tip[see *this*]";
        let titles = containers(text, 0).into_iter().filter_map(|opaque| match opaque.kind {
            OpaqueKind::Titled(title) => Some(title.slice(text)),
            _ => None,
        });
        assert_eq!(titles.collect::<Vec<_>>(), ["Mind the gap", "Read", "read this first"]);
    }

    #[test]
    fn tags_of_hugo_and_liquid_are_found() {
        assert_eq!(
            found("a {{< ref \"x\" >}} b {{% tip %}} c {% if x %} d {{ page.title }} e {{{raw}}}"),
            ["{{< ref \"x\" >}}", "{{% tip %}}", "{% if x %}", "{{ page.title }}", "{{{raw}}}"]
        );
        assert!(found("two {{ braces and\n\na paragraph }} later, {one} brace").is_empty());
    }

    #[test]
    fn lists_of_attributes_are_found_where_they_belong_to_something() {
        let text = "[a](b){:target=\"_blank\"} *c*{: .d #e}\n\n{: .note }\n> {:.x}\n\na{: no} `{:code 1}` {: no}\n{: no\n a {:no} b";
        assert_eq!(found(text), ["{:target=\"_blank\"}", "{: .d #e}", "{: .note }", "{:.x}"]);
        assert_eq!(overwrite("*c*{:x} <b>", &find("*c*{:x} <b>")), "*c*,xx, <b>");
    }

    #[test]
    fn code_between_paired_tags_is_left_out() {
        let text = "{{< highlight go >}}\nx\n\ny\n{{< /highlight >}} z {% comment %}no{% endcomment %}{{% quote %}}yes";
        assert_eq!(found(text), [&text[..44], "{% comment %}no{% endcomment %}", "{{% quote %}}"]);
        assert_eq!(find(text)[0].kind, OpaqueKind::Dropped);
    }

    #[test]
    fn a_text_of_opening_marks_is_read_once() {
        assert!(find(&"{{".repeat(500_000)).is_empty());
        assert!(find(&("{% highlight %}".repeat(50_000))).len() == 50_000);
        find(&("{{".repeat(500_000) + "}}"));
    }
}
