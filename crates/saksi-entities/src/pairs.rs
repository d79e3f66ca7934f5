//! Two at once: "the two countries", "kedua pemimpin", "the leaders of both countries".

use crate::chunk::Chunk;
use crate::cluster::{Document, Key, RECENT, blank, is_kind_of};
use crate::gazetteer::{Nominal, NominalKind, Pair};
use crate::types::Mention;
use saksi_record::{Actor, ActorKind};
use saksi_tree::{Sentence, Upos};

impl Document<'_> {
    /// "pasukan kedua negara", "the leaders of both countries": two states own the phrase.
    pub(crate) fn own_by_pair(&mut self, sentence: &Sentence, chunk: &Chunk, mention: &Mention) {
        let rules = self.rules;
        let pair = chunk.modifiers.iter().find_map(|hit| {
            let (index, _) = hit.nominal()?;
            Some(&rules.nominals[index as usize]).filter(|nominal| matches!(nominal.pair, Some(Pair::States)))
        });
        let Some(pair) = pair else { return };
        let mut both = Mention { actor: None, also: Vec::new(), ..mention.clone() };
        self.pair(sentence, chunk, pair, &mut both);
        let all = both.actor.iter().chain(&both.also);
        let states: Vec<u16> = all.filter_map(|&state| self.known[state as usize].country).collect();
        if let [first, rest @ ..] = &states[..] {
            self.owner_country = Some(*first);
            self.owners_beside = rest.to_vec();
        }
    }

    /// The actor of the same role in another state.
    pub(crate) fn same_role(&mut self, nominal: &Nominal, state: u16, mention: &Mention) -> u32 {
        let key = Key::Role { word: nominal.role.clone(), country: Some(state), plural: true, owner: None };
        let first = mention.actor.map(|actor| self.entities.actors[actor as usize].clone());
        let facts = &self.rules.states[state as usize];
        let (name, code) = (format!("{} ({})", nominal.word, facts.name), facts.iso3.to_string());
        let actor = self.actor(key, || Actor {
            name,
            country: Some(code.clone()),
            mentions: Vec::new(),
            ..first.unwrap_or_else(|| blank(Some(code)))
        });
        let known = &mut self.known[actor as usize];
        known.country = Some(state);
        if !known.roles.contains(&nominal.role) {
            known.roles.push(nominal.role.clone());
        }
        let facts = &mut self.entities.facts[actor as usize];
        facts.plural = true;
        facts.armed |= nominal.armed;
        actor
    }

    /// "Chile deported 140 Venezuelans … the two governments": the states of those who have been named, if they are as many.
    fn states_of(&mut self, size: usize, who: impl Fn(&Self, usize) -> bool) -> Option<Vec<u32>> {
        let named = |at: &usize| self.known[*at].last > 0 && !self.known[*at].assumed && who(self, *at);
        let mut states: Vec<u16> =
            (0..self.known.len()).filter(named).filter_map(|at| self.known[at].country).collect();
        states.sort_unstable();
        states.dedup();
        (states.len() == size).then(|| states.into_iter().map(|state| self.state(state)).collect())
    }

    /// The armed group that the article is about and whom of its own state it fights.
    pub(crate) fn camps(&self) -> Option<[u32; 2]> {
        let group = self.main_group()?;
        let country = self.known[group as usize].country?;
        let fights = |at: usize| {
            let (actor, facts) = (&self.entities.actors[at], &self.entities.facts[at]);
            let army = actor.kind == ActorKind::Organization && facts.armed && actor.sector.as_deref() == Some("MIL");
            self.known[at].last > 0
                && at as u32 != group
                && self.known[at].country == Some(country)
                && (army || actor.kind == ActorKind::State)
        };
        let other = (0..self.known.len()).filter(|&at| fights(at)).max_by_key(|&at| self.known[at].count)? as u32;
        Some([group.min(other), group.max(other)])
    }

    /// "the two countries", "kedua pemimpin": of states the two most named so far, of people the last two, with the
    /// role if the noun says one.
    pub(crate) fn pair(&mut self, sentence: &Sentence, chunk: &Chunk, nominal: &Nominal, mention: &mut Mention) {
        let head = &sentence.tokens[mention.head as usize];
        let before_verb =
            sentence.tokens.get(chunk.last + 1).is_some_and(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
        if head.upos == Upos::Num && matches!(head.relation(), "nummod" | "det" | "compound") && !before_verb {
            return; // "the two" of "the two attacks"
        }
        let clock = self.clock;
        let size = if nominal.trio { 3 } else { 2 };
        // "both sides", but not "both countries"
        let countries = self.rules.nominals.iter().filter(|other| other.kind == NominalKind::Country);
        let sides = !countries.into_iter().any(|other| nominal.word.split(' ').any(|word| other.word == word));
        // "she would host the talks, the first between the two": not her
        let mut above = mention.head as usize;
        while matches!(sentence.tokens[above].relation(), "nmod" | "appos")
            && let Some(head) = sentence.tokens[above].head
        {
            above = head as usize;
        }
        let mut subject = self.subject_above(mention.sentence as usize, sentence, mention.head as usize);
        subject.extend(self.subject_above(mention.sentence as usize, sentence, above));
        let some = |kind: ActorKind, with_role: bool| -> Option<Vec<u32>> {
            let fits = |at: usize| {
                let (actor, known) = (&self.entities.actors[at], &self.known[at]);
                let single = actor.kind != ActorKind::Person || !self.entities.facts[at].plural;
                // a movement at war is a side too
                let side = kind == ActorKind::State && sides && self.is_armed_group(at as u32);
                // "Putin called both leaders": he is none of them
                let free = !subject.contains(&(at as u32));
                let role = !with_role
                    || known.roles.iter().any(|role| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted)));
                (actor.kind == kind || side) && known.last > 0 && single && role && free
            };
            let lately =
                (0..self.known.len()).filter(|&at| fits(at) && self.known[at].last > self.began).count() >= size;
            let mut found: Vec<usize> = (0..self.known.len()).filter(|&at| fits(at)).collect();
            // two named in the same sentence or in the one before, else the most named states or the last people
            found.sort_by_key(|&at| {
                let known = &self.known[at];
                let just = kind == ActorKind::State
                    && !lately
                    && self.pair_before.is_some_and(|pair| known.country.is_some_and(|state| pair.contains(&state)));
                let here = if lately && known.last > self.began { known.last } else { u32::from(just) };
                let rank = if kind == ActorKind::State { known.count } else { known.last };
                std::cmp::Reverse((here, rank, known.last))
            });
            let mut found: Vec<u32> = found.get(..size)?.iter().map(|&at| at as u32).collect();
            found.sort_unstable();
            Some(found)
        };
        // those last named together, if they are as many
        let together = self.joint.as_ref().filter(|joint| {
            let kind = if matches!(nominal.pair, Some(Pair::People)) { ActorKind::Person } else { ActorKind::State };
            joint.actors.len() == size
                && clock - joint.last <= RECENT
                && joint
                    .actors
                    .iter()
                    .all(|&at| self.entities.actors[at as usize].kind == kind && !subject.contains(&at))
        });
        let found = match nominal.pair {
            // "Marcos, who hosted Vietnam's To Lam, said the two nations": those of the sentence itself
            Some(Pair::States) if size == 2 && !sides && self.here.len() == 2 => {
                let mut here = self.here.clone();
                here.sort_unstable();
                Some(here.into_iter().map(|state| self.state(state)).collect())
            }
            // of two states the most named of the article come before
            Some(Pair::States | Pair::People)
                if together.is_some() && (size == 3 || nominal.pair == Some(Pair::People)) =>
            {
                together.map(|joint| joint.actors.clone())
            }
            // "Germany and France criticised … The two countries"
            Some(Pair::States)
                if together.is_some_and(|joint| joint.subject && joint.head.0 + 1 == mention.sentence) =>
            {
                together.map(|joint| joint.actors.clone())
            }
            Some(Pair::States) => {
                let found = some(ActorKind::State, false);
                // a state's army and its rebels, if the article tells more of them than of two states
                let often = |pair: &[u32]| -> u32 { pair.iter().map(|&at| self.known[at as usize].count).sum() };
                let camps =
                    self.camps().filter(|camps| sides && size == 2 && camps.iter().all(|at| !subject.contains(at)));
                match (camps, found) {
                    (Some(camps), Some(found)) if often(&camps) <= often(&found) => Some(found),
                    (Some(camps), _) => Some(camps.to_vec()),
                    (None, found) => found,
                }
            }
            Some(Pair::People) => some(ActorKind::Person, true).or_else(|| some(ActorKind::Person, false)),
            Some(Pair::Any) => {
                let people = some(ActorKind::Person, false);
                let near = |people: &Vec<u32>| {
                    people.last().is_some_and(|&last| clock - self.known[last as usize].last <= RECENT)
                };
                people.filter(near).or_else(|| some(ActorKind::State, false))
            }
            None if chunk.plural => some(ActorKind::State, false),
            None => None,
        };
        let found = match nominal.pair {
            Some(Pair::States) if found.is_none() => {
                let all = if sides { None } else { self.states_of(size, |_, _| true) };
                // "Prabowo met Erdogan … The two governments": those of the two
                all.or_else(|| {
                    self.states_of(2, |document, at| {
                        document.entities.actors[at].kind == ActorKind::Person
                            && !document.entities.facts[at].plural
                            && !subject.contains(&(at as u32))
                    })
                    .filter(|_| size == 2)
                })
            }
            _ => found,
        };
        if let Some((&first, rest)) = found.as_deref().and_then(<[u32]>::split_first) {
            mention.actor = Some(first);
            mention.also = rest.to_vec();
        }
    }
}
