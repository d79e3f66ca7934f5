//! Actors and places of an article as actors and places of the collection.

use crate::gazetteer::{Gazetteer, Known, Nominal, named_key, place_key, some};
use crate::report::{Party, Place};
use crate::spelling::plain;
use saksi_record::{Actor, ActorKind, MentionForm};

/// Words in the longest name of a role.
const LONGEST: usize = 5;
/// What the key of somebody without a name begins with: "two officials" of two articles may be others.
pub(crate) const SOME: &str = "some:";

impl Gazetteer {
    /// The actor of the collection that an article's actor is: a function of the actor and the tables alone.
    pub(crate) fn party(&self, actor: &Actor, language: &str) -> Party {
        let folded = self.fold(&actor.name);
        let country = actor.country.as_deref();
        let (key, folded, known_country) = match actor.kind {
            ActorKind::State => match country {
                Some(country) => (country.to_owned(), folded, None),
                None => match self.state_of(&actor.name) {
                    Some(code) => (code.to_owned(), folded, Some(code.to_owned())),
                    None => (named_key("state", &folded, None), folded, None),
                },
            },
            kind => {
                let table = if kind == ActorKind::Person { &self.people } else { &self.organizations };
                match pick(table.get(&folded), country) {
                    Some(known) => (known.key.clone(), known.folded.clone(), known.country.clone()),
                    None => self.unknown(actor, folded, language),
                }
            }
        };
        Party {
            key,
            name: actor.name.clone(),
            folded,
            kind: actor.kind,
            country: actor.country.clone().or(known_country),
            sector: actor.sector.clone(),
            title: actor.title.clone(),
        }
    }

    /// Somebody whom the tables do not know: by name, or by role and state.
    fn unknown(&self, actor: &Actor, folded: String, language: &str) -> (String, String, Option<String>) {
        let country = actor.country.as_deref();
        let named = actor.mentions.iter().any(|mention| mention.form == MentionForm::Name);
        let role = self.role(&actor.name, language);
        let only_role = role.as_ref().is_some_and(|(_, rest)| rest.is_empty());
        if named && !only_role && actor.kind != ActorKind::Group {
            return (named_key(actor.kind.as_str(), &folded, country), folded, None);
        }
        let sector = actor.sector.clone().or_else(|| role.as_ref().and_then(|(nominal, _)| some(&nominal.sector)));
        let key = match (&role, country) {
            (Some((nominal, _)), Some(country)) if nominal.unique && !nominal.role.is_empty() => {
                format!("{country}:{}", nominal.role)
            }
            (_, Some(country)) => format!("{SOME}{country}:{}", sector.unwrap_or_default()),
            (Some((nominal, _)), None) if !nominal.role.is_empty() => format!("{SOME}:{}", nominal.role),
            (_, None) => sector.map_or_else(|| format!("{SOME}:{folded}"), |sector| format!("{SOME}:{sector}")),
        };
        (key, folded, None)
    }

    /// The role noun of a name, and the words beside it that name neither a state nor a number.
    fn role(&self, name: &str, language: &str) -> Option<(Nominal, Vec<String>)> {
        let tongue = self.languages.get(language).or_else(|| self.languages.values().next())?;
        let words: Vec<&str> = name.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()).collect();
        let find = |length: usize| {
            (0..=words.len() - length).find_map(|at| {
                let phrase = plain(&words[at..at + length].join(" "));
                Some((at, length, tongue.nominals.get(&phrase)?))
            })
        };
        let (at, length, nominal) = (1..=LONGEST.min(words.len())).rev().find_map(find)?;
        let mut rest = Vec::new();
        for part in [&words[..at], &words[at + length..]] {
            let mut at = 0;
            while at < part.len() {
                let state = (1..=LONGEST.min(part.len() - at))
                    .rev()
                    .find(|length| self.state_of(part[at..at + length].join(" ").trim_matches(['(', ')'])).is_some());
                if state.is_none() && part[at].starts_with(char::is_uppercase) {
                    rest.push(part[at].to_owned());
                }
                at += state.unwrap_or(1);
            }
        }
        Some((nominal.clone(), rest))
    }

    /// The place of the collection that an article's place is.
    pub(crate) fn place(&self, place: &saksi_record::Place) -> Place {
        let folded = self.fold(&place.name);
        let country = place.country.as_deref();
        let spot = self.places.get(&folded).and_then(|spots| {
            let fits = |known: Option<&str>| known.is_none() || country.is_none() || known == country;
            spots.iter().find(|spot| fits(spot.country.as_deref()))
        });
        let state = || self.state_of(&place.name).filter(|code| country.is_none_or(|country| country == *code));
        let key = match spot {
            Some(spot) => spot.key.clone(),
            None => state().map_or_else(|| place_key(&folded, country), str::to_owned),
        };
        let country = place.country.clone().or_else(|| spot.and_then(|spot| spot.country.clone()));
        Place { key, name: place.name.clone(), country, lat: place.lat, lon: place.lon }
    }
}

/// The one of several that fits the country; none if two do.
fn pick<'k>(found: Option<&'k Vec<Known>>, country: Option<&str>) -> Option<&'k Known> {
    let fits = |known: &&Known| known.country.is_none() || country.is_none() || known.country.as_deref() == country;
    let mut fitting = found?.iter().filter(fits);
    let first = fitting.next()?;
    fitting.all(|known| known.key == first.key).then_some(first)
}
