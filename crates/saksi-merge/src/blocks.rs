//! Where reports meet: two that may be of one event share a block.

use crate::act::is_of_several;
use crate::days::{Days, iso, number};
use crate::hash;
use crate::identity::SOME;
use crate::marks::Mark;
use crate::report::{Party, Report};
use compact_str::CompactString;
use saksi_record::{ActorKind, EventType};
use std::collections::BTreeSet;

/// Days in a bucket. A second set of buckets lies half across the first, so that days up to half as far apart meet.
const WIDTH: i32 = 6;
/// An interval of up to so many days is met by its middle, a longer one by both ends.
const NARROW: i32 = 4;
/// An interval longer than this, in days, is met by its month.
const SHORT: i32 = 10;
/// A guessed interval of up to so many days is met by all that it covers.
const WIDE: i32 = 22;
/// Days in a month and in a year, at most.
const MONTH: i32 = 31;
const YEAR: i32 = 366;
/// States and bodies by which a report is met; of more, those of the least hash, which are the same in every report.
const TOKENS: usize = 4;

/// Bits of a block below those of its days.
const BITS: u32 = 28;
/// Days that are one in the upper bits of a block.
const NEAR: i32 = 4;
/// What is added to a day, so that it is positive from the year 1612 on; half of what the upper bits hold.
const SINCE: i32 = 1 << 17;

/// The blocks a report stands in, about eight and seldom more than twelve, sorted: by type or kind of type, a state or body that takes part, and
/// days; and for named people and bodies, by two of them and the month. A report of which neither parties nor names are
/// known stands in none.
///
/// A block holds what one state does of one kind in four days; it does not grow with the years that a collection spans. Its upper
/// bits are its days, so that blocks of about one time are near to each other: 44 bits in all.
pub fn blocks(report: &Report) -> Vec<u64> {
    let parties = report.actor.iter().chain(&report.recipient).chain(&report.near_actor).filter_map(token);
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
    let days = Days::of(report);
    let published = report.published.as_deref().and_then(number);
    let family = family(report.kind);
    let own = hash::of(&["article", &report.article, family]);
    let mut blocks: Vec<u64> = vec![block(published.unwrap_or_default(), own, &[])];
    let kind = hash::of(&["days", report.kind.as_str()]);
    let act = report
        .act
        .as_ref()
        .filter(|act| family == "cooperation" || is_of_several(act))
        .map(|act| hash::of(&["act", act]));
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
    if let Some(days) = days.filter(|days| days.guessed && (SHORT + 1..=WIDE).contains(&days.length())) {
        // somewhere in these weeks: every report of a day stands in one of the first set of buckets
        buckets.extend((days.first.div_euclid(WIDTH)..=days.last.div_euclid(WIDTH)).map(|bucket| (0, bucket)));
    } else if let Some(days) = days {
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
        let (day, shift) = (bucket * WIDTH, shift as u64);
        for &token in &tokens {
            blocks.push(block(day, kind, &[shift, token]));
            // a plan has another type than what comes of it, but is of one kind of act
            blocks.extend(act.map(|act| block(day, act, &[shift, token])));
        }
        if let [one, other] = family_pair[..] {
            blocks.push(block(day, hash::of(&["days", family]), &[shift, one, other]));
        }
    }
    let month = report.time.as_ref().and_then(|time| time.earliest.as_deref()?.get(..7));
    let is_past = report.historical || published.is_none() || days.is_some_and(|days| days.length() > SHORT);
    if let Some(month) = month {
        let day = number(&format!("{month}-01")).unwrap_or_default();
        for &token in tokens.iter().take(2) {
            if is_past {
                blocks.push(block(day, hash::of(&["month", report.kind.as_str(), month]), &[token]));
            }
            // what is news here is told again as the past elsewhere
            if let Some(mode) = &report.mode {
                blocks.push(block(day, hash::of(&["month", report.kind.as_str(), mode, month]), &[token]));
            }
        }
    }
    // told by its year alone, an act meets what is told of each of its months
    let year = days.filter(|days| !days.guessed && (MONTH + 1..=YEAR).contains(&days.length()));
    if let (Some(days), Some(&token)) = (year, tokens.first()) {
        let months = (days.first..=days.last).map(iso).filter(|day| day.ends_with("-01"));
        blocks.extend(months.map(|first| {
            let what = hash::of(&["month", report.kind.as_str(), &first[..7]]);
            block(number(&first).unwrap_or_default(), what, &[token])
        }));
    }
    // two who are named meet in the month of the news, where no day is told
    let near = || report.near_time.as_ref().and_then(|time| time.earliest.as_deref()?.get(..7));
    let month = month.or_else(near).or_else(|| report.published.as_deref()?.get(..7));
    if let (Some(month), Some([one, other])) = (month, named(report)) {
        let day = number(&format!("{month}-01")).unwrap_or_default();
        blocks.push(block(day, hash::of(&["month", family, month, one, other]), &[]));
    }
    if days.is_none() {
        blocks.extend(tokens.iter().map(|&token| block(0, hash::of(&["undated", report.kind.as_str()]), &[token])));
    }
    // What meets by chance in so many bits is told apart by its likeness.
    blocks.sort_unstable();
    blocks.dedup();
    blocks
}

/// A block of a day, and of what stands in it.
fn block(day: i32, what: u64, parts: &[u64]) -> u64 {
    let near = (day / NEAR).saturating_add(SINCE / NEAR).clamp(0, SINCE / NEAR * 2 - 1) as u64;
    // The day is in the hash too: not all that is near is one.
    let hash = parts.iter().fold(what ^ hash::stir(day as u64), |hash, part| hash::stir(hash ^ part));
    near << BITS | hash::stir(hash) >> (u64::BITS - BITS)
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
fn token(party: &Party) -> Option<CompactString> {
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
