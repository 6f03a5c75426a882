//! Markup that shows in the text: tags, entities, shortcodes, wiki markup, templates, lines of script.

mod bracket;
mod entity;
mod escape;
mod script;
mod tag;

use serde::Deserialize;

use self::bracket::Brackets;
use self::tag::Tags;
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{BlockKind, Document, MaskKind, PerLanguage, Span, Translation, WordSet};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Markup {
    /// Words that talk about markup: next to a tag they say that it is meant to be read.
    discussed: PerLanguage<WordSet>,
    /// Words in square brackets that a wiki puts behind headings and statements.
    wiki_notes: WordSet,
    /// Names of wiki templates, the first word of each.
    wiki_templates: WordSet,
    /// Names of shortcodes that stand alone, without attributes or a closing half.
    shortcodes: WordSet,
}

/// A piece of markup and what to do about it.
struct Residue {
    span: Span,
    /// The key of the phrase that says what it is.
    kind: &'static str,
    /// What stands there once it is mended; `None` where nobody can say.
    mended: Option<String>,
    /// Whether mending it leaves all that the text says.
    safe: bool,
}

impl Residue {
    fn new(start: usize, end: usize, kind: &'static str) -> Residue {
        Residue { span: Span::of(start..end), kind, mended: None, safe: false }
    }

    fn mended(self, text: impl Into<String>) -> Residue {
        Residue { mended: Some(text.into()), ..self }
    }

    fn safe(self) -> Residue {
        Residue { safe: true, ..self }
    }

    /// What stands for this character. An angle bracket may make a tag with what is around it, which the next round
    /// would delete: only what cannot is safe.
    fn standing_for(self, c: char) -> Residue {
        Residue { safe: !matches!(c, '<' | '>'), ..self }.mended(c)
    }
}

impl Check for Markup {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        self.tell(doc, "", out);
    }

    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let is_unit = whole.circumstances().is_unit;
        self.tell(whole.target(), if is_unit { whole.source().source().text() } else { "" }, out);
    }
}

impl Markup {
    /// Tells what is found; entities of the original of a string are how that is written, and stand here as they stand there.
    fn tell<'a>(&self, doc: &'a Document, original: &str, out: &mut Findings<'a>) {
        let mut found = self.pieces(doc);
        script::lines(doc, &mut found);
        found.retain(|r| r.kind != "entity" || !original.contains(doc.slice(r.span)));
        if original.contains('&') {
            found.extend(entity::headless(doc.text(), original));
        }
        found.sort_by_key(|r| (r.span.start, r.span.end));
        found.dedup_by(|b, a| a.span.overlaps(b.span));
        found.retain(|residue| !is_named(doc, residue));
        // An article that talks about one tag may well show others.
        if found.iter().any(|r| r.kind == "tag" && self.is_discussed(doc, r.span)) {
            found.retain(|r| r.kind != "tag" && r.kind != "entity");
        }
        let mut rest = &found[..];
        while let Some(first) = rest.first() {
            let joins = |pair: &[Residue]| {
                pair[0].kind == pair[1].kind && doc.slice(pair[0].span.until(pair[1].span)).trim().is_empty()
            };
            let run = 1 + rest.windows(2).take_while(|pair| joins(pair)).count();
            report(doc, &rest[..run], first.kind, out);
            rest = &rest[run..];
        }
    }

    /// What begins with a mark of its own, in order.
    fn pieces(&self, doc: &Document) -> Vec<Residue> {
        let text = doc.text();
        let bytes = text.as_bytes();
        let (mut tags, mut brackets) = (Tags::default(), Brackets::new(self));
        let mut found = Vec::new();
        // What comes before this has been looked at.
        let mut next = 0;
        for (block, at) in doc.blocks().iter().flat_map(|b| doc.marks_of(b).iter().map(move |&at| (b, at as usize))) {
            if at < next {
                continue;
            }
            let residue = match bytes[at] {
                b'<' => tags.read(text, at),
                b'&' => entity::read(text, at),
                b'[' | b'!' => brackets.square(text, at),
                b'{' => brackets.curly(text, at),
                b'\\' => escape::read(text, at),
                b'*' | b'\'' => brackets.doubled(text, at),
                _ => None,
            };
            next = residue.as_ref().map_or(at, |r| r.span.end as usize);
            // What is masked is left out before it can join what is not. Themes read Markdown in front matter too, and tags
            // in what stands under a title.
            let standfirst = block.kind == BlockKind::Heading;
            let themed =
                |r: &Residue| (r.kind == "markdown" || r.kind == "tag" && standfirst) && doc.is_in_front(r.span);
            let shown = |r: &Residue| doc.is_masked(r.span) || is_of_code(doc, r) || themed(r);
            let stands = |r: &Residue| block.span.contains(r.span) && !shown(r);
            found.extend(residue.filter(stands));
        }
        brackets.drop_unclosed(&mut found);
        found
    }

    /// Whether words around a stretch talk about markup.
    fn is_discussed(&self, doc: &Document, span: Span) -> bool {
        let Some(block) = doc.block_at(span.start) else { return false };
        let words = doc.words_of(block);
        let before = words.partition_point(|w| w.span.end <= span.start);
        let after = words.partition_point(|w| w.span.start < span.end);
        let near = words[before.saturating_sub(3)..before].iter().chain(words[after..].iter().take(3));
        near.into_iter().any(|w| self.discussed.has(block.lang, doc.folded(*w)))
    }
}

/// Whether the name in brackets is marked as code: “[`/client`]” is no shortcode.
fn is_of_code(doc: &Document, residue: &Residue) -> bool {
    let inner = Span::new(residue.span.start + 1, residue.span.end - 1);
    let masks = doc.masks();
    let next = masks.partition_point(|m| m.span.end <= inner.start);
    residue.kind == "shortcode"
        && masks.get(next).is_some_and(|m| m.kind == MaskKind::Code && m.span.start <= inner.start)
}

/// Whether a tag was escaped by hand and has no partner in its block, or a name in doubled brackets so: the text speaks of it.
fn is_named(doc: &Document, residue: &Residue) -> bool {
    let Some(block) = doc.block_at(residue.span.start) else { return false };
    let escaped = |mark: &str| doc.in_source(residue.span).slice(doc.source().text()).starts_with(mark);
    // “&lt;textarea>”: a program that escapes does both ends.
    let half = |residue: &Residue| {
        let written = doc.in_source(residue.span).slice(doc.source().text());
        written.starts_with("&lt;") && written.ends_with('>')
    };
    match residue.kind {
        "tag" => (escaped("\\<") || half(residue)) && !doc.slice(block.span).contains("</"),
        // `[[noreturn]]`, `[[OwnKeys]]`: no page of a wiki has such a name.
        "wiki" => {
            let inner = doc.slice(residue.span).trim_matches(['[', ']']);
            let name = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_alphanumeric());
            let program =
                inner.starts_with(|c: char| c.is_lowercase()) || inner.chars().skip(1).any(char::is_uppercase);
            name && program && escaped("\\[")
        }
        _ => false,
    }
}

/// One finding for a run of markup of one kind.
fn report<'a>(doc: &'a Document, run: &[Residue], kind: &'static str, out: &mut Findings<'a>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let span = first.span.to(last.span);
    let mended: Option<String> = run.iter().map(|r| r.mended.as_deref()).collect();
    let mut finding = Finding::new(doc, span).slot("text", doc.slice(span)).phrase("kind", kind);
    if let Some(mended) = mended {
        finding = finding.slot("meaning", mended.clone());
        let (span, mended) = fit(doc, span, mended);
        finding = finding.replace(span, mended);
    }
    // A tag that was written escaped is shown on purpose, or escaped once too often: nobody but the writer knows which.
    let written = || doc.in_source(span).slice(doc.source().text());
    let meant = kind == "tag" && written() != doc.slice(span);
    out.push(if run.iter().all(|r| r.safe) && !meant { finding } else { finding.unsafe_fix() });
}

/// Takes a space with what is deleted where two would be left.
fn fit(doc: &Document, span: Span, mended: String) -> (Span, String) {
    let (before, after) = (&doc.text()[..span.start as usize], &doc.text()[span.end as usize..]);
    let (opens, closes) = (before.is_empty() || before.ends_with([' ', '\n']), after.starts_with(' '));
    if opens && closes && mended.trim().is_empty() {
        return (Span::new(span.start, span.end + 1), String::new());
    }
    let apart = mended == " " && (opens || after.is_empty() || after.starts_with([' ', '\n']));
    (span, if apart { String::new() } else { mended })
}
