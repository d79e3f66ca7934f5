//! Names: gazetteer entries, unknown names, and the persons and bodies they make.

use crate::chunk::{Chunk, Hit, What};
use crate::cluster::{Document, Key, blank, modifies};
use crate::find::{head_of, is_place, is_where};
use crate::gazetteer::{Entry, Nominal, NominalKind};
use crate::types::Mention;
use compact_str::CompactString;
use saksi_record::{Actor, ActorKind, MentionForm, SourceKind};
use saksi_tree::{NameKind, Sentence, Upos};

impl Document<'_> {
    pub(crate) fn resolve_name(&mut self, sentence: &Sentence, chunk: &Chunk, name: &Hit, mention: &mut Mention) {
        let rules = self.rules;
        let nominal = self.nominal(chunk);
        let country = self.country_of(chunk).or(name.state);
        match name.what {
            What::Known(Entry::State(state)) => {
                mention.actor = Some(self.state(state));
                mention.place = Some(self.state_place(state));
            }
            What::Known(Entry::Demonym(state, people)) => {
                let noun = people && sentence.tokens[name.last].upos.is_nominal() && !modifies(sentence, name);
                // "Ersin Tatar agreed … Tatar threatened"
                let person = self.person_called(&name.words).filter(|_| !modifies(sentence, name) && !chunk.plural);
                if let Some(person) = person.filter(|_| chunk.first == chunk.last) {
                    mention.actor = Some(person);
                } else if noun {
                    mention.form = MentionForm::Nominal;
                    let words = name.words.join(" ");
                    mention.actor = Some(self.group(&words, Some(state)));
                } else if chunk.indefinite
                    && !people
                    && rules.settings.modifiers_before
                    && sentence.tokens.get(name.last + 1).is_none_or(|next| {
                        matches!(next.upos, Upos::Punct | Upos::Cconj | Upos::Aux | Upos::Adp | Upos::Verb)
                            && next.form != "-"
                    })
                {
                    // "a German"
                    mention.form = MentionForm::Nominal;
                    let key = Key::Role {
                        word: name.words.join(" ").into(),
                        country: Some(state),
                        plural: false,
                        owner: None,
                    };
                    let code = Some(rules.states[state as usize].iso3.to_string());
                    let called = self.text.slice(mention.span).to_owned();
                    let actor = self.actor(key, || Actor { kind: ActorKind::Person, name: called, ..blank(code) });
                    self.known[actor as usize].country = Some(state);
                    self.entities.facts[actor as usize].human = true;
                    mention.actor = Some(actor);
                } else {
                    mention.actor = Some(self.state(state));
                }
            }
            What::Known(Entry::Capital(state)) => {
                mention.form = MentionForm::Metonym;
                mention.actor = Some(self.state(state));
                mention.place = Some(self.capital_place(state));
            }
            What::Known(Entry::Metonym(state)) => {
                // "Istana" is the palace of the state that the story is about
                let at_home = rules.settings.home.as_deref() == Some(rules.states[state as usize].iso3.as_str());
                let common = rules.nominals.iter().any(|nominal| [nominal.word.as_str()] == name.words[..]);
                let state = self.dominant.filter(|_| at_home && common && self.home.is_none()).unwrap_or(state);
                mention.form = MentionForm::Metonym;
                mention.actor = Some(self.state(state));
            }
            What::Known(Entry::Region(index, _)) => {
                let region = &rules.regions[index as usize];
                // "Iraqi Kurds": a people of several states, in one of them
                let here = country.filter(|_| region.country.is_none() && !region.place);
                let key = match here {
                    Some(_) => {
                        Key::Role { word: region.name.as_str().into(), country: here, plural: true, owner: None }
                    }
                    None => Key::Region(index),
                };
                let state = region.country.or(here);
                let actor = self.actor(key, || Actor {
                    kind: ActorKind::Group,
                    name: region.name.clone(),
                    ..blank(state.map(|state| rules.states[state as usize].iso3.to_string()))
                });
                self.entities.facts[actor as usize].plural = true;
                self.known[actor as usize].country = state;
                mention.actor = Some(actor);
                if region.place {
                    mention.place = Some(self.place(Key::Region(index), &region.name, region.country, None, None));
                }
            }
            What::Known(Entry::Place(index)) => {
                let place = &rules.places[index as usize];
                mention.place = Some(self.place(Key::Place(index), &place.name, place.country, place.lat, place.lon));
                if place.held {
                    let actor = self.actor(Key::Place(index), || Actor {
                        kind: ActorKind::State,
                        name: place.name.clone(),
                        ..blank(place.country.map(|state| rules.states[state as usize].iso3.to_string()))
                    });
                    self.known[actor as usize].country = place.country;
                    mention.actor = Some(actor);
                }
            }
            What::Known(Entry::Organization(index)) => mention.actor = Some(self.organization(index)),
            // "Noriega" of an article that names Camila Noriega is she
            What::Known(Entry::Person(index))
                if name.words.len() == 1
                    && nominal.is_none()
                    && !self.keys.contains_key(&Key::Person(index))
                    && self.person_called(&name.words).is_some() =>
            {
                mention.actor = self.person_called(&name.words);
            }
            What::Known(Entry::Person(index)) => {
                mention.actor = Some(self.person(index, name, nominal, country, chunk));
            }
            What::Known(Entry::Nominal(..)) => {}
            What::Name(kind) => {
                // a capital without a tag is a name where it is an argument of a verb
                let head = head_of(sentence, chunk.first, chunk.last);
                let argues = matches!(sentence.tokens[head].relation(), "nsubj" | "obj" | "iobj")
                    && sentence.kind == saksi_tree::RegionKind::Body;
                // a name of several words that acts is no place, whatever its tag
                let acts = argues && name.words.len() > 1 && sentence.tokens[head].deprel == "nsubj";
                let kind = if acts && is_place(kind) { NameKind::Person } else { kind };
                self.resolve_unknown(sentence, chunk, name, (kind, argues), country, mention);
            }
        }
        if let Some(actor) = mention.actor
            && self.entities.actors[actor as usize].kind == ActorKind::Organization
            && name.words.len() > 1
        {
            if !self.known[actor as usize].named {
                let nouns = rules.nouns_of(&name.words);
                self.known[actor as usize].nouns.extend(nouns);
            }
            let known = &mut self.known[actor as usize];
            known.named = true;
            let words = name.words.iter().filter(|word| rules.small.organization_words.contains(*word));
            let new: Vec<CompactString> = words.filter(|word| !known.nouns.contains(*word)).cloned().collect();
            known.nouns.extend(new);
        }
        // "the UGTT union": "the union" will be this one
        if let (Some(nominal), Some(actor)) = (nominal, mention.actor)
            && matches!(nominal.kind, NominalKind::Organization | NominalKind::Group)
            && self.entities.actors[actor as usize].kind == ActorKind::Organization
        {
            let known = &mut self.known[actor as usize];
            known.named = true;
            if !known.nouns.contains(&nominal.word) {
                known.nouns.push(nominal.word.clone());
            }
            if !known.roles.contains(&nominal.role) {
                known.roles.push(nominal.role.clone());
            }
        }
        if let (Some(index), Some(actor)) = (chunk.apposed, mention.actor) {
            let role = &rules.nominals[index as usize];
            self.entities.facts[actor as usize].armed |= role.armed;
            let found = &mut self.entities.actors[actor as usize];
            if found.kind == ActorKind::Person && matches!(name.what, What::Name(_)) {
                found.kind = ActorKind::Organization;
                self.entities.facts[actor as usize].human = false;
            }
            if found.sector.is_none() && matches!(name.what, What::Name(_)) {
                let sector =
                    if role.armed { Some("REB".into()) } else { role.sector.as_ref().map(ToString::to_string) };
                found.sector = sector;
            }
            if !self.known[actor as usize].roles.contains(&role.role) {
                self.known[actor as usize].roles.push(role.role.clone());
            }
        }
        if let (Some(alias), Some(actor)) = (&chunk.alias, mention.actor) {
            self.keys.insert(Key::Name(alias.words.clone()), actor);
        }
    }

    pub(crate) fn resolve_unknown(
        &mut self,
        sentence: &Sentence,
        chunk: &Chunk,
        name: &Hit,
        (kind, argues): (NameKind, bool),
        country: Option<u16>,
        mention: &mut Mention,
    ) {
        let nominal = self.nominal(chunk);
        let titled = nominal.is_some_and(|nominal| nominal.kind == NominalKind::Person);
        // "the garrison in Tanaré": where nobody known is named
        let lone = name.words.len() == 1 && !titled && matches!(kind, NameKind::Person | NameKind::Other);
        let kind = if lone && self.person_called(&name.words).is_none() && is_where(self.rules, sentence, name.first) {
            NameKind::Location
        } else {
            kind
        };
        let short = is_place(kind).then(|| self.person_called(&name.words)).flatten();
        if let Some(actor) = short {
            mention.actor = Some(actor);
            return;
        }
        if is_place(kind) && !titled {
            let words = name.words.clone();
            let title = self.words_of(name);
            mention.place = Some(self.place(Key::Name(words), &title, country, None, None));
            return;
        }
        // a shorter form of a name of the article
        let full = self
            .full
            .iter()
            .find(|full| full.len() > name.words.len() && name.words.iter().all(|word| full.contains(word)))
            .cloned()
            .unwrap_or_else(|| name.words.clone());
        let by_known = self.known.iter().position(|known| {
            known.words.len() > name.words.len()
                && !name.words.is_empty()
                && name.words.iter().all(|word| known.words.contains(word))
        });
        // "the North" where North Korea was named
        if let [word] = &name.words[..]
            && chunk.definite
            && let Some(state) = self.short_state(word)
        {
            mention.actor = Some(state);
            return;
        }
        // "the Macina Vanguard": nobody's name has an article
        let kind = if chunk.definite
            && !titled
            && self.rules.settings.modifiers_before
            && name.words.len() > 1
            && chunk.first < name.first
            && matches!(kind, NameKind::Person | NameKind::Other)
        {
            NameKind::Organization
        } else {
            kind
        };
        let key = Key::Name(full);
        let existing = self
            .keys
            .get(&Key::Name(name.words.clone()))
            .or_else(|| self.keys.get(&key))
            .copied()
            .or(by_known.map(|at| at as u32));
        let person = titled || matches!(kind, NameKind::Person) || kind == NameKind::Other && nominal.is_none();
        let holder =
            nominal.filter(|nominal| titled && existing.is_none() && (nominal.is_office() || nominal.is_culprit()));
        let holder = holder.and_then(|nominal| self.nameless(nominal, country));
        let actor = if let Some(actor) = existing {
            actor
        } else if let Some(actor) = holder {
            let name_text = self.words_of(name);
            self.keys.insert(key, actor);
            self.entities.actors[actor as usize].name = name_text;
            self.known[actor as usize].nameless = false;
            // the gunman, once he has a name, is from where such a person would be
            let state = country.or_else(|| self.default_country(nominal));
            if let Some(state) = state.filter(|_| self.known[actor as usize].country.is_none()) {
                self.known[actor as usize].country = Some(state);
                self.known[actor as usize].assumed = country.is_none();
                self.entities.actors[actor as usize].country = Some(self.rules.states[state as usize].iso3.to_string());
            }
            actor
        } else {
            if kind == NameKind::Other && nominal.is_none() && !argues {
                return; // a capital says too little
            }
            let of_body =
                chunk.bodies.iter().any(|&index| self.rules.nominals[index as usize].sector.as_deref() == Some("IGO"));
            let foreign = of_body || chunk.modifiers.iter().any(|hit| {
                matches!(hit.what, What::Known(Entry::Organization(index)) if self.rules.organizations[index as usize].country.is_none())
            });
            let fallback = match nominal {
                // "the ICRC's director", "its director"
                _ if foreign || self.of_stateless => None,
                // "Foreign ministers A and B" are of two states
                Some(nominal) if chunk.plural && nominal.unique => None,
                Some(nominal) if !nominal.plain => self.default_country(Some(nominal)),
                Some(_) => self.strong,
                None if kind == NameKind::Organization => self.dominant,
                None => self.strong.or(self.home.filter(|_| self.home == self.dominant)),
            };
            let assumed = country.is_none();
            // "Minister Gawlik accused Belarus" is of another state
            let serves = nominal.is_some_and(|nominal| {
                nominal.role.starts_with("minister")
                    || matches!(nominal.sector.as_deref(), Some("MIL" | "COP" | "SPY" | "JUD"))
            });
            let beside = if serves { self.states_beside(sentence, mention) } else { Vec::new() };
            let fallback = match fallback {
                Some(state) if beside.contains(&state) => {
                    self.ranked.iter().copied().find(|state| !beside.contains(state))
                }
                other => other,
            };
            let state = country.or(fallback);
            let code = state.map(|state| self.rules.states[state as usize].iso3.to_string());
            let sector = nominal.and_then(|nominal| nominal.sector.as_ref()).map(ToString::to_string);
            let name_text = self.words_of(name);
            let actor = self.actor(key, || Actor {
                kind: if person { ActorKind::Person } else { ActorKind::Organization },
                name: name_text,
                sector,
                ..blank(code)
            });
            self.known[actor as usize].country = state;
            self.known[actor as usize].assumed = assumed;
            actor
        };
        self.add_title(actor, chunk, nominal, country);
        let known = &mut self.known[actor as usize];
        if name.words.len() > known.words.len() {
            known.words.clone_from(&name.words);
        }
        let facts = &mut self.entities.facts[actor as usize];
        facts.human |= person;
        if facts.source_kind.is_none() {
            facts.source_kind = nominal.and_then(|nominal| nominal.source).or(Some(if person {
                SourceKind::Person
            } else {
                SourceKind::Organization
            }));
        }
        mention.actor = Some(actor);
    }

    /// The person of the article whose full name ends or begins with these words, whatever the tag says of them.
    fn person_called(&self, words: &[CompactString]) -> Option<u32> {
        self.latest(|actor, known, _| {
            actor.kind == ActorKind::Person
                && known.words.len() > words.len()
                && (known.words.starts_with(words) || known.words.ends_with(words))
        })
    }

    /// Who was named by office alone, before the name is given: "Iran's ambassador" … "Ambassador Ahmad Sadeghi".
    pub(crate) fn nameless(&self, nominal: &Nominal, country: Option<u16>) -> Option<u32> {
        let culprit = nominal.is_culprit();
        self.latest(|actor, known, _| {
            let same = known.roles.contains(&nominal.role)
                || culprit && known.roles.iter().any(|role| matches!(role.as_str(), "gunman" | "suspect"));
            actor.kind == ActorKind::Person
                && known.nameless
                && (!known.assumed || culprit)
                && same
                && (country.is_none() || known.country == country || culprit)
        })
    }

    /// The words of a name as the text writes them.
    pub(crate) fn words_of(&self, name: &Hit) -> String {
        self.text.slice(self.spans[name.first].cover(self.spans[name.last])).to_owned()
    }

    pub(crate) fn person(
        &mut self,
        index: u16,
        name: &Hit,
        nominal: Option<&Nominal>,
        country: Option<u16>,
        chunk: &Chunk,
    ) -> u32 {
        let rules = self.rules;
        let person = &rules.people[index as usize];
        // the surname of somebody else whom the article names in full
        let other = self
            .full
            .iter()
            .find(|full| name.words.len() < full.len() && name.words.len() == 1 && full.contains(&name.words[0]))
            .cloned();
        if let Some(full) = other
            && !self.keys.contains_key(&Key::Person(index))
            && let Some(&actor) = self.keys.get(&Key::Name(full))
        {
            return actor;
        }
        let state = person.country.or(country);
        let code = state.map(|state| rules.states[state as usize].iso3.to_string());
        let actor = self.actor(Key::Person(index), || Actor {
            kind: ActorKind::Person,
            name: person.name.clone(),
            sector: person.sector.as_ref().map(ToString::to_string),
            ..blank(code)
        });
        let day = self.published.map(|day| day.to_string());
        let known = &mut self.known[actor as usize];
        known.country = state;
        if known.words.is_empty() {
            known.words.clone_from(&person.atoms);
            let holds = |from: &str, to: &str| {
                day.as_ref().is_none_or(|day| from <= day.as_str() && (to.is_empty() || to >= &day[..7]))
            };
            known
                .roles
                .extend(person.roles.iter().filter(|(_, from, to)| holds(from, to)).map(|(role, _, _)| role.clone()));
        }
        let facts = &mut self.entities.facts[actor as usize];
        facts.human = true;
        if facts.source_kind.is_none() {
            facts.source_kind = nominal.and_then(|nominal| nominal.source).or(match person.sector.as_deref() {
                Some("GOV" | "LEG") => Some(SourceKind::Government),
                Some("MIL") => Some(SourceKind::Military),
                Some("COP" | "JUD") => Some(SourceKind::Official),
                Some("IGO" | "NGO" | "REB" | "OPP") => Some(SourceKind::Organization),
                _ => Some(SourceKind::Person),
            });
        }
        self.add_title(actor, chunk, nominal, country);
        actor
    }

    pub(crate) fn organization(&mut self, index: u16) -> u32 {
        let rules = self.rules;
        let organization = &rules.organizations[index as usize];
        // "the Greens" are those of the story's state
        let party = organization.kind == "party" && organization.country.is_none();
        let country = organization.country.or(if party { self.dominant } else { None });
        let code = country.map(|state| rules.states[state as usize].iso3.to_string());
        let actor = self.actor(Key::Organization(index), || Actor {
            kind: ActorKind::Organization,
            name: organization.name.clone(),
            sector: organization.sector.as_ref().map(ToString::to_string),
            ..blank(code)
        });
        let known = &mut self.known[actor as usize];
        known.country = country;
        if known.roles.is_empty() {
            let role = match organization.kind.as_str() {
                "armed-group" => "group-armed",
                "military" => "army",
                "news-agency" | "outlet" => "media",
                "body" => "igo",
                other => other,
            };
            known.roles.push(role.into());
            known.roles.push("group".into());
        }
        let facts = &mut self.entities.facts[actor as usize];
        facts.medium = organization.medium;
        facts.armed = organization.armed;
        facts.source_kind = organization.source.or(Some(SourceKind::Organization));
        actor
    }
}
