//! The grammar of a pack as far as UD does not make it the same for all languages.

use saksi_tree::Token;
use serde::Deserialize;

/// The grammar of a language as far as UD does not make it the same for all (`rules/events.toml`).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grammar {
    /// Prepositions that mark the agent of a passive.
    pub(crate) agent: Vec<String>,
    /// Whether a bare noun phrase right after a passive verb is its agent.
    pub(crate) bare_agent: bool,
    /// Prepositions of place.
    pub(crate) locative: Vec<String>,
    /// Of these, those behind which the place of an act stands even where the parser hangs it elsewhere.
    #[serde(default)]
    pub(crate) whereabouts: Vec<String>,
    /// Verbs that name some of those named before: "killed 12 people, including three guards".
    #[serde(default)]
    pub(crate) includes: Vec<String>,
    /// Verbs of which the act is a plan alone: "talks are planned for Monday".
    #[serde(default)]
    pub(crate) planning: Vec<String>,
    /// Prepositions that mark the owner of a noun.
    pub(crate) of: Vec<String>,
    /// Verbs whose subject stays the subject of their infinitive although they have an object.
    pub(crate) subject_control: Vec<String>,
    /// Determiners that refer back to what was said before.
    pub(crate) anaphoric: Vec<String>,
    /// Whether the subject stands before the verb and the object behind it.
    pub(crate) subject_first: bool,
    /// Whether the passive of a main clause has an auxiliary.
    #[serde(default)]
    pub(crate) passive_auxiliary: bool,
    /// Markers of a clause whose subject is the object of the verb above ("accused Iran of supplying").
    pub(crate) object_control: Vec<String>,
    /// Verbs whose object does what the bare clause behind it says ("menuduh tentara menyiksa tahanan").
    #[serde(default)]
    pub(crate) object_verbs: Vec<String>,
    /// Prepositions of time and circumstance: what they introduce is no complement.
    pub(crate) circumstance: Vec<String>,
    /// Prepositions of what somebody speaks of: "refused to comment on the killing".
    #[serde(default)]
    pub(crate) topics: Vec<String>,
    /// Prepositions of what somebody goes somewhere for: "is to travel to Riyadh for talks".
    #[serde(default)]
    pub(crate) aims: Vec<String>,
    /// Nouns for what was decided or done, without saying what.
    pub(crate) steps: Vec<String>,
    /// Nouns and verbs for having a part in an act.
    pub(crate) partaking: Vec<String>,
    /// Endings of verbs that are nouns too ("funding").
    #[serde(default)]
    pub(crate) gerund: Vec<String>,
    /// What joins an act to the speaking of whoever does it: "…, kata Uzgel, seraya meminta …".
    #[serde(default)]
    pub(crate) speaking: Vec<String>,
    /// The word classes of violence: once an article has told of an attack, tolls do without them.
    #[serde(default)]
    pub(crate) violence: Vec<String>,
    /// Verbs with the preposition of whom they ask to do something: "call on".
    #[serde(default)]
    pub(crate) addressing: Vec<String>,
    /// What stands before a number and says how exact it is.
    pub(crate) approximate: Vec<String>,
    /// Verbs that give something to somebody, named before it.
    #[serde(default)]
    pub(crate) giving: Vec<String>,
    /// What stands before an infinitive: "to".
    pub(crate) infinitive_marks: Vec<String>,
    /// Phrases right before a verb that say it was not done: "stopped short of condemning".
    pub(crate) forgone: Vec<String>,
    /// Adjectives that rank who does something: "the first country to recognise it".
    pub(crate) ranks: Vec<String>,
    /// Verbs whose second object says what the first is called: "designated the group a terrorist organisation".
    pub(crate) naming: Vec<String>,
    /// Verbs whose object, if a common noun, is what is sent: "promised to send workers".
    #[serde(default)]
    pub(crate) sending: Vec<String>,
    /// Verbs whose object comes to be, and is no party yet: "agreed to form a committee".
    #[serde(default)]
    pub(crate) creating: Vec<String>,
    /// Prepositions of whom a promised, refused or threatened act is directed at.
    #[serde(default)]
    pub(crate) toward: Vec<String>,
    /// Verbs by which somebody owns up to an act.
    #[serde(default)]
    pub(crate) owning: Vec<String>,
    /// Words that belong to the verb right before them: "broke off talks".
    #[serde(default)]
    pub(crate) particles: Vec<String>,
    /// Prepositions that say whose a meeting or a fight is: "clashes BETWEEN the army and the rebels".
    #[serde(default)]
    pub(crate) between: Vec<String>,
    /// What stands before and between two times that bound a stretch: "between and".
    #[serde(default)]
    pub(crate) stretches: Vec<String>,
    /// Verbs behind which "to" and a bare word are an infinitive: "plan to march on the capital".
    #[serde(default)]
    pub(crate) only_infinitives: Vec<String>,
    /// Verbs that take an infinitive: "offered to host talks".
    #[serde(default)]
    pub(crate) infinitives: Vec<String>,
    /// Participles that say what people right before them do: "protesters demanding a vote".
    #[serde(default)]
    pub(crate) people_participles: Vec<String>,
    /// Nouns of what is done to somebody, named behind "of": "criticised the exclusion of observers".
    #[serde(default)]
    pub(crate) undergone: Vec<String>,
    /// Verbs that bring about the act they name: "sparking protests".
    #[serde(default)]
    pub(crate) causing: Vec<String>,
    /// Marks of a question inside a sentence: "did not say whether".
    #[serde(default)]
    pub(crate) asking: Vec<String>,
    /// Pronouns for whoever it may be: "anyone who blocked a road".
    #[serde(default)]
    pub(crate) anyone: Vec<String>,
    /// Pronouns for all people of a kind, of whom a relative clause in the present tells nothing that happened: "those who lock
    /// up their rivals".
    #[serde(default)]
    pub(crate) those: Vec<String>,
    /// The preposition of the day for which something is announced: "announced a march for Saturday".
    #[serde(default)]
    pub(crate) ahead: Vec<String>,
    /// Behind these stands whoever did the same: "as did Canada".
    #[serde(default)]
    pub(crate) likewise: Vec<String>,
    /// Conjunctions of a condition: "if Minsk does not stop".
    #[serde(default)]
    pub(crate) conditions: Vec<String>,
    /// Conjunctions of what would keep an act from being done: "unless".
    #[serde(default)]
    pub(crate) averting: Vec<String>,
    /// Connectives of two words, the first of which may be read as an auxiliary: "akan tetapi".
    #[serde(default)]
    pub(crate) connectives: Vec<String>,
    /// Words for doing something in return: "vowed revenge", "akan membalas".
    #[serde(default)]
    pub(crate) answering: Vec<String>,
    /// Conjunctions of what came of an act: "hingga melukai dua perawat".
    #[serde(default)]
    pub(crate) resulting: Vec<String>,
    /// Nouns for what is said or written, which is dated when it is released: "condemned it in a statement released on Monday".
    #[serde(default)]
    pub(crate) statements: Vec<String>,
    /// Prepositions of whoever stands behind an act: "were behind the attack".
    #[serde(default)]
    pub(crate) behind: Vec<String>,
    /// Words before a verb that only say how it is done, whatever their tag: "balik menuduh".
    #[serde(default)]
    pub(crate) adverbs: Vec<String>,
    /// Words behind a verb that only say how it is done: "dijemput paksa".
    #[serde(default)]
    pub(crate) manners: Vec<String>,
    /// What stands before a noun for people and is no verb, whatever its tag: "29 terduga anggota kartel".
    #[serde(default)]
    pub(crate) epithets: Vec<String>,
    /// What is said of people whom nobody knows: "orang tak dikenal".
    #[serde(default)]
    pub(crate) unknown: Vec<String>,
    /// Conjunctions of what went on at the time of the clause above: "when police opened fire".
    #[serde(default)]
    pub(crate) meanwhile: Vec<String>,
    /// Prepositions of what somebody is blamed or punished for.
    #[serde(default)]
    pub(crate) blame: Vec<String>,
    /// Nouns for the land or sea of a state, which say where an act was.
    #[serde(default)]
    pub(crate) land: Vec<String>,
    /// Verbs that say no more than that their subject is there or takes place, as lemmas.
    #[serde(default)]
    pub(crate) existing: Vec<String>,
    /// Verbs of taking back or ending what is there, as lemmas: "ancaman itu belum DICABUT".
    #[serde(default)]
    pub(crate) ending: Vec<String>,
    /// Words behind a negation that take it back: "tidak HANYA mengecam".
    #[serde(default)]
    pub(crate) only: Vec<String>,
    /// Verbs of coming from somebody: "kecaman DATANG dari Kairo".
    #[serde(default)]
    pub(crate) coming: Vec<String>,
    /// Connectives of one act after another, which may be read as marks of a circumstance: "menangkap, LALU melepas".
    #[serde(default)]
    pub(crate) sequential: Vec<String>,
    /// Verbs that ask for an act put in its base form, and assert one put in the past: "insisted that he had left".
    #[serde(default)]
    pub(crate) asserting: Vec<String>,
    /// Words between a noun and what it tells: "reports THAT troops fired".
    pub(crate) complementisers: Vec<String>,
    /// Words with a number that say how old somebody is.
    #[serde(default)]
    pub(crate) aged: Vec<String>,
    /// What joins casualties to the attack that made them: "killed when a shell hit the market".
    #[serde(default)]
    pub(crate) upon: Vec<String>,
    /// Verbs that are the auxiliary of a perfect, as lemmas.
    #[serde(default)]
    pub(crate) perfect: Vec<String>,
    /// Nouns for whoever speaks for somebody else.
    #[serde(default)]
    pub(crate) spokesman: Vec<String>,
    /// Pronouns of the first person, who are the speaker inside a quotation.
    pub(crate) speaker: Vec<String>,
    /// Words between a number and the noun that it counts: "52 pucuk senapan".
    #[serde(default)]
    pub(crate) classifiers: Vec<String>,
    /// Nouns that only measure ("hundreds of troops"): what they measure counts as the head.
    pub(crate) measure: Vec<String>,
    /// Endings that inflection adds: what to take off, what to put in its place.
    pub(crate) endings: Vec<(String, String)>,
    /// Endings of a plural: a form that is its lemma and one of them is a form of nothing else.
    #[serde(default)]
    pub(crate) plural: Vec<String>,
    /// Whether a final consonant may have been doubled before an ending.
    pub(crate) doubling: bool,
    /// Prefixes that stand on a verb's base, and what they say about voice.
    pub(crate) prefixes: Vec<Prefix>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prefix {
    pub(crate) prefix: String,
    pub(crate) voice: Voice,
}

#[derive(Debug, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Voice {
    Active,
    Passive,
    Bare,
}

impl Grammar {
    /// Whether a word is a verb that says no more than that its subject is there or takes place: "occurred", "terjadi".
    pub(crate) fn says_there(&self, token: &Token) -> bool {
        let word = token.lower();
        self.existing.iter().any(|verb| *verb == token.lemma || *verb == word)
    }
}
