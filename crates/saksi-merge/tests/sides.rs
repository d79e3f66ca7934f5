//! What it says that one report tells of one side and another of two.

use saksi::{Packs, RawArticle, read};
use saksi_lang::Pack;
use saksi_merge::{Gazetteer, Report, likeness, linked, reports};
use saksi_record::EventType;

/// The first report of a type in an article of a sentence, published on Sunday 19 April 2026.
fn told(name: &str, text: &str, kind: EventType) -> Report {
    let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
    let gazetteer = Gazetteer::compile(&Pack::builtin("world").unwrap(), &packs).unwrap();
    let raw = RawArticle { bytes: text.as_bytes(), published: Some("2026-04-19"), ..RawArticle::default() };
    let record = read(&raw, &Packs::builtin()).unwrap();
    let found = reports(&record, name, &gazetteer);
    found.into_iter().find(|report| report.kind == kind).unwrap_or_else(|| panic!("no {kind:?} in: {text}"))
}

fn sides(one: &Report, other: &Report) -> f64 {
    likeness(one, other).parts.iter().filter(|part| part.field == "sides").map(|part| part.weight).sum()
}

#[test]
fn a_meeting_told_of_one_side_that_names_the_other_is_not_of_one_side() {
    let of = |name: &str, text: &str| told(name, text, EventType::Consult);
    let both = of("a", "India and Pakistan held talks on Saturday.");
    assert_eq!(both.actor.len(), 2);
    // As if the reader had taken it for India's alone.
    let mut named = of("b", "India and Pakistan met on Saturday.");
    named.actor.truncate(1);
    named.recipient.clear();
    assert!(sides(&both, &named).abs() < f64::EPSILON);
    let unnamed = Report { marks: Vec::new(), ..named };
    assert!(sides(&both, &unnamed) < 0.0);
}

#[test]
fn a_strike_is_not_the_battle() {
    let of = |name: &str, text: &str| told(name, text, EventType::Assault);
    let battle = of("a", "Thai and Cambodian troops exchanged fire near the Ta Muen Thom temple on Saturday.");
    assert_eq!(battle.actor.len(), 2);
    let strike = of("b", "Thai troops fired at Cambodian troops near the Ta Muen Thom temple on Saturday.");
    let told_again = of("c", "Thai and Cambodian soldiers traded fire near the Ta Muen Thom temple on Saturday.");
    assert!(!linked(&battle, &strike), "{:#?}", likeness(&battle, &strike));
    assert!(linked(&battle, &told_again));
}
