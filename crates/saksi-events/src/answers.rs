//! Whom an answer is directed at, where the article says to what: "vowed revenge after Israel struck", "Moscow rejected
//! the allegation".

use crate::clause::Clause;
use crate::code::{Context, Draft};
use crate::frames::{Pos, Rules};
use saksi_record::{EventType, Quad, Status};
use saksi_tree::{Sentence, Upos};

/// Sentences back to which an answer may refer.
const REACH: usize = 2;

/// Gives a threat to answer, to whoever did what it answers: told in a clause beside it ("vows a response after Estonia
/// expels two diplomats"), or as the last hostile act against its side in the sentences before.
pub(crate) fn provoked(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        let open = !draft.dropped && draft.kind == EventType::Threaten && draft.recipient.is_empty();
        if !open || draft.actor.is_empty() {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let answers = answers(sentence, rules, draft);
        let beside = (0..drafts.len()).find(|&other| {
            let known = &drafts[other];
            is_provocation(known, draft)
                && known.sentence == draft.sentence
                && (answers || hits(article, known, draft))
                && stands_beside(sentence, rules, draft, known)
        });
        let before = || {
            let close = |other: &usize| draft.sentence - drafts[*other].sentence <= REACH;
            let hit = |other: &usize| is_provocation(&drafts[*other], draft) && hits(article, &drafts[*other], draft);
            (0..at)
                .rev()
                .filter(|_| answers)
                .take_while(close)
                .find(|other| drafts[*other].sentence < draft.sentence && hit(other))
        };
        if let Some(found) = beside.or_else(before) {
            let actor = drafts[found].actor.clone();
            let word = &article.analysis.sentences[drafts[found].sentence].tokens[drafts[found].trigger.at].form;
            drafts[at].why.push(format!("recipient: who did what is answered (‘{word}’)"));
            drafts[at].indirect = true;
            drafts[at].recipient = actor;
        }
    }
}

/// Gives the rejection of an accusation that only somebody's words made, to whoever said them: "Latvia said Russian hackers
/// were behind it. Moscow rejected the allegation."
pub(crate) fn accused(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        let open = !draft.dropped && draft.kind == EventType::Reject && !draft.noun && draft.recipient.is_empty();
        if !open || draft.actor.is_empty() {
            continue;
        }
        let sentence = &article.analysis.sentences[draft.sentence];
        let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let objects = Clause::new(sentence, &rules.grammar, verb, draft.trigger.shape).object();
        let named = draft.own.iter().chain(&draft.trigger.nouns).chain(&draft.trigger.evidence).chain(&objects);
        if !named.copied().any(|noun| {
            sentence.tokens[noun].upos != Upos::Verb
                && rules.names(sentence, noun, Pos::Noun, |kind| kind == EventType::Accuse)
        }) {
            continue;
        }
        let charge = |index: u32| {
            drafts.iter().any(|known| {
                let side = |&actor: &u32| draft.actor.iter().any(|&own| same_side(article, actor, own));
                known.attribution.first() == Some(&index)
                    && (known.sentence, known.trigger.at) < (draft.sentence, draft.trigger.at)
                    && matches!(known.kind.quad(), Quad::MaterialConflict | Quad::VerbalConflict)
                    && known.actor.iter().any(side)
            })
        };
        let said = article.said.iter().enumerate().rev().find_map(|(index, said)| {
            let near = said.sentence as usize <= draft.sentence && draft.sentence - said.sentence as usize <= REACH;
            let speaker = said.actor.filter(|speaker| !draft.actor.contains(speaker))?;
            (near && charge(index as u32)).then_some(speaker)
        });
        if let Some(speaker) = said {
            drafts[at].why.push("recipient: who said what is rejected".into());
            drafts[at].indirect = true;
            drafts[at].recipient = vec![speaker];
        }
    }
}

/// Whether `known` is a hostile act in fact that somebody other than the one who answers did.
fn is_provocation(known: &Draft, answer: &Draft) -> bool {
    !known.dropped
        && matches!(known.kind, EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Threaten)
        && known.judged.status == Status::Actual
        && !known.actor.is_empty()
        && known.actor.iter().all(|actor| !answer.actor.contains(actor))
}

/// Whether `known` was done to the side of whoever answers.
fn hits(article: Context<'_>, known: &Draft, answer: &Draft) -> bool {
    let own = |&recipient: &u32| answer.actor.iter().any(|&actor| same_side(article, recipient, actor));
    known.recipient.iter().any(own)
}

/// Whether two actors are one, or of one country.
fn same_side(article: Context<'_>, one: u32, other: u32) -> bool {
    let country = |actor: u32| article.entities.actors[actor as usize].country.as_deref();
    one == other || country(one).is_some() && country(one) == country(other)
}

/// Whether the threat itself says that it answers something: "retaliation", "akan membalas".
fn answers(sentence: &Sentence, rules: &Rules, draft: &Draft) -> bool {
    content(sentence, draft).into_iter().any(|at| {
        let token = &sentence.tokens[at];
        let keys = rules.keys(&token.form.to_lowercase(), &token.lemma);
        keys.iter().any(|key| rules.grammar.answering.iter().any(|word| *word == key.as_str()))
    })
}

/// The words of the threat with what they govern: what is threatened.
fn content(sentence: &Sentence, draft: &Draft) -> Vec<usize> {
    let governed = draft.own.iter().flat_map(|&own| {
        let part = |&child: &usize| matches!(sentence.tokens[child].relation(), "xcomp" | "ccomp" | "obj");
        sentence.children(own).filter(part).collect::<Vec<_>>()
    });
    draft.own.iter().copied().chain(governed).collect()
}

/// Whether `known` stands in a circumstance of the threat: "after Israel struck", "over the listing of its firms".
fn stands_beside(sentence: &Sentence, rules: &Rules, draft: &Draft, known: &Draft) -> bool {
    let top = known.trigger.light.map_or(known.trigger.at, |(light, _)| light);
    let threat = content(sentence, draft);
    let Some(branch) = std::iter::once(top)
        .chain(sentence.ancestors(top))
        .find(|&up| sentence.tokens[up].head.is_some_and(|head| threat.contains(&(head as usize))))
    else {
        return false;
    };
    let mut marks = sentence.with(branch, "mark").chain(sentence.with(branch, "case"));
    matches!(sentence.tokens[branch].relation(), "advcl" | "obl" | "nmod")
        && marks.any(|mark| {
            let word = sentence.tokens[mark].lower();
            rules.grammar.circumstance.iter().chain(&rules.grammar.blame).any(|listed| *listed == word)
        })
}
