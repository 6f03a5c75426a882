//! How generators of sites lay out translations beside their originals.

use std::fs;
use std::path::Path;

use crate::text::Lang;

/// Where originals and translations stand: two forms of paths, as `[[translations]]` takes them.
pub type Rule = (String, &'static str);

/// The rules for the site in a folder; none where no layout is recognised.
pub fn rules(folder: &Path) -> Vec<Rule> {
    let has =
        |name: &str| ["js", "mjs", "cjs", "ts", "mts"].iter().any(|end| folder.join(format!("{name}.{end}")).is_file());
    let is_file = |names: &[&str]| names.iter().any(|name| folder.join(name).is_file());
    if has("docusaurus.config") && folder.join("i18n").is_dir() {
        let docs = ("docs/{path}".to_owned(), "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}");
        let blog = ("blog/{path}".to_owned(), "i18n/{lang}/docusaurus-plugin-content-blog/{path}");
        return vec![docs, blog];
    }
    if has("astro.config") {
        return below(folder, "src/content/docs", "src/content/docs/{lang}/{path}");
    }
    if is_file(&["hugo.toml", "hugo.yaml", "hugo.json", "config/_default/hugo.toml", "config.toml", "config.yaml"])
        && folder.join("content").is_dir()
    {
        let rules = below(folder, "content", "content/{lang}/{path}");
        let by_ending = ("content/{path}.md".to_owned(), "content/{path}.{lang}.md");
        return if rules.is_empty() { vec![by_ending] } else { rules };
    }
    if is_file(&["_config.yml", "_config.yaml"]) {
        return below(folder, "_i18n", "_i18n/{lang}/{path}");
    }
    Vec::new()
}

/// A folder that holds one for each language: English is the original if it is there. Without a folder of its own the
/// original stands beside those of the other languages.
fn below(folder: &Path, base: &str, target: &'static str) -> Vec<Rule> {
    let Ok(entries) = fs::read_dir(folder.join(base)) else { return Vec::new() };
    let names =
        entries.flatten().filter(|entry| entry.path().is_dir()).filter_map(|e| e.file_name().into_string().ok());
    // Of the folders with two or three letters some are no languages; we know those that we have data for.
    let is_language =
        |name: &String| Lang::parse(name).is_some_and(|lang| !crate::text::Language::of(lang).name.is_empty());
    let languages: Vec<String> = names.filter(is_language).collect();
    let own = languages.iter().find(|name| Lang::parse(name) == Some(Lang::ENGLISH));
    match own {
        Some(own) if languages.len() > 1 => vec![(format!("{base}/{own}/{{path}}"), target)],
        None if !languages.is_empty() && base != "_i18n" => vec![(format!("{base}/{{path}}"), target)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[&str]) -> Vec<Rule> {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        rules(folder.path())
    }

    #[test]
    fn sites_are_known_by_their_files() {
        let hugo = site(&["hugo.toml", "content/en/a.md", "content/fr/a.md", "content/img/a.png"]);
        assert_eq!(hugo, [("content/en/{path}".to_owned(), "content/{lang}/{path}")]);
        let by_ending = site(&["config.toml", "content/a.md", "content/a.fr.md"]);
        assert_eq!(by_ending, [("content/{path}.md".to_owned(), "content/{path}.{lang}.md")]);
        assert_eq!(site(&["docusaurus.config.ts", "i18n/fr/code.json"]).len(), 2);
        let astro = site(&["astro.config.mjs", "src/content/docs/a.md", "src/content/docs/fr/a.md"]);
        assert_eq!(astro, [("src/content/docs/{path}".to_owned(), "src/content/docs/{lang}/{path}")]);
        assert_eq!(site(&["_config.yml", "_i18n/en/a.md", "_i18n/de/a.md"]).len(), 1);
        assert!(site(&["content/en/a.md", "content/fr/a.md"]).is_empty(), "no generator");
    }
}
