//! Which day does this phrase mean?

mod types;

pub use types::{Found, Lead, Times};
