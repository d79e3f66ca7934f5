//! The actors of the collection, and under which names how many articles know them.

use crate::error::StoreError;
use compact_str::CompactString;
use rusqlite::{Connection, OptionalExtension, Row, params};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_merge::{Gazetteer, Report};
use std::collections::{BTreeMap, BTreeSet};

/// How many actors are kept in memory.
const KEPT: usize = 200_000;

/// How an article describes an actor: name, kind, country, sector; empty where not known.
pub(crate) type Description = (CompactString, CompactString, CompactString, CompactString);

/// What is kept of actors between transactions, and what of it is not written yet.
#[derive(Default)]
pub(crate) struct Actors {
    known: FxHashMap<CompactString, Actor>,
    changed: FxHashSet<CompactString>,
    /// Actors that are described by nobody any more; they go once nothing refers to them.
    gone: FxHashSet<i64>,
    next: Option<i64>,
}

#[derive(Default)]
struct Actor {
    /// 0 until it has a row.
    id: i64,
    descriptions: BTreeMap<Description, Count>,
    /// As its row has it.
    row: Option<Description>,
}

#[derive(Default, Clone, Copy)]
struct Count {
    now: i64,
    stored: i64,
}

impl Actors {
    /// Counts how an article describes its actors, or takes that back.
    pub(crate) fn describe(
        &mut self,
        db: &Connection,
        described: Vec<(CompactString, Description)>,
        by: i64,
    ) -> Result<(), StoreError> {
        for (key, description) in described {
            let actor = self.load(db, &key)?;
            actor.descriptions.entry(description).or_default().now += by;
            self.changed.insert(key);
        }
        Ok(())
    }

    /// The row of an actor that some report names.
    pub(crate) fn id(&mut self, db: &Connection, key: &str) -> Result<Option<i64>, StoreError> {
        Ok(Some(self.load(db, key)?.id).filter(|id| *id > 0))
    }

    fn load(&mut self, db: &Connection, key: &str) -> Result<&mut Actor, StoreError> {
        if !self.known.contains_key(key) {
            if self.known.len() >= KEPT {
                let changed = &self.changed;
                self.known.retain(|key, _| changed.contains(key));
            }
            self.known.insert(key.into(), stored(db, key)?);
        }
        self.known.get_mut(key).ok_or_else(|| StoreError::Damaged(format!("actor {key} is gone")))
    }

    /// Writes what has changed.
    pub(crate) fn write(&mut self, db: &Connection, gazetteer: &Gazetteer) -> Result<(), StoreError> {
        let mut changed: Vec<CompactString> = std::mem::take(&mut self.changed).into_iter().collect();
        // New ones get their numbers by their keys.
        changed.sort_unstable();
        for key in changed {
            let Some(actor) = self.known.get_mut(&key) else { continue };
            if actor.descriptions.values().all(|count| count.now == 0) {
                if actor.id > 0 {
                    self.gone.insert(actor.id);
                }
            } else {
                self.gone.remove(&actor.id);
                let row = row(&actor.descriptions);
                if actor.id == 0 {
                    let next = match self.next {
                        Some(next) => next,
                        None => db.query_row("SELECT coalesce(max(id), 0) + 1 FROM actor", [], |row| row.get(0))?,
                    };
                    self.next = Some(next + 1);
                    actor.id = next;
                    db.prepare_cached(
                        "INSERT INTO actor (id, key, name, kind, country, sector, wikidata) \
                         VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), nullif(?6, ''), ?7)",
                    )?
                    .execute(params![
                        actor.id,
                        key.as_str(),
                        row.0.as_str(),
                        row.1.as_str(),
                        row.2.as_str(),
                        row.3.as_str(),
                        gazetteer.wikidata(&key)
                    ])?;
                } else if actor.row.as_ref() != Some(&row) {
                    db.prepare_cached(
                        "UPDATE actor SET name = ?2, kind = ?3, country = nullif(?4, ''), sector = nullif(?5, '') WHERE id = ?1",
                    )?
                    .execute(params![actor.id, row.0.as_str(), row.1.as_str(), row.2.as_str(), row.3.as_str()])?;
                }
                actor.row = Some(row);
            }
            let mut names: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
            for (description, count) in &actor.descriptions {
                let name = names.entry(&description.0).or_default();
                name.0 += count.now;
                name.1 += count.stored;
            }
            for (name, (now, stored)) in names {
                if now == stored {
                    continue;
                }
                if now == 0 {
                    db.prepare_cached("DELETE FROM alias WHERE actor = ?1 AND name = ?2")?
                        .execute(params![actor.id, name])?;
                } else if stored == 0 {
                    db.prepare_cached("INSERT INTO alias (actor, name, folded, articles) VALUES (?1, ?2, ?3, ?4)")?
                        .execute(params![actor.id, name, gazetteer.fold(name).as_str(), now])?;
                } else {
                    db.prepare_cached("UPDATE alias SET articles = ?3 WHERE actor = ?1 AND name = ?2")?
                        .execute(params![actor.id, name, now])?;
                }
            }
            for ((name, kind, country, sector), count) in &mut actor.descriptions {
                if count.now == count.stored {
                    continue;
                }
                let sql = match (count.now, count.stored) {
                    (0, _) => {
                        "DELETE FROM description WHERE actor = ?1 AND name = ?2 AND kind = ?3 AND country = ?4 AND sector = ?5 AND ?6 = 0"
                    }
                    (_, 0) => {
                        "INSERT INTO description (actor, name, kind, country, sector, articles) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                    }
                    _ => {
                        "UPDATE description SET articles = ?6 \
                         WHERE actor = ?1 AND name = ?2 AND kind = ?3 AND country = ?4 AND sector = ?5"
                    }
                };
                db.prepare_cached(sql)?.execute(params![
                    actor.id,
                    name.as_str(),
                    kind.as_str(),
                    country.as_str(),
                    sector.as_str(),
                    count.now
                ])?;
                count.stored = count.now;
            }
            actor.descriptions.retain(|_, count| count.now > 0);
        }
        Ok(())
    }

    /// Takes out the actors that nobody describes any more.
    pub(crate) fn clean(&mut self, db: &Connection) -> Result<(), StoreError> {
        if self.gone.is_empty() {
            return Ok(());
        }
        for id in self.gone.drain() {
            db.prepare_cached("DELETE FROM actor WHERE id = ?1")?.execute([id])?;
        }
        self.known.clear();
        self.next = None;
        Ok(())
    }
}

/// An actor as the file has it.
fn stored(db: &Connection, key: &str) -> Result<Actor, StoreError> {
    let mut actor = Actor::default();
    let found = db
        .prepare_cached("SELECT id, name, kind, coalesce(country, ''), coalesce(sector, '') FROM actor WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get::<_, i64>(0)?, description(row, 1)?)))
        .optional()?;
    if let Some((id, row)) = found {
        actor.id = id;
        actor.row = Some(row);
        let mut statement =
            db.prepare_cached("SELECT name, kind, country, sector, articles FROM description WHERE actor = ?1")?;
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            let stored = row.get(4)?;
            actor.descriptions.insert(description(row, 0)?, Count { now: stored, stored });
        }
    }
    Ok(actor)
}

/// The description that stands in a row from a column on.
fn description(row: &Row<'_>, at: usize) -> rusqlite::Result<Description> {
    let text = |at: usize| -> rusqlite::Result<CompactString> { Ok(row.get_ref(at)?.as_str()?.into()) };
    Ok((text(at)?, text(at + 1)?, text(at + 2)?, text(at + 3)?))
}

/// The commonest name, kind, country and sector; of several, the first in order.
fn row(descriptions: &BTreeMap<Description, Count>) -> Description {
    let commonest = |part: fn(&Description) -> &CompactString| -> CompactString {
        let mut counts: BTreeMap<&CompactString, i64> = BTreeMap::new();
        for (description, count) in descriptions {
            if count.now > 0 && !part(description).is_empty() {
                *counts.entry(part(description)).or_default() += count.now;
            }
        }
        let most = counts.values().max().copied().unwrap_or_default();
        counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value.clone()).unwrap_or_default()
    };
    (
        commonest(|description| &description.0),
        commonest(|description| &description.1),
        commonest(|description| &description.2),
        commonest(|description| &description.3),
    )
}

/// How the reports of an article describe the actors in them, each once, in order.
pub(crate) fn described<'r>(reports: impl Iterator<Item = &'r Report> + Clone) -> Vec<(CompactString, Description)> {
    let mut found: BTreeSet<[&str; 5]> = BTreeSet::new();
    let of = |text: &'r Option<CompactString>| text.as_deref().unwrap_or_default();
    for party in reports.clone().flat_map(|report| report.actor.iter().chain(&report.recipient)) {
        found.insert([&party.key, &party.name, party.kind.as_str(), of(&party.country), of(&party.sector)]);
    }
    let parties: FxHashSet<&str> = found.iter().map(|[key, ..]| *key).collect();
    for voice in reports.flat_map(|report| &report.sources) {
        if let (Some(key), Some(name)) = (&voice.key, &voice.name)
            && !parties.contains(key.as_str())
        {
            found.insert([key, name, crate::voices::kind(voice.kind).as_str(), "", ""]);
        }
    }
    let owned = found.into_iter().map(|texts| texts.map(CompactString::from));
    owned.map(|[key, name, kind, country, sector]| (key, (name, kind, country, sector))).collect()
}
