//! One actor for one real-world entity: full name, surname, title, role noun, pronoun.

use crate::atoms::fold;
use crate::chunk::{Chunk, Hit, What};
use crate::find::{head_of, is_place, is_where};
use crate::lexicon::{Entry, Nominal, NominalKind, Pair, Rules};
use crate::types::{ActorFacts, Entities, Mention, Role};
use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use saksi_record::{Actor, ActorKind, MentionForm, Place, SourceKind};
use saksi_tree::{NameKind, Sentence, Text, Upos};

/// The share of all mentions of states that one state needs to stand in where a role noun has none.
const DOMINANT: f64 = 0.33;

/// The share from which the state of the dateline stands in.
const FILED: f64 = 0.15;

/// The share from which it also stands in for names without any title.
const STRONG: f64 = 0.6;

/// How many mentions back "the two" may reach for people.
const RECENT: u32 = 14;

/// How many mentions back "that man" may reach.
const NEAR: u32 = 8;

/// By how many mentions a subject outlasts what else is named.
const SUBJECT: u32 = 4;

/// What a phrase is known by; equal keys are one actor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    State(u16),
    Region(u16),
    Person(u16),
    Organization(u16),
    Name(Vec<CompactString>),
    Role { word: CompactString, country: Option<u16>, plural: bool, owner: Option<u32> },
    Place(u16),
}

/// What the document has said of an actor.
#[derive(Debug, Default)]
struct Known {
    words: Vec<CompactString>,
    roles: Vec<CompactString>,
    country: Option<u16>,
    /// Whether it is one person known by office alone.
    nameless: bool,
    /// Whether the country was only taken from the article at large.
    assumed: bool,
    /// Rank by which the last mention stands out: subjects before others, later before earlier.
    last: u32,
    subject: u32,
    /// How often it has been named.
    count: u32,
}

impl Known {
    fn prominence(&self) -> u32 {
        self.last.max(if self.subject > 0 { self.subject + SUBJECT } else { 0 })
    }
}

/// An article on its way through.
pub(crate) struct Document<'a> {
    pub(crate) entities: Entities,
    text: &'a Text,
    rules: &'a Rules,
    published: Option<Date>,
    keys: FxHashMap<Key, u32>,
    places: FxHashMap<Key, u32>,
    known: Vec<Known>,
    dominant: Option<u16>,
    /// The state that nearly all mentions of states name.
    strong: Option<u16>,
    /// Full names of persons and the roles beside them, before resolution.
    full: Vec<Vec<CompactString>>,
    clock: u32,
    /// The state in which the story was filed, if it is about it.
    filed: Option<u16>,
    /// The state at home in the language, if the article names it.
    home: Option<u16>,
    pronoun_at: usize,
    /// The possessive that has been linked ahead of its turn.
    pronoun_done: Option<usize>,
    /// The state of whoever owns the phrase at hand.
    owner_country: Option<u16>,
    /// The state in which the people of the phrase at hand are ("residents in Goma").
    stands_in: Option<u16>,
    /// The state that owns the phrase at hand.
    owned_by_state: Option<u16>,
    /// The armed group that owns the phrase at hand.
    owner_group: Option<u32>,
    /// The only state in which the sentence at hand places anything.
    sentence_place: Option<u16>,
    nearest_state: Option<u16>,
    /// The states of the actors named so far in the sentence at hand.
    here: Vec<u16>,
    /// The clock at which the sentence at hand began.
    began: u32,
    /// The spans of the tokens of the sentence at hand.
    spans: Vec<saksi_tree::Span>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(
        text: &'a Text,
        rules: &'a Rules,
        published: Option<Date>,
        filed: Option<u16>,
        chunks: &[Vec<Chunk>],
    ) -> Self {
        // the state in which the story was filed counts if the story is about it too
        let filed = filed.filter(|&state| share_of(rules, chunks, state) >= FILED);
        Self {
            entities: Entities::default(),
            text,
            rules,
            published,
            keys: FxHashMap::default(),
            places: FxHashMap::default(),
            known: Vec::new(),
            dominant: filed.or_else(|| dominant(rules, chunks, DOMINANT)),
            strong: filed.or_else(|| dominant(rules, chunks, STRONG)),
            filed,
            full: Vec::new(),
            clock: 0,
            home: home(rules, chunks),
            pronoun_at: 0,
            pronoun_done: None,
            owner_country: None,
            stands_in: None,
            owned_by_state: None,
            owner_group: None,
            sentence_place: None,
            nearest_state: None,
            here: Vec::new(),
            began: 0,
            spans: Vec::new(),
        }
    }

    /// Takes down the full names of a sentence.
    pub(crate) fn learn(&mut self, _sentence: &Sentence, chunks: &[Chunk]) {
        for chunk in chunks {
            if let Some(name) = &chunk.name
                && matches!(name.what, What::Name(_))
                && name.words.len() > 1
                && !self.full.contains(&name.words)
            {
                self.full.push(name.words.clone());
            }
        }
    }

    /// Links a phrase to its actor or place.
    pub(crate) fn resolve(&mut self, sentence: &Sentence, chunk: &Chunk, mention: &mut Mention) {
        self.clock += 1;
        match (&chunk.name, chunk.nominal) {
            (None, Some((nominal, _))) => {
                self.resolve_role(sentence, chunk, nominal, mention);
                for &state in &chunk.further {
                    if self.rules.nominals[nominal as usize].thing {
                        let other = self.state(state);
                        mention.also.push(other);
                        continue;
                    }
                    let other = self.same_role(&self.rules.nominals[nominal as usize], state, mention);
                    mention.also.push(other);
                }
            }
            (Some(name), _) => self.resolve_name(sentence, chunk, name, mention),
            (None, None) => {}
        }
    }

    fn nominal(&self, chunk: &Chunk) -> Option<&'a Nominal> {
        chunk.nominal.map(|(index, _)| &self.rules.nominals[index as usize])
    }

    /// The actor of the same role in another state.
    fn same_role(&mut self, nominal: &Nominal, state: u16, mention: &Mention) -> u32 {
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

    /// The state that the modifiers of a phrase name.
    fn country_of(&self, chunk: &Chunk) -> Option<u16> {
        chunk.modifiers.iter().find_map(|hit| self.country_of_hit(hit)).or(self.owner_country).or(self.stands_in)
    }

    fn country_of_hit(&self, hit: &Hit) -> Option<u16> {
        match hit.what {
            What::Known(
                Entry::State(state) | Entry::Demonym(state, _) | Entry::Capital(state) | Entry::Metonym(state),
            ) => Some(state),
            What::Known(Entry::Organization(index)) => self.rules.organizations[index as usize].country,
            What::Known(Entry::Person(index)) => self.rules.people[index as usize].country,
            What::Known(Entry::Place(index)) => self.rules.places[index as usize].country,
            What::Known(Entry::Region(index, _)) => self.rules.regions[index as usize].country,
            What::Known(Entry::Nominal(..)) => None,
            What::Name(_) => {
                self.keys.get(&Key::Name(hit.words.clone())).and_then(|&actor| self.known[actor as usize].country)
            }
        }
    }

    fn resolve_name(&mut self, sentence: &Sentence, chunk: &Chunk, name: &Hit, mention: &mut Mention) {
        let rules = self.rules;
        let nominal = self.nominal(chunk);
        let country = self.country_of(chunk);
        match name.what {
            What::Known(Entry::State(state)) => {
                mention.actor = Some(self.state(state));
                mention.place = Some(self.state_place(state));
            }
            What::Known(Entry::Demonym(state, people)) => {
                let noun = people && sentence.tokens[name.last].upos.is_nominal() && !modifies(sentence, name);
                if noun {
                    mention.form = MentionForm::Nominal;
                    let words = name.words.join(" ");
                    mention.actor = Some(self.group(&words, Some(state)));
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
                mention.form = MentionForm::Metonym;
                mention.actor = Some(self.state(state));
            }
            What::Known(Entry::Region(index, _)) => {
                let region = &rules.regions[index as usize];
                let actor = self.actor(Key::Region(index), || Actor {
                    kind: ActorKind::Group,
                    name: region.name.clone(),
                    ..blank(region.country.map(|state| rules.states[state as usize].iso3.to_string()))
                });
                self.entities.facts[actor as usize].plural = true;
                self.known[actor as usize].country = region.country;
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
            What::Known(Entry::Organization(index)) => mention.actor = Some(self.organization(index, chunk)),
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
                self.resolve_unknown(chunk, name, (kind, argues), nominal, country, mention);
            }
        }
        if let (Some(index), Some(actor)) = (chunk.apposed, mention.actor) {
            let role = &rules.nominals[index as usize];
            self.entities.facts[actor as usize].armed |= role.armed;
            if !self.known[actor as usize].roles.contains(&role.role) {
                self.known[actor as usize].roles.push(role.role.clone());
            }
        }
        if let (Some(alias), Some(actor)) = (&chunk.alias, mention.actor) {
            self.keys.insert(Key::Name(alias.words.clone()), actor);
        }
    }

    fn resolve_unknown(
        &mut self,
        chunk: &Chunk,
        name: &Hit,
        (kind, argues): (NameKind, bool),
        nominal: Option<&Nominal>,
        country: Option<u16>,
        mention: &mut Mention,
    ) {
        let titled = nominal.is_some_and(|nominal| nominal.kind == NominalKind::Person);
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
        let key = Key::Name(full);
        let existing = self
            .keys
            .get(&Key::Name(name.words.clone()))
            .or_else(|| self.keys.get(&key))
            .copied()
            .or(by_known.map(|at| at as u32));
        let person = titled || matches!(kind, NameKind::Person) || kind == NameKind::Other && nominal.is_none();
        let holder = nominal.filter(|nominal| titled && existing.is_none() && nominal.is_office());
        let holder = holder.and_then(|nominal| self.nameless(nominal, country));
        let actor = if let Some(actor) = existing {
            actor
        } else if let Some(actor) = holder {
            let name_text = self.words_of(name);
            self.keys.insert(key, actor);
            self.entities.actors[actor as usize].name = name_text;
            self.known[actor as usize].nameless = false;
            actor
        } else {
            if kind == NameKind::Other && nominal.is_none() && !argues {
                return; // a capital says too little
            }
            let foreign = chunk.modifiers.iter().any(|hit| {
                matches!(hit.what, What::Known(Entry::Organization(index)) if self.rules.organizations[index as usize].country.is_none())
            });
            let fallback = match nominal {
                // "the ICRC's director"
                _ if foreign => None,
                Some(nominal) if !nominal.plain => self.default_country(Some(nominal)),
                Some(_) => self.dominant,
                None if kind == NameKind::Organization => self.dominant,
                None => self.strong.or(self.home.filter(|_| self.home == self.dominant)),
            };
            let assumed = country.is_none();
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

    /// Who was named by office alone, before the name is given: "Iran's ambassador" … "Ambassador Ahmad Sadeghi".
    fn nameless(&self, nominal: &Nominal, country: Option<u16>) -> Option<u32> {
        self.latest(|actor, known, _| {
            actor.kind == ActorKind::Person
                && known.nameless
                && !known.assumed
                && known.roles.contains(&nominal.role)
                && (country.is_none() || known.country == country)
        })
    }

    /// The words of a name as the text writes them.
    fn words_of(&self, name: &Hit) -> String {
        self.text.slice(self.spans[name.first].cover(self.spans[name.last])).to_owned()
    }

    fn person(
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

    fn organization(&mut self, index: u16, _chunk: &Chunk) -> u32 {
        let rules = self.rules;
        let organization = &rules.organizations[index as usize];
        let code = organization.country.map(|state| rules.states[state as usize].iso3.to_string());
        let actor = self.actor(Key::Organization(index), || Actor {
            kind: ActorKind::Organization,
            name: organization.name.clone(),
            sector: organization.sector.as_ref().map(ToString::to_string),
            ..blank(code)
        });
        let known = &mut self.known[actor as usize];
        known.country = organization.country;
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

    /// The actor that a role noun without a name stands for.
    fn resolve_role(&mut self, sentence: &Sentence, chunk: &Chunk, index: u16, mention: &mut Mention) {
        let rules = self.rules;
        let nominal = &rules.nominals[index as usize];
        mention.form = MentionForm::Nominal;
        let own = if nominal.other { self.stands_in } else { self.country_of(chunk) };
        if chunk.generic && nominal.kind == NominalKind::Country {
            return; // "no country has recognised …" names none
        }
        match nominal.kind {
            _ if nominal.pair.is_some() => self.pair(sentence, chunk, nominal, mention),
            // "Chinese fighter jets": the state acts
            _ if nominal.thing && own.is_some() => mention.actor = own.map(|state| self.state(state)),
            _ if nominal.other && self.owned_by_state.is_some() && !chunk.plural => {
                mention.actor = self.owned_by_state.and_then(|owner| self.other_state(owner));
            }
            _ if nominal.other && chunk.plural && chunk.definite && chunk.modifiers.is_empty() => {
                self.pair(sentence, chunk, nominal, mention);
            }
            NominalKind::Country => {
                let state = own.or(if chunk.plural || chunk.owner.is_some() { None } else { self.nearest_state });
                if let Some(state) = state {
                    mention.actor = Some(self.state(state));
                    mention.place = Some(self.state_place(state));
                }
            }
            NominalKind::State => {
                // "the junta" is a government abroad
                let home = self.home;
                let abroad = |state: &u16| !nominal.abroad || Some(*state) != home;
                let last = || {
                    (0..self.known.len())
                        .filter(|&at| self.entities.actors[at].kind == ActorKind::State)
                        .filter(|&at| self.known[at].country.is_some_and(|state| abroad(&state)))
                        .max_by_key(|&at| (self.known[at].count, self.known[at].last))
                        .and_then(|at| self.known[at].country)
                };
                match own.or(self.default_country(Some(nominal)).filter(abroad)).or_else(last) {
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

    fn resolve_nominal(
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
        let refers = chunk.definite || chunk.demonstrative || bare && nominal.unique;
        let given = own.is_some();
        // "the president", "Pemimpin Korea Utara itu": somebody named before
        if refers && !chunk.plural {
            let fits = |role: &CompactString| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted));
            let person = nominal.kind == NominalKind::Person;
            let country = own.or(if chunk.demonstrative { None } else { self.default_country(Some(nominal)) });
            let named = |country: Option<u16>| {
                self.latest(|actor, known, _| {
                    let body = matches!(actor.kind, ActorKind::Organization | ActorKind::Group);
                    (if person { actor.kind == ActorKind::Person } else { body })
                        && known.roles.iter().any(fits)
                        && (country.is_none() || known.country == country)
                })
            };
            // of several who hold the office the one of the country at hand, else the last
            let found = named(country).or_else(|| if own.is_none() && chunk.definite { named(None) } else { None });
            // "politikus itu", "pria itu": somebody named just before
            let found = found.or_else(|| {
                let points = chunk.demonstrative && person && own.is_none();
                self.latest(|actor, known, _| {
                    points && actor.kind == ActorKind::Person && known.last > 0 && self.clock - known.last <= NEAR
                })
            });
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
        if chunk.definite && nominal.armed && own.is_none() && (chunk.plural || nominal.many) {
            let rebels = matches!(nominal.sector.as_deref(), Some("REB" | "UAF"));
            let found = self.latest(|actor, _, facts| {
                facts.armed
                    && actor.kind == ActorKind::Organization
                    && (actor.sector.as_deref() == Some("REB")) == rebels
            });
            if let Some(found) = found {
                mention.actor = Some(found);
                return;
            }
        }
        // "the soldiers", "para pemimpin": the group of that role whose country was said before
        if refers && chunk.plural && own.is_none() {
            let found = self.latest(|actor, known, facts| {
                actor.kind == ActorKind::Group && facts.plural && !known.assumed && known.roles.contains(&nominal.role)
            });
            if let Some(found) = found {
                mention.actor = Some(found);
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
        let stranger = region || chunk.possessed || nominal.role == "refugee";
        let country =
            own.or(if stranger || nominal.medium && single { None } else { self.default_country(Some(nominal)) });
        let key = Key::Role {
            word: if owner.is_some() || nominal.other { nominal.word.clone() } else { nominal.role.clone() },
            country,
            plural: chunk.plural,
            owner,
        };
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
        known.nameless |= single && nominal.is_office();
        if !known.roles.contains(&nominal.role) {
            known.roles.push(nominal.role.clone());
        }
        let facts = &mut self.entities.facts[actor as usize];
        facts.plural |= chunk.plural || nominal.many;
        facts.human |= single;
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

    /// The armed group that a hit names.
    fn armed_group(&self, hit: &Hit) -> Option<u32> {
        let actor = match hit.what {
            What::Known(Entry::Organization(index)) => *self.keys.get(&Key::Organization(index))?,
            What::Name(_) => *self.keys.get(&Key::Name(hit.words.clone()))?,
            What::Known(_) => return None,
        };
        self.is_armed_group(actor).then_some(actor)
    }

    fn is_armed_group(&self, actor: u32) -> bool {
        let (found, facts) = (&self.entities.actors[actor as usize], &self.entities.facts[actor as usize]);
        found.kind == ActorKind::Organization
            && facts.armed
            && !matches!(found.sector.as_deref(), Some("MIL" | "COP" | "GOV" | "SPY"))
    }

    /// The actor last named of those that fit; a subject counts as if it stood a few mentions later.
    fn latest(&self, fits: impl Fn(&Actor, &Known, &ActorFacts) -> bool) -> Option<u32> {
        (0..self.known.len())
            .filter(|&at| fits(&self.entities.actors[at], &self.known[at], &self.entities.facts[at]))
            .max_by_key(|&at| self.known[at].prominence())
            .map(|at| at as u32)
    }

    /// "the two countries", "kedua pemimpin": of states the two most named so far, of people the last two, with the
    /// role if the noun says one.
    fn pair(&mut self, sentence: &Sentence, chunk: &Chunk, nominal: &Nominal, mention: &mut Mention) {
        let head = &sentence.tokens[mention.head as usize];
        let before_verb =
            sentence.tokens.get(chunk.last + 1).is_some_and(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
        if head.upos == Upos::Num && matches!(head.relation(), "nummod" | "det" | "compound") && !before_verb {
            return; // "the two" of "the two attacks"
        }
        let clock = self.clock;
        let size = if nominal.trio { 3 } else { 2 };
        let some = |kind: ActorKind, with_role: bool| -> Option<Vec<u32>> {
            let fits = |at: usize| {
                let (actor, known) = (&self.entities.actors[at], &self.known[at]);
                let single = actor.kind != ActorKind::Person || !self.entities.facts[at].plural;
                // a movement at war is a side too
                let side = kind == ActorKind::State
                    && self.is_armed_group(at as u32)
                    && nominal.word.split(' ').all(|word| {
                        !self
                            .rules
                            .nominals
                            .iter()
                            .any(|other| other.kind == NominalKind::Country && other.word == word)
                    });
                let role = !with_role
                    || known.roles.iter().any(|role| nominal.refers.iter().any(|wanted| is_kind_of(role, wanted)));
                (actor.kind == kind || side) && known.last > 0 && single && role
            };
            let lately =
                (0..self.known.len()).filter(|&at| fits(at) && self.known[at].last > self.began).count() >= size;
            let mut found: Vec<usize> = (0..self.known.len()).filter(|&at| fits(at)).collect();
            // two named in the same sentence, else the most named states or the last people
            found.sort_by_key(|&at| {
                let known = &self.known[at];
                let here = if lately && known.last > self.began { known.last } else { 0 };
                let rank = if kind == ActorKind::State { known.count } else { known.last };
                std::cmp::Reverse((here, rank, known.last))
            });
            let mut found: Vec<u32> = found.get(..size)?.iter().map(|&at| at as u32).collect();
            found.sort_unstable();
            Some(found)
        };
        let found = match nominal.pair {
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
    fn short_state(&self, word: &str) -> Option<u32> {
        self.latest(|actor, _, _| {
            actor.kind == ActorKind::State
                && actor.name.split_once(' ').is_some_and(|(first, rest)| fold(first) == word && !rest.is_empty())
        })
    }

    /// "its ally", "sekutunya": of two states the article is about, the one that does not own.
    fn other_state(&self, owner: u16) -> Option<u32> {
        (0..self.known.len())
            .filter(|&at| {
                self.entities.actors[at].kind == ActorKind::State
                    && self.known[at].country.is_some_and(|country| country != owner)
            })
            .max_by_key(|&at| (self.known[at].count, self.known[at].last))
            .map(|at| at as u32)
    }

    /// The state of a role noun that names none: the nearest in the text, if the article is about few.
    fn default_country(&self, nominal: Option<&Nominal>) -> Option<u16> {
        let nominal = nominal?;
        if matches!(nominal.sector.as_deref(), Some("IGO" | "MED")) || nominal.counterpart || nominal.other {
            return None;
        }
        // nobody knows whose the gunmen are
        if nominal.sector.as_deref() == Some("UAF") {
            return None;
        }
        if matches!(nominal.sector.as_deref(), Some("NGO" | "REB")) {
            return self.strong;
        }
        if nominal.plain || nominal.kind == NominalKind::Group {
            return self.dominant.or(self.sentence_place);
        }
        // "the KNU accused the military": of the state of whoever else the sentence names
        if let [state] = self.here[..]
            && Some(state) != self.home
            && nominal.unique
            && nominal.kind == NominalKind::Organization
        {
            return Some(state);
        }
        // at home a body needs no country: "pemerintah", "polisi"
        self.filed.or(self.home).or(self.dominant).or(self.nearest_state)
    }

    fn add_title(&mut self, actor: u32, chunk: &Chunk, nominal: Option<&Nominal>, country: Option<u16>) {
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

    fn state(&mut self, state: u16) -> u32 {
        let rules = self.rules;
        let facts = &rules.states[state as usize];
        let actor = self.actor(Key::State(state), || Actor {
            kind: ActorKind::State,
            name: facts.name.clone(),
            sector: Some("GOV".into()),
            ..blank(Some(facts.iso3.to_string()))
        });
        self.known[actor as usize].country = Some(state);
        self.entities.facts[actor as usize].source_kind = Some(SourceKind::Government);
        actor
    }

    fn group(&mut self, word: &str, country: Option<u16>) -> u32 {
        let rules = self.rules;
        let code = country.map(|state| rules.states[state as usize].iso3.to_string());
        let key = Key::Role { word: "civilian".into(), country, plural: true, owner: None };
        let actor = self.actor(key, || Actor { kind: ActorKind::Group, name: word.to_owned(), ..blank(code) });
        self.known[actor as usize].country = country;
        self.entities.facts[actor as usize].plural = true;
        actor
    }

    fn state_place(&mut self, state: u16) -> u32 {
        let rules = self.rules;
        let facts = &rules.states[state as usize];
        self.place(Key::State(state), &facts.name, Some(state), None, None)
    }

    fn capital_place(&mut self, state: u16) -> u32 {
        let rules = self.rules;
        let facts = &rules.states[state as usize];
        self.place(Key::Name(vec![facts.capital.as_str().into()]), &facts.capital, Some(state), facts.lat, facts.lon)
    }

    fn place(&mut self, key: Key, name: &str, country: Option<u16>, lat: Option<f64>, lon: Option<f64>) -> u32 {
        let rules = self.rules;
        if let Some(&place) = self.places.get(&key) {
            return place;
        }
        let place = self.entities.places.len() as u32;
        self.entities.places.push(Place {
            id: String::new(),
            name: name.to_owned(),
            country: country.map(|state| rules.states[state as usize].iso3.to_string()),
            lat,
            lon,
            mentions: Vec::new(),
        });
        self.places.insert(key, place);
        place
    }

    fn actor(&mut self, key: Key, make: impl FnOnce() -> Actor) -> u32 {
        if let Some(&actor) = self.keys.get(&key) {
            return actor;
        }
        let actor = self.entities.actors.len() as u32;
        self.entities.actors.push(make());
        self.entities.facts.push(ActorFacts::default());
        self.known.push(Known::default());
        self.keys.insert(key, actor);
        actor
    }

    /// Notes that a mention was made, for what refers back to it.
    pub(crate) fn note(&mut self, sentence: &Sentence, mention: &Mention) {
        let Some(actor) = mention.actor else { return };
        let clock = self.clock;
        let relation = sentence.tokens[mention.head as usize].relation();
        let subject = matches!(relation, "nsubj" | "root");
        for at in std::iter::once(actor).chain(mention.also.iter().copied()) {
            let known = &mut self.known[at as usize];
            if mention.role == Role::Actor {
                known.last = clock;
                known.count += 1;
                if let Some(state) = known.country.filter(|state| !known.assumed && !self.here.contains(state)) {
                    self.here.push(state);
                }
            }
            if subject {
                known.subject = clock;
            }
        }
        if self.entities.actors[actor as usize].kind == ActorKind::State {
            self.nearest_state = self.known[actor as usize].country;
        }
    }

    /// Links the possessive of a phrase before the phrase itself, and keeps its owner's state; for people of no stated
    /// country, the place behind them says it ("residents in Goma").
    pub(crate) fn own(&mut self, index: usize, sentence: &Sentence, chunk: &Chunk, next: Option<&Chunk>) {
        self.owner_country = None;
        self.stands_in = None;
        self.owned_by_state = None;
        self.owner_group = None;
        if let Some(at) = chunk.owner {
            self.pronoun_done = Some(at);
            let relative = self.rules.small.relative_possessives.contains(&fold(&sentence.tokens[at].form));
            let owner = if relative { self.antecedent(index, sentence, at) } else { self.pronoun(index, sentence, at) };
            if let Some(actor) = owner {
                self.owner_country = self.known[actor as usize].country;
                self.owner_group = Some(actor).filter(|&actor| self.is_armed_group(actor));
                if self.entities.actors[actor as usize].kind == ActorKind::State {
                    self.owned_by_state = self.owner_country;
                }
            }
        }
        if self.owned_by_state.is_none() && chunk.name.is_none() && chunk.nominal.is_some() {
            self.owned_by_state = chunk.modifiers.iter().find_map(|hit| match hit.what {
                What::Known(Entry::State(state) | Entry::Demonym(state, _)) => Some(state),
                _ => None,
            });
        }
        let inside = |at: usize| {
            sentence.tokens.get(at).is_some_and(|token| self.rules.small.inside.contains(&fold(&token.form)))
        };
        if let Some(next) = next
            && match &chunk.name {
                None => self.nominal(chunk).is_some_and(|nominal| nominal.kind != NominalKind::State),
                Some(name) => matches!(name.what, What::Name(_)),
            }
            && inside(chunk.last + 1)
            && next.first <= chunk.last + 3
            && next.nominal.is_none()
        {
            self.stands_in = next.name.as_ref().and_then(|hit| self.country_of_hit(hit));
        }
    }

    /// Whom "whose" at `at` stands for: the head of its relative clause.
    fn antecedent(&self, index: usize, sentence: &Sentence, at: usize) -> Option<u32> {
        let clause = sentence
            .ancestors(at)
            .find(|&up| sentence.tokens[up].relation() == "acl")
            .map(|up| sentence.tokens[up].head);
        let head = clause.flatten();
        let here = self.entities.mentions.iter().rev().take_while(|mention| mention.sentence as usize == index);
        here.filter(|mention| (mention.last as usize) < at && mention.role == Role::Actor)
            .max_by_key(|mention| {
                let covers = head.is_some_and(|head| mention.first <= head && head <= mention.last);
                (covers, mention.last)
            })
            .and_then(|mention| mention.actor)
    }

    /// Links the pronouns of a sentence up to token `until`.
    pub(crate) fn pronouns(&mut self, index: usize, sentence: &Sentence, until: usize) {
        while self.pronoun_at < until {
            let at = self.pronoun_at;
            self.pronoun_at += 1;
            if self.pronoun_done != Some(at) {
                self.pronoun(index, sentence, at);
            }
        }
    }

    /// The actors that are subject of the clause whose object or oblique is the pronoun at `at`: it cannot mean them
    /// (binding principle B).
    fn subject_above(&self, index: usize, sentence: &Sentence, at: usize) -> Vec<u32> {
        let token = &sentence.tokens[at];
        if !matches!(token.relation(), "obj" | "iobj" | "obl") {
            return Vec::new();
        }
        let mut verb = token.head.map(|head| head as usize);
        for _ in 0..3 {
            let Some(up) = verb else { return Vec::new() };
            if let Some(subject) = sentence.with(up, "nsubj").next() {
                let here = self.entities.mentions.iter().rev().take_while(|mention| mention.sentence as usize == index);
                return here
                    .filter(|mention| mention.head as usize == subject)
                    .flat_map(|mention| mention.actor.into_iter().chain(mention.also.iter().copied()))
                    .collect();
            }
            let climbs = matches!(sentence.tokens[up].relation(), "conj" | "xcomp");
            verb = sentence.tokens[up].head.map(|head| head as usize).filter(|_| climbs);
        }
        Vec::new()
    }

    /// The subject of the verb of which the clause of the subject pronoun at `at` is the complement.
    fn subject_of_saying(&self, index: usize, sentence: &Sentence, at: usize) -> Option<u32> {
        let token = &sentence.tokens[at];
        let verb = token.head.filter(|_| token.relation() == "nsubj")? as usize;
        let saying = sentence.tokens[verb].head.filter(|_| sentence.tokens[verb].relation() == "ccomp")? as usize;
        let subject = sentence.with(saying, "nsubj").find(|&subject| subject < at)?;
        let here = self.entities.mentions.iter().rev().take_while(|mention| mention.sentence as usize == index);
        here.filter(|mention| mention.head as usize == subject && mention.also.is_empty())
            .find_map(|mention| mention.actor)
    }

    fn pronoun(&mut self, index: usize, sentence: &Sentence, at: usize) -> Option<u32> {
        let rules = self.rules;
        let token = &sentence.tokens[at];
        if !matches!(token.upos, Upos::Pron | Upos::Det | Upos::X | Upos::Noun | Upos::Propn) {
            return None;
        }
        let pronoun = rules.pronouns.get(&token.lower())?;
        let clock = self.clock;
        let subject = self.subject_above(index, sentence, at);
        let fits = |at: usize| {
            if subject.contains(&(at as u32)) {
                return false;
            }
            let facts = &self.entities.facts[at];
            let actor = &self.entities.actors[at];
            let person = actor.kind == ActorKind::Person && facts.human && !facts.plural;
            let people = facts.plural
                || matches!(actor.kind, ActorKind::Group)
                || facts.armed && actor.kind == ActorKind::Organization;
            let thing = matches!(actor.kind, ActorKind::State | ActorKind::Organization) && !facts.medium;
            pronoun.person && person || pronoun.people && people || pronoun.thing && thing && !person
        };
        // "Nairobi denied that they had armed them": whoever speaks
        let speaks = self.subject_of_saying(index, sentence, at).filter(|&speaker| {
            let kind = self.entities.actors[speaker as usize].kind;
            if kind == ActorKind::Person { pronoun.person } else { pronoun.people || pronoun.thing }
        });
        let latest = || {
            (0..self.known.len())
                .filter(|&at| self.known[at].last > 0 && clock - self.known[at].last <= RECENT && fits(at))
                .max_by_key(|&at| self.known[at].prominence())
        };
        let actor = speaks.map(|speaker| speaker as usize).or_else(latest)? as u32;
        self.entities.mentions.push(Mention {
            sentence: index as u32,
            first: at as u32,
            last: at as u32,
            head: at as u32,
            span: token.span,
            actor: Some(actor),
            also: Vec::new(),
            place: None,
            role: Role::Actor,
            form: MentionForm::Pronoun,
            why: rules.location(pronoun.origin),
        });
        Some(actor)
    }

    /// Lets the next sentence begin.
    pub(crate) fn begin_sentence(&mut self, sentence: &Sentence, chunks: &[Chunk]) {
        let mut places: Vec<u16> = chunks
            .iter()
            .filter(|chunk| chunk.nominal.is_none() && is_where(self.rules, sentence, chunk.first))
            .filter_map(|chunk| chunk.name.as_ref().and_then(|hit| self.country_of_hit(hit)))
            .collect();
        places.dedup();
        self.sentence_place = if let [place] = places[..] { Some(place) } else { None };
        self.pronoun_at = 0;
        self.pronoun_done = None;
        self.began = self.clock;
        self.here.clear();
        self.spans = sentence.tokens.iter().map(|token| token.span).collect();
    }
}

/// Whether a role is the wanted one or a kind of it: `minister-foreign` of `minister`.
fn is_kind_of(role: &str, wanted: &str) -> bool {
    role.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether a people's name stands before a noun it modifies.
fn modifies(sentence: &Sentence, name: &Hit) -> bool {
    let token = &sentence.tokens[name.last];
    matches!(token.relation(), "amod" | "compound") || token.upos == Upos::Adj
}

fn blank(country: Option<String>) -> Actor {
    Actor {
        id: String::new(),
        name: String::new(),
        kind: ActorKind::Group,
        country,
        sector: None,
        title: None,
        mentions: Vec::new(),
    }
}

/// The state in which the language is at home, if the article names it.
fn home(rules: &Rules, chunks: &[Vec<Chunk>]) -> Option<u16> {
    let code = rules.settings.home.as_deref()?;
    let state = rules.states.iter().position(|state| state.iso3 == code)? as u16;
    let names = |hit: &Hit| {
        matches!(hit.what, What::Known(Entry::State(found) | Entry::Demonym(found, _)) if found == state)
            || matches!(hit.what, What::Known(Entry::Organization(index)) if rules.organizations[index as usize].country == Some(state))
            || matches!(hit.what, What::Known(Entry::Person(index)) if rules.people[index as usize].country == Some(state))
    };
    chunks.iter().flatten().flat_map(|chunk| chunk.name.iter().chain(&chunk.modifiers)).any(names).then_some(state)
}

/// How often each state is named, by itself or by its people, places and bodies.
fn counts(rules: &Rules, chunks: &[Vec<Chunk>]) -> FxHashMap<u16, u32> {
    let mut counts: FxHashMap<u16, u32> = FxHashMap::default();
    for hit in chunks.iter().flatten().flat_map(|chunk| chunk.name.iter().chain(&chunk.modifiers)) {
        let state = match hit.what {
            What::Known(
                Entry::State(state) | Entry::Demonym(state, _) | Entry::Capital(state) | Entry::Metonym(state),
            ) => Some(state),
            What::Known(Entry::Place(index)) => rules.places[index as usize].country,
            What::Known(Entry::Person(index)) => rules.people[index as usize].country,
            What::Known(Entry::Organization(index)) => rules.organizations[index as usize].country,
            _ => None,
        };
        if let Some(state) = state {
            *counts.entry(state).or_default() += 1;
        }
    }
    counts
}

/// The share of all mentions of states that name `state`.
fn share_of(rules: &Rules, chunks: &[Vec<Chunk>], state: u16) -> f64 {
    let counts = counts(rules, chunks);
    let all: u32 = counts.values().sum();
    f64::from(counts.get(&state).copied().unwrap_or(0)) / f64::from(all.max(1))
}

/// The state that most mentions of states name, if it has a good share of them.
fn dominant(rules: &Rules, chunks: &[Vec<Chunk>], share: f64) -> Option<u16> {
    let counts = counts(rules, chunks);
    let all: u32 = counts.values().sum();
    let (state, count) = counts.into_iter().max_by_key(|&(state, count)| (count, std::cmp::Reverse(state)))?;
    (f64::from(count) >= share * f64::from(all)).then_some(state)
}
