//! What of many articles is done, and where does it stand?
//!
//! Reads documents on several threads and writes what it reads in the order they came in, in parts. A part is there
//! whole or not at all, and a journal says which are: a run that was stopped at any moment goes on from the last part,
//! and ends with the bytes that it would have written without a stop, whatever the number of threads.

mod article;
#[cfg(feature = "parquet")]
pub mod columns;
mod copies;
mod failure;
mod groups;
mod journal;
mod order;
mod parts;
mod regroup;
pub mod rows;
mod run;
mod summary;

pub use article::{Given, Unread, read};
pub use copies::Copies;
pub use failure::BatchError;
pub use journal::is_begun;
pub use order::{Knobs, in_order};
pub use parts::Format;
pub use run::{Outcome, Settings, run};
pub use summary::Summary;
