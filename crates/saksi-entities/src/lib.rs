//! Who and where is named?

mod types;

pub use types::{ActorFacts, Entities, Mention, Role};
