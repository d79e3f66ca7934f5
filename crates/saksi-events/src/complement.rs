//! The complement of a predicate, and whom a promise, refusal or threat is about as its complement says.

use crate::arguments::Roles;
use crate::clause::Clause;
use crate::frames::{On, Pos, Shape, Slot, Words};
use saksi_record::{EventType, MentionForm};
use saksi_tree::Upos;

impl Clause<'_> {
    /// The predicates of clausal complements.
    pub(crate) fn complements(&self) -> Vec<usize> {
        // "allowed the party to run": the parser may hang the infinitive on the object
        let below = self
            .sentence
            .with(self.at, "obj")
            .filter(|&object| object > self.at)
            .flat_map(|object| self.sentence.children(object).filter(move |&child| child > object))
            .filter(|&child| {
                let token = &self.sentence.tokens[child];
                token.deprel == "acl"
                    && token.feat("VerbForm") == Some("Inf")
                    && self.sentence.with(child, "mark").next().is_some()
            });
        self.sentence
            .children(self.at)
            .filter(|&child| {
                let token = &self.sentence.tokens[child];
                // "called on Kyiv to talk": the parser may take the infinitive for an adverbial
                matches!(token.relation(), "xcomp" | "ccomp")
                    || token.relation() == "advcl"
                        && child > self.at
                        && (self.sentence.with(child, "nsubj").next().is_none() || self.is_asked_for(child))
                        && self.sentence.with(child, "mark").next().is_some()
            })
            .chain(below)
            .collect()
    }

    /// "called for the president to quit": an infinitive that names who is to do it.
    fn is_asked_for(&self, at: usize) -> bool {
        let marks: Vec<usize> = self.sentence.with(at, "mark").collect();
        let aims = |&mark: &usize| self.grammar.aims.iter().any(|aim| *aim == self.sentence.tokens[mark].lower());
        marks.len() > 1 && marks.iter().any(aims)
    }
}

impl Roles<'_> {
    /// Whom a promise, refusal or threat is about, as its infinitive says: "promised to supply the court", "siap bertemu
    /// dengan pemerintah".
    pub(crate) fn of_complement(&self, actor: &[u32], why: &mut Vec<String>) -> Vec<u32> {
        let aids = self.frame.kind == EventType::Aid;
        if !aids && !matches!(self.frame.kind, EventType::Agree | EventType::Reject | EventType::Threaten) {
            return Vec::new();
        }
        for at in self.clause.complements() {
            // "sent troops to help Abiy", but "to fight the rebels"
            if aids && !self.names(at, |kind| kind == EventType::Aid) {
                continue;
            }
            // "vowed that the state would hunt them down": what their own side will do
            let own = self.sentence.with(at, "nsubj").all(|subject| {
                self.frame.kind == EventType::Threaten && self.is_own_side(actor, subject) && self.is_hostile_verb(at)
            });
            if !own || at.abs_diff(self.clause.at) > 7 {
                continue;
            }
            let inner = Clause::new(self.sentence, self.clause.grammar, at, Shape::Plain);
            let toward = self.rules.grammar.toward.iter().map(|prep| inner.with_prep(prep));
            let objects = inner.object();
            let heads = std::iter::once(inner.indirect()).chain(toward).chain(std::iter::once(objects.clone()));
            let verb = &self.sentence.tokens[at];
            let listed = |list: &[String]| list.iter().any(|word| *word == verb.lemma || *word == verb.lower());
            let (makes, sends) = (listed(&self.rules.grammar.creating), listed(&self.rules.grammar.sending));
            for head in heads.flatten() {
                let mut found = self.actors(head, false);
                // "promised to send workers", "agreed to form a committee", "to double its intake of workers"
                let thing = objects.contains(&head);
                // "threatened to send troops": they are what is sent, unless they are hunted
                found.retain(|&(actor, mention)| {
                    mention.form != MentionForm::Nominal
                        || !self.article.entities.facts[actor as usize].armed
                        || thing && self.is_hostile_verb(at)
                });
                found.retain(|&(_, mention)| {
                    let sent = sends && mention.form == MentionForm::Nominal || makes;
                    let inside = mention.form == MentionForm::Nominal && mention.head as usize != head;
                    !(thing && (sent || inside))
                });
                if let Some((_, mention)) = found.first() {
                    why.push(self.reason("recipient", &Slot::Complement, mention));
                    return found.into_iter().map(|(actor, _)| actor).collect();
                }
            }
        }
        Vec::new()
    }

    /// Whether a verb names something done against somebody, or what the frame says is threatened.
    pub(crate) fn is_hostile_verb(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        let keys = self.rules.keys(&token.form.to_lowercase(), &token.lemma);
        let named = self.frame.needs.iter().any(|need| {
            need.on == On::Complement
                && !need.negated
                && matches!(&need.words, Words::Of { words, .. } if keys.iter().any(|key| words.contains(key)))
        });
        if named && self.frame.kind == EventType::Threaten {
            return true;
        }
        self.names(at, |kind| matches!(kind, EventType::Assault | EventType::Coerce | EventType::Sanction))
    }

    /// Whether a verb with an object names an act of one of these types.
    pub(crate) fn names(&self, at: usize, wanted: impl Fn(EventType) -> bool) -> bool {
        let token = &self.sentence.tokens[at];
        let keys = self.rules.keys(&token.form.to_lowercase(), &token.lemma);
        token.upos == Upos::Verb
            && keys.iter().filter_map(|key| self.rules.heads.get(key)).flatten().any(|&(index, _)| {
                let frame = &self.rules.frames[index as usize];
                frame.pos == Pos::Verb && frame.takes_object() && wanted(frame.kind)
            })
    }

    /// Whether the noun phrase at `token` is one of `actors`, of the country of one, or nobody whom the article knows.
    fn is_own_side(&self, actors: &[u32], token: usize) -> bool {
        let country = |actor: u32| self.article.entities.actors[actor as usize].country.as_deref();
        self.actors(token, false).into_iter().all(|(found, _)| {
            actors.iter().any(|&actor| actor == found || country(actor).is_some() && country(actor) == country(found))
        })
    }
}
