//! What the log amounts to: which reports were reviewed how, which fields have other values, what was joined and split.

use crate::error::StoreError;
use crate::log::{Action, Entry};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::Codebook;
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

/// The log, and what all of its entries that count amount to.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Decisions {
    entries: Vec<Entry>,
    /// Of each by how many that count it is undone; those that no other undoes count.
    undone: Vec<u32>,
    /// By the report's key as the log names it; each with the number of its entry.
    verdicts: FxHashMap<String, Vec<(i64, Verdict)>>,
    /// Joined and split, by keys as the log names them; each with the number of its entry.
    hands: Vec<(i64, Hand)>,
    /// All keys that the log names, by article.
    named: FxHashMap<String, Vec<String>>,
    /// All keys that the log names.
    keys: FxHashSet<String>,
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
    pub(crate) fn of(entries: Vec<Entry>) -> Self {
        let mut all = Self { undone: vec![0; entries.len()], ..Self::default() };
        for (entry, counts) in entries.iter().zip(counting(&entries)) {
            all.name(&entry.action);
            if !counts {
                continue;
            }
            all.count(entry);
            if let Action::Undo { seq } = entry.action
                && let Some(undone) = all.undone.get_mut((seq - 1) as usize)
            {
                *undone += 1;
            }
        }
        all.entries = entries;
        all
    }

    /// Adds an entry that follows the others. It may undo only what is before it.
    pub(crate) fn add(&mut self, entry: Entry) {
        self.name(&entry.action);
        self.count(&entry);
        let mut changed = entry.clone();
        self.entries.push(entry);
        self.undone.push(0);
        // What is undone does not count; what that undid may count again, and so on.
        let mut counts = true;
        while let Some(at) = self.undoes(&changed) {
            let before = self.undone[at];
            self.undone[at] = if counts { before + 1 } else { before - 1 };
            if before.min(self.undone[at]) > 0 {
                break;
            }
            counts = !counts;
            changed = self.entries[at].clone();
            if counts {
                self.count(&changed);
            } else {
                self.discount(&changed);
            }
        }
    }

    /// The place of the entry before it that an entry undoes.
    fn undoes(&self, entry: &Entry) -> Option<usize> {
        match entry.action {
            Action::Undo { seq } if seq < entry.seq => {
                usize::try_from(seq - 1).ok().filter(|at| *at < self.entries.len())
            }
            _ => None,
        }
    }

    fn name(&mut self, action: &Action) {
        for key in keys(action) {
            if self.keys.insert(key.clone()) {
                self.named.entry(article_of(&key).to_owned()).or_default().push(key);
            }
        }
    }

    fn count(&mut self, entry: &Entry) {
        let seq = entry.seq;
        let mut say = |key: &String, verdict: Verdict| {
            let verdicts = self.verdicts.entry(key.clone()).or_default();
            let at = verdicts.partition_point(|(earlier, _)| *earlier <= seq);
            verdicts.insert(at, (seq, verdict));
        };
        let hands = match &entry.action {
            Action::Accept { reports } => return reports.iter().for_each(|key| say(key, Verdict::Accept)),
            Action::Reject { reports } => return reports.iter().for_each(|key| say(key, Verdict::Reject)),
            Action::Edit { report, field, new, .. } => return say(report, Verdict::Edit(field.clone(), new.clone())),
            Action::Merge { one, other } => vec![(seq, Hand::Same(one.clone(), other.clone()))],
            Action::Split { report, from } => {
                from.iter().map(|other| (seq, Hand::Apart(report.clone(), other.clone()))).collect()
            }
            Action::Undo { .. } => return,
        };
        let at = self.hands.partition_point(|(earlier, _)| *earlier <= seq);
        self.hands.splice(at..at, hands);
    }

    fn discount(&mut self, entry: &Entry) {
        let seq = entry.seq;
        for key in keys(&entry.action) {
            if let Some(verdicts) = self.verdicts.get_mut(&key) {
                verdicts.retain(|(of, _)| *of != seq);
                if verdicts.is_empty() {
                    self.verdicts.remove(&key);
                }
            }
        }
        self.hands.retain(|(of, _)| *of != seq);
    }

    /// Whether an entry counts; none if there is no such entry.
    pub(crate) fn counts(&self, seq: i64) -> Option<bool> {
        usize::try_from(seq - 1).ok().and_then(|at| self.undone.get(at)).map(|undone| *undone == 0)
    }

    /// The keys that an entry is about; those of an undo are of what it brings back or takes away in the end.
    pub(crate) fn reached(&self, entry: &Entry) -> Vec<String> {
        let mut entry = entry;
        while let Some(at) = self.undoes(entry) {
            entry = &self.entries[at];
        }
        keys(&entry.action)
    }

    /// What was joined and split, by keys as the log names them.
    pub(crate) fn hands(&self) -> impl Iterator<Item = &Hand> {
        self.hands.iter().map(|(_, hand)| hand)
    }

    /// Whether the log names a key.
    pub(crate) fn names(&self, key: &str) -> bool {
        self.keys.contains(key)
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

/// The report with another value in a field. Another type takes a mode along only if it has it too.
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
        // A mode is one of its type's.
        changed.mode = changed.mode.filter(|mode| Codebook::builtin().code(changed.kind, Some(mode)).is_some());
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
    let mut whole = serde_json::to_value(report).map_err(|error| StoreError::Decision(error.to_string()))?;
    fill(&mut whole, root);
    Ok((whole, rest.map_or_else(|| format!("/{root}"), |rest| format!("/{root}/{}", rest.replace('.', "/")))))
}

/// Puts in what JSON leaves out: the field where it is empty, and the members that an actor, place or time may have.
fn fill(whole: &mut Value, root: &str) {
    let Some(fields) = whole.as_object_mut() else { return };
    let field = fields.entry(root).or_insert_with(|| match root {
        "context" | "actor" | "recipient" | "place" | "quantities" => Value::Array(Vec::new()),
        "historical" => Value::Bool(false),
        _ => Value::Null,
    });
    let members: &[&str] = match root {
        "actor" | "recipient" => &["country", "sector", "title"],
        "place" => &["country", "lat", "lon"],
        "time" => &["value", "earliest", "latest"],
        _ => &[],
    };
    let rows = match field {
        Value::Array(rows) => rows.iter_mut().collect(),
        one => vec![one],
    };
    for row in rows.into_iter().filter_map(Value::as_object_mut) {
        for member in members {
            row.entry(*member).or_insert(Value::Null);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(seq: i64, what: u8, one: u8, other: u8, before: &Decisions) -> Entry {
        let key = |number: u8| format!("a{}:{number}-9:AID", number / 4);
        let undoable: Vec<i64> = (1..seq).filter(|seq| before.counts(*seq) == Some(true)).collect();
        let action = match what {
            0 => Action::Accept { reports: vec![key(one), key(other)] },
            1 => Action::Reject { reports: vec![key(one)] },
            2 => Action::Edit { report: key(one), field: "mode".to_owned(), old: Value::Null, new: Value::from(other) },
            3 => Action::Merge { one: key(one), other: key(other) },
            4 => Action::Split { report: key(one), from: vec![key(other), key(other + 1)] },
            _ if undoable.is_empty() => Action::Reject { reports: vec![key(one)] },
            _ => Action::Undo { seq: undoable[(usize::from(one) * 12 + usize::from(other)) % undoable.len()] },
        };
        let text = String::new;
        Entry { seq, at: text(), who: text(), action, previous: text(), hash: text() }
    }

    proptest! {
        #[test]
        fn a_log_that_grows_amounts_to_what_it_does_read_at_once(
            steps in prop::collection::vec((0_u8..9, 0_u8..12, 0_u8..12), 0..40),
        ) {
            let mut grown = Decisions::default();
            let mut entries = Vec::new();
            for (what, one, other) in steps {
                let next = entry(entries.len() as i64 + 1, what, one, other, &grown);
                entries.push(next.clone());
                grown.add(next);
                prop_assert_eq!(&grown, &Decisions::of(entries.clone()));
            }
        }
    }
}
