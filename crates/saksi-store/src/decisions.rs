//! What the log amounts to: which reports were reviewed how, which fields have other values, what was joined and split.

use crate::error::StoreError;
use crate::log::{Action, Entry};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_merge::{Hand, Report, Review};
use saksi_record::Span;
use serde_json::Value;

/// The fields of a report that a person may change, as the report's JSON names them.
pub const FIELDS: [&str; 11] = [
    "kind",
    "mode",
    "actor",
    "recipient",
    "place",
    "time",
    "status",
    "certainty",
    "quantities",
    "historical",
    "context",
];

/// What was decided about one report, in order.
#[derive(Debug, Clone, PartialEq)]
enum Verdict {
    Accept,
    Reject,
    Edit(String, Value),
}

/// What all entries that count amount to.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    /// By the report's key as the log names it.
    verdicts: FxHashMap<String, Vec<(i64, Verdict)>>,
    /// Joined and split, by keys as the log names them.
    pub(crate) hands: Vec<Hand>,
    /// All keys that the log names, by article.
    named: FxHashMap<String, Vec<String>>,
}

/// Which entries count, by their place: those that no entry that counts undoes.
pub fn counting(entries: &[Entry]) -> Vec<bool> {
    let mut counts = vec![true; entries.len()];
    for at in (0..entries.len()).rev() {
        if let (true, Action::Undo { seq }) = (counts[at], &entries[at].action)
            && let Some(undone) = counts.get_mut((*seq - 1) as usize)
        {
            *undone = false;
        }
    }
    counts
}

impl Decisions {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let mut all = Self::default();
        let mut seen = FxHashSet::default();
        for (entry, counts) in entries.iter().zip(counting(entries)) {
            for key in keys(&entry.action) {
                if seen.insert(key.clone()) {
                    all.named.entry(article_of(&key).to_owned()).or_default().push(key);
                }
            }
            if !counts {
                continue;
            }
            let mut say = |key: &String, verdict: Verdict| {
                all.verdicts.entry(key.clone()).or_default().push((entry.seq, verdict));
            };
            match &entry.action {
                Action::Accept { reports } => reports.iter().for_each(|key| say(key, Verdict::Accept)),
                Action::Reject { reports } => reports.iter().for_each(|key| say(key, Verdict::Reject)),
                Action::Edit { report, field, new, .. } => say(report, Verdict::Edit(field.clone(), new.clone())),
                Action::Merge { one, other } => all.hands.push(Hand::Same(one.clone(), other.clone())),
                Action::Split { report, from } => {
                    all.hands.extend(from.iter().map(|other| Hand::Apart(report.clone(), other.clone())));
                }
                Action::Undo { .. } => {}
            }
        }
        all
    }

    /// Whether the log names no report.
    pub(crate) fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// The keys of an article's reports that the log names.
    pub(crate) fn named(&self, article: &str) -> &[String] {
        self.named.get(article).map_or(&[], Vec::as_slice)
    }

    /// The articles that the log names reports of.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &String> {
        self.named.keys()
    }

    /// Applies what was decided to the report that the given keys of the log stand for.
    pub(crate) fn apply(&self, report: &mut Report, keys: &[&String]) {
        let mut verdicts: Vec<&(i64, Verdict)> =
            keys.iter().filter_map(|key| self.verdicts.get(*key)).flatten().collect();
        verdicts.sort_by_key(|(seq, _)| *seq);
        let mut edited = false;
        for (_, verdict) in verdicts {
            match verdict {
                Verdict::Accept => report.review = if edited { Review::Edited } else { Review::Accepted },
                Verdict::Reject => report.review = Review::Rejected,
                Verdict::Edit(field, value) => {
                    // A field that the report has no longer is left as it is.
                    if let Ok(changed) = set(report, field, value) {
                        *report = changed;
                        edited = true;
                        report.review = Review::Edited;
                    }
                }
            }
        }
    }
}

/// The keys that an action names.
pub(crate) fn keys(action: &Action) -> Vec<String> {
    match action {
        Action::Accept { reports } | Action::Reject { reports } => reports.clone(),
        Action::Edit { report, .. } => vec![report.clone()],
        Action::Merge { one, other } => vec![one.clone(), other.clone()],
        Action::Split { report, from } => std::iter::once(report).chain(from).cloned().collect(),
        Action::Undo { .. } => Vec::new(),
    }
}

/// The article of a report's key.
pub(crate) fn article_of(key: &str) -> &str {
    key.split(':').next().unwrap_or_default()
}

/// Trigger and type that a report's key names.
fn parts(key: &str) -> Option<(Span, &str)> {
    let mut parts = key.split(':').skip(1);
    let (start, end) = parts.next()?.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    Some((Span { start, end }, parts.next()?))
}

/// The report of an article that a key of the log stands for: that with the key, else the one whose trigger overlaps
/// most, those of the same type first.
pub(crate) fn find<'r>(key: &str, reports: &'r [Report]) -> Option<&'r Report> {
    if let Some(same) = reports.iter().find(|report| report.key == key) {
        return Some(same);
    }
    let (span, kind) = parts(key)?;
    let overlap =
        |report: &Report| report.trigger.end.min(span.end).saturating_sub(report.trigger.start.max(span.start));
    reports
        .iter()
        .filter(|report| overlap(report) > 0)
        .max_by_key(|report| (report.kind.as_str() == kind, overlap(report), std::cmp::Reverse(&report.key)))
}

/// The value of a field; null for one that is not there.
///
/// # Errors
/// [`StoreError::Decision`] for a field that is none.
pub fn get(report: &Report, field: &str) -> Result<Value, StoreError> {
    let (mut whole, pointer) = at(report, field)?;
    Ok(whole.pointer_mut(&pointer).map(Value::take).unwrap_or_default())
}

/// The report with another value in a field.
///
/// # Errors
/// [`StoreError::Decision`] for a field that is none, or a value that it cannot have.
pub fn set(report: &Report, field: &str, value: &Value) -> Result<Report, StoreError> {
    let (mut whole, pointer) = at(report, field)?;
    let Some(place) = whole.pointer_mut(&pointer) else {
        return Err(StoreError::Decision(format!("the report has no `{field}`")));
    };
    *place = value.clone();
    let mut changed: Report = serde_json::from_value(whole)
        .map_err(|error| StoreError::Decision(format!("`{field}` cannot be {value}: {error}")))?;
    if changed.kind != report.kind {
        changed.quad = changed.kind.quad();
    }
    Ok(changed)
}

/// The report as JSON, and where in it the field stands. `type` is another name of `kind`.
fn at(report: &Report, field: &str) -> Result<(Value, String), StoreError> {
    let (root, rest) = field.split_once('.').map_or((field, None), |(root, rest)| (root, Some(rest)));
    let root = if root == "type" { "kind" } else { root };
    if !FIELDS.contains(&root) || field.contains(['/', '~']) {
        return Err(StoreError::Decision(format!(
            "`{field}` is no field that can be changed; there are {}",
            FIELDS.join(", ")
        )));
    }
    let whole = serde_json::to_value(report).map_err(|error| StoreError::Decision(error.to_string()))?;
    Ok((whole, rest.map_or_else(|| format!("/{root}"), |rest| format!("/{root}/{}", rest.replace('.', "/")))))
}
