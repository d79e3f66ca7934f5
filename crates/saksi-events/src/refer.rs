//! Who stands behind an act that another act only mentions: "blamed Iran for the attack", "tawaran itu ditolak".

use crate::clause::Clause;
use crate::code::{Context, Draft};
use crate::frames::{Pos, Rules, Shape};
use saksi_record::{EventType, Status};
use saksi_tree::{Sentence, Upos};

/// Gives an act that somebody is blamed for to the one who is blamed: "condemned Cambodia over the shelling".
pub(crate) fn blamed(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for outer in 0..drafts.len() {
        let blames = drafts[outer].kind == EventType::Accuse
            && !drafts[outer].dropped
            && !drafts[outer].noun
            && !drafts[outer].recipient.is_empty();
        if !blames {
            continue;
        }
        let sentence = &article.analysis.sentences[drafts[outer].sentence];
        for inner in 0..drafts.len() {
            let below = inner != outer
                && drafts[inner].sentence == drafts[outer].sentence
                && !drafts[inner].dropped
                && drafts[inner].noun
                && drafts[inner].actor.is_empty()
                && is_blamed_for(sentence, rules, &drafts[outer], &drafts[inner]);
            if !below {
                continue;
            }
            let actor = drafts[outer].recipient.clone();
            let word = sentence.tokens[drafts[outer].trigger.at].form.clone();
            let draft = &mut drafts[inner];
            draft.recipient.retain(|recipient| !actor.contains(recipient));
            draft.actor = actor;
            draft.indirect = true;
            draft.why.push(format!("actor: whom ‘{word}’ holds responsible"));
        }
    }
}

/// Gives an act that somebody owns up to, to them: "Pyongyang acknowledged the sending of troops".
pub(crate) fn owned(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped && draft.noun && draft.actor.is_empty()) {
        let sentence = &article.analysis.sentences[draft.sentence];
        let top = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let token = &sentence.tokens[top];
        let Some(verb) = token.head.map(|head| head as usize).filter(|_| matches!(token.relation(), "obj" | "xcomp"))
        else {
            continue;
        };
        let above = &sentence.tokens[verb];
        let keys = rules.keys(&above.form.to_lowercase(), &above.lemma);
        if !keys.iter().any(|key| rules.grammar.owning.iter().any(|word| *word == key.as_str())) {
            continue;
        }
        let clause = Clause::new(sentence, &rules.grammar, verb, Shape::Plain);
        let mention = clause.agent().into_iter().find_map(|at| article.entities.headed_by(draft.sentence, at));
        if let Some(actor) = mention.and_then(|mention| mention.actor).filter(|actor| !draft.recipient.contains(actor))
        {
            draft.actor.push(actor);
            draft.indirect = true;
            draft.why.push(format!("actor: who owns up to it (‘{}’)", above.form));
        }
    }
}

/// Gives an act to whoever is said to be behind it: "hackers were behind a cyberattack", "kelompok di balik serangan itu".
pub(crate) fn behind(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped && draft.noun && draft.actor.is_empty()) {
        let sentence = &article.analysis.sentences[draft.sentence];
        let noun = draft.trigger.at;
        let case = sentence.children(noun).any(|child| {
            let word = sentence.tokens[child].lower();
            child < noun && rules.grammar.behind.iter().any(|behind| *behind == word)
        });
        if !case || draft.trigger.light.is_some() {
            continue;
        }
        let above = sentence.tokens[noun].head.map(|head| head as usize);
        let relation = sentence.tokens[noun].relation();
        let who = sentence.with(noun, "nsubj").next().or_else(|| match (relation, above) {
            ("nmod", Some(head)) => Some(head),
            // "mengaku berada di balik bom itu": or the subject of the verb above
            ("obl", Some(verb)) => Clause::new(sentence, &rules.grammar, verb, Shape::Plain).subject().first().copied(),
            _ => None,
        });
        let mention = who.and_then(|at| article.entities.headed_by(draft.sentence, at));
        if let Some(actor) = mention.and_then(|mention| mention.actor).filter(|actor| !draft.recipient.contains(actor))
        {
            draft.actor.push(actor);
            draft.indirect = true;
            draft.why.push("actor: who is said to be behind it".into());
        }
    }
}

/// "Türk said he was shocked and called for an inquiry": who goes on speaking is the speaker, even where the pronoun names
/// nobody.
pub(crate) fn speaks_on(article: Context<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped && !draft.noun && draft.actor.is_empty()) {
        let sentence = &article.analysis.sentences[draft.sentence];
        let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let token = &sentence.tokens[verb];
        let own = sentence.children(verb).any(|child| sentence.tokens[child].relation() == "nsubj" && child < verb);
        let Some(first) = token.head.map(|head| head as usize).filter(|_| token.relation() == "conj" && !own) else {
            continue;
        };
        let pronoun = sentence.with(first, "nsubj").any(|subject| {
            sentence.tokens[subject].upos == Upos::Pron && sentence.tokens[subject].feat("PronType") == Some("Prs")
        });
        let speaker = article.said.iter().find_map(|said| {
            let over = sentence.tokens[first].relation() == "ccomp"
                && said.sentence as usize == draft.sentence
                && said.cue.is_some()
                && said.cue == sentence.tokens[first].head;
            said.actor.filter(|_| over)
        });
        if let Some(speaker) = speaker.filter(|speaker| pronoun && !draft.recipient.contains(speaker)) {
            draft.actor.push(speaker);
            draft.indirect = true;
            draft.why.push("actor: the speaker of the clause that it is joined to".into());
        }
    }
}

/// "If Minsk does not stop, we will widen sanctions": the threat is directed at whoever can avert it.
pub(crate) fn conditions(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped && draft.kind == EventType::Threaten) {
        if !draft.recipient.is_empty() || draft.actor.is_empty() {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        // "…, Kallas warned": the condition stands in what is threatened
        let content = sentence.with(verb, "ccomp").chain(sentence.with(verb, "xcomp"));
        let over: Vec<usize> = std::iter::once(verb).chain(content).chain(draft.own.iter().copied()).collect();
        let averts = over.iter().flat_map(|&verb| sentence.with(verb, "advcl")).filter(|&clause| {
            sentence.with(clause, "mark").any(|mark| {
                let word = sentence.tokens[mark].lower();
                rules.grammar.conditions.iter().any(|condition| *condition == word)
            })
        });
        let subjects = averts.flat_map(|clause| Clause::new(sentence, &rules.grammar, clause, Shape::Plain).agent());
        let found = subjects.into_iter().find_map(|at| article.entities.headed_by(draft.sentence, at)?.actor);
        if let Some(found) = found.filter(|found| !draft.actor.contains(found)) {
            draft.recipient.push(found);
            draft.indirect = true;
            draft.why.push("recipient: who can avert it".into());
        }
    }
}

/// "Geneva asked Lima to open the prison, but the minister refused", "a court ordered them back, but the union ignored it":
/// what is refused is what the sentence says was asked.
pub(crate) fn refused(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.dropped
            || draft.noun
            || draft.kind != EventType::Reject
            || !draft.recipient.is_empty()
            || draft.actor.is_empty()
        {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let clause = Clause::new(sentence, &rules.grammar, verb, draft.trigger.shape);
        let bare = clause.object().iter().all(|&object| sentence.tokens[object].upos == Upos::Pron)
            && clause.complements().is_empty();
        let asked = (0..at).rev().find(|&other| {
            let known = &drafts[other];
            !known.dropped
                && known.sentence == draft.sentence
                && known.trigger.at < draft.trigger.at
                && known.kind == EventType::Request
                && !known.actor.is_empty()
                && known.actor.iter().all(|actor| !draft.actor.contains(actor))
        });
        if let Some(asked) = asked.filter(|_| bare) {
            let actor = drafts[asked].actor.clone();
            note(article, drafts, at, asked, "recipient", &actor);
            drafts[at].recipient = actor;
        }
    }
}

fn is_blamed_for(sentence: &Sentence, rules: &Rules, outer: &Draft, inner: &Draft) -> bool {
    let top = inner.trigger.light.map_or(inner.trigger.at, |(light, _)| light);
    let clause = Clause::new(sentence, &rules.grammar, outer.trigger.at, outer.trigger.shape);
    let over = clause.prepositions(top).any(|prep| rules.grammar.blame.contains(&prep));
    let near = sentence.ancestors(top).take(2).any(|up| outer.own.contains(&up));
    over && near && top > outer.trigger.at
}

/// Fills what is empty in an act whose object or subject only refers to an earlier act: the one who made the offer is whom
/// the refusal is directed at, whoever imposed "the sanctions" acts through them.
pub(crate) fn nouns(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.dropped || draft.noun {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let clause = Clause::new(sentence, &rules.grammar, verb, draft.trigger.shape);
        let answers =
            matches!(draft.kind, EventType::Reject | EventType::Support | EventType::Concede | EventType::Agree);
        if answers && draft.recipient.is_empty() {
            let earlier =
                clause.object().into_iter().find_map(|object| earlier_act(article, rules, drafts, at, object));
            // a welcomed agreement is nobody's alone
            let shared = |earlier: usize| {
                let several = drafts[earlier].actor.len() > 1;
                (drafts[at].kind == EventType::Support || drafts[at].kind == EventType::Reject && several)
                    && matches!(drafts[earlier].kind, EventType::Agree | EventType::Support | EventType::Consult)
            };
            if let Some(earlier) = earlier.filter(|&earlier| !shared(earlier)) {
                let actor: Vec<u32> =
                    drafts[earlier].actor.iter().copied().filter(|actor| !drafts[at].actor.contains(actor)).collect();
                note(article, drafts, at, earlier, "recipient", &actor);
                drafts[at].recipient = actor;
            }
        }
        if answers && drafts[at].recipient.is_empty() {
            let earlier = said_of(article, rules, drafts, at);
            if let Some(earlier) = earlier {
                let actor: Vec<u32> =
                    drafts[earlier].actor.iter().copied().filter(|actor| !drafts[at].actor.contains(actor)).collect();
                note(article, drafts, at, earlier, "recipient", &actor);
                drafts[at].recipient = actor;
            }
        }
        if drafts[at].kind == EventType::Support && drafts[at].recipient.is_empty() {
            let step =
                clause.object().into_iter().any(|object| names_step(article, rules, drafts[at].sentence, object));
            if let Some(earlier) = step.then(|| lead(drafts, at)).flatten() {
                let actor = drafts[earlier].actor.clone();
                note(article, drafts, at, earlier, "recipient", &actor);
                drafts[at].recipient = actor;
            }
        }
        if drafts[at].actor.is_empty() {
            let subject = clause.subject();
            let earlier = subject.into_iter().find_map(|subject| earlier_act(article, rules, drafts, at, subject));
            if let Some(earlier) = earlier.filter(|_| !clause.is_passive()) {
                let actor: Vec<u32> = drafts[earlier]
                    .actor
                    .iter()
                    .copied()
                    .filter(|actor| !drafts[at].recipient.contains(actor))
                    .collect();
                note(article, drafts, at, earlier, "actor", &actor);
                drafts[at].actor = actor;
            }
        }
    }
}

/// Whether a definite noun names a step without saying which: "welcomed the move", "menyambut baik putusan itu".
fn names_step(article: Context<'_>, rules: &Rules, sentence: usize, noun: usize) -> bool {
    let sentence = &article.analysis.sentences[sentence];
    let token = &sentence.tokens[noun];
    let (form, lemma) = (token.form.to_lowercase(), token.lemma.to_lowercase());
    let step = rules.grammar.steps.iter().any(|word| *word == form || *word == lemma);
    let definite = sentence
        .children(noun)
        .any(|child| rules.grammar.anaphoric.contains(&sentence.tokens[child].form.to_lowercase().to_string()));
    // "langkah itu lewat pesan video" says not whose it is
    let whose = |child: usize| {
        let mut cases = sentence.with(child, "case").map(|case| sentence.tokens[case].lower()).peekable();
        cases.peek().is_none() || cases.any(|case| rules.grammar.of.iter().any(|of| *of == case))
    };
    let said_whose = sentence.with(noun, "nmod").any(|child| sentence.tokens[child].upos != Upos::Det && whose(child));
    step && definite && !said_whose
}

/// The act before that a clause like "…, a charge that Estonia has rejected" speaks of.
fn said_of(article: Context<'_>, rules: &Rules, drafts: &[Draft], at: usize) -> Option<usize> {
    let draft = &drafts[at];
    let sentence = &article.analysis.sentences[draft.sentence];
    let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
    let relative = std::iter::once(verb)
        .chain(sentence.ancestors(verb))
        .take(2)
        .find(|&up| sentence.tokens[up].relation() == "acl")?;
    let noun = sentence.tokens[relative].head? as usize;
    let token = &sentence.tokens[noun];
    let (form, lemma) = (token.form.to_lowercase(), token.lemma.to_lowercase());
    let step = rules.grammar.steps.iter().any(|word| *word == form || *word == lemma);
    let mut phrase = sentence.subtree(noun).into_iter();
    let begins = phrase.find(|&at| sentence.tokens[at].upos != Upos::Punct).unwrap_or(noun);
    let set_off = begins.checked_sub(1).is_some_and(|comma| sentence.tokens[comma].form == ",");
    if !step || !set_off {
        return None;
    }
    (0..drafts.len())
        .filter(|&other| {
            let known = &drafts[other];
            !known.dropped && known.sentence == draft.sentence && !known.actor.is_empty() && known.trigger.at < begins
        })
        .min_by_key(|&other| drafts[other].trigger.at)
}

/// The act that the story is about: its first one in fact, unless whoever refers to it did it.
fn lead(drafts: &[Draft], at: usize) -> Option<usize> {
    (0..at).find(|&other| {
        let known = &drafts[other];
        !known.dropped
            && known.sentence < drafts[at].sentence
            && !known.actor.is_empty()
            && !matches!(known.kind, EventType::Consult | EventType::Protest | EventType::Assault)
            && known.actor.iter().all(|actor| !drafts[at].actor.contains(actor))
    })
}

/// Gives what somebody offers, asks or threatens right after meeting somebody to those they met: "called Ryzhenkov and
/// offered full support".
pub(crate) fn met(article: Context<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        let directed = matches!(
            draft.kind,
            EventType::Support
                | EventType::Agree
                | EventType::Request
                | EventType::Threaten
                | EventType::Concede
                | EventType::Aid
        );
        if draft.dropped || !directed || !draft.recipient.is_empty() || draft.actor.is_empty() {
            continue;
        }
        let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let token = &article.analysis.sentences[draft.sentence].tokens[verb];
        let Some(head) = token.head.filter(|_| token.relation() == "conj").map(|head| head as usize) else { continue };
        let meeting = drafts.iter().position(|known| {
            !known.dropped
                && known.kind == EventType::Consult
                && known.sentence == draft.sentence
                && known.own.contains(&head)
                && draft.actor.iter().all(|actor| known.actor.contains(actor))
        });
        let Some(meeting) = meeting else { continue };
        let both = drafts[meeting].actor.iter().chain(&drafts[meeting].recipient);
        let met: Vec<u32> = both.copied().filter(|actor| !drafts[at].actor.contains(actor)).collect();
        if !met.is_empty() {
            drafts[at].recipient = met;
            drafts[at].indirect = true;
            drafts[at].why.push("recipient: whom they met".into());
        }
    }
}

/// Gives talks of which only "the talks" is said to the parties that the text has last let agree or meet.
pub(crate) fn parties(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.dropped || draft.kind != EventType::Consult || !draft.noun || !draft.recipient.is_empty() {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let definite = sentence
            .children(draft.trigger.at)
            .any(|child| rules.grammar.anaphoric.contains(&sentence.tokens[child].form.to_lowercase().to_string()));
        if !draft.actor.is_empty() || !definite {
            continue;
        }
        let earlier = (0..at).rev().find(|&other| {
            let known = &drafts[other];
            let mutual = matches!(known.kind, EventType::Agree | EventType::Consult | EventType::Cooperate);
            mutual && !known.dropped && known.actor.len() > 1
        });
        if let Some(earlier) = earlier {
            let actor = drafts[earlier].actor.clone();
            note(article, drafts, at, earlier, "actor", &actor);
            drafts[at].actor = actor;
        }
    }
}

/// Gives a noun that names an act anew, with whom it was done to, the actor whom an earlier sentence gives it:
/// "condemned the attack on Fico".
pub(crate) fn done_by(article: Context<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.dropped
            || !draft.noun
            || draft.trigger.light.is_some()
            || !draft.actor.is_empty()
            || draft.recipient.is_empty()
            || draft.judged.status != Status::Actual
        {
            continue;
        }
        let earlier = (0..at).rev().find(|&other| {
            let known = &drafts[other];
            !known.dropped
                && known.kind == draft.kind
                && known.judged.status == Status::Actual
                && !known.actor.is_empty()
                && known.recipient == draft.recipient
        });
        if let Some(earlier) = earlier {
            let actor = drafts[earlier].actor.clone();
            note(article, drafts, at, earlier, "actor", &actor);
            drafts[at].actor = actor;
        }
    }
}

fn note(article: Context<'_>, drafts: &mut [Draft], at: usize, earlier: usize, role: &str, found: &[u32]) {
    if !found.is_empty() {
        let word = &article.analysis.sentences[drafts[earlier].sentence].tokens[drafts[earlier].trigger.at].form;
        drafts[at].indirect = true;
        drafts[at].why.push(format!("{role}: who is behind ‘{word}’, which the text refers to"));
    }
}

/// The last act before draft `at` that a definite noun refers to: of the same root, or of the type that the noun names.
fn earlier_act(article: Context<'_>, rules: &Rules, drafts: &[Draft], at: usize, noun: usize) -> Option<usize> {
    let sentence = &article.analysis.sentences[drafts[at].sentence];
    let token = &sentence.tokens[noun];
    let definite = sentence.children(noun).any(|child| {
        let child = &sentence.tokens[child];
        matches!(child.relation(), "det" | "nmod")
            && rules.grammar.anaphoric.contains(&child.form.to_lowercase().to_string())
    });
    if !definite || !token.upos.is_nominal() {
        return None;
    }
    let keys = rules.keys(&token.form.to_lowercase(), &token.lemma);
    let kinds: Vec<EventType> = keys
        .iter()
        .filter_map(|key| rules.heads.get(key))
        .flatten()
        .map(|&(frame, _)| &rules.frames[frame as usize])
        .filter(|frame| frame.pos == Pos::Noun && frame.head.len() == 1)
        .map(|frame| frame.kind)
        .collect();
    (0..at).rev().find(|&other| {
        let known = &drafts[other];
        let root = &article.analysis.sentences[known.sentence].tokens[known.trigger.at].lemma;
        !known.dropped
            && !known.actor.is_empty()
            && (drafts[at].sentence - known.sentence) <= 3
            && (kinds.contains(&known.kind) || root.eq_ignore_ascii_case(&token.lemma))
    })
}
