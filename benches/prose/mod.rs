//! News prose made up by rule, the same on every machine: names, quotations, numbers, and a vocabulary in which few
//! words are frequent and most are rare. Real articles can be read in its place.

use std::fs;
use std::path::Path;

#[rustfmt::skip]
mod words;

use words::*;

/// Articles that together hold at least this many bytes.
pub fn articles(bytes: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut size = 0;
    while size < bytes {
        let text = article(out.len() as u64);
        size += text.len();
        out.push(text);
    }
    out
}

/// The article of a file, or the articles of the files of a folder.
#[allow(dead_code)]
pub fn of_path(path: &Path) -> std::io::Result<Vec<String>> {
    let read = |path: &Path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if path.is_file() {
        return Ok(vec![read(path)?]);
    }
    let mut files: Vec<_> = fs::read_dir(path)?.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

/// A sequence of numbers that look like chance (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Who and what an article is about.
struct Story {
    chance: Chance,
    people: Vec<(String, String)>,
    places: Vec<String>,
    office: String,
}

/// One article: a headline, a byline, paragraphs of two to four sentences.
fn article(number: u64) -> String {
    let mut chance = Chance((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let people = (0..4 + chance.below(5)).map(|_| (chance.of(GIVEN).to_owned(), name(&mut chance, SURNAME_ENDS)));
    let people: Vec<(String, String)> = people.collect();
    let places: Vec<String> = (0..3 + chance.below(3)).map(|_| name(&mut chance, PLACE_ENDS)).collect();
    let office = format!("{} {}", chance.of(BODIES), chance.of(BODY_ENDS));
    let mut story = Story { chance, people, places, office };
    let (place, verb, noun) = (story.place(), story.chance.of(PLAIN_VERBS), story.plural());
    let author = format!("{} {}", story.chance.of(GIVEN), name(&mut story.chance, SURNAME_ENDS));
    let mut text = format!("{place} to {verb} {noun}\n\nBy {author}\n");
    for _ in 0..8 + story.chance.below(8) {
        text.push('\n');
        for n in 0..2 + story.chance.below(3) {
            if n > 0 {
                text.push(' ');
            }
            let sentence = story.sentence();
            let mut chars = sentence.chars();
            text.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            text.push_str(chars.as_str());
        }
        text.push('\n');
    }
    text
}

/// A name that hardly any other article has.
fn name(chance: &mut Chance, ends: &[&str]) -> String {
    let mut out = chance.of(NAME_STARTS).to_owned();
    if chance.below(3) == 0 {
        out.push_str(chance.of(NAME_MIDDLES));
    }
    out.push_str(chance.of(ends));
    out
}

impl Story {
    fn sentence(&mut self) -> String {
        let (who, where_) = (self.person(), self.place());
        match self.chance.below(9) {
            0 => {
                let (day, what, number) = (self.chance.of(DAYS), self.clause(), self.number());
                format!("{who} said on {day} that {what}, and that {number} {} would follow.", self.plural())
            }
            1 => format!("“{}, and {},” said {who}, who lives in {where_}.", self.clause(), self.clause()),
            2 => {
                let (office, number, noun) = (self.office.clone(), self.number(), self.plural());
                format!("According to the {office}, {number} {noun} in {where_} {} last year.", self.chance.of(PAST))
            }
            3 => format!("{}, but {}; {who} does not agree.", self.clause(), self.clause()),
            4 => format!("In {where_}, {} ({} per cent), {}.", self.clause(), self.number(), self.clause()),
            5 => {
                let date = format!("{} {}", 1 + self.chance.below(28), self.chance.of(MONTHS));
                format!("On {date} the {} in {where_} {}, {who} recalled.", self.noun(), self.chance.of(PAST))
            }
            6 => format!("Dr. {who}’s {} {} because {}.", self.noun(), self.chance.of(PAST), self.clause()),
            7 => format!("“Why {} now?” {who} asked. “{}.”", self.chance.of(PAST), self.opening()),
            _ => format!("It’s the {}’s job, she added, while {}.", self.noun(), self.clause()),
        }
    }

    /// A clause that can begin with a capital.
    fn opening(&mut self) -> String {
        let clause = self.clause();
        let mut chars = clause.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        first + chars.as_str()
    }

    fn clause(&mut self) -> String {
        let (one, two) = (self.noun(), self.noun());
        let (adjective, verb) = (self.adjective(), self.chance.of(PAST));
        match self.chance.below(5) {
            0 => format!("the {adjective} {one} {verb} after the {two}"),
            1 => format!("a {one} of the {two} {verb} with {adjective} {}", self.plural()),
            2 => format!("most of the {} {verb} in a {adjective} {one}", self.plural()),
            3 => format!("no {one} {verb} before {} {} were found near the {two}", self.number(), self.plural()),
            _ => format!("the {one} and its {two} {verb} as {adjective} as ever"),
        }
    }

    fn person(&mut self) -> String {
        let (given, surname) = &self.people[self.chance.below(self.people.len())];
        match self.chance.below(3) {
            0 => format!("{given} {surname}"),
            _ => surname.clone(),
        }
    }

    fn place(&mut self) -> String {
        self.places[self.chance.below(self.places.len())].clone()
    }

    /// A few nouns are frequent; the others are compounds, each of them rare.
    fn noun(&mut self) -> String {
        // The lower of two draws: the first words of the list come several times as often as the last.
        let frequent = self.chance.below(NOUNS.len()).min(self.chance.below(NOUNS.len()));
        match self.chance.below(4) {
            0 => format!("{}{}", self.chance.of(NOUN_STARTS), self.chance.of(NOUN_ENDS)),
            _ => NOUNS[frequent].to_owned(),
        }
    }

    fn plural(&mut self) -> String {
        self.noun() + "s"
    }

    fn adjective(&mut self) -> String {
        match self.chance.below(4) {
            0 => format!("{}-{}", self.chance.of(NOUN_STARTS), self.chance.of(ADJECTIVE_ENDS)),
            _ => self.chance.of(ADJECTIVES).to_owned(),
        }
    }

    fn number(&mut self) -> String {
        match self.chance.below(4) {
            0 => format!("{},{:03}", 1 + self.chance.below(80), self.chance.below(1000)),
            1 => format!("{}.{}", 1 + self.chance.below(99), self.chance.below(10)),
            _ => (2 + self.chance.below(97)).to_string(),
        }
    }
}
