//! Page furniture left in an article: blocks that are a phrase of a site's interface.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Lang, Language, Span, fold};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Furniture {}

impl Check for Furniture {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let mut run: Option<(Span, Span, &str)> = None;
        for block in doc.blocks().iter().skip(1) {
            let category =
                category(doc.slice(block.span), doc.lang()).or_else(|| category(doc.slice(block.span), Lang::ENGLISH));
            match (category, &mut run) {
                (Some(_), Some((all, _, _))) => *all = all.to(block.span),
                (Some(category), None) => run = Some((block.span, block.span, category)),
                (None, _) => report(doc, run.take(), out),
            }
        }
        report(doc, run, out);
    }
}

fn report<'a>(doc: &'a Document, run: Option<(Span, Span, &str)>, out: &mut Findings<'a>) {
    if let Some((all, first, category)) = run {
        let finding =
            Finding::new(doc, all).slot("phrase", doc.slice(first)).slot("category", category.replace('-', " "));
        out.push(finding.delete(all));
    }
}

fn category(block: &str, lang: Lang) -> Option<&'static str> {
    if block.len() > 100 {
        return None;
    }
    let folded = fold(block.trim_end_matches([':', '…', '.', ' ']));
    let furniture = &Language::of(lang).furniture;
    furniture
        .iter()
        .find(|(_, phrases)| phrases.iter().any(|p| fold(p) == folded))
        .map(|(category, _)| category.as_str())
}
