//! A run that is stopped between any two steps, also while its records are told of their groups, ends with the same bytes.

use saksi::Packs;
use saksi_batch::{BatchError, Copies, Format, Given, Knobs, Outcome, Settings, run};
use saksi_input::{Document, Found, Options, documents_of};
use saksi_record::Record;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static PACKS: LazyLock<Packs> = LazyLock::new(Packs::builtin);

/// Seven articles in parts of two: a wire story in four forms, its earliest in the third part, one story twice, and one
/// alone; between them a line that is none.
fn lines() -> String {
    let wire = "Rebels attacked the town of Goma on Monday and killed at least 12 people, the army said. \
        The fighters came from the north and left again in the evening, witnesses told reporters. \
        The government sent troops to the town and closed the road to the border for two days.";
    let cut = wire.split(" The government").next().unwrap();
    let flood = "Rivers rose in Demak on Tuesday after days of heavy rain, and 300 people left their houses.";
    let article = |title: &str, text: &str, published: &str| {
        serde_json::json!({"title": title, "text": text, "published": published}).to_string()
    };
    [
        article("Attack on Goma", wire, "2026-03-05T10:00:00Z"),
        article("Floods, \"again\"", flood, "2026-03-04"),
        "{\"cut\":".to_owned(),
        article("Goma", cut, "2026-03-06"),
        article("Quiet", "Nothing happened in the town of Bunia on Friday, the mayor said to the press.", "2026-03-06"),
        article("Twelve dead", &format!("{wire} (Reuters)"), "2026-03-05T08:00:00Z"),
        article("Attack on Goma", wire, "2026-03-05T10:00:00Z"),
        article("Demak under water", flood, "2026-03-04"),
    ]
    .map(|line| line + "\n")
    .concat()
}

fn found() -> Vec<Found> {
    documents_of("d.jsonl", std::io::Cursor::new(lines()), &Options::default()).collect()
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

/// Runs into a folder, and stops when it is asked for the time with this number whether to go on.
fn until(folder: &Path, format: Format, stop: usize) -> Result<Outcome, BatchError> {
    let settings = Settings {
        folder: folder.to_owned(),
        resume: true,
        format,
        part: 2,
        knobs: Knobs::threads(2),
        given: Given::default(),
        options: Vec::new(),
    };
    let mut asked = 0;
    run(&settings, found().into_iter(), &PACKS, &mut |_| {
        asked += 1;
        if asked == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// Every file of a run, those that only the program reads too.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for (prefix, folder) in [("", folder.to_owned()), (".saksi/", folder.join(".saksi"))] {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in one {
        assert!(other[name] == *bytes, "{what}: {name} differs");
    }
}

fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to.join(".saksi")).unwrap();
    for (name, bytes) in files(from) {
        std::fs::write(to.join(name), bytes).unwrap();
    }
}

fn journal(folder: &Path) -> String {
    std::fs::read_to_string(folder.join(".saksi/journal.jsonl")).unwrap()
}

fn formats() -> Vec<Format> {
    vec![
        Format::Jsonl,
        Format::Csv,
        #[cfg(feature = "parquet")]
        Format::Parquet,
    ]
}

#[test]
fn a_stop_between_any_two_steps_changes_nothing() {
    for format in formats() {
        let whole = folder(&format!("stops-whole-{format:?}"));
        assert!(until(&whole, format, 0).unwrap().finished);
        let whole = files(&whole);
        let mut stop = 1;
        let mut during_groups = 0;
        loop {
            let stopped = folder(&format!("stops-{format:?}"));
            let outcome = until(&stopped, format, stop).unwrap();
            if outcome.finished {
                break;
            }
            if journal(&stopped).contains("\"read\"") {
                during_groups += 1;
                // A kill after the last part was written again, and before that was noted.
                let killed = folder(&format!("stops-killed-{format:?}"));
                copy(&stopped, &killed);
                let noted = journal(&killed);
                if let Some(at) = noted.rfind("{\"grouped\"") {
                    std::fs::write(killed.join(".saksi/journal.jsonl"), &noted[..at + 5]).unwrap();
                    assert!(until(&killed, format, 0).unwrap().finished);
                    assert_same(&whole, &files(&killed), &format!("{format:?}, killed at {stop}"));
                }
            }
            assert!(until(&stopped, format, 0).unwrap().finished);
            assert_same(&whole, &files(&stopped), &format!("{format:?}, stopped at {stop}"));
            stop += 1;
        }
        // each of the four parts holds an article of a group
        assert_eq!((stop, during_groups), (8 + 4 + 1, 4));
    }
}

#[test]
fn a_part_that_was_changed_before_it_is_told_of_its_groups_is_named() {
    let stopped = folder("stops-changed");
    assert!(!until(&stopped, Format::Jsonl, 9).unwrap().finished);
    let part = stopped.join("records-00002.jsonl");
    let text = std::fs::read_to_string(&part).unwrap();
    std::fs::write(&part, text.lines().next().unwrap()).unwrap();
    assert_eq!(until(&stopped, Format::Jsonl, 0), Err(BatchError::Part { file: part.clone() }));
    std::fs::remove_file(&part).unwrap();
    assert_eq!(until(&stopped, Format::Jsonl, 0), Err(BatchError::Part { file: part }));
}

/// Of each article: whose copy it is by title, whether it is the earliest, what it is to that, and whom it credits.
fn groups(records: &[Record]) -> Vec<String> {
    let told = |record: &Record| {
        let article = &record.article;
        let credit = article.credit.as_deref().unwrap_or("nobody");
        match &article.group {
            None => format!("alone, credits {credit}"),
            Some(group) => {
                let earliest = records.iter().find(|other| {
                    other.article.group.as_ref().is_some_and(|other| other.id == group.id && other.earliest)
                });
                let earliest = earliest.unwrap();
                assert_eq!(earliest.article.id, group.id);
                let title = earliest.article.title.as_deref().unwrap();
                format!("{} of {title}: {}, credits {credit}", group.kind, group.earliest)
            }
        }
    };
    records.iter().map(told).collect()
}

#[test]
fn every_record_says_its_group_in_a_folder_and_without_one() {
    let output = folder("stops-told");
    until(&output, Format::Jsonl, 0).unwrap();
    let text: String = files(&output)
        .into_iter()
        .filter(|(name, _)| name.starts_with("records-"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    let written: Vec<Record> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        groups(&written),
        [
            "exact of Twelve dead: false, credits nobody",
            "earliest of Floods, \"again\": true, credits nobody",
            "abridged of Twelve dead: false, credits nobody",
            "alone, credits nobody",
            "earliest of Twelve dead: true, credits Reuters",
            "exact of Twelve dead: false, credits nobody",
            "exact of Floods, \"again\": false, credits nobody",
        ]
    );

    let given = Given::default();
    let go_on = || ControlFlow::Continue(());
    let copies = Copies::among(|| Box::new(found().into_iter()), &given, &PACKS, Knobs::threads(2), go_on);
    let read = |(number, found): (usize, Found)| match found {
        Found::Document(document) => {
            let mut record = saksi_batch::read(&document, &given, &PACKS).unwrap();
            record.article.group = copies.of(number, &record);
            Some(record)
        }
        _ => None,
    };
    let one_by_one: Vec<Record> = found().into_iter().enumerate().filter_map(read).collect();
    assert_eq!(one_by_one, written);
}

#[test]
fn a_day_that_only_the_text_names_decides_which_is_the_earliest() {
    let body = "Rebels attacked the town and killed at least 12 people, the army said. The fighters came from the north \
        and left again in the evening, witnesses told reporters in the town.";
    let article = |day: &str| {
        Found::Document(Document {
            place: saksi_input::Place::of(day),
            form: saksi_input::Form::Text,
            bytes: format!("Attack\n\nGOMA, {day} (Reuters) - {body}\n").into_bytes(),
            about: saksi_input::About::default(),
            notes: Vec::new(),
        })
    };
    let articles = vec![article("March 9, 2026"), article("March 7, 2026"), article("March 8, 2026")];
    let (given, go_on) = (Given::default(), || ControlFlow::Continue(()));
    let copies = Copies::among(|| Box::new(articles.clone().into_iter()), &given, &PACKS, Knobs::threads(1), go_on);
    let earliest: Vec<bool> = (0..3)
        .map(|number| {
            let Found::Document(document) = &articles[number] else { unreachable!() };
            let record = saksi_batch::read(document, &given, &PACKS).unwrap();
            copies.of(number, &record).unwrap().earliest
        })
        .collect();
    assert_eq!(earliest, [false, true, false]);
}
