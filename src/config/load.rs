//! Reads configurations from disk: the file itself, what it extends, and lints of the user's own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::file::File;
use super::mistake::{Mistake, Mistakes, shown};
use crate::format;
use crate::lint::{Examples, Lint, Written, load};
use crate::run::cache;
use crate::text::Source;

/// The names of a configuration file; where both stand in one folder, the first is read.
pub const NAMES: [&str; 2] = ["copydesk.toml", ".copydesk.toml"];

/// How many configurations may build upon each other.
const DEEPEST: usize = 10;

/// One configuration as it is written.
#[derive(Debug)]
pub struct Layer {
    /// The file.
    pub source: Arc<Source>,
    /// The folder from which its globs are taken.
    pub folder: PathBuf,
    /// What it says.
    pub file: File,
}

/// The configuration of a folder itself.
pub fn in_folder(folder: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// The folder to keep things in that belong to the articles of this one: that of the configuration that counts here, else
/// the root of the repository, else the working directory.
pub fn home(folder: &Path) -> PathBuf {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let home = whole.ancestors().find(|above| in_folder(above).is_some() || is_root(above));
    home.map_or_else(|| Path::new(".").canonicalize().unwrap_or_default(), Path::to_owned)
}

/// Whether a folder is the root of a repository, above which nothing is looked for.
pub fn is_root(folder: &Path) -> bool {
    [".git", ".hg", ".jj"].iter().any(|name| folder.join(name).exists())
}

/// The folder that a configuration may not reach out of: the root of the repository, or without one the topmost folder
/// on the way up that has a configuration.
pub(super) fn root(folder: &Path) -> PathBuf {
    let mut top = folder;
    for above in folder.ancestors() {
        if is_root(above) {
            return above.to_owned();
        }
        if in_folder(above).is_some() {
            top = above;
        }
    }
    top.to_owned()
}

/// A configuration with all that it builds upon, the base first.
pub fn layers(path: &Path) -> Result<Vec<Layer>, Mistakes> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let root = root(path.parent().unwrap_or(Path::new("/")));
    let mut layers: Vec<Layer> = Vec::new();
    let mut seen = vec![path.clone()];
    let mut next = Some(path);
    while let Some(path) = next.take() {
        let source = match read(&path) {
            Ok(source) => source,
            Err(e) => return Err(Mistakes(vec![Mistake::new(&empty(&path), 0..0, format!("cannot be read: {e}"))])),
        };
        let file = File::parse(&source).map_err(|m| Mistakes(vec![m]))?;
        let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
        if let Some(extend) = &file.extend {
            let mistake = |message: String| Mistakes(vec![Mistake::new(&source, extend.span(), message)]);
            let base = inside(&root, &folder, extend.get_ref()).map_err(mistake)?;
            if seen.contains(&base) {
                return Err(mistake("the configurations extend each other in a circle".into()));
            }
            if seen.len() == DEEPEST {
                return Err(mistake(format!("more than {DEEPEST} configurations extend each other")));
            }
            seen.push(base.clone());
            next = Some(base);
        }
        layers.push(Layer { source, folder, file });
    }
    layers.reverse();
    Ok(layers)
}

/// A path of a configuration, made whole. It must stay inside the root: a configuration that came with a download is not
/// to read files of its reader.
pub(super) fn inside(root: &Path, folder: &Path, path: &str) -> Result<PathBuf, String> {
    let whole = folder.join(path).canonicalize().map_err(|e| format!("“{path}” cannot be read: {e}"))?;
    if !whole.starts_with(root) {
        return Err(format!("“{path}” lies outside {}", shown_folder(root)));
    }
    Ok(whole)
}

fn shown_folder(folder: &Path) -> String {
    let short = shown(folder).display().to_string();
    if short.is_empty() { "this folder".into() } else { short }
}

fn read(path: &Path) -> Result<Arc<Source>, String> {
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|e| format!("not UTF-8 at byte {}", e.utf8_error().valid_up_to()))?;
    Ok(Arc::new(Source::new(shown(path), text)))
}

pub(super) fn empty(path: &Path) -> Arc<Source> {
    Arc::new(Source::new(shown(path), ""))
}

/// The settings given on the command line, as a configuration.
pub fn inline(settings: &[String], folder: &Path) -> Result<Layer, Mistakes> {
    let lines: Vec<String> = settings.iter().map(|setting| line(setting)).collect();
    let source = Arc::new(Source::new("--config", lines.join("\n")));
    let file = File::parse(&source).map_err(|m| Mistakes(vec![m]))?;
    if let Some(extend) = &file.extend {
        let mistake = Mistake::new(&source, extend.span(), "a setting of the command line cannot extend");
        return Err(Mistakes(vec![mistake.help("name the configuration with `--config FILE`")]));
    }
    Ok(Layer { source, folder: folder.to_owned(), file })
}

/// The baseline that a layer names, which need not be there yet.
pub fn baseline(layer: &Layer) -> Result<Option<PathBuf>, Mistake> {
    let Some((_, path)) = to_be_made(layer, layer.file.baseline.as_ref())? else { return Ok(None) };
    Ok(Some(shown(&path).to_owned()))
}

/// The folder that a layer names for what is kept from run to run.
pub fn cache(layer: &Layer) -> Result<Option<cache::Folder>, Mistake> {
    let named = to_be_made(layer, layer.file.cache_dir.as_ref())?;
    Ok(named.map(|(root, path)| cache::Folder::within(&root, path)))
}

/// A path in a folder that is there, and the root that it lies in.
fn to_be_made(layer: &Layer, named: Option<&Spanned<String>>) -> Result<Option<(PathBuf, PathBuf)>, Mistake> {
    let Some(named) = named else { return Ok(None) };
    let mistake = |message: String| Mistake::new(&layer.source, named.span(), message);
    let root = root(&layer.folder);
    let path = Path::new(named.get_ref());
    let name = path.file_name().ok_or_else(|| mistake(format!("“{}” names no file", named.get_ref())))?;
    let folder = path.parent().unwrap_or(Path::new("")).to_string_lossy();
    let whole = inside(&root, &layer.folder, &folder).map_err(mistake)?.join(name);
    // A link must not lead out either.
    if whole.canonicalize().is_ok_and(|target| !target.starts_with(&root)) {
        return Err(mistake(format!("“{}” lies outside {}", named.get_ref(), shown_folder(&root))));
    }
    Ok(Some((root, whole)))
}

/// `KEY=VALUE` as TOML; a value that is none is a string.
fn line(setting: &str) -> String {
    if toml::from_str::<toml::Table>(setting).is_ok() {
        return setting.to_owned();
    }
    match setting.split_once('=') {
        Some((key, value)) => format!("{} = {}", key.trim(), serde_json::Value::from(value.trim())),
        None => setting.to_owned(),
    }
}

/// The user's own lints of a layer, by id, and how they are written.
pub fn own_lints(
    layer: &Layer,
    lints: &mut Vec<Arc<Lint>>,
    written: &mut Vec<Arc<Source>>,
    mistakes: &mut Vec<Mistake>,
) {
    let root = root(&layer.folder);
    for named in &layer.file.lint_folders {
        match folder_of_lints(&root, layer, named) {
            Ok(paths) => paths.iter().for_each(|path| match lint_and_source(path) {
                Ok((lint, _, source)) => {
                    written.push(source);
                    // A lint of the house takes the place of one of ours: an id that we add later must not break it.
                    lints.retain(|other| other.id != lint.id);
                    lints.push(Arc::new(lint));
                }
                Err(mistake) => mistakes.push(mistake),
            }),
            Err(message) => mistakes.push(Mistake::new(&layer.source, named.span(), message)),
        }
    }
}

fn folder_of_lints(root: &Path, layer: &Layer, named: &Spanned<String>) -> Result<Vec<PathBuf>, String> {
    let folder = inside(root, &layer.folder, named.get_ref())?;
    let told = |e: std::io::Error| format!("“{}” cannot be read: {e}", named.get_ref());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|e| e == "toml") && !is_hidden(&path) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(format!("there is no lint in “{}”", named.get_ref()));
    }
    paths.sort();
    Ok(paths)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// A lint from a file, with its examples.
pub fn lint_file(path: &Path) -> Result<(Lint, Examples), Mistake> {
    lint_and_source(path).map(|(lint, examples, _)| (lint, examples))
}

fn lint_and_source(path: &Path) -> Result<(Lint, Examples, Arc<Source>), Mistake> {
    let source = read(path).map_err(|e| Mistake::new(&empty(path), 0..0, format!("cannot be read: {e}")))?;
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    let loaded = load(&id, Written::Toml(source.text()));
    let (lint, examples) = loaded.map_err(|e| Mistake::told(&source, e.at, &e.message))?;
    Ok((lint, examples, source))
}

/// The format of a name, if there is one and it is among those that are known here.
pub fn format_of<'a>(
    name: Option<&Spanned<String>>,
    known: impl Iterator<Item = &'a str> + Clone,
    source: &Arc<Source>,
    mistakes: &mut Vec<Mistake>,
) -> Option<&'static format::Row> {
    let name = name?;
    let row = format::named(name.get_ref()).filter(|row| known.clone().any(|name| name == row.name));
    if row.is_none() {
        let mistake = Mistake::new(source, name.span(), format!("there is no format “{}”", name.get_ref()));
        mistakes.push(mistake.help(match crate::nearest(name.get_ref(), known.clone()) {
            Some(near) => format!("did you mean “{near}”?"),
            None => format!("there are: {}", known.collect::<Vec<_>>().join(", ")),
        }));
    }
    row
}
