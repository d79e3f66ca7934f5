//! Which words name an act, and by which frame.

use crate::clause::Clause;
use crate::frames::{Frame, Pos, Rules, Shape};
use crate::needs::Around;
use saksi_record::{EventType, MentionForm};
use saksi_tree::{RegionKind, Sentence, Upos};

/// A word or words that name an act.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    /// The token whose arguments count.
    pub(crate) at: usize,
    /// All tokens of the trigger, in order.
    pub(crate) tokens: Vec<usize>,
    /// Index of the frame.
    pub(crate) frame: u32,
    pub(crate) shape: Shape,
    /// The light verb that carries the noun, with its shape.
    pub(crate) light: Option<(usize, Shape)>,
    /// The nouns by which the frame's conditions hold: "sanctions" of "imposed sanctions".
    pub(crate) evidence: Vec<usize>,
    /// The nouns of acts among them, which the trigger takes in.
    pub(crate) nouns: Vec<usize>,
}

/// How many words may stand between the parts of a head ("called the talks off").
const GAP: usize = 5;

impl Rules {
    /// The triggers of a sentence, in order; of several frames for a word the most specific.
    pub(crate) fn triggers(&self, sentence: &Sentence, around: Around<'_>) -> Vec<Trigger> {
        let mut found: Vec<Trigger> = Vec::new();
        for at in 0..sentence.tokens.len() {
            if let Some(trigger) = self.trigger_at(sentence, at, around) {
                found.push(trigger);
            }
        }
        // of two heads for one word the longer one holds
        let lengths: Vec<(usize, usize)> = found.iter().map(|trigger| (trigger.at, trigger.tokens.len())).collect();
        let mut place = 0;
        found.retain(|trigger| {
            place += 1;
            !lengths.iter().enumerate().any(|(other, &(at, length))| {
                at == trigger.at
                    && (length > trigger.tokens.len() || length == trigger.tokens.len() && other + 1 < place)
            })
        });
        // a word inside a longer head is not an act of its own
        let inside: Vec<bool> = found
            .iter()
            .map(|trigger| {
                found
                    .iter()
                    .any(|other| other.at != trigger.at && other.tokens.len() > 1 && other.tokens.contains(&trigger.at))
            })
            .collect();
        // nor is a noun by which another frame holds, unless it is support that is offered; nor the "dead" of "shot dead five"
        let mut inside = inside;
        for at in 0..found.len() {
            let frame = |trigger: &Trigger| &self.frames[trigger.frame as usize];
            inside[at] |= self.grammar.passive_auxiliary
                && frame(&found[at]).pos == Pos::Adjective
                && found.iter().any(|other| {
                    other.at + 1 == found[at].at
                        && frame(other).pos == Pos::Verb
                        && frame(other).kind == frame(&found[at]).kind
                });
        }
        for at in 0..found.len() {
            let kind = |trigger: &Trigger| self.frames[trigger.frame as usize].kind;
            let taken = found.iter().position(|other| {
                other.at != found[at].at
                    && other.evidence.contains(&found[at].at)
                    && !(kind(other) == EventType::Agree && kind(&found[at]) == EventType::Support)
            });
            if let Some(other) = taken {
                inside[at] = true;
                let tokens = found[at].tokens.clone();
                found[other].nouns.extend(tokens);
            }
        }
        let mut keep = inside.into_iter();
        found.retain(|_| !keep.next().unwrap_or(false));
        found
    }

    /// The verbs of acts in a sentence, in order.
    pub(crate) fn verbs(&self, sentence: &Sentence, around: Around<'_>) -> Vec<usize> {
        let mut verbs: Vec<usize> = self
            .triggers(sentence, around)
            .iter()
            .filter_map(|trigger| match self.frames[trigger.frame as usize].pos {
                Pos::Verb => Some(trigger.at),
                _ => trigger.light.map(|(verb, _)| verb),
            })
            .collect();
        verbs.sort_unstable();
        verbs.dedup();
        verbs
    }

    fn trigger_at(&self, sentence: &Sentence, at: usize, around: Around<'_>) -> Option<Trigger> {
        let token = &sentence.tokens[at];
        if matches!(token.upos, Upos::Punct | Upos::Num | Upos::Sym) {
            return None;
        }
        // "Rwanda-backed M23", "the jailed activist": a participle before its noun says who somebody is
        let attribute = token.relation() == "amod" && token.head.is_some_and(|head| head as usize > at);
        let lower = token.form.to_lowercase();
        // "police seal off Nairobi, arrest 567": a bare verb behind a comma shares the subject of the one before
        let shares = sentence.kind == RegionKind::Title
            && self.grammar.passive_auxiliary
            && at > 2
            && is_noun(token.upos)
            && (sentence.tokens[at - 1].form == "," || sentence.tokens[at - 1].upos == Upos::Cconj)
            && sentence.tokens[..at].iter().any(|before| before.upos == Upos::Verb)
            && sentence
                .tokens
                .get(at + 1)
                .is_some_and(|next| matches!(next.upos, Upos::Num | Upos::Propn | Upos::Det | Upos::Adj | Upos::Pron));
        // "Israel pounds Beirut": in a headline the word behind an actor may be a verb, whatever its tag
        let Around { index, entities, .. } = around;
        let headline = sentence.kind == RegionKind::Title
            && self.grammar.subject_first
            && at > 0
            && is_noun(token.upos)
            && sentence.tokens.get(at + 1).is_some_and(|next| !matches!(next.upos, Upos::Punct | Upos::Part))
            && entities.covering(index, at).is_none()
            && entities.covering(index, at - 1).is_some_and(|mention| mention.last as usize == at - 1)
            || shares && entities.covering(index, at).is_none();
        // "riot police": part of what somebody is called
        let inside = token.relation() == "compound"
            && entities.covering(index, at).is_some_and(|mention| {
                mention.form == MentionForm::Nominal && mention.head as usize != at && mention.actor.is_some()
            });
        // "Pasukan Dukungan Cepat": a word of an actor's name is no act
        let inside = inside
            || entities.covering(index, at).is_some_and(|mention| {
                mention.form == MentionForm::Name && mention.actor.is_some() && mention.first < mention.last
            });
        // "coup leaders": an act that tells people apart is none of its own
        let inside = inside
            || token.relation() == "compound"
                && self.grammar.doubling
                && token.head.is_some_and(|head| head as usize == at + 1 && self.names_people(sentence, head as usize));
        let mut best: Option<(usize, Trigger)> = None;
        for (rank, key) in self.keys(&lower, &token.lemma).iter().enumerate() {
            for &(index, shape) in self.heads.get(key).into_iter().flatten() {
                let frame = &self.frames[index as usize];
                // "police seal off Nairobi", but not "police raid on a camp"
                let before_adposition = sentence.tokens.get(at + 1).is_some_and(|next| next.upos == Upos::Adp);
                let verb = headline
                    && frame.pos == Pos::Verb
                    && rank <= 3
                    && (!before_adposition
                        || frame.head.get(1).is_some_and(|word| *word == sentence.tokens[at + 1].form));
                if !verb && !fits_pos(sentence, at, frame, shape, rank) {
                    continue;
                }
                // "perjanjian tentang perbatasan": what introduces a topic is a bare verb only with a subject of its own
                if shape == Shape::Bare
                    && self.grammar.topics.iter().any(|word| *word == lower)
                    && sentence.with(at, "nsubj").next().is_none()
                {
                    continue;
                }
                if attribute && frame.pos == Pos::Verb && !headline || inside && frame.pos == Pos::Noun {
                    continue;
                }
                let Some(tokens) = self.match_rest(sentence, at, frame) else { continue };
                // "naval exercise by Iran": the arguments hang on the word that heads the phrase
                // "tidak mengakui": nor do they hang on a negation
                let at = match frame.pos {
                    Pos::Noun => top_of(sentence, &tokens),
                    Pos::Verb if token.upos == Upos::Part => {
                        let verb = |&place: &usize| sentence.tokens[place].upos == Upos::Verb;
                        // "tidak hanya mengakui" refuses nothing
                        if (at + 1..tokens[1]).any(|between| sentence.tokens[between].upos != Upos::Aux) {
                            continue;
                        }
                        // "tidak mau berunding": the subject hangs on the first verb, or on the last one where that is an auxiliary
                        let top = Some(top_of(sentence, &tokens)).filter(verb);
                        let Some(verb) = top.or_else(|| tokens[1..].iter().copied().rev().find(verb)) else { continue };
                        verb
                    }
                    _ => at,
                };
                // "Kerja sama antara Rusia dan India berlanjut": what is a subject is a noun, whatever its tag
                let noun = is_noun(sentence.tokens[at].upos)
                    || !self.grammar.doubling && sentence.tokens[at].relation() == "nsubj";
                if frame.pos == Pos::Noun && tokens.len() > 1 && !noun {
                    continue;
                }
                let light = if frame.pos == Pos::Noun { self.light_verb(sentence, at) } else { None };
                let clause = Clause::new(sentence, &self.grammar, at, shape);
                if !self.holds(&frame.needs, &clause, frame.pos == Pos::Noun, around) {
                    continue;
                }
                let weight = 4 * tokens.len()
                    + 2 * frame.needs.iter().filter(|need| !need.negated).count()
                    + frame.needs.len()
                    + usize::from(rank == 0);
                if best.as_ref().is_none_or(|(known, _)| weight > *known) {
                    let evidence = match frame.pos {
                        Pos::Noun => Vec::new(),
                        _ => self.evidence(&frame.needs, &clause, around),
                    };
                    best =
                        Some((weight, Trigger { at, tokens, frame: index, shape, light, evidence, nouns: Vec::new() }));
                }
            }
        }
        best.map(|(_, trigger)| trigger)
    }

    /// Whether a word is the bare form of a verb that names an act: "copot" of "mencopot".
    pub(crate) fn names_bare_verb(&self, sentence: &Sentence, at: usize) -> bool {
        let after = sentence.tokens.get(at + 1).map(saksi_tree::Token::lower);
        self.heads.get(&sentence.tokens[at].lower()).into_iter().flatten().any(|&(index, shape)| {
            let frame = &self.frames[index as usize];
            let whole = frame.head.len() == 1 || frame.head.get(1).is_some_and(|word| Some(word) == after.as_ref());
            frame.pos == Pos::Verb && shape == Shape::Bare && whole
        })
    }

    /// Whether a word, whatever its tag, alone names an act of a wanted type as this part of speech.
    pub(crate) fn names(&self, sentence: &Sentence, at: usize, pos: Pos, wanted: impl Fn(EventType) -> bool) -> bool {
        let token = &sentence.tokens[at];
        let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
        keys.iter().filter_map(|key| self.heads.get(key)).flatten().any(|&(index, _)| {
            let frame = &self.frames[index as usize];
            frame.pos == pos && frame.head.len() == 1 && wanted(frame.kind)
        })
    }

    /// Whether a word may be a verb that an infinitive follows: "plans", "offers".
    pub(crate) fn plans(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
        let listed = self.grammar.infinitives.iter().chain(&self.grammar.only_infinitives);
        listed.into_iter().any(|verb| keys.iter().any(|key| key == verb.as_str()))
    }

    /// Whether a word that the tree takes for a noun or adjective may be a verb: in a headline the first word of an act's frame,
    /// in a sentence a plural that may be a present tense, or one that an infinitive follows.
    pub(crate) fn may_be_verb(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let lower = token.form.to_lowercase();
        let Some(next) = sentence.tokens.get(at + 1) else { return false };
        let keys = self.keys(&lower, &token.lemma);
        if next.upos == Upos::Part && sentence.tokens.get(at + 2).is_some_and(|verb| verb.upos == Upos::Verb) {
            return self.grammar.infinitives.iter().any(|verb| keys.iter().any(|key| key == verb.as_str()));
        }
        let after = next.form.to_lowercase();
        let title = sentence.kind == RegionKind::Title;
        // "Egypt sides with Sudan.": a form that may be a plural or a present tense
        let ends = sentence.tokens.last().is_some_and(|last| last.upos == Upos::Punct);
        let present = ends && token.feat("Number") == Some("Plur") && lower != token.lemma.as_str();
        if !(title || present) {
            return false;
        }
        let begins = match token.upos {
            _ if !title => matches!(next.upos, Upos::Det | Upos::Propn | Upos::Pron | Upos::Num),
            Upos::Adj => matches!(next.upos, Upos::Num | Upos::Det | Upos::Propn | Upos::Pron),
            _ => !matches!(next.upos, Upos::Punct | Upos::Part | Upos::Verb | Upos::Aux),
        };
        keys.iter().filter_map(|key| self.heads.get(key)).flatten().any(|&(index, _)| {
            let frame = &self.frames[index as usize];
            frame.pos == Pos::Verb
                && (begins && next.upos != Upos::Adp && frame.head.len() == 1
                    || frame.head.get(1).is_some_and(|word| *word == after.as_str()))
        })
    }

    /// Whether a word that the tree takes for a noun may be a verb as it stands: one without a prefix that heads a frame and does
    /// not go on as a noun would, or the first word of a longer head: "hengkang dari", "unjuk gigi".
    pub(crate) fn may_be_plain_verb(&self, sentence: &Sentence, at: usize) -> bool {
        let word = sentence.tokens[at].lower();
        let Some(next) = sentence.tokens.get(at + 1) else { return false };
        let goes_on = matches!(next.upos, Upos::Adp | Upos::Adv | Upos::Punct | Upos::Sconj | Upos::Verb);
        let frames =
            || self.heads.get(&word).into_iter().flatten().map(|&(index, shape)| (&self.frames[index as usize], shape));
        let act = frames().any(|(frame, _)| frame.pos == Pos::Noun && frame.head.len() == 1);
        frames().any(|(frame, shape)| {
            frame.pos == Pos::Verb
                && shape == Shape::Plain
                && frame.head[0] == word
                && match frame.head.get(1) {
                    Some(second) => next.lower() == *second,
                    None => goes_on && !act,
                }
        })
    }

    /// Whether a verb names an act of speech and nothing else: "accused", "urged".
    pub(crate) fn names_speech(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
        let mut kinds = keys
            .iter()
            .filter_map(|key| self.heads.get(key))
            .flatten()
            .map(|&(index, _)| &self.frames[index as usize])
            .filter(|frame| frame.pos == Pos::Verb && frame.head.len() == 1)
            .map(|frame| frame.kind)
            .peekable();
        kinds.peek().is_some()
            && kinds.all(|kind| {
                matches!(
                    kind,
                    EventType::Accuse
                        | EventType::Request
                        | EventType::Threaten
                        | EventType::Support
                        | EventType::Reject
                )
            })
    }

    /// Whether a word is a noun of an act as it stands.
    pub(crate) fn names_act(&self, sentence: &Sentence, at: usize) -> bool {
        let form = sentence.tokens[at].form.to_lowercase();
        self.heads.get(form.as_str()).into_iter().flatten().any(|&(index, _)| {
            let frame = &self.frames[index as usize];
            frame.pos == Pos::Noun && frame.head.len() == 1 && frame.head[0] == form.as_str()
        })
    }

    /// Whether a verb only says what somebody thinks of a thing, and makes none: "blamed", "rejected".
    pub(crate) fn only_judges(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
        let mut frames = keys.iter().filter_map(|key| self.heads.get(key)).flatten().peekable();
        let judges = |&(index, _): &(u32, _)| {
            let frame = &self.frames[index as usize];
            frame.pos != Pos::Verb || matches!(frame.kind, EventType::Accuse | EventType::Reject)
        };
        frames.peek().is_some() && frames.all(judges)
    }

    /// Whether a noun is one of people.
    fn names_people(&self, sentence: &Sentence, at: usize) -> bool {
        let token = &sentence.tokens[at];
        let keys = self.keys(&token.form.to_lowercase(), &token.lemma);
        self.classes.get("person").is_some_and(|people| keys.iter().any(|key| people.contains(key)))
    }

    /// The tokens of the whole head, if the rest of it follows.
    fn match_rest(&self, sentence: &Sentence, at: usize, frame: &Frame) -> Option<Vec<usize>> {
        let mut tokens = vec![at];
        let mut next = at + 1;
        for (number, word) in frame.head[1..].iter().enumerate() {
            let fits = |place: usize| {
                sentence.tokens.get(place).is_some_and(|token| {
                    token.form.to_lowercase() == *word
                        || self.keys(&token.form.to_lowercase(), &token.lemma).contains(word)
                })
            };
            let may_gap = frame.pos == Pos::Verb && number == 0;
            let last = if may_gap { next + GAP } else { next };
            let place = (next..=last)
                .take_while(|&place| {
                    place == next
                        || sentence.tokens.get(place - 1).is_some_and(|token| match token.upos {
                            // "flew captured fighters home"
                            Upos::Verb => token.relation() == "amod",
                            Upos::Sconj | Upos::Cconj => false,
                            // "killed as police seal off"
                            Upos::Adp => !self.grammar.circumstance.contains(&token.form.to_lowercase().to_string()),
                            Upos::Punct => matches!(token.form.as_str(), "\"" | "“" | "”" | "'" | "‘" | "’"),
                            _ => true,
                        })
                })
                .find(|&place| fits(place));
            // "Hukuman dijatuhkan": the object of a passive stands before it
            let raised = || {
                let whole = frame.pos == Pos::Verb && frame.head.len() == 2 && number == 0;
                sentence.with(at, "nsubj").find(|&subject| {
                    whole && sentence.tokens[subject].deprel == "nsubj:pass" && subject < at && fits(subject)
                })
            };
            let Some(place) = place else {
                tokens.push(raised()?);
                return Some(tokens);
            };
            // "calling them rehearsals for war" calls for nothing: over its object a verb takes a particle, or a word that the frame
            // looks behind
            let over_object = (next..place).any(|between| sentence.tokens[between].upos.is_nominal())
                && sentence.tokens[place].relation() == "case"
                && !self.grammar.particles.is_empty()
                && !self.grammar.particles.contains(&sentence.tokens[place].form.to_lowercase().to_string())
                && !frame.takes_object();
            if over_object {
                return None;
            }
            tokens.push(place);
            next = place + 1;
        }
        Some(tokens)
    }

    /// The light verb whose object (or passive subject) noun `at` is.
    fn light_verb(&self, sentence: &Sentence, at: usize) -> Option<(usize, Shape)> {
        let token = &sentence.tokens[at];
        if let Some(verb) = self.partaken(sentence, at) {
            return Some((verb, Shape::Plain));
        }
        if !matches!(
            token.deprel.as_str(),
            "obj" | "nsubj:pass" | "obl" | "xcomp" | "iobj" | "nsubj" | "compound:lvc" | "ccomp" | "nmod" | "dep"
        ) {
            return None;
        }
        // "held after the protest" holds no protest
        let circumstance = matches!(token.relation(), "obl" | "nmod")
            && Clause::new(sentence, &self.grammar, at, Shape::Plain)
                .prepositions(at)
                .any(|prep| self.grammar.circumstance.contains(&prep) && !self.grammar.locative.contains(&prep));
        if circumstance {
            return None;
        }
        let mut head = token.head? as usize;
        // "imposed sanctions over the detention of children" imposes no detention
        let object = sentence.with(head, "obj").any(|object| object != at);
        let blamed = matches!(token.relation(), "obl" | "nmod")
            && Clause::new(sentence, &self.grammar, at, Shape::Plain)
                .prepositions(at)
                .any(|prep| self.grammar.blame.contains(&prep));
        if object && blamed {
            return None;
        }
        // "began four days of exercises"
        let above = &sentence.tokens[head];
        if token.deprel == "nmod"
            && above.upos == Upos::Noun
            && self.grammar.measure.iter().any(|word| *word == above.form.to_lowercase())
        {
            head = above.head? as usize;
        }
        if token.deprel == "nsubj" && sentence.tokens[head].feat("Voice") != Some("Pass") {
            return None;
        }
        let verb = &sentence.tokens[head];
        let keys = self.keys(&verb.form.to_lowercase(), &verb.lemma);
        keys.iter().find_map(|key| self.light.get(key)).map(|&shape| (head, shape))
    }
}

impl Rules {
    /// The verb whose subject is said to have a part in the act that noun `at` names: "denied any role in the attack",
    /// "took part in the operation".
    fn partaken(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        let token = &sentence.tokens[at];
        if !matches!(token.relation(), "nmod" | "obl") {
            return None;
        }
        let partakes = |at: usize| {
            let token = &sentence.tokens[at];
            let form = token.form.to_lowercase();
            self.grammar.partaking.iter().any(|word| *word == form || *word == token.lemma)
        };
        let marked = sentence.with(at, "case").any(|case| {
            self.grammar.locative.contains(&sentence.tokens[case].form.to_lowercase().to_string())
                || self.grammar.blame.contains(&sentence.tokens[case].form.to_lowercase().to_string())
        });
        let above = token.head? as usize;
        if !marked {
            return None;
        }
        if partakes(above) {
            let verb = sentence.tokens[above].head.map(|verb| verb as usize)?;
            let carried = matches!(sentence.tokens[above].relation(), "obj" | "xcomp" | "ccomp" | "obl");
            return Some(verb).filter(|&verb| carried && sentence.tokens[verb].upos == Upos::Verb);
        }
        let verb = sentence.tokens[above].upos == Upos::Verb;
        let part = sentence.with(above, "obj").any(|object| object < at && partakes(object));
        // "terlibat dalam serangan"
        (verb && (part || partakes(above))).then_some(above)
    }
}

fn is_noun(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::X)
}

/// The one of `tokens` that the others hang on.
fn top_of(sentence: &Sentence, tokens: &[usize]) -> usize {
    let inside = |at: usize| sentence.tokens[at].head.is_some_and(|head| tokens.contains(&(head as usize)));
    tokens.iter().copied().find(|&at| !inside(at)).unwrap_or(tokens[0])
}

/// Whether the tag, form and place of a word let it head the frame.
fn fits_pos(sentence: &Sentence, at: usize, frame: &Frame, shape: Shape, rank: usize) -> bool {
    let token = &sentence.tokens[at];
    let title = sentence.kind == RegionKind::Title;
    // inside a person's or body's name a word names nothing
    if let Some(name) = token.name
        && !title
        && name.kind != saksi_tree::NameKind::Other
        && token.upos == Upos::Propn
    {
        return false;
    }
    match frame.pos {
        Pos::Verb => match shape {
            Shape::Active | Shape::Passive => rank == 0,
            Shape::Bare => rank == 0 && (token.upos == Upos::Verb || title && at > 0),
            Shape::Plain => {
                token.upos == Upos::Verb
                    || token.upos == Upos::Aux
                    || token.upos == Upos::Adj && rank == 0
                    || token.upos == Upos::Part && frame.head.len() > 1 && token.lower() == frame.head[0]
                    || title && token.upos == Upos::Propn && at > 0
            }
        },
        // "naval exercise" begins with an adjective; the word that heads it is looked at once it is known
        Pos::Noun => is_noun(token.upos) || frame.head.len() > 1 && matches!(token.upos, Upos::Adj | Upos::Verb),
        Pos::Adjective => matches!(token.upos, Upos::Adj | Upos::Verb | Upos::Adv) || title,
    }
}
