//! The names by their spellings, and how they are printed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Serialize, Serializer};

use crate::check::name_variants::across::stem;
use crate::report::{counted, slashed, visible, visible_path};
use crate::text::{Lang, Language};

/// So many places of a spelling are told in words.
const PLACES: usize = 3;

/// All spellings: names are of one language.
#[derive(Default)]
pub struct Index {
    languages: BTreeMap<Lang, Spellings>,
}

/// The spellings of one language, by their folded words.
#[derive(Default)]
struct Spellings {
    forms: BTreeMap<String, Form>,
    /// Pairs that are judged one name.
    joined: Vec<(String, String)>,
}

/// A spelling.
struct Form {
    /// As it was written first.
    written: String,
    places: Vec<Place>,
}

/// A spelling in an article: where it is first mentioned.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// The file.
    #[serde(serialize_with = "as_slashed")]
    pub path: PathBuf,
    /// The id of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// How often the article has it.
    pub count: u16,
}

fn as_slashed<S: Serializer>(path: &std::path::Path, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&slashed(path))
}

/// A name as it is printed: one spelling, or several that are judged to be of one name, the most used first.
#[derive(Serialize)]
struct Name<'i> {
    /// The tag of its language.
    lang: Lang,
    forms: Vec<Shown<'i>>,
}

#[derive(Serialize)]
struct Shown<'i> {
    form: &'i str,
    count: u64,
    articles: usize,
    places: &'i [Place],
}

impl Index {
    /// Notes a spelling in an article.
    pub fn add(&mut self, lang: Lang, word: &str, written: &str, place: &Place) {
        let form = self.languages.entry(lang).or_default().forms.entry(word.to_owned());
        let form = form.or_insert_with(|| Form { written: written.to_owned(), places: Vec::new() });
        form.places.push(place.clone());
    }

    /// Notes that two spellings are judged one name.
    pub fn join(&mut self, lang: Lang, one: &str, other: &str) {
        self.languages.entry(lang).or_default().joined.push((one.to_owned(), other.to_owned()));
    }

    /// Notes that all spellings with one of these two stems are judged one name.
    pub fn join_stems(&mut self, lang: Lang, stems: [&str; 2]) {
        let Some(spellings) = self.languages.get_mut(&lang) else { return };
        let is_one = |word: &&String| stems.contains(&stem(word, Language::of(lang)));
        let all: Vec<&String> = spellings.forms.keys().filter(is_one).collect();
        spellings.joined.extend(all.windows(2).map(|two| (two[0].clone(), two[1].clone())));
    }

    /// The spellings of each name that has several, as they are written.
    pub fn judged(&self) -> Vec<Vec<&str>> {
        let names = self.names().into_iter().filter(|name| name.forms.len() > 1);
        names.map(|name| name.forms.iter().map(|form| form.form).collect()).collect()
    }

    /// The names of all languages, in order of their tags.
    fn names(&self) -> Vec<Name<'_>> {
        self.languages.iter().flat_map(|(lang, spellings)| spellings.names(*lang)).collect()
    }
}

impl Spellings {
    /// The names: those with several spellings first, then by how many articles have them.
    fn names(&self, lang: Lang) -> Vec<Name<'_>> {
        let words: Vec<&str> = self.forms.keys().map(String::as_str).collect();
        // For each spelling the place of one before it that is of the same name, or its own.
        let mut before: Vec<usize> = (0..words.len()).collect();
        let first = |before: &mut Vec<usize>, mut at: usize| {
            while before[at] != at {
                before[at] = before[before[at]];
                at = before[at];
            }
            at
        };
        for (one, other) in &self.joined {
            let [Ok(one), Ok(other)] = [one, other].map(|word| words.binary_search(&word.as_str())) else { continue };
            let (one, other) = (first(&mut before, one), first(&mut before, other));
            before[one.max(other)] = one.min(other);
        }
        let mut groups: BTreeMap<usize, Vec<Shown<'_>>> = BTreeMap::new();
        for (at, Form { written, places }) in self.forms.values().enumerate() {
            let count = places.iter().map(|place| u64::from(place.count)).sum();
            let shown = Shown { form: written, count, articles: places.len(), places };
            groups.entry(first(&mut before, at)).or_default().push(shown);
        }
        let mut names: Vec<Name<'_>> = groups.into_values().map(|forms| Name { lang, forms }).collect();
        for name in &mut names {
            name.forms.sort_by(|a, b| (b.articles, b.count).cmp(&(a.articles, a.count)).then(a.form.cmp(b.form)));
        }
        let order = |name: &Name<'_>| {
            let articles = name.forms.iter().map(|form| form.articles).sum::<usize>();
            (std::cmp::Reverse(name.forms.len() > 1), std::cmp::Reverse(articles))
        };
        names.sort_by(|a, b| order(a).cmp(&order(b)).then(a.forms[0].form.cmp(b.forms[0].form)));
        names
    }
}

/// For people: a name a line, below it the other spellings that are judged to be of it. The names of several languages have
/// the tag of theirs above them.
pub fn text(index: &Index) -> anyhow::Result<String> {
    let mut out = String::new();
    let mut lang = None;
    for name in index.names() {
        if index.languages.len() > 1 && lang != Some(name.lang) {
            out.push_str(&format!("{}{}:\n", if lang.is_some() { "\n" } else { "" }, name.lang));
        }
        lang = Some(name.lang);
        for (n, form) in name.forms.iter().enumerate() {
            let mark = if n == 0 { "" } else { "  = " };
            let places: Vec<String> = form.places.iter().take(PLACES).map(spoken).collect();
            let more = form.places.len().saturating_sub(PLACES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let (count, articles) = (counted(form.count as usize, "time"), counted(form.articles, "article"));
            out.push_str(&format!(
                "{mark}{}  {count} in {articles}: {}{more}\n",
                visible(form.form),
                places.join(", ")
            ));
        }
    }
    Ok(out)
}

fn spoken(place: &Place) -> String {
    let record = place.record.as_ref().map(|id| format!("[{}]", visible(id))).unwrap_or_default();
    format!("{}{record}:{}:{}", visible_path(&place.path), place.line, place.column)
}

/// One JSON document.
pub fn json(index: &Index) -> anyhow::Result<String> {
    #[derive(Serialize)]
    struct Whole<'i> {
        version: &'static str,
        names: Vec<Name<'i>>,
    }
    let whole = Whole { version: env!("CARGO_PKG_VERSION"), names: index.names() };
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}

/// A row for each spelling in each article (RFC 4180); the first column is the spelling that its name is listed under.
pub fn csv(index: &Index) -> anyhow::Result<String> {
    let mut out = String::from("name,form,count,path,record,line,column,lang\r\n");
    for name in index.names() {
        for form in &name.forms {
            for place in form.places {
                let path = slashed(&place.path);
                let record = place.record.as_deref().unwrap_or_default();
                let (count, line, column) = (place.count.to_string(), place.line.to_string(), place.column.to_string());
                let lang = name.lang.as_str();
                let row = [name.forms[0].form, form.form, &count, &path, record, &line, &column, lang];
                out.push_str(&row.map(cell).join(","));
                out.push_str("\r\n");
            }
        }
    }
    Ok(out)
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe before it, which makes it text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) || formula { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("@a"), "\"'@a\"");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("O'Hara-Lind"), "O'Hara-Lind");
    }
}
