//! Which reports are of the same event, and which names of the same actor?
//!
//! A [`Report`] is an event as one article tells it. Reports that may be of one event share a `blocks` key; `likeness`
//! says how alike two of them are, and why; `cluster` brings those of one event together. The result is a function of
//! the set of reports: their order and the batches they came in do not matter. `event` then says what the reports of one
//! event agree on, where they differ, and how many independent sources stand behind it.

mod event;
mod report;

pub use event::{Difference, Event, Opinion};
pub use report::{Interval, Party, Place, Report, Review, Voice};
