use serde::Deserialize;

/// The small words of a language that join names and role nouns into phrases: `rules/entities.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Settings {
    /// Modifiers stand before their noun.
    pub(crate) modifiers_before: bool,
    /// The state in which the language is at home: its bodies are named without it.
    #[serde(default)]
    pub(crate) home: Option<String>,
    pub(crate) articles: Vec<String>,
    pub(crate) definite: Vec<String>,
    pub(crate) demonstratives: Vec<String>,
    /// What stands between the noun for an unknown culprit and the name: "tersangka bernama X", "the suspect as X".
    #[serde(default)]
    pub(crate) naming: Vec<String>,
    /// What stands between a noun for a body and the name it gives itself.
    #[serde(default)]
    pub(crate) calling: Vec<String>,
    /// What says that people belong to whom the next name says: "hackers working for Minsk".
    #[serde(default)]
    pub(crate) serving: Vec<String>,
    /// Nouns for money that a state's name only tells apart: "dolar Amerika Serikat".
    #[serde(default)]
    pub(crate) currencies: Vec<String>,
    /// Adjectives of people who are not of the article's state.
    #[serde(default)]
    pub(crate) foreign: Vec<String>,
    /// What says that a plural is two: "the two generals".
    #[serde(default)]
    pub(crate) two: Vec<String>,
    /// Prepositions that make the object of their verb a party: "accused it of", "warned it against".
    #[serde(default)]
    pub(crate) party_links: Vec<String>,
    /// Verbs whose object is a party, whatever stands with it: "blacklisted it".
    #[serde(default)]
    pub(crate) party_verbs: Vec<String>,
    /// Names of days and months, which begin no name: "On 2 March Mariel Borruto".
    #[serde(default)]
    pub(crate) weekdays: Vec<String>,
    #[serde(default)]
    pub(crate) months: Vec<String>,
    /// Prepositions behind which a possessive is that of the object: "expelled Russia over its invasion".
    #[serde(default)]
    pub(crate) reasons: Vec<String>,
    /// Nouns for a part of the body as well as for somebody: alone they are the former ("menundukkan kepala").
    #[serde(default)]
    pub(crate) body_parts: Vec<String>,
    /// Nouns for bodies that right behind another noun only describe it: "pembicaraan militer".
    #[serde(default)]
    pub(crate) adjectival: Vec<String>,
    /// Nouns for ships and aircraft: the state that a phrase with one names is that of the crew.
    #[serde(default)]
    pub(crate) vessels: Vec<String>,
    /// What makes a definite phrase point back: "the same movement".
    #[serde(default)]
    pub(crate) same: Vec<String>,
    /// What makes its subject one whom a role noun then names: "mediated", so "the mediators".
    #[serde(default)]
    pub(crate) deeds: std::collections::BTreeMap<String, String>,
    /// Demonstratives stand behind their noun.
    pub(crate) demonstratives_after: bool,
    pub(crate) quantifiers: Vec<String>,
    pub(crate) plural_markers: Vec<String>,
    pub(crate) possessives: Vec<String>,
    /// Those that stand for the head of their relative clause.
    #[serde(default)]
    pub(crate) relative_possessives: Vec<String>,
    /// What stands before a name and is no part of it.
    #[serde(default)]
    pub(crate) honorifics: Vec<String>,
    /// Determiners of phrases that name nobody in particular.
    #[serde(default)]
    pub(crate) generic: Vec<String>,
    pub(crate) genitive: Vec<String>,
    /// Clitics written together with the noun before them.
    pub(crate) suffixes: Vec<String>,
    pub(crate) links: Vec<String>,
    /// What stands between the name of somebody with a title and their state: "of".
    #[serde(default)]
    pub(crate) belonging: Vec<String>,
    /// Those of the links that say to whom one is sent, not whose one is.
    pub(crate) directions: Vec<String>,
    pub(crate) locative: Vec<String>,
    pub(crate) origin: Vec<String>,
    /// What says where people are: "residents in Goma".
    pub(crate) inside: Vec<String>,
    /// Participles between people and where they live ("based in").
    #[serde(default)]
    pub(crate) settled: Vec<String>,
    pub(crate) conjunctions: Vec<String>,
    pub(crate) particles: Vec<String>,
    pub(crate) organization_words: Vec<String>,
    pub(crate) place_words: Vec<String>,
}
