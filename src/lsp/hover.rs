//! What is shown where the mouse rests: what is wrong, why it matters, what to do.

use gen_lsp_types::HoverParams;
use serde_json::{Value, json};

use super::diagnostics::definition;
use super::documents::key;
use super::positions::Places;
use super::server::{Answer, Server};
use crate::diagnostic::Diagnostic;

impl Server {
    pub(super) fn hover(&mut self, given: HoverParams) -> Answer {
        let at = given.text_document_position_params;
        let path = key(&at.text_document.uri);
        self.look(&path);
        let Some(open) = self.open.get(&path) else { return Ok(Value::Null) };
        let byte = open.lines.byte(at.position, self.can.encoding) as u32;
        let Some((source, all)) = self.articles.diagnostics(&self.rules, &path) else { return Ok(Value::Null) };
        let byte = byte.saturating_sub(source.bom());
        let here = |d: &&Diagnostic| {
            let span = d.at.in_file().span;
            span.start <= byte && byte <= span.end
        };
        let here: Vec<&Diagnostic> = all.iter().filter(here).collect();
        let Some(first) = here.first() else { return Ok(Value::Null) };
        let range = Places::of(&source, self.can.encoding).range(first.at.in_file().span);
        let told: Vec<String> = here.iter().map(|d| if self.can.markdown { markdown(d) } else { plain(d) }).collect();
        let (kind, rule) = if self.can.markdown { ("markdown", "\n\n---\n\n") } else { ("plaintext", "\n\n") };
        Ok(json!({"contents": {"kind": kind, "value": told.join(rule)}, "range": range}))
    }
}

fn plain(d: &Diagnostic) -> String {
    let help = if d.help.is_empty() { String::new() } else { format!("\n{}", d.help) };
    format!("{}{help}\n\n{} ({})", d.message, d.lint.why, d.lint.id)
}

fn markdown(d: &Diagnostic) -> String {
    let help = if d.help.is_empty() { String::new() } else { format!("\n\n{}", escaped(&d.help)) };
    let id = escaped(&d.lint.id);
    let name = definition(&d.lint).map_or_else(|| id.clone(), |uri| format!("[{id}]({})", uri.0));
    format!("**{}**{help}\n\n{}\n\n{name}", escaped(&d.message), escaped(&d.lint.why))
}

/// Words of an article as Markdown that shows them and does nothing else: no picture is loaded, no link made of them.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article_stay_words() {
        assert_eq!(escaped("![x](https://a)\n# <b>"), "\\!\\[x\\]\\(https\\:\\/\\/a\\) \\# \\<b\\>");
    }
}
