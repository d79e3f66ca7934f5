//! Whether a collection is whole.

use crate::error::StoreError;
use crate::incoming::{inflate, key, words};
use crate::log;
use crate::sound::sound;
use crate::stored::parse;
use rusqlite::{Connection, OptionalExtension};
use saksi_record::Record;

/// How many faults of one kind are told of.
const MOST: usize = 20;

/// What is wrong with a collection, in a sentence each; empty if nothing is.
///
/// Checks the file's pages and indexes, the references between tables, the words, each record and its key, each report and its
/// place in the record, the numbers of each event, the names of actors, and the log.
///
/// # Errors
/// If the file cannot be read at all.
pub fn verify(db: &Connection) -> Result<Vec<String>, StoreError> {
    let mut faults = Vec::new();
    pages(db, &mut faults);
    for (what, sql) in CHECKS {
        if let Err(error) = listed(db, what, sql, &mut faults) {
            faults.push(format!("{what}: {error}"));
        }
    }
    if let Err(error) = records(db, &mut faults) {
        faults.push(format!("articles: {error}"));
    }
    faults.extend(log::faults(db));
    Ok(faults)
}

/// What `SQLite` itself finds wrong. Its check takes in the words: the structure of a full-text index is checked with the rest.
fn pages(db: &Connection, faults: &mut Vec<String>) {
    let check = |pragma: &str, clean: &str, faults: &mut Vec<String>| -> Result<(), StoreError> {
        let mut statement = db.prepare(pragma)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let cells: Vec<String> = (0..columns)
                .map(|at| {
                    row.get_ref(at).map_or_else(
                        |_| String::new(),
                        |value| match value {
                            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                            _ => String::new(),
                        },
                    )
                })
                .collect();
            let said = cells.join(" ");
            if said != clean {
                faults.push(format!("file: {said}"));
            }
        }
        Ok(())
    };
    for (pragma, clean) in [("PRAGMA integrity_check", "ok"), ("PRAGMA foreign_key_check", "")] {
        if let Err(error) = check(pragma, clean, faults) {
            faults.push(format!("file: {error}"));
        }
    }
}

/// What is wrong, and a query that lists where.
const CHECKS: [(&str, &str); 9] = [
    (
        "words: an article is missing from the index",
        "SELECT key FROM article WHERE id NOT IN (SELECT id FROM words_docsize)",
    ),
    (
        "words: the index has an article that is not there",
        "SELECT id FROM words_docsize WHERE id NOT IN (SELECT id FROM article)",
    ),
    ("articles: the witness is not there", "SELECT key FROM article WHERE witness NOT IN (SELECT key FROM article)"),
    (
        "events: none of its reports is there",
        "SELECT key FROM event WHERE id NOT IN (SELECT event FROM report WHERE event IS NOT NULL)",
    ),
    ("reports: it is of no event", "SELECT key FROM report WHERE event IS NULL"),
    (
        "events: it counts other reports than there are",
        "SELECT key FROM event WHERE review != 'rejected' AND reports != \
         (SELECT count(*) FROM report WHERE report.event = event.id AND report.review != 'rejected')",
    ),
    (
        "reports: one event reaches over reports that are not linked",
        "SELECT event FROM report GROUP BY event HAVING min(linked) != max(linked)",
    ),
    ("actors: no name is known", "SELECT key FROM actor WHERE id NOT IN (SELECT actor FROM alias)"),
    (
        "actors: names and descriptions do not agree",
        "SELECT actor FROM alias WHERE articles != (SELECT sum(articles) FROM description \
         WHERE description.actor = alias.actor AND description.name = alias.name)",
    ),
];

fn listed(db: &Connection, what: &str, sql: &str, faults: &mut Vec<String>) -> Result<(), StoreError> {
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        if count <= MOST {
            let key = match row.get_ref(0)? {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                _ => String::new(),
            };
            faults.push(format!("{what}: {key}"));
        }
    }
    if count > MOST {
        faults.push(format!("{what}: {} more", count - MOST));
    }
    Ok(())
}

fn records(db: &Connection, faults: &mut Vec<String>) -> Result<(), StoreError> {
    let mut statement = db.prepare(
        "SELECT key, text_id, url, outlet, title, language, published, raw, witness, record, id FROM article ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let counted = Counted::new()?;
    while let Some(row) = rows.next()? {
        let stored: String = row.get(0)?;
        let json: String = row.get(9)?;
        let record: Record = match serde_json::from_str(&json) {
            Ok(record) => record,
            Err(error) => {
                faults.push(format!("articles: the record of {stored} cannot be read: {error}"));
                continue;
            }
        };
        if let Err(why) = sound(&record) {
            faults.push(format!("articles: the record of {stored}: {why}"));
        }
        let article = &record.article;
        if key(&article.id, article.url.as_deref(), article.outlet.as_deref()) != stored {
            faults.push(format!("articles: {stored} is not the key of its record"));
        }
        let columns: [Option<String>; 6] =
            [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
        let says = [
            Some(&article.id),
            article.url.as_ref(),
            article.outlet.as_ref(),
            article.title.as_ref(),
            Some(&article.language),
            article.published.value.as_ref(),
        ];
        if columns.iter().map(Option::as_ref).ne(says) {
            faults.push(format!("articles: the row of {stored} says something else than its record"));
        }
        if let Some(raw) = row.get::<_, Option<Vec<u8>>>(7)?
            && inflate(&raw).is_none()
        {
            faults.push(format!("articles: the bytes of {stored} cannot be unpacked"));
        }
        let (witness, id): (String, i64) = (row.get(8)?, row.get(10)?);
        let (title, body) = words(&record);
        let held = db.prepare_cached("SELECT sz FROM words_docsize WHERE id = ?1")?.query_row([id], |row| row.get(0));
        let held: Option<Vec<u8>> = held.optional()?;
        // One that is not there is told of elsewhere.
        if held.is_some() && held != Some(counted.of(&title, &body)?) {
            faults.push(format!("words: the index has others of {stored} than its text"));
        }
        reports(db, id, &witness, &record, &stored, faults)?;
    }
    Ok(())
}

/// Counts the words of articles as the index does.
struct Counted(Connection);

impl Counted {
    fn new() -> Result<Self, StoreError> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(
            "CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', tokenize = 'unicode61 remove_diacritics 2')",
        )?;
        Ok(Self(db))
    }

    fn of(&self, title: &str, body: &str) -> Result<Vec<u8>, StoreError> {
        self.0.prepare_cached("INSERT INTO words (rowid, title, body) VALUES (1, ?1, ?2)")?.execute([title, body])?;
        let counts =
            self.0.prepare_cached("SELECT sz FROM words_docsize WHERE id = 1")?.query_row([], |row| row.get(0))?;
        self.0.prepare_cached("INSERT INTO words (words) VALUES ('delete-all')")?.execute([])?;
        Ok(counts)
    }
}

/// Holds the reports of an article against its record.
fn reports(
    db: &Connection,
    id: i64,
    witness: &str,
    record: &Record,
    stored: &str,
    faults: &mut Vec<String>,
) -> Result<(), StoreError> {
    let mut statement =
        db.prepare_cached("SELECT key, review, report, ordinal FROM report WHERE article = ?1 ORDER BY ordinal")?;
    let mut rows = statement.query([id])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        let key: String = row.get(0)?;
        let json: String = row.get(2)?;
        let Ok(report) = parse(&json) else {
            faults.push(format!("reports: {key} cannot be read"));
            continue;
        };
        let review: String = row.get(1)?;
        let event = record.events.get(row.get::<_, i64>(3)? as usize);
        let belongs = report.key == key
            && report.article == stored
            && report.witness == witness
            && crate::events::review(report.review) == review
            && event.is_some_and(|event| event.id == report.event);
        if !belongs {
            faults.push(format!("reports: {key} does not belong to its article and record"));
        }
    }
    if count != record.events.len() {
        faults.push(format!("reports: {stored} has {count} reports and its record {} events", record.events.len()));
    }
    Ok(())
}
