//! Files that are no collection, or not one that can be written to; and several programs at one file.

mod common;

use common::{Folder, GAZETTEER, assert_same, assert_whole, dump, incoming, made, open};
use saksi_store::{Connection, Mode, Store, StoreError, VERSION, connect, lacking};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const WAIT: Duration = Duration::from_millis(200);

fn fails(path: &Path, mode: Mode) -> StoreError {
    match connect(path, mode, WAIT) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

#[test]
fn what_is_no_collection_is_refused_and_not_touched() {
    let folder = Folder::new("foreign");
    let text = folder.file("text.db");
    fs::write(&text, "Banjir melanda Demak, ratusan warga mengungsi.").unwrap();
    let other = folder.file("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    let marked = folder.file("marked.db");
    Connection::open(&marked).unwrap().execute_batch("CREATE TABLE notes (text); PRAGMA application_id = 99").unwrap();
    for path in [&text, &other, &marked, &folder.0] {
        let before = fs::read(path).ok();
        for mode in [Mode::Create, Mode::Write, Mode::Read] {
            assert!(matches!(fails(path, mode), StoreError::Foreign(_)), "{}", path.display());
        }
        assert_eq!(fs::read(path).ok(), before);
    }
    assert_eq!(fails(&folder.file("none.db"), Mode::Read), StoreError::Missing);
    assert_eq!(fails(&folder.file("none.db"), Mode::Write), StoreError::Missing);
    let nowhere = folder.file("nowhere");
    assert_eq!(fails(&nowhere.join("a.db"), Mode::Create), StoreError::NoFolder(nowhere));
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let folder = Folder::new("newer");
    let path = folder.file("a.db");
    drop(open(&path));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", VERSION + 1).unwrap();
    for mode in [Mode::Create, Mode::Write, Mode::Read] {
        assert_eq!(fails(&path, mode), StoreError::Newer { version: VERSION + 1, known: VERSION });
    }
}

#[test]
fn a_file_of_every_released_version_is_brought_up_to_date() {
    // The schema of each version as it was released; a version that is added brings its file along.
    let released = [include_str!("schemas/1.sql"), include_str!("schemas/2.sql")];
    assert_eq!(released.len() as i64, VERSION, "a new version needs its schema in tests/schemas");
    let folder = Folder::new("released");
    let mut fresh = open(&folder.file("fresh.db"));
    fresh.add((0..5).map(|number| incoming(&made(number))).collect()).unwrap();
    for (at, schema) in released.iter().enumerate() {
        let path = folder.file(&format!("{}.db", at + 1));
        let old = Connection::open(&path).unwrap();
        old.execute_batch(schema).unwrap();
        old.pragma_update(None, "application_id", saksi_store::APPLICATION).unwrap();
        old.pragma_update(None, "user_version", at as i64 + 1).unwrap();
        drop(old);
        let mut store = open(&path);
        store.add((0..5).map(|number| incoming(&made(number))).collect()).unwrap();
        assert_same(&dump(store.connection()), &dump(fresh.connection()), "brought up to date, and fresh");
        assert_whole(store.connection());
        assert_eq!(shape(store.connection()), shape(fresh.connection()), "{}", at + 1);
    }
}

/// The tables' columns, and what else the schema has, by name.
fn shape(db: &Connection) -> Vec<String> {
    let sql = "SELECT type || ' ' || name || ' ' || replace(coalesce(sql, ''), '\"', '') FROM sqlite_schema WHERE type != 'table' \
               UNION SELECT m.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type || c.'notnull' || c.pk \
               FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_a_file_of_version_1_holds_is_held_by_version_2() {
    let folder = Folder::new("from-1");
    let path = folder.file("1.db");
    let mut fresh = open(&folder.file("fresh.db"));
    fresh.add((0..8).map(|number| incoming(&made(number))).collect()).unwrap();
    fresh.remove(&[incoming(&made(7)).key().to_owned()]).unwrap();
    let expected = dump(fresh.connection());
    drop(fresh);
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("schemas/1.sql")).unwrap();
    // What the program of that version would have written, taken over table by table.
    let fresh = folder.file("fresh.db");
    old.execute("ATTACH ?1 AS fresh", [fresh.to_str().unwrap()]).unwrap();
    let mut copy = "DELETE FROM anchor;".to_owned();
    let tables =
        "article band actor alias description event party place report voice block log anchor moved".split(' ');
    copy.extend(tables.map(|table| format!("INSERT INTO {table} SELECT * FROM fresh.{table};")));
    copy.push_str("DELETE FROM sqlite_sequence; INSERT INTO sqlite_sequence SELECT * FROM fresh.sqlite_sequence;");
    old.execute_batch(&copy).unwrap();
    drop(old);
    let old = Connection::open(&path).unwrap();
    old.execute_batch("INSERT INTO words (rowid, title, body) SELECT id, title, body FROM own_words").unwrap();
    old.pragma_update(None, "application_id", saksi_store::APPLICATION).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let mut store = open(&path);
    assert_same(&dump(store.connection()), &expected, "brought up to date, and before");
    assert_whole(store.connection());
    let last = |db: &Connection| -> i64 {
        db.query_row("SELECT seq FROM sqlite_sequence WHERE name = 'report'", [], |row| row.get(0)).unwrap()
    };
    let highest: i64 = store.connection().query_row("SELECT max(id) FROM report", [], |row| row.get(0)).unwrap();
    assert!(last(store.connection()) > highest, "numbers of reports that were taken out are not given again");
    store.add((7..12).map(|number| incoming(&made(number))).collect()).unwrap();
    store.remove(&[incoming(&made(3)).key().to_owned()]).unwrap();
    assert_whole(store.connection());
}

#[test]
fn a_locked_file_is_waited_for_and_then_told_of() {
    let folder = Folder::new("locked");
    let path = folder.file("a.db");
    drop(open(&path));
    let other = connect(&path, Mode::Write, WAIT).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut store = Store::open(&path, Mode::Write, WAIT, Arc::clone(&GAZETTEER)).unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(store.add(vec![incoming(&made(1))]), Err(StoreError::Busy));
    assert!(begun.elapsed() >= WAIT);
    // Reading goes on meanwhile.
    assert_whole(&connect(&path, Mode::Read, WAIT).unwrap());
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(store.add(vec![incoming(&made(1))]).unwrap().added, 1);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_to_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("readonly");
    let path = folder.file("a.db");
    let mut store = open(&path);
    store.add(vec![incoming(&made(1))]).unwrap();
    drop(store);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(fails(&path, Mode::Create), StoreError::ReadOnly);
    assert_whole(&connect(&path, Mode::Read, WAIT).unwrap());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
}

#[test]
fn two_at_once_lose_nothing_and_a_reader_sees_whole_articles() {
    let folder = Folder::new("two");
    let path = folder.file("a.db");
    let articles: Vec<_> = (0..60).map(|number| incoming(&made(number))).collect();
    std::thread::scope(|scope| {
        for half in 0..2 {
            let (path, articles) = (&path, &articles);
            scope.spawn(move || {
                let mut store = open(path);
                for article in articles.iter().skip(half).step_by(2) {
                    store.add(vec![article.clone()]).unwrap();
                }
            });
        }
        scope.spawn(|| {
            let mut seen = 0;
            let begun = std::time::Instant::now();
            while seen < 60 {
                assert!(begun.elapsed() < Duration::from_secs(60), "only {seen} were added");
                let Ok(db) = connect(&path, Mode::Read, Duration::from_secs(20)) else { continue };
                let transaction = db.unchecked_transaction().unwrap();
                let count = |sql: &str| -> i64 { transaction.query_row(sql, [], |row| row.get(0)).unwrap() };
                seen = count("SELECT count(*) FROM article");
                let whole = "SELECT count(*) FROM article WHERE json_array_length(record, '$.events') = \
                     (SELECT count(*) FROM report WHERE report.article = article.id AND event IS NOT NULL)";
                assert_eq!(count(whole), seen);
            }
        });
    });
    let mut straight = open(&folder.file("straight.db"));
    straight.add(articles).unwrap();
    let both = connect(&path, Mode::Read, WAIT).unwrap();
    assert_same(&dump(&both), &dump(straight.connection()), "two at once, and one");
    assert_whole(&both);
}

#[test]
fn indexes_that_were_left_out_are_made_by_whoever_comes_next() {
    let folder = Folder::new("indexes");
    let path = folder.file("a.db");
    let articles: Vec<_> = (0..40).map(|number| incoming(&made(number))).collect();
    let lacks = |db: &Connection| lacking(db).unwrap().len();
    let mut store = open(&path);
    store.leave_out_after(10);
    store.add(articles[..10].to_vec()).unwrap();
    assert_eq!(lacks(store.connection()), 0, "so many are few");
    store.add(articles[10..20].to_vec()).unwrap();
    assert!(lacks(store.connection()) > 10);
    assert_whole(&connect(&path, Mode::Read, WAIT).unwrap());
    // Another comes while the first goes on.
    let mut other = open(&path);
    other.complete().unwrap();
    assert_eq!(lacks(other.connection()), 0);
    other.add(articles[20..25].to_vec()).unwrap();
    store.add(articles[25..].to_vec()).unwrap();
    assert_eq!(lacks(store.connection()), 0, "they are left out once");
    store.complete().unwrap();
    let mut straight = open(&folder.file("straight.db"));
    straight.add(articles).unwrap();
    assert_same(&dump(store.connection()), &dump(straight.connection()), "left out for a time, and never");
    assert_whole(store.connection());
}
