//! The page that `copydesk report` writes: no string of an article becomes markup, nothing in it runs or asks the network,
//! and ten thousand findings make a page that a browser opens.

#![cfg(feature = "cli")]

mod invariants;

use std::time::Instant;

use invariants::fixing::outcome;
use invariants::reports::show;
use proptest::prelude::*;

use copydesk::config::Setup;
use copydesk::run::FileOutcome;

fn check(path: &str, text: &str) -> FileOutcome {
    outcome(Setup::default(), std::path::Path::new(path), text.as_bytes(), None)
}

/// The tags of a page in order, with the names of their attributes. A bracket or quote where none can be is a failure.
fn tags(page: &str) -> Result<Vec<String>, String> {
    let (_, body) = page.split_once("</style>").ok_or("no style")?;
    let mut found = Vec::new();
    let mut rest = body;
    while let Some((text, after)) = rest.split_once('<') {
        if text.contains('>') {
            return Err(format!("a bracket in {text:?}"));
        }
        let (tag, after) = after.split_once('>').ok_or("a tag without end")?;
        rest = after;
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut shape = name.to_owned();
        while !attributes.is_empty() {
            let bare = ["checked", "disabled", "hidden"].iter().find_map(|name| attributes.strip_prefix(name));
            let after = match bare {
                Some(after) => after,
                None => {
                    let (name, value) = attributes.split_once("=\"").ok_or(format!("<{tag}>"))?;
                    let (_, after) = value.split_once('"').ok_or(format!("<{tag}>"))?;
                    shape += &format!(" {name}");
                    after
                }
            };
            attributes = after.strip_prefix(' ').unwrap_or(after);
        }
        found.push(shape);
    }
    Ok(found)
}

const KNOWN: &str = "a article b bdi body br button code dd del details div em fieldset footer form h1 h2 h3 header i input ins \
                     label legend li main mark p q rect section small span strong summary svg table tbody td text tfoot \
                     th thead tr ul caption html head";
const ATTRIBUTES: &str = "aria-label autocomplete class dir height href id lang role scope type viewBox width x y";

fn harmless(page: &str) -> Result<(), String> {
    for tag in tags(page)? {
        let mut parts = tag.trim_start_matches('/').split(' ');
        let name = parts.next().unwrap_or_default();
        if !KNOWN.split(' ').any(|known| known == name) {
            return Err(format!("the element {name:?}"));
        }
        if let Some(other) = parts.find(|part| !ATTRIBUTES.split(' ').any(|known| known == *part)) {
            return Err(format!("the attribute {other:?} of {name}"));
        }
    }
    let elsewhere = |link: &str| !link.starts_with('#');
    if let Some(link) = page.split("href=\"").skip(1).find(|link| elsewhere(link)) {
        return Err(format!("a link to {:?}", &link[..link.len().min(40)]));
    }
    if !page.contains("content=\"default-src 'none';") {
        return Err("no policy".into());
    }
    let steers = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
    };
    page.chars().find(|c| steers(*c)).map_or(Ok(()), |c| Err(format!("the character {c:?}")))
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("The the "),
        Just("was was "),
        Just("boat left the harbour. the harbour."),
        Just("</q></li><script>alert(1)</script>"),
        Just("\"'><img src=x onerror=alert(1)>"),
        Just("&lt;&amp;&#60;"),
        Just("<!--"),
        Just("]]>"),
        Just("</style>"),
        Just("javascript:alert(1)"),
        Just("\u{202e}\u{2028}\u{0}\u{1b}[31m"),
        Just("\r\n\n"),
        Just("\n"),
        Just("وصلت العبارة إلى إلى الميناء "),
        Just("â€™ "),
        Just("late.The "),
        Just("  "),
        Just("👩\u{200d}🚀 "),
    ];
    proptest::collection::vec(piece, 1..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_string_of_an_article_becomes_markup(text in hostile(), name in hostile()) {
        for path in ["a.txt".to_owned(), format!("a/{}.txt", name.replace(['/', '\0'], ""))] {
            let page = show("html", &check(&path, &text), false);
            prop_assert_eq!(harmless(&page), Ok(()), "{}", page);
        }
    }
}

#[test]
fn ten_thousand_findings_fit_in_five_megabytes_and_a_second() {
    let text =
        "The ship came in at noon, and it was was late, said the harbour master of the town to us. ".repeat(10_000);
    let outcome = check("a.txt", &text);
    assert!(outcome.diagnostics.len() >= 10_000);
    let start = Instant::now();
    let page = show("html", &outcome, false);
    let took = start.elapsed();
    assert!(page.len() <= 5_000_000, "{} bytes", page.len());
    // A debug build takes some times as long as the program does.
    assert!(took.as_secs_f64() < 5.0, "{took:?}");
    assert_eq!(page.matches("<li class=\"w").count(), outcome.diagnostics.len() + 1);
    assert_eq!(harmless(&page), Ok(()));
}

#[test]
fn chinese_findings_are_no_longer_than_others() {
    let text = "船在中午到达港口，â€™船长对镇上的港务长说，今天的天气很好，所有的人都很高兴。".repeat(2_000);
    let outcome = check("a.txt", &text);
    assert!(outcome.diagnostics.len() >= 1_000, "{}", outcome.diagnostics.len());
    let page = show("html", &outcome, false);
    let each = (page.len() - 20_000) / outcome.diagnostics.len();
    assert!(each < 500, "{each} bytes a finding");
}
