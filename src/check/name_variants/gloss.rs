//! Spellings that stand beside another script: “(Arabic: زها حديد, Zahā Ḥadīd)” tells how a name is read, and is no slip.

use unicode_script::{Script, UnicodeScript};

use crate::text::Document;
use crate::text::names::{Mention, Mentions};

/// How far before a spelling its bracket may open, in bytes.
const REACH: usize = 160;

/// Whether a form only stands in brackets with words of another script.
pub fn is_gloss(doc: &Document, mentions: &Mentions, form: u32) -> bool {
    mentions.of_form(&mentions.forms()[form as usize]).iter().all(|mention| in_gloss(doc, mention))
}

fn in_gloss(doc: &Document, mention: &Mention) -> bool {
    let text = doc.text();
    let here = mention.span.start as usize;
    let from = text.floor_char_boundary(here.saturating_sub(REACH));
    let before = &text[from..here];
    let Some(open) = before.rfind(['(', '（', '[']) else { return false };
    let inside = before[open..].trim_start_matches(['(', '（', '[']);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).map(|c| c.script()).collect::<Vec<Script>>();
    let Some(own) = letters(doc.slice(mention.span)).first().copied() else { return false };
    let other = |script: &Script| *script != own && !matches!(script, Script::Common | Script::Inherited);
    !inside.contains([')', '）', ']', '\n']) && letters(inside).iter().any(other)
}
