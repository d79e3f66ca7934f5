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
    let ask = |report: Report| Report { act: Some("ask".into()), ..report };
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

#[test]
fn a_noun_takes_up_the_act_told_before_with_its_day_and_place() {
    let text = "Gunmen kill police\n\nKARACHI — Gunmen shot dead three police officers in Karachi on Monday.\n\n\
                The Pakistani Taliban claimed responsibility for the shooting.\n";
    let found = all("a", "2026-03-10", text);
    let shot = found.iter().find(|report| report.kind == EventType::Assault && !report.headline).unwrap();
    let claim = found.iter().rfind(|report| report.kind == EventType::Assault).unwrap();
    assert_eq!(claim.takes_up.as_ref(), Some(&shot.key));
    assert_eq!(claim.near_time, shot.time);
    assert!(linked(shot, claim));
    // "a shooting" is another
    let other = text.replace("the shooting", "a shooting in Quetta");
    let claim = all("a", "2026-03-10", &other).into_iter().rfind(|report| report.kind == EventType::Assault).unwrap();
    assert_eq!(claim.takes_up, None);
}

#[test]
fn the_next_of_acts_told_has_whom_the_last_had() {
    let text = "Aid for Gaza\n\nAMMAN — Indonesian planes dropped 20 tons of food over Gaza on Sunday.\n\n\
                The next airdrop is planned for Wednesday.\n";
    let next = all("a", "2025-08-18", text).pop().unwrap();
    assert!(next.actor.is_empty());
    assert_eq!(next.near_actor.first().and_then(|party| party.country.as_deref()), Some("IDN"));
    let text = text.replace("The next airdrop", "An airdrop");
    assert!(all("a", "2025-08-18", &text).pop().unwrap().near_actor.is_empty());
}

#[test]
fn two_who_meet_are_held_against_two_whichever_side_they_stand_on() {
    let of = |name: &str, text: &str| told(name, "2025-09-29", text, EventType::Consult);
    let wang = of("a", "Talks\n\nBEIJING — Choe Son Hui held talks with Wang Yi in Beijing on Sunday.\n");
    let li = of("b", "Talks\n\nBEIJING — Li Qiang received Choe Son Hui in Beijing on Sunday.\n");
    let again = of("c", "Talks\n\nBEIJING — Wang Yi received Choe Son Hui in Beijing on Sunday.\n");
    assert!(!linked(&wang, &li));
    assert!(linked(&wang, &again));
}

#[test]
fn a_ship_that_rams_fires_no_water_cannon() {
    let of = |name: &str, text: &str| told(name, "2026-06-03", text, EventType::Assault);
    let rams = of("a", "Sea\n\nMANILA — A Chinese ship rammed a Philippine vessel on Tuesday.\n");
    let fires = of("b", "Sea\n\nMANILA — A Chinese ship fired water cannon at a Philippine vessel on Tuesday.\n");
    assert!(weight(&rams, &fires, "act") < -1.0);
}

#[test]
fn villagers_are_no_rebels() {
    let of = |name: &str, text: &str| told(name, "2026-04-15", text, EventType::Assault);
    let one = of(
        "a",
        "Soldiers kill five in the highlands\n\nJAKARTA — Indonesian soldiers shot dead five villagers in Sugapa on Tuesday.\n",
    );
    let two = of(
        "b",
        "Soldiers kill five in the highlands\n\nJAKARTA — Indonesian soldiers shot dead five rebels in Sugapa on Tuesday.\n",
    );
    let fields: Vec<String> =
        event(&[&one, &two]).differences.into_iter().map(|difference| difference.field.into()).collect();
    assert!(fields.contains(&"recipient".to_owned()), "{fields:?}");
}
