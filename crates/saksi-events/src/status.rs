//! Whether an act happened, as the text puts it: negation, modality, tense of intention, condition.

use crate::clause::Clause;
use crate::frames::{Rules, Shape};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};
use saksi_record::{Certainty, EventType, Status};
use saksi_tree::{RegionKind, Sentence, Upos};
use serde::Deserialize;

/// Why the consequence of a condition is hypothetical.
const CONDITION: &str = "the consequence of a condition";

/// What a word does to the act it stands with or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Effect {
    /// It did not happen.
    Negated,
    /// It is to happen.
    Future,
    /// It may happen, was called for, ordered, feared, tried.
    Hypothetical,
    /// It may happen; in reported speech it is to happen ("would").
    Conditional,
    /// It is what somebody has to do ("must").
    Obliged,
    /// It is the aim of another act.
    Purpose,
    /// It is put as likely.
    Probable,
    /// It is put as possible, or as hearsay.
    Possible,
    /// It is kept as it is: "managed to", "began to".
    Actual,
    /// None in particular is meant, unless it is denied: "any strike".
    Any,
    /// It is said; where that is denied or yet to come, nothing is known of it: "did not confirm the strike".
    Open,
    /// What is told of the act, by whatever noun tells it, is not so: "reports that he had fled were false".
    Untrue,
}

/// Where a word of the status lexicon stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Beside the act: auxiliary, adverb, determiner, marker.
    Beside,
    /// Over it: the verb or noun whose complement the act is.
    Over,
    /// Over it, if the act is a clause: "set to resume talks", but not "set off protests".
    OverClause,
    /// Over it, if it is an infinitive: "is said to have fled", but not "said it had fled".
    OverInfinitive,
    /// Over it, if it is a noun: "reports that troops fired", but not "AFP reports that".
    OverFromNoun,
}

/// The status lexicon of a pack (`lexicon/status.tsv`).
#[derive(Debug, Default)]
pub(crate) struct StatusWords {
    words: FxHashMap<CompactString, Vec<(Place, Effect, usize)>>,
}

/// The status of an act and what led to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    pub(crate) status: Status,
    pub(crate) purpose: bool,
    pub(crate) certainty: Option<Certainty>,
    /// What the status is if the act stands in reported speech, leaving aside what governs it.
    pub(crate) reported: Status,
    /// The words over it that make it no more than supposed: "warned", "urged".
    pub(crate) governors: Vec<usize>,
    /// Whether it is put as what somebody has to do.
    pub(crate) obliged: bool,
    /// Whether somebody will not do it: negated and to come.
    pub(crate) refused: bool,
    /// Whether it hangs on a condition.
    pub(crate) conditional: bool,
    /// Whether it hangs on something not being done: "unless".
    pub(crate) averted: bool,
    /// Cue words with the line of the lexicon.
    pub(crate) why: Vec<String>,
}

impl StatusWords {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let table = pack.table("lexicon/status.tsv")?;
        let (word, place, effect) = (table.column("word")?, table.column("place")?, table.column("effect")?);
        let mut words: FxHashMap<CompactString, Vec<(Place, Effect, usize)>> = FxHashMap::default();
        for row in table.rows() {
            let error = |reason| PackError::Entry { at: row.location(), reason };
            let place = match row.cell(place) {
                "beside" => Place::Beside,
                "over" => Place::Over,
                "over-clause" => Place::OverClause,
                "over-infinitive" => Place::OverInfinitive,
                "over-noun" => Place::OverFromNoun,
                other => {
                    let known = "beside, over, over-clause, over-infinitive or over-noun";
                    return Err(error(format!("`{other}` is no place: use {known}")));
                }
            };
            let effect = match row.cell(effect) {
                "negated" => Effect::Negated,
                "future" => Effect::Future,
                "hypothetical" => Effect::Hypothetical,
                "conditional" => Effect::Conditional,
                "obliged" => Effect::Obliged,
                "purpose" => Effect::Purpose,
                "probable" => Effect::Probable,
                "possible" => Effect::Possible,
                "actual" => Effect::Actual,
                "any" => Effect::Any,
                "open" => Effect::Open,
                "untrue" => Effect::Untrue,
                other => return Err(error(format!("`{other}` is no effect"))),
            };
            for word in row.list(word) {
                words.entry(word.into()).or_default().push((place, effect, row.location().line));
            }
        }
        Ok(Self { words })
    }

    pub(crate) fn effect(&self, keys: &[CompactString], wanted: Place) -> Option<(Effect, usize)> {
        keys.iter()
            .filter_map(|key| self.words.get(key))
            .flatten()
            .find(|(place, _, _)| *place == wanted)
            .map(|&(_, effect, line)| (effect, line))
    }

    /// What a word does to the act it governs with this relation.
    pub(crate) fn effect_over(&self, keys: &[CompactString], relation: &str, noun: bool) -> Option<(Effect, usize)> {
        let clause = matches!(relation, "xcomp" | "ccomp" | "csubj" | "advcl" | "acl");
        self.effect(keys, Place::Over)
            .or_else(|| self.effect(keys, Place::OverClause).filter(|_| clause))
            .or_else(|| self.effect(keys, Place::OverInfinitive).filter(|_| relation == "xcomp"))
            .or_else(|| self.effect(keys, Place::OverFromNoun).filter(|_| noun))
    }
}

impl Rules {
    /// Judges the act whose predicate is `clause.at`, named by the words `head` and carried by light verb `light` if any.
    pub(crate) fn judge(&self, clause: &Clause<'_>, light: Option<usize>, head: &[usize], kind: EventType) -> Judged {
        let sentence = clause.sentence;
        let mut effects: Vec<(Effect, String)> = Vec::new();
        let predicate = light.unwrap_or(clause.at);
        self.beside(sentence, clause.at, &mut effects);
        // the negation of "tidak mengakui" is part of the act
        let own = head.first().is_some_and(|&first| first < clause.at && sentence.tokens[first].upos == Upos::Part);
        if own && let Some(place) = effects.iter().position(|(effect, _)| *effect == Effect::Negated) {
            effects.remove(place);
        }
        if let Some(light) = light {
            self.beside(sentence, light, &mut effects);
            // "denied any part in the attack"
            let token = &sentence.tokens[light];
            let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
            // what is ordered or offered by a light verb is done: "ordered the expulsion of two diplomats"
            if let Some((effect, line)) =
                self.status.effect(&keys, Place::Over).filter(|(effect, _)| *effect != Effect::Hypothetical)
            {
                effects.push((effect, format!("‘{}’ (lexicon/status.tsv:{line})", token.form)));
            }
        }
        self.nobody(sentence, predicate, &mut effects);
        let own = effects.iter().filter(|(effect, _)| *effect == Effect::Hypothetical).count();
        let governors = self.over(sentence, predicate, kind, &mut effects);
        self.told_by_noun(sentence, predicate, kind, &mut effects);
        let asked = sentence.tokens.last().is_some_and(|token| token.form == "?") && effects.is_empty();
        if asked {
            effects.push((Effect::Hypothetical, "a question".into()));
        }
        let has = |effect: Effect| effects.iter().any(|(found, _)| *found == effect);
        let negations = effects.iter().filter(|(effect, _)| *effect == Effect::Negated).count();
        let negated = negations % 2 == 1;
        let status = |supposed: bool, future: bool| {
            if supposed {
                Status::Hypothetical
            } else if negated {
                Status::Negated
            } else if future {
                Status::Future
            } else {
                Status::Actual
            }
        };
        let supposed = has(Effect::Hypothetical) || has(Effect::Obliged) || has(Effect::Any) && negations == 0;
        let future = has(Effect::Future);
        let conditional = effects.iter().any(|(_, why)| why == CONDITION);
        let reported =
            status(own > 0 || conditional || has(Effect::Obliged) || asked, future || has(Effect::Conditional));
        let status = status(supposed || has(Effect::Conditional), future);
        let certainty = if has(Effect::Possible) {
            Some(Certainty::Possible)
        } else if has(Effect::Probable) {
            Some(Certainty::Probable)
        } else {
            None
        };
        Judged {
            status,
            purpose: has(Effect::Purpose),
            certainty,
            reported,
            obliged: has(Effect::Obliged),
            refused: negated && (future || has(Effect::Conditional)),
            conditional,
            averted: conditional && self.averts(sentence, clause.at),
            governors,
            why: effects.into_iter().map(|(_, why)| format!("status: {why}")).collect(),
        }
    }

    /// Whether the word at `at` says of what it governs that it did not happen, or may.
    pub(crate) fn governs(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let effect = self.status.effect(&self.keys(&token.form.to_lowercase(), &token.lemma), Place::Over);
        effect.is_some_and(|(effect, _)| !matches!(effect, Effect::Open | Effect::Untrue))
    }

    /// Whether the word at `at` says of what it governs that it did not happen.
    pub(crate) fn denies(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let effect = self.status.effect(&self.keys(&token.form.to_lowercase(), &token.lemma), Place::Over);
        matches!(effect, Some((Effect::Negated, _)))
    }

    /// Effects of the words that stand with predicate `at`.
    pub(crate) fn beside(&self, sentence: &Sentence, at: usize, effects: &mut Vec<(Effect, String)>) {
        let mut places: Vec<usize> = sentence.children(at).filter(|&child| is_beside(sentence, child)).collect();
        // a coordinated verb shares the auxiliaries of the first, unless it has a subject of its own
        let token = &sentence.tokens[at];
        if token.relation() == "conj"
            && let Some(head) = token.head
            && sentence.with(at, "nsubj").next().is_none()
            && sentence.with(at, "aux").next().is_none()
            && !breaks_off(sentence, at, head as usize)
        {
            places.extend(
                sentence.children(head as usize).filter(|&child| {
                    child < head as usize && matches!(sentence.tokens[child].relation(), "aux" | "mark")
                }),
            );
        }
        // "Putin enggan bertemu Zelensky" with the adverb taken into the name before it
        let taken = at.checked_sub(1).filter(|&before| {
            let token = &sentence.tokens[before];
            token.relation() == "flat" && token.form.chars().next().is_some_and(char::is_lowercase)
        });
        places.extend(taken);
        if let Some(phrase) = self.forgone(sentence, at) {
            effects.push((Effect::Negated, format!("‘{phrase}’")));
        }
        // "akan tetapi" joins clauses, and says nothing of the time
        places.retain(|&place| sentence.tokens[place].deprel != "cc");
        // nor does "tidak hanya" deny anything
        let only = |place: usize| {
            sentence.tokens.get(place + 1).is_some_and(|next| self.grammar.only.contains(&next.lower().to_string()))
        };
        places.retain(|&place| sentence.tokens[place].feat("Polarity") != Some("Neg") || !only(place));
        for place in places {
            let token = &sentence.tokens[place];
            // a conjunction has no other form: "sebelum" is none of "belum"
            let lemma = if token.upos == Upos::Sconj { "" } else { token.lemma.as_str() };
            let keys = self.keys(&token.form.to_lowercase(), lemma);
            if let Some((effect, line)) = self.status.effect(&keys, Place::Beside) {
                // "to" and "untuk" mean a purpose only over an adverbial clause
                let relation = sentence.tokens[at].relation();
                // "is to meet", and "France to hand over base" in a headline: an infinitive as the main verb
                let subject = sentence.with(at, "nsubj").next().is_some();
                let main = matches!(relation, "root" | "parataxis") || relation == "ccomp" && subject;
                if effect == Effect::Purpose
                    && main
                    && subject
                    && (sentence.with(at, "aux").next().is_some()
                        || sentence.with(at, "cop").next().is_some()
                        || relation == "root" && sentence.kind == RegionKind::Title)
                {
                    effects.push((Effect::Future, format!("‘{}’ (lexicon/status.tsv:{line})", token.form)));
                    continue;
                }
                if effect == Effect::Purpose
                    && (!matches!(relation, "advcl" | "acl" | "obl" | "nmod")
                        || self.is_aim(sentence, at)
                        || self.is_ranked(sentence, at))
                {
                    continue;
                }
                // "would have stormed the town": it did not come to that
                let verb = &sentence.tokens[at];
                let counterfactual = effect == Effect::Conditional
                    && verb.feat("VerbForm") == Some("Part")
                    && verb.feat("Tense") == Some("Past")
                    && sentence.with(at, "aux").filter(|&aux| sentence.tokens[aux].deprel == "aux").count() > 1;
                let effect = if counterfactual { Effect::Hypothetical } else { effect };
                effects.push((effect, format!("‘{}’ (lexicon/status.tsv:{line})", token.form)));
            }
        }
    }

    /// Whether an infinitive read as an adverbial is what a verb of planning, trying or wanting is about: "plans to
    /// attack".
    fn is_aim(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let Some(head) = token.head.map(|head| head as usize) else { return false };
        let above = &sentence.tokens[head];
        let keys = self.keys(&above.form.to_lowercase(), &above.lemma);
        // "mengizinkan Swedia bergabung": whom it is about stands between, and nothing marks the clause
        let objects: Vec<usize> = sentence.with(head, "obj").collect();
        let between = objects.iter().all(|&object| object > head && object < at)
            && sentence.with(at, "mark").next().is_none()
            && (head..at).all(|gap| sentence.tokens[gap].upos != Upos::Punct);
        token.relation() == "advcl"
            && at > head
            && at - head <= 4
            && above.upos == Upos::Verb
            && (objects.is_empty() || between)
            && self.status.effect(&keys, Place::Over).is_some()
    }

    /// Whether a verb of confirming or denying is itself denied or yet to come: "neither confirmed nor denied", "refused to
    /// confirm".
    pub(crate) fn is_unsaid(&self, sentence: &Sentence, verb: usize, kind: EventType) -> bool {
        let mut effects = Vec::new();
        self.beside(sentence, verb, &mut effects);
        self.over(sentence, verb, kind, &mut effects);
        // a verb joined to another shares what stands before that one
        let token = &sentence.tokens[verb];
        if token.relation() == "conj"
            && sentence.with(verb, "nsubj").next().is_none()
            && let Some(first) = token.head
        {
            self.beside(sentence, first as usize, &mut effects);
        }
        effects.iter().any(|(effect, _)| !matches!(effect, Effect::Actual | Effect::Probable | Effect::Possible))
    }

    /// Effects of what governs predicate `at`; gives the words that make it no more than supposed.
    fn over(&self, sentence: &Sentence, at: usize, kind: EventType, effects: &mut Vec<(Effect, String)>) -> Vec<usize> {
        let mut governors = Vec::new();
        let mut below = at;
        // whether nothing stands between the act and what is looked at
        let mut direct = true;
        for above in sentence.ancestors(at) {
            let relation = sentence.tokens[below].relation();
            let token = &sentence.tokens[above];
            let done = sentence.tokens[below].feat("VerbForm") == Some("Part")
                && sentence.tokens[below].feat("Tense") == Some("Past");
            let exists = |verb: usize| self.grammar.says_there(&sentence.tokens[verb]);
            // "tidak ada korban tewas": what there is none of did not do it
            if matches!(relation, "advcl" | "xcomp") && exists(above) {
                if sentence.with(above, "nsubj").any(|subject| subject + 1 == below) {
                    self.beside(sentence, above, effects);
                }
                break;
            }
            // "tidak ada korban jiwa dalam serangan itu": that there are none says nothing of the attack
            if relation == "nmod" && token.relation() == "nsubj" && token.head.is_some_and(|verb| exists(verb as usize))
            {
                break;
            }
            let complement = match relation {
                // "freed hostages held by bandits": a reduced relative clause says what was
                "acl" if done && token.upos.is_nominal() => false,
                "xcomp" | "ccomp" | "csubj" | "acl" | "advcl" => sentence.tokens[below].deprel != "acl:relcl",
                // "the attack was feared", but "the attack feared nobody"; "tidak ada pemukulan", "no attack took place"
                "nsubj" => {
                    sentence.tokens[below].deprel == "nsubj:pass"
                        || sentence.with(above, "cop").next().is_some()
                        || sentence.with(above, "obj").next().is_none() && self.grammar.says_there(token)
                }
                "obj" | "obl" | "nmod" | "iobj" => true,
                "conj" if breaks_off(sentence, below, above) => false,
                "conj" => {
                    below = above;
                    continue;
                }
                _ => false,
            };
            if !complement {
                break;
            }
            // "agreed to meet after clashes": a circumstance is not what was agreed
            let circumstance = matches!(relation, "obl" | "nmod" | "advcl")
                && Clause::new(sentence, &self.grammar, below, Shape::Plain)
                    .prepositions(below)
                    .any(|prep| self.grammar.circumstance.contains(&prep));
            // "perjanjian saat kunjungan" with the conjunction as a noun beside
            let before = sentence.subtree(below).first().and_then(|first| first.checked_sub(1)).filter(|&word| {
                // or as the mark of what the parser made of the adjective behind: "setelah bentrokan bersenjata"
                relation == "nmod" && sentence.tokens[word].head == Some(above as u32) && word > above
                    || relation == "obl" && word > above && sentence.tokens[word].relation() == "mark"
            });
            let beside = before.map(|word| sentence.tokens[word].form.to_lowercase().to_string());
            if circumstance || beside.is_some_and(|word| self.grammar.circumstance.contains(&word)) {
                break;
            }
            let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
            // "insisted that it had acted lawfully" asks for nothing
            let past = |at: usize| sentence.tokens[at].feat("Tense") == Some("Past");
            let told = |at: usize| past(at) || sentence.tokens[at].feat("VerbForm") == Some("Fin");
            let asserted = relation == "ccomp"
                && self.grammar.asserting.iter().any(|verb| *verb == token.lemma)
                && (past(below) || sentence.with(below, "aux").chain(sentence.with(below, "cop")).any(told));
            if asserted {
                break;
            }
            let found = self
                .status
                .effect_over(&keys, relation, token.upos.is_nominal())
                .filter(|_| relation != "advcl" || self.is_aim(sentence, below));
            if let Some((Effect::Open | Effect::Negated, line)) = found
                && direct
                && self.is_unsaid(sentence, above, kind)
            {
                effects.push((Effect::Hypothetical, format!("‘{}’, not said (lexicon/status.tsv:{line})", token.form)));
                break;
            }
            direct = false;
            let says = |(effect, _): &(Effect, usize)| !matches!(effect, Effect::Open | Effect::Untrue);
            if let Some((effect, line)) = found.filter(says) {
                effects.push((effect, format!("‘{}’ (lexicon/status.tsv:{line})", token.form)));
                if effect == Effect::Hypothetical {
                    governors.push(above);
                }
            }
            // a negated or conditional governor carries over to what it governs, a governor in a finite
            // clause of saying does not
            // "did not acknowledge sending troops" leaves open whether they were sent
            let owns =
                self.grammar.owning.iter().any(|verb| *verb == token.lemma || *verb == token.form.to_lowercase());
            // "has not answered the request": what is pointed to is there, whatever is not done about it
            let stands = matches!(relation, "obj" | "obl") && !self.lends(&keys) && self.is_definite(sentence, below);
            // "ancaman itu belum dicabut": what is not ended is there
            let ended = self.grammar.ending.iter().any(|verb| *verb == token.lemma || *verb == token.lower());
            let stands = stands || ended && matches!(relation, "obj" | "nsubj");
            if matches!(relation, "xcomp" | "obj" | "nsubj" | "obl") && token.upos != Upos::Noun && !owns && !stands {
                let own: usize = effects.len();
                self.beside(sentence, above, effects);
                if matches!(relation, "obl") {
                    // "did not say in the attack": negation of the clause is not about its circumstance; but "is due to
                    // travel for talks"
                    let aim = Clause::new(sentence, &self.grammar, below, Shape::Plain)
                        .prepositions(below)
                        .any(|prep| self.grammar.aims.contains(&prep));
                    let ahead = |effect: Effect| {
                        matches!(effect, Effect::Future | Effect::Hypothetical | Effect::Conditional | Effect::Obliged)
                    };
                    if !(aim && effects[own..].iter().any(|(effect, _)| ahead(*effect))) {
                        effects.truncate(own);
                    }
                }
            }
            // "refused to comment on the killing": what somebody speaks of is there, whatever they say
            let topic = matches!(relation, "obl" | "nmod") && token.upos == Upos::Verb && {
                let clause = Clause::new(sentence, &self.grammar, below, Shape::Plain);
                clause.prepositions(below).any(|prep| self.grammar.topics.contains(&prep))
            };
            if relation == "advcl" || relation == "ccomp" && effects.is_empty() || topic {
                break;
            }
            below = above;
        }
        self.supposed_subject(sentence, at, effects);
        // the consequence of a condition
        // "will have to resign if it passes": the condition stands with the verb above
        let chain = std::iter::once(at).chain(
            sentence
                .ancestors(at)
                .zip(std::iter::once(at).chain(sentence.ancestors(at)))
                .take_while(|&(_, below)| sentence.tokens[below].relation() == "xcomp")
                .map(|(above, _)| above),
        );
        let conditional = chain.flat_map(|verb| sentence.with(verb, "advcl").collect::<Vec<_>>()).any(|child| {
            sentence.with(child, "mark").any(|mark| {
                let token = &sentence.tokens[mark];
                let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
                matches!(self.status.effect(&keys, Place::Beside), Some((Effect::Hypothetical, _)))
            })
        });
        let is_speech = matches!(
            kind,
            EventType::Threaten | EventType::Request | EventType::Agree | EventType::Accuse | EventType::Reject
        );
        // a threat or an offer under a condition is made all the same
        let ahead = effects.iter().any(|(effect, _)| {
            matches!(effect, Effect::Future | Effect::Hypothetical | Effect::Conditional | Effect::Obliged)
        });
        if conditional && (!is_speech || ahead) {
            effects.push((Effect::Hypothetical, CONDITION.into()));
        }
        governors
    }
}

impl Rules {
    /// Whether a noun has a word that points to it, or an owner before it.
    fn is_definite(&self, sentence: &Sentence, at: usize) -> bool {
        sentence.tokens[at].upos.is_nominal()
            && sentence.children(at).any(|child| {
                let word = &sentence.tokens[child];
                self.grammar.anaphoric.iter().any(|other| *other == word.form.to_lowercase().as_str())
                    || word.deprel == "nmod:poss"
            })
    }

    /// "will withdraw unless elections are held": whether a clause below the verb says what would keep it from being done.
    fn averts(&self, sentence: &Sentence, at: usize) -> bool {
        sentence.with(at, "advcl").flat_map(|child| sentence.with(child, "mark").collect::<Vec<_>>()).any(|mark| {
            let word = sentence.tokens[mark].form.to_lowercase();
            self.grammar.averting.iter().any(|other| *other == word.as_str())
        })
    }

    /// Whether a verb lends its clause to the noun of an act.
    fn lends(&self, keys: &[CompactString]) -> bool {
        keys.iter().any(|key| self.light.contains_key(key))
    }

    /// "Sanctions would hurt buyers": an act that nothing points to, and of which is said what it would do, is supposed.
    fn supposed_subject(&self, sentence: &Sentence, at: usize, effects: &mut Vec<(Effect, String)>) {
        let token = &sentence.tokens[at];
        let Some(verb) = token.head.map(|head| head as usize).filter(|_| token.deprel == "nsubj") else { return };
        if self.is_definite(sentence, at) || !token.upos.is_nominal() || sentence.kind == RegionKind::Title {
            return;
        }
        let found = sentence.with(verb, "aux").find_map(|aux| {
            let word = &sentence.tokens[aux];
            let effect = self.status.effect(&self.keys(&word.form.to_lowercase(), &word.lemma), Place::Beside);
            effect.filter(|(effect, _)| *effect == Effect::Conditional).map(|(_, line)| (&word.form, line))
        });
        if let Some((form, line)) = found {
            effects.push((Effect::Hypothetical, format!("‘{form}’ (lexicon/status.tsv:{line})")));
        }
    }

    /// "No country has recognised the junta", "none of them fired": a subject of whom there is none.
    fn nobody(&self, sentence: &Sentence, at: usize, effects: &mut Vec<(Effect, String)>) {
        if sentence.tokens[at].upos.is_nominal() {
            return;
        }
        for subject in sentence.with(at, "nsubj").collect::<Vec<_>>() {
            // "belum satu pun sandera dibebaskan": the negation stands with the number
            let number = sentence.tokens[subject].upos == Upos::Num;
            let none = sentence.with(subject, "advmod").filter(|&none| number && none < subject);
            for word in sentence.with(subject, "det").chain(none).chain(std::iter::once(subject)) {
                let token = &sentence.tokens[word];
                let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
                if let Some((Effect::Negated, line)) = self.status.effect(&keys, Place::Beside) {
                    effects.push((Effect::Negated, format!("‘{}’ (lexicon/status.tsv:{line})", token.form)));
                    return;
                }
            }
        }
    }

    /// Negation of the nouns that a verb names the act with: "held no talks".
    pub(crate) fn none_of(&self, sentence: &Sentence, nouns: &[usize]) -> Option<String> {
        nouns.iter().flat_map(|&noun| sentence.with(noun, "det")).find_map(|det| {
            let word = &sentence.tokens[det];
            let effect = self.status.effect(&self.keys(&word.form.to_lowercase(), &word.lemma), Place::Beside);
            effect
                .filter(|(effect, _)| *effect == Effect::Negated)
                .map(|(_, line)| format!("status: ‘{}’ (lexicon/status.tsv:{line})", word.form))
        })
    }
}

fn is_beside(sentence: &Sentence, child: usize) -> bool {
    matches!(
        sentence.tokens[child].relation(),
        "aux" | "advmod" | "mark" | "det" | "cop" | "case" | "discourse" | "cc" | "amod"
    )
}

/// "vowed that the state would hunt them, and asked for help": a finite past form shares nothing with the infinitive to which
/// it is joined.
fn breaks_off(sentence: &Sentence, at: usize, first: usize) -> bool {
    let past = |at: usize| {
        let token = &sentence.tokens[at];
        token.feat("VerbForm") == Some("Fin") && token.feat("Tense") == Some("Past")
    };
    past(at) && sentence.tokens[first].feat("VerbForm") == Some("Inf")
}
