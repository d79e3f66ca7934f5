use crate::Coded;
use crate::answers;
use crate::arguments::Roles;
use crate::aside;
use crate::attackers;
use crate::clause::Clause;
use crate::confidence;
use crate::dates;
use crate::fold;
use crate::frames::{Pos, Rules};
use crate::hearsay;
use crate::mended::mended;
use crate::needs::Around;
use crate::own_word;
use crate::quantity::Count;
use crate::refer;
use crate::status::Judged;
use crate::trigger::Trigger;
use crate::when;
use jiff::civil::Date;
use saksi_attribution::Said;
use saksi_entities::{Entities, Role};
use saksi_record::{ActorKind, Certainty, Event, EventType, MentionForm, Quantity, SourceKind, Stance, Status};
use saksi_time::Times;
use saksi_tree::{Analysis, Sentence, Text, Upos};

/// Days before publication from which an act is history (RECORD.md, `historical`).
const HISTORY_DAYS: i32 = 30;

/// What the stages before have found in one article.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The article's text.
    pub text: &'a Text,
    /// Its sentences and trees.
    pub analysis: &'a Analysis,
    /// Its actors and places.
    pub entities: &'a Entities,
    /// Its times.
    pub times: &'a Times,
    /// Its attributions.
    pub said: &'a [Said],
}

/// An event on its way: indices everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) sentence: usize,
    pub(crate) trigger: Trigger,
    pub(crate) noun: bool,
    /// The tokens whose clause is the act's: the trigger and its light verb.
    pub(crate) own: Vec<usize>,
    pub(crate) kind: EventType,
    pub(crate) mode: Option<String>,
    pub(crate) context: Vec<String>,
    pub(crate) actor: Vec<u32>,
    pub(crate) recipient: Vec<u32>,
    pub(crate) place: Vec<u32>,
    pub(crate) time: Option<usize>,
    /// The draft from which the time was taken over.
    pub(crate) time_of: Option<usize>,
    pub(crate) counts: Vec<Count>,
    pub(crate) judged: Judged,
    pub(crate) attribution: Vec<u32>,
    pub(crate) specific: usize,
    pub(crate) dropped: bool,
    /// Whether an actor was not read off the act's own arguments.
    pub(crate) indirect: bool,
    pub(crate) why: Vec<String>,
}

/// Codes the events of one article, in text order of the trigger.
pub fn code(article: Context<'_>, rules: &Rules) -> Vec<Coded> {
    let mended = mended(article, rules);
    let article = Context { analysis: &mended, ..article };
    let mut drafts = Vec::new();
    let mut protesters: Vec<u32> = Vec::new();
    let mut violent = false;
    for (index, sentence) in article.analysis.sentences.iter().enumerate() {
        let around = Around {
            index,
            sentences: &article.analysis.sentences,
            entities: article.entities,
            times: article.times,
            violent,
        };
        for trigger in rules.triggers(sentence, around) {
            let draft = rules.draft(article, (index, sentence), trigger, &protesters);
            if draft.kind == EventType::Protest {
                protesters.extend(&draft.actor);
            }
            violent |= draft.kind == EventType::Assault && draft.judged.status == Status::Actual;
            drafts.push(draft);
        }
    }
    aside::denied(article, rules, &mut drafts);
    for draft in &mut drafts {
        draft.attribution = sources(article, draft);
        told_of(article, draft);
        speaker(article, rules, draft);
        speaker_behind(article, draft);
        while_speaking(article, rules, draft);
    }
    hearsay::accused(article, rules, &mut drafts);
    own_word::reread(article, rules, &mut drafts);
    aside::drop(article, rules, &mut drafts);
    attackers::name(article, &mut drafts);
    fold::join(article, rules, &mut drafts);
    aside::idle(article, rules, &mut drafts);
    refer::blamed(article, rules, &mut drafts);
    refer::owned(article, rules, &mut drafts);
    refer::behind(article, rules, &mut drafts);
    refer::speaks_on(article, &mut drafts);
    dates::attach(article, rules, &mut drafts);
    attach_counts(article, rules, &mut drafts);
    refer::parties(article, rules, &mut drafts);
    fold::refer(article, rules, &mut drafts);
    refer::nouns(article, rules, &mut drafts);
    refer::met(article, &mut drafts);
    refer::conditions(article, rules, &mut drafts);
    refer::refused(article, rules, &mut drafts);
    answers::provoked(article, rules, &mut drafts);
    answers::accused(article, rules, &mut drafts);
    refer::done_by(article, &mut drafts);
    let mut coded: Vec<Coded> = Vec::new();
    for draft in drafts.iter().filter(|draft| !draft.dropped) {
        coded.push(finish(article, rules, &drafts, draft));
    }
    coded.sort_by_key(|coded| (coded.event.trigger, coded.event.kind));
    coded
}

impl Rules {
    /// Reads one act off its clause; `protesters` are who the article has let protest before.
    fn draft(
        &self,
        article: Context<'_>,
        (index, sentence): (usize, &Sentence),
        trigger: Trigger,
        protesters: &[u32],
    ) -> Draft {
        let frame = &self.frames[trigger.frame as usize];
        let clause = Clause::new(sentence, &self.grammar, trigger.at, trigger.shape);
        let light = trigger.light.map(|(at, shape)| Clause::new(sentence, &self.grammar, at, shape));
        let roles =
            Roles { article, index, sentence, clause, light, frame, rules: self, tokens_of_head: &trigger.tokens };
        let mut why = vec![format!("type: frame {} ‘{}’", frame.at, frame.head.join(" "))];
        let mut actor = roles.fill(&frame.actor, "actor", &mut why);
        let mut indirect = false;
        let visit = frame.mode.as_deref() == Some("visit");
        let talks = frame.kind == EventType::Consult && frame.pos == Pos::Noun && trigger.light.is_none();
        let alone = visit || frame.mode.as_deref() == Some("third-party");
        if talks && actor.len() < 2 && (!alone || actor.is_empty()) {
            for (other, mention) in roles.circumstance() {
                if !actor.contains(&other) {
                    actor.push(other);
                    indirect = true;
                    why.push(format!(
                        "actor: subject of the clause around, {}–{}",
                        mention.span.start, mention.span.end
                    ));
                }
            }
        }
        let mut recipient = roles.fill(&frame.recipient, "recipient", &mut why);
        if recipient.iter().any(|found| actor.contains(found))
            && (is_hostile(frame.kind) || frame.kind == EventType::Aid)
        {
            recipient = roles.of_another(&recipient, &actor, &mut why);
        }
        recipient.retain(|found| !actor.contains(found));
        if matches!(frame.kind, EventType::Agree | EventType::Threaten) {
            recipient.retain(|&found| !is_own_state(article, &actor, found));
        }
        if frame.kind == EventType::Protest {
            // "the Angola riots" says where
            leave_out(&mut actor, "actor", "a state, which says where", &mut why, |found| {
                article.entities.actors[found as usize].kind == ActorKind::State
            });
        }
        let facts = |found: u32| &article.entities.facts[found as usize];
        if !matches!(frame.kind, EventType::Protest | EventType::Request | EventType::Accuse) {
            leave_out(&mut actor, "actor", "people by number alone", &mut why, |found| facts(found).crowd);
        }
        // "2,000 people marched … police dispersed them"
        let unknown = |found: u32| facts(found).crowd && !protesters.contains(&found);
        leave_out(&mut recipient, "recipient", "people by number alone", &mut why, unknown);
        if matches!(frame.kind, EventType::Assault | EventType::Coerce) {
            // "an air strike on a hospital" says where
            leave_out(&mut recipient, "recipient", "a building, which says where", &mut why, |found| facts(found).site);
        }
        if recipient.is_empty() && frame.pos == Pos::Verb {
            recipient = roles.of_complement(&actor, &mut why);
            recipient.retain(|found| !actor.contains(found));
        }
        let mut judged = self.judge(&clause, trigger.light.map(|(at, _)| at), &trigger.tokens, frame.kind);
        let nouns: Vec<usize> =
            trigger.tokens.iter().chain(&trigger.evidence).copied().filter(|&at| at != clause.at).collect();
        if frame.pos == Pos::Verb
            && judged.status == Status::Actual
            && let Some(reason) = self.none_of(sentence, &nouns)
        {
            judged.status = Status::Negated;
            judged.reported = Status::Negated;
            judged.why.push(reason);
        }
        // "talks are planned for Monday": a planned meeting is AGREE with status future (GUIDELINES)
        let plans = frame.kind == EventType::Agree && frame.pos == Pos::Verb && judged.status == Status::Actual;
        if let Some(word) =
            self.grammar.planning.iter().find(|word| plans && **word == sentence.tokens[clause.at].lemma)
        {
            judged.status = Status::Future;
            judged.reported = Status::Future;
            judged.why.push(format!("status: ‘{word}’ (planning in rules/events.toml)"));
        }
        why.extend(judged.why.iter().cloned());
        let mut own = trigger.tokens.clone();
        // "denied any part in the attack": the denial is a cue, no part of the act
        own.extend(trigger.light.map(|(at, _)| at).filter(|&at| !self.governs(sentence, at)));
        own.extend(trigger.evidence.iter().copied());
        let place = roles.places(&own, &mut why);
        Draft {
            sentence: index,
            noun: frame.pos == Pos::Noun,
            own,
            kind: frame.kind,
            mode: frame.mode.clone(),
            context: frame.context.clone(),
            actor,
            recipient,
            place,
            time: None,
            time_of: None,
            counts: Vec::new(),
            judged,
            attribution: Vec::new(),
            specific: frame.needs.len() + trigger.tokens.len(),
            dropped: false,
            indirect,
            why,
            trigger,
        }
    }
}

/// Takes the parties of which `is` holds out of a side, and says so.
fn leave_out(side: &mut Vec<u32>, name: &str, reason: &str, why: &mut Vec<String>, is: impl Fn(u32) -> bool) {
    let before = side.len();
    side.retain(|&found| !is(found));
    if side.len() < before {
        why.push(format!("{name}: left out, {reason}"));
    }
}

/// Gives each count to the act among whose arguments it stands.
fn attach_counts(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for (index, sentence) in article.analysis.sentences.iter().enumerate() {
        let here: Vec<usize> =
            (0..drafts.len()).filter(|&at| drafts[at].sentence == index && !drafts[at].dropped).collect();
        if here.is_empty() {
            continue;
        }
        let taken = |token: usize| {
            article.times.found.iter().any(|found| {
                found.sentence as usize == index && found.first as usize <= token && token <= found.last as usize
            })
        };
        for mut count in rules.counts(article.text, sentence, taken) {
            // "handed over 12 civilians": the word before the number belongs to the act
            let hedge = sentence.tokens.iter().position(|token| token.span.start == count.quantity.start);
            let hedge = hedge.filter(|at| here.iter().any(|&act| drafts[act].trigger.tokens.contains(at)));
            if let Some(next) = hedge.and_then(|at| sentence.tokens.get(at + 1)) {
                let Quantity { value, low, .. } = &mut count.quantity;
                *value = value.take().or_else(|| low.take());
                count.quantity.start = next.span.start;
            }
            // "a soldier" counts, as what was acted on, "a market" does not; nobody counts sources
            let token = &sentence.tokens[count.head];
            let person = article.entities.headed_by(index, count.head).and_then(|mention| mention.actor);
            let person = person.is_some_and(|who| article.entities.actors[who as usize].kind == ActorKind::Person);
            let stands = matches!(token.relation(), "obj" | "nsubj" | "conj" | "root");
            let one = count.quantity.value == Some(1.0) && !(person && stands);
            let source = article.said.iter().any(|said| {
                said.attribution.source.start.is_some_and(|start| start <= token.span.start)
                    && said.attribution.source.end.is_some_and(|end| token.span.end <= end)
            });
            // "berusia 15 tahun", "aged 15"
            let aged = |at: usize| {
                let word = sentence.tokens[at].form.to_lowercase();
                rules.grammar.aged.iter().any(|aged| *aged == word)
            };
            let age = token.head.is_some_and(|head| aged(head as usize)) || count.head > 0 && aged(count.head - 1);
            // "2,000 drivers protested, demanding that …": they act, and only then speak
            let acting = token.relation() == "nsubj"
                && token.head.is_some_and(|head| {
                    let cue = |cue: u32| cue == head;
                    let spoken =
                        article.said.iter().any(|said| said.sentence as usize == index && said.cue.is_some_and(cue));
                    !spoken && here.iter().any(|&at| drafts[at].own.contains(&(head as usize)))
                });
            if one || source && !acting || age {
                continue;
            }
            let owner = std::iter::once(count.head).chain(sentence.ancestors(count.head)).find_map(|up| {
                here.iter().copied().find(|&at| {
                    drafts[at].own.contains(&up) && drafts[at].trigger.at != count.head
                        || drafts[at].trigger.at == up && up != count.head
                })
            });
            // "five prisoners began a hunger strike": the subject of the verb that the act is the complement of
            let owner = owner.or_else(|| {
                let up = token.head.filter(|_| token.relation() == "nsubj")?;
                here.iter().copied().find(|&at| {
                    let act = drafts[at].trigger.light.map_or(drafts[at].trigger.at, |(light, _)| light);
                    std::iter::once(&act).chain(&drafts[at].own).any(|&act| {
                        let act = &sentence.tokens[act];
                        // "18 orang dilaporkan tewas"
                        let raised = token.deprel == "nsubj:pass" && act.relation() == "ccomp";
                        act.head == Some(up) && (raised || matches!(act.relation(), "xcomp" | "obj" | "compound"))
                    })
                })
            });
            // "5.000 pengemudi berdemonstrasi" read as drivers who demonstrate: they are the ones who act
            let owner = owner.or_else(|| {
                let who = article.entities.headed_by(index, count.head).and_then(|mention| mention.actor)?;
                here.iter().copied().find(|&at| {
                    drafts[at].actor.contains(&who)
                        && drafts[at].own.iter().any(|&act| {
                            let act = &sentence.tokens[act];
                            act.head == Some(count.head as u32) && act.deprel == "acl"
                        })
                })
            });
            if let Some(at) = owner {
                drafts[at].why.push(format!("quantity: {}–{}", count.quantity.start, count.quantity.end));
                drafts[at].counts.push(count);
            }
        }
    }
}

/// Whether `found` is the state that one of `actors` serves: "the prime minister promised that his country would not".
fn is_own_state(article: Context<'_>, actors: &[u32], found: u32) -> bool {
    let state = &article.entities.actors[found as usize];
    let serves = |&actor: &u32| {
        let actor = &article.entities.actors[actor as usize];
        actor.country == state.country && matches!(actor.sector.as_deref(), Some("GOV" | "MIL"))
    };
    state.kind == ActorKind::State && actors.iter().any(serves)
}

/// Whether nobody does an act of this type to themselves.
fn is_hostile(kind: EventType) -> bool {
    matches!(kind, EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Threaten)
}

/// "…, kata Uzgel, seraya meminta parlemen …": who goes on speaking does what such a clause says.
fn while_speaking(article: Context<'_>, rules: &Rules, draft: &mut Draft) {
    let sentence = &article.analysis.sentences[draft.sentence];
    let verb = draft.trigger.light.map_or(draft.trigger.at, |(at, _)| at);
    let Some(mark) = sentence.with(verb, "mark").chain(sentence.with(verb, "advmod")).find(|&mark| {
        mark < verb && rules.grammar.speaking.contains(&sentence.tokens[mark].form.to_lowercase().to_string())
    }) else {
        return;
    };
    let speaker = article.said.iter().rev().find_map(|said| {
        let before = said.sentence as usize == draft.sentence && said.cue.is_some_and(|cue| (cue as usize) < mark);
        said.actor.filter(|_| before)
    });
    let Some(speaker) = speaker.filter(|speaker| draft.actor != [*speaker]) else { return };
    draft.recipient.retain(|&recipient| recipient != speaker);
    draft.actor = vec![speaker];
    draft.indirect = true;
    draft.why.push(format!("actor: who speaks before ‘{}’", sentence.tokens[mark].form));
}

/// "A TPNPB spokesman said his men stormed a post and killed four": of what somebody tells with a subject of its own, the teller is
/// no actor, however the tree has it.
fn told_of(article: Context<'_>, draft: &mut Draft) {
    let Some(said) = draft.attribution.first().map(|&nearest| &article.said[nearest as usize]) else { return };
    let (Some(teller), Some(cue)) = (said.actor, said.cue) else { return };
    let verb = draft.trigger.light.map_or(draft.trigger.at, |(at, _)| at);
    let piece = said.pieces.iter().find(|&&(sentence, first, last)| {
        sentence as usize == draft.sentence && first <= verb as u32 && verb as u32 <= last && cue < first
    });
    let (Some(&(sentence, first, _)), true) = (piece, draft.actor == [teller] && !draft.noun) else { return };
    let tokens = &article.analysis.sentences[sentence as usize].tokens;
    if said.sentence != sentence {
        return;
    }
    // "his men stormed a post and killed four"
    let mut verb = verb;
    while let Some(head) = tokens[verb].head.filter(|_| tokens[verb].relation() == "conj").map(|head| head as usize) {
        if head >= verb || (head as u32) < first {
            break;
        }
        verb = head;
    }
    // the subject opens the content, behind "that" and with nothing between but what belongs to it
    let subject = article.entities.in_sentence(sentence as usize).iter().find(|mention| {
        mention.first >= first && mention.last < verb as u32 && mention.role == Role::Actor && mention.actor.is_some()
    });
    let Some(subject) = subject.filter(|subject| {
        let before = first as usize..subject.first as usize;
        let within = subject.last as usize + 1..verb;
        let opens = |at: usize| matches!(tokens[at].upos, Upos::Sconj | Upos::Det | Upos::Num | Upos::Adj | Upos::Adp);
        let goes_on = |at: usize| matches!(tokens[at].upos, Upos::Aux | Upos::Adv | Upos::Part);
        let heads = tokens[subject.head as usize].upos.is_nominal() && subject.form != MentionForm::Pronoun;
        heads && before.into_iter().all(opens) && within.into_iter().all(goes_on)
    }) else {
        return;
    };
    let Some(actor) = subject.actor.filter(|actor| *actor != teller && !draft.recipient.contains(actor)) else {
        return;
    };
    // "the army said its side": the army still
    let (own, its) = (&article.entities.actors[teller as usize], &article.entities.actors[actor as usize]);
    if its.kind == ActorKind::State && its.country == own.country {
        return;
    }
    draft.actor = std::iter::once(actor).chain(subject.also.iter().copied()).collect();
    draft.why.push("actor: who stands first in what is told".into());
}

/// "“…,” memperingatkan juru bicara Jiang Bin": who stands behind a verb of speech is the speaker, not the one spoken to.
fn speaker_behind(article: Context<'_>, draft: &mut Draft) {
    let speaker = article.said.iter().find_map(|said| {
        let own = said.sentence as usize == draft.sentence && said.cue == Some(draft.trigger.at as u32);
        said.actor.filter(|actor| own && draft.recipient.contains(actor))
    });
    if let Some(speaker) = speaker.filter(|_| draft.actor.is_empty() && !draft.noun) {
        draft.recipient.retain(|&recipient| recipient != speaker);
        draft.actor.push(speaker);
        draft.why.push("actor: whose words they are".into());
    }
}

/// Inside a quotation "we" and "I" are the speaker.
fn speaker(article: Context<'_>, rules: &Rules, draft: &mut Draft) {
    let Some(actor) = draft.attribution.first().and_then(|&nearest| article.said[nearest as usize].actor) else {
        return;
    };
    let sentence = &article.analysis.sentences[draft.sentence];
    let speaks = |at: usize| rules.grammar.speaker.contains(&sentence.tokens[at].form.to_lowercase().to_string());
    let clause = Clause::new(
        sentence,
        &rules.grammar,
        draft.trigger.light.map_or(draft.trigger.at, |(at, _)| at),
        draft.trigger.shape,
    );
    if draft.actor.is_empty() && !draft.recipient.contains(&actor) && clause.agent().into_iter().any(speaks) {
        draft.actor.push(actor);
        draft.indirect = true;
        draft.why.push("actor: the speaker of the quotation".into());
    }
    if draft.recipient.is_empty() && !draft.actor.contains(&actor) && clause.object().into_iter().any(speaks) {
        draft.recipient.push(actor);
        draft.indirect = true;
        draft.why.push("recipient: the speaker of the quotation".into());
    }
    // "Kabul says Pakistan has bombed its territory": nobody bombs their own
    if is_hostile(draft.kind) && draft.recipient.is_empty() && !draft.actor.is_empty() && !draft.actor.contains(&actor)
    {
        let owned = clause.object().into_iter().flat_map(|object| clause.owners_of(object)).any(|owner| {
            article.entities.headed_by(draft.sentence, owner).is_some_and(|mention| {
                mention.form == MentionForm::Pronoun && mention.actor.is_some_and(|actor| draft.actor.contains(&actor))
            })
        });
        if owned {
            draft.recipient.push(actor);
            draft.indirect = true;
            draft.why.push("recipient: what was hit is the speaker's".into());
        }
    }
}

/// The attributions whose content holds the trigger, nearest first, then up the chain that carries them.
fn sources(article: Context<'_>, draft: &Draft) -> Vec<u32> {
    let at = draft.trigger.at as u32;
    let sentence = draft.sentence as u32;
    let nearest = article
        .said
        .iter()
        .enumerate()
        .filter(|(_, said)| {
            let holds = |at: u32| {
                said.pieces.iter().any(|&(place, first, last)| place == sentence && first <= at && at <= last)
            };
            let cued = said.sentence == sentence && said.cue.is_some_and(|cue| draft.own.contains(&(cue as usize)));
            // "claimed responsibility for the bombing" is the bombing in the claimant's word, though the claim names it
            let claimed = matches!(draft.kind, EventType::Assault | EventType::Coerce | EventType::Mobilize)
                && draft.own.iter().any(|&own| holds(own as u32) && said.cue != Some(own as u32));
            holds(at) && !cued || cued && claimed
        })
        .min_by_key(|(index, said)| {
            let size: u32 = said.attribution.content.iter().map(|span| span.len()).sum();
            // "Reuters reported, citing two officials, that": of two who say the same, the one whom the other cites is nearer
            let paper = said.attribution.source.kind == SourceKind::Document;
            (size, said.via.is_none(), paper, *index)
        });
    let mut chain = Vec::new();
    let mut next = nearest.map(|(index, _)| index as u32);
    while let Some(index) = next {
        if chain.contains(&index) {
            break;
        }
        chain.push(index);
        next = article.said[index as usize].via;
    }
    chain
}

fn finish(article: Context<'_>, rules: &Rules, drafts: &[Draft], draft: &Draft) -> Coded {
    let sentence = &article.analysis.sentences[draft.sentence];
    let mut span = sentence.cover(&draft.trigger.tokens);
    if draft.trigger.nouns.iter().all(|&noun| noun.abs_diff(draft.trigger.at) <= 4) && !draft.trigger.nouns.is_empty() {
        span = span.cover(sentence.cover(&draft.trigger.nouns));
    }
    if let Some((light, _)) = draft.trigger.light
        && light.abs_diff(draft.trigger.at) <= 4
    {
        span = span.cover(sentence.tokens[light].span);
    }
    let said = draft.attribution.first().map(|&index| &article.said[index as usize]);
    let mut status = draft.judged.status;
    let mut why = draft.why.clone();
    // whoever denies a report denies what it says
    let denied = |&index: &u32| article.said[index as usize].attribution.stance == Stance::Denies;
    if status == Status::Actual && draft.attribution.iter().any(denied) {
        status = Status::Negated;
        why.push("status: the source denies it".into());
    }
    let certainty = match (draft.judged.certainty, said) {
        (Some(hedged), _) => hedged,
        (None, Some(said)) => said.certainty,
        (None, None) => Certainty::Certain,
    };
    let time = draft.time.and_then(|index| {
        let of = &article.analysis.sentences[article.times.found[index].sentence as usize];
        when::event_time(article.times, index, of, &rules.grammar)
    });
    if let Some(from) = draft.time {
        let found = &article.times.found[from].time;
        let inherited = draft.time_of.map_or_else(String::new, |at| {
            let trigger = drafts[at].trigger.at;
            let word = &article.analysis.sentences[drafts[at].sentence].tokens[trigger].form;
            format!(", taken over from ‘{word}’")
        });
        why.push(format!("time: {}–{} ({}){inherited}", found.start, found.end, found.rule));
    }
    let historical =
        time.as_ref().and_then(|time| time.latest.as_deref()).is_some_and(|latest| is_history(article, latest));
    let (confidence, facts) = confidence::of(draft, sentence, article.entities, said.is_some(), status);
    why.push(facts);
    Coded {
        event: Event {
            id: String::new(),
            kind: draft.kind,
            mode: draft.mode.clone(),
            context: draft.context.clone(),
            quad: draft.kind.quad(),
            actor: Vec::new(),
            recipient: Vec::new(),
            place: Vec::new(),
            time,
            status,
            historical,
            quantities: draft.counts.iter().map(|count| count.quantity.clone()).collect(),
            trigger: span,
            sentence: draft.sentence as u32,
            attribution: Vec::new(),
            certainty,
            confidence,
            why,
        },
        actor: draft.actor.clone(),
        recipient: draft.recipient.clone(),
        place: draft.place.clone(),
        attribution: draft.attribution.clone(),
    }
}

fn is_history(article: Context<'_>, latest: &str) -> bool {
    let day = |text: &str| text.get(..10).and_then(|day| day.parse::<Date>().ok());
    let published = article.times.published.value.as_deref().and_then(day);
    match (published, day(latest)) {
        (Some(published), Some(latest)) => published.since(latest).is_ok_and(|gap| gap.get_days() > HISTORY_DAYS),
        _ => false,
    }
}
