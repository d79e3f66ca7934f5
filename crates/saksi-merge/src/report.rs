use crate::figures::Figure;
use compact_str::CompactString;
use saksi_record::{Certainty, EventType, Quad, Quantity, SourceKind, Span, Stance, Status};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An event as one article tells it: its row in the record with names in place of ids. As JSON it lacks what is not known, lists
/// without members, `false`, and the review of what nobody looked at.
///
/// Short texts are held in place, without an allocation each: adding articles makes and drops ten reports of twenty texts for each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Report {
    /// `<article>:<trigger start>-<trigger end>:<TYPE>`, and `:2`, `:3`, … where an article has several of these.
    pub key: String,
    /// Key of the article in the collection; in JSON it may be left out, since the report's key begins with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// Key of the earliest article of its wire group; copies and translations of one text are one witness.
    /// In JSON it may be left out where it is the article itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub witness: String,
    /// Id of the event in the record.
    pub event: CompactString,
    /// Who published the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<CompactString>,
    /// BCP 47, the article's.
    pub language: CompactString,
    /// ISO 8601 day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<CompactString>,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<CompactString>,
    /// The kind of act by the words of its trigger, the same in every language; null where no table has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<CompactString>,
    /// PLOVER contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<CompactString>,
    /// Quad category.
    pub quad: Quad,
    /// Those who act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actor: Vec<Party>,
    /// Those at whom it is directed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient: Vec<Party>,
    /// Who acted in the act of its kind told before, where it is told as the next of these and names nobody. Evidence, not reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_actor: Vec<Party>,
    /// Where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub place: Vec<Place>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Interval>,
    /// Where the event has no time of its own: that which its sentence names nearest to it, or the act told before it has.
    /// Evidence, not reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near_time: Option<Interval>,
    /// The places that its sentence names. Evidence, not reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_place: Vec<Place>,
    /// Whether it stands in the headline.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub headline: bool,
    /// Whether it is the first of its kind below the headline: what a headline tells stands there again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
    /// Whether it is what came of an attack that its sentence tells first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub toll: bool,
    /// The key of the act of its article that it takes up by a noun: "in the attack".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_up: Option<String>,
    /// The state to which most names of the article belong, ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<CompactString>,
    /// Whether it happened.
    pub status: Status,
    /// More than 30 days before publication.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub historical: bool,
    /// Counts, as the record has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Quantity>,
    /// The same in units that are one in every language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// As the nearest source puts it.
    pub certainty: Certainty,
    /// The program's own.
    pub confidence: f64,
    /// The word or words that name the act.
    pub trigger: Span,
    /// The sentence it stands in.
    pub sentence: Span,
    /// The sources, nearest first; empty in the article's own voice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Voice>,
    /// Hashes of the names and numbers of the sentence, folded so that they are the same in every language; sorted. The two
    /// lowest bits tell what it is: 0 a name, 1 a number, 2 a place, 3 a state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<u64>,
    /// Hashes of the content words of the sentence; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<u64>,
    /// Hashes of what its nouns count and whom they name by role, and of the beginnings of its longer words: what sentences of
    /// two languages may share; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<u64>,
    /// What a person decided about it.
    #[serde(default, skip_serializing_if = "Review::is_none")]
    pub review: Review,
}

/// What a person decided about a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    /// Nobody looked at it.
    #[default]
    Unreviewed,
    /// It is right as it stands.
    Accepted,
    /// It was right after a field was changed.
    Edited,
    /// It is wrong; it counts for nothing, but stays.
    Rejected,
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Report {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut report = Self::deserialize(deserializer)?;
        if report.article.is_empty() {
            report.article = report.key.split(':').next().unwrap_or_default().to_owned();
        }
        if report.witness.is_empty() {
            report.witness.clone_from(&report.article);
        }
        Ok(report)
    }
}

impl Review {
    /// Whether nobody looked at it.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub fn is_none(&self) -> bool {
        *self == Self::Unreviewed
    }
}

/// An actor of the collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The same for every spelling of one actor, in every article and language.
    pub key: CompactString,
    /// The name as this article gives it.
    pub name: CompactString,
    /// The form in which all spellings of the name are the same (`Gazetteer::fold`), the full name where the tables know it.
    #[serde(default)]
    pub folded: CompactString,
    /// `person`, `organization`, `state` or `group`.
    pub kind: saksi_record::ActorKind,
    /// ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CompactString>,
    /// PLOVER/CAMEO sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<CompactString>,
    /// Office or title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<CompactString>,
}

/// A place of the collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The same for every spelling of one place.
    pub key: CompactString,
    /// The name as this article gives it.
    pub name: CompactString,
    /// ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CompactString>,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// How far it reaches from there, in kilometres, if it is an area: a province, a region, an island.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<f64>,
}

/// Days between which something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// TIMEX3/EDTF value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<CompactString>,
    /// First possible day, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<CompactString>,
    /// Last possible day, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<CompactString>,
}

/// One link of a chain of sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Key of the actor, where the source is one; else null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<CompactString>,
    /// As the text names it; null where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<CompactString>,
    /// What kind of source.
    pub kind: SourceKind,
    /// What the source does with the content.
    pub stance: Stance,
    /// The word that attributes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// The medium it was said through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<CompactString>,
}
