//! A report as its row holds it: as JSON for everybody, and the hashes that it is compared by as bytes.

use crate::error::StoreError;
use saksi_merge::{Report, Sketch};
use serde::Serialize;

/// Bytes of a hash of marks, words and concepts.
const WIDTHS: [usize; 3] = [8, 4, 4];

/// Bytes of a report as JSON, about.
const JSON: usize = 1200;

/// A report on its way into its row.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub(crate) report: Box<Report>,
    pub(crate) sketch: Sketch,
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
        let json = json(&report, JSON);
        if report.witness.is_empty() {
            report.witness = witness;
        }
        report.article = article;
        let mut features = Vec::with_capacity(12 + 8 * lists.iter().map(Vec::len).sum::<usize>());
        for (list, width) in lists.iter().zip(WIDTHS) {
            features.extend_from_slice(&(list.len() as u32).to_le_bytes());
            for hash in list {
                features.extend_from_slice(&hash.to_le_bytes()[..width]);
            }
        }
        [report.marks, report.words, report.concepts] = lists;
        Self { sketch: Sketch::of(&report), report: Box::new(report), json, features, original }
    }
}

/// A value as JSON of about so many bytes.
pub(crate) fn json<T: Serialize>(value: &T, length: usize) -> String {
    let mut bytes = Vec::with_capacity(length);
    // Writing to memory does not fail, and JSON is UTF-8.
    let _ = serde_json::to_writer(&mut bytes, value);
    String::from_utf8(bytes).unwrap_or_default()
}

/// A report without the hashes that it is compared by.
pub(crate) fn parse(json: &str) -> Result<Report, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Damaged(format!("a report cannot be read: {error}")))
}

/// A report with all that belongs to it.
pub(crate) fn whole(json: &str, features: &[u8]) -> Result<Report, StoreError> {
    let mut report = parse(json)?;
    let mut rest = features;
    for (list, width) in [&mut report.marks, &mut report.words, &mut report.concepts].into_iter().zip(WIDTHS) {
        *list = take(&mut rest, width)
            .ok_or_else(|| StoreError::Damaged(format!("the features of {} are cut off", report.key)))?;
    }
    Ok(report)
}

fn take(rest: &mut &[u8], width: usize) -> Option<Vec<u64>> {
    let (count, after) = rest.split_first_chunk::<4>()?;
    let (bytes, after) = after.split_at_checked(width * u32::from_le_bytes(*count) as usize)?;
    *rest = after;
    let number = |bytes: &[u8]| {
        let mut whole = [0; 8];
        whole[..width].copy_from_slice(bytes);
        u64::from_le_bytes(whole)
    };
    Some(bytes.chunks_exact(width).map(number).collect())
}
