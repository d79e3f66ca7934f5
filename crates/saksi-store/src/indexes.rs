//! Indexes that only questions use. While much is added they are left out, and at the end made by sorting: a batch touches most
//! pages of each otherwise.

use crate::error::StoreError;
use crate::file::SCHEMA;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use rustc_hash::FxHashSet;

/// In the order of the schema, so that `SQLite` chooses among them as if they had never been left out.
const ASKED: [&str; 23] = [
    "event_by_key",
    "event_by_time",
    "event_by_type",
    "event_by_mode",
    "event_by_published",
    "event_by_sources",
    "event_by_reports",
    "event_by_status",
    "event_by_certainty",
    "event_by_review",
    "event_by_languages",
    "event_in_short",
    "event_by_long_time",
    "party_by_actor",
    "party_by_country",
    "place_by_key",
    "place_by_country",
    "place_by_name",
    REPORTS,
    "report_by_source",
    "voice_by_actor",
    "voice_by_kind",
    "tally_by_voices",
];

/// The index by which decisions find their reports.
const REPORTS: &str = "report_by_key";

/// Articles from which on it may be worth to leave them out. So long as all of them fit into memory, sorting saves nothing.
pub const FEW: u64 = 15_000;
/// Making them all takes as long as keeping them does for half as many articles as there are, about.
const SHARE: u64 = 2;
/// KiB that are sorted at once, as `SQLite` has it: negative.
const STRETCH: i64 = -16_384;

/// Bytes of the file that are read where they stand in memory, since each index is a pass over a table; SQLite takes as many as it may.
const MAPPED: i64 = 1 << 40;

/// Whether they are to be left out, after so many articles were added to so many; not before `few` were.
pub(crate) fn worth(added: u64, there: u64, few: u64) -> bool {
    added >= few.max(there / SHARE)
}

/// Indexes for questions that the file lacks: an `add` that left them out was interrupted, or is under way. Questions are
/// answered all the same, with passes over tables.
///
/// # Errors
/// If the file cannot be read.
pub fn lacking(db: &Connection) -> Result<Vec<&'static str>, StoreError> {
    let mut statement = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let there = rows.collect::<Result<FxHashSet<_>, _>>()?;
    Ok(ASKED.into_iter().filter(|name| !there.contains(*name)).collect())
}

/// Leaves them out, but for the one that decisions need where there are `decisions`.
pub(crate) fn leave_out(db: &Connection, decisions: bool) -> Result<(), StoreError> {
    let mut names = ASKED.iter().filter(|name| !(decisions && **name == REPORTS));
    names.try_for_each(|name| Ok(db.execute_batch(&format!("DROP INDEX IF EXISTS {name}"))?))
}

/// Makes those that are not there, each in a transaction of its own, so that others need not wait for all; `made` is called after
/// each.
pub(crate) fn make(db: &Connection, mut made: impl FnMut() -> Result<(), StoreError>) -> Result<(), StoreError> {
    // Short stretches are sorted beside the pass over the table, and merged out of files.
    let cache: i64 = db.pragma_query_value(None, "cache_size", |row| row.get(0))?;
    db.pragma_update(None, "cache_size", STRETCH)?;
    db.pragma_update(None, "temp_store", "default")?;
    db.pragma_update(None, "threads", 2)?;
    map(db, MAPPED)?;
    for name in lacking(db)? {
        let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
        // Another program may have made it while this one waited.
        if lacking(&transaction)?.contains(&name) {
            transaction.execute_batch(statement(name))?;
        }
        transaction.commit()?;
        made()?;
    }
    map(db, 0)?;
    db.pragma_update(None, "threads", 0)?;
    db.pragma_update(None, "temp_store", "memory")?;
    db.pragma_update(None, "cache_size", cache)?;
    Ok(())
}

/// From here on so many bytes of the file are read without copying them.
fn map(db: &Connection, bytes: i64) -> Result<(), StoreError> {
    // It tells how many they are; nothing, for a file in memory.
    let mut statement = db.prepare(&format!("PRAGMA mmap_size = {bytes}"))?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// The statement of the schema that makes an index.
fn statement(name: &str) -> &'static str {
    let found = SCHEMA.find(&format!("INDEX {name} ON ")).and_then(|at| SCHEMA[..at].rfind("CREATE "));
    found.map_or("", |at| &SCHEMA[at..]).split_inclusive(';').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(db: &Connection) -> Vec<(String, String)> {
        let sql = "SELECT tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE type = 'index' ORDER BY tbl_name, rowid";
        let mut statement = db.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn what_was_left_out_is_made_again_as_the_schema_has_it() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(SCHEMA).unwrap();
        let before = schema(&db);
        leave_out(&db, true).unwrap();
        assert_eq!(lacking(&db).unwrap().len(), ASKED.len() - 1);
        make(&db, || Ok(())).unwrap();
        assert_eq!(lacking(&db).unwrap(), Vec::<&str>::new());
        leave_out(&db, false).unwrap();
        assert_eq!(lacking(&db).unwrap(), ASKED);
        db.execute_batch(statement("event_by_mode")).unwrap();
        make(&db, || Ok(())).unwrap();
        let mut after = schema(&db);
        // The one that somebody made in between comes before those of its table.
        after.sort();
        let mut sorted = before.clone();
        sorted.sort();
        assert_eq!(after, sorted);
        leave_out(&db, false).unwrap();
        make(&db, || Ok(())).unwrap();
        assert_eq!(schema(&db), before);
    }

    #[test]
    fn a_small_add_never_leaves_them_out() {
        assert!(!worth(14_999, 0, FEW) && worth(15_000, 0, FEW) && worth(15_000, 30_000, FEW));
        assert!(!worth(15_000, 1_000_000, FEW) && worth(500_000, 1_000_000, FEW));
    }
}
