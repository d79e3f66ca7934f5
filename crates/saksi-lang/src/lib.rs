//! What does a pack say? Loads language packs and checks their form.
//!
//! A pack is a folder of data: tables (`.tsv`), rules (`.toml`) and a model (`.bin`). The packs of the project are
//! in the binary; a folder on disk can take their place. Each stage compiles what it needs out of a [`Pack`]; what
//! the entries mean is the stage's business, that they are well-formed is this crate's.

mod codebook;
mod dates;
mod pack;
mod table;

pub use codebook::{Code, Codebook};
pub use dates::{DateOrders, First};
pub use pack::{Location, Pack, PackError};
pub use table::{Row, Table};
