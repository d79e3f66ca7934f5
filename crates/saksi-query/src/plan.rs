//! How to find the events of a filter without a pass over all of them.
//!
//! In order of time, the lists of a filter's fields are gone through together, shortest first, until the page is full; what no
//! list gives is checked event by event. By number of sources or reports, what stands in all lists is put in order where
//! that is little, and else events are checked along an index in that order. Either ends where the work that an answer may
//! take is spent.

use crate::checks::Checks;
use crate::collection::Collection;
use crate::conditions::{Condition, begins_by, conditions, long, stretches};
use crate::error::QueryError;
use crate::filter::{Days, Filter, Order, Page};
use crate::statement::{Statement, prepare, text};
use crate::streams::{Meeting, Next, Run, Spot, Stream, Work};
use rusqlite::Connection;
use rusqlite::types::Value;
use saksi_store::moment;
use std::cmp::Ordering;

/// Work that an answer may take, in rows of a list read.
pub(crate) const WORK: i64 = 200_000;
/// Lists are counted up to here.
const COUNTED: i64 = 10_000;
/// A list in no order is read as a whole up to here.
const LISTED: i64 = 4_000;
/// A list so many times longer than the shortest is not gone through: its events are checked.
const LONGER: i64 = 20;
/// Events put in order of sources or reports.
const SORTED: usize = 6_000;
/// Long events of a window that are taken as a list.
const LASTING: i64 = 40_000;
/// Events read at once along an index.
const BLOCK: usize = 256;

/// How events are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As is less work.
    Best,
    /// With a list for each field that has one.
    #[cfg(test)]
    Lists,
    /// With checks only.
    #[cfg(test)]
    Checks,
}

/// Rows of events, in the order of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// At most as many as the limit of the page and one more.
    pub(crate) rows: Vec<i64>,
    /// Where the work was spent before the page was full: key of the event after which to go on.
    pub(crate) stopped: Option<String>,
}

/// The place of an event in an order.
#[derive(Debug, Clone)]
struct Place {
    row: i64,
    moment: i64,
    time: (Option<String>, Option<String>, String),
    sources: i64,
    reports: i64,
}

/// Finds the events of a filter.
///
/// # Errors
/// For names that mean several actors, values that cannot be, or a page after an event that is not there.
pub(crate) fn find(of: &Collection, filter: &Filter, page: &Page) -> Result<Rows, QueryError> {
    find_with(of, filter, page, Way::Best, WORK)
}

pub(crate) fn find_with(
    of: &Collection,
    filter: &Filter,
    page: &Page,
    way: Way,
    work: i64,
) -> Result<Rows, QueryError> {
    let db = &of.db;
    let Some(conditions) = conditions(of, filter, false)? else {
        return Ok(Rows::default());
    };
    let after = page.after.as_deref().map(|key| place_of(db, key)).transpose()?;
    let all = work;
    // by number, two ways may have to be tried
    let work = Work::new(if page.order == Order::Time { all } else { all / 3 });
    let (after, window) = (after.as_ref(), &filter.time);
    let find = Finder { db, conditions: &conditions, window, page, after, work: &work, all };
    let plan = find.plan(way)?;
    match page.order {
        Order::Time => find.in_time(&plan),
        Order::Sources | Order::Reports => find.by_number(&plan, way),
    }
}

/// The rows of all events of a filter, in no order; none where they are too many.
///
/// # Errors
/// For names that mean several actors, and values that cannot be.
pub(crate) fn few(of: &Collection, filter: &Filter) -> Result<Option<Vec<i64>>, QueryError> {
    let Some(conditions) = conditions(of, filter, false)? else {
        return Ok(Some(Vec::new()));
    };
    let work = Work::new(WORK / 3);
    let page = Page::default();
    let (db, window) = (&of.db, &filter.time);
    let find = Finder { db, conditions: &conditions, window, page: &page, after: None, work: &work, all: WORK };
    let plan = find.plan(Way::Best)?;
    if plan.is_long() { Ok(None) } else { find.few(&plan) }
}

struct Finder<'f> {
    db: &'f Connection,
    conditions: &'f [Condition],
    window: &'f Days,
    page: &'f Page,
    after: Option<&'f Place>,
    work: &'f Work,
    /// Work that the whole answer may take.
    all: i64,
}

/// What is gone through, and which conditions are met by that.
#[derive(Default)]
struct Plan {
    /// Shortest first.
    streams: Vec<Vec<Run>>,
    /// A list that was read.
    list: Option<Vec<Spot>>,
    met: Vec<bool>,
    /// How long the shortest stream is, counted up to a limit.
    length: i64,
}

impl Plan {
    /// Whether it takes too long to go through as a whole.
    fn is_long(&self) -> bool {
        self.list.is_none() && self.streams.len() == 1 && self.length > SORTED as i64
    }
}

/// A stretch of moments; `lasting` are the events in it where they are few.
struct Stretch {
    moments: (i64, i64),
    lasting: Option<Vec<Spot>>,
    /// A day that an event must last to.
    to: Option<String>,
}

impl<'f> Finder<'f> {
    fn plan(&self, way: Way) -> Result<Plan, QueryError> {
        let mut met = vec![false; self.conditions.len()];
        let main = stretches(self.window)[0];
        let span = if self.window.is_open() { (0, i64::MAX) } else { main };
        let everything = vec![Run::new(Statement::new("event INDEXED BY event_by_time WHERE 1", []), "id")];
        let mut counted: Vec<(i64, Option<usize>, &Vec<Run>)> = Vec::new();
        let mut least = COUNTED;
        let count = |runs: &Vec<Run>, least: i64| -> Result<i64, QueryError> {
            let mut length = 0;
            for run in runs {
                if length <= least.saturating_mul(LONGER).min(COUNTED) {
                    length += run.count(span, least.saturating_mul(LONGER).min(COUNTED) + 1).number(self.db)?;
                }
            }
            self.work.spend(length / 4);
            Ok(length)
        };
        let all = self.conditions.iter().enumerate();
        for (at, runs) in all.clone().flat_map(|(at, one)| one.streams.iter().map(move |runs| (at, runs))) {
            let length = count(runs, least)?;
            least = least.min(length);
            counted.push((length, Some(at), runs));
        }
        if !self.window.is_open() || counted.is_empty() {
            counted.push((count(&everything, least)?, None, &everything));
        }
        counted.sort_by_key(|(length, ..)| *length);
        let shortest = counted[0].0;
        let keep = |length: i64| match way {
            Way::Best => length <= shortest.saturating_mul(LONGER) || shortest > COUNTED,
            #[cfg(test)]
            Way::Lists => true,
            #[cfg(test)]
            Way::Checks => false,
        };
        let list = self.list(shortest, way, &mut met)?;
        let mut streams = Vec::new();
        for (length, at, runs) in counted {
            if keep(length) {
                if let Some(at) = at.filter(|at| self.conditions[*at].exact) {
                    met[at] = true;
                }
                streams.push(runs.clone());
            }
        }
        if streams.is_empty() && list.is_none() {
            streams.push(everything);
        }
        Ok(Plan { streams, list, met, length: shortest })
    }

    /// The shortest of the lists in no order, where it is much shorter than what would be gone through else.
    fn list(&self, shortest: i64, way: Way, met: &mut [bool]) -> Result<Option<Vec<Spot>>, QueryError> {
        let most = match way {
            Way::Best => LISTED.min(shortest / 4),
            #[cfg(test)]
            Way::Lists => LISTED,
            #[cfg(test)]
            Way::Checks => 0,
        };
        let mut best = None;
        let mut least = most;
        for (at, condition) in self.conditions.iter().enumerate().filter(|(_, one)| one.streams.is_empty()) {
            for list in &condition.lists {
                let rows =
                    list.count.clone().within("SELECT count(*) FROM (", &format!(" LIMIT {})", least / list.each + 1));
                let length = rows.number(self.db)? * list.each;
                self.work.spend(length / 4);
                if length <= least {
                    (least, best) = (length, Some((at, list)));
                }
            }
        }
        let Some((at, list)) = best else { return Ok(None) };
        let most = 2 * LISTED;
        let query = list.select.clone().within(
            "SELECT e.moment, e.id FROM event e INDEXED BY event_in_short WHERE e.id IN (",
            &format!(") LIMIT {}", most + 1),
        );
        let spots = query.rows(self.db, |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.work.spend(10 * spots.len() as i64);
        if spots.len() as i64 > most {
            return Ok(None);
        }
        met[at] = self.conditions[at].exact;
        Ok(Some(spots))
    }

    /// What the plan goes through, from one moment to before another.
    fn meeting(&self, plan: &Plan, stretch: &Stretch, reverse: bool) -> Result<Meeting<'f, 'f>, QueryError> {
        let mut streams = Vec::new();
        for list in plan.list.iter().chain(&stretch.lasting) {
            streams.push(Stream::of(list, reverse));
        }
        for runs in &plan.streams {
            streams.push(Stream::open(self.db, runs, reverse)?);
        }
        let (low, high) = stretch.moments;
        let ends = if reverse { (1 - high, 1 - low) } else { (low, high) };
        Ok(Meeting::new(streams, ends, self.work))
    }

    /// The stretches of the window, one after the other; what nobody knows the beginning of is last.
    fn stretches(&self, reverse: bool) -> Result<Vec<Stretch>, QueryError> {
        let [main, unknown] = stretches(self.window);
        let to = self.window.from.clone();
        let mut all = Vec::new();
        if let Some(from) = &self.window.from {
            // counted before they are held against the beginning, so that no more are looked at
            let some = long("moment, id", from).within("", &format!(" LIMIT {}", LASTING + 1));
            let lasting: Vec<Spot> = some.rows(self.db, |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.work.spend(lasting.len() as i64);
            let few = lasting.len() as i64 <= LASTING;
            let moments = (0, moment::begins(&begins_by(from)));
            all.push(Stretch { moments, lasting: few.then_some(lasting), to: to.clone() });
        }
        all.push(Stretch { moments: main, lasting: None, to });
        if reverse {
            all.reverse();
        }
        all.push(Stretch { moments: unknown, lasting: None, to: None });
        if let Some(after) = self.after {
            all.retain(|stretch| !reverse || after.moment < moment::UNKNOWN || stretch.moments.0 >= moment::UNKNOWN);
            for stretch in &mut all {
                let (low, high) = &mut stretch.moments;
                if !reverse {
                    *low = after.moment.max(*low);
                } else if (after.moment >= moment::UNKNOWN) == (*low >= moment::UNKNOWN) {
                    *high = (*high).min(after.moment.saturating_add(1));
                }
            }
        }
        all.retain(|stretch| stretch.moments.0 < stretch.moments.1);
        Ok(all)
    }

    fn in_time(&self, plan: &Plan) -> Result<Rows, QueryError> {
        let reverse = self.page.reverse;
        let turn = if reverse { -1 } else { 1 };
        let mut checks = Checks::new(self.db, self.conditions, &plan.met, &Days::default(), self.work)?;
        let mut found: Vec<Spot> = Vec::new();
        let mut stopped = None;
        for stretch in self.stretches(reverse)? {
            let mut meeting = self.meeting(plan, &stretch, reverse)?;
            let before = found.len();
            loop {
                let spot = match meeting.next()? {
                    Next::Event((moment, row)) => (moment * turn, row * turn),
                    Next::End => break,
                    Next::Stopped((moment, _)) => {
                        found.retain(|(other, _)| *other != moment * turn);
                        stopped = before_moment(self.db, moment * turn, reverse)?;
                        break;
                    }
                };
                let lasts = stretch.to.as_ref().is_none_or(|day| moment::lasts_to(spot.0, day));
                if lasts && self.is_later(spot)? && checks.hold(spot.1)? {
                    found.push(spot);
                    if found.len() > self.page.limit {
                        // those of the same moment are put in order by what the number does not hold
                        meeting.end_before(spot.0 * turn + 1);
                    }
                }
            }
            sort(self.db, &mut found[before..], reverse)?;
            if stopped.is_some() || found.len() > self.page.limit {
                break;
            }
        }
        found.truncate(self.page.limit + 1);
        let rows = found.into_iter().map(|(_, row)| row).collect();
        Ok(Rows { rows, stopped })
    }

    /// Whether an event comes after the page before.
    fn is_later(&self, (moment, row): Spot) -> Result<bool, QueryError> {
        let Some(after) = self.after.filter(|after| after.moment == moment) else { return Ok(true) };
        let order = time(self.db, row)?.cmp(&after.time);
        Ok(order == if self.page.reverse { Ordering::Less } else { Ordering::Greater })
    }

    fn by_number(&self, plan: &Plan, way: Way) -> Result<Rows, QueryError> {
        let few = match way {
            Way::Best if plan.is_long() => None,
            Way::Best => self.few(plan)?,
            #[cfg(test)]
            Way::Lists => self.few(plan)?,
            #[cfg(test)]
            Way::Checks => None,
        };
        match few {
            Some(rows) => self.sorted(&rows),
            None => self.along(),
        }
    }

    /// All events, where they are few enough to put in order.
    fn few(&self, plan: &Plan) -> Result<Option<Vec<i64>>, QueryError> {
        let mut checks = Checks::new(self.db, self.conditions, &plan.met, &Days::default(), self.work)?;
        let mut rows = Vec::new();
        let unbounded = Finder { after: None, ..*self };
        for stretch in unbounded.stretches(false)? {
            let mut meeting = self.meeting(plan, &stretch, false)?;
            loop {
                match meeting.next()? {
                    Next::Event((moment, row)) => {
                        let lasts = stretch.to.as_ref().is_none_or(|day| moment::lasts_to(moment, day));
                        if lasts && checks.hold(row)? {
                            rows.push(row);
                        }
                        if rows.len() > SORTED {
                            return Ok(None);
                        }
                    }
                    Next::End => break,
                    Next::Stopped(_) => return Ok(None),
                }
            }
        }
        Ok(Some(rows))
    }

    /// Puts events in order of the page.
    fn sorted(&self, rows: &[i64]) -> Result<Rows, QueryError> {
        let column = self.number();
        let turned = |number: i64| if self.page.reverse { number } else { -number };
        let sql = format!("SELECT {column}, key FROM event INDEXED BY event_in_short WHERE id = ?");
        let mut statement = prepare(self.db, &sql)?.0;
        let mut all = Vec::new();
        for row in rows {
            let (number, key): (i64, String) = statement.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
            all.push((turned(number), key, *row));
        }
        all.sort();
        if self.page.reverse {
            // the key goes the other way as well
            all.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| other.1.cmp(&one.1)));
        }
        if let Some(after) = self.after {
            let number = turned(if column == "sources" { after.sources } else { after.reports });
            let key = &after.time.2;
            all.retain(|(other, name, _)| {
                let by_key = if self.page.reverse { key.cmp(name) } else { name.cmp(key) };
                other.cmp(&number).then(by_key) == Ordering::Greater
            });
        }
        all.truncate(self.page.limit + 1);
        Ok(Rows { rows: all.into_iter().map(|(.., row)| row).collect(), stopped: None })
    }

    fn number(&self) -> &'static str {
        if self.page.order == Order::Sources { "sources" } else { "reports" }
    }

    /// Checks events along the index in order of the page.
    fn along(&self) -> Result<Rows, QueryError> {
        let work = Work::new(self.all - self.all / 3);
        let mut checks = Checks::new(self.db, self.conditions, &[], self.window, &work)?;
        let mut from = self.after.cloned();
        let mut rows = Vec::new();
        loop {
            let block = self.block(from.as_ref()).rows(self.db, |row| {
                Ok(Place {
                    row: row.get(0)?,
                    moment: 0,
                    time: (None, None, row.get(1)?),
                    sources: row.get(2)?,
                    reports: row.get(2)?,
                })
            })?;
            work.spend(block.len() as i64);
            let whole = block.len() < BLOCK;
            for place in block {
                if checks.hold(place.row)? {
                    rows.push(place.row);
                }
                from = Some(place);
                if rows.len() > self.page.limit {
                    return Ok(Rows { rows, stopped: None });
                }
                if work.is_spent() {
                    return Ok(Rows { rows, stopped: from.map(|place| place.time.2) });
                }
            }
            if whole {
                return Ok(Rows { rows, stopped: None });
            }
        }
    }

    /// Events in order of the page, after one of them.
    fn block(&self, after: Option<&Place>) -> Statement {
        let column = self.number();
        let mut query =
            Statement::new(format!("SELECT w.id, w.key, w.{column} FROM event w INDEXED BY event_by_{column}"), []);
        if let Some(after) = after {
            let number = Value::from(if column == "sources" { after.sources } else { after.reports });
            let (more, next) = if self.page.reverse { (">", "<") } else { ("<", ">") };
            query.push(
                &format!(" WHERE w.{column} {more}= ? AND (w.{column} {more} ? OR w.key {next} ?)"),
                [number.clone(), number, text(after.time.2.as_str())],
            );
        }
        let (number, key) = if self.page.reverse { ("ASC", "DESC") } else { ("DESC", "ASC") };
        query.push(&format!(" ORDER BY w.{column} {number}, w.key {key} LIMIT {BLOCK}"), []);
        query
    }
}

/// Puts events of the same moment in order of their days and keys.
fn sort(db: &Connection, found: &mut [Spot], reverse: bool) -> Result<(), QueryError> {
    for same in found.chunk_by_mut(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        let mut all = same.iter().map(|spot| Ok((time(db, spot.1)?, *spot))).collect::<Result<Vec<_>, QueryError>>()?;
        all.sort();
        if reverse {
            all.reverse();
        }
        same.iter_mut().zip(all).for_each(|(place, (_, spot))| *place = spot);
    }
    Ok(())
}

/// What events are put in order of time by: first day, last day, key.
fn time(db: &Connection, row: i64) -> Result<(Option<String>, Option<String>, String), QueryError> {
    let short = "SELECT earliest, latest, key FROM event INDEXED BY event_in_short WHERE id = ?";
    let mut statement = db
        .prepare_cached(short)
        .or_else(|_| db.prepare_cached("SELECT earliest, latest, key FROM event WHERE id = ?"))?;
    Ok(statement.query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// The key of the last event before those of a moment, in the order of the page.
fn before_moment(db: &Connection, moment: i64, reverse: bool) -> Result<Option<String>, QueryError> {
    let known = moment < moment::UNKNOWN;
    let (which, high) = match (reverse, known) {
        (false, _) => ("max(moment)", moment),
        (true, true) => ("min(moment)", moment::UNKNOWN),
        (true, false) => ("min(moment)", i64::MAX),
    };
    let low = if reverse { moment.saturating_add(1) } else { 0 };
    let sql = format!("SELECT {which} FROM event INDEXED BY event_by_time WHERE moment >= ? AND moment < ?");
    let mut statement = prepare(db, &sql)?.0;
    let mut last = statement.query_row([low, high], |row| row.get::<_, Option<i64>>(0))?;
    if last.is_none() && reverse && !known {
        last = statement.query_row([0, moment::UNKNOWN], |row| row.get(0))?;
    }
    let Some(last) = last else { return Ok(None) };
    let sql = "SELECT id FROM event INDEXED BY event_by_time WHERE moment = ?";
    let mut same: Vec<Spot> =
        Statement::new(sql, [last.into()]).numbers(db)?.into_iter().map(|row| (last, row)).collect();
    sort(db, &mut same, reverse)?;
    same.last().map(|spot| Ok(time(db, spot.1)?.2)).transpose()
}

fn place_of(db: &Connection, key: &str) -> Result<Place, QueryError> {
    let sql = "SELECT id, moment, earliest, latest, key, sources, reports FROM event WHERE key = ?";
    let found = Statement::new(sql, [text(key)]).rows(db, |row| {
        Ok(Place {
            row: row.get(0)?,
            moment: row.get(1)?,
            time: (row.get(2)?, row.get(3)?, row.get(4)?),
            sources: row.get(5)?,
            reports: row.get(6)?,
        })
    })?;
    found.into_iter().next().ok_or_else(|| {
        QueryError::usage(
            format!("there is no event `{key}` to go on after"),
            "the collection may have changed since; leave --after out to begin again",
        )
    })
}

/// Every statement that an answer may run, with what `SQLite` says it does for it.
#[cfg(test)]
pub(crate) fn explained(
    of: &Collection,
    filter: &Filter,
    page: &Page,
) -> Result<Vec<(String, Vec<String>)>, QueryError> {
    let db = &of.db;
    let conditions = conditions(of, filter, false)?.unwrap_or_default();
    let mut all = vec![long("moment, id", "2025-07-12")];
    let everything = Run::new(Statement::new("event INDEXED BY event_by_time WHERE 1", []), "id");
    let runs = conditions.iter().flat_map(|condition| condition.streams.iter().flatten()).chain([&everything]);
    for run in runs {
        let place = [0.into(), 0.into(), 1.into()];
        all.push(run.count((0, 1), 1));
        for reverse in [false, true] {
            let mut block = run.block(reverse);
            block.params.extend(place.clone());
            all.push(block);
        }
    }
    for condition in &conditions {
        all.push(
            condition.check.clone().within("SELECT 1 FROM event e INDEXED BY event_in_short WHERE ", " AND e.id = 1"),
        );
        all.extend(condition.articles.clone());
        all.extend(condition.lists.iter().flat_map(|list| [list.count.clone(), list.select.clone()]));
    }
    if page.order != Order::Time {
        let work = Work::new(0);
        let after = page.after.as_deref().map(|key| place_of(db, key)).transpose()?;
        let window = &filter.time;
        let find = Finder { db, conditions: &conditions, window, page, after: None, work: &work, all: 0 };
        all.extend([find.block(None), find.block(after.as_ref())]);
    }
    let explain = |one: Statement| {
        let sql = one.sql.clone();
        Ok((sql, one.within("EXPLAIN QUERY PLAN ", "").rows(db, |row| row.get(3))?))
    };
    all.into_iter().map(explain).collect()
}
