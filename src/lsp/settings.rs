//! What the user sets in the editor. It stands to the configuration as flags of the command line do.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::config::Flags;
use crate::text::Lang;

/// Settings, of the section `copydesk`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// A configuration file in place of those near the articles; relative to the workspace folder.
    pub configuration: Option<PathBuf>,
    /// Whether configuration files are passed over.
    pub isolated: bool,
    /// Settings of a configuration, `KEY=VALUE`.
    pub config: Vec<String>,
    /// The lints that are on, in place of the others.
    pub select: Option<Vec<String>>,
    /// Lints that are on besides.
    pub extend_select: Vec<String>,
    /// Lints that are off.
    pub ignore: Vec<String>,
    /// Whether lints on trial are on.
    pub preview: bool,
    /// Whether lints for strict houses are on.
    pub strict: bool,
    /// The language of articles that do not say theirs.
    pub lang: Option<String>,
    /// Whether the articles of the workspace that are not open are checked too, and all are set against each other.
    pub workspace: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            configuration: None,
            isolated: false,
            config: Vec::new(),
            select: None,
            extend_select: Vec::new(),
            ignore: Vec::new(),
            preview: false,
            strict: false,
            lang: None,
            workspace: true,
        }
    }
}

/// Settings that clients keep for themselves.
const OF_CLIENTS: [&str; 4] = ["path", "trace", "enable", "status"];

impl Settings {
    /// Reads settings, with or without the section around them. What is wrong with them is told in the second part.
    pub fn read(value: &Value) -> (Settings, Vec<String>) {
        let value = value.get("copydesk").unwrap_or(value);
        let Some(fields) = value.as_object() else { return (Settings::default(), Vec::new()) };
        let known =
            ["configuration", "isolated", "config", "select", "extendSelect", "ignore", "preview", "strict", "lang"];
        let known = || known.into_iter().chain(["workspace"]);
        let mut wrong = Vec::new();
        let mut taken = serde_json::Map::new();
        for (key, value) in fields {
            if OF_CLIENTS.contains(&key.as_str()) || value.is_null() {
                continue;
            }
            if !known().any(|name| name == key) {
                let near = crate::nearest(key, known());
                let near = near.map(|near| format!("; did you mean “{near}”?")).unwrap_or_default();
                wrong.push(format!("there is no setting “copydesk.{key}”{near}"));
                continue;
            }
            // One by one, so that a mistake in one does not undo the others.
            let alone = serde_json::Map::from_iter([(key.clone(), value.clone())]);
            match serde_json::from_value::<Settings>(Value::Object(alone)) {
                Ok(_) => {
                    taken.insert(key.clone(), value.clone());
                }
                Err(e) => wrong.push(format!("the setting “copydesk.{key}” is not understood: {e}")),
            }
        }
        let settings: Settings = serde_json::from_value(Value::Object(taken)).unwrap_or_default();
        if let Some(tag) = settings.lang.as_ref().filter(|tag| Lang::parse(tag).is_none()) {
            wrong.push(format!("“{tag}” is not a language tag, such as en or zh-TW"));
        }
        (settings, wrong)
    }

    /// The settings as the configuration takes them.
    pub fn flags(&self, root: Option<&Path>) -> Flags {
        let config = self.configuration.as_ref().filter(|_| !self.isolated);
        Flags {
            isolated: self.isolated,
            config: config.map(|path| root.map_or_else(|| path.clone(), |root| root.join(path))),
            settings: self.config.clone(),
            select: self.select.clone(),
            extend_select: self.extend_select.clone(),
            ignore: self.ignore.clone(),
            preview: self.preview,
            strict: self.strict,
            lang: self.lang.as_deref().and_then(Lang::parse),
            no_corpus: !self.workspace,
            ..Flags::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_mistake_in_one_setting_leaves_the_others() {
        let (settings, wrong) = Settings::read(&json!({"copydesk": {
            "strict": true, "ignore": 3, "preveiw": true, "path": "/x", "lang": "no such tag",
        }}));
        assert!(settings.strict && settings.workspace);
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong.iter().any(|said| said.contains("did you mean “preview”?")), "{wrong:?}");
        assert!(wrong.iter().any(|said| said.contains("copydesk.ignore")), "{wrong:?}");
        assert_eq!(Settings::read(&Value::Null), (Settings::default(), Vec::new()));
    }
}
