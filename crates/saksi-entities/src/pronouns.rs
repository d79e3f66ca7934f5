//! Pronouns and possessives.

use crate::atoms::fold;
use crate::chunk::{Chunk, What};
use crate::cluster::{Document, RECENT};
use crate::gazetteer::{Entry, NominalKind};
use crate::types::{Mention, Role};
use compact_str::CompactString;
use saksi_record::{ActorKind, MentionForm};
use saksi_tree::{Sentence, Upos};

/// How many mentions back "some" may reach.
const PART: u32 = 4;
/// Mentions of a person, from the last one back, in which it is looked for whom it speaks for.
const SPOKEN_FOR: usize = 3;

/// The names behind the verb whose subject the pronoun at `at` is, as its objects (binding principle C).
fn objects_behind(sentence: &Sentence, at: usize) -> Vec<CompactString> {
    let token = &sentence.tokens[at];
    let Some(verb) = token.head.map(|head| head as usize).filter(|_| token.relation() == "nsubj") else {
        return Vec::new();
    };
    let objects = sentence
        .children(verb)
        .filter(|&child| child > at && matches!(sentence.tokens[child].relation(), "obj" | "iobj" | "obl"));
    let words = objects.flat_map(|object| std::iter::once(object).chain(sentence.with(object, "flat")));
    words
        .filter(|&word| sentence.tokens[word].upos == Upos::Propn)
        .map(|word| fold(&sentence.tokens[word].form))
        .collect()
}

impl Document<'_> {
    /// The armed group in whose name a person is told to speak: "TPNPB spokesman Sebby Sambom … his fighters".
    fn group_of(&self, actor: u32) -> Option<u32> {
        if self.entities.actors[actor as usize].kind != ActorKind::Person {
            return None;
        }
        let mentions = &self.entities.mentions;
        let own =
            mentions.iter().rev().filter(|mention| mention.actor == Some(actor) && mention.form == MentionForm::Name);
        own.take(SPOKEN_FOR).find_map(|own| {
            let inside =
                |other: &&Mention| other.sentence == own.sentence && own.first <= other.first && other.last <= own.last;
            let groups = mentions.iter().rev().filter(inside).filter_map(|mention| mention.actor);
            groups.into_iter().find(|&group| self.is_armed_group(group))
        })
    }

    /// Links the possessive of a phrase before the phrase itself, and keeps its owner's state; for people of no stated
    /// country, the place behind them says it ("residents in Goma").
    pub(crate) fn own(&mut self, index: usize, sentence: &Sentence, chunk: &Chunk, next: Option<&Chunk>) {
        self.owner_country = None;
        self.stands_in = None;
        self.owned_by_state = None;
        self.owner_group = None;
        self.of_stateless = false;
        self.owners_beside.clear();
        if let Some(at) = chunk.owner {
            self.pronoun_done = Some(at);
            let relative = self.rules.small.relative_possessives.contains(&fold(&sentence.tokens[at].form));
            let owner = if relative { self.antecedent(index, sentence, at) } else { self.pronoun(index, sentence, at) };
            if let Some(actor) = owner {
                self.owner_country = self.known[actor as usize].country;
                self.owner_group =
                    Some(actor).filter(|&actor| self.is_armed_group(actor)).or_else(|| self.group_of(actor));
                self.of_stateless = self.owner_country.is_none()
                    && self.entities.actors[actor as usize].sector.as_deref() == Some("IGO");
                if self.entities.actors[actor as usize].kind == ActorKind::State {
                    self.owned_by_state = self.owner_country;
                }
                let all = self.entities.mentions.last().filter(|mention| mention.head as usize == at && !relative);
                let beside = all.map_or(&[][..], |mention| &mention.also);
                let mut states: Vec<u16> =
                    beside.iter().filter_map(|&other| self.known[other as usize].country).collect();
                states.retain(|state| Some(*state) != self.owner_country);
                states.dedup();
                self.owners_beside = if chunk.plural { states } else { Vec::new() };
                // "Namibia and Zambia asked their citizens": people at large of two states are one group, of neither
                let people = self.nominal(chunk).is_some_and(|nominal| nominal.plain || nominal.citizen);
                if people && !self.owners_beside.is_empty() {
                    self.owners_beside.clear();
                    self.owner_country = None;
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
        // "a group based in Beirut"
        let settled = sentence
            .tokens
            .get(chunk.last + 1)
            .is_some_and(|token| self.rules.small.settled.contains(&fold(&token.form)));
        // "drought victims in Kenya", "korban kekeringan di Kenya"
        let modified = sentence.tokens.get(chunk.last + 1).is_some_and(|token| {
            matches!(token.upos, Upos::Noun | Upos::Adj) && token.form.starts_with(char::is_lowercase)
        });
        let behind = chunk.last + 1 + usize::from(settled || modified && !inside(chunk.last + 1));
        if let Some(next) = next
            && match &chunk.name {
                // "the government in Kyiv", but "a junta in the Sahel"
                None => self.nominal(chunk).is_some_and(|nominal| {
                    let seat = next.name.as_ref().is_some_and(|hit| matches!(hit.what, What::Known(Entry::Capital(_))));
                    // "a drone in Beirut" is nobody's for being there
                    !nominal.thing && (nominal.kind != NominalKind::State || seat)
                }),
                Some(name) => matches!(name.what, What::Name(_)),
            }
            && inside(behind)
            && next.first <= behind + 2
            && next.nominal.is_none()
        {
            self.stands_in = next.name.as_ref().and_then(|hit| self.country_of_hit(hit));
        }
        // "hackers working for Minsk's military intelligence"
        let serves = next.is_some_and(|next| {
            let between = chunk.last + 1..next.first;
            (1..=3).contains(&between.len()) && {
                let words: Vec<_> = between.map(|at| fold(&sentence.tokens[at].form)).collect();
                self.rules.settings.serving.contains(&words.join(" "))
            }
        });
        if serves && chunk.name.is_none() && chunk.nominal.is_some() && self.stands_in.is_none() {
            self.stands_in = next.and_then(|next| {
                let hits = next.name.iter().chain(&next.modifiers);
                hits.into_iter().find_map(|hit| self.country_of_hit(hit))
            });
        }
    }

    /// "expelled Russia over its invasion", "praised Romania for its help": behind such a preposition a possessive that may mean
    /// the object of the verb does.
    fn owner_by_reason(&mut self, index: usize, sentence: &Sentence, at: usize) -> Option<u32> {
        let rules = self.rules;
        let pronoun = rules.pronouns.get(&sentence.tokens[at].lower())?;
        let noun = sentence.tokens[at].head.filter(|_| sentence.tokens[at].relation() == "nmod")? as usize;
        let given = sentence
            .with(noun, "case")
            .any(|case| rules.settings.reasons.iter().any(|reason| *reason == sentence.tokens[case].lower()));
        // whether the parser hangs it on the verb or on the object
        let above = sentence.tokens[noun].head.filter(|_| given)? as usize;
        let object = match sentence.tokens[noun].relation() {
            "obl" => sentence.with(above, "obj").find(|&object| object < noun)?,
            "nmod" if sentence.tokens[above].relation() == "obj" => above,
            _ => return None,
        };
        let here = self.entities.mentions.iter().rev().take_while(|mention| mention.sentence as usize == index);
        let mut found = here.filter(|mention| mention.head as usize == object && mention.also.is_empty());
        let actor = found.find_map(|mention| mention.actor)?;
        let (kind, facts) = (self.entities.actors[actor as usize].kind, &self.entities.facts[actor as usize]);
        let fits = match kind {
            ActorKind::Person => pronoun.person && !facts.plural,
            ActorKind::State | ActorKind::Organization => pronoun.thing,
            ActorKind::Group => pronoun.people,
        };
        fits.then(|| {
            let token = &sentence.tokens[at];
            self.entities.mentions.push(Mention {
                sentence: index as u32,
                first: at as u32,
                last: at as u32,
                head: at as u32,
                span: token.span,
                actor: Some(actor),
                also: Vec::new(),
                other: None,
                place: None,
                role: Role::Actor,
                form: MentionForm::Pronoun,
                why: rules.location(pronoun.origin),
            });
            actor
        })
    }

    /// Whom "whose" at `at` stands for: the head of its relative clause.
    pub(crate) fn antecedent(&self, index: usize, sentence: &Sentence, at: usize) -> Option<u32> {
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
    pub(crate) fn subject_above(&self, index: usize, sentence: &Sentence, at: usize) -> Vec<u32> {
        let token = &sentence.tokens[at];
        // "memberi selamat kepadanya": of the object with a preposition of its own
        let below = token.relation() == "nmod" && sentence.with(at, "case").next().is_some();
        if !below && !matches!(token.relation(), "obj" | "iobj" | "obl") {
            return Vec::new();
        }
        let mut verb = token.head.map(|head| head as usize);
        for _ in 0..3 {
            let Some(up) = verb else { return Vec::new() };
            if let Some(subject) = sentence.with(up, "nsubj").next() {
                let here = self.entities.mentions.iter().rev().take_while(|mention| mention.sentence as usize == index);
                // "a patrol boat of the coast guard opened fire on it": nor whoever stands inside the subject
                return here
                    .filter(|mention| {
                        let head = mention.head as usize;
                        head == subject
                            || sentence.below(head, subject)
                                && std::iter::once(head)
                                    .chain(sentence.ancestors(head))
                                    .take_while(|&up| up != subject)
                                    .all(|up| matches!(sentence.tokens[up].relation(), "nmod" | "compound" | "amod"))
                    })
                    .flat_map(|mention| mention.actor.into_iter().chain(mention.also.iter().copied()))
                    .collect();
            }
            let relation = sentence.tokens[up].relation();
            let climbs = matches!(relation, "conj" | "xcomp") || below && relation == "obj";
            verb = sentence.tokens[up].head.map(|head| head as usize).filter(|_| climbs);
        }
        Vec::new()
    }

    /// The subject of the verb of which the clause of the subject pronoun at `at` is the complement.
    pub(crate) fn subject_of_saying(&self, index: usize, sentence: &Sentence, at: usize) -> Option<u32> {
        let token = &sentence.tokens[at];
        let verb = token.head.filter(|_| token.relation() == "nsubj")? as usize;
        let saying = sentence.tokens[verb].head.filter(|_| sentence.tokens[verb].relation() == "ccomp")? as usize;
        let subject = sentence.with(saying, "nsubj").find(|&subject| subject < at)?;
        let here = self.entities.mentions.iter().rev().take_while(|mention| mention.sentence as usize == index);
        here.filter(|mention| mention.head as usize == subject && mention.also.is_empty())
            .find_map(|mention| mention.actor)
    }

    /// Whether what "it" at `at` stands for may be a party: what is condemned, welcomed or signed seldom is, what is
    /// accused of something or asked to do something is.
    fn may_be_party(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let Some(verb) = token.head.filter(|_| token.relation() == "obj") else { return true };
        let lemma = &sentence.tokens[verb as usize].lemma;
        if self.rules.settings.party_verbs.iter().any(|verb| *verb == lemma.as_str()) {
            return true;
        }
        sentence.children(verb as usize).filter(|&child| child > at).any(|child| {
            match sentence.tokens[child].relation() {
                "xcomp" | "ccomp" => true,
                "obl" | "advcl" | "nmod" => sentence.children(child).any(|case| {
                    let word = fold(&sentence.tokens[case].form);
                    matches!(sentence.tokens[case].relation(), "case" | "mark")
                        && self.rules.settings.party_links.iter().any(|link| *link == word)
                }),
                _ => false,
            }
        })
    }

    /// Whether the last object before `at` in the sentence is no party, and its verb not that of `at`.
    fn thing_before(&self, index: usize, sentence: &Sentence, at: usize) -> bool {
        let object = (0..at).rev().find(|&object| {
            let token = &sentence.tokens[object];
            token.relation() == "obj" && token.upos == Upos::Noun && token.head != sentence.tokens[at].head
        });
        let verb = sentence.tokens[at].head.map(|verb| sentence.tokens[verb as usize].lemma.as_str());
        let party = verb.is_some_and(|verb| self.rules.settings.party_verbs.iter().any(|listed| *listed == verb));
        object.is_some_and(|object| {
            let here = self.entities.mentions.iter().rev().take_while(|mention| mention.sentence as usize == index);
            let named = here.filter(|mention| mention.actor.is_some()).any(|mention| mention.head as usize == object);
            !named && !party
        })
    }

    /// Whether a word says how many: "two", "ribuan", "dozens of".
    fn counts(&self, sentence: &Sentence, at: usize) -> bool {
        let small = &self.rules.small;
        let word = fold(&sentence.tokens[at].form);
        let phrase =
            sentence.tokens.get(at + 1).map(|next| compact_str::format_compact!("{word} {}", fold(&next.form)));
        sentence.tokens[at].upos == Upos::Num
            || small.quantifiers.contains(&word)
            || small.plural_markers.contains(&word)
            || phrase.is_some_and(|phrase| small.quantifiers.contains(&phrase))
    }

    /// The states that the verb of the subject pronoun at `at` has for objects: it stands for none of them.
    fn states_given(&self, sentence: &Sentence, at: usize) -> Vec<u16> {
        let token = &sentence.tokens[at];
        let Some(verb) = token.head.filter(|_| token.relation() == "nsubj") else { return Vec::new() };
        let argues = |state: usize| {
            let token = &sentence.tokens[state];
            state > at && token.head == Some(verb) && matches!(token.relation(), "obj" | "iobj" | "obl")
        };
        self.states_ahead.iter().filter(|&&(state, _)| argues(state)).map(|&(_, state)| state).collect()
    }

    pub(crate) fn pronoun(&mut self, index: usize, sentence: &Sentence, at: usize) -> Option<u32> {
        let rules = self.rules;
        let token = &sentence.tokens[at];
        if !matches!(token.upos, Upos::Pron | Upos::Det | Upos::X | Upos::Noun | Upos::Propn) {
            return None;
        }
        // "dirinya", of which the possessive is a token of its own
        let both = sentence.tokens.get(at + 1).map(|next| format!("{}{}", token.lower(), next.lower()));
        let joined = both.filter(|_| sentence.tokens.get(at + 1).is_some_and(|next| next.span.start == token.span.end));
        let pronoun =
            joined.and_then(|both| rules.pronouns.get(both.as_str())).or_else(|| rules.pronouns.get(&token.lower()))?;
        if pronoun.thing && !pronoun.person && !self.may_be_party(sentence, at) {
            return None;
        }
        // "mereka yang menyebarkan rumor": the clause says who they are, nobody named before
        let described = sentence.tokens.get(at + 1).is_some_and(|next| next.feat("PronType") == Some("Rel"));
        if described && pronoun.people && !rules.settings.modifiers_before {
            return None;
        }
        // "menentang naskah itu, sedangkan SWAPO mendukungnya": the thing that the sentence has just told of
        let suffixed = rules.settings.suffixes.iter().any(|suffix| *suffix == token.lower());
        if suffixed && token.relation() == "obj" && pronoun.thing && self.thing_before(index, sentence, at) {
            return None;
        }
        if let Some(owner) = self.owner_by_reason(index, sentence, at) {
            return Some(owner);
        }
        // "some threw stones" with the quantifier below the stones
        let before_verb = sentence.tokens.get(at + 1).is_some_and(|next| next.upos == Upos::Verb);
        let far = token.relation() == "det" && before_verb && token.head.is_some_and(|head| head as usize > at + 1);
        let free = (token.relation() == "nsubj" || far) && sentence.children(at).next().is_none();
        if pronoun.part && !free {
            return None;
        }
        let reach = if pronoun.part { PART } else { RECENT };
        let clock = self.clock;
        let subject = self.subject_above(index, sentence, at);
        let behind = objects_behind(sentence, at);
        let given = self.states_given(sentence, at);
        let fits = |at: usize| {
            // "He met Isaias": the subject is not whom the object names
            let named = |word: &CompactString| self.known[at].words.contains(word);
            if subject.contains(&(at as u32)) || behind.iter().any(named) {
                return false;
            }
            let facts = &self.entities.facts[at];
            let actor = &self.entities.actors[at];
            // "it has delivered food to Ukraine": nobody delivers to themselves
            if actor.kind == ActorKind::State && self.known[at].country.is_some_and(|state| given.contains(&state)) {
                return false;
            }
            let person = actor.kind == ActorKind::Person && facts.human && !facts.plural;
            let people = facts.plural
                || self.known[at].either
                || matches!(actor.kind, ActorKind::Group)
                || facts.armed && actor.kind == ActorKind::Organization;
            // "all armed groups": several are no "it"
            let one = !facts.plural || self.known[at].either || self.entities.facts[at].armed && self.known[at].named;
            let thing = matches!(actor.kind, ActorKind::State | ActorKind::Organization) && !facts.medium && one;
            if pronoun.part && !(actor.kind == ActorKind::Group && facts.plural) {
                return false;
            }
            pronoun.person && person || pronoun.people && people || pronoun.thing && thing && !person
        };
        // "Nairobi denied that they had armed them": whoever speaks
        let speaks = self.subject_of_saying(index, sentence, at).filter(|&speaker| {
            let kind = self.entities.actors[speaker as usize].kind;
            if kind == ActorKind::Person { pronoun.person } else { pronoun.people || pronoun.thing }
        });
        let latest = || {
            (0..self.known.len())
                .filter(|&at| self.known[at].last > 0 && clock - self.known[at].last <= reach && fits(at))
                .max_by_key(|&at| self.known[at].prominence())
        };
        let single = speaks.map(|speaker| speaker as usize).or_else(latest);
        // "they": those named together, if nobody that may be meant was named since
        let joint = self.joint.as_ref().filter(|joint| {
            pronoun.people
                && !pronoun.thing
                && speaks.is_none()
                && clock - joint.last <= reach
                && joint.actors.iter().all(|actor| !subject.contains(actor))
                && single.is_none_or(|at| joint.prominence() >= self.known[at].prominence())
        });
        let together = joint.map_or_else(Vec::new, |joint| joint.actors.clone());
        let other = (0..self.known.len())
            .filter(|&at| self.known[at].last > 0 && clock - self.known[at].last <= reach && fits(at))
            .filter(|&at| Some(at) != single)
            .max_by_key(|&at| {
                let person = self.entities.actors[at].kind == ActorKind::Person;
                (person, self.known[at].last)
            })
            .map(|at| at as u32);
        let actor = together.first().copied().or(single.map(|at| at as u32))?;
        let also = together.get(1..).unwrap_or_default().to_vec();
        // "Ribuan dari mereka memblokir jalan", "set two of them free": the number heads the phrase
        let counted = token.head.map(|head| head as usize).filter(|&head| {
            let linked = sentence.with(at, "case").next().is_some();
            token.relation() == "nmod" && linked && head < at && at - head <= 3 && self.counts(sentence, head)
        });
        // the parser may hang both on the verb
        let before = at.checked_sub(2).filter(|&number| {
            self.counts(sentence, number)
                && rules.small.links.contains(&fold(&sentence.tokens[at - 1].form))
                && matches!(sentence.tokens[number].relation(), "nsubj" | "obj")
        });
        let counted = counted.or(before);
        let head = counted.unwrap_or(at) as u32;
        self.entities.mentions.push(Mention {
            sentence: index as u32,
            first: head,
            last: at as u32,
            head,
            span: sentence.tokens[head as usize].span.cover(token.span),
            actor: Some(actor),
            also,
            other,
            place: None,
            role: Role::Actor,
            form: MentionForm::Pronoun,
            why: rules.location(pronoun.origin),
        });
        Some(actor)
    }
}
