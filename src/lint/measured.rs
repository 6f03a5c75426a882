//! How right each lint is and how much it finds, as it was last measured on labelled texts: `lints/measured.json`.
//!
//! `copydesk lints --measure` writes the file; nobody types a figure. What a lint may say of itself in a language, and
//! whether it counts as on there, follows from it by one rule, [`state`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Lint;
use crate::text::{Lang, Language};

/// So many defects of a lint must be in the texts of a language before a share of them says anything.
pub const CASES: u64 = 10;
/// A lint that is on finds this share of them, or more …
pub const RECALL: f64 = 0.85;
/// … and raises at most this many alarms in 10,000 words of edited text …
pub const ALARMS: f64 = 1.0;
/// … or this many in all: in a small text one slip of the editors would count too much.
pub const FEW: u64 = 5;
/// Of fewer words nobody can tell how rare alarms are.
pub const WORDS: u64 = 5_000;

/// What came out of measuring, set by set.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The day, as `2026-05-14`.
    pub date: String,
    /// The version of copydesk.
    pub version: String,
    /// The sets of texts.
    pub sets: Vec<TextSet>,
}

/// Texts of one kind and what the lints made of them.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSet {
    /// What they are: “injected defects”, “edited prose”.
    pub name: String,
    /// Their languages.
    pub languages: Vec<Lang>,
    /// How many they are.
    pub texts: u64,
    /// How many words they have; in languages that set no spaces, two characters count as one.
    pub words: u64,
    /// The words of its clean texts by language, in which every finding is an alarm.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clean: BTreeMap<Lang, u64>,
    /// By lint and language.
    pub lints: BTreeMap<String, BTreeMap<Lang, Counts>>,
}

/// What was counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counts {
    /// Defects that are the lint's to find.
    #[serde(skip_serializing_if = "is_zero")]
    pub defects: u64,
    /// Those that a finding touches.
    #[serde(skip_serializing_if = "is_zero")]
    pub found: u64,
    /// Its findings in texts that were labelled for it.
    #[serde(skip_serializing_if = "is_zero")]
    pub findings: u64,
    /// Those that touch a defect.
    #[serde(skip_serializing_if = "is_zero")]
    pub right: u64,
    /// Its findings in clean text.
    #[serde(skip_serializing_if = "is_zero")]
    pub alarms: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Figures of a lint, in one language or in all.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// What was counted.
    pub counts: Counts,
    /// The words of clean text that it was tried on.
    pub words: u64,
}

/// What a lint does in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Measured, and good enough.
    On,
    /// Measured, and not good enough: it speaks, and the figures tell how far to trust it.
    Weak,
    /// It has nothing to say there.
    Off,
    /// It speaks, and nobody has measured how well.
    Unmeasured,
}

impl State {
    /// All of them, the best first.
    pub const ALL: [State; 4] = [State::On, State::Weak, State::Off, State::Unmeasured];

    /// `on`, `weak`, `off` or `unmeasured`.
    pub fn name(self) -> &'static str {
        match self {
            State::On => "on",
            State::Weak => "weak",
            State::Off => "off",
            State::Unmeasured => "unmeasured",
        }
    }
}

/// What was measured last, of the lints that come with copydesk.
pub fn measured() -> &'static Measured {
    static MEASURED: LazyLock<Measured> = LazyLock::new(|| {
        let json = include_str!(concat!(env!("OUT_DIR"), "/measured.json"));
        serde_json::from_str(json).unwrap_or_else(|e| panic!("lints/measured.json: {e}"))
    });
    &MEASURED
}

/// What a lint does in a language, by what was measured. On: at least [`CASES`] defects, [`RECALL`] of them found, on at
/// least [`WORDS`] of clean text at most [`ALARMS`] in 10,000, or [`FEW`] in all. Weak: one of the two was measured and
/// falls short. Off: the lint is silent there.
pub fn state(lint: &Lint, lang: Lang, measured: &Measured) -> State {
    if lint.is_silent_in(lang) {
        return State::Off;
    }
    let figures = measured.of(&lint.id, Some(lang));
    let recall = figures.recall().filter(|_| figures.counts.defects >= CASES);
    let quiet = figures.alarms().filter(|_| figures.words >= WORDS);
    let quiet = quiet.map(|alarms| alarms <= ALARMS || figures.counts.alarms <= FEW);
    match (recall, quiet) {
        (Some(recall), _) if recall < RECALL => State::Weak,
        (_, Some(false)) => State::Weak,
        (Some(_), Some(true)) => State::On,
        _ => State::Unmeasured,
    }
}

impl Measured {
    /// The figures of a lint over all sets, in one language or in all.
    pub fn of(&self, lint: &str, lang: Option<Lang>) -> Figures {
        let mut sum = Figures::default();
        // Where no set holds a defect of it and it never spoke, its silence says nothing.
        let tried = self.sets.iter().any(|set| set.lints.contains_key(lint));
        for set in self.sets.iter().filter(|_| tried) {
            sum.add(set.of(lint, lang));
        }
        sum
    }
}

impl TextSet {
    /// The figures of a lint in this set, in one language or in all.
    pub fn of(&self, lint: &str, lang: Option<Lang>) -> Figures {
        let asked = |of: &Lang| lang.is_none_or(|lang| lang == *of);
        let mut sum = Figures::default();
        for (_, counts) in self.lints.get(lint).into_iter().flatten().filter(|(of, _)| asked(of)) {
            sum.add(Figures { counts: *counts, words: 0 });
        }
        sum.words = self.clean.iter().filter(|(of, _)| asked(of)).map(|(_, words)| words).sum();
        sum
    }

    /// What it is and how large: “edited prose, 26 languages, 2.4 million words”.
    pub fn label(&self) -> String {
        let languages = match self.languages[..] {
            [one] => Language::of(one).name.clone(),
            _ => format!("{} languages", self.languages.len()),
        };
        let size = match self.clean.is_empty() {
            true => format!("{} texts", in_thousands(self.texts)),
            false if self.words >= 1_000_000 => format!("{:.1} million words", self.words as f64 / 1e6),
            false => format!("{} words", in_thousands(self.words)),
        };
        format!("{}, {languages}, {size}", self.name)
    }
}

impl Figures {
    fn add(&mut self, other: Figures) {
        self.words += other.words;
        self.counts.add(other.counts);
    }

    /// The share of the defects that were found.
    pub fn recall(&self) -> Option<f64> {
        share(self.counts.found, self.counts.defects)
    }

    /// The share of the findings that are right.
    pub fn precision(&self) -> Option<f64> {
        share(self.counts.right, self.counts.findings)
    }

    /// Alarms per 10,000 words of clean text.
    pub fn alarms(&self) -> Option<f64> {
        share(10_000 * self.counts.alarms, self.words)
    }
}

impl Counts {
    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: Counts) {
        self.defects += other.defects;
        self.found += other.found;
        self.findings += other.findings;
        self.right += other.right;
        self.alarms += other.alarms;
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A number with commas: 4,670.
pub fn in_thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
