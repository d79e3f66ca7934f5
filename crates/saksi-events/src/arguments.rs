//! Who fills the slots of a frame: actors read off the tree.

use crate::clause::Clause;
use crate::code::Context;
use crate::frames::{Frame, Pos, Rules, Shape, Slot, Slots};
use saksi_entities::{Entities, Mention, Role};
use saksi_record::{EventType, MentionForm};
use saksi_tree::{RegionKind, Sentence, Upos};

/// How a noun of an act has whom it is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patient {
    /// "pembunuhan Kennedy".
    Owner,
    /// "the release of prisoners".
    Of,
}

/// The arguments of one act.
pub(crate) struct Roles<'a> {
    pub(crate) article: Context<'a>,
    pub(crate) index: usize,
    pub(crate) sentence: &'a Sentence,
    pub(crate) clause: Clause<'a>,
    pub(crate) light: Option<Clause<'a>>,
    pub(crate) frame: &'a Frame,
    pub(crate) rules: &'a Rules,
    /// The tokens of the trigger.
    pub(crate) tokens_of_head: &'a [usize],
}

impl Roles<'_> {
    /// The actors of the first alternative that names any.
    pub(crate) fn fill(&self, slots: &Slots, role: &str, why: &mut Vec<String>) -> Vec<u32> {
        for joined in slots {
            let mut found: Vec<u32> = Vec::new();
            // whom one meets with, one may also meet: "bertemu Putin", "met Putin"
            let mutual = joined.len() > 1
                && joined.contains(&Slot::Subject)
                && self.frame.pos == Pos::Verb
                && matches!(self.frame.kind, EventType::Consult | EventType::Agree);
            let object = (mutual && !joined.contains(&Slot::Object)).then_some(&Slot::Object);
            for slot in joined.iter().chain(object) {
                if *slot == Slot::Nobody {
                    return Vec::new();
                }
                let owner = matches!(slot, Slot::Owner(_));
                let added = *slot == Slot::Object && object.is_some();
                let mut named: Vec<(u32, &Mention)> =
                    self.tokens(slot).into_iter().flat_map(|token| self.actors(token, owner)).collect();
                if added {
                    // the owner of a thing signed is no party to it
                    named.retain(|(_, mention)| self.tokens(slot).contains(&(mention.head as usize)));
                }
                if named.is_empty() && !added {
                    named = self.beside(slot);
                }
                let before = if *slot == Slot::Subject { self.listed_before(&named) } else { Vec::new() };
                let all: Vec<(u32, &Mention)> = before.into_iter().chain(named).collect();
                for &(actor, mention) in &all {
                    // "sasaran militer Kamboja": the army, not the state inside its name
                    let inside =
                        |other: &Mention| other.span != mention.span && other.span.cover(mention.span) == other.span;
                    if all.iter().any(|(_, other)| inside(other) && other.form != MentionForm::Pronoun) {
                        continue;
                    }
                    if !found.contains(&actor) {
                        found.push(actor);
                        why.push(self.reason(role, slot, mention));
                    }
                }
            }
            // "shut its embassy in Pyongyang": its own is directed at nobody
            if role == "recipient" && matches!(joined[..], [Slot::Owner(_)]) && self.is_own(&found) {
                why.truncate(why.len() - found.len());
                found.clear();
            }
            if !found.is_empty() {
                return found;
            }
        }
        // "offered Moscow its backing": whom the light verb gives it to
        let given = role == "recipient" && !slots.iter().flatten().any(|slot| *slot == Slot::Nobody);
        let mut found = Vec::new();
        if let Some(light) = self.light.filter(|_| given) {
            for (actor, mention) in light.indirect().into_iter().flat_map(|token| self.actors(token, false)) {
                found.push(actor);
                why.push(self.reason(role, &Slot::Indirect, mention));
            }
        }
        found
    }

    /// Whether these are those who act.
    fn is_own(&self, found: &[u32]) -> bool {
        let agents: Vec<u32> = self
            .clause
            .agent()
            .into_iter()
            .flat_map(|token| self.actors(token, false))
            .map(|(actor, _)| actor)
            .collect();
        found.iter().all(|actor| agents.contains(actor))
    }

    /// The heads of the noun phrases in a slot, coordination spread out.
    pub(crate) fn tokens(&self, slot: &Slot) -> Vec<usize> {
        let noun = self.frame.pos == Pos::Noun;
        let heads: Vec<usize> = match slot {
            // the speaker is known once the attributions are
            Slot::Nobody | Slot::Speaker => Vec::new(),
            Slot::Subject if noun => match &self.light {
                Some(light) => light.agent(),
                None => self.sentence.with(self.clause.at, "nsubj").collect(),
            },
            // "was injured": whoever it happened to
            Slot::Subject if self.undergoes() => self.clause.subject(),
            Slot::Subject => {
                let agent = self.clause.agent();
                let named = agent.iter().any(|&token| !self.actors(token, false).is_empty());
                // "vowed that the state would hunt them, and asked the UN": behind a comma whoever vowed goes on
                if named && !self.set_off() { agent } else { self.who_says_on().unwrap_or(agent) }
            }
            Slot::Object if noun => self.clause.grammar.of.iter().flat_map(|of| self.clause.with_prep(of)).collect(),
            Slot::Object => {
                let mut objects = self.clause.object();
                if objects.is_empty() {
                    objects = self.clause.indirect();
                }
                if objects.is_empty() {
                    objects = self.behind_head();
                }
                objects
            }
            Slot::Indirect => match &self.light {
                Some(light) => light.indirect(),
                None => self.clause.indirect(),
            },
            Slot::Complement => self
                .clause
                .complements()
                .into_iter()
                .flat_map(|at| self.sentence.with(at, "nsubj").collect::<Vec<_>>())
                // "called for the attackers to be tried" calls on somebody else, "warned that police would shoot" threatens
                // others than the police
                .filter(|&subject| {
                    let passive = self.sentence.tokens[subject].deprel == "nsubj:pass";
                    if self.frame.kind != EventType::Threaten {
                        return !passive;
                    }
                    passive
                        || self.sentence.tokens[subject].head.is_none_or(|verb| !self.is_hostile_verb(verb as usize))
                })
                .collect(),
            Slot::Possessor => {
                let mut owners = self.clause.owners_of(self.clause.at);
                // "Russia's invasion of Ukraine": who stands behind "of" undergoes the act
                let undergoes = |slot: &Slot| matches!(slot, Slot::Object | Slot::Prep(_));
                if self.frame.recipient.iter().flatten().any(undergoes) {
                    let direct = |at: usize| self.clause.prepositions(at).next().is_none();
                    if owners.iter().any(|&at| direct(at)) {
                        owners.retain(|&at| direct(at));
                    }
                }
                // "the poisoning of the defector" is not his, if nobody else's
                let of =
                    |slot: &Slot| matches!(slot, Slot::Prep(prep) if self.rules.grammar.of.iter().any(|of| of == prep));
                if self.frame.recipient.iter().flatten().any(of) {
                    owners
                        .retain(|&at| self.clause.prepositions(at).all(|prep| !self.rules.grammar.of.contains(&prep)));
                }
                if let Some(light) = &self.light {
                    owners = light.agent();
                }
                // "the deal reached by both sides", "serangan yang dilancarkan Israel"
                if owners.is_empty() && noun {
                    owners = self.clause.makers_of(self.clause.at, |verb| self.rules.only_judges(self.sentence, verb));
                }
                owners
            }
            Slot::Prep(prep) if self.rules.grammar.agent.iter().any(|agent| agent == prep) => {
                let mut marked = self.clause.with_prep(prep);
                // "the expulsion was reported by state television": who says so did nothing
                let own = |at: usize| self.sentence.below(at, self.clause.at);
                marked.retain(|&at| !noun || self.light.is_some() || own(at));
                marked.extend(self.light.iter().flat_map(super::clause::Clause::agent));
                marked
            }
            Slot::Prep(prep) => {
                // "exchanged fire, with no casualties": of whom there is none takes no part
                let fits = |at: usize| !self.is_time(at) && self.rules.none_of(self.sentence, &[at]).is_none();
                let mut marked = self.clause.with_prep_where(prep, fits);
                // "an attack on a base of the army": "of" belongs to whom the attack was directed at
                if noun && self.rules.grammar.of.iter().any(|of| of == prep) {
                    marked.retain(|&at| !self.is_below_recipient(at));
                }
                if marked.is_empty()
                    && let Some(light) = &self.light
                {
                    marked = light.with_prep_where(prep, fits);
                }
                // "called on Teo to publish" with the preposition read as a particle
                if marked.is_empty() && self.frame.head.len() > 1 && self.frame.head.last() == Some(prep) {
                    marked = self.behind_head();
                }
                marked
            }
            Slot::Owner(inner) => self.tokens(inner),
        };
        let mut all = Vec::new();
        for head in heads {
            let head = self.clause.measured(head);
            let from = all.len();
            all.push(head);
            let mut next = from;
            while let Some(&head) = all.get(next) {
                // what the phrase itself takes in ("troops from India and Japan") is no second one
                let own = self.article.entities.headed_by(self.index, head);
                let inside = |at: usize| own.is_some_and(|own| own.first as usize <= at && at <= own.last as usize);
                let joined = self.sentence.with(head, "conj").chain(self.listed(head));
                // "American and British air strikes"
                let owners = matches!(slot, Slot::Possessor);
                let known = all.clone();
                all.extend(joined.filter(|&other| {
                    let upos = self.sentence.tokens[other].upos;
                    (upos.is_nominal() || owners && upos == Upos::Adj) && !inside(other) && !known.contains(&other)
                }));
                next += 1;
            }
        }
        all.dedup();
        all
    }

    /// Whether a phrase hangs on another with a preposition behind which the frame has its recipient.
    fn is_below_recipient(&self, at: usize) -> bool {
        let Some(above) = self.sentence.tokens[at].head.map(|head| head as usize) else { return false };
        let given = |slot: &Slot| match slot {
            Slot::Prep(prep) => self.clause.prepositions(above).any(|own| own == prep.as_str()),
            _ => false,
        };
        above != self.clause.at && self.frame.recipient.iter().flatten().any(given)
    }

    /// Whether the verb is joined to another behind a comma, and has no subject of its own.
    fn set_off(&self) -> bool {
        let at = self.clause.at;
        let mark = self.sentence.with(at, "cc").filter(|&mark| mark < at).max();
        let comma =
            mark.and_then(|mark| mark.checked_sub(1)).is_some_and(|before| self.sentence.tokens[before].form == ",");
        // "menuduh pemerintah menjual kedaulatan dan mengancam akan menggugat": the accuser threatens
        let accuses = || self.saying_above().is_some_and(|saying| self.names(saying, |kind| kind == EventType::Accuse));
        (comma && self.sentence.tokens[at].feat("Tense") == Some("Past") || accuses()) && self.who_says_on().is_some()
    }

    /// The verb of saying whose content the verb is joined to.
    fn saying_above(&self) -> Option<usize> {
        let at = self.clause.at;
        let first = self.sentence.ancestors(at).find(|&up| self.sentence.tokens[up].relation() != "conj")?;
        let saying = self.sentence.tokens[first].head.map(|head| head as usize)?;
        (self.sentence.tokens[first].relation() == "ccomp" && saying < first).then_some(saying)
    }

    /// "mengatakan gencatan senjata rapuh dan mendesak Israel": for a verb of speech joined to what is said about a
    /// thing, whoever says that.
    fn who_says_on(&self) -> Option<Vec<usize>> {
        let speech = matches!(
            self.frame.kind,
            EventType::Request
                | EventType::Accuse
                | EventType::Threaten
                | EventType::Reject
                | EventType::Agree
                | EventType::Support
        );
        let at = self.clause.at;
        let own = self.sentence.with(at, "nsubj").next().is_some();
        if !speech || own || self.clause.is_passive() || self.sentence.tokens[at].relation() != "conj" {
            return None;
        }
        let saying = self.saying_above()?;
        Some(Clause::new(self.sentence, self.clause.grammar, saying, Shape::Plain).agent())
    }

    /// Whether a token belongs to an expression of time.
    pub(crate) fn is_time(&self, token: usize) -> bool {
        self.article
            .times
            .found
            .iter()
            .any(|found| found.sentence as usize == self.index && (found.first..=found.last).contains(&(token as u32)))
    }

    /// In a headline the actor before the comma: "Vietnam, Chile sign port pact".
    pub(crate) fn listed_before(&self, named: &[(u32, &Mention)]) -> Vec<(u32, &Mention)> {
        let [(_, mention)] = named else { return Vec::new() };
        let Some(comma) = (mention.first as usize).checked_sub(1) else { return Vec::new() };
        if self.sentence.kind != RegionKind::Title || self.sentence.tokens[comma].form != "," {
            return Vec::new();
        }
        let entities: &Entities = self.article.entities;
        comma
            .checked_sub(1)
            .and_then(|at| entities.covering(self.index, at))
            .filter(|other| other.role == Role::Actor && other.first == 0)
            .and_then(|other| Some((other.actor?, other)))
            .into_iter()
            .collect()
    }

    /// Members of a list read as appositions: "Pashinyan, Kobakhidze and Aliyev met", in headlines "Rubio, Fidan meet".
    pub(crate) fn listed(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let title = self.sentence.kind == RegionKind::Title;
        // "Niger, Mali and Chad signed" with the second below the first as if it were a measure
        let loose = self.sentence.with(head, "nmod").filter(move |&other| {
            self.sentence.tokens[other].upos == Upos::Propn
                && other > head
                && self.sentence.tokens[other - 1].form == ","
                && self.sentence.with(other, "case").next().is_none()
                && self.sentence.with(head, "conj").any(|last| last > other)
        });
        self.sentence
            .with(head, "appos")
            .filter(move |&other| {
                other > head
                    && self.sentence.tokens[head..other]
                        .iter()
                        .all(|token| token.upos != Upos::Verb && token.form != ":")
                    && (self.sentence.with(other, "conj").next().is_some()
                        || title
                            && self
                                .article
                                .entities
                                .headed_by(self.index, other)
                                .is_some_and(|mention| mention.actor.is_some()))
            })
            .chain(loose)
    }

    /// The actors named at `token`; where it names a thing or an act, whoever owns it.
    pub(crate) fn actors(&self, token: usize, owner: bool) -> Vec<(u32, &Mention)> {
        let entities: &Entities = self.article.entities;
        // "called Thursday on Arabs": a day is nobody, whatever else it was taken for
        if self.is_time(token) && self.sentence.tokens[token].relation() == "nsubj" {
            return Vec::new();
        }
        if !owner {
            let mention = entities.headed_by(self.index, token).or_else(|| {
                entities.covering(self.index, token).filter(|mention| {
                    !self.clause_tokens().any(|own| mention.first as usize <= own && own <= mention.last as usize)
                })
            });
            if let Some(mention) = mention {
                let also = mention.also.iter().copied();
                return mention.actor.into_iter().chain(also).map(|actor| (actor, mention)).collect();
            }
            if self.sentence.tokens[token].upos == Upos::Pron {
                return Vec::new();
            }
        }
        // "attacks on Australian soil" say where
        if self.frame.pos == Pos::Noun
            && self.rules.grammar.land.iter().any(|word| *word == self.sentence.tokens[token].form.to_lowercase())
        {
            return Vec::new();
        }
        // "condemned the killing of monks": whom the act was done to owns nothing
        let patient = self.patient(token);
        if patient == Some(Patient::Owner) {
            return Vec::new();
        }
        // "Iranian sites", "serangan udara Rusia": the owner inside the noun phrase
        let mut owners = Vec::new();
        let mut heads = self.clause.owners_of(token);
        let made = self.clause.makers_of(token, |verb| self.rules.only_judges(self.sentence, verb));
        if heads.is_empty() {
            heads.clone_from(&made);
        }
        if patient == Some(Patient::Of) {
            heads.retain(|&head| self.clause.prepositions(head).next().is_none());
        }
        let joined: Vec<usize> =
            heads.iter().flat_map(|&head| self.sentence.with(head, "conj").collect::<Vec<_>>()).collect();
        heads.extend(joined);
        let mut deeper: Vec<usize> = Vec::new();
        let mut depth = 0;
        while !heads.is_empty() && depth < 2 {
            for child in heads {
                if let Some(mention) =
                    entities.headed_by(self.index, child).or_else(|| entities.covering(self.index, child))
                    && let Some(actor) = mention.actor
                    && mention.role == Role::Actor
                {
                    owners.push((actor, mention));
                    owners.extend(mention.also.iter().map(|&actor| (actor, mention)));
                } else if self.sentence.tokens[child].upos == Upos::Noun {
                    // "pemberlakuan kembali sanksi PBB"
                    deeper.extend(self.clause.owners_of(child));
                }
            }
            heads = if owners.is_empty() { std::mem::take(&mut deeper) } else { Vec::new() };
            // "alleged crimes committed by Croat forces"
            if heads.is_empty() && owners.is_empty() && depth == 0 {
                heads.clone_from(&made);
            }
            depth += 1;
        }
        owners
    }

    /// How the act that `token` names has the one who undergoes it, if it names one.
    pub(crate) fn patient(&self, token: usize) -> Option<Patient> {
        let token = &self.sentence.tokens[token];
        let keys = self.rules.keys(&token.form.to_lowercase(), &token.lemma);
        let undergone = &self.rules.grammar.undergone;
        if keys.iter().any(|key| undergone.iter().any(|word| *word == key.as_str())) {
            return Some(Patient::Of);
        }
        let frames = keys.iter().filter_map(|key| self.rules.heads.get(key)).flatten();
        let nouns = frames
            .map(|&(index, _)| &self.rules.frames[index as usize])
            .filter(|frame| frame.pos == Pos::Noun && frame.head.len() == 1);
        nouns.into_iter().find_map(|frame| {
            let has = |slots: &Slots, wanted: &dyn Fn(&Slot) -> bool| slots.iter().flatten().any(wanted);
            let owner = |slot: &Slot| *slot == Slot::Possessor;
            let of =
                |slot: &Slot| matches!(slot, Slot::Prep(prep) if self.rules.grammar.of.iter().any(|of| of == prep));
            if has(&frame.recipient, &owner) && !has(&frame.actor, &owner) {
                Some(Patient::Owner)
            } else if has(&frame.recipient, &of) && !has(&frame.actor, &of) {
                Some(Patient::Of)
            } else {
                None
            }
        })
    }

    /// Whether the frame's subject is who the act happens to ("die", "terluka").
    pub(crate) fn undergoes(&self) -> bool {
        let has = |slots: &Slots| slots.iter().flatten().any(|slot| *slot == Slot::Subject);
        has(&self.frame.recipient) && !has(&self.frame.actor)
    }

    /// "Police searched his flat": for an owner who would be the actor, whom the pronoun else may stand for.
    pub(crate) fn of_another(&self, recipient: &[u32], actor: &[u32], why: &mut Vec<String>) -> Vec<u32> {
        let here = self.article.entities.in_sentence(self.index).iter();
        let mut own = here.filter(|mention| {
            mention.form == MentionForm::Pronoun
                && mention.actor.is_some_and(|found| recipient.contains(&found) && actor.contains(&found))
        });
        let mut found: Vec<u32> = recipient.iter().copied().filter(|found| !actor.contains(found)).collect();
        if let Some((other, mention)) =
            own.find_map(|mention| Some((mention.other.filter(|other| !actor.contains(other))?, mention)))
            && found.is_empty()
        {
            why.push(format!("recipient: whoever else {}–{} may stand for", mention.span.start, mention.span.end));
            found.push(other);
        }
        found
    }

    /// What follows a several-word head as if it were its object: "stands behind Russia", "berdiri di belakang Rusia".
    pub(crate) fn behind_head(&self) -> Vec<usize> {
        let Some((&last, [_, ..])) = self.tokens_of_head.split_last() else { return Vec::new() };
        [self.clause.at, last]
            .into_iter()
            .flat_map(|at| self.sentence.children(at).collect::<Vec<_>>())
            .filter(|&child| {
                child > last
                    && self.sentence.tokens[child].upos.is_nominal()
                    && matches!(self.sentence.tokens[child].relation(), "obl" | "nmod" | "obj")
                    && self.sentence.with(child, "case").all(|case| self.tokens_of_head.contains(&case))
            })
            .take(1)
            .collect()
    }

    /// The subject of the clause in which talks or a visit are a circumstance: "after talks with Kim, Shoigu said".
    pub(crate) fn circumstance(&self) -> Vec<(u32, &Mention)> {
        let mut below = self.clause.at;
        for above in self.sentence.ancestors(self.clause.at) {
            if !matches!(self.sentence.tokens[below].relation(), "obl" | "nmod" | "obj" | "advcl") {
                return Vec::new();
            }
            if self.sentence.tokens[above].upos == Upos::Verb {
                // "applauded the talks", "demanded talks": whoever judges them or asks for them takes no part in them
                let judges = self.sentence.tokens[below].relation() == "obj"
                    && self.rules.names(self.sentence, above, Pos::Verb, |kind| {
                        matches!(kind, EventType::Support | EventType::Accuse | EventType::Reject | EventType::Request)
                    });
                if judges {
                    return Vec::new();
                }
                let governor = Clause::new(self.sentence, self.clause.grammar, above, Shape::Plain);
                return governor.agent().into_iter().flat_map(|token| self.actors(token, false)).collect();
            }
            below = above;
        }
        Vec::new()
    }

    /// The mention right before or behind the predicate, where the tree gives subject or object to nobody.
    pub(crate) fn beside(&self, slot: &Slot) -> Vec<(u32, &Mention)> {
        let verb = self.light.unwrap_or(self.clause);
        let passive = verb.is_passive();
        let agent = passive && *slot == Slot::Subject && self.rules.grammar.bare_agent;
        // in a headline the one acted on stands before a passive
        let patient = passive && *slot == Slot::Object && self.sentence.kind == RegionKind::Title;
        if self.frame.pos == Pos::Noun && self.light.is_none()
            || passive && !agent && !patient
            || !self.rules.grammar.subject_first
        {
            return Vec::new();
        }
        let tokens = &self.sentence.tokens;
        let thin = |at: usize| matches!(tokens[at].upos, Upos::Aux | Upos::Adv | Upos::Part | Upos::Det | Upos::Adj);
        let at = match slot {
            Slot::Subject if agent => (verb.at + 1..tokens.len()).find(|&at| !thin(at)),
            Slot::Subject => (0..verb.at).rev().find(|&at| !thin(at)),
            Slot::Object if patient => (0..verb.at).rev().find(|&at| !thin(at)),
            Slot::Object if self.frame.pos != Pos::Noun => {
                let last = self.tokens_of_head.last().copied().unwrap_or(verb.at);
                (last + 1..tokens.len()).find(|&at| !thin(at))
            }
            _ => None,
        };
        // "air strikes on Beirut killed": what a preposition ties to the subject is not the subject
        let below_subject = |at: usize| {
            verb.subject().into_iter().any(|subject| {
                subject != at
                    && self.sentence.below(at, subject)
                    && self.sentence.tokens[at].relation() == "nmod"
                    && self.sentence.with(at, "case").any(|mark| mark < at)
            })
        };
        if *slot == Slot::Subject && !agent && at.is_some_and(below_subject) {
            return Vec::new();
        }
        let entities: &Entities = self.article.entities;
        let Some(mention) = at.and_then(|at| entities.covering(self.index, at)) else { return Vec::new() };
        let touches = match slot {
            Slot::Subject if !agent => at == Some(mention.last as usize),
            Slot::Object if patient => at == Some(mention.last as usize),
            _ => at.is_some_and(|at| mention.first as usize <= at),
        };
        if !touches || mention.role == Role::Place || mention.form == MentionForm::Pronoun {
            return Vec::new();
        }
        let mut found: Vec<(u32, &Mention)> = mention.actor.into_iter().map(|actor| (actor, mention)).collect();
        found.extend(mention.also.iter().map(|&actor| (actor, mention)));
        // "Kim dan Lavrov": what is joined to it
        let joined =
            (mention.first as usize).checked_sub(2).filter(|_| tokens[mention.first as usize - 1].upos == Upos::Cconj);
        if let Some(other) = joined.and_then(|at| entities.covering(self.index, at)) {
            found.extend(other.actor.into_iter().map(|actor| (actor, other)));
        }
        found
    }

    pub(crate) fn clause_tokens(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.clause.at).chain(self.light.iter().map(|light| light.at))
    }
}
