//! What `lints/` means: definitions, and the linter that runs them.

mod definition;
pub mod examples;
mod house;
mod linter;
pub mod registry;
pub mod template;

pub(crate) use definition::load_as;
pub use definition::{Bad, DefinitionError, Examples, Good, Lint, Set, Written, load};
pub use house::HouseStyle;
pub use linter::{Checked, Failure, Linter};
