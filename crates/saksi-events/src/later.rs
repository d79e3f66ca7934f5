//! What a later mention of an act takes over from an earlier one.

use crate::code::{Context, Draft};
use crate::fold::{meet, shares};
use saksi_record::{EventType, Status};

/// A later mention of the same act takes its time over from the earlier one.
pub(crate) fn inherit_times(article: Context<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.dropped || draft.time.is_some() || draft.judged.status != Status::Actual {
            continue;
        }
        let root =
            |draft: &Draft| article.analysis.sentences[draft.sentence].tokens[draft.trigger.at].lemma.to_lowercase();
        let same = |known: &Draft| {
            let (by, upon) = (meet(&known.actor, &draft.actor), meet(&known.recipient, &draft.recipient));
            // "trains its navy" is no later mention of "sent troops", "the shooting" one of "was shot"
            let alike = draft.noun
                || draft.kind == EventType::Assault
                || root(known) == root(draft)
                || draft.kind == EventType::Coerce && by && upon && draft.mode.is_some() && known.mode == draft.mode;
            // who met another met another time
            let mutual = matches!(draft.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
            let alike = alike && !(mutual && draft.actor.iter().any(|actor| !known.actor.contains(actor)));
            known.kind == draft.kind
                && (known.mode == draft.mode || by && upon)
                && known.judged.status == Status::Actual
                && known.time.is_some()
                && shares(&known.actor, &draft.actor)
                && shares(&known.recipient, &draft.recipient)
                && (by || upon)
                && alike
        };
        if let Some(before) = (0..at).rev().find(|&other| !drafts[other].dropped && same(&drafts[other])) {
            drafts[at].time = drafts[before].time;
            drafts[at].time_of = Some(before);
        }
    }
}
