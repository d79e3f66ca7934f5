use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The measures that have precision, recall and F1, in the order in which they are shown.
pub const MEASURES: [&str; 7] = ["noise", "times", "attribution", "event", "dyad", "entity", "full"];
/// The fields of which it is counted how many of the matched ones are right.
pub const SHARES: [&str; 8] = ["status", "time", "source", "quantity", "certainty", "stance", "form", "source_kind"];

/// Counts of one measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found, and in gold.
    pub right: u64,
    /// Found.
    pub found: u64,
    /// In gold.
    pub gold: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, right: u64, found: u64, gold: u64) {
        self.right += right;
        self.found += found;
        self.gold += gold;
    }

    /// Share of what was found that is right. 1 where there was nothing to find and nothing found; 0 where something was
    /// to be found and nothing was.
    pub fn precision(self) -> f64 {
        match (self.found, self.gold) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            (found, _) => self.right as f64 / found as f64,
        }
    }

    /// Share of gold that was found; 1 where there was nothing to find.
    pub fn recall(self) -> f64 {
        if self.gold == 0 { 1.0 } else { self.right as f64 / self.gold as f64 }
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// How many of how many are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Right ones.
    pub right: u64,
    /// All.
    pub of: u64,
}

impl Share {
    pub(crate) fn count(&mut self, right: bool) {
        self.right += u64::from(right);
        self.of += 1;
    }
}

/// The counts of one article, or of many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Articles.
    pub articles: u64,
    /// Events or attributions taken from noise.
    pub leaks: u64,
    tallies: [Tally; MEASURES.len()],
    shares: [Share; SHARES.len()],
}

impl Figures {
    /// Adds the counts of other articles.
    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.leaks += other.leaks;
        for (own, more) in self.tallies.iter_mut().zip(&other.tallies) {
            own.add(more.right, more.found, more.gold);
        }
        for (own, more) in self.shares.iter_mut().zip(&other.shares) {
            own.right += more.right;
            own.of += more.of;
        }
    }

    /// The counts of a measure, by its name in [`MEASURES`]; nothing for another name.
    pub fn tally(&self, measure: &str) -> Tally {
        MEASURES.iter().position(|name| *name == measure).map(|at| self.tallies[at]).unwrap_or_default()
    }

    /// How many of what was matched are right in a field, by its name in [`SHARES`]; nothing for another name.
    pub fn share(&self, field: &str) -> Share {
        SHARES.iter().position(|name| *name == field).map(|at| self.shares[at]).unwrap_or_default()
    }

    /// The share that is right; nothing where none was to be judged. Status, time and source are of all matched events,
    /// and 0 where none was matched.
    fn part(&self, field: &str) -> Option<f64> {
        let Share { right, of } = self.share(field);
        (of > 0 || ["status", "time", "source"].contains(&field)).then(|| right as f64 / of.max(1) as f64)
    }

    pub(crate) fn tally_mut(&mut self, measure: &'static str) -> &mut Tally {
        let at = MEASURES.iter().position(|name| *name == measure).expect("a name of MEASURES");
        &mut self.tallies[at]
    }

    pub(crate) fn share_mut(&mut self, name: &'static str) -> &mut Share {
        let at = SHARES.iter().position(|known| *known == name).expect("a name of SHARES");
        &mut self.shares[at]
    }
}

/// The figures of groups of articles as JSON, by group.
pub fn to_json(groups: &BTreeMap<String, Figures>) -> Value {
    let mut all = Map::new();
    for (name, figures) in groups {
        let mut group = Map::new();
        group.insert("articles".into(), figures.articles.into());
        for measure in MEASURES {
            let tally = figures.tally(measure);
            group.insert(
                measure.into(),
                json!({
                    "p": tally.precision(), "r": tally.recall(), "f1": tally.f1(), "gold": tally.gold, "found": tally.found,
                }),
            );
        }
        for share in SHARES {
            group.insert(share.into(), figures.part(share).into());
        }
        group.insert("leaks".into(), figures.leaks.into());
        all.insert(name.clone(), Value::Object(group));
    }
    Value::Object(all)
}

/// The figures of groups of articles for a person.
pub fn to_text(groups: &BTreeMap<String, Figures>) -> String {
    let mut out = String::new();
    for (name, figures) in groups {
        let _ = writeln!(out, "{name}: {} articles", figures.articles);
        for measure in MEASURES {
            let tally = figures.tally(measure);
            let (p, r, f) = (tally.precision(), tally.recall(), tally.f1());
            let _ = writeln!(
                out,
                "  {measure:12} P {p:.3}  R {r:.3}  F1 {f:.3}   (gold {}, found {})",
                tally.gold, tally.found
            );
        }
        let shares: Vec<String> =
            SHARES.iter().filter_map(|name| figures.part(name).map(|share| format!("{name} {share:.2}"))).collect();
        let _ = writeln!(out, "  of matched: {}   leaks {}", shares.join("  "), figures.leaks);
    }
    out
}
