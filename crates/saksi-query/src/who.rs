use crate::collection::Collection;
use crate::error::{Candidate, QueryError};
use crate::events::by_rows;
use crate::filter::{Filter, Order, Page};
use crate::names;
use crate::plan::find;
use crate::sources::{SaidRow, said_rows};
use crate::statement::{Statement, text};
use rusqlite::Connection;
use saksi_record::EventType;
use serde::Serialize;
use std::collections::BTreeMap;

/// Events looked at for those it has to do with: more take longer than an answer may.
const COUNTERPARTS: i64 = 4_000;
/// Names shown at most.
const NAMES: usize = 20;

/// An actor: who it is, what it did, what was done to it, and what it said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Who {
    /// Key, commonest name, kind and country; articles that name it.
    #[serde(flatten)]
    pub actor: Candidate,
    /// PLOVER/CAMEO sector.
    pub sector: Option<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// Names it goes by, commonest first, with the articles that use each.
    pub names: Vec<(String, u64)>,
    /// What it did.
    pub did: Counts,
    /// What was done to it.
    pub done_to_it: Counts,
    /// Links of chains of sources that it is.
    pub said: u64,
    /// First and last day of publication of what it said.
    pub said_between: Option<(String, String)>,
    /// What it said last.
    pub last_said: Vec<SaidRow>,
}

/// Events of an actor in one role.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Counts {
    /// All.
    pub events: u64,
    /// By quad category.
    pub quads: BTreeMap<String, u64>,
    /// By PLOVER type.
    pub types: BTreeMap<String, u64>,
    /// Those at the other end, most events first.
    pub counterparts: Vec<Counterpart>,
    /// Events that counterparts were counted in: the last that came in, where there are very many.
    pub counted: u64,
    /// The latest of known time, latest first.
    pub latest: Vec<saksi_merge::Event>,
}

/// An actor at the other end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counterpart {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Events.
    pub events: u64,
}

/// What the collection knows of an actor; `top` is how many of each list.
///
/// # Errors
/// [`QueryError::Ambiguous`] if several go by the name.
pub fn who(of: &Collection, name: &str, top: usize) -> Result<Option<Who>, QueryError> {
    let Some(id) = names::actor(of, name)? else {
        return Ok(None);
    };
    let db = &of.db;
    let of_it = |sql: &str| Statement::new(sql, [id.into()]);
    let mut rows =
        of_it("SELECT key, name, kind, country, sector, wikidata FROM actor WHERE id = ?").rows(db, |row| {
            let actor =
                Candidate { key: row.get(0)?, name: row.get(1)?, kind: row.get(2)?, country: row.get(3)?, articles: 0 };
            Ok((actor, row.get(4)?, row.get(5)?))
        })?;
    let Some((mut actor, sector, wikidata)) = rows.pop() else {
        return Ok(None);
    };
    let mut names = of_it("SELECT name, articles FROM alias WHERE actor = ? ORDER BY articles DESC, name")
        .rows(db, |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
    actor.articles = names.iter().map(|(_, articles)| articles).sum();
    names.truncate(NAMES);
    let said = of_it("SELECT voices FROM tally WHERE actor = ?").number(db)? as u64;
    let ends = of_it("SELECT (SELECT min(published) FROM voice WHERE actor = ?1), (SELECT max(published) FROM voice WHERE actor = ?1)")
        .rows(db, |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?)))?;
    let said_between = ends.into_iter().next().and_then(|(first, last)| first.zip(last));
    let key = actor.key.clone();
    Ok(Some(Who {
        sector,
        wikidata,
        names,
        did: counts(of, id, &key, "actor", top)?,
        done_to_it: counts(of, id, &key, "recipient", top)?,
        said,
        said_between,
        last_said: last_said(db, id, top)?,
        actor,
    }))
}

fn counts(of: &Collection, id: i64, key: &str, role: &str, top: usize) -> Result<Counts, QueryError> {
    let db = &of.db;
    let other = if role == "actor" { "recipient" } else { "actor" };
    let mut counts = Counts::default();
    let by_type =
        "SELECT type, count(*) FROM party INDEXED BY party_by_actor WHERE actor = ? AND role = ? GROUP BY type";
    let rejected =
        "SELECT p.type, -count(*) FROM event e INDEXED BY event_by_review CROSS JOIN party p ON p.event = e.id
        WHERE e.review = 'rejected' AND +p.actor = ? AND p.role = ? GROUP BY p.type";
    let mut types: BTreeMap<String, i64> = BTreeMap::new();
    for sql in [by_type, rejected] {
        let rows = Statement::new(sql, [id.into(), text(role)])
            .rows(db, |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        for (kind, events) in rows {
            *types.entry(kind).or_default() += events;
        }
    }
    for (kind, events) in types.into_iter().filter(|(_, events)| *events > 0) {
        let events = events as u64;
        counts.events += events;
        if let Ok(known) = kind.parse::<EventType>() {
            *counts.quads.entry(known.quad().as_str().to_owned()).or_default() += events;
        }
        counts.types.insert(kind, events);
    }
    counts.counted = counts.events.min(COUNTERPARTS as u64);
    let last = "SELECT event FROM party INDEXED BY party_by_actor WHERE actor = ? AND role = ? ORDER BY moment DESC, event DESC LIMIT ?";
    let sql = format!(
        "SELECT p.actor, count(*) FROM ({last}) l CROSS JOIN party p ON p.event = l.event WHERE p.role = ? GROUP BY p.actor"
    );
    let params = [id.into(), text(role), COUNTERPARTS.into(), text(other)];
    let rows = Statement::new(sql, params).rows(db, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)? as u64)))?;
    let others: BTreeMap<i64, u64> = rows.into_iter().collect();
    counts.counterparts = counterparts(db, others, top)?;
    let keys = vec![key.to_owned()];
    let filter = match role {
        "actor" => Filter { actors: keys, ..Filter::default() },
        _ => Filter { recipients: keys, ..Filter::default() },
    };
    let page = Page { limit: top, order: Order::Time, reverse: true, after: None };
    let mut latest = find(of, &filter, &page)?.rows;
    latest.truncate(top);
    counts.latest = by_rows(db, &latest)?;
    Ok(counts)
}

fn counterparts(db: &Connection, others: BTreeMap<i64, u64>, top: usize) -> Result<Vec<Counterpart>, QueryError> {
    let mut most: Vec<(u64, i64)> = others.into_iter().map(|(actor, events)| (events, actor)).collect();
    most.sort_unstable_by_key(|(events, actor)| (std::cmp::Reverse(*events), *actor));
    // all with as many events as the last shown, so that the key decides between them
    let least = most.get(top.saturating_sub(1)).map_or(0, |(events, _)| *events);
    let mut named = Vec::new();
    for (events, actor) in most.into_iter().take_while(|(events, _)| *events >= least).take(top + 500) {
        let found = Statement::new("SELECT key, name FROM actor WHERE id = ?", [actor.into()])
            .rows(db, |row| Ok(Counterpart { key: row.get(0)?, name: row.get(1)?, events }))?;
        named.extend(found);
    }
    named.sort_by(|one, other| other.events.cmp(&one.events).then_with(|| one.key.cmp(&other.key)));
    named.truncate(top);
    Ok(named)
}

fn last_said(db: &Connection, id: i64, top: usize) -> Result<Vec<SaidRow>, QueryError> {
    let sql = "SELECT v.report, v.depth FROM voice v INDEXED BY voice_by_actor CROSS JOIN report r ON r.id = v.report
        WHERE v.actor = ? ORDER BY v.published DESC, r.key DESC, v.depth LIMIT ?";
    let rows = Statement::new(sql, [id.into(), (top as i64).into()]).rows(db, |row| Ok((row.get(0)?, row.get(1)?)))?;
    said_rows(db, &rows)
}
