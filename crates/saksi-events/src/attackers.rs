//! The attackers whom a headline leaves unnamed and the lead names: "Gunmen kill 34 … members of the Gran Grif gang stormed".

use crate::code::{Context, Draft};
use saksi_record::{ActorKind, EventType, MentionForm, Status};
use saksi_tree::RegionKind;

/// Sentences of the body that make the lead.
const LEAD: usize = 2;

/// Puts the one armed group that the lead lets attack in place of the unnamed attackers of the headline, wherever they act.
pub(crate) fn name(article: Context<'_>, drafts: &mut [Draft]) {
    let Some(unnamed) = headline(article, drafts) else { return };
    let Some(named) = lead(article, drafts).filter(|&named| same_country(article, unnamed, named)) else { return };
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped) {
        let mut changed = false;
        for party in draft.actor.iter_mut().chain(draft.recipient.iter_mut()).filter(|party| **party == unnamed) {
            *party = named;
            changed = true;
        }
        if changed {
            for side in [&mut draft.actor, &mut draft.recipient] {
                let mut seen = Vec::new();
                side.retain(|party| {
                    !seen.contains(party) && {
                        seen.push(*party);
                        true
                    }
                });
            }
            draft.indirect = true;
            draft.why.push("party: the attackers whom the lead names".into());
        }
    }
}

/// The unnamed armed people whom the headline lets attack, if they are one party.
fn headline(article: Context<'_>, drafts: &[Draft]) -> Option<u32> {
    let mut found =
        attacks(drafts).filter(|draft| article.analysis.sentences[draft.sentence].kind == RegionKind::Title);
    let first = found.find_map(|draft| match draft.actor[..] {
        [actor] if is_unnamed(article, actor) => Some(actor),
        _ => None,
    })?;
    found.all(|draft| draft.actor.iter().all(|&actor| actor == first)).then_some(first)
}

/// The armed group with a name that the lead lets attack in the article's own voice, if it is the only party that does: whom
/// somebody else names is only accused.
fn lead(article: Context<'_>, drafts: &[Draft]) -> Option<u32> {
    let body = article.analysis.sentences.iter().position(|sentence| sentence.kind == RegionKind::Body)?;
    let mut doers: Vec<u32> = attacks(drafts)
        .filter(|draft| (body..body + LEAD).contains(&draft.sentence) && draft.attribution.is_empty())
        .flat_map(|draft| draft.actor.iter().copied())
        .filter(|&actor| !is_unnamed(article, actor))
        .collect();
    doers.sort_unstable();
    doers.dedup();
    match doers[..] {
        [only] if is_armed_group(article, only) => Some(only),
        _ => None,
    }
}

/// The attacks that are told as facts and have a doer.
fn attacks(drafts: &[Draft]) -> impl Iterator<Item = &Draft> {
    drafts.iter().filter(|draft| {
        !draft.dropped
            && draft.kind == EventType::Assault
            && draft.judged.status == Status::Actual
            && !draft.actor.is_empty()
    })
}

fn is_unnamed(article: Context<'_>, actor: u32) -> bool {
    let (found, facts) = (&article.entities.actors[actor as usize], &article.entities.facts[actor as usize]);
    let mut mentions = article.entities.mentions.iter().filter(|mention| mention.actor == Some(actor));
    let forces = matches!(found.sector.as_deref(), Some("MIL" | "COP" | "GOV" | "SPY"));
    facts.armed && !forces && mentions.all(|mention| mention.form != MentionForm::Name)
}

fn is_armed_group(article: Context<'_>, actor: u32) -> bool {
    let (found, facts) = (&article.entities.actors[actor as usize], &article.entities.facts[actor as usize]);
    let forces = matches!(found.sector.as_deref(), Some("MIL" | "COP" | "GOV" | "SPY"));
    found.kind == ActorKind::Organization && facts.armed && !forces
}

/// Whether what is known of the countries of two parties lets them be one.
fn same_country(article: Context<'_>, one: u32, other: u32) -> bool {
    let country = |actor: u32| article.entities.actors[actor as usize].country.as_deref();
    country(one).is_none() || country(other).is_none() || country(one) == country(other)
}
