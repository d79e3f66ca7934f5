//! The log of what persons decided: only added to, and each entry holds the hash of the one before.

use crate::error::StoreError;
use crate::incoming::field;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a person decided. Reports are named by their keys at that time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// These reports are right: one, or all of an event.
    Accept {
        /// The reports.
        reports: Vec<String>,
    },
    /// These reports are wrong: one, or all of an event.
    Reject {
        /// The reports.
        reports: Vec<String>,
    },
    /// A field of a report has another value.
    Edit {
        /// The report.
        report: String,
        /// The field, as [`crate::FIELDS`] lists them; parts of it follow after dots, as in `actor.0.country`.
        field: String,
        /// What it was.
        old: Value,
        /// What it is.
        new: Value,
    },
    /// Two reports are of one event, and with them their events.
    Merge {
        /// A report of the one.
        one: String,
        /// A report of the other.
        other: String,
    },
    /// A report is not of the event that these other reports are of.
    Split {
        /// The report.
        report: String,
        /// The others.
        from: Vec<String>,
    },
    /// An entry counts for nothing; if it is an undo itself, what it undid counts again.
    Undo {
        /// Its number.
        seq: i64,
    },
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub seq: i64,
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// What.
    pub action: Action,
    /// The hash of the entry before; empty for the first.
    pub previous: String,
    /// BLAKE3 of the number, the time, who, what, and the hash before.
    pub hash: String,
}

/// A row of the log as it stands in the file.
struct Raw {
    seq: i64,
    at: String,
    who: String,
    action: String,
    previous: String,
    hash: String,
}

const ROWS: &str = "SELECT seq, at, who, action, previous, hash FROM log ORDER BY seq";

impl Raw {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            at: row.get(1)?,
            who: row.get(2)?,
            action: row.get(3)?,
            previous: row.get(4)?,
            hash: row.get(5)?,
        })
    }

    fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [&self.previous, &self.seq.to_string(), &self.at, &self.who, &self.action] {
            field(&mut hasher, Some(part.as_bytes()));
        }
        hasher.finalize().to_hex().to_string()
    }

    fn entry(self) -> Result<Entry, StoreError> {
        let action = serde_json::from_str(&self.action)
            .map_err(|error| StoreError::Damaged(format!("entry {} of the log cannot be read: {error}", self.seq)))?;
        Ok(Entry { seq: self.seq, at: self.at, who: self.who, action, previous: self.previous, hash: self.hash })
    }
}

/// All entries, in order.
///
/// # Errors
/// If an entry cannot be read.
pub fn log(db: &Connection) -> Result<Vec<Entry>, StoreError> {
    let mut statement = db.prepare_cached(ROWS)?;
    let rows = statement.query_map([], Raw::of)?;
    rows.map(|row| row.map_err(StoreError::from).and_then(Raw::entry)).collect()
}

/// How many entries there are, and the hash of the last: what is kept beside the log, and may be kept elsewhere too.
///
/// # Errors
/// If the file cannot be read.
pub fn anchor(db: &Connection) -> Result<(i64, String), StoreError> {
    Ok(db
        .prepare_cached("SELECT entries, hash FROM anchor WHERE id = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Adds an entry; to be called within a transaction.
pub(crate) fn append(db: &Connection, at: &str, who: &str, action: &Action) -> Result<Entry, StoreError> {
    let (entries, previous) = anchor(db)?;
    let last: Option<(i64, String)> = {
        let mut statement = db.prepare_cached("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")?;
        let mut rows = statement.query([])?;
        rows.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?
    };
    if last.unwrap_or_default() != (entries, previous.clone()) {
        return Err(StoreError::Damaged("the log does not end as it did after the last decision".to_owned()));
    }
    let mut raw = Raw {
        seq: entries + 1,
        at: at.to_owned(),
        who: who.to_owned(),
        action: serde_json::to_string(action).unwrap_or_default(),
        previous,
        hash: String::new(),
    };
    raw.hash = raw.hash();
    db.prepare_cached("INSERT INTO log (seq, at, who, action, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![raw.seq, raw.at, raw.who, raw.action, raw.previous, raw.hash])?;
    db.prepare_cached("UPDATE anchor SET entries = ?1, hash = ?2 WHERE id = 1")?.execute(params![raw.seq, raw.hash])?;
    raw.entry()
}

/// What is wrong with the log, in a sentence each.
pub(crate) fn faults(db: &Connection) -> Vec<String> {
    let mut faults = Vec::new();
    let mut walk = || -> Result<(), StoreError> {
        let mut statement = db.prepare(ROWS)?;
        let mut rows = statement.query([])?;
        let (mut count, mut previous) = (0, String::new());
        while let Some(row) = rows.next()? {
            count += 1;
            let Ok(raw) = Raw::of(row) else {
                faults.push(format!("log: entry {count} does not have the form of one"));
                continue;
            };
            if raw.seq != count {
                faults.push(format!("log: entry {count} has the number {}", raw.seq));
                count = raw.seq;
            }
            if raw.previous != previous {
                faults.push(format!("log: entry {} does not follow the one before it", raw.seq));
            }
            if raw.hash() != raw.hash {
                faults.push(format!("log: entry {} was altered", raw.seq));
            }
            previous.clone_from(&raw.hash);
            let seq = raw.seq;
            if raw.entry().is_err() {
                faults.push(format!("log: entry {seq} holds no decision"));
            }
        }
        let anchors: i64 = db.query_row("SELECT count(*) FROM anchor", [], |row| row.get(0))?;
        match anchor(db) {
            Ok(anchor) if anchors == 1 => {
                if anchor != (count, previous) {
                    faults.push(format!(
                        "log: it has {count} entries and does not end as it did when it had {}",
                        anchor.0
                    ));
                }
            }
            _ => faults.push("log: what it ended with is not kept".to_owned()),
        }
        Ok(())
    };
    if let Err(error) = walk() {
        faults.push(format!("log: {error}"));
    }
    faults
}
