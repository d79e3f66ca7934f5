use crate::error::QueryError;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use std::borrow::Cow;

/// SQL with the values of its question marks, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) params: Vec<Value>,
}

impl Statement {
    pub(crate) fn new(sql: impl Into<String>, params: impl Into<Vec<Value>>) -> Self {
        Self { sql: sql.into(), params: params.into() }
    }

    /// Adds SQL and its values.
    pub(crate) fn push(&mut self, sql: &str, params: impl IntoIterator<Item = Value>) -> &mut Self {
        self.sql.push_str(sql);
        self.params.extend(params);
        self
    }

    /// Adds another.
    pub(crate) fn append(&mut self, other: &Self) -> &mut Self {
        self.push(&other.sql, other.params.iter().cloned())
    }

    /// Itself between two pieces of SQL without values.
    pub(crate) fn within(self, before: &str, after: &str) -> Self {
        Self { sql: format!("{before}{}{after}", self.sql), params: self.params }
    }

    /// Several, with a word between them.
    pub(crate) fn join(parts: &[Self], between: &str) -> Self {
        let mut all = Self::default();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                all.sql.push_str(between);
            }
            all.append(part);
        }
        all
    }

    /// Every row, as `read` makes it.
    pub(crate) fn rows<T>(
        &self,
        db: &Connection,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, QueryError> {
        let mut statement = prepare(db, &self.sql)?.0;
        let rows = statement.query_map(params_from_iter(&self.params), |row| read(row))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first column, of whole numbers.
    pub(crate) fn numbers(&self, db: &Connection) -> Result<Vec<i64>, QueryError> {
        self.rows(db, |row| row.get(0))
    }

    /// The first column, of texts.
    pub(crate) fn texts(&self, db: &Connection) -> Result<Vec<String>, QueryError> {
        self.rows(db, |row| row.get(0))
    }

    /// The first number of the first row, or 0.
    pub(crate) fn number(&self, db: &Connection) -> Result<i64, QueryError> {
        Ok(self.numbers(db)?.first().copied().unwrap_or(0))
    }
}

/// A statement, and whether the file has all indexes that it names. Without one that it lacks (`saksi_store::lacking`) it gives
/// the same rows after a pass over the table.
pub(crate) fn prepare<'d>(db: &'d Connection, sql: &str) -> Result<(rusqlite::Statement<'d>, bool), QueryError> {
    let mut sql = Cow::from(sql);
    loop {
        let error = match db.prepare(&sql) {
            Ok(statement) => return Ok((statement, matches!(sql, Cow::Borrowed(_)))),
            Err(error) => error,
        };
        let said = error.to_string();
        let without = said
            .split_once("no such index: ")
            .and_then(|(_, rest)| rest.split_whitespace().next())
            .map(|name| sql.replace(&format!(" INDEXED BY {name} "), " "))
            .filter(|without| without.len() < sql.len());
        sql = Cow::from(without.ok_or(error)?);
    }
}

/// So many question marks.
pub(crate) fn any(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// A value of a text.
pub(crate) fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}
