use std::fmt;
use std::path::PathBuf;

/// Why a batch cannot be run or went no further. What is written stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchError {
    /// The folder holds another run's output, or something else.
    Occupied {
        /// The folder.
        folder: PathBuf,
        /// Whether it is a run that can be gone on with.
        resumable: bool,
    },
    /// The run in the folder was begun with other settings.
    Settings {
        /// What differs.
        what: String,
        /// What it was then.
        then: String,
        /// What it is now.
        now: String,
    },
    /// The documents are not those that were read before.
    Changed {
        /// How many of them were read before.
        read: u64,
    },
    /// A part that the journal lists is gone or was changed.
    Part {
        /// The file.
        file: PathBuf,
    },
    /// The journal is not one.
    Journal {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Another run is writing into the folder.
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// Something cannot be written or read.
    Io {
        /// The file or folder.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
}

impl BatchError {
    pub(crate) fn io(file: impl Into<PathBuf>, error: &std::io::Error) -> Self {
        let why = match error.kind() {
            std::io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            std::io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
            _ => error.to_string(),
        };
        Self::Io { file: file.into(), why }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Occupied { resumable: true, .. } => "add --resume to go on with it, or name another folder",
            Self::Occupied { .. } => "name a folder that does not exist yet, or an empty one",
            Self::Settings { .. } => "give the same options as before, or name another folder",
            Self::Changed { .. } => "give the same inputs as before, or name another folder",
            Self::Part { .. } | Self::Journal { .. } => "begin anew in another folder",
            Self::Busy { .. } => "wait for it, or name another folder",
            Self::Io { .. } => "make room or mend it, then run the same command with --resume",
        }
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Occupied { folder, resumable: true } => write!(f, "{}: holds a run that was begun", folder.display()),
            Self::Occupied { folder, .. } => write!(f, "{}: is not empty", folder.display()),
            Self::Settings { what, then, now } => {
                write!(f, "the run was begun with {what} {then}, and is now given {now}")
            }
            Self::Changed { read } => write!(f, "the first {read} inputs are not those that were read before"),
            Self::Part { file } => write!(f, "{}: the part is gone or was changed", file.display()),
            Self::Journal { file, why } => write!(f, "{}: is no journal of a run: {why}", file.display()),
            Self::Busy { folder } => write!(f, "{}: another run is writing there", folder.display()),
            Self::Io { file, why } => write!(f, "{}: {why}", file.display()),
        }
    }
}

impl std::error::Error for BatchError {}
