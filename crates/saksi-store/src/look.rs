//! Events, reports and their articles as a reviewer needs them.

use crate::error::StoreError;
use crate::postings::BLOCKS;
use crate::stored::whole;
use rusqlite::{Connection, OptionalExtension, Row};
use saksi_merge::Report;
use saksi_record::Record;
use std::collections::BTreeSet;

/// An article as it stands in the collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its key.
    pub key: String,
    /// Its record, as it was read.
    pub record: Record,
}

/// A report with its article.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The report, with what a person corrected.
    pub report: Report,
    /// Key of the event it is of.
    pub event: Option<String>,
    /// Its article.
    pub article: Article,
}

const TOLD: &str = "SELECT report.report, report.features, event.key, article.key, article.record FROM report \
    JOIN article ON article.id = report.article LEFT JOIN event ON event.id = report.event";

/// The reports of an event, first published first; none if there is no such event.
///
/// # Errors
/// If the file cannot be read.
pub fn reports_of(db: &Connection, event: &str) -> Result<Vec<Told>, StoreError> {
    let sql = format!("{TOLD} WHERE event.key = ?1 ORDER BY article.published IS NULL, article.published, report.key");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([event])?;
    let mut reports = Vec::new();
    while let Some(row) = rows.next()? {
        reports.push(told(row)?);
    }
    Ok(reports)
}

/// The report with that key.
///
/// # Errors
/// If the file cannot be read.
pub fn report(db: &Connection, key: &str) -> Result<Option<Told>, StoreError> {
    let sql = format!("{TOLD} WHERE report.key = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([key])?;
    rows.next()?.map(told).transpose()
}

/// The key of the event that begins with `start`; also that of the event of a report with that key.
///
/// # Errors
/// [`StoreError::Unknown`] and [`StoreError::Ambiguous`].
pub fn event_key(db: &Connection, start: &str) -> Result<String, StoreError> {
    let mut of_report =
        db.prepare_cached("SELECT event.key FROM report JOIN event ON event.id = report.event WHERE report.key = ?1")?;
    if let Some(key) = of_report.query_row([start], |row| row.get(0)).optional()? {
        return Ok(key);
    }
    let mut some =
        db.prepare_cached("SELECT key FROM event WHERE key >= ?1 AND key < ?1 || char(1114111) ORDER BY key LIMIT 4")?;
    let keys = some.query_map([start], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    match keys.as_slice() {
        _ if start.is_empty() => Err(StoreError::Unknown(String::new())),
        [key] => Ok(key.clone()),
        [first, ..] if first == start => Ok(first.clone()),
        [] => Err(StoreError::Unknown(start.to_owned())),
        _ => Err(StoreError::Ambiguous { key: start.to_owned(), some: keys }),
    }
}

/// Reports of other events that may be of the event of this report: those that share a block with it, or with words, those
/// whose article has them all; at most `limit`.
///
/// # Errors
/// If the file cannot be read.
pub fn near(db: &Connection, report: &str, words: &str, limit: usize) -> Result<Vec<Told>, StoreError> {
    let quoted: Vec<String> =
        words.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    let other = "report.event IS NOT (SELECT event FROM report WHERE key = ?1)";
    let (sql, second) = if quoted.is_empty() {
        let Some(told) = self::report(db, report)? else { return Ok(Vec::new()) };
        let blocks = saksi_merge::blocks(&told.report);
        let met = BLOCKS.find(db, &blocks)?;
        let ids: BTreeSet<i64> = (0..blocks.len() as u32).flat_map(|place| met.get(place)).copied().collect();
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        let sql = format!(
            "{TOLD} WHERE report.id IN (SELECT value FROM json_each(?2)) AND {other} ORDER BY report.key LIMIT ?3"
        );
        (sql, ids)
    } else {
        let sql = format!(
            "{TOLD} WHERE report.article IN (SELECT rowid FROM words WHERE words MATCH ?2 LIMIT 200) AND {other} \
             ORDER BY article.published IS NULL, article.published, report.key LIMIT ?3"
        );
        (sql, quoted.join(" "))
    };
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params![report, second, limit as i64])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(told(row)?);
    }
    Ok(found)
}

/// Reports of an event, and of others that may be of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beside {
    /// Those of the event.
    pub own: Vec<Report>,
    /// Those of others, each with the key of its event.
    pub others: Vec<(Report, String)>,
}

/// Reports of an event, those of the least keys, and reports of other events that share a block with one of them, each with the key
/// of its event; at most `own` and `others`.
///
/// # Errors
/// If the file cannot be read.
pub fn beside(db: &Connection, event: &str, own: usize, others: usize) -> Result<Beside, StoreError> {
    let of_row = |row: &Row<'_>| whole(&row.get::<_, String>(0)?, &row.get::<_, Vec<u8>>(1)?);
    let mut statement = db.prepare_cached(
        "SELECT report, features FROM report WHERE event = (SELECT id FROM event WHERE key = ?1) ORDER BY key LIMIT ?2",
    )?;
    let mut rows = statement.query(rusqlite::params![event, own as i64])?;
    let mut found = Beside::default();
    while let Some(row) = rows.next()? {
        found.own.push(of_row(row)?);
    }
    let mut blocks: Vec<u64> = found.own.iter().flat_map(saksi_merge::blocks).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let met = BLOCKS.find(db, &blocks)?;
    let ids: BTreeSet<i64> = (0..blocks.len() as u32).flat_map(|place| met.get(place)).copied().collect();
    let ids = serde_json::to_string(&ids).unwrap_or_default();
    let mut statement = db.prepare_cached(
        "SELECT report.report, report.features, event.key FROM report JOIN event ON event.id = report.event \
         WHERE report.id IN (SELECT value FROM json_each(?1)) AND event.key <> ?2 ORDER BY report.key LIMIT ?3",
    )?;
    let mut rows = statement.query(rusqlite::params![ids, event, others as i64])?;
    while let Some(row) = rows.next()? {
        found.others.push((of_row(row)?, row.get(2)?));
    }
    Ok(found)
}

/// Articles whose events a person looked at, all of them, with their reports in text order; by key.
///
/// # Errors
/// If the file cannot be read.
pub fn reviewed(db: &Connection) -> Result<Vec<(Article, Vec<Report>)>, StoreError> {
    let mut statement = db.prepare(
        "SELECT id, key, record FROM article WHERE EXISTS (SELECT 1 FROM report WHERE article = article.id) \
         AND NOT EXISTS (SELECT 1 FROM report WHERE article = article.id AND review = 'unreviewed') ORDER BY key",
    )?;
    let mut of = db.prepare("SELECT report, features FROM report WHERE article = ?1 ORDER BY ordinal")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let article = Article { key: row.get(1)?, record: record(&row.get::<_, String>(2)?)? };
        let reports = of.query_map([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        let whole = |row: rusqlite::Result<(String, Vec<u8>)>| {
            row.map_err(StoreError::from).and_then(|(json, features)| whole(&json, &features))
        };
        let reports = reports.map(whole).collect::<Result<Vec<_>, StoreError>>()?;
        all.push((article, reports));
    }
    Ok(all)
}

/// The record of the article with that text; the first by key of several.
///
/// # Errors
/// If the file cannot be read.
pub fn record_of_text(db: &Connection, text: &str) -> Result<Option<Record>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT record FROM article WHERE text_id = ?1 AND json_extract(record, '$.text') = ?2 ORDER BY key LIMIT 1",
    )?;
    let id = &blake3::hash(text.as_bytes()).to_hex()[..32];
    let found: Option<String> = statement.query_row([id, text], |row| row.get(0)).optional()?;
    found.map(|json| record(&json)).transpose()
}

fn told(row: &Row<'_>) -> Result<Told, StoreError> {
    Ok(Told {
        report: whole(&row.get::<_, String>(0)?, &row.get::<_, Vec<u8>>(1)?)?,
        event: row.get(2)?,
        article: Article { key: row.get(3)?, record: record(&row.get::<_, String>(4)?)? },
    })
}

fn record(json: &str) -> Result<Record, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Damaged(format!("a record cannot be read: {error}")))
}
