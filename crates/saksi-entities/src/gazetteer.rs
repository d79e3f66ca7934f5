//! What the tables of names, role nouns and pronouns say of one entry.

use compact_str::CompactString;
use saksi_record::SourceKind;

/// What a phrase of the gazetteer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A state by its name.
    State(u16),
    /// A state by an adjective or its people.
    Demonym(u16, bool),
    /// A state by its seat of government.
    Capital(u16),
    /// A state by a building.
    Metonym(u16),
    Person(u16),
    Organization(u16),
    Place(u16),
    /// A role noun, and whether it stands in the plural.
    Nominal(u16, bool),
    /// A region by a noun, or by an adjective.
    Region(u16, bool),
}

/// How a phrase must be written to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Any,
    Capital,
    Upper,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Leaf {
    pub(crate) entry: Entry,
    pub(crate) origin: Origin,
    pub(crate) case: Case,
    pub(crate) next: u32,
}

/// File and line of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) file: u8,
    pub(crate) line: u32,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) iso3: CompactString,
    pub(crate) name: String,
    pub(crate) capital: String,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) atoms: Vec<CompactString>,
    pub(crate) country: Option<u16>,
    pub(crate) sector: Option<CompactString>,
    /// Role, first and last day of office as `YYYY-MM`, empty where open.
    pub(crate) roles: Vec<(CompactString, CompactString, CompactString)>,
}

#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) name: String,
    pub(crate) kind: CompactString,
    pub(crate) country: Option<u16>,
    pub(crate) sector: Option<CompactString>,
    pub(crate) source: Option<SourceKind>,
    pub(crate) armed: bool,
    pub(crate) medium: bool,
}

#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) country: Option<u16>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    /// Land that can stand for those who live there (Gaza).
    pub(crate) held: bool,
}

#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the table")]
pub(crate) struct Nominal {
    pub(crate) word: CompactString,
    pub(crate) kind: NominalKind,
    pub(crate) sector: Option<CompactString>,
    pub(crate) role: CompactString,
    pub(crate) source: Option<SourceKind>,
    pub(crate) unique: bool,
    pub(crate) armed: bool,
    pub(crate) many: bool,
    pub(crate) plain: bool,
    pub(crate) medium: bool,
    pub(crate) counterpart: bool,
    /// Whether it names somebody with a capital alone: "the House", but "a house".
    pub(crate) proper: bool,
    /// Names a party by its relation to another ("ally", "neighbour").
    pub(crate) other: bool,
    /// Names ships, aircraft and weapons: whoever owns them acts.
    pub(crate) thing: bool,
    /// Names a building that may also act: hit, it is where, not who.
    pub(crate) site: bool,
    /// Names people by number alone ("8,000 people"): a party only where they demonstrate.
    pub(crate) crowd: bool,
    /// Names people of the state that acts on them ("political prisoners", "strikers").
    pub(crate) citizen: bool,
    /// Names people whom somebody else holds ("captives").
    pub(crate) taken: bool,
    /// Names people of no one state ("donors"): the article's state says nothing of theirs.
    pub(crate) unbound: bool,
    /// Part of the body that the phrase names: several of an armed group are the group.
    pub(crate) member: bool,
    /// Names people aboard ("crew"): of the state of the ship or aircraft last named.
    pub(crate) aboard: bool,
    /// Names a government that is never the one at home ("junta").
    pub(crate) abroad: bool,
    pub(crate) pair: Option<Pair>,
    /// Stands for three rather than two.
    pub(crate) trio: bool,
    pub(crate) refers: Vec<CompactString>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NominalKind {
    #[default]
    Person,
    Group,
    Organization,
    /// Stands for a state ("the government").
    State,
    /// Names a state by a common noun ("the country").
    Country,
    /// Names the seat of a government.
    Capital,
}

impl Nominal {
    /// Whether it names somebody by what they are thought to have done, before anybody knows who they are.
    pub(crate) fn is_culprit(&self) -> bool {
        matches!(self.role.as_str(), "gunman" | "suspect")
    }

    /// Whether it is a noun for a body that may have a name of its own behind it: "the opposition alliance Forces Vives".
    pub(crate) fn is_body_by_name(&self) -> bool {
        matches!(
            self.role.as_str(),
            "group"
                | "group-armed"
                | "party"
                | "company"
                | "ngo"
                | "media"
                | "media-state"
                | "igo"
                | "alliance"
                | "union"
                | "opposition"
        )
    }

    /// Whether it is an office, or a word that ends the name of one: "Digital Affairs Minister".
    pub(crate) fn is_title_of_office(&self) -> bool {
        self.is_office() || self.kind == NominalKind::Person && self.role.starts_with("minister")
    }

    /// Whether whoever is called so belongs to no state, or to others than the one at hand.
    pub(crate) fn is_of_no_state(&self) -> bool {
        let outlet = self.sector.as_deref() == Some("MED") && self.kind != NominalKind::Person;
        self.unbound || self.sector.as_deref() == Some("IGO") || outlet || self.counterpart || self.other
    }

    /// Whether it is an office that one person holds for a state.
    pub(crate) fn is_office(&self) -> bool {
        self.kind == NominalKind::Person
            && matches!(self.sector.as_deref(), Some("GOV" | "MIL" | "JUD" | "LEG"))
            && (self.unique || self.role.starts_with("ambassador") || self.role.starts_with("spokesperson"))
    }
}

/// What a noun for two stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pair {
    States,
    People,
    /// People if two were named lately, else states.
    Any,
}

#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) name: String,
    pub(crate) country: Option<u16>,
    pub(crate) place: bool,
    /// A people that lives in several states: its officials are of the one that the article is about.
    pub(crate) people: bool,
}

/// A pronoun of the language.
#[derive(Debug, Clone)]
pub(crate) struct Pronoun {
    pub(crate) person: bool,
    pub(crate) thing: bool,
    pub(crate) people: bool,
    /// Some of those named right before, as the subject of what they do: "some threw stones".
    pub(crate) part: bool,
    pub(crate) origin: Origin,
}
