//! What the server finds is what the command line finds, whatever was typed.

use std::cell::RefCell;
use std::convert::Infallible;
use std::path::{Path, PathBuf};

use copydesk::config::{Flags, Setups};
use copydesk::files::Input;
use copydesk::run::{self, Job};
use copydesk::text::Source;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::session::{Session, pulls, uri};

const CONFIG: &str = "strict = true\npreview = true\nlang = 'en'\n[lints]\ndoubled-space = 'note'\n";

/// What is typed: defects, markup, and characters that are counted differently everywhere.
const PIECES: &[&str] = &[
    "the the ",
    "The ferry is late.The pier is shut. ",
    "Heappey ",
    "Heapey ",
    "Mr Heapey of Heappey ",
    "😀é",
    "\u{feff}",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ,",
    "“open",
    "<!-- copydesk: ignore[repeated-word] -->",
    "<b>",
    "</p><p>",
    "{/* x */}",
    "**",
    "# ",
    "- ",
    "> ",
    "`code`",
    "&amp;",
    "\\u00e9",
    "\"",
    "{",
    "}",
    "Printed on Fridays in three villages by volunteers",
    "the pilots of Lenn said that the ",
    "---\n",
    "  ",
    "\u{200b}",
    "𝒳 ",
];

fn article(ending: &str, n: usize) -> String {
    if matches!(ending, "po" | "xlf" | "tmx" | "tsv" | "srt" | "vtt") {
        return translations(ending, n);
    }
    let name = if n == 1 { "Marlo Heapey" } else { "Marlo Heappey" };
    let said = "came to the pier at noon and told the the crew of the ferry that it was late";
    let foot = "Printed on Fridays in three villages by volunteers";
    let place = ["Lenn", "Orrin", "Tarsk", "Vell", "Brade", "Quill"][n];
    match ending {
        "html" => format!(
            "<html><body><h1>Ferries of {place}</h1><p>{name} {said}.</p><p>In {place} {name} sat.</p><p>{foot}</p></body></html>\n"
        ),
        "jsonl" => format!(
            "{}\n{}\n{}\n",
            json!({"id": "a", "text": format!("Ferries of {place}\n\n{name} {said}.\n\n{foot}")}),
            json!({"id": "b", "text": format!("In {place} they sat by the the pier. “Open."), "lang": "en"}),
            json!({"id": "c", "source": "The lock is shut on Sundays.", "source_lang": "en", "target_lang": "fr",
                "target": if n == 1 { "L’écluse est fermée le dimanche." } else { "Pas d’éclusage les dimanches." }}),
        ),
        "txt" => format!("Ferries of {place}\n\n{name} {said}.\n\nIn {place} {name} sat.\n\n{foot}\n"),
        _ => format!("# Ferries of {place}\n\n{name} {said}.\n\n- In {place} *{name}* sat.\n\n{foot}\n"),
    }
}

/// A file of translations from the German.
fn translations(ending: &str, n: usize) -> String {
    let name = if n == 1 { "Marlo Heapey" } else { "Marlo Heappey" };
    let lock = if n == 1 { "The lock is shut on Sundays." } else { "No boats pass the lock on Sundays." };
    let pairs = [
        ("Marlo Heappey kam um 12 Uhr zum Pier.", format!("{name} came to the the pier at 11 o’clock.")),
        ("Die Schleuse ist sonntags geschlossen.", lock.to_owned()),
        ("Heappey wartete.", format!("{name} waited")),
    ];
    let each = |one: &dyn Fn(usize, &str, &str) -> String| -> String {
        pairs.iter().enumerate().map(|(at, (source, target))| one(at + 1, source, target)).collect()
    };
    match ending {
        "po" => format!(
            "msgid \"\"\nmsgstr \"Language: en\\n\"\n\n{}",
            each(&|at, source, target| format!("#: {at}\nmsgid \"{source}\"\nmsgstr \"\"\n\"{target}\"\n\n"))
        ),
        "xlf" => format!(
            "<xliff version=\"1.2\"><file source-language=\"de\" target-language=\"en\" datatype=\"plaintext\" original=\"a\"><body>\n{}</body></file></xliff>\n",
            each(&|at, source, target| format!(
                "<trans-unit id=\"{at}\"><source>{source}</source><target>{target}</target></trans-unit>\n"
            ))
        ),
        "tmx" => format!(
            "<tmx version=\"1.4\"><header srclang=\"de\"/><body>\n{}</body></tmx>\n",
            each(&|_, source, target| format!(
                "<tu><tuv xml:lang=\"de\"><seg>{source}</seg></tuv><tuv xml:lang=\"en\"><seg>{target}</seg></tuv></tu>\n"
            ))
        ),
        "tsv" => format!("de\ten\n{}", each(&|_, source, target| format!("{source}\t{target}\n"))),
        "srt" => each(&|at, _, target| format!("{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{target}\n\n")),
        _ => each(&|at, _, target| {
            let head = if at == 1 { "WEBVTT\n\n" } else { "" };
            format!("{head}00:0{at}.000 --> 00:0{at}.900\n{target}\n\n")
        }),
    }
}

/// A position as it is counted in a unit.
fn position(source: &Source, at: u32, encoding: &str) -> Value {
    // The editor's text begins with the mark.
    let whole = if source.bom() > 0 { format!("\u{feff}{}", source.text()) } else { source.text().to_owned() };
    let before = &whole[..(at + source.bom()) as usize];
    let mut line = 0;
    let mut start = 0;
    for (at, c) in whole.char_indices().take_while(|(at, _)| *at < before.len()) {
        if c == '\n' || c == '\r' && !whole[at + 1..].starts_with('\n') {
            (line, start) = (line + 1, at + c.len_utf8());
        }
    }
    let before = &before[start..];
    let character = match encoding {
        "utf-8" => before.len(),
        "utf-16" => before.encode_utf16().count(),
        _ => before.chars().count(),
    };
    json!({"line": line, "character": character})
}

/// What a fresh check of all articles finds in one.
fn fresh(folder: &Path, path: &Path, text: &str, encoding: &str) -> Vec<Value> {
    let job = Job { setups: Setups::new(Flags::default()), mending: None, cache: None };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e != "toml"));
    paths.sort();
    let input = |other: PathBuf| match other == path {
        true => Input::Bytes(other, text.as_bytes().to_vec()),
        false => Input::File { path: other, root: None },
    };
    let inputs = paths.into_iter().map(input).collect();
    let mut found = Vec::new();
    let Ok(()) = run::each_file(&job, inputs, |other, outcome| {
        if other == path {
            for d in &outcome.diagnostics {
                let at = d.at.in_file();
                let related = d.related.iter().map(|label| {
                    let at = label.at.in_file();
                    json!([uri(at.source.path()), position(&at.source, at.span.start, encoding), label.message])
                });
                found.push(json!({
                    "code": d.lint.id,
                    "message": if d.help.is_empty() { d.message.clone() } else { format!("{}\n{}", d.message, d.help) },
                    "start": position(&at.source, at.span.start, encoding),
                    "end": position(&at.source, at.span.end, encoding),
                    "related": related.collect::<Vec<_>>(),
                }));
            }
            found.extend(outcome.problems.iter().map(|problem| json!({"problem": problem.message})));
        }
        Ok::<(), Infallible>(())
    });
    found
}

fn told(items: &[Value]) -> Vec<Value> {
    let related = |d: &Value| match &d["relatedInformation"] {
        Value::Array(all) => {
            all.iter().map(|r| json!([r["location"]["uri"], r["location"]["range"]["start"], r["message"]])).collect()
        }
        _ => Vec::new(),
    };
    let one = |d: &Value| match d.get("code") {
        Some(code) => json!({
            "code": code, "message": d["message"], "start": d["range"]["start"], "end": d["range"]["end"],
            "related": related(d),
        }),
        None => json!({"problem": d["message"]}),
    };
    items.iter().map(one).collect()
}

fn sorted(mut all: Vec<Value>) -> Vec<String> {
    let mut all: Vec<String> = all.drain(..).map(|one| one.to_string()).collect();
    all.sort();
    all
}

/// An edit: two places as shares of the text, and what is put there.
type Typed = (f64, f64, usize);

fn typed(ending: &'static str, language: &'static str, encoding: &'static str) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    std::fs::write(folder.join("copydesk.toml"), CONFIG).unwrap();
    for n in 0..6 {
        std::fs::write(folder.join(format!("{n}.{ending}")), article(ending, n)).unwrap();
    }
    let path = folder.join(format!("1.{ending}"));
    let uri = uri(&path);
    let first = article(ending, 1);
    let mut session = Session::open(&folder, pulls(encoding));
    // Until all is read, nothing is compared.
    session.wait("refresh", |m| m["method"] == "workspace/diagnostic/refresh");
    session.did_open(&uri, language, &first);
    let begun = told(&session.pull(&uri));
    let expected: &[&str] = match ending {
        // Which language the originals are in a file of this kind does not say.
        "po" => &["repeated-word", "inconsistent-translation"],
        "xlf" | "tmx" | "tsv" => &["repeated-word", "number-mismatch", "inconsistent-translation"],
        "srt" | "vtt" => &["repeated-word"],
        "jsonl" => &["inconsistent-name-across", "recurring-block", "inconsistent-translation"],
        _ => &["inconsistent-name-across", "recurring-block"],
    };
    for code in expected {
        assert!(begun.iter().any(|d| d["code"] == *code), "{code}: {begun:?}");
    }
    let session = RefCell::new((session, 1));
    let edits = prop::collection::vec((0.0..1.0f64, 0.0..0.05f64, 0..PIECES.len()), 1..12);
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&edits, |edits: Vec<Typed>| {
        let (session, version) = &mut *session.borrow_mut();
        *version += 1;
        session.did_change(&uri, *version, json!([{"text": first}]));
        let mut text = first.clone();
        for (at, length, piece) in edits {
            let boundary = |share: f64| {
                let mut at = (share.min(1.0) * text.len() as f64) as usize;
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                // No editor has a place inside a line break.
                if at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n') { at - 1 } else { at }
            };
            let (start, end) = (boundary(at), boundary(at + length));
            let whole = Source::new("x", text.as_str());
            // Without a mark set aside: these are places of the editor.
            let place = |at: usize| position(&whole, (at as u32).saturating_sub(whole.bom()), encoding);
            let place =
                |at: usize| if at < whole.bom() as usize { json!({"line": 0, "character": 0}) } else { place(at) };
            let range = json!({"start": place(start), "end": place(end)});
            let start = if start < whole.bom() as usize { 0 } else { start };
            let end = if end < whole.bom() as usize { 0 } else { end };
            *version += 1;
            session.did_change(&uri, *version, json!([{"range": range, "text": PIECES[piece]}]));
            text.replace_range(start..end, PIECES[piece]);
            let now = sorted(told(&session.pull(&uri)));
            prop_assert_eq!(now, sorted(fresh(&folder, &path, &text, encoding)), "{:?}", text);
        }
        Ok(())
    });
    if let Err(e) = outcome {
        panic!("{e}");
    }
    session.into_inner().0.close();
}

#[test]
fn plain_text_is_found_as_by_check() {
    typed("txt", "plaintext", "utf-16");
}

#[test]
fn markdown_is_found_as_by_check() {
    typed("md", "markdown", "utf-8");
}

#[test]
fn mdx_is_found_as_by_check() {
    typed("mdx", "mdx", "utf-32");
}

#[cfg(feature = "html")]
#[test]
fn html_is_found_as_by_check() {
    typed("html", "html", "utf-16");
}

#[test]
fn records_are_found_as_by_check() {
    typed("jsonl", "jsonl", "utf-16");
}

#[test]
fn translations_of_programs_are_found_as_by_check() {
    typed("po", "po", "utf-16");
}

#[test]
fn xliff_is_found_as_by_check() {
    typed("xlf", "xml", "utf-8");
}

#[test]
fn translation_memories_are_found_as_by_check() {
    typed("tmx", "xml", "utf-32");
}

#[test]
fn tables_are_found_as_by_check() {
    typed("tsv", "tsv", "utf-16");
}

#[test]
fn subtitles_are_found_as_by_check() {
    typed("srt", "srt", "utf-16");
    typed("vtt", "vtt", "utf-8");
}
