//! What an act becomes by who announces it: whoever says that they will not give is refusing, whoever says that they will
//! strike if is threatening, whoever says that others must is
//! asking.
//!
//! The PLOVER manual wants the one type that fits in place of another type that is future or hypothetical (section
//! "Auxiliary modes").

use crate::clause::Clause;
use crate::code::{Context, Draft};
use crate::frames::{Pos, Rules, Slot};
use saksi_attribution::Said;
use saksi_record::{ActorKind, EventType, Form, MentionForm, SourceKind, Stance, Status};
use saksi_tree::{Span, Upos};

/// Rereads the attributed acts of an article; drops those that hold only in somebody's word, where there is none.
pub(crate) fn reread(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped) {
        let said = draft.attribution.first().map(|&nearest| &article.said[nearest as usize]);
        let spoken =
            rules.frames[draft.trigger.frame as usize].actor.iter().flatten().any(|slot| *slot == Slot::Speaker);
        if spoken {
            draft.dropped = !said.is_some_and(|said| speaks(article, draft, said));
            continue;
        }
        let Some(said) = said else { continue };
        let carried = !draft.noun || draft.trigger.light.is_some();
        // "its leaders demanded that the rector resign": what is asked of others is nobody's own
        let asks = |speaker: u32| said.attribution.stance == Stance::Asks && !draft.actor.contains(&speaker);
        let own =
            said.actor.is_some_and(|speaker| carried && !asks(speaker) && is_own(article, rules, draft, said, speaker));
        let by_cue = |governor: &usize| own && said.cue == Some(*governor as u32);
        if is_backshifted(article, draft, said)
            && draft.judged.governors.iter().all(by_cue)
            && draft.judged.status != draft.judged.reported
        {
            draft.judged.status = draft.judged.reported;
            draft.why.push("status: what was to come when it was said".into());
        }
        if own && warned(article, rules, draft, said) {
            continue;
        }
        if own && matches!(said.attribution.stance, Stance::Asserts | Stance::Promises | Stance::Confirms) {
            announced(draft);
        }
    }
}

/// Makes the speaker the actor, if it is one that can ask or refuse, and not of itself.
fn speaks(article: Context<'_>, draft: &mut Draft, said: &Said) -> bool {
    let party = !matches!(
        said.attribution.source.kind,
        SourceKind::Expert | SourceKind::Witness | SourceKind::Document | SourceKind::NewsAgency | SourceKind::Outlet
    );
    let asserts = matches!(said.attribution.stance, Stance::Asserts | Stance::Asks);
    let Some(speaker) = said.actor.filter(|speaker| party && asserts && !draft.recipient.contains(speaker)) else {
        return false;
    };
    let facts = &article.entities.actors[speaker as usize];
    let country = |&actor: &u32| &article.entities.actors[actor as usize].country;
    let stranger = facts.country.is_none() || draft.recipient.iter().all(|other| *country(other) != facts.country);
    // what a court says has to be done is law; what a state says it has to do is no request
    let official = matches!(facts.sector.as_deref(), Some("GOV" | "MIL" | "SPY" | "COP"));
    if facts.sector.as_deref() == Some("JUD") || official && !stranger {
        return false;
    }
    draft.actor = vec![speaker];
    draft.why.push("actor: who says so".into());
    true
}

/// "said that it would": a verb of saying in the past makes "will" into "would".
fn is_backshifted(article: Context<'_>, draft: &Draft, said: &Said) -> bool {
    let past = said.cue.is_some_and(|cue| {
        let token = &article.analysis.sentences[said.sentence as usize].tokens[cue as usize];
        token.feat("Tense") == Some("Past") || token.feat("VerbForm") == Some("Part")
    });
    past && said.sentence as usize == draft.sentence && said.attribution.form != Form::Direct
}

/// Whether the speaker is among those who act, or speaks for the state that acts.
fn is_own(article: Context<'_>, rules: &Rules, draft: &Draft, said: &Said, speaker: u32) -> bool {
    let entities = article.entities;
    let facts = &entities.actors[speaker as usize];
    let official = facts.kind == ActorKind::State
        || matches!(facts.sector.as_deref(), Some("GOV" | "MIL" | "LEG" | "SPY" | "COP"))
        || matches!(
            entities.facts[speaker as usize].source_kind,
            Some(SourceKind::Government | SourceKind::Official | SourceKind::Military)
        );
    // "Ankara will attack", but not "Turkish ships will"
    let sentence = &article.analysis.sentences[draft.sentence];
    let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
    let subject = Clause::new(sentence, &rules.grammar, verb, draft.trigger.shape).agent();
    let named = |head: usize| entities.headed_by(draft.sentence, head).filter(|mention| mention.actor.is_some());
    if draft.actor.contains(&speaker) {
        return subject.iter().all(|&head| sentence.tokens[head].upos != Upos::Noun || named(head).is_some());
    }
    let same = |&actor: &u32| entities.actors[actor as usize].country == facts.country;
    let state = |head: usize| {
        let actor =
            named(head).filter(|mention| matches!(mention.form, MentionForm::Name | MentionForm::Metonym))?.actor?;
        let acting = &entities.actors[actor as usize];
        Some(acting.kind == ActorKind::State && acting.country == facts.country && draft.actor.contains(&actor))
    };
    if speaks_for(article, rules, said) && (facts.country.is_none() || draft.actor.iter().any(same)) {
        return true;
    }
    official && facts.country.is_some() && subject.into_iter().any(|head| state(head) == Some(true))
}

/// Whether the source speaks for somebody: "a spokesman said".
fn speaks_for(article: Context<'_>, rules: &Rules, said: &Said) -> bool {
    let (Some(start), Some(end)) = (said.attribution.source.start, said.attribution.source.end) else { return false };
    let source = article.text.slice(Span::new(start, end)).to_lowercase();
    rules.grammar.spokesman.iter().any(|word| {
        source.match_indices(word.as_str()).any(|(at, found)| {
            let ends = |text: Option<char>| text.is_none_or(|letter| !letter.is_alphanumeric());
            ends(source[..at].chars().next_back()) && ends(source[at + found.len()..].chars().next())
        })
    })
}

/// "warned that Washington would sign no deals": what somebody warns of doing, or of no longer doing, is a threat.
fn warned(article: Context<'_>, rules: &Rules, draft: &mut Draft, said: &Said) -> bool {
    use EventType::{Agree, Aid, Coerce, Concede, Cooperate, Reject, Sanction, Support};
    let Some(cue) = said.cue.filter(|_| said.sentence as usize == draft.sentence) else { return false };
    let token = &article.analysis.sentences[draft.sentence].tokens[cue as usize];
    let keys = rules.keys(&token.form.to_lowercase(), &token.lemma);
    let threatens = rules.governs(&article.analysis.sentences[draft.sentence], cue as usize)
        && keys.iter().filter_map(|key| rules.heads.get(key)).flatten().any(|&(index, _)| {
            let frame = &rules.frames[index as usize];
            frame.kind == EventType::Threaten && frame.pos == Pos::Verb && frame.head.len() == 1
        });
    let judged = &draft.judged;
    let refused = judged.refused && matches!(draft.kind, Agree | Aid | Concede | Cooperate | Support);
    let ahead = matches!(judged.status, Status::Future | Status::Hypothetical)
        && matches!(draft.kind, Coerce | Reject | Sanction);
    let warns = threatens && said.attribution.stance != Stance::Denies && (refused || ahead) && !judged.obliged;
    if warns {
        let mode = (draft.kind == Sanction).then_some("relations");
        becomes(draft, EventType::Threaten, mode, Status::Actual, "is warned of by who would do it");
    }
    warns
}

/// An act to come that its own actor announces.
fn announced(draft: &mut Draft) {
    use EventType::{
        Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Protest, Reject, Retreat, Sanction, Support, Threaten,
    };
    let judged = &draft.judged;
    let giving = matches!(draft.kind, Agree | Aid | Concede | Consult | Cooperate | Retreat | Support);
    if judged.refused && giving {
        let mode = match draft.kind {
            Consult => Some("meet"),
            Retreat | Concede => Some("yield"),
            Aid | Cooperate => Some("assist"),
            _ => None,
        };
        becomes(draft, Reject, mode, Status::Actual, "will not be done, as who would do it says");
        return;
    }
    let ahead = judged.status == Status::Future || judged.conditional && judged.status == Status::Hypothetical;
    // "may close the strait": a hostile act that its own actor holds out is a threat
    let held_out = judged.status == Status::Hypothetical
        && judged.governors.is_empty()
        && matches!(draft.kind, Assault | Coerce | Sanction | Protest);
    if !(ahead || held_out) || judged.obliged || judged.purpose {
        return;
    }
    // "will respond in kind" threatens now
    if draft.kind == Threaten {
        let mode = draft.mode.clone();
        becomes(draft, Threaten, mode.as_deref(), Status::Actual, "is announced by who would do it");
        return;
    }
    let conditional = judged.conditional;
    let restrains =
        |mode: Option<&str>| matches!(mode, Some("boycott" | "strike" | "hunger" | "obstruct" | "restrict" | "curfew"));
    match draft.kind {
        Assault => becomes(draft, Threaten, Some("violence"), Status::Actual, "is announced by who would do it"),
        Coerce | Protest if conditional || held_out || restrains(draft.mode.as_deref()) => {
            let mode = if draft.mode.as_deref() == Some("arrest") { "arrest" } else { "restrict" };
            becomes(draft, Threaten, Some(mode), Status::Actual, "is announced by who would do it");
        }
        Sanction if conditional || held_out => {
            let mode = if draft.mode.as_deref() == Some("expel") { "expel" } else { "relations" };
            becomes(draft, Threaten, Some(mode), Status::Actual, "is announced under a condition");
        }
        // "will withdraw its force unless elections are held"
        Retreat if judged.averted => {
            becomes(draft, Threaten, Some("relations"), Status::Actual, "is announced unless something is done");
        }
        Consult | Support | Cooperate | Aid if conditional => {
            becomes(draft, Agree, None, Status::Future, "is offered under a condition");
        }
        _ => {}
    }
}

fn becomes(draft: &mut Draft, kind: EventType, mode: Option<&str>, status: Status, reason: &str) {
    draft.why.push(format!("type: {} that {reason}, is {kind}", draft.kind));
    draft.kind = kind;
    draft.mode = mode.map(str::to_owned);
    draft.judged.status = status;
}
