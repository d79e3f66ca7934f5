//! Actors and places of an article as actors and places of the collection.

use crate::gazetteer::{Gazetteer, Known, Nominal, named_key, place_key, some};
use crate::report::{Party, Place};
use crate::spelling::plain;
use compact_str::{CompactString, format_compact};
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
                Some(country) => (country.into(), folded, None),
                None => match self.state_of(&actor.name) {
                    Some(code) => (code.into(), folded, Some(code.into())),
                    None => (named_key("state", &folded, None), folded, None),
                },
            },
            kind => {
                let table = if kind == ActorKind::Person { &self.people } else { &self.organizations };
                match pick(table.get(&folded), country) {
                    Some(known) => (known.key.clone(), known.folded.clone(), known.country.clone()),
                    None => match self.person_as_body(kind, &folded) {
                        Some(known) => return of_person(known, actor),
                        None => self.unknown(actor, folded, language),
                    },
                }
            }
        };
        Party {
            key,
            name: actor.name.as_str().into(),
            folded,
            kind: actor.kind,
            country: actor.country.as_deref().map(CompactString::from).or(known_country),
            sector: actor.sector.as_deref().map(CompactString::from),
            title: actor.title.as_deref().map(CompactString::from),
        }
    }

    /// The person whose full name, in another spelling, was read as that of a body.
    fn person_as_body(&self, kind: ActorKind, folded: &str) -> Option<&Known> {
        let full = kind == ActorKind::Organization && folded.contains(' ');
        pick(self.people.get(folded).filter(|_| full), None)
    }

    /// Somebody whom the tables do not know: by name, or by role and state.
    fn unknown(
        &self,
        actor: &Actor,
        folded: CompactString,
        language: &str,
    ) -> (CompactString, CompactString, Option<CompactString>) {
        let country = actor.country.as_deref();
        let named = actor.mentions.iter().any(|mention| mention.form == MentionForm::Name);
        let role = self.role(&actor.name, language);
        let only_role = role.as_ref().is_some_and(|(_, rest)| rest.is_empty());
        if named && !only_role && actor.kind != ActorKind::Group {
            return (named_key(actor.kind.as_str(), &folded, country), folded, None);
        }
        let sector = actor
            .sector
            .as_deref()
            .map(CompactString::from)
            .or_else(|| role.as_ref().and_then(|(nominal, _)| some(&nominal.sector)));
        let key = match (&role, country) {
            (Some((nominal, _)), Some(country)) if nominal.unique && !nominal.role.is_empty() => {
                format_compact!("{country}:{}", nominal.role)
            }
            (_, Some(country)) => format_compact!("{SOME}{country}:{}", sector.unwrap_or_default()),
            (_, None) => format_compact!("{SOME}:{}", sector.as_deref().unwrap_or(&folded)),
        };
        (key, folded, None)
    }

    /// The role noun of a name, and the words beside it that name neither a state nor a number.
    fn role(&self, name: &str, language: &str) -> Option<(Nominal, Vec<CompactString>)> {
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
                    rest.push(part[at].into());
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
            None => state().map_or_else(|| place_key(&folded, country), CompactString::from),
        };
        let country =
            place.country.as_deref().map(CompactString::from).or_else(|| spot.and_then(|spot| spot.country.clone()));
        let reach = self.reaches.get(&key).copied();
        Place { key, name: place.name.as_str().into(), country, lat: place.lat, lon: place.lon, reach }
    }
}

/// A person of the tables whom an article has as somebody else: of the state that the tables say.
fn of_person(known: &Known, actor: &Actor) -> Party {
    Party {
        key: known.key.clone(),
        name: actor.name.as_str().into(),
        folded: known.folded.clone(),
        kind: ActorKind::Person,
        country: known.country.clone().or_else(|| actor.country.as_deref().map(CompactString::from)),
        sector: actor.sector.as_deref().map(CompactString::from),
        title: actor.title.as_deref().map(CompactString::from),
    }
}

/// The one of several that fits the country; none if two do.
fn pick<'k>(found: Option<&'k Vec<Known>>, country: Option<&str>) -> Option<&'k Known> {
    let fits = |known: &&Known| known.country.is_none() || country.is_none() || known.country.as_deref() == country;
    let mut fitting = found?.iter().filter(fits);
    let first = fitting.next()?;
    fitting.all(|known| known.key == first.key).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_lang::Pack;
    use saksi_record::Mention;

    fn gazetteer() -> Gazetteer {
        let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
        Gazetteer::compile(&Pack::builtin("world").unwrap(), &packs).unwrap()
    }

    fn actor(name: &str, kind: ActorKind, country: Option<&str>, sector: Option<&str>, form: MentionForm) -> Actor {
        Actor {
            id: "a1".to_owned(),
            name: name.to_owned(),
            kind,
            country: country.map(str::to_owned),
            sector: sector.map(str::to_owned),
            title: None,
            mentions: vec![Mention { start: 0, end: 1, form }],
        }
    }

    #[test]
    fn spellings_of_one_actor_have_one_key() {
        use ActorKind::{Group, Organization, Person, State};
        use MentionForm::{Metonym, Name, Nominal};
        let gazetteer = gazetteer();
        for (key, actors) in [
            (
                "Q58217",
                vec![("Sergei Lavrov", "en"), ("Sergej Lawrow", "id"), ("Sergey Lavrov", "en"), ("Lavrov", "id")],
            ),
            ("person:richa suksuvanon:THA", vec![("Richa Suksuwanon", "en"), ("RICHA SUKSUWANON", "id")]),
        ] {
            for (name, language) in actors {
                let country = if key.ends_with("THA") { "THA" } else { "RUS" };
                let party = gazetteer.party(&actor(name, Person, Some(country), Some("GOV"), Name), language);
                assert_eq!(party.key, key, "{name}");
            }
        }
        for (name, language, kind, country, sector, form, key) in [
            ("North Korea", "en", State, Some("PRK"), Some("GOV"), Name, "PRK"),
            ("Pyongyang", "id", State, Some("PRK"), Some("GOV"), Metonym, "PRK"),
            ("PBB", "id", Organization, None, Some("IGO"), Name, "Q1065"),
            ("United Nations", "en", Organization, None, Some("IGO"), Name, "Q1065"),
            ("Russian foreign ministry", "en", Organization, Some("RUS"), Some("GOV"), Nominal, "RUS:ministry-foreign"),
            (
                "kementerian luar negeri Rusia",
                "id",
                Organization,
                Some("RUS"),
                Some("GOV"),
                Nominal,
                "RUS:ministry-foreign",
            ),
            ("North Korean troops", "en", Group, Some("PRK"), Some("MIL"), Nominal, "some:PRK:MIL"),
            ("prajurit Korea Utara", "id", Person, Some("PRK"), Some("MIL"), Nominal, "some:PRK:MIL"),
            ("Pejabat Barat", "id", Group, None, Some("GOV"), Nominal, "some::GOV"),
            ("two officials", "en", Group, None, Some("GOV"), Nominal, "some::GOV"),
        ] {
            let party = gazetteer.party(&actor(name, kind, country, sector, form), language);
            assert_eq!(party.key, key, "{name}");
        }
        assert_eq!(gazetteer.wikidata("Q58217"), Some("Q58217"));
        assert_eq!(gazetteer.wikidata("PRK"), Some("Q423"));
        assert_eq!(gazetteer.wikidata("person:richa suksuvanon:THA"), None);
    }

    #[test]
    fn places_of_one_name_in_two_languages_have_one_key() {
        let gazetteer = gazetteer();
        let place = |name: &str, country: &str| {
            let place = saksi_record::Place {
                id: "p1".to_owned(),
                name: name.to_owned(),
                country: Some(country.to_owned()),
                lat: None,
                lon: None,
                mentions: Vec::new(),
            };
            gazetteer.place(&place).key
        };
        assert_eq!(place("Sumatera Utara", "IDN"), place("North Sumatra", "IDN"));
        assert_eq!(place("Ukraina", "UKR"), "UKR");
        assert_ne!(place("Odesa", "UKR"), place("Odesa", "USA"));
    }

    #[test]
    fn areas_hold_the_towns_of_their_examples() {
        let (world, gazetteer) = (Pack::builtin("world").unwrap(), gazetteer());
        let (areas, places) = (world.table("areas.tsv").unwrap(), world.table("places.tsv").unwrap());
        let of = |table: &saksi_lang::Table<'_>, name: &str| table.column(name).unwrap();
        let (name, country, lat, lon) =
            (of(&places, "name"), of(&places, "country"), of(&places, "lat"), of(&places, "lon"));
        let mut known: std::collections::BTreeMap<(String, String), Place> = std::collections::BTreeMap::new();
        for row in places.rows() {
            let id = (row.cell(name).to_owned(), row.cell(country).to_owned());
            let place = saksi_record::Place {
                id: "p1".to_owned(),
                name: id.0.clone(),
                country: Some(id.1.clone()).filter(|country| !country.is_empty()),
                lat: row.cell(lat).parse().ok(),
                lon: row.cell(lon).parse().ok(),
                mentions: Vec::new(),
            };
            known.entry(id).or_insert_with(|| gazetteer.place(&place));
        }
        let (name, country, example) = (of(&areas, "name"), of(&areas, "country"), of(&areas, "example"));
        let mut held = 0;
        for row in areas.rows() {
            let id = |name: usize| (row.cell(name).to_owned(), row.cell(country).to_owned());
            let area = known.get(&id(name)).unwrap_or_else(|| panic!("{}: no row of places.tsv", row.location()));
            assert!(area.reach.is_some(), "{}: {area:?}", row.location());
            let Some(town) = known.get(&id(example)) else { continue };
            if area.lat.is_some() && town.lat.is_some() && area.key != town.key {
                assert!(crate::place::are_nested(area, town), "{}: {}", row.location(), row.cell(example));
                held += 1;
            }
        }
        assert!(held > 100, "{held} examples are rows of places.tsv");
    }
}
