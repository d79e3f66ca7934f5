//! What does the collection answer?
//!
//! A [`Collection`] is opened for reading only. A [`Filter`] says which events are meant; [`events`], [`who`],
//! [`compare`], [`search`], [`said`] and [`sources`] answer with values, and [`sql`] runs a statement of the caller's own
//! within limits. No answer needs a pass over all events.

mod checks;
mod collection;
mod compare;
mod conditions;
mod error;
mod events;
mod filter;
mod names;
mod perhaps;
mod plan;
mod search;
mod snippet;
mod sources;
mod sql;
mod statement;
mod streams;
#[cfg(test)]
mod tests;
mod who;
mod words;

pub use collection::Collection;
pub use compare::{Agreement, Comparison, Denial, Disagreement, Independent, Link, Sayer, Teller, compare};
pub use error::{Candidate, QueryError};
pub use events::{Events, events};
pub use filter::{Days, Dyad, Filter, Order, Page, Told, terms};
pub use names::unknown;
pub use perhaps::Perhaps;
pub use search::{Found, Hit, SearchFilter, search};
pub use snippet::{Part, Snippet};
pub use sources::{Said, SaidRow, SourceRow, Sources, said, sources};
pub use sql::{Cell, Limits, SqlRows, sql};
pub use who::{Counterpart, Counts, Who, who};
pub use words::{Words, plain};
