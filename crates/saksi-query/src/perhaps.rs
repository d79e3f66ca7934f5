//! Reports that may be of an event, though they were not brought together with it.

use crate::compare::{Disagreement, disagreement, named_chain};
use crate::error::QueryError;
use rusqlite::Connection;
use saksi_merge::{Report, STAND_IN, independent, maybe};
use saksi_store::look::Beside;
use serde::Serialize;
use std::collections::HashMap;

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
        saksi_store::look::beside(db, event, STAND_IN, LOOKED_AT).map_err(|error| QueryError::File {
            reason: error.to_string(),
            help: "`saksi verify` says what is damaged; `saksi update` reads the articles again".into(),
        })?;
    let own: Vec<&Report> = own.iter().collect();
    let others: Vec<&Report> = near.iter().map(|(report, _)| report).collect();
    let mut told = Vec::new();
    for one in maybe(&own, &others, TOLD) {
        let (report, event) = &near[one.place];
        let all: Vec<&Report> = own.iter().copied().chain([report]).collect();
        let counted: HashMap<&str, usize> = independent(&all)
            .iter()
            .enumerate()
            .flat_map(|(at, group)| group.iter().map(move |&place| (place, at)))
            .map(|(place, at)| (all[place].key.as_str(), at))
            .collect();
        told.push(Perhaps {
            report: report.key.clone(),
            event: event.clone(),
            outlet: report.outlet.clone().map(Into::into),
            published: report.published.clone().map(Into::into),
            chain: named_chain(report),
            sentence: crate::compare::sentence(db, report)?,
            chance: one.score,
            like: one.like,
            differ: one.differences.iter().map(|difference| disagreement(difference, &all, &counted)).collect(),
        });
    }
    Ok(told)
}
