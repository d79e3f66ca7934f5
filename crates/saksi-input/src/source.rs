//! What a person names on the command line: files, folders, patterns, standard input.

use crate::document::{Failure, Place};
use crate::reason::Reason;
use std::fmt;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use walkdir::WalkDir;

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Stdin,
    /// A file, or a folder with all that is in it.
    Path(PathBuf),
    /// All files that a pattern such as `news/2025-*/*.html` fits.
    Pattern(String),
    /// A page by its address.
    Address(String),
    /// What was read of standard input before, to be read any number of times.
    Held(Held),
}

/// A file without a name that holds what was read of standard input; it goes away with the program.
#[derive(Debug, Clone)]
pub struct Held(pub(crate) Arc<File>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Held {}

impl Held {
    /// Reads standard input to its end.
    ///
    /// # Errors
    /// [`Reason`] if it cannot be read, or has more than `limit` bytes.
    pub fn stdin(limit: u64) -> Result<Self, Reason> {
        hold(std::io::stdin(), limit).map(|file| Self(Arc::new(file)))
    }
}

/// Writes a stream of at most `limit` bytes into a file without a name.
pub(crate) fn hold(stream: impl Read, limit: u64) -> Result<File, Reason> {
    let held = || -> std::io::Result<(File, u64)> {
        let mut file = tempfile::tempfile()?;
        let bytes = std::io::copy(&mut stream.take(limit.saturating_add(1)), &mut file)?;
        file.rewind()?;
        Ok((file, bytes))
    };
    let (file, bytes) = held().map_err(|error| Reason::of(&error))?;
    if bytes > limit { Err(Reason::TooLargeToHold { limit }) } else { Ok(file) }
}

/// A source that cannot be one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError {
    /// It is a pattern that cannot be read; and why.
    Pattern(String, String),
    /// Standard input is named twice.
    StdinTwice,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(pattern, why) => write!(f, "the pattern `{pattern}` cannot be read: {why}"),
            Self::StdinTwice => f.write_str("standard input (`-`) is named twice"),
        }
    }
}

impl std::error::Error for SourceError {}

/// The sources that words name: `-` is standard input, a word that begins with `http://` or `https://` an address, a word with `*`, `?` or `[` that is no file a pattern.
///
/// # Errors
/// [`SourceError`] for a word that can be no source. A file that does not exist is one; it fails when it is read.
pub fn sources(words: &[PathBuf]) -> Result<Vec<Source>, SourceError> {
    let mut found = Vec::new();
    for path in words {
        let word = path.to_string_lossy();
        let source = if word == "-" {
            if found.contains(&Source::Stdin) {
                return Err(SourceError::StdinTwice);
            }
            Source::Stdin
        } else if word.starts_with("http://") || word.starts_with("https://") {
            Source::Address(word.into_owned())
        } else if word.contains(['*', '?', '[']) && !path.exists() {
            if let Err(error) = glob::Pattern::new(&word) {
                return Err(SourceError::Pattern(word.into_owned(), error.to_string()));
            }
            Source::Pattern(word.into_owned())
        } else {
            Source::Path(path.clone())
        };
        found.push(source);
    }
    Ok(found)
}

/// Whether all sources give the same again when they are read again: standard input and pipes do not.
pub fn can_be_read_twice(sources: &[Source]) -> bool {
    sources.iter().all(|source| {
        let plain = |path: PathBuf| std::fs::metadata(path).map_or(true, |meta| meta.is_file());
        *source != Source::Stdin && Files::of(source.clone()).filter_map(Result::ok).all(plain)
    })
}

/// How far reading has come.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes read so far, packed as they are.
    pub read: Arc<AtomicU64>,
}

impl Progress {
    /// The bytes that all sources have; none if one is standard input or no plain file.
    ///
    /// Walks all folders, so it is for those who show the time that is left.
    pub fn total(sources: &[Source]) -> Option<u64> {
        let mut total = 0;
        for source in sources {
            if matches!(source, Source::Stdin | Source::Address(_)) {
                return None;
            }
            for path in Files::of(source.clone()).flatten() {
                total += std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?.len();
            }
        }
        Some(total)
    }
}

/// The files of a source, in order; those of a folder by name, hidden ones left out.
pub(crate) struct Files(Box<dyn Iterator<Item = Result<PathBuf, Failure>> + Send>);

impl Files {
    pub(crate) fn of(source: Source) -> Self {
        match source {
            Source::Stdin | Source::Address(_) | Source::Held(_) => Self(Box::new(std::iter::empty())),
            Source::Path(path) if path.is_dir() => Self(Box::new(folder(&path))),
            Source::Path(path) => Self(Box::new(std::iter::once(Ok(path)))),
            Source::Pattern(pattern) => Self(fitting(&pattern)),
        }
    }
}

impl Iterator for Files {
    type Item = Result<PathBuf, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

fn folder(path: &Path) -> impl Iterator<Item = Result<PathBuf, Failure>> + Send + use<> {
    let root = path.to_owned();
    WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
        .filter_map(move |entry| match entry {
            // Links to folders are not followed: they may go in a circle.
            Ok(entry) if entry.path().is_file() => Some(Ok(entry.into_path())),
            Ok(_) => None,
            Err(error) => {
                let place = Place::of(&error.path().unwrap_or(&root).to_string_lossy());
                let reason = error.io_error().map_or_else(|| Reason::Unreadable(error.to_string()), Reason::of);
                Some(Err(Failure { place, reason }))
            }
        })
}

fn fitting(pattern: &str) -> Box<dyn Iterator<Item = Result<PathBuf, Failure>> + Send> {
    let place = Place::of(pattern);
    let failed = |place: Place, why: String| Err(Failure { place, reason: Reason::Unreadable(why) });
    let paths = match glob::glob(pattern) {
        Ok(paths) => paths,
        Err(error) => return Box::new(std::iter::once(failed(place, error.to_string()))),
    };
    let mut paths = paths.peekable();
    if paths.peek().is_none() {
        return Box::new(std::iter::once(failed(place, "no file fits the pattern".into())));
    }
    Box::new(paths.flat_map(move |path| match path {
        Ok(path) => Files::of(Source::Path(path)),
        Err(error) => {
            let place = Place::of(&error.path().to_string_lossy());
            Files(Box::new(std::iter::once(failed(place, error.error().to_string()))))
        }
    }))
}
