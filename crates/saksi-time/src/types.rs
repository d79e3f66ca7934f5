use saksi_record::{Note, Published, Time};

/// The times of one article.
#[derive(Debug, Clone)]
pub struct Times {
    /// In text order, never overlapping.
    pub found: Vec<Found>,
    /// The publication date: as given, else from the text, else none.
    pub published: Published,
    /// What was doubtful, and what would settle it.
    pub notes: Vec<Note>,
}

/// One time expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// As the record shows it.
    pub time: Time,
    /// Index of the sentence.
    pub sentence: u32,
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
    /// How the word before it bounds the act.
    pub lead: Lead,
}

/// How the word before a time bounds the act it dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lead {
    /// On, in, at, or nothing.
    #[default]
    At,
    /// Since, from: the act runs from it to publication.
    Since,
    /// Until, by.
    Until,
    /// Before.
    Before,
    /// After.
    After,
    /// For, during: how long, or within which stretch.
    During,
}
