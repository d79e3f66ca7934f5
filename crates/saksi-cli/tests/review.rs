//! `saksi review` without a terminal: tables of decisions, and reviewed articles as gold. tests/terminal.py drives it in one.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ONE: &str = "Rebels attack Bunia\n\nRebels attacked the town of Bunia on Monday, the army said.\n";
const TWO: &str =
    "Talks in Wonsan\n\nRussian Foreign Minister Sergei Lavrov met Kim Jong Un in Wonsan on Saturday, KCNA reported.\n";

fn saksi(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_saksi")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A collection of two articles in a folder of its own.
struct Collection {
    folder: PathBuf,
    db: String,
}

impl Collection {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("review").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let db = folder.join("news.db").to_string_lossy().into_owned();
        let own = Self { folder, db };
        let (one, two) = (own.file("one.txt", ONE), own.file("two.txt", TWO));
        let added = saksi(&["add", &one, &two, "--db", &own.db, "--published", "2025-07-13"]);
        assert!(added.status.success(), "{}", text(&added.stderr));
        own
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// The keys of all reports with their types, in order.
    fn reports(&self) -> Vec<(String, String)> {
        let db = self.connect();
        let mut statement = db.prepare("SELECT key, report FROM report ORDER BY key").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).unwrap();
        rows.map(|row| {
            let (key, report) = row.unwrap();
            let report: serde_json::Value = serde_json::from_str(&report).unwrap();
            (key, report["kind"].as_str().unwrap().to_owned())
        })
        .collect()
    }

    fn connect(&self) -> saksi_store::Connection {
        saksi_store::connect(Path::new(&self.db), saksi_store::Mode::Read, std::time::Duration::from_secs(5)).unwrap()
    }

    fn log(&self) -> Vec<(String, String)> {
        saksi_store::log(&self.connect())
            .unwrap()
            .into_iter()
            .map(|entry| (entry.who, serde_json::to_string(&entry.action).unwrap()))
            .collect()
    }

    fn decide(&self, table: &str) -> (Option<i32>, String) {
        let table = self.file("decisions.csv", table);
        let done = saksi(&["review", "--db", &self.db, "--who", "ana", "--decisions", &table]);
        (done.status.code(), text(&done.stderr))
    }

    /// The key of a report of that type.
    fn of(&self, kind: &str) -> String {
        self.reports().into_iter().find(|(_, other)| other == kind).unwrap_or_else(|| panic!("no {kind}")).0
    }
}

#[test]
fn a_table_is_written_with_who_and_applied() {
    let news = Collection::new("table");
    let (assault, consult) = (news.of("ASSAULT"), news.of("CONSULT"));
    let before = saksi_store::look::report(&news.connect(), &consult).unwrap().unwrap().report;
    let (code, err) = news.decide(&format!(
        "key,action,field,value,who\n{assault},accept,,,ben\n{consult},edit,status,negated,\n{consult},edit,actor,Kim Jong Un (PRK),\n"
    ));
    assert_eq!((code, err.as_str()), (Some(0), "3 decisions written\n"));
    let who: Vec<String> = news.log().into_iter().map(|(who, _)| who).collect();
    assert_eq!(who, ["ben", "ana", "ana"]);
    let told = saksi_store::look::report(&news.connect(), &consult).unwrap().unwrap().report;
    assert_eq!(told.status.as_str(), "negated");
    let actors: Vec<&str> = told.actor.iter().map(|party| party.name.as_str()).collect();
    assert_eq!(actors, ["Kim Jong Un"]);
    let (code, _) = news.decide("key,action,value\n,undo,3\n");
    assert_eq!(code, Some(0));
    let told = saksi_store::look::report(&news.connect(), &consult).unwrap().unwrap().report;
    assert_eq!((told.actor, told.status.as_str()), (before.actor, "negated"), "only the last decision was taken back");
}

#[test]
fn one_wrong_line_and_nothing_is_written() {
    let news = Collection::new("wrong");
    let assault = news.of("ASSAULT");
    let (code, err) =
        news.decide(&format!("key,action,field,value\n{assault},accept,,\nnone,accept,,\n{assault},edit,type,WAR\n"));
    assert_eq!(code, Some(1));
    assert!(err.contains("decisions.csv:3: nothing has the key `none`"), "{err}");
    assert!(err.contains("decisions.csv:4: `WAR` is none of AGREE"), "{err}");
    // each line is right by itself; the second undo is of what is undone
    let (code, err) = news.decide(&format!("key,action,value\n{assault},accept,\n,undo,1\n,undo,7\n"));
    assert_eq!(code, Some(1));
    assert!(err.contains("decisions.csv:4: "), "{err}");
    assert_eq!(news.log(), []);
}

#[test]
fn merged_and_split_by_table() {
    let news = Collection::new("merge");
    let (assault, consult) = (news.of("ASSAULT"), news.of("CONSULT"));
    let event = |key: &str| saksi_store::look::report(&news.connect(), key).unwrap().unwrap().event;
    assert_ne!(event(&assault), event(&consult));
    assert_eq!(news.decide(&format!("key,action,value\n{assault},merge,{consult}\n")).0, Some(0));
    assert_eq!(event(&assault), event(&consult));
    assert_eq!(news.decide(&format!("key,action\n{consult},split\n")).0, Some(0));
    assert_ne!(event(&assault), event(&consult));
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let news = Collection::new("terminal");
    let done = saksi(&["review", "--db", &news.db]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("there is no terminal") && text(&done.stderr).contains("--decisions"));
}

#[test]
fn what_was_reviewed_wholly_is_gold() {
    let news = Collection::new("gold");
    let gold = news.folder.join("gold").to_string_lossy().into_owned();
    let export = || saksi(&["review", "--db", &news.db, "--export-gold", &gold]);
    let none = export();
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("no article has been reviewed wholly"));
    let lines =
        news.reports().iter().fold(String::from("key,action\n"), |all, (key, _)| format!("{all}{key},accept\n"));
    assert_eq!(news.decide(&lines).0, Some(0));
    assert_eq!(export().status.code(), Some(0));
    let scored = saksi(&["score", &gold]);
    assert_eq!(scored.status.code(), Some(0), "{}", text(&scored.stderr));
    let out = text(&scored.stdout);
    let count = news.reports().len();
    assert!(out.contains("all: 2 articles"), "{out}");
    assert!(out.contains(&format!("full         P 1.000  R 1.000  F1 1.000   (gold {count}, found {count})")), "{out}");
    assert_eq!(saksi(&["score", &gold, "--db", &news.db]).stdout, scored.stdout, "the collection has the same records");
    let twice = export();
    assert_eq!(twice.status.code(), Some(2));
    assert!(text(&twice.stderr).contains("is there already"));
    // An article that the collection does not have counts as one in which nothing was found.
    std::fs::write(news.folder.join("gold/other.json"), r#"{"language": "en"}"#).unwrap();
    std::fs::write(news.folder.join("gold/other.txt"), "Something else.\n").unwrap();
    let missing = saksi(&["score", &gold, "--db", &news.db, "--only", "other"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("other.txt: is not in the collection"), "{}", text(&missing.stderr));
}
