//! What persons decide: it changes what it is about, can be undone, outlives reading again, and cannot be altered unseen.

mod common;

use common::{Folder, assert_same, assert_whole, dump, incoming, made, open};
use saksi_store::{Action, Connection, Store, StoreError, log};
use serde_json::json;

const AT: &str = "2026-01-02T03:04:05Z";

fn filled(folder: &Folder, articles: u64) -> Store {
    let mut store = open(&folder.file("a.db"));
    store.add((0..articles).map(|number| incoming(&made(number))).collect()).unwrap();
    store
}

fn text(db: &Connection, sql: &str) -> String {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn keys(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// An event of several articles, and its reports.
fn several(db: &Connection) -> (String, Vec<String>) {
    let event = text(db, "SELECT key FROM event WHERE articles > 2 ORDER BY key LIMIT 1");
    let reports = keys(
        db,
        &format!(
            "SELECT report.key FROM report JOIN event ON event.id = report.event WHERE event.key = '{event}' ORDER BY 1"
        ),
    );
    (event, reports)
}

#[test]
fn every_kind_of_decision_holds_and_can_be_undone() {
    let folder = Folder::new("kinds");
    let mut store = filled(&folder, 40);
    let before = dump(store.connection());
    let (_, reports) = several(store.connection());
    let other = text(
        store.connection(),
        "SELECT report.key FROM report JOIN event ON event.id = event WHERE reports = 1 ORDER BY report.key LIMIT 1",
    );
    let event_of = |db: &Connection, key: &str| {
        text(db, &format!("SELECT event.key FROM report JOIN event ON event.id = event WHERE report.key = '{key}'"))
    };
    let review = |db: &Connection, key: &str| text(db, &format!("SELECT review FROM report WHERE key = '{key}'"));

    store.decide(AT, "Ana", &Action::Accept { reports: reports.clone() }).unwrap();
    assert_eq!(review(store.connection(), &reports[0]), "accepted");

    store.decide(AT, "Ana", &Action::Reject { reports: vec![other.clone()] }).unwrap();
    assert_eq!(review(store.connection(), &other), "rejected");

    let old = saksi_store::get(&saksi_store::report(store.connection(), &reports[0]).unwrap().1, "certainty").unwrap();
    let edit = |old: serde_json::Value, new| Action::Edit {
        report: reports[0].clone(),
        field: "certainty".to_owned(),
        old,
        new,
    };
    store.decide(AT, "Ben", &edit(old, json!("possible"))).unwrap();
    assert_eq!(review(store.connection(), &reports[0]), "edited");
    assert_eq!(saksi_store::report(store.connection(), &reports[0]).unwrap().1.certainty.as_str(), "possible");

    store.decide(AT, "Ana", &Action::Split { report: reports[1].clone(), from: vec![reports[0].clone()] }).unwrap();
    assert_ne!(event_of(store.connection(), &reports[0]), event_of(store.connection(), &reports[1]));

    let (one, two) = (reports[0].clone(), other.clone());
    store.decide(AT, "Ana", &Action::Merge { one: one.clone(), other: two.clone() }).unwrap();
    assert_eq!(event_of(store.connection(), &one), event_of(store.connection(), &two));
    assert_whole(store.connection());

    for _ in 0..5 {
        store.undo(AT, "Ana", None).unwrap();
    }
    assert_same(&dump(store.connection()), &before, "after all was undone, and before");
    assert!(matches!(store.undo(AT, "Ana", None), Err(StoreError::Decision(_))));
    // An undo that is undone brings the decision back.
    store.undo(AT, "Ana", Some(10)).unwrap();
    assert_eq!(review(store.connection(), &reports[0]), "accepted");
    assert_eq!(log(store.connection()).unwrap().len(), 11);
    assert_whole(store.connection());
}

#[test]
fn many_decisions_at_once_are_as_one_after_the_other() {
    let folder = Folder::new("many");
    let mut at_once = filled(&folder, 40);
    let (_, together) = several(at_once.connection());
    let all = keys(at_once.connection(), "SELECT key FROM report ORDER BY key");
    let edit = |report: &String, old: &str, new: &str| Action::Edit {
        report: report.clone(),
        field: "certainty".to_owned(),
        old: json!(old),
        new: json!(new),
    };
    let first = saksi_store::report(at_once.connection(), &all[0]).unwrap().1;
    // Another than it has now, so that the first edit does not fit at the end.
    let last = if first.certainty.as_str() == "probable" { "certain" } else { "probable" };
    let mut actions = vec![
        Action::Accept { reports: all[..4].to_vec() },
        edit(&all[0], first.certainty.as_str(), "possible"),
        edit(&all[0], "possible", "unknown"),
        Action::Split { report: together[0].clone(), from: together[1..].to_vec() },
        Action::Merge { one: all[10].clone(), other: all[11].clone() },
        Action::Undo { seq: 4 },
        Action::Merge { one: all[11].clone(), other: all[50].clone() },
        Action::Undo { seq: 6 },
        Action::Undo { seq: 3 },
        edit(&all[0], "possible", last),
        Action::Undo { seq: 5 },
    ];
    actions.extend(all.iter().skip(60).step_by(7).map(|key| Action::Reject { reports: vec![key.clone()] }));
    let signed: Vec<(String, Action)> = actions.iter().map(|action| ("Ana".to_owned(), action.clone())).collect();
    at_once.decide_all(AT, &signed).unwrap();

    let path = folder.file("b.db");
    let mut one_by_one = open(&path);
    one_by_one.add((0..40).map(|number| incoming(&made(number))).collect()).unwrap();
    for (number, action) in actions.iter().enumerate() {
        if number % 4 == 3 {
            one_by_one = open(&path);
        }
        one_by_one.decide(AT, "Ana", action).unwrap();
    }
    assert_same(&dump(at_once.connection()), &dump(one_by_one.connection()), "at once, and one by one");
    assert_eq!(log(at_once.connection()).unwrap(), log(one_by_one.connection()).unwrap());
    assert_whole(at_once.connection());
    let (at, error) = at_once.decide_all(AT, &[signed[0].clone(), signed[1].clone()]).unwrap_err();
    assert!(matches!((at, error), (1, StoreError::Decision(_))));
}

#[test]
fn figures_follow_quantities_and_type() {
    let folder = Folder::new("figures");
    let mut store = filled(&folder, 40);
    let before = dump(store.connection());
    // What has a number without a noun counts those who protest, and in other acts nobody.
    let of = |kind: &str| {
        format!(
            "SELECT min(key) FROM report WHERE json_array_length(report, '$.quantities') = 1 AND report ->> '$.kind' {kind} 'PROTEST'"
        )
    };
    let (protest, other) = (text(store.connection(), &of("=")), text(store.connection(), &of("!=")));
    let report = |db: &Connection, key: &str| saksi_store::report(db, key).unwrap().1;
    let edit = |now: &saksi_merge::Report, field: &str, new: serde_json::Value| Action::Edit {
        report: now.key.clone(),
        field: field.to_owned(),
        old: saksi_store::get(now, field).unwrap(),
        new,
    };
    let now = report(store.connection(), &protest);
    store.decide(AT, "Ana", &edit(&now, "quantities.0.value", json!(12_345.0))).unwrap();
    assert_eq!(report(store.connection(), &protest).figures[0].value, Some(12_345.0));
    let now = report(store.connection(), &protest);
    store.decide(AT, "Ana", &edit(&now, "quantities", json!([]))).unwrap();
    assert_eq!(report(store.connection(), &protest).figures, []);
    let now = report(store.connection(), &other);
    assert_eq!(now.figures, []);
    store.decide(AT, "Ana", &edit(&now, "kind", json!("PROTEST"))).unwrap();
    let now = report(store.connection(), &other);
    assert_eq!((now.figures[0].unit.as_str(), now.figures[0].value), ("protesters", now.quantities[0].value));
    for _ in 0..3 {
        store.undo(AT, "Ana", None).unwrap();
    }
    assert_same(&dump(store.connection()), &before, "after all was undone, and before");
}

#[test]
fn what_cannot_be_decided_is_refused_and_leaves_no_trace() {
    let folder = Folder::new("refused");
    let mut store = filled(&folder, 3);
    let report = text(store.connection(), "SELECT min(key) FROM report");
    let before = dump(store.connection());
    let edit = |field: &str, old, new| Action::Edit { report: report.clone(), field: field.to_owned(), old, new };
    for wrong in [
        Action::Accept { reports: vec![] },
        Action::Accept { reports: vec!["none".to_owned()] },
        Action::Merge { one: report.clone(), other: report.clone() },
        Action::Split { report: report.clone(), from: vec![] },
        edit("certainty", json!("unknown"), json!("possible")),
        edit("key", json!(report), json!("x")),
        edit("status", json!("actual"), json!("perhaps")),
        edit("mode", json!(null), json!("of-no-codebook")),
        edit("mode", json!(null), json!("")),
        edit("actor.99.name", json!(null), json!("x")),
    ] {
        assert!(store.decide(AT, "Ana", &wrong).is_err(), "{wrong:?}");
    }
    assert!(store.undo(AT, "Ana", Some(1)).is_err());
    assert_same(&dump(store.connection()), &before, "after what was refused, and before");
    assert_eq!(log(store.connection()).unwrap(), []);
}

#[test]
fn decisions_do_not_depend_on_when_the_articles_came() {
    let folder = Folder::new("late");
    let mut store = filled(&folder, 40);
    let (_, reports) = several(store.connection());
    store.decide(AT, "Ana", &Action::Split { report: reports[1].clone(), from: vec![reports[0].clone()] }).unwrap();
    store.decide(AT, "Ana", &Action::Reject { reports: vec![reports[2].clone()] }).unwrap();
    let before = dump(store.connection());
    let articles = keys(store.connection(), "SELECT key FROM article");
    store.remove(&articles).unwrap();
    assert_eq!(store.unattached().unwrap().len(), 3);
    for number in (0..40).rev() {
        store.add(vec![incoming(&made(number))]).unwrap();
    }
    assert_eq!(store.unattached().unwrap(), Vec::<String>::new());
    assert_same(&dump(store.connection()), &before, "added again one by one, and before");
}

#[test]
fn a_correction_outlives_reading_the_article_again() {
    let folder = Folder::new("reread");
    let mut store = filled(&folder, 6);
    let record = made(2);
    let article = incoming(&record).key().to_owned();
    let reports =
        keys(store.connection(), &format!("SELECT key FROM report WHERE key LIKE '{article}%' ORDER BY ordinal"));
    let certainty = |db: &Connection| -> Vec<String> {
        keys(db, "SELECT json_extract(report, '$.certainty') FROM report WHERE review = 'edited'")
    };
    for report in &reports[..2] {
        let old = saksi_store::get(&saksi_store::report(store.connection(), report).unwrap().1, "certainty").unwrap();
        let (field, new) = ("certainty".to_owned(), json!("possible"));
        store.decide(AT, "Ana", &Action::Edit { report: report.clone(), field, old, new }).unwrap();
    }
    // A newer program reads a longer trigger, and misses the second event.
    let mut again = record.clone();
    again.events[0].trigger.end += 1;
    again.events.remove(1);
    let replaced = store.replace(vec![(article.clone(), incoming(&again))]).unwrap();
    assert!(replaced[0].changed);
    assert_eq!(replaced[0].unattached, [reports[1].clone()]);
    assert_eq!(certainty(store.connection()), ["possible"]);
    assert_whole(store.connection());

    // One that finds it again finds its correction too, even in a text that begins otherwise.
    let mut moved = record.clone();
    moved.text.insert_str(0, "xyz ");
    moved.article.id = "other".to_owned();
    let shift = |start: &mut u32, end: &mut u32| {
        *start += 4;
        *end += 4;
    };
    moved.passages.iter_mut().for_each(|passage| shift(&mut passage.start, &mut passage.end));
    moved.sentences.iter_mut().for_each(|sentence| shift(&mut sentence.start, &mut sentence.end));
    moved.events.iter_mut().for_each(|event| shift(&mut event.trigger.start, &mut event.trigger.end));
    let replaced = store.replace(vec![(article.clone(), incoming(&record))]).unwrap();
    assert_eq!(replaced[0].unattached, Vec::<String>::new());
    assert_eq!(certainty(store.connection()), ["possible", "possible"]);
    let replaced = store.replace(vec![(article.clone(), incoming(&moved))]).unwrap();
    assert_ne!(replaced[0].key, article);
    assert_eq!(replaced[0].unattached, Vec::<String>::new());
    assert_eq!(certainty(store.connection()), ["possible", "possible"]);
}

/// A number that looks random, the next of its kind.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn a_thousand_altered_bytes_of_the_log_are_found() {
    let folder = Folder::new("altered");
    let mut store = filled(&folder, 10);
    for report in keys(store.connection(), "SELECT key FROM report ORDER BY key LIMIT 12") {
        store.decide(AT, "Ana", &Action::Accept { reports: vec![report] }).unwrap();
    }
    let db = store.connection();
    assert_whole(db);
    assert!(db.execute("UPDATE log SET who = 'Ben'", []).is_err());
    assert!(db.execute("DELETE FROM log", []).is_err());
    db.execute_batch("DROP TRIGGER log_is_not_changed; DROP TRIGGER log_is_not_shortened").unwrap();
    let mut state = 1;
    for trial in 0..1000 {
        let (table, id, columns): (&str, i64, &[&str]) = if next(&mut state).is_multiple_of(10) {
            ("anchor", 1, &["hash", "entries"])
        } else {
            ("log", 1 + (next(&mut state) % 12) as i64, &["seq", "at", "who", "action", "previous", "hash"])
        };
        let column = columns[next(&mut state) as usize % columns.len()];
        let at = if table == "log" { "seq" } else { "id" };
        let old: Vec<u8> = db
            .query_row(&format!("SELECT CAST({column} AS BLOB) FROM {table} WHERE {at} = {id}"), [], |row| row.get(0))
            .unwrap();
        let mut new = old.clone();
        if new.is_empty() {
            new.push(b'0');
        } else {
            let place = next(&mut state) as usize % new.len();
            new[place] ^= 1 << (next(&mut state) % 8);
        }
        let new = String::from_utf8_lossy(&new).into_owned();
        db.execute_batch("SAVEPOINT trial").unwrap();
        // A number may not take on letters or the place of another; then the alteration cannot be made.
        if db.execute(&format!("UPDATE {table} SET {column} = ?1 WHERE {at} = {id}"), [&new]).is_ok() {
            let now: String = db
                .query_row(&format!("SELECT group_concat(quote({column})) FROM {table}"), [], |row| row.get(0))
                .unwrap();
            let faults = saksi_store::verify(db).unwrap();
            assert!(faults.iter().any(|fault| fault.starts_with("log")), "trial {trial}: {table}.{column} {now}");
        }
        db.execute_batch("ROLLBACK TO trial; RELEASE trial").unwrap();
    }
    for cut in
        ["DELETE FROM log WHERE seq = 12", "DELETE FROM log WHERE seq = 5", "DELETE FROM log", "DELETE FROM anchor"]
    {
        db.execute_batch("SAVEPOINT trial").unwrap();
        db.execute(cut, []).unwrap();
        assert!(saksi_store::verify(db).unwrap().iter().any(|fault| fault.starts_with("log")), "{cut}");
        db.execute_batch("ROLLBACK TO trial; RELEASE trial").unwrap();
    }
    assert_whole(db);
}
