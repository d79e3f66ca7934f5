//! A report as its row holds it: as JSON for everybody, and the hashes that it is compared by as bytes.

use crate::error::StoreError;
use saksi_merge::{Report, blocks};

/// A report on its way into its row.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub(crate) report: Report,
    /// Where it is looked for.
    pub(crate) blocks: Vec<u64>,
    pub(crate) json: String,
    pub(crate) features: Vec<u8>,
    /// As JSON, the report as it was read, where a decision made it another.
    pub(crate) original: Option<String>,
}

impl Ready {
    pub(crate) fn of(mut report: Report, original: Option<String>) -> Self {
        let lists = [
            std::mem::take(&mut report.marks),
            std::mem::take(&mut report.words),
            std::mem::take(&mut report.concepts),
        ];
        // Its key begins with the article's, which most often is its witness: reading puts both back.
        let article = std::mem::take(&mut report.article);
        let witness = if report.witness == article { std::mem::take(&mut report.witness) } else { String::new() };
        let json = serde_json::to_string(&report).unwrap_or_default();
        if report.witness.is_empty() {
            report.witness = witness;
        }
        report.article = article;
        let mut features = Vec::with_capacity(12 + 4 * lists.iter().map(Vec::len).sum::<usize>());
        for list in &lists {
            features.extend_from_slice(&(list.len() as u32).to_le_bytes());
            features.extend(list.iter().flat_map(|hash| (*hash as u32).to_le_bytes()));
        }
        [report.marks, report.words, report.concepts] = lists;
        Self { blocks: blocks(&report), report, json, features, original }
    }
}

/// A report without the hashes that it is compared by.
pub(crate) fn parse(json: &str) -> Result<Report, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Damaged(format!("a report cannot be read: {error}")))
}

/// A report with all that belongs to it.
pub(crate) fn whole(json: &str, features: &[u8]) -> Result<Report, StoreError> {
    let mut report = parse(json)?;
    let mut rest = features;
    for list in [&mut report.marks, &mut report.words, &mut report.concepts] {
        *list = take(&mut rest)
            .ok_or_else(|| StoreError::Damaged(format!("the features of {} are cut off", report.key)))?;
    }
    Ok(report)
}

fn take(rest: &mut &[u8]) -> Option<Vec<u64>> {
    let (count, after) = rest.split_first_chunk::<4>()?;
    let (bytes, after) = after.split_at_checked(4 * u32::from_le_bytes(*count) as usize)?;
    *rest = after;
    Some(bytes.chunks_exact(4).filter_map(|hash| Some(u32::from_le_bytes(hash.try_into().ok()?).into())).collect())
}
