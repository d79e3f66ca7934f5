//! How far two reports put their event in the same place.

use crate::parts::Parts;
use crate::report::{Place, Report};
use saksi_record::EventType;

/// Places less far apart than this, in kilometres, may be one, the town and its district.
const NEAR: f64 = 30.0;
/// Places farther apart than this, in kilometres, are in different regions.
const FAR: f64 = 120.0;
/// Mean radius of the Earth in kilometres.
const RADIUS: f64 = 6371.0;

/// One place: the most that places say.
pub(crate) const SAME: f64 = 1.5;
/// Two towns of one region.
const NOT_FAR: f64 = -1.0;
/// A place that one of two reports states and the other names beside the one it states.
const WITHIN: f64 = 0.2;
/// What a place that only the sentence names says of what a stated one does.
const NAMED: f64 = 0.6;

/// Adds what the places say: those of the events, or where one has none, those that the sentences name.
pub(crate) fn compare(a: &Report, b: &Report, parts: &mut Parts) {
    fn all(report: &Report) -> impl Iterator<Item = &Place> + Clone {
        report.place.iter().chain(&report.near_place)
    }
    let none = |report: &Report| report.place.is_empty() && report.near_place.is_empty();
    if none(a) || none(b) {
        return;
    }
    let stated = best(a.place.iter(), &b.place.iter());
    let stated = stated.filter(|(weight, ..)| *weight != 0.0);
    let within = |one: &Report, other: &Report| {
        one.place.iter().any(|place| !is_state(place) && other.near_place.iter().any(|near| near.key == place.key))
    };
    // "Deir al-Balah, Gaza Strip" in one, the Gaza Strip in the other
    if stated.as_ref().is_some_and(|(weight, ..)| (NOT_FAR..0.0).contains(weight)) && (within(a, b) || within(b, a)) {
        parts.add("place", WITHIN, || "one names the other's place too".to_owned());
        return;
    }
    let (found, factor) = if stated.is_some() { (stated, 1.0) } else { (best(all(a), &all(b)), NAMED) };
    if let Some((weight, why, one, other)) = found {
        // Where words were said is often where they are about.
        let weight = if is_bound(a.kind) && is_bound(b.kind) || weight > 0.0 { weight } else { weight / 4.0 };
        parts.add("place", weight * factor, || format!("{one} and {other}: {why}"));
    }
}

/// The two places that are most alike; a town rather than a state that both name.
fn best<'p>(
    some: impl Iterator<Item = &'p Place> + Clone,
    others: &(impl Iterator<Item = &'p Place> + Clone),
) -> Option<(f64, &'static str, &'p str, &'p str)> {
    let is_town = |place: &&Place| !is_state(place) && place.lat.is_some();
    let both = some.clone().any(|place| is_town(&place)) && others.clone().any(|place| is_town(&place));
    let fits = |place: &&'p Place| !both || is_town(place);
    some.filter(fits)
        .flat_map(|one| others.clone().filter(fits).map(move |other| (one, other)))
        .filter_map(|(one, other)| Some((of_two(one, other)?, one, other)))
        .max_by(|x, y| x.0.0.total_cmp(&y.0.0).then_with(|| (&y.1.key, &y.2.key).cmp(&(&x.1.key, &x.2.key))))
        .map(|((weight, why), one, other)| (weight, why, one.key.as_str(), other.key.as_str()))
}

fn is_state(place: &Place) -> bool {
    place.country.as_deref() == Some(&place.key)
}

/// Whether an act of the type takes place somewhere, rather than being said.
fn is_bound(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Assault
            | EventType::Protest
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Consult
            | EventType::Retreat
    )
}

fn of_two(one: &Place, other: &Place) -> Option<(f64, &'static str)> {
    if one.key == other.key {
        return Some(if is_state(one) { (0.5, "the same state") } else { (SAME, "the same place") });
    }
    // two names that no table has
    if [one, other].iter().all(|place| place.lat.is_none() && place.country.is_none()) {
        return Some((-1.0, "another name"));
    }
    let (first, second) = (one.country.as_deref()?, other.country.as_deref()?);
    if is_state(one) || is_state(other) {
        return Some(if first == second { (0.2, "one within the other") } else { (-2.0, "another state") });
    }
    let distance = kilometres(one, other);
    if are_nested(one, other) {
        return Some((WITHIN, "one within the other"));
    }
    Some(match distance {
        Some(distance) if distance < NEAR => (0.5, "close by"),
        Some(distance) if distance < FAR => (NOT_FAR, "not far"),
        Some(_) => (-5.0, "far apart"),
        None if first == second => (0.0, "the same state"),
        None => (-3.0, "another state"),
    })
}

/// Whether one is an area in which the other lies, as far as their points tell, or both are areas that meet.
pub(crate) fn are_nested(one: &Place, other: &Place) -> bool {
    let reach = one.reach.unwrap_or(0.0).max(other.reach.unwrap_or(0.0));
    reach > 0.0 && kilometres(one, other).is_some_and(|distance| distance <= reach)
}

/// Distance on the sphere, in kilometres.
pub(crate) fn kilometres(one: &Place, other: &Place) -> Option<f64> {
    let radians = |degrees: f64| degrees.to_radians();
    let (lat_a, lon_a) = (radians(one.lat?), radians(one.lon?));
    let (lat_b, lon_b) = (radians(other.lat?), radians(other.lon?));
    let half =
        ((lat_b - lat_a) / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * ((lon_b - lon_a) / 2.0).sin().powi(2);
    Some(2.0 * RADIUS * half.sqrt().min(1.0).asin())
}
