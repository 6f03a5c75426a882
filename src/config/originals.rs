//! Where the original of a translation stands: rules of a configuration that go by paths.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::mistake::Mistake;
use crate::text::{Lang, Source};

/// A rule: a translation at a path of this form has its original at a path of that form.
#[derive(Debug)]
pub struct Rule {
    folder: PathBuf,
    source: Pattern,
    target: Pattern,
    source_lang: Option<Lang>,
}

/// Where the original of a file stands, and what the paths say of the languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// The file, by its whole path.
    pub path: PathBuf,
    /// The language of the original.
    pub lang: Option<Lang>,
    /// The language of the translation.
    pub target_lang: Option<Lang>,
}

impl Rule {
    /// Reads a rule whose paths are taken from a folder on.
    ///
    /// # Errors
    ///
    /// If a form holds an unknown name in braces, or one that the other does not give.
    pub fn new(
        folder: &Path,
        written: &Arc<Source>,
        source: &Spanned<String>,
        target: &Spanned<String>,
        source_lang: Option<Lang>,
    ) -> Result<Rule, Mistake> {
        let read = |form: &Spanned<String>| {
            Pattern::read(form.get_ref()).map_err(|what| Mistake::new(written, form.span(), what))
        };
        let (from, to) = (read(source)?, read(target)?);
        if let Some(name) = from.names().find(|name| !to.names().any(|other| other == *name)) {
            let what = format!("“{{{}}}” is nothing that “{}” tells", name.written(), target.get_ref());
            return Err(Mistake::new(written, source.span(), what));
        }
        Ok(Rule { folder: folder.to_owned(), source: from, target: to, source_lang })
    }

    /// The original of a file by its whole path, if the rule is about that. It need not be there.
    pub fn original(&self, path: &Path) -> Option<Original> {
        let within = path.strip_prefix(&self.folder).ok()?.to_str()?;
        let within = if std::path::MAIN_SEPARATOR == '/' { within.to_owned() } else { within.replace('\\', "/") };
        let found = self.target.matches(&within)?;
        let original = self.source.filled(&found);
        let lang = |text: Option<&str>| text.and_then(Lang::parse);
        let whole = self.folder.join(&original);
        (original != within).then(|| Original {
            path: whole,
            lang: self.source_lang,
            target_lang: lang(found.iter().find(|(name, _)| *name == Name::Lang).map(|(_, text)| text.as_str())),
        })
    }
}

/// A path with names in braces.
#[derive(Debug, PartialEq, Eq)]
struct Pattern(Vec<Part>);

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Said(String),
    Named(Name),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// A language tag.
    Lang,
    /// One or more folders and the name of a file, or a part of it.
    Path,
}

impl Name {
    fn written(self) -> &'static str {
        match self {
            Name::Lang => "lang",
            Name::Path => "path",
        }
    }
}

impl Pattern {
    fn read(form: &str) -> Result<Pattern, String> {
        let mut parts = Vec::new();
        let mut rest = form.trim_start_matches("./");
        while let Some((before, after)) = rest.split_once('{') {
            let (name, tail) = after.split_once('}').ok_or_else(|| format!("a brace of “{form}” is not closed"))?;
            let name = match name {
                "lang" => Name::Lang,
                "path" => Name::Path,
                other => return Err(format!("there is no “{{{other}}}”; there are: {{lang}}, {{path}}")),
            };
            if parts.contains(&Part::Named(name)) {
                return Err(format!("“{{{}}}” stands twice in “{form}”", name.written()));
            }
            if !before.is_empty() {
                parts.push(Part::Said(before.to_owned()));
            }
            parts.push(Part::Named(name));
            rest = tail;
        }
        if !rest.is_empty() {
            parts.push(Part::Said(rest.to_owned()));
        }
        Ok(Pattern(parts))
    }

    fn names(&self) -> impl Iterator<Item = Name> + '_ {
        self.0.iter().filter_map(|part| if let Part::Named(name) = part { Some(*name) } else { None })
    }

    /// What the names stand for in a path of this form.
    fn matches(&self, path: &str) -> Option<Vec<(Name, String)>> {
        let mut found = Vec::new();
        matches(&self.0, path, &mut found).then_some(found)
    }

    fn filled(&self, found: &[(Name, String)]) -> String {
        let part = |part: &Part| match part {
            Part::Said(text) => text.clone(),
            Part::Named(name) => {
                found.iter().find(|(n, _)| n == name).map(|(_, text)| text.clone()).unwrap_or_default()
            }
        };
        self.0.iter().map(part).collect()
    }
}

fn matches(parts: &[Part], path: &str, found: &mut Vec<(Name, String)>) -> bool {
    let Some((first, rest)) = parts.split_first() else { return path.is_empty() };
    match first {
        Part::Said(text) => path.strip_prefix(text.as_str()).is_some_and(|after| matches(rest, after, found)),
        Part::Named(name) => {
            // A path has two names at most, so few ways are tried.
            let ends = path.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            for end in ends {
                let text = &path[..end];
                if *name == Name::Lang && (text.contains('/') || Lang::parse(text).is_none()) {
                    continue;
                }
                found.push((*name, text.to_owned()));
                if matches(rest, &path[end..], found) {
                    return true;
                }
                found.pop();
            }
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn original(source: &str, target: &str, path: &str) -> Option<(String, Option<Lang>)> {
        let written = Arc::new(Source::new("copydesk.toml", ""));
        let spanned = |text: &str| Spanned::new(0..0, text.to_owned());
        let rule = Rule::new(Path::new("/desk"), &written, &spanned(source), &spanned(target), None);
        let found = rule.unwrap_or_else(|_| panic!("{source} and {target} make a rule")).original(Path::new(path))?;
        Some((found.path.to_str()?.to_owned(), found.target_lang))
    }

    #[test]
    fn originals_are_found_by_folder_and_by_ending() {
        let rule = |path| original("content/en/{path}", "content/{lang}/{path}", path);
        assert_eq!(rule("/desk/content/fr/a/b.md"), Some(("/desk/content/en/a/b.md".into(), Lang::parse("fr"))));
        assert_eq!(rule("/desk/content/en/a/b.md"), None, "an original has none");
        assert_eq!(rule("/desk/content/drafts/b.md"), None, "no language");
        assert_eq!(rule("/elsewhere/content/fr/b.md"), None);
        let rule = |path| original("content/{path}.md", "content/{path}.{lang}.md", path);
        assert_eq!(rule("/desk/content/a.b/c.pt-BR.md"), Some(("/desk/content/a.b/c.md".into(), Lang::parse("pt"))));
        assert_eq!(rule("/desk/content/c.md"), None);
    }

    #[test]
    fn forms_that_say_too_little_are_refused() {
        let written = Arc::new(Source::new("copydesk.toml", ""));
        let spanned = |text: &str| Spanned::new(0..0, text.to_owned());
        let told = |source: &str, target: &str| {
            Rule::new(Path::new("/"), &written, &spanned(source), &spanned(target), None).err().map(|m| m.message)
        };
        assert!(told("en/{path}", "{lang}/{file}").is_some_and(|m| m.contains("{file}")));
        assert!(told("en/{path}", "fr/a.md").is_some_and(|m| m.contains("{path}")));
        assert!(told("en/{path", "{lang}/{path}").is_some_and(|m| m.contains("not closed")));
        assert!(told("en/{path}", "{lang}/{path}").is_none());
    }
}
