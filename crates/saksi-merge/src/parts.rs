//! What the fields of two reports say, while they are held against each other.

use crate::likeness::NEVER;

/// Fields that there are at most.
const FIELDS: usize = 16;

/// What each field says, in the order of the fields.
pub(crate) struct Parts {
    pub(crate) weights: [(&'static str, f64); FIELDS],
    count: usize,
    /// Whether somebody wants to know why.
    pub(crate) told: bool,
    pub(crate) why: Vec<String>,
}

impl Parts {
    pub(crate) fn new(told: bool) -> Self {
        Self { weights: [("", 0.0); FIELDS], count: 0, told, why: Vec::new() }
    }

    pub(crate) fn add(&mut self, field: &'static str, weight: f64, why: impl FnOnce() -> String) {
        self.weights[self.count] = (field, weight);
        self.count += 1;
        if self.told {
            self.why.push(why());
        }
    }

    pub(crate) fn weights(&self) -> &[(&'static str, f64)] {
        &self.weights[..self.count]
    }

    pub(crate) fn weight(&self, field: &str) -> Option<f64> {
        self.weights().iter().find(|part| part.0 == field).map(|part| part.1)
    }

    pub(crate) fn total(&self) -> f64 {
        self.weights().iter().map(|part| part.1).sum()
    }

    pub(crate) fn rule_out(&self) -> bool {
        self.weights().iter().any(|part| part.1 <= NEVER)
    }
}
