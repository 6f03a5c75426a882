//! How generators of sites lay out their folders: translations beside their originals, templates beside articles.

use std::fs;
use std::path::Path;

use crate::text::{Lang, Language};

/// Where originals and translations stand: two forms of paths, as `[[translations]]` takes them.
pub type Rule = (String, String);

/// What a folder is told to be.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Where originals and translations stand.
    pub rules: Vec<Rule>,
    /// Folders that hold no articles but what a generator makes pages with, in order, each with a slash at its end.
    pub templates: Vec<String>,
}

/// A site may stand so many folders deep in what is looked at.
const DEPTH: usize = 2;
/// In a folder of more entries no site is looked for.
const MANY: usize = 200;

/// The layout of the sites in a folder; empty where none is recognised.
pub fn of(folder: &Path) -> Layout {
    let mut layout = Layout::default();
    look(folder, "", 0, &mut layout);
    layout
}

/// Looks at a folder, and at those in it where it is no site itself.
fn look(folder: &Path, prefix: &str, depth: usize, layout: &mut Layout) {
    let rules = rules(folder);
    let templates = templates(folder);
    let is_site = !rules.is_empty() || !templates.is_empty();
    let placed = |path: String| format!("{prefix}{path}");
    layout.rules.extend(rules.into_iter().map(|(source, target)| (placed(source), placed(target))));
    layout.templates.extend(templates.into_iter().map(|name| placed(format!("{name}/"))));
    if is_site || depth == DEPTH {
        return;
    }
    let names = folders(folder);
    for name in names.iter().filter(|name| is_plain(name) && *name != "node_modules").take(MANY) {
        look(&folder.join(name), &format!("{prefix}{name}/"), depth + 1, layout);
    }
}

/// Whether a name needs no quoting, and is none that is hidden.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// The folders in a folder, in order.
fn folders(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    // Links are not followed: they may lead in a circle.
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let names = entries.flatten().filter(is_folder).filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn has_file(folder: &Path, names: &[&str]) -> bool {
    names.iter().any(|name| folder.join(name).is_file())
}

const JEKYLL: &[&str] = &["_config.yml", "_config.yaml"];
const HUGO: &[&str] =
    &["hugo.toml", "hugo.yaml", "hugo.json", "config/_default/hugo.toml", "config.toml", "config.yaml"];
const ELEVENTY: &[&str] = &["eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.js"];
const MKDOCS: &[&str] = &["mkdocs.yml", "mkdocs.yaml"];

/// The folders of a site that hold templates, themes and the like.
fn templates(folder: &Path) -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    if has_file(folder, JEKYLL) || has_file(folder, ELEVENTY) {
        names.extend(["_data", "_includes", "_layouts", "_sass", "_site"]);
    }
    // Zola's configuration has the name of Hugo's old one.
    if has_file(folder, HUGO) && folder.join("content").is_dir() {
        names.extend(["archetypes", "layouts", "public", "resources", "templates", "themes"]);
    }
    if has_file(folder, MKDOCS) {
        names.extend(["overrides", "site"]);
    }
    names.retain(|name| folder.join(name).is_dir());
    names
}

/// The rules for the site in a folder.
fn rules(folder: &Path) -> Vec<Rule> {
    let has =
        |name: &str| ["js", "mjs", "cjs", "ts", "mts"].iter().any(|end| folder.join(format!("{name}.{end}")).is_file());
    let rule = |source: &str, target: &str| (source.to_owned(), target.to_owned());
    if has("docusaurus.config") && folder.join("i18n").is_dir() {
        return vec![
            rule("docs/{path}", "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}"),
            rule("blog/{path}", "i18n/{lang}/docusaurus-plugin-content-blog/{path}"),
        ];
    }
    if has("astro.config") {
        return below(folder, "src/content/docs");
    }
    if has("next.config") {
        return ["pages", "src/pages", "content", "src/content"].iter().flat_map(|base| below(folder, base)).collect();
    }
    if has_file(folder, HUGO) && folder.join("content").is_dir() {
        let rules = below(folder, "content");
        return if rules.is_empty() { vec![rule("content/{path}.md", "content/{path}.{lang}.md")] } else { rules };
    }
    if has_file(folder, JEKYLL) {
        return below(folder, "_i18n");
    }
    Vec::new()
}

/// A folder that holds one for each language: English is the original if it is there. Without a folder of its own the
/// original stands beside those of the other languages.
fn below(folder: &Path, base: &str) -> Vec<Rule> {
    let target = format!("{base}/{{lang}}/{{path}}");
    let names = folders(&folder.join(base)).into_iter();
    let languages: Vec<String> = names.filter(|name| named(name).is_some()).collect();
    let own = languages.iter().find(|name| Lang::parse(name) == Some(Lang::ENGLISH));
    match own {
        Some(own) if languages.len() > 1 => vec![(format!("{base}/{own}/{{path}}"), target)],
        None if !languages.is_empty() && base != "_i18n" => vec![(format!("{base}/{{path}}"), target)],
        _ => Vec::new(),
    }
}

/// The language that a folder is called by. Of those with two or three letters some are no languages; we know those that we
/// have data for.
fn named(folder: &str) -> Option<Lang> {
    Lang::parse(folder).filter(|lang| !Language::of(*lang).name.is_empty())
}

/// The language of originals that a form of paths tells by its last folder: `content/en/{path}`.
pub fn language_of(source: &str) -> Option<Lang> {
    let folder = source.strip_suffix("/{path}")?;
    named(folder.rsplit('/').next().unwrap_or(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[&str]) -> Layout {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        of(folder.path())
    }

    fn rule(source: &str, target: &str) -> Rule {
        (source.to_owned(), target.to_owned())
    }

    #[test]
    fn sites_are_known_by_their_files() {
        let hugo = site(&["hugo.toml", "content/en/a.md", "content/fr/a.md", "content/img/a.png"]).rules;
        assert_eq!(hugo, [rule("content/en/{path}", "content/{lang}/{path}")]);
        let by_ending = site(&["config.toml", "content/a.md", "content/a.fr.md"]).rules;
        assert_eq!(by_ending, [rule("content/{path}.md", "content/{path}.{lang}.md")]);
        assert_eq!(site(&["docusaurus.config.ts", "i18n/fr/code.json"]).rules.len(), 2);
        let astro = site(&["astro.config.mjs", "src/content/docs/a.md", "src/content/docs/fr/a.md"]).rules;
        assert_eq!(astro, [rule("src/content/docs/{path}", "src/content/docs/{lang}/{path}")]);
        assert_eq!(site(&["_config.yml", "_i18n/en/a.md", "_i18n/de/a.md"]).rules.len(), 1);
        assert!(site(&["content/en/a.md", "content/fr/a.md"]).rules.is_empty(), "no generator");
    }

    #[test]
    fn a_folder_tells_the_language_of_originals() {
        assert_eq!(language_of("site/content/en/{path}"), Some(Lang::ENGLISH));
        assert_eq!(language_of("content/{path}"), None);
        assert_eq!(language_of("content/{path}.md"), None);
        assert_eq!(language_of("{path}"), None);
    }

    #[test]
    fn a_site_may_stand_inside_a_repository() {
        let files = ["apps/site/next.config.mjs", "apps/site/pages/en/a.mdx", "apps/site/pages/fr/a.mdx", "docs/a.md"];
        let layout = site(&files);
        assert_eq!(layout.rules, [rule("apps/site/pages/en/{path}", "apps/site/pages/{lang}/{path}")]);
        let hidden =
            site(&["node_modules/x/_config.yml", "node_modules/x/_layouts/a.html", ".x/_config.yml", ".x/_layouts/a"]);
        assert_eq!(hidden, Layout::default());
    }

    #[test]
    fn folders_of_templates_are_told_from_those_of_articles() {
        let jekyll = site(&["_config.yml", "_layouts/post.html", "_includes/foot.html", "_posts/a.md", "layouts/a.md"]);
        assert_eq!(jekyll.templates, ["_includes/", "_layouts/"]);
        let hugo = site(&["site/hugo.toml", "site/content/a.md", "site/themes/x/README.md", "site/layouts/a.html"]);
        assert_eq!(hugo.templates, ["site/layouts/", "site/themes/"]);
        let zola = site(&["config.toml", "content/a.md", "templates/a.html"]);
        assert_eq!(zola.templates, ["templates/"]);
        assert!(site(&["templates/a.html", "themes/a.md"]).templates.is_empty(), "no generator");
    }

    #[test]
    fn one_folder_of_a_language_is_no_rule_and_below_a_site_none_is_looked_for() {
        let alone = site(&["hugo.toml", "content/en/a.md"]).rules;
        assert_eq!(alone, [rule("content/{path}.md", "content/{path}.{lang}.md")]);
        assert_eq!(site(&["next.config.js", "pages/en/a.mdx"]).rules, []);
        // Jekyll keeps the original in a folder of its own, too.
        assert_eq!(site(&["_config.yml", "_i18n/de/a.md"]).rules, []);
        let nested = site(&["_config.yml", "_layouts/a.html", "docs/_config.yml", "docs/_layouts/a.html"]);
        assert_eq!(nested.templates, ["_layouts/"]);
    }
}
