//! Role nouns: whom "the president", "the rebels", "kedua negara" stand for.

use crate::atoms::fold;
use crate::chunk::{Chunk, Hit, What};
use crate::cluster::{Document, Key, Known, RECENT, blank, is_kind_of};
use crate::find::head_of;
use crate::gazetteer::{Entry, Nominal, NominalKind, Pair};
use crate::types::{ActorFacts, Mention};
use compact_str::CompactString;
use saksi_record::{Actor, ActorKind, MentionForm, SourceKind};
use saksi_tree::{NameKind, Sentence, Upos};

/// The sectors whose bodies belong to the state at hand.
const OF_STATES: [&str; 9] = ["GOV", "MIL", "COP", "LEG", "JUD", "PTY", "OPP", "BUS", "SPY"];

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

    /// The actor that a role noun without a name stands for.
    pub(crate) fn resolve_role(&mut self, sentence: &Sentence, chunk: &Chunk, index: u16, mention: &mut Mention) {
        let rules = self.rules;
        let nominal = &rules.nominals[index as usize];
        mention.form = MentionForm::Nominal;
        let own = if nominal.other {
            // "his rivals" are of the country of the one they rival
            self.stands_in.or(self.owner_country.filter(|_| self.owned_by_state.is_none()))
        } else {
            // a court of several states sits somewhere
            let sits = nominal.sector.as_deref() == Some("IGO") && chunk.modifiers.is_empty();
            self.country_of(chunk).filter(|_| !sits || self.owner_country.is_some())
        };
        if chunk.generic && nominal.kind == NominalKind::Country {
            return; // "no country has recognised …" names none
        }
        let head = &sentence.tokens[mention.head as usize];
        let bare = rules.settings.modifiers_before
            && nominal.kind == NominalKind::Person
            && !chunk.plural
            && chunk.first == chunk.last
            && sentence.kind == saksi_tree::RegionKind::Body
            && matches!(head.relation(), "obl" | "nmod" | "obj")
            && head.form.starts_with(char::is_lowercase)
            && sentence.children(mention.head as usize).all(|child| {
                !matches!(sentence.tokens[child].relation(), "det" | "amod" | "nmod" | "compound" | "flat" | "appos")
            });
        if bare {
            return; // "brought to justice" names nobody
        }
        match nominal.kind {
            // "a wedding party", "a brigade headquarters": no party
            _ if self.only_describes(sentence, chunk, nominal, mention) => {}
            _ if nominal.pair.is_some() => self.pair(sentence, chunk, nominal, mention),
            // "Chinese fighter jets": the state acts
            _ if nominal.thing => mention.actor = self.owner_of_thing(chunk, nominal, own),
            _ if nominal.other && self.owned_by_state.is_some() && !chunk.plural => {
                mention.actor = self.owned_by_state.and_then(|owner| self.other_state(owner));
            }
            // "Aliyev threatened his neighbouring country"
            NominalKind::Country if nominal.other && self.owner_country.is_some() && !chunk.plural => {
                mention.actor = self.owner_country.and_then(|owner| self.other_state(owner));
            }
            _ if nominal.other && chunk.plural && chunk.definite && chunk.modifiers.is_empty() => {
                self.pair(sentence, chunk, nominal, mention);
            }
            NominalKind::Country => {
                let state = own.or(if chunk.plural || chunk.owner.is_some() {
                    None
                } else {
                    self.country_at(sentence, mention)
                });
                if state.is_none() && chunk.plural && chunk.definite {
                    // "the 12 states": several that nobody lists
                    self.resolve_nominal(sentence, chunk, nominal, None, mention);
                }
                if let Some(state) = state {
                    mention.actor = Some(self.state(state));
                    mention.place = Some(self.state_place(state));
                }
            }
            NominalKind::State => {
                // "the junta" is a government abroad
                let home = self.home;
                // "the junta accused France": no state has itself for object
                let beside = self.states_beside(sentence, mention);
                let fits = |state: &u16| (!nominal.abroad || Some(*state) != home) && !beside.contains(state);
                let last = || {
                    (0..self.known.len())
                        .filter(|&at| self.entities.actors[at].kind == ActorKind::State)
                        .filter(|&at| self.known[at].country.is_some_and(|state| fits(&state)))
                        .max_by_key(|&at| (self.known[at].count, self.known[at].last))
                        .and_then(|at| self.known[at].country)
                };
                match own.or(self.default_country(Some(nominal)).filter(fits)).or_else(last) {
                    Some(state) => mention.actor = Some(self.state(state)),
                    None => self.resolve_nominal(sentence, chunk, nominal, None, mention),
                }
            }
            NominalKind::Capital => {
                if let Some(state) = own.or(self.nearest_state) {
                    mention.place = Some(self.capital_place(state));
                }
            }
            NominalKind::Person | NominalKind::Group | NominalKind::Organization => {
                self.resolve_nominal(sentence, chunk, nominal, own, mention);
            }
        }
    }

    /// The state that "the country" means: the nearest, but not the one whose act its clause tells.
    fn country_at(&self, sentence: &Sentence, mention: &Mention) -> Option<u16> {
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

    /// Whether a noun without owner only says what the noun behind it is: "rebel" in "a rebel camp".
    fn only_describes(&self, sentence: &Sentence, chunk: &Chunk, nominal: &Nominal, mention: &Mention) -> bool {
        let token = &sentence.tokens[mention.head as usize];
        let modifies = self.rules.settings.modifiers_before
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
        other || modifies && free && !nominal.unique && !nominal.is_office()
    }

    /// The states named as objects of the verb whose subject the mention is.
    pub(crate) fn states_beside(&self, sentence: &Sentence, mention: &Mention) -> Vec<u16> {
        let token = &sentence.tokens[mention.head as usize];
        let Some(verb) = token.head.filter(|_| token.deprel == "nsubj") else { return Vec::new() };
        let argues = |head: usize| {
            std::iter::once(head).chain(sentence.ancestors(head)).take_while(|&at| at != verb as usize).all(|at| {
                matches!(sentence.tokens[at].relation(), "obj" | "iobj" | "nmod" | "amod" | "conj")
            }) && sentence.ancestors(head).any(|at| at == verb as usize)
        };
        self.states_ahead.iter().filter(|&&(at, _)| argues(at)).map(|&(_, state)| state).collect()
    }

    pub(crate) fn resolve_nominal(
        &mut self,
        sentence: &Sentence,
        chunk: &Chunk,
        nominal: &Nominal,
        own: Option<u16>,
        mention: &mut Mention,
    ) {
        let rules = self.rules;
        let single = nominal.kind == NominalKind::Person && !chunk.plural;
        let bare = sentence
            .children(head_of(sentence, chunk.first, chunk.last))
            .all(|child| sentence.tokens[child].relation() != "det");
        // "Pelaku ditangkap" where nouns have no article
        let culprit = nominal.is_culprit() && !rules.settings.modifiers_before && !chunk.indefinite;
        let refers = chunk.definite || chunk.demonstrative || bare && nominal.unique || culprit;
        let given = own.is_some();
        // "the council" after "the Security Council"
        if refers && !chunk.plural && own.is_none() && nominal.kind == NominalKind::Organization {
            let body = self.latest(|actor, known, _| {
                actor.kind == ActorKind::Organization && known.nouns.contains(&nominal.word) && known.named
            });
            if let Some(body) = body {
                mention.actor = Some(body);
                return;
            }
        }
        // "the president", "Pemimpin Korea Utara itu": somebody named before
        if refers && !chunk.plural {
            let fits = |role: &CompactString| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted));
            let person = nominal.kind == NominalKind::Person;
            // nobody knows the country of one who is not known yet
            let country =
                own.or(if chunk.demonstrative || culprit { None } else { self.default_country(Some(nominal)) });
            // "the bloc" is the one the article is about, not the last
            let of_states = matches!(nominal.role.as_str(), "igo" | "alliance");
            let named = |country: Option<u16>| {
                let fits = |actor: &Actor, known: &Known, _: &ActorFacts| {
                    let body = matches!(actor.kind, ActorKind::Organization | ActorKind::Group);
                    // "the winner" is not "a patriot"
                    let same = nominal.role != "civilian" || known.nouns.contains(&nominal.word) || nominal.refers.len() > 1;
                    (if person { actor.kind == ActorKind::Person } else { body })
                        && same
                        && known.roles.iter().any(fits)
                        && (country.is_none() || known.country == country)
                };
                if of_states { self.main(fits) } else { self.latest(fits) }
            };
            let of_state = matches!(nominal.sector.as_deref(), Some("GOV" | "MIL" | "COP" | "LEG" | "JUD"));
            // of several who hold the office the one of the country at hand, else the last
            let settled = of_state && !person && (self.filed.is_some() || self.home.is_some());
            let found = named(country)
                .or_else(|| if own.is_none() && chunk.definite && !settled { named(None) } else { None });
            let found = found.or_else(|| self.anybody(chunk, nominal, own));
            if let Some(found) = found {
                mention.actor = Some(found);
                return;
            }
        }
        // "Fighters of M23", "whose fighters": the armed group itself
        let many = chunk.plural || nominal.many;
        if nominal.armed && many {
            let group = chunk.modifiers.iter().find_map(|hit| self.armed_group(hit)).or(self.owner_group);
            if let Some(group) = group {
                mention.actor = Some(group);
                return;
            }
        }
        // "the rebels": the armed group named before
        let rebels = matches!(nominal.sector.as_deref(), Some("REB" | "UAF"));
        let only = rebels
            && chunk.first == chunk.last
            && sentence.tokens[mention.head as usize].relation() == "nsubj"
            && self.main_group().is_some();
        // "the gunmen" after "gunmen attacked …" are these
        let before = self.latest(|actor, known, _| {
            actor.kind == ActorKind::Group && chunk.plural && known.nouns.contains(&nominal.word)
        });
        if let Some(before) =
            before.filter(|_| chunk.definite && nominal.armed && nominal.role == "gunman" && own.is_none())
        {
            mention.actor = Some(before);
            return;
        }
        if (chunk.definite || only) && nominal.armed && own.is_none() && (chunk.plural || nominal.many) {
            let main = if rebels { self.main_group() } else { None };
            let found = main.or_else(|| {
                self.latest(|actor, _, facts| {
                    // "the soldiers" are no police
                    let forces = |sector: Option<&str>| matches!(sector, Some("MIL" | "COP"));
                    let (theirs, own) = (actor.sector.as_deref(), nominal.sector.as_deref());
                    let other = forces(theirs) && forces(own) && theirs != own;
                    facts.armed
                        && !other
                        && actor.kind == ActorKind::Organization
                        && (actor.sector.as_deref() == Some("REB")) == rebels
                })
            });
            if let Some(found) = found {
                mention.actor = Some(found);
                return;
            }
        }
        if chunk.two && chunk.plural && own.is_none() && self.two(sentence, chunk, nominal, mention) {
            return;
        }
        // "the soldiers", "para pemimpin": the group of that noun, or of that role whose country was said before
        if refers && chunk.plural && own.is_none() && !nominal.crowd {
            let group = |actor: &Actor, facts: &ActorFacts| actor.kind == ActorKind::Group && facts.plural;
            let found = self
                .latest(|actor, known, facts| {
                    group(actor, facts) && known.nouns.contains(&nominal.word) && !nominal.unique
                })
                .or_else(|| {
                    self.latest(|actor, known, facts| {
                        let role = |role: &CompactString| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted));
                        group(actor, facts) && !known.assumed && known.roles.iter().any(role)
                    })
                });
            if let Some(found) = found {
                mention.actor = Some(found);
                return;
            }
        }
        // "nurses and midwives" are one group
        if let Some(first) = self.listed_with(sentence, chunk, nominal, mention) {
            mention.actor = Some(first);
            return;
        }
        // "the mediators": whoever was said to mediate
        if refers && own.is_none() {
            let doers: Vec<u32> = (0..self.known.len())
                .filter(|&at| self.known[at].deeds.contains(&nominal.role))
                .map(|at| at as u32)
                .collect();
            if let [first, rest @ ..] = &doers[..]
                && (rest.is_empty() || many)
            {
                mention.actor = Some(*first);
                mention.also = rest.to_vec();
                return;
            }
        }
        // "the ministers": those of that office, if just two or three have been named
        if chunk.definite && chunk.plural && own.is_none() && nominal.is_office() {
            let holders = self.holders(nominal);
            if let [first, rest @ ..] = &holders[..] {
                mention.actor = Some(*first);
                mention.also = rest.to_vec();
                return;
            }
        }
        let owner = chunk.modifiers.iter().find_map(|hit| match hit.what {
            What::Known(Entry::Organization(index)) => Some(u32::from(index) + 1),
            _ => None,
        });
        // "Department of Foreign Affairs": what a state's body is for says nothing against its state
        let body = nominal.kind == NominalKind::Organization;
        let region = chunk.modifiers.iter().any(|hit| match hit.what {
            What::Known(Entry::Region(..) | Entry::Organization(_)) => true,
            What::Name(NameKind::Organization) => !body,
            _ => false,
        });
        // "juru bicara badan dunia itu": whoever belongs to a body of no state
        let of_body = chunk.bodies.iter().any(|&index| rules.nominals[index as usize].sector.as_deref() == Some("IGO"));
        let stranger = chunk.foreign
            || nominal.kind == NominalKind::Country || region || of_body || chunk.possessed || nominal.role == "refugee";
        let country =
            own.or(if stranger || nominal.medium && single { None } else { self.default_country(Some(nominal)) });
        // "the foreign ministers" are of several states
        let several = chunk.plural && nominal.unique && nominal.kind == NominalKind::Person;
        let country = own.or(country.filter(|_| !several));
        // "Prosecutors indicted 64 people on Beijing's behalf": of the next state that the article is about
        let beside = if own.is_none() && !nominal.plain { self.states_beside(sentence, mention) } else { Vec::new() };
        let country = if country.is_some_and(|state| beside.contains(&state)) {
            self.ranked.iter().copied().find(|state| !beside.contains(state))
        } else {
            country
        };
        let key = Key::Role {
            // "the regulator" is not "an inquiry", though both are bodies of the state
            word: if owner.is_some() || nominal.other || nominal.crowd || body && !nominal.unique && !nominal.armed {
                nominal.word.clone()
            } else {
                nominal.role.clone()
            },
            country,
            plural: chunk.plural,
            owner,
        };
        // "a dealer" is not the trader named before
        let another = chunk.indefinite
            && self.keys.get(&key).is_some_and(|&known| {
                let nouns = &self.known[known as usize].nouns;
                !nouns.is_empty() && !nouns.contains(&nominal.word)
            });
        if another {
            self.keys.remove(&key);
        }
        let name = self.text.slice(mention.span).to_owned();
        let code = country.map(|state| rules.states[state as usize].iso3.to_string());
        let actor = self.actor(key, || Actor {
            kind: match nominal.kind {
                NominalKind::Organization => ActorKind::Organization,
                NominalKind::Person if single => ActorKind::Person,
                _ => ActorKind::Group,
            },
            name,
            sector: nominal.sector.as_ref().map(ToString::to_string),
            ..blank(code)
        });
        let known = &mut self.known[actor as usize];
        known.country = country;
        known.assumed = !given && !region;
        if !known.nouns.contains(&nominal.word) {
            known.nouns.push(nominal.word.clone());
        }
        // "Pengunjuk rasa": one or many, where nouns have no number
        known.either |= single
            && !rules.settings.modifiers_before
            && !chunk.indefinite
            && !chunk.demonstrative
            && (nominal.citizen || nominal.plain || nominal.armed)
            && !nominal.is_office();
        known.nameless |= single && (nominal.is_office() || nominal.is_culprit());
        if !known.roles.contains(&nominal.role) {
            known.roles.push(nominal.role.clone());
        }
        let facts = &mut self.entities.facts[actor as usize];
        facts.plural |= chunk.plural || nominal.many;
        facts.human |= single;
        facts.crowd |= nominal.crowd && !given;
        let owned =
            self.owner_country.is_some() || chunk.modifiers.iter().any(|hit| self.country_of_hit(hit).is_some());
        let facts = &mut self.entities.facts[actor as usize];
        facts.site |= nominal.site && !owned && !region;
        facts.armed |= nominal.armed;
        facts.medium |= nominal.medium && nominal.kind == NominalKind::Organization;
        if facts.source_kind.is_none() {
            // officials without a name
            let anonymous = nominal.kind == NominalKind::Person
                && !nominal.unique
                && matches!(nominal.source, Some(SourceKind::Official | SourceKind::Government | SourceKind::Military));
            facts.source_kind = if anonymous { Some(SourceKind::Anonymous) } else { nominal.source };
        }
        mention.actor = Some(actor);
    }

    /// The persons of the article known to hold an office of this kind, if they are two or three.
    fn holders(&self, nominal: &Nominal) -> Vec<u32> {
        let fits = |at: &usize| {
            let known = &self.known[*at];
            self.entities.actors[*at].kind == ActorKind::Person
                && !self.entities.facts[*at].plural
                && known.last > 0
                && known.roles.iter().any(|role| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted)))
        };
        let found: Vec<u32> = (0..self.known.len()).filter(fits).map(|at| at as u32).collect();
        if (2..=3).contains(&found.len()) { found } else { Vec::new() }
    }

    /// The armed group that the article is about, if it names one at least twice as often as any other.
    fn main_group(&self) -> Option<u32> {
        let mut groups: Vec<u32> = (0..self.known.len() as u32)
            .filter(|&at| self.is_armed_group(at) && self.entities.actors[at as usize].sector.as_deref() == Some("REB"))
            .collect();
        let count = |at: u32| self.known[at as usize].count;
        groups.sort_by_key(|&at| std::cmp::Reverse(count(at)));
        match groups[..] {
            [only] => Some(only),
            [first, second, ..] if count(first) >= 2 * count(second) => Some(first),
            _ => None,
        }
    }

    /// The armed group that a hit names.
    pub(crate) fn armed_group(&self, hit: &Hit) -> Option<u32> {
        let actor = match hit.what {
            What::Known(Entry::Organization(index)) => *self.keys.get(&Key::Organization(index))?,
            What::Name(_) => *self.keys.get(&Key::Name(hit.words.clone()))?,
            What::Known(_) => return None,
        };
        self.is_armed_group(actor).then_some(actor)
    }

    pub(crate) fn is_armed_group(&self, actor: u32) -> bool {
        let (found, facts) = (&self.entities.actors[actor as usize], &self.entities.facts[actor as usize]);
        found.kind == ActorKind::Organization
            && facts.armed
            && !matches!(found.sector.as_deref(), Some("MIL" | "COP" | "GOV" | "SPY"))
    }

    /// The actor last named of those that fit; a subject counts as if it stood a few mentions later.
    pub(crate) fn latest(&self, fits: impl Fn(&Actor, &Known, &ActorFacts) -> bool) -> Option<u32> {
        (0..self.known.len())
            .filter(|&at| fits(&self.entities.actors[at], &self.known[at], &self.entities.facts[at]))
            .max_by_key(|&at| self.known[at].prominence())
            .map(|at| at as u32)
    }

    /// The actor most named of those that fit, of several the last.
    fn main(&self, fits: impl Fn(&Actor, &Known, &ActorFacts) -> bool) -> Option<u32> {
        (0..self.known.len())
            .filter(|&at| fits(&self.entities.actors[at], &self.known[at], &self.entities.facts[at]))
            .max_by_key(|&at| (self.known[at].count, self.known[at].prominence()))
            .map(|at| at as u32)
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
        let subject = self.subject_above(mention.sentence as usize, sentence, mention.head as usize);
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
                let just = kind == ActorKind::State && !lately && self.pair_before.is_some_and(|pair| known.country.is_some_and(|state| pair.contains(&state)));
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
            Some(Pair::States) => some(ActorKind::State, false),
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
        if let Some((&first, rest)) = found.as_deref().and_then(<[u32]>::split_first) {
            mention.actor = Some(first);
            mention.also = rest.to_vec();
        }
    }

    /// The state named in the article whose name of several words begins with `word`.
    pub(crate) fn short_state(&self, word: &str) -> Option<u32> {
        self.latest(|actor, _, _| {
            actor.kind == ActorKind::State
                && actor.name.split_once(' ').is_some_and(|(first, rest)| fold(first) == word && !rest.is_empty())
        })
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

    /// The state of a role noun that names none: the nearest in the text, if the article is about few.
    pub(crate) fn default_country(&self, nominal: Option<&Nominal>) -> Option<u16> {
        let nominal = nominal?;
        let outlet = nominal.sector.as_deref() == Some("MED") && nominal.kind != NominalKind::Person;
        if nominal.unbound || nominal.sector.as_deref() == Some("IGO") || outlet || nominal.counterpart || nominal.other {
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
            return self.strong;
        }
        // "In Italy, the dockers": the sentence says where it is
        let somebody = nominal.kind != NominalKind::Person || nominal.plain || nominal.citizen;
        if somebody && let Some(state) = self.opens_in {
            return Some(state);
        }
        // "Minsk freed 14 political prisoners"
        if nominal.citizen && let [state] = self.here[..] {
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
            return self.dominant.or(self.sentence_place);
        }
        // "the KNU accused the military": of the state of whoever else the sentence names
        if let [state] = self.here[..]
            && Some(state) != self.home
            && nominal.kind == NominalKind::Organization
            && (nominal.unique || OF_STATES.contains(&nominal.sector.as_deref().unwrap_or_default()))
        {
            return Some(state);
        }
        // at home a body needs no country: "pemerintah", "polisi"
        self.filed.or(self.home).or(self.dominant).or(self.nearest_state)
    }

    pub(crate) fn add_title(&mut self, actor: u32, chunk: &Chunk, nominal: Option<&Nominal>, country: Option<u16>) {
        let Some(nominal) = nominal else { return };
        let known = &mut self.known[actor as usize];
        if !known.roles.contains(&nominal.role) {
            known.roles.push(nominal.role.clone());
        }
        if (known.country.is_none() || known.assumed) && country.is_some() {
            known.assumed = false;
            known.country = country;
            let code = country.map(|state| self.rules.states[state as usize].iso3.to_string());
            self.entities.actors[actor as usize].country = code;
        }
        if let Some((first, last)) = chunk.title
            && self.entities.actors[actor as usize].title.is_none()
            && first <= last
        {
            let words =
                self.text.slice(self.spans[first].cover(self.spans[last])).trim_end_matches([',', ' ']).to_owned();
            self.entities.actors[actor as usize].title = Some(words);
        }
        let facts = &mut self.entities.facts[actor as usize];
        if nominal.source.is_some()
            && !matches!(facts.source_kind, Some(SourceKind::StateMedia | SourceKind::NewsAgency | SourceKind::Outlet))
        {
            facts.source_kind = nominal.source;
        }
        facts.armed |= nominal.armed;
    }
}
