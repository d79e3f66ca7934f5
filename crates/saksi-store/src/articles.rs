//! What is in a collection: articles by key, and which key stands for what.

use crate::error::StoreError;
use crate::incoming::{Options, inflate};
use crate::stored::parse;
use rusqlite::{Connection, OptionalExtension, Row, params};
use saksi_merge::Report;
use saksi_record::Record;
use serde::Serialize;

/// An article of a collection, without its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The article's own address.
    pub url: Option<String>,
    /// The path or address it was read from.
    pub source: Option<String>,
    /// Key of the earliest article of its wire group.
    pub witness: String,
    /// Reports in it.
    pub reports: u32,
    /// The program and packs that made its record; empty if not known.
    pub program: String,
}

/// Which articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// BCP 47.
    pub language: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// First day of publication, ISO 8601.
    pub from: Option<String>,
    /// Last day of publication, ISO 8601.
    pub to: Option<String>,
    /// No more than so many.
    pub limit: Option<u32>,
}

/// The articles that pass the filter, by day of publication and key; those without a day come last.
///
/// # Errors
/// If the file cannot be read.
pub fn articles(
    db: &Connection,
    filter: &Filter,
    mut each: impl FnMut(Listed) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = db.prepare(
        "SELECT key, published, language, outlet, title, url, source, witness, \
         (SELECT count(*) FROM report WHERE report.article = article.id), program \
         FROM article WHERE (?1 IS NULL OR language = ?1) AND (?2 IS NULL OR outlet = ?2) \
         AND (?3 IS NULL OR published >= ?3) AND (?4 IS NULL OR published <= ?4) \
         ORDER BY published IS NULL, published, key LIMIT ?5",
    )?;
    let limit = filter.limit.map_or(-1, i64::from);
    let mut rows = statement.query(params![filter.language, filter.outlet, filter.from, filter.to, limit])?;
    while let Some(row) = rows.next()? {
        each(listed(row)?)?;
    }
    Ok(())
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        key: row.get(0)?,
        published: row.get(1)?,
        language: row.get(2)?,
        outlet: row.get(3)?,
        title: row.get(4)?,
        url: row.get(5)?,
        source: row.get(6)?,
        witness: row.get(7)?,
        reports: row.get(8)?,
        program: row.get(9)?,
    })
}

/// What a key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An article.
    Article(String),
    /// An event.
    Event(String),
    /// A report.
    Report(String),
}

/// Makes of a key what it stands for.
type Make = fn(String) -> Found;

/// How many keys are told of where several begin alike.
const SOME: usize = 5;

/// What a key stands for, or the beginning of one that no other has. An article's key also begins those of its reports; it
/// is the article's.
///
/// # Errors
/// [`StoreError::Unknown`] and [`StoreError::Ambiguous`].
pub fn find(db: &Connection, key: &str) -> Result<Found, StoreError> {
    if key.is_empty() {
        return Err(StoreError::Unknown(String::new()));
    }
    let tables: [(&str, Make); 3] = [("article", Found::Article), ("event", Found::Event), ("report", Found::Report)];
    for (table, found) in tables {
        let mut exact = db.prepare_cached(&format!("SELECT 1 FROM {table} WHERE key = ?1"))?;
        if exact.exists([key])? {
            return Ok(found(key.to_owned()));
        }
    }
    let mut all: Vec<Found> = Vec::new();
    let mut some: Vec<String> = Vec::new();
    for (table, found) in tables {
        if table == "report" && !all.is_empty() {
            break;
        }
        let mut statement = db.prepare_cached(&format!(
            "SELECT key FROM {table} WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT {SOME}"
        ))?;
        // No character sorts after this one.
        let rows = statement.query_map(params![key, format!("{key}\u{10ffff}")], |row| row.get::<_, String>(0))?;
        for row in rows {
            let row = row?;
            some.push(row.clone());
            all.push(found(row));
        }
    }
    match all.len() {
        0 => Err(StoreError::Unknown(key.to_owned())),
        1 => Ok(all.remove(0)),
        _ => {
            some.truncate(SOME);
            Err(StoreError::Ambiguous { key: key.to_owned(), some })
        }
    }
}

/// The record of an article.
///
/// # Errors
/// [`StoreError::Unknown`] if there is none with that key.
pub fn record(db: &Connection, key: &str) -> Result<Record, StoreError> {
    let json: Option<String> = db
        .prepare_cached("SELECT record FROM article WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let json = json.ok_or_else(|| StoreError::Unknown(key.to_owned()))?;
    serde_json::from_str(&json)
        .map_err(|error| StoreError::Damaged(format!("the record of {key} cannot be read: {error}")))
}

/// What an article can be read from again.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The bytes as they came; its text as it was read, where nothing else is kept of it.
    pub bytes: Vec<u8>,
    /// Whether these are the bytes as they came.
    pub original: bool,
    /// What was said of it.
    pub options: Options,
    /// What the record says of the article.
    pub article: saksi_record::Article,
}

/// What an article can be read from again.
///
/// # Errors
/// [`StoreError::Unknown`] if there is none with that key, [`StoreError::Damaged`] if what is kept of it cannot be unpacked.
pub fn source(db: &Connection, key: &str) -> Result<Source, StoreError> {
    let record = record(db, key)?;
    let (raw, came, options): (Option<Vec<u8>>, Option<String>, String) = db
        .prepare_cached("SELECT raw, came, options FROM article WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let damaged = |what: &str| StoreError::Damaged(format!("the {what} of {key} cannot be read"));
    let options: Options = serde_json::from_str(&options).map_err(|_| damaged("options"))?;
    let original = came.is_some();
    let bytes = match raw {
        Some(raw) => inflate(&raw).ok_or_else(|| damaged("bytes"))?,
        None => record.text.clone().into_bytes(),
    };
    Ok(Source { bytes, original, options, article: record.article })
}

/// The reports of an article, each after the key of its event, in the order of the record.
///
/// # Errors
/// If the file cannot be read.
pub fn reports_of_article(db: &Connection, key: &str) -> Result<Vec<(String, Report)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT event.key, report.report FROM report JOIN article ON article.id = report.article \
         LEFT JOIN event ON event.id = report.event WHERE article.key = ?1 ORDER BY report.ordinal",
    )?;
    let rows = statement
        .query_map([key], |row| Ok((row.get::<_, Option<String>>(0)?.unwrap_or_default(), row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (event, report) = row?;
        Ok((event, parse(&report)?))
    })
    .collect()
}

/// A report, after the key of its event.
///
/// # Errors
/// [`StoreError::Unknown`] if there is none with that key.
pub fn report(db: &Connection, key: &str) -> Result<(String, Report), StoreError> {
    let found: Option<(Option<String>, String)> = db
        .prepare_cached(
            "SELECT event.key, report.report FROM report LEFT JOIN event ON event.id = report.event WHERE report.key = ?1",
        )?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (event, report) = found.ok_or_else(|| StoreError::Unknown(key.to_owned()))?;
    Ok((event.unwrap_or_default(), parse(&report)?))
}

/// An event, as the JSON of [`saksi_merge::Event`], and its reports, from first to last by day of publication.
///
/// # Errors
/// [`StoreError::Unknown`] if there is none with that key.
pub fn event(db: &Connection, key: &str) -> Result<(serde_json::Value, Vec<Report>), StoreError> {
    let found: Option<(i64, String)> = db
        .prepare_cached("SELECT id, summary FROM event WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (id, summary) = found.ok_or_else(|| StoreError::Unknown(key.to_owned()))?;
    let summary = serde_json::from_str(&summary)
        .map_err(|error| StoreError::Damaged(format!("the event {key} cannot be read: {error}")))?;
    let mut statement = db.prepare_cached("SELECT report FROM report WHERE event = ?1")?;
    let rows = statement.query_map([id], |row| row.get::<_, String>(0))?;
    let mut reports = rows.map(|row| parse(&row?)).collect::<Result<Vec<Report>, StoreError>>()?;
    reports.sort_by(|one, other| {
        (one.published.is_none(), &one.published, &one.key).cmp(&(
            other.published.is_none(),
            &other.published,
            &other.key,
        ))
    });
    Ok((summary, reports))
}
