use rustc_hash::FxHashMap;

/// Sets of numbers that are joined step by step; the least number stands for its set.
#[derive(Debug, Default)]
pub(crate) struct Sets(FxHashMap<i64, i64>);

impl Sets {
    /// The number that stands for the set of `one`.
    pub(crate) fn first(&mut self, one: i64) -> i64 {
        let mut at = one;
        while let Some(&up) = self.0.get(&at) {
            if let Some(&next) = self.0.get(&up) {
                self.0.insert(at, next);
            }
            at = up;
        }
        at
    }

    /// Joins the sets of two numbers.
    pub(crate) fn join(&mut self, one: i64, other: i64) {
        let (one, other) = (self.first(one), self.first(other));
        if one != other {
            self.0.insert(one.max(other), one.min(other));
        }
    }
}
