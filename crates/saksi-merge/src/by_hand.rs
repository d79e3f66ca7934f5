//! Actors and places that a person names.

use crate::gazetteer::Gazetteer;
use crate::report::{Party, Place};
use saksi_record::{Actor, ActorKind, Mention, MentionForm};

impl Gazetteer {
    /// The actor of the collection that a person means by a name: the same that an article's actor of that name would be.
    /// `language` is that of the article.
    pub fn named_party(&self, name: &str, kind: ActorKind, country: Option<&str>, language: &str) -> Party {
        let form = if kind == ActorKind::Group { MentionForm::Nominal } else { MentionForm::Name };
        let actor = Actor {
            id: String::new(),
            name: name.to_owned(),
            kind,
            country: country.map(str::to_owned),
            sector: None,
            title: None,
            mentions: vec![Mention { start: 0, end: 0, form }],
        };
        self.party(&actor, language)
    }

    /// The place of the collection that a person means by a name.
    pub fn named_place(&self, name: &str, country: Option<&str>) -> Place {
        let place = saksi_record::Place {
            id: String::new(),
            name: name.to_owned(),
            country: country.map(str::to_owned),
            lat: None,
            lon: None,
            mentions: Vec::new(),
        };
        self.place(&place)
    }

    /// Whether a code is that of a state of the tables (ISO 3166-1 alpha-3).
    pub fn is_country(&self, code: &str) -> bool {
        self.wikidata.contains_key(code)
    }

    /// The code of the state that a name stands for, in any language.
    pub fn country_of(&self, name: &str) -> Option<&str> {
        self.state_of(name)
    }
}
