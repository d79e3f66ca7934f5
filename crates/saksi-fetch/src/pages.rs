//! What a folder holds of the addresses that were fetched into it.

use crate::store::{At, Line, StoreError, each_line};
use saksi_input::{Failure, Found, Limits, Place, Reason, of_record, records};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The pages of a folder by their addresses.
#[derive(Debug)]
pub struct Pages {
    folder: PathBuf,
    limits: Limits,
    outcomes: HashMap<String, Outcome>,
}

/// What became of an address when it was fetched last.
#[derive(Debug)]
enum Outcome {
    /// Its page stands there.
    Kept(At),
    Failed {
        kind: String,
        why: String,
    },
}

impl Pages {
    /// Reads what a folder holds; nothing if there is none.
    ///
    /// # Errors
    /// [`StoreError`] if its log cannot be read.
    pub fn open(folder: &Path, limits: Limits) -> Result<Self, StoreError> {
        let mut outcomes = HashMap::new();
        each_line(&folder.join("fetched.jsonl"), |line| {
            let Line { url, outcome, kind, page, .. } = line;
            let outcome = match page {
                Some(at) if kind.is_empty() => Outcome::Kept(at),
                _ => Outcome::Failed { kind, why: outcome },
            };
            outcomes.insert(url, outcome);
        })?;
        Ok(Self { folder: folder.to_owned(), limits, outcomes })
    }

    /// Whether the page of an address was kept when it was fetched last.
    pub fn holds(&self, url: &str) -> bool {
        matches!(self.outcomes.get(url), Some(Outcome::Kept(_)))
    }

    fn read(&self, at: &At, place: &Place) -> Result<Found, Reason> {
        let unreadable = |why: String| Reason::Unreadable(format!("{}: {why}", at.archive));
        let path = self.folder.join(&at.archive);
        let open = || -> std::io::Result<File> {
            let mut file = File::open(&path)?;
            file.seek(SeekFrom::Start(at.start))?;
            Ok(file)
        };
        let file = open().map_err(|error| unreadable(error.to_string()))?;
        // A record is a gzip member of its own, and the fetcher keeps none that is larger than its limits.
        let record = saksi_input::unpacked(BufReader::new(file));
        let record = records(record, self.limits.document + (1 << 20)).next();
        let record = record.ok_or_else(|| unreadable("there is no record where the page was kept".into()))??;
        of_record(record, place, self.limits).ok_or_else(|| unreadable("another record stands there".into()))
    }
}

impl saksi_input::Pages for Pages {
    fn page(&self, url: &str, place: Place) -> Found {
        let failed = |place: Place, kind: &str, why: String| {
            Found::Failed(Failure { place, reason: Reason::NotFetched { kind: kind.into(), why: why.into() } })
        };
        match self.outcomes.get(url) {
            Some(Outcome::Kept(at)) => match self.read(at, &place) {
                // What came is no page; the address was meant to be one.
                Ok(Found::Skipped(skipped)) => failed(place, "no page", skipped.what),
                Ok(found) => found,
                Err(reason) => Found::Failed(Failure { place, reason }),
            },
            Some(Outcome::Failed { kind, why }) => failed(place, kind, why.clone()),
            None => failed(place, "not asked for", "it was not asked for".into()),
        }
    }
}
