//! Every way to the events of a filter leads to the same ones, and none looks at all rows.

use super::fixture::{between, collection, filled, report};
use crate::collection::Collection;
use crate::events::events;
use crate::filter::{Days, Dyad, Filter, Order, Page, Told};
use crate::plan::{Way, explained, find_with};
use proptest::prelude::*;
use saksi_merge::{Report, Review};
use saksi_record::{Certainty, EventType, Quad, SourceKind, Status};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

fn days(from: &str, to: &str) -> Days {
    Days { from: Some(from.into()), to: Some(to.into()) }
}

fn dyad(actor: &str, recipient: &str, directed: bool) -> Dyad {
    Dyad { actor: actor.into(), recipient: recipient.into(), directed }
}

type Change = fn(&mut Filter);

/// What each field asks for, by the events of the fixture it should give, in order of time.
const FIELDS: [(&str, Change, &[&str]); 34] = [
    ("nothing", |_| {}, &["protested", "sent", "met", "accused", "threatened"]),
    ("type", |f| f.types = vec![EventType::Aid], &["sent"]),
    ("types", |f| f.types = vec![EventType::Aid, EventType::Accuse], &["sent", "accused"]),
    ("mode", |f| f.modes = vec!["visit".into()], &["met"]),
    ("quad", |f| f.quads = vec![Quad::VerbalConflict], &["accused", "threatened"]),
    ("quad and type apart", |f| (f.quads, f.types) = (vec![Quad::VerbalConflict], vec![EventType::Aid]), &[]),
    ("actor in another spelling", |f| f.recipients = vec!["LAWROW".into()], &["met"]),
    ("actor by key", |f| f.actors = vec!["kim".into()], &["met"]),
    ("actor by its whole name", |f| f.actors = vec!["kim jong-un".into()], &["met"]),
    ("actor by a part of its name", |f| f.actors = vec!["Yo Jong".into()], &["threatened"]),
    ("actor in the wrong role", |f| f.actors = vec!["Lavrov".into()], &[]),
    ("actor that is nobody", |f| f.actors = vec!["Nobody".into()], &[]),
    ("one actor of two that is nobody", |f| f.actors = vec!["Nobody".into(), "yo".into()], &["threatened"]),
    ("either role", |f| f.parties = vec!["Ukraine".into()], &["accused", "threatened"]),
    ("country", |f| f.countries = vec!["UKR".into()], &["accused", "threatened"]),
    ("country of actor", |f| f.actor_countries = vec!["PRK".into()], &["sent", "met", "threatened"]),
    ("country of recipient", |f| f.recipient_countries = vec!["RUS".into()], &["sent", "met", "accused"]),
    ("dyad", |f| f.dyads = vec![dyad("PRK", "RUS", true)], &["sent", "met"]),
    ("dyad the other way", |f| f.dyads = vec![dyad("RUS", "PRK", true)], &[]),
    ("dyad both ways", |f| f.dyads = vec![dyad("RUS", "PRK", false)], &["sent", "met"]),
    ("a day within", |f| f.time = days("2025-07-20", "2025-07-20"), &["protested", "sent"]),
    ("the day itself", |f| f.time = days("2025-07-12", "2025-07-12"), &["protested", "sent", "met"]),
    ("before what has only an end", |f| f.time = days("2025-01-01", "2025-06-15"), &["protested", "threatened"]),
    ("after everything", |f| f.time = Days { from: Some("2026-01-01".into()), to: None }, &[]),
    ("until", |f| f.time = Days { from: None, to: Some("2024-06-01".into()) }, &["protested", "threatened"]),
    ("published", |f| f.published = days("2025-07-14", "2025-07-20"), &["protested", "met"]),
    // Reuters reports it before and The Guardian after these days
    ("published around", |f| f.published = days("2025-07-15", "2025-08-01"), &["protested"]),
    ("place", |f| f.places = vec!["KURSK".into()], &["sent"]),
    ("country of place", |f| f.place_countries = vec!["PRK".into(), "IDN".into()], &["protested", "met"]),
    ("kind of source", |f| f.source_kinds = vec![Told::By(SourceKind::StateMedia)], &["met"]),
    ("own voice", |f| f.source_kinds = vec![Told::Article], &["protested", "met", "accused", "threatened"]),
    ("source", |f| f.sources = vec!["kcna".into(), "zelensky".into()], &["sent", "met"]),
    ("outlet", |f| f.outlets = vec!["the guardian".into()], &["sent", "threatened"]),
    ("words", |f| f.words = Some("kursk -sanctions".into()), &["sent", "met"]),
];

const MORE: [(&str, Change, &[&str]); 13] = [
    ("status", |f| f.statuses = vec![Status::Hypothetical], &["accused"]),
    ("certainty", |f| f.certainty = Some(Certainty::Probable), &["protested", "sent", "met", "threatened"]),
    (
        "any certainty",
        |f| f.certainty = Some(Certainty::Unknown),
        &["protested", "sent", "met", "accused", "threatened"],
    ),
    ("language", |f| f.languages = vec!["ms".into()], &["accused"]),
    ("a language of several", |f| f.languages = vec!["EN".into()], &["sent", "met", "threatened"]),
    ("review", |f| f.reviews = vec![Review::Accepted], &["threatened"]),
    ("rejected", |f| f.reviews = vec![Review::Rejected], &["sanctioned"]),
    ("nobody looked at a report", |f| f.unseen = true, &["protested", "sent", "met", "accused"]),
    ("article", |f| f.articles = vec!["reuters".into()], &["sent", "met"]),
    (
        "articles by what their keys begin with",
        |f| f.articles = vec!["antara".into(), "te".into()],
        &["protested", "met", "accused"],
    ),
    ("article that there is not", |f| f.articles = vec!["x".into()], &[]),
    ("independent sources", |f| f.min_sources = 2, &["sent", "met"]),
    ("more than there are", |f| f.min_sources = 9, &[]),
];

fn made(change: Change) -> Filter {
    let mut filter = Filter::default();
    change(&mut filter);
    filter
}

fn keys(of: &Collection, filter: &Filter, page: &Page) -> Vec<String> {
    events(of, filter, page).unwrap().events.into_iter().map(|event| event.key).collect()
}

#[test]
fn each_field_gives_its_events_in_order_of_time_with_the_unknown_last() {
    let of = collection();
    for (name, change, expected) in FIELDS.iter().chain(&MORE) {
        assert_eq!(keys(&of, &made(*change), &Page::default()), *expected, "{name}");
    }
}

/// The rows that each way gives.
fn every_way(of: &Collection, filter: &Filter, page: &Page) -> Vec<(Way, Vec<i64>)> {
    let ways = [Way::Best, Way::Lists, Way::Checks].into_iter();
    ways.map(|way| (way, find_with(of, filter, page, way, 1_000_000).unwrap().rows)).collect()
}

#[test]
fn every_way_gives_the_same_rows() {
    let of = collection();
    for (name, change, expected) in FIELDS.iter().chain(&MORE) {
        for order in [Order::Time, Order::Sources, Order::Reports] {
            for reverse in [false, true] {
                let page = Page { order, reverse, ..Page::default() };
                let ways = every_way(&of, &made(*change), &page);
                assert!(ways.iter().all(|(_, rows)| *rows == ways[0].1), "{name}: {ways:?}");
                assert_eq!(ways[0].1.len(), expected.len(), "{name}");
            }
        }
    }
}

#[test]
fn without_the_indexes_that_adding_leaves_out_the_answers_are_the_same() {
    let (of, without) = (collection(), collection());
    for index in [
        "event_by_time event_by_type event_by_mode event_by_published event_by_sources event_by_reports event_by_status",
        "event_by_certainty event_by_review event_by_languages event_in_short event_by_long_time party_by_actor",
        "party_by_country place_by_key place_by_country place_by_name report_by_source voice_by_actor voice_by_kind",
        "tally_by_voices event_by_key report_by_key",
    ]
    .into_iter()
    .flat_map(str::split_whitespace)
    {
        without.db.execute_batch(&format!("DROP INDEX {index}")).unwrap();
    }
    assert!(without.lacks_indexes().unwrap() && !of.lacks_indexes().unwrap());
    for (name, change, _) in FIELDS.iter().chain(&MORE) {
        for order in [Order::Time, Order::Sources, Order::Reports] {
            for (reverse, limit) in [(false, 2), (true, 9)] {
                let page = Page { limit, order, reverse, ..Page::default() };
                let filter = made(*change);
                assert_eq!(every_way(&without, &filter, &page), every_way(&of, &filter, &page), "{name}");
            }
        }
    }
}

#[test]
fn what_was_looked_at_in_part_is_still_to_be_looked_at() {
    let told = |article: &str, review: Review| Report { review, ..report(article, EventType::Aid, &["PRK"], &["RUS"]) };
    let of = filled(vec![
        ("part", vec![told("antara", Review::Accepted), told("reuters", Review::Unreviewed)]),
        ("whole", vec![told("antara", Review::Accepted), told("reuters", Review::Rejected)]),
    ]);
    let unseen = Filter { unseen: true, ..Filter::default() };
    assert_eq!(keys(&of, &unseen, &Page::default()), ["part"]);
    let accepted = Filter { reviews: vec![Review::Accepted], ..Filter::default() };
    assert_eq!(keys(&of, &accepted, &Page::default()).len(), 2);
}

#[test]
fn fields_narrow_each_other() {
    let of = collection();
    let filter = Filter {
        actor_countries: vec!["PRK".into()],
        statuses: vec![Status::Actual],
        languages: vec!["id".into()],
        ..Filter::default()
    };
    assert_eq!(keys(&of, &filter, &Page::default()), ["met"]);
}

#[test]
fn orders_put_the_key_between_equals() {
    let of = collection();
    let by = |order, reverse| keys(&of, &Filter::default(), &Page { order, reverse, ..Page::default() });
    assert_eq!(by(Order::Reports, false)[..2], ["met", "sent"], "three reports each");
    assert_eq!(by(Order::Reports, true), by(Order::Reports, false).into_iter().rev().collect::<Vec<_>>());
    assert_eq!(by(Order::Sources, false)[0], "sent", "officials, Zelensky and the Kremlin; the others have two or one");
    assert_eq!(by(Order::Time, true), ["met", "sent", "protested", "threatened", "accused"]);
}

#[test]
fn no_way_looks_at_all_rows() {
    let of = collection();
    let mut looked = 0;
    let fields: Vec<_> = FIELDS.iter().chain(&MORE).collect();
    for (name, change, _) in &fields {
        for (other, second, _) in &fields {
            for order in [Order::Time, Order::Sources, Order::Reports] {
                let mut filter = made(*change);
                second(&mut filter);
                let page = Page { order, after: Some("met".into()), ..Page::default() };
                let Ok(plans) = explained(&of, &filter, &page) else { continue };
                for (sql, plan) in plans {
                    looked += 1;
                    for line in &plan {
                        assert!(bounded(line), "{name} and {other}: {plan:#?}\n{sql}");
                    }
                }
            }
        }
    }
    assert!(looked > 1_000);
}

/// Whether a line of a plan is a look-up, a walk that a limit ends, or of what is small.
fn bounded(line: &str) -> bool {
    if !line.contains("SCAN") {
        return true;
    }
    let ordered = ["event_by_time", "event_by_sources", "event_by_reports", "event_by_long_time"];
    ordered.iter().any(|index| line.contains(index))
        || line.contains("VIRTUAL TABLE INDEX")
        || line.contains("CONSTANT ROW")
        || line.contains("SCAN (subquery")
}

#[test]
fn pages_join_to_the_whole() {
    let of = collection();
    for order in [Order::Time, Order::Sources, Order::Reports] {
        for reverse in [false, true] {
            let whole = keys(&of, &Filter::default(), &Page { order, reverse, ..Page::default() });
            let mut after = None;
            let mut joined = Vec::new();
            loop {
                let page = Page { limit: 2, order, reverse, after };
                let found = events(&of, &Filter::default(), &page).unwrap();
                joined.extend(found.events.into_iter().map(|event| event.key));
                after = found.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(joined, whole, "{order:?} {reverse}");
        }
    }
}

/// The rows of pages that end where so much work is spent, one after the other.
fn in_steps(of: &Collection, filter: &Filter, page: &Page, work: i64) -> Vec<i64> {
    let mut page = page.clone();
    let mut rows = Vec::new();
    loop {
        let found = find_with(of, filter, &page, Way::Best, work).unwrap();
        rows.extend(found.rows);
        match found.stopped {
            Some(key) => assert_ne!(page.after.replace(key.clone()), Some(key), "it goes on"),
            None => return rows,
        }
    }
}

/// An event by numbers: its first day and length, whether either end is known, type, status and parties.
type Drawn = (u8, u8, u8, u8, u8, u8);

const PARTIES: [&str; 5] = ["kim", "lavrov", "UKR", "IDN", "warga"];

fn day(number: u16) -> String {
    let first = jiff::civil::date(2025, 1, 1);
    first.checked_add(jiff::Span::new().days(i64::from(number))).unwrap().to_string()
}

fn drawn((first, length, ends, kind, status, parties): Drawn) -> Report {
    let first = u16::from(first);
    let earliest = (ends & 3 != 1).then(|| day(first));
    let latest = (ends & 3 != 2).then(|| day(first + u16::from(length)));
    let kinds = [EventType::Aid, EventType::Consult, EventType::Assault];
    let pick = |number: u8| PARTIES[usize::from(number) % PARTIES.len()];
    let time = (ends != 0).then(|| between(earliest.as_deref(), latest.as_deref()));
    Report {
        time,
        status: Status::ALL[usize::from(status) % 4],
        ..report("reuters", kinds[usize::from(kind) % 3], &[pick(parties)], &[pick(parties / 16)])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_found_is_what_the_filter_says(
        all in prop::collection::vec(any::<Drawn>(), 1..40),
        (from, length) in (0_u16..300, 0_u16..120),
        kind in prop::option::of(0_usize..3),
        country in prop::option::of(0_usize..4),
        reverse in any::<bool>(),
    ) {
        let names: Vec<String> = (0..all.len()).map(|at| format!("k{at:02}")).collect();
        let stories: Vec<(&str, Vec<Report>)> =
            all.iter().zip(&names).map(|(one, name)| (name.as_str(), vec![drawn(*one)])).collect();
        let window = days(&day(from), &day(from + length));
        let kinds = [EventType::Aid, EventType::Consult, EventType::Assault];
        let countries = ["PRK", "RUS", "UKR", "IDN"];
        let filter = Filter {
            time: window.clone(),
            types: kind.map(|at| kinds[at]).into_iter().collect(),
            countries: country.map(|at| countries[at].to_owned()).into_iter().collect(),
            ..Filter::default()
        };
        let meant = |report: &Report| {
            let Some(time) = &report.time else { return false };
            let begins = time.earliest.as_deref().is_none_or(|day| Some(day) <= window.to.as_deref());
            let ends = time.latest.as_deref().is_none_or(|day| Some(day) >= window.from.as_deref());
            let of_country = |code: &str| report.actor.iter().chain(&report.recipient).any(|party| party.country.as_deref() == Some(code));
            (time.earliest.is_some() || time.latest.is_some()) && begins && ends
                && kind.is_none_or(|at| report.kind == kinds[at]) && country.is_none_or(|at| of_country(countries[at]))
        };
        let mut expected: Vec<_> = stories.iter().filter(|(_, reports)| meant(&reports[0])).map(|(name, reports)| {
            let time = reports[0].time.clone();
            let (earliest, latest) = time.map(|time| (time.earliest, time.latest)).unwrap_or_default();
            (earliest.is_none(), earliest, latest, (*name).to_owned())
        }).collect();
        expected.sort();
        if reverse {
            expected.reverse();
            expected.sort_by_key(|(unknown, ..)| *unknown);
        }
        let expected: Vec<String> = expected.into_iter().map(|(.., name)| name).collect();
        let of = filled(stories);
        let page = Page { reverse, ..Page::default() };
        prop_assert_eq!(&keys(&of, &filter, &page), &expected);
        let ways = every_way(&of, &filter, &page);
        prop_assert!(ways.iter().all(|(_, rows)| rows == &ways[0].1), "{:?}", ways);
        if let Some(after) = expected.first() {
            let rest = keys(&of, &filter, &Page { reverse, after: Some(after.clone()), ..Page::default() });
            prop_assert_eq!(&rest[..], &expected[1..]);
        }
        for order in [Order::Time, Order::Sources] {
            let page = Page { order, ..page.clone() };
            let whole = find_with(&of, &filter, &page, Way::Best, 1_000_000).unwrap();
            prop_assert_eq!(in_steps(&of, &filter, &page, 60), whole.rows, "{:?}", order);
        }
    }
}

/// A collection of so many events in which half are of one type, half of one status, and none are of both; each is of a day
/// of its own, and has one of a thousand places.
fn wide(events: u32) -> Collection {
    let of = collection();
    of.db
        .execute_batch(&format!(
            "WITH RECURSIVE n (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM n WHERE n < {events})
             INSERT INTO event (id, key, type, quad, status, certainty, earliest, latest, moment, first_published,
                 last_published, reports, articles, sources, languages, review, summary)
             SELECT n, printf('%08x', n), iif(n % 2, 'AID', 'ASSAULT'), '', iif(n % 2, 'actual', 'negated'), 'certain',
                 '2025-01-01', '2025-01-01', n << 40, '2025-01-01', '2025-01-01', 1, 1, 1, '[\"en\"]', 'unreviewed', '{{}}' FROM n;
             INSERT INTO place (event, key, name, country, moment)
             SELECT id, 'p' || (id * 7919 % 1000), 'p', iif(id % 2, 'KEN', 'PER'), moment FROM event WHERE id >= 100;
             ANALYZE"
        ))
        .unwrap();
    of
}

/// Thousands of steps of `SQLite`'s machine that a question takes.
fn steps(of: &mut Collection, filter: &Filter, page: &Page) -> u64 {
    let steps = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&steps);
    of.db
        .progress_handler(
            1_000,
            Some(move || {
                count.fetch_add(1, Ordering::Relaxed);
                false
            }),
        )
        .unwrap();
    find_with(of, filter, page, Way::Best, 4_000).unwrap();
    of.db.progress_handler(0, None::<fn() -> bool>).unwrap();
    steps.load(Ordering::Relaxed)
}

#[test]
fn what_is_looked_at_does_not_grow_with_the_collection() {
    const NARROW: [Change; 6] = [
        |f| (f.types, f.statuses) = (vec![EventType::Aid], vec![Status::Negated]),
        |f| (f.types, f.place_countries) = (vec![EventType::Aid], vec!["PER".into()]),
        |f| (f.statuses, f.place_countries) = (vec![Status::Actual], vec!["PER".into()]),
        |f| (f.places, f.types) = (vec!["p7".into()], vec![EventType::Assault]),
        |f| (f.source_kinds, f.types) = (vec![Told::By(SourceKind::Expert)], vec![EventType::Aid]),
        |f| f.words = Some("nobody wrote this".into()),
    ];
    let mut collections = [wide(10_000), wide(40_000)];
    for change in NARROW {
        for order in [Order::Time, Order::Sources, Order::Reports] {
            for reverse in [false, true] {
                let page = Page { order, reverse, ..Page::default() };
                let [few, many] = [0, 1].map(|at| steps(&mut collections[at], &made(change), &page));
                assert!(many < 300 && many <= 2 * few + 100, "{order:?} {reverse} {:?}: {few}, {many}", made(change));
            }
        }
    }
}

#[test]
fn an_answer_that_ends_where_the_work_is_spent_says_so_and_can_be_gone_on_with() {
    let of = wide(20_000);
    let mut filter = made(|f| (f.types, f.statuses) = (vec![EventType::Aid], vec![Status::Negated]));
    for reverse in [false, true] {
        let page = Page { reverse, ..Page::default() };
        let found = find_with(&of, &filter, &page, Way::Best, 10_000).unwrap();
        assert!(found.rows.is_empty() && found.stopped.is_some());
        assert_eq!(in_steps(&of, &filter, &page, 10_000), [] as [i64; 0]);
    }
    filter.statuses = vec![Status::Actual];
    assert_eq!(
        find_with(&of, &filter, &Page::default(), Way::Best, 10_000).unwrap().stopped,
        None,
        "many are as asked for"
    );
}
