//! Gives every part its id and writes indices as ids.

use saksi_attribution::{Holds, Said};
use saksi_entities::{Entities, Role};
use saksi_events::Coded;
use saksi_record::{Actor, Attribution, Event, Held, Mention, MentionForm, Place, PlaceMention};

/// The parts of a record that refer to each other.
pub(crate) struct Parts {
    pub(crate) actors: Vec<Actor>,
    pub(crate) places: Vec<Place>,
    pub(crate) attributions: Vec<Attribution>,
    pub(crate) attitudes: Vec<Held>,
    pub(crate) events: Vec<Event>,
}

/// Leaves out actors and places that nothing names or uses in that role, and numbers the rest in text order.
pub(crate) fn assemble(entities: &Entities, said: &[Said], held: Vec<Holds>, coded: Vec<Coded>) -> Parts {
    let used_actor = |index: u32| {
        coded.iter().any(|coded| coded.actor.contains(&index) || coded.recipient.contains(&index))
            || said.iter().any(|said| said.actor == Some(index))
            || held.iter().any(|held| held.actor == Some(index))
    };
    let used_place = |index: u32| coded.iter().any(|coded| coded.place.contains(&index));

    let mut actors: Vec<(u32, Actor)> = Vec::new();
    for (index, actor) in entities.actors.iter().enumerate() {
        let index = index as u32;
        let used = used_actor(index);
        let mentions: Vec<Mention> = entities
            .mentions
            .iter()
            .filter(|mention| mention.actor == Some(index) || mention.also.contains(&index))
            .filter(|mention| used || mention.role == Role::Actor)
            .filter(|mention| used || mention.form != MentionForm::Pronoun)
            .map(|mention| Mention { start: mention.span.start, end: mention.span.end, form: mention.form })
            .collect();
        if !mentions.is_empty() || used {
            actors.push((index, Actor { mentions, ..actor.clone() }));
        }
    }
    actors.sort_by_key(|(index, actor)| (actor.mentions.first().map_or(u32::MAX, |mention| mention.start), *index));
    let actor_id = |index: u32| actors.iter().position(|(known, _)| *known == index).map(|at| format!("a{}", at + 1));

    let mut places: Vec<(u32, Place)> = Vec::new();
    for (index, place) in entities.places.iter().enumerate() {
        let index = index as u32;
        let used = used_place(index);
        let mentions: Vec<PlaceMention> = entities
            .mentions
            .iter()
            .filter(|mention| mention.place == Some(index) && (used || mention.role == Role::Place))
            .map(|mention| PlaceMention { start: mention.span.start, end: mention.span.end })
            .collect();
        if !mentions.is_empty() || used {
            places.push((index, Place { mentions, ..place.clone() }));
        }
    }
    places.sort_by_key(|(index, place)| (place.mentions.first().map_or(u32::MAX, |mention| mention.start), *index));
    let place_id = |index: u32| places.iter().position(|(known, _)| *known == index).map(|at| format!("p{}", at + 1));
    let said_id = |index: u32| format!("t{}", index + 1);

    let attributions = said
        .iter()
        .enumerate()
        .map(|(index, said)| {
            let mut attribution = said.attribution.clone();
            attribution.id = said_id(index as u32);
            attribution.source.actor = said.actor.and_then(actor_id);
            attribution.via = said.via.map(said_id);
            attribution
        })
        .collect();
    let attitudes = held
        .into_iter()
        .enumerate()
        .map(|(index, holds)| {
            let mut held = holds.held;
            held.id = format!("m{}", index + 1);
            held.source.actor = holds.actor.and_then(actor_id);
            held.via = holds.via.map(said_id);
            held
        })
        .collect();
    let events = coded
        .into_iter()
        .enumerate()
        .map(|(index, coded)| Event {
            id: format!("e{}", index + 1),
            actor: coded.actor.into_iter().filter_map(actor_id).collect(),
            recipient: coded.recipient.into_iter().filter_map(actor_id).collect(),
            place: coded.place.into_iter().filter_map(place_id).collect(),
            attribution: coded.attribution.into_iter().map(said_id).collect(),
            ..coded.event
        })
        .collect();
    let actors = numbered(actors, |actor, at| actor.id = format!("a{at}"));
    let places = numbered(places, |place, at| place.id = format!("p{at}"));
    Parts { actors, places, attributions, attitudes, events }
}

fn numbered<T>(parts: Vec<(u32, T)>, name: impl Fn(&mut T, usize)) -> Vec<T> {
    parts
        .into_iter()
        .enumerate()
        .map(|(at, (_, mut part))| {
            name(&mut part, at + 1);
            part
        })
        .collect()
}
