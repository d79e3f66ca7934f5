//! Why somebody fills a slot, in words.

use crate::arguments::Roles;
use crate::frames::Slot;
use saksi_entities::Mention;

impl Roles<'_> {
    /// The slot, the words and the path in the tree by which `mention` fills `role`.
    pub(crate) fn reason(&self, role: &str, slot: &Slot, mention: &Mention) -> String {
        let trigger = &self.sentence.tokens[self.clause.at];
        let head = mention.head as usize;
        let mut path = vec![self.sentence.tokens[head].form.to_string()];
        let mut below = head;
        for above in self.sentence.ancestors(head) {
            path.push(format!("–{}→ {}", self.sentence.tokens[below].deprel, self.sentence.tokens[above].form));
            if above == self.clause.at || self.light.is_some_and(|light| light.at == above) {
                break;
            }
            below = above;
        }
        format!(
            "{role}: {} of ‘{}’, {}–{}, {} ({})",
            slot_name(slot),
            trigger.form,
            mention.span.start,
            mention.span.end,
            path.join(" "),
            mention.why
        )
    }
}

fn slot_name(slot: &Slot) -> String {
    match slot {
        Slot::Nobody => "nobody".into(),
        Slot::Speaker => "speaker".into(),
        Slot::Subject => "subject".into(),
        Slot::Object => "object".into(),
        Slot::Indirect => "indirect object".into(),
        Slot::Complement => "subject of the complement".into(),
        Slot::Possessor => "owner".into(),
        Slot::Prep(prep) => format!("‘{prep}’"),
        Slot::Owner(inner) => format!("owner of the {}", slot_name(inner)),
    }
}
