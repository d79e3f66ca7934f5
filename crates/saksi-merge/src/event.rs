use crate::report::{Interval, Party, Place, Review};
use compact_str::CompactString;
use saksi_record::{Certainty, EventType, Quad, Status};
use serde::{Deserialize, Serialize};

/// What all reports of one event say together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Made from the key of the earliest report, so that it does not depend on the order in which articles came.
    pub key: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<CompactString>,
    /// Quad category.
    pub quad: Quad,
    /// Those who act.
    pub actor: Vec<Party>,
    /// Those at whom it is directed.
    pub recipient: Vec<Party>,
    /// Where.
    pub place: Vec<Place>,
    /// When: what the reports that know it best say.
    pub time: Option<Interval>,
    /// Whether it happened, by most independent sources; `actual` only where a report says so.
    pub status: Status,
    /// As the best source puts it.
    pub certainty: Certainty,
    /// Reports of it.
    pub reports: u32,
    /// Articles that report it.
    pub articles: u32,
    /// Independent sources: by source and wire group, not by outlet.
    pub sources: u32,
    /// Languages it is reported in, sorted.
    pub languages: Vec<CompactString>,
    /// First and last day of publication.
    pub published: Option<(CompactString, CompactString)>,
    /// What a person decided: the strongest of its reports' reviews.
    pub review: Review,
    /// Fields on which its reports differ.
    pub differences: Vec<Difference>,
}

/// A field on which reports of one event differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// `figure`, `place`, `time`, `actor`, `recipient`, `status`, `certainty`, `mode`; a figure's unit follows: `figure:dead`.
    pub field: CompactString,
    /// Each value, and the reports that give it, most reported first.
    pub opinions: Vec<Opinion>,
    /// Disagreement between 0 and 1 as `eventreport` defines it: the share of reports outside the commonest value, of
    /// those whose values exclude each other.
    pub disagreement: f64,
}

/// One value of a field and who gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// The value as text.
    pub value: CompactString,
    /// Keys of the reports, in the order of publication.
    pub reports: Vec<String>,
    /// Who says so: the nearest source of each report, or the outlet, where they have names; each once.
    pub by: Vec<CompactString>,
}
