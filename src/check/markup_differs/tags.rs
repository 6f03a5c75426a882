//! Tags of strings: `<b>`, `[b]`, the paired codes of XLIFF and TMX.

use std::collections::BTreeMap;

use super::{MarkupDiffers, all, at, behind};
use crate::check::kept::localised;
use crate::diagnostic::Findings;
use crate::text::{Code, CodeKind, Document, Lang, Span, Translation};

/// Tags that break a line.
const BREAKS: [&str; 2] = ["br", "wbr"];

/// A tag, and how often it opens or stands alone.
struct Tag<'a> {
    id: &'a str,
    alone: bool,
    first: &'a Code,
    count: usize,
}

impl MarkupDiffers {
    pub(super) fn tags<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let (source, target) = (whole.source(), whole.target());
        if source.codes().is_empty() && target.codes().is_empty() {
            return;
        }
        let langs = [source.lang(), target.lang()];
        let (mut own, mut other) = (self.of(source), self.of(target));
        // Where a line is broken is for the translator to say, but not by what the original has no use for.
        if source.codes().iter().any(|code| code.kind != CodeKind::Placeholder) {
            let is_break = |tag: &Tag<'_>| BREAKS.contains(&tag.id);
            let counts = |tags: &[Tag<'_>]| tags.iter().filter(|tag| is_break(tag)).map(|tag| tag.count).sum::<usize>();
            if counts(&own) != counts(&other) {
                own.retain(|tag| !is_break(tag));
                other.retain(|tag| !is_break(tag));
            }
        }
        for tag in own {
            let same = other.iter().position(|other| other.id == tag.id && other.alone == tag.alone);
            let finding = match same {
                Some(n) if other[n].count == tag.count => {
                    let found = other.remove(n);
                    // Of several tags of one name it is not known which is which.
                    let (theirs, ours) = (written(source, tag.first), written(target, found.first));
                    let how = match (theirs, ours) {
                        _ if closed(theirs) && !closed(ours) && tag.alone => "other",
                        _ if tag.count > 1 || same_attributes(theirs, ours, langs) => continue,
                        _ => "attributes",
                    };
                    word_at(target, found.first.at).phrase("how", how).slot("found", shown(target, found.first))
                }
                Some(n) => {
                    let (has, wants) = (other.remove(n).count, tag.count);
                    let how = if has < wants { "fewer" } else { "more" };
                    behind(target, all(target)).phrase("how", how).slot("count", has.to_string())
                }
                None => match other.iter().position(|other| other.id == tag.id) {
                    // `<b>` without `</b>` stands alone.
                    Some(n) if !tag.alone => {
                        let open = other.remove(n);
                        at(target, open.first.at).phrase("how", "open")
                    }
                    _ => match other.iter().position(|other| other.alone == tag.alone) {
                        Some(n) => {
                            let found = other.remove(n);
                            let words = word_at(target, found.first.at);
                            words.phrase("how", "other").slot("found", shown(target, found.first))
                        }
                        None => behind(target, all(target)).phrase("how", "missing"),
                    },
                },
            };
            let place = whole_place(source);
            out.push(
                finding
                    .slot("text", shown(source, tag.first))
                    .slot("wanted", tag.count.to_string())
                    .related_in(source, place),
            );
        }
        for tag in other {
            out.push(word_at(target, tag.first.at).phrase("how", "extra").slot("text", shown(target, tag.first)));
        }
    }

    /// The tags of a side, in order, each once.
    fn of<'a>(&self, doc: &'a Document) -> Vec<Tag<'a>> {
        let mut out: Vec<Tag<'_>> = Vec::new();
        for code in doc.codes() {
            let alone = match code.kind {
                CodeKind::Open => false,
                CodeKind::Alone => true,
                CodeKind::Close | CodeKind::Placeholder => continue,
            };
            if alone && !self.is_tag(code, code.at.slice(doc.source().text())) {
                continue;
            }
            match out.iter_mut().find(|tag| tag.id == code.id && tag.alone == alone) {
                Some(tag) => tag.count += 1,
                None => out.push(Tag { id: &code.id, alone, first: code, count: 1 }),
            }
        }
        out
    }

    /// Whether what stands alone is a tag: `<FILE>` is a word to translate.
    fn is_tag(&self, code: &Code, written: &str) -> bool {
        let known = self.elements.contains(&code.id) || BREAKS.contains(&&*code.id);
        known || written.ends_with("/>") || written.contains("=\"")
    }
}

/// A longer tag is told by its name.
const LONGEST: usize = 40;

/// A tag as it is written in the file.
fn written<'a>(doc: &'a Document, code: &Code) -> &'a str {
    code.from.slice(doc.source().file().text())
}

/// Whether a tag closes itself.
fn closed(tag: &str) -> bool {
    tag.ends_with("/>")
}

/// Whether two tags have the same attributes, so far as languages have no say in them.
fn same_attributes(theirs: &str, ours: &str, langs: [Lang; 2]) -> bool {
    let (theirs, ours) = (attributes(theirs), attributes(ours));
    let kept = |name: &str| !OPTIONAL.contains(&name) && !SHARED.contains(&name);
    let one_lacks = |one: &BTreeMap<String, &str>, other: &BTreeMap<String, &str>| {
        one.keys().any(|name| kept(name) && !other.contains_key(name))
    };
    let differs = theirs.iter().any(|(name, value)| {
        let Some(found) = ours.get(name) else { return false };
        // Quotation marks of prose in the place of those of the tag.
        let quoted = |value: &str| value.starts_with(['«', '“', '”', '„', '‘', '’', '‚']);
        let fixed = FIXED.contains(&&**name) || SHARED.contains(&&**name);
        // A picture may have words in it, and another file for each language.
        let picture = name == "src" && localised(value, langs) != localised(found, langs);
        picture || fixed && value != found || quoted(found) && !quoted(value)
    });
    !differs && !one_lacks(&theirs, &ours) && !one_lacks(&ours, &theirs)
}

/// The attributes of a tag with their values.
fn attributes(tag: &str) -> BTreeMap<String, &str> {
    // Quotes may be escaped as the file wants it.
    let mut rest = tag.trim_end_matches(['>', '/', ' ']);
    let mut out = BTreeMap::new();
    while let Some((before, after)) = rest.split_once('=') {
        let name = before.rsplit([' ', '\n', '\t', '\r']).next().unwrap_or_default().to_ascii_lowercase();
        let after = after.trim_start_matches([' ', '\\']);
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => after[1..].split(quote).next().unwrap_or_default(),
            None => after.split(' ').next().unwrap_or_default(),
        };
        let start = value.as_ptr() as usize - rest.as_ptr() as usize;
        rest = &rest[start + value.len()..];
        out.insert(name, value.trim_end_matches('\\'));
    }
    out
}

/// Attributes that are the same in every language.
const FIXED: [&str; 5] = ["class", "id", "style", "target", "rel"];
/// Attributes that a tag may do without, and that are the same where both have them.
const SHARED: [&str; 1] = ["visibility"];
/// Attributes that a translation may set, leave out or change.
const OPTIONAL: [&str; 8] = ["lang", "xml:lang", "xml-lang", "dir", "title", "alt", "width", "height"];

fn shown(doc: &Document, code: &Code) -> String {
    let written = written(doc, code);
    if written.len() <= LONGEST { written.to_owned() } else { code.id.clone() }
}

/// A finding at the first word from a place of the source on.
fn word_at<'a>(doc: &'a Document, place: Span) -> crate::diagnostic::Finding<'a> {
    if !place.is_empty() {
        return at(doc, place);
    }
    let words = doc.words();
    let next = words.partition_point(|word| doc.in_source(word.span).start < place.start);
    match words.get(next).or_else(|| words.last()) {
        Some(word) => crate::diagnostic::Finding::new(doc, word.span),
        None => behind(doc, all(doc)),
    }
}

/// The first line of the original.
fn whole_place(doc: &Document) -> Span {
    doc.blocks().first().map_or(Span::default(), |block| block.span)
}
