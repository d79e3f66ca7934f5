//! What was committed is brought to disk beside the writing of what comes next.

use crate::error::StoreError;
use rusqlite::Connection;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// Pages of the journal from which on writing waits until all of it stands in the file, so that it begins anew.
const LONG: i64 = 65_536;

/// A thread that brings to disk what was committed without waiting for the disk.
pub(crate) struct Ahead {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Commits that were made.
    made: u64,
    /// Of these, how many are on disk.
    safe: u64,
    /// And how many were brought from the journal into the file, as far as readers let them.
    filed: u64,
    /// Pages that the journal holds.
    pages: i64,
    failed: Option<StoreError>,
    over: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_all();
    }
}

impl Ahead {
    /// `db` is another connection to the file.
    pub(crate) fn new(path: &Path, db: Connection) -> Self {
        let shared = Arc::new(Shared::default());
        let mut journal = path.as_os_str().to_owned();
        journal.push("-wal");
        let (own, journal) = (Arc::clone(&shared), PathBuf::from(journal));
        Self { shared, thread: Some(std::thread::spawn(move || work(&own, &journal, &db))) }
    }

    /// Waits where the journal is long, until it may begin anew.
    pub(crate) fn ready(&self) -> Result<(), StoreError> {
        self.wait(|state| state.pages <= LONG || state.filed == state.made)
    }

    /// Waits until all stands in the file itself, but for what readers still need of the journal.
    pub(crate) fn filed(&self) -> Result<(), StoreError> {
        self.wait(|state| state.filed == state.made)
    }

    /// Waits until all but so many of the last commits are on disk.
    pub(crate) fn on_disk(&self, but: u64) -> Result<(), StoreError> {
        self.wait(|state| state.safe + but >= state.made)
    }

    /// Notes that something was committed.
    pub(crate) fn made(&self) {
        self.shared.change(|state| state.made += 1);
    }

    fn wait(&self, until: impl Fn(&State) -> bool) -> Result<(), StoreError> {
        let mut state = self.shared.state();
        while state.failed.is_none() && !until(&state) {
            state = self.shared.wait(state);
        }
        state.failed.clone().map_or(Ok(()), Err)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.shared.change(|state| state.over = true);
        if let Some(thread) = self.thread.take() {
            // A panic there was told of where it came.
            let _ = thread.join();
        }
    }
}

fn work(shared: &Shared, journal: &Path, db: &Connection) {
    loop {
        let mut state = shared.state();
        while state.filed == state.made && !state.over {
            state = shared.wait(state);
        }
        if state.over {
            return;
        }
        let made = state.made;
        drop(state);
        match sync(journal) {
            Ok(()) => shared.change(|state| state.safe = made),
            Err(error) => return shared.change(|state| state.failed = Some(error)),
        }
        // What cannot be brought into the file now stays in the journal, and is safe there.
        let pages = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1)).unwrap_or_default();
        shared.change(|state| (state.filed, state.pages) = (made, pages));
    }
}

/// Brings the journal to disk. That it is not there means that all of it stands in the file.
fn sync(journal: &Path) -> Result<(), StoreError> {
    match OpenOptions::new().write(true).open(journal) {
        Ok(file) => file.sync_data().map_err(|error| StoreError::Io(error.to_string())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::Io(error.to_string())),
    }
}
