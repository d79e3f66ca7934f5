//! What of a report is held against others, worked out once for all of them.

use crate::act::{self, Act};
use crate::blocks::blocks;
use crate::days::{Days, number};
use crate::hash;
use crate::likeness::LEAD;
use crate::marks::{self, Mark};
use crate::parties::{Group, Side};
use crate::report::{Party, Report, Review};
use saksi_record::{EventType, Status};

/// Longer than this, in days, what goes on until the news has gone on for long.
const LONG: i32 = 92;
/// Days between the news and the end of what goes on until then.
const NEWS: i32 = 3;

/// What of a report is held against others, worked out once for all of them.
#[derive(Debug, Clone)]
pub struct Sketch {
    pub(crate) kind: EventType,
    pub(crate) status: Status,
    pub(crate) historical: bool,
    /// A person rejected it.
    pub rejected: bool,
    /// Hashes of mode, act and article; 0 where not known.
    pub(crate) mode: u64,
    pub(crate) act: u64,
    pub(crate) article: u64,
    pub(crate) acts: Act,
    pub(crate) is_once: bool,
    pub(crate) is_of_several: bool,
    /// It or its sentence has a place.
    pub(crate) is_placed: bool,
    pub(crate) is_counted: bool,
    pub(crate) is_marked: bool,
    pub(crate) days: Option<Days>,
    /// It goes on until the news, and has for long.
    pub(crate) until_now: bool,
    /// The day its article was published, of what the article is news of: it stands in the headline, or first of its kind below.
    pub(crate) news: Option<i32>,
    /// Of the actors, then of the recipients.
    sides: Vec<Side>,
    /// The marks of its parties and of their states.
    pub(crate) own: Vec<u64>,
    /// As [`blocks`] gives them.
    pub blocks: Vec<u64>,
}

/// A report with its sketch.
#[derive(Debug, Clone, Copy)]
pub struct Sketched<'r> {
    /// The report.
    pub report: &'r Report,
    /// What [`Sketch::of`] makes of it.
    pub sketch: &'r Sketch,
}

impl Sketch {
    /// A function of the report alone.
    pub fn of(report: &Report) -> Self {
        let days = Days::of(report);
        let published = report.published.as_deref().and_then(number);
        let until_now = days
            .zip(published)
            .is_some_and(|(days, published)| days.length() > LONG && (published - days.last).abs() <= NEWS);
        let parties = || actors(report).iter().chain(&report.recipient);
        let mut own = Vec::new();
        for party in parties() {
            own.extend(marks::of_party(party));
            own.extend(party.country.as_deref().map(|country| Mark::State.of(country)));
        }
        let mut sides: Vec<Side> = parties().map(Side::of).collect();
        if report.kind == EventType::Assault {
            sides[..actors(report).len()].iter_mut().for_each(Side::take_arms);
        }
        let known = |text: Option<&str>| text.map_or(0, |text| hash::of(&[text]) | 1);
        Self {
            kind: report.kind,
            status: report.status,
            historical: report.historical,
            rejected: report.review == Review::Rejected,
            mode: known(report.mode.as_deref()),
            act: known(report.act.as_deref()),
            article: known(Some(&report.article)),
            acts: Act::of(report),
            is_once: report.act.as_deref().is_some_and(act::is_once),
            is_of_several: report.act.as_deref().is_some_and(act::is_of_several),
            is_placed: !(report.place.is_empty() && report.near_place.is_empty()),
            is_counted: !report.figures.is_empty(),
            is_marked: !report.marks.is_empty(),
            days,
            until_now,
            news: published.filter(|_| report.headline || report.first && report.sentence.start < LEAD),
            sides,
            own,
            blocks: blocks(report),
        }
    }
}

/// Who acts; where nobody is named, who acted in the one told before of which it is the next.
fn actors(report: &Report) -> &[Party] {
    if report.actor.is_empty() { &report.near_actor } else { &report.actor }
}

impl<'r> Sketched<'r> {
    pub(crate) fn actors(self) -> Group<'r> {
        let actor = actors(self.report);
        Group { parties: [actor, &[]], sides: &self.sketch.sides[..actor.len()] }
    }

    pub(crate) fn recipients(self) -> Group<'r> {
        let (actor, recipient) = (actors(self.report), &self.report.recipient);
        Group { parties: [recipient, &[]], sides: &self.sketch.sides[actor.len()..] }
    }

    pub(crate) fn all(self) -> Group<'r> {
        let (actor, recipient) = (actors(self.report), &self.report.recipient);
        Group { parties: [actor, recipient], sides: &self.sketch.sides }
    }
}
