//! Rows of reports and events.

use crate::actors::Actors;
use crate::error::StoreError;
use crate::moment;
use crate::rows::{NewReport, NewVoice, Rows};
use crate::together::Told;
use rusqlite::{Connection, Row, params};
use rustc_hash::FxHashMap;
use saksi_merge::{Event, Place, Report, Review};
use std::collections::BTreeMap;

/// Type, mode, status, certainty, review, languages and moment of an event.
type Asked<'a> = (&'a str, Option<&'a str>, &'a str, &'a str, &'a str, &'a str, i64);

/// Writes rows within one transaction.
pub(crate) struct Writer<'w> {
    db: &'w Connection,
    actors: &'w mut Actors,
    next: i64,
    /// Voices that were written, by actor.
    voices: BTreeMap<i64, i64>,
    rows: Rows,
}

impl<'w> Writer<'w> {
    pub(crate) fn new(db: &'w Connection, actors: &'w mut Actors) -> Result<Self, StoreError> {
        let next = db.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM event")?.query_row([], |row| row.get(0))?;
        Ok(Self { db, actors, next, voices: BTreeMap::new(), rows: Rows::default() })
    }

    /// The keys of events.
    pub(crate) fn keys(&self, ids: impl Iterator<Item = i64>) -> Result<FxHashMap<String, i64>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT key FROM event WHERE id = ?1")?;
        ids.map(|id| Ok((statement.query_row([id], |row| row.get(0))?, id))).collect()
    }

    /// Writes an event in place of the one of `old` that has its key, or as another one; gives its number.
    pub(crate) fn event(
        &mut self,
        Told { event, json }: &Told,
        old: &FxHashMap<String, i64>,
    ) -> Result<i64, StoreError> {
        let moment = moment::of_event(event);
        let languages = serde_json::to_string(&event.languages).unwrap_or_default();
        let there = old.get(&event.key).copied();
        let id = there.unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        let (kind, mode, quad) = (event.kind.as_str(), event.mode.as_deref(), event.quad.as_str());
        let (status, certainty, review) = (event.status.as_str(), event.certainty.as_str(), review(event.review));
        let asked = (kind, mode, status, certainty, review, languages.as_str(), moment);
        // Each column that a statement names has its indexes written, whether it changes or not.
        let same = there.map_or(Ok(false), |id| self.has(id, asked))?;
        let time = event.time.as_ref();
        let (value, earliest, latest) = (
            time.and_then(|time| time.value.as_deref()),
            time.and_then(|time| time.earliest.as_deref()),
            time.and_then(|time| time.latest.as_deref()),
        );
        let first = event.published.as_ref().map(|(first, _)| first.as_str());
        let last = event.published.as_ref().map(|(_, last)| last.as_str());
        let (reports, articles, sources) = (event.reports, event.articles, event.sources);
        if there.is_some() {
            self.db
                .prepare_cached(
                    "UPDATE event SET value = ?2, earliest = ?3, latest = ?4, first_published = ?5, last_published = ?6, reports = ?7, \
                     articles = ?8, sources = ?9, summary = ?10 WHERE id = ?1",
                )?
                .execute(params![id, value, earliest, latest, first, last, reports, articles, sources, json])?;
            if !same {
                self.db
                    .prepare_cached(
                        "UPDATE event SET type = ?2, mode = ?3, quad = ?4, status = ?5, certainty = ?6, review = ?7, languages = ?8, \
                         moment = ?9 WHERE id = ?1",
                    )?
                    .execute(params![id, kind, mode, quad, status, certainty, review, languages, moment])?;
            }
        } else {
            self.db
                .prepare_cached(
                    "INSERT INTO event (id, key, type, mode, quad, status, certainty, value, earliest, latest, first_published, \
                     last_published, reports, articles, sources, languages, review, summary, moment) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
                )?
                .execute(params![
                    id, event.key, kind, mode, quad, status, certainty, value, earliest, latest, first, last, reports, articles,
                    sources, languages, review, json, moment,
                ])?;
        }
        self.parties(id, event, moment, there.is_some(), same)?;
        self.places(id, event, moment, there.is_some(), same)?;
        Ok(id)
    }

    /// Whether the row of an event has these values of the columns that its indexes begin with.
    fn has(&self, id: i64, asked: Asked<'_>) -> Result<bool, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT type, mode, status, certainty, review, languages, moment FROM event WHERE id = ?1",
        )?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else { return Ok(false) };
        let text = |at| text(row, at);
        Ok((Some(asked.0), asked.1, Some(asked.2), Some(asked.3)) == (text(0)?, text(1)?, text(2)?, text(3)?)
            && (Some(asked.4), Some(asked.5), asked.6) == (text(4)?, text(5)?, row.get(6)?))
    }

    /// Writes who takes part; `same` if type and moment are those of the rows that are there.
    fn parties(&mut self, id: i64, event: &Event, moment: i64, there: bool, same: bool) -> Result<(), StoreError> {
        let mut now: BTreeMap<(&str, i64), Option<&str>> = BTreeMap::new();
        for (role, parties) in [("actor", &event.actor), ("recipient", &event.recipient)] {
            for party in parties {
                if let Some(actor) = self.actors.id(self.db, &party.key)? {
                    now.entry((role, actor)).or_insert(party.country.as_deref());
                }
            }
        }
        if there {
            if same && self.has_parties(id, &now)? {
                return Ok(());
            }
            self.db.prepare_cached("DELETE FROM party WHERE event = ?1")?.execute([id])?;
        }
        let mut insert = self.db.prepare_cached(
            "INSERT INTO party (event, role, actor, country, type, moment) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for ((role, actor), country) in now {
            insert.execute(params![id, role, actor, country, event.kind.as_str(), moment])?;
        }
        Ok(())
    }

    fn has_parties(&self, id: i64, now: &BTreeMap<(&str, i64), Option<&str>>) -> Result<bool, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT role, actor, country FROM party WHERE event = ?1 ORDER BY role, actor")?;
        let mut rows = statement.query([id])?;
        for ((role, actor), country) in now {
            let Some(row) = rows.next()? else { return Ok(false) };
            if (text(row, 0)?, row.get(1)?, text(row, 2)?) != (Some(*role), *actor, *country) {
                return Ok(false);
            }
        }
        Ok(rows.next()?.is_none())
    }

    /// Writes where it takes place; `same` if the moment is that of the rows that are there.
    fn places(&self, id: i64, event: &Event, moment: i64, there: bool, same: bool) -> Result<(), StoreError> {
        let mut now: BTreeMap<&str, &Place> = BTreeMap::new();
        for place in &event.place {
            now.entry(&place.key).or_insert(place);
        }
        if there {
            if same && self.has_places(id, &now)? {
                return Ok(());
            }
            self.db.prepare_cached("DELETE FROM place WHERE event = ?1")?.execute([id])?;
        }
        let mut insert = self.db.prepare_cached(
            "INSERT INTO place (event, key, name, country, lat, lon, moment) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for place in now.values() {
            let (key, name, country) = (place.key.as_str(), place.name.as_str(), place.country.as_deref());
            insert.execute(params![id, key, name, country, place.lat, place.lon, moment])?;
        }
        Ok(())
    }

    fn has_places(&self, id: i64, now: &BTreeMap<&str, &Place>) -> Result<bool, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT key, name, country, lat, lon FROM place WHERE event = ?1 ORDER BY key")?;
        let mut rows = statement.query([id])?;
        for place in now.values() {
            let Some(row) = rows.next()? else { return Ok(false) };
            let degrees = (row.get::<_, Option<f64>>(3)?, row.get::<_, Option<f64>>(4)?);
            let says = (Some(place.key.as_str()), Some(place.name.as_str()), place.country.as_deref());
            if (text(row, 0)?, text(row, 1)?, text(row, 2)?) != says || degrees != (place.lat, place.lon) {
                return Ok(false);
            }
        }
        Ok(rows.next()?.is_none())
    }

    /// Writes a report that has no row: now, or with the next.
    pub(crate) fn insert(
        &mut self,
        id: i64,
        (article, ordinal): (i64, usize),
        linked: i64,
        event: i64,
        report: &Report,
        (json, features, original): (String, Vec<u8>, Option<String>),
    ) -> Result<(), StoreError> {
        let row = NewReport {
            id,
            key: report.key.clone(),
            article,
            event,
            linked,
            ordinal: ordinal as i64,
            source_kind: report.sources.first().map(|voice| voice.kind.as_str()),
            source: self.source(report)?,
            review: review(report.review),
            json,
            features,
            original,
        };
        self.rows.report(self.db, row)?;
        self.voices(id, report)
    }

    /// Writes a report whose row has other contents.
    pub(crate) fn rewrite(
        &mut self,
        id: i64,
        linked: i64,
        event: i64,
        report: &Report,
        (json, features): (&str, &[u8]),
    ) -> Result<(), StoreError> {
        let source = self.source(report)?;
        self.db
            .prepare_cached(
                "UPDATE report SET event = ?2, linked = ?3, source_kind = ?4, source = ?5, review = ?6, report = ?7, features = ?8 WHERE id = ?1",
            )?
            .execute(params![
                id,
                event,
                linked,
                report.sources.first().map(|voice| voice.kind.as_str()),
                source,
                review(report.review),
                json,
                features,
            ])?;
        self.db.prepare_cached("DELETE FROM voice WHERE report = ?1")?.execute([id])?;
        self.voices(id, report)
    }

    /// Writes the chain of sources of a report that has no rows of it.
    fn voices(&mut self, id: i64, report: &Report) -> Result<(), StoreError> {
        for (depth, voice) in report.sources.iter().enumerate() {
            let actor = match &voice.key {
                Some(key) => self.actors.id(self.db, key)?,
                None => None,
            };
            let (depth, kind, published) =
                (depth as i64, voice.kind.as_str(), report.published.as_deref().map(str::to_owned));
            self.rows.voice(NewVoice { report: id, depth, actor, kind, published });
            if let Some(actor) = actor {
                *self.voices.entry(actor).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Writes what is left, and counts the voices that were written.
    pub(crate) fn finish(mut self) -> Result<(), StoreError> {
        self.rows.finish(self.db)?;
        let mut count = self.db.prepare_cached(
            "INSERT INTO tally (actor, voices) VALUES (?1, ?2) ON CONFLICT (actor) DO UPDATE SET voices = voices + excluded.voices",
        )?;
        for row in self.voices {
            count.execute(params![row.0, row.1])?;
        }
        Ok(())
    }

    /// Keeps a report as it was read beside what was decided about it.
    pub(crate) fn original(&mut self, id: i64, original: Option<&str>) -> Result<(), StoreError> {
        self.db.prepare_cached("UPDATE report SET original = ?2 WHERE id = ?1")?.execute(params![id, original])?;
        Ok(())
    }

    /// Notes that a report belongs elsewhere.
    pub(crate) fn move_to(&mut self, id: i64, linked: i64, event: i64) -> Result<(), StoreError> {
        self.db
            .prepare_cached("UPDATE report SET linked = ?2, event = ?3 WHERE id = ?1")?
            .execute(params![id, linked, event])?;
        Ok(())
    }

    /// Takes out an event that no report is of any more.
    pub(crate) fn drop_empty(&mut self, id: i64) -> Result<(), StoreError> {
        self.rows.finish(self.db)?;
        let left = self.db.prepare_cached("SELECT 1 FROM report WHERE event = ?1")?.exists([id])?;
        if !left {
            // While much is added SQLite does not look at what refers to it.
            for table in ["party", "place"] {
                self.db.prepare_cached(&format!("DELETE FROM {table} WHERE event = ?1"))?.execute([id])?;
            }
            self.db.prepare_cached("DELETE FROM event WHERE id = ?1")?.execute([id])?;
        }
        Ok(())
    }

    fn source(&mut self, report: &Report) -> Result<Option<i64>, StoreError> {
        match report.sources.first().and_then(|voice| voice.key.as_ref()) {
            Some(key) => self.actors.id(self.db, key),
            None => Ok(None),
        }
    }
}

/// A text of a row, without copying it.
fn text<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(at)?.as_str_or_null()?)
}

/// How a review is written in a table.
pub(crate) fn review(review: Review) -> &'static str {
    match review {
        Review::Unreviewed => "unreviewed",
        Review::Accepted => "accepted",
        Review::Edited => "edited",
        Review::Rejected => "rejected",
    }
}
