//! Gold of what was reviewed leads back to what was reviewed.

use saksi::{Packs, RawArticle};
use saksi_merge::{Gazetteer, Report, Review};
use saksi_record::{Record, Status};
use saksi_score::{Gold, Reading, Score, reviewed, score};
use std::path::{Path, PathBuf};

fn packs() -> (Packs, Gazetteer) {
    let packs = Packs::builtin();
    let world = packs.pack("world").unwrap();
    let languages: Vec<_> = packs.codes().map(|code| packs.pack(code).unwrap()).collect();
    let gazetteer = Gazetteer::compile(&world, &languages).unwrap();
    (packs, gazetteer)
}

fn read(text: &str, packs: &Packs) -> Record {
    let article = RawArticle { bytes: text.as_bytes(), published: Some("2025-07-13"), ..RawArticle::default() };
    saksi::read(&article, packs).unwrap()
}

fn judged(record: &Record, gazetteer: &Gazetteer, judge: impl Fn(usize, &mut Report)) -> Vec<Report> {
    let mut reports = saksi_merge::reports(record, "a", gazetteer);
    reports.iter_mut().enumerate().for_each(|(number, report)| judge(number, report));
    reports
}

fn accept(_: usize, report: &mut Report) {
    report.review = Review::Accepted;
}

/// Gold as it is after a way through its file.
fn filed(gold: &Gold) -> Gold {
    Gold::from_json(&serde_json::to_string(gold).unwrap()).unwrap()
}

fn articles() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all: Vec<PathBuf> = ["examples", "tests/articles"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    all.sort();
    assert!(all.len() > 20, "there are articles to try");
    all
}

#[test]
fn a_record_that_was_accepted_wholly_scores_one_against_itself() {
    let (packs, gazetteer) = packs();
    let (mut events, mut optional) = (0, 0);
    for path in articles() {
        let text = std::fs::read_to_string(&path).unwrap();
        let record = read(&text, &packs);
        let (page, gold) = reviewed(&record, &judged(&record, &gazetteer, accept));
        let gold = filed(&gold);
        assert_eq!(gold.events.len(), record.events.len(), "{}", path.display());
        let Score { figures, notes } = score(&page, &gold, &Reading::from(&record)).unwrap();
        let full = figures.tally("full");
        assert!(full.right == full.found && full.right == full.gold, "{}: {full:?} {notes:#?}", path.display());
        assert_eq!(figures.leaks, 0, "{}", path.display());
        events += full.gold;
        optional += gold.events.iter().filter(|event| event.optional).count() as u64;
    }
    assert!(optional * 20 < events, "{optional} of {events} events cannot be told by their words");
}

const TEXT: &str = "Rebels attack Bunia\r\n\r\nRebels attacked Bunia on Monday. Rebels attacked Goma on Tuesday.\r\n";

#[test]
fn what_was_rejected_is_not_in_gold_and_what_was_corrected_is_as_it_was_left() {
    let (packs, gazetteer) = packs();
    let record = read(TEXT, &packs);
    assert!(record.events.len() >= 3, "headline and two sentences: {:?}", record.events.len());
    let reports = judged(&record, &gazetteer, |number, report| {
        report.review = [Review::Rejected, Review::Edited][number.min(1)];
        report.status = if number == 1 { Status::Negated } else { report.status };
    });
    let (page, gold) = reviewed(&record, &reports);
    assert_eq!(page, TEXT.replace("\r\n", "\n"), "a line break is one character in gold");
    assert_eq!(gold.events.len(), record.events.len() - 1);
    assert_eq!(gold.events[0].status, "negated");
    // Read again from the file that is written, the first event is too many, and the second has another status.
    let again = read(&page, &packs);
    let figures = score(&page, &filed(&gold), &Reading::from(&again)).unwrap().figures;
    let event = figures.tally("event");
    assert_eq!((event.right, event.found, event.gold), (event.gold, event.gold + 1, gold.events.len() as u64));
    let status = figures.share("status");
    assert_eq!((status.right, status.of), (event.gold - 1, event.gold));
}

#[test]
fn equal_words_are_told_apart_by_what_follows() {
    let (packs, gazetteer) = packs();
    let record = read(TEXT, &packs);
    let (page, gold) = reviewed(&record, &judged(&record, &gazetteer, accept));
    for (event, read) in gold.events.iter().zip(&record.events) {
        let at = page.find(&event.within).unwrap();
        let trigger = at + page[at..].find(&event.trigger).unwrap();
        // each line break before it was two characters in the article
        let breaks = page[..trigger].matches('\n').count();
        assert_eq!(trigger + breaks, read.trigger.start as usize, "{event:?}");
    }
}
