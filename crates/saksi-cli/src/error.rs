use saksi_store::StoreError;
use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, with the exit code it leads to.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum CliError {
    /// An input could not be read.
    Input { from: PathBuf, reason: String, help: &'static str },
    /// The command asks for something that is not there.
    Usage { reason: String, help: &'static str },
    /// The output could not be written.
    Output { reason: String },
    /// A language pack is broken.
    Pack { reason: String },
    /// The output folder cannot be written to, or not by this command.
    Folder { reason: String, help: &'static str, code: u8 },
    /// A question over a collection has no answer.
    Question { reason: String, help: String, code: u8 },
    /// A collection cannot be opened, read or written.
    Store { db: PathBuf, reason: StoreError },
    /// Inputs could not be read; each was told of when it came.
    Inputs { failed: u64, of: u64 },
    /// The run was stopped.
    Stopped { kept: u64 },
}

impl CliError {
    pub(crate) fn input(from: &Path, reason: impl fmt::Display, help: &'static str) -> Self {
        Self::Input { from: from.to_owned(), reason: reason.to_string(), help }
    }

    /// The exit code, as `--help` lists them.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Input { .. } | Self::Inputs { .. } => 1,
            Self::Usage { .. } => 2,
            Self::Output { .. } => 3,
            Self::Pack { .. } => 4,
            Self::Folder { code, .. } | Self::Question { code, .. } => *code,
            Self::Store { reason, .. } => match reason {
                StoreError::Unknown(_) | StoreError::Ambiguous { .. } | StoreError::Decision(_) => 2,
                StoreError::Damaged(_) => 1,
                _ => 3,
            },
            Self::Stopped { .. } => 130,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { from, reason, help } => write!(f, "error: {}: {reason}\nhelp: {help}", from.display()),
            Self::Usage { reason, help } | Self::Folder { reason, help, .. } => {
                write!(f, "error: {reason}\nhelp: {help}")
            }
            Self::Question { reason, help, .. } => write!(f, "error: {reason}\nhelp: {help}"),
            Self::Store { db, reason } => {
                write!(f, "error: {}: {reason}\nhelp: {}", db.display(), reason.help())
            }
            Self::Output { reason } => write!(f, "error: the output could not be written: {reason}"),
            Self::Inputs { failed, of } => write!(f, "error: {failed} of {of} inputs could not be read"),
            Self::Stopped { kept } => {
                write!(
                    f,
                    "stopped: {kept} articles are kept\nhelp: the same command goes on; `saksi read` asks for --resume as well"
                )
            }
            Self::Pack { reason } => write!(f, "error: {reason}\nhelp: mend the pack, or leave --packs out"),
        }
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        Self::Output { reason: error.to_string() }
    }
}
