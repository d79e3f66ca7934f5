use crate::table::Table;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A folder of data: one language, or `world` for facts of no language.
#[derive(Debug, Clone)]
pub struct Pack {
    code: String,
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

/// Where in a pack something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, from the project's root.
    pub file: String,
    /// 1-based line; 0 for the file as a whole.
    pub line: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 { f.write_str(&self.file) } else { write!(f, "{}:{}", self.file, self.line) }
    }
}

/// Why a language pack could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackError {
    /// There is no pack of that name.
    NoPack {
        /// The name asked for.
        code: String,
    },
    /// A file or folder could not be read.
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The pack lacks a file that a stage needs.
    NoFile {
        /// Which one.
        at: Location,
    },
    /// A file is not UTF-8.
    NotText {
        /// Which one.
        at: Location,
    },
    /// A rule file is not the TOML that the stage expects.
    Toml {
        /// Where.
        at: Location,
        /// What the parser says.
        reason: String,
    },
    /// A row has more cells than the table has columns.
    Cells {
        /// Where.
        at: Location,
        /// Columns of the header.
        columns: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A table lacks a column that a stage needs.
    NoColumn {
        /// Which table.
        at: Location,
        /// Which column.
        column: String,
    },
    /// An entry says something its stage does not understand.
    Entry {
        /// Where.
        at: Location,
        /// What is wrong, and what would be right.
        reason: String,
    },
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPack { code } => write!(f, "there is no language pack `{code}`"),
            Self::Unreadable { path, reason } => write!(f, "{}: {reason}", path.display()),
            Self::NoFile { at } => write!(f, "{at}: the pack lacks this file"),
            Self::NotText { at } => write!(f, "{at}: not UTF-8"),
            Self::Toml { at, reason } | Self::Entry { at, reason } => write!(f, "{at}: {reason}"),
            Self::Cells { at, columns, found } => write!(f, "{at}: {found} cells in a table of {columns} columns"),
            Self::NoColumn { at, column } => write!(f, "{at}: the table lacks the column `{column}`"),
        }
    }
}

impl std::error::Error for PackError {}

impl Pack {
    /// The pack of that code which is in the binary: a language, or `world`.
    ///
    /// # Errors
    /// [`PackError::NoPack`] if there is none.
    pub fn builtin(code: &str) -> Result<Self, PackError> {
        let prefix = if code == "world" { "world/".to_owned() } else { format!("lang/{code}/") };
        let files: BTreeMap<_, _> = FILES
            .iter()
            .filter_map(|(name, bytes)| Some(((*name).strip_prefix(&prefix)?.to_owned(), Cow::Borrowed(*bytes))))
            .collect();
        if files.is_empty() {
            return Err(PackError::NoPack { code: code.to_owned() });
        }
        Ok(Self { code: code.to_owned(), files })
    }

    /// The codes of the language packs in the binary, sorted.
    pub fn languages() -> Vec<&'static str> {
        let mut codes: Vec<_> =
            FILES.iter().filter_map(|(name, _)| name.strip_prefix("lang/")?.split('/').next()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Reads a pack from a folder; the folder's name is its code.
    ///
    /// # Errors
    /// [`PackError::Unreadable`] for a folder or file that cannot be read.
    pub fn load(folder: &Path) -> Result<Self, PackError> {
        let code = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut files = BTreeMap::new();
        collect(folder, folder, &mut files)?;
        Ok(Self { code, files })
    }

    /// A pack made of the given files, for tests.
    pub fn of(code: &str, files: &[(&str, &str)]) -> Self {
        let files =
            files.iter().map(|(name, text)| ((*name).to_owned(), Cow::Owned(text.as_bytes().to_vec()))).collect();
        Self { code: code.to_owned(), files }
    }

    /// BCP 47 code of the language, or `world`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The bytes of a file, if the pack has it.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Cow::as_ref)
    }

    /// The bytes of a file, if the pack has it, to keep: no copy for a pack in the binary.
    pub fn shared(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.files.get(path).cloned()
    }

    /// The location of a line of a file, as errors and `why` name it.
    pub fn location(&self, path: &str, line: usize) -> Location {
        let top = if self.code == "world" { "world".to_owned() } else { format!("lang/{}", self.code) };
        Location { file: format!("{top}/{path}"), line }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// If the pack lacks it, or it is not UTF-8.
    pub fn text(&self, path: &str) -> Result<&str, PackError> {
        let at = self.location(path, 0);
        let bytes = self.bytes(path).ok_or_else(|| PackError::NoFile { at: at.clone() })?;
        std::str::from_utf8(bytes).map_err(|_| PackError::NotText { at })
    }

    /// A table.
    ///
    /// # Errors
    /// If the pack lacks it, or a row does not fit its header.
    pub fn table(&self, path: &str) -> Result<Table<'_>, PackError> {
        Table::parse(self.text(path)?, self.location(path, 0))
    }

    /// Every table in a folder, in order of name.
    ///
    /// # Errors
    /// If a table is not well-formed.
    pub fn tables(&self, folder: &str) -> Result<Vec<Table<'_>>, PackError> {
        let prefix = format!("{folder}/");
        self.files
            .keys()
            .filter(|name| name.starts_with(&prefix) && is_table(name))
            .map(|name| self.table(name))
            .collect()
    }

    /// A rule file, as the stage's own type.
    ///
    /// # Errors
    /// If the pack lacks it, or it is not what the type asks for; the location names the line.
    pub fn rules<T: DeserializeOwned>(&self, path: &str) -> Result<T, PackError> {
        let text = self.text(path)?;
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1));
            PackError::Toml { at: self.location(path, line), reason: error.message().to_owned() }
        })
    }
}

fn collect(root: &Path, dir: &Path, files: &mut BTreeMap<String, Cow<'static, [u8]>>) -> Result<(), PackError> {
    let unreadable = |path: &Path, error: &std::io::Error| PackError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    for entry in std::fs::read_dir(dir).map_err(|error| unreadable(dir, &error))? {
        let path = entry.map_err(|error| unreadable(dir, &error))?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "tests") {
                collect(root, &path, files)?;
            }
        } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "tsv" || kind == "bin") {
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, Cow::Owned(bytes));
        }
    }
    Ok(())
}

fn is_table(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| kind == "tsv")
}
