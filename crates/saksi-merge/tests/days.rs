//! Which days the reports of an article get that it does not date by itself.

use saksi::{Packs, RawArticle, read};
use saksi_lang::Pack;
use saksi_merge::{Gazetteer, Interval, Report, reports};

/// The reports of an article published on Thursday 18 September 2025, and its text.
fn told(text: &str) -> (Vec<Report>, Vec<char>) {
    let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
    let gazetteer = Gazetteer::compile(&Pack::builtin("world").unwrap(), &packs).unwrap();
    let raw = RawArticle { bytes: text.as_bytes(), published: Some("2025-09-18"), ..RawArticle::default() };
    let record = read(&raw, &Packs::builtin()).unwrap();
    let found = reports(&record, "a", &gazetteer);
    (found, record.text.chars().collect())
}

/// The days beside the report whose trigger holds the words.
fn near(text: &str, trigger: &str) -> Option<(String, String)> {
    let (found, letters) = told(text);
    let words = |report: &Report| -> String {
        letters[report.trigger.start as usize..report.trigger.end as usize].iter().collect()
    };
    let report = found.iter().find(|report| words(report).contains(trigger)).unwrap_or_else(|| panic!("no {trigger}"));
    let Interval { earliest, latest, .. } = report.time.clone().or_else(|| report.near_time.clone())?;
    Some((earliest?.into(), latest?.into()))
}

#[allow(clippy::unnecessary_wraps, reason = "as what it is held against")]
fn days(first: &str, last: &str) -> Option<(String, String)> {
    Some((first.to_owned(), last.to_owned()))
}

#[test]
fn an_act_is_counted_from_the_one_the_sentence_tells_first() {
    let text = "Rebels fire missile at Israel\n\nSANAA, Yemen — Yemen's Houthi rebels fired a missile at Israel on Wednesday, \
                a day after Israeli jets bombed the port of Hodeidah.\n";
    assert_eq!(near(text, "fired"), days("2025-09-17", "2025-09-17"));
    assert_eq!(near(text, "bombed"), days("2025-09-16", "2025-09-16"));
    let text = "Houthi Serang Israel\n\nSANAA – Houthi menyerang Israel pada Rabu, dua hari setelah Israel mengebom Hodeidah.\n";
    assert_eq!(near(text, "mengebom"), days("2025-09-15", "2025-09-15"));
    // a clause of its own is not counted
    let text = "Rebels fire missile at Israel\n\nSANAA, Yemen — Houthi rebels fired a missile at Israel on Wednesday, a day after \
                Israeli jets bombed Hodeidah, and Iran condemned Israel.\n";
    assert_ne!(near(text, "condemned"), days("2025-09-16", "2025-09-16"));
}

#[test]
fn what_has_no_day_is_of_the_news() {
    let text = "Army arrests 12 people\n\nBAMAKO, Mali — Mali's army arrested 12 people on Tuesday. France condemned the arrests.\n";
    assert_eq!(near(text, "condemned"), days("2025-09-16", "2025-09-18"));
    let text = "Army arrests 12 people\n\nBAMAKO, Mali — Mali's army arrested 12 people in May. France condemned the arrests.\n";
    assert_eq!(near(text, "condemned"), None, "news of no day");
}
