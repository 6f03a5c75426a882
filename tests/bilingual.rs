//! Files of originals and translations, whatever stands in them: what holds of any, and what is said of broken ones.

#![cfg(feature = "cli")]

mod invariants;

use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use copydesk::format::bilingual::{CodeKind, State, Units};
use copydesk::format::{self, Kind, Reading};
use copydesk::text::{Lang, Source};
use invariants::documents::with_breaks;
use invariants::{documents, fixing, sides};
use proptest::prelude::*;

/// Reads a file in a format.
fn read(name: &str, text: &str) -> Units {
    read_as(name, text, &Reading::default())
}

fn read_as(name: &str, text: &str, reading: &Reading) -> Units {
    match format::named(name).map(|row| &row.kind) {
        Some(Kind::Bilingual(format)) => format.read(&Arc::new(Source::new("a", text)), reading),
        _ => panic!("{name} is no format of originals and translations"),
    }
}

/// Both sides of each unit.
fn texts(units: &Units) -> Vec<(&str, &str)> {
    units
        .units
        .iter()
        .map(|unit| {
            let source = unit.source.as_ref().map_or("-", |entry| entry.source.text());
            let target = unit.target.as_ref().map_or("-", |entry| entry.source.text());
            (source, target)
        })
        .collect()
}

fn told(units: &Units) -> Vec<(u32, &str)> {
    units.bad.iter().map(|bad| (bad.line, bad.message.as_str())).collect()
}

#[test]
fn a_broken_message_is_told_and_the_others_are_read() {
    let text = "msgid \"a\"\nmsgstr \"b\"\n\nrubbish\nmsgid \"c\"\nmsgstr \"d\"\n\nmsgid \"e\nmsgstr \"f\"\n\nmsgid \"g\"\nmsgstr \"h\"\n\nmsgid \"i\"\n";
    let units = read("po", text);
    assert_eq!(texts(&units), [("a", "b"), ("c", "d"), ("g", "h")]);
    let lines: Vec<u32> = units.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [4, 8, 14]);
    assert_eq!(units.bad[1].message, "a string that does not begin and end in a quotation mark");
}

#[test]
fn forms_of_a_plural_stand_beside_the_form_of_the_original() {
    let text = "msgid \"%d boat\"\nmsgid_plural \"%d boats\"\nmsgstr[0] \"a %d\"\nmsgstr[1] \"b %d\"\n\n\
                msgid \"One pier\"\nmsgid_plural \"%d piers\"\nmsgstr[0] \"c %d\"\n";
    let units = read("po", text);
    assert_eq!(texts(&units), [("%d boat", "a %d"), ("%d boats", "b %d"), ("%d piers", "c %d")]);
    // Where there are several forms, each may say its number in words; the only one may not.
    let sources = units.units.iter().filter_map(|unit| unit.source.as_ref());
    assert_eq!(sources.map(|source| source.codes[0].optional).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn what_an_obsolete_message_said_before_is_passed_over() {
    let text = "#~| msgid \"old\"\n#~ msgid \"a\"\n#~ msgstr \"b\"\n\nmsgid \"c\"\nmsgstr \"d\"\n";
    let units = read("po", text);
    assert_eq!((texts(&units), told(&units)), (vec![("a", "b"), ("c", "d")], vec![]));
    assert_eq!(units.units[0].state, State::Obsolete);
}

#[test]
fn broken_xml_is_told_and_the_units_behind_are_read() {
    let unit = |id: u32, target: &str| {
        format!("<trans-unit id=\"{id}\"><source>s{id}</source><target>{target}</target></trans-unit>\n")
    };
    let body = [unit(1, "a"), unit(2, "b <g id=\"1\">"), unit(3, "c"), unit(4, "AT&T"), unit(5, "e")].concat();
    let text = format!(
        "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"fr\"><body>\n{body}</body></file></xliff>"
    );
    let units = read("xliff", &text);
    assert_eq!(texts(&units), [("s1", "a"), ("s3", "c"), ("s5", "e")]);
    assert_eq!(told(&units).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 5]);
    assert!(units.bad[0].message.starts_with("not well-formed XML: "), "{:?}", units.bad);
    assert_eq!(units.units[2].target.as_ref().unwrap().lang, Lang::parse("fr"));
    assert_eq!(told(&read("xliff", "<html/>")), [(1, "not well-formed XML: the document is no <xliff>")]);
    assert_eq!(told(&read("tmx", "")), [(1, "not well-formed XML: there is no <tmx>")]);
}

#[test]
fn no_entity_of_a_document_is_expanded() {
    let bomb = "<!DOCTYPE tmx [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let text = format!(
        "{bomb}<tmx><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>a &b; c</seg></tuv>\
         <tuv xml:lang=\"de\"><seg>d &b; &#228;&amp;</seg></tuv></tu></body></tmx>"
    );
    let units = read("tmx", &text);
    assert_eq!(texts(&units), [("a &b; c", "d &b; ä&")]);
    assert_eq!(units.units[0].target.as_ref().unwrap().codes[0].kind, CodeKind::Placeholder);
}

#[test]
fn tables_are_read_by_number_or_heading() {
    let tagged = read("tsv", "en\tde\nThe pier\tDer Steg\n");
    assert_eq!(texts(&tagged), [("The pier", "Der Steg")]);
    assert_eq!(tagged.units[0].target.as_ref().unwrap().lang, Lang::parse("de"));
    assert_eq!(
        texts(&read("tsv", "\"Stop,\" he said.\t„Halt“, sagte er.\n")),
        [("\"Stop,\" he said.", "„Halt“, sagte er.")]
    );
    let named = read("csv", "id,en,de\n1,The pier,Der Steg\n");
    assert_eq!(texts(&named), [("The pier", "Der Steg")], "a name, and not Indonesian");
    let csv = "id;source;target\nk1;\"a \"\"b\"\"; c\";\"d\ne\"\nk2;f\nk3;\"g\nk4;h;i\n";
    let units = read("csv", csv);
    assert_eq!(texts(&units), [("a \"b\"; c", "d\ne"), ("h", "i")]);
    assert_eq!(units.units[0].id, "k1");
    let expected = [
        (4, "the row has 2 cells, the translation should stand in cell 3"),
        (5, "the quotation mark that begins a cell has no partner"),
    ];
    assert_eq!(told(&units), expected);
    let reading = Reading {
        source_column: Some("3".into()),
        target_column: Some("text".into()),
        id_column: Some("1".into()),
        ..Reading::default()
    };
    assert_eq!(texts(&read_as("csv", "n,text,x\n7,a,b\n", &reading)), [("b", "a")]);
    let missing = Reading { target_column: Some("nowhere".into()), ..Reading::default() };
    assert_eq!(told(&read_as("csv", "n,text\n", &missing)), [(1, "there is no column “nowhere”")]);
}

#[test]
fn broken_cues_are_told_and_the_others_are_read() {
    let text = "1\n00:00:01,000 --> 00:00:02,500\nOne line\nand another\n\n2\n00:00:03 -> 4\nNo.\n\n3\n00:00:05,0 --> 00:00:99,000\nNo.\n\n4\n01:00:00,000 --> 01:00:02,000\n- Who?\n- Me.\n";
    let units = read("srt", text);
    assert_eq!(texts(&units), [("-", "One line and another"), ("-", "- Who?\n- Me.")]);
    assert_eq!(units.bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [6, 11]);
    let cue = units.units[1].cue.unwrap();
    assert_eq!((cue.start, cue.end), (3_600_000, 3_602_000));
    let vtt = read(
        "vtt",
        "WEBVTT\nLanguage: de\n\nNOTE\nno cue\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ada>Fünf &lt; <i>sechs</i>\n",
    );
    assert_eq!(texts(&vtt), [("-", "Fünf < sechs")]);
    assert_eq!((vtt.units[0].id.as_str(), vtt.units[0].target.as_ref().unwrap().lang), ("intro", Lang::parse("de")));
}

#[test]
fn states_tell_what_counts() {
    let text = "#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgid \"c\"\nmsgstr \"\"\n\n#~ msgid \"d\"\n#~ msgstr \"e\"\n";
    let states: Vec<State> = read("po", text).units.iter().map(|unit| unit.state).collect();
    assert_eq!(states, [State::Guessed, State::Untranslated, State::Obsolete]);
    assert!(!read("po", text).units.iter().any(|unit| unit.is_to_be_checked()), "no program shows any of them");
    let text = "<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"fr\"><file id=\"f\"><unit id=\"u\"><segment id=\"1\" state=\"initial\">\
        <source>a</source><target>a</target></segment><ignorable><source> </source></ignorable><segment id=\"2\" state=\"final\">\
        <source>b</source><target>c</target></segment></unit><unit id=\"v\" translate=\"no\"><segment><source>d</source>\
        <target>d</target></segment></unit><unit id=\"w\"><segment><source>e</source><target>f</target></segment></unit></file></xliff>";
    let units = read("xliff", text);
    let states: Vec<(&str, State)> = units.units.iter().map(|unit| (unit.id.as_str(), unit.state)).collect();
    let expected = [
        ("u/1", State::Untranslated),
        ("u", State::NotToBeTranslated),
        ("u/2", State::Translated),
        ("v", State::NotToBeTranslated),
        ("w", State::Translated),
    ];
    assert_eq!(states, expected);
}

/// What matters to some of the formats, or to all.
const PIECES: &[&str] = &[
    "word ",
    "The the ",
    "é漢字 ",
    "👩\u{200d}🚀",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\"",
    "\\",
    "\\n",
    "\\\"",
    "\\x41",
    "\\101",
    "\"\n\"",
    "'",
    ",",
    ";",
    "&amp;",
    "&lt;b&gt;",
    "&#228;",
    "&#x1F600;",
    "&nbsp;",
    "&",
    "<",
    ">",
    "%s",
    "%1$d ",
    "{0}",
    "{{ a }}",
    "<b>",
    "</b>",
    "<br/>",
    "[b]",
    "[/b]",
    "<code>x</code>",
    "[code]",
    "[/code]",
    "<g id=\"1\">",
    "</g>",
    "<x id=\"2\"/>",
    "<ph id=\"3\">&lt;p&gt;</ph>",
    "<ph id=\"4\"><sub>inner</sub></ph>",
    "<bpt id=\"5\" i=\"1\">&lt;i&gt;</bpt>",
    "<ept id=\"5\" i=\"1\">&lt;/i&gt;</ept>",
    "<pc id=\"6\">",
    "</pc>",
    "<cp hex=\"0001\"/>",
    "<![CDATA[",
    "]]>",
    "<![CDATA[a & <b>]]>",
    "<!-- c -->",
    "-->",
    "<mrk id=\"m\">",
    "</mrk>",
    "</seg></tuv>",
    "<tuv xml:lang=\"fr\"><seg>",
    "</target>",
    "<target>",
    "</source>",
    "msgid \"a b\"\n",
    "msgstr \"c d\"\n",
    "msgstr[0] \"e f\"\n",
    "msgid_plural \"g\"\n",
    "msgctxt \"h\"\n",
    "#, fuzzy\n",
    "#~ ",
    "# note\n",
    "1\n00:00:01,000 --> 00:00:02,000\n",
    "00:01.000 --> 00:02.000\n",
    "{\\an8}",
    "- ",
    "<v Ada>",
    "<00:01.500>",
    "NOTE a\n",
    "source\ttarget\n",
    "id,source,target\n",
    "\u{feff}",
    "\u{85}",
    "\u{0}",
    "]",
];

/// What a file of a format begins and ends with, so that some of what is thrown in counts; and nothing.
const FRAMES: &[(&str, &str, &str)] = &[
    ("po", "", ""),
    (
        "po",
        "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"one two\"\nmsgstr \"",
        "\"\n\nmsgid \"x\"\nmsgstr \"y\"\n",
    ),
    (
        "xliff",
        "<xliff><file source-language=\"en\"><body><trans-unit id=\"1\"><source>one</source><target>",
        "</target></trans-unit></body></file></xliff>",
    ),
    (
        "xliff",
        "<xliff srcLang=\"en\"><file><unit id=\"1\"><segment><source>one two</source><target><![CDATA[x]]>",
        "</target></segment></unit></file></xliff>",
    ),
    ("xliff", "<xliff>", ""),
    (
        "tmx",
        "<tmx><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>one</seg></tuv><tuv xml:lang=\"de\"><seg>",
        "</seg></tuv></tu></body></tmx>",
    ),
    ("tsv", "", ""),
    ("tsv", "source\ttarget\none\t", "\n"),
    ("csv", "source,target\none,\"", "\"\n"),
    ("csv", "a;b;c\n", ""),
    ("srt", "1\n00:00:01,000 --> 00:00:02,000\n", ""),
    ("vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", ""),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_file_each_side_was_written_where_it_says(
        frame in proptest::sample::select(FRAMES),
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..16),
        breaks in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let (format, before, after) = frame;
        let text = with_breaks(&format!("{before}{}{after}", pieces.concat()), &[breaks]);
        let checked = sides::check(format, text.as_bytes(), 6);
        prop_assert!(checked.is_ok(), "{format}: {}", checked.unwrap_err());
    }
}

/// What stands in cues, and what they are made of.
const CUES: &[&str] = &[
    "1\n00:00:01,000 --> 00:00:02,500\n",
    "2\n00:00:02,600 --> 00:00:04,000\n",
    "3\n00:00:04,100 --> 00:00:09,000\n",
    "4\n00:01:04,100 --> 00:00:09,000\n",
    "00:03.000 --> 00:04.000 line:0\n",
    "The ferry to Lenn is late again.\n",
    "Le bac de Lenn est encore en retard.\n",
    "<i>It has 40 seats,</i>\n",
    "– Il a 60 places.\n",
    "again again again again again\n",
    "{\\an8}",
    "(",
    "%s ",
    "\u{a0}é",
    "\n",
    "\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn subtitles_beside_any_original_are_checked(
        (format, head) in proptest::sample::select(vec![("srt", ""), ("vtt", "WEBVTT\n\n")]),
        original in proptest::collection::vec(proptest::sample::select(CUES), 0..14),
        translation in proptest::collection::vec(proptest::sample::select(CUES), 0..14),
    ) {
        let text = |pieces: Vec<&str>| format!("{head}{}", pieces.concat());
        let checked = sides::beside(format, &text(original), &text(translation));
        prop_assert!(checked.is_ok(), "{format}: {}", checked.unwrap_err());
    }
}

#[test]
fn a_slip_in_subtitles_beside_an_original_is_found() {
    let cue = |text: &str| format!("1\n00:00:01,000 --> 00:00:04,000\n{text}\n");
    let original = cue("The ferry to Lenn has 40 seats and sails at noon.");
    let found = |translation: &str| sides::beside("srt", &original, &cue(translation)).unwrap();
    assert_eq!(found("Le bac de Lenn compte 60 places et part à midi."), 1);
    assert_eq!(found("Le bac de Lenn compte 40 places et part à midi."), 0);
}

#[test]
fn what_a_unit_belongs_to_or_means_is_its_context() {
    let contexts = |name: &str, text: &str| -> Vec<String> {
        let units = read(name, text);
        assert!(units.bad.is_empty(), "{:?}", units.bad);
        units.units.iter().map(|unit| unit.context.clone().unwrap_or_default()).collect()
    };
    let unit =
        |inside: &str| format!("<trans-unit id=\"a\"><source>One</source><target>Un</target>{inside}</trans-unit>");
    let xliff = [
        "<xliff><file source-language=\"en\" target-language=\"fr\"><body>".to_owned(),
        "<group restype=\"x-trolltech-linguist-context\" resname=\"Harbour\">".to_owned(),
        unit(""),
        "</group>".to_owned(),
        unit("<context-group><context context-type=\"x-po-msgctxt\">menu</context></context-group>"),
        unit("<context-group><context context-type=\"sourcefile\">a.rs</context></context-group>"),
        unit("<note from=\"meaning\">a boat</note><note>short</note>"),
        "</body></file></xliff>".to_owned(),
    ];
    assert_eq!(contexts("xliff", &xliff.concat()), ["Harbour", "menu", "", "a boat"]);
    let xliff = "<xliff srcLang=\"en\" trgLang=\"fr\"><file><unit id=\"1\"><notes><note category=\"meaning\">a boat</note></notes>\
                 <segment><source>One</source><target>Un</target></segment></unit></file></xliff>";
    assert_eq!(contexts("xliff", xliff), ["a boat"]);
    let memory = |inside: &str| {
        format!(
            "<tu>{inside}<tuv xml:lang=\"en\"><prop type=\"x-context\">own</prop><seg>One</seg></tuv>\
             <tuv xml:lang=\"fr\"><seg>Un</seg></tuv></tu>"
        )
    };
    let tmx = format!(
        "<tmx><header srclang=\"en\"/><body>{}{}</body></tmx>",
        memory("<prop type=\"x-context\">menu</prop><prop type=\"x-project\">b</prop>"),
        memory("<note>short</note>"),
    );
    assert_eq!(contexts("tmx", &tmx), ["menu", ""]);
}

/// What a file of two units looks like: its format, what stands around the two translations, and what their syntax wants written
/// otherwise.
const MENDED: [(&str, [&str; 3], &[&str]); 7] = [
    (
        "po",
        [
            "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"One.\"\nmsgstr \"",
            "\"\n\n# kept\nmsgid \"Two %s.\"\nmsgstr \"%s ",
            "\"\n",
        ],
        &["\\\"Otter\\\" ", "\"\n\"", "\\t"],
    ),
    (
        "xliff",
        [
            "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"de\"><body><trans-unit id=\"1\"><source>One.</source>\
             <target>",
            "</target></trans-unit><odd a='b' /><trans-unit id=\"2\"><source>Two.</source><target xml:space='preserve'>",
            "</target></trans-unit></body></file></xliff>",
        ],
        &["&amp; ", "&#228;", "<g id=\"1\">", "</g>", "<x id=\"2\"/>", "<![CDATA[x & y]]> "],
    ),
    (
        "tmx",
        [
            "<tmx><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>One.</seg></tuv><tuv xml:lang=\"de\"><seg>",
            "</seg></tuv></tu><tu><prop type='x'>a  a</prop><tuv xml:lang=\"en\"><seg>Two.</seg></tuv><tuv xml:lang=\"de\"><seg>",
            "</seg></tuv></tu></body></tmx>",
        ],
        &["&amp; ", "&lt;", "<bpt i=\"1\"/>", "<ept i=\"1\"/>", "<ph x=\"1\"/>"],
    ),
    ("tsv", ["en\tde\nOne.\t", "\nTwo  two.\t", "\n"], &["\"Otter\" ", "; ", ", "]),
    ("csv", ["en,de\nOne.,\"", "\"\nTwo  two.,\"", "\"\n"], &["\"\"Otter\"\" ", ", ", "\n"]),
    (
        "srt",
        ["1\n00:00:01,000 --> 00:00:02,000\n", "\n\n2\n00:00:03,000 --> 00:00:04,000\n", "\n"],
        &["<i>", "</i>", "{\\an8}"],
    ),
    (
        "vtt",
        ["WEBVTT\n\n00:01.000 --> 00:02.000\n", "\n\nNOTE a  a\n\n00:03.000 --> 00:04.000\n", "\n"],
        &["&amp; ", "<b>", "</b>"],
    ),
];

/// Slips that have a fix, and words between them.
const SLIPS: [&str; 8] = [
    "Die Fähre ist ist zu spät. ",
    "Sie kam heute  an. ",
    "Der Pier ist zu , sagt sie. ",
    "Das Boot fährt.Es ist spät. ",
    "die Schleuse der der Stadt ",
    "Haus und Hof. ",
    "(Otter ) ",
    "\u{feff}Boot ",
];

/// A file with its translations taken out.
fn frame_of(format: &str, text: &str) -> (String, Vec<String>) {
    let units = read(format, text);
    assert!(units.bad.is_empty(), "{format}: {:?} in {text:?}", units.bad);
    let (mut frame, mut sources, mut at) = (String::new(), Vec::new(), 0);
    for unit in &units.units {
        let Some(target) = &unit.target else { continue };
        let span = target.source.in_file(copydesk::text::Span::of(0..target.source.text().len()));
        frame.push_str(&text[at..span.start as usize]);
        frame.push('|');
        at = span.end as usize;
        // A row without an id goes by its line, and a fix may take a line out of the row before it.
        let id = if format == "csv" { "" } else { unit.id.as_str() };
        sources.push(format!("{id} {:?}", unit.source.as_ref().map(|source| source.source.text().to_owned())));
    }
    (frame + &text[at..], sources)
}

/// Fixes a file, and sees to it that it can still be read, that nothing but translations changed, and that they are done with.
/// Whether anything was fixed.
fn mended(format: &'static str, text: &str) -> Result<bool, String> {
    let setup = || documents::Way::whole(format).setup();
    let least = copydesk::diagnostic::Safety::Unsafe;
    let fixed = fixing::outcome(setup(), Path::new("file"), text.as_bytes(), Some(least)).mended.and_then(|m| m.bytes);
    let Some(fixed) = fixed else { return Ok(false) };
    let fixed = String::from_utf8(fixed).map_err(|e| e.to_string())?;
    let (before, after) = (frame_of(format, text), frame_of(format, &fixed));
    if before != after {
        return Err(format!("{text:?} became {fixed:?}"));
    }
    let again = fixing::outcome(setup(), Path::new("file"), fixed.as_bytes(), Some(least));
    if again.fixed > 0 { Err(format!("{text:?} became {fixed:?}, and is not done with")) } else { Ok(true) }
}

#[test]
fn a_slip_in_each_format_is_fixed() {
    for (format, [start, between, end], odd) in MENDED {
        let text = format!("{start}{}{}{between}Es war  spät.{end}", SLIPS[1], odd[0]);
        assert_eq!(mended(format, &text), Ok(true), "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixes_of_units_leave_the_rest_of_the_file_alone(
        (which, first, second) in (0..MENDED.len()).prop_flat_map(|n| {
            let pieces: Vec<&str> = SLIPS.iter().chain(MENDED[n].2).copied().collect();
            let some = proptest::collection::vec(proptest::sample::select(pieces), 1..6);
            (Just(n), some.clone(), some)
        }),
    ) {
        let (format, [start, between, end], _) = MENDED[which];
        // A tag without its partner is no XML.
        let balanced = |side: &[&str]| {
            let count = |tag: &str| side.iter().filter(|piece| **piece == tag).count();
            format == "srt" || format == "vtt" || count("<g id=\"1\">") == 0 && count("</g>") == 0
        };
        prop_assume!(balanced(&first) && balanced(&second));
        let text = format!("{start}{}{between}{}{end}", first.concat(), second.concat());
        let checked = mended(format, &text);
        prop_assert!(checked.is_ok(), "{format}: {}", checked.unwrap_err());
    }
}

#[test]
fn examples_are_written_where_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let mut seen = Vec::new();
    for entry in fs::read_dir(folder).expect("there are examples") {
        let path = entry.expect("it can be listed").path();
        let row = format::of_path(&path).filter(|row| matches!(row.kind, Kind::Bilingual(_)));
        let Some(row) = row else { continue };
        let bytes = fs::read(&path).expect("it can be read");
        let units = sides::check(row.name, &bytes, 1000).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()));
        assert!(units > 1, "{}", path.display());
        seen.push(row.name);
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), sides::FORMATS.len(), "only {seen:?}");
}
