//! Reports that are made up, to be varied field by field.

use saksi_merge::{Figure, Interval, Party, Place, Report, Review};
use saksi_record::{ActorKind, Certainty, EventType, Span, Status};

pub(crate) fn party(key: &str, kind: ActorKind, country: Option<&str>) -> Party {
    Party {
        key: key.into(),
        name: key.into(),
        folded: key.to_lowercase().into(),
        kind,
        country: country.map(Into::into),
        sector: Some("GOV".into()),
        title: None,
    }
}

pub(crate) fn state(code: &str) -> Party {
    party(code, ActorKind::State, Some(code))
}

pub(crate) fn person(name: &str, country: &str) -> Party {
    party(&format!("person:{name}:{country}"), ActorKind::Person, Some(country))
}
#[allow(clippy::unnecessary_wraps, reason = "as the field is")]
pub(crate) fn day(day: &str) -> Option<Interval> {
    Some(Interval { value: Some(day.into()), earliest: Some(day.into()), latest: Some(day.into()) })
}

pub(crate) fn town(name: &str, country: &str, lat: f64, lon: f64) -> Place {
    Place {
        key: format!("place:{name}:{country}").into(),
        name: name.into(),
        country: Some(country.into()),
        lat: Some(lat),
        lon: Some(lon),
        reach: None,
    }
}

pub(crate) fn dead(value: f64) -> Figure {
    Figure { unit: "dead".into(), value: Some(value), low: None, high: None, about: false }
}

/// A meeting of two named people on a day, as an article of the next tells it.
pub(crate) fn report(article: &str) -> Report {
    Report {
        key: format!("{article}:100-106:CONSULT"),
        article: article.to_owned(),
        witness: article.to_owned(),
        event: "e1".into(),
        outlet: Some(format!("Outlet {article}").into()),
        language: "en".into(),
        published: Some("2025-07-13".into()),
        kind: EventType::Consult,
        mode: None,
        act: None,
        context: Vec::new(),
        quad: EventType::Consult.quad(),
        actor: vec![person("kim", "PRK"), person("lavrov", "RUS")],
        recipient: Vec::new(),
        place: Vec::new(),
        time: day("2025-07-12"),
        near_time: None,
        near_actor: Vec::new(),
        near_place: Vec::new(),
        headline: false,
        first: false,
        toll: false,
        takes_up: None,
        about: None,
        status: Status::Actual,
        historical: false,
        quantities: Vec::new(),
        figures: Vec::new(),
        certainty: Certainty::Certain,
        confidence: 0.8,
        trigger: Span { start: 100, end: 106 },
        sentence: Span { start: 80, end: 180 },
        sources: Vec::new(),
        marks: Vec::new(),
        words: Vec::new(),
        concepts: Vec::new(),
        review: Review::Unreviewed,
    }
}

pub(crate) fn attack(article: &str) -> Report {
    Report {
        key: format!("{article}:100-106:ASSAULT"),
        kind: EventType::Assault,
        quad: EventType::Assault.quad(),
        actor: vec![state("RUS")],
        recipient: vec![state("UKR")],
        place: vec![town("kharkiv", "UKR", 49.99, 36.23)],
        ..report(article)
    }
}
