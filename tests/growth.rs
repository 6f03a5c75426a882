//! Time grows with the length of a file and not with its square, for each format and each check, whatever the file
//! repeats.

#![cfg(feature = "cli")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, thread};

use copydesk::config::Setup;
use copydesk::corpus::Corpus;
use copydesk::format::{self, Kind, json_lines};
use copydesk::lint::{HouseStyle, Linter, registry};
use copydesk::run;
use copydesk::text::{Document, Lang};

/// The most that twice the text may take, as a multiple.
const STEP: f64 = 2.3;
/// And as much again over all steps, for memory is slower than the caches that a short text fits into: a square law
/// would still be found, with 64 times where eight times the text may take 24.
const CACHES: f64 = 2.0;
/// Shorter times say nothing.
const SHORTEST: Duration = Duration::from_millis(5);
const SMALL: usize = 64 << 10;

/// Texts that are the same thing over and over. `#` is a number, another each time, spelled in letters.
const PATTERNS: &[(&str, &str)] = &[
    ("one word", "word "),
    ("one line without spaces", "x"),
    ("one line of one ideograph", "漢"),
    ("one combining mark", "\u{301}"),
    ("spaces", " "),
    ("no-break spaces", "\u{a0}"),
    ("line breaks", "\n"),
    ("carriage returns", "\r"),
    ("paragraphs", "A line.\n\n"),
    ("lines", "Aline\n"),
    ("full stops", "."),
    ("spaced full stops", ". "),
    ("letters with stops", "a."),
    ("commas", ","),
    ("spaced commas", " , "),
    ("opening brackets", "("),
    ("square brackets", "["),
    ("pairs of brackets", "()"),
    ("quotation marks", "\""),
    ("apostrophes", "'"),
    ("opening quotation marks", "“"),
    ("quoted words", "“a” "),
    ("hyphens", "-"),
    ("names", "Mr Ab# Cd# spoke. "),
    ("names alike", "Olga Petre#nko spoke. Then "),
    ("names in a list", "Ab#, "),
    ("one name", "Olga Petrenko "),
    ("capitals", "A"),
    ("distinct words", "ab# "),
    ("distinct sentences", "The ab# was cd# here. "),
    ("one sentence", "The boat left the harbour at nine. "),
    ("one sentence a line", "The boat left the harbour at nine.\n"),
    ("doubled words", "was was "),
    ("tails", "It left the harbour. the harbour. "),
    ("page furniture", "Related posts\n"),
    ("less-than signs", "<"),
    ("greater-than signs", ">"),
    ("open tags", "<b>"),
    ("open paragraphs", "<p>a"),
    ("nested blocks", "<div>a "),
    ("ends of tags", "</b>"),
    ("tags", "<b>a</b> "),
    ("comments that do not end", "<!--"),
    ("ignore comments", "<!-- copydesk: ignore -->\n\na\n\n"),
    ("ignore comments on a line", "a <!-- copydesk: ignore[repeated-word] --> "),
    ("ignored regions", "<!-- copydesk: ignore-start[stray-space] -->\n\na ,\n\n"),
    ("ends of others", "<!-- copydesk: ignore-start[a#] -->\n\na\n\n<!-- copydesk: ignore-end[b#] -->\n\n"),
    ("code elements", "<code>"),
    ("ampersands", "&"),
    ("entities", "&amp;"),
    ("entities that do not end", "&a"),
    ("numbers of characters", "&#1"),
    ("braces", "{"),
    ("opening template tags", "{{"),
    ("template tags", "{{ a }} "),
    ("Liquid tags", "{% a"),
    ("code tags of Hugo", "{{< highlight >}}"),
    ("comments of MDX", "{/*"),
    ("tags of MDX", "<A b={"),
    ("backticks", "`"),
    ("runs of backticks", "`a``b"),
    ("fences", "```\n"),
    ("asterisks", "*"),
    ("spaced asterisks", "*a "),
    ("underscores", "_"),
    ("tildes", "~"),
    ("links", "[a](b) "),
    ("pictures", "!["),
    ("link definitions", "[a#]: b\n"),
    ("footnotes", "[^a#]\n\n[^a#]: b\n\n"),
    ("quotations", "> "),
    ("lists", "- "),
    ("nested lists", "- a\n  "),
    ("tables", "|"),
    ("rows", "| a | b |\n|---|---|\n"),
    ("headings", "# a\n"),
    ("underlines", "a\n=\n"),
    ("backslashes", "\\"),
    ("escapes", "\\*"),
    ("signs of addresses", "a@b"),
    ("slashes of addresses", "a://"),
    ("addresses", "https://a.b/c?d=e#f "),
    ("broken characters", "Ã©"),
    ("letters of two scripts", "aа"),
    ("words of two scripts", "pаypal "),
    ("foreign sentences", "The dog was on the hill. Der Hund war auf dem Berg und die Katze nicht. "),
    (LANGUAGES, "<p lang=\"de\">Der Hund ist auf dem Berg und die Katze nicht.</p>\n<p lang=\"en\">The dog was.</p>\n"),
    ("front matter", "---\na: b\n"),
    ("byte order marks", "\u{feff}"),
    ("emoji", "👩\u{200d}🚀"),
    ("bidi", "\u{202e}a"),
    ("messages", "msgid \"a#\"\nmsgstr \"b#\"\n\n"),
    ("strings", "\"a# \"\n"),
    ("escapes of strings", "\\n"),
    ("messages without translations", "msgid \"a#\"\n"),
    ("units", "<trans-unit id=\"a#\"><source>a</source><target>b</target></trans-unit>"),
    ("units that do not end", "<trans-unit id=\"a#\"><source>a"),
    ("memories", "<tu><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"de\"><seg>b</seg></tuv></tu>"),
    ("texts of a memory", "<tuv xml:lang=\"de\"><seg>b</seg></tuv>"),
    ("inline elements", "<g id=\"1\">"),
    ("codes in codes", "<ph><sub>"),
    ("sections of characters", "<![CDATA[a]]>"),
    ("ends of elements", "</target>"),
    ("attributes", " a#=\"b\""),
    ("tags in square brackets", "[b]a[/b] "),
    ("open square brackets", "[a ] [/a"),
    ("placeholders", "%s {0} "),
    ("signs of placeholders", "%"),
    ("cells in quotes", "\"a\",\"b\"\n"),
    ("rows", "a#\tb\n"),
    ("cues", "1\n00:00:01,000 --> 00:00:02,000\na\n\n"),
    ("timings", "00:01.000 --> 00:02.000\n"),
];

/// Only markup says that blocks are in different languages, so that the lints see this one in HTML.
const LANGUAGES: &str = "blocks of two languages in turn";

/// Formats, each with what reads a text in it.
const FORMATS: [&str; 12] =
    ["text", "markdown", "mdx", "html", "json-lines", "po", "xliff", "tmx", "tsv", "csv", "srt", "vtt"];

/// A text of about so many bytes.
fn text(pattern: &str, length: usize) -> String {
    let mut out = String::with_capacity(length + 64);
    let mut number = 0_usize;
    while out.len() < length {
        if pattern.contains('#') && pattern != "# a\n" {
            out.push_str(&pattern.replace('#', &letters(number)));
        } else {
            out.push_str(pattern);
        }
        number += 1;
    }
    out
}

/// A number in letters, so that a word with it is one.
fn letters(mut number: usize) -> String {
    let mut out = String::new();
    loop {
        out.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return out;
        }
    }
}

/// A text as a file of a format.
fn file(format: &str, text: String) -> String {
    match format {
        "json-lines" => format!("{{\"text\": {}}}", serde_json::Value::from(text)),
        "po" => format!("msgid \"a\"\nmsgstr \"{text}\"\n"),
        "xliff" => {
            format!(
                "<xliff><file><trans-unit id=\"1\"><source>a</source><target>{text}</target></trans-unit></file></xliff>"
            )
        }
        "tmx" => format!("<tmx><header srclang=\"en\"/><tu><tuv xml:lang=\"en\"><seg>{text}</seg></tuv></tu></tmx>"),
        "srt" => format!("1\n00:00:01,000 --> 00:00:02,000\n{text}"),
        "vtt" => format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{text}"),
        _ => text,
    }
}

/// A file as the command line reads it, in English so that no lint is silent.
fn document(format: &'static str, text: &str) -> Option<Document> {
    let mut setup = Setup::default();
    setup.format = format::named(format);
    setup.lang = Lang::parse("en");
    let source = Arc::new(run::source(&setup, Path::new("article"), text.as_bytes()).ok()?);
    match setup.format.map(|row| &row.kind)? {
        Kind::Bilingual(format) => {
            let unit = format.read(&source, &setup.reading).units.into_iter().next()?;
            Some(run::side(&setup, &unit.target?))
        }
        Kind::Text(format) => Some(run::document(&setup, *format, source, None)),
        Kind::Records => {
            let (line, at) = *json_lines::lines(&source).first()?;
            let entry = json_lines::record(&source, line, at, &setup.reading).ok()?;
            Some(run::document(&setup, format::PLAIN, Arc::new(entry.source), None))
        }
    }
}

/// Every lint that there is, by itself; none of them silent for the language.
fn linters() -> Vec<(String, Linter)> {
    let one = |lint: &Arc<copydesk::lint::Lint>| vec![(lint.clone(), lint.severity)];
    registry::builtin().iter().map(|l| (l.id.clone(), Linter::new(one(l), HouseStyle::default()))).collect()
}

/// The time that this thread has worked. The clock on the wall goes on while others have the machine, so it is only for
/// systems that do not tell.
fn worked(begun: Instant) -> Duration {
    // The count is brought up to date when the thread gives way.
    thread::yield_now();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let worked = told.and_then(|t| t.split(' ').next()?.parse().ok()).map(Duration::from_nanos);
    worked.unwrap_or_else(|| begun.elapsed())
}

/// How long something takes.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let before = worked(begun);
    let done = work();
    (done, worked(begun).saturating_sub(before))
}

/// How long reading takes, and each lint.
fn times(format: &'static str, text: &str, linters: &[(String, Linter)]) -> Vec<Duration> {
    let (document, reading) = timed(|| document(format, text));
    let mut times = vec![reading];
    if let Some(document) = document {
        let once = std::slice::from_ref(&document);
        times.extend(linters.iter().map(|(_, linter)| match linter.is_of_corpus() {
            true => timed(|| compare(once.iter().chain(once).chain(once), linter)).1,
            false => timed(|| linter.check(&document)).1,
        }));
    }
    times
}

/// Sets documents against each other, and counts what is found.
fn compare<'d>(documents: impl Iterator<Item = &'d Document>, linter: &Linter) -> usize {
    let mut corpus = Corpus::default();
    for (doc, document) in (0..).zip(documents) {
        corpus.insert(doc, linter.gather(document).0);
    }
    corpus.conclude(None).found.len()
}

/// Compares a text of `SMALL` bytes with one of `large` bytes. What takes too long is measured again before it is
/// blamed, since the machine may have been busy.
fn too_slow(format: &'static str, pattern: &str, large: usize, linters: &[(String, Linter)]) -> Vec<String> {
    let small_text = file(format, text(pattern, SMALL));
    let large_text = file(format, text(pattern, large));
    let steps = (large as f64 / SMALL as f64).log2();
    let most = CACHES * STEP.powf(steps);
    let mut small = times(format, &small_text, linters);
    let mut long = times(format, &large_text, linters);
    let mut tries = 0;
    loop {
        let slow: Vec<usize> = (0..long.len().min(small.len()))
            .filter(|&n| long[n] > SHORTEST * 4 && long[n].as_secs_f64() / small[n].as_secs_f64().max(1e-5) > most)
            .collect();
        if slow.is_empty() || tries == 4 {
            return slow
                .into_iter()
                .map(|n| {
                    let name = n.checked_sub(1).map_or("reading", |n| &linters[n].0);
                    format!(
                        "{name}: {:?}, then {:?}: {:.0} times",
                        small[n],
                        long[n],
                        long[n].div_duration_f64(small[n])
                    )
                })
                .collect();
        }
        for (best, again) in [(&mut small, &small_text), (&mut long, &large_text)] {
            for (best, time) in best.iter_mut().zip(times(format, again, linters)) {
                *best = time.min(*best);
            }
        }
        tries += 1;
    }
}

/// Reads every pattern in every format, and runs the lints in those of `checked`.
fn all(large: usize, checked: &[&str]) {
    let linters = linters();
    // To look at one: PATTERN=backticks.
    let only = std::env::var("PATTERN").unwrap_or_default();
    let of_format = |format: &'static str| {
        let patterns = PATTERNS.iter().filter(|(name, _)| name.contains(&only));
        let slow = |(name, pattern): &(&str, &str)| {
            let lints = checked.contains(&format) || format == "html" && *name == LANGUAGES;
            let found = too_slow(format, pattern, large, if lints { &linters[..] } else { &[] });
            found.into_iter().map(|what| format!("{format}, {name}: {what}")).collect::<Vec<_>>()
        };
        patterns.flat_map(slow).collect::<Vec<_>>()
    };
    let of_format = &of_format;
    let wrong: Vec<String> = thread::scope(|scope| {
        let formats = FORMATS.map(|format| scope.spawn(move || of_format(format)));
        formats.into_iter().flat_map(|found| found.join().expect("it ends")).collect()
    });
    assert!(wrong.is_empty(), "for {} times the text:\n{}", large / SMALL, wrong.join("\n"));
}

/// Articles by what they are made of, over and over: as in [`PATTERNS`], with other numbers in each.
const ARTICLES: &[(&str, &str)] = &[
    ("the same blocks", "A line of nine words that all of them have.\n\n"),
    (
        "blocks of their own",
        "A line about the ab# that no other has in it.\n\nAnd a foot of nine words that all of them have.\n\n",
    ),
    ("the same name", "Then we saw Olga Petrenko there.\n\n"),
    ("names of their own", "Then we saw Olga Ab# and Cd# Petrenko there.\n\n"),
    ("names alike", "Then we saw Olga Petre#nko there, and Petra Petrenko too.\n\n"),
];

#[test]
fn time_grows_with_the_number_of_articles() {
    let mut wrong = Vec::new();
    for (pattern, (id, linter)) in ARTICLES.iter().flat_map(|pattern| linters().into_iter().map(move |l| (pattern, l)))
    {
        if !linter.is_of_corpus() {
            continue;
        }
        let (small, large) = (250, 2000);
        let article = |n: usize| {
            pattern.1.repeat(4).split('#').fold(String::new(), |all, part| all + part + &letters(n * 7919 % 10007))
        };
        let documents: Vec<Document> = (0..large).filter_map(|n| document("text", &article(n))).collect();
        let time = |count: usize| {
            let times = (0..3).map(|_| timed(|| compare(documents[..count].iter(), &linter)).1);
            times.min().unwrap_or_default()
        };
        let (short, long) = (time(small), time(large));
        let most = CACHES * STEP.powf((large as f64 / small as f64).log2());
        if long > SHORTEST * 4 && long.as_secs_f64() / short.as_secs_f64().max(1e-5) > most {
            wrong.push(format!("{id}, {}: {short:?}, then {long:?}", pattern.0));
        }
    }
    assert!(wrong.is_empty(), "for eight times the articles:\n{}", wrong.join("\n"));
}

#[test]
fn time_grows_with_the_text() {
    // Checks see documents, whatever their format was.
    all(512 << 10, &["text"]);
}

#[test]
#[ignore = "takes minutes: tests/run --long"]
fn time_grows_with_a_long_text() {
    all(4 << 20, &FORMATS);
}
