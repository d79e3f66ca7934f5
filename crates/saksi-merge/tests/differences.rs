//! What counts as a difference between reports of one event, and what does not.

use saksi::{Packs, RawArticle, read};
use saksi_lang::Pack;
use saksi_merge::{Figure, Gazetteer, Report, event, reports};
use saksi_record::{Certainty, Status};

/// An attack as one article tells it, without figures.
fn attack(article: &str) -> Report {
    let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
    let gazetteer = Gazetteer::compile(&Pack::builtin("world").unwrap(), &packs).unwrap();
    let text = "Russian drones struck a market in Kharkiv on Saturday.".as_bytes();
    let raw = RawArticle { bytes: text, published: Some("2026-04-19"), ..RawArticle::default() };
    let record = read(&raw, &Packs::builtin()).unwrap();
    let found = reports(&record, article, &gazetteer).into_iter().next().unwrap();
    Report { figures: Vec::new(), ..found }
}

fn exactly(value: f64, unit: &str) -> Figure {
    Figure { unit: unit.into(), value: Some(value), low: None, high: None, about: false }
}

/// The differences of two attacks, the second of them changed: each field with its values.
fn between(first: &Report, second: &Report) -> Vec<(String, Vec<String>)> {
    let told = event(&[first, second]).differences.into_iter();
    told.map(|difference| {
        (difference.field.into(), difference.opinions.into_iter().map(|of| of.value.into()).collect())
    })
    .collect()
}

fn figures(first: &[Figure], second: &[Figure]) -> Vec<(String, Vec<String>)> {
    let of = |article: &str, figures: &[Figure]| Report { figures: figures.to_vec(), ..attack(article) };
    between(&of("a", first), &of("b", second))
}

#[test]
fn fewer_in_all_than_others_count_of_some_is_a_difference() {
    let workers = exactly(40.0, "injured workers");
    let all = figures(&[exactly(25.0, "injured")], std::slice::from_ref(&workers));
    assert_eq!(all, [("figure:injured".to_owned(), vec!["25".to_owned(), "≥40".to_owned()])]);
    // There may be others beside the workers.
    assert_eq!(figures(&[exactly(60.0, "injured")], std::slice::from_ref(&workers)), []);
    // Students are no part of the workers.
    assert_eq!(figures(&[exactly(25.0, "injured students")], &[workers]), []);
}

#[test]
fn who_counts_several_contradicts_nobody_who_counts_one_of_them() {
    let several = [exactly(20.0, "percent"), exactly(10.0, "percent")];
    assert_eq!(figures(&several, &[exactly(10.0, "percent")]), []);
    assert_eq!(figures(&several, &[exactly(15.0, "percent")]).len(), 1);
}

#[test]
fn what_is_only_supposed_contradicts_nothing() {
    let with = |status| between(&attack("a"), &Report { status, ..attack("b") });
    assert_eq!(with(Status::Hypothetical), []);
    assert_eq!(with(Status::Negated).len(), 1);
    assert_eq!(with(Status::Future).len(), 1);
}

#[test]
fn how_sure_a_denial_is_says_nothing_of_the_claim() {
    let with = |status, certainty| {
        let fields = between(&attack("a"), &Report { status, certainty, ..attack("b") });
        fields.into_iter().map(|(field, _)| field).collect::<Vec<_>>()
    };
    assert_eq!(attack("a").certainty, Certainty::Certain);
    assert_eq!(with(Status::Actual, Certainty::Possible), ["certainty"]);
    assert_eq!(with(Status::Negated, Certainty::Possible), ["status"]);
}
