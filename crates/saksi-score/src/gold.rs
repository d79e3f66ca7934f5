use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// What a careful person coded of one article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// BCP 47.
    pub language: String,
    /// ISO 8601 day; null where nobody knows it.
    #[serde(default)]
    pub published: Option<String>,
    /// What is not the article's own words.
    #[serde(default)]
    pub noise: Vec<Noise>,
    /// Who acts or is acted on.
    #[serde(default)]
    pub actors: Vec<Actor>,
    /// Time expressions.
    #[serde(default)]
    pub times: Vec<Time>,
    /// Who says so.
    #[serde(default)]
    pub attributions: Vec<Attribution>,
    /// Who did what to whom.
    #[serde(default)]
    pub events: Vec<Event>,
}

/// A passage that is not the article's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// A kind of passage.
    pub kind: String,
    /// Its words; the first place where they stand counts.
    pub text: String,
}

/// An actor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Unique among the actors.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A kind of actor.
    #[serde(default)]
    pub kind: Option<String>,
    /// ISO 3166-1 alpha-3.
    #[serde(default)]
    pub country: Option<String>,
    /// The words that name it.
    pub mentions: Vec<String>,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// Its words.
    pub text: String,
    /// Which of the places where they stand as whole words: 1 is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<usize>,
    /// TIMEX3 type; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timex: Option<String>,
    /// TIMEX3/EDTF value; null where it cannot be resolved.
    pub value: Option<String>,
    /// Whether it counts neither way.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

/// Who says something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// Unique among the attributions.
    pub id: String,
    /// The words that name the source; empty or null where it is left out.
    #[serde(default)]
    pub source: Option<String>,
    /// Id of the actor; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_actor: Option<String>,
    /// What kind of source it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_kind: Option<String>,
    /// The word that attributes.
    #[serde(default)]
    pub cue: Option<String>,
    /// What is said.
    pub content: Content,
    /// How the words are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// What the source does with the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<String>,
    /// The medium; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Id of the attribution that carries this one; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Whether it counts neither way.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

/// The words of a content: one piece or several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Content {
    /// In one piece.
    One(String),
    /// In several.
    Many(Vec<String>),
}

impl Content {
    /// The pieces.
    pub fn pieces(&self) -> &[String] {
        match self {
            Self::One(piece) => std::slice::from_ref(piece),
            Self::Many(pieces) => pieces,
        }
    }
}

/// Who did what to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// For a person; no measure uses it.
    #[serde(default)]
    pub id: String,
    /// Words at or before the trigger that tell where it is looked for.
    #[serde(rename = "in")]
    pub within: String,
    /// The words that name the act: from where `in` begins, the first place where they stand.
    pub trigger: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Ids of those who act.
    pub actor: Vec<String>,
    /// Ids of those at whom it is directed.
    pub recipient: Vec<String>,
    /// First and last day; null where it is not known.
    #[serde(default)]
    pub time: Option<(String, String)>,
    /// Whether it happened.
    pub status: String,
    /// Ids of attributions, nearest first.
    #[serde(default)]
    pub attribution: Vec<String>,
    /// As the nearest source puts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<String>,
    /// Counts; the first one is measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Quantity>,
    /// Where; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// More than 30 days before publication; no measure uses it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub historical: bool,
    /// For a person; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it counts neither way.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

/// A count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The number.
    #[serde(default)]
    pub value: Option<f64>,
    /// Lower bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Upper bound; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Whether the text hedges it; no measure uses it.
    #[serde(default)]
    pub about: bool,
    /// What is counted; no measure uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// What is wrong with gold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoldError {
    /// It is not of the form of gold; what and where.
    Form(String),
    /// Words that must not be empty are.
    Empty {
        /// Whose they are.
        of: String,
    },
    /// Words are not in the article.
    NotFound {
        /// Whose they are.
        of: String,
        /// The words.
        needle: String,
    },
    /// Two of a kind have one id.
    Twice {
        /// What kind.
        of: &'static str,
        /// The id.
        id: String,
    },
    /// An id names nothing.
    NoSuch {
        /// Where it stands.
        of: String,
        /// The id.
        id: String,
    },
}

impl fmt::Display for GoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(reason) => f.write_str(reason),
            Self::Empty { of } => write!(f, "{of} is empty"),
            Self::NotFound { of, needle } => write!(f, "{of} is not in the article: {needle:?}"),
            Self::Twice { of, id } => write!(f, "two {of} have the id {id:?}"),
            Self::NoSuch { of, id } => write!(f, "{of} names {id:?}, which is not there"),
        }
    }
}

impl std::error::Error for GoldError {}

impl Gold {
    /// Reads gold.
    ///
    /// # Errors
    /// If it is no JSON, has keys that gold does not have or lacks ones that it has, if an id is there twice, or if one is
    /// named that is not there. Whether its words are in the article is found out by [`crate::score`].
    pub fn from_json(json: &str) -> Result<Self, GoldError> {
        let gold: Self = serde_json::from_str(json).map_err(|error| GoldError::Form(error.to_string()))?;
        let actors = unique("actors", gold.actors.iter().map(|actor| actor.id.as_str()))?;
        let said = unique("attributions", gold.attributions.iter().map(|said| said.id.as_str()))?;
        for (number, event) in gold.events.iter().enumerate() {
            let of = event.name(number);
            for id in event.actor.iter().chain(&event.recipient) {
                known(&actors, &of, id)?;
            }
            for id in &event.attribution {
                known(&said, &of, id)?;
            }
        }
        for attribution in &gold.attributions {
            if attribution.content.pieces().is_empty() {
                return Err(GoldError::Empty { of: format!("the content of {}", attribution.id) });
            }
            for (ids, id) in [(&actors, &attribution.source_actor), (&said, &attribution.via)] {
                if let Some(id) = id {
                    known(ids, &format!("attribution {}", attribution.id), id)?;
                }
            }
        }
        for time in &gold.times {
            if time.nth == Some(0) {
                return Err(GoldError::Form(format!("nth of time {:?} is 0; the first place is 1", time.text)));
            }
        }
        Ok(gold)
    }
}

impl Event {
    /// How a message names the event: its id, or its number where it has none.
    pub(crate) fn name(&self, number: usize) -> String {
        if self.id.is_empty() { format!("event {}", number + 1) } else { format!("event {}", self.id) }
    }
}

fn unique<'a>(of: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<BTreeSet<&'a str>, GoldError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(GoldError::Twice { of, id: id.to_owned() });
        }
    }
    Ok(seen)
}

fn known(ids: &BTreeSet<&str>, of: &str, id: &str) -> Result<(), GoldError> {
    if ids.contains(id) { Ok(()) } else { Err(GoldError::NoSuch { of: of.to_owned(), id: id.to_owned() }) }
}
