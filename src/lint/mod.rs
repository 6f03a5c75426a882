//! What `lints/` means: definitions, and the linter that runs them.

mod across;
mod complaint;
mod definition;
pub mod examples;
mod glossary;
mod house;
mod linter;
pub mod measured;
pub mod registry;
pub mod template;
mod way;
mod written;

pub use across::Taken;
pub use complaint::complaint;
pub(crate) use definition::load_as;
pub use definition::{Lint, Set, load};
pub use examples::{Bad, Examples, Good, Sided};
pub use glossary::{Concept, Glossary, Side, Term};
pub use house::{HouseStyle, Phrases};
pub use linter::{Checked, Failure, Linter};
pub use written::{DefinitionError, Written};
