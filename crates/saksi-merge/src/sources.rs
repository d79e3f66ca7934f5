//! How many independent sources stand behind the reports of an event.

use crate::report::Report;
use std::collections::{BTreeMap, BTreeSet};

/// Groups of reports that go back to one source: those whose chains share a source with a name, and those that one wire
/// group gives in its own voice or from a source without a name. What an article says in its own voice counts only where
/// it names no source for it, since else it repeats what the source said.
///
/// Each group is a list of places in `reports`; a report of no weight of its own is in none.
pub fn independent(reports: &[&Report]) -> Vec<Vec<usize>> {
    let named = |report: &Report| -> BTreeSet<String> {
        report.sources.iter().filter_map(|voice| voice.key.clone()).map(|key| format!("source {key}")).collect()
    };
    let sourced: BTreeSet<&str> =
        reports.iter().filter(|report| !named(report).is_empty()).map(|report| report.witness.as_str()).collect();
    let mut groups: Vec<(BTreeSet<String>, Vec<usize>)> = Vec::new();
    for (at, report) in reports.iter().enumerate() {
        let mut keys = named(report);
        if keys.is_empty() {
            if sourced.contains(report.witness.as_str()) {
                continue;
            }
            keys.insert(format!("witness {}", report.witness));
        }
        let mut members = vec![at];
        let (meeting, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| !group.0.is_disjoint(&keys));
        for (more, reports) in meeting {
            keys.extend(more);
            members.extend(reports);
        }
        members.sort_unstable();
        groups = rest;
        groups.push((keys, members));
    }
    let groups: BTreeMap<usize, Vec<usize>> = groups.into_iter().map(|(_, members)| (members[0], members)).collect();
    groups.into_values().collect()
}
