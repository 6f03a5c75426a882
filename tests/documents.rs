//! How files are read: example documents with their trees, and what holds of any document.

#![cfg(feature = "cli")]

mod invariants;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use copydesk::config::Setup;
use copydesk::format::Kind;
use copydesk::text::tree;
use copydesk::{cli, run};
use invariants::documents::{self, WAYS, Way, with_breaks};
use proptest::prelude::*;

/// The examples: every file in `tests/documents` that is not the tree of another.
fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let entries = fs::read_dir(&folder).expect("there are examples");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e != "tree"));
    paths.sort();
    assert!(paths.len() > 5, "only {paths:?}");
    paths
}

/// What `copydesk tree` prints for a file.
fn printed(path: &Path, bytes: &[u8]) -> String {
    let setup = Setup::default();
    if let Some(Kind::Bilingual(format)) = run::kind(&setup, path) {
        let source = Arc::new(run::source(&setup, path, bytes).expect("it is text"));
        let read = format.read(&source, &setup.reading);
        let bad = read.bad.iter().map(|bad| format!("line {}: {}\n", bad.line, bad.message));
        return bad.chain(read.units.iter().map(|unit| cli::tree::unit(&setup, unit))).collect();
    }
    let documents = documents::read(&Setup::default(), path, bytes);
    documents.iter().map(|doc| documents::heading(doc.source()) + &tree::print(doc)).collect()
}

#[test]
fn examples_are_read_as_expected() {
    let accept = env::var_os("ACCEPT").is_some_and(|v| !v.is_empty());
    let mut wrong = Vec::new();
    for path in examples() {
        let found = printed(&path, &fs::read(&path).expect("it can be read"));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let expectation = path.with_file_name(format!("{name}.tree"));
        if accept {
            fs::write(&expectation, &found).expect("it can be written");
            continue;
        }
        let Ok(expected) = fs::read_to_string(&expectation) else {
            wrong.push(format!("{name}: there is no {name}.tree"));
            continue;
        };
        let same = expected.lines().zip(found.lines()).take_while(|(a, b)| a == b).count();
        if expected != found {
            let line = |text: &str| text.lines().nth(same).unwrap_or_default().to_owned();
            wrong.push(format!("{name}.tree:{}:\n-{}\n+{}", same + 1, line(&expected), line(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}\n`ACCEPT=1 cargo test --test documents` accepts", wrong.join("\n"));
}

/// A tree without its offsets in bytes, and with one kind of line break.
fn without_offsets(tree: &str) -> String {
    let mut out = String::new();
    for line in tree.lines() {
        let (before, after) = match (line.find(" ["), line.find("] ")) {
            (Some(from), Some(to)) if !line.starts_with(' ') && from < to => (&line[..from], &line[to + 1..]),
            _ => (line, ""),
        };
        out.push_str(&format!("{before}{after}\n").replace("\\u{d}⏎", "⏎").replace("\\u{d}", "⏎"));
    }
    out
}

#[test]
fn line_breaks_and_encodings_make_no_difference() {
    for path in examples() {
        // The line breaks of this one are an example themselves.
        if path.ends_with("crlf.txt") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("it is UTF-8");
        let tree = without_offsets(&printed(&path, text.as_bytes()));
        let records = path.extension().is_some_and(|e| e == "jsonl");
        for breaks in ["\r\n", "\r"].into_iter().filter(|breaks| !records || *breaks == "\r\n") {
            let other = printed(&path, with_breaks(&text, &[breaks]).as_bytes());
            assert_eq!(without_offsets(&other), tree, "{} with {breaks:?}", path.display());
        }
        let marked = printed(&path, format!("\u{feff}{text}").as_bytes());
        assert_eq!(without_offsets(&marked), tree, "{} with a byte order mark", path.display());
        if path.extension().is_some_and(|e| e != "html") {
            let units = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
            assert_eq!(without_offsets(&printed(&path, &units)), tree, "{} in UTF-16", path.display());
        }
    }
}

/// What matters to some format, or to all.
const PIECES: &[&str] = &[
    // Words, in many scripts, and what ends and quotes them.
    "word ",
    "The the ",
    "Dr. Holm ",
    "3.5 ",
    "end. ",
    "Really?! ",
    "“quoted” ",
    "(aside) ",
    "don’t ",
    "e.g. this ",
    "… ",
    "漢字。",
    "「引用。」",
    "slovo slovo ",
    "Привет, мир. ",
    "مرحبا؟ ",
    "ไทย ",
    "e\u{301}te\u{301} ",
    "\u{301}",
    "👩\u{200d}🚀 ",
    "🇩🇪",
    "\u{202e}back\u{202c}",
    "\u{2066}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\t",
    " ",
    "  ",
    "\u{1b}[31m",
    "\u{3000}",
    "ß",
    "İ",
    // Lines and layout.
    "\n",
    "\n",
    "\n\n",
    "\n\n\n",
    "  \n",
    "\\\n",
    "By Ada Holm\n",
    "- item ",
    "* item ",
    "\n1. first ",
    "\n2) ",
    "\n> quoted ",
    "\n***\n",
    "\n---\n",
    "\n===\n",
    "    indented ",
    "Photo: Holm\n",
    "\n# ",
    "\n## Head\n",
    "Title\n=====\n",
    // Markdown.
    "**bold** ",
    "*it",
    "*",
    "_",
    "**",
    "~~struck~~ ",
    "`code` ",
    "`",
    "``` ",
    "\n```\n",
    "\n~~~\n",
    "[link](https://a.b/c) ",
    "[",
    "](",
    ")",
    "![picture](a.jpg) ",
    "![",
    "<https://a.b/> ",
    "<me@a.b> ",
    "me@a.b ",
    "https://a.b/(c) ",
    "www.a.b. ",
    "://",
    "@",
    "@@",
    "\\*",
    "\\",
    "\\&amp; ",
    "[^1] ",
    "\n[^1]: note ",
    "| a | b |\n|---|--:|\n| c\\|d | `e|f` |\n",
    "|",
    "- [x] ",
    "{#id}",
    "\n[a]: b\n",
    "Term\n: what\n",
    "$x$ ",
    // Template tags and MDX.
    "{{< ref \"x\" >}}",
    "{{% tip %}}",
    "{% if x %}",
    "{{ title }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{{/* c */}}",
    "{{< highlight go >}}a\n\nb{{< /highlight >}}",
    "{count}",
    "{\" \"}",
    "{/* note */}",
    "{",
    "}",
    "<Chart a={1} b=\">\"/>",
    "import X from 'x'\n\n",
    "export const a = 1\n",
    // HTML.
    "&amp;",
    "&amp;amp; ",
    "&eacute;",
    "&nbsp;",
    "&#8217;",
    "&#x1F600;",
    "&",
    "&copy 2026 ",
    "&hellip; ",
    "&NotEqualTilde;",
    "&lt;b&gt; ",
    "&#10;",
    "&#0;",
    "&lang;",
    "&fj",
    "<b>bold</b> ",
    "<b",
    "<",
    ">",
    "</",
    "<p>",
    "</p>",
    "<br>",
    "<br/>\n",
    "<p lang=fr>",
    "<div>",
    "</div>",
    "<ul><li>",
    "<li>",
    "</ul>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<pre>a\nb</pre>",
    "<code>x &lt; y</code> ",
    "<code>",
    "</code>",
    "<del>not</del> ",
    "<script>a < b</script>",
    "<script>",
    "<style>",
    "<!-- copydesk: ignore -->",
    "<!-- ",
    "-->",
    "<!--a-->",
    "<![CDATA[x]]>",
    "<?xml?>",
    "<nav>menu</nav>",
    "<h1>",
    "</h1>",
    "<blockquote>",
    "<svg><title>t</title></svg>",
    "<span hidden>no</span>",
    "<title>t</title>",
    "<textarea>",
    "<sup>1</sup>",
    "<select><option>o</select>",
    "<kbd>",
    "</kbd>",
    "<a href=\"x\">",
    "</a>",
    "<html lang=de>",
    "<template>",
];

const STARTS: &[&str] = &[
    "",
    "",
    "",
    "---\ntitle: A title\nlang: en\n---\n",
    "---\ntitle: 'It''s \"a\" title'\ndescription: \"tab\\tand \\u00e9\"\n---\n\n",
    "---\nsummary: >\n  folded\n  lines\ntitle: |\n  kept\n  lines\n---\n",
    "---\ntitle: a\nbroken: [\n---\n",
    "---\na: &a [x, x]\nb: [*a, *a]\ntitle: *a\n---\n",
    "+++\ntitle = \"A \\\"title\\\"\"\nsubtitle = '''\nlines'''\n+++\n",
    "{\n\"title\": \"A \\u00e9 title\"\n}\n\n",
    "---\ntitle: naïve 橋 💧 title # comment\n---\n",
    "---\n",
    "<!DOCTYPE html><html lang=\"en\"><body><article>",
];

fn article() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..24);
    let breaks = proptest::sample::select(vec![vec!["\n"], vec!["\r\n"], vec!["\r"], vec!["\n", "\r\n", "\r", "\n\r"]]);
    (any::<bool>(), proptest::sample::select(STARTS), pieces, breaks).prop_map(|(mark, start, pieces, breaks)| {
        format!(
            "{}{}",
            if mark { "\u{feff}" } else { "" },
            with_breaks(&(start.to_owned() + &pieces.concat()), &breaks)
        )
    })
}

/// How a text is written as JSON.
#[derive(Debug, Clone, Copy)]
enum Escapes {
    Needed,
    Ascii,
    All,
}

/// A record that holds a text.
fn record(text: &str, escapes: Escapes) -> String {
    let unit = |unit: &u16| format!("\\u{unit:04X}");
    let escaped = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(unit).collect::<String>();
    let text = match escapes {
        Escapes::Needed => serde_json::Value::from(text).to_string().replace("</", "<\\/"),
        Escapes::Ascii => serde_json::Value::from(text)
            .to_string()
            .chars()
            .map(|c| if c.is_ascii() { c.into() } else { escaped(c) })
            .collect(),
        Escapes::All => format!("\"{}\"", text.chars().map(escaped).collect::<String>()),
    };
    format!("{{ \"id\": 7, \"text\" :{text} ,\"x\": \"\\ud800 \\\"\"}}\n")
}

fn escapes() -> impl Strategy<Value = Escapes> {
    proptest::sample::select(vec![Escapes::Needed, Escapes::Ascii, Escapes::All])
}

/// Checks an article in every way.
fn in_every_way(text: &str, escapes: Escapes) -> Result<(), String> {
    for way in WAYS {
        let bytes = if way.format == "json-lines" { record(text, escapes) } else { text.to_owned() };
        documents::check(way, bytes.as_bytes()).map_err(|e| format!("{way:?}: {e}"))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_read_stands_where_it_says(text in article(), escapes in escapes()) {
        prop_assert_eq!(in_every_way(&text, escapes), Ok(()));
    }
}

/// Texts that were once read wrong.
const ONCE_WRONG: &[&str] = &[
    // HTML in Markdown, its lines ended by CRLF, and code after a lone CR.
    "<div>\r\n<p>Prose.</p>\r\n</div>\r\n",
    "```rust\rfn main() {}\r```\r\rProse.",
    "# &#8217;\r1. first ",
    // A backslash behind an escape.
    "It ended.\\n\\",
    "It ended.\\n\\<b>so</b>",
    "word\u{b}\u{b}\nword",
    "a<br](b:/<br>)c",
];

#[test]
fn what_was_once_read_wrong_is_read_right() {
    for text in ONCE_WRONG {
        for escapes in [Escapes::Needed, Escapes::All] {
            assert_eq!(in_every_way(text, escapes), Ok(()), "{text:?}");
        }
    }
}

#[test]
fn examples_hold_too() {
    for path in examples() {
        let text = fs::read_to_string(&path).expect("it is UTF-8");
        assert_eq!(in_every_way(&text, Escapes::Ascii), Ok(()), "{}", path.display());
        let words = documents::check(Way::records("text"), text.as_bytes());
        assert!(words.is_ok_and(|words| words > 0 || path.extension().is_none_or(|e| e != "jsonl")));
    }
}
