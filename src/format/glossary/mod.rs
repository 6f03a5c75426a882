//! Glossaries: tables with a row a term, and TBX. What is wrong with one is told with its place, and nothing is guessed.

mod table;
mod tbx;

use std::sync::Arc;

pub use super::json_lines::BadLine;
use crate::lint::Concept;
use crate::text::{Lang, Source};

/// How the columns `source` and `target` of a table are taken; those without a language hold for all.
#[derive(Debug, Default, Clone, Copy)]
pub struct Languages {
    /// The language of the originals.
    pub source: Option<Lang>,
    /// The language of the translations.
    pub target: Option<Lang>,
}

/// Reads a glossary: TBX if its name ends in `.tbx` or `.xml`, else a table.
///
/// # Errors
///
/// All that is wrong with it, each with its place.
pub fn read(file: &Arc<Source>, languages: Languages) -> Result<Vec<Concept>, Vec<BadLine>> {
    let ending = file.path().extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("tbx" | "xml") => tbx::read(file),
        ending => table::read(file, languages, ending == Some("tsv")),
    }
}

/// What a glossary says of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Wanted,
    Forbidden,
    Kept,
}

/// Reads a status, by the words of TBX and those that people write in tables.
fn status(said: &str) -> Option<Status> {
    let letters: String = said.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match letters.trim_end_matches("admnsts") {
        "" | "preferred" | "preferredterm" | "admitted" | "admittedterm" | "approved" | "standard"
        | "standardizedterm" | "legalterm" | "regulatedterm" | "new" | "proposed" | "draft" => Status::Wanted,
        "forbidden" | "deprecated" | "deprecatedterm" | "superseded" | "supersededterm" | "obsolete" | "prohibited"
        | "notadmitted" | "notrecommended" | "rejected" | "donotuse" => Status::Forbidden,
        "donottranslate" | "keep" | "dnt" => Status::Kept,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Side;

    fn shown(name: &str, text: &str) -> Result<Vec<String>, Vec<(u32, String)>> {
        let told = |bad: Vec<BadLine>| bad.into_iter().map(|bad| (bad.line, bad.message)).collect::<Vec<_>>();
        let concepts = read(&Arc::new(Source::new(name, text)), Languages::default()).map_err(told)?;
        let side = |side: &Side| match side {
            Side::Source => "source".to_owned(),
            Side::Target => "target".to_owned(),
            Side::Lang(lang) => lang.as_str().to_owned(),
        };
        let shown = concepts.iter().map(|concept| {
            let sign = |forbidden: bool| if forbidden { "!" } else { "" };
            let terms = concept.terms.iter().map(|t| format!("{}{}:{}", sign(t.forbidden), side(&t.side), t.text));
            format!("{}{}", if concept.kept { "kept " } else { "" }, terms.collect::<Vec<_>>().join(" "))
        });
        Ok(shown.collect())
    }

    #[test]
    fn a_table_names_its_columns() {
        let table = "Source,Target,Forbidden,Status,Note\nferry,Fähre,Bac|\"Boot\",,x\nLenn,,,do not translate,\n\
                     pier,Steg,,deprecated,\n";
        // A quotation mark inside a cell that does not begin with one is a character of it.
        let table = table.replace("\"Boot\"", "Boot");
        let found = shown("terms.csv", &table).unwrap();
        let first = "source:ferry target:Fähre !target:Bac !target:Boot";
        assert_eq!(found, [first, "kept source:Lenn", "source:pier !target:Steg"]);
        let found = shown("terms.tsv", "en\tfr\tde\nferry\tbac\tFähre\npier\tjetée\t\n").unwrap();
        assert_eq!(found, ["en:ferry fr:bac de:Fähre", "en:pier fr:jetée"]);
    }

    #[test]
    fn mistakes_of_a_table_have_their_lines() {
        let told = |text: &str| shown("terms.csv", text).unwrap_err().remove(0);
        assert_eq!(told("a,b\nferry,bac\n").0, 1);
        assert_eq!(told("source,target\nferry,bac\n,jetée\n").0, 3);
        assert_eq!(told("source,target,status\nferry,bac,perhaps\n").0, 2);
        assert_eq!(told("source,target\n\"ferry,bac\n").0, 2);
        assert_eq!(told("source,target\nferry,\n").0, 2);
        assert_eq!(told("source,target\nferry,→\n").0, 2);
        assert_eq!(told("").0, 1);
    }

    #[test]
    fn both_versions_of_tbx_are_read() {
        let old = "<martif type=\"TBX\"><text><body><termEntry id=\"1\">\
                   <langSet xml:lang=\"en\"><tig><term>fish &amp; ferry</term></tig></langSet>\
                   <langSet xml:lang=\"de\"><tig><term>F\u{e4}hre</term></tig><ntig><termGrp><term>Bac</term>\
                   <termNote type=\"administrativeStatus\">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet>\
                   </termEntry></body></text></martif>";
        assert_eq!(shown("terms.tbx", old).unwrap(), ["en:fish & ferry de:Fähre !de:Bac"]);
        let new = "<tbx type=\"TBX-Basic\" xmlns:basic=\"b\"><text><body><conceptEntry>\
                   <langSec xml:lang=\"en\"><termSec><term>pier</term></termSec></langSec>\
                   <langSec xml:lang=\"fr\"><termSec><term>m\u{f4}le</term>\
                   <basic:administrativeStatus>supersededTerm-admn-sts</basic:administrativeStatus></termSec></langSec>\
                   </conceptEntry></body></text></tbx>";
        assert_eq!(shown("terms.tbx", new).unwrap(), ["en:pier !fr:môle"]);
    }

    #[test]
    fn mistakes_of_tbx_have_their_lines() {
        let told = |text: &str| shown("terms.tbx", text).unwrap_err().remove(0);
        assert_eq!(told("<tbx><text><body>\n<conceptEntry></langSec>").0, 2);
        assert_eq!(told("<tbx>\n<langSec><termSec><term>a</term></termSec></langSec></tbx>").0, 2);
        assert_eq!(told("<html></html>").0, 1);
    }
}
