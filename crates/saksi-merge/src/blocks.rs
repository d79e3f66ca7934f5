//! Where reports meet: two that may be of one event share a block.

use crate::days::{Days, number};
use crate::hash;
use crate::identity::SOME;
use crate::marks::Mark;
use crate::report::{Party, Report};
use saksi_record::{ActorKind, EventType};
use std::collections::BTreeSet;

/// Days in a bucket. A second set of buckets lies half across the first, so that days up to half as far apart meet.
const WIDTH: i32 = 4;
/// An interval longer than this, in days, is met by its month.
const SHORT: i32 = 10;
/// States and bodies by which a report is met; of more, those of the least hash, which are the same in every report.
const TOKENS: usize = 3;

/// The blocks a report stands in, eight or so at most, sorted: by type or kind of type, a state or body that takes part, and
/// days; and for named people and bodies, by two of them and the month. A report of which neither parties nor names are
/// known stands in none.
///
/// A block holds what one state does of one kind in four days; it does not grow with the years that a collection spans.
pub fn blocks(report: &Report) -> Vec<u64> {
    let mut tokens: Vec<String> = report.actor.iter().chain(&report.recipient).filter_map(token).collect();
    if tokens.is_empty() {
        tokens = report.place.iter().filter_map(|place| place.country.clone()).collect();
    }
    let mut hashes: BTreeSet<u64> = tokens.iter().map(|token| hash::of(&["party", token])).collect();
    if hashes.is_empty() {
        hashes = report.marks.iter().filter(|mark| Mark::State.is(**mark)).map(|mark| hash::stir(*mark)).collect();
    }
    if hashes.is_empty() {
        hashes = report.marks.iter().filter(|mark| !Mark::Number.is(**mark)).map(|mark| hash::stir(*mark)).collect();
    }
    let tokens: Vec<u64> = hashes.into_iter().take(TOKENS).collect();
    let mut blocks = BTreeSet::new();
    let kind = report.kind.as_str();
    let family = family(report.kind);
    let days = Days::of(report);
    let published = report.published.as_deref().and_then(number);
    if let Some(days) = days {
        let day = if days.guessed {
            Some(days.last.min(days.first + 3) - 1)
        } else if days.length() <= SHORT {
            Some(i32::midpoint(days.first, days.last))
        } else {
            // what went on until the day of the news is news of that day
            published.filter(|published| days.last + 1 >= *published)
        };
        for (shift, bucket) in
            day.into_iter().flat_map(|day| [day.div_euclid(WIDTH), (day + WIDTH / 2).div_euclid(WIDTH)]).enumerate()
        {
            let when = format!("{shift}:{bucket}");
            for token in &tokens {
                blocks.insert(hash::of(&["days", kind, &when, &token.to_string()]));
            }
            if let [one, other] = tokens[..] {
                blocks.insert(hash::of(&["days", family, &when, &one.to_string(), &other.to_string()]));
            }
        }
    }
    let month = report.time.as_ref().and_then(|time| time.earliest.as_deref()?.get(..7));
    let is_past = report.historical || published.is_none() || days.is_some_and(|days| days.length() > SHORT);
    if let Some(month) = month.filter(|_| is_past) {
        for token in tokens.iter().take(2) {
            blocks.insert(hash::of(&["month", kind, month, &token.to_string()]));
        }
    }
    if days.is_none() {
        for token in &tokens {
            blocks.insert(hash::of(&["undated", kind, &token.to_string()]));
        }
    }
    if let (Some(month), Some([one, other])) = (month, named(report)) {
        blocks.insert(hash::of(&["month", family, month, one, other]));
    }
    blocks.into_iter().collect()
}

/// Two of the people and bodies that take part by name, the same two in every report that names just these.
fn named(report: &Report) -> Option<[&str; 2]> {
    let named = |party: &&Party| party.kind != ActorKind::State && !party.key.starts_with(SOME);
    let keys: BTreeSet<&str> =
        report.actor.iter().chain(&report.recipient).filter(named).map(|party| party.key.as_str()).collect();
    let mut keys = keys.into_iter();
    Some([keys.next()?, keys.next()?])
}

/// The state or body by which a party is met.
fn token(party: &Party) -> Option<String> {
    match (&party.country, party.kind) {
        (Some(country), _) => Some(country.clone()),
        (None, ActorKind::Group) => None,
        (None, _) => (!party.key.starts_with(SOME)).then(|| party.key.clone()),
    }
}

/// Types that outlets take for one another.
fn family(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree
        | EventType::Consult
        | EventType::Support
        | EventType::Cooperate
        | EventType::Aid
        | EventType::Concede
        | EventType::Retreat => "cooperation",
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => "words",
        EventType::Sanction | EventType::Mobilize | EventType::Coerce | EventType::Assault => "deeds",
        EventType::Protest => "protest",
    }
}
