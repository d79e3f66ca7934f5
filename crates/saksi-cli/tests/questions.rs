//! The questions over a collection as a user meets them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// A collection of two articles of the examples.
fn collection() -> &'static PathBuf {
    static COLLECTION: OnceLock<PathBuf> = OnceLock::new();
    COLLECTION.get_or_init(|| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("questions-{}.db", std::process::id()));
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
        }
        for (name, day) in [("border-talks.en.txt", "2026-03-04"), ("bantuan-gempa.id.txt", "2026-03-05")] {
            let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
            let added = Command::new(env!("CARGO_BIN_EXE_saksi"))
                .args(["add", "--published", day, "--outlet", "Harian", "--db"])
                .args([&path, &article])
                .output()
                .unwrap();
            assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        }
        path
    })
}

fn ask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_saksi")).args(args).arg("--db").arg(collection()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(&ask(&[args, &["--format", "json"]].concat()))).unwrap()
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records();
    rows.map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
}

#[test]
fn events_are_listed_in_every_form() {
    let all = json(&["events"]);
    let events = all["events"].as_array().unwrap();
    assert!(events.len() > 1);
    assert!(events.iter().all(|event| event["sources"].as_u64().unwrap() >= 1));
    let table = csv(&stdout(&ask(&["events", "--format", "csv"])));
    assert_eq!(table.len(), events.len() + 1);
    assert_eq!(table[0][..2], ["key", "type"]);
    assert_eq!(stdout(&ask(&["events", "--format", "jsonl"])).lines().count(), events.len());
    let text = stdout(&ask(&["events", "--format", "text"]));
    assert!(events.iter().all(|event| text.contains(event["key"].as_str().unwrap())));
}

#[test]
fn a_page_says_how_to_go_on() {
    let first = ask(&["events", "--limit", "1"]);
    let page: serde_json::Value = serde_json::from_slice(&first.stdout).unwrap();
    let next = page["next"].as_str().unwrap();
    assert!(stderr(&first).contains(&format!("--after {next}")));
    let rest = json(&["events", "--after", next]);
    assert_ne!(rest["events"][0]["key"], page["events"][0]["key"]);
}

#[test]
fn the_timeline_shows_words_for_times() {
    let entries = json(&["timeline"]);
    for entry in entries["entries"].as_array().unwrap() {
        let when = entry["when"].as_str().unwrap();
        match entry["precision"].as_str().unwrap() {
            "day" => assert_eq!(when.len(), 10),
            "unknown" => assert_eq!(when, "no known time"),
            _ => assert!(!when.is_empty()),
        }
    }
    assert!(stdout(&ask(&["timeline", "--format", "text"])).contains('#'));
    assert_eq!(csv(&stdout(&ask(&["timeline", "--format", "csv"])))[0][..3], ["when", "precision", "key"]);
}

#[test]
fn an_actor_is_found_by_its_key_and_by_its_name() {
    let events = json(&["events"]);
    let parties = events["events"].as_array().unwrap().iter().flat_map(|event| event["actor"].as_array().unwrap());
    let party = parties.into_iter().next().unwrap();
    let by_key = json(&["who", party["key"].as_str().unwrap()]);
    assert_eq!(by_key["key"], party["key"]);
    assert!(by_key["did"]["events"].as_u64().unwrap() >= 1);
    let filtered = json(&["events", "--actor", party["key"].as_str().unwrap()]);
    assert!(!filtered["events"].as_array().unwrap().is_empty());
    let name = by_key["names"][0][0].as_str().unwrap().to_uppercase();
    assert_eq!(json(&["who", &name])["key"], party["key"]);
}

#[test]
fn compare_shows_the_sentence_of_each_report() {
    let events = json(&["events"]);
    let key = events["events"][0]["key"].as_str().unwrap();
    let compared = json(&["compare", key]);
    let reports = compared["reports"].as_array().unwrap();
    assert_eq!(reports.len() as u64, compared["event"]["reports"].as_u64().unwrap());
    for report in reports {
        assert!(report["sentence"].as_str().unwrap().contains(report["trigger"].as_str().unwrap()));
        assert_eq!(report["outlet"], "Harian");
    }
    assert!(compared["perhaps"].is_array());
    assert!(stdout(&ask(&["compare", key, "--format", "text"])).contains(key));
    assert_eq!(csv(&stdout(&ask(&["compare", key, "--format", "csv"]))).len(), reports.len() + 1);
}

/// Two counts and two days of what may be one raid are not brought together, but a reader sees both.
#[test]
fn compare_shows_what_may_be_of_the_event() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("perhaps-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let db = folder.join("raids.db");
    let articles = [
        ("a.txt", "2026-03-10", "Raid\n\nHARARE — Police detained 14 party members in Harare, Zimbabwe, on Monday.\n"),
        (
            "b.txt",
            "2026-03-13",
            "Razia\n\nHARARE – Polisi Zimbabwe menahan 31 anggota partai itu pada Selasa (10/3/2026).\n",
        ),
    ];
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_saksi")).args(args).arg("--db").arg(&db).output().unwrap();
        stdout(&output)
    };
    for (name, day, text) in articles {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        run(&["add", "--published", day, "--outlet", name, path.to_str().unwrap()]);
    }
    let events: serde_json::Value = serde_json::from_str(&run(&["events", "--format", "json"])).unwrap();
    let event = events["events"].as_array().unwrap().iter().find(|event| event["languages"][0] == "en").unwrap();
    let key = event["key"].as_str().unwrap();
    let compared: serde_json::Value = serde_json::from_str(&run(&["compare", key, "--format", "json"])).unwrap();
    let [perhaps] = &compared["perhaps"].as_array().unwrap()[..] else { panic!("{compared:#}") };
    assert_eq!(perhaps["outlet"], "b.txt");
    assert!(perhaps["sentence"].as_str().unwrap().contains("menahan 31"));
    let text = run(&["compare", key, "--format", "text"]);
    let behind = text.split("perhaps of the same act").nth(1).unwrap_or_else(|| panic!("{text}"));
    assert!(behind.contains("figure:detained: 31 there, 14 here"), "{text}");
    assert!(behind.contains("time: 2026-03-10 there, 2026-03-09 here"), "{text}");
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn search_finds_an_article_and_shows_where() {
    let found = json(&["search", "gempa"]);
    assert_eq!(found["hits"].as_array().unwrap().len(), 1);
    let parts = found["hits"][0]["snippet"]["parts"].as_array().unwrap();
    assert!(parts.iter().any(|part| part["found"] == true && part["text"].as_str().unwrap().to_lowercase() == "gempa"));
    assert!(stdout(&ask(&["search", "gempa", "--format", "text"])).to_lowercase().contains("[gempa]"));
    let none = ask(&["search", "gempa -gempa"]);
    assert!(none.status.success() && stderr(&none).contains("no article"));
}

#[test]
fn sources_are_counted_and_asked_about() {
    let all = json(&["sources"]);
    if let Some(source) = all["sources"].as_array().unwrap().first() {
        let said = json(&["sources", source["key"].as_str().unwrap()]);
        assert_eq!(said["source"]["key"], source["key"]);
        assert!(!said["said"].as_array().unwrap().is_empty());
    }
}

#[test]
fn sql_reads_and_only_reads() {
    let rows = json(&["sql", "SELECT count(*) FROM article"]);
    assert_eq!(rows["rows"][0][0], 2);
    let csv = stdout(&ask(&["sql", "SELECT '=1+1' AS a, 'b,c' AS b", "--format", "csv", "--spreadsheet"]));
    assert_eq!(csv, "a,b\n'=1+1,\"b,c\"\n");
    for (statement, code) in [("DELETE FROM article", 2), ("SELEC", 2), ("SELECT 1; SELECT 2", 2)] {
        let refused = ask(&["sql", statement]);
        assert_eq!(refused.status.code(), Some(code), "{statement}: {}", stderr(&refused));
        assert!(refused.stdout.is_empty());
    }
    let endless = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c";
    let stopped = ask(&["sql", endless, "--seconds", "1"]);
    assert_eq!(stopped.status.code(), Some(1));
    assert!(stderr(&stopped).contains("longer than 1 seconds"));
}

#[test]
fn wrong_options_are_told_with_what_is_right() {
    for (args, says) in [
        (&["events", "--type", "MEET"][..], "CONSULT"),
        (&["events", "--quad", "war"], "verbal-conflict"),
        (&["events", "--country", "Indonesien"], "IDN (Indonesia)"),
        (&["events", "--dyad", "PRK"], "PRK-RUS"),
        (&["events", "--dyad", "PRK-XXX"], "`XXX` is no country"),
        (&["events", "--from", "2025-08", "--to", "2025-07"], "before"),
        (&["events", "--from", "soon"], "2025-07"),
        (&["events", "--status", "done"], "hypothetical"),
        (&["events", "--certainty", "very"], "probable"),
        (&["events", "--source-kind", "rumour"], "state-media"),
        (&["events", "--review", "fine"], "unreviewed"),
        (&["events", "--outlet", "Nobody"], "Harian"),
        (&["events", "--language", "x!"], "no language"),
        (&["events", "--limit", "0"], "between 1 and"),
        (&["events", "--after", "nothing"], "leave --after out"),
        (&["timeline", "--words", "\"open"], "quotation mark"),
        (&["compare", "nothing"], "saksi events"),
        (&["search", "-"], "names no word"),
    ] {
        let wrong = ask(args);
        assert_eq!(wrong.status.code(), Some(2), "{args:?}: {}", stderr(&wrong));
        assert!(stderr(&wrong).contains(says), "{args:?}: {}", stderr(&wrong));
        assert!(wrong.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn an_empty_answer_is_an_answer() {
    for (args, says) in [
        (&["events", "--country", "Fiji"][..], "as asked for"),
        (&["events", "--actor", "Nobody Atall"], "is called `Nobody Atall`"),
        (&["events", "--place", "Nowhere"], "place of the collection"),
        (&["timeline", "--from", "1901", "--to", "1902"], "as asked for"),
        (&["who", "Nobody Atall"], "is called `Nobody Atall`"),
        (&["sources", "Nobody Atall"], "is called `Nobody Atall`"),
    ] {
        let empty = ask(args);
        assert!(empty.status.success(), "{args:?}: {}", stderr(&empty));
        assert!(stderr(&empty).contains(says), "{args:?}: {}", stderr(&empty));
        assert!(serde_json::from_slice::<serde_json::Value>(&empty.stdout).is_ok(), "{args:?}");
    }
}

#[test]
fn a_file_that_is_no_collection_is_told() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("questions-other.db");
    std::fs::write(&path, "a text").unwrap();
    for file in [path, "/nowhere/at/all.db".into()] {
        for command in [&["events"][..], &["sql", "SELECT 1"], &["search", "a"]] {
            let output =
                Command::new(env!("CARGO_BIN_EXE_saksi")).args(command).arg("--db").arg(&file).output().unwrap();
            assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
            assert!(stderr(&output).contains("--db"), "{}", stderr(&output));
        }
    }
}
