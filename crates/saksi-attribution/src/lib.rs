//! Who says so?

mod types;

pub use types::Said;
