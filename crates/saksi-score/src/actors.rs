//! When are the actors of two events the same?

use crate::gold;
use crate::letters::words_of;
use crate::reading::Actor;
use crate::score::Case;
use std::collections::{BTreeMap, BTreeSet};

/// How closely actors must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Each actor has one of its country on the other side, or of its name where neither has a country.
    Dyad,
    /// Each actor of gold has its own of the same country and name; of states the country is enough. None is left over.
    Entity,
}

/// One actor of a record with the words of its names.
#[derive(Debug)]
struct Found<'a> {
    actor: &'a Actor,
    names: Vec<BTreeSet<String>>,
}

/// One actor of gold with the words of its names.
#[derive(Debug)]
struct Wanted<'a> {
    actor: &'a gold::Actor,
    names: Vec<BTreeSet<String>>,
}

/// The actors of an article on both sides, by id.
#[derive(Debug)]
pub(crate) struct Actors<'a> {
    found: BTreeMap<&'a str, Found<'a>>,
    wanted: BTreeMap<&'a str, Wanted<'a>>,
}

impl<'a> Actors<'a> {
    pub(crate) fn new(case: &Case<'a>) -> Self {
        // A pronoun says nothing about the name.
        let mentions = |actor: &Actor| -> Vec<String> {
            let named = actor.mentions.iter().filter(|it| it.form.as_deref() != Some("pronoun"));
            named.map(|it| case.letters.slice(case.own(it.extent))).collect()
        };
        let found = case.reading.actors.iter().map(|actor| {
            let names = mentions(actor);
            let names = names.iter().chain(&actor.name).map(|name| words_of(name)).collect();
            (actor.id.as_str(), Found { actor, names })
        });
        let wanted = case.gold.actors.iter().map(|actor| {
            let names = actor.mentions.iter().chain([&actor.name]).map(|name| words_of(name)).collect();
            (actor.id.as_str(), Wanted { actor, names })
        });
        Self { found: found.collect(), wanted: wanted.collect() }
    }

    /// The names of the record's actors, for a note.
    pub(crate) fn names(&self, ids: &[String]) -> String {
        let names = ids.iter().filter_map(|id| self.found.get(id.as_str()));
        let names: Vec<&str> = names.map(|it| it.actor.name.as_deref().unwrap_or_default()).collect();
        names.join(", ")
    }

    /// Whether the actors that a record names are those that gold names. Ids that the record does not explain count for
    /// nothing.
    pub(crate) fn same(&self, found: &[String], wanted: &[String], level: Level) -> bool {
        let found: Vec<&Found<'_>> = found.iter().filter_map(|id| self.found.get(id.as_str())).collect();
        let wanted: Vec<&Wanted<'_>> = wanted.iter().filter_map(|id| self.wanted.get(id.as_str())).collect();
        match level {
            Level::Dyad => {
                found.is_empty() == wanted.is_empty()
                    && found.iter().all(|p| wanted.iter().any(|g| same_side(p, g)))
                    && wanted.iter().all(|g| found.iter().any(|p| same_side(p, g)))
            }
            Level::Entity => {
                let mut left = found;
                for g in wanted {
                    let Some(hit) = left.iter().position(|p| same_entity(p, g)) else { return false };
                    left.remove(hit);
                }
                left.is_empty()
            }
        }
    }
}

fn same_side(p: &Found<'_>, g: &Wanted<'_>) -> bool {
    let stated = |country: &Option<String>| country.as_ref().is_some_and(|code| !code.is_empty());
    if stated(&g.actor.country) || stated(&p.actor.country) {
        return p.actor.country == g.actor.country;
    }
    same_name(p, g)
}

fn same_entity(p: &Found<'_>, g: &Wanted<'_>) -> bool {
    let state = |kind: &Option<String>| kind.as_deref() == Some("state");
    p.actor.country == g.actor.country && ((state(&p.actor.kind) && state(&g.actor.kind)) || same_name(p, g))
}

/// Whether all words of a name on one side are in one on the other.
fn same_name(p: &Found<'_>, g: &Wanted<'_>) -> bool {
    let named = |names: &[BTreeSet<String>]| names.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>();
    let (found, wanted) = (named(&p.names), named(&g.names));
    wanted.iter().any(|g| found.iter().any(|p| p.is_subset(g) || g.is_subset(p)))
}
