use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::format;
use crate::text::{Lang, Source};

fn document(paragraphs: &[String], lang: &str) -> Document {
    let source = Arc::new(Source::new("a.txt", paragraphs.join("\n\n")));
    let draft = format::PLAIN.parse(&source, &format::Reading::default());
    Document::new(source, draft, Lang::parse(lang))
}

/// An article of so many paragraphs, each about a harbour, a person and figures of its own, and its translation.
fn article(count: usize) -> (Vec<String>, Vec<String>) {
    const PLACES: [&str; 8] = ["Aun", "Lenn", "Morvik", "Tarsel", "Oldhaven", "Brisk", "Cardun", "Elvestad"];
    const PEOPLE: [&str; 7] =
        ["Ida Hebring", "Olav Stenmark", "Rosa Kettil", "Jon Farrow", "Mira Dahl", "Pia Novak", "Leo Brandt"];
    let one = |n: usize| {
        let (place, person) = (PLACES[n % 8], PEOPLE[n % 7]);
        let (boats, year) = (17 + 13 * n, 1900 + (7 * n) % 120);
        let more = ["", " Nobody spoke against it.", " The council will meet again before the summer."][n % 3];
        let encore = ["", " Personne ne s’y est opposé.", " Le conseil se réunira de nouveau avant l’été."][n % 3];
        (
            format!("In {place} {person} counted {boats} boats, more than in any year since {year}.{more}"),
            format!("À {place}, {person} a compté {boats} bateaux, plus que toute autre année depuis {year}.{encore}"),
        )
    };
    (0..count).map(one).unzip()
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Drop,
    Merge,
    Split,
    Move,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_change_is_found_and_what_is_untouched_stays_aligned(
        count in 8usize..30,
        at in 0usize..20,
        length in 1usize..=3,
        change in prop::sample::select(vec![Change::Drop, Change::Merge, Change::Split, Change::Move]),
    ) {
        let (source, mut target) = article(count);
        let at = at % (count - length - 1);
        match change {
            Change::Drop => { target.drain(at..at + length); }
            Change::Merge => {
                let joined = target[at..=at + length].join(" ");
                target.splice(at..=at + length, [joined]);
            }
            Change::Split => {
                let text = target[at].clone();
                let cut = text.find(", plus").unwrap() + 1;
                target.splice(at..=at, [text[..cut].to_owned(), text[cut + 1..].to_owned()]);
            }
            Change::Move => {
                let run: Vec<String> = target.drain(at..at + length).collect();
                let to = (at + 4) % (target.len() + 1);
                target.splice(to..to, run);
            }
        }
        let (s, t) = (document(&source, "en"), document(&target, "fr"));
        let found = documents(&s, &t);
        prop_assert_eq!(found.lost(), None);
        // Every paragraph that is still there by itself goes with itself.
        let translated = article(count).1;
        for (number, own) in translated.iter().enumerate() {
            let Some(place) = target.iter().position(|text| text == own) else { continue };
            let bead = found.blocks().iter().find(|bead| bead.source.contains(&(number as u32))).unwrap();
            prop_assert_eq!(bead.target.clone(), place as u32..place as u32 + 1, "paragraph {} of {:?}", number, change);
        }
        let beads = found.blocks();
        match change {
            Change::Drop => {
                let missing: Vec<u32> = beads.iter().filter(|b| b.is_missing()).map(|b| b.source.start).collect();
                prop_assert_eq!(missing, (at as u32..(at + length) as u32).collect::<Vec<_>>());
            }
            Change::Merge => prop_assert!(beads.iter().any(|b| b.source == (at as u32..(at + length + 1) as u32))),
            Change::Split => prop_assert!(beads.iter().any(|b| b.target.len() == 2)),
            Change::Move => {}
        }
    }

    #[test]
    fn beads_cover_both_sides_once_whatever_the_texts(
        source in prop::collection::vec("[a-zA-Z0-9 .,é中國]{0,40}", 0..12),
        target in prop::collection::vec("[a-zA-Z0-9 .,éжה]{0,40}", 0..12),
    ) {
        let (s, t) = (document(&source, "en"), document(&target, "fr"));
        let found = documents(&s, &t);
        let mut of_source: Vec<u32> = found.blocks().iter().flat_map(|bead| bead.source.clone()).collect();
        of_source.sort_unstable();
        prop_assert_eq!(of_source, (0..s.blocks().len() as u32).collect::<Vec<_>>());
        let of_target: Vec<u32> = found.blocks().iter().flat_map(|bead| bead.target.clone()).collect();
        prop_assert_eq!(of_target, (0..t.blocks().len() as u32).collect::<Vec<_>>());
    }
}

#[test]
fn two_texts_that_part_ways_are_lost_from_there_on() {
    let (source, mut target) = article(40);
    let filler =
        |n: usize| format!("Tout autre chose {} qui ne dit rien du port ni des {}.", "x".repeat(n % 17 * 9), n * 3 + 1);
    target.splice(10.., (0..24).map(filler));
    let found = documents(&document(&source, "en"), &document(&target, "fr"));
    let lost = found.lost().expect("nothing after the tenth paragraph goes together");
    assert!(found.blocks()[lost].source.start.abs_diff(10) <= 1, "{:?}", found.blocks()[lost]);
}

#[test]
fn marks_tell_what_no_word_does() {
    let of = |texts: [&str; 6]| texts.map(String::from).to_vec();
    let source = of([
        "It was late, and the boats in the harbour lay still.",
        "Nobody in the whole house had heard the old bell.",
        "“Who would open the gate (the heavy one) to us?”",
        "The keeper of the gate had gone home long before.",
        "We waited on the wall until the sun came up again.",
        "Then somebody came along the road with a lantern.",
    ]);
    let target = of([
        "天色已经很晚了，港口里的船都静静停着。",
        "“谁会给我们打开那扇门（很重的那扇）呢？”",
        "整个房子里没有一个人听见那口古老的钟。",
        "看守大门的人很早以前就已经回自己家了。",
        "我们一直坐在墙上等到太阳重新升起为止。",
        "后来有一个人提着灯笼沿着那条路走过来。",
    ]);
    let found = documents(&document(&source, "en"), &document(&target, "zh"));
    let pairs: Vec<(u32, u32)> = found.blocks().iter().map(|bead| (bead.target.start, bead.source.start)).collect();
    assert_eq!(pairs, [(0, 0), (1, 2), (2, 1), (3, 3), (4, 4), (5, 5)]);
}

#[test]
fn of_two_lines_the_one_that_is_there_is_told_by_what_it_holds() {
    let source =
        ["The ferry to Lenn stays (code 4711): fog.", "Please look at the lists of the harbour at Morvik in May."];
    let target = ["Die Fähre nach Lenn legt heute nicht ab (Code 4711): Nebel."];
    let of = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect::<Vec<String>>();
    let found = documents(&document(&of(&source), "en"), &document(&of(&target), "de"));
    let linked: Vec<_> =
        found.blocks().iter().filter(|bead| !bead.is_missing()).map(|bead| bead.source.clone()).collect();
    assert_eq!(linked, vec![Range { start: 0, end: 1 }]);
    let source = [source[1], source[0]];
    let found = documents(&document(&of(&source), "en"), &document(&of(&target), "de"));
    let linked: Vec<_> =
        found.blocks().iter().filter(|bead| !bead.is_missing()).map(|bead| bead.source.clone()).collect();
    assert_eq!(linked, vec![Range { start: 1, end: 2 }]);
}
