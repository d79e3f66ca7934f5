//! The closed vocabularies of the record, each spelled as the record writes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Declares a vocabulary: the enum, its spelling, and the way back from the spelling.
macro_rules! terms {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The spelling in the record.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }

        impl FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}

terms! {
    /// What a part of the text is that is not plain body.
    PassageKind {
        /// The headline.
        Title = "title",
        /// Who wrote it.
        Byline = "byline",
        /// Where and when it was filed.
        Dateline = "dateline",
        /// The words under a picture.
        Caption = "caption",
        /// A pointer to another story.
        RelatedLink = "related-link",
        /// What a language model or converter left behind.
        MachineResidue = "machine-residue",
        /// An advertisement or its marker.
        Advert = "advert",
        /// Newsletter, share buttons, copyright.
        Boilerplate = "boilerplate",
    }
}

impl PassageKind {
    /// Whether text of this kind may hold evidence. Only the title does, besides plain body.
    pub fn is_evidence(self) -> bool {
        self == Self::Title
    }
}

terms! {
    /// What an article is to the earliest of the copies of one text.
    CopyKind {
        /// The earliest itself.
        Earliest = "earliest",
        /// The same words, but for title and noise.
        Exact = "exact",
        /// Nearly the same words.
        Near = "near",
        /// A part of its words.
        Abridged = "abridged",
        /// Its words and more.
        Extended = "extended",
    }
}

terms! {
    /// What kind of thing an actor is.
    ActorKind {
        /// One human being.
        Person = "person",
        /// A body with a name: ministry, army, party, company, alliance.
        Organization = "organization",
        /// A state or its government.
        State = "state",
        /// People named by their role.
        Group = "group",
    }
}

terms! {
    /// How a mention names its actor.
    MentionForm {
        /// By name.
        Name = "name",
        /// By a common noun.
        Nominal = "nominal",
        /// By a pronoun or clitic.
        Pronoun = "pronoun",
        /// By a capital or building that stands for a government.
        Metonym = "metonym",
    }
}

terms! {
    /// TIMEX3 type.
    Timex {
        /// A day or something longer on the calendar.
        Date = "DATE",
        /// A clock time or a part of a day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A repeated time.
        Set = "SET",
    }
}

terms! {
    /// What a time was resolved against.
    Anchor {
        /// The day of publication.
        Publication = "publication",
        /// Another time of the text.
        Text = "text",
        /// Nothing: the expression says the date itself.
        Stated = "stated",
        /// Nothing, and it could not be resolved.
        None = "none",
    }
}

terms! {
    /// Where the publication date comes from.
    Basis {
        /// The caller gave it.
        Given = "given",
        /// The page's metadata.
        Metadata = "metadata",
        /// The text itself.
        Text = "text",
        /// It is not known.
        None = "none",
    }
}

terms! {
    /// The sixteen PLOVER event types (PLOVER manual, draft 0.8, chapter 3).
    EventType {
        /// Agree, offer or promise to cooperate.
        Agree = "AGREE",
        /// Meet, visit, call, negotiate.
        Consult = "CONSULT",
        /// Support by word or treaty.
        Support = "SUPPORT",
        /// Concede by word.
        Concede = "CONCEDE",
        /// Cooperate materially, to the good of both.
        Cooperate = "COOPERATE",
        /// Give material aid.
        Aid = "AID",
        /// Yield materially: withdraw, release, resign.
        Retreat = "RETREAT",
        /// Ask, demand, appeal.
        Request = "REQUEST",
        /// Disapprove, allege, investigate.
        Accuse = "ACCUSE",
        /// Refuse.
        Reject = "REJECT",
        /// Threaten.
        Threaten = "THREATEN",
        /// Protest as civilians.
        Protest = "PROTEST",
        /// Reduce relations.
        Sanction = "SANCTION",
        /// Move forces short of using them.
        Mobilize = "MOBILIZE",
        /// Repress short of violence.
        Coerce = "COERCE",
        /// Use force.
        Assault = "ASSAULT",
    }
}

impl EventType {
    /// The quad category the codebook gives the type.
    pub fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => Quad::MaterialConflict,
        }
    }
}

terms! {
    /// PLOVER's four quad categories.
    Quad {
        /// Words, friendly.
        VerbalCooperation = "verbal-cooperation",
        /// Deeds, friendly.
        MaterialCooperation = "material-cooperation",
        /// Words, hostile.
        VerbalConflict = "verbal-conflict",
        /// Deeds, hostile.
        MaterialConflict = "material-conflict",
    }
}

terms! {
    /// Whether the act happened, as the text puts it.
    Status {
        /// It happened or is under way.
        Actual = "actual",
        /// It is to happen.
        Future = "future",
        /// It is possible, conditional or called for.
        Hypothetical = "hypothetical",
        /// It did not happen.
        Negated = "negated",
    }
}

terms! {
    /// How sure the nearest source is (after the scale of Saurí and Pustejovsky 2009).
    Certainty {
        /// Put as a fact.
        Certain = "certain",
        /// Put as likely.
        Probable = "probable",
        /// Put as possible.
        Possible = "possible",
        /// The text does not let one tell.
        Unknown = "unknown",
    }
}

terms! {
    /// What kind of source speaks.
    SourceKind {
        /// An outlet a government owns.
        StateMedia = "state-media",
        /// A wire service.
        NewsAgency = "news-agency",
        /// A newspaper, broadcaster or site.
        Outlet = "outlet",
        /// A government, its head or its ministers.
        Government = "government",
        /// Armed forces or their officers.
        Military = "military",
        /// Any other official: police, court, local authority.
        Official = "official",
        /// People of a role, without names.
        Anonymous = "anonymous",
        /// A body outside government.
        Organization = "organization",
        /// A scholar or analyst.
        Expert = "expert",
        /// Somebody who saw it.
        Witness = "witness",
        /// Any other named person.
        Person = "person",
        /// A report, statement or law.
        Document = "document",
        /// A post.
        SocialMedia = "social-media",
        /// It cannot be told.
        Unknown = "unknown",
    }
}

terms! {
    /// How the words are given.
    Form {
        /// All in quotation marks.
        Direct = "direct",
        /// None in quotation marks.
        Indirect = "indirect",
        /// Partly in quotation marks.
        Mixed = "mixed",
    }
}

terms! {
    /// How a source stands to something, without its word for it.
    Attitude {
        /// Speaks or writes of it, or is silent about it.
        Speaks = "speaks",
        /// Asks after it or for it.
        Asks = "asks",
        /// Knows, believes or remembers it.
        Thinks = "thinks",
        /// Is glad, angry or afraid of it.
        Feels = "feels",
        /// Would have it so.
        Wants = "wants",
        /// Means to do it.
        Intends = "intends",
        /// Is for it.
        Supports = "supports",
        /// Is against it.
        Opposes = "opposes",
        /// Settles it by a ruling, vote, order or choice.
        Decides = "decides",
        /// Is evidence of it.
        Shows = "shows",
    }
}

terms! {
    /// What the source does with the content.
    Stance {
        /// Says it is so.
        Asserts = "asserts",
        /// Takes it to be so.
        Believes = "believes",
        /// Says it is not so.
        Denies = "denies",
        /// Questions it.
        Doubts = "doubts",
        /// Says it against somebody.
        Alleges = "alleges",
        /// Grants that it is so.
        Confirms = "confirms",
        /// Undertakes it.
        Promises = "promises",
        /// Asks for it.
        Asks = "asks",
    }
}
