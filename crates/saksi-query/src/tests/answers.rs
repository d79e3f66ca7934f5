//! Who an actor is, what its word was, and what the reports of one event say beside each other.

use super::fixture::collection;
use crate::compare::compare;
use crate::error::QueryError;
use crate::filter::{Days, Filter, Page};
use crate::sources::{said, sources};
use crate::who::who;
use saksi_record::Status;

#[test]
fn who_counts_what_was_done_and_suffered() {
    let of = collection();
    let russia = who(&of, "rusia", 5).unwrap().unwrap();
    assert_eq!((russia.actor.key.as_str(), russia.did.events), ("RUS", 0));
    assert_eq!(russia.done_to_it.events, 2);
    assert_eq!(russia.done_to_it.types.keys().collect::<Vec<_>>(), ["ACCUSE", "AID"]);
    assert_eq!(russia.done_to_it.quads["material-cooperation"], 1);
    let others: Vec<_> =
        russia.done_to_it.counterparts.iter().map(|other| (other.key.as_str(), other.events)).collect();
    assert_eq!(others, [("PRK", 1), ("UKR", 1)]);
    assert_eq!(russia.done_to_it.latest[0].key, "sent");
    let indonesia = who(&of, "Indonesia", 5).unwrap().unwrap();
    assert_eq!(indonesia.did.events, 0, "what was rejected does not count");
    let kcna = who(&of, "KCNA", 5).unwrap().unwrap();
    assert_eq!((kcna.said, kcna.last_said.len()), (2, 2));
    assert_eq!(kcna.said_between, Some(("2025-07-13".into(), "2025-07-14".into())));
    assert!(who(&of, "Nobody", 5).unwrap().is_none());
    assert!(matches!(who(&of, "Kim", 5), Err(QueryError::Ambiguous { .. })));
}

#[test]
fn sources_are_counted_and_their_word_is_given_over_time() {
    let of = collection();
    let all = sources(&of, &Filter::default(), 10).unwrap();
    let counts: Vec<_> = all.sources.iter().map(|source| (source.key.as_str(), source.reports)).collect();
    assert_eq!(counts, [("kcna", 2), ("kremlin", 1), ("zelensky", 1)]);
    let narrowed = sources(&of, &Filter { places: vec!["Kursk".into()], ..Filter::default() }, 10).unwrap();
    let keys: Vec<_> = narrowed.sources.iter().map(|source| source.key.as_str()).collect();
    assert_eq!((&keys[..], narrowed.events), (&["kremlin", "zelensky"][..], Some(1)));
    let kcna = said(&of, "kcna", &Filter::default(), &Page { limit: 1, ..Page::default() }).unwrap();
    assert_eq!(kcna.said[0].published.as_deref(), Some("2025-07-13"));
    let next = Page { after: kcna.next, ..Page::default() };
    let rest = said(&of, "kcna", &Filter::default(), &next).unwrap();
    assert_eq!(rest.said.iter().map(|row| row.outlet.as_deref()).collect::<Vec<_>>(), [Some("Kompas")]);
    let kremlin = said(&of, "kremlin", &Filter::default(), &Page::default()).unwrap().said;
    assert_eq!((kremlin[0].stance.as_str(), kremlin[0].event.as_deref()), ("denies", Some("sent")));
    let days = Filter { published: Days::parse(Some("2025-07-14"), None).unwrap(), ..Filter::default() };
    assert_eq!(said(&of, "kcna", &days, &Page::default()).unwrap().said.len(), 1);
    let status = Filter { statuses: vec![Status::Negated], ..Filter::default() };
    assert!(said(&of, "kcna", &status, &Page::default()).unwrap().said.is_empty());
    assert!(said(&of, "nobody", &Filter::default(), &Page::default()).unwrap().source.is_none());
}

#[test]
fn reports_of_one_source_are_one_witness() {
    let met = compare(&collection(), "met", 10).unwrap();
    let order: Vec<_> = met.reports.iter().map(|teller| teller.article.as_str()).collect();
    assert_eq!(order, ["antara", "reuters", "kompas"], "first published first, then by key");
    assert_eq!(met.event.sources as usize, met.independent.len());
    assert_eq!(met.independent[0].origin, "KCNA");
    assert_eq!(met.reports[2].repeats.as_deref(), Some(met.reports[0].report.as_str()));
    assert_eq!(met.reports[1].repeats, None);
    assert!(met.differ.is_empty() && met.denials.is_empty());
    let time = met.agree.iter().find(|same| same.field == "recipient").unwrap();
    assert_eq!((time.value.as_str(), time.reports.len()), ("Sergei Lavrov", 3));
}

#[test]
fn what_reports_differ_on_is_put_beside_each_other() {
    let sent = compare(&collection(), "se", 10).unwrap();
    let troops = sent.differ.iter().find(|field| field.field == "figure:troops").unwrap();
    let values: Vec<_> = troops.values.iter().map(|value| (value.value.as_str(), value.who[0].as_str())).collect();
    assert_eq!(values, [("11000", "Reuters, 2025-07-13: officials"), ("10000", "The Guardian, 2025-08-02: Zelensky")]);
    assert!(sent.differ.iter().any(|field| field.field == "status"));
    assert!(!sent.agree.iter().any(|same| same.field == "status"));
    let [denial] = &sent.denials[..] else { panic!("{:?}", sent.denials) };
    assert_eq!((denial.source.as_str(), denial.how.as_str(), denial.against.len()), ("the Kremlin", "denies", 2));
    assert!(sent.reports[0].sentence.starts_with("Kim met Lavrov."), "{}", sent.reports[0].sentence);
}

#[test]
fn an_event_is_asked_for_by_a_key_that_is_enough() {
    let of = collection();
    for wrong in ["s", "nothing", "", "met-"] {
        let wrong = compare(&of, wrong, 10);
        assert!(matches!(wrong, Err(QueryError::Usage { .. })), "{wrong:?}");
    }
    assert!(compare(&of, "met", 1).unwrap().more);
}
