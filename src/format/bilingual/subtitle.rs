//! SRT and WebVTT: subtitles. A file holds one side; the original stands in another.
//!
//! A line break within a cue is read as a space, as its watcher reads it, save before a dash: there somebody else speaks.

use std::sync::Arc;

use super::codes::Dialect;
use super::passage::{Name, Passage};
use super::{BadLine, Bilingual, CodeKind, Cue, State, Unit};
use crate::format::Reading;
use crate::text::{Lang, Source, Span, Writing};

/// Subtitles.
pub struct Subtitle {
    /// WebVTT: a header, notes, styles, entities.
    pub vtt: bool,
}

impl Bilingual for Subtitle {
    fn each(&self, file: &Arc<Source>, _: &Reading, each: &mut dyn FnMut(Result<Unit, BadLine>)) {
        let mut reader = Reader { file, each, vtt: self.vtt, number: 0, lang: None };
        let lines = lines(file.text());
        if self.vtt && !lines.first().is_some_and(|line| line.slice(file.text()).starts_with("WEBVTT")) {
            reader.bad(1, lines.first().copied().unwrap_or_default(), "the file does not begin with “WEBVTT”");
        }
        let blank = |n: usize| lines[n].slice(file.text()).trim().is_empty();
        let mut at = 0;
        while at < lines.len() {
            let start = at;
            while at < lines.len() && !blank(at) {
                at += 1;
            }
            if start < at {
                reader.block(start as u32 + 1, &lines[start..at]);
            }
            at += 1;
        }
    }

    fn is_timed(&self) -> bool {
        true
    }
}

struct Reader<'r> {
    file: &'r Arc<Source>,
    each: &'r mut dyn FnMut(Result<Unit, BadLine>),
    vtt: bool,
    /// How many cues there were.
    number: u32,
    /// Of the header.
    lang: Option<Lang>,
}

impl Reader<'_> {
    /// A run of lines that are not blank; the first of them has this number.
    fn block(&mut self, first: u32, lines: &[Span]) {
        let text = self.file.text();
        let said = |n: usize| lines.get(n).map_or("", |line| line.slice(text).trim());
        let is = |word: &str| said(0) == word || said(0).strip_prefix(word).is_some_and(|s| s.starts_with([' ', '\t']));
        if self.vtt && first == 1 && is("WEBVTT") {
            let lang = (1..lines.len()).find_map(|n| said(n).strip_prefix("Language:"));
            self.lang = lang.and_then(Lang::parse);
            // Some write the first cue right below.
            if !lines.iter().any(|line| line.slice(text).contains("-->")) {
                return;
            }
        }
        if self.vtt && ["NOTE", "STYLE", "REGION"].into_iter().any(is) {
            return;
        }
        // More than one cue where the blank line between them is missing: each timing begins one, its name before it.
        let timings: Vec<usize> = (0..lines.len()).filter(|n| said(*n).contains("-->")).collect();
        let Some(&head) = timings.first() else {
            return self.bad(first, lines[0], "text that belongs to no cue: a timing is missing before it");
        };
        if head > 1 {
            self.bad(first, lines[0], "text that belongs to no cue stands before this timing");
        }
        for (k, &timing) in timings.iter().enumerate() {
            let names = |n: usize| !self.vtt && !said(n).is_empty() && said(n).bytes().all(|b| b.is_ascii_digit());
            let end = match timings.get(k + 1) {
                Some(&next) if next > timing + 1 && names(next - 1) => next - 1,
                Some(&next) => next,
                None => lines.len(),
            };
            let named = timing > 0 && (k == 0 || names(timing - 1));
            let name = if named { said(timing - 1) } else { "" };
            let begin = if named { timing - 1 } else { timing };
            let whole = Span::new(lines[begin].start, lines[end - 1].end);
            self.cue(first + timing as u32, lines[timing], name, whole, &lines[timing + 1..end]);
        }
    }

    fn cue(&mut self, line: u32, timing: Span, name: &str, at: Span, lines: &[Span]) {
        self.number += 1;
        let Some(cue) = times(timing.slice(self.file.text()), self.vtt) else {
            let form = if self.vtt { "00:00:01.000 --> 00:00:02.000" } else { "00:00:01,000 --> 00:00:02,000" };
            return self.bad(line, timing, &format!("this is no timing such as “{form}”"));
        };
        let id = if name.is_empty() { self.number.to_string() } else { name.to_owned() };
        let writing = if self.vtt { Writing::MarkedCue } else { Writing::Cue };
        let start = lines.first().map_or(timing.end, |line| line.start);
        let mut passage = Passage::new(self.file, start, writing);
        let mut last: Option<Span> = None;
        for &line in lines {
            if let Some(last) = last {
                let speaks = line.slice(self.file.text()).trim_start().starts_with(['-', '–', '—', '‐', '♪']);
                let between = last.until(line);
                match speaks {
                    true => passage.copy(between),
                    false => passage.decoded(" ", between),
                }
            }
            self.line(&mut passage, line);
            last = Some(line);
        }
        let number = line + u32::from(!lines.is_empty());
        let target = passage.finish(Name { id: id.clone(), line: number, lang: self.lang }, Dialect::Tags);
        let state = if target.source.text().trim().is_empty() { State::Untranslated } else { State::Translated };
        let target = Some(target).filter(|_| !lines.is_empty());
        let cue = Some(cue);
        (self.each)(Ok(Unit { id, line, at, target, state, cue, ..Unit::default() }));
    }

    fn line(&self, passage: &mut Passage<'_>, line: Span) {
        let text = self.file.text();
        let mut at = line.start as usize;
        let end = line.end as usize;
        let bytes = &text.as_bytes()[..end];
        while at < end {
            let sign = if self.vtt { b'&' } else { b'{' };
            let plain = memchr::memchr(sign, &bytes[at..]).map_or(end, |n| at + n);
            passage.copy(Span::of(at..plain));
            if plain == end {
                break;
            }
            at = match self.vtt {
                true => match ENTITIES.iter().find(|(name, _)| text[plain..end].starts_with(name)) {
                    Some((name, said)) => {
                        passage.decoded(said, Span::of(plain..plain + name.len()));
                        plain + name.len()
                    }
                    None => plain + 1,
                },
                // “{\an8}”: where the cue is shown, as players have it from another format.
                false => match bytes[plain..].iter().take(64).position(|b| *b == b'}') {
                    Some(n) if bytes[plain + 1] == b'\\' => {
                        let at = Span::of(plain..plain + n + 1);
                        passage.alone(CodeKind::Alone, at.slice(text), at);
                        plain + n + 1
                    }
                    _ => plain + 1,
                },
            };
            let copied = at == plain + 1;
            if copied {
                passage.copy(Span::of(plain..at));
            }
        }
    }

    fn bad(&mut self, line: u32, at: Span, message: &str) {
        (self.each)(Err(BadLine { line, at, message: message.to_owned() }));
    }
}

const ENTITIES: [(&str, &str); 6] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&lrm;", "\u{200e}"), ("&rlm;", "\u{200f}")];

/// The lines of a text without their breaks.
fn lines(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |n| start + n);
        out.push(Span::of(start..end));
        start = end + 1 + usize::from(bytes[end..].starts_with(b"\r\n"));
    }
    out
}

/// Reads a line of timing; what stands behind it says where the cue is shown.
fn times(line: &str, vtt: bool) -> Option<Cue> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some(Cue { start: time(start.trim(), vtt)?, end: time(end, vtt)? })
}

/// Milliseconds of `hh:mm:ss,mmm`; WebVTT has a full stop in it, and hours only where there are some.
fn time(text: &str, vtt: bool) -> Option<u64> {
    let (clock, fraction) = text.rsplit_once([',', '.'])?;
    let number = |part: &str| {
        let part = part.trim();
        (1..=6).contains(&part.len()).then(|| part.parse::<u64>().ok()).flatten()
    };
    let parts: Vec<u64> = clock.split(':').map(number).collect::<Option<_>>()?;
    let [hours, minutes, seconds] = match parts[..] {
        [hours, minutes, seconds] => [hours, minutes, seconds],
        [minutes, seconds] if vtt => [0, minutes, seconds],
        _ => return None,
    };
    let millis = number(fraction).filter(|_| fraction.len() <= 3)? * 10_u64.pow(3 - fraction.trim().len() as u32);
    (minutes < 60 && seconds < 60).then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis)
}
