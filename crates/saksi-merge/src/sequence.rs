//! When something happened of which a sentence tells only how long before or after something else it was: "fired on
//! Wednesday, a day after jets struck the port".

use crate::days::{iso, number};
use crate::report::Interval;
use crate::spelling::plain;
use compact_str::{CompactString, format_compact};
use saksi_lang::{Pack, PackError};
use saksi_record::{Event, Record, Span, Status, Time, Timex};
use serde::Deserialize;

/// Words between a length of time and the word that says what it is counted from: "a month or more after".
const BETWEEN: usize = 1;
/// Days before publication in which the act falls that a sentence without a day tells first.
const NEWS: i32 = 2;
/// An anchor of more days than this places nothing.
const NARROW: i32 = 7;

/// The words by which a language counts from an act.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sequence {
    after: Vec<CompactString>,
    before: Vec<CompactString>,
}

/// What of `rules/time.toml` is read here.
#[derive(Deserialize)]
struct Rules {
    lead: Leads,
}

#[derive(Deserialize)]
struct Leads {
    #[serde(default)]
    after: Vec<CompactString>,
    #[serde(default)]
    before: Vec<CompactString>,
}

/// How far an act lies from another, in days.
struct Distance {
    days: i32,
    slack: i32,
}

impl Sequence {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let path = "rules/time.toml";
        if pack.bytes(path).is_none() {
            return Ok(Self::default());
        }
        let rules: Rules = pack.rules(path)?;
        let plain = |words: Vec<CompactString>| words.iter().map(|word| crate::spelling::plain(word)).collect();
        Ok(Self { after: plain(rules.lead.after), before: plain(rules.lead.before) })
    }

    /// The days in which an act took place that stands behind "a week after", or in the same way before; `letters` are those
    /// of the article.
    pub(crate) fn days(&self, record: &Record, event: &Event, sentence: Span, letters: &[char]) -> Option<Interval> {
        let within = |time: &&Time| time.start >= sentence.start && time.end <= event.trigger.start;
        let length = record.times.iter().filter(within).rfind(|time| time.timex == Timex::Duration)?;
        let distance = distance(length.value.as_deref()?)?;
        let (sign, clause) = self.lead(letters, length.end, event.trigger.start)?;
        // an own day wins, and what stands behind a comma is another clause
        let own = event.time.as_ref().and_then(|time| record.times.get(time.from? as usize));
        let breaks =
            |from: u32, to: u32| letters.get(from as usize..to as usize).is_none_or(|clause| clause.contains(&','));
        if own.is_some_and(|own| own.start >= clause) || breaks(clause, event.trigger.start) {
            return None;
        }
        let (first, last) = anchor(record, event, length, sentence)?;
        let (first, last) =
            (first + sign * distance.days - distance.slack, last + sign * distance.days + distance.slack);
        let (first, last) = (iso(first), iso(last));
        let value = if first == last { first.clone() } else { format_compact!("{first}/{last}") };
        Some(Interval { value: Some(value), earliest: Some(first), latest: Some(last) })
    }

    /// Whether the words from `at` on count from an act that begins before `until`: -1 where that act is the earlier one,
    /// 1 where it is the later; and where its clause begins.
    fn lead(&self, letters: &[char], at: u32, until: u32) -> Option<(i32, u32)> {
        let text: String = letters.get(at as usize..until as usize)?.iter().collect();
        let mut from = 0;
        for _ in 0..=BETWEEN {
            let rest = &text[from..];
            let skipped = rest.len() - rest.trim_start().len();
            let bare = plain(rest.trim_start());
            let begins = |words: &&CompactString| {
                bare.strip_prefix(words.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            };
            for (sign, words) in [(-1, &self.after), (1, &self.before)] {
                if let Some(words) = words.iter().find(begins) {
                    let start = text[..from + skipped].chars().count() + words.chars().count();
                    return Some((sign, (at + start as u32).min(until)));
                }
            }
            from += skipped + rest.trim_start().find(char::is_whitespace)?;
        }
        None
    }
}

/// The days of the act that the sentence tells first; else those of the news.
fn anchor(record: &Record, event: &Event, length: &Time, sentence: Span) -> Option<(i32, i32)> {
    let bound = |day: &Option<String>| day.as_deref().and_then(number);
    let told = record.events.iter().rfind(|other| {
        other.id != event.id && other.trigger.start >= sentence.start && other.trigger.start < length.start
    });
    let days = told.and_then(|other| {
        let time = other.time.as_ref()?;
        bound(&time.earliest).zip(bound(&time.latest)).filter(|(first, last)| last - first < NARROW)
    });
    let published = || {
        let published = record.article.published.value.as_deref().and_then(number)?;
        told.is_none_or(|other| other.status != Status::Future).then_some((published - NEWS, published))
    };
    days.or_else(published)
}

/// A TIMEX3 duration in days, and how exact such a length is.
fn distance(value: &str) -> Option<Distance> {
    let rest = value.strip_prefix('P')?;
    if rest.starts_with('T') {
        return Some(Distance { days: 0, slack: 1 });
    }
    let (count, unit) = rest.split_at(rest.len().checked_sub(1)?);
    let count: i32 = count.parse().ok().filter(|count| (1..1000).contains(count))?;
    match unit {
        "D" => Some(Distance { days: count, slack: i32::from(count > 3) }),
        "W" => Some(Distance { days: 7 * count, slack: 2 * count.min(3) }),
        "M" => Some(Distance { days: 61 * count / 2, slack: 10 + 2 * count.min(5) }),
        "Y" => Some(Distance { days: 1461 * count / 4, slack: 60 }),
        _ => None,
    }
}
