//! `saksi export`: what is written where, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn saksi(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_saksi")).args(args).env_remove("SAKSI_DB").output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of its own with the records of one article.
fn records(name: &str) -> (PathBuf, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let article = folder.join("article.txt");
    fs::write(
        &article,
        "Strike on Kyiv\n\nRussia attacked Kyiv on Saturday, killing seven people. Ukraine will retaliate.\n",
    )
    .unwrap();
    let read = saksi(&["read", article.to_str().unwrap(), "--published", "2025-07-13", "--format", "jsonl"]);
    assert!(read.status.success(), "{}", told(&read));
    let records = folder.join("records.jsonl");
    fs::write(&records, read.stdout).unwrap();
    let records = records.to_str().unwrap().to_owned();
    (folder, records)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_that_is_there_is_kept_unless_forced() {
    let (folder, records) = records("export-force");
    let path = folder.join("events.csv");
    let export = |more: &[&str]| {
        saksi(&[&["export", "--as", "events", "--records", &records, "-o", path.to_str().unwrap()], more].concat())
    };
    assert!(export(&[]).status.success());
    let first = fs::read(&path).unwrap();
    fs::write(&path, "mine").unwrap();
    let refused = export(&[]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(told(&refused).contains("is there already") && told(&refused).contains("--force"), "{}", told(&refused));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    assert!(export(&["--force"]).status.success());
    assert_eq!(fs::read(&path).unwrap(), first, "the same records give the same bytes");
    assert_eq!(names(&folder), ["article.txt", "events.csv", "records.jsonl"]);
}

#[test]
fn the_ending_says_how_a_table_is_written() {
    let (folder, records) = records("export-ending");
    for (name, start) in
        [("a.csv", "event,type,"), ("a.tsv", "event\ttype\t"), ("a.jsonl", "{\"event\":"), ("a.parquet", "PAR1")]
    {
        let path = folder.join(name);
        let output = saksi(&["export", "--as", "events", "--records", &records, "-o", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", told(&output));
        assert!(fs::read(&path).unwrap().starts_with(start.as_bytes()), "{name}");
    }
    let output = saksi(&["export", "--as", "polecat", "--records", &records, "-o", "-"]);
    assert!(output.stdout.starts_with(b"Event ID\tEvent Date\t"));
}

#[test]
fn what_is_left_out_is_told() {
    let (_, records) = records("export-left");
    let output = saksi(&["export", "--as", "polecat", "--records", &records, "-o", "-"]);
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(lines.lines().skip(1).all(|line| !line.contains("\tTHREATEN\t")), "{lines}");
    assert!(told(&output).contains("not reported as having happened"), "{}", told(&output));
}

#[test]
fn folders_are_there_whole() {
    let (folder, records) = records("export-folder");
    for (form, expected) in [("gdelt", 2), ("cas", 2)] {
        let path = folder.join(form);
        let output = saksi(&["export", "--as", form, "--records", &records, "-o", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", told(&output));
        assert_eq!(names(&path).len(), expected, "{:?}", names(&path));
        let again = saksi(&["export", "--as", form, "--records", &records, "-o", path.to_str().unwrap()]);
        assert_eq!(again.status.code(), Some(3), "{}", told(&again));
    }
    let output = saksi(&["export", "--as", "cas", "--records", &records, "-o", "-"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_makes_no_sense_is_refused_and_leaves_nothing() {
    let (folder, records) = records("export-refused");
    let path = folder.join("out");
    let path = path.to_str().unwrap();
    for more in [
        &["--as", "gexf", "--format", "csv"][..],
        &["--as", "geojson", "--spreadsheet"],
        &["--as", "events", "--spreadsheet", "--format", "jsonl"],
        &["--as", "nothing"],
    ] {
        let output = saksi(&[&["export", "--records", &records, "-o", path], more].concat());
        assert_eq!(output.status.code(), Some(2), "{more:?}: {}", told(&output));
    }
    let broken = folder.join("broken.jsonl");
    fs::write(&broken, format!("{}{{\"schema\":", fs::read_to_string(&records).unwrap())).unwrap();
    for form in ["cas", "reports", "events"] {
        let output = saksi(&["export", "--as", form, "--records", broken.to_str().unwrap(), "-o", path]);
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        assert!(told(&output).contains("broken.jsonl:2"), "{}", told(&output));
    }
    let output = saksi(&["export", "--as", "events", "--db", folder.join("none.db").to_str().unwrap(), "-o", path]);
    assert_ne!(output.status.code(), Some(0));
    let output = saksi(&["export", "--as", "events", "--db", &records, "-o", path]);
    assert_ne!(output.status.code(), Some(0));
    assert_eq!(names(&folder), ["article.txt", "broken.jsonl", "records.jsonl"]);
}

#[test]
fn a_filter_means_the_same_events_as_in_a_question() {
    let (folder, records) = records("export-filter");
    let db = folder.join("news.db").to_str().unwrap().to_owned();
    assert!(saksi(&["add", &records, "--db", &db]).status.success());
    let column = |bytes: &[u8], name: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_reader(bytes);
        let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
        let mut all: Vec<String> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
        all.sort();
        all
    };
    let mut counts = Vec::new();
    // an actor is asked for by any name that the gazetteer has
    let asked: [&[&str]; 5] =
        [&[], &["--type", "ASSAULT"], &["--actor", "Rusia"], &["--status", "future"], &["--country", "IDN"]];
    for filter in asked {
        let asked = saksi(&[&["events", "--db", &db, "--format", "csv"], filter].concat());
        let exported = saksi(&[&["export", "--as", "events", "--db", &db, "-o", "-"], filter].concat());
        assert!(asked.status.success() && exported.status.success(), "{} {}", told(&asked), told(&exported));
        let keys = column(&exported.stdout, "event");
        assert_eq!(keys, column(&asked.stdout, "key"), "{filter:?}");
        counts.push(keys.len());
    }
    assert_eq!(counts, [2, 2, 1, 1, 0]);
}
