use saksi_record::{Actor, MentionForm, Note, Place, SourceKind};
use saksi_tree::Span;

/// The actors and places of one article, and every mention of them.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// Actors in order of first mention; ids are given by the pipeline.
    pub actors: Vec<Actor>,
    /// What is known of each actor beyond the record; same order as [`Self::actors`].
    pub facts: Vec<ActorFacts>,
    /// Places in order of first mention.
    pub places: Vec<Place>,
    /// Every mention, in text order; inner mentions follow the mention that holds them.
    pub mentions: Vec<Mention>,
    /// What was doubtful.
    pub notes: Vec<Note>,
}

/// What is known of an actor beyond the record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActorFacts {
    /// What kind of source it is when it speaks.
    pub source_kind: Option<SourceKind>,
    /// Whether it is more than one being ("they", "mereka" may refer to it).
    pub plural: bool,
    /// Whether a pronoun for a person may refer to it.
    pub human: bool,
    /// Whether it is an outlet or agency: a channel through which others speak.
    pub medium: bool,
    /// Whether it is a building that nobody is named with ("a hospital"): what happens to it happens there.
    pub site: bool,
    /// Whether it is people of whom only the number is said.
    pub crowd: bool,
    /// Whether it is an armed force, an armed group, or their members.
    pub armed: bool,
}

/// One mention of an actor, of a place, or of a name that may be either.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: u32,
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
    /// The token that heads the phrase: its relation is the mention's relation.
    pub head: u32,
    /// The whole noun phrase with title and apposition.
    pub span: Span,
    /// Index into [`Entities::actors`], if it can be read as an actor.
    pub actor: Option<u32>,
    /// Further actors that the same words name ("the two countries").
    pub also: Vec<u32>,
    /// For a pronoun: whom it stands for if not `actor`, as the owner of what `actor` attacks or takes.
    pub other: Option<u32>,
    /// Index into [`Entities::places`], if it can be read as a place.
    pub place: Option<u32>,
    /// Which of the two its role in the sentence speaks for.
    pub role: Role,
    /// How it names the actor.
    pub form: MentionForm,
    /// The entry or rule that found it, such as `world/people.tsv:12`.
    pub why: String,
}

/// Which reading of a name its role in the sentence speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It acts, is acted on, owns, or speaks.
    Actor,
    /// It says where.
    Place,
}

impl Entities {
    /// The widest mention headed by token `token` of sentence `sentence`.
    pub fn headed_by(&self, sentence: usize, token: usize) -> Option<&Mention> {
        self.in_sentence(sentence).iter().find(|mention| mention.head as usize == token)
    }

    /// The widest mention that covers token `token` of sentence `sentence`.
    pub fn covering(&self, sentence: usize, token: usize) -> Option<&Mention> {
        let token = token as u32;
        self.in_sentence(sentence).iter().find(|mention| mention.first <= token && token <= mention.last)
    }

    /// Whether token `token` of sentence `sentence` is a part of what names an actor: "bersenjata" in "kelompok bersenjata".
    pub fn names_actor(&self, sentence: usize, token: usize) -> bool {
        let token = token as u32;
        let covers = |mention: &Mention| (mention.first..=mention.last).contains(&token);
        self.in_sentence(sentence).iter().any(|mention| mention.actor.is_some() && covers(mention))
    }

    /// The mentions of a sentence, in order.
    pub fn in_sentence(&self, sentence: usize) -> &[Mention] {
        let sentence = sentence as u32;
        let first = self.mentions.partition_point(|mention| mention.sentence < sentence);
        let last = self.mentions.partition_point(|mention| mention.sentence <= sentence);
        &self.mentions[first..last]
    }
}
