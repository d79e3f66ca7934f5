//! A collection open for writing.

use crate::ahead::Ahead;
use crate::beside::drop_beside;
use crate::decisions;
use crate::error::StoreError;
use crate::file::{Mode, connect};
use crate::incoming::Incoming;
use crate::indexes;
use crate::log::{self, Action, Entry};
use crate::work::{Changes, State, Work};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use rustc_hash::FxHashSet;
use saksi_merge::Gazetteer;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Pages that the journal may hold before they are brought into the file.
const JOURNAL: i64 = 16_384;

/// A collection open for writing. Every change is one transaction with all that follows from it: witnesses, actors, events.
pub struct Store {
    db: Connection,
    /// Where writing does not wait for the disk.
    ahead: Option<Ahead>,
    /// And what others belong with is found beside it: reads the file as it is between transactions.
    before: Option<Connection>,
    path: PathBuf,
    wait: Duration,
    gazetteer: Arc<Gazetteer>,
    state: State,
    /// Articles that were added since it was opened.
    added: u64,
    /// Articles after which indexes may be left out.
    few: u64,
    /// Whether indexes were left out since.
    left_out: bool,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committed {
    /// Articles that are in the collection now.
    pub added: u64,
    /// Articles that were there before.
    pub known: u64,
}

/// What reading an article again changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The article's key, which is another if its text is.
    pub key: String,
    /// Whether its record is another.
    pub changed: bool,
    /// Keys in the log that no report of the article answers to.
    pub unattached: Vec<String>,
}

impl Store {
    /// Opens a collection for writing; `wait` is how long another program's lock is waited for.
    ///
    /// # Errors
    /// As [`connect`].
    pub fn open(path: &Path, mode: Mode, wait: Duration, gazetteer: Arc<Gazetteer>) -> Result<Self, StoreError> {
        let db = connect(path, mode, wait)?;
        // A batch of articles touches some thousand pages; of indexes by actor, the last page of each actor.
        db.pragma_update(None, "cache_size", -196_608)?;
        db.pragma_update(None, "wal_autocheckpoint", JOURNAL)?;
        db.pragma_update(None, "temp_store", "memory")?;
        db.set_prepared_statement_cache_capacity(128);
        Ok(Self {
            db,
            ahead: None,
            before: None,
            path: path.to_owned(),
            wait,
            gazetteer,
            state: State::default(),
            added: 0,
            few: indexes::FEW,
            left_out: false,
        })
    }

    /// From how many articles on indexes may be left out, where that is not the usual number.
    pub fn leave_out_after(&mut self, articles: u64) {
        self.few = articles;
    }

    /// Makes the indexes for questions that the file lacks, see [`crate::lacking`]: at the end of adding much, and where somebody was
    /// interrupted who did. When this returns, all that was added is on disk.
    ///
    /// # Errors
    /// If the file cannot be written; what was made so far stays.
    pub fn complete(&mut self) -> Result<(), StoreError> {
        if !indexes::lacking(&self.db)?.is_empty() {
            self.go_ahead()?.filed()?;
            let Self { db, ahead, .. } = self;
            indexes::make(db, || match ahead {
                Some(ahead) => {
                    ahead.made();
                    ahead.ready()
                }
                None => Ok(()),
            })?;
        }
        // What is kept for the next batch is large, and can be read again.
        drop_beside(std::mem::take(&mut self.state));
        self.on_disk()
    }

    /// From here on a commit does not wait for the disk.
    fn go_ahead(&mut self) -> Result<&Ahead, StoreError> {
        let ahead = if let Some(ahead) = self.ahead.take() {
            ahead
        } else {
            let other = connect(&self.path, Mode::Write, self.wait)?;
            self.before = Some(connect(&self.path, Mode::Read, self.wait)?);
            self.db.pragma_update(None, "synchronous", "normal")?;
            self.db.pragma_update(None, "wal_autocheckpoint", 0)?;
            Ahead::new(&self.path, other)
        };
        Ok(self.ahead.insert(ahead))
    }

    /// Waits for the disk, and from here on at each commit.
    fn on_disk(&mut self) -> Result<(), StoreError> {
        self.before = None;
        if let Some(ahead) = self.ahead.take() {
            ahead.on_disk(0)?;
            self.db.pragma_update(None, "synchronous", "full")?;
            self.db.pragma_update(None, "wal_autocheckpoint", JOURNAL)?;
        }
        Ok(())
    }

    /// The file, for questions.
    pub fn connection(&self) -> &Connection {
        &self.db
    }

    /// Hashes of all bytes that articles were read from, as [`crate::came`] makes them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn came(&self) -> Result<FxHashSet<String>, StoreError> {
        let mut statement = self.db.prepare("SELECT came FROM article WHERE came IS NOT NULL")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Adds articles; those whose key is there are left as they are. When this returns they are on disk. Once they are many, indexes
    /// for questions are left out until [`Self::complete`].
    ///
    /// # Errors
    /// If the file cannot be written; then none of them was added.
    pub fn add(&mut self, batch: Vec<Incoming>) -> Result<Committed, StoreError> {
        let (added, few, leave_out) = (self.added, self.few, !self.left_out);
        let mut before = self.before.take();
        let (committed, left_out) = self.change(|work| {
            let there = (work.last("article")? as u64).saturating_sub(added);
            let leave_out = leave_out && indexes::worth(added, there, few);
            if leave_out {
                indexes::leave_out(work.db, !work.state.decisions.is_empty())?;
            }
            Ok((work.add(batch, before.as_mut())?, leave_out))
        })?;
        self.before = before;
        self.left_out |= left_out;
        self.added += committed.added;
        Ok(committed)
    }

    /// As [`Self::add`], but what was added is brought to disk beside the writing of the next batch: that of the batch before is there
    /// when this returns, and all of it when [`Self::complete`] does.
    ///
    /// # Errors
    /// If the file cannot be written; then none of these was added, and what is not on disk may be lost.
    pub fn add_ahead(&mut self, batch: Vec<Incoming>) -> Result<Committed, StoreError> {
        self.go_ahead()?.ready()?;
        // What a row refers to was written just before it.
        self.db.pragma_update(None, "foreign_keys", false)?;
        let committed = self.add(batch);
        self.db.pragma_update(None, "foreign_keys", true)?;
        let committed = committed?;
        let ahead = self.go_ahead()?;
        ahead.made();
        ahead.on_disk(1)?;
        Ok(committed)
    }

    /// Takes articles out, by their keys.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] for a key that no article has; then none was taken out.
    pub fn remove(&mut self, keys: &[String]) -> Result<(), StoreError> {
        self.change(|work| {
            let ids = work.ids(keys)?;
            work.remove(&ids)
        })
    }

    /// Puts articles that were read again in the places of those with these keys; all of them or none.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] for a key that no article has.
    pub fn replace(&mut self, batch: Vec<(String, Incoming)>) -> Result<Vec<Replaced>, StoreError> {
        self.change(|work| batch.into_iter().map(|(key, incoming)| work.replace(&key, incoming)).collect())
    }

    /// Writes a decision into the log, and does what follows from it. `at` is the time, ISO 8601 in UTC.
    ///
    /// # Errors
    /// [`StoreError::Decision`] for one that cannot be made, and if the log was altered.
    pub fn decide(&mut self, at: &str, who: &str, action: &Action) -> Result<Entry, StoreError> {
        self.change(|work| work.decide(at, who, action))
    }

    /// Writes several decisions into the log, each with who made it, and does what follows from them: all of them or none.
    ///
    /// # Errors
    /// The number of the first that cannot be made, counted from 0, and why.
    pub fn decide_all(&mut self, at: &str, decisions: &[(String, Action)]) -> Result<Vec<Entry>, (usize, StoreError)> {
        let mut made = 0;
        self.change(|work| {
            let mut entries = Vec::with_capacity(decisions.len());
            for (number, (who, action)) in decisions.iter().enumerate() {
                made = number;
                entries.push(work.decide(at, who, action)?);
            }
            Ok(entries)
        })
        .map_err(|error| (made, error))
    }

    /// Takes back an entry of the log; the last that counts and is no undo, where none is given.
    ///
    /// # Errors
    /// [`StoreError::Decision`] if there is no such entry, or it was undone before.
    pub fn undo(&mut self, at: &str, who: &str, seq: Option<i64>) -> Result<Entry, StoreError> {
        let entries = log::log(&self.db)?;
        let counts = decisions::counting(&entries);
        let no = |why: String| Err(StoreError::Decision(why));
        let seq = match seq {
            Some(seq) if !(1..=entries.len() as i64).contains(&seq) => {
                return no(format!("the log has no entry {seq}"));
            }
            Some(seq) if !counts[seq as usize - 1] => return no(format!("entry {seq} was undone before")),
            Some(seq) => seq,
            None => {
                let last = entries.iter().zip(&counts).rev();
                let mut last = last.filter(|(entry, counts)| **counts && !matches!(entry.action, Action::Undo { .. }));
                match last.next() {
                    Some((entry, _)) => entry.seq,
                    None => return no("there is nothing to undo".to_owned()),
                }
            }
        };
        self.decide(at, who, &Action::Undo { seq })
    }

    /// The keys in the log that no report answers to now.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn unattached(&mut self) -> Result<Vec<String>, StoreError> {
        self.change(|work| {
            let named: BTreeSet<String> = work
                .state
                .decisions
                .articles()
                .flat_map(|article| work.state.decisions.named(article))
                .cloned()
                .collect();
            Ok(named.into_iter().filter(|key| !work.state.attached.contains_key(key)).collect())
        })
    }

    fn change<T>(&mut self, work: impl FnOnce(&mut Work<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let Self { db, gazetteer, state, .. } = self;
        let done = (|| {
            let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
            let mut hands = Work { db, gazetteer, state, now: Changes::default() };
            hands.refresh()?;
            let done = work(&mut hands)?;
            hands.settle()?;
            transaction.commit()?;
            Ok(done)
        })();
        if done.is_err() {
            // What was rolled back is in the caches.
            *state = State::default();
        }
        done
    }
}
