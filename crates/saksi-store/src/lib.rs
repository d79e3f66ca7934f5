//! What was read, and what did a person decide about it?
//!
//! A collection is one `SQLite` file: articles with their records, the events that their reports make, and a log of what
//! persons decided. `schema.sql` is its schema, and docs/collection.md explains it. [`Store`] is a collection open for
//! writing; each of its changes is one transaction with all that follows from it. What is in the file is a function of
//! the articles and the log: it does not matter in which order and in which batches the articles came.

mod actors;
mod ahead;
mod articles;
mod beside;
mod deciding;
mod decisions;
mod error;
mod events;
mod file;
mod incoming;
mod indexes;
mod log;
pub mod look;
mod merging;
pub mod moment;
mod postings;
mod rows;
mod sets;
mod sound;
mod store;
mod stored;
mod together;
mod verify;
mod voices;
mod wire;
mod work;

pub use articles::{Filter, Found, Listed, Source, articles, event, find, record, report, reports_of_article, source};
pub use decisions::{FIELDS, counting, get, set};
pub use error::StoreError;
pub use file::{APPLICATION, Mode, VERSION, connect};
pub use incoming::{Incoming, Options, Origin, Said, came, key};
pub use indexes::{FEW, lacking};
pub use log::{Action, Entry, anchor, log};
pub use postings::meetings;
pub use rusqlite::Connection;
pub use sound::sound;
pub use store::{Committed, Replaced, Store};
pub use verify::verify;
