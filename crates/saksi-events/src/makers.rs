//! Who made what a noun names, as the clause behind it says.

use crate::clause::{Clause, is_relative};
use crate::frames::Shape;

impl Clause<'_> {
    /// Who made a thing, as the passive clause behind it says: "the plan proposed by Egypt", "permohonan yang diajukan X".
    /// Clauses whose verb is one that `judges` make nothing.
    pub(crate) fn makers_of(&self, at: usize, judges: impl Fn(usize) -> bool) -> Vec<usize> {
        self.sentence
            .subtree(at)
            .into_iter()
            .filter(|&child| child > at && self.sentence.tokens[child].relation() == "acl" && !judges(child))
            // "a missile launched from areas held by the rebels": whoever holds the areas made nothing
            .filter(|&child| {
                let mut above = self.sentence.ancestors(child).take_while(|&up| up != at);
                above.all(|up| self.sentence.tokens[up].relation() != "acl")
            })
            .map(|child| Clause::new(self.sentence, self.grammar, child, Shape::Plain))
            .flat_map(|clause| {
                if clause.is_passive() {
                    return clause.passive_agent();
                }
                // "every step Moscow takes"
                let relative =
                    self.sentence.with(clause.at, "obj").next().is_none_or(|object| is_relative(self.sentence, object));
                let own = self.sentence.with(clause.at, "nsubj").filter(|&own| !is_relative(self.sentence, own));
                if relative { own.collect() } else { Vec::new() }
            })
            .collect()
    }
}
