//! The lints that come with copydesk.

use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::definition::{Lint, load};
use super::examples::Examples;
use super::written::Written;

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lints.rs"));

/// The built-in lints, by id.
pub fn builtin() -> &'static [Arc<Lint>] {
    static LINTS: LazyLock<Vec<Arc<Lint>>> = LazyLock::new(|| {
        FILES
            .iter()
            .map(|(id, json)| match load(id, Written::Json(json)) {
                Ok((lint, _)) => Arc::new(lint),
                Err(e) => panic!("lints/{id}.toml: {e}"),
            })
            .collect()
    });
    &LINTS
}

/// A built-in lint by its id, or an id it had before.
pub fn named(id: &str) -> Option<&'static Arc<Lint>> {
    builtin().iter().find(|lint| lint.id == id || lint.formerly.iter().any(|f| f == id))
}

/// The `[data]` of a built-in lint, for others that work by it too.
///
/// # Errors
///
/// If there is no such lint, or its data are not a `T`.
pub fn data<T: DeserializeOwned>(id: &str) -> Result<T, String> {
    #[derive(Deserialize)]
    struct Data<T> {
        data: T,
    }
    let (_, packed) =
        FILES.iter().find(|file| file.0 == id).ok_or_else(|| format!("there is no built-in lint “{id}”"))?;
    serde_json::from_str(packed)
        .map(|Data { data }| data)
        .map_err(|_| format!("the data of “{id}” are for another check"))
}

/// The definition of a built-in lint as it was written, examples included.
pub fn written(id: &str) -> Option<&'static str> {
    static SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));
    SOURCES.iter().find(|s| s.0 == id).map(|s| s.1)
}

/// The examples of a built-in lint.
pub fn examples(id: &str) -> Option<Examples> {
    load(id, Written::Toml(written(id)?)).ok().map(|(_, examples)| examples)
}
