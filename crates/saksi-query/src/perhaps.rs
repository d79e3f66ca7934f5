//! Reports that may be of an event, though they were not brought together with it.

use crate::compare::{Disagreement, Sayer, named_chain, who_says};
use crate::error::QueryError;
use rusqlite::Connection;
use saksi_merge::{Report, maybe};
use saksi_store::look::Beside;
use serde::Serialize;

/// Reports of the event that stand for all of it.
const OWN: usize = 12;
/// Reports of other events that are held against them.
const LOOKED_AT: usize = 400;
/// As many are told, the likeliest.
const TOLD: usize = 10;

/// A report of another event that may be of this one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Perhaps {
    /// Its key.
    pub report: String,
    /// Key of the event it is a report of.
    pub event: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// The sources, the last told first: "KCNA < ministry"; empty in the article's own voice.
    pub chain: String,
    /// The sentence that tells it.
    pub sentence: String,
    /// Chance that it is of one act with the report named next, between 0 and 1; fewer than half of those named are.
    pub chance: f64,
    /// Key of the report of this event that it is most like.
    pub like: String,
    /// What it says otherwise than the reports of this event.
    pub differ: Vec<Disagreement>,
}

/// Those of an event, the likeliest first.
pub(crate) fn perhaps(db: &Connection, event: &str) -> Result<Vec<Perhaps>, QueryError> {
    let Beside { own, others: near } =
        saksi_store::look::beside(db, event, OWN, LOOKED_AT).map_err(|error| QueryError::File {
            reason: error.to_string(),
            help: "`saksi verify` says what is damaged; `saksi update` reads the articles again".into(),
        })?;
    let own: Vec<&Report> = own.iter().collect();
    let others: Vec<&Report> = near.iter().map(|(report, _)| report).collect();
    let found = maybe(&own, &others);
    let mut told = Vec::new();
    for one in found.into_iter().take(TOLD) {
        let (report, event) = &near[one.place];
        let by_key = |key: &String| own.iter().copied().chain([report]).find(|known| known.key == *key);
        let differ = one.differences.iter().map(|difference| Disagreement {
            field: difference.field.clone(),
            disagreement: difference.disagreement,
            values: difference
                .opinions
                .iter()
                .map(|opinion| Sayer {
                    value: opinion.value.clone(),
                    reports: opinion.reports.clone(),
                    who: opinion.reports.iter().filter_map(by_key).map(who_says).collect(),
                    independent: opinion.by.len().max(1),
                })
                .collect(),
        });
        told.push(Perhaps {
            report: report.key.clone(),
            event: event.clone(),
            outlet: report.outlet.clone(),
            published: report.published.clone(),
            chain: named_chain(report),
            sentence: crate::compare::sentence(db, report)?,
            chance: one.score,
            like: one.like,
            differ: differ.collect(),
        });
    }
    Ok(told)
}
