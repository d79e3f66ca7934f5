//! Names, days, vocabularies and words, right and wrong.

use super::fixture::collection;
use crate::error::QueryError;
use crate::events::events;
use crate::filter::{Days, Dyad, Filter, Page, terms};
use crate::search::{SearchFilter, search};
use crate::snippet::Snippet;
use crate::words::Words;
use saksi_record::EventType;

fn help(error: QueryError) -> String {
    match error {
        QueryError::Usage { reason, help } => format!("{reason}; {help}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_name_of_several_actors_is_asked_about() {
    let filter = Filter { actors: vec!["Kim".into()], ..Filter::default() };
    match events(&collection(), &filter, &Page::default()) {
        Err(QueryError::Ambiguous { name, candidates }) => {
            let keys: Vec<_> = candidates.iter().map(|actor| actor.key.as_str()).collect();
            assert_eq!((name.as_str(), &keys[..]), ("Kim", &["kim", "yo"][..]));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn wrong_values_name_those_that_are_right() {
    let of = collection();
    let asked = |filter: Filter| help(events(&of, &filter, &Page::default()).unwrap_err());
    assert!(asked(Filter { modes: vec!["vist".into()], ..Filter::default() }).contains("visit"));
    assert!(asked(Filter { outlets: vec!["Times".into()], ..Filter::default() }).contains("Antara, Kompas, Reuters"));
    assert!(asked(Filter { languages: vec!["in donesian".into()], ..Filter::default() }).contains("no language"));
    assert!(asked(Filter { words: Some("\"open".into()), ..Filter::default() }).contains("quotation mark"));
    let allowed: Vec<&str> = EventType::ALL.iter().map(|kind| kind.as_str()).collect();
    assert!(help(terms::<EventType>("type", &["MEET".into()], &allowed).unwrap_err()).contains("CONSULT"));
    assert_eq!(terms::<EventType>("type", &["consult".into()], &allowed).unwrap(), [EventType::Consult]);
    let page = Page { after: Some("gone".into()), ..Page::default() };
    assert!(help(events(&of, &Filter::default(), &page).unwrap_err()).contains("no event `gone`"));
}

#[test]
fn days_are_days_months_or_years() {
    let parse =
        |from: &str, to: &str| Days::parse(Some(from), Some(to)).map(|days| (days.from.unwrap(), days.to.unwrap()));
    assert_eq!(parse("2024", "2024-02").unwrap(), ("2024-01-01".into(), "2024-02-29".into()));
    assert_eq!(parse("2025-07-13", "2025-07-13").unwrap(), ("2025-07-13".into(), "2025-07-13".into()));
    for wrong in ["2025-13", "2025-02-30", "25-07", "yesterday", "", "2025-7-1", "2025-07-01T00", "-2025", "２０２５"]
    {
        assert!(Days::parse(Some(wrong), None).is_err(), "{wrong}");
    }
    assert!(help(parse("2025-08", "2025-07").unwrap_err()).contains("before"));
}

#[test]
fn dyads_are_two_countries() {
    assert!(Dyad::parse("PRK-RUS").unwrap().directed);
    assert!(!Dyad::parse("PRK~RUS").unwrap().directed);
    for wrong in ["PRK", "PRK-", "-RUS", "PRK-RUS-UKR", ""] {
        assert!(Dyad::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn words_become_a_query_that_holds_no_operators() {
    let query = |typed: &str| Words::parse(typed).unwrap().query();
    assert_eq!(query("Kim Jong-un"), r#"("kim" AND "jong un")"#);
    assert_eq!(query("“pasukan Korea” -latihan drone*"), r#"("pasukan korea" AND "drone"*) NOT "latihan""#);
    assert_eq!(query("a AND b OR NEAR(c)"), r#"("a" AND "and" AND "b" AND "or" AND "near c")"#);
    assert_eq!(query("title:x ' ; -- y^2"), r#"("title x" AND "y 2")"#);
    assert_eq!(query("café"), query("CAFE"));
    for wrong in ["", "   ", "-only", "\"open", "*", "-", "kursk -*", "\"\"", &"x".repeat(1_001)] {
        assert!(Words::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_hostile_query_is_searched_for_and_breaks_nothing() {
    let of = collection();
    for typed in
        ["a'b\"c\"", "x OR 1=1; DROP TABLE event", "NEAR/2 (a b)", "{title body}: x", "\u{0}x", "%_x", "😀x y*"]
    {
        let words = Words::parse(typed).unwrap();
        assert!(search(&of, &words, &SearchFilter::default(), 5, 0).unwrap().hits.is_empty(), "{typed}");
    }
}

fn marked(snippet: &Snippet) -> String {
    let part = |part: &crate::snippet::Part| if part.found { format!("[{}]", part.text) } else { part.text.clone() };
    snippet.parts.iter().map(part).collect()
}

#[test]
fn search_shows_where_the_words_stand() {
    let of = collection();
    let found =
        |typed: &str, filter: &SearchFilter| search(&of, &Words::parse(typed).unwrap(), filter, 10, 0).unwrap().hits;
    let cafe = found("cafe own*", &SearchFilter::default());
    assert_eq!(cafe.iter().map(|hit| hit.article.as_str()).collect::<Vec<_>>(), ["reuters"]);
    let snippet = cafe[0].snippet.as_ref().unwrap();
    assert!(marked(snippet).contains("a [café] [owner] saw them."), "{snippet:?}");
    let meetings = found("\"kim jong un bertemu\"", &SearchFilter::default());
    let keys: Vec<_> = meetings.iter().map(|hit| hit.article.as_str()).collect();
    assert_eq!(keys, ["kompas", "antara"], "the later of equals first");
    assert!(marked(meetings[0].snippet.as_ref().unwrap()).contains("[Kim Jong Un bertemu] Lavrov"));
    let outlet = SearchFilter { outlets: vec!["ANTARA".into()], ..SearchFilter::default() };
    assert_eq!(found("kim", &outlet).len(), 1);
    let days = SearchFilter { published: Days::parse(Some("2025-08"), None).unwrap(), ..SearchFilter::default() };
    assert_eq!(found("kursk", &days)[0].article, "guardian");
    let language = SearchFilter { languages: vec!["id".into()], ..SearchFilter::default() };
    assert!(found("kursk", &language).is_empty());
    assert!(found("kim", &SearchFilter::default()).windows(2).all(|two| two[0].score >= two[1].score));
}
