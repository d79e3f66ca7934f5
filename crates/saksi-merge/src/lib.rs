//! Which reports are of the same event, and which names of the same actor?
//!
//! A [`Report`] is an event as one article tells it. Reports that may be of one event share a `blocks` key; `likeness`
//! says how alike two of them are, and why; `cluster` brings those of one event together. The result is a function of
//! the set of reports: their order and the batches they came in do not matter. `event` then says what the reports of one
//! event agree on, where they differ, and how many independent sources stand behind it.

mod act;
mod acts;
mod again;
mod backward;
mod blocks;
mod by_hand;
mod cluster;
mod days;
mod differences;
mod event;
mod figures;
mod gazetteer;
mod hash;
mod identity;
mod likeness;
mod marks;
mod maybe;
mod parties;
mod parts;
mod place;
mod pool;
mod report;
mod reports;
mod sequence;
mod sketch;
mod sources;
mod spelling;
mod summary;
mod taken_up;
mod translation;

pub use blocks::blocks;
pub use cluster::{Hand, STAND_IN, cluster, cluster_sketched};
pub use event::{Difference, Event, Opinion};
pub use figures::Figure;
pub use gazetteer::Gazetteer;
pub use likeness::{Likeness, Part, THRESHOLD, likeness, link, linked, score};
pub use maybe::{Maybe, PERHAPS, maybe};
pub use report::{Interval, Party, Place, Report, Review, Voice};
pub use reports::{figures, read, reports};
pub use sketch::{Sketch, Sketched};
pub use sources::independent;
pub use summary::event;
pub use translation::{Outline, is_translation, outline};
