use crate::error::QueryError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Bytes of the file kept in memory.
const CACHE_KIB: i64 = 64 * 1024;
/// Bytes of the file that are read without copying.
const MAP_BYTES: i64 = 1 << 31;
/// How long to wait while another process writes what must not be read in between.
const BUSY: Duration = Duration::from_secs(5);

/// A collection, opened for reading only. All answers of one value are of the same moment.
pub struct Collection {
    pub(crate) db: Connection,
    fold: Fold,
}

/// Brings the spellings of a name to one form.
type Fold = Box<dyn Fn(&str) -> String + Send + Sync>;

impl Collection {
    /// Opens the file; `fold` is how names were folded when they were added.
    ///
    /// # Errors
    /// [`QueryError::File`] if there is no file, it is no collection, of a newer version, or locked.
    pub fn open(path: &Path, fold: impl Fn(&str) -> String + Send + Sync + 'static) -> Result<Self, QueryError> {
        let db = connect(path)?;
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

/// A connection that cannot write.
pub(crate) fn connect(path: &Path) -> Result<Connection, QueryError> {
    let file = |reason: String, help: &str| QueryError::File {
        reason: format!("{}: {reason}", path.display()),
        help: help.into(),
    };
    if !path.exists() {
        return Err(file("there is no such file".into(), "`saksi add` makes a collection; --db says which to use"));
    }
    let db = open(path).map_err(|error| file(error.to_string(), "check that you may read the file"))?;
    let looked = db.busy_timeout(BUSY).and_then(|()| {
        db.pragma_update(None, "query_only", true)?;
        db.pragma_update(None, "cache_size", -CACHE_KIB)?;
        db.pragma_update(None, "mmap_size", MAP_BYTES)?;
        db.query_row("SELECT count(*) FROM sqlite_schema WHERE name IN ('article', 'event', 'report', 'voice')", [], |row| {
            row.get::<_, i64>(0)
        })
    });
    match looked {
        Ok(4) => Ok(db),
        Ok(_) => Err(file("this is no collection of saksi".into(), "--db names the file that `saksi add` made")),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Err(file("this is no collection of saksi".into(), "--db names the file that `saksi add` made"))
        }
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
            Err(file("another process has locked it".into(), "wait until that process is done"))
        }
        Err(error) => Err(file(error.to_string(), "check that you may read the file and its folder")),
    }
}

/// Opens for reading; a file in a folder that nobody may write to is opened as one that nobody changes.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    let readable = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    match readable {
        Err(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
                && !beside(path, "-wal") =>
        {
            let address = format!("file:{}?immutable=1", escaped(path));
            Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
        }
        _ => Ok(db),
    }
}

/// Whether there is a file of that name with something in it.
fn beside(path: &Path, suffix: &str) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    std::fs::metadata(name).is_ok_and(|meta| meta.len() > 0)
}

/// A path as a part of a `file:` address (sqlite.org/uri.html).
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
