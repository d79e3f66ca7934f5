use crate::span::Span;
use crate::terms::{
    ActorKind, Anchor, Attitude, Basis, Certainty, CopyKind, EventType, Form, MentionForm, PassageKind, Quad,
    SourceKind, Stance, Status, Timex,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The schema this version writes.
pub const SCHEMA: &str = "saksi/1";

/// Everything read from one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The article as a whole.
    pub article: Article,
    /// The text as read; nothing in it is corrected.
    pub text: String,
    /// Every part of the text that is not plain body, and the title.
    pub passages: Vec<Passage>,
    /// Body and title sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Those who act, are acted on, or speak.
    pub actors: Vec<Actor>,
    /// Where things take place.
    pub places: Vec<Place>,
    /// Time expressions, in text order.
    pub times: Vec<Time>,
    /// Who did what to whom, in text order of the trigger.
    pub events: Vec<Event>,
    /// Who says so, in text order.
    pub attributions: Vec<Attribution>,
    /// Who wants, plans, knows, supports or decides what, in text order: nobody's word, so no event rests on it.
    #[serde(default)]
    pub attitudes: Vec<Held>,
    /// What was skipped or doubtful while reading, and what would settle it.
    pub notes: Vec<Note>,
}

/// The article as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Content hash of the text.
    pub id: String,
    /// The path or URL it was read from.
    pub from: Option<String>,
    /// The article's own address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// BCP 47; `und` where it could not be told.
    pub language: String,
    /// When it was published.
    pub published: Published,
    /// The news agency that it names as its own source.
    #[serde(default)]
    pub credit: Option<String>,
    /// The copies of one text to which it belongs, of the articles it was read with; null where it is in no such group
    /// and where one article is read alone.
    #[serde(default)]
    pub group: Option<WireGroup>,
}

/// A group of articles that are copies of one text, as one of them sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WireGroup {
    /// The id of its earliest article; articles of the same text have the same id.
    pub id: String,
    /// Whether this is the earliest: of each group one is.
    pub earliest: bool,
    /// What this article is to the earliest.
    pub kind: CopyKind,
    /// The share of shingles that it and the earliest have in common, estimated.
    pub similarity: f64,
}

/// When the article was published, and how that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// ISO 8601 day, or null.
    pub value: Option<String>,
    /// Where the day comes from.
    pub basis: Basis,
}

/// A part of the text that is not plain body, or the title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The rule that marked it.
    pub rule: String,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// BCP 47, where it differs from the article's; else null.
    pub language: Option<String>,
}

/// One real-world entity that acts, is acted on, or speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// `a1`, `a2`, … in text order.
    pub id: String,
    /// Its fullest name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 of the state it belongs to.
    pub country: Option<String>,
    /// PLOVER/CAMEO sector code.
    pub sector: Option<String>,
    /// Office or title as the text states it.
    pub title: Option<String>,
    /// Where it is mentioned.
    pub mentions: Vec<Mention>,
}

/// One mention of an actor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// How it names the actor.
    pub form: MentionForm,
}

/// A place where something may happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// `p1`, `p2`, … in text order.
    pub id: String,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Where it is mentioned.
    pub mentions: Vec<PlaceMention>,
}

/// One mention of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceMention {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// A time expression (TIMEX3) with its bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// TIMEX3 type.
    pub timex: Timex,
    /// TIMEX3/EDTF value; null if it cannot be resolved.
    pub value: Option<String>,
    /// First day it can mean.
    pub earliest: Option<String>,
    /// Last day it can mean.
    pub latest: Option<String>,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// The rule that read it.
    pub rule: String,
}

/// When an event took place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventTime {
    /// TIMEX3/EDTF value.
    pub value: Option<String>,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// Index into the record's times.
    pub from: Option<u32>,
}

/// Who did what to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `e1`, `e2`, … in text order of the trigger.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode of the type.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// Quad category.
    pub quad: Quad,
    /// Ids of those who act.
    pub actor: Vec<String>,
    /// Ids of those at whom it is directed or whom it benefits.
    pub recipient: Vec<String>,
    /// Ids of places.
    pub place: Vec<String>,
    /// When it took place.
    pub time: Option<EventTime>,
    /// Whether it happened.
    pub status: Status,
    /// More than 30 days before publication.
    pub historical: bool,
    /// Counts of people, things or money of the act.
    pub quantities: Vec<Quantity>,
    /// The word or words that name the act.
    pub trigger: Span,
    /// Index into the record's sentences.
    pub sentence: u32,
    /// Ids of attributions, nearest first; empty in the article's own voice.
    pub attribution: Vec<String>,
    /// As the nearest source puts it.
    pub certainty: Certainty,
    /// The program's own, calibrated.
    pub confidence: f64,
    /// What led to it.
    pub why: Vec<String>,
}

/// A count with its bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// The number, where the text gives one.
    pub value: Option<f64>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Whether the text hedges it.
    pub about: bool,
    /// What is counted, as the text words it; a currency for money.
    pub unit: Option<String>,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// Who says something, with which word, and what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// `t1`, `t2`, … in text order.
    pub id: String,
    /// Who speaks.
    pub source: Source,
    /// The word that attributes.
    pub cue: Option<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// How the words are given.
    pub form: Form,
    /// What the source does with the content.
    pub stance: Stance,
    /// The medium it was said through.
    pub channel: Option<Channel>,
    /// Id of the attribution that carries this one.
    pub via: Option<String>,
    /// What led to it.
    pub why: Vec<String>,
}

/// A source's attitude to something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Held {
    /// Unique in the record.
    pub id: String,
    /// Whose it is; its span is null where the text does not say.
    pub source: Source,
    /// The words that say so, with auxiliaries, negation and preposition.
    pub cue: Span,
    /// What it is about; in several pieces where the cue stands within.
    pub content: Vec<Span>,
    /// What it is.
    pub attitude: Attitude,
    /// `actual`, `negated`, or `hypothetical` where it is put as possible or conditional.
    pub status: Status,
    /// Id of the attribution whose content says so.
    pub via: Option<String>,
    /// What led to it.
    pub why: Vec<String>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// First code point; null where the source is a clitic or left out.
    pub start: Option<u32>,
    /// One past the last code point.
    pub end: Option<u32>,
    /// Id of the actor.
    pub actor: Option<String>,
    /// What kind of source it is.
    pub kind: SourceKind,
}

/// A medium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Channel {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Its name.
    pub name: String,
}

/// What was skipped or doubtful, and what would settle it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// The stage that says so: decode, passages, language, analysis, entities, time, attribution, events.
    pub stage: String,
    /// What it is, in a sentence.
    pub message: String,
    /// Where, if it is about a stretch of text.
    pub span: Option<Span>,
}
