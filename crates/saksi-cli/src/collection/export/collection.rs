//! Events and articles of a collection, one at a time.

use super::super::DbArgs;
use crate::error::CliError;
use rusqlite::{Connection, Row};
use saksi_export::{Filed, Read, Story, Telling, Told};
use saksi_store::{Mode, StoreError};
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::path::PathBuf;

/// A collection as it was when it was opened.
pub(super) struct Reader {
    db: Connection,
    path: PathBuf,
    /// Keys of the events that are wanted; none where all are.
    keep: Option<HashSet<String>>,
}

impl Reader {
    pub(super) fn open(args: &DbArgs, keep: Option<HashSet<String>>) -> Result<Self, CliError> {
        let db = saksi_store::connect(&args.db, Mode::Read, args.wait()).map_err(args.error())?;
        // One moment for all that is read.
        db.execute_batch("BEGIN").map_err(StoreError::from).map_err(args.error())?;
        Ok(Self { db, path: args.db.clone(), keep })
    }

    /// Whether an event is wanted.
    fn keeps(&self, key: Option<&str>) -> bool {
        self.keep.as_ref().is_none_or(|keep| key.is_some_and(|key| keep.contains(key)))
    }

    /// Every event with its reports, by key.
    pub(super) fn told(&self, each: &mut dyn FnMut(&Told) -> Result<(), CliError>) -> Result<(), CliError> {
        let mut events = self.prepare("SELECT id, summary, key FROM event ORDER BY key")?;
        let mut reports = self.prepare(
            "SELECT r.report, a.key, a.source, a.url, a.outlet, a.author, a.title, a.language, a.published
             FROM report r JOIN article a ON a.id = r.article WHERE r.event = ?1 ORDER BY r.key",
        )?;
        let mut rows = events.query([]).map_err(|error| self.broken(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.broken(&error))? {
            if !self.keeps(Some(&self.get::<String>(row, 2)?)) {
                continue;
            }
            let id: i64 = self.get(row, 0)?;
            let event = self.json(row, 1)?;
            let mut tellings = Vec::new();
            let mut found = reports.query([id]).map_err(|error| self.broken(&error))?;
            while let Some(row) = found.next().map_err(|error| self.broken(&error))? {
                let story = Story {
                    key: self.get(row, 1)?,
                    from: self.get(row, 2)?,
                    url: self.get(row, 3)?,
                    outlet: self.get(row, 4)?,
                    author: self.get(row, 5)?,
                    title: self.get(row, 6)?,
                    language: self.get(row, 7)?,
                    published: self.get(row, 8)?,
                };
                tellings.push(Telling { report: self.json(row, 0)?, story });
            }
            each(&Told { event, tellings })?;
        }
        Ok(())
    }

    /// Every article with its reports, by key.
    pub(super) fn read(&self, each: &mut dyn FnMut(&Read) -> Result<(), CliError>) -> Result<(), CliError> {
        let mut articles = self.prepare("SELECT id, key, program, record FROM article ORDER BY key")?;
        let mut reports = self.prepare(
            "SELECT r.report, e.summary, e.key FROM report r LEFT JOIN event e ON e.id = r.event
             WHERE r.article = ?1 ORDER BY r.ordinal, r.key",
        )?;
        let mut rows = articles.query([]).map_err(|error| self.broken(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.broken(&error))? {
            let id: i64 = self.get(row, 0)?;
            let mut filed = Vec::new();
            let mut found = reports.query([id]).map_err(|error| self.broken(&error))?;
            while let Some(row) = found.next().map_err(|error| self.broken(&error))? {
                let key: Option<String> = self.get(row, 2)?;
                if !self.keeps(key.as_deref()) {
                    continue;
                }
                let event: Option<String> = self.get(row, 1)?;
                let event = event.map(|text| self.parse(&text)).transpose()?;
                filed.push(Filed { report: self.json(row, 0)?, event });
            }
            if filed.is_empty() && self.keep.is_some() {
                continue;
            }
            let (key, program) = (self.get(row, 1)?, self.get(row, 2)?);
            each(&Read { key, program, record: self.json(row, 3)?, reports: filed })?;
        }
        Ok(())
    }

    fn prepare(&self, query: &str) -> Result<rusqlite::Statement<'_>, CliError> {
        self.db.prepare(query).map_err(|error| self.broken(&error))
    }

    fn get<T: rusqlite::types::FromSql>(&self, row: &Row<'_>, column: usize) -> Result<T, CliError> {
        row.get(column).map_err(|error| self.broken(&error))
    }

    fn json<T: DeserializeOwned>(&self, row: &Row<'_>, column: usize) -> Result<T, CliError> {
        self.parse(&self.get::<String>(row, column)?)
    }

    fn parse<T: DeserializeOwned>(&self, text: &str) -> Result<T, CliError> {
        serde_json::from_str(text).map_err(|error| self.broken(&error))
    }

    fn broken(&self, error: &dyn std::fmt::Display) -> CliError {
        CliError::input(&self.path, error, "`saksi verify` says what is wrong with the collection")
    }
}
