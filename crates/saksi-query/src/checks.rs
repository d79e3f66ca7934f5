//! Whether an event is as a filter asks.

use crate::conditions::{Condition, time_check};
use crate::error::QueryError;
use crate::filter::Days;
use crate::statement::{Statement, prepare};
use crate::streams::{CHECK, Work};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashSet;

/// Articles that are read as a set; where there are more, each event's articles are held against the condition.
const ARTICLES: i64 = 10_000;

/// Checks of the conditions that no list has met.
pub(crate) struct Checks<'d> {
    check: Option<(rusqlite::Statement<'d>, Vec<Value>)>,
    /// Articles one of which must report the event, a set for each condition.
    articles: Vec<HashSet<i64>>,
    reports: rusqlite::Statement<'d>,
    work: &'d Work,
    each: i64,
}

impl<'d> Checks<'d> {
    pub(crate) fn new(
        db: &'d Connection,
        conditions: &[Condition],
        met: &[bool],
        window: &Days,
        work: &'d Work,
    ) -> Result<Self, QueryError> {
        let mut checks = Vec::new();
        let mut articles = Vec::new();
        let mut each = CHECK;
        for (at, condition) in conditions.iter().enumerate() {
            if met.get(at).copied().unwrap_or(false) {
                continue;
            }
            if let Some(select) = &condition.articles {
                let some = select.clone().within("", &format!(" LIMIT {}", ARTICLES + 1)).numbers(db)?;
                work.spend(some.len() as i64);
                if some.len() as i64 <= ARTICLES {
                    articles.push(some.into_iter().collect());
                    continue;
                }
                // looking words up costs more than comparing a column
                each += 3 * CHECK;
            }
            each += CHECK / 2;
            checks.push(condition.check.clone());
        }
        if !window.is_open() {
            checks.push(time_check(window));
        }
        let check = if checks.is_empty() {
            None
        } else {
            let query = Statement::join(&checks, " AND ")
                .within("SELECT 1 FROM event e INDEXED BY event_in_short WHERE ", " AND e.id = ?");
            Some((prepare(db, &query.sql)?.0, query.params))
        };
        let reports = prepare(db, "SELECT article FROM report INDEXED BY report_by_event WHERE event = ?")?.0;
        Ok(Self { check, articles, reports, work, each })
    }

    /// Whether all hold for an event.
    pub(crate) fn hold(&mut self, event: i64) -> Result<bool, QueryError> {
        self.work.spend(self.each);
        if !self.articles.is_empty() {
            let mut rows = self.reports.query([event])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(row.get::<_, i64>(0)?);
            }
            self.work.spend(all.len() as i64);
            if !self.articles.iter().all(|set| all.iter().any(|article| set.contains(article))) {
                return Ok(false);
            }
        }
        let Some((statement, params)) = &mut self.check else { return Ok(true) };
        Ok(statement.exists(params_from_iter(params.iter().chain(&[Value::from(event)])))?)
    }
}
