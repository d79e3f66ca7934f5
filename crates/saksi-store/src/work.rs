//! One transaction of a collection, and what follows from its changes.

use crate::actors::{Actors, described};
use crate::deciding::Pending;
use crate::decisions::{self, Decisions};
use crate::error::StoreError;
use crate::incoming::Incoming;
use crate::log;
use crate::merging::{Linked, Merging, next, seeds};
use crate::store::{Committed, Replaced};
use crate::stored::{Ready, parse, whole};
use crate::wire::{Copy, Wire};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_merge::{Gazetteer, Hand, Report};
use std::sync::mpsc;
use std::thread;

/// What is kept of the file between transactions; all of it can be read anew.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) wire: Wire,
    pub(crate) actors: Actors,
    pub(crate) merging: Merging,
    pub(crate) decisions: Decisions,
    /// Which report each key of the log stands for now.
    pub(crate) attached: FxHashMap<String, String>,
    /// The log's anchor when `decisions` was made, and `SQLite`'s count of changes by others.
    pub(crate) seen: Option<((i64, String), i64)>,
}

/// One transaction.
pub(crate) struct Work<'s> {
    pub(crate) db: &'s Connection,
    pub(crate) gazetteer: &'s Gazetteer,
    pub(crate) state: &'s mut State,
    pub(crate) now: Changes,
}

/// What a transaction has changed so far, and what must follow from it at its end.
#[derive(Default)]
pub(crate) struct Changes {
    pub(crate) pending: Pending,
    pub(crate) linked: Linked,
}

impl Work<'_> {
    /// Forgets what another program may have changed.
    pub(crate) fn refresh(&mut self) -> Result<(), StoreError> {
        let others: i64 = self.db.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let anchor = log::anchor(self.db)?;
        let now = (anchor, others);
        if self.state.seen.as_ref().is_some_and(|seen| *seen == now) {
            return Ok(());
        }
        *self.state = State { seen: Some(now), ..State::default() };
        self.read_log()
    }

    fn read_log(&mut self) -> Result<(), StoreError> {
        self.state.decisions = Decisions::of(log::log(self.db)?);
        self.state.attached.clear();
        let articles: Vec<String> = self.state.decisions.articles().cloned().collect();
        articles.iter().try_for_each(|article| self.attach_stored(article))
    }

    /// As [`Self::attach`], for the reports that are stored.
    pub(crate) fn attach_stored(&mut self, article: &str) -> Result<(), StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT coalesce(report.original, report.report) FROM report JOIN article ON article.id = report.article \
             WHERE article.key = ?1",
        )?;
        let now = self.now_at(article)?;
        let rows = statement.query_map([&now], |row| row.get::<_, String>(0))?;
        let reports = rows.map(|row| parse(&row?)).collect::<Result<Vec<Report>, StoreError>>()?;
        self.attach(article, &reports)
    }

    /// The key that the article has now, if it was read again and has another text.
    pub(crate) fn now_at(&self, article: &str) -> Result<String, StoreError> {
        Ok(self.moved(article)?.unwrap_or_else(|| article.to_owned()))
    }

    pub(crate) fn moved(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT new FROM moved WHERE old = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Notes which reports the keys stand for that the log has of an article.
    fn attach(&mut self, article: &str, reports: &[Report]) -> Result<(), StoreError> {
        for key in self.state.decisions.named(article).to_vec() {
            let sought = self.moved(&key)?.unwrap_or_else(|| key.clone());
            match decisions::find(&sought, reports) {
                Some(report) => {
                    self.state.attached.insert(key, report.key.clone());
                }
                None => {
                    self.state.attached.remove(&key);
                }
            }
        }
        Ok(())
    }

    /// The reports of an article with what was decided about them.
    pub(crate) fn decided(&mut self, article: &str, mut reports: Vec<Ready>) -> Result<Vec<Ready>, StoreError> {
        if self.state.decisions.is_empty() {
            return Ok(reports);
        }
        let names = self.names_of(article)?;
        let plain: Vec<Report> = reports.iter().map(|ready| (*ready.report).clone()).collect();
        for name in &names {
            self.attach(name, &plain)?;
        }
        let keys = self.answering(&names);
        for (ready, mut original) in reports.iter_mut().zip(plain) {
            if let Some(keys) = keys.get(original.key.as_str()) {
                let mut report = original.clone();
                self.state.decisions.apply(&mut report, keys);
                if report.kind != original.kind || report.quantities != original.quantities {
                    let mut statement = self.db.prepare_cached("SELECT record FROM article WHERE key = ?1")?;
                    let record: String = statement.query_row([article], |row| row.get(0))?;
                    let record =
                        serde_json::from_str(&record).map_err(|error| StoreError::Damaged(error.to_string()))?;
                    report.figures = saksi_merge::figures(&report, &record, self.gazetteer);
                }
                if report != original {
                    // whose word it is changes with what else is there: the report that stands says it
                    original.witness.clone_from(&original.article);
                    *ready = Ready::of(report, serde_json::to_string(&original).ok());
                }
            }
        }
        Ok(reports)
    }

    /// The keys under which the log may name an article: its own, and those it had before it was read again.
    pub(crate) fn names_of(&self, article: &str) -> Result<Vec<String>, StoreError> {
        let mut names = vec![article.to_owned()];
        let mut statement = self.db.prepare_cached("SELECT old FROM moved WHERE new = ?1")?;
        let olds = statement.query_map([article], |row| row.get::<_, String>(0))?;
        names.extend(olds.collect::<Result<Vec<_>, _>>()?);
        Ok(names)
    }

    /// By the reports of an article, the keys of the log that stand for them; `names` are those of the article.
    pub(crate) fn answering(&self, names: &[String]) -> FxHashMap<&str, Vec<&String>> {
        let mut keys: FxHashMap<&str, Vec<&String>> = FxHashMap::default();
        for key in names.iter().flat_map(|name| self.state.decisions.named(name)) {
            if let Some(report) = self.state.attached.get(key) {
                keys.entry(report).or_default().push(key);
            }
        }
        keys
    }

    /// What was joined and split, by the keys that the reports have now.
    pub(crate) fn hands(&self) -> Vec<Hand> {
        let now = |key: &String| self.state.attached.get(key).cloned();
        self.state
            .decisions
            .hands()
            .filter_map(|hand| match hand {
                Hand::Same(one, other) => Some(Hand::Same(now(one)?, now(other)?)),
                Hand::Apart(one, other) => Some(Hand::Apart(now(one)?, now(other)?)),
            })
            .collect()
    }

    pub(crate) fn ids(&self, keys: &[String]) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT id FROM article WHERE key = ?1")?;
        keys.iter()
            .map(|key| {
                statement.query_row([key], |row| row.get(0)).optional()?.ok_or_else(|| StoreError::Unknown(key.clone()))
            })
            .collect()
    }

    /// Adds articles. Where `before` reads the file as it was before this transaction, and this is all that it does, what they
    /// belong with is found beside the writing.
    pub(crate) fn add(
        &mut self,
        batch: Vec<Incoming>,
        before: Option<&mut Connection>,
    ) -> Result<Committed, StoreError> {
        let mut committed = Committed::default();
        let mut fresh: Vec<(i64, Incoming)> = Vec::with_capacity(batch.len());
        let mut id = self.last("article")?;
        {
            let mut there = self.db.prepare_cached("SELECT 1 FROM article WHERE key = ?1")?;
            let mut seen = FxHashSet::default();
            for incoming in batch {
                if !seen.insert(incoming.key.clone()) || there.exists([&incoming.key])? {
                    committed.known += 1;
                    continue;
                }
                committed.added += 1;
                id += 1;
                fresh.push((id, incoming));
            }
        }
        let copies: Vec<Copy> = fresh.iter().map(|(id, incoming)| Copy::of(*id, incoming)).collect();
        let changed = match before {
            Some(before) if self.state.decisions.is_empty() => self.add_beside(fresh, copies, before)?,
            _ => {
                let mut placed = self.state.wire.place(self.db, copies)?;
                placed.write(self.db)?;
                for (id, incoming) in &mut fresh {
                    insert_words(self.db, *id, incoming)?;
                    insert(self.db, *id, incoming, &placed.of[id])?;
                    let mut reports = std::mem::take(&mut incoming.reports);
                    witnessed(&mut reports, &incoming.key, &placed.of[id].1);
                    let reports = self.decided(&incoming.key, reports)?;
                    let described = described(reports.iter().map(|ready| &*ready.report));
                    self.state.actors.describe(self.db, described, 1)?;
                    self.now.linked.add(*id, reports);
                }
                placed.changed
            }
        };
        self.rewitness(&changed)?;
        Ok(committed)
    }

    /// Adds articles about whose reports nothing is decided; gives the articles that were there and have another witness now.
    fn add_beside(
        &mut self,
        mut fresh: Vec<(i64, Incoming)>,
        copies: Vec<Copy>,
        before: &mut Connection,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let (db, gazetteer) = (self.db, self.gazetteer);
        let State { wire, actors, merging, .. } = &mut *self.state;
        let next = next(db)?;
        let mut new: Vec<(i64, String, Vec<Ready>)> = fresh
            .iter_mut()
            .map(|(id, incoming)| (*id, incoming.key.clone(), std::mem::take(&mut incoming.reports)))
            .collect();
        let (sender, receiver) = mpsc::sync_channel(1);
        let (found, written) = thread::scope(|scope| {
            let found = scope.spawn(move || -> Result<_, StoreError> {
                // All of it sees the file as of one moment.
                let before = before.transaction()?;
                let placed = wire.place(&before, copies)?;
                for (id, key, reports) in &mut new {
                    witnessed(reports, key, &placed.of[id].1);
                }
                // Who does not take it has failed, and says so.
                let _ = sender.send(placed);
                let seeds = seeds(next, new.into_iter().map(|(id, _, reports)| (id, reports)));
                let links = merging.links(&before, &seeds, Vec::new())?;
                Ok((seeds, links))
            });
            let written = (|| {
                fresh.iter().try_for_each(|(id, incoming)| insert_words(db, *id, incoming))?;
                let Ok(mut placed) = receiver.recv() else { return Ok(Vec::new()) };
                placed.write(db)?;
                for (id, incoming) in fresh {
                    insert(db, id, &incoming, &placed.of[&id])?;
                    actors.describe(db, incoming.described, 1)?;
                }
                actors.write(db, gazetteer)?;
                Ok(placed.changed)
            })();
            (found.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), written)
        });
        let (seeds, links) = found?;
        self.now.linked.meet(seeds, links);
        written
    }

    /// The greatest number that a row of the table ever had.
    pub(crate) fn last(&self, table: &str) -> Result<i64, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = ?1")?;
        Ok(statement.query_row([table], |row| row.get(0)).optional()?.unwrap_or(0))
    }

    /// Gives the reports of articles their new witnesses.
    fn rewitness(&mut self, changed: &[(i64, String)]) -> Result<(), StoreError> {
        for (article, witness) in changed {
            self.db
                .prepare_cached("UPDATE article SET witness = ?2 WHERE id = ?1")?
                .execute(params![article, witness])?;
            for (id, mut report) in self.reports_of(*article)? {
                report.witness.clone_from(witness);
                self.now.linked.touch(id, report);
            }
        }
        Ok(())
    }

    pub(crate) fn reports_of(&self, article: i64) -> Result<Vec<(i64, Report)>, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT id, report, features FROM report WHERE article = ?1 ORDER BY ordinal")?;
        let rows = statement
            .query_map([article], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?)))?;
        rows.map(|row| {
            let (id, report, features) = row?;
            Ok((id, whole(&report, &features)?))
        })
        .collect()
    }

    pub(crate) fn remove(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        for &id in ids {
            let reports = self.reports_of(id)?;
            self.state.actors.describe(self.db, described(reports.iter().map(|(_, report)| report)), -1)?;
            for (report, held) in reports {
                self.state.attached.retain(|_, key| *key != held.key);
                self.now.linked.remove(self.db, &mut self.state.merging, report)?;
            }
        }
        let changed = self.state.wire.remove(self.db, ids)?;
        for id in ids {
            self.db.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([id])?;
            self.db.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([id])?;
        }
        self.rewitness(&changed)
    }

    pub(crate) fn replace(&mut self, key: &str, mut incoming: Incoming) -> Result<Replaced, StoreError> {
        let ids = self.ids(&[key.to_owned()])?;
        if incoming.key != key {
            self.move_keys(key, ids[0], &incoming)?;
        }
        let (came, raw, options, record): (Option<String>, Option<Vec<u8>>, String, String) =
            self.db.query_row("SELECT came, raw, options, record FROM article WHERE id = ?1", [ids[0]], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let changed = record != incoming.record;
        if incoming.came.is_none() {
            (incoming.came, incoming.raw, incoming.options) = (came, raw, options);
        }
        let new = incoming.key.clone();
        self.remove(&ids)?;
        self.settle()?;
        self.add(vec![incoming], None)?;
        let mut unattached = Vec::new();
        let mut earlier = vec![new.clone()];
        if new != key {
            earlier.push(key.to_owned());
        }
        for article in earlier {
            let named = self.state.decisions.named(&article);
            unattached.extend(named.iter().filter(|key| !self.state.attached.contains_key(*key)).cloned());
        }
        Ok(Replaced { key: new, changed, unattached })
    }

    /// Notes under which keys the reports that the log names are to be looked for in a text that is another now.
    fn move_keys(&mut self, key: &str, id: i64, incoming: &Incoming) -> Result<(), StoreError> {
        let old_text = self.text(id)?;
        let record: saksi_record::Record =
            serde_json::from_str(&incoming.record).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let new_text: Vec<char> = record.text.chars().collect();
        let old = self.reports_of(id)?;
        let words = |text: &[char], report: &Report| -> String {
            text.get(report.trigger.start as usize..report.trigger.end as usize).unwrap_or_default().iter().collect()
        };
        let mut moved = vec![(key.to_owned(), incoming.key.clone())];
        for (_, report) in &old {
            let said = words(&old_text, report);
            // Of several with the same words and type, the one of the same rank among them.
            let alike = |text: &[char], other: &Report| other.kind == report.kind && words(text, other) == said;
            let rank =
                old.iter().filter(|(_, other)| alike(&old_text, other)).position(|(_, other)| other.key == report.key);
            let candidates: Vec<&Report> =
                incoming.reports.iter().map(|ready| &*ready.report).filter(|other| alike(&new_text, other)).collect();
            if let Some(other) = rank.and_then(|rank| candidates.get(rank.min(candidates.len().wrapping_sub(1)))) {
                moved.push((report.key.clone(), other.key.clone()));
            }
        }
        for (old, new) in moved {
            self.db.prepare_cached("UPDATE moved SET new = ?2 WHERE new = ?1")?.execute([&old, &new])?;
            self.db.prepare_cached("INSERT OR REPLACE INTO moved (old, new) VALUES (?1, ?2)")?.execute([&old, &new])?;
        }
        Ok(())
    }

    fn text(&self, id: i64) -> Result<Vec<char>, StoreError> {
        let record: String = self.db.query_row("SELECT record FROM article WHERE id = ?1", [id], |row| row.get(0))?;
        let record: saksi_record::Record =
            serde_json::from_str(&record).map_err(|error| StoreError::Damaged(error.to_string()))?;
        Ok(record.text.chars().collect())
    }

    /// Does what follows from the changes so far.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        self.follow()?;
        let linked = std::mem::take(&mut self.now.linked);
        let hands = self.hands();
        let State { actors, merging, .. } = &mut *self.state;
        actors.write(self.db, self.gazetteer)?;
        merging.settle(self.db, linked, &hands, actors)?;
        actors.clean(self.db)
    }
}

/// Gives the reports of an article their witness, where that is not the article itself.
fn witnessed(reports: &mut [Ready], article: &str, witness: &str) {
    if witness == article {
        return;
    }
    for ready in reports {
        let mut report = (*ready.report).clone();
        witness.clone_into(&mut report.witness);
        *ready = Ready::of(report, None);
    }
}

/// Writes the row of an article, with the number of its kin and its witness.
fn insert(db: &Connection, id: i64, incoming: &Incoming, (kin, witness): &(i64, String)) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO article (id, key, text_id, source, url, outlet, author, title, language, published, basis, program, \
         witness, signature, outline, credit, kin, came, options, raw, record) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
    )?
    .execute(params![
        id,
        incoming.key,
        incoming.text_id,
        incoming.source,
        incoming.url,
        incoming.outlet,
        incoming.author,
        incoming.title,
        incoming.compared.language,
        incoming.published,
        incoming.basis,
        incoming.program,
        witness,
        incoming.compared.signature.to_bytes().as_slice(),
        incoming.compared.outline.to_bytes(),
        incoming.compared.credit,
        kin,
        incoming.came,
        incoming.options,
        incoming.raw,
        incoming.record
    ])?;
    Ok(())
}

fn insert_words(db: &Connection, id: i64, incoming: &Incoming) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?;
    statement.execute(params![id, incoming.heading, incoming.body])?;
    Ok(())
}
