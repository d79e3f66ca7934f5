use saksi_record::Record;
use serde::Deserialize;

/// What was read from an article, as far as it is measured.
///
/// More lenient than a record: terms are not checked, and what is left out counts as not found. So records of other
/// programs, and broken ones, get the figures they deserve.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Reading {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) passages: Vec<Passage>,
    #[serde(default)]
    pub(crate) actors: Vec<Actor>,
    #[serde(default)]
    pub(crate) times: Vec<Time>,
    #[serde(default)]
    pub(crate) events: Vec<Event>,
    #[serde(default)]
    pub(crate) attributions: Vec<Attribution>,
}

/// Code points from `start` up to and without `end`, as the record gives them: they may lie outside the text, or be
/// the wrong way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct Extent {
    pub(crate) start: i64,
    pub(crate) end: i64,
}

impl Extent {
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Code points between the two; none where they touch or overlap.
    pub(crate) fn gap(self, other: Self) -> i64 {
        (self.start - other.end).max(other.start - self.end).max(0)
    }

    pub(crate) fn shifted(self, by: i64) -> Self {
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Passage {
    pub(crate) kind: String,
    #[serde(flatten)]
    pub(crate) extent: Extent,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Actor {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) country: Option<String>,
    #[serde(default)]
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Mention {
    #[serde(flatten)]
    pub(crate) extent: Extent,
    pub(crate) form: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Time {
    #[serde(flatten)]
    pub(crate) extent: Extent,
    pub(crate) value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct EventTime {
    pub(crate) earliest: Option<String>,
    pub(crate) latest: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Quantity {
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) trigger: Option<Extent>,
    #[serde(default)]
    pub(crate) actor: Vec<String>,
    #[serde(default)]
    pub(crate) recipient: Vec<String>,
    pub(crate) time: Option<EventTime>,
    pub(crate) status: Option<String>,
    pub(crate) certainty: Option<String>,
    pub(crate) attribution: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) quantities: Vec<Quantity>,
}

/// A source or cue, which may be left out in the text.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct Part {
    pub(crate) start: Option<i64>,
    pub(crate) end: Option<i64>,
    pub(crate) kind: Option<String>,
}

impl Part {
    pub(crate) fn extent(&self) -> Option<Extent> {
        Some(Extent { start: self.start?, end: self.end? })
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Attribution {
    pub(crate) id: Option<String>,
    pub(crate) source: Option<Part>,
    pub(crate) cue: Option<Part>,
    #[serde(default)]
    pub(crate) content: Vec<Extent>,
    pub(crate) form: Option<String>,
    pub(crate) stance: Option<String>,
}

impl Reading {
    /// Reads a record as it was written, by this or another program.
    ///
    /// # Errors
    /// If it is no JSON, has no text, or something in it has no place or type; the message says where.
    pub fn from_json(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    /// What counts for an article from which nothing was read.
    pub fn nothing(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<&Record> for Reading {
    fn from(record: &Record) -> Self {
        let extent = |start: u32, end: u32| Extent { start: i64::from(start), end: i64::from(end) };
        let own = |term: &str| Some(term.to_owned());
        Self {
            text: record.text.clone(),
            passages: record
                .passages
                .iter()
                .map(|it| Passage { kind: it.kind.to_string(), extent: extent(it.start, it.end) })
                .collect(),
            actors: record
                .actors
                .iter()
                .map(|it| Actor {
                    id: it.id.clone(),
                    name: Some(it.name.clone()),
                    kind: own(it.kind.as_str()),
                    country: it.country.clone(),
                    mentions: it
                        .mentions
                        .iter()
                        .map(|it| Mention { extent: extent(it.start, it.end), form: own(it.form.as_str()) })
                        .collect(),
                })
                .collect(),
            times: record
                .times
                .iter()
                .map(|it| Time { extent: extent(it.start, it.end), value: it.value.clone() })
                .collect(),
            events: record
                .events
                .iter()
                .map(|it| Event {
                    kind: it.kind.to_string(),
                    trigger: Some(extent(it.trigger.start, it.trigger.end)),
                    actor: it.actor.clone(),
                    recipient: it.recipient.clone(),
                    time: it
                        .time
                        .as_ref()
                        .map(|it| EventTime { earliest: it.earliest.clone(), latest: it.latest.clone() }),
                    status: own(it.status.as_str()),
                    certainty: own(it.certainty.as_str()),
                    attribution: Some(it.attribution.clone()),
                    quantities: it.quantities.iter().map(|it| Quantity { value: it.value, low: it.low }).collect(),
                })
                .collect(),
            attributions: record
                .attributions
                .iter()
                .map(|it| Attribution {
                    id: Some(it.id.clone()),
                    source: Some(Part {
                        start: it.source.start.map(i64::from),
                        end: it.source.end.map(i64::from),
                        kind: own(it.source.kind.as_str()),
                    }),
                    cue: it.cue.map(|it| Part {
                        start: Some(i64::from(it.start)),
                        end: Some(i64::from(it.end)),
                        kind: None,
                    }),
                    content: it.content.iter().map(|it| extent(it.start, it.end)).collect(),
                    form: own(it.form.as_str()),
                    stance: own(it.stance.as_str()),
                })
                .collect(),
        }
    }
}
