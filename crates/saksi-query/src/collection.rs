use crate::error::QueryError;
use rusqlite::Connection;
use saksi_store::{Mode, StoreError};
use std::path::Path;
use std::time::Duration;

/// Bytes of the file kept in memory.
const CACHE_KIB: i64 = 64 * 1024;
/// Bytes of the file that are read without copying.
const MAP_BYTES: i64 = 1 << 31;

/// A collection, opened for reading only. All answers of one value are of the same moment.
pub struct Collection {
    pub(crate) db: Connection,
    fold: Fold,
}

/// Brings the spellings of a name to one form.
type Fold = Box<dyn Fn(&str) -> String + Send + Sync>;

impl Collection {
    /// Opens the file; `wait` is how long another program's lock is waited for, `fold` how names were folded when they
    /// were added.
    ///
    /// # Errors
    /// [`QueryError::File`] if there is no file, it is no collection, of a newer version, or locked.
    pub fn open(
        path: &Path,
        wait: Duration,
        fold: impl Fn(&str) -> String + Send + Sync + 'static,
    ) -> Result<Self, QueryError> {
        let db = connect(path, wait)?;
        db.execute_batch("BEGIN")?;
        Ok(Self::of(db, fold))
    }

    /// Whether the collection holds no article.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_empty(&self) -> Result<bool, QueryError> {
        Ok(self.db.query_row("SELECT NOT EXISTS (SELECT 1 FROM article)", [], |row| row.get(0))?)
    }

    /// Whether it lacks indexes, so that each answer takes a pass over tables: see [`saksi_store::lacking`].
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn lacks_indexes(&self) -> Result<bool, QueryError> {
        let lacking = saksi_store::lacking(&self.db);
        let failed = |error: StoreError| QueryError::File { reason: error.to_string(), help: error.help().into() };
        Ok(!lacking.map_err(failed)?.is_empty())
    }

    pub(crate) fn of(db: Connection, fold: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self { db, fold: Box::new(fold) }
    }

    /// A name in the form in which all its spellings are the same.
    pub(crate) fn fold(&self, name: &str) -> String {
        (self.fold)(name)
    }
}

impl std::fmt::Debug for Collection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collection").field("db", &self.db).finish_non_exhaustive()
    }
}

/// A connection that cannot write; `wait` is how long another program's lock is waited for.
pub(crate) fn connect(path: &Path, wait: Duration) -> Result<Connection, QueryError> {
    let file = |reason: StoreError| QueryError::File {
        reason: format!("{}: {reason}", path.display()),
        help: reason.help().into(),
    };
    let db = saksi_store::connect(path, Mode::Read, wait).map_err(file)?;
    let settings = db.pragma_update(None, "query_only", true).and_then(|()| {
        db.pragma_update(None, "cache_size", -CACHE_KIB)?;
        db.pragma_update(None, "mmap_size", MAP_BYTES)
    });
    settings.map_err(|error| file(error.into()))?;
    Ok(db)
}
