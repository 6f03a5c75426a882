//! Reads XML as strictly as the strictest consumer of our reports: all that is not well-formed is refused, and so is an
//! element or attribute that the format does not have where it stands.

use std::collections::BTreeMap;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes, references resolved.
    pub attributes: BTreeMap<String, String>,
    /// What stands in it.
    pub children: Vec<Element>,
}

/// What a format admits: element, attributes that it must have, the elements it stands in (none: it is the root).
pub type Grammar = &'static [(&'static str, &'static [&'static str], &'static str)];

/// JUnit, as Jenkins and GitLab read it.
pub const JUNIT: Grammar = &[
    ("testsuites", &["name"], ""),
    ("testsuite", &["errors", "failures", "file", "name", "skipped", "tests", "time"], "testsuites"),
    ("testsuite", &["errors", "failures", "name", "skipped", "tests", "time"], "testsuites"),
    ("testcase", &["classname", "name", "time"], "testsuite"),
    ("failure", &["message", "type"], "testcase"),
    ("error", &["message", "type"], "testcase"),
];

/// Checkstyle.
pub const CHECKSTYLE: Grammar = &[
    ("checkstyle", &["version"], ""),
    ("file", &["name"], "checkstyle"),
    ("error", &["column", "line", "message", "severity", "source"], "file"),
    ("error", &["line", "message", "severity", "source"], "file"),
];

/// The root element of a document.
pub fn read(text: &str, grammar: Grammar) -> Result<Element, String> {
    let rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").ok_or("no declaration")?;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut rest = rest;
    while let Some((before, after)) = rest.split_once('<') {
        let said = resolved(before)?;
        if open.len() == 1 && !said.trim().is_empty() {
            return Err(format!("{said:?} stands outside of the root"));
        }
        // No quoted value of ours holds a bracket as it is.
        let (tag, after) = after.split_once('>').ok_or("a tag has no end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().filter(|element| element.name == name && !open.is_empty());
            let done = done.ok_or(format!("</{name}> closes nothing"))?;
            open.last_mut().ok_or("no root")?.children.push(done);
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let element = start(tag)?;
        let parent = open.last().map_or("", |parent| parent.name.as_str());
        let attributes: Vec<&str> = element.attributes.keys().map(String::as_str).collect();
        if !grammar.iter().any(|(name, has, within)| *name == element.name && *has == attributes && *within == parent) {
            return Err(format!("<{tag}> in <{parent}>"));
        }
        match is_empty {
            true => open.last_mut().ok_or("no root")?.children.push(element),
            false => open.push(element),
        }
    }
    let root = open.pop().filter(|_| open.is_empty()).ok_or("an element has no end")?;
    let [root]: [Element; 1] = root.children.try_into().map_err(|_| "not one root")?;
    if rest.trim().is_empty() { Ok(root) } else { Err(format!("{rest:?} stands after the root")) }
}

fn start(tag: &str) -> Result<Element, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut element = Element { name: name.to_owned(), ..Element::default() };
    while !rest.is_empty() {
        let (key, value) = rest.split_once("=\"").ok_or(format!("<{tag}> has no value"))?;
        let (value, after) = value.split_once('"').ok_or(format!("<{tag}> has an open value"))?;
        if element.attributes.insert(key.to_owned(), resolved(value)?).is_some() {
            return Err(format!("<{tag}> has {key} twice"));
        }
        rest = after.strip_prefix(' ').unwrap_or(after);
        if rest == after && !after.is_empty() {
            return Err(format!("<{tag}> has {after:?} after a value"));
        }
    }
    Ok(element)
}

/// The text with references resolved.
fn resolved(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').ok_or(format!("{after:?} is no reference"))?;
        let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
        let (_, c) = known.iter().find(|(known, _)| *known == name).ok_or(format!("&{name}; is not known"))?;
        out.push_str(before);
        out.push(*c);
        rest = after;
    }
    out.push_str(rest);
    let refused = |c: char| (c < ' ' && !"\n\t".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if out.contains(refused) { Err(format!("{out:?} has a character that XML does not have")) } else { Ok(out) }
}
