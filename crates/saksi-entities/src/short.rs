//! Short forms: whom "the cutter", "the embassy's diplomats", "the two generals", "the 57-year-old" stand for.

use crate::atoms::fold;
use crate::chunk::{Chunk, What};
use crate::cluster::{Document, NEAR, RECENT, is_kind_of};
use crate::gazetteer::{Entry, Nominal, NominalKind};
use crate::types::Mention;
use saksi_record::ActorKind;
use saksi_tree::Sentence;

/// The role that stands for every person in a `refers` column: "the man" may be anybody.
const ANYBODY: &str = "person";

impl Document<'_> {
    /// The body of the article that a role noun inside a phrase points back to: "embassy" in "the embassy's diplomats".
    pub(crate) fn body_of(&self, chunk: &Chunk) -> Option<u32> {
        let points = if self.rules.settings.modifiers_before { chunk.definite } else { chunk.demonstrative };
        chunk.bodies.iter().filter(|_| points).find_map(|&index| self.body(&self.rules.nominals[index as usize]))
    }

    /// The body last named by this noun or in this role.
    fn body(&self, nominal: &Nominal) -> Option<u32> {
        let body = matches!(nominal.kind, NominalKind::Organization | NominalKind::Group);
        if !body || nominal.sector.as_deref() == Some("IGO") {
            return None;
        }
        self.latest(|actor, known, _| {
            actor.kind == ActorKind::Organization && known.last > 0 && known.nouns.contains(&nominal.word)
        })
        .or_else(|| {
            self.latest(|actor, known, _| {
                actor.kind == ActorKind::Organization
                    && known.last > 0
                    && known.roles.iter().any(|role| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted)))
            })
        })
    }

    /// Whoever acts where a ship, an aircraft or a weapon does: its owner, said now or before.
    pub(crate) fn owner_of_thing(&mut self, chunk: &Chunk, nominal: &Nominal, own: Option<u16>) -> Option<u32> {
        let organization = chunk.modifiers.iter().find_map(|hit| match hit.what {
            What::Known(Entry::Organization(index)) => Some(index),
            _ => None,
        });
        let bodies: Vec<u16> = chunk.bodies.clone();
        let owner = organization
            .map(|index| self.organization(index))
            .or_else(|| own.map(|state| self.state(state)))
            .or_else(|| bodies.iter().find_map(|&index| self.body(&self.rules.nominals[index as usize])));
        if let Some(owner) = owner {
            self.things.retain(|(word, _)| *word != nominal.word);
            self.things.push((nominal.word.clone(), owner));
            return Some(owner);
        }
        let points = chunk.demonstrative || chunk.definite;
        self.things.iter().rev().find(|(word, _)| points && *word == nominal.word).map(|&(_, owner)| owner)
    }

    /// "the two generals", "kedua jenderal": the last two of that role, or those of the two states of the article.
    pub(crate) fn two(&mut self, sentence: &Sentence, chunk: &Chunk, nominal: &Nominal, mention: &mut Mention) -> bool {
        if !chunk.definite {
            return false;
        }
        let anybody = nominal.refers.iter().any(|role| role == ANYBODY);
        let kind = if nominal.kind == NominalKind::Person { ActorKind::Person } else { ActorKind::Organization };
        let mut found: Vec<usize> = (0..self.known.len())
            .filter(|&at| {
                let (actor, known) = (&self.entities.actors[at], &self.known[at]);
                let single = kind != ActorKind::Person || !self.entities.facts[at].plural;
                let role = known.roles.iter().any(|role| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted)));
                actor.kind == kind && known.last > 0 && single && (role || anybody)
            })
            .collect();
        found.sort_by_key(|&at| std::cmp::Reverse(self.known[at].last));
        if let [first, second, ..] = found[..] {
            let (first, second) = (first.min(second), first.max(second));
            mention.actor = Some(first as u32);
            mention.also = vec![second as u32];
            return true;
        }
        let official = nominal.armed || nominal.is_office() || nominal.unique;
        if !official || nominal.kind == NominalKind::Person {
            return false;
        }
        if nominal.armed
            && let Some([first, second]) = self.camps()
        {
            mention.actor = Some(first);
            mention.also = vec![second];
            return true;
        }
        let mut both = Mention { actor: None, also: Vec::new(), ..mention.clone() };
        let pair = Nominal { pair: Some(crate::gazetteer::Pair::States), ..nominal.clone() };
        self.pair(sentence, chunk, &pair, &mut both);
        let states: Vec<u16> = both
            .actor
            .iter()
            .chain(&both.also)
            .filter(|&&actor| self.entities.actors[actor as usize].kind == ActorKind::State)
            .filter_map(|&actor| self.known[actor as usize].country)
            .collect();
        let [first, second] = states[..] else { return false };
        let (first, second) = (self.same_role(nominal, first, mention), self.same_role(nominal, second, mention));
        for at in [first, second] {
            self.entities.actors[at as usize].kind = kind;
        }
        mention.actor = Some(first);
        mention.also = vec![second];
        true
    }

    /// The group with which a bare plural is listed: "midwives" in "nurses and midwives".
    pub(crate) fn listed_with(
        &self,
        sentence: &Sentence,
        chunk: &Chunk,
        nominal: &Nominal,
        mention: &Mention,
    ) -> Option<u32> {
        let token = &sentence.tokens[mention.head as usize];
        let bare = chunk.plural && chunk.first == chunk.last && !nominal.is_office();
        // "the two men and one woman"
        let single = !chunk.plural && chunk.indefinite && nominal.plain;
        let joins = nominal.kind == NominalKind::Person && token.relation() == "conj" && !nominal.armed;
        let head = token.head.filter(|_| (bare || single) && joins)?;
        let here = self.entities.mentions.iter().rev().take_while(|other| other.sentence == mention.sentence);
        let (first, from) =
            here.filter(|other| other.head == head).find_map(|other| Some((other.actor?, other.first)))?;
        let definite = self.rules.small.definite.contains(&fold(&sentence.tokens[from as usize].form));
        if single && !definite {
            return None;
        }
        let (actor, facts) = (&self.entities.actors[first as usize], &self.entities.facts[first as usize]);
        // "40 politicians, lawyers and businessmen": the number counts them all
        let counted = sentence.with(head as usize, "nummod").next().is_some();
        let alike = nominal.sector.as_deref() == actor.sector.as_deref();
        (counted || alike || single).then_some(())?;
        (actor.kind == ActorKind::Group && facts.plural && !facts.armed).then_some(first)
    }

    /// "the 57-year-old", "the Swedish diplomat", "pria itu": a person named just before, whatever the role.
    pub(crate) fn anybody(&mut self, chunk: &Chunk, nominal: &Nominal, own: Option<u16>) -> Option<u32> {
        if nominal.kind != NominalKind::Person || chunk.plural || chunk.indefinite {
            return None;
        }
        let after = !self.rules.settings.modifiers_before;
        let people = chunk.modifiers.iter().any(|hit| match hit.what {
            What::Known(Entry::Demonym(..)) => true,
            What::Known(Entry::State(_)) => after,
            _ => false,
        });
        let any = nominal.refers.iter().any(|role| role == ANYBODY);
        let clock = self.clock;
        let near = |last: u32, reach: u32| last > 0 && clock - last <= reach;
        match own {
            None if any || chunk.demonstrative => self.latest(|actor, known, facts| {
                let reach = if chunk.demonstrative { NEAR } else { RECENT };
                // "gubernur itu" is not the soldier named by his rank alone
                let other = !any
                    && known.words.is_empty()
                    && !known.roles.is_empty()
                    && !known.roles.iter().any(|role| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted)));
                !other && actor.kind == ActorKind::Person && facts.human && !facts.plural && near(known.last, reach)
            }),
            Some(state) if people && (chunk.definite || chunk.demonstrative) => {
                let found = self.latest(|actor, known, facts| {
                    let open = known.country.is_none() || known.assumed || known.country == Some(state);
                    let person = actor.kind == ActorKind::Person && facts.human && !facts.plural;
                    // "the Kenyan lawyer" is no minister of the same state
                    let office = nominal.is_title_of_office()
                        || known.roles.iter().any(|role| role.starts_with("minister") || role.starts_with("head"));
                    person
                        && !known.words.is_empty()
                        && open
                        && near(known.last, NEAR)
                        && (!office || known.roles.contains(&nominal.role))
                })?;
                // one who serves a body of no state keeps none
                let serves = self.entities.actors[found as usize].sector.as_deref() == Some("IGO");
                let known = &mut self.known[found as usize];
                if (known.country.is_none() || known.assumed) && !serves && nominal.sector.as_deref() != Some("GOV") {
                    known.country = Some(state);
                    known.assumed = false;
                    self.entities.actors[found as usize].country =
                        Some(self.rules.states[state as usize].iso3.to_string());
                }
                Some(found)
            }
            _ => None,
        }
    }
}
