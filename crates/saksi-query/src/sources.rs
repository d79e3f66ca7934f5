use crate::checks::Checks;
use crate::collection::Collection;
use crate::conditions::{conditions, ids};
use crate::error::QueryError;
use crate::events::parse;
use crate::filter::{Days, Filter, Order, Page};
use crate::names;
use crate::plan::{Rows, WORK, few, find};
use crate::snippet::slice;
use crate::statement::{Statement, prepare, text};
use crate::streams::{CHECK, Work};
use rusqlite::{Connection, params_from_iter};
use saksi_merge::Report;
use serde::Serialize;
use std::collections::BTreeMap;

/// Events looked at for their sources, where a filter narrows them: more take longer than an answer may.
const EVENTS: usize = 1_000;
/// Reports of a source that are gone through without asking whether the events are few.
const FEW: i64 = 1_000;

/// Sources by how much they said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sources {
    /// Most links of chains first.
    pub sources: Vec<SourceRow>,
    /// Events that were looked at, where a filter narrows them.
    pub events: Option<usize>,
    /// Whether there were more events than could be looked at; those looked at are the latest.
    pub more_events: bool,
}

/// A source and how much it said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceRow {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// `person`, `organization`, `state` or `group`.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Links of chains it is: reports it is a source of, wherever in the chain.
    pub reports: u64,
}

/// What a source said, a page of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// Who it is; null where nobody goes by the name.
    pub source: Option<SourceRow>,
    /// In order of publication.
    pub said: Vec<SaidRow>,
    /// What `after` must be for the next page; null after the last.
    pub next: Option<String>,
    /// Whether the page ends where an answer would have taken too long, so that it may be short or empty though there are more.
    pub stopped: bool,
}

/// A report with a source in its chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidRow {
    /// Key of the report.
    pub report: String,
    /// Key of the event.
    pub event: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Who acts.
    pub actor: Vec<String>,
    /// Who is acted on.
    pub recipient: Vec<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// BCP 47.
    pub language: String,
    /// When it took place, as TIMEX3/EDTF.
    pub time: Option<String>,
    /// Whether it happened, as the report puts it.
    pub status: String,
    /// As the nearest source puts it.
    pub certainty: String,
    /// What the source does with it.
    pub stance: String,
    /// The word that attributes.
    pub cue: Option<String>,
    /// How many other sources stand between the source and the event.
    pub depth: u32,
    /// The sentence.
    pub sentence: String,
}

/// Sources by how much they said: all of them, or those of a filter's events.
///
/// # Errors
/// For a filter that cannot be met.
pub fn sources(of: &Collection, filter: &Filter, limit: usize) -> Result<Sources, QueryError> {
    let db = &of.db;
    if *filter == Filter::default() {
        let sql =
            "SELECT actor, voices FROM tally INDEXED BY tally_by_voices WHERE voices > 0 ORDER BY voices DESC LIMIT ?";
        // those with as many as the last follow in order of key
        let most = Statement::new(sql, [(limit as i64 + 200).into()]).rows(db, |row| Ok((row.get(0)?, row.get(1)?)))?;
        return Ok(Sources { sources: named(db, most, limit)?, events: None, more_events: false });
    }
    let page = Page { limit: EVENTS, order: Order::Time, reverse: true, after: None };
    let Rows { rows: mut found, stopped } = find(of, filter, &page)?;
    let more_events = found.len() > EVENTS || stopped.is_some();
    found.truncate(EVENTS);
    let mut voices: BTreeMap<i64, i64> = BTreeMap::new();
    for part in found.chunks(500) {
        let mut query = ids(part).within(
            "SELECT v.actor, count(*) FROM report r INDEXED BY report_by_event CROSS JOIN voice v ON v.report = r.id WHERE r.event IN (",
            ") AND v.actor IS NOT NULL",
        );
        published(&mut query, filter);
        query.push(" GROUP BY v.actor", []);
        for (actor, count) in query.rows(db, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))? {
            *voices.entry(actor).or_default() += count;
        }
    }
    let mut most: Vec<(i64, i64)> = voices.into_iter().collect();
    most.sort_unstable_by_key(|(actor, count)| (std::cmp::Reverse(*count), *actor));
    Ok(Sources { sources: named(db, most, limit)?, events: Some(found.len()), more_events })
}

/// Only what was published in the filter's days.
fn published(query: &mut Statement, filter: &Filter) {
    if let Some(from) = &filter.published.from {
        query.push(" AND v.published >= ?", [text(from.as_str())]);
    }
    if let Some(to) = &filter.published.to {
        query.push(" AND v.published <= ?", [text(to.as_str())]);
    }
}

fn named(db: &Connection, most: Vec<(i64, i64)>, limit: usize) -> Result<Vec<SourceRow>, QueryError> {
    let least = most.get(limit.saturating_sub(1)).map_or(0, |(_, count)| *count);
    let mut all = Vec::new();
    for (actor, count) in most.into_iter().take_while(|(_, count)| *count >= least) {
        all.extend(row_of(db, actor, count as u64)?);
    }
    all.sort_by(|one, other| other.reports.cmp(&one.reports).then_with(|| one.key.cmp(&other.key)));
    all.truncate(limit);
    Ok(all)
}

fn row_of(db: &Connection, actor: i64, reports: u64) -> Result<Option<SourceRow>, QueryError> {
    let sql = "SELECT key, name, kind, country FROM actor WHERE id = ?";
    let mut rows = Statement::new(sql, [actor.into()]).rows(db, |row| {
        Ok(SourceRow { key: row.get(0)?, name: row.get(1)?, kind: row.get(2)?, country: row.get(3)?, reports })
    })?;
    Ok(rows.pop())
}

/// What a source said about the events of a filter, in order of publication. `published` of the filter is about what it
/// said, not about other reports of the events; `after` of the page is a report's key.
///
/// # Errors
/// [`QueryError::Ambiguous`] if several go by the name; for a filter that cannot be met.
pub fn said(of: &Collection, name: &str, filter: &Filter, page: &Page) -> Result<Said, QueryError> {
    let db = &of.db;
    let none = Said { source: None, said: Vec::new(), next: None, stopped: false };
    let Some(id) = names::actor(of, name)? else {
        return Ok(none);
    };
    let tally = Statement::new("SELECT voices FROM tally WHERE actor = ?", [id.into()]).number(db)?;
    let source = row_of(db, id, tally as u64)?;
    let about = Filter { published: Days::default(), ..filter.clone() };
    let Some(conditions) = conditions(of, &about, true)? else {
        return Ok(Said { source, ..none });
    };
    let direction = if page.reverse { "DESC" } else { "ASC" };
    let narrowed = about != Filter::default();
    // where the events are few, only their reports are looked at
    let events = if narrowed && tally > FEW { few(of, &about)?.filter(|events| events.len() <= EVENTS) } else { None };
    let mut query = if let Some(events) = &events {
        let mut query = ids(events).within(
            "SELECT v.report, v.depth, r.key, r.event, r.review FROM report r INDEXED BY report_by_event CROSS JOIN voice v ON v.report = r.id WHERE r.event IN (",
            ") AND +v.actor = ?",
        );
        query.params.push(id.into());
        query
    } else {
        let sql = "SELECT v.report, v.depth, r.key, r.event, r.review FROM voice v INDEXED BY voice_by_actor CROSS JOIN report r ON r.id = v.report WHERE v.actor = ?";
        Statement::new(sql, [id.into()])
    };
    published(&mut query, filter);
    if let Some(after) = &page.after {
        query.push(" AND ", []).append(&beyond(db, after, page.reverse)?);
    }
    query.push(&format!(" ORDER BY v.published {direction}, r.key {direction}, v.depth"), []);
    let work = Work::new(WORK);
    let mut checks = Checks::new(db, if events.is_some() { &[] } else { &conditions }, &[], &Days::default(), &work)?;
    let mut statement = prepare(db, &query.sql)?.0;
    let mut found = statement.query(params_from_iter(&query.params))?;
    let mut rows: Vec<(i64, i64)> = Vec::new();
    let mut stopped = None;
    while let Some(row) = found.next()? {
        let (report, key): (i64, String) = (row.get(0)?, row.get(2)?);
        // one report is one row, though a source may stand in its chain twice
        if rows.last().is_some_and(|(last, _)| *last == report) {
            continue;
        }
        work.spend(CHECK);
        let as_asked = if narrowed {
            row.get::<_, Option<i64>>(3)?.map_or(Ok(false), |event| checks.hold(event))?
        } else {
            row.get_ref(4)?.as_str() != Ok("rejected")
        };
        if as_asked {
            rows.push((report, row.get(1)?));
        }
        if rows.len() > page.limit {
            break;
        }
        if work.is_spent() {
            stopped = Some(key);
            break;
        }
    }
    let more = rows.len() > page.limit;
    rows.truncate(page.limit);
    let said = said_rows(db, &rows)?;
    let last = said.last().filter(|_| more).map(|row| row.report.clone());
    Ok(Said { source, said, stopped: stopped.is_some(), next: stopped.or(last) })
}

/// What a source said after a report.
fn beyond(db: &Connection, after: &str, reverse: bool) -> Result<Statement, QueryError> {
    let sql = "SELECT r.key, a.published FROM report r JOIN article a ON a.id = r.article WHERE r.key = ?";
    let place = Statement::new(sql, [text(after)])
        .rows(db, |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
    let Some((key, day)) = place.into_iter().next() else {
        return Err(QueryError::usage(
            format!("there is no report `{after}` to go on after"),
            "the collection may have changed since; leave --after out to begin again",
        ));
    };
    let (next, none_too) = if reverse { ("<", " OR v.published IS NULL") } else { (">", "") };
    Ok(match day {
        // the first comparison bounds the index, the others what it gives
        Some(day) if !reverse => Statement::new(
            "v.published >= ? AND (v.published > ? OR r.key > ?)",
            [text(day.as_str()), text(day), text(key)],
        ),
        Some(day) => Statement::new(
            format!("(v.published {next} ?{none_too} OR v.published = ? AND r.key {next} ?)"),
            [text(day.as_str()), text(day), text(key)],
        ),
        None if reverse => Statement::new("v.published IS NULL AND r.key < ?", [text(key)]),
        None => Statement::new("(v.published IS NOT NULL OR r.key > ?)", [text(key)]),
    })
}

/// Reports as what the link of their chain said, in the order given.
pub(crate) fn said_rows(db: &Connection, rows: &[(i64, i64)]) -> Result<Vec<SaidRow>, QueryError> {
    let sql =
        "SELECT r.report, e.key, json_extract(a.record, '$.text') FROM report r JOIN article a ON a.id = r.article
        LEFT JOIN event e ON e.id = r.event WHERE r.id = ?";
    let mut said = Vec::new();
    for (report, depth) in rows {
        let found = Statement::new(sql, [(*report).into()]).rows(db, |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?))
        })?;
        for (json, event, body) in found {
            let report: Report = parse(&json)?;
            let voice = report.sources.get(*depth as usize);
            said.push(SaidRow {
                event,
                kind: report.kind.to_string(),
                actor: report.actor.iter().map(|party| party.name.to_string()).collect(),
                recipient: report.recipient.iter().map(|party| party.name.to_string()).collect(),
                time: report.time.as_ref().and_then(|time| time.value.clone().map(Into::into)),
                status: report.status.to_string(),
                certainty: report.certainty.to_string(),
                stance: voice.map(|voice| voice.stance.to_string()).unwrap_or_default(),
                cue: voice.and_then(|voice| voice.cue).map(|cue| slice(&body, cue)),
                depth: *depth as u32,
                sentence: slice(&body, report.sentence),
                report: report.key,
                published: report.published.map(Into::into),
                outlet: report.outlet.map(Into::into),
                language: report.language.into(),
            });
        }
    }
    Ok(said)
}
