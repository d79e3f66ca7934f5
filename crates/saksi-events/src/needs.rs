//! Whether what a frame asks for stands with its head.

use crate::clause::Clause;
use crate::frames::{Need, On, Rules, Words};
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use saksi_entities::{Entities, Mention, Role};
use saksi_record::{ActorKind, MentionForm};
use saksi_time::Times;
use saksi_tree::{Sentence, Token, Upos};

/// Classes that no table lists: what the article's actors and places say of a noun phrase.
pub(crate) const RESERVED: [&str; 6] =
    ["any-actor", "any-government", "any-people", "several", "several-countries", "any-place"];

/// The class of people, which pronouns for people belong to in every language.
const PERSON: &str = "person";

/// What the article says around a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'a> {
    /// The sentence's number.
    pub(crate) index: usize,
    pub(crate) entities: &'a Entities,
    /// All sentences: a pronoun stands for what is named in another.
    pub(crate) sentences: &'a [Sentence],
    /// The article's times: "launched a rocket on Wednesday" names no target.
    pub(crate) times: &'a Times,
    /// Whether an attack has been told of before: then a toll needs no word of violence beside it.
    pub(crate) violent: bool,
}

impl Rules {
    /// Whether all conditions hold.
    pub(crate) fn holds(&self, needs: &[Need], clause: &Clause<'_>, noun: bool, around: Around<'_>) -> bool {
        needs.iter().all(|need| self.holds_one(need, clause, noun, around) != need.negated)
    }

    fn holds_one(&self, need: &Need, clause: &Clause<'_>, noun: bool, around: Around<'_>) -> bool {
        match need.on {
            On::Clause => {
                let told = around.violent && !need.negated && is_of(&need.words, &self.grammar.violence);
                told || self.clause_has(&need.words, clause)
            }
            _ => {
                heads(need, clause, noun, around).into_iter().any(|head| self.headed(&need.words, clause, head, around))
            }
        }
    }

    /// The nouns by which conditions on object and prepositions hold: they are part of what the frame names.
    pub(crate) fn evidence(&self, needs: &[Need], clause: &Clause<'_>, around: Around<'_>) -> Vec<usize> {
        needs
            .iter()
            .filter(|need| !need.negated && matches!(need.on, On::Object | On::Prep(_)) && need.words != Words::Any)
            .flat_map(|need| {
                heads(need, clause, false, around)
                    .into_iter()
                    .filter(|&head| self.headed(&need.words, clause, head, around))
            })
            .collect()
    }

    fn headed(&self, wanted: &Words, clause: &Clause<'_>, head: usize, around: Around<'_>) -> bool {
        let Words::Of { words, classes } = wanted else { return true };
        if classes.iter().any(|class| is_named(class, head, around))
            || classes.iter().any(|class| class == RESERVED[4]) && of_several(clause, head, around)
        {
            return true;
        }
        if classes.iter().any(|class| class == RESERVED[3]) && is_several(clause, head, around) {
            return true;
        }
        let token = &clause.sentence.tokens[head];
        // "they had been beaten": a pronoun for people is a person
        if token.upos == Upos::Pron
            && classes.iter().any(|class| class == PERSON)
            && is_named(RESERVED[0], head, around)
        {
            return true;
        }
        let mut keys = self.keys(&token.form.to_lowercase(), &token.lemma);
        // "they blocked the avenue": the herders did
        if matches!(token.upos, Upos::Pron | Upos::Det)
            && let Some(noun) = named_by_pronoun(head, around)
        {
            keys.extend(self.keys(&noun.form.to_lowercase(), &noun.lemma));
        }
        let known = |set: &FxHashSet<CompactString>| {
            keys.iter().any(|key| set.contains(key)) || phrase_in(set.iter(), clause, head)
        };
        keys.iter().any(|key| words.contains(key))
            || phrase_in(words.iter(), clause, head)
            || classes.iter().filter_map(|class| self.classes.get(class)).any(known)
            || token.upos.is_nominal() && classes.iter().filter_map(|class| self.nouns.get(class)).any(known)
    }

    fn clause_has(&self, wanted: &Words, clause: &Clause<'_>) -> bool {
        let Words::Of { words, classes } = wanted else { return true };
        let tokens = &clause.sentence.tokens;
        tokens.iter().enumerate().any(|(at, token)| {
            if at == clause.at {
                return false;
            }
            let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
            let noun = |key: &CompactString| {
                token.upos.is_nominal()
                    && classes.iter().filter_map(|class| self.nouns.get(class)).any(|set| set.contains(key))
            };
            keys.iter().any(|key| {
                words.contains(key)
                    || classes.iter().filter_map(|class| self.classes.get(class)).any(|set| set.contains(key))
                    || noun(key)
            }) || phrase_in(words.iter(), clause, at)
        })
    }
}

/// Whether one of the classes that a condition names is among `classes`.
fn is_of(words: &Words, classes: &[String]) -> bool {
    matches!(words, Words::Of { classes: wanted, .. } if wanted.iter().any(|class| classes.iter().any(|other| class == other.as_str())))
}

/// The heads of the part of the clause that a condition looks at, coordination and measures looked through.
fn heads(need: &Need, clause: &Clause<'_>, noun: bool, around: Around<'_>) -> Vec<usize> {
    let is_time =
        |at: usize| {
            around.times.found.iter().any(|found| {
                found.sentence as usize == around.index && (found.first..=found.last).contains(&(at as u32))
            })
        };
    // "sent frigates to shadow them" sends them to nobody
    let is_aim = |at: usize| {
        clause.sentence.tokens[at].upos == Upos::Verb && clause.sentence.tokens[at].feat("VerbForm") == Some("Inf")
    };
    let found = match &need.on {
        On::Object if noun => {
            let mut owned = clause.owners_of(clause.at);
            for of in &clause.grammar.of {
                owned.extend(clause.with_prep(of));
            }
            owned
        }
        On::Object => {
            let mut objects = clause.object();
            if objects.is_empty() {
                objects = clause.indirect();
            }
            objects
        }
        On::Indirect => clause.indirect(),
        On::Subject => clause.agent(),
        On::Complement => clause.complements(),
        On::Aim => {
            let aims = |&aim: &usize| {
                let marked = clause.sentence.with(aim, "mark").next().is_some();
                aim > clause.at && marked && clause.sentence.tokens[aim].feat("VerbForm") == Some("Inf")
            };
            clause.complements().into_iter().filter(aims).collect()
        }
        On::Quoted => clause.complements().into_iter().filter(|&said| clause.sentence.is_quoted(said)).collect(),
        On::Prep(preps) => {
            preps.split('|').flat_map(|prep| clause.with_prep_where(prep, |at| !is_time(at) && !is_aim(at))).collect()
        }
        On::Clause => Vec::new(),
    };
    let heads: Vec<usize> = found
        .into_iter()
        .flat_map(|head| std::iter::once(head).chain(clause.sentence.with(head, "conj").collect::<Vec<_>>()))
        .map(|head| clause.measured(head))
        .collect();
    // "the tanker Kiwala", "the newspaper La Nacion": what a name is
    let called = |head: usize| {
        clause.sentence.children(head).filter(move |&child| {
            let token = &clause.sentence.tokens[child];
            child < head
                && clause.grammar.subject_first
                && clause.sentence.tokens[head].upos == Upos::Propn
                && token.upos == Upos::Noun
                && matches!(token.deprel.as_str(), "compound" | "nmod:desc")
        })
    };
    let titles: Vec<usize> = heads.iter().flat_map(|&head| called(head).collect::<Vec<_>>()).collect();
    heads.into_iter().chain(titles).collect()
}

/// The noun that last named whom the pronoun at `head` stands for.
fn named_by_pronoun(head: usize, around: Around<'_>) -> Option<&Token> {
    let Around { index, entities, sentences, .. } = around;
    let pronoun = entities.headed_by(index, head).filter(|mention| mention.also.is_empty())?;
    let before = |mention: &&Mention| {
        mention.actor == pronoun.actor
            && mention.form == MentionForm::Nominal
            && (mention.sentence, mention.first) < (pronoun.sentence, pronoun.first)
    };
    let noun = entities.mentions.iter().filter(|_| pronoun.actor.is_some()).rev().find(before)?;
    sentences.get(noun.sentence as usize)?.tokens.get(noun.head as usize)
}

/// Whether the noun phrase headed by `head` names more than one actor, as whoever meets does: "Kim and Lavrov", "the two
/// countries", "the ministers".
fn is_several(clause: &Clause<'_>, head: usize, Around { index, entities, .. }: Around<'_>) -> bool {
    let actor = |at: usize| {
        let mention = entities.headed_by(index, at).or_else(|| entities.covering(index, at))?;
        Some((mention.actor?, mention))
    };
    let Some((first, mention)) = actor(head) else { return false };
    !mention.also.is_empty()
        || entities.facts[first as usize].plural && entities.actors[first as usize].kind == ActorKind::Group
        || clause.sentence.with(head, "conj").filter_map(actor).any(|(other, _)| other != first)
}

/// Whether the noun phrase headed by `head` is an actor of the reserved class: `@any-actor`, or `@any-government` for
/// states and whoever acts for them (sectors GOV, MIL, COP, LEG, JUD, SPY) and international bodies, `@any-people` for a
/// group of people without arms or office. `@any-place` is a named place, and a state as the land that it is.
fn is_named(class: &str, head: usize, Around { index, entities, .. }: Around<'_>) -> bool {
    if !RESERVED[..3].contains(&class) && class != RESERVED[5] {
        return false;
    }
    let mention = entities.headed_by(index, head).or_else(|| entities.covering(index, head));
    if class == RESERVED[5] {
        return mention.is_some_and(|mention| {
            mention.place.is_some()
                || mention.actor.is_some_and(|actor| entities.actors[actor as usize].kind == ActorKind::State)
        });
    }
    let Some(actor) = mention.filter(|mention| mention.role == Role::Actor).and_then(|mention| mention.actor) else {
        return false;
    };
    let facts = &entities.facts[actor as usize];
    let actor = &entities.actors[actor as usize];
    if class == RESERVED[2] {
        let office = matches!(actor.sector.as_deref(), Some("GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY" | "REB"));
        return actor.kind == ActorKind::Group && !office && !facts.armed;
    }
    class == RESERVED[0]
        || actor.kind == ActorKind::State
        || matches!(actor.sector.as_deref(), Some("GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY" | "IGO"))
}

/// Whether the noun phrase headed by `head` names actors of two countries or more: "French and Egyptian warships".
fn of_several(clause: &Clause<'_>, head: usize, Around { index, entities, .. }: Around<'_>) -> bool {
    let phrase = clause.sentence.subtree(head);
    let mut countries: Vec<&str> = entities
        .in_sentence(index)
        .iter()
        .filter(|mention| phrase.contains(&(mention.head as usize)))
        .flat_map(|mention| mention.actor.into_iter().chain(mention.also.iter().copied()))
        .filter_map(|actor| entities.actors[actor as usize].country.as_deref())
        .collect();
    countries.sort_unstable();
    countries.dedup();
    countries.len() > 1
}

/// Whether one of the several-word entries begins or ends at `head`.
fn phrase_in<'w>(words: impl Iterator<Item = &'w CompactString>, clause: &Clause<'_>, head: usize) -> bool {
    let tokens = &clause.sentence.tokens;
    let lower = tokens[head].form.to_lowercase();
    words.filter(|word| word.contains(' ')).any(|phrase| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        let fits = |start: usize| {
            start + parts.len() <= tokens.len()
                && parts
                    .iter()
                    .zip(&tokens[start..])
                    .all(|(part, token)| token.form.to_lowercase() == **part || token.lemma == **part)
        };
        (parts[0] == lower || parts[0] == tokens[head].lemma) && fits(head)
            || head + 1 >= parts.len() && fits(head + 1 - parts.len())
    })
}
