//! `saksi score` as a user meets it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn saksi(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_saksi")).args(args).output().unwrap()
}

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("score").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn score(folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let folder = folder.to_string_lossy();
    let output = saksi(&[&["score", &folder], more].concat());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const TEXT: &str = "Rebels attack Bunia\n\nRebels attacked the town of Bunia on Monday, the army said.\n";
const GOLD: &str = r#"{"language": "en", "published": "2025-07-09", "events": [
  {"in": "Rebels attacked", "trigger": "attacked", "type": "ASSAULT", "actor": [], "recipient": [], "status": "actual"}]}"#;
const EVENT: &str = r#"{"type": "ASSAULT", "status": "actual", "trigger": {"start": 28, "end": 36}}"#;

fn record(events: &str) -> String {
    serde_json::json!({"text": TEXT, "events": serde_json::from_str::<serde_json::Value>(events).unwrap()}).to_string()
}

#[test]
fn reads_articles_or_takes_records() {
    let gold = folder("pairs", &[("a.json", GOLD), ("a.txt", TEXT), ("b.json", GOLD), ("b.txt", TEXT)]);
    let (code, now, _) = score(&gold, &["--by", "language"]);
    assert_eq!(code, Some(0));
    assert!(now.starts_with("all: 2 articles\n") && now.contains("\nen: 2 articles\n"), "{now}");
    let records = folder("records", &[("a.json", &record(&format!("[{EVENT}]"))), ("b.json", &record("[]"))]);
    let (code, json, _) = score(&gold, &["--records", &records.to_string_lossy(), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(code, Some(0));
    // one of two events found, nothing found that is not there: P 1, R 1/2, F1 2·1·½ / 1½
    let event = &json["all"]["full"];
    assert_eq!(
        (event["p"].as_f64(), event["r"].as_f64(), event["f1"].as_f64()),
        (Some(1.0), Some(0.5), Some(2.0 / 3.0))
    );
    assert!(json.get("en").is_none(), "groups are shown only when asked for");
    let (_, shown, _) = score(&gold, &["--records", &records.to_string_lossy(), "--show", "--only", "b"]);
    assert!(shown.starts_with("== b\n   event missed: ASSAULT \"attacked\""), "{shown}");
    assert!(shown.contains("all: 1 articles"));
}

#[test]
fn a_record_that_is_missing_or_broken_counts_as_empty_and_is_told_of() {
    let gold = folder("unread", &[("a.json", GOLD), ("a.txt", TEXT), ("b.json", GOLD), ("b.txt", TEXT)]);
    let records = folder("broken", &[("a.json", r#"{"text": "x", "events": [{}]}"#)]);
    let (code, out, err) = score(&gold, &["--records", &records.to_string_lossy()]);
    assert_eq!(code, Some(1));
    assert!(out.contains("full         P 0.000  R 0.000  F1 0.000   (gold 2, found 0)"), "{out}");
    assert!(err.contains("a.json: missing field `type`") && err.contains("b.json: there is no such file"), "{err}");
    assert!(err.ends_with("error: 2 of 2 inputs could not be read\n"), "{err}");
}

#[test]
fn bad_gold_is_named_with_file_and_words() {
    let bad = |name: &str, gold: &str| {
        let (code, out, err) = score(&folder(name, &[("a.json", gold), ("a.txt", TEXT)]), &[]);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(err.contains("a.json: ") && err.contains("\nhelp: "), "{err}");
        err
    };
    assert!(bad("needle", &GOLD.replace("\"attacked\"", "\"attaked\"")).contains("\"attaked\""));
    assert!(bad("key", &GOLD.replace("events", "evens")).contains("unknown field `evens`"));
    assert!(bad("json", "{").contains("EOF"));
    let (code, _, err) = score(&folder("alone", &[("a.json", GOLD)]), &[]);
    assert_eq!(code, Some(1));
    assert!(err.contains("a.txt is missing"), "{err}");
    let (code, _, err) = score(&folder("empty", &[]), &[]);
    assert_eq!(code, Some(1));
    assert!(err.contains("holds no coded article"), "{err}");
    let (code, _, err) = score(Path::new("/no/such"), &[]);
    assert_eq!(code, Some(1));
    assert!(err.contains("no such folder"), "{err}");
}
