//! What fixes would change, as a unified diff.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::{visible, visible_path};

/// How long to look for the smallest difference; after that a larger one is shown.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes a unified diff, made harmless to show as every report is.
pub fn diff(path: &Path, old: &str, new: &str, out: &mut dyn Write) -> io::Result<()> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let name = visible_path(path);
    writeln!(out, "--- {name}\n+++ {name}")?;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        writeln!(out, "{}", hunk.header())?;
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line = visible(change.value().trim_end_matches(['\n', '\r']));
            // Behind a blank, two colons still begin a command to a build server.
            match line.trim_start().strip_prefix("::").filter(|_| sign == ' ') {
                Some(rest) => writeln!(out, " {}：:{rest}", &line[..line.len() - rest.len() - 2])?,
                None => writeln!(out, "{sign}{line}")?,
            }
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_lines_and_gives_no_orders() {
        let mut out = Vec::new();
        diff(Path::new("a.txt"), "one\n  ::error::x\nthe the end", "one\n  ::error::x\nthe end", &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n one\n   ：:error::x\n-the the end\n\\ No newline at end of file\n\
             +the end\n\\ No newline at end of file\n"
        );
    }
}
