//! A review on a collection: what its effects do.

use super::decisions::{Collection, known};
use super::state::{Effect, Mode, State};
use super::values;
use super::view::Seen;
use crate::collection::now;
use saksi_merge::{Gazetteer, Report, likeness};
use saksi_store::look::Told;
use saksi_store::{Action, Store, StoreError};

/// Events shown to merge with.
const CANDIDATES: usize = 9;
/// Reports looked at for them.
const LOOKED_AT: usize = 400;

/// The collection, and who decides.
pub(crate) struct Work<'a> {
    pub(crate) store: Store,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) who: String,
}

impl Work<'_> {
    /// Does what a key led to, and what follows from that; whether the review goes on.
    ///
    /// # Errors
    /// If the collection cannot be read any more.
    pub(crate) fn follow(&mut self, state: &mut State, effect: Effect) -> Result<bool, StoreError> {
        let mut effect = effect;
        loop {
            effect = match effect {
                Effect::None => return Ok(true),
                Effect::Quit => return Ok(false),
                Effect::Open(at) => self.open(state, at)?,
                Effect::Find { report, words } => {
                    state.found(self.candidates(state, &report, &words)?);
                    Effect::None
                }
                Effect::Decide(action) => self.decide(state, &action)?,
                Effect::Edit { report, field, typed } => match self.edit(&report, field, &typed)? {
                    Ok(action) => self.decide(state, &action)?,
                    Err(why) => {
                        state.refused(&why);
                        Effect::None
                    }
                },
                Effect::Undo { seq, reports } => {
                    match self.store.undo(&now(), &self.who, Some(seq)) {
                        Ok(_) => {
                            let events = self.events(&reports)?;
                            state.undone(events);
                        }
                        Err(error) => state.refused(&error.to_string()),
                    }
                    Effect::None
                }
            };
        }
    }

    fn open(&mut self, state: &mut State, at: usize) -> Result<Effect, StoreError> {
        let Some(key) = state.queue.get(at).cloned() else { return Ok(state.gone(at)) };
        let reports = self.reports(&key)?;
        if reports.is_empty() {
            return Ok(state.gone(at));
        }
        let message = std::mem::take(&mut state.message);
        state.open(at, reports, None);
        state.message = message;
        Ok(Effect::None)
    }

    fn reports(&self, event: &str) -> Result<Vec<Seen>, StoreError> {
        Ok(saksi_store::look::reports_of(self.store.connection(), event)?.into_iter().map(Seen::of).collect())
    }

    /// The events that reports are of, each once.
    fn events(&self, reports: &[String]) -> Result<Vec<Vec<Seen>>, StoreError> {
        let mut events: Vec<Vec<Seen>> = Vec::new();
        for key in reports {
            if events.iter().flatten().any(|seen| seen.report.key == *key) {
                continue;
            }
            let Some(Told { event: Some(event), .. }) = saksi_store::look::report(self.store.connection(), key)? else {
                continue;
            };
            events.push(self.reports(&event)?);
        }
        Ok(events)
    }

    fn decide(&mut self, state: &mut State, action: &Action) -> Result<Effect, StoreError> {
        let shown = state.keys();
        let report = state.report().map(|seen| seen.report.key.clone()).unwrap_or_default();
        match self.store.decide(&now(), &self.who, action) {
            Ok(entry) => {
                let events = self.events(&shown)?;
                Ok(state.decided(entry.seq, &report, &told(action), events))
            }
            // What stands on the screen is older than the file; it is shown as it is now.
            Err(error) => {
                let keep = state.mode.clone();
                let at = state.at;
                self.open(state, at)?;
                if matches!(keep, Mode::Type { .. }) {
                    state.mode = keep;
                }
                state.refused(&error.to_string());
                Ok(Effect::None)
            }
        }
    }

    fn edit(&self, key: &str, field: &str, typed: &str) -> Result<Result<Action, String>, StoreError> {
        let Some(told) = saksi_store::look::report(self.store.connection(), key)? else {
            return Ok(Err("the report is no longer there".to_owned()));
        };
        let beside = match &told.event {
            Some(event) => saksi_store::look::reports_of(self.store.connection(), event)?,
            None => Vec::new(),
        };
        let mut reports = vec![told.report.clone()];
        // All actors and places of the article may be meant, not only those of its events.
        reports.extend(saksi_merge::reports(&told.article.record, &told.article.key, self.gazetteer));
        reports.extend(beside.into_iter().map(|told| told.report));
        let names = known(self.gazetteer, &reports);
        let report = &told.report;
        Ok(values::parse(report, field, typed, &names).and_then(|new| {
            let old = saksi_store::get(report, field).map_err(|error| error.to_string())?;
            let changed = saksi_store::set(report, field, &new).map_err(|error| error.to_string())?;
            let new = saksi_store::get(&changed, field).map_err(|error| error.to_string())?;
            Ok(Action::Edit { report: key.to_owned(), field: field.to_owned(), old, new })
        }))
    }

    /// Reports of other events that may be of the same one, the likest first, one of each event.
    fn candidates(&self, state: &State, report: &str, words: &str) -> Result<Vec<Seen>, StoreError> {
        let Some(own) = state.reports.iter().find(|seen| seen.report.key == report) else { return Ok(Vec::new()) };
        let db = self.store.connection();
        // What is typed may be an event's key as well.
        let mut found = match saksi_store::look::event_key(db, words.trim()) {
            Ok(key) if words.trim().len() >= 4 => saksi_store::look::reports_of(db, &key)?,
            _ => saksi_store::look::near(db, report, words, LOOKED_AT)?,
        };
        found.retain(|told| told.event.as_deref() != Some(own.event.as_str()));
        let mut scored: Vec<(f64, Told)> =
            found.into_iter().map(|told| (likeness(&own.report, &told.report).score, told)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.report.key.cmp(&b.1.report.key)));
        let mut seen: Vec<Option<String>> = Vec::new();
        scored.retain(|(_, told)| {
            let is_new = !seen.contains(&told.event);
            seen.push(told.event.clone());
            is_new
        });
        Ok(scored.into_iter().take(CANDIDATES).map(|(_, told)| Seen::of(told)).collect())
    }
}

impl Collection for Store {
    fn reports(&self, key: &str) -> Result<Vec<Report>, String> {
        let db = self.connection();
        let plain = |error: StoreError| error.to_string();
        if let Some(told) = saksi_store::look::report(db, key).map_err(plain)? {
            return Ok(vec![told.report]);
        }
        let event = saksi_store::look::event_key(db, key).map_err(plain)?;
        Ok(saksi_store::look::reports_of(db, &event).map_err(plain)?.into_iter().map(|told| told.report).collect())
    }

    fn beside(&self, report: &str) -> Result<Vec<Report>, String> {
        let plain = |error: StoreError| error.to_string();
        let told = saksi_store::look::report(self.connection(), report).map_err(plain)?;
        match told.and_then(|told| told.event) {
            Some(event) => self.reports(&event),
            None => Ok(Vec::new()),
        }
    }
}

/// A decision in two words.
fn told(action: &Action) -> String {
    let many = |reports: &[String], what: &str| match reports.len() {
        1 => what.to_owned(),
        count => format!("{count} reports {what}"),
    };
    match action {
        Action::Accept { reports } => many(reports, "accepted"),
        Action::Reject { reports } => many(reports, "rejected"),
        Action::Edit { field, .. } => format!("{field} corrected"),
        Action::Merge { .. } => "merged".to_owned(),
        Action::Split { .. } => "split off".to_owned(),
        Action::Undo { .. } => "undone".to_owned(),
    }
}
