//! `FollowTheMoney` (followthemoney.tech): entities as JSON Lines, as `ftm` reads them.

use crate::codes::Codes;
use crate::timeline::headline;
use crate::value::{Left, Story, Told, counts};
use crate::{OfEvents, Out, day, id};
use saksi_merge::{Event, Gazetteer, Party};
use saksi_record::ActorKind;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashSet};
use std::io;

/// Sectors whose bodies are of a state.
const PUBLIC: [&str; 6] = ["GOV", "MIL", "LEG", "JUD", "COP", "SPY"];

/// Entities: events, those who take part, the articles, and who is mentioned in which.
///
/// Each entity is written once; what is held in memory is eight bytes for each article, party and mention.
pub struct FollowTheMoney<'o> {
    out: Out<'o>,
    codes: &'o Codes,
    gazetteer: &'o Gazetteer,
    seen: HashSet<i64>,
    left: Left,
}

impl<'o> FollowTheMoney<'o> {
    /// Begins the file.
    pub fn new(out: Out<'o>, codes: &'o Codes, gazetteer: &'o Gazetteer) -> Self {
        Self { out, codes, gazetteer, seen: HashSet::new(), left: Left::default() }
    }

    /// Writes an entity; values that are not known are left out.
    fn entity(&mut self, id: &str, schema: &str, properties: &[(&str, Vec<String>)]) -> io::Result<()> {
        let mut known = Map::new();
        for (name, values) in properties {
            // The model compares sets; a fixed order gives the same bytes for the same values.
            let values: BTreeSet<&str> = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
            if !values.is_empty() {
                known.insert((*name).into(), values.into_iter().collect());
            }
        }
        let entity = json!({ "id": id, "schema": schema, "properties": Value::Object(known) });
        serde_json::to_writer(&mut *self.out, &entity)?;
        self.left.written += 1;
        self.out.write_all(b"\n")
    }

    fn is_new(&mut self, parts: &[&str]) -> bool {
        self.seen.insert(id::number(parts))
    }

    /// A country as the model has it: ISO 3166-1 alpha-2 in small letters.
    fn country(&self, iso3: Option<&str>) -> String {
        self.codes.of(iso3, |country| &country.iso2).to_lowercase()
    }

    fn party(&mut self, party: &Party) -> io::Result<()> {
        let name = party_id(party);
        if !self.is_new(&["party", &party.key]) {
            return Ok(());
        }
        let wikidata = self.gazetteer.wikidata(&party.key).map(str::to_owned);
        let person = party.kind == ActorKind::Person;
        let title = party.title.as_deref().filter(|_| person).map(str::to_owned);
        let properties = [
            ("name", vec![party.name.to_string()]),
            ("country", vec![self.country(party.country.as_deref())]),
            ("position", title.into_iter().collect()),
            ("wikidataId", wikidata.into_iter().collect()),
        ];
        self.entity(&name, schema(party), &properties)
    }

    fn article(&mut self, story: &Story) -> io::Result<()> {
        if !self.is_new(&["article", &story.key]) {
            return Ok(());
        }
        let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        let web = story.url.clone().filter(|url| url.starts_with("http://") || url.starts_with("https://"));
        let properties = [
            ("title", one(&story.title)),
            ("author", one(&story.author)),
            ("publisher", one(&story.outlet)),
            ("publishedAt", one(&story.published)),
            ("sourceUrl", web.into_iter().collect()),
            ("language", self.codes.language(&story.language).map(str::to_owned).into_iter().collect()),
        ];
        self.entity(&article_id(&story.key), "Article", &properties)
    }

    fn event(&mut self, event: &Event, told: &Told) -> io::Result<()> {
        let parties = event.actor.iter().chain(&event.recipient);
        let bound = |pick: fn(&saksi_merge::Interval) -> Option<&str>| -> Vec<String> {
            let bound = event.time.as_ref().and_then(|time| pick(time));
            bound.filter(|bound| day::parts(bound).is_some()).map(|bound| bound[..10].to_owned()).into_iter().collect()
        };
        let known = day::day(event.time.as_ref());
        let (from, to) = if known.is_some() {
            (Vec::new(), Vec::new())
        } else {
            (bound(|time| time.earliest.as_deref()), bound(|time| time.latest.as_deref()))
        };
        let mode = event.mode.as_ref().map(|mode| format!("mode:{mode}"));
        let articles = told
            .tellings
            .iter()
            .filter(|telling| counts(&telling.report))
            .map(|telling| article_id(&telling.story.key));
        let properties = [
            ("name", vec![headline(event)]),
            ("date", known.into_iter().collect()),
            ("startDate", from),
            ("endDate", to),
            ("location", event.place.iter().map(|place| place.name.to_string()).collect()),
            ("country", event.place.iter().map(|place| self.country(place.country.as_deref())).collect()),
            ("involved", parties.map(party_id).collect()),
            ("keywords", [event.kind.to_string(), event.quad.to_string()].into_iter().chain(mode).collect()),
            ("recordId", vec![event.key.clone()]),
            ("proof", articles.collect()),
        ];
        self.entity(&id::name("event", &[&event.key]), "Event", &properties)
    }
}

impl OfEvents for FollowTheMoney<'_> {
    fn add(&mut self, told: &Told) -> io::Result<()> {
        let event = &told.event;
        if !self.left.takes_event(told) {
            return Ok(());
        }
        for party in event.actor.iter().chain(&event.recipient) {
            self.party(party)?;
        }
        for telling in told.tellings.iter().filter(|telling| counts(&telling.report)) {
            self.article(&telling.story)?;
            for party in telling.report.actor.iter().chain(&telling.report.recipient) {
                self.party(party)?;
                if self.is_new(&["mention", &telling.story.key, &party.key]) {
                    let properties = [
                        ("document", vec![article_id(&telling.story.key)]),
                        ("name", vec![party.name.to_string()]),
                        ("resolved", vec![party_id(party)]),
                        ("detectedSchema", vec![schema(party).to_owned()]),
                        ("contextCountry", vec![self.country(party.country.as_deref())]),
                    ];
                    let name = id::name("mention", &[&telling.story.key, &party.key]);
                    self.entity(&name, "Mention", &properties)?;
                }
            }
        }
        self.event(event, told)
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.out.flush()?;
        Ok(self.left)
    }
}

fn party_id(party: &Party) -> String {
    id::name("party", &[&party.key])
}

fn article_id(key: &str) -> String {
    id::name("article", &[key])
}

/// The schema of an actor: a state and its bodies are public bodies, a group of people no more than a legal entity.
fn schema(party: &Party) -> &'static str {
    match party.kind {
        ActorKind::Person => "Person",
        ActorKind::State => "PublicBody",
        ActorKind::Organization if party.sector.as_deref().is_some_and(|sector| PUBLIC.contains(&sector)) => {
            "PublicBody"
        }
        ActorKind::Organization => "Organization",
        ActorKind::Group => "LegalEntity",
    }
}
