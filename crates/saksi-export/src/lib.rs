//! How does another program want it?
//!
//! Values in, bytes out: every form is a writer that takes one [`Told`] (an event with its reports) or one [`Read`] (an
//! article with its record) at a time, so that memory does not grow with the collection. What a form cannot hold is left
//! out and counted in [`Left`], never put where it does not belong; docs/exports.md says what that is for each.

mod annotation;
mod cas;
mod codes;
mod day;
mod eventreport;
mod fields;
mod ftm;
mod gdelt;
mod geojson;
mod gexf;
mod icews;
mod id;
mod list;
mod native;
mod polecat;
mod table;
mod timeline;
mod utf16;
mod value;

pub use annotation::Annotations;
pub use cas::{cas, type_system};
pub use codes::Codes;
pub use eventreport::EventReport;
pub use ftm::FollowTheMoney;
pub use gdelt::{GdeltEvents, GdeltMentions};
pub use geojson::GeoJson;
pub use gexf::Gexf;
pub use icews::Icews;
pub use native::{Events, Reports, Spans};
pub use polecat::Polecat;
pub use table::{Cell, Column, Layout, Sheet, Table, harmless};
pub use timeline::Timeline;
pub use utf16::Utf16;
pub use value::{Filed, Left, Read, Story, Telling, Told, merged};

use std::io;

/// Where a form is written.
pub type Out<'o> = &'o mut (dyn io::Write + Send);

/// A form that is written event by event.
pub trait OfEvents {
    /// Writes what the form holds of an event.
    ///
    /// # Errors
    /// If the output cannot be written to.
    fn add(&mut self, told: &Told) -> io::Result<()>;

    /// Ends the form; says what was left out.
    ///
    /// # Errors
    /// If the output cannot be written to.
    fn finish(self: Box<Self>) -> io::Result<Left>;
}

/// A form that is written article by article.
pub trait OfArticles {
    /// Writes what the form holds of an article.
    ///
    /// # Errors
    /// If the output cannot be written to.
    fn add(&mut self, read: &Read) -> io::Result<()>;

    /// Ends the form; says what was left out.
    ///
    /// # Errors
    /// If the output cannot be written to.
    fn finish(self: Box<Self>) -> io::Result<Left>;
}
