//! SQL of the user's own.

use crate::error::QueryError;
use crate::sql::{Cell, Limits, SqlRows, sql};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A collection of no articles in a file of its own.
fn file(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("saksi-query-{}-{name}.db", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let wait = Duration::from_secs(1);
    drop(saksi_store::connect(&path, saksi_store::Mode::Create, wait).unwrap());
    path
}

fn asked(path: &Path, statement: &str) -> Result<SqlRows, QueryError> {
    let limits = Limits { time: Duration::from_millis(300), rows: 3, memory: 64 << 20 };
    sql(path, Duration::from_secs(1), statement, &limits)
}

#[test]
fn a_statement_that_reads_is_answered() {
    let path = file("reads");
    let rows = asked(&path, "SELECT 1 AS one, 'a' AS text, NULL, x'00ff', 1.5").unwrap();
    assert_eq!(rows.columns[..2], ["one", "text"]);
    let cells = [Cell::Whole(1), Cell::Text("a".into()), Cell::Null, Cell::Bytes("00ff".into()), Cell::Real(1.5)];
    assert_eq!(rows.rows, [cells.to_vec()]);
    assert!(asked(&path, "SELECT count(*) FROM words WHERE words MATCH 'a'").is_ok());
    assert!(!asked(&path, "SELECT name FROM pragma_table_info('event')").unwrap().rows.is_empty());
    let many = asked(&path, "VALUES (1), (2), (3), (4)").unwrap();
    assert!(many.more && many.rows.len() == 3);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn nothing_can_be_changed_or_reached() {
    let path = file("changes");
    for statement in [
        "DELETE FROM event",
        "INSERT INTO log VALUES (1, '', '', '', '', '')",
        "UPDATE event SET key = ''",
        "DROP TABLE event",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "ATTACH 'other.db' AS other",
        "PRAGMA query_only = 0",
        "PRAGMA journal_mode = delete",
        "PRAGMA writable_schema = 1",
        "VACUUM INTO 'other.db'",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT x",
        "SELECT load_extension('x')",
        "REINDEX",
        "ANALYZE",
        "SELECT 1; DELETE FROM event",
        "SELECT * FROM event WHERE key = ?",
    ] {
        let answer = asked(&path, statement);
        assert!(matches!(answer, Err(QueryError::Usage { .. })), "{statement}: {answer:?}");
    }
    std::fs::remove_file(path).unwrap();
}

#[test]
fn limits_stop_a_statement() {
    let path = file("limits");
    for statement in [
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c",
        "SELECT length(zeroblob(500000000))",
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT group_concat(hex(zeroblob(100000))) FROM c",
    ] {
        let answer = asked(&path, statement);
        assert!(matches!(answer, Err(QueryError::Stopped { .. })), "{statement}: {answer:?}");
    }
    // what one statement used up is there for the next
    assert!(asked(&path, "SELECT 1").is_ok());
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_mistake_is_shown_where_it_is() {
    let path = file("mistakes");
    let told = asked(&path, "SELECT key\nFROM event WHERE é = foo").unwrap_err().to_string();
    assert!(told.contains("no such column: é") && told.contains("line 2, column 18"), "{told}");
    let told = asked(&path, "SELEC 1").unwrap_err().to_string();
    assert!(told.contains("syntax error") && told.contains("line 1, column 1"), "{told}");
    assert!(matches!(asked(&path, ""), Err(QueryError::Sql { .. })));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn what_is_no_collection_is_told() {
    let path = file("other");
    std::fs::write(
        &path,
        b"not a database, but long enough to have a header of one hundred bytes ........................",
    )
    .unwrap();
    assert!(matches!(asked(&path, "SELECT 1"), Err(QueryError::File { .. })));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(asked(&path, "SELECT 1"), Err(QueryError::File { .. })));
}
