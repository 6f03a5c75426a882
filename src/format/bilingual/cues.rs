//! Two files of subtitles side by side: which cue renders which, told by their times.
//!
//! Whoever translates subtitles works on those of the original and keeps their times, or sets times of their own to the
//! same sound. So a cue is looked for when its original is shown. Where several in a row are not there, the cues may all
//! have moved: then it is asked by how much the next ones would have to be shifted to meet, and the search goes on from
//! there. A slow drift (a film at another frame rate) is followed cue by cue.
//!
//! Cues that are merged or split are no loss: two short ones are one in a language that says it shorter. Nor is a cue that
//! is left out because it has next to no words, or tells what is heard.

use std::ops::Range;

use super::{Cue, Entry, Unit};
use crate::text::words::for_each_word;
use crate::text::{Drift, Lang, Language, is_closer, is_end_mark};

/// A cue is looked for so many milliseconds before and after its time: half a second, the gap below which cues are chained
/// by the timing guidelines of Netflix.
const NEAR: i64 = 500;
/// The same guidelines let a cue begin within three frames of its words; at 24 frames a second two that both do are no more
/// than 250 milliseconds apart.
const SAME: i64 = 250;
/// Cues are shifted from so many milliseconds on: twice of what two careful hands may differ by.
const SHIFT: i64 = 500;
/// … and so many in a row must be, or all there are: less is somebody's care for a cut of the film.
const LASTING: usize = 8;
/// After so many cues in a row that are not there it is asked whether the rest was shifted.
const ASTRAY: usize = 4;
/// By so many cues it is told how far they were shifted. Four in five must meet: cues that were cut anew meet by chance.
const ASKED: usize = 20;
/// … and by so many milliseconds at most.
const FARTHEST: i64 = 120_000;
/// The first of those are tried against so many cues at most.
const TRIED: usize = 60;
/// A cue that is shown for so many milliseconds of another one's time renders it, too; less is a cue that stays a little.
const TOUCH: i64 = 250;
/// A cue with fewer words may be left out: a call, a name.
const FEWEST: usize = 4;

/// That no cue of one file is shown when one of the other is.
#[derive(Debug)]
pub struct Strangers;

/// Gives the units of a translation their originals and what is the matter with their timing. An original stands with a
/// cue that alone renders it, where it is a whole sentence or several: where it is a part of one, words move from cue to
/// cue with the order that a language puts them in.
///
/// # Errors
///
/// If the two have nothing to do with each other.
pub fn join(sources: Vec<Unit>, targets: &mut [Unit]) -> Result<(), Strangers> {
    let said = |unit: &Entry| !unit.source.text().trim().is_empty();
    let own = sources.into_iter().filter_map(|unit| Shown::new(unit.cue?, unit.target.filter(said)?));
    let mut own: Vec<Shown<Entry>> = own.collect();
    let of_target =
        |(at, unit): (usize, &Unit)| Shown::new(unit.cue?, unit.target.as_ref().filter(|e| said(e)).map(|_| at)?);
    let mut shown: Vec<Shown<usize>> = targets.iter().enumerate().filter_map(of_target).collect();
    own.sort_by_key(|cue| cue.start);
    shown.sort_by_key(|cue| cue.start);
    if own.is_empty() || shown.is_empty() {
        return Ok(());
    }
    let pairs = pairs(&own, &shown);
    let Some(first) = pairs.first() else { return Err(Strangers) };
    let offset = |source: usize| {
        let before = pairs.partition_point(|pair| pair.source <= source).checked_sub(1);
        before.map_or(first, |at| &pairs[at]).offset
    };
    let mut drifts: Vec<(usize, Drift)> = Vec::new();
    drifts.extend(shifted(&pairs, &own, &shown));
    let is_there = |at: usize| pairs.binary_search_by_key(&at, |pair| pair.source).is_ok();
    let lost = (0..own.len()).filter(|at| !is_there(*at) && is_lost(&own[*at], offset(*at), &shown));
    let lost: Vec<usize> = lost.collect();
    if let Some(&at) = lost.first() {
        let near = pairs.partition_point(|pair| pair.source < at).min(pairs.len() - 1);
        let text = own[at].what.source.text().to_owned();
        drifts.push((pairs[near].target, Drift::Lost { at: own[at].start.max(0) as u64, text, count: lost.len() }));
    }
    for (at, drift) in drifts {
        if let Some(target) = &mut targets[shown[at].what].target {
            target.drifts.push(drift);
        }
    }
    let alone: Vec<usize> = (0..pairs.len()).filter(|at| is_alone(&pairs, *at, &own, &shown)).collect();
    for at in alone {
        let Pair { source, target, .. } = pairs[at];
        targets[shown[target].what].source = Some(own[source].what.clone());
    }
    Ok(())
}

/// Something that is shown.
struct Shown<T> {
    start: i64,
    end: i64,
    what: T,
}

impl<T> Shown<T> {
    fn new(cue: Cue, what: T) -> Option<Shown<T>> {
        let (start, end) = (i64::try_from(cue.start).ok()?, i64::try_from(cue.end).ok()?);
        Some(Shown { start, end: end.max(start), what })
    }

    /// For how long it is shown in a stretch of time.
    fn during(&self, time: &Range<i64>) -> i64 {
        (self.end.min(time.end) - self.start.max(time.start)).max(0)
    }
}

/// A cue of the original and the one that begins when it does, both by their numbers.
struct Pair {
    source: usize,
    target: usize,
    /// How much later that is.
    offset: i64,
}

/// The cues that go together, in the order of time.
fn pairs(own: &[Shown<Entry>], shown: &[Shown<usize>]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut offset = if share(own, shown, 0) * 2 >= own.len().min(ASKED) { 0 } else { shift(own, shown).unwrap_or(0) };
    let (mut at, mut astray, mut asked_from) = (0, 0, 0);
    while at < own.len() {
        let next = pairs.last().map_or(0, |pair| pair.target + 1);
        match nearest(&shown[next..], own[at].start + offset, NEAR) {
            Some(found) => {
                let now = shown[next + found].start - own[at].start;
                // What is farther off may be cut elsewhere, and would lead the search astray step by step.
                if (now - offset).abs() <= SAME {
                    offset = now;
                }
                pairs.push(Pair { source: at, target: next + found, offset: now });
                astray = 0;
            }
            None => astray += 1,
        }
        at += 1;
        if astray >= ASTRAY && at - ASTRAY >= asked_from {
            let from = at - ASTRAY;
            // Whatever comes of it, the same cues are not asked again.
            asked_from = at;
            if let Some(now) = shift(&own[from..], &shown[next..]).filter(|now| (now - offset).abs() > NEAR) {
                (offset, at, astray) = (now, from, 0);
            }
        }
    }
    pairs
}

/// The cue that begins nearest to a time, no farther from it than so many milliseconds.
fn nearest<T>(shown: &[Shown<T>], time: i64, within: i64) -> Option<usize> {
    let after = shown.partition_point(|cue| cue.start < time);
    let near = [after.checked_sub(1), Some(after)].into_iter().flatten().filter(|at| *at < shown.len());
    let distance = |at: &usize| (shown[*at].start - time).abs();
    near.min_by_key(distance).filter(|at| distance(at) <= within)
}

/// How many of the first cues of the original have one that begins when they do, if all are shifted.
fn share(own: &[Shown<Entry>], shown: &[Shown<usize>], offset: i64) -> usize {
    own.iter().take(ASKED).filter(|cue| nearest(shown, cue.start + offset, SAME).is_some()).count()
}

/// By how much cues have to be shifted so that they meet, if they do.
fn shift(own: &[Shown<Entry>], shown: &[Shown<usize>]) -> Option<i64> {
    let asked = own.len().min(ASKED);
    let tried = own.iter().take(ASTRAY).flat_map(|cue| {
        let before = |time: i64| shown.partition_point(|other| other.start < time);
        let (first, here, end) =
            (before(cue.start - FARTHEST), before(cue.start), before(cue.start.saturating_add(FARTHEST)));
        // The nearest of very many.
        let first = first.max(here.saturating_sub(TRIED / 2)).min(end);
        shown[first..end].iter().take(TRIED).map(|other| other.start - cue.start)
    });
    let best = tried.map(|offset| (share(own, shown, offset), std::cmp::Reverse(offset.abs()), offset)).max()?;
    (best.0 >= ASTRAY && best.0 * 5 >= asked * 4).then_some(best.2)
}

/// The first cue from which on all are shifted.
fn shifted(pairs: &[Pair], own: &[Shown<Entry>], shown: &[Shown<usize>]) -> Option<(usize, Drift)> {
    if pairs.len() < ASTRAY {
        return None;
    }
    // Cues that follow each other on both sides, and end as they begin: what was cut anew tells nothing.
    let is_sure = |at: &usize| {
        let Pair { source, target, offset } = pairs[*at];
        let follows = at.checked_sub(1).is_none_or(|before| {
            let before = &pairs[before];
            before.source + 1 == source && before.target + 1 == target
        });
        follows && (shown[target].end - own[source].end - offset).abs() <= NEAR
    };
    let sure: Vec<usize> = (0..pairs.len()).filter(is_sure).collect();
    let lasting = LASTING.min(pairs.len());
    let in_a_row = |run: &&[usize]| run[lasting - 1] - run[0] == lasting - 1;
    for late in [true, false] {
        let is_shifted = |at: &usize| if late { pairs[*at].offset > SHIFT } else { pairs[*at].offset < -SHIFT };
        let Some(run) = sure.windows(lasting).filter(in_a_row).find(|run| run.iter().all(is_shifted)) else { continue };
        let first = &pairs[run[0]];
        let last = sure.iter().filter(|at| **at >= run[0]).take_while(|at| is_shifted(at)).last().unwrap_or(&run[0]);
        return Some((first.target, Drift::Shifted { by: first.offset, at_last: pairs[*last].offset }));
    }
    None
}

/// Whether nothing is shown when a cue of the original is.
fn is_lost(cue: &Shown<Entry>, offset: i64, shown: &[Shown<usize>]) -> bool {
    let text = cue.what.source.text();
    let mut words = 0;
    for_each_word(text, |_, _| words += 1);
    let fewest = if cue.what.lang.is_some_and(|lang| lang.is_unspaced()) { 2 * FEWEST } else { FEWEST };
    // What ends before it begins is never shown, by a slip of the original.
    if words < fewest || tells_what_is_heard(text) || cue.end <= cue.start {
        return false;
    }
    let time = cue.start + offset..cue.end + offset;
    let first = shown.partition_point(|other| other.start < time.start);
    let from = first.saturating_sub(1);
    !shown[from..]
        .iter()
        .take_while(|other| other.start < time.end)
        .take(TRIED)
        .any(|other| other.during(&time) > TOUCH)
}

/// “[Applause]”, “(door slams)”, “♪ Over the sea ♪”.
fn tells_what_is_heard(text: &str) -> bool {
    let text = text.trim();
    let within = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
    within('[', ']') || within('(', ')') || within('（', '）') || text.contains(['♪', '♫', '#'])
}

/// Whether the two of a pair have each other alone, and the original is made of whole sentences.
fn is_alone(pairs: &[Pair], at: usize, own: &[Shown<Entry>], shown: &[Shown<usize>]) -> bool {
    let Pair { source, target, offset } = pairs[at];
    let ends = |at: usize| {
        let text = own[at].what.source.text().trim_end().trim_end_matches(is_closer);
        text.chars()
            .next_back()
            .is_some_and(|c| is_end_mark(c, Language::of(own[at].what.lang.unwrap_or(Lang::UNKNOWN))))
    };
    let whole = ends(source) && (source == 0 || ends(source - 1));
    let near = &pairs[at.saturating_sub(1)..pairs.len().min(at + 2)];
    let their_time = shown[target].start - offset..shown[target].end - offset;
    let own_time = own[source].start + offset..own[source].end + offset;
    whole
        && !has_more(own, source, &their_time, |number| near.iter().any(|pair| pair.source == number))
        && !has_more(shown, target, &own_time, |number| near.iter().any(|pair| pair.target == number))
}

/// Whether a neighbour of a cue, that is in no pair of its own, is shown for the greater part in this stretch of time: it
/// belongs to what is shown then, too.
fn has_more<T>(cues: &[Shown<T>], at: usize, time: &Range<i64>, is_paired: impl Fn(usize) -> bool) -> bool {
    let stands = |number: &usize| cues.get(*number).is_some_and(|cue| cue.during(time) * 2 > cue.end - cue.start);
    at.checked_sub(1).into_iter().chain([at + 1]).filter(stands).any(|number| !is_paired(number))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Bilingual, subtitle::Subtitle};
    use super::*;
    use crate::format::Reading;
    use crate::text::Source;

    /// A file of cues, by the tenths of a second at which each begins and ends.
    fn cues(all: &[(u32, u32, &str)]) -> Vec<Unit> {
        let time = |tenths: &u32| format!("00:00:{:02},{}00", tenths / 10, tenths % 10);
        let one = |(from, to, text): &(u32, u32, &str)| format!("1\n{} --> {}\n{text}\n\n", time(from), time(to));
        let text: String = all.iter().map(one).collect();
        Subtitle { vtt: false }.read(&Arc::new(Source::new("a.srt", text)), &Reading::default()).units
    }

    #[test]
    fn a_cue_that_renders_two_is_set_beside_neither() {
        let own = [(10, 29, "The ferry is late."), (30, 39, "Sail!"), (60, 79, "Who says so?")];
        let joined = |theirs: &[(u32, u32, &str)]| -> Vec<Option<String>> {
            let mut targets = cues(theirs);
            join(cues(&own), &mut targets).unwrap();
            targets.iter().map(|unit| Some(unit.source.as_ref()?.source.text().to_owned())).collect()
        };
        let of = |text: &str| Some(text.to_owned());
        let apart = [(10, 29, "Die Fähre ist spät."), (30, 39, "Los!"), (60, 79, "Wer sagt das?")];
        assert_eq!(joined(&apart), [of("The ferry is late."), of("Sail!"), of("Who says so?")]);
        let merged = [(10, 39, "Die Fähre ist spät, los!"), (60, 79, "Wer sagt das?")];
        assert_eq!(joined(&merged), [None, of("Who says so?")]);
    }
}
