//! Subtitles that are not shown when those of their original are.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Drift, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CueDrift {}

/// A shift that has changed by so many milliseconds in the end is a film that runs at another speed.
const STRETCH: u64 = 500;

impl Check for CueDrift {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        // Whatever the cue says, it is about the whole of it.
        let whole = Span::of(0..doc.source().text().len());
        for drift in doc.drifts() {
            let finding = Finding::in_source(doc, whole);
            out.push(match drift {
                Drift::Lost { at, text, count } => finding
                    .phrase("how", if *count == 1 { "lost" } else { "several-lost" })
                    .phrase("advice", "add")
                    .slot("time", clock(*at))
                    .slot("text", text)
                    .slot("count", count.to_string()),
                Drift::Shifted { by, at_last } => {
                    let stretched = by.abs_diff(*at_last) >= STRETCH;
                    let how = match (*by > 0, stretched) {
                        (true, false) => "late",
                        (true, true) => "late-stretched",
                        (false, false) => "early",
                        (false, true) => "early-stretched",
                    };
                    let finding = finding.phrase("how", how).phrase("advice", "shift");
                    finding.slot("time", seconds(*by)).slot("last", seconds(*at_last))
                }
            });
        }
    }

    fn needs_source(&self) -> bool {
        true
    }
}

/// `00:01:02.500`, as WebVTT has it.
fn clock(millis: u64) -> String {
    let (seconds, fraction) = (millis / 1000, millis % 1000);
    format!("{:02}:{:02}:{:02}.{fraction:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn seconds(millis: i64) -> String {
    format!("{:.1} s", millis.unsigned_abs() as f64 / 1000.0)
}
