//! One actor for one real-world entity: full name, surname, title, role noun, pronoun.

use crate::atoms::fold;
use crate::chunk::{Chunk, Hit, What};
use crate::find::is_where;
use crate::gazetteer::{Entry, Nominal, NominalKind};
use crate::lexicon::Rules;
use crate::states::{counts, dominant, home, ranked, share_of};
use crate::types::{ActorFacts, Entities, Mention, Role};
use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use saksi_record::{Actor, ActorKind, Place, SourceKind};
use saksi_tree::{Sentence, Text, Upos};

/// The share of all mentions of states that one state needs to stand in where a role noun has none.
const DOMINANT: f64 = 0.33;

/// The share from which the state of the dateline stands in.
const FILED: f64 = 0.15;

/// The share from which it also stands in for names without any title.
const STRONG: f64 = 0.7;

/// The same share if no other state is named more than in passing.
const ALONE: f64 = 0.45;

/// How many mentions back "the two" may reach for people.
pub(crate) const RECENT: u32 = 14;

/// How many mentions back "that man" may reach.
pub(crate) const NEAR: u32 = 8;

/// By how many mentions a subject outlasts what else is named.
const SUBJECT: u32 = 4;

/// What a phrase is known by; equal keys are one actor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
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
pub(crate) struct Known {
    pub(crate) words: Vec<CompactString>,
    pub(crate) roles: Vec<CompactString>,
    /// The role nouns it has been named by.
    pub(crate) nouns: Vec<CompactString>,
    /// Whether it has been named by a name of its own.
    pub(crate) named: bool,
    /// The roles that its acts have given it.
    pub(crate) deeds: Vec<CompactString>,
    pub(crate) country: Option<u16>,
    /// Whether it may be one or several.
    pub(crate) either: bool,
    /// The number that it was counted with: "11 drivers".
    pub(crate) number: Option<CompactString>,
    /// Whether it is one person known by office alone.
    pub(crate) nameless: bool,
    /// Whether the country was only taken from the article at large.
    pub(crate) assumed: bool,
    /// Rank by which the last mention stands out: subjects before others, later before earlier.
    pub(crate) last: u32,
    pub(crate) subject: u32,
    /// How often it has been named.
    pub(crate) count: u32,
}

impl Known {
    pub(crate) fn prominence(&self) -> u32 {
        self.last.max(if self.subject > 0 { self.subject + SUBJECT } else { 0 })
    }
}

/// Actors that the text names as one: what "they" may refer to.
#[derive(Debug, Clone)]
pub(crate) struct Joint {
    pub(crate) actors: Vec<u32>,
    pub(crate) last: u32,
    pub(crate) subject: bool,
    /// The sentence and the token that heads the list.
    pub(crate) head: (u32, u32),
}

impl Joint {
    pub(crate) fn prominence(&self) -> u32 {
        self.last + if self.subject { SUBJECT } else { 0 }
    }
}

/// An article on its way through.
pub(crate) struct Document<'a> {
    pub(crate) entities: Entities,
    pub(crate) text: &'a Text,
    pub(crate) rules: &'a Rules,
    pub(crate) published: Option<Date>,
    pub(crate) keys: FxHashMap<Key, u32>,
    pub(crate) places: FxHashMap<Key, u32>,
    pub(crate) known: Vec<Known>,
    /// Nouns for ships, aircraft and weapons, and whose the last of that noun was.
    pub(crate) things: Vec<(CompactString, u32)>,
    /// The state of the ship or aircraft last named, and the sentence that named it.
    pub(crate) vessel: Option<(u16, u32)>,
    pub(crate) dominant: Option<u16>,
    /// The state that nearly all mentions of states name.
    pub(crate) strong: Option<u16>,
    /// Full names of persons and the roles beside them, before resolution.
    pub(crate) full: Vec<Vec<CompactString>>,
    pub(crate) clock: u32,
    /// The state in which the story was filed, if it is about it.
    pub(crate) filed: Option<u16>,
    /// The state at home in the language, if the article names it.
    pub(crate) home: Option<u16>,
    pub(crate) pronoun_at: usize,
    /// The possessive that has been linked ahead of its turn.
    pub(crate) pronoun_done: Option<usize>,
    /// The state of whoever owns the phrase at hand.
    pub(crate) owner_country: Option<u16>,
    /// The state in which the people of the phrase at hand are ("residents in Goma").
    pub(crate) stands_in: Option<u16>,
    /// The state that owns the phrase at hand.
    pub(crate) owned_by_state: Option<u16>,
    /// The armed group that owns the phrase at hand.
    pub(crate) owner_group: Option<u32>,
    /// Whether a body of no state owns the phrase at hand: "its secretary".
    pub(crate) of_stateless: bool,
    /// The states that own the phrase at hand beside the first ("their navies").
    pub(crate) owners_beside: Vec<u16>,
    /// Those last named together ("Kim and Lavrov", "the two countries"), and the rank of that.
    pub(crate) joint: Option<Joint>,
    /// The only state in which the sentence at hand places anything.
    pub(crate) sentence_place: Option<u16>,
    pub(crate) nearest_state: Option<u16>,
    /// The states of the actors named so far in the sentence at hand.
    pub(crate) here: Vec<u16>,
    /// The states that the sentence at hand names as parties or modifiers, and the tokens that do.
    pub(crate) states_ahead: Vec<(usize, u16)>,
    /// The only state in which the paragraph has placed anything before the sentence at hand.
    pub(crate) scene: Option<u16>,
    /// The paragraph at hand, and the clock at which it began.
    pub(crate) paragraph: (u32, u32),
    /// The state that the place at the beginning of the sentence is in: "In Rome, …".
    pub(crate) opens_in: Option<u16>,
    /// In how many states the sentence places things.
    pub(crate) places_here: usize,
    /// The two states of those who were named in the sentence before, if they were two.
    pub(crate) pair_before: Option<[u16; 2]>,
    /// Whether a second state is named at least half as often as the first.
    pub(crate) rivals: bool,
    /// The states that the article is about, the most named first.
    pub(crate) ranked: Vec<u16>,
    /// The clock at which the sentence at hand began.
    pub(crate) began: u32,
    /// The spans of the tokens of the sentence at hand.
    pub(crate) spans: Vec<saksi_tree::Span>,
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
        let counts = counts(rules, chunks);
        let ranked = ranked(&counts);
        let filed = filed.filter(|&state| {
            let share = share_of(&counts, state);
            let most = dominant(&counts, 0.0).map_or(0.0, |most| share_of(&counts, most));
            share >= FILED && share >= most / 2.0
        });
        Self {
            entities: Entities::default(),
            text,
            rules,
            published,
            keys: FxHashMap::default(),
            places: FxHashMap::default(),
            known: Vec::new(),
            things: Vec::new(),
            vessel: None,
            dominant: filed.or_else(|| dominant(&counts, DOMINANT)),
            strong: dominant(&counts, STRONG).or_else(|| dominant(&counts, ALONE).filter(|_| ranked.len() == 1)),
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
            of_stateless: false,
            owners_beside: Vec::new(),
            joint: None,
            sentence_place: None,
            nearest_state: None,
            here: Vec::new(),
            states_ahead: Vec::new(),
            scene: None,
            paragraph: (u32::MAX, 0),
            opens_in: None,
            places_here: 0,
            pair_before: None,
            rivals: ranked
                .get(1)
                .is_some_and(|&second| share_of(&counts, second) * 2.0 >= share_of(&counts, ranked[0])),
            ranked,
            began: 0,
            spans: Vec::new(),
        }
    }

    /// Takes down the full names of a sentence.
    pub(crate) fn learn(&mut self, chunks: &[Chunk]) {
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
            (None, Some(_)) if !chunk.holders.is_empty() => {
                mention.form = saksi_record::MentionForm::Nominal;
                let here = self.entities.mentions.iter().rev().take_while(|other| other.sentence == mention.sentence);
                let named: Vec<(u32, u32)> = here
                    .filter(|other| chunk.holders.contains(&(other.first as usize)))
                    .filter_map(|other| Some((other.first, other.actor?)))
                    .collect();
                let mut named = named.into_iter().rev().map(|(_, actor)| actor);
                mention.actor = named.next();
                mention.also = named.collect();
            }
            (None, Some((nominal, _))) => {
                self.own_by_pair(sentence, chunk, mention);
                self.resolve_role(sentence, chunk, nominal, mention);
                let beside = std::mem::take(&mut self.owners_beside);
                for &state in chunk.further.iter().chain(&beside) {
                    let of_state = self.rules.nominals[nominal as usize].kind == NominalKind::State;
                    if self.rules.nominals[nominal as usize].thing || of_state {
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

    pub(crate) fn nominal(&self, chunk: &Chunk) -> Option<&'a Nominal> {
        chunk.nominal.map(|(index, _)| &self.rules.nominals[index as usize])
    }

    /// The state that the modifiers of a phrase name.
    pub(crate) fn country_of(&self, chunk: &Chunk) -> Option<u16> {
        // "KGB Belarus": the state said outright before the state of a body
        let outright = |hit: &&Hit| {
            matches!(
                hit.what,
                What::Known(Entry::State(_) | Entry::Demonym(..) | Entry::Capital(_) | Entry::Metonym(_))
            )
        };
        chunk
            .modifiers
            .iter()
            .find(outright)
            .and_then(|hit| self.country_of_hit(hit))
            .or_else(|| chunk.modifiers.iter().find_map(|hit| self.country_of_hit(hit)))
            .or(chunk.shared)
            .or(self.owner_country)
            .or(self.stands_in)
            .or_else(|| self.body_of(chunk).and_then(|body| self.known[body as usize].country))
    }

    pub(crate) fn country_of_hit(&self, hit: &Hit) -> Option<u16> {
        match hit.what {
            What::Known(
                Entry::State(state) | Entry::Demonym(state, _) | Entry::Capital(state) | Entry::Metonym(state),
            ) => Some(state),
            What::Known(Entry::Organization(index)) => self.rules.organizations[index as usize].country,
            What::Known(Entry::Person(index)) => self.rules.people[index as usize].country,
            What::Known(Entry::Place(index)) => self.rules.places[index as usize].country,
            What::Known(Entry::Region(index, _)) => self.rules.regions[index as usize].country,
            What::Known(Entry::Nominal(..)) => None,
            What::Name(_) => hit.state.or_else(|| {
                self.keys.get(&Key::Name(hit.words.clone())).and_then(|&actor| self.known[actor as usize].country)
            }),
        }
    }

    pub(crate) fn state(&mut self, state: u16) -> u32 {
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

    pub(crate) fn group(&mut self, word: &str, country: Option<u16>) -> u32 {
        let rules = self.rules;
        let code = country.map(|state| rules.states[state as usize].iso3.to_string());
        let key = Key::Role { word: "civilian".into(), country, plural: true, owner: None };
        let actor = self.actor(key, || Actor { kind: ActorKind::Group, name: word.to_owned(), ..blank(code) });
        self.known[actor as usize].country = country;
        self.entities.facts[actor as usize].plural = true;
        actor
    }

    pub(crate) fn state_place(&mut self, state: u16) -> u32 {
        let rules = self.rules;
        let facts = &rules.states[state as usize];
        self.place(Key::State(state), &facts.name, Some(state), None, None)
    }

    pub(crate) fn capital_place(&mut self, state: u16) -> u32 {
        let rules = self.rules;
        let facts = &rules.states[state as usize];
        self.place(Key::Name(vec![facts.capital.as_str().into()]), &facts.capital, Some(state), facts.lat, facts.lon)
    }

    pub(crate) fn place(
        &mut self,
        key: Key,
        name: &str,
        country: Option<u16>,
        lat: Option<f64>,
        lon: Option<f64>,
    ) -> u32 {
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

    pub(crate) fn actor(&mut self, key: Key, make: impl FnOnce() -> Actor) -> u32 {
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
    ///
    /// `inner`: whether it only modifies another phrase, which makes it less likely to be referred to.
    pub(crate) fn note(&mut self, sentence: &Sentence, mention: &Mention, inner: bool) {
        let Some(actor) = mention.actor else { return };
        // "menetapkan bupati sebagai tersangka": what somebody is called is no one else
        let called = sentence.with(mention.head as usize, "case").any(|case| {
            let word = fold(&sentence.tokens[case].form);
            self.rules.settings.naming.iter().any(|naming| *naming == word)
        });
        // "Sebanyak 60 pemberontak menyerah": the word before the number heads the phrase
        let counted = sentence.tokens[mention.head as usize].head.map(|head| head as usize).filter(|&head| {
            head + 1 == mention.first as usize
                && sentence.tokens[head].upos == Upos::Noun
                && sentence.tokens[mention.first as usize].upos == Upos::Num
        });
        let top = counted.unwrap_or(mention.head as usize);
        let relation = sentence.tokens[top].relation();
        // the subject of a main clause outlasts that of a clause inside it
        let embedded = sentence.tokens[top].head.is_some_and(|verb| {
            let mut up = std::iter::once(verb as usize).chain(sentence.ancestors(verb as usize));
            up.any(|up| match sentence.tokens[up].relation() {
                "advcl" | "acl" => true,
                "ccomp" => !is_recalled(sentence, up),
                _ => false,
            })
        });
        let subject = relation == "root" || relation == "nsubj" && !embedded;
        // "for taking bribes from the builder of a port"
        // "detained four men suspected of guiding the raiders", "NATO territory"
        let inside = sentence.tokens[top].head.is_some_and(|verb| {
            let mut up = std::iter::once(verb as usize).chain(sentence.ancestors(verb as usize));
            up.any(|up| sentence.tokens[up].relation() == "acl")
        });
        let aside =
            embedded && matches!(relation, "obl" | "nmod") || inside && relation == "obj" || relation == "compound";
        let clock = if inner || called || aside { self.clock.saturating_sub(SUBJECT) } else { self.clock };
        for at in std::iter::once(actor).chain(mention.also.iter().copied()) {
            // "Witnesses told AFP": an agency that is told something is no sign of where it happened
            let facts = &self.entities.facts[at as usize];
            let passes_on = facts.medium && facts.source_kind != Some(SourceKind::StateMedia);
            let known = &mut self.known[at as usize];
            if mention.role == Role::Actor {
                known.last = known.last.max(clock).max(1);
                known.count += 1;
                if let Some(state) =
                    known.country.filter(|state| !known.assumed && !passes_on && !self.here.contains(state))
                {
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
        self.note_deed(sentence, mention, actor);
        if mention.role == Role::Actor {
            self.note_joint(sentence, mention, actor);
        }
    }

    /// Notes that the subject of "mediated" is a mediator.
    fn note_deed(&mut self, sentence: &Sentence, mention: &Mention, actor: u32) {
        let mut head = mention.head as usize;
        if sentence.tokens[head].relation() == "conj"
            && let Some(first) = sentence.tokens[head].head
        {
            head = first as usize;
        }
        let own =
            sentence.tokens[head].head.filter(|_| sentence.tokens[head].deprel == "nsubj").map(|verb| verb as usize);
        // "Pezeshkian, who is paying a visit"
        let phrase = mention.first as usize..=mention.last as usize;
        let relative = phrase.flat_map(|at| sentence.with(at, "acl")).filter(|&verb| {
            sentence.with(verb, "nsubj").any(|subject| sentence.tokens[subject].feat("PronType") == Some("Rel"))
        });
        let verbs: Vec<usize> = own.into_iter().chain(relative).collect();
        let words = verbs.iter().copied().chain(verbs.iter().flat_map(|&verb| sentence.with(verb, "obj")));
        let deeds = &self.rules.settings.deeds;
        let role = words.into_iter().find_map(|word| {
            let token = &sentence.tokens[word];
            deeds.get(token.lemma.as_str()).or_else(|| deeds.get(token.form.to_lowercase().as_str()))
        });
        let Some(role) = role else { return };
        for at in std::iter::once(actor).chain(mention.also.iter().copied()) {
            self.known[at as usize].deeds.push(role.as_str().into());
        }
    }

    /// Notes who is named together: one phrase for several, or a list.
    fn note_joint(&mut self, sentence: &Sentence, mention: &Mention, actor: u32) {
        let token = &sentence.tokens[mention.head as usize];
        let together = |actors: Vec<u32>, head: u32| Joint {
            actors,
            last: self.clock,
            subject: sentence.tokens[head as usize].relation() == "nsubj",
            head: (mention.sentence, head),
        };
        if !mention.also.is_empty() {
            let all = std::iter::once(actor).chain(mention.also.iter().copied()).collect();
            self.joint = Some(together(all, mention.head));
            return;
        }
        let Some(head) = token.head.filter(|_| token.relation() == "conj") else { return };
        let before = self.joint.as_ref().filter(|joint| joint.head == (mention.sentence, head));
        let mut actors = before.map_or_else(Vec::new, |joint| joint.actors.clone());
        if actors.is_empty() {
            let here = self.entities.mentions.iter().rev().take_while(|other| other.sentence == mention.sentence);
            let first =
                here.filter(|other| other.head == head && other.role == Role::Actor).find_map(|other| other.actor);
            actors.extend(first);
        }
        if !actors.is_empty() && !actors.contains(&actor) {
            actors.push(actor);
            self.joint = Some(together(actors, head));
        }
    }

    /// Lets the next sentence begin.
    pub(crate) fn begin_sentence(&mut self, sentence: &Sentence, chunks: &[Chunk]) {
        let mut places: Vec<u16> = chunks
            .iter()
            .filter(|chunk| chunk.nominal.is_none() && is_where(self.rules, sentence, chunk.first))
            .filter_map(|chunk| chunk.name.as_ref().and_then(|hit| self.country_of_hit(hit)))
            .collect();
        places.dedup();
        if sentence.paragraph != self.paragraph.0 {
            self.paragraph = (sentence.paragraph, self.clock);
            self.scene = None;
        } else if self.places_here > 0 {
            self.scene = self.sentence_place;
        }
        self.places_here = places.len();
        let opens = |chunk: &&Chunk| chunk.first <= 2 && is_where(self.rules, sentence, chunk.first);
        self.opens_in = chunks
            .first()
            .filter(|chunk| chunk.nominal.is_none())
            .filter(opens)
            .and_then(|chunk| chunk.name.as_ref().and_then(|hit| self.country_of_hit(hit)));
        let mut before = self.here.clone();
        before.sort_unstable();
        self.pair_before = if let [first, second] = before[..] { Some([first, second]) } else { None };
        self.sentence_place = if let [place] = places[..] { Some(place) } else { None };
        let states = chunks
            .iter()
            .flat_map(|chunk| {
                let free = chunk.name.iter().filter(|_| !is_where(self.rules, sentence, chunk.first));
                free.chain(&chunk.modifiers)
            })
            .filter_map(|hit| match hit.what {
                What::Known(
                    Entry::State(state) | Entry::Demonym(state, _) | Entry::Capital(state) | Entry::Metonym(state),
                ) => Some((hit.last, state)),
                _ => None,
            });
        self.states_ahead = states.collect();
        self.pronoun_at = 0;
        self.pronoun_done = None;
        self.began = self.clock;
        self.here.clear();
        self.spans = sentence.tokens.iter().map(|token| token.span).collect();
    }
}

/// "It is recalled that Kazakhstan has offered …": whether the clause above is a formula without a subject of its own.
fn is_recalled(sentence: &Sentence, clause: usize) -> bool {
    sentence.tokens[clause].head.is_some_and(|formula| {
        let formula = formula as usize;
        let subject = sentence.with(formula, "nsubj").next();
        sentence.children(formula).any(|child| sentence.tokens[child].deprel == "aux:pass")
            && subject.is_none_or(|subject| sentence.tokens[subject].upos == Upos::Pron)
    })
}

/// Whether a role is the wanted one or a kind of it: `minister-foreign` of `minister`.
pub(crate) fn is_kind_of(role: &str, wanted: &str) -> bool {
    role.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether a people's name stands before a noun it modifies.
pub(crate) fn modifies(sentence: &Sentence, name: &Hit) -> bool {
    let token = &sentence.tokens[name.last];
    matches!(token.relation(), "amod" | "compound") || token.upos == Upos::Adj
}

pub(crate) fn blank(country: Option<String>) -> Actor {
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
