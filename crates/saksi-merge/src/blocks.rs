//! Where reports meet: two that may be of one event share a block.

use crate::days::{Days, number};
use crate::hash;
use crate::identity::SOME;
use crate::marks::Mark;
use crate::report::{Party, Report};
use saksi_record::{ActorKind, EventType};
use std::collections::BTreeSet;

/// Days in a bucket. A second set of buckets lies half across the first, so that days up to half as far apart meet.
const WIDTH: i32 = 6;
/// An interval of up to so many days is met by its middle, a longer one by both ends.
const NARROW: i32 = 4;
/// An interval longer than this, in days, is met by its month.
const SHORT: i32 = 10;
/// States and bodies by which a report is met; of more, those of the least hash, which are the same in every report.
const TOKENS: usize = 4;

/// Bits of a block: a positive number of four bytes.
const BITS: u32 = 31;

/// The blocks a report stands in, about eight and seldom more than twelve, sorted: by type or kind of type, a state or body that takes part, and
/// days; and for named people and bodies, by two of them and the month. A report of which neither parties nor names are
/// known stands in none.
///
/// A block holds what one state does of one kind in four days; it does not grow with the years that a collection spans.
pub fn blocks(report: &Report) -> Vec<u64> {
    let parties = report.actor.iter().chain(&report.recipient).filter_map(token);
    let places = report.place.iter().chain(&report.near_place).filter_map(|place| place.country.clone());
    let states = report.marks.iter().copied().filter(|mark| Mark::State.is(*mark));
    let mut hashes: BTreeSet<u64> = parties.chain(places).map(|token| Mark::State.of(&token)).chain(states).collect();
    if hashes.is_empty() {
        hashes = report.about.iter().map(|state| Mark::State.of(state)).collect();
    }
    if hashes.is_empty() {
        hashes = report.marks.iter().copied().filter(|mark| !Mark::Number.is(*mark)).collect();
    }
    let tokens: Vec<u64> = {
        let mut stirred: Vec<u64> = hashes.into_iter().map(hash::stir).collect();
        stirred.sort_unstable();
        stirred.truncate(TOKENS);
        stirred
    };
    // what one article tells twice meets whatever it names
    let mut blocks = BTreeSet::from([hash::of(&["article", &report.article, family(report.kind)])]);
    let kind = report.kind.as_str();
    let family = family(report.kind);
    let days = Days::of(report);
    let published = report.published.as_deref().and_then(number);
    let family_pair: Vec<u64> = {
        let mut pair: Vec<u64> = report
            .actor
            .iter()
            .chain(&report.recipient)
            .filter_map(token)
            .map(|token| hash::of(&["pair", &token]))
            .collect();
        pair.sort_unstable();
        pair.dedup();
        pair.truncate(2);
        pair
    };
    let mut buckets: BTreeSet<(i32, i32)> = BTreeSet::new();
    if let Some(days) = days {
        let met = if days.guessed && days.length() > NARROW {
            vec![days.last.min(days.first + 3) - 1]
        } else if days.length() <= NARROW {
            vec![i32::midpoint(days.first, days.last)]
        } else if days.length() <= SHORT {
            vec![days.first + 1, days.last - 1]
        } else {
            // what went on until the day of the news is news of that day
            published.filter(|published| days.last + 1 >= *published).into_iter().collect()
        };
        buckets
            .extend(met.iter().flat_map(|day| [(0, day.div_euclid(WIDTH)), (1, (day + WIDTH / 2).div_euclid(WIDTH))]));
    }
    for (shift, bucket) in buckets {
        let when = format!("{shift}:{bucket}");
        for token in &tokens {
            blocks.insert(hash::of(&["days", kind, &when, &token.to_string()]));
            // a plan has another type than what comes of it, but is of one kind of act
            if let Some(act) = report.act.as_ref().filter(|_| family == "cooperation") {
                blocks.insert(hash::of(&["act", act, &when, &token.to_string()]));
            }
        }
        if let [one, other] = family_pair[..] {
            blocks.insert(hash::of(&["days", family, &when, &one.to_string(), &other.to_string()]));
        }
    }
    let month = report.time.as_ref().and_then(|time| time.earliest.as_deref()?.get(..7));
    let is_past = report.historical || published.is_none() || days.is_some_and(|days| days.length() > SHORT);
    if let Some(month) = month {
        for token in tokens.iter().take(2) {
            if is_past {
                blocks.insert(hash::of(&["month", kind, month, &token.to_string()]));
            }
            // what is news here is told again as the past elsewhere
            if let Some(mode) = &report.mode {
                blocks.insert(hash::of(&["month", kind, mode, month, &token.to_string()]));
            }
        }
    }
    if days.is_none() {
        for token in &tokens {
            blocks.insert(hash::of(&["undated", kind, &token.to_string()]));
        }
    }
    // two who are named meet in the month of the news, where no day is told
    let near = || report.near_time.as_ref().and_then(|time| time.earliest.as_deref()?.get(..7));
    let month = month.or_else(near).or_else(|| report.published.as_deref()?.get(..7));
    if let (Some(month), Some([one, other])) = (month, named(report)) {
        blocks.insert(hash::of(&["month", family, month, one, other]));
    }
    // What meets by chance in so many bits is told apart by its likeness.
    blocks.into_iter().map(|block| block >> (u64::BITS - BITS)).collect()
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
