//! How to find the events of a filter without a pass over all of them.
//!
//! Either an index in the wanted order is walked, each event held against the conditions, until the page is full; or
//! the shortest list that an index gives is gone through as a whole and put in order. Which is less work is told by
//! the lengths of the lists, counted up to a limit, and by a sample of events.

use crate::collection::Collection;
use crate::conditions::{Condition, LONG, List, begins_by, conditions, ids, time_check};
use crate::error::QueryError;
use crate::filter::{Days, Filter, Order, Page};
use crate::statement::{Statement, text};
use rusqlite::Connection;
use rusqlite::types::Value;

/// A list of so many is gone through without asking further.
const SHORT: i64 = 3_000;
/// Lists are counted up to here: going through so many takes about as long as an answer may take.
const COUNTED: i64 = 40_000;
/// Events looked at to tell which share of all meet the conditions.
const SAMPLE: i64 = 400;
/// A step of a walk takes as long as so many of a list: it goes to events in order of time, which lie apart in the file, and a
/// list in order of the file (measured on a million events: 14 µs and 4 µs).
const STRIDE: f64 = 3.5;
/// What a sample with none that meets them all is taken to have.
const FEW: f64 = 0.5;

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
    by(db, &conditions, &lists, &window, page, way)
}

fn by(
    db: &Connection,
    conditions: &[Condition],
    lists: &[&List],
    window: &Days,
    page: &Page,
    way: Way,
) -> Result<Vec<i64>, QueryError> {
    let after = page.after.as_deref().map(|key| place(db, key)).transpose()?;
    let mut found = Vec::new();
    for statement in statements(conditions, lists, window, page, after.as_ref(), way) {
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
    let Sample { of, all, each } = sample(db, conditions, window)?;
    let share = SAMPLE as f64 / (all as f64).max(FEW);
    let steps = STRIDE * ((page.limit as f64 + 1.0) * share).min(of as f64);
    if length < COUNTED {
        return Ok(if steps < length as f64 { Way::Walk } else { Way::List(shortest) });
    }
    // every list is long; the sample tells how long
    let mut owners = Vec::new();
    for (condition, hits) in conditions.iter().zip(each) {
        owners.extend(std::iter::repeat_n(hits, condition.lists.len()));
    }
    let least = owners.iter().enumerate().min_by_key(|(_, hits)| **hits);
    let (at, length) = least.map_or((shortest, COUNTED), |(at, hits)| (at, (*hits as i64 * of / SAMPLE).max(COUNTED)));
    Ok(if steps <= length as f64 { Way::Walk } else { Way::List(at) })
}

/// What a sample of events tells.
struct Sample {
    /// Events that there are, about.
    of: i64,
    /// Those of the sample that meet all conditions.
    all: usize,
    /// Those that meet each.
    each: Vec<usize>,
}

/// Looks at a sample of events, the same each time.
fn sample(db: &Connection, conditions: &[Condition], window: &Days) -> Result<Sample, QueryError> {
    let ends = Statement::new("SELECT (SELECT min(id) FROM event), (SELECT max(id) FROM event)", []);
    let ends = ends.rows(db, |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?)))?;
    let (first, last) = ends.first().map_or((0, 0), |(first, last)| (first.unwrap_or(0), last.unwrap_or(0)));
    let span = (last - first + 1) as u64;
    // steps of the golden ratio spread evenly and keep to no rhythm (Weyl's sequence)
    let chosen = (1..=SAMPLE as u64).map(|step| {
        let part = step.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        first + ((u128::from(part) * u128::from(span)) >> 64) as i64
    });
    let mut checks: Vec<Statement> = conditions.iter().map(|condition| condition.check.clone()).collect();
    if !window.is_open() {
        checks.push(time_check(window));
    }
    let chosen = ids(&chosen.collect::<Vec<_>>());
    let mut query =
        Statement::join(&checks, ", ").within("SELECT ", " FROM event e INDEXED BY event_in_short WHERE e.id IN (");
    query.append(&chosen).push(")", []);
    let mut each = vec![0; checks.len()];
    let met = query.rows(db, |row| {
        let mut every = true;
        for (at, hits) in each.iter_mut().enumerate() {
            let met = row.get::<_, Option<bool>>(at)?.unwrap_or(false);
            *hits += usize::from(met);
            every &= met;
        }
        Ok(every)
    })?;
    Ok(Sample { of: span as i64, all: met.into_iter().filter(|every| *every).count(), each })
}

fn all(conditions: &[Condition]) -> Statement {
    all_but(conditions, None)
}

/// All conditions but the one that a list has met already.
fn all_but(conditions: &[Condition], met: Option<usize>) -> Statement {
    let mut checks = Vec::new();
    let mut list = 0;
    for condition in conditions {
        let own = list..list + condition.lists.len();
        list = own.end;
        if !(condition.exact && met.is_some_and(|met| own.contains(&met))) {
            checks.push(condition.check.clone());
        }
    }
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
    let asked = match way {
        Way::Walk => all(conditions),
        Way::List(at) => all_but(conditions, Some(at)),
    };
    let direction = if page.reverse { "DESC" } else { "ASC" };
    let (sort, index) = match page.order {
        Order::Time => {
            if let Way::Walk = way {
                return walk_time(&asked, window, page.reverse, after);
            }
            let known = format!("e.earliest {direction}, e.latest {direction}, e.key {direction}");
            (format!("e.earliest IS NULL, {known}"), "")
        }
        Order::Sources => (number_sort(way, "sources", page.reverse), "event_by_sources"),
        Order::Reports => (number_sort(way, "reports", page.reverse), "event_by_reports"),
    };
    let mut query = match way {
        Way::Walk => Statement::new(format!("SELECT e.id FROM {} WHERE ", walked(index)), []),
        Way::List(at) => lists[at]
            .select
            .clone()
            .within("SELECT e.id FROM event e INDEXED BY event_in_short WHERE e.id IN (", ") AND "),
    };
    query.append(&asked);
    if page.order == Order::Time && !window.is_open() {
        query.push(" AND ", []).append(&time_check(window));
    }
    if let Some(after) = after {
        query.push(" AND ", []).append(&beyond(page, after, if way == Way::Walk { "w" } else { "e" }));
    }
    query.push(&format!(" ORDER BY {sort}"), []);
    vec![query]
}

fn number_sort(way: Way, column: &str, reverse: bool) -> String {
    let from = if way == Way::Walk { "w" } else { "e" };
    let (number, key) = if reverse { ("ASC", "DESC") } else { ("DESC", "ASC") };
    format!("{from}.{column} {number}, {from}.key {key}")
}

/// An index walked as `w`, with what is asked of each event read as `e` from the index that holds it in short.
fn walked(index: &str) -> String {
    format!("event w INDEXED BY {index} CROSS JOIN event e INDEXED BY event_in_short ON e.id = w.id")
}

/// The walk by time, in stretches that come one after the other: what began long before the window, what began in it,
/// and what nobody knows the beginning of.
fn walk_time(asked: &Statement, window: &Days, reverse: bool, after: Option<&Place>) -> Vec<Statement> {
    let direction = if reverse { "DESC" } else { "ASC" };
    let known = &format!("w.earliest {direction}, w.latest {direction}, w.key {direction}");
    let walk = |index: &str, which: Statement, sort: &str, unknown: bool| {
        let mut query = which.within(&format!("SELECT e.id FROM {} WHERE ", walked(index)), " AND ");
        query.append(asked);
        if !window.is_open() {
            query.push(" AND ", []).append(&time_check(window));
        }
        match after {
            Some(place) if place.earliest.is_none() && !unknown => query.push(" AND 0", []),
            Some(place) if place.earliest.is_none() || !unknown => {
                query.push(" AND ", []).append(&later(place, reverse, "w"))
            }
            _ => &mut query,
        };
        query.push(&format!(" ORDER BY {sort}"), []);
        query
    };
    let mut main = Statement::new("w.earliest IS NOT NULL", []);
    let mut parts = Vec::new();
    if let Some(from) = &window.from {
        let begins = begins_by(from);
        main.push(" AND w.earliest >= ?", [text(begins.as_str())]);
        let long = format!(
            "coalesce(w.latest, '9999-12-31') >= ? AND w.earliest < ? AND w.earliest IS NOT NULL
             AND (w.latest IS NULL OR julianday(w.latest) - julianday(w.earliest) > {LONG})"
        );
        parts.push(walk("event_by_long_time", Statement::new(long, [text(from.as_str()), text(begins)]), known, false));
    }
    if let Some(to) = &window.to {
        main.push(" AND w.earliest <= ?", [text(to.as_str())]);
    }
    parts.push(walk("event_by_time", main, known, false));
    if reverse {
        parts.reverse();
    }
    let mut unknown = Statement::new("w.earliest IS NULL", []);
    if !window.is_open() {
        unknown.push(" AND w.latest >= ?", [text(window.from.as_deref().unwrap_or_default())]);
    }
    parts.push(walk("event_by_time", unknown, &format!("w.latest {direction}, w.key {direction}"), true));
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

/// Whether the row of that name comes after a place.
fn beyond(page: &Page, after: &Place, from: &str) -> Statement {
    let (column, value) = match page.order {
        Order::Time => {
            let later = later(after, page.reverse, from);
            return match after.earliest {
                Some(_) => later.within(&format!("({from}.earliest IS NULL OR "), ")"),
                None => later.within(&format!("({from}.earliest IS NULL AND "), ")"),
            };
        }
        Order::Sources => ("sources", after.sources),
        Order::Reports => ("reports", after.reports),
    };
    let (more, next) = if page.reverse { (">", "<") } else { ("<", ">") };
    Statement::new(
        format!("{from}.{column} {more}= ? AND ({from}.{column} {more} ? OR {from}.key {next} ?)"),
        [value.into(), value.into(), text(after.key.as_str())],
    )
}

/// Whether it comes after a place among those whose beginning is known, or among those whose is not.
fn later(after: &Place, reverse: bool, from: &str) -> Statement {
    let next = if reverse { "<" } else { ">" };
    let key = text(after.key.as_str());
    // no last day comes before all last days, as SQLite sorts it
    let by_latest = match (&after.latest, reverse) {
        (Some(latest), false) => Statement::new(
            format!("({from}.latest > ? OR {from}.latest = ? AND {from}.key > ?)"),
            [text(latest.as_str()), text(latest.as_str()), key],
        ),
        (Some(latest), true) => Statement::new(
            format!("({from}.latest IS NULL OR {from}.latest < ? OR {from}.latest = ? AND {from}.key < ?)"),
            [text(latest.as_str()), text(latest.as_str()), key],
        ),
        (None, false) => Statement::new(format!("({from}.latest IS NOT NULL OR {from}.key > ?)"), [key]),
        (None, true) => Statement::new(format!("({from}.latest IS NULL AND {from}.key < ?)"), [key]),
    };
    let Some(earliest) = &after.earliest else {
        return by_latest;
    };
    let day = || text(earliest.as_str());
    let mut all =
        Statement::new(format!("({from}.earliest {next}= ? AND ({from}.earliest {next} ? OR "), [day(), day()]);
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

/// The rows that each way gives.
#[cfg(test)]
pub(crate) fn every_way(of: &Collection, filter: &Filter, page: &Page) -> Result<Vec<(Way, Vec<i64>)>, QueryError> {
    let conditions = conditions(of, filter, page.order != Order::Time)?.unwrap_or_default();
    let window = if page.order == Order::Time { filter.time.clone() } else { Days::default() };
    let lists: Vec<&List> = conditions.iter().flat_map(|condition| &condition.lists).collect();
    let ways = std::iter::once(Way::Walk).chain((0..lists.len()).map(Way::List));
    ways.map(|way| Ok((way, by(&of.db, &conditions, &lists, &window, page, way)?))).collect()
}
