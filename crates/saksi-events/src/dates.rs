//! The times of a sentence, given to its acts.

use crate::code::{Context, Draft};
use crate::frames::Rules;
use crate::when;
use saksi_record::{EventType, Timex};
use saksi_time::Lead;
use saksi_tree::Upos;

/// Gives each act the time of its own clause.
pub(crate) fn attach(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for (index, sentence) in article.analysis.sentences.iter().enumerate() {
        let cues = article.said.iter().filter(|said| said.sentence as usize == index).filter_map(|said| said.cue);
        let mut acts: Vec<usize> = cues.map(|cue| cue as usize).collect();
        let here: Vec<usize> =
            (0..drafts.len()).filter(|&at| drafts[at].sentence == index && !drafts[at].dropped).collect();
        acts.extend(here.iter().flat_map(|&at| drafts[at].own.iter().copied()));
        for &at in &here {
            let speaks = matches!(
                drafts[at].kind,
                EventType::Accuse
                    | EventType::Support
                    | EventType::Request
                    | EventType::Reject
                    | EventType::Threaten
                    | EventType::Agree
            );
            let how = (&rules.grammar, speaks);
            drafts[at].time = when::time_of(article.times, index, sentence, &drafts[at].own, &acts, how);
        }
        when::share(sentence, &here, drafts, &rules.grammar);
        front_times(article, index, &here, drafts);
        times_behind(article, index, &here, &acts, drafts);
        released(article, rules, index, &here, drafts);
    }
}

/// "killed two members of an armed group in the district of Sinak, on Friday": the day that stands next behind an act, with no other
/// act, verb or saying between, is its day wherever the parser hung it, unless another act has it.
fn times_behind(article: Context<'_>, index: usize, here: &[usize], acts: &[usize], drafts: &mut [Draft]) {
    use EventType as T;
    let tokens = &article.analysis.sentences[index].tokens;
    for &at in here {
        let draft = &drafts[at];
        let done = matches!(
            draft.kind,
            T::Assault
                | T::Coerce
                | T::Protest
                | T::Consult
                | T::Retreat
                | T::Aid
                | T::Sanction
                | T::Mobilize
                | T::Cooperate
        );
        // "confirmed the arrest on Tuesday": that of the verb
        let open = done && !draft.noun;
        let (Some(&last), None, true) = (draft.own.iter().max(), draft.time, open) else { continue };
        let next = article.times.found.iter().position(|found| {
            found.sentence as usize == index
                && found.first as usize > last
                && matches!(found.time.timex, Timex::Date | Timex::Time)
                && found.time.earliest.is_some()
        });
        let Some(time) = next.filter(|&time| here.iter().all(|&other| drafts[other].time != Some(time))) else {
            continue;
        };
        let found = &article.times.found[time];
        let passes = |between: usize| {
            let token = &tokens[between];
            !acts.contains(&between)
                && match token.upos {
                    Upos::Verb | Upos::Aux => article.entities.names_actor(index, between),
                    Upos::Sconj => false,
                    Upos::Punct => matches!(token.form.as_str(), "," | "-" | "(" | ")"),
                    _ => true,
                }
        };
        let led = matches!(found.lead, Lead::Before | Lead::After | Lead::Until | Lead::Since);
        if !led && (last + 1..found.first as usize).all(passes) {
            drafts[at].time = Some(time);
        }
    }
}

/// "Last year, workers marched and …": the date that a sentence begins with is that of its first act, whatever the tree says,
/// unless somebody speaks before it.
fn front_times(article: Context<'_>, index: usize, here: &[usize], drafts: &mut [Draft]) {
    let sentence = &article.analysis.sentences[index];
    let found = article.times.found.iter().position(|found| {
        let comma = sentence.tokens.get(found.last as usize + 1).is_some_and(|token| token.form == ",");
        found.sentence as usize == index && found.first <= 1 && comma && found.time.earliest.is_some()
    });
    let first = here.iter().copied().min_by_key(|&at| drafts[at].trigger.at);
    let (Some(found), Some(first)) = (found, first) else { return };
    let spoken = article.said.iter().any(|said| said.sentence as usize == index);
    let lead = article.times.found[found].lead;
    let dates = !matches!(lead, Lead::Before | Lead::After | Lead::Until);
    let taken = here.iter().any(|&at| drafts[at].time == Some(found));
    if drafts[first].time.is_none() && !drafts[first].noun && !spoken && dates && !taken {
        drafts[first].time = Some(found);
    }
}

/// "condemned the raid in a statement released on Monday": what is said is said when the statement comes out, wherever the tree
/// puts the statement.
fn released(article: Context<'_>, rules: &Rules, index: usize, here: &[usize], drafts: &mut [Draft]) {
    let sentence = &article.analysis.sentences[index];
    for (time, found) in article.times.found.iter().enumerate().filter(|(_, found)| found.sentence as usize == index) {
        let first = found.first as usize;
        let verb = sentence.ancestors(first).find(|&up| up < first && sentence.tokens[up].relation() == "acl");
        let Some(noun) = verb.and_then(|verb| sentence.tokens[verb].head).map(|noun| noun as usize) else { continue };
        let token = &sentence.tokens[noun];
        let stated = rules.grammar.statements.iter().any(|word| *word == token.lower() || *word == token.lemma);
        if !stated || found.time.earliest.is_none() || sentence.with(noun, "case").next().is_none() {
            continue;
        }
        let speaks = |kind: EventType| {
            matches!(kind, EventType::Accuse | EventType::Support | EventType::Request | EventType::Reject)
        };
        let act = here.iter().copied().find(|&at| {
            let draft = &drafts[at];
            speaks(draft.kind) && !draft.noun && draft.time.is_none() && draft.trigger.at < noun
        });
        let taken = here.iter().any(|&at| drafts[at].time == Some(time) && speaks(drafts[at].kind));
        if let Some(act) = act.filter(|_| !taken) {
            drafts[act].time = Some(time);
        }
    }
}
