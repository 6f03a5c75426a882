//! `copydesk names`: the names in articles, and which of them are judged spellings of one.

mod list;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rayon::prelude::*;

use super::choose::{Choose, Read};
use super::{say, unknown};
use crate::check::name_variants::across::{Book, NameUse, NamesAcross, accepts};
use crate::check::name_variants::caseless;
use crate::config::{Setup, Setups, add};
use crate::corpus::DocId;
use crate::files;
use crate::lint::{HouseStyle, Lint, registry};
use crate::report::{Problem, counted};
use crate::run;
use crate::text::{Document, Lang, Language, Unit};

use list::{Index, Place};

/// Arguments of `copydesk names`.
#[derive(Debug, clap::Args)]
pub struct Names {
    /// Files and folders.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to print: text, json or csv.
    #[arg(long, default_value = "text", value_name = "NAME")]
    output_format: String,
    /// Write what is judged one name to `[names] accept` of the configuration: from then on both spellings may stand.
    #[arg(long)]
    accept: bool,
    /// With --accept: why they may stand side by side.
    #[arg(long, value_name = "TEXT", default_value = "accepted by copydesk names --accept")]
    reason: String,
    #[command(flatten)]
    choose: Choose,
    #[command(flatten)]
    read: Read,
}

/// The lints that judge: within an article, and across.
const WITHIN: &str = "inconsistent-name";
const ACROSS: &str = "inconsistent-name-across";

/// So many files are read before their names are put together.
const BATCH: usize = 256;

impl Names {
    /// Prints the names, or accepts pairs of them: 2 if a file could not be read.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let print = match self.output_format.as_str() {
            "text" => list::text,
            "json" => list::json,
            "csv" => list::csv,
            other => return Err(unknown("output format", other, ["text", "json", "csv"].into_iter())),
        };
        let mut flags = self.choose.flags()?;
        self.read.add_to(&mut flags)?;
        let setups = Setups::new(flags);
        let found = files::collect(&self.paths, &setups);
        setups.prepare(found.inputs.iter().map(files::Input::path))?;
        let (index, mut problems) = gather(&setups, &found.inputs)?;
        problems.extend(found.problems);
        if self.accept {
            let path = setups.file_of(Path::new("."));
            let judged = index.judged();
            add::accept(&path, &judged, &self.reason)?;
            say(&match judged.is_empty() {
                true => "there is nothing to accept".to_owned(),
                false => format!("{} accepted in {}", counted(judged.len(), "name"), path.display()),
            });
        } else {
            let mut out = io::BufWriter::new(io::stdout().lock());
            out.write_all(print(&index)?.as_bytes())?;
            out.flush()?;
        }
        problems.iter().for_each(|problem| say(&problem.to_string()));
        Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }
}

/// The names of one document.
struct Page {
    uses: Vec<(NameUse, String, Place)>,
    /// Pairs that are judged one name within it, folded.
    judged: Vec<(String, String)>,
    lang: Lang,
    /// What a book takes of it, where pairs across articles are judged in its language.
    across: Option<Vec<NameUse>>,
    setup: Arc<Setup>,
}

fn gather(setups: &Setups, inputs: &[files::Input]) -> anyhow::Result<(Index, Vec<Problem>)> {
    let check: NamesAcross = registry::data(WITHIN).map_err(anyhow::Error::msg)?;
    let lints = [WITHIN, ACROSS].map(registry::named);
    let [Some(within), Some(across)] = lints else { anyhow::bail!("the lints about names are missing") };
    let (mut index, mut problems) = (Index::default(), Vec::new());
    let mut books: BTreeMap<Lang, Book> = BTreeMap::new();
    let mut houses: Vec<Arc<Setup>> = Vec::new();
    for batch in inputs.chunks(BATCH) {
        let read = |input: &files::Input| pages(setups, input, &check, within, across);
        let all: Vec<(Vec<Page>, Vec<Problem>)> = batch.par_iter().map(read).collect();
        for (pages, found) in all {
            problems.extend(found);
            for page in pages {
                let doc = houses.len() as DocId;
                for (name, written, place) in &page.uses {
                    index.add(page.lang, &name.word, written, place);
                }
                page.judged.iter().for_each(|(one, other)| index.join(page.lang, one, other));
                if let Some(names) = page.across {
                    books.entry(page.lang).or_insert_with(|| Book::of(page.lang)).insert(doc, names);
                }
                houses.push(page.setup);
            }
        }
    }
    for (lang, book) in &books {
        for variant in book.variants(&check) {
            let (rare, usual) = (book.word(variant.rare), book.word(variant.usual));
            let accepted =
                |doc: &DocId| accepts(houses[*doc as usize].linter.house(), rare, usual, Language::of(*lang));
            if !book.docs(variant.rare).iter().all(accepted) {
                index.join_stems(*lang, [rare, usual]);
            }
        }
    }
    Ok((index, problems))
}

/// The documents of a file.
fn pages(
    setups: &Setups,
    input: &files::Input,
    check: &NamesAcross,
    within: &Lint,
    across: &Lint,
) -> (Vec<Page>, Vec<Problem>) {
    let path = input.path();
    let failed = |what: String| (Vec::new(), vec![Problem::of_file(path, what)]);
    let bytes = match input.read() {
        Ok(bytes) => bytes,
        Err(e) => return failed(e.to_string()),
    };
    let setup = match setups.of(path) {
        Ok(setup) => setup,
        Err(e) => return failed(e.to_string()),
    };
    let source = match run::source(&setup, path, &bytes) {
        Ok(source) => Arc::new(source),
        Err(e) => return failed(e.to_string()),
    };
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    run::each_document(&setup, source, |document| match document {
        Ok(doc) => {
            let (uses, judged) = names_of(&doc, check, within, setup.linter.house());
            let across = across.speaks(doc.lang()).then(|| check.families(&doc, uses.clone()));
            let uses = uses.into_iter().map(|name| {
                let (written, place) = (doc.slice(name.span).to_owned(), place(&doc, &name));
                (name, written, place)
            });
            let uses = uses.collect();
            pages.push(Page { uses, judged, lang: doc.lang(), across, setup: setup.clone() });
        }
        Err(bad) => {
            problems.push(Problem { path: path.to_owned(), line: Some(bad.line), message: bad.message });
        }
    });
    (pages, problems)
}

/// The names of a document, and pairs of them that are judged one name.
fn names_of(
    doc: &Document,
    check: &NamesAcross,
    within: &Lint,
    house: &HouseStyle,
) -> (Vec<NameUse>, Vec<(String, String)>) {
    if caseless::may_speak(Language::of(doc.lang())) {
        let listed = caseless::listed(doc, house);
        let uses = listed.spellings.into_iter().map(|name| NameUse::alone(&name.word, name.span, name.count));
        return (uses.collect(), listed.judged);
    }
    let mentions = doc.mentions();
    let judged = if within.speaks(doc.lang()) { check.within(doc, mentions, house) } else { Vec::new() };
    let word = |form: u32| mentions.word(doc, &mentions.forms()[form as usize]).to_owned();
    let judged = judged.iter().map(|pair| (word(pair.a), word(pair.b))).collect();
    (check.uses(doc, mentions), judged)
}

fn place(doc: &Document, name: &NameUse) -> Place {
    let source = doc.source();
    let position = source.position(doc.in_source(name.span).start, Unit::Char);
    Place {
        path: source.path().to_owned(),
        record: source.record().map(|record| record.id.clone()),
        line: position.line,
        column: position.column,
        count: name.count,
    }
}
