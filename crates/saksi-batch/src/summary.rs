use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What was read, skipped and failed, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Things found: records, failures and what was skipped.
    pub found: u64,
    /// Articles with a record.
    pub records: u64,
    /// Events in the records.
    pub events: u64,
    /// Attributions in the records.
    pub attributions: u64,
    /// Groups of copies; known at the end.
    pub groups: u64,
    /// Articles in them that are not the earliest.
    pub copies: u64,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// What should have been an article and could not be read, by kind of reason.
    pub failed: BTreeMap<String, u64>,
    /// What holds no article, by kind.
    pub skipped: BTreeMap<String, u64>,
}

impl Summary {
    /// How many failed.
    pub fn failures(&self) -> u64 {
        self.failed.values().sum()
    }

    /// Adds what another counted.
    pub fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.records += other.records;
        self.events += other.events;
        self.attributions += other.attributions;
        for (mine, others) in [
            (&mut self.languages, &other.languages),
            (&mut self.failed, &other.failed),
            (&mut self.skipped, &other.skipped),
        ] {
            for (kind, count) in others {
                *mine.entry(kind.clone()).or_default() += count;
            }
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |counts: &BTreeMap<String, u64>| {
            let mut counts: Vec<_> = counts.iter().collect();
            counts.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), (*kind).clone()));
            counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
        };
        write!(f, "{} articles read, {} events, {} attributions", self.records, self.events, self.attributions)?;
        if self.copies > 0 {
            write!(f, "\n{} of them copies, in {} groups", self.copies, self.groups)?;
        }
        if !self.failed.is_empty() {
            write!(f, "\n{} failed: {}", self.failures(), list(&self.failed))?;
        }
        if !self.skipped.is_empty() {
            write!(f, "\n{} skipped: {}", self.skipped.values().sum::<u64>(), list(&self.skipped))?;
        }
        Ok(())
    }
}
