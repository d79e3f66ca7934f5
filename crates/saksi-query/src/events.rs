use crate::collection::Collection;
use crate::conditions::ids;
use crate::error::QueryError;
use crate::filter::{Filter, Page};
use crate::plan::{Rows, find};
use crate::statement::Statement;
use rusqlite::Connection;
use saksi_merge::Event;
use serde::Serialize;
use std::collections::HashMap;

/// A page of events.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Events {
    /// In the order of the page.
    pub events: Vec<Event>,
    /// What `after` must be for the next page; null after the last.
    pub next: Option<String>,
    /// Whether the page ends where an answer would have taken too long, so that it may be short or empty though there are more.
    pub stopped: bool,
}

/// The events of a filter, a page of them.
///
/// # Errors
/// For names that mean several actors, values that cannot be, and a page after an event that is not there.
pub fn events(of: &Collection, filter: &Filter, page: &Page) -> Result<Events, QueryError> {
    let Rows { rows: mut found, stopped } = find(of, filter, page)?;
    let more = found.len() > page.limit;
    found.truncate(page.limit);
    let events = by_rows(&of.db, &found)?;
    let stopped = stopped.filter(|_| !more);
    let last = events.last().filter(|_| more).map(|event| event.key.clone());
    Ok(Events { events, stopped: stopped.is_some(), next: stopped.or(last) })
}

/// Events by their rows, in that order.
pub(crate) fn by_rows(db: &Connection, rows: &[i64]) -> Result<Vec<Event>, QueryError> {
    let mut all: HashMap<i64, Event> = HashMap::with_capacity(rows.len());
    for part in rows.chunks(500) {
        let query = ids(part).within("SELECT id, summary FROM event WHERE id IN (", ")");
        for (id, summary) in query.rows(db, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
            all.insert(id, parse(&summary)?);
        }
    }
    Ok(rows.iter().filter_map(|row| all.remove(row)).collect())
}

/// The row and the event of a key, or of the one key that begins so.
pub(crate) fn by_key(db: &Connection, key: &str) -> Result<(i64, Event), QueryError> {
    let whole = Statement::new("SELECT id, summary FROM event WHERE key = ?", [key.to_owned().into()]);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
    let mut found = whole.rows(db, read)?;
    if found.is_empty() && !key.is_empty() {
        // the next character after any that a key may hold ends the range
        let range = [key.to_owned().into(), format!("{key}\u{10ffff}").into()];
        found = Statement::new("SELECT id, summary FROM event WHERE key >= ? AND key < ? ORDER BY key LIMIT 2", range)
            .rows(db, read)?;
    }
    match &found[..] {
        [(id, summary)] => Ok((*id, parse(summary)?)),
        [] => Err(QueryError::usage(
            format!("the collection has no event `{key}`"),
            "`saksi events` lists events with their keys; the first characters of a key are enough",
        )),
        _ => {
            Err(QueryError::usage(format!("several events have keys that begin with `{key}`"), "give more of the key"))
        }
    }
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, QueryError> {
    serde_json::from_str(json).map_err(|error| QueryError::File {
        reason: format!("a row of the collection cannot be read: {error}"),
        help: "`saksi verify` says what is damaged; `saksi update` reads the articles again".into(),
    })
}
