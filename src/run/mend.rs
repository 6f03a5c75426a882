//! Mending a file: fixes round by round, then the whole of it written or nothing.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Look, Mended, Mending, check};
use crate::config::Setup;
use crate::files::Input;
use crate::fix;
use crate::report::Problem;
use crate::text::{Encoding, Source, decode};
use crate::write::{self, Target};

/// Mends a source, and looks at what it has become.
pub(super) fn mend(
    setup: &Setup,
    mending: &Mending<'_>,
    input: &Input,
    old: &[u8],
    source: Arc<Source>,
    gather: bool,
) -> Look {
    let rest = fix::until_rest(source.text(), |text| {
        // The first look is at the file as it was read.
        let now = if text == source.text() { source.clone() } else { Arc::new(source.rewritten(text)) };
        let look = check(setup, now.clone(), gather);
        let (next, count) = fix::apply_to_file(&now, &look.outcome.diagnostics, mending.least);
        (look, (count > 0).then_some((next, count)))
    });
    let mut look = rest.seen;
    let mut problem = |message: String| look.outcome.problems.push(Problem::of_file(source.path(), message));
    if !rest.at_rest {
        problem("its fixes do not come to rest; not fixed".to_owned());
    }
    if rest.applied == 0 || rest.text == source.text() {
        return look;
    }
    let whole = if source.bom() > 0 { format!("\u{feff}{}", rest.text).into() } else { Cow::from(&rest.text) };
    let unchanged = |problem: Problem| {
        let mut look = check(setup, source.clone(), gather);
        look.outcome.problems.push(problem);
        look
    };
    let bytes = match decode::encode(&whole, source.encoding()) {
        Ok(bytes) => bytes,
        Err(e) => return unchanged(Problem::of_file(source.path(), format!("not fixed: {e}"))),
    };
    // An encoding that was guessed from the old bytes may be guessed otherwise from the new ones.
    let again = |encoding: Encoding| {
        let read = super::source(setup, source.path(), &bytes);
        read.is_ok_and(|read| read.encoding() == encoding && read.text() == rest.text)
    };
    if source.encoding() != Encoding::Utf8 && !again(source.encoding()) {
        let what = "not fixed: its encoding is guessed, and would be taken for another afterwards";
        return unchanged(Problem::of_file(source.path(), what));
    }
    if let (Some(disk), Input::File { path, root }) = (mending.disk, input) {
        let root = root.as_deref().filter(|_| !mending.follow_symlinks);
        match write::write(disk, &Target { path, root, old }, &bytes) {
            Ok(()) => {}
            Err(e @ write::Refusal::Unsure(_)) => problem(e.to_string()),
            Err(e) => return unchanged(Problem::of_file(source.path(), e)),
        }
    }
    look.hash = Some(super::held::hash(&bytes));
    look.outcome.fixed = rest.applied;
    let texts = mending.disk.is_none().then(|| (source.shared_text(), rest.text));
    let bytes = matches!(input, Input::Bytes(..)).then_some(bytes);
    // What no file holds cannot be read again.
    look.only_here |= mending.disk.is_none();
    look.outcome.mended = Some(Mended { texts, bytes });
    look
}
