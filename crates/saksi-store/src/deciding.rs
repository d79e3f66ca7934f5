//! Decisions on their way into the log, and what follows from them.

use crate::actors::described;
use crate::decisions;
use crate::error::StoreError;
use crate::log::{self, Action, Entry};
use crate::stored::{Ready, parse};
use crate::work::Work;
use rusqlite::OptionalExtension;
use rustc_hash::FxHashSet;
use saksi_lang::Codebook;
use saksi_merge::Report;
use std::collections::BTreeSet;

/// What decisions of this transaction are about, and has not followed yet.
#[derive(Default)]
pub(crate) struct Pending {
    /// Articles, by the keys they have now.
    articles: BTreeSet<String>,
    /// Reports, by keys as the log names them.
    reports: FxHashSet<String>,
}

impl Work<'_> {
    /// Writes a decision into the log. What follows from it is done by [`Self::follow`], for all of a transaction at once.
    pub(crate) fn decide(&mut self, at: &str, who: &str, action: &Action) -> Result<Entry, StoreError> {
        self.check(action)?;
        let entry = log::append(self.db, at, who, action)?;
        if let Some((anchor, _)) = &mut self.state.seen {
            *anchor = (entry.seq, entry.hash.clone());
        }
        let fresh: Vec<String> =
            decisions::keys(action).into_iter().filter(|key| !self.state.decisions.names(key)).collect();
        self.state.decisions.add(entry.clone());
        for key in fresh {
            if self.moved(&key)?.is_some() {
                self.attach_stored(decisions::article_of(&key))?;
            } else {
                self.state.attached.insert(key.clone(), key);
            }
        }
        for key in self.state.decisions.reached(&entry) {
            let article = self.now_at(decisions::article_of(&key))?;
            self.now.pending.articles.insert(article);
            self.now.pending.reports.insert(key);
        }
        Ok(entry)
    }

    /// Does to the reports what was decided about them.
    pub(crate) fn follow(&mut self) -> Result<(), StoreError> {
        let Pending { articles, reports } = std::mem::take(&mut self.now.pending);
        let about: FxHashSet<String> = reports.iter().filter_map(|key| self.state.attached.get(key)).cloned().collect();
        for article in articles {
            self.redo(&article, &about)?;
        }
        Ok(())
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
        self.state.actors.describe(self.db, described(stored.iter().map(|(_, report)| report)), -1)?;
        self.state.actors.describe(self.db, described(reports.iter().map(|ready| &*ready.report)), 1)?;
        for ((id, held), ready) in stored.into_iter().zip(reports) {
            if held != *ready.report || about.contains(&held.key) {
                self.now.linked.relink(self.db, &mut self.state.merging, id, ready)?;
            }
        }
        Ok(())
    }

    /// Refuses a decision that names what is not there.
    fn check(&self, action: &Action) -> Result<(), StoreError> {
        {
            let mut there = self.db.prepare_cached("SELECT 1 FROM report WHERE key = ?1")?;
            for key in decisions::keys(action) {
                if !there.exists([&key])? {
                    return Err(StoreError::Unknown(key));
                }
            }
        }
        let no = |why: &str| Err(StoreError::Decision(why.to_owned()));
        match action {
            Action::Accept { reports } | Action::Reject { reports } if reports.is_empty() => {
                no("it is about no report")
            }
            Action::Edit { report: key, field, old, new } => {
                let now = self.report_now(key)?;
                if decisions::get(&now, field)? != *old {
                    return no("the field was changed meanwhile");
                }
                let changed = decisions::set(&now, field, new)?;
                if changed.mode == now.mode { Ok(()) } else { check_mode(&changed) }
            }
            Action::Undo { seq } => match self.state.decisions.counts(*seq) {
                None => no(&format!("the log has no entry {seq}")),
                Some(false) => no(&format!("entry {seq} was undone before")),
                Some(true) => Ok(()),
            },
            Action::Merge { one, other } if one == other => no("a report cannot be merged with itself"),
            Action::Split { report, from } if from.is_empty() || from.contains(report) => {
                no("a report is split off from others")
            }
            _ => Ok(()),
        }
    }

    /// A report with all that was decided about it so far, whether it has followed or not.
    fn report_now(&self, key: &str) -> Result<Report, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT article.key, report.report, report.original FROM report JOIN article ON article.id = report.article \
             WHERE report.key = ?1",
        )?;
        let (article, held, original): (String, String, Option<String>) =
            statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if !self.now.pending.articles.contains(&article) {
            return parse(&held);
        }
        let mut report = parse(original.as_ref().unwrap_or(&held))?;
        if let Some(keys) = self.answering(&self.names_of(&article)?).get(key) {
            self.state.decisions.apply(&mut report, keys);
        }
        Ok(report)
    }
}

/// Refuses a mode that the codebook does not have for the type.
fn check_mode(report: &Report) -> Result<(), StoreError> {
    let (kind, book) = (report.kind, Codebook::builtin());
    let Some(mode) = report.mode.as_deref() else { return Ok(()) };
    if !mode.is_empty() && book.code(kind, Some(mode)).is_some() {
        return Ok(());
    }
    let all: Vec<&str> =
        book.modes().into_iter().filter(|(of, mode)| *of == kind && !mode.is_empty()).map(|(_, mode)| mode).collect();
    Err(StoreError::Decision(if all.is_empty() {
        format!("{kind} has no modes, so none `{mode}`")
    } else {
        format!("{kind} has no mode `{mode}`; there are {}", all.join(", "))
    }))
}
