//! What is in the record? The types of schema `saksi/1`, and nothing that computes.
//!
//! Every `start`/`end` counts Unicode code points in [`Record::text`], end exclusive. A field that is not
//! known is `null` or an empty list. The meaning of each field is said in `docs/record.md`.

mod record;
mod span;
mod terms;

pub use record::{
    Actor, Article, Attribution, Channel, Event, EventTime, Held, Mention, Note, Passage, Place, PlaceMention,
    Published, Quantity, Record, SCHEMA, Sentence, Source, Time, WireGroup,
};
pub use span::Span;
pub use terms::{
    ActorKind, Anchor, Attitude, Basis, Certainty, CopyKind, EventType, Form, MentionForm, PassageKind, Quad,
    SourceKind, Stance, Status, Timex,
};

/// The JSON Schema of [`Record`], as draft 2020-12.
///
/// ```
/// assert!(saksi_record::json_schema().to_string().contains("saksi/1"));
/// ```
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Record).to_value();
    schema["properties"]["schema"]["const"] = SCHEMA.into();
    schema
}
