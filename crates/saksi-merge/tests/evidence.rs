//! What speaks for and against one event, on articles as they are written.

use saksi::{Packs, RawArticle, read};
use saksi_lang::Pack;
use saksi_merge::{Gazetteer, PERHAPS, Report, event, likeness, linked, maybe, reports};
use saksi_record::EventType;

/// The reports of an article, published on that day.
fn all(name: &str, published: &str, text: &str) -> Vec<Report> {
    let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
    let gazetteer = Gazetteer::compile(&Pack::builtin("world").unwrap(), &packs).unwrap();
    let raw = RawArticle { bytes: text.as_bytes(), published: Some(published), ..RawArticle::default() };
    reports(&read(&raw, &Packs::builtin()).unwrap(), name, &gazetteer)
}

/// The first of a type below the headline.
fn told(name: &str, published: &str, text: &str, kind: EventType) -> Report {
    let found = all(name, published, text);
    let below = found.into_iter().find(|report| report.kind == kind && !report.headline);
    below.unwrap_or_else(|| panic!("no {kind:?} in: {text}"))
}

fn weight(one: &Report, other: &Report, field: &str) -> f64 {
    likeness(one, other).parts.iter().filter(|part| part.field == field).map(|part| part.weight).sum()
}

#[test]
fn what_two_articles_of_a_day_begin_with_is_likelier_one_act() {
    let of = |name: &str, day: &str, text: &str| told(name, day, text, EventType::Coerce);
    let text = "Police arrest 14 people\n\nHARARE — Police arrested 14 people on Monday.\n";
    let other = "Zimbabwe police hold 31\n\nHARARE — Police arrested 31 people on Monday night.\n";
    let (one, two) = (of("a", "2026-03-10", text), of("b", "2026-03-10", other));
    assert!(weight(&one, &two, "news") > 0.0);
    assert!(weight(&one, &of("c", "2026-03-13", other), "news").abs() < f64::EPSILON, "news of another day");
    let far = format!("Rain in Harare\n\n{}\n\nPolice arrested 31 people on Monday night.\n", "It rained. ".repeat(60));
    assert!(weight(&one, &of("d", "2026-03-10", &far), "news").abs() < f64::EPSILON, "not what it is news of");
}

#[test]
fn an_act_that_lies_behind_has_weeks_and_not_the_day_of_the_sentence() {
    let text = "Moldova expels diplomats\n\nCHISINAU — Moldova on Friday expelled two Russian diplomats over the hack of its tax service.\n";
    let hack = told("a", "2026-06-19", text, EventType::Coerce);
    let near = hack.near_time.expect("some days");
    assert_eq!((near.earliest.as_deref(), near.latest.as_deref()), (Some("2026-05-30"), Some("2026-06-19")));
    // the day that stands behind the word is its own
    let text = "Moldova expels diplomats\n\nCHISINAU — Moldova expelled two Russian diplomats over the hack of its tax service last Monday.\n";
    let hack = told("b", "2026-06-19", text, EventType::Coerce);
    let time = hack.time.or(hack.near_time).expect("a day");
    assert_eq!(time.earliest.as_deref(), Some("2026-06-15"));
}

#[test]
fn what_is_done_once_may_be_told_of_two_days() {
    let of = |name: &str, text: &str, kind: EventType| told(name, "2026-07-08", text, kind);
    let expelled = |name: &str, day: &str| {
        of(name, &format!("Row\n\nQUITO — Ecuador expelled Colombian diplomats on {day}.\n"), EventType::Sanction)
    };
    let shelled = |name: &str, day: &str| {
        of(name, &format!("War\n\nKYIV — Russia shelled Ukraine's border on {day}.\n"), EventType::Assault)
    };
    let (once, often) = (
        weight(&expelled("a", "Monday"), &expelled("b", "Tuesday"), "time"),
        weight(&shelled("a", "Monday"), &shelled("b", "Tuesday"), "time"),
    );
    assert!(often < once && once < 0.0, "{once} {often}");
}

#[test]
fn an_attack_is_not_the_fight_it_is_part_of() {
    let of = |name: &str, text: &str| told(name, "2026-04-19", text, EventType::Assault);
    let clash = of("a", "Clash\n\nPASANGKAYU — Police and villagers clashed on Saturday.\n");
    let again = of("b", "Clash\n\nPASANGKAYU — Villagers and police clashed on Saturday.\n");
    let shot = of("c", "Shooting\n\nPASANGKAYU — Police shot a villager on Saturday.\n");
    assert!(weight(&clash, &again, "act") > 0.0);
    assert!(weight(&clash, &shot, "act").abs() < f64::EPSILON);
}

#[test]
fn one_act_of_which_coders_find_two_types_may_be_one_event() {
    let closed = |name: &str, kind: EventType| Report {
        kind,
        mode: None,
        ..told(
            name,
            "2026-07-08",
            "Row\n\nQUITO — Ecuador closed its border with Colombia on Tuesday.\n",
            EventType::Sanction,
        )
    };
    let (one, other) = (closed("a", EventType::Sanction), closed("b", EventType::Concede));
    assert_eq!(one.act.as_deref(), Some("close"));
    assert!(!likeness(&one, &other).is_ruled_out());
    let ask = |report: Report| Report { act: Some("ask".to_owned()), ..report };
    assert!(likeness(&ask(one), &ask(other)).is_ruled_out());
}

#[test]
fn a_town_within_an_area_is_no_other_place() {
    let of = |name: &str, place: &str| {
        let text = format!("Strike\n\nMOROWALI — Police arrested 17 workers in {place} on Tuesday.\n");
        let report = told(name, "2026-06-10", &text, EventType::Coerce);
        assert!(!report.place.is_empty(), "{place}");
        report
    };
    let (town, area, other) = (of("a", "Morowali"), of("b", "Central Sulawesi"), of("c", "Medan"));
    assert!(weight(&town, &area, "place") > 0.0, "{:#?}", likeness(&town, &area));
    assert!(weight(&town, &other, "place") < -1.0);
    let places = |one: &Report, other: &Report| {
        event(&[one, other]).differences.iter().filter(|difference| difference.field == "place").count()
    };
    assert_eq!((places(&town, &area), places(&town, &other)), (0, 1));
}

#[test]
fn what_is_not_brought_together_may_be_of_the_event_and_says_what_differs() {
    let of = |name: &str, day: &str, text: &str| told(name, day, text, EventType::Coerce);
    let one = of(
        "a",
        "2026-03-10",
        "Raid\n\nHARARE — Police detained 14 party members in Harare, Zimbabwe, on Monday, the party said.\n",
    );
    let other = of(
        "b",
        "2026-03-13",
        "Penggerebekan\n\nHARARE – Polisi Zimbabwe menahan 31 anggota partai itu pada Selasa (10/3/2026).\n",
    );
    assert!(!linked(&one, &other), "{:#?}", likeness(&one, &other));
    let found = maybe(&[&one], &[&other], 10);
    let [found] = &found[..] else { panic!("{found:?}") };
    assert!(found.score >= PERHAPS && found.like == one.key);
    let fields: Vec<&str> = found.differences.iter().map(|difference| difference.field.as_str()).collect();
    assert!(fields.iter().any(|field| field.starts_with("figure:detained")) && fields.contains(&"time"), "{fields:?}");
    // neither itself, nor what has nothing to do with it
    let far = of("c", "2026-03-10", "Raid\n\nLIMA — Police arrested nine students in Lima on Monday.\n");
    assert!(maybe(&[&one], &[&one, &far], 10).is_empty());
}
