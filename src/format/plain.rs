//! Plain text: what its blocks are is told from the layout.

use super::{Format, Reading};
use crate::text::{Draft, Source, layout};

/// Plain text.
pub struct Plain;

impl Format for Plain {
    fn parse(&self, source: &Source, _: &Reading) -> Draft {
        Draft { blocks: layout::blocks(source.text()), ..Draft::default() }
    }
}
