//! Acts that a sentence names without telling of them: what is only asked about, and what anybody may do.

use crate::clause::Clause;
use crate::code::{Context, Draft};
use crate::frames::{Rules, Shape};
use saksi_record::{EventType, Status};
use saksi_tree::Sentence;

/// Drops the drafts that stand in such clauses, and puts acts announced for a day ahead into the future.
pub(crate) fn drop(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped) {
        let sentence = &article.analysis.sentences[draft.sentence];
        let top = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let settled = draft.judged.status == Status::Actual || draft.judged.status == Status::Negated;
        draft.dropped = asked(sentence, rules, top, settled) || by_anyone(sentence, rules, top);
        if settled && draft.judged.status == Status::Actual && announced(article, rules, draft) {
            draft.judged.status = Status::Future;
            draft.why.push("status: announced for a day ahead".into());
        }
    }
}

/// Drops what names an act without telling of one: "did not rule out sending troops", "jailed without trial", "sanctions rarely
/// work".
pub(crate) fn idle(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped) {
        let sentence = &article.analysis.sentences[draft.sentence];
        let negated = draft.judged.status == Status::Negated;
        let bare = draft.noun && draft.actor.is_empty() && draft.recipient.is_empty();
        let open = draft.kind == EventType::Reject && negated;
        let lacking = bare
            && negated
            && draft.trigger.light.is_none()
            && sentence.with(draft.trigger.at, "case").next().is_some();
        draft.dropped = open || lacking || bare && is_general(sentence, rules, draft);
    }
}

/// "sanctions rarely change the course of governments": a bare plural of which is said what it does as a rule.
fn is_general(sentence: &Sentence, rules: &Rules, draft: &Draft) -> bool {
    let at = draft.trigger.at;
    let token = &sentence.tokens[at];
    let Some(verb) = token.head.map(|head| head as usize).filter(|_| token.deprel == "nsubj") else { return false };
    let lone = sentence.children(at).next().is_none() && draft.place.is_empty() && draft.trigger.tokens.len() == 1;
    let general = sentence.tokens[verb].feat("Tense") == Some("Pres")
        && sentence.tokens[verb].feat("VerbForm") == Some("Fin")
        && sentence.with(verb, "aux").next().is_none();
    lone && general
        && rules.grammar.subject_first
        && token.feat("Number") == Some("Plur")
        && sentence.kind == saksi_tree::RegionKind::Body
}

/// "The Houthis denied responsibility", "denied any involvement": the last hostile act told of, denied by whoever is named.
pub(crate) fn denied(article: Context<'_>, rules: &Rules, drafts: &mut Vec<Draft>) {
    let mut found: Vec<Draft> = Vec::new();
    for (index, sentence) in article.analysis.sentences.iter().enumerate() {
        for noun in 0..sentence.tokens.len() {
            let token = &sentence.tokens[noun];
            let keys = rules.keys(&token.form.to_lowercase(), &token.lemma);
            let partakes = token.relation() == "obj"
                && token.upos.is_nominal()
                && keys.iter().any(|key| rules.grammar.partaking.iter().any(|word| *word == key.as_str()));
            let Some(verb) = token.head.map(|head| head as usize).filter(|_| partakes) else { continue };
            if drafts
                .iter()
                .any(|draft| draft.sentence == index && draft.own.iter().any(|&own| sentence.below(own, noun)))
                || !rules.denies(sentence, verb)
            {
                continue;
            }
            let clause = Clause::new(sentence, &rules.grammar, verb, Shape::Plain);
            let actor: Vec<u32> = clause
                .agent()
                .into_iter()
                .filter_map(|head| article.entities.headed_by(index, head).and_then(|mention| mention.actor))
                .collect();
            let hostile = |draft: &&Draft| {
                draft.sentence < index
                    && matches!(draft.kind, EventType::Assault | EventType::Coerce)
                    && draft.judged.status == Status::Actual
            };
            let Some(known) = drafts.iter().rev().find(hostile).filter(|_| !actor.is_empty()) else { continue };
            let mut draft = known.clone();
            draft.sentence = index;
            draft.trigger.at = noun;
            draft.trigger.tokens = vec![noun];
            draft.trigger.light = Some((verb, Shape::Plain));
            draft.trigger.evidence.clear();
            draft.trigger.nouns.clear();
            draft.noun = true;
            draft.own = vec![noun];
            draft.recipient = known.recipient.iter().copied().filter(|other| !actor.contains(other)).collect();
            draft.actor = actor;
            draft.place.clear();
            draft.judged.status = Status::Negated;
            draft.judged.reported = Status::Negated;
            draft.indirect = true;
            draft.why = vec![format!(
                "type: {} as the last act told of, which ‘{}’ denies",
                known.kind, sentence.tokens[verb].form
            )];
            found.push(draft);
        }
    }
    drafts.extend(found);
    drafts.sort_by_key(|draft| (draft.sentence, draft.trigger.at));
}

/// "did not say whether ports were bombed", and, of what is not settled, "did not say how many soldiers would be sent".
fn asked(sentence: &Sentence, rules: &Rules, at: usize, settled: bool) -> bool {
    std::iter::once(at).chain(sentence.ancestors(at)).take_while(|&up| sentence.tokens[up].relation() != "acl").any(
        |up| {
            let token = &sentence.tokens[up];
            let marked = sentence.with(up, "mark").any(|mark| {
                mark < up
                    && rules
                        .grammar
                        .asking
                        .iter()
                        .any(|word| *word == sentence.tokens[mark].form.to_lowercase().as_str())
            });
            let open = !settled
                && sentence.subtree(up).into_iter().any(|word| {
                    word < up
                        && sentence.tokens[word].feat("PronType") == Some("Int")
                        && token.head.is_some_and(|head| (head as usize) < word)
                });
            token.relation() == "ccomp" && (marked || open && !rules.grammar.asking.is_empty())
        },
    )
}

/// "anyone who blocked a road would be tried", "those who lock up their rivals".
fn by_anyone(sentence: &Sentence, rules: &Rules, at: usize) -> bool {
    let clause = std::iter::once(at).chain(sentence.ancestors(at)).find(|&up| sentence.tokens[up].relation() == "acl");
    let Some(clause) = clause.filter(|&clause| sentence.tokens[clause].deprel == "acl:relcl") else { return false };
    let Some(noun) = sentence.tokens[clause].head.map(|head| head as usize) else { return false };
    let lower = sentence.tokens[noun].form.to_lowercase();
    let is = |words: &[String]| words.iter().any(|word| *word == lower.as_str());
    let any = sentence.with(noun, "det").any(|det| {
        let word = sentence.tokens[det].form.to_lowercase();
        rules.grammar.anyone.iter().any(|other| *other == word.as_str())
    });
    let present =
        sentence.tokens[clause].feat("Tense") == Some("Pres") && sentence.with(clause, "aux").next().is_none();
    is(&rules.grammar.anyone) || any || present && is(&rules.grammar.those)
}

/// "announced another march for Saturday".
fn announced(article: Context<'_>, rules: &Rules, draft: &Draft) -> bool {
    let sentence = &article.analysis.sentences[draft.sentence];
    let Some((light, _)) = draft.trigger.light else { return false };
    let heads = [light, draft.trigger.at];
    article.times.found.iter().filter(|found| found.sentence as usize == draft.sentence).any(|found| {
        let before = (found.first as usize).checked_sub(1);
        let ahead = before.is_some_and(|before| {
            rules.grammar.ahead.iter().any(|word| *word == sentence.tokens[before].form.to_lowercase().as_str())
        });
        let hangs = (found.first..=found.last)
            .any(|token| sentence.tokens[token as usize].head.is_some_and(|up| heads.contains(&(up as usize))));
        ahead && hangs && found.time.earliest.is_some() && found.time.timex == saksi_record::Timex::Date
    })
}
