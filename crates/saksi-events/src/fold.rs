//! What several triggers say of one act: complements taken into the verb that governs them, an attack and its
//! casualties, nouns that refer back.

use crate::clause::Clause;
use crate::code::{Context, Draft};
use crate::frames::{Rules, Shape, Slot};
use crate::later;
use saksi_record::{EventType, Status};
use saksi_tree::{Sentence, Upos};

/// Makes one event of several drafts of a sentence wherever the guidelines count them as one.
pub(crate) fn join(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    aims(article, drafts);
    for (index, sentence) in article.analysis.sentences.iter().enumerate() {
        let here: Vec<usize> = (0..drafts.len()).filter(|&at| drafts[at].sentence == index).collect();
        join_same(sentence, rules, &here, drafts);
        take_in_complements(sentence, rules, &here, drafts);
        join_casualties(sentence, rules, &here, drafts);
        join_treaties(sentence, &here, drafts);
    }
}

/// Purposes are no acts, but say whom the act is directed at: "used batons to disperse demonstrators".
fn aims(article: Context<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        if !drafts[at].judged.purpose {
            continue;
        }
        drafts[at].dropped = true;
        let sentence = &article.analysis.sentences[drafts[at].sentence];
        let top = drafts[at].trigger.light.map_or(drafts[at].trigger.at, |(light, _)| light);
        let above = sentence.tokens[top].head.map(|head| head as usize);
        let hostile = |kind: EventType| matches!(kind, EventType::Assault | EventType::Coerce);
        let outer = (0..drafts.len()).find(|&outer| {
            outer != at
                && drafts[outer].sentence == drafts[at].sentence
                && drafts[outer].recipient.is_empty()
                && above.is_some_and(|above| drafts[outer].own.contains(&above))
                && hostile(drafts[outer].kind)
                && hostile(drafts[at].kind)
        });
        if let Some(outer) = outer {
            let recipient: Vec<u32> =
                drafts[at].recipient.iter().copied().filter(|actor| !drafts[outer].actor.contains(actor)).collect();
            if !recipient.is_empty() {
                let word = sentence.tokens[drafts[at].trigger.at].form.clone();
                drafts[outer].why.push(format!("recipient: of its aim ‘{word}’"));
                drafts[outer].recipient = recipient;
            }
        }
    }
}

/// Links drafts to earlier ones of the article: what they refer back to, and the time they take over.
pub(crate) fn refer(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    reread_future(drafts);
    retype(article, rules, drafts);
    refer_back(article, rules, drafts);
    later::inherit_times(article, drafts);
}

/// "imposed sanctions", "held joint exercises": verb and noun that name the same act are one.
fn join_same(sentence: &Sentence, rules: &Rules, here: &[usize], drafts: &mut [Draft]) {
    for &outer in here {
        for &inner in here {
            let same = outer != inner
                && !drafts[outer].dropped
                && !drafts[inner].dropped
                && drafts[outer].kind == drafts[inner].kind
                && !drafts[outer].noun
                && drafts[inner].noun;
            let token = &sentence.tokens[drafts[inner].trigger.at];
            let carried = drafts[inner].trigger.light.is_some_and(|(light, _)| drafts[outer].own.contains(&light))
                || matches!(token.deprel.as_str(), "obj" | "nsubj:pass")
                    && token.head.is_some_and(|head| drafts[outer].own.contains(&(head as usize)));
            // "discussed it at a summit", "spoke in a telephone call"
            let within = rules.grammar.passive_auxiliary
                && drafts[outer].kind == EventType::Consult
                && matches!(token.relation(), "obl" | "nmod")
                && token.head.is_some_and(|head| drafts[outer].own.contains(&(head as usize)))
                && drafts[inner].actor.iter().all(|actor| drafts[outer].actor.contains(actor))
                && drafts[outer].mode.as_deref() != Some("visit");
            let carried = carried || within;
            if !same || !carried || drafts[outer].kind == EventType::Request {
                continue;
            }
            let taken = drafts[inner].clone();
            let keep = &mut drafts[outer];
            if keep.actor.is_empty() {
                keep.actor = taken.actor.iter().copied().filter(|actor| !keep.recipient.contains(actor)).collect();
            }
            if keep.recipient.is_empty() {
                keep.recipient = taken.recipient.iter().copied().filter(|actor| !keep.actor.contains(actor)).collect();
            }
            if keep.mode.is_none() {
                keep.mode = taken.mode;
            }
            for token in taken.trigger.tokens.into_iter().filter(|_| !within) {
                if !keep.trigger.tokens.contains(&token) {
                    keep.trigger.tokens.push(token);
                }
            }
            keep.trigger.tokens.sort_unstable();
            keep.own.extend(taken.own);
            let word = &sentence.tokens[taken.trigger.at].form;
            keep.why.push(format!("type: one act with its noun ‘{word}’"));
            drafts[inner].dropped = true;
        }
    }
}

/// Whether a verb of this type takes in the act that it is about: "agreed to meet" is one AGREE.
fn takes_in(kind: EventType) -> bool {
    matches!(kind, EventType::Agree | EventType::Threaten | EventType::Reject | EventType::Request | EventType::Concede)
}

/// The mode that the act taken in gives the verb's event (PLOVER manual: modes of REQUEST, REJECT, THREATEN).
fn mode_from(outer: EventType, inner: &Draft) -> Option<&'static str> {
    use EventType::{
        Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Reject, Request, Retreat, Sanction, Threaten,
    };
    match (outer, inner.kind) {
        (Request | Reject, Consult) => Some("meet"),
        (Request | Reject, Retreat | Concede) => Some("yield"),
        (Request | Reject, Aid | Cooperate) => Some("assist"),
        (Threaten, Assault | Mobilize) => Some("violence"),
        (Threaten, Sanction) => Some("relations"),
        (Threaten, Coerce) if inner.mode.as_deref() == Some("arrest") => Some("arrest"),
        (Threaten, Coerce) => Some("restrict"),
        _ => None,
    }
}

fn take_in_complements(sentence: &Sentence, rules: &Rules, here: &[usize], drafts: &mut [Draft]) {
    for &outer in here {
        if !takes_in(drafts[outer].kind) || drafts[outer].dropped {
            continue;
        }
        for &inner in here {
            if inner == outer
                || drafts[inner].dropped
                || !is_complement(sentence, rules, &drafts[outer], &drafts[inner])
            {
                continue;
            }
            // "offered support" is the support, not the offer
            if drafts[outer].kind == EventType::Agree && drafts[inner].kind == EventType::Support && drafts[inner].noun
            {
                let verb = drafts[outer].clone();
                let support = &mut drafts[inner];
                if support.actor.is_empty() {
                    support.actor = verb.actor;
                }
                if support.recipient.is_empty() {
                    support.recipient = verb.recipient;
                }
                support.own.extend(verb.own);
                support.judged = verb.judged;
                drafts[outer].dropped = true;
                break;
            }
            let mode = mode_from(drafts[outer].kind, &drafts[inner]);
            let taken = drafts[inner].clone();
            let outer = &mut drafts[outer];
            if outer.mode.is_none() {
                outer.mode = mode.map(str::to_owned);
            }
            if outer.recipient.is_empty() && outer.kind != EventType::Request {
                outer.recipient =
                    taken.recipient.iter().copied().filter(|actor| !outer.actor.contains(actor)).collect();
            }
            // "ruled out meeting the envoy"
            if outer.recipient.is_empty() && taken.kind == EventType::Consult {
                outer.recipient = taken.actor.iter().copied().filter(|actor| !outer.actor.contains(actor)).collect();
            }
            // "vowed not to return the heights" refuses
            let giving = matches!(
                taken.kind,
                EventType::Retreat | EventType::Concede | EventType::Aid | EventType::Agree | EventType::Consult
            );
            if outer.kind == EventType::Agree
                && giving
                && taken.judged.status == Status::Negated
                && outer.judged.status == Status::Actual
            {
                outer.kind = EventType::Reject;
                outer.mode = mode_from(EventType::Reject, &taken).map(str::to_owned);
                outer.why.push("type: what is promised is not to do it, which is REJECT".into());
            }
            outer.own.extend(taken.own.iter().copied());
            for context in taken.context {
                if !outer.context.contains(&context) {
                    outer.context.push(context);
                }
            }
            let word = &sentence.tokens[taken.trigger.at].form;
            outer.why.push(format!("type: takes in ‘{word}’, which it is about"));
            // what somebody is called on to do is an act of theirs, if only a supposed one
            let called_on = outer.recipient.clone();
            let own = outer.kind == EventType::Request
                && !called_on.is_empty()
                && !taken.noun
                && !matches!(taken.kind, EventType::Request | EventType::Agree);
            let inner = &mut drafts[inner];
            inner.dropped = !own;
            if own {
                inner.judged.status = Status::Hypothetical;
                inner.recipient.retain(|actor| !called_on.contains(actor));
                inner.actor = called_on;
                inner.why.push("actor: who is called on".into());
            }
        }
    }
}

/// Whether `inner` is what `outer` is about: its infinitive, or the noun that is its object.
fn is_complement(sentence: &Sentence, rules: &Rules, outer: &Draft, inner: &Draft) -> bool {
    let top = inner.trigger.light.map_or(inner.trigger.at, |(light, _)| light);
    // "offers Moscow its backing": the verb that lends the noun its clause is the offer
    if inner.trigger.light.is_some() && top == outer.trigger.at && outer.kind == EventType::Agree && inner.noun {
        return true;
    }
    let token = &sentence.tokens[top];
    let Some(head) = token.head.map(|head| head as usize) else { return false };
    if !outer.own.contains(&head) {
        // "threatened with a ban on trade": one noun between
        return inner.noun
            && inner.trigger.light.is_none()
            && matches!(token.relation(), "nmod" | "obl" | "acl")
            && sentence.tokens[head].head.is_some_and(|above| outer.own.contains(&(above as usize)))
            && matches!(sentence.tokens[head].relation(), "obj" | "xcomp")
            && outer.kind != EventType::Concede;
    }
    // "urged restraint after the attack"
    let after = matches!(token.relation(), "obl" | "nmod")
        && Clause::new(sentence, &rules.grammar, top, Shape::Plain).prepositions(top).any(|prep| {
            let other = rules.grammar.locative.contains(&prep) || rules.grammar.toward.contains(&prep);
            rules.grammar.circumstance.contains(&prep) && !other
        });
    if after {
        return false;
    }
    match token.relation() {
        "xcomp" | "ccomp" | "acl" => sentence.with(top, "nsubj").next().is_none() || outer.kind != EventType::Request,
        "advcl" => {
            sentence.with(top, "nsubj").next().is_none()
                && sentence.with(outer.trigger.at, "obj").next().is_some()
                && top > outer.trigger.at
                && top - outer.trigger.at <= 6
                && outer.kind == EventType::Request
        }
        "obj" | "obl" | "nmod" | "compound" => inner.noun && top > outer.trigger.at || token.relation() == "compound",
        _ => false,
    }
}

/// A treaty that is signed is no agreement of its own.
fn join_treaties(sentence: &Sentence, here: &[usize], drafts: &mut [Draft]) {
    for &outer in here {
        for &inner in here {
            let signs = drafts[outer].kind == EventType::Support && !drafts[outer].noun && !drafts[outer].dropped;
            let treaty = drafts[inner].noun
                && matches!(drafts[inner].kind, EventType::Agree | EventType::Support | EventType::Cooperate);
            let token = &sentence.tokens[drafts[inner].trigger.at];
            if signs
                && treaty
                && outer != inner
                && matches!(token.deprel.as_str(), "obj" | "nsubj:pass")
                && token.head.is_some_and(|head| drafts[outer].own.contains(&(head as usize)))
            {
                drafts[inner].dropped = true;
                let own = drafts[inner].own.clone();
                drafts[outer].own.extend(own);
            }
        }
    }
}

/// An attack and its casualties in one clause are one ASSAULT with quantities.
fn join_casualties(sentence: &Sentence, rules: &Rules, here: &[usize], drafts: &mut [Draft]) {
    // "there were no casualties in the attack": a toll that there was not is no act that was not
    for &at in here {
        let draft = &mut drafts[at];
        let toll = rules.frames[draft.trigger.frame as usize].actor.iter().flatten().all(|slot| *slot == Slot::Nobody);
        // "Nobody was injured"
        let nobody = !draft.noun
            && draft.recipient.is_empty()
            && sentence
                .with(draft.trigger.at, "nsubj")
                .any(|subject| sentence.tokens[subject].feat("PronType") == Some("Neg"));
        draft.dropped |= draft.kind == EventType::Assault
            && draft.judged.status == Status::Negated
            && draft.actor.is_empty()
            && (draft.noun && toll || nobody);
    }
    for &a in here {
        for &b in here {
            if a == b || drafts[a].dropped || drafts[b].dropped {
                continue;
            }
            if drafts[a].kind != EventType::Assault || drafts[b].kind != EventType::Assault {
                continue;
            }
            if !one_clause(sentence, &drafts[a], &drafts[b])
                && !dead_of(sentence, rules, &drafts[a], &drafts[b])
                && !result_of(sentence, rules, &drafts[a], &drafts[b])
            {
                continue;
            }
            // "no one was killed in the strike", "the attack caused no casualties": the attack came all the same
            if drafts[a].judged.status == Status::Negated && drafts[b].judged.status == Status::Actual {
                drafts[a].dropped = drafts[a].actor.is_empty();
                continue;
            }
            let taken = drafts[b].clone();
            let keep = &mut drafts[a];
            if keep.actor.is_empty() {
                keep.actor = taken.actor.iter().copied().filter(|actor| !keep.recipient.contains(actor)).collect();
            }
            if keep.recipient.is_empty() {
                keep.recipient = taken.recipient.iter().copied().filter(|actor| !keep.actor.contains(actor)).collect();
            }
            if keep.mode.is_none() {
                keep.mode.clone_from(&taken.mode);
            }
            for place in taken.place {
                if !keep.place.contains(&place) {
                    keep.place.push(place);
                }
            }
            keep.own.extend(taken.own);
            let word = &sentence.tokens[taken.trigger.at].form;
            keep.why.push(format!("type: one act with ‘{word}’ in the same clause"));
            drafts[b].dropped = true;
        }
    }
}

/// Whether `b` is an argument of `a` ("killed 12 in an attack", "the attack killed 12") or its result ("attacked …,
/// killing 12").
fn one_clause(sentence: &Sentence, a: &Draft, b: &Draft) -> bool {
    let top = b.trigger.light.map_or(b.trigger.at, |(light, _)| light);
    let token = &sentence.tokens[top];
    let Some(head) = token.head.map(|head| head as usize) else { return false };
    let direct = a.own.contains(&head);
    // "the shelling wounded seven": a gerund is a noun here
    let noun = b.noun || token.upos == Upos::Noun;
    if noun && !a.noun {
        return direct && matches!(token.relation(), "nsubj" | "csubj" | "obl" | "nmod" | "obj");
    }
    // "an attack left 19 dead": the noun is the subject of the verb whose complement the casualties are
    let subject = a.noun && sentence.tokens[a.trigger.at].relation() == "nsubj";
    if subject
        && sentence.tokens[a.trigger.at].head == Some(head as u32)
        && matches!(token.relation(), "xcomp" | "obj" | "advcl" | "ccomp")
        && sentence.with(top, "nsubj").next().is_none()
    {
        return true;
    }
    // "27 were killed and 80 injured": casualties of one attack
    let casualties = !a.noun && !b.noun && a.actor.is_empty() && b.actor.is_empty();
    if casualties && direct && token.relation() == "conj" && a.judged.status == b.judged.status {
        return true;
    }
    // "shot and wounded two students": two verbs with one object
    let one_mode = a.mode.is_none() || b.mode.is_none() || a.mode == b.mode;
    let shared = !a.noun
        && one_mode
        && direct
        && token.relation() == "conj"
        && top <= a.trigger.at + 3
        && sentence.with(a.trigger.at, "obj").next().is_none()
        && sentence.with(top, "obj").next().is_some()
        && sentence.with(top, "nsubj").next().is_none()
        && sentence.tokens[a.trigger.at..top].iter().all(|token| token.form != ",");
    if !b.noun {
        return shared
            || direct
                && (matches!(token.relation(), "advcl" | "xcomp" | "parataxis" | "acl" | "dep")
                    || token.relation() == "ccomp" && top == head + 1
                    || token.relation() == "conj" && sentence.tokens[head].relation() == "advcl")
                && sentence.with(top, "nsubj").next().is_none()
                && (token.relation() != "acl" || a.noun);
    }
    a.noun
        && b.noun
        && direct
        && token.relation() == "conj"
        && a.mode == b.mode
        && b.actor.is_empty()
        && b.recipient.is_empty()
}

/// Whether `b` tells the casualties of attack `a`: "46 tewas ketika jet membombardir desa", "killed after a missile hit".
fn dead_of(sentence: &Sentence, rules: &Rules, a: &Draft, b: &Draft) -> bool {
    let top = a.trigger.light.map_or(a.trigger.at, |(light, _)| light);
    let token = &sentence.tokens[top];
    let upon = sentence.with(top, "mark").chain(sentence.with(top, "advmod")).any(|mark| {
        let word = sentence.tokens[mark].form.to_lowercase();
        mark < top && rules.grammar.upon.iter().any(|upon| *upon == word)
    });
    let of_one = a.actor.len() < 2
        && (a.recipient.is_empty() || a.recipient == b.recipient)
        && !a.noun
        && !b.noun
        && b.actor.is_empty();
    upon && of_one
        && token.relation() == "advcl"
        && token.head.is_some_and(|head| b.own.contains(&(head as usize)))
        && a.judged.status == b.judged.status
}

/// Whether `b` tells what came of attack `a`: "melempari posko hingga melukai dua perawat", "bombed a market on Friday, which
/// killed ten".
fn result_of(sentence: &Sentence, rules: &Rules, a: &Draft, b: &Draft) -> bool {
    let top = b.trigger.light.map_or(b.trigger.at, |(light, _)| light);
    let below = sentence.ancestors(top).take(3).any(|up| a.own.contains(&up));
    if b.noun || !b.actor.is_empty() || !below || a.trigger.at > top || a.judged.status != b.judged.status {
        return false;
    }
    let marked = sentence.with(top, "mark").any(|mark| {
        let word = sentence.tokens[mark].form.to_lowercase();
        mark < top && rules.grammar.resulting.iter().any(|mark| *mark == word)
    });
    let own = sentence.with(top, "nsubj").next();
    let relative = sentence.tokens[top].relation() == "acl"
        && own.is_some_and(|subject| {
            let comma = subject.checked_sub(1).is_some_and(|before| sentence.tokens[before].form == ",");
            comma && subject < top && sentence.tokens[subject].upos == Upos::Pron
        });
    marked && own.is_none() || relative
}

/// Future cooperation is AGREE, a future retreat CONCEDE (PLOVER manual, AGREE and CONCEDE).
fn reread_future(drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.judged.status == Status::Future) {
        let kind = match draft.kind {
            EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => EventType::Agree,
            EventType::Retreat => EventType::Concede,
            _ => continue,
        };
        draft.why.push(format!("type: {} in the future is {kind}", draft.kind));
        draft.kind = kind;
        draft.mode = None;
    }
}

/// "the attack" after "a cyberattack", "serangan itu" after "serangan siber": a definite noun that is a part of what an
/// earlier act is called has its type.
fn retype(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.dropped || !draft.noun || draft.trigger.tokens.len() > 1 {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let noun = &sentence.tokens[draft.trigger.at];
        let definite = sentence
            .children(draft.trigger.at)
            .any(|child| rules.grammar.anaphoric.contains(&sentence.tokens[child].form.to_lowercase().to_string()));
        if !definite {
            continue;
        }
        let lemma = noun.lemma.to_lowercase();
        let earlier = (0..at).rev().find(|&other| {
            let known = &drafts[other];
            let tokens = &article.analysis.sentences[known.sentence].tokens;
            let called = known.trigger.tokens.iter().any(|&token| {
                let word = tokens[token].lemma.to_lowercase();
                word == lemma || word.ends_with(lemma.as_str())
            });
            known.noun && !known.dropped && called
        });
        if let Some(earlier) = earlier.filter(|&earlier| drafts[earlier].kind != draft.kind) {
            let known = drafts[earlier].clone();
            let draft = &mut drafts[at];
            draft.why.push(format!("type: {} as the act it refers to", known.kind));
            draft.kind = known.kind;
            draft.mode = known.mode;
            draft.context = known.context;
        }
    }
}

/// A definite noun without participants refers to the last act of its type: it takes its participants, and stands
/// only if it adds a time, a figure or a source.
fn refer_back(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.dropped || !draft.noun || draft.trigger.light.is_some() {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let noun = draft.trigger.at;
        let definite = sentence.children(noun).any(|child| {
            let token = &sentence.tokens[child];
            matches!(token.relation(), "det" | "nmod")
                && rules.grammar.anaphoric.contains(&token.form.to_lowercase().to_string())
        });
        // "accused it of helping, an accusation which Mauritania denies": what the sentence has told, called by a noun
        let begins = sentence.subtree(noun).into_iter().find(|&at| sentence.tokens[at].upos != Upos::Punct);
        let apposed = matches!(sentence.tokens[noun].relation(), "appos" | "conj" | "parataxis" | "dep")
            && sentence.with(noun, "cc").next().is_none()
            && sentence.with(noun, "acl").next().is_some()
            && begins.and_then(|begins| begins.checked_sub(1)).is_some_and(|mark| sentence.tokens[mark].form == ",");
        let told = |known: &Draft| !known.dropped && known.sentence == draft.sentence && known.kind == draft.kind;
        if apposed && drafts[..at].iter().any(told) {
            drafts[at].dropped = true;
            continue;
        }
        let bare = draft.actor.is_empty() && draft.recipient.is_empty();
        if !definite && !bare {
            continue;
        }
        let before = (0..at).rev().find(|&other| {
            let known = &drafts[other];
            !known.dropped
                && known.kind == draft.kind
                && draft.actor.iter().all(|actor| known.actor.contains(actor))
                && draft.recipient.iter().all(|actor| known.recipient.contains(actor))
        });
        let Some(before) = before else {
            // a bare noun of violence or talks with nobody in it says too little
            let caused = sentence.tokens[noun].head.is_some_and(|head| {
                sentence.tokens[noun].relation() == "obj"
                    && rules.grammar.causing.iter().any(|verb| *verb == sentence.tokens[head as usize].lemma)
            });
            // "protests over fuel prices spread": who protests needs no name
            let protest = draft.kind == EventType::Protest
                && (sentence.tokens[noun].relation() == "nsubj"
                    && sentence.with(noun, "nmod").any(|child| child > noun)
                    || sentence.tokens[noun].relation() == "nmod"
                        && sentence.tokens[noun].head.is_some_and(|head| {
                            let word = sentence.tokens[head as usize].form.to_lowercase();
                            rules.grammar.measure.iter().any(|measure| *measure == word.as_str())
                        }));
            if bare
                && !caused
                && !protest
                && draft.counts.is_empty()
                && draft.time.is_none()
                && draft.place.is_empty()
                && draft.attribution.is_empty()
            {
                drafts[at].dropped = true;
            }
            continue;
        };
        let known = drafts[before].clone();
        let adds = draft.time.is_some_and(|time| known.time != Some(time))
            || !draft.counts.is_empty()
            || !draft.attribution.is_empty()
                && draft.attribution != known.attribution
                && sentence.tokens[noun].relation() == "nsubj";
        let draft = &mut drafts[at];
        if adds {
            // "Riots broke out": a bare noun of what only then begins is no earlier act
            let begins = rules.grammar.passive_auxiliary
                && !definite
                && sentence.tokens[noun].relation() == "nsubj"
                && sentence.tokens[noun]
                    .head
                    .is_some_and(|verb| rules.grammar.says_there(&sentence.tokens[verb as usize]));
            // "In May 2024 riots swept the capital" is not the protest of this week
            let another = !definite && draft.time.is_some() && known.time.is_some();
            if bare && !begins && !another && draft.judged.status != Status::Negated {
                draft.actor = known.actor;
                draft.recipient = known.recipient;
                draft.indirect = true;
                draft.why.push("actor: taken over from the act it refers to".into());
            }
        } else {
            draft.dropped = true;
        }
    }
}

/// Whether two sets of actors have a member in common.
pub(crate) fn meet(a: &[u32], b: &[u32]) -> bool {
    a.iter().any(|actor| b.contains(actor))
}

/// Whether two sets of actors may be the same: one has a member of the other, or one is not said.
pub(crate) fn shares(a: &[u32], b: &[u32]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|actor| b.contains(actor))
}
