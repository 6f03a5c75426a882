//! What a house has decided: words never reported, names that may stand side by side, forms to prefer.

use crate::text::WordSet;

/// Decisions of the user that checks and findings respect.
#[derive(Debug, Default, Clone)]
pub struct HouseStyle {
    /// Words and phrases that are never reported, case-folded.
    pub vocabulary: WordSet,
    /// Forms of names that may stand side by side, case-folded, one set an entry.
    pub accept: Vec<WordSet>,
    /// Forms to prefer: (form to use, forms to replace).
    pub prefer: Vec<(String, Vec<String>)>,
}
