//! Names of documents: URIs of the protocol and paths of the system.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in the path of a URI as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path of a `file:` URI; `None` for others, and for a path that is no text.
pub fn to_path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    // What follows may name a host, which is this one.
    let path = &rest[rest.find('/')?..];
    let path = percent_decode_str(path.split(['?', '#']).next()?).decode_utf8().ok()?;
    if path.contains('\0') {
        return None;
    }
    let drive = path.as_bytes().get(1..3).is_some_and(|drive| drive[0].is_ascii_alphabetic() && drive[1] == b':');
    Some(PathBuf::from(if cfg!(windows) && drive { &path[1..] } else { &*path }))
}

/// The `file:` URI of a whole path.
pub fn of_path(path: &Path) -> Uri {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let slash = if text.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{slash}{}", utf8_percent_encode(&text, PLAIN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_and_uris_lead_to_each_other() {
        for path in ["/a/b.md", "/with space/é#?%20.md", "/"] {
            assert_eq!(to_path(&of_path(Path::new(path))).unwrap(), Path::new(path));
        }
        assert_eq!(of_path(Path::new("/é b")).0, "file:///%C3%A9%20b");
        assert_eq!(to_path(&"file://localhost/a%3Ab".into()).unwrap(), Path::new("/a:b"));
        for other in ["untitled:Untitled-1", "file:///%FF", "file:///a%00b", "file:"] {
            assert_eq!(to_path(&other.into()), None, "{other}");
        }
    }
}
