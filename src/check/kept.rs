//! What a translation has to keep as it is: addresses, placeholders.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{At, Document, Lang, MaskKind, Pair, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Kept {
    /// What is compared.
    what: What,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    #[default]
    Address,
    Placeholder,
}

impl Check for Kept {
    fn pair<'a>(&self, pair: &Pair<'a>, out: &mut Findings<'a>) {
        let (mut missing, mut extra) = (self.of(&pair.source), self.of(&pair.target));
        let langs = [pair.source.doc.lang(), pair.target.doc.lang()];
        let same = |a: &Span, b: &Span| {
            let (a, b) = (pair.source.doc.slice(*a), pair.target.doc.slice(*b));
            a == b || self.what == What::Address && is_same(a, b, langs)
        };
        missing.retain(|own| match extra.iter().position(|other| same(own, other)) {
            Some(at) => {
                extra.remove(at);
                false
            }
            None => true,
        });
        let mut extra = extra.into_iter();
        for own in missing {
            let text = pair.source.doc.slice(own);
            let finding = match extra.next() {
                Some(other) => {
                    in_mask(pair.target.doc, other).phrase("how", "other").slot("found", pair.target.doc.slice(other))
                }
                None => {
                    let words = super::untranslated_segment::words_in(pair.target.doc, pair.target.span);
                    let Some(last) = words.last() else { continue };
                    Finding::new(pair.target.doc, last.span).phrase("how", "missing").slot("found", "")
                }
            };
            out.push(finding.slot("text", text).related_in(pair.source.doc, own));
        }
        for other in extra {
            let text = pair.target.doc.slice(other);
            out.push(in_mask(pair.target.doc, other).phrase("how", "extra").slot("text", text).slot("found", text));
        }
    }

    fn needs_source(&self) -> bool {
        true
    }
}

impl Kept {
    fn of(&self, at: &At<'_>) -> Vec<Span> {
        let wanted = match self.what {
            What::Address => MaskKind::Address,
            What::Placeholder => MaskKind::Placeholder,
        };
        let masks = at.doc.masks();
        let first = masks.partition_point(|mask| mask.span.end <= at.span.start);
        let own = masks[first..].iter().take_while(|mask| mask.span.start < at.span.end);
        let own = own.filter(|mask| mask.kind == wanted).map(|mask| mask.span);
        match self.what {
            What::Address => own.flat_map(|span| addresses(at.doc, span)).collect(),
            What::Placeholder => own.collect(),
        }
    }
}

/// The addresses of what is masked as one: without the words that are written onto them in a language that sets no spaces or
/// writes its endings so, “https://ferry.example/を”.
fn addresses(doc: &Document, span: Span) -> Vec<Span> {
    let is_word = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}');
    let text = doc.slice(span);
    let mut found = Vec::new();
    let mut at = span.start;
    for piece in text.split_inclusive(is_word) {
        let bare = piece.trim_end_matches(is_word);
        let bare = bare.strip_suffix("'s").or(bare.strip_suffix("’s")).unwrap_or(bare);
        if bare.contains(['@', '.']) || bare.contains("://") {
            found.push(Span::new(at, at + bare.len() as u32));
        }
        at += piece.len() as u32;
    }
    // One that has such letters itself, or none of these signs.
    let whole = text.contains("://") && !text.is_ascii() && text.starts_with("http") && text.contains('%');
    if found.is_empty() || whole { vec![span] } else { found }
}

/// A finding in what is masked stands in the source only.
fn in_mask(doc: &Document, span: Span) -> Finding<'_> {
    Finding::in_source(doc, doc.in_source(span))
}

/// Whether two addresses are of one page: in the two languages perhaps, or in the example of a page that has no place anywhere.
fn is_same(a: &str, b: &str, langs: [Lang; 2]) -> bool {
    // “en.wikipedia.org/wiki/Ferry”: a site for each language names its pages in that.
    let parts = |address: &str| {
        let bare = address.split("://").last().unwrap_or(address);
        let host = &bare[..bare.find(['/', '?', '#', ':']).unwrap_or(bare.len())];
        (host.to_owned(), host.split_once('.').map(|(first, rest)| (first.to_owned(), rest.to_owned())))
    };
    let ((host, own), (other_host, other)) = (parts(a), parts(b));
    let of = |first: &str, lang: Lang| Lang::parse(first) == Some(lang);
    let sites = own.zip(other).is_some_and(|((first, rest), (second, of_second))| {
        rest.contains('.') && rest == of_second && of(&first, langs[0]) && of(&second, langs[1])
    });
    let nowhere = ["localhost", "127.0.0.1", "example.com", "example.org", "example.net"];
    localised(a, langs) == localised(b, langs) || sites || host == other_host && nowhere.contains(&host.as_str())
}

/// An address without what may differ from language to language: the scheme, `en` as a folder, as a host or in a query.
pub(super) fn localised(address: &str, langs: [Lang; 2]) -> String {
    let bare = address.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let is_tag = |part: &str| {
        let tag = Lang::parse(part);
        part.len() <= 7 && tag.is_some_and(|tag| langs.contains(&tag))
    };
    let parts = bare.trim_end_matches('/').split(['/', '.', '=', '-', '_']);
    parts.filter(|part| !is_tag(part)).collect::<Vec<_>>().join("/")
}
