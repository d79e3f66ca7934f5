//! How to find the events of a filter without a pass over all of them.
//!
//! Either an index in the wanted order is walked, each event held against the conditions, until the page is full; or
//! the shortest list that an index gives is gone through as a whole and put in order. Which is less work is told by
//! the lengths of the lists, counted up to a limit, and by a sample of events.

use crate::conditions::{Condition, LONG, List, begins_by, conditions, ids, time_check};
use crate::error::QueryError;
use crate::filter::{Days, Filter, Order, Page};
use crate::statement::{Statement, text};
use rusqlite::Connection;
use crate::collection::Collection;
use rusqlite::types::Value;

/// A list of so many is gone through without asking further.
const SHORT: i64 = 3_000;
/// Lists are counted up to here: going through so many takes about as long as an answer may take.
const COUNTED: i64 = 40_000;
/// Events looked at to tell how many of a hundred meet all conditions.
const SAMPLE: i64 = 600;
/// Fewer of the sample than this say little; a walk is then taken to be long.
const ENOUGH: usize = 4;

/// How the events are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Along an index in the order wanted.
    Walk,
    /// Through the list of that number.
    List(usize),
}

/// The place of an event in an order.
#[derive(Debug, Clone)]
struct Place {
    key: String,
    earliest: Option<String>,
    latest: Option<String>,
    sources: i64,
    reports: i64,
}

/// Rows of events, in the order of the page: at most as many as its limit and one more.
///
/// # Errors
/// For names that mean several actors, values that cannot be, or a page after an event that is not there.
pub(crate) fn find(of: &Collection, filter: &Filter, page: &Page) -> Result<Vec<i64>, QueryError> {
    let db = &of.db;
    let Some(conditions) = conditions(of, filter, page.order != Order::Time)? else {
        return Ok(Vec::new());
    };
    let window = if page.order == Order::Time { filter.time.clone() } else { Days::default() };
    let lists: Vec<&List> = conditions.iter().flat_map(|condition| &condition.lists).collect();
    let way = choose(db, &conditions, &lists, &window, page)?;
    let after = page.after.as_deref().map(|key| place(db, key)).transpose()?;
    let mut found = Vec::new();
    for statement in statements(&conditions, &lists, &window, page, after.as_ref(), way) {
        let left = page.limit + 1 - found.len();
        let limited = statement.within("", &format!(" LIMIT {left}"));
        found.extend(limited.numbers(db)?);
        if found.len() > page.limit {
            break;
        }
    }
    Ok(found)
}

fn choose(
    db: &Connection,
    conditions: &[Condition],
    lists: &[&List],
    window: &Days,
    page: &Page,
) -> Result<Way, QueryError> {
    let mut best: Option<(i64, usize)> = None;
    for (at, list) in lists.iter().enumerate() {
        let most = best.map_or(COUNTED, |(least, _)| least);
        let rows = list.count.clone().within("SELECT count(*) FROM (", &format!(" LIMIT {})", most / list.each + 1));
        let length = rows.number(db)? * list.each;
        if best.is_none_or(|(least, _)| length < least) {
            best = Some((length, at));
        }
        if length <= SHORT {
            break;
        }
    }
    let Some((length, shortest)) = best else {
        return Ok(Way::Walk);
    };
    if length <= SHORT {
        return Ok(Way::List(shortest));
    }
    if let (Some(from), Some(to)) = (&window.from, &window.to) {
        // what begins in the window is walked, and is a list of its own
        let within = "SELECT count(*) FROM (SELECT 1 FROM event INDEXED BY event_by_time WHERE earliest BETWEEN ? AND ? LIMIT ?)";
        let params = [text(begins_by(from)), text(to.as_str()), Value::from(length)];
        if Statement::new(within, params).number(db)? < length {
            return Ok(Way::Walk);
        }
    }
    let hits = sample(db, conditions, window)?;
    let steps = if hits < ENOUGH { i64::MAX } else { (page.limit as i64 + 1) * SAMPLE / hits as i64 };
    Ok(if steps < length { Way::Walk } else { Way::List(shortest) })
}

/// How many of a sample of events meet all conditions. The sample is the same each time.
fn sample(db: &Connection, conditions: &[Condition], window: &Days) -> Result<usize, QueryError> {
    let (first, last): (i64, i64) = {
        let ends = Statement::new("SELECT (SELECT min(id) FROM event), (SELECT max(id) FROM event)", []);
        let rows = ends.rows(db, |row| {
            Ok((row.get::<_, Option<i64>>(0)?.unwrap_or(0), row.get::<_, Option<i64>>(1)?.unwrap_or(0)))
        })?;
        rows.first().copied().unwrap_or((0, 0))
    };
    let span = (last - first + 1) as u64;
    // steps of the golden ratio spread evenly and keep to no rhythm (Weyl's sequence)
    let chosen = (1..=SAMPLE as u64).map(|step| {
        let part = step.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        first + ((u128::from(part) * u128::from(span)) >> 64) as i64
    });
    let mut query = ids(&chosen.collect::<Vec<_>>()).within("SELECT e.id FROM event e NOT INDEXED WHERE e.id IN (", ")");
    query.push(" AND ", []).append(&all(conditions));
    if !window.is_open() {
        query.push(" AND ", []).append(&time_check(window));
    }
    Ok(query.numbers(db)?.len())
}

fn all(conditions: &[Condition]) -> Statement {
    let checks: Vec<_> = conditions.iter().map(|condition| condition.check.clone()).collect();
    if checks.is_empty() { Statement::new("1", []) } else { Statement::join(&checks, " AND ") }
}

/// The statements whose rows, one after the other, are the answer; each lacks its limit only.
fn statements(
    conditions: &[Condition],
    lists: &[&List],
    window: &Days,
    page: &Page,
    after: Option<&Place>,
    way: Way,
) -> Vec<Statement> {
    let asked = all(conditions);
    let direction = if page.reverse { "DESC" } else { "ASC" };
    let (sort, index) = match page.order {
        Order::Time => {
            let known = format!("e.earliest {direction}, e.latest {direction}, e.key {direction}");
            if let Way::Walk = way {
                return walk_time(&asked, window, page.reverse, after, &known);
            }
            (format!("e.earliest IS NULL, {known}"), "")
        }
        Order::Sources => (number_sort("sources", page.reverse), "event_by_sources"),
        Order::Reports => (number_sort("reports", page.reverse), "event_by_reports"),
    };
    let mut query = match way {
        Way::Walk => Statement::new(format!("SELECT e.id FROM event e INDEXED BY {index} WHERE "), []),
        Way::List(at) => {
            lists[at].select.clone().within("SELECT e.id FROM event e NOT INDEXED WHERE e.id IN (", ") AND ")
        }
    };
    query.append(&asked);
    if page.order == Order::Time && !window.is_open() {
        query.push(" AND ", []).append(&time_check(window));
    }
    if let Some(after) = after {
        query.push(" AND ", []).append(&beyond(page, after));
    }
    query.push(&format!(" ORDER BY {sort}"), []);
    vec![query]
}

fn number_sort(column: &str, reverse: bool) -> String {
    if reverse { format!("e.{column} ASC, e.key DESC") } else { format!("e.{column} DESC, e.key ASC") }
}

/// The walk by time, in stretches that come one after the other: what began long before the window, what began in it,
/// and what nobody knows the beginning of.
fn walk_time(asked: &Statement, window: &Days, reverse: bool, after: Option<&Place>, known: &str) -> Vec<Statement> {
    let walk = |index: &str, which: Statement, sort: &str, unknown: bool| {
        let mut query = which.within(&format!("SELECT e.id FROM event e INDEXED BY {index} WHERE "), " AND ");
        query.append(asked);
        if !window.is_open() {
            query.push(" AND ", []).append(&time_check(window));
        }
        match after {
            Some(place) if place.earliest.is_none() && !unknown => query.push(" AND 0", []),
            Some(place) if place.earliest.is_none() || !unknown => {
                query.push(" AND ", []).append(&later(place, reverse))
            }
            _ => &mut query,
        };
        query.push(&format!(" ORDER BY {sort}"), []);
        query
    };
    let mut main = Statement::new("e.earliest IS NOT NULL", []);
    let mut parts = Vec::new();
    if let Some(from) = &window.from {
        let begins = begins_by(from);
        main.push(" AND e.earliest >= ?", [text(begins.as_str())]);
        let long = format!(
            "coalesce(e.latest, '9999-12-31') >= ? AND e.earliest < ? AND e.earliest IS NOT NULL
             AND (e.latest IS NULL OR julianday(e.latest) - julianday(e.earliest) > {LONG})"
        );
        parts.push(walk("event_by_long_time", Statement::new(long, [text(from.as_str()), text(begins)]), known, false));
    }
    if let Some(to) = &window.to {
        main.push(" AND e.earliest <= ?", [text(to.as_str())]);
    }
    parts.push(walk("event_by_time", main, known, false));
    if reverse {
        parts.reverse();
    }
    let direction = if reverse { "DESC" } else { "ASC" };
    let mut unknown = Statement::new("e.earliest IS NULL", []);
    if !window.is_open() {
        unknown.push(" AND e.latest >= ?", [text(window.from.as_deref().unwrap_or_default())]);
    }
    parts.push(walk("event_by_time", unknown, &format!("e.latest {direction}, e.key {direction}"), true));
    parts
}

fn place(db: &Connection, key: &str) -> Result<Place, QueryError> {
    let sql = "SELECT key, earliest, latest, sources, reports FROM event WHERE key = ?";
    let found = Statement::new(sql, [text(key)]).rows(db, |row| {
        Ok(Place {
            key: row.get(0)?,
            earliest: row.get(1)?,
            latest: row.get(2)?,
            sources: row.get(3)?,
            reports: row.get(4)?,
        })
    })?;
    found.into_iter().next().ok_or_else(|| {
        QueryError::usage(
            format!("there is no event `{key}` to go on after"),
            "the collection may have changed since; leave --after out to begin again",
        )
    })
}

/// Whether `e` comes after a place.
fn beyond(page: &Page, after: &Place) -> Statement {
    let (column, value) = match page.order {
        Order::Time => {
            let later = later(after, page.reverse);
            return match after.earliest {
                Some(_) => later.within("(e.earliest IS NULL OR ", ")"),
                None => later.within("(e.earliest IS NULL AND ", ")"),
            };
        }
        Order::Sources => ("sources", after.sources),
        Order::Reports => ("reports", after.reports),
    };
    let (more, next) = if page.reverse { (">", "<") } else { ("<", ">") };
    Statement::new(
        format!("e.{column} {more}= ? AND (e.{column} {more} ? OR e.key {next} ?)"),
        [value.into(), value.into(), text(after.key.as_str())],
    )
}

/// Whether `e` comes after a place among those whose beginning is known, or among those whose is not.
fn later(after: &Place, reverse: bool) -> Statement {
    let next = if reverse { "<" } else { ">" };
    let key = text(after.key.as_str());
    // no last day comes before all last days, as SQLite sorts it
    let by_latest = match (&after.latest, reverse) {
        (Some(latest), false) => Statement::new(
            "(e.latest > ? OR e.latest = ? AND e.key > ?)",
            [text(latest.as_str()), text(latest.as_str()), key],
        ),
        (Some(latest), true) => Statement::new(
            "(e.latest IS NULL OR e.latest < ? OR e.latest = ? AND e.key < ?)",
            [text(latest.as_str()), text(latest.as_str()), key],
        ),
        (None, false) => Statement::new("(e.latest IS NOT NULL OR e.key > ?)", [key]),
        (None, true) => Statement::new("(e.latest IS NULL AND e.key < ?)", [key]),
    };
    let Some(earliest) = &after.earliest else {
        return by_latest;
    };
    let day = || text(earliest.as_str());
    let mut all = Statement::new(format!("(e.earliest {next}= ? AND (e.earliest {next} ? OR "), [day(), day()]);
    all.append(&by_latest).push("))", []);
    all
}

/// What `SQLite` says it does for a filter, one way after the other, with each list in its turn.
#[cfg(test)]
pub(crate) fn explained(
    of: &Collection,
    filter: &Filter,
    page: &Page,
) -> Result<Vec<(Way, String, Vec<String>)>, QueryError> {
    let db = &of.db;
    let conditions = conditions(of, filter, page.order != Order::Time)?.unwrap_or_default();
    let window = if page.order == Order::Time { filter.time.clone() } else { Days::default() };
    let lists: Vec<&List> = conditions.iter().flat_map(|condition| &condition.lists).collect();
    let after = page.after.as_deref().map(|key| place(db, key)).transpose()?;
    let mut all = Vec::new();
    for way in std::iter::once(Way::Walk).chain((0..lists.len()).map(Way::List)) {
        let counts = lists.iter().map(|list| list.count.clone());
        for statement in statements(&conditions, &lists, &window, page, after.as_ref(), way).into_iter().chain(counts) {
            let sql = statement.sql.clone();
            let plan = statement.within("EXPLAIN QUERY PLAN ", "").rows(db, |row| row.get(3))?;
            all.push((way, sql, plan));
        }
    }
    Ok(all)
}
