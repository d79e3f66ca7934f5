//! New rows of reports and of their sources, several to a statement: for each statement that adds reports, `SQLite` looks up the
//! greatest number that one ever had, and writes it.

use crate::error::StoreError;
use rusqlite::{Connection, ToSql, params_from_iter};

/// Rows of a statement.
const AT_ONCE: usize = 8;

/// A row of `report`.
pub(crate) struct NewReport {
    pub(crate) id: i64,
    pub(crate) key: String,
    pub(crate) article: i64,
    pub(crate) event: i64,
    pub(crate) linked: i64,
    pub(crate) ordinal: i64,
    pub(crate) source_kind: Option<&'static str>,
    pub(crate) source: Option<i64>,
    pub(crate) review: &'static str,
    pub(crate) json: String,
    pub(crate) features: Vec<u8>,
    pub(crate) original: Option<String>,
}

/// A row of `voice`.
pub(crate) struct NewVoice {
    pub(crate) report: i64,
    pub(crate) depth: i64,
    pub(crate) actor: Option<i64>,
    pub(crate) kind: &'static str,
    pub(crate) published: Option<String>,
}

/// Rows that wait for others.
#[derive(Default)]
pub(crate) struct Rows {
    reports: Vec<NewReport>,
    voices: Vec<NewVoice>,
}

impl Rows {
    pub(crate) fn report(&mut self, db: &Connection, row: NewReport) -> Result<(), StoreError> {
        self.reports.push(row);
        if self.reports.len() < AT_ONCE {
            return Ok(());
        }
        self.write_reports(db)?;
        self.write_voices(db, self.voices.len() / AT_ONCE * AT_ONCE)
    }

    /// The row of its report is there, or waits.
    pub(crate) fn voice(&mut self, row: NewVoice) {
        self.voices.push(row);
    }

    /// Writes all that wait.
    pub(crate) fn finish(&mut self, db: &Connection) -> Result<(), StoreError> {
        self.write_reports(db)?;
        self.write_voices(db, self.voices.len())
    }

    fn write_voices(&mut self, db: &Connection, count: usize) -> Result<(), StoreError> {
        write(db, "voice (report, depth, actor, kind, published)", &self.voices[..count], |row| {
            [&row.report, &row.depth, &row.actor, &row.kind, &row.published] as [&dyn ToSql; 5]
        })?;
        self.voices.drain(..count);
        Ok(())
    }

    fn write_reports(&mut self, db: &Connection) -> Result<(), StoreError> {
        let columns = "report (id, key, article, event, linked, ordinal, source_kind, source, review, report, features, original)";
        write(db, columns, &self.reports, |row| {
            [
                &row.id,
                &row.key,
                &row.article,
                &row.event,
                &row.linked,
                &row.ordinal,
                &row.source_kind,
                &row.source,
                &row.review,
                &row.json,
                &row.features,
                &row.original,
            ] as [&dyn ToSql; 12]
        })?;
        self.reports.clear();
        Ok(())
    }
}

/// Writes rows of a table with `N` columns: [`AT_ONCE`] to a statement, and what is left one by one, so that there are but two
/// statements of each table.
fn write<R, const N: usize>(
    db: &Connection,
    table: &str,
    rows: &[R],
    values: impl Fn(&R) -> [&dyn ToSql; N],
) -> Result<(), StoreError> {
    let row = format!("(?{})", ", ?".repeat(N - 1));
    let whole = rows.chunks_exact(AT_ONCE);
    for rows in whole.clone().chain(whole.remainder().chunks(1)) {
        let sql = format!("INSERT INTO {table} VALUES {row}{}", format!(", {row}").repeat(rows.len() - 1));
        db.prepare_cached(&sql)?.execute(params_from_iter(rows.iter().flat_map(&values)))?;
    }
    Ok(())
}
