//! The file: made, opened, told apart from other files, and brought up to date.

use crate::error::StoreError;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// "saks": by this `SQLite` files are told apart.
pub const APPLICATION: i64 = 0x7361_6b73;
/// The schema's version; each version before it has a step in [`STEPS`].
pub const VERSION: i64 = STEPS.len() as i64 + 1;

/// What brings a file from version 1 to 2, and so on.
const STEPS: [&str; 1] = [include_str!("from_1.sql")];

/// The schema of the newest version.
pub(crate) const SCHEMA: &str = include_str!("schema.sql");

/// How a file begins that `SQLite` wrote.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What a collection is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For writing; it is made if it is not there.
    Create,
    /// For writing.
    Write,
    /// For reading only.
    Read,
}

/// Opens a collection; `wait` is how long another program's lock is waited for.
///
/// A file of an older version is brought up to date, in one step or not at all.
///
/// # Errors
/// [`StoreError`] that says what the file is, where it is no collection that can be opened so.
pub fn connect(path: &Path, mode: Mode, wait: Duration) -> Result<Connection, StoreError> {
    let there = look(path, mode)?;
    if mode == Mode::Read {
        return read_only(path, wait);
    }
    if there && std::fs::metadata(path).is_ok_and(|meta| meta.permissions().readonly()) {
        return Err(StoreError::ReadOnly);
    }
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(wait)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let version = version(&connection)?;
    if version == 0 {
        // A page holds six reports, where one of 4096 bytes would hold two and stand empty for a third.
        connection.pragma_update(None, "page_size", 8192)?;
        // Changing the journal asks for the file alone, and SQLite does not wait for that.
        let until = std::time::Instant::now() + wait;
        while let Err(error) = connection.pragma_update(None, "journal_mode", "wal") {
            let error = StoreError::from(error);
            if error != StoreError::Busy || std::time::Instant::now() > until {
                return Err(error);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    connection.pragma_update(None, "synchronous", "full")?;
    if version < VERSION {
        migrate(&mut connection)?;
    }
    Ok(connection)
}

/// Looks at the file before `SQLite` does; tells whether there is one.
fn look(path: &Path, mode: Mode) -> Result<bool, StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(StoreError::NoFolder(folder.to_owned()));
    }
    if path.is_dir() {
        return Err(StoreError::Foreign("it is a folder".to_owned()));
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return if mode == Mode::Create { Ok(false) } else { Err(StoreError::Missing) };
        }
        Err(error) => return Err(StoreError::Io(error.to_string())),
    };
    let mut head = Vec::new();
    if let Err(error) = file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut head) {
        return Err(StoreError::Io(error.to_string()));
    }
    match head.as_slice() {
        [] if mode == Mode::Create => Ok(true),
        [] => Err(StoreError::Foreign("it is empty".to_owned())),
        head if head == MAGIC => Ok(true),
        _ => Err(StoreError::Foreign("it is not an SQLite file".to_owned())),
    }
}

/// Opens for reading, even on a disk that cannot be written to.
fn read_only(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> Result<(Connection, i64), StoreError> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(wait)?;
        let version = version(&connection)?;
        Ok((connection, version))
    };
    let (connection, version) = match open() {
        // Readers share memory in a file beside it. Where that cannot be made nobody writes either, unless a journal is left.
        Err(StoreError::Io(_) | StoreError::ReadOnly) if !has_journal(path) => {
            let mut address = "file:".to_owned();
            for byte in path.to_string_lossy().bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => address.push(byte as char),
                    _ => drop(write!(address, "%{byte:02x}")),
                }
            }
            address.push_str("?immutable=1");
            let connection = Connection::open_with_flags(&address, flags | OpenFlags::SQLITE_OPEN_URI)?;
            let version = self::version(&connection)?;
            (connection, version)
        }
        other => other?,
    };
    if version < VERSION {
        drop(connection);
        return match connect(path, Mode::Write, wait) {
            Ok(_) => open().map(|(connection, _)| connection),
            Err(StoreError::ReadOnly | StoreError::Io(_)) => Err(StoreError::Older { version }),
            Err(error) => Err(error),
        };
    }
    Ok(connection)
}

fn has_journal(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    std::fs::metadata(wal).is_ok_and(|meta| meta.len() > 0)
}

/// The version of the file; 0 for one that is empty.
fn version(connection: &Connection) -> Result<i64, StoreError> {
    // One statement sees the file as of one moment, while another program may be making it.
    let sql = "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), \
         (SELECT count(*) FROM sqlite_schema)";
    let (application, version, tables): (i64, i64, i64) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if application == APPLICATION {
        if version > VERSION {
            return Err(StoreError::Newer { version, known: VERSION });
        }
        if version > 0 {
            return Ok(version);
        }
        return Err(StoreError::Foreign("it has the mark of one, and no version".to_owned()));
    }
    if application == 0 && tables == 0 && version == 0 {
        return Ok(0);
    }
    Err(StoreError::Foreign("it is the SQLite file of another program".to_owned()))
}

/// Runs the steps that are missing, as one transaction.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    // A table that is made anew takes along what refers to it otherwise.
    connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited.
    match version(&transaction)? {
        0 => transaction.execute_batch(SCHEMA)?,
        from => STEPS[from as usize - 1..].iter().try_for_each(|step| transaction.execute_batch(step))?,
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}
