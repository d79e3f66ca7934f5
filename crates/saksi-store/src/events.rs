//! Rows of reports and events.

use crate::actors::Actors;
use crate::error::StoreError;
use crate::moment;
use crate::together::Told;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use saksi_merge::{Report, Review};

/// Writes rows within one transaction.
pub(crate) struct Writer<'w> {
    db: &'w Connection,
    actors: &'w mut Actors,
    next: i64,
}

impl<'w> Writer<'w> {
    pub(crate) fn new(db: &'w Connection, actors: &'w mut Actors) -> Result<Self, StoreError> {
        let next = db.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM event")?.query_row([], |row| row.get(0))?;
        Ok(Self { db, actors, next })
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
        let id = if let Some(&id) = old.get(&event.key) {
            self.db.prepare_cached("DELETE FROM party WHERE event = ?1")?.execute([id])?;
            self.db.prepare_cached("DELETE FROM place WHERE event = ?1")?.execute([id])?;
            id
        } else {
            self.next += 1;
            self.next - 1
        };
        let sql = if old.contains_key(&event.key) {
            "UPDATE event SET key = ?2, type = ?3, mode = ?4, quad = ?5, status = ?6, certainty = ?7, value = ?8, earliest = ?9, \
             latest = ?10, first_published = ?11, last_published = ?12, reports = ?13, articles = ?14, sources = ?15, \
             languages = ?16, review = ?17, summary = ?18, moment = ?19 WHERE id = ?1"
        } else {
            "INSERT INTO event (id, key, type, mode, quad, status, certainty, value, earliest, latest, first_published, \
             last_published, reports, articles, sources, languages, review, summary, moment) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
        };
        let time = event.time.as_ref();
        let moment = moment::of_event(event);
        self.db.prepare_cached(sql)?.execute(params![
            id,
            event.key,
            event.kind.as_str(),
            event.mode,
            event.quad.as_str(),
            event.status.as_str(),
            event.certainty.as_str(),
            time.and_then(|time| time.value.as_ref()),
            time.and_then(|time| time.earliest.as_ref()),
            time.and_then(|time| time.latest.as_ref()),
            event.published.as_ref().map(|(first, _)| first),
            event.published.as_ref().map(|(_, last)| last),
            event.reports,
            event.articles,
            event.sources,
            serde_json::to_string(&event.languages).unwrap_or_default(),
            review(event.review),
            json,
            moment,
        ])?;
        for (role, parties) in [("actor", &event.actor), ("recipient", &event.recipient)] {
            for party in parties {
                let Some(actor) = self.actors.id(self.db, &party.key)? else { continue };
                self.db
                    .prepare_cached(
                        "INSERT OR IGNORE INTO party (event, role, actor, country, type, moment) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    )?
                    .execute(params![id, role, actor, party.country, event.kind.as_str(), moment])?;
            }
        }
        for place in &event.place {
            self.db
                .prepare_cached(
                    "INSERT OR IGNORE INTO place (event, key, name, country, lat, lon, moment) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![id, place.key, place.name, place.country, place.lat, place.lon, moment])?;
        }
        Ok(id)
    }

    /// Writes a report that has no row.
    pub(crate) fn insert(
        &mut self,
        id: i64,
        (article, ordinal): (i64, usize),
        linked: i64,
        event: i64,
        report: &Report,
        (json, features, original): (&str, &[u8], Option<&str>),
    ) -> Result<(), StoreError> {
        let source = self.source(report)?;
        self.db
            .prepare_cached(
                "INSERT INTO report (id, key, article, event, linked, ordinal, source_kind, source, review, report, features, original) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                id,
                report.key,
                article,
                event,
                linked,
                ordinal as i64,
                report.sources.first().map(|voice| voice.kind.as_str()),
                source,
                review(report.review),
                json,
                features,
                original,
            ])?;
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
            self.db
                .prepare_cached(
                    "INSERT INTO voice (report, depth, actor, kind, published) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![id, depth as i64, actor, voice.kind.as_str(), report.published])?;
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
    pub(crate) fn drop_empty(&self, id: i64) -> Result<(), StoreError> {
        let left = self.db.prepare_cached("SELECT 1 FROM report WHERE event = ?1")?.exists([id])?;
        if !left {
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

/// How a review is written in a table.
pub(crate) fn review(review: Review) -> &'static str {
    match review {
        Review::Unreviewed => "unreviewed",
        Review::Accepted => "accepted",
        Review::Edited => "edited",
        Review::Rejected => "rejected",
    }
}
