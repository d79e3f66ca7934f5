//! Where the publication day comes from, what stays open without it, and what is noted.

mod common;

use saksi_lang::Pack;
use saksi_record::{Basis, Published};
use saksi_time::{Lead, Rules, Times, resolve};
use saksi_tree::{Span, Text};

fn read(code: &str, text: &str, published: Option<&str>, dateline: Option<&str>) -> Times {
    let rules = Rules::compile(&Pack::builtin(code).unwrap()).unwrap();
    let whole = Text::new(dateline.map_or_else(|| text.to_owned(), |line| format!("{line}\n{text}")));
    let mut analysis = common::split(&whole, false);
    let span = dateline.map(|line| Span::new(0, line.chars().count() as u32));
    if span.is_some() {
        analysis.sentences.remove(0); // a dateline is no sentence
    }
    let basis = if published.is_some() { Basis::Given } else { Basis::None };
    resolve(&whole, &analysis, Published { value: published.map(str::to_owned), basis }, span, &rules)
}

#[test]
fn a_given_day_is_kept() {
    let times = read("en", "He left on Monday.", Some("2025-07-16"), Some("LIMA, July 1, 2020"));
    assert_eq!(times.published, Published { value: Some("2025-07-16".into()), basis: Basis::Given });
    assert_eq!(times.found[0].time.value.as_deref(), Some("2025-07-14"));
}

#[test]
fn a_dateline_dates_the_article() {
    let times = read("id", "Ia tiba kemarin.", None, Some("Jakarta, 22 Juni 2025"));
    assert_eq!(times.published, Published { value: Some("2025-06-22".into()), basis: Basis::Text });
    assert_eq!(times.found[0].time.value.as_deref(), Some("2025-06-21"));
    assert!(times.notes.is_empty());
}

#[test]
fn the_day_of_an_act_is_reported_but_dates_nothing() {
    let times = read("id", "Ia ditembak pada Rabu (15/5/2024). Ia terpilih bulan lalu.", None, None);
    assert_eq!(times.published, Published { value: Some("2024-05-15".into()), basis: Basis::Text });
    assert_eq!(times.found[1].time.value, None);
    assert!(times.notes[0].message.contains("publication date would resolve"), "{:?}", times.notes);
}

#[test]
fn without_any_date_nothing_is_guessed() {
    let times = read("en", "He left on Monday.", None, None);
    assert_eq!(times.published, Published { value: None, basis: Basis::None });
    assert_eq!(times.found[0].time.earliest, None);
    assert_eq!(times.notes.len(), 1);
}

#[test]
fn a_weekday_that_contradicts_its_date_is_noted() {
    let times = read("en", "It was signed on Monday, 17 January 2025.", Some("2025-07-16"), None);
    assert_eq!(times.found[0].time.value.as_deref(), Some("2025-01-17"));
    assert_eq!(times.notes.len(), 1);
    let times = read("id", "Ia tiba, Senin (15/7/2025).", Some("2025-07-16"), None);
    assert_eq!(times.found[0].time.value.as_deref(), Some("2025-07-15"));
    assert_eq!(times.notes.len(), 1);
}

#[test]
fn the_word_before_bounds_the_act() {
    let lead = |code: &str, text: &str| read(code, text, Some("2025-07-16"), None).found[0].lead;
    assert_eq!(lead("en", "It has held since about 2019."), Lead::Since);
    assert_eq!(lead("en", "It lasts until late August."), Lead::Until);
    assert_eq!(lead("en", "It must end by Friday."), Lead::Until);
    assert_eq!(lead("en", "It ended before Friday."), Lead::Before);
    assert_eq!(lead("en", "It ended after Friday."), Lead::After);
    assert_eq!(lead("en", "It ended in 2019."), Lead::At);
    assert_eq!(lead("en", "It ended in three days."), Lead::During);
    assert_eq!(lead("id", "Ia ditahan sejak hari Senin."), Lead::Since);
    assert_eq!(lead("id", "Ia ditahan hingga sekitar Agustus 2026."), Lead::Until);
    assert_eq!(lead("id", "Ia ditahan selama sekitar 19 bulan."), Lead::During);
    assert_eq!(lead("id", "Ia ditahan pada 2019."), Lead::At);
    assert_eq!(lead("id", "Ia ditahan setelah 19 bulan."), Lead::After);
}

#[test]
fn part_of_a_stretch_bounds_less_than_its_value() {
    let times = read("en", "It ended in late April 2023.", None, None);
    let time = &times.found[0].time;
    assert_eq!(time.value.as_deref(), Some("2023-04"));
    assert_eq!((time.earliest.as_deref(), time.latest.as_deref()), (Some("2023-04-21"), Some("2023-04-30")));
}

#[test]
fn a_past_length_ends_at_publication() {
    let times = read("id", "Pasukan dikirim dalam setahun terakhir.", Some("2025-07-13"), None);
    let time = &times.found[0].time;
    assert_eq!((time.earliest.as_deref(), time.latest.as_deref()), (Some("2024-07-13"), Some("2025-07-13")));
}
