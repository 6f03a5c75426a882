//! `copydesk explain`: all that there is to say about a lint.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::choose::Configure;
use super::languages::told;
use super::unknown;
use crate::config::Setups;
use crate::config::choose::find;
use crate::lint::measured::{self, Figures};
use crate::lint::{Examples, Lint, registry, template};
use crate::report::visible;

/// Arguments of `copydesk explain`.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The lint, as reports name it.
    #[arg(value_name = "LINT")]
    id: String,
    #[command(flatten)]
    configure: Configure,
}

impl Explain {
    /// Prints it.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let setups = Setups::new(self.configure.flags()?);
        let lints: Vec<_> = setups.lints(Path::new("."))?.into_iter().map(|(lint, _)| lint).collect();
        let ids = lints.iter().map(|lint| lint.id.as_str());
        let lint = find(&self.id, &lints).ok_or_else(|| unknown("lint", &self.id, ids))?;
        let examples = registry::examples(&lint.id).unwrap_or_default();
        io::stdout().lock().write_all(text(lint, &examples, &self.id).as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What a user reads about a lint.
fn text(lint: &Lint, examples: &Examples, asked: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}: {}\n", lint.id, lint.summary);
    if asked != lint.id {
        let _ = writeln!(out, "(“{asked}” is its former name.)\n");
    }
    if !lint.why.is_empty() {
        let _ = writeln!(out, "{}\n", lint.why);
    }
    let _ = writeln!(out, "It says   {}", spoken(&lint.message, lint));
    let _ = writeln!(out, "To do     {}", spoken(&lint.help, lint));
    let _ = writeln!(out, "Severity  {}", lint.severity.name());
    let _ = writeln!(out, "Set       {}", set(lint));
    let _ = writeln!(out, "Fix       {}", fix(lint));
    let languages: Vec<&str> = lint.languages.iter().map(|lang| lang.as_str()).collect();
    let languages = if languages.is_empty() { "all that it has data for".to_owned() } else { languages.join(", ") };
    let _ = writeln!(out, "Languages {languages}");
    if !lint.mqm.is_empty() {
        let _ = writeln!(out, "MQM       {}", lint.mqm);
    }
    if !lint.since.is_empty() {
        let _ = writeln!(out, "Since     {}", lint.since);
    }
    let _ = writeln!(out, "Measured  {}", measured(lint));
    if !examples.bad.is_empty() {
        out.push_str("\nReported:\n");
        for bad in &examples.bad {
            let mut flags = &bad.flags[..];
            for text in bad.articles() {
                let here = flags_in(text, flags);
                example(&mut out, text, &flags[..here]);
                flags = &flags[here..];
            }
        }
    }
    if !examples.good.is_empty() {
        out.push_str("\nNot reported:\n");
        for good in &examples.good {
            good.articles().iter().for_each(|text| example(&mut out, text, &[]));
            if let Some(why) = &good.why {
                let _ = writeln!(out, "      ({why})");
            }
        }
    }
    let id = &lint.id;
    let _ = write!(
        out,
        "
To pass over one place, in Markdown or HTML:
    <!-- copydesk: ignore[{id}] why it is right -->
before the paragraph (in MDX between {{/* and */}}); in other files by an entry in copydesk.toml:
    [[silence]]
    path = \"article.txt\"
    lint = \"{id}\"
    words = \"the words as they stand\"
    reason = \"why they are right\"
To switch it off: --ignore {id}, or in copydesk.toml:
    ignore = [\"{id}\"]
"
    );
    out
}

/// How right it was on which texts, and when.
fn measured(lint: &Lint) -> String {
    let all = measured::measured();
    let builtin = registry::named(&lint.id).is_some_and(|builtin| std::ptr::eq(&**builtin, lint));
    let mut out = format!("on {}, by version {}", all.date, all.version);
    let mut nothing = true;
    for set in all.sets.iter().filter(|_| builtin && all.of(&lint.id, None) != Figures::default()) {
        let told = told(&set.of(&lint.id, None));
        if !told.is_empty() {
            let _ = write!(out, "\n          {}: {told}", set.label());
            nothing = false;
        }
    }
    if nothing { "not yet".to_owned() } else { out + "\n          copydesk languages TAG tells it for a language" }
}

/// A wording with its slots as people read them; a phrase is shown by all that it can say.
fn spoken(wording: &str, lint: &Lint) -> String {
    let mut out = wording.to_owned();
    let phrase_slot = template::slots(wording).count() == 1 && wording.starts_with('{') && wording.ends_with('}');
    if phrase_slot && !lint.phrases.is_empty() {
        out = lint.phrases.values().cloned().collect::<Vec<_>>().join("\n          ");
    }
    out.replace('{', "<").replace('}', ">")
}

fn set(lint: &Lint) -> &'static str {
    use crate::lint::Set;
    match lint.set {
        Set::Default => "default: on unless switched off",
        Set::Strict => "strict: on with --strict",
        Set::Preview => "preview: on trial, on with --preview",
    }
}

fn fix(lint: &Lint) -> &'static str {
    use crate::diagnostic::Safety;
    match lint.fix {
        Some(Safety::Safe) => "safe: applied by --fix",
        Some(Safety::Unsafe) => "may change what the text says: applied by --fix --unsafe-fixes",
        None => "none",
    }
}

/// How many of these words stand in a text, one after the other: the others are of the articles that follow.
fn flags_in(text: &str, flags: &[String]) -> usize {
    let mut rest = text;
    let stands = |flag: &&String| rest.find(flag.as_str()).map(|at| rest = &rest[at + flag.len()..]).is_some();
    flags.iter().take_while(stands).count()
}

/// An example, the reported words underlined line by line.
fn example(out: &mut String, text: &str, flags: &[String]) {
    let mut marks = vec![false; text.len()];
    let mut from = 0;
    for flag in flags {
        if let Some(at) = text[from..].find(flag.as_str()) {
            marks[from + at..from + at + flag.len()].fill(true);
            from += at + flag.len();
        }
    }
    let mut start = 0;
    let mut first = true;
    for line in text.split_inclusive('\n') {
        let shown = visible(line.trim_end_matches(['\n', '\r'])).into_owned();
        let _ = writeln!(out, "  {} {shown}", if first { "-" } else { " " }).map(|()| first = false);
        let marked = &marks[start..start + line.trim_end_matches(['\n', '\r']).len()];
        if marked.contains(&true) {
            let rule: String = line
                .char_indices()
                .take_while(|(at, _)| *at < marked.len())
                .map(|(at, c)| {
                    let width = unicode_width::UnicodeWidthChar::width(c).unwrap_or(1);
                    if marked[at] { "^" } else { " " }.repeat(width)
                })
                .collect();
            let _ = writeln!(out, "    {}", rule.trim_end());
        }
        start += line.len();
    }
}
