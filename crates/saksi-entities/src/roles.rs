//! Role nouns: whom "the president", "the rebels", "kedua negara" stand for.

use crate::chunk::{Chunk, Hit, What};
use crate::cluster::{Document, Key, Known, blank, is_kind_of};
use crate::find::head_of;
use crate::gazetteer::{Entry, Nominal, NominalKind};
use crate::types::{ActorFacts, Mention};
use compact_str::CompactString;
use saksi_record::{Actor, ActorKind, MentionForm, SourceKind};
use saksi_tree::{NameKind, Sentence, Upos};

impl Document<'_> {
    /// The actor that a role noun without a name stands for.
    pub(crate) fn resolve_role(&mut self, sentence: &Sentence, chunk: &Chunk, index: u16, mention: &mut Mention) {
        let rules = self.rules;
        let nominal = &rules.nominals[index as usize];
        mention.form = MentionForm::Nominal;
        // "its Israeli partner" is of the state that the phrase names beside its owner
        let described = chunk.modifiers.iter().find_map(|hit| match hit.what {
            What::Known(Entry::Demonym(state, _)) if chunk.owner.is_some() => Some(state),
            _ => None,
        });
        let own = if nominal.other && described.is_some() {
            described
        } else if nominal.other {
            // "his rivals" are of the country of the one they rival
            self.stands_in.or(self.owner_country.filter(|_| self.owned_by_state.is_none()))
        } else {
            // a court of several states sits somewhere
            let sits = nominal.sector.as_deref() == Some("IGO") && chunk.modifiers.is_empty();
            // "his counterparts" are of other states
            let peers = nominal.counterpart && chunk.plural && chunk.modifiers.is_empty();
            self.country_of(chunk).filter(|_| (!sits || self.owner_country.is_some()) && !peers)
        };
        if chunk.generic && nominal.kind == NominalKind::Country {
            return; // "no country has recognised …" names none
        }
        let head = &sentence.tokens[mention.head as usize];
        if nominal.proper && head.form.starts_with(char::is_lowercase) {
            return; // "attacked a house" is no parliament
        }
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
        let limb = rules.settings.body_parts.iter().any(|part| *part == nominal.word.as_str())
            && chunk.first == chunk.last
            && matches!(head.relation(), "obj" | "obl" | "nmod" | "compound");
        if limb {
            return; // "menundukkan kepala" is a bow
        }
        match nominal.kind {
            // "a wedding party", "a brigade headquarters": no party
            _ if self.only_describes(sentence, chunk, nominal, mention) => {}
            _ if nominal.pair.is_some() => self.pair(sentence, chunk, nominal, mention),
            // "Chinese fighter jets": the state acts
            _ if nominal.thing => mention.actor = self.owner_of_thing(chunk, nominal, own),
            _ if nominal.other && described.is_some() && !chunk.plural => {
                mention.actor = described.map(|state| self.state(state));
            }
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
                // "Jakarta called on the junta": a state acts on no government of its own
                let own_act = self.states_above(sentence, mention);
                let fits = |state: &u16| {
                    (!nominal.abroad || Some(*state) != home) && !beside.contains(state) && !own_act.contains(state)
                };
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
            // "the union's leader" leads no state
            let of_union = nominal.is_office()
                && chunk.bodies.iter().any(|&body| {
                    let body = &rules.nominals[body as usize];
                    matches!(body.kind, NominalKind::Organization | NominalKind::Group)
                        && !matches!(
                            body.sector.as_deref(),
                            Some("GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY" | "IGO")
                        )
                });
            let leads = |role: &CompactString| {
                *role != nominal.role && (is_kind_of(role, "head") || is_kind_of(role, "minister"))
            };
            // nobody knows the country of one who is not known yet
            let country =
                own.or(if chunk.demonstrative || culprit { None } else { self.default_country(Some(nominal)) });
            // "the bloc" is the one the article is about, not the last
            let of_states = matches!(nominal.role.as_str(), "igo" | "alliance");
            let named = |country: Option<u16>| {
                let fits = |actor: &Actor, known: &Known, _: &ActorFacts| {
                    // "the police" are not the guards named before
                    let group = actor.kind == ActorKind::Group && known.roles.contains(&nominal.role);
                    let body = actor.kind == ActorKind::Organization || group;
                    // "the winner" is not "a patriot"
                    let same =
                        nominal.role != "civilian" || known.nouns.contains(&nominal.word) || nominal.refers.len() > 1;
                    (if person { actor.kind == ActorKind::Person } else { body })
                        && same
                        && !(of_union && known.roles.iter().any(leads))
                        && known.roles.iter().any(fits)
                        && (country.is_none() || known.country == country)
                };
                if of_states { self.main(fits) } else { self.latest(fits) }
            };
            let of_state = matches!(nominal.sector.as_deref(), Some("GOV" | "MIL" | "COP" | "LEG" | "JUD"));
            // of several who hold the office the one of the country at hand, else the last
            let settled = of_state && !person && (self.filed.is_some() || self.home.is_some());
            let found =
                named(country).or_else(|| if own.is_none() && chunk.definite && !settled { named(None) } else { None });
            let found = found.or_else(|| self.anybody(chunk, nominal, own));
            if let Some(found) = found {
                mention.actor = Some(found);
                return;
            }
        }
        // "Fighters of M23", "whose fighters": the armed group itself
        let many = chunk.plural || nominal.many;
        if (nominal.armed || nominal.member) && many {
            // whom the phrase is the first to name
            let first = chunk.modifiers.iter().find_map(|hit| match hit.what {
                What::Known(Entry::Organization(index)) if rules.organizations[index as usize].armed => Some(index),
                _ => None,
            });
            if let Some(first) = first {
                self.organization(first);
            }
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
                    // "the soldiers" are no police, nor "the police" a gang
                    let forces = |sector: Option<&str>| matches!(sector, Some("MIL" | "COP"));
                    let (theirs, own) = (actor.sector.as_deref(), nominal.sector.as_deref());
                    // and peacekeepers are nobody's army
                    let other = (forces(own) || own == Some("IGO")) && theirs != own && nominal.role != "general";
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
        // "11 drivers" of the headline are "11 drivers from Morocco" of the text
        let number = (chunk.first..=mention.head as usize)
            .find(|&at| sentence.tokens[at].upos == Upos::Num)
            .map(|at| sentence.tokens[at].lower());
        if number.is_some() && chunk.plural && !nominal.crowd {
            let found = self.latest(|actor, known, _| {
                let open = own.is_none() || known.assumed || known.country == own;
                actor.kind == ActorKind::Group && known.nouns.contains(&nominal.word) && known.number == number && open
            });
            if let Some(found) = found {
                if own.is_some() && self.known[found as usize].assumed {
                    self.known[found as usize].assumed = false;
                    self.known[found as usize].country = own;
                    let code = own.map(|state| rules.states[state as usize].iso3.to_string());
                    self.entities.actors[found as usize].country = code;
                }
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
                        let role = |role: &CompactString| {
                            nominal.refers.iter().any(|wanted| is_kind_of(role, wanted))
                                && (!nominal.unique || *role == nominal.role)
                        };
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
            || nominal.kind == NominalKind::Country
            || region
            || of_body
            || chunk.possessed
            || nominal.role == "refugee";
        let own = own.or_else(|| if nominal.aboard { self.aboard(mention.sentence) } else { None });
        // "Ecuador … expels diplomats": a state acts on those of another
        let sent = matches!(nominal.role.as_str(), "diplomat" | "ambassador");
        let acting = if sent && own.is_none() { self.states_above(sentence, mention) } else { Vec::new() };
        let country = own.or(if stranger || nominal.medium && single {
            None
        } else {
            self.default_country(Some(nominal)).filter(|state| !acting.contains(state))
        });
        // "Kurdish officials", "milisi Druze": of a people of several states, in the one that the article is about
        let people = chunk.modifiers.iter().any(|hit| match hit.what {
            What::Known(Entry::Region(index, _)) => rules.regions[index as usize].people,
            _ => false,
        });
        let country = country.or_else(|| self.dominant.filter(|_| people));
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
            // and "his wife" not "his brother"
            word: if owner.is_some()
                || single && chunk.possessed && nominal.plain
                || nominal.other
                || nominal.crowd
                || body && !nominal.unique && !nominal.armed
            {
                nominal.word.clone()
            } else {
                nominal.role.clone()
            },
            country,
            plural: chunk.plural,
            owner,
        };
        // "a dealer" is not the trader named before
        // of people at large each noun names others, and so does each number
        let people = nominal.role == "civilian";
        let loose = people && chunk.plural && rules.settings.modifiers_before && !refers && !chunk.possessed;
        let another = self.keys.get(&key).is_some_and(|&known| {
            let known = &self.known[known as usize];
            let other_noun = !known.nouns.contains(&nominal.word) && (people || !known.nouns.is_empty());
            let other_number = number.is_some() && known.number.is_some() && known.number != number;
            (chunk.indefinite || loose) && other_noun || other_number
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
        known.number = known.number.take().or(number);
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
    pub(crate) fn main_group(&self) -> Option<u32> {
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
    pub(crate) fn main(&self, fits: impl Fn(&Actor, &Known, &ActorFacts) -> bool) -> Option<u32> {
        (0..self.known.len())
            .filter(|&at| fits(&self.entities.actors[at], &self.known[at], &self.entities.facts[at]))
            .max_by_key(|&at| (self.known[at].count, self.known[at].prominence()))
            .map(|at| at as u32)
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
