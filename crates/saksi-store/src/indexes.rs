//! Indexes that only questions use. While much is added they are left out, and at the end made by sorting: a batch touches most
//! pages of each otherwise.

use crate::error::StoreError;
use crate::file::SCHEMA;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
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

/// Articles from which on it may be worth to leave them out.
pub const FEW: u64 = 4000;
/// When segments of the index of words are merged: as the schema has it, and while much is added, so that each word is written
/// less often.
const MERGED: (i64, i64) = (8, 16);
const MERGED_LATE: (i64, i64) = (0, 64);
/// Making them all takes as long as keeping them does for half as many articles as there are, about.
const SHARE: u64 = 2;
/// KiB that are sorted at once, as `SQLite` has it: negative.
const STRETCH: i64 = -16_384;

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
    names.try_for_each(|name| db.execute_batch(&format!("DROP INDEX IF EXISTS {name}")))?;
    merge_words(db, MERGED_LATE)
}

/// Makes those that are not there, each in a transaction of its own, so that others need not wait for all; `made` is called after
/// each.
pub(crate) fn make(db: &Connection, mut made: impl FnMut() -> Result<(), StoreError>) -> Result<(), StoreError> {
    merge_words(db, MERGED)?;
    // Short stretches are sorted beside the pass over the table, and merged out of files.
    let cache: i64 = db.pragma_query_value(None, "cache_size", |row| row.get(0))?;
    db.pragma_update(None, "cache_size", STRETCH)?;
    db.pragma_update(None, "temp_store", "default")?;
    db.pragma_update(None, "threads", 2)?;
    for name in lacking(db)? {
        let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
        // Another program may have made it while this one waited.
        if lacking(&transaction)?.contains(&name) {
            transaction.execute_batch(statement(name))?;
        }
        transaction.commit()?;
        made()?;
    }
    db.pragma_update(None, "threads", 0)?;
    db.pragma_update(None, "temp_store", "memory")?;
    db.pragma_update(None, "cache_size", cache)?;
    Ok(())
}

/// From how many segments of a length on the index of words merges them, step by step and at once; 0 for never.
fn merge_words(db: &Connection, (steps, once): (i64, i64)) -> Result<(), StoreError> {
    let mut set = db.prepare("INSERT INTO words (words, rank) VALUES (?1, ?2)")?;
    set.execute(params!["automerge", steps])?;
    set.execute(params!["crisismerge", once])?;
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

    fn merged(db: &Connection) -> Vec<(String, i64)> {
        let mut statement = db.prepare("SELECT k, v FROM words_config WHERE k LIKE '%merge' ORDER BY k").unwrap();
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
        assert_eq!(merged(&db), [("automerge".to_owned(), 0), ("crisismerge".to_owned(), 64)]);
        make(&db, || Ok(())).unwrap();
        assert_eq!(lacking(&db).unwrap(), Vec::<&str>::new());
        assert_eq!(merged(&db), [("automerge".to_owned(), 8), ("crisismerge".to_owned(), 16)]);
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
        assert!(!worth(3999, 0, FEW) && worth(4000, 0, FEW) && worth(4000, 8000, FEW));
        assert!(!worth(4000, 1_000_000, FEW) && worth(500_000, 1_000_000, FEW));
    }
}
