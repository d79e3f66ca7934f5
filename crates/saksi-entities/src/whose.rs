//! Whose a role noun without a state is: "the country", "the government", "prosecutors".

use crate::atoms::fold;
use crate::chunk::Chunk;
use crate::cluster::Document;
use crate::gazetteer::{Nominal, NominalKind};
use crate::types::Mention;
use saksi_record::ActorKind;
use saksi_tree::{Sentence, Upos};

/// The sectors whose bodies belong to the state at hand.
const OF_STATES: [&str; 9] = ["GOV", "MIL", "COP", "LEG", "JUD", "PTY", "OPP", "BUS", "SPY"];

impl Document<'_> {
    /// The state that "the country" means: the nearest, but not the one whose act its clause tells.
    pub(crate) fn country_at(&self, sentence: &Sentence, mention: &Mention) -> Option<u16> {
        // "aid to the country" hangs on the object
        let mut at = mention.head as usize;
        while sentence.tokens[at].relation() == "nmod"
            && let Some(up) = sentence.tokens[at].head
        {
            at = up as usize;
        }
        let subject = self.subject_above(mention.sentence as usize, sentence, at);
        let mut own: Vec<u16> = subject.iter().filter_map(|&actor| self.known[actor as usize].country).collect();
        let beside = self.states_beside(sentence, mention);
        let acts = !beside.is_empty();
        own.extend(beside);
        if self.nearest_state.is_none_or(|state| !own.contains(&state)) {
            return self.nearest_state;
        }
        // a subject goes on from the subject before
        (0..self.known.len())
            .filter(|&at| self.entities.actors[at].kind == ActorKind::State && self.known[at].last > 0)
            .filter(|&at| self.known[at].country.is_some_and(|state| !own.contains(&state)))
            .max_by_key(|&at| if acts { self.known[at].prominence() } else { self.known[at].last })
            .and_then(|at| self.known[at].country)
            .or(self.nearest_state)
    }

    /// The states named as objects of the verb whose subject the mention is.
    pub(crate) fn states_beside(&self, sentence: &Sentence, mention: &Mention) -> Vec<u16> {
        let token = &sentence.tokens[mention.head as usize];
        let Some(verb) = token.head.filter(|_| token.deprel == "nsubj") else { return Vec::new() };
        let argues =
            |head: usize| {
                std::iter::once(head).chain(sentence.ancestors(head)).take_while(|&at| at != verb as usize).all(|at| {
                    matches!(sentence.tokens[at].relation(), "obj" | "iobj" | "nmod" | "amod" | "conj" | "xcomp")
                }) && sentence.ancestors(head).any(|at| at == verb as usize)
            };
        self.states_ahead.iter().filter(|&&(at, _)| argues(at)).map(|&(_, state)| state).collect()
    }

    /// The state that is subject of the verb whose object or oblique the mention is.
    pub(crate) fn states_above(&self, sentence: &Sentence, mention: &Mention) -> Vec<u16> {
        let token = &sentence.tokens[mention.head as usize];
        if !matches!(token.relation(), "obj" | "iobj" | "obl") {
            return Vec::new();
        }
        let subject = self.subject_above(mention.sentence as usize, sentence, mention.head as usize);
        let state = |&actor: &u32| self.entities.actors[actor as usize].kind == ActorKind::State;
        subject.iter().filter(|actor| state(actor)).filter_map(|&actor| self.known[actor as usize].country).collect()
    }

    /// The state of a role noun that names none: the nearest in the text, if the article is about few.
    pub(crate) fn default_country(&self, nominal: Option<&Nominal>) -> Option<u16> {
        let nominal = nominal?;
        if nominal.is_of_no_state() {
            return None;
        }
        // a journalist is one of the story's people
        if nominal.sector.as_deref() == Some("MED") {
            return self.dominant.or(self.sentence_place);
        }
        // nobody knows whose the gunmen are
        if nominal.sector.as_deref() == Some("UAF") {
            return None;
        }
        if matches!(nominal.sector.as_deref(), Some("NGO" | "REB" | "CRM")) {
            // "Islamist fighters … in Mozambique's Cabo Delgado province", if that is whom the article is about
            let fight = nominal.sector.as_deref() == Some("REB");
            let here = self.dominant.filter(|state| fight && (self.sentence_place == Some(*state) || !self.rivals));
            return self.strong.or(here);
        }
        // "In Italy, the dockers": the sentence says where it is
        let somebody = nominal.kind != NominalKind::Person || nominal.plain || nominal.citizen;
        if somebody && let Some(state) = self.opens_in {
            return Some(state);
        }
        // "Minsk freed 14 political prisoners"
        if nominal.citizen
            && let [state] = self.here[..]
        {
            return Some(state);
        }
        if nominal.plain || nominal.kind == NominalKind::Group {
            // "marched in Rome, Madrid and Istanbul"
            if self.places_here > 1 {
                return None;
            }
            if let [state] = self.here[..] {
                // whom Thailand frees is not Thai
                if nominal.taken && Some(state) == self.dominant && self.rivals {
                    return None;
                }
                // "Russian drones killed a man in Kharkiv"
                let about = |place: &u16| *place != state && self.ranked.iter().take(2).any(|state| state == place);
                if let Some(place) = self.sentence_place.filter(about) {
                    return Some(place);
                }
            }
            // "Some 200 people marched in Funafuti", in a story that is mostly about Australia
            let nearby = if self.here.is_empty() { self.nearby() } else { None };
            return nearby.or(self.dominant).or(self.sentence_place);
        }
        // "Israeli troops shelled a school. The army said": the army of whose troops were told of
        if nominal.sector.as_deref() == Some("MIL")
            && let Some(state) = self.forces_before()
        {
            return Some(state);
        }
        // "the KNU accused the military": of the state of whoever else the sentence names
        if let [state] = self.here[..]
            && Some(state) != self.home
            && nominal.kind == NominalKind::Organization
            && (nominal.unique || OF_STATES.contains(&nominal.sector.as_deref().unwrap_or_default()))
        {
            return Some(state);
        }
        // "marched in Funafuti. Police questioned two of them"
        if self.here.is_empty()
            && matches!(nominal.sector.as_deref(), Some("COP" | "JUD" | "LEG"))
            && let Some(state) = self.nearby()
        {
            return Some(state);
        }
        // at home a body needs no country: "pemerintah", "polisi"
        self.filed.or(self.home).or(self.dominant).or(self.nearest_state)
    }

    /// The state in which the sentence, or the paragraph before it, places things, if the article is about it.
    fn nearby(&self) -> Option<u16> {
        let told = |state: &u16| self.ranked.contains(state);
        let here = self.sentence_place.filter(told);
        here.or_else(|| if self.places_here == 0 { self.scene.filter(told) } else { None })
    }

    /// The state of the troops that the paragraph has told of, if they were those of one.
    fn forces_before(&self) -> Option<u16> {
        let mut states: Vec<u16> = (0..self.known.len())
            .filter(|&at| {
                let known = &self.known[at];
                self.entities.actors[at].sector.as_deref() == Some("MIL")
                    && !known.assumed
                    && known.last > self.paragraph.1
                    && known.last <= self.began
            })
            .filter_map(|at| self.known[at].country)
            .collect();
        states.dedup();
        if let [state] = states[..] { Some(state) } else { None }
    }

    /// Whether a noun without owner only says what the noun behind it is: "rebel" in "a rebel camp".
    pub(crate) fn only_describes(
        &self,
        sentence: &Sentence,
        chunk: &Chunk,
        nominal: &Nominal,
        mention: &Mention,
    ) -> bool {
        let token = &sentence.tokens[mention.head as usize];
        // a plural describes nothing: "Rebels shell airport"
        let modifies = self.rules.settings.modifiers_before
            && !chunk.plural
            && matches!(token.relation(), "compound" | "amod")
            && token.head.is_some_and(|head| {
                let between = chunk.last + 1..=head as usize;
                head as usize > chunk.last && between.into_iter().all(|at| sentence.tokens[at].upos == Upos::Noun)
            });
        // "party" of "wedding party"
        let before = chunk.last.checked_sub(1).map(|at| &sentence.tokens[at]);
        let other = nominal.role == "party"
            && chunk.modifiers.is_empty()
            && !nominal.word.contains(' ')
            && chunk.bodies.is_empty()
            && before.is_some_and(|token| token.upos == Upos::Noun && token.relation() == "compound");
        let free = chunk.modifiers.is_empty() && self.owner_country.is_none();
        // "pembicaraan militer": behind a noun for no body an adjective
        let adjective = self.rules.settings.adjectival.iter().any(|word| *word == nominal.word.as_str())
            && chunk.first == chunk.last
            && matches!(token.relation(), "nmod" | "amod" | "compound")
            && token.head.is_some_and(|head| head as usize + 1 == chunk.first);
        if adjective && free {
            return true;
        }
        other || modifies && free && !nominal.unique && !nominal.is_office()
    }

    /// "its ally", "sekutunya": of two states the article is about, the one that does not own.
    pub(crate) fn other_state(&self, owner: u16) -> Option<u32> {
        (0..self.known.len())
            .filter(|&at| {
                self.entities.actors[at].kind == ActorKind::State
                    && self.known[at].country.is_some_and(|country| country != owner)
            })
            .max_by_key(|&at| (self.known[at].count, self.known[at].last))
            .map(|at| at as u32)
    }

    /// The state named in the article whose name of several words begins with `word`.
    pub(crate) fn short_state(&self, word: &str) -> Option<u32> {
        self.latest(|actor, _, _| {
            actor.kind == ActorKind::State
                && actor.name.split_once(' ').is_some_and(|(first, rest)| fold(first) == word && !rest.is_empty())
        })
    }
}
