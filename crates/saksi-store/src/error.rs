use rusqlite::ErrorCode;
use std::fmt;
use std::path::PathBuf;

/// Why a collection cannot be opened, read or written. What was committed before stays.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    Missing,
    /// The folder of the file is not there.
    NoFolder(PathBuf),
    /// The file is something else; and what.
    Foreign(String),
    /// The file is of a version that this program does not know.
    Newer {
        /// The version of the file.
        version: i64,
        /// The newest that is known.
        known: i64,
    },
    /// The file is of an older version and may not be written to.
    Older {
        /// The version of the file.
        version: i64,
    },
    /// The file or its folder may not be written to.
    ReadOnly,
    /// Another program holds the file.
    Busy,
    /// The disk is full.
    Full,
    /// The system could not read or write; what it says.
    Io(String),
    /// The file is damaged; what was found.
    Damaged(String),
    /// Nothing has that key.
    Unknown(String),
    /// A short key that several have.
    Ambiguous {
        /// The key as given.
        key: String,
        /// Some that begin like it.
        some: Vec<String>,
    },
    /// A decision that cannot be made; and why.
    Decision(String),
    /// The statement is wrong, which is a mistake of the program.
    Sql(String),
}

impl StoreError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Missing => "make one with `saksi add`, or name another with --db",
            Self::NoFolder(_) => "make the folder, or name another file with --db",
            Self::Foreign(_) => "name another file with --db; this one was not touched",
            Self::Newer { .. } => "use the newer program that wrote it",
            Self::Older { .. } => "make the file and its folder writable once, so that it can be brought up to date",
            Self::ReadOnly => "make the file and its folder writable, or copy the file elsewhere",
            Self::Busy => "wait until the other program is done, then give the same command again",
            Self::Full => "make room, then give the same command again; what was committed is kept",
            Self::Io(_) => "mend the disk, then give the same command again; what was committed is kept",
            Self::Damaged(_) => "run `saksi verify`; restore the file from a copy if it is damaged",
            Self::Unknown(_) => "`saksi list` and `saksi events` show the keys",
            Self::Ambiguous { .. } => "give more of the key",
            Self::Decision(_) => "see `saksi show` for what there is",
            Self::Sql(_) => "this is a mistake of the program: please report it",
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such collection"),
            Self::NoFolder(folder) => write!(f, "there is no folder {}", folder.display()),
            Self::Foreign(what) => write!(f, "is no collection of saksi: {what}"),
            Self::Newer { version, known } => {
                write!(f, "was written by a newer saksi (version {version} of the file; this one knows {known})")
            }
            Self::Older { version } => {
                write!(f, "is of version {version}, and cannot be brought up to date because it may not be written to")
            }
            Self::ReadOnly => f.write_str("may not be written to"),
            Self::Busy => f.write_str("is in use by another program"),
            Self::Full => f.write_str("the disk is full"),
            Self::Io(why) => write!(f, "the disk could not be read or written: {why}"),
            Self::Damaged(what) => write!(f, "is damaged: {what}"),
            Self::Unknown(key) => write!(f, "nothing has the key `{key}`"),
            Self::Ambiguous { key, some } => write!(f, "`{key}` begins several keys: {}", some.join(", ")),
            Self::Decision(why) | Self::Sql(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, said) = &error else {
            return match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::QueryReturnedNoRows => Self::Damaged(error.to_string()),
                _ => Self::Sql(error.to_string()),
            };
        };
        let said = said.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Self::Io(said),
            ErrorCode::DatabaseCorrupt => Self::Damaged(said),
            ErrorCode::NotADatabase => Self::Foreign("it is not an SQLite file".to_owned()),
            ErrorCode::ConstraintViolation => Self::Damaged(format!("its tables contradict each other: {said}")),
            _ => Self::Sql(said),
        }
    }
}
