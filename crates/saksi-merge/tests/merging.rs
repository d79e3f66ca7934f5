//! What merging must hold whatever the reports: order, batches, direction, decisions of persons; how single fields decide.

use proptest::prelude::*;
use saksi_merge::{
    Figure, Hand, Interval, Party, Place, Report, Review, THRESHOLD, Voice, blocks, cluster, event, likeness, linked,
};
use saksi_record::{ActorKind, Certainty, EventType, SourceKind, Span, Stance, Status};

use made::{attack, day, dead, party, person, report, state, town};

mod made;

fn voice(key: &str) -> Voice {
    Voice {
        key: Some(key.into()),
        name: Some(key.into()),
        kind: SourceKind::Government,
        stance: Stance::Asserts,
        cue: None,
        channel: None,
    }
}

/// Whether the change to the second of two reports of one act keeps them one.
fn stays_one(first: fn(&str) -> Report, change: impl Fn(&mut Report)) -> bool {
    let (one, mut other) = (first("a"), first("b"));
    change(&mut other);
    linked(&one, &other)
}

#[test]
fn what_outlets_differ_in_does_not_part_an_event() {
    assert!(stays_one(report, |_| {}));
    assert!(stays_one(report, |r| r.status = Status::Negated), "denied");
    assert!(stays_one(report, |r| r.certainty = Certainty::Possible), "less sure");
    assert!(stays_one(report, |r| r.time = None), "no day told");
    assert!(stays_one(report, |r| r.actor = vec![person("lavrov", "RUS")]), "one of two named");
    let met = |article: &str| Report { act: Some("meet".into()), ..report(article) };
    assert!(stays_one(met, |r| r.actor = vec![state("PRK"), state("RUS")]), "their states, of an act worded alike");
    assert!(stays_one(report, |r| r.language = "id".into()), "another language");
    assert!(
        stays_one(report, |r| {
            r.kind = EventType::Agree;
            r.status = Status::Future;
            r.published = Some("2025-07-10".into());
        }),
        "planned, then held"
    );
    assert!(stays_one(attack, |r| r.recipient = Vec::new()), "whom it hit is left out");
    let mut one = attack("a");
    one.figures = vec![dead(11.0)];
    let mut other = attack("b");
    other.figures = vec![dead(14.0)];
    assert!(linked(&one, &other), "another toll");
}

#[test]
fn another_day_place_or_party_is_another_event() {
    assert!(!stays_one(report, |r| r.time = day("2025-07-05")), "another week");
    assert!(!stays_one(report, |r| r.actor = vec![person("kim", "PRK"), person("xi", "CHN")]), "another guest");
    assert!(!stays_one(report, |r| r.actor = vec![person("choe", "PRK"), person("lavrov", "RUS")]), "another host");
    assert!(!stays_one(report, |r| r.kind = EventType::Assault), "another act");
    assert!(!stays_one(attack, |r| r.place = vec![town("odesa", "UKR", 46.48, 30.73)]), "another city");
    assert!(!stays_one(attack, |r| r.actor = vec![state("UKR")]), "the other side");
    assert!(!stays_one(attack, |r| r.time = day("2025-07-07")), "days before");
}

#[test]
fn without_a_day_only_strong_agreement_merges() {
    let undated = |r: &mut Report| {
        r.time = None;
        r.published = None;
    };
    let (mut one, mut other) = (attack("a"), attack("b"));
    one.place.clear();
    other.place.clear();
    undated(&mut one);
    undated(&mut other);
    assert!(!linked(&one, &other), "two states and no day");
    let (mut one, mut other) = (report("a"), report("b"));
    undated(&mut one);
    undated(&mut other);
    one.marks = vec![4, 8, 12];
    other.marks = vec![4, 8, 12];
    assert!(linked(&one, &other), "two people, and the same names around them");
}

#[test]
fn two_acts_of_one_article_stay_two() {
    let first = attack("a");
    let mut second = attack("a");
    second.key = "a:300-306:ASSAULT".to_owned();
    second.sentence = Span { start: 600, end: 700 };
    second.place = vec![town("odesa", "UKR", 46.48, 30.73)];
    assert!(likeness(&first, &second).is_ruled_out());
    let mut again = attack("a");
    again.key = "a:10-16:ASSAULT".to_owned();
    again.sentence = Span { start: 0, end: 60 };
    again.headline = true;
    let first = Report { first: true, ..first };
    assert!(linked(&again, &first), "the headline tells it too");
    let mut toll = attack("a");
    toll.key = "a:500-506:ASSAULT".to_owned();
    toll.sentence = Span { start: 700, end: 760 };
    toll.figures = vec![dead(3.0)];
    let mut other_toll = toll.clone();
    other_toll.key = "a:800-806:ASSAULT".to_owned();
    other_toll.sentence = Span { start: 790, end: 860 };
    other_toll.figures = vec![dead(9.0)];
    assert!(likeness(&toll, &other_toll).is_ruled_out(), "two tolls in one article are of two attacks");
}

#[test]
fn an_attack_and_its_answer_are_two() {
    let words: Vec<u64> = (1..=4).collect();
    let by = |article: &str, actor: Vec<Party>, recipient: Vec<Party>| Report {
        actor,
        recipient,
        words: words.clone(),
        ..attack(article)
    };
    let strike = by("a", vec![state("RUS")], Vec::new());
    assert!(linked(&strike, &by("b", vec![state("RUS")], Vec::new())), "told twice");
    assert!(!linked(&strike, &by("b", Vec::new(), vec![state("RUS")])), "the other way round");
}

#[test]
fn what_one_says_of_two_affairs_is_two() {
    let call = |article: &str, about: &str| Report {
        key: format!("{article}:100-106:REQUEST"),
        kind: EventType::Request,
        act: Some("ask".into()),
        actor: vec![party("Q7159", ActorKind::Organization, None)],
        about: Some(about.into()),
        time: None,
        ..report(article)
    };
    assert!(linked(&call("a", "SDN"), &call("b", "SDN")));
    assert!(!linked(&call("a", "SDN"), &call("b", "MLI")));
    let likeness = likeness(&call("a", "SDN"), &call("b", "MLI"));
    assert!(likeness.parts.iter().any(|part| part.field == "about" && part.weight < 0.0));
}

#[test]
fn gunmen_may_be_of_the_group_that_another_names() {
    let group = |name: &str, country: Option<&str>, sector: &str| Party {
        sector: Some(sector.into()),
        ..party(name, ActorKind::Organization, country)
    };
    let weight = |one: Party, other: Party| {
        let by = |article: &str, actor: Party| Report { actor: vec![actor], ..attack(article) };
        let likeness = likeness(&by("a", one), &by("b", other));
        likeness.parts.iter().find(|part| part.field == "actor").unwrap().weight
    };
    let gunmen = || group("some::UAF", None, "UAF");
    assert!(weight(gunmen(), group("jnim", Some("MLI"), "REB")) > 0.0);
    assert!(weight(gunmen(), group("unicef", None, "IGO")) <= 0.0);
}

#[test]
fn a_denial_is_of_what_its_article_told() {
    let told = attack("a");
    let later = |status: Status| Report {
        key: "a:500-506:ASSAULT".to_owned(),
        sentence: Span { start: 420, end: 480 },
        trigger: Span { start: 430, end: 436 },
        recipient: Vec::new(),
        place: Vec::new(),
        status,
        ..attack("a")
    };
    let article = |report: &Report| {
        let likeness = likeness(&told, report);
        likeness.parts.iter().find(|part| part.field == "article").unwrap().weight
    };
    assert!(article(&later(Status::Negated)) > article(&later(Status::Actual)) + 1.0);
    assert!(linked(&told, &later(Status::Negated)));
}

#[test]
fn two_sources_of_one_article_may_differ() {
    let toll = |at: u32, count: f64, source: &str| Report {
        key: format!("a:{at}-{}:ASSAULT", at + 6),
        sentence: Span { start: at, end: at + 60 },
        figures: vec![dead(count)],
        sources: vec![voice(source)],
        ..attack("a")
    };
    assert!(likeness(&toll(0, 9.0, "mayor"), &toll(90, 11.0, "mayor")).is_ruled_out());
    assert!(!likeness(&toll(0, 9.0, "mayor"), &toll(90, 11.0, "governor")).is_ruled_out());
}

#[test]
fn a_place_named_with_the_one_it_lies_in_is_no_difference() {
    let strip = || town("strip", "PSE", 31.5, 34.47);
    let camp = || town("camp", "PSE", 31.42, 34.35);
    let at = |place: fn() -> Place, near: Vec<Place>| {
        move |r: &mut Report| {
            r.place = vec![place()];
            r.near_place = near.clone();
        }
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(fields(&[&at(strip, Vec::new()), &at(camp, Vec::new())]), ["place"]);
    assert_eq!(fields(&[&at(strip, Vec::new()), &at(camp, vec![strip()])]), none);
    let named = |r: &mut Report| {
        r.place.clear();
        r.near_place = vec![strip()];
    };
    assert_eq!(fields(&[&named, &at(camp, Vec::new())]), ["place"], "named by the sentence alone");
}

#[test]
fn decisions_of_a_person_win() {
    let same =
        |one: &str, other: &str| Hand::Same(format!("{one}:100-106:CONSULT"), format!("{other}:100-106:CONSULT"));
    let apart =
        |one: &str, other: &str| Hand::Apart(format!("{one}:100-106:CONSULT"), format!("{other}:100-106:CONSULT"));
    let mut stranger = report("c");
    stranger.time = day("2024-01-01");
    stranger.historical = true;
    let reports = [report("a"), report("b"), stranger];
    assert_eq!(cluster(&reports, &[]), [vec![0, 1], vec![2]]);
    assert_eq!(cluster(&reports, &[apart("a", "b")]), [vec![0], vec![1], vec![2]]);
    assert_eq!(cluster(&reports, &[same("a", "c")]), [vec![0, 2], vec![1]], "b is not alike to both");
    assert_eq!(cluster(&reports, &[same("a", "c"), same("b", "c")]), [vec![0, 1, 2]]);
    assert_eq!(cluster(&reports, &[apart("a", "b"), same("a", "b")]), [vec![0, 1], vec![2]], "the later holds");
    let chain = [same("a", "c"), same("b", "c"), apart("a", "b")];
    let groups = cluster(&reports, &chain);
    assert!(!groups.iter().any(|group| group.contains(&0) && group.contains(&1)), "what is apart stays so: {groups:?}");
    assert_eq!(cluster(&reports, &[same("a", "nobody")]), [vec![0, 1], vec![2]]);
}

#[test]
fn a_rejected_report_is_alone_and_counts_for_nothing() {
    let mut wrong = report("b");
    wrong.review = Review::Rejected;
    let reports = [report("a"), wrong, report("c")];
    assert_eq!(cluster(&reports, &[]), [vec![0, 2], vec![1]]);
    let all: Vec<&Report> = reports.iter().collect();
    assert_eq!((event(&all).reports, event(&all).articles), (2, 2));
    assert_eq!(event(&all[1..2]).review, Review::Rejected);
}

#[test]
fn sources_are_counted_not_outlets() {
    let count = |change: &dyn Fn(&mut [Report])| {
        let mut reports = [report("a"), report("b"), report("c")];
        change(&mut reports);
        event(&reports.iter().collect::<Vec<_>>()).sources
    };
    assert_eq!(count(&|_| {}), 3, "three outlets in their own voice");
    assert_eq!(count(&|r| r[1].witness = "a".to_owned()), 2, "one is a copy");
    assert_eq!(count(&|r| r.iter_mut().for_each(|r| r.sources = vec![voice("KCNA")])), 1, "all quote one source");
    assert_eq!(
        count(&|r| {
            r[0].sources = vec![voice("Kim"), voice("KCNA")];
            r[1].sources = vec![voice("KCNA")];
            r[2].sources = vec![voice("Lavrov")];
        }),
        2,
        "a chain goes back to the same source"
    );
    assert_eq!(
        count(&|r| {
            r[1].article = "a".to_owned();
            r[1].witness = "a".to_owned();
            r[1].sources = vec![voice("Kim")];
        }),
        2,
        "what an article says in its own voice beside a source is the source's"
    );
}

#[test]
fn an_event_says_what_most_of_its_sources_say() {
    let mut planned = report("a");
    planned.status = Status::Future;
    planned.kind = EventType::Agree;
    planned.published = Some("2025-07-10".into());
    let (held, mut denied) = (report("b"), report("c"));
    denied.status = Status::Negated;
    denied.sources = vec![voice("Lavrov")];
    let one = event(&[&planned, &held, &report("d"), &denied]);
    assert_eq!((one.kind, one.status), (EventType::Consult, Status::Actual));
    assert_eq!(one.published, Some(("2025-07-10".into(), "2025-07-13".into())));
    let status = one.differences.iter().find(|difference| difference.field == "status").unwrap();
    let values: Vec<(&str, usize)> = status.opinions.iter().map(|o| (o.value.as_str(), o.reports.len())).collect();
    assert_eq!(values, [("actual", 2), ("future", 1), ("negated", 1)]);
    assert_eq!(status.opinions[2].by, ["Lavrov"], "who denies it");
    assert!((status.disagreement - 0.5).abs() < 1e-9, "1 - 2 of 4, as eventreport counts: {}", status.disagreement);
    assert_eq!(event(&[&planned]).status, Status::Future);
    assert_eq!(event(&[&denied, &held, &planned, &report("d")]), one, "the order does not matter");
}

/// The differences of attacks that are told with these changes.
fn fields(changes: &[&dyn Fn(&mut Report)]) -> Vec<String> {
    let reports: Vec<Report> = changes
        .iter()
        .enumerate()
        .map(|(at, change)| {
            let mut report = attack(&format!("article{at}"));
            change(&mut report);
            report
        })
        .collect();
    event(&reports.iter().collect::<Vec<_>>())
        .differences
        .into_iter()
        .map(|difference| difference.field.into())
        .collect()
}

#[test]
fn only_what_cannot_both_be_true_is_a_difference() {
    let figure = |value: Option<f64>, low: Option<f64>, about: bool| {
        move |r: &mut Report| {
            r.figures = vec![Figure { unit: "dead".into(), value, low, high: None, about }];
        }
    };
    let exact = |value: f64| figure(Some(value), None, false);
    let none: Vec<String> = Vec::new();
    assert_eq!(fields(&[&exact(11.0), &exact(14.0)]), ["figure:dead"]);
    assert_eq!(fields(&[&exact(11_000.0), &figure(Some(11_000.0), None, true)]), none);
    assert_eq!(fields(&[&figure(None, Some(10.0), false), &exact(12.0)]), none, "at least 10, and 12");
    assert_eq!(fields(&[&figure(None, Some(20.0), false), &exact(12.0)]), ["figure:dead"], "at least 20, and 12");
    let time = |first: &'static str, last: &'static str| {
        move |r: &mut Report| {
            r.time = Some(Interval { value: None, earliest: Some(first.into()), latest: Some(last.into()) });
        }
    };
    assert_eq!(
        fields(&[&time("2025-07-01", "2025-07-31"), &time("2025-07-12", "2025-07-12")]),
        none,
        "a day in its month"
    );
    assert_eq!(fields(&[&time("2025-07-11", "2025-07-11"), &time("2025-07-12", "2025-07-12")]), ["time"]);
    let at = |place: fn() -> Place| move |r: &mut Report| r.place = vec![place()];
    let ukraine = || Place { key: "UKR".into(), name: "Ukraine".into(), ..town("x", "UKR", 50.45, 30.52) };
    assert_eq!(fields(&[&at(ukraine), &|_| {}]), none, "a town in its state");
    assert_eq!(fields(&[&at(|| town("chuhuiv", "UKR", 49.84, 36.69)), &|_| {}]), ["place"]);
    assert_eq!(fields(&[&|r| r.actor = vec![state("BLR")], &|_| {}]), ["actor"]);
    assert_eq!(fields(&[&|r| r.actor = vec![person("putin", "RUS")], &|_| {}]), none, "who acts for a state");
    assert_eq!(fields(&[&|r| r.certainty = Certainty::Possible, &|_| {}]), ["certainty"]);
    assert_eq!(fields(&[&|r| r.mode = Some("drone".into()), &|r| r.mode = Some("aerial".into())]), ["mode"]);
}

#[test]
fn a_report_stands_in_few_blocks() {
    for report in [report("a"), attack("a")] {
        let blocks = blocks(&report);
        assert!((1..=12).contains(&blocks.len()), "{}", blocks.len());
        assert!(blocks.is_sorted());
    }
    let mut empty = report("a");
    empty.actor.clear();
    assert_eq!(blocks(&empty).len(), 1, "only its article's own");
}

prop_compose! {
    /// Reports out of a small world, so that many are alike.
    fn any_report()(
        article in 0..12_u32,
        at in 0..6_u32,
        kind in prop::sample::select(vec![EventType::Consult, EventType::Agree, EventType::Assault]),
        actor in prop::collection::vec(0..5_usize, 0..3),
        recipient in prop::collection::vec(0..5_usize, 0..2),
        on in prop::option::of(1..15_u32),
        published in prop::option::of(10..20_u32),
        place in prop::option::of(0..3_usize),
        deaths in prop::option::of(1..20_u32),
        headline in any::<bool>(),
        status in prop::sample::select(Status::ALL.to_vec()),
        marks in prop::collection::btree_set((0..12_u64).prop_map(|mark| mark * 4), 0..5),
        rejected in prop::bool::weighted(0.1),
    ) -> Report {
        let parties = [state("RUS"), state("UKR"), person("kim", "PRK"), person("lavrov", "RUS"), state("PRK")];
        let towns = [town("kharkiv", "UKR", 49.99, 36.23), town("odesa", "UKR", 46.48, 30.73), town("kursk", "RUS", 51.73, 36.19)];
        let article = format!("article{article}");
        Report {
            key: format!("{article}:{at}:{kind}"),
            witness: article.clone(),
            kind,
            quad: kind.quad(),
            actor: actor.into_iter().map(|at| parties[at].clone()).collect(),
            recipient: recipient.into_iter().map(|at| parties[at].clone()).collect(),
            time: on.and_then(|on| day(&format!("2025-07-{on:02}"))),
            published: published.map(|day| format!("2025-07-{day:02}")).map(Into::into),
            place: place.into_iter().map(|at| towns[at].clone()).collect(),
            figures: deaths.into_iter().map(|deaths| dead(f64::from(deaths))).collect(),
            headline,
            status,
            sentence: Span { start: at * 300, end: at * 300 + 200 },
            marks: marks.into_iter().collect(),
            review: if rejected { Review::Rejected } else { Review::Unreviewed },
            ..report(&article)
        }
    }
}

/// Reports with unlike keys.
fn any_reports() -> impl Strategy<Value = Vec<Report>> {
    prop::collection::vec(any_report(), 0..40).prop_map(|mut reports| {
        reports.sort_by(|one, other| one.key.cmp(&other.key));
        reports.dedup_by(|one, other| one.key == other.key);
        reports
    })
}

fn by_key(reports: &[Report], groups: Vec<Vec<usize>>) -> Vec<Vec<String>> {
    groups.into_iter().map(|group| group.into_iter().map(|at| reports[at].key.clone()).collect()).collect()
}

/// The parts of a set that no link joins.
fn parts(reports: &[Report], hand: &[Hand]) -> Vec<Vec<Report>> {
    let mut part: Vec<usize> = (0..reports.len()).collect();
    let is_same = |one: &Report, other: &Report| {
        hand.iter().any(|hand| match hand {
            Hand::Same(a, b) => (a, b) == (&one.key, &other.key) || (b, a) == (&one.key, &other.key),
            Hand::Apart(..) => false,
        })
    };
    for one in 0..reports.len() {
        for other in 0..one {
            if linked(&reports[one], &reports[other]) || is_same(&reports[one], &reports[other]) {
                let (from, to) = (part[one], part[other]);
                part.iter_mut().filter(|part| **part == from).for_each(|part| *part = to);
            }
        }
    }
    let mut numbers = part.clone();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .map(|number| (0..reports.len()).filter(|&at| part[at] == number).map(|at| reports[at].clone()).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn likeness_has_no_direction(one in any_report(), other in any_report()) {
        let (forth, back) = (likeness(&one, &other), likeness(&other, &one));
        if one.key != other.key {
            prop_assert_eq!(&forth, &back);
        }
        prop_assert!((0.0..=1.0).contains(&forth.score));
        let total: f64 = forth.parts.iter().map(|part| part.weight).sum();
        prop_assert_eq!(forth.score >= THRESHOLD, total >= (THRESHOLD / (1.0 - THRESHOLD)).ln(), "the parts explain the score");
    }

    #[test]
    fn the_order_of_reports_does_not_matter(
        (reports, shuffled) in any_reports().prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle())),
        hands in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4),
    ) {
        let hand = decisions(&reports, &hands);
        let groups = by_key(&reports, cluster(&reports, &hand));
        prop_assert_eq!(&groups, &by_key(&shuffled, cluster(&shuffled, &hand)));
        let mut all: Vec<&String> = groups.iter().flatten().collect();
        all.sort();
        prop_assert!(all.iter().zip(&reports).all(|(key, report)| **key == report.key), "each report is in one group");
        prop_assert_eq!(all.len(), reports.len());
    }

    #[test]
    fn parts_that_no_link_joins_are_grouped_alike_alone_and_together(
        reports in any_reports(),
        hands in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4),
    ) {
        let hand = decisions(&reports, &hands);
        let together = by_key(&reports, cluster(&reports, &hand));
        let mut alone: Vec<Vec<String>> =
            parts(&reports, &hand).iter().flat_map(|part| by_key(part, cluster(part, &hand))).collect();
        alone.sort();
        prop_assert_eq!(together, alone);
    }

    #[test]
    fn what_is_kept_apart_is_apart(reports in any_reports(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        prop_assume!(reports.len() > 1);
        let (one, other) = (one.get(&reports).key.clone(), other.get(&reports).key.clone());
        prop_assume!(one != other);
        let apart = by_key(&reports, cluster(&reports, &[Hand::Apart(one.clone(), other.clone())]));
        prop_assert!(!apart.iter().any(|group| group.contains(&one) && group.contains(&other)));
        let same = by_key(&reports, cluster(&reports, &[Hand::Same(one.clone(), other.clone())]));
        prop_assert!(same.iter().any(|group| group.contains(&one) && group.contains(&other)));
    }

    #[test]
    fn an_event_is_a_function_of_the_set((reports, shuffled) in any_reports().prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle()))) {
        prop_assume!(!reports.is_empty());
        let (one, other) = (event(&reports.iter().collect::<Vec<_>>()), event(&shuffled.iter().collect::<Vec<_>>()));
        prop_assert_eq!(&one, &other);
        prop_assert!(one.sources <= one.reports && one.articles <= one.reports);
        for difference in &one.differences {
            prop_assert!(difference.opinions.len() > 1);
            prop_assert!(difference.disagreement > 0.0 && difference.disagreement < 1.0);
        }
    }
}

fn decisions(reports: &[Report], hands: &[(bool, prop::sample::Index, prop::sample::Index)]) -> Vec<Hand> {
    if reports.is_empty() {
        return Vec::new();
    }
    hands
        .iter()
        .map(|(same, one, other)| {
            let (one, other) = (one.get(reports).key.clone(), other.get(reports).key.clone());
            if *same { Hand::Same(one, other) } else { Hand::Apart(one, other) }
        })
        .collect()
}
