//! Events in words, for a person and for tables.

use super::table::or_dash;
use saksi_merge::{Event, Interval, Party};
use saksi_record::Status;
use serde::Serialize;

/// The columns of an event in CSV.
pub(crate) const COLUMNS: [&str; 27] = [
    "key",
    "type",
    "mode",
    "quad",
    "actor",
    "actor_key",
    "actor_country",
    "recipient",
    "recipient_key",
    "recipient_country",
    "place",
    "place_country",
    "time",
    "earliest",
    "latest",
    "status",
    "certainty",
    "sources",
    "reports",
    "articles",
    "languages",
    "first_published",
    "last_published",
    "review",
    "differences",
    "lat",
    "lon",
];

/// What separates several values in a cell.
const BETWEEN: &str = "|";

/// An event as a row of CSV.
pub(crate) fn row(event: &Event) -> Vec<String> {
    let party = |parties: &[Party], field: fn(&Party) -> Option<&str>| {
        parties.iter().map(|party| field(party).unwrap_or_default()).collect::<Vec<_>>().join(BETWEEN)
    };
    let time = event.time.as_ref();
    let of_time = |field: fn(&Interval) -> Option<&str>| time.and_then(field).unwrap_or_default().to_owned();
    let (first, last) = event.published.clone().unwrap_or_default();
    let places =
        |field: fn(&saksi_merge::Place) -> &str| event.place.iter().map(field).collect::<Vec<_>>().join(BETWEEN);
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        event.key.clone(),
        event.kind.to_string(),
        event.mode.clone().unwrap_or_default().into(),
        event.quad.to_string(),
        party(&event.actor, |party| Some(&party.name)),
        party(&event.actor, |party| Some(&party.key)),
        party(&event.actor, |party| party.country.as_deref()),
        party(&event.recipient, |party| Some(&party.name)),
        party(&event.recipient, |party| Some(&party.key)),
        party(&event.recipient, |party| party.country.as_deref()),
        places(|place| &place.name),
        places(|place| place.country.as_deref().unwrap_or_default()),
        of_time(|time| time.value.as_deref()),
        of_time(|time| time.earliest.as_deref()),
        of_time(|time| time.latest.as_deref()),
        event.status.to_string(),
        event.certainty.to_string(),
        event.sources.to_string(),
        event.reports.to_string(),
        event.articles.to_string(),
        event.languages.join(BETWEEN),
        first.into(),
        last.into(),
        review(event.review).to_owned(),
        event.differences.iter().map(|difference| difference.field.as_str()).collect::<Vec<_>>().join(BETWEEN),
        event.place.first().map(|place| degrees(place.lat)).unwrap_or_default(),
        event.place.first().map(|place| degrees(place.lon)).unwrap_or_default(),
    ]
}

/// How the file spells what a person decided.
pub(crate) fn review(review: saksi_merge::Review) -> &'static str {
    match review {
        saksi_merge::Review::Unreviewed => "unreviewed",
        saksi_merge::Review::Accepted => "accepted",
        saksi_merge::Review::Edited => "edited",
        saksi_merge::Review::Rejected => "rejected",
    }
}

/// How well the time of an event is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Between two days.
    Interval,
    /// One end only.
    Open,
    /// Not at all.
    Unknown,
}

/// When, in words, and how well that is known.
pub(crate) fn when(time: Option<&Interval>) -> (String, Precision) {
    let ends = time.map(|time| (time.earliest.as_deref(), time.latest.as_deref()));
    match ends {
        Some((Some(first), Some(last))) if first == last => (first.to_owned(), Precision::Day),
        Some((Some(first), Some(last))) => {
            whole(first, last).unwrap_or_else(|| (format!("between {first} and {last}"), Precision::Interval))
        }
        Some((Some(first), None)) => (format!("on or after {first}"), Precision::Open),
        Some((None, Some(last))) => (format!("on or before {last}"), Precision::Open),
        _ => ("no known time".to_owned(), Precision::Unknown),
    }
}

/// A month or a year that two days are the first and last of.
fn whole(first: &str, last: &str) -> Option<(String, Precision)> {
    let first: jiff::civil::Date = first.parse().ok()?;
    let last: jiff::civil::Date = last.parse().ok()?;
    if first.day() != 1 {
        return None;
    }
    if first.last_of_month() == last {
        return Some((first.strftime("%Y-%m").to_string(), Precision::Month));
    }
    (first.month() == 1 && first.last_of_year() == last).then(|| (first.strftime("%Y").to_string(), Precision::Year))
}

/// Names, or a dash.
pub(crate) fn parties(parties: &[Party]) -> String {
    let name = |party: &Party| match &party.country {
        Some(country) if party.kind != saksi_record::ActorKind::State => format!("{} ({country})", party.name),
        _ => party.name.to_string(),
    };
    or_dash(parties.iter().map(name).collect::<Vec<_>>().join(", "))
}

/// Type and mode, and the status where it is not actual.
pub(crate) fn what(event: &Event) -> String {
    let mode = event.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let status = if event.status == Status::Actual { String::new() } else { format!(" ({})", event.status) };
    format!("{}{mode}{status}", event.kind)
}

/// Where, or a dash.
pub(crate) fn places(event: &Event) -> String {
    or_dash(event.place.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", "))
}

/// Who did what to whom, in a line.
pub(crate) fn line(event: &Event) -> String {
    let recipient =
        if event.recipient.is_empty() { String::new() } else { format!(" → {}", parties(&event.recipient)) };
    let place = if event.place.is_empty() { String::new() } else { format!(", {}", places(event)) };
    format!("{} {}{recipient}{place}", parties(&event.actor), what(event))
}

/// A number with its noun.
pub(crate) fn number(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
