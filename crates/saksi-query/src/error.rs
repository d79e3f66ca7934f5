use std::fmt;

/// Why a question has no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum QueryError {
    /// The file cannot be read as a collection.
    File {
        /// What is wrong with it.
        reason: String,
        /// What to do.
        help: String,
    },
    /// The question asks for what cannot be.
    Usage {
        /// What is wrong with it.
        reason: String,
        /// What to do, with the values that are allowed.
        help: String,
    },
    /// A name that several actors go by.
    Ambiguous {
        /// The name.
        name: String,
        /// Those it may mean, most reported first.
        candidates: Vec<Candidate>,
    },
    /// `SQLite` could not run the statement.
    Sql {
        /// Its message.
        reason: String,
        /// The statement, and the byte it stumbled over.
        at: Option<(String, usize)>,
    },
    /// A statement was stopped.
    Stopped {
        /// Which limit it met.
        reason: String,
        /// What to do.
        help: String,
    },
}

/// An actor that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    /// Its key.
    pub key: String,
    /// Its commonest name.
    pub name: String,
    /// `person`, `organization`, `state` or `group`.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Articles that use the name for it.
    pub articles: u64,
}

impl QueryError {
    pub(crate) fn usage(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { reason: reason.into(), help: help.into() }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { reason, .. } | Self::Usage { reason, .. } | Self::Stopped { reason, .. } => {
                f.write_str(reason)
            }
            Self::Ambiguous { name, candidates } => {
                write!(f, "`{name}` may be any of {} actors:", candidates.len())?;
                for Candidate { key, name, kind, country, articles } in candidates {
                    let country = country.as_ref().map(|country| format!(", {country}")).unwrap_or_default();
                    write!(f, "\n  {key}  {name} ({kind}{country}; {articles} articles)")?;
                }
                Ok(())
            }
            Self::Sql { reason, at: None } => f.write_str(reason),
            Self::Sql { reason, at: Some((sql, byte)) } => {
                let before = sql.get(..*byte).unwrap_or(sql);
                let line = before.matches('\n').count();
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
                let text = sql.lines().nth(line).unwrap_or_default();
                write!(f, "{reason}, at line {}, column {}\n  {text}\n  {}^", line + 1, column + 1, " ".repeat(column))
            }
        }
    }
}

impl std::error::Error for QueryError {}

impl From<rusqlite::Error> for QueryError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqlInputError { msg, sql, offset, .. } => {
                let at = usize::try_from(offset).ok().map(|offset| (sql, offset));
                Self::Sql { reason: msg, at }
            }
            rusqlite::Error::SqliteFailure(_, Some(reason)) => Self::Sql { reason, at: None },
            other => Self::Sql { reason: other.to_string(), at: None },
        }
    }
}
