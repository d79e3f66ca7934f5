//! Decisions on their way into the log, and what follows from them.

use crate::decisions;
use crate::error::StoreError;
use crate::log::{self, Action, Entry};
use crate::store::Work;
use crate::stored::{Ready, parse};
use rusqlite::OptionalExtension;
use rustc_hash::FxHashSet;
use saksi_merge::{Hand, Report};
use std::collections::BTreeSet;

impl Work<'_> {
    pub(crate) fn decide(&mut self, at: &str, who: &str, action: &Action) -> Result<Entry, StoreError> {
        self.check(action)?;
        let before: FxHashSet<String> = self.hands().iter().flat_map(ends).collect();
        let entry = log::append(self.db, at, who, action)?;
        self.read_log()?;
        if let Some((anchor, _)) = &mut self.state.seen {
            *anchor = log::anchor(self.db)?;
        }
        let about = match action {
            Action::Undo { .. } => {
                // An undo may bring back others; all that it reaches is done anew.
                let entries = log::log(self.db)?;
                reached(&entries, entry.seq)
            }
            action => decisions::keys(action),
        };
        let mut articles: BTreeSet<String> = BTreeSet::new();
        for key in &about {
            articles.insert(self.now_at(decisions::article_of(key))?);
        }
        let after: FxHashSet<String> = self.hands().iter().flat_map(ends).collect();
        let moved: FxHashSet<&String> = before.symmetric_difference(&after).collect();
        let about: FxHashSet<String> = about
            .iter()
            .filter_map(|key| self.state.attached.get(key))
            .cloned()
            .chain(moved.into_iter().cloned())
            .collect();
        for article in articles {
            self.redo(&article, &about)?;
        }
        Ok(entry)
    }

    /// Makes the reports of an article anew from its record and what was decided; those in `about` are merged again.
    fn redo(&mut self, article: &str, about: &FxHashSet<String>) -> Result<(), StoreError> {
        let id: Option<i64> = self
            .db
            .prepare_cached("SELECT id FROM article WHERE key = ?1")?
            .query_row([article], |row| row.get(0))
            .optional()?;
        let Some(id) = id else { return Ok(()) };
        let stored = self.reports_of(id)?;
        let mut statement = self.db.prepare_cached("SELECT original FROM report WHERE id = ?1")?;
        let mut originals = Vec::new();
        for (report, held) in &stored {
            let original: Option<String> = statement.query_row([report], |row| row.get(0))?;
            let mut original = match original {
                Some(original) => parse(&original)?,
                None => held.clone(),
            };
            original.witness.clone_from(&held.witness);
            originals.push(Ready::of(original, None));
        }
        drop(statement);
        let reports = self.decided(article, originals)?;
        self.state.actors.describe(self.db, stored.iter().map(|(_, report)| report), -1)?;
        self.state.actors.describe(self.db, reports.iter().map(|ready| &ready.report), 1)?;
        for ((id, held), ready) in stored.into_iter().zip(reports) {
            if held != ready.report || about.contains(&held.key) {
                self.now.linked.relink(self.db, &mut self.state.merging, id, ready)?;
            }
        }
        Ok(())
    }

    /// Refuses a decision that names what is not there.
    fn check(&self, action: &Action) -> Result<(), StoreError> {
        let mut statement = self.db.prepare_cached("SELECT report FROM report WHERE key = ?1")?;
        let mut report = |key: &String| -> Result<Report, StoreError> {
            let found: Option<String> = statement.query_row([key], |row| row.get(0)).optional()?;
            parse(&found.ok_or_else(|| StoreError::Unknown(key.clone()))?)
        };
        for key in decisions::keys(action) {
            report(&key)?;
        }
        let no = |why: &str| Err(StoreError::Decision(why.to_owned()));
        match action {
            Action::Accept { reports } | Action::Reject { reports } if reports.is_empty() => {
                no("it is about no report")
            }
            Action::Edit { report: key, field, old, new } => {
                let now = report(key)?;
                if decisions::get(&now, field)? != *old {
                    return no("the field was changed meanwhile");
                }
                decisions::set(&now, field, new).map(drop)
            }
            Action::Undo { seq } => {
                let counts = decisions::counting(&log::log(self.db)?);
                match usize::try_from(*seq - 1).ok().and_then(|at| counts.get(at)) {
                    None => no(&format!("the log has no entry {seq}")),
                    Some(false) => no(&format!("entry {seq} was undone before")),
                    Some(true) => Ok(()),
                }
            }
            Action::Merge { one, other } if one == other => no("a report cannot be merged with itself"),
            Action::Split { report, from } if from.is_empty() || from.contains(report) => {
                no("a report is split off from others")
            }
            _ => Ok(()),
        }
    }
}

fn ends(hand: &Hand) -> [String; 2] {
    match hand {
        Hand::Same(one, other) | Hand::Apart(one, other) => [one.clone(), other.clone()],
    }
}

/// The keys that an entry is about; those of an undo are of what it undoes.
fn reached(entries: &[Entry], seq: i64) -> Vec<String> {
    let mut seq = seq;
    while let Some(Entry { action: Action::Undo { seq: undone }, .. }) = entries.get((seq - 1) as usize) {
        seq = *undone;
    }
    entries.get((seq - 1) as usize).map(|entry| decisions::keys(&entry.action)).unwrap_or_default()
}
