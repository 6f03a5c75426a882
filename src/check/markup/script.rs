//! Lines of script and style sheets that stand where a paragraph should.

use super::Residue;
use crate::text::{Document, Span};

/// How a line of script begins.
const OPENINGS: &[&str] = &[
    "$(",
    "(function",
    "!function",
    "/*",
    "//<![CDATA[",
    "@import",
    "@media",
    "_gaq.",
    "adsbygoogle",
    "console.",
    "const ",
    "dataLayer",
    "document.",
    "fbq(",
    "function ",
    "function(",
    "ga(",
    "googletag.",
    "gtag(",
    "if (",
    "if(",
    "import ",
    "jQuery",
    "let ",
    "new ",
    "return ",
    "setTimeout(",
    "try {",
    "try{",
    "var ",
    "window.",
    "}",
    "<?php",
];

/// Finds blocks that are script or a rule of a style sheet.
pub(super) fn lines(doc: &Document, found: &mut Vec<Residue>) {
    for block in doc.blocks() {
        let line = doc.slice(block.span);
        // Prose begins with a letter or a quotation mark and ends in a mark that no script ends in.
        let shown = || {
            // Code that is marked as such is shown on purpose: “Type: `{ html: string }`”, “`@import` (clever)”,
            // “**console.table([rows])**”.
            let masked = |at: u32| doc.is_masked(Span::new(at, at + 1));
            let brace = line.find(['{', '(']).map(|at| block.span.start + at as u32);
            brace.is_some_and(masked) || masked(block.span.start) || is_emphasized(doc, block.span)
        };
        if line.ends_with([';', '}', ')', '{', ',', '>', '/']) && (is_script(line) || is_rule(line)) && !shown() {
            found.push(Residue::new(block.span.start as usize, block.span.end as usize, "script").mended(""));
        }
    }
}

/// Whether a stretch is emphasized in Markdown from its first letter on.
fn is_emphasized(doc: &Document, span: Span) -> bool {
    doc.source().text()[..doc.in_source(span).start as usize].ends_with(['*', '_'])
}

fn is_script(line: &str) -> bool {
    let Some(opening) = OPENINGS.iter().find(|o| line.starts_with(**o)) else { return false };
    let rest = &line[opening.len()..];
    let calls = rest.contains('(') && rest.contains(')') || rest.contains('{') || rest.contains('}');
    let assigns = rest.contains('=') || rest.contains("::");
    match *opening {
        "}" => line.len() < 40 && line.bytes().all(|b| b"})];(, ".contains(&b)),
        "/*" => line.contains("*/") && (line.contains('{') || line.contains("CDATA")),
        "const " | "let " | "var " | "new " | "return " | "import " => line.ends_with([';', '{']) && (calls || assigns),
        _ => calls || assigns,
    }
}

/// `.story p { margin: 0; }`
fn is_rule(line: &str) -> bool {
    let Some((selector, body)) = line.split_once('{') else { return false };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b" .#-_,:>+*\n()[]=\"'@".contains(&b);
    !selector.is_empty()
        && selector.bytes().all(plain)
        && line.ends_with('}')
        && body.split(';').next().is_some_and(|first| {
            first
                .split_once(':')
                .is_some_and(|(name, _)| name.trim().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        })
}
